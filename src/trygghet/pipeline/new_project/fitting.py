"""Settings that fit a codebook: what is shown together, what is ranked, and how the answers are weighted."""

import io
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

from trygghet._files import write_text
from trygghet._sequence import in_time
from trygghet.codebook import Codebook
from trygghet.errors import Problem, ProjectError
from trygghet.pipeline.settings import load_settings
from trygghet.pipeline.settings_text import settings_text

_SETS: Mapping[str, tuple[str, ...]] = {
    "problem": ("problem_*",),
    "trygghet": ("otrygg_*", "oro_*", "avstar_*", "utsatt_*", "fortroende_*", "instammer_*", "kann_lofte"),
}
_OTHERS = "ovrigt"
_HEADLINES = (
    "otrygg_kvall",
    "otrygg_omrade",
    "kann_lofte",
    "oro_overfall_misshandel",
    "utsatt_brott",
    "otrygg_dag",
)
_GROUPS = (("kon",), ("alder4", "alder"))
_HEADLINE_COUNT = 3
_TOP = 4


def enter_wave(params: Path, wave: str, survey: str, *, book: Codebook) -> tuple[str, ...]:
    """Enter a wave into ``params.yaml``; the first one also fills in the settings that fit its codebook.

    Parameters
    ----------
    params : Path
        The file; comments and order are kept.
    wave : str
        Name of the wave.
    survey : str
        Its survey file.
    book : Codebook
        Its codebook.

    Returns
    -------
    tuple of str
        Settings that were filled in, as ``key: value``.

    Raises
    ------
    ProjectError
        PROJ-04 when the file is no YAML, or holds more than texts, numbers and dates; PROJ-02 when it has no place for waves.
    """
    if not isinstance(load_settings(params).get("waves"), dict):
        raise _no_waves(params.name)
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 140
    document: CommentedMap = yaml.load(settings_text(params))
    waves = document["waves"]
    if wave in waves:
        return ()
    first = not waves
    entry = CommentedMap({"survey": Quoted(survey)})
    earlier = _before(wave, tuple(waves))
    entry |= {"previous": Quoted(earlier)} if earlier else {}
    entry.fa.set_flow_style()
    waves.fa.set_block_style()
    waves[Quoted(wave)] = entry
    filled = _fill(document, book) if first else ()
    buffer = io.StringIO()
    yaml.dump(document, buffer)
    write_text(params, buffer.getvalue().rstrip() + "\n")
    return filled


def _no_waves(file: str) -> ProjectError:
    return ProjectError(
        Problem(
            code="PROJ-02",
            what="The setting 'waves' cannot be used: it holds no names with values.",
            remedy=f"Correct it in {file}.",
            facts={
                "key": "waves",
                "reason": "här ska det stå namn och värden, med kolon emellan",
                "file": file,
                "suggestion": "",
            },
        )
    )


def _before(wave: str, others: tuple[str, ...]) -> str:
    """Name the wave that a new one follows; empty for the first in time."""
    order = in_time((*others, wave))
    return order[order.index(wave) - 1] if order.index(wave) else ""


def item_sets(book: Codebook) -> dict[str, list[str]]:
    """Sort a codebook's indicators into sets that are shown together.

    Parameters
    ----------
    book : Codebook
        The codebook.

    Returns
    -------
    dict of str to list of str
        Patterns and names by the set's name.
    """
    found = {
        name: [pattern for pattern in patterns if any(fnmatchcase(each, pattern) for each in book.indicators)]
        for name, patterns in _SETS.items()
    }
    known = [pattern for patterns in _SETS.values() for pattern in patterns]
    found[_OTHERS] = [name for name in book.indicators if not any(fnmatchcase(name, each) for each in known)]
    return {name: patterns for name, patterns in found.items() if patterns}


def _fill(document: CommentedMap, book: Codebook) -> tuple[str, ...]:
    sets = item_sets(book)
    block = "prio" if "prio" in book.multi_response else next(iter(book.multi_response), None)
    ranked = next((name for name in ("problem", *sets) if len(_members(book, sets.get(name, []))) > 2), None)
    options = len(book.block(block).options) if block else len(_members(book, sets.get(ranked or "", [])))
    headlines = [name for name in _HEADLINES if name in book.indicators] or list(book.indicators)
    domains = [book.areas.variable] if book.areas else []
    domains += [
        name for names in _GROUPS for name in names if name in book.all_variables and _grouped(book, name)
    ]
    settings: dict[tuple[str, ...], Any] = {
        ("weighting", "mode"): "supplied" if book.design.weight else "none",
        ("estimate", "domains"): domains,
        ("estimate", "items"): {name: [Quoted(each) for each in patterns] for name, patterns in sets.items()},
        ("ranking", "priorities"): block,
        ("ranking", "items"): ranked,
        ("ranking", "top"): max(1, min(_TOP, options - 1)),
        ("claims", "families", "headline"): headlines[:_HEADLINE_COUNT],
    }
    for place, value in settings.items():
        _put(document, place, value)
    return tuple(f"{'.'.join(place)}: {_shown(value)}" for place, value in settings.items())


def _members(book: Codebook, patterns: list[str]) -> list[str]:
    return [name for name in book.indicators if any(fnmatchcase(name, pattern) for pattern in patterns)]


def _grouped(book: Codebook, name: str) -> bool:
    return book.all_variables[name].kind != "continuous"


def _put(document: CommentedMap, place: tuple[str, ...], value: Any) -> None:
    section = document
    for key in place[:-1]:
        section = section[key]
    if isinstance(value, list):
        value = CommentedSeq(value)
        value.fa.set_flow_style()
    elif isinstance(value, dict):
        section[place[-1]].fa.set_block_style()
        for key, patterns in value.items():
            _put(section[place[-1]], (key,), patterns)
        return
    section[place[-1]] = value


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(value)
    return ", ".join(value) if isinstance(value, list) else "–" if value is None else str(value)
