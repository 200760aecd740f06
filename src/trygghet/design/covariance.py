"""The one variance door: weights and influence values in, covariance out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from trygghet._typing import FloatArray, LonelyPsu
from trygghet.design.projection import Calibration, calibration_of
from trygghet.design.quadratic import Matrix, quadratic_form, row_sums
from trygghet.design.stages import Stage, StageColumns, build_stages
from trygghet.weighting import CalibrationStep

ROUNDING = 1e-12
"""A variance below this share of the sums that it is the difference of is rounding, and is 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Variance:
    """Everything that turns weighted influence values into a covariance.

    Parameters
    ----------
    stages : tuple of Stage
        Stages of the sample.
    calibration : Calibration or None
        Residual operator of the calibrated weights.
    spread : array of float, shape (q, q)
        Quadratic form of the calibration's columns.
    explained : array of float, shape (q, q)
        ``gain' spread gain``.
    """

    stages: tuple[Stage, ...]
    calibration: Calibration | None
    spread: FloatArray
    explained: FloatArray

    def of_sums(self, z: Matrix) -> FloatArray:
        """Covariance of the sums of weighted influence values.

        Parameters
        ----------
        z : array or sparse array, shape (n, p)
            Weight times influence; sparse where domains are small.

        Returns
        -------
        array of float, shape (p, p)
            Covariance.

        Notes
        -----
        With ``t = functionals' z``, ``b = gain t`` and ``m = columns' Q z``: ``z'Qz - m'b - b'm + b' spread b``, which is the
        quadratic form of the residuals without ever storing an (n, p) matrix of them.
        """
        plain = quadratic_form(self.stages, z, z)
        size = np.abs(np.diagonal(plain)).copy()
        if self.calibration is None:
            first = self.stages[0]
            if len(self.stages) == 1 and first.averaged.any():
                there = row_sums(first.stratum_of_row(), first.strata, sparse.csr_array(z != 0).astype(float))
                factor = np.sqrt(first.average_factor(there.toarray() > 0))
                return _rounded(plain * np.outer(factor, factor), size)
            return _rounded(plain, size)
        sums = self.calibration.functionals.T @ z
        sums = sums if isinstance(sums, np.ndarray) else np.asarray(sums.toarray())
        coefficients = self.calibration.gain @ sums
        cross = quadratic_form(self.stages, self.calibration.columns, z).T @ coefficients
        total = plain - cross - cross.T + coefficients.T @ self.spread @ coefficients
        return _rounded((total + total.T) / 2, size)


def variance_of(stages: tuple[Stage, ...], calibration: Calibration | None) -> Variance:
    """Prepare the variance of a design.

    Parameters
    ----------
    stages : tuple of Stage
        Stages of the sample.
    calibration : Calibration or None
        Residual operator of the weights.

    Returns
    -------
    Variance
        With the calibration's own quadratic form computed once.
    """
    if calibration is None:
        nothing = np.empty((0, 0))
        return Variance(stages, None, nothing, nothing)
    spread = quadratic_form(stages, calibration.columns, calibration.columns)
    return Variance(stages, calibration, spread, calibration.gain.T @ spread @ calibration.gain)


@dataclass(frozen=True, slots=True, eq=False)
class SampleArrays:
    """The sampling design as plain arrays.

    Parameters
    ----------
    strata : array, shape (n,), optional
        Stratum of each row; one stratum when left out.
    psu : array, shape (n,), optional
        First-stage cluster of each row; each row its own when left out.
    population : array of float, shape (n,), optional
        Population size of each row's stratum, in clusters; with replacement when left out.
    lonely_psu : str
        What a stratum with a single cluster gets.
    """

    strata: FloatArray | None = None
    psu: FloatArray | None = None
    population: FloatArray | None = None
    lonely_psu: LonelyPsu = "fail"

    def stages(self, rows: int) -> tuple[Stage, ...]:
        """Build the one stage of this sample.

        Parameters
        ----------
        rows : int
            Rows of the sample.

        Returns
        -------
        tuple of Stage
            One stage.
        """
        strata = np.zeros(rows) if self.strata is None else self.strata
        codes, labels = pd.factorize(pd.Series(strata), sort=True)
        cluster = (
            None if self.psu is None else pd.factorize(pd.Series(self.psu), sort=True)[0].astype(np.int64)
        )
        column = StageColumns(cluster, codes.astype(np.int64), self.population, tuple(map(str, labels)))
        return build_stages((column,), self.lonely_psu)


def linearised_covariance(
    influence: FloatArray,
    weights: FloatArray,
    *,
    sample: SampleArrays | None = None,
    calibration: Sequence[CalibrationStep] = (),
) -> FloatArray:
    """Covariance of linearised estimates from their influence values.

    Parameters
    ----------
    influence : array of float, shape (n, p)
        Influence of each row on each estimate, without the weight; 0 outside the domain.
    weights : array of float, shape (n,)
        Final weights.
    sample : SampleArrays, optional
        Strata, clusters and population sizes; a sample of rows with replacement when left out.
    calibration : sequence of CalibrationStep
        Calibrations that made the weights, in order.

    Returns
    -------
    array of float, shape (p, p)
        Covariance.

    Raises
    ------
    DesignError
        When a stratum has one cluster, or more clusters than its population.

    Notes
    -----
    ``V = sum_h (1 - f_h) n_h / (n_h - 1) sum_i (z_hi - mean)(z_hi - mean)'`` over cluster totals of ``w e``, ``e`` the residual of
    the influence on the calibration variables.

    References
    ----------
    Deville, J.-C. and Särndal, C.-E. (1992), Calibration estimators in survey sampling, JASA 87, doi:10.1080/01621459.1992.10475217.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.array([2.0, 4.0, 6.0, 8.0])
    >>> linearised_covariance(((y - y.mean()) / 4)[:, None], np.ones(4)).round(6).tolist()
    [[1.666667]]
    """
    sample = SampleArrays() if sample is None else sample
    stages = sample.stages(len(weights))
    operator = calibration_of(calibration, weights, "joint")
    z = influence * weights[:, None]
    if operator is not None:
        z = operator.residuals(z)
    return quadratic_form(stages, z, z)


def weighted_columns(weights: FloatArray, influence: Matrix) -> Matrix:
    """Multiply influence values by their weights.

    Parameters
    ----------
    weights : array of float, shape (n,)
        Weights.
    influence : array or sparse array, shape (n, p)
        Influence values.

    Returns
    -------
    array or sparse array, shape (n, p)
        Weight times influence.
    """
    if isinstance(influence, np.ndarray):
        return influence * weights[:, None]
    result: Matrix = sparse.diags_array(weights) @ influence
    return result


def _rounded(covariance: FloatArray, size: FloatArray) -> FloatArray:
    """Set rows and columns whose variance is rounding noise to exactly 0."""
    nothing = np.diagonal(covariance) <= ROUNDING * size
    covariance[nothing, :] = 0.0
    covariance[:, nothing] = 0.0
    return covariance
