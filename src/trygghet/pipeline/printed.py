"""An earlier wave that exists only as a printed report, ready to be compared with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from trygghet.codebook import Codebook
from trygghet.codebook.names import nearest
from trygghet.errors import ChangeError, Problem, ProjectError
from trygghet.estimate import Estimates, read_estimates
from trygghet.estimate.estimates import ALL
from trygghet.pipeline.project import Project
from trygghet.pipeline.results import ResultName, stored
from trygghet.waves import Break, PublishedWave, breaks_between, read_published


@dataclass(frozen=True, slots=True)
class PrintedWave:
    """What a printed report says of items that a later wave asked again.

    Parameters
    ----------
    trends : dict of ResultName to Estimates
        Printed shares, by the name of the later wave's result.
    breaks : tuple of Break
        Items that the codebook calls broken since then, and items that were collected in another way.
    """

    trends: dict[ResultName, Estimates]
    breaks: tuple[Break, ...]


def printed_wave(project: Project, wave: str, book: Codebook) -> PrintedWave | None:
    """Read the printed figures that a wave is compared with.

    Parameters
    ----------
    project : Project
        The project.
    wave : str
        Name of the later wave.
    book : Codebook
        Its codebook.

    Returns
    -------
    PrintedWave or None
        None where the wave is not compared with a printed report.

    Raises
    ------
    TrygghetError
        When the template is missing or wrong, names what the later wave does not have (JMF-09), or says how answers were
        collected when the settings do not (PROJ-24).
    """
    declared = project.params.waves[wave].published
    if declared is None:
        return None
    figures = printed_figures(project, wave, book)
    found: dict[ResultName, Estimates] = {}
    for name, path in stored(project.paths.wave(wave).estimates, ".parquet"):
        later = read_estimates(path) if name.kind == "trend" else None
        if isinstance(later, Estimates):
            printed = replace(
                figures.estimates(stream=name.stream, design_effect=declared.design_effect),
                estimand=later.estimand,
            )
            cells = printed.cells
            same = cells["item"].isin(set(later.cells["item"])) & (cells["domain"] == ALL)
            if same.any():
                found[name] = printed.take(np.flatnonzero(same.to_numpy()))
    collected = figures.breaks(wave, declared.collected) if declared.collected else ()
    return PrintedWave(found, (*declared_breaks(book, declared.wave, project.params.order), *collected))


def printed_figures(project: Project, wave: str, book: Codebook) -> PublishedWave:
    """Read the figures of the printed report that a wave is compared with.

    Parameters
    ----------
    project : Project
        The project; its parameters declare the report.
    wave : str
        Name of the later wave.
    book : Codebook
        Its codebook.

    Returns
    -------
    PublishedWave
        The figures, whose names the codebook knows.

    Raises
    ------
    TrygghetError
        When the template is missing or wrong, names what the later wave does not have (JMF-09), or says how answers were
        collected when the settings do not (PROJ-24).
    ValueError
        When the wave declares no printed report.
    """
    from trygghet.pipeline.stages import given

    declared = project.params.waves[wave].published
    if declared is None:
        raise ValueError(f"wave {wave} declares no printed report")
    file = given(project.paths.inside(f"data/raw/{wave}", declared.file), wave)
    area_by = book.areas.variable if book.areas else "omrade"
    figures = read_published(file, wave=declared.wave, area_by=area_by)
    _require_known(figures, book, file.name)
    _require_same_words(figures, wave, declared.collected)
    return figures


def declared_breaks(book: Codebook, former: str, order: Sequence[str] = ()) -> tuple[Break, ...]:
    """List what the codebook of a wave declares as broken since a printed report.

    Parameters
    ----------
    book : Codebook
        Codebook of the later wave.
    former : str
        Name of the printed wave.
    order : sequence of str
        Names of all waves, oldest first.

    Returns
    -------
    tuple of Break
        Items whose break came after the report; names that changed are of no matter, since the template uses the later ones.
    """
    now = book.model_copy(update={"was": {}})
    return breaks_between(now, as_printed(now, former), order=order)


def _require_known(figures: PublishedWave, book: Codebook, file: str) -> None:
    """Refuse names that the later wave does not have: they would vanish without a word."""
    options = [
        f"{block}.{item}" for block, declared in book.multi_response.items() for item in declared.items
    ]
    known = [*book.indicators, *options]
    guesses = {name: nearest(name, known) for name in figures.rows["namn"].unique() if name not in known}
    if guesses:
        raise ChangeError(
            *(
                Problem(
                    code="JMF-09",
                    what=f"{file} names {name!r}, which the codebook of {book.wave} does not have.",
                    why="It would be left out without a word.",
                    remedy=f"Did you mean {guess}?"
                    if guess
                    else "Correct the name, or empty the row's figure.",
                    facts={
                        "fil": file,
                        "namn": str(name),
                        "nu": book.wave,
                        "forslag": f" Menade du ”{guess}”?" if guess else "",
                    },
                )
                for name, guess in guesses.items()
            )
        )


def _require_same_words(figures: PublishedWave, wave: str, collected: str) -> None:
    """Refuse to compare when only the report says how answers were collected: the base line would promise that it was the same way."""
    ways = sorted({str(way) for way in figures.rows["insamlingssatt"] if way})
    if ways and not collected:
        raise ProjectError(
            Problem(
                code="PROJ-24",
                what=f"Wave {wave} does not say how it was collected; the report of {figures.wave} says {', '.join(ways)}.",
                why="Answers that were collected in different ways cannot be compared.",
                remedy="Write collected under published, or empty the column insamlingssatt.",
                facts={
                    "wave": wave,
                    "previous": figures.wave,
                    "ways": ", ".join(f"”{way}”" for way in ways),
                    "file": "params.yaml",
                },
            )
        )


def as_printed(book: Codebook, wave: str) -> Codebook:
    """Give the codebook that a printed report stands for: the same streams, at times that are not known.

    Parameters
    ----------
    book : Codebook
        Codebook of the later wave.
    wave : str
        Name of the printed wave.

    Returns
    -------
    Codebook
        For the sources of statements.
    """
    streams = book.streams
    if streams is None:
        return book.model_copy(update={"wave": wave})
    unknown = {"start": None, "end": None}
    whole = streams.whole_file.model_copy(update=unknown) if streams.whole_file else None
    by_code = {code: stream.model_copy(update=unknown) for code, stream in streams.by_code.items()}
    undated = streams.model_copy(update={"whole_file": whole, "by_code": by_code})
    return book.model_copy(update={"wave": wave, "streams": undated})
