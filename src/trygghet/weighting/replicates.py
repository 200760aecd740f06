"""Calibrating every replicate to the margins: all columns at once, on occupied calibration cells."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from trygghet._typing import BoolArray, CalibrationMethod, FloatArray, IntArray
from trygghet.errors import MarginError, Problem
from trygghet.weighting.distance import distance_of
from trygghet.weighting.margins import Margins
from trygghet.weighting.membership import Membership, place_sample
from trygghet.weighting.sample import Sample, prepare
from trygghet.weighting.solver import CellTask, Stopping, independent_columns, solve_dual


@dataclass(frozen=True, slots=True, eq=False)
class ReplicateFactors:
    """Calibration factors of replicate weights, kept on cells: never a second matrix of rows by replicates.

    Parameters
    ----------
    cell : ndarray
        Calibration cell of each row (n,).
    factors : ndarray
        Factor of each cell in each replicate (cells, R).
    converged : ndarray
        Whether each replicate met the margins (R,).
    iterations : ndarray
        Sweeps or Newton steps of each replicate (R,).
    worst : ndarray
        Largest relative margin error of each replicate (R,).
    """

    cell: IntArray
    factors: FloatArray
    converged: BoolArray
    iterations: IntArray
    worst: FloatArray

    @property
    def failures(self) -> int:
        """Replicates that did not meet the margins."""
        return int((~self.converged).sum())

    def apply(self, replicates: FloatArray) -> FloatArray:
        """Calibrated replicate weights.

        Parameters
        ----------
        replicates : ndarray
            Replicate weights before calibration (n, R), or some rows' in their order if ``cell`` was cut alike.

        Returns
        -------
        ndarray
            The weights times their cell's factor (n, R).
        """
        return np.asarray(replicates * self.factors[self.cell], dtype=np.float64)


def calibrate_replicates(
    sample: Sample,
    margins: Margins,
    replicates: FloatArray,
    *,
    method: CalibrationMethod = "raking",
    bounds: tuple[float, float] | None = None,
    tolerance: float = 1e-6,
    max_iterations: int = 50,
) -> ReplicateFactors:
    """Calibrate every column of a matrix of replicate weights to the same margins.

    Parameters
    ----------
    sample : Microdata or SurveyDesign
        The sample that the replicates belong to.
    margins : Margins
        Population totals.
    replicates : ndarray
        Replicate weights before calibration (n, R), not negative.
    method : {"raking", "linear", "logit", "sinh"}
        Distance; raking without bounds fits all columns together.
    bounds : tuple of float, optional
        Bounds of the factors.
    tolerance : float
        Largest relative error of any margin.
    max_iterations : int
        Sweeps or Newton steps.

    Returns
    -------
    ReplicateFactors
        Factors by cell; replicates that did not meet the margins are counted, never hidden.

    Raises
    ------
    MarginError
        If margins and sample do not fit, a replicate weight is negative, or the margins have numeric totals.

    References
    ----------
    Beaumont, J.-F. and Patak, Z. (2012). On the generalized bootstrap for sample surveys with special attention to Poisson
    sampling. International Statistical Review 80, 127-148. doi:10.1111/j.1751-5823.2011.00166.x
    """
    ready = prepare(sample, "ones")
    membership = place_sample(ready.columns, margins, aliases=ready.aliases)
    cell, codes = _cells(membership)
    negative = int((replicates < 0).sum())
    if negative or len(replicates) != len(cell):
        raise MarginError(
            Problem(
                code="VIKT-30",
                what=f"{negative} of {replicates.size} replicate weights are negative, or they are not of {len(cell)} rows.",
                why="A negative weight cannot be multiplied onto a margin.",
                remedy="Make replicates that cannot be negative, or rescale them.",
                facts={"antal": negative, "rader": len(cell)},
            )
        )
    sums = _by_cell(cell, replicates)
    matrix = membership.matrix(codes, rows=_first_rows(cell))
    stopping = Stopping(tolerance, max_iterations)
    if method == "raking" and bounds is None and membership.whole:
        factors, iterations = _rake_columns(sums, codes, membership, stopping=stopping)
    else:
        factors, iterations = _solve_columns(
            sums, CellTask(matrix, sums.mean(axis=1), membership.targets), how=(method, bounds, stopping)
        )
    units = np.maximum(np.abs(membership.targets), 1.0)
    errors = np.abs(np.asarray(matrix.T @ (sums * factors)) - membership.targets[:, None]) / units[:, None]
    worst = np.where(np.all(np.isfinite(errors), axis=0), errors.max(axis=0), np.inf)
    return ReplicateFactors(cell, factors, worst <= tolerance, iterations, worst)


def _cells(membership: Membership) -> tuple[IntArray, tuple[IntArray, ...]]:
    if all(place.values is None for place in membership.places):
        return membership.cells()
    everyone = np.arange(len(membership.places[0].codes))
    return everyone, tuple(place.codes for place in membership.places)


def _first_rows(cell: IntArray) -> IntArray:
    first = np.zeros(int(cell.max()) + 1, dtype=np.int64)
    first[cell] = np.arange(len(cell))
    return first


def _by_cell(cell: IntArray, replicates: FloatArray) -> FloatArray:
    """Sum of each replicate's weights in each cell (cells, R)."""
    n = len(cell)
    indicator = sparse.csr_array((np.ones(n), (cell, np.arange(n))), shape=(int(cell.max()) + 1, n))
    return np.asarray(indicator @ replicates, dtype=np.float64)


