"""The cells that may not be shown for their own sake, and the marks that stand in their place."""

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, ObjectArray
from trygghet.disclosure.rules import DisclosureRules

HIDDEN = ".."
ABSENT = "."
UNCERTAIN = "()"
SHOWN = ""
_SPACE = "\N{NO-BREAK SPACE}"


def primary_reasons(cells: pd.DataFrame, rules: DisclosureRules) -> ObjectArray:
    """Why each cell is withheld for its own sake.

    Parameters
    ----------
    cells : DataFrame
        Columns item, n, numerator and status; see ``Catalogue``.
    rules : DisclosureRules
        Thresholds.

    Returns
    -------
    array of str objects
        ``"base"``, ``"numerator"`` or ``""``.

    Notes
    -----
    ``base`` when the unweighted base is 1 up to the floor of the item less one. ``numerator`` when 1 up to
    ``small_numerator`` persons gave the answer, or all but so many; and when none or all did, on a base below
    ``zero_shown_from``. A cell without respondents has nothing to withhold.
    """
    n, numerator = cells["n"].to_numpy(), cells["numerator"].to_numpy()
    names = cells["item"].to_numpy()
    floors = {item: rules.floor(item) for item in pd.unique(names)}
    floor = np.array([floors[item] for item in names], dtype=np.int64)
    present = (n > 0) & ~np.isin(cells["status"].to_numpy(), ["not_asked", "empty"])
    small = present & small_side(n, numerator, rules)
    reasons: ObjectArray = np.where(present & (n < floor), "base", np.where(small, "numerator", "")).astype(
        object
    )
    return reasons


def small_side(n: np.ndarray, numerator: np.ndarray, rules: DisclosureRules) -> BoolArray:
    """Whether so few gave the answer, or did not give it, that it points at persons.

    Parameters
    ----------
    n, numerator : array of int
        Unweighted base and positives; -1 where the value is no share.
    rules : DisclosureRules
        Thresholds.

    Returns
    -------
    array of bool
        True where the smaller side is small; never where the value is no share.
    """
    fewest = np.minimum(numerator, n - numerator)
    few = (fewest >= 1) & (fewest <= rules.small_numerator)
    nobody = (fewest == 0) & (n < rules.zero_shown_from) & (rules.small_numerator > 0)
    result: BoolArray = (numerator >= 0) & (few | nobody)
    return result


def shared_bound(n: int, rules: DisclosureRules) -> int:
    """Whole per cent below which a share lies when 0, 1 or 2 of ``n`` persons gave the answer.

    Parameters
    ----------
    n : int
        Unweighted base.
    rules : DisclosureRules
        Thresholds.

    Returns
    -------
    int
        The smallest whole ``t`` with ``t n / 100`` at least the number of persons that must stay uncertain.

    Examples
    --------
    >>> [shared_bound(n, DisclosureRules()) for n in (10, 20, 30, 40)]
    [30, 15, 10, 8]
    """
    return -(-100 * rules.protection // n)


def marks_of(cells: pd.DataFrame, reasons: ObjectArray, rules: DisclosureRules) -> ObjectArray:
    """What stands in the place of each withheld number.

    Parameters
    ----------
    cells : DataFrame
        Columns n, numerator, value and status.
    reasons : array of str objects
        Why each cell is withheld; empty where it is shown.
    rules : DisclosureRules
        Thresholds.

    Returns
    -------
    array of str objects
        ``".."``; ``"<8 %"`` or ``">92 %"`` for 0 up to ``small_numerator`` persons on a base below ``zero_shown_from``
        when the weighted share too lies there; ``"()"`` beside an uncertain number; ``"."`` where nothing was asked or
        nobody answered; empty for a number shown as it is.
    """
    status = cells["status"].to_numpy()
    marks = np.full(len(cells), SHOWN, dtype=object)
    marks[status == "uncertain"] = UNCERTAIN
    marks[(status == "empty") | (status == "not_asked")] = ABSENT
    marks[reasons != ""] = HIDDEN
    n, numerator, value = (cells[column].to_numpy() for column in ("n", "numerator", "value"))
    for row in np.flatnonzero((reasons == "numerator") & (n < rules.zero_shown_from)):
        bound = shared_bound(int(n[row]), rules)
        if numerator[row] <= rules.small_numerator and 100 * value[row] < bound:
            marks[row] = f"<{bound}{_SPACE}%"
        elif numerator[row] > rules.small_numerator and 100 * value[row] > 100 - bound:
            marks[row] = f">{100 - bound}{_SPACE}%"
    return marks
