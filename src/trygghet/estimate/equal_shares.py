"""Differences of shares judged as if the shares were equal: a small group where hardly anyone said yes is no certain group."""

from dataclasses import dataclass

import numpy as np

from trygghet._typing import FloatArray, IntArray
from trygghet.estimate.edge_limits import EdgeShares
from trygghet.estimate.kernels import CovarianceKernel


@dataclass(frozen=True, slots=True, eq=False)
class ScaledKernel:
    """Another kernel with larger errors and the same correlations.

    Parameters
    ----------
    parent : CovarianceKernel
        Kernel of the cells.
    factor : array of float, shape (p,)
        What each cell's standard error is multiplied by.
    """

    parent: CovarianceKernel
    factor: FloatArray

    def variances(self) -> FloatArray:
        """Variances of the cells.

        Returns
        -------
        array of float, shape (p,)
            Variances.
        """
        return self.factor**2 * self.parent.variances()

    def covariance(self, index: IntArray) -> FloatArray:
        """Covariance of some cells.

        Parameters
        ----------
        index : array of int
            Positions of cells.

        Returns
        -------
        array of float, shape (len(index), len(index))
            Joint covariance.
        """
        factor = self.factor[index]
        return factor[:, None] * self.parent.covariance(index) * factor


def larger_variance(kernel: CovarianceKernel, first: EdgeShares, second: EdgeShares) -> ScaledKernel:
    """Give differences of shares the larger of two variances: at the observed shares, and at equal shares.

    Parameters
    ----------
    kernel : CovarianceKernel
        Covariance of the differences at the observed shares.
    first, second : EdgeShares
        The shares whose difference is taken; NaN for those that are no shares of persons.

    Returns
    -------
    ScaledKernel
        The same correlations.

    Notes
    -----
    ``V = max(V_1, V_0)`` with ``V_1`` the design variance and ``V_0 = p (1 - p) (D_1 / n_1 + D_2 / n_2)``, ``p`` the share of both
    groups together and ``D`` the average design effect of the comparable shares of each group (Rao and Scott 1981). ``V_0`` is the
    variance of the score test of equal shares (Mee 1984 and Newcombe 1998, method 5). ``V_1`` alone rejects far too often in the
    far tail when few in the small group said yes: of 40 answers at a true share of 0.15 against 240 others, 27 times as often
    as a two-sided level of 0.01/42; ``V_0`` alone up to 3 times as often at low shares, when many did; the larger of both never (exact,
    binomial).

    References
    ----------
    Agresti and Caffo (2000), The American Statistician 54, doi:10.1080/00031305.2000.10474560 (why the variance at the observed
    shares misleads in small samples).
    Mee (1984), Biometrics 40, 1175-1176.
    Newcombe (1998), Statistics in Medicine 17, 873-890.
    Rao and Scott (1981), Journal of the American Statistical Association 76, doi:10.1080/01621459.1981.10477633.
    """
    observed = kernel.variances()
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (first.n * first.values + second.n * second.values) / (first.n + second.n)
        equal = pooled * (1 - pooled) * (first.effect / first.n + second.effect / second.n)
        factor = np.sqrt(equal / observed)
    larger = np.isfinite(factor) & (observed > 0) & (factor > 1)
    return ScaledKernel(kernel, np.where(larger, factor, 1.0))
