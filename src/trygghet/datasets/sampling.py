"""How the answers come in: letters to a stratified sample, an open web link, and a census of pupils, each with its own nonresponse."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray, IntArray, ObjectArray
from trygghet.datasets.forms import Respondents, adult_forms, column_order, pupil_forms, tick_too_many
from trygghet.datasets.places import AGE_BANDS, DISTRICTS
from trygghet.datasets.population import People

_PAPER = np.array([0.25, 0.40, 0.60, 0.85])
_REFUSED = 0.22


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
    register : DataFrame
        The same persons as the frame file shows them, sorted by a shuffled serial number that respondents share with the raw
        file: ``lopnr``, ``stratum``, ``stratum_n``, ``kon``, ``fodelsear`` and ``utfall`` (1 answered, 2 refused, 3 not reached,
        4 naturligt bortfall).
    """

    frame: pd.DataFrame
    sample: pd.DataFrame
    register: pd.DataFrame


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
    letters = adult_forms(Respondents(people, answered, "brev", fieldwork.item_nonresponse), rng).assign(
        svarssatt=np.where(paper, 1.0, 2.0),
        f2=people.birth_year[answered].astype(float),
        f4=people.district[answered] + 1.0,
    )
    letters = letters.assign(**_design(people, answered))
    letters = tick_too_many(letters, paper, share=fieldwork.over_choosers, rng=rng)
    web = adult_forms(Respondents(people, open_link, "webb", fieldwork.item_nonresponse), rng).assign(
        svarssatt=2.0
    )
    children = pupil_forms(Respondents(school, in_class, "elev", fieldwork.item_nonresponse), rng)
    frame = pd.concat([letters, web, children], ignore_index=True)
    frame = frame.reindex(columns=column_order())
    frame["lopnr"] = 10_000.0 + rng.permutation(len(frame))
    numbers = frame["lopnr"].to_numpy()[: len(answered)]
    frame = frame.sort_values("lopnr", ignore_index=True)
    sample = pd.DataFrame(
        {
            "stratum": people.district[invited] + 1,
            "kon": people.register_sex[invited],
            "alder": people.age[invited],
            "status": status,
        }
    )
    register = _register(people, invited, status, numbers=numbers, seed=seed)
    return Collected(frame, sample, register)


def _register(
    people: People, invited: IntArray, status: ObjectArray, *, numbers: FloatArray, seed: int
) -> pd.DataFrame:
    """The frame file: a draw of its own, so that who answers what does not depend on it."""
    rng = np.random.default_rng([seed, int(people.wave), 4])
    serial = 30_000.0 + rng.permutation(len(invited))
    serial[status == "svarande"] = numbers
    refused = rng.random(len(invited)) < _REFUSED
    outcome = np.select([status == "svarande", status == "naturligt bortfall", refused], [1, 4, 2], 3)
    stratum = people.district[invited]
    inhabitants = np.bincount(people.district[people.district >= 0], minlength=len(DISTRICTS))
    frame = pd.DataFrame(
        {
            "lopnr": serial.astype(np.int64),
            "stratum": stratum + 1,
            "stratum_n": inhabitants[stratum],
            "kon": people.register_sex[invited],
            "fodelsear": people.birth_year[invited],
            "utfall": outcome,
        }
    )
    return frame.sort_values("lopnr", ignore_index=True)


def _letters(people: People, fieldwork: Fieldwork, rng: np.random.Generator) -> tuple[IntArray, ObjectArray]:
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
    return invited, status.astype(object)


def _web(people: People, fieldwork: Fieldwork, rng: np.random.Generator) -> IntArray:
    pull = np.exp(
        fieldwork.web_unsafety * people.unsafety
        + 0.3 * (people.register_sex == 1)
        - 0.5 * ((people.age - 42) / 15) ** 2
        + 0.6 * (people.relation > 1)
    )
    return np.flatnonzero(rng.random(len(people)) < fieldwork.web * pull / pull.sum())


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
