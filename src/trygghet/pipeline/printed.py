"""An earlier wave that exists only as a printed report, ready to be compared with."""

from dataclasses import dataclass

import numpy as np

from trygghet.codebook import Codebook
from trygghet.estimate import Estimates, read_estimates
from trygghet.estimate.estimates import ALL
from trygghet.pipeline.project import Project
from trygghet.pipeline.results import ResultName, stored
from trygghet.waves import Break, read_published


@dataclass(frozen=True, slots=True)
class PrintedWave:
    """What a printed report says of items that a later wave asked again.

    Parameters
    ----------
    trends : dict of ResultName to Estimates
        Printed shares, by the name of the later wave's result.
    breaks : tuple of Break
        Items that were collected in another way.
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
        When the template is missing or wrong.
    """
    declared = project.params.waves[wave].published
    if declared is None:
        return None
    from trygghet.pipeline.stages import given

    file = given(project.paths.inside(f"data/raw/{wave}", declared.file), wave)
    area_by = book.areas.variable if book.areas else "omrade"
    figures = read_published(file, wave=declared.wave, area_by=area_by)
    found: dict[ResultName, Estimates] = {}
    for name, path in stored(project.paths.wave(wave).estimates, ".parquet"):
        later = read_estimates(path) if name.kind == "trend" else None
        if isinstance(later, Estimates):
            printed = figures.estimates(stream=name.stream, design_effect=declared.design_effect)
            cells = printed.cells
            same = cells["item"].isin(set(later.cells["item"])) & (cells["domain"] == ALL)
            if same.any():
                found[name] = printed.take(np.flatnonzero(same.to_numpy()))
    return PrintedWave(found, figures.breaks(wave, declared.collected) if declared.collected else ())


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
