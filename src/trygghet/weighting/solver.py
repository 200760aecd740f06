"""The calibration equations solved on calibration cells: proportional fitting where it suffices, else Newton on the dual."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

from trygghet._typing import FloatArray, IntArray
from trygghet.weighting.distance import Distance
from trygghet.weighting.weights import CalibrationMatrix

_HALVINGS = 12
_FIRST_DAMPING = 1e-10
_LARGEST_DAMPING = 1e8
_SUFFICIENT = 1e-4
_FLAT = 1e-12
_RANK = 1e-11


@dataclass(frozen=True, slots=True, eq=False)
class CellTask:
    """A calibration problem on cells, rows that share their auxiliary values (and bounds).

    Parameters
    ----------
    matrix : ndarray or csr_array
        Auxiliary values (cells, q).
    start : ndarray
        Sum of the start weights of each cell (cells,), positive.
    targets : ndarray
        Population totals (q,).
    """

    matrix: CalibrationMatrix
    start: FloatArray
    targets: FloatArray

    @property
    def units(self) -> FloatArray:
        """Size that an error of each column is measured against (q,)."""
        return np.maximum(np.abs(self.targets), 1.0)

    def errors(self, factors: FloatArray) -> FloatArray:
        """Relative margin error of each column (q,).

        Parameters
        ----------
        factors : ndarray
            Calibration factor of each cell.

        Returns
        -------
        ndarray
            Signed error over the size of the target.
        """
        return np.asarray((self.matrix.T @ (self.start * factors) - self.targets) / self.units)


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Calibration factors of the cells.

    Parameters
    ----------
    factors : ndarray
        One factor a cell.
    iterations : int
        Sweeps or Newton steps.
    worst : float
        Largest relative margin error over all columns.
    """

    factors: FloatArray
    iterations: int
    worst: float


@dataclass(frozen=True, slots=True)
class Stopping:
    """When a solver stops.

    Parameters
    ----------
    tolerance : float
        Largest relative error of any margin.
    max_iterations : int
        Sweeps or Newton steps.
    """

    tolerance: float = 1e-9
    max_iterations: int = 200


def fit_proportionally(task: CellTask, codes: Sequence[IntArray], stopping: Stopping) -> Solution:
    """Iterative proportional fitting on cells, checked against every margin after each whole sweep.

    Parameters
    ----------
    task : CellTask
        The problem; its columns are the tables' categories in order.
    codes : sequence of ndarray
        For each table, the category of each cell.
    stopping : Stopping
        When to stop.

    Returns
    -------
    Solution
        Factors; ``worst`` tells whether they are on target.

    References
    ----------
    Deming, W. E. and Stephan, F. F. (1940). On a least squares adjustment of a sampled frequency table when the expected
    marginal totals are known. Annals of Mathematical Statistics 11, 427-444. doi:10.1214/aoms/1177731829
    """
    sizes = [int(code.max()) + 1 for code in codes]
    ends = np.cumsum(sizes)
    targets = [task.targets[end - size : end] for end, size in zip(ends, sizes, strict=True)]
    weights = task.start.copy()
    worst = np.inf
    for sweep in range(1, stopping.max_iterations + 1):
        before = worst
        worst = 0.0
        for code, target in zip(codes, targets, strict=True):
            ratio = target / np.bincount(code, weights, len(target))
            worst = max(worst, float(np.abs(1.0 / ratio - 1.0).max()))
            weights *= ratio[code]
        if worst <= stopping.tolerance or (worst >= before and worst < 1e-13):
            return Solution(weights / task.start, sweep, _worst(task, weights / task.start))
    return Solution(weights / task.start, stopping.max_iterations, _worst(task, weights / task.start))


