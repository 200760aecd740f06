"""Whether the program and its fonts are whole."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

from trygghet.pipeline.doctor.finding import Finding

_NAME = re.compile(r"^[A-Za-z0-9_.-]+")


def installation() -> Iterator[Finding]:
    """Look for every package that a run needs.

    Yields
    ------
    Finding
        In order, or a stop that names what is missing.
    """
    missing = [name for name in _needed() if not _installed(name)]
    if missing:
        yield Finding(
            "STOPP",
            f"Programmet är inte komplett. Det saknas: {', '.join(missing)}.",
            "installera om programmet, eller skicka raden till IT.",
        )
    else:
        yield Finding("OK", f"Programmet är komplett (version {version('trygghet')}).")


def fonts() -> Iterator[Finding]:
    """Look for the typeface of the figures.

    Yields
    ------
    Finding
        A warning where another typeface stands in for it.
    """
    from trygghet.report import figure_font

    wanted, found = figure_font()
    if found:
        yield Finding("OK", f"Figurernas typsnitt ({wanted}) finns.")
    else:
        yield Finding(
            "VARNING",
            f"Figurernas typsnitt ({wanted}) saknas; text kan hamna fel.",
            "installera om programmet.",
        )


def _needed() -> list[str]:
    declared = [text for text in requires("trygghet") or [] if "extra ==" not in text]
    return [found[0] for text in declared if (found := _NAME.match(text))]


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True
