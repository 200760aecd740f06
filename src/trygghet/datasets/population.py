"""Every inhabitant of Exempelstad, with the answer that she would give to each question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np

from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.datasets.options import PRIORITIES, PUPIL_PRIORITIES, Option
from trygghet.datasets.places import DISTRICTS, GRADES, SCHOOLS, SURVEYED_AGES, WAVES
from trygghet.datasets.questions import ITEMS, REPORTED, SCHOOL_SAFETY
from trygghet.datasets.scales import SCALES, Item

NON_RESIDENTS = 1_500
PUPILS = 780
NOT_ASKED = -1
_STEPS = 40
_NONE_OF_THESE = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """A population: who they are and what they would answer; arrays of one length, read-only.

    ``answers`` holds a code for each item (``-1`` where the routing does not ask), ``chosen`` the options of the choose-up-to-three
    block, shape (n, options), and ``none`` those who would tick *none of these*.
    """

    wave: str
    district: IntArray
    birth_year: IntArray
    register_sex: IntArray
    sex: IntArray
    relation: IntArray
    unsafety: FloatArray
    school: IntArray
    grade: IntArray
    answers: Mapping[str, IntArray]
    chosen: BoolArray
    none: BoolArray

    def __len__(self) -> int:
        """Count the people."""
        return len(self.district)

    @property
    def age(self) -> IntArray:
        """Age attained during the year of the wave."""
        return int(self.wave) - self.birth_year


@lru_cache(maxsize=8)
def residents_and_visitors(wave: str, seed: int) -> People:
    """Inhabitants aged 16-84 and, after them, people who work in or visit the municipality (district -1).

    Parameters
    ----------
    wave : str
        One of :data:`~trygghet.datasets.places.WAVES`.
    seed : int
        Seed of the simulated population.

    Returns
    -------
    People
        About 36 000 inhabitants and 1 500 others.
    """
    rng = np.random.default_rng([seed, int(wave), 1])
    growth = 1 - 0.004 * (2026 - int(wave))
    sizes = [round(district.inhabitants * growth) for district in DISTRICTS]
    district = np.concatenate([np.repeat(np.arange(len(sizes)), sizes), np.full(NON_RESIDENTS, -1)])
    mean_age = np.append([place.mean_age for place in DISTRICTS], 40.0)[district]
    age = _ages(mean_age, rng)
    register_sex = rng.integers(1, 3, len(district))
    sex = np.where(rng.random(len(district)) < 0.004, 3, register_sex)
    relation = np.where(district >= 0, 1, rng.integers(2, 4, len(district)))
    person = _Person.drawn(district, register_sex == 1, (age - age.mean()) / age.std(), rng=rng)
    answers: dict[str, IntArray] = {}
    for item in ITEMS:
        answers[item.variable] = _answer(item, wave, person, rng=rng)
        if item.asked_if is not None:
            gate, codes = item.asked_if
            answers[item.variable][~np.isin(answers[gate], codes)] = NOT_ASKED
    answers[REPORTED.variable] = _answer(REPORTED, wave, person, rng=rng)
    exposed = np.any([answers[item.variable] > 1 for item in ITEMS if item.scale == "utsatt"], axis=0)
    answers[REPORTED.variable][~exposed] = NOT_ASKED
    chosen, none = _choices(PRIORITIES, wave, person, rng=rng)
    nothing = np.zeros(len(district), dtype=np.int64)
    return People(
        wave,
        district,
        int(wave) - age,
        register_sex,
        sex,
        relation,
        person.unsafety,
        nothing,
        nothing,
        answers,
        chosen,
        none,
    )


@lru_cache(maxsize=8)
def pupils(wave: str, seed: int) -> People:
    """Every pupil of grade 8 and of the second year of upper secondary school, by school.

    Parameters
    ----------
    wave : str
        One of :data:`~trygghet.datasets.places.WAVES`.
    seed : int
        Seed of the simulated population.

    Returns
    -------
    People
        The pupils; their own safety question and their own priorities.
    """
    rng = np.random.default_rng([seed, int(wave), 2])
    school = rng.choice(list(SCHOOLS), PUPILS, p=[0.18, 0.20, 0.17, 0.45])
    grade = np.where(school == len(SCHOOLS), len(GRADES), 1)
    register_sex = rng.integers(1, 3, PUPILS)
    sex = np.where(rng.random(PUPILS) < 0.01, 3, register_sex)
    person = _Person.drawn(np.full(PUPILS, -1), register_sex == 1, np.zeros(PUPILS), rng=rng)
    answers = {SCHOOL_SAFETY.variable: _answer(SCHOOL_SAFETY, wave, person, rng=rng)}
    chosen, none = _choices(PUPIL_PRIORITIES, wave, person, rng=rng)
    relation = np.where(rng.random(PUPILS) < 0.06, 2, 1)
    birth_year = int(wave) - np.where(grade == 1, 14, 17)
    return People(
        wave,
        np.full(PUPILS, -1),
        birth_year,
        register_sex,
        sex,
        relation,
        person.unsafety,
        school,
        grade,
        answers,
        chosen,
        none,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Person:
    """What the answers hang on: where they live (-1 elsewhere), sex, standardised age, general unsafety (mean 0, sd 1)."""

    district: IntArray
    woman: BoolArray
    age: FloatArray
    unsafety: FloatArray

    @classmethod
    def drawn(
        cls, district: IntArray, woman: BoolArray, age: FloatArray, *, rng: np.random.Generator
    ) -> Self:
        """Draw each person's unsafety around what district, sex and age make likely."""
        shift = np.append([place.unsafety for place in DISTRICTS], 0.0)[district]
        raw = rng.standard_normal(len(district)) + shift + 0.5 * (woman - 0.5) - 0.05 * age
        return cls(district, woman, age, (raw - raw.mean()) / raw.std())

    @property
    def reference(self) -> BoolArray:
        """Those whose shares the story tells: the inhabitants, or everyone where there are none."""
        inhabitants = self.district >= 0
        return inhabitants if inhabitants.any() else np.ones(len(inhabitants), dtype=np.bool_)

    def effect(self, effects: Mapping[str, float]) -> FloatArray:
        """Sum of the effects that fit each person."""
        shift = np.zeros(len(self.district))
        for name, size in effects.items():
            if name == "kvinna":
                shift += size * (self.woman - 0.5)
            elif name == "alder":
                shift += size * self.age
            else:
                shift += size * (self.district == _NUMBER[name])
        return shift