def _rake_columns(
    sums: FloatArray, codes: tuple[IntArray, ...], membership: Membership, *, stopping: Stopping
) -> tuple[FloatArray, IntArray]:
    """Proportional fitting of all columns; a column that is on target is left alone."""
    cells, replicates = sums.shape
    sizes = [place.patterns.shape[1] for place in membership.places]
    ends = np.cumsum(sizes)
    tables = [
        (
            sparse.csr_array((np.ones(cells), (code, np.arange(cells))), shape=(size, cells)),
            code,
            membership.targets[end - size : end, None],
        )
        for code, size, end in zip(codes, sizes, ends, strict=True)
    ]
    weights = sums.copy()
    iterations = np.zeros(replicates, dtype=np.int64)
    active = np.arange(replicates)
    for _ in range(stopping.max_iterations):
        part = weights[:, active]
        worst = np.zeros(len(active))
        for indicator, code, target in tables:
            reached = np.asarray(indicator @ part)
            empty = reached <= 0
            ratio = np.where(empty, 1.0, target / np.where(empty, 1.0, reached))
            worst = np.maximum(worst, np.abs(reached / target - 1.0).max(axis=0))
            part *= ratio[code]
        weights[:, active] = part
        iterations[active] += 1
        active = active[worst > stopping.tolerance]
        if not len(active):
            break
    return np.divide(weights, sums, out=np.ones_like(sums), where=sums > 0), iterations


def _solve_columns(
    sums: FloatArray, task: CellTask, *, how: tuple[CalibrationMethod, tuple[float, float] | None, Stopping]
) -> tuple[FloatArray, IntArray]:
    """Newton's method for each column, on its own cell sums."""
    method, bounds, stopping = how
    low, high = bounds or (-np.inf, np.inf)
    distance = distance_of(method, low, high)
    kept = independent_columns(task)
    factors, iterations = np.ones_like(sums), np.zeros(sums.shape[1], dtype=np.int64)
    for column in range(sums.shape[1]):
        own = CellTask(task.matrix, np.ascontiguousarray(sums[:, column]), task.targets)
        solution = solve_dual(own, distance, stopping, kept=kept)
        factors[:, column], iterations[column] = solution.factors, solution.iterations
    return factors, iterations
