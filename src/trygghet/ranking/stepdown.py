"""Step-down tests of all pairwise orders: which differences the data show, at one familywise level.

All functions work in *canonical order*: values falling, so that pairs that can never be rejected lie together and the largest
statistic over a family can be taken over contiguous rows.
"""

import math
from dataclasses import dataclass

import numpy as np

from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.ranking.draws import SingleArray

CACHE_ELEMENTS = 150_000
FIRST_SHARE = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a step-down test of a family of directed pairs rejected.

    Parameters
    ----------
    rejected : ndarray, shape (k, k)
        True at (j, k) where the value of j is shown to exceed that of k.
    critical_values : tuple of float
        One a step, falling.
    """

    rejected: BoolArray
    critical_values: tuple[float, ...]


def order_statistic(statistics: SingleArray, level: float) -> float:
    """Quantile of simulated statistics that keeps a test exact: the ceil((B + 1) level)-th smallest of B.

    Parameters
    ----------
    statistics : ndarray, shape (B,)
        Simulated statistics.
    level : float
        Level.

    Returns
    -------
    float
        The quantile.
    """
    place = min(math.ceil((statistics.size + 1) * level), statistics.size) - 1
    return float(np.partition(statistics, place)[place])


def largest_of_all(draws: SingleArray, weights: SingleArray) -> SingleArray:
    """Largest absolute studentised difference over all pairs, for each draw.

    Parameters
    ----------
    draws : ndarray, shape (k, B)
        Draws of the centred estimates.
    weights : ndarray, shape (k, k)
        One over the standard error of each difference; 0 for a pair left out.

    Returns
    -------
    ndarray, shape (B,)
        The maxima.
    """
    size, count = draws.shape
    out = np.zeros(count, dtype=np.float32)
    width = max(64, CACHE_ELEMENTS // size)
    for start in range(0, count, width):
        block = np.ascontiguousarray(draws[:, start : start + width])
        buffer = np.empty_like(block)
        top = out[start : start + width]
        for j in range(size - 1):
            part = buffer[j + 1 :]
            np.subtract(block[j], block[j + 1 :], out=part)
            np.abs(part, out=part)
            np.multiply(part, weights[j, j + 1 :, None], out=part)
            np.maximum(top, part.max(axis=0), out=top)
    return out


def largest_of_some(draws: SingleArray, weights: SingleArray) -> SingleArray:
    """Largest studentised difference over a family of directed pairs, for each draw.

    Parameters
    ----------
    draws : ndarray, shape (k, B)
        Draws of the centred estimates.
    weights : ndarray, shape (k, k)
        One over the standard error of each difference of the directed pairs that count; 0 for the others.

    Returns
    -------
    ndarray, shape (B,)
        The maxima, at least 0.
    """
    size, count = draws.shape
    out = np.zeros(count, dtype=np.float32)
    family = weights > 0
    last = np.where(family.any(axis=1), size - np.argmax(family[:, ::-1], axis=1), 0)
    first = np.where(family.any(axis=1), np.argmax(family, axis=1), 0)
    width = max(64, CACHE_ELEMENTS // size)
    for start in range(0, count, width):
        block = np.ascontiguousarray(draws[:, start : start + width])
        buffer = np.empty_like(block)
        top = out[start : start + width]
        for j in range(size):
            if last[j] == 0:
                continue
            rows = slice(first[j], last[j])
            part = buffer[rows]
            np.subtract(block[j], block[rows], out=part)
            np.multiply(part, weights[j, rows, None], out=part)
            np.maximum(top, part.max(axis=0), out=top)
    return out


def step_down(
    differences: FloatArray, draws: SingleArray, weights: SingleArray, *, level: float, single: bool = False
) -> Outcome:
    """Test every directed pair, familywise over all of them (Romano and Wolf's step-down).

    Parameters
    ----------
    differences : ndarray, shape (k, k)
        Studentised differences ``T[j, k]``; not finite for a pair left out.
    draws : ndarray, shape (k, B)
        Draws of the centred estimates.
    weights : ndarray, shape (k, k)
        One over the standard error of each difference in the unit of the draws; 0 for a pair left out.
    level : float
        One minus the familywise error.
    single : bool
        Stop after the first critical value.

    Returns
    -------
    Outcome
        The rejected pairs and the critical values.

    Notes
    -----
    Only draws whose maximum over all pairs is large can lie above a later, smaller critical value: a maximum over fewer pairs
    is never larger. Later steps are therefore computed for the largest 30 % of the draws, and for more only if the quantile
    falls among them. The result is the same as from all draws.
    """
    family = weights > 0
    if not family.any():
        return Outcome(np.zeros_like(family), ())
    statistics = largest_of_all(draws, weights)
    falling = np.argsort(-statistics, kind="stable")
    critical = order_statistic(statistics, level)
    steps = [critical]
    rejected = family & (differences > critical)
    new = rejected
    while not single and new.any() and (family & ~rejected).any():
        masked = np.where(family & ~rejected, weights, np.float32(0))
        critical = _later_critical(draws, masked, statistics=statistics, falling=falling, level=level)
        steps.append(critical)
        new = family & ~rejected & (differences > critical)
        rejected = rejected | new
    return Outcome(rejected, tuple(steps))


def _later_critical(
    draws: SingleArray, masked: SingleArray, *, statistics: SingleArray, falling: IntArray, level: float
) -> float:
    """Critical value of a smaller family (weights not 0), from as few of the draws as settle it."""
    count = statistics.size
    share = min(1.0, max(FIRST_SHARE, 2 * (1 - level)))
    while True:
        taken = falling[: math.ceil(share * count)]
        smaller = np.zeros(count, dtype=np.float32)
        smaller[: taken.size] = largest_of_some(draws[:, taken], masked)
        critical = order_statistic(smaller, level)
        if taken.size == count or critical >= statistics[falling[taken.size]]:
            return critical
        share = min(1.0, 2 * share)
