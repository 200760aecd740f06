"""Step-down tests of all pairwise orders: which differences the data show, at one familywise level.

All functions work in *canonical order*: values falling, so that pairs that can never be rejected lie together and the largest
statistic over a family can be taken over contiguous rows.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from trygghet._typing import BoolArray, FloatArray
from trygghet.ranking.draws import SingleArray

CACHE_ELEMENTS = 150_000
FIRST_SHARE = 0.3
FEW_DEVIATIONS = 2_000_000
GROWTH = 1.4
ROUNDING = 1e-5


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
    place = _place(statistics.size, level)
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


def bound_of_all(draws: SingleArray, weights: SingleArray) -> SingleArray:
    """Number that the largest absolute studentised difference of each draw cannot exceed, at a fraction of its cost.

    Parameters
    ----------
    draws : ndarray, shape (k, B)
        Draws of the centred estimates.
    weights : ndarray, shape (k, k)
        One over the standard error of each difference; 0 for a pair left out.

    Returns
    -------
    ndarray, shape (B,)
        The bounds.

    Notes
    -----
    For any positive ``s[j]``, by Cauchy and Schwarz ``|Z[j] - Z[k]| <= sqrt(s[j]^2 + s[k]^2) sqrt(t[j]^2 + t[k]^2)`` with
    ``t[j] = |Z[j]| / s[j]``. The largest ``sqrt(s[j]^2 + s[k]^2) / S[j, k]`` over the pairs times the root of the two largest
    ``t^2`` is the bound; the sample standard deviations of the draws serve as ``s``.
    """
    size, count = draws.shape
    spread = np.maximum(np.sqrt(np.einsum("jb,jb->j", draws, draws) / count), np.float32(1e-30))
    factor = float((np.hypot(spread[:, None], spread) * weights).max())
    first = np.zeros(count, dtype=np.float32)
    second = np.zeros(count, dtype=np.float32)
    row = np.empty(count, dtype=np.float32)
    for j in range(size):
        np.multiply(draws[j], 1 / spread[j], out=row)
        np.multiply(row, row, out=row)
        np.maximum(second, np.minimum(first, row), out=second)
        np.maximum(first, row, out=first)
    return np.asarray(factor * (1 + ROUNDING) * np.sqrt(first + second), dtype=np.float32)


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
    Only the draws with large maxima decide a quantile. The maxima are computed for the draws with the largest bounds until the
    quantile exceeds every bound that is left; the critical values are those of all draws. A maximum is itself a bound for
    every later, smaller family.
    """
    family = weights > 0
    if not family.any():
        return Outcome(np.zeros_like(family), ())
    if len(draws) * (len(draws) - 1) // 2 * draws.shape[1] <= FEW_DEVIATIONS:
        return _step_down_few(differences, draws, weights, level=level, single=single)
    bounds = bound_of_all(draws, weights)
    critical = _critical(draws, bounds, partial(largest_of_all, weights=weights), level=level)
    steps = [critical]
    rejected = family & (differences > critical)
    new = rejected
    while not single and new.any() and (family & ~rejected).any():
        masked = np.where(family & ~rejected, weights, np.float32(0))
        critical = _critical(draws, bounds, partial(largest_of_some, weights=masked), level=level)
        steps.append(critical)
        new = family & ~rejected & (differences > critical)
        rejected = rejected | new
    return Outcome(rejected, tuple(steps))


def _step_down_few(
    differences: FloatArray, draws: SingleArray, weights: SingleArray, *, level: float, single: bool
) -> Outcome:
    """The same test where the deviations of all pairs fit in memory: they are computed once."""
    one, other = np.triu_indices(len(draws), 1)
    there = weights[one, other] > 0
    one, other = one[there], other[there]
    deviations = (draws[one] - draws[other]) * weights[one, other][:, None]
    studentised = differences[one, other]
    forward = np.ones(one.size, dtype=np.bool_)
    backward = forward.copy()
    highest, lowest = deviations.max(axis=0), deviations.min(axis=0)
    steps: list[float] = []
    while True:
        steps.append(order_statistic(np.maximum(np.maximum(highest, -lowest), 0), level))
        found, reverse = forward & (studentised > steps[-1]), backward & (-studentised > steps[-1])
        forward, backward = forward & ~found, backward & ~reverse
        if single or not (found.any() or reverse.any()) or not (forward.any() or backward.any()):
            break
        if found.any():
            highest = deviations[forward].max(axis=0, initial=0.0)
        if reverse.any():
            lowest = deviations[backward].min(axis=0, initial=0.0)
    rejected = np.zeros(weights.shape, dtype=np.bool_)
    rejected[one, other], rejected[other, one] = ~forward, ~backward
    return Outcome(rejected, tuple(steps))


def _critical(
    draws: SingleArray, bounds: SingleArray, largest: Callable[[SingleArray], SingleArray], *, level: float
) -> float:
    """Quantile of the maxima from as few of the draws as settle it; their maxima tighten ``bounds`` in place."""
    count = bounds.size
    above = count - _place(count, level)
    known = np.empty(0, dtype=np.float32)
    left = np.arange(count)
    share = 2 * (1 - level)
    while True:
        wanted = min(left.size, max(above, math.ceil(share * count)) - known.size)
        falling = np.argpartition(-bounds[left], min(wanted, left.size - 1))
        taken, left = left[falling[:wanted]], left[falling[wanted:]]
        bounds[taken] = largest(draws[:, taken])
        known = np.concatenate([known, bounds[taken]])
        critical = float(np.partition(known, known.size - above)[known.size - above])
        if left.size == 0 or critical >= bounds[left].max():
            return critical
        share *= GROWTH


def _place(count: int, level: float) -> int:
    """Position of the order statistic among sorted statistics, from 0."""
    return min(math.ceil((count + 1) * level), count) - 1
