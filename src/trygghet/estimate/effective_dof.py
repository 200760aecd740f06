"""Degrees of freedom that a variance has by its own strata: few strata that carry most of it count for few."""

from collections.abc import Sequence

import numpy as np

from trygghet._threads import one_thread
from trygghet._typing import FloatArray, IntArray
from trygghet.design.projection import Calibration
from trygghet.design.quadratic import Matrix, cluster_sums, row_sums
from trygghet.design.stages import Stage
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.cell_kernel import CellKernel
from trygghet.estimate.equal_shares import ScaledKernel
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.kernels import CovarianceKernel, LinearKernel, PickedKernel

_AT_ONCE = 64


def effective_dof(
    stages: Sequence[Stage], z: Matrix, *, calibration: Calibration | None = None
) -> FloatArray:
    """Satterthwaite's degrees of freedom of the variance of some sums.

    Parameters
    ----------
    stages : sequence of Stage
        Stages of the sample.
    z : array or sparse array, shape (n, p)
        Weight times influence of each row; 0 outside the domain.
    calibration : Calibration, optional
        Residual operator of the weights.

    Returns
    -------
    array of float, shape (p,)
        Degrees of freedom; NaN where the variance is 0.

    Notes
    -----
    ``2 V^2 / Var(V)`` with ``V = sum_h V_h`` over the strata of every stage and ``Var(V) = sum_h 2 V_h^2 / (m_h - 1)``, as for normal
    totals; ``m_h`` counts the units of the stratum that hold somebody in the domain, at least two where the stratum adds to the variance.
    Strata that add the same and have the same number of units give units less strata, one stratum its units less one. Totals with
    long tails have fewer degrees of freedom still.

    References
    ----------
    Satterthwaite, F. E. (1946), Biometrics Bulletin 2, 110-114, doi:10.2307/3002019.
    Rust, K. F. and Rao, J. N. K. (1996), Statistical Methods in Medical Research 5, 283-310, doi:10.1177/096228029600500305.
    Valliant, R. and Rust, K. F. (2010), Degrees of freedom approximations and rules-of-thumb, Journal of Official Statistics 26, 585-602.

    Examples
    --------
    >>> import numpy as np
    >>> from trygghet.design.covariance import SampleArrays
    >>> stages = SampleArrays(strata=np.repeat([0.0, 1.0], 3)).stages(6)
    >>> effective_dof(stages, np.array([[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]).T).tolist()
    [4.0]
    """
    dense = z if isinstance(z, np.ndarray) else z.toarray()
    there = (dense != 0.0).astype(np.float64)
    if calibration is not None:
        dense = calibration.residuals(dense)
    total, spread = np.zeros(dense.shape[1]), np.zeros(dense.shape[1])
    for stage in stages:
        sums = cluster_sums(stage, dense)
        mean = row_sums(stage.stratum, stage.strata, sums) / np.maximum(stage.count, 1.0)[:, None]
        mean[stage.grand] = sums.mean(axis=0)
        squares = row_sums(stage.stratum, stage.strata, (sums - mean[stage.stratum]) ** 2)
        part = stage.scale[:, None] * squares
        active = row_sums(stage.stratum, stage.strata, (cluster_sums(stage, there) > 0).astype(np.float64))
        total += part.sum(axis=0)
        spread += (part**2 / np.maximum(active - 1, 1.0)).sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(total > 0, total**2 / spread, np.nan), dtype=np.float64)


def satterthwaite_dof(estimates: Estimates) -> FloatArray:
    """Satterthwaite's degrees of freedom of every cell.

    Parameters
    ----------
    estimates : Estimates
        Estimates straight from a linearised design, or differences and contrasts of them.

    Returns
    -------
    array of float, shape (p,)
        Degrees of freedom; those of the domain where the variance is 0.

    Raises
    ------
    EstimateError
        SKATT-50 when the estimates come from replicates or from a file.
    """
    dof = estimates.dof.astype(np.float64).copy()
    for first in range(0, len(estimates), _AT_ONCE):
        index = np.arange(first, min(first + _AT_ONCE, len(estimates)))
        root, z = _influence(estimates.kernel, index)
        with one_thread():
            found = effective_dof(root.design.stages, z, calibration=root.design.variance.calibration)
        usable = np.isfinite(found) & (dof[index] > 0)
        dof[index[usable]] = found[usable]
    return dof


def _influence(kernel: CovarianceKernel, index: IntArray) -> tuple[CellKernel, FloatArray]:
    """Design behind some cells, and weight times influence of each row on them; shape (n, len(index))."""
    if isinstance(kernel, PickedKernel):
        return _influence(kernel.parent, kernel.index[index])
    if isinstance(kernel, ScaledKernel):
        return _influence(kernel.parent, index)
    if isinstance(kernel, LinearKernel):
        rows = kernel.coefficients[index]
        used = np.flatnonzero(np.any(rows != 0.0, axis=0))
        root, z = _influence(kernel.parent, used)
        return root, np.asarray(z @ rows[:, used].T, dtype=np.float64)
    if isinstance(kernel, CellKernel) and kernel.design.replicates is None:
        z = kernel.influence(index)
        return kernel, z if isinstance(z, np.ndarray) else z.toarray()
    raise EstimateError(
        Problem(
            code="SKATT-50",
            what="the variance of these estimates cannot be divided by stratum",
            why="they come from replicates, from two samples or from a file, not straight from a sample's strata",
            remedy="give the degrees of freedom as a number, or ask before the estimates are compared or stored",
        )
    )