_NUMBER = {place.name: number for number, place in enumerate(DISTRICTS)}


def _ages(mean_age: FloatArray, rng: np.random.Generator) -> IntArray:
    """Ages within the surveyed range from a stretched beta distribution around each district's mean."""
    low, high = SURVEYED_AGES
    centre = (mean_age - low) / (high + 1 - low)
    ages = low + np.floor((high + 1 - low) * rng.beta(2.2 * centre, 2.2 * (1 - centre)))
    return ages.astype(np.int64).clip(low, high)


def _answer(item: Item, wave: str, person: _Person, *, rng: np.random.Generator) -> IntArray:
    """Cut the item's latent variable so that the reference people's shares are the story's."""
    size = len(person.unsafety)
    noise = rng.standard_normal(size) * np.sqrt(1 - item.loading**2)
    latent = item.loading * person.unsafety + person.effect(item.effects) + noise
    scale = SCALES[item.scale]
    cuts = np.quantile(latent[person.reference], np.cumsum(item.shares[wave])[:-1])
    codes: IntArray = np.array(scale.order, dtype=np.int64)[np.searchsorted(cuts, latent)]
    if item.dont_know:
        dont_know = next(code for code, (kind, _) in scale.missing.items() if kind == "dont_know")
        codes[rng.random(size) < item.dont_know] = dont_know
    return codes


def _choices(
    options: Sequence[Option], wave: str, person: _Person, *, rng: np.random.Generator
) -> tuple[BoolArray, BoolArray]:
    """Up to three options a person by random utility, with intercepts solved so that the shares are the story's; and *none*."""
    target = np.array([option.shares[WAVES.index(wave)] for option in options])
    lean = [option.unsafety * person.unsafety + person.effect(option.effects) for option in options]
    utility = np.column_stack(lean)
    utility += rng.gumbel(size=utility.shape)
    size = len(utility)
    none = rng.random(size) < _NONE_OF_THESE
    wanted = np.where(
        none, 0, rng.choice([3, 2, 1], size, p=_numbers(float(target.sum() / (1 - _NONE_OF_THESE))))
    )
    intercept = np.log(target)
    for _ in range(_STEPS):
        order = np.argsort(-(utility + intercept), axis=1)
        chosen = np.zeros(utility.shape, dtype=np.bool_)
        for number in range(3):
            rows = wanted > number
            chosen[rows, order[rows, number]] = True
        intercept = intercept + np.log(target / chosen[person.reference].mean(axis=0))
    return chosen, none


def _numbers(mean: float) -> tuple[float, float, float]:
    """Shares who choose three, two and one option so that the mean number is ``mean``; one in twenty chooses a single one."""
    one = 0.05
    three = mean - 2 + one
    return (three, 1 - one - three, one)
