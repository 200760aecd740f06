"""What is estimated: an item gives each row a numerator and a denominator, missing where the row is outside its base."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from trygghet._typing import BoolArray, Columns, FloatArray, IntArray
from trygghet.errors import EstimateError, Problem

Scores = tuple[FloatArray, FloatArray | None]


class Item(Protocol):
    """One thing to estimate in every domain."""

    @property
    def name(self) -> str:
        """Name of the indicator, variable or column."""

    @property
    def category(self) -> str:
        """Label of the category; empty for an item without categories."""

    @property
    def share(self) -> bool:
        """Whether the value is a share of persons."""

    def scores(self, columns: Columns) -> Scores:
        """Numerator of each row, and its denominator.

        Parameters
        ----------
        columns : Columns
            The answers.

        Returns
        -------
        tuple
            Numerators, NaN outside the base, and denominators (None for 1).
        """


@dataclass(frozen=True, slots=True)
class NumericItem:
    """The values of a column, or an indicator's 0 and 1.

    Parameters
    ----------
    name : str
        Column or indicator.
    share : bool
        Whether the values are 0 and 1 and the mean is a share of persons.
    category : str
        Name of the category that 1 stands for; empty for an indicator.
    """

    name: str
    share: bool = False
    category: str = ""

    def scores(self, columns: Columns) -> Scores:
        """Values of the column.

        Parameters
        ----------
        columns : Columns
            The answers.

        Returns
        -------
        tuple
            Values and None.
        """
        return columns.numeric(self.name), None


@dataclass(frozen=True, slots=True, eq=False)
class CategoryItem:
    """Whether a row is in one category of a variable.

    Parameters
    ----------
    name : str
        Variable.
    category : str
        Label of the category.
    codes : array of int, shape (n,)
        Category of each row; -1 where missing.
    code : int
        The category.
    share : bool
        Whether the value is a share of persons.
    """

    name: str
    category: str
    codes: IntArray
    code: int
    share: bool = True

    def scores(self, columns: Columns) -> Scores:  # noqa: ARG002 -- the codes are shared by all categories
        """Zero or one by row.

        Parameters
        ----------
        columns : Columns
            The answers; not read again.

        Returns
        -------
        tuple
            1 in the category, 0 in another, NaN where missing; and None.
        """
        return np.where(self.codes < 0, np.nan, (self.codes == self.code).astype(np.float64)), None


def names_of(items: str | Sequence[str]) -> tuple[str, ...]:
    """Names of items that were given as one or as several.

    Parameters
    ----------
    items : str or sequence of str
        One name or several.

    Returns
    -------
    tuple of str
        At least one name.

    Raises
    ------
    EstimateError
        SKATT-04 when there is none.
    """
    names = (items,) if isinstance(items, str) else tuple(items)
    if not names:
        raise EstimateError(
            Problem(
                code="SKATT-04",
                what="no item to estimate",
                why="the list of items is empty",
                remedy="give at least one indicator, variable or column",
            )
        )
    return names


def is_indicator(values: FloatArray) -> bool:
    """Whether a column holds nothing but 0, 1 and missing.

    Parameters
    ----------
    values : array of float
        Values of a column.

    Returns
    -------
    bool
        True for an indicator; a column without any value is one too.
    """
    rest = values * values - values
    return bool(((rest == 0) | (rest != rest)).all())  # noqa: PLR0124 -- NaN is what differs from itself


def categories_of(
    columns: Columns, name: str, category: str | Sequence[str] | None
) -> tuple[CategoryItem, ...]:
    """Items of the categories of a variable.

    Parameters
    ----------
    columns : Columns
        The answers.
    name : str
        Variable.
    category : str, sequence of str or None
        Labels of the wanted categories; all when None.

    Returns
    -------
    tuple of CategoryItem
        One a category, in the declared order; one that nobody chose is among them.

    Raises
    ------
    EstimateError
        SKATT-05 for a category that the variable does not have.
    """
    groups = columns.groups(name)
    labels = [str(label) for label in groups.labels]
    wanted = labels if category is None else list(names_of(category))
    unknown = [label for label in wanted if label not in labels]
    if unknown:
        told, present = ", ".join(unknown[:5]), ", ".join(labels[:10])
        raise EstimateError(
            Problem(
                code="SKATT-05",
                what=f"{name} has no category {told}",
                remedy=f"categories: {present}",
                facts={"variabel": name, "sokt": told, "finns": present},
            )
        )
    return tuple(CategoryItem(name, label, groups.codes, labels.index(label)) for label in wanted)


def valid_rows(numerator: FloatArray, denominator: FloatArray | None, counted: BoolArray | None) -> BoolArray:
    """Rows inside an item's base.

    Parameters
    ----------
    numerator : array of float, shape (n,)
        Numerators; NaN outside the base.
    denominator : array of float or None
        Denominators.
    counted : array of bool or None
        Rows with a positive weight; all when None.

    Returns
    -------
    array of bool, shape (n,)
        True inside.
    """
    valid = ~np.isnan(numerator)
    if denominator is not None:
        valid &= ~np.isnan(denominator)
    if counted is not None:
        valid &= counted
    return valid
