"""Rank sets that hold one at a time: for each unit a step-down test of its own pairs only."""

from dataclasses import dataclass

import numpy as np

from trygghet._typing import BoolArray, FloatArray
from trygghet.ranking.draws import SingleArray
from trygghet.ranking.options import RankOptions
from trygghet.ranking.stepdown import FIRST_SHARE, order_statistic


@dataclass(frozen=True, slots=True, eq=False)
class MarginalOutcome:
    """What the tests of each unit's own family rejected.

    Parameters
    ----------
    ahead : ndarray, shape (k, k)
        Row j: the units shown to be below j, in the family of j.
    behind : ndarray, shape (k, k)
        Row j: the units shown to be above j, in the family of j.
    critical_values : ndarray, shape (k,)
        Last critical value of each family.
    """

    ahead: BoolArray
    behind: BoolArray
    critical_values: FloatArray


def marginal_step_down(
    differences: FloatArray, draws: SingleArray, weights: SingleArray, *, options: RankOptions
) -> MarginalOutcome:
    """Test for every unit the pairs that it belongs to, each family at its own level.

    Parameters
    ----------
    differences : ndarray, shape (k, k)
        Studentised differences ``T[j, k]``.
    draws : ndarray, shape (k, B)
        Draws of the centred estimates.
    weights : ndarray, shape (k, k)
        One over the standard error of each difference in the unit of the draws; 0 for a pair left out.
    options : RankOptions
        Level, sides and steps.

    Returns
    -------
    MarginalOutcome
        One family a row.
    """
    size = len(draws)
    ahead = np.zeros((size, size), dtype=bool)
    behind = np.zeros((size, size), dtype=bool)
    critical_values = np.full(size, np.nan)
    for unit in range(size):
        present = weights[unit] > 0
        if not present.any():
            continue
        ahead[unit], behind[unit], critical_values[unit] = _one_family(
            np.where(present, differences[unit], 0.0),
            (draws[unit] - draws) * weights[unit][:, None],
            present,
            options=options,
        )
    return MarginalOutcome(ahead, behind, critical_values)


def _one_family(
    differences: FloatArray, deviations: SingleArray, present: BoolArray, *, options: RankOptions
) -> tuple[BoolArray, BoolArray, float]:
    """Step-down over the pairs of one unit; ``deviations`` holds its studentised simulated differences."""
    none = np.zeros_like(present)
    above = present if options.sides in ("both", "upper") else none
    below = present if options.sides in ("both", "lower") else none
    first = _largest(deviations, above, below)
    critical = order_statistic(first, options.level)
    ahead, behind = above & (differences > critical), below & (-differences > critical)
    new = bool(ahead.any() or behind.any())
    share = max(FIRST_SHARE, 2 * (1 - options.level))
    count = first.size
    kept = np.argpartition(-first, min(int(share * count), count - 1))[: int(share * count)]
    bound = float(np.delete(first, kept).max(initial=0.0))
    large = deviations[:, kept] if new and options.steps == "stepdown" else deviations[:, :0]
    while options.steps == "stepdown" and new and ((above & ~ahead).any() or (below & ~behind).any()):
        smaller = np.zeros_like(first)
        smaller[kept] = _largest(large, above & ~ahead, below & ~behind)
        critical = order_statistic(smaller, options.level)
        if critical < bound:
            critical = order_statistic(_largest(deviations, above & ~ahead, below & ~behind), options.level)
        more_ahead = above & ~ahead & (differences > critical)
        more_behind = below & ~behind & (-differences > critical)
        new = bool(more_ahead.any() or more_behind.any())
        ahead, behind = ahead | more_ahead, behind | more_behind
    return ahead, behind, critical


def _largest(deviations: SingleArray, above: BoolArray, below: BoolArray) -> SingleArray:
    """Largest of ``deviations`` over ``above`` and of their negatives over ``below``, for each draw."""
    count = deviations.shape[1]
    if np.array_equal(above, below):
        return np.asarray(np.abs(deviations[above]).max(axis=0, initial=0.0), dtype=np.float32)
    out = np.zeros(count, dtype=np.float32)
    if above.any():
        np.maximum(out, deviations[above].max(axis=0), out=out)
    if below.any():
        np.maximum(out, -deviations[below].min(axis=0), out=out)
    return out
