"""Raking on plain arrays, for those who have no columns and no margins object."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trygghet._typing import FloatArray, IntArray
from trygghet.errors import ConvergenceError, MarginError, Problem
from trygghet.weighting.membership import one_hot
from trygghet.weighting.solver import CellTask, Stopping, fit_proportionally


@dataclass(frozen=True, slots=True, eq=False)
class RakingFactors:
    """What raking multiplies each start weight with.

    Parameters
    ----------
    factors : ndarray
        One factor a row (n,).
    iterations : int
        Sweeps.
    worst : float
        Largest relative margin error.
    """

    factors: FloatArray
    iterations: int
    worst: float


def raking_factors(
    start: FloatArray,
    codes: Sequence[IntArray],
    targets: Sequence[FloatArray],
    *,
    tolerance: float = 1e-9,
    max_iterations: int = 200,
) -> RakingFactors:
    """Factors that make weighted counts of several classifications meet their totals.

    Parameters
    ----------
    start : ndarray
        Start weights (n,), positive.
    codes : sequence of ndarray
        For each classification, the category of each row, 0 to K-1 (n,).
    targets : sequence of ndarray
        For each classification, the total of each category (K,), positive; all with the same sum.
    tolerance : float
        Largest relative error of any total.
    max_iterations : int
        Sweeps.

    Returns
    -------
    RakingFactors
        Factors, sweeps and the largest error.

    Raises
    ------
    MarginError
        If sums differ, a category has no row, or a weight or total is not positive.
    ConvergenceError
        If the totals are not met.

    Examples
    --------
    >>> import numpy as np
    >>> sex, area = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> found = raking_factors(np.ones(4), [sex, area], [np.array([60.0, 40.0]), np.array([50.0, 50.0])])
    >>> found.factors
    array([30., 30., 20., 20.])
    """
    sums = [float(target.sum()) for target in targets]
    empty = sum(
        int((np.bincount(code, minlength=len(target)) == 0).sum())
        for code, target in zip(codes, targets, strict=True)
    )
    wrong = int((~(np.isfinite(start) & (start > 0))).sum()) + sum(
        int((~(target > 0)).sum()) for target in targets
    )
    if empty or wrong or max(sums) / min(sums) - 1 > tolerance:
        raise MarginError(
            Problem(
                code="VIKT-67",
                what=f"{empty} categories have no row, {wrong} numbers are not positive, and the sums are {min(sums):g} to {max(sums):g}.",
                why="Raking needs somebody in each category, and totals of the same people.",
                remedy="Merge categories, and scale the totals to one sum.",
                facts={"tomma": empty, "fel": wrong, "minst": min(sums), "mest": max(sums)},
            )
        )
    sizes = [len(target) for target in targets]
    key = codes[0].astype(np.int64)
    for code, size in zip(codes[1:], sizes[1:], strict=True):
        key = key * size + code
    occupied, cell = np.unique(key, return_inverse=True)
    cell_codes, rest = [], occupied
    for size in reversed(sizes):
        cell_codes.append(rest % size)
        rest = rest // size
    cell_codes.reverse()
    sums_by_cell = np.asarray(np.bincount(cell, start), dtype=np.float64)
    task = CellTask(one_hot(cell_codes, sizes), sums_by_cell, np.concatenate(targets))
    solution = fit_proportionally(task, cell_codes, Stopping(tolerance, max_iterations))
    if not solution.worst <= tolerance:
        raise ConvergenceError(
            Problem(
                code="VIKT-20",
                what=f"After {solution.iterations} sweeps a total is still {solution.worst:.2g} off (relative).",
                why="Factors are given only when every total is met.",
                remedy="Allow more sweeps, or merge categories.",
                facts={"varv": solution.iterations, "fel": f"{solution.worst:.2g}".replace(".", ",")},
            )
        )
    return RakingFactors(solution.factors[cell], solution.iterations, solution.worst)
