"""One table of population totals."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Self

import numpy as np

from trygghet._typing import FloatArray
from trygghet.errors import Problem

Category = tuple[str, ...]
SEPARATOR = " * "


def category_label(parts: Category) -> str:
    """One text for the labels (or variables) of a crossing.

    Parameters
    ----------
    parts : tuple of str
        One label a variable.

    Returns
    -------
    str
        The parts joined by " * ".
    """
    return SEPARATOR.join(parts)


@dataclass(frozen=True, slots=True, eq=False)
class MarginTable:
    """One table of population totals.

    Parameters
    ----------
    variables : tuple of str
        Variables that the table crosses; empty for a total over the whole population.
    categories : tuple of tuple of str
        One label a variable for each total, in the order of ``totals``.
    totals : ndarray
        Population totals, one a category.
    source : str
        Where the totals come from.
    reference_date : str
        Date that the totals refer to, ISO form.
    numeric : str
        Numeric variable that is summed; empty where persons are counted.
    merges : mapping of tuple of str to tuple of str
        Declared merges: category as the respondents have it to category of this table.
    """

    variables: tuple[str, ...]
    categories: tuple[Category, ...]
    totals: FloatArray
    source: str = ""
    reference_date: str = ""
    numeric: str = ""
    merges: Mapping[Category, Category] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Variables of the table as one text."""
        crossing = category_label(self.variables)
        if not self.numeric:
            return crossing or "N"
        return f"{crossing}{SEPARATOR if crossing else ''}sum({self.numeric})"

    @property
    def column_names(self) -> tuple[str, ...]:
        """One name a total, such as ``"kon: Kvinna"``."""
        return tuple(
            f"{self.name}: {category_label(category)}" if category else self.name
            for category in self.categories
        )

    def collapsed(self, variables: tuple[str, ...]) -> dict[Category, float]:
        """Totals summed over every variable but the given ones.

        Parameters
        ----------
        variables : tuple of str
            Variables to keep, in the wanted order.

        Returns
        -------
        dict of tuple of str to float
            Total by category of the kept variables.
        """
        keep = [self.variables.index(name) for name in variables]
        sums: dict[Category, float] = {}
        for category, total in zip(self.categories, self.totals, strict=True):
            key = tuple(category[position] for position in keep)
            sums[key] = sums.get(key, 0.0) + float(total)
        return sums

    def with_totals(self, totals: FloatArray) -> Self:
        """The same table with other totals; categories without persons are left out.

        Parameters
        ----------
        totals : ndarray
            New totals in the order of ``categories``.

        Returns
        -------
        MarginTable
            The new table.
        """
        keep = totals > 0 if not self.numeric else np.ones(len(totals), dtype=bool)
        kept = tuple(category for category, stays in zip(self.categories, keep, strict=True) if stays)
        return replace(self, categories=kept, totals=totals[keep])

    def merged(self, merges: Mapping[Category, Category]) -> Self:
        """The same table with categories merged.

        Parameters
        ----------
        merges : mapping of tuple of str to tuple of str
            Old category to new category.

        Returns
        -------
        MarginTable
            The coarser table, which remembers the merges.
        """
        sums: dict[Category, float] = {}
        for category, total in zip(self.categories, self.totals, strict=True):
            key = merges.get(category, category)
            sums[key] = sums.get(key, 0.0) + float(total)
        both = {**{old: merges.get(new, new) for old, new in self.merges.items()}, **merges}
        return replace(
            self, categories=tuple(sums), totals=np.array(list(sums.values())), merges=MappingProxyType(both)
        )


def as_category(label: object) -> Category:
    """Category labels of one row of a table, codes written as text.

    Parameters
    ----------
    label : object
        A label, a code or a tuple of them.

    Returns
    -------
    tuple of str
        One text a variable; a whole number is written without decimals.
    """
    parts = label if isinstance(label, tuple) else (label,)
    return tuple(
        str(int(part)) if isinstance(part, float) and part.is_integer() else str(part) for part in parts
    )


def table_problems(table: MarginTable) -> list[Problem]:
    """What is wrong with one table by itself.

    Parameters
    ----------
    table : MarginTable
        The table as it was given.

    Returns
    -------
    list of Problem
        Categories of the wrong length and totals that are no counts.
    """
    problems = []
    wrong = [
        category_label(category) for category in table.categories if len(category) != len(table.variables)
    ]
    if wrong:
        problems.append(
            Problem(
                code="VIKT-04",
                what=f"Table {table.name}: {len(wrong)} categories do not have one label a variable ({', '.join(wrong[:5])}).",
                why="A crossing needs one label of each of its variables.",
                remedy="Join the labels with ' * ' in the order of the variables.",
                facts={"tabell": table.name, "kategorier": ", ".join(wrong[:5])},
            )
        )
    bad = [
        category_label(category) or table.name
        for category, total in zip(table.categories, table.totals, strict=True)
        if not np.isfinite(total) or (total < 0 and not table.numeric)
    ]
    if bad or (not table.numeric and not np.any(table.totals > 0)):
        problems.append(
            Problem(
                code="VIKT-02",
                what=f"Table {table.name}: {len(bad)} totals are no positive number ({', '.join(bad[:5])}).",
                why="Weights can only be fitted to known population counts.",
                remedy="Write a count for each category.",
                facts={"tabell": table.name, "antal": len(bad), "kategorier": ", ".join(bad[:5]) or "–"},
            )
        )
    return problems