def solve_dual(
    task: CellTask, distance: Distance, stopping: Stopping, *, kept: IntArray | None = None
) -> Solution:
    """Newton's method with step halving on the dual of the calibration problem.

    Parameters
    ----------
    task : CellTask
        The problem.
    distance : Distance
        Factor, slope and potential of the method.
    stopping : Stopping
        When to stop.
    kept : ndarray, optional
        Independent columns, where they are known already.

    Returns
    -------
    Solution
        Factors; ``worst`` tells whether they are on target.

    Notes
    -----
    Minimises ``sum d H(x'b) - T'b`` over b, whose gradient is the margin error ``sum d g(x'b) x - T`` and whose Hessian is
    ``sum d g'(x'b) x x'``. The function is convex, so that halving the step until it falls finds the only solution. Linearly
    dependent columns are left out of the steps and kept in the check.
    """
    kept = independent_columns(task) if kept is None else kept
    state = _State.begin(task, distance, kept)
    damping = 0.0
    for step in range(1, stopping.max_iterations + 1):
        if state.worst <= stopping.tolerance:
            return Solution(state.factors, step - 1, state.worst)
        gradient = np.asarray(state.matrix.T @ (task.start * state.factors)) - state.targets
        hessian = _gram(state.matrix, task.start * distance.slope(state.predictor))
        while damping < _LARGEST_DAMPING:
            direction = -_damped_solution(hessian, gradient, damping)
            moved = state.search(task, distance, step=(direction, float(gradient @ direction)))
            if moved is not None:
                break
            damping = max(10.0 * damping, _FIRST_DAMPING)
        else:
            return Solution(state.factors, step, state.worst)
        state = moved
        damping = damping / 10.0 if damping > _FIRST_DAMPING else 0.0
    return Solution(state.factors, stopping.max_iterations, state.worst)


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """Where Newton's method stands: coefficients, predictor, value of the dual and the factors that follow."""

    matrix: CalibrationMatrix
    targets: FloatArray
    beta: FloatArray
    predictor: FloatArray
    value: float
    factors: FloatArray
    worst: float

    @classmethod
    def begin(cls, task: CellTask, distance: Distance, kept: IntArray) -> "_State":
        predictor = np.zeros(len(task.start))
        factors = distance.factor(predictor)
        value = float(task.start @ distance.potential(predictor))
        matrix, targets = task.matrix[:, kept], task.targets[kept]
        return cls(matrix, targets, np.zeros(len(kept)), predictor, value, factors, _worst(task, factors))

    def search(
        self, task: CellTask, distance: Distance, *, step: tuple[FloatArray, float]
    ) -> "_State | None":
        """Go along a direction as far as the dual falls, or None where it does not."""
        direction, fall = step
        along = np.asarray(self.matrix @ direction)
        size = 1.0
        for _ in range(_HALVINGS):
            predictor, beta = self.predictor + size * along, self.beta + size * direction
            value = float(task.start @ distance.potential(predictor)) - float(self.targets @ beta)
            factors = distance.factor(predictor)
            worst = _worst(task, factors)
            flat = abs(value - self.value) <= _FLAT * (1.0 + abs(self.value))
            if value <= self.value + _SUFFICIENT * size * fall or (flat and worst < self.worst):
                return _State(self.matrix, self.targets, beta, predictor, value, factors, worst)
            size *= 0.5
        return None


def independent_columns(task: CellTask) -> IntArray:
    """Columns of the auxiliary matrix that carry information of their own.

    Parameters
    ----------
    task : CellTask
        The problem.

    Returns
    -------
    ndarray
        Positions of the columns, in order.
    """
    gram = _gram(task.matrix, task.start)
    scale = np.sqrt(np.maximum(np.diag(gram), np.finfo(float).tiny))
    triangle, order = linalg.qr(gram / np.outer(scale, scale), mode="r", pivoting=True)
    size = np.abs(np.diag(triangle))
    return np.sort(order[size > _RANK * size[0]]).astype(np.int64)


def _gram(matrix: CalibrationMatrix, weights: FloatArray) -> FloatArray:
    if isinstance(matrix, np.ndarray):
        return np.asarray((matrix * weights[:, None]).T @ matrix)
    scaled = sparse.csr_array(matrix.multiply(weights[:, None]))
    return np.asarray((matrix.T @ scaled).toarray(), dtype=np.float64)


def _damped_solution(hessian: FloatArray, gradient: FloatArray, damping: float) -> FloatArray:
    """Solve the Newton system, with damping relative to the mean diagonal where truncation has made it singular."""
    scale = float(np.trace(hessian)) / max(len(hessian), 1)
    if scale <= 0.0:
        return gradient / max(float(np.abs(gradient).max()), 1.0)
    ridge = damping
    while True:
        try:
            factor = linalg.cho_factor(hessian + ridge * scale * np.eye(len(hessian)), check_finite=False)
            return np.asarray(linalg.cho_solve(factor, gradient, check_finite=False))
        except linalg.LinAlgError:
            ridge = max(10.0 * ridge, _FIRST_DAMPING)


def _worst(task: CellTask, factors: FloatArray) -> float:
    errors = np.abs(task.errors(factors))
    return float(errors.max()) if np.all(np.isfinite(errors)) else float("inf")
