"""Forms as they are filled in: one row a respondent, with blanks, routes and ticks, in the columns of the institute's file."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.datasets.options import PRIORITIES, PUPIL_PRIORITIES, Option
from trygghet.datasets.places import STREAMS
from trygghet.datasets.population import NOT_ASKED, People
from trygghet.datasets.questions import ITEMS, REPORTED, SCHOOL_SAFETY
from trygghet.datasets.scales import SCALES, Item

_COMMENTS = (
    "Mer belysning vid gångtunneln.",
    "Bra att ni frågar.",
    "Önskar fler vuxna ute på helgkvällarna.",
    "Det har blivit lugnare på torget.",
    "Mopederna på gångvägen är värst.",
    "Papperskorgarna töms för sällan.",
)
_STREAM = {name: code for code, name in STREAMS.items()}
_SKIPS_BLOCK = 0.03
BLOCK_NO_ANSWER = 9


@dataclass(frozen=True, slots=True, eq=False)
class Respondents:
    """Those of ``people`` (by row) who answer in one stream, and the share of questions that they leave blank."""

    people: People
    rows: IntArray
    stream: str
    blank: float

    def __len__(self) -> int:
        """Count the respondents."""
        return len(self.rows)


def column_order() -> list[str]:
    """Columns of the raw file in their order.

    Returns
    -------
    list of str
        Column names as in the SPSS file.
    """
    columns = ["lopnr", "strom", "svarssatt", "stratum", "stratum_n", "vikt", "f1", "f2", "f3", "f4"]
    for item in ITEMS:
        columns.append(item.column)
        if item.column == "f20e":
            columns.append(REPORTED.column)
    columns += [*block_columns("f30", PRIORITIES), "f33", "e1", "e2", SCHOOL_SAFETY.column]
    return [*columns, *block_columns("e5", PUPIL_PRIORITIES)]


def block_columns(stem: str, options: Sequence[Option]) -> list[str]:
    """Columns of a choose-up-to-three block: one an option, then *none of these*.

    Parameters
    ----------
    stem : str
        Question number.
    options : sequence of Option
        Options in their order.

    Returns
    -------
    list of str
        ``stem_1``, ``stem_2``, …, ``stem_99``.
    """
    return [*(f"{stem}_{number}" for number in range(1, len(options) + 1)), f"{stem}_99"]


def adult_forms(respondents: Respondents, rng: np.random.Generator) -> pd.DataFrame:
    """Filled-in forms of adults.

    Parameters
    ----------
    respondents : Respondents
        Who answers.
    rng : Generator
        Source of blanks and comments.

    Returns
    -------
    DataFrame
        One row a respondent.
    """
    people, rows = respondents.people, respondents.rows
    columns: dict[str, FloatArray] = {
        "strom": np.full(len(rows), float(_STREAM[respondents.stream])),
        "f1": _left_blank(people.sex[rows], 9, share=0.007, rng=rng),
        "f2": _left_blank(people.birth_year[rows], 9999, share=0.015, rng=rng),
        "f3": people.relation[rows].astype(float),
        "f4": np.where(
            people.district[rows] < 0, np.nan, _left_blank(people.district[rows] + 1, 99, share=0.02, rng=rng)
        ),
    }
    for item in (*ITEMS, REPORTED):
        columns[item.column] = _item(item, respondents, rng)
    _follow_blank_routes(columns)
    columns |= _block(respondents, "f30", PRIORITIES, rng=rng)
    comments = np.array(["", *_COMMENTS], dtype=object)
    comment = comments[rng.choice(len(comments), len(rows), p=[0.88, *[0.02] * len(_COMMENTS)])]
    return pd.DataFrame(columns).assign(f33=comment)


def pupil_forms(respondents: Respondents, rng: np.random.Generator) -> pd.DataFrame:
    """Filled-in forms of pupils: their own short list.

    Parameters
    ----------
    respondents : Respondents
        Who answers.
    rng : Generator
        Source of blanks.

    Returns
    -------
    DataFrame
        One row a pupil.
    """
    people, rows = respondents.people, respondents.rows
    columns: dict[str, FloatArray] = {
        "strom": np.full(len(rows), float(_STREAM[respondents.stream])),
        "f1": _left_blank(people.sex[rows], 9, share=0.02, rng=rng),
        "f3": people.relation[rows].astype(float),
        "e1": people.grade[rows].astype(float),
        "e2": people.school[rows].astype(float),
        SCHOOL_SAFETY.column: _item(SCHOOL_SAFETY, respondents, rng),
        **_block(respondents, "e5", PUPIL_PRIORITIES, rng=rng),
    }
    return pd.DataFrame(columns).assign(f33="")


def tick_too_many(
    forms: pd.DataFrame, paper: BoolArray, *, share: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Let some paper forms tick five priorities: nothing stops a pen.

    Parameters
    ----------
    forms : DataFrame
        Filled-in forms.
    paper : array of bool
        Which of them are on paper.
    share : float
        Share of the paper forms that tick too many.
    rng : Generator
        Source of the extra ticks.

    Returns
    -------
    DataFrame
        The forms with the extra ticks.
    """
    columns = block_columns("f30", PRIORITIES)[:-1]
    ticks = forms[columns].to_numpy(copy=True)
    careless = paper & (rng.random(len(forms)) < share) & (ticks.sum(axis=1) == 3)
    for row in np.flatnonzero(careless):
        ticks[row, rng.choice(np.flatnonzero(ticks[row] == 0), 2, replace=False)] = 1.0
    return forms.assign(**dict(zip(columns, ticks.T, strict=True)))


def _item(item: Item, respondents: Respondents, rng: np.random.Generator) -> FloatArray:
    if respondents.stream not in item.streams:
        return np.full(len(respondents), np.nan)
    codes = respondents.people.answers[item.variable][respondents.rows]
    no_answer = next(code for code, (kind, _) in SCALES[item.scale].missing.items() if kind == "no_answer")
    return np.where(
        codes == NOT_ASKED, np.nan, _left_blank(codes, no_answer, share=respondents.blank, rng=rng)
    )


def _follow_blank_routes(columns: dict[str, FloatArray]) -> None:
    """Whoever left the filter question blank did not see the question behind it."""
    for item in ITEMS:
        if item.asked_if is not None:
            gate = next(other for other in ITEMS if other.variable == item.asked_if[0])
            columns[item.column][~np.isin(columns[gate.column], item.asked_if[1])] = np.nan
    exposures = np.array([columns[item.column] for item in ITEMS if item.scale == "utsatt"])
    columns[REPORTED.column][~np.isin(exposures, (2, 3)).any(axis=0)] = np.nan


def _block(
    respondents: Respondents, stem: str, options: Sequence[Option], *, rng: np.random.Generator
) -> dict[str, FloatArray]:
    people, rows = respondents.people, respondents.rows
    skipped = rng.random(len(rows)) < _SKIPS_BLOCK
    ticks = np.column_stack([people.chosen[rows], people.none[rows]]).astype(float)
    ticks[skipped] = BLOCK_NO_ANSWER
    return dict(zip(block_columns(stem, options), ticks.T, strict=True))


def _left_blank(codes: IntArray, no_answer: int, *, share: float, rng: np.random.Generator) -> FloatArray:
    return np.where(rng.random(len(codes)) < share, no_answer, codes).astype(float)
