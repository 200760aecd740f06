"""The cells that may not be shown for their own sake, and the marks that stand in their place."""

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, IntArray, ObjectArray
from trygghet.disclosure.places import CROSSING
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
        Columns stream, item, by, domain, n, numerator and status; see ``Catalogue``.
    rules : DisclosureRules
        Thresholds.

    Returns
    -------
    array of str objects
        ``"base"``, ``"numerator"`` or ``""``.

    Notes
    -----
    ``base`` when the unweighted base is 1 up to the cell's floor less one; see :func:`floors_of`. ``numerator`` when 1 up to
    ``small_numerator`` persons gave the answer, or all but so many; and when none or all did, on a base below
    ``zero_shown_from``. A cell without respondents has nothing to withhold.
    """
    n, numerator = cells["n"].to_numpy(), cells["numerator"].to_numpy()
    floor = floors_of(cells, rules)
    present = (n > 0) & ~np.isin(cells["status"].to_numpy(), ["not_asked", "empty"])
    small = present & small_side(n, numerator, rules)
    reasons: ObjectArray = np.where(present & (n < floor), "base", np.where(small, "numerator", "")).astype(
        object
    )
    return reasons


def floors_of(cells: pd.DataFrame, rules: DisclosureRules) -> IntArray:
    """Smallest base with which each cell is shown: raised for sensitive items, and where those who answered are children.

    Parameters
    ----------
    cells : DataFrame
        Columns stream, item, by and domain.
    rules : DisclosureRules
        Thresholds.

    Returns
    -------
    array of int
        Number of persons.
    """
    children = of_children(cells, rules)
    named = zip(cells["item"].tolist(), children.tolist(), strict=True)
    floors = {key: rules.floor(key[0], children=key[1]) for key in set(named)}
    named = zip(cells["item"].tolist(), children.tolist(), strict=True)
    return np.array([floors[key] for key in named], dtype=np.int64)


def of_children(cells: pd.DataFrame, rules: DisclosureRules) -> BoolArray:
    """Whether those who answered are children: by their stream, or by a group that any part of the domain names.

    Parameters
    ----------
    cells : DataFrame
        Columns stream, by and domain.
    rules : DisclosureRules
        Which streams and groups are children.

    Returns
    -------
    array of bool
        True for children.
    """
    streams = cells["stream"].isin(rules.children).to_numpy(dtype=np.bool_)
    if not rules.children_groups:
        return streams
    groups = frozenset(rules.children_groups)
    places = list(zip(cells["by"].tolist(), cells["domain"].tolist(), strict=True))
    within = {
        place: not groups.isdisjoint(zip(place[0].split(CROSSING), place[1].split(CROSSING), strict=False))
        for place in set(places)
    }
    result: BoolArray = streams | np.array([within[place] for place in places], dtype=np.bool_)
    return result


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
