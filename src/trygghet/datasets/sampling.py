"""How the answers come in: letters to a stratified sample, an open web link, and a census of pupils, each with its own nonresponse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.datasets.population import NOT_ASKED, People
from trygghet.datasets.story import (
    AGE_BANDS,
    DISTRICTS,
    ITEMS,
    PRIORITIES,
    PUPIL_PRIORITIES,
    REPORTED,
    SCALES,
    SCHOOL_SAFETY,
    STREAMS,
    Item,
    Option,
)

_COMMENTS = (
    "Mer belysning vid gångtunneln.",
    "Bra att ni frågar.",
    "Önskar fler vuxna ute på helgkvällarna.",
    "Det har blivit lugnare på torget.",
    "Mopederna på gångvägen är värst.",
    "Papperskorgarna töms för sällan.",
)
_STREAM = {name: code for code, name in STREAMS.items()}


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """How many are asked and who answers; every effect is on the logit scale.

    Parameters
    ----------
    letters : float
        Invited by letter, as a multiple of the plan of each district.
    response : float
        Intercept of the letters' response.
    woman, age, unsafety : float
        Effect of being a woman, of age (per 20 years from 50) and of unsafety (per standard deviation) on the response to a letter.
        ``unsafety=0`` makes nonresponse ignorable given sex and age; any other value leaves a bias that no weighting on
        sex, age and district removes.
    ineligible : float
        Share of the invited who have moved away or died (*naturligt bortfall*).
    item_nonresponse : float
        Share of questions left blank by someone who answers.
    web : int
        Expected answers through the open link.
    web_unsafety : float
        Log of how many times likelier an open answer becomes per standard deviation of unsafety.
    pupils : float
        Share of the pupils who answer.
    over_choosers : float
        Share of paper forms that tick more than three priorities.
    """

    letters: float = 1.0
    response: float = -0.28
    woman: float = 0.25
    age: float = 0.42
    unsafety: float = -0.06
    ineligible: float = 0.015
    item_nonresponse: float = 0.02
    web: int = 610
    web_unsafety: float = 0.45
    pupils: float = 0.33
    over_choosers: float = 0.012


@dataclass(frozen=True, slots=True, eq=False)
class Collected:
    """The raw file and what only the fieldwork knows.

    Parameters
    ----------
    frame : DataFrame
        One row a respondent, columns as in the SPSS file; NaN is system-missing (not asked).
    sample : DataFrame
        One row an invited person: ``stratum``, ``kon``, ``alder``, ``status`` (``svarande``, ``bortfall``, ``naturligt bortfall``).
    """

    frame: pd.DataFrame
    sample: pd.DataFrame


def collect(people: People, school: People, *, fieldwork: Fieldwork, seed: int) -> Collected:
    """Draw the letters' sample, let people answer, and lay the answers out as the institute's file.

    Parameters
    ----------
    people : People
        Inhabitants and visitors.
    school : People
        Pupils.
    fieldwork : Fieldwork
        How many are asked and who answers.
    seed : int
        Seed of this draw.

    Returns
    -------
    Collected
        The raw file, sorted by a shuffled serial number, and the gross sample.
    """
    rng = np.random.default_rng([seed, int(people.wave), 3])
    invited, status = _letters(people, fieldwork, rng)
    answered = invited[status == "svarande"]
    open_link = _web(people, fieldwork, rng)
    in_class = np.flatnonzero(rng.random(len(school)) < fieldwork.pupils)
    paper = rng.random(len(answered)) < _PAPER[np.digitize(people.age[answered], [30, 50, 65])]
    letters = _adult_rows(people, answered, "brev", fieldwork, rng).assign(
        svarssatt=np.where(paper, 1.0, 2.0),
        f2=people.birth_year[answered].astype(float),
        f4=people.district[answered] + 1.0,
    )
    letters = letters.assign(**_design(people, answered))
    letters = _tick_too_many(letters, paper, fieldwork, rng)
    web = _adult_rows(people, open_link, "webb", fieldwork, rng).assign(svarssatt=2.0)
    frame = pd.concat([letters, web, _pupil_rows(school, in_class, fieldwork, rng)], ignore_index=True)
    frame = frame.reindex(columns=column_order())
    frame["lopnr"] = 10_000.0 + rng.permutation(len(frame))
    frame = frame.sort_values("lopnr", ignore_index=True)
    sample = pd.DataFrame(
        {
            "stratum": people.district[invited] + 1,
            "kon": people.register_sex[invited],
            "alder": people.age[invited],
            "status": status,
        }
    )
    return Collected(frame, sample)


_PAPER = np.array([0.25, 0.40, 0.60, 0.85])


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
    columns += [
        *block_columns("f30", PRIORITIES),
        "f33",
        "e1",
        "e2",
        SCHOOL_SAFETY.column,
        *block_columns("e5", PUPIL_PRIORITIES),
    ]
    return columns


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


def _letters(people: People, fieldwork: Fieldwork, rng: np.random.Generator) -> tuple[IntArray, np.ndarray]:
    invited = np.concatenate(
        [
            rng.choice(
                np.flatnonzero(people.district == number),
                round(place.invited * fieldwork.letters),
                replace=False,
            )
            for number, place in enumerate(DISTRICTS)
        ]
    )
    score = (
        fieldwork.response
        + fieldwork.woman * ((people.register_sex[invited] == 1) - 0.5)
        + fieldwork.age * (people.age[invited] - 50) / 20
        + fieldwork.unsafety * people.unsafety[invited]
    )
    answers = rng.random(len(invited)) < 1 / (1 + np.exp(-score))
    gone = rng.random(len(invited)) < fieldwork.ineligible
    status = np.select([gone, answers], ["naturligt bortfall", "svarande"], "bortfall")
    return invited, status


def _web(people: People, fieldwork: Fieldwork, rng: np.random.Generator) -> IntArray:
    pull = np.exp(
        fieldwork.web_unsafety * people.unsafety
        + 0.3 * (people.register_sex == 1)
        - 0.5 * ((people.age - 42) / 15) ** 2
        + 0.6 * (people.relation > 1)
    )
    return np.flatnonzero(rng.random(len(people)) < fieldwork.web * pull / pull.sum())


def _adult_rows(
    people: People, rows: IntArray, stream: str, fieldwork: Fieldwork, rng: np.random.Generator
) -> pd.DataFrame:
    columns: dict[str, FloatArray] = {
        "strom": np.full(len(rows), float(_STREAM[stream])),
        "f1": _blank(people.sex[rows], 9, 0.007, rng),
        "f2": _blank(people.birth_year[rows], 9999, 0.015, rng),
        "f3": people.relation[rows].astype(float),
        "f4": np.where(people.district[rows] < 0, np.nan, _blank(people.district[rows] + 1, 99, 0.02, rng)),
    }
    for item in (*ITEMS, REPORTED):
        codes = people.answers[item.variable][rows]
        columns[item.column] = _item(item, codes, stream, fieldwork.item_nonresponse, rng)
    _follow_blank_routes(columns)
    columns |= _block(people, rows, "f30", PRIORITIES, rng)
    comment = np.array(["", *_COMMENTS], dtype=object)[
        rng.choice(len(_COMMENTS) + 1, len(rows), p=[0.88, *[0.02] * len(_COMMENTS)])
    ]
    return pd.DataFrame(columns).assign(f33=comment)


def _pupil_rows(
    school: People, rows: IntArray, fieldwork: Fieldwork, rng: np.random.Generator
) -> pd.DataFrame:
    codes = school.answers[SCHOOL_SAFETY.variable][rows]
    columns: dict[str, FloatArray] = {
        "strom": np.full(len(rows), float(_STREAM["elev"])),
        "f1": _blank(school.sex[rows], 9, 0.02, rng),
        "f3": school.relation[rows].astype(float),
        "e1": school.grade[rows].astype(float),
        "e2": school.school[rows].astype(float),
        SCHOOL_SAFETY.column: _item(SCHOOL_SAFETY, codes, "elev", fieldwork.item_nonresponse, rng),
        **_block(school, rows, "e5", PUPIL_PRIORITIES, rng),
    }
    return pd.DataFrame(columns).assign(f33="")


def _item(item: Item, codes: IntArray, stream: str, blank: float, rng: np.random.Generator) -> FloatArray:
    if stream not in item.streams:
        return np.full(len(codes), np.nan)
    no_answer = next(code for code, (kind, _) in SCALES[item.scale].missing.items() if kind == "no_answer")
    return np.where(codes == NOT_ASKED, np.nan, _blank(codes, no_answer, blank, rng))


def _follow_blank_routes(columns: dict[str, FloatArray]) -> None:
    """Whoever left the filter question blank did not see the question behind it."""
    for item in ITEMS:
        if item.asked_if is not None:
            gate = next(other for other in ITEMS if other.variable == item.asked_if[0])
            columns[item.column][~np.isin(columns[gate.column], item.asked_if[1])] = np.nan
    exposures = np.array([columns[item.column] for item in ITEMS if item.scale == "utsatt"])
    columns[REPORTED.column][~np.isin(exposures, (2, 3)).any(axis=0)] = np.nan


def _block(
    people: People, rows: IntArray, stem: str, options: Sequence[Option], rng: np.random.Generator
) -> dict[str, FloatArray]:
    skipped = rng.random(len(rows)) < 0.03
    ticks = np.column_stack([people.chosen[rows], people.none[rows]]) & ~skipped[:, None]
    return dict(zip(block_columns(stem, options), ticks.T.astype(float), strict=True))


def _blank(codes: IntArray, no_answer: int, share: float, rng: np.random.Generator) -> FloatArray:
    return np.where(rng.random(len(codes)) < share, no_answer, codes).astype(float)


def _design(people: People, rows: IntArray) -> Mapping[str, FloatArray]:
    """Stratum, its inhabitants, and the institute's weight: N/n of the stratum, then one ratio adjustment by sex and age band."""
    stratum = people.district[rows]
    inhabitants = np.bincount(people.district[people.district >= 0], minlength=len(DISTRICTS)).astype(float)
    start = (inhabitants / np.bincount(stratum, minlength=len(DISTRICTS)))[stratum]
    everyone = cell_numbers(people, people.relation == 1)
    here = cell_numbers(people, rows)
    wanted = np.bincount(everyone, minlength=8)
    return {
        "stratum": stratum + 1.0,
        "stratum_n": inhabitants[stratum],
        "vikt": np.round(start * (wanted / np.bincount(here, weights=start, minlength=8))[here], 4),
    }


def cell_numbers(people: People, rows: IntArray | BoolArray) -> IntArray:
    """Number of each person's cell of register sex and age band, 0-7.

    Parameters
    ----------
    people : People
        Population.
    rows : array of int or bool
        Whom to number.

    Returns
    -------
    array of int
        ``4 * (sex - 1) + band``.
    """
    edges = [low for low, _ in AGE_BANDS.values()][1:]
    return np.asarray(
        4 * (people.register_sex[rows] - 1) + np.digitize(people.age[rows], edges), dtype=np.int64
    )


def _tick_too_many(
    letters: pd.DataFrame, paper: BoolArray, fieldwork: Fieldwork, rng: np.random.Generator
) -> pd.DataFrame:
    """Some paper forms tick five options: nothing stops a pen."""
    columns = block_columns("f30", PRIORITIES)[:-1]
    ticks = letters[columns].to_numpy(copy=True)
    careless = paper & (rng.random(len(letters)) < fieldwork.over_choosers) & (ticks.sum(axis=1) == 3)
    for row in np.flatnonzero(careless):
        ticks[row, rng.choice(np.flatnonzero(ticks[row] == 0), 2, replace=False)] = 1.0
    return letters.assign(**dict(zip(columns, ticks.T, strict=True)))
