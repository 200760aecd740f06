"""The result of weighting: final weights with everything the variance engine and the reader need to know of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from trygghet._typing import FloatArray, IntArray, ObjectArray, WeightScale
from trygghet.errors import Problem

CalibrationMatrix = FloatArray | sparse.csr_array


@dataclass(frozen=True, slots=True, eq=False)
class CalibrationStep:
    """One calibration as the residual technique needs it.

    Parameters
    ----------
    matrix : ndarray or csr_array
        Auxiliary values (n, q); one-hot for categories, fractional rows where a category is unknown. Columns may be linearly
        dependent (several full margins), so projections use a pseudo-inverse.
    before : ndarray
        Weights (n,) just before this step.
    cell : ndarray or None
        Calibration cell of each row (n,): rows of one cell have the same row of ``matrix``. None where nothing is shared.
    """

    matrix: CalibrationMatrix
    before: FloatArray
    cell: IntArray | None = None

    def dense(self) -> FloatArray:
        """Auxiliary values as a dense array (n, q)."""
        matrix = self.matrix
        return matrix if isinstance(matrix, np.ndarray) else np.asarray(matrix.toarray(), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Final weights of one stream, with their origin.

    Parameters
    ----------
    values : ndarray
        Final weights (n,), finite and positive.
    start : ndarray
        Weights (n,) before the first calibration.
    calibration : tuple of CalibrationStep
        The calibrations in order; empty when the weights are not calibrated.
    scale : {"population", "mean_one", "unknown"}
        What the weights add up to.
    method : str
        How they were made, such as ``"raking"``.
    iterations : int
        Iterations of the last calibration; 0 when there was none.
    worst_margin_error : float
        Largest relative distance between a weighted and a population total after calibration.
    worst_error_before : float
        The same for the start weights.
    margin_names : tuple of str
        Name of each column of the last calibration matrix.
    targets : ndarray
        Population totals (q,) of these columns.
    ids : ndarray or None
        Identity of each row (n,), None for a plain frame.
    unplaced : mapping of str to int
        Respondents per margin variable who lack a category and got fractional membership.
    gap : float
        Largest relative distance between the totals of the margin tables before they were reconciled.
    notes : tuple of Problem
        What the reader must know; nothing here stops the work.
    """

    values: FloatArray
    start: FloatArray
    calibration: tuple[CalibrationStep, ...] = ()
    scale: WeightScale = "unknown"
    method: str = "none"
    iterations: int = 0
    worst_margin_error: float = 0.0
    worst_error_before: float = 0.0
    margin_names: tuple[str, ...] = ()
    targets: FloatArray = field(default_factory=lambda: np.empty(0))
    ids: ObjectArray | None = None
    unplaced: Mapping[str, int] = field(default_factory=dict)
    gap: float = 0.0
    notes: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.values)

    @property
    def kish_deff(self) -> float:
        """Design effect of unequal weights, ``n * sum(w^2) / sum(w)^2`` (Kish 1965)."""
        values = self.values
        return float(len(values) * np.dot(values, values) / values.sum() ** 2)

    @property
    def effective_n(self) -> float:
        """Kish's effective sample size, ``sum(w)^2 / sum(w^2)``."""
        return len(self.values) / self.kish_deff

    @property
    def g(self) -> FloatArray:
        """Calibration factors ``values / start`` (n,)."""
        return self.values / self.start

    @property
    def g_range(self) -> tuple[float, float]:
        """Smallest and largest calibration factor."""
        factors = self.g
        return float(factors.min()), float(factors.max())
