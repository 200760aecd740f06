"""Rank sets from joint intervals: units whose intervals do not overlap are told apart."""

import numpy as np

from trygghet._distributions import t_quantile
from trygghet._typing import BoolArray, FloatArray


def sidak_quantiles(dof: FloatArray, *, level: float, family: int) -> FloatArray:
    """Quantiles that make ``family`` two-sided intervals hold together.

    Parameters
    ----------
    dof : ndarray, shape (k,)
        Degrees of freedom; infinite gives the normal quantile.
    level : float
        Joint level.
    family : int
        Number of intervals; 1 leaves each to itself.

    Returns
    -------
    ndarray, shape (k,)
        The quantile of each unit.

    Notes
    -----
    ``1 - (1 - level ** (1 / family)) / 2``. Exact for independent estimates, and by Sidak's inequality at least the level for
    jointly normal ones of any covariance.

    References
    ----------
    Sidak, Z. (1967). Rectangular confidence regions for the means of multivariate normal distributions. JASA 62, 626-633.
    doi:10.1080/01621459.1967.10482935.
    """
    probability = 1 - (1 - level ** (1 / max(family, 1))) / 2
    return t_quantile(probability, dof)


def separated(low: FloatArray, high: FloatArray) -> BoolArray:
    """Pairs whose intervals do not overlap; limits that touch count as apart.

    Parameters
    ----------
    low, high : ndarray, shape (k,)
        Limits of the joint intervals.

    Returns
    -------
    ndarray of bool, shape (k, k)
        True at (j, k) where the interval of j lies wholly above that of k.

    References
    ----------
    Klein, M., Wright, T. and Wieczorek, J. (2020). A joint confidence region for an overall ranking of populations.
    Journal of the Royal Statistical Society, Series C 69, 589-606. doi:10.1111/rssc.12402.
    """
    above = low[:, None] >= high
    np.fill_diagonal(above, val=False)
    return np.asarray(above, dtype=np.bool_)
