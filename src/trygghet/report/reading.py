"""What a figure, a table and an alt text read from a result: one record a cell, whatever the kind of result."""

from dataclasses import dataclass
from math import nan

import numpy as np

from trygghet._typing import BoolArray
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.shares import RespondentShares
from trygghet.report.look import PLAIN, Look
from trygghet.report.wording import NOT_ASKED, UNCERTAIN, WITHHELD

Shares = Estimates | RespondentShares
HIDDEN = frozenset({"withheld", "not_asked", "empty"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One cell as a reader meets it; limits are NaN where there is no interval.

    Parameters
    ----------
    label : str
        Reader's label of the item.
    item, domain : str
        Keys of the cell.
    value, low, high : float
        Share and limits; NaN where not shown.
    n : int
        Unweighted base; -1 where not shown.
    status : str
        ok, empty, withheld, uncertain or not_asked.
    mark : str, default ""
        What stands in the place of a value that is not shown.
    """

    label: str
    item: str
    domain: str
    value: float
    low: float
    high: float
    n: int
    status: str
    mark: str = ""

    @property
    def shown(self) -> bool:
        """Whether the value may be drawn."""
        return self.status not in HIDDEN

    @property
    def uncertain(self) -> bool:
        """Whether the value stands within parentheses."""
        return self.status == "uncertain"

    @property
    def sign(self) -> str:
        """The cell's sign by itself: nothing beside a plain value, ``"()"`` beside an uncertain one, else what stands for it."""
        return UNCERTAIN if self.uncertain else self.mark

    def told(self, value: str) -> str:
        """Write the value with its sign, or the sign alone.

        Parameters
        ----------
        value : str
            The value in words or figures.

        Returns
        -------
        str
            ``"34"``, ``"(34)"``, ``".."`` or ``"."``.
        """
        return bracketed(value, unsure=self.uncertain) if self.shown else self.mark


def bracketed(value: str, *, unsure: bool) -> str:
    """Write an uncertain value within parentheses.

    Parameters
    ----------
    value : str
        The value in words or figures.
    unsure : bool
        Whether it is uncertain.

    Returns
    -------
    str
        ``"34"`` or ``"(34)"``.
    """
    return f"({value})" if unsure else value


def is_shown(result: Shares) -> BoolArray:
    """Which cells hold a value that may be drawn.

    Parameters
    ----------
    result : Estimates or RespondentShares
        Screened result.

    Returns
    -------
    array of bool, shape (p,)
        False where withheld, empty or not asked.
    """
    return np.array([status not in HIDDEN for status in result.status], dtype=np.bool_)


def readings(result: Shares, look: Look = PLAIN) -> tuple[Reading, ...]:
    """Read every cell of a result; the limits are asked for only where the value is shown.

    Parameters
    ----------
    result : Estimates or RespondentShares
        Screened result.
    look : Look
        Level and method of the intervals, and the mark of each cell as the screen gave it.

    Returns
    -------
    tuple of Reading
        In the order of the cells.
    """
    shown = np.flatnonzero(is_shown(result))
    low, high = np.full(len(result), nan), np.full(len(result), nan)
    if isinstance(result, Estimates) and len(shown):
        low[shown], high[shown] = result.take(shown).interval(look.level, look.interval)
    items, categories, domains = (
        result.cells[column].astype(str).tolist() for column in ("item", "category", "domain")
    )
    return tuple(
        Reading(
            label=_label(result, items[position], categories[position]),
            item=items[position],
            domain=domains[position],
            value=float(result.values[position]),
            low=float(low[position]),
            high=float(high[position]),
            n=int(result.n[position]),
            status=str(result.status[position]),
            mark=_mark(str(result.status[position]), look.marks[position] if look.marks else ""),
        )
        for position in range(len(result))
    )


def _mark(status: str, given: str) -> str:
    """What stands in the place of a value: the screen's mark, or the one of its status."""
    if status not in HIDDEN:
        return ""
    if given and given != UNCERTAIN:
        return given
    return WITHHELD if status == "withheld" else NOT_ASKED


def label_of(result: Shares, position: int) -> str:
    """Reader's label of a cell: the item's, with the category where there is one.

    Parameters
    ----------
    result : Estimates or RespondentShares
        Result.
    position : int
        Position of the cell.

    Returns
    -------
    str
        Label.
    """
    item, category = (str(result.cells[column].iloc[position]) for column in ("item", "category"))
    return _label(result, item, category)


def _label(result: Shares, item: str, category: str) -> str:
    label = result.about.label(item)
    return f"{label}: {category}" if category else label
