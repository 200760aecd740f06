"""From microdata to the weights of each random sample, by the mode of ``params.yaml``."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from trygghet._files import atomic_path
from trygghet.codebook import Stream
from trygghet.errors import Problem, ProjectError
from trygghet.ingest import Microdata
from trygghet.pipeline.frames import Drawn
from trygghet.pipeline.params import WeightingParams
from trygghet.pipeline.paths import MARGIN_FILES
from trygghet.weighting import (
    Margins,
    NonresponsePlan,
    WeightingPlan,
    Weights,
    read_weights,
    weight_stream,
)
from trygghet.weighting.composition import composition

_CALIBRATED = {"own", "supplied+calibrate"}
_OF_PERSONS = "unplaced"
"""Persons without sex, age or district: told when the weights are made, and in no file that is kept with the results."""


def read_margins(path: Path, params: WeightingParams) -> Margins | None:
    """Read a wave's population margins where there are any.

    Parameters
    ----------
    path : Path
        The margins file.
    params : WeightingParams
        The weighting mode decides whether margins are needed.

    Returns
    -------
    Margins or None
        None where there is no file and the mode needs none.

    Raises
    ------
    ProjectError
        When the mode needs margins and there is no file, or there are several.
    MarginError
        When the file is wrong.
    """
    if path.is_file():
        return Margins.read(one_margin_file(path))
    if params.mode in _CALIBRATED:
        wave = path.parent.name
        raise ProjectError(
            Problem(
                code="PROJ-05",
                what=f"The weighting mode {params.mode} needs {path.name}, which wave {wave} lacks.",
                remedy="Add the population margins, or choose mode none or supplied.",
                facts={"file": path.name, "wave": wave, "folder": f"data/raw/{wave}"},
            )
        )
    return None


def one_margin_file(path: Path) -> Path:
    """The file of margins, where there is only one.

    Parameters
    ----------
    path : Path
        The margins file.

    Returns
    -------
    Path
        The same path.

    Raises
    ------
    ProjectError
        When the wave has margins under several names: nobody knows which hold.
    """
    others = [name for name in MARGIN_FILES if (path.parent / name).is_file()]
    if len(others) > 1:
        raise ProjectError(
            Problem(
                code="VIKT-80",
                what=f"Wave {path.parent.name} has margins in several files ({', '.join(others)}).",
                why="Only one of them would be used.",
                remedy="Leave one of them.",
                facts={"filer": ", ".join(others), "wave": path.parent.name},
            )
        )
    return path


def stream_weights(
    survey: Microdata, margins: Margins | None, params: WeightingParams, *, drawn: Drawn | None = None
) -> Iterator[tuple[Stream, Microdata, Weights | None]]:
    """Weight every random sample of a wave; other streams get no weights.

    Parameters
    ----------
    survey : Microdata
        A wave's answers.
    margins : Margins or None
        Population margins.
    params : WeightingParams
        Mode and method.
    drawn : Drawn, optional
        Everyone who was drawn to one of the streams.

    Yields
    ------
    tuple of Stream, Microdata and Weights or None
        Each stream with the answers that are used: only residents in a random sample.

    Raises
    ------
    TrygghetError
        When weights cannot be made.
    """
    for stream in survey.streams:
        data = used_answers(survey, stream)
        here = drawn if drawn is not None and drawn.stream == stream.name else None
        weights = _weights(data, margins, params, drawn=here) if stream.probability else None
        yield stream, data, weights


def used_answers(survey: Microdata, stream: Stream) -> Microdata:
    """Give the answers of a stream that enter its results: only residents where the sample stands for the population.

    Parameters
    ----------
    survey : Microdata
        A wave's answers.
    stream : Stream
        One of its streams.

    Returns
    -------
    Microdata
        The stream's answers.
    """
    data = survey.stream(stream.name)
    return data.rows(data.residents()) if stream.probability else data


def weighted_streams(survey: Microdata, folder: Path) -> Iterator[tuple[Microdata, Weights | None]]:
    """Give each stream's answers with the weights that the weighting stage wrote.

    Parameters
    ----------
    survey : Microdata
        A wave's answers.
    folder : Path
        Folder of the weights.

    Yields
    ------
    tuple of Microdata and Weights or None
        The answers in use, and their weights in a random sample.
    """
    for stream in survey.streams:
        weights = read_weights(folder / f"{stream.name}.parquet") if stream.probability else None
        yield used_answers(survey, stream), weights


def streams_by_name(survey: Microdata, folder: Path) -> dict[str, tuple[Microdata, Weights | None]]:
    """Give the streams of :func:`weighted_streams` by their name.

    Parameters
    ----------
    survey : Microdata
        A wave's answers.
    folder : Path
        Folder of the weights.

    Returns
    -------
    dict of str to tuple of Microdata and Weights or None
        The answers in use, and their weights in a random sample.
    """
    return {data.streams[0].name: (data, weights) for data, weights in weighted_streams(survey, folder)}


def write_composition(
    data: Microdata, weights: Weights | None, *, margins: Margins | None, path: Path
) -> None:
    """Write who answered beside who lives here, for sex, age bands and districts.

    Parameters
    ----------
    data : Microdata
        A stream's answers.
    weights : Weights or None
        Their weights.
    margins : Margins or None
        Population margins.
    path : Path
        Parquet file to write.
    """
    variables = _background(data, margins)
    if variables:
        frame = composition(data, variables, weights=weights, margins=margins)
    else:
        frame = pd.DataFrame(
            columns=[
                "grupp_av",
                "grupp",
                "svarande",
                "andel_ovagd",
                "andel_vagd",
                "designeffekt",
                "andel_befolkning",
            ]
        )
    with atomic_path(path) as temporary:
        frame.to_parquet(temporary, index=False)


def weight_metrics(stream: str, weights: Weights) -> Mapping[str, float | int | str]:
    """Flatten the diagnostics of a stream's weights.

    Parameters
    ----------
    stream : str
        Name of the stream.
    weights : Weights
        Its weights.

    Returns
    -------
    mapping of str to number
        Metrics by name.
    """
    return {f"{stream}.{name}": value for name, value in weights.metrics().items() if name != _OF_PERSONS}


def _weights(
    data: Microdata, margins: Margins | None, params: WeightingParams, *, drawn: Drawn | None
) -> Weights:
    asked = params.nonresponse
    plan = WeightingPlan(
        params.mode,
        params.method,
        params.bounds,
        params.tolerance,
        params.max_iterations,
        nonresponse=NonresponsePlan(asked.by, asked.method, asked.classes) if asked else None,
        unplaced=params.unplaced,
    )
    return weight_stream(data, plan, margins, invited=drawn.sample if drawn else None)


def _background(data: Microdata, margins: Margins | None) -> list[str]:
    book = data.codebook
    names = [name for table in margins.tables for name in table.variables] if margins else []
    names += [book.areas.variable] if book.areas else []
    known = [name for name in dict.fromkeys(names) if name in book.all_variables]
    return [name for name in known if book.all_variables[name].kind != "continuous"]
