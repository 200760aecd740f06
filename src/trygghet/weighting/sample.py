"""What calibration is done on: a survey with its codebook, or a sampling design over any columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from trygghet._typing import Columns, FloatArray, ObjectArray, WeightScale
from trygghet.errors import DesignError, MarginError, Problem
from trygghet.ingest import Microdata
from trygghet.weighting.base import base_weights
from trygghet.weighting.weights import CalibrationStep, Weights

Start = Literal["design", "supplied", "ones"]


class Designed(Protocol):
    """A sampling design: columns and the weights before calibration."""

    @property
    def columns(self) -> Columns:
        """The sample's columns."""

    @property
    def weights(self) -> FloatArray:
        """Weights (n,)."""


Sample = Microdata | Designed


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A sample that can be calibrated.

    Parameters
    ----------
    columns : Columns
        Its columns.
    start : ndarray
        Weights (n,) to start from.
    earlier : tuple of CalibrationStep
        Calibrations that were made before.
    scale : {"population", "mean_one", "unknown"}
        Scale of the start weights.
    ids : ndarray or None
        Identity of each row.
    aliases : mapping
        By variable, other spellings of its labels.
    notes : tuple of Problem
        What the reader must know of the start weights.
    by_chance : bool
        Whether chance decided who was asked; else weights describe those who answered and never the population.
    """

    columns: Columns
    start: FloatArray
    earlier: tuple[CalibrationStep, ...]
    scale: WeightScale
    ids: ObjectArray | None
    aliases: Mapping[str, Mapping[str, str]]
    notes: tuple[Problem, ...] = ()
    by_chance: bool = True


def prepare(sample: Sample, start: Start | Weights) -> Ready:
    """Columns and start weights of a sample.

    Parameters
    ----------
    sample : Microdata or design
        One stream's residents, or a design.
    start : {"design", "supplied", "ones"} or Weights
        N_h/n_h of the codebook's strata, the file's weight column, all equal, or weights made before. A design's own weights
        serve as both "design" and "supplied".

    Returns
    -------
    Ready
        The sample with positive start weights.

    Raises
    ------
    MarginError
        If start weights are missing, not finite or not positive, or do not fit the sample.
    DesignError
        If the answers are of several streams, or of people who live elsewhere.
    """
    made = start if isinstance(start, Weights) else None
    open_notes: tuple[Problem, ...] = ()
    if isinstance(sample, Microdata):
        columns: Columns = sample
        open_notes = _who(sample)
        ids: ObjectArray | None = sample.frame["_id"].to_numpy(dtype=object)
        if not isinstance(start, Weights) and start != "ones":
            made = base_weights(sample, "own" if start == "design" else "supplied")
    else:
        columns, ids = sample.columns, None
        if not isinstance(start, Weights) and start != "ones":
            made = Weights(values=np.asarray(sample.weights, dtype=np.float64), start=sample.weights)
    values = np.ones(len(columns)) if made is None else made.values
    bad = int((~(np.isfinite(values) & (values > 0))).sum()) if len(values) == len(columns) else len(values)
    if bad or len(values) != len(columns):
        raise MarginError(
            Problem(
                code="VIKT-13",
                what=f"{bad} of {len(columns)} start weights are missing, zero or do not fit the rows.",
                why="Calibration multiplies a positive start weight.",
                remedy="Give each respondent a positive weight.",
                facts={"antal": bad, "rader": len(columns)},
            )
        )
    return Ready(
        columns,
        values,
        () if made is None else made.calibration,
        "mean_one" if made is None else made.scale,
        ids,
        aliases_of(columns),
        (*(() if made is None else made.notes), *open_notes),
        by_chance=not open_notes,
    )


def aliases_of(columns: Columns) -> Mapping[str, Mapping[str, str]]:
    """Other spellings of labels that a codebook declares.

    Parameters
    ----------
    columns : Columns
        A sample's columns.

    Returns
    -------
    mapping of str to mapping of str to str
        By variable, other spelling to label; empty where there is no codebook.
    """
    areas = columns.codebook.areas if isinstance(columns, Microdata) else None
    return {areas.variable: areas.aliases} if areas is not None else {}


def _who(sample: Microdata) -> tuple[Problem, ...]:
    """Refuse pooled streams and people who live elsewhere; a note where people chose themselves."""
    streams = sample.streams
    names = ", ".join(stream.name for stream in streams) or "–"
    if len(streams) != 1:
        raise DesignError(
            Problem(
                code="VIKT-26",
                what=f"Only one stream at a time is weighted, not {names}.",
                why="Streams are never pooled silently.",
                remedy="Take one with microdata.stream(name).",
                facts={"strommar": names},
            )
        )
    elsewhere = int((~sample.residents()).sum())
    if elsewhere:
        raise DesignError(
            Problem(
                code="VIKT-68",
                what=f"{elsewhere} of {len(sample)} respondents of {names} do not live in the municipality.",
                why="Only residents are weighted to the population.",
                remedy="Take the residents with data.rows(data.residents()), or use weight_stream.",
                facts={"antal": elsewhere, "alla": len(sample), "strom": names},
            )
        )
    if streams[0].probability:
        return ()
    return (
        Problem(
            code="VIKT-69",
            what=f"The respondents of {names} chose themselves; weights change shares among them and say nothing of the population.",
            why="Nobody knows who did not answer.",
            remedy="Describe the answers as those of the respondents.",
            facts={"strom": names},
        ),
    )
