"""What the survey tries to find: the value of every indicator and priority in the whole population."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray
from trygghet.datasets.options import PRIORITIES, PUPIL_PRIORITIES, UNIONS, Option
from trygghet.datasets.places import AGE_BANDS, DISTRICTS, GROUPS, SEXES
from trygghet.datasets.population import People
from trygghet.datasets.questions import ITEMS, REPORTED, SCHOOL_SAFETY
from trygghet.datasets.scales import SCALES, Item, Measure

BETYG = "trygghet_betyg"


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """Population values of one wave.

    Parameters
    ----------
    cells : DataFrame
        Columns ``stream`` (``brev`` for the inhabitants aged 16-84, ``elev`` for the pupils), ``item``, ``by``, ``domain``, ``value``
        and ``population`` (people in the base). ``by`` is ``""`` and ``domain`` ``"Alla"`` for the whole population.
    values : mapping of (stream, item, by, domain) to float
        The same values by their cell.
    """

    cells: pd.DataFrame
    values: Mapping[tuple[str, str, str, str], float]

    def value(self, item: str, *, by: str = "", domain: str = "Alla", stream: str = "brev") -> float:
        """Value of one item in one domain of the population.

        Parameters
        ----------
        item : str
            Indicator, ``prio.<option>`` or ``trygghet_betyg``.
        by, domain : str
            Grouping and its category as the estimates name them.
        stream : str
            ``brev`` for the inhabitants, ``elev`` for the pupils.

        Returns
        -------
        float
            Share (0-1) or mean.

        Raises
        ------
        KeyError
            No such cell.
        """
        return self.values[stream, item, by, domain]

    def order(self, *items: str, stream: str = "brev") -> tuple[str, ...]:
        """Items from the largest population value to the smallest.

        Parameters
        ----------
        *items : str
            Items to order.
        stream : str
            ``brev`` for the inhabitants, ``elev`` for the pupils.

        Returns
        -------
        tuple of str
            The same items, largest first.
        """
        return tuple(sorted(items, key=lambda item: -self.value(item, stream=stream)))


def truth_of(people: People, school: People) -> Truth:
    """Population values over the inhabitants and over the pupils.

    Parameters
    ----------
    people : People
        Inhabitants and visitors; only inhabitants count.
    school : People
        Pupils.

    Returns
    -------
    Truth
        Every indicator, priority and union, in total and by district, group of districts, sex and age band.
    """
    rows: list[tuple[str, str, str, str, float, int]] = []
    for stream, population, here in (
        ("brev", people, people.relation == 1),
        ("elev", school, np.ones(len(school), dtype=np.bool_)),
    ):
        domains = list(_domains(population, here)) if stream == "brev" else [("", "Alla", here)]
        for item, values in _values(population, stream):
            for by, domain, inside in domains:
                kept = values[inside]
                base = int(np.count_nonzero(~np.isnan(kept)))
                rows.append((stream, item, by, domain, float(np.nanmean(kept)) if base else np.nan, base))
    cells = pd.DataFrame(rows, columns=["stream", "item", "by", "domain", "value", "population"])
    return Truth(cells, {(stream, item, by, domain): value for stream, item, by, domain, value, _ in rows})


def measured(measure: Measure, item: Item, codes: FloatArray) -> FloatArray:
    """Indicator of an item's codes: 1 where it counts, 0 in the rest of the base, NaN outside.

    Parameters
    ----------
    measure : Measure
        Which codes count and which are the base.
    item : Item
        Item whose scale names the codes for no valid answer.
    codes : array, shape (n,)
        Answers.

    Returns
    -------
    array, shape (n,)
        0, 1 or NaN.
    """
    missing = {kind: code for code, (kind, _) in SCALES[item.scale].missing.items()}
    base = [missing[code] if isinstance(code, str) else code for code in measure.base]
    return np.where(np.isin(codes, base), np.isin(codes, measure.counts).astype(float), np.nan)


def _values(people: People, stream: str) -> Iterator[tuple[str, FloatArray]]:
    items = (*ITEMS, REPORTED) if stream == "brev" else (SCHOOL_SAFETY,)
    for item in items:
        codes = people.answers[item.variable].astype(float)
        if item.measure is not None:
            yield item.measure.name, measured(item.measure, item, codes)
        elif item.variable == BETYG:
            yield BETYG, np.where((codes >= 0) & (codes <= 10), codes, np.nan)
    block, options = ("prio", PRIORITIES) if stream == "brev" else ("elev_prio", PUPIL_PRIORITIES)
    yield from _options(people, block, options)


def _options(people: People, block: str, options: tuple[Option, ...]) -> Iterator[tuple[str, FloatArray]]:
    place = {option.key: number for number, option in enumerate(options)}
    for key, number in place.items():
        yield f"{block}.{key}", people.chosen[:, number].astype(float)
    if block == "prio":
        for union, keys in UNIONS.items():
            yield f"{block}.{union}", people.chosen[:, [place[key] for key in keys]].any(axis=1).astype(float)


def _domains(people: People, here: BoolArray) -> Iterator[tuple[str, str, BoolArray]]:
    yield "", "Alla", here
    for number, place in enumerate(DISTRICTS):
        yield "omrade", place.name, people.district == number
    for group, names in GROUPS.items():
        inside = np.isin(
            people.district, [number for number, place in enumerate(DISTRICTS) if place.name in names]
        )
        yield f"omrade:{group}", group, inside & here
        yield f"omrade:{group}", "övriga", ~inside & here
    for code, label in SEXES.items():
        yield "kon", label, (people.sex == code) & here
    for label, (low, high) in AGE_BANDS.items():
        yield "alder4", label, (people.age >= low) & (people.age <= high) & here
