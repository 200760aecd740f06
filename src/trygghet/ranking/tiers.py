"""Units that the data tell apart, and units that they do not."""

import numpy as np

from trygghet._typing import BoolArray, IntArray


def tiers(ahead: BoolArray, rank: IntArray) -> IntArray:
    """Tier of each unit: every unit of a tier is shown to be before every unit of the next.

    Parameters
    ----------
    ahead : ndarray of bool, shape (k, k)
        True at (j, k) where j is shown to be before k.
    rank : ndarray of int, shape (k,)
        Ranks by the point estimates; 0 for a unit that is not ranked.

    Returns
    -------
    ndarray of int, shape (k,)
        1 for the first tier; 0 for a unit that is not ranked. All 1 where no cut is secure.
    """
    order = _by_rank(rank)
    sorted_ahead = ahead[np.ix_(order, order)]
    found = np.zeros(rank.size, dtype=np.int64)
    tier = 1
    for place, unit in enumerate(order):
        if place and sorted_ahead[:place, place:].all():
            tier += 1
        found[unit] = tier
    return found


def alike(ahead: BoolArray, rank: IntArray) -> tuple[tuple[int, ...], ...]:
    """Longest runs of neighbouring ranks within which no pair is told apart.

    Parameters
    ----------
    ahead : ndarray of bool, shape (k, k)
        True at (j, k) where j is shown to be before k.
    rank : ndarray of int, shape (k,)
        Ranks by the point estimates; 0 for a unit that is not ranked.

    Returns
    -------
    tuple of tuple of int
        Positions of the units of each run, best first; runs may overlap, and every ranked unit is in at least one.
    """
    order = _by_rank(rank)
    apart = (ahead | ahead.T)[np.ix_(order, order)]
    runs: list[tuple[int, ...]] = []
    reached = 0
    for start in range(order.size):
        stop = start + 1
        while stop < order.size and not apart[start:stop, stop].any():
            stop += 1
        if stop > reached:
            runs.append(tuple(int(unit) for unit in order[start:stop]))
            reached = stop
    return tuple(runs)


def _by_rank(rank: IntArray) -> IntArray:
    """Positions of the ranked units, best first; ties in the order in which they came."""
    places = np.flatnonzero(rank > 0)
    return places[np.argsort(rank[places], kind="stable")]
