"""Quantiles and tails of the distributions that intervals and tests need.

They are scipy's own special functions, without ``scipy.stats``: loading that takes longer than most stages work.
"""

import numpy as np
import numpy.typing as npt
from scipy import special

from trygghet._typing import FloatArray


def normal_quantile(probability: float) -> float:
    """Value that a standard normal variable stays below with a probability.

    Parameters
    ----------
    probability : float
        Between 0 and 1.

    Returns
    -------
    float
        The quantile.
    """
    return float(special.ndtri(probability))


def normal_below(x: npt.ArrayLike) -> FloatArray:
    """Probability that a standard normal variable lies below a value.

    Parameters
    ----------
    x : array_like
        The value.

    Returns
    -------
    ndarray
        Probabilities, the shape of ``x``.
    """
    return np.asarray(special.ndtr(np.asarray(x, dtype=np.float64)), dtype=np.float64)


def t_quantile(probability: npt.ArrayLike, dof: npt.ArrayLike) -> FloatArray:
    """Value that Student's t stays below with a probability; the normal one where ``dof`` is infinite.

    Parameters
    ----------
    probability : array_like
        Between 0 and 1.
    dof : array_like
        Degrees of freedom; the quantile is NaN where they are not positive.

    Returns
    -------
    ndarray
        Quantiles, the broadcast shape.
    """
    probability, dof = np.broadcast_arrays(
        np.asarray(probability, dtype=np.float64), np.asarray(dof, dtype=np.float64)
    )
    finite = np.where(np.isfinite(dof) & (dof > 0), dof, 1.0)
    quantile = np.where(np.isinf(dof), special.ndtri(probability), special.stdtrit(finite, probability))
    return np.where(dof > 0, quantile, np.nan)


def t_above(x: npt.ArrayLike, dof: npt.ArrayLike) -> FloatArray:
    """Probability that Student's t lies above a value; the normal one where ``dof`` is infinite.

    Parameters
    ----------
    x : array_like
        The value.
    dof : array_like
        Degrees of freedom; the probability is NaN where they are not positive.

    Returns
    -------
    ndarray
        Probabilities, the broadcast shape.
    """
    x, dof = np.broadcast_arrays(np.asarray(x, dtype=np.float64), np.asarray(dof, dtype=np.float64))
    finite = np.where(np.isfinite(dof) & (dof > 0), dof, 1.0)
    tail = np.where(np.isinf(dof), special.ndtr(-x), special.stdtr(finite, -x))
    return np.where(dof > 0, tail, np.nan)


def f_above(x: float, k: float, dof: float) -> float:
    """Probability that a variable of Fisher's F distribution lies above a value.

    Parameters
    ----------
    x : float
        The value.
    k, dof : float
        Degrees of freedom of numerator and denominator; an infinite ``dof`` gives the chi-squared limit.

    Returns
    -------
    float
        The probability.
    """
    if np.isinf(dof):
        return chi2_above(x * k, k)
    return float(special.fdtrc(k, dof, max(x, 0.0)))


def chi2_above(x: float, k: float) -> float:
    """Probability that a chi-squared variable lies above a value.

    Parameters
    ----------
    x : float
        The value.
    k : float
        Degrees of freedom.

    Returns
    -------
    float
        The probability.
    """
    return float(special.chdtrc(k, max(x, 0.0)))


def beta_quantile(probability: float, a: FloatArray, b: FloatArray) -> FloatArray:
    """Value that a beta variable stays below with a probability.

    Parameters
    ----------
    probability : float
        Between 0 and 1.
    a, b : ndarray
        Shapes of the distribution.

    Returns
    -------
    ndarray
        Quantiles, the broadcast shape.
    """
    return np.asarray(special.betaincinv(a, b, probability), dtype=np.float64)


def gamma_quantile(probability: FloatArray, shape: FloatArray) -> FloatArray:
    """Value that a gamma variable of scale one stays below with a probability.

    Parameters
    ----------
    probability : ndarray
        Between 0 and 1.
    shape : ndarray
        Shape of the distribution.

    Returns
    -------
    ndarray
        Quantiles, the broadcast shape.
    """
    return np.asarray(special.gammaincinv(shape, probability), dtype=np.float64)


def fair_binomial_at_least(count: npt.ArrayLike, trials: npt.ArrayLike) -> FloatArray:
    """Probability of at least so many heads in throws of a fair coin.

    Parameters
    ----------
    count : array_like
        Heads.
    trials : array_like
        Throws.

    Returns
    -------
    ndarray
        Probabilities, the broadcast shape.
    """
    count, trials = np.asarray(count, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    tail = special.betainc(np.maximum(count, 1.0), np.maximum(trials - count + 1, 1e-300), 0.5)
    return np.where(count <= 0, 1.0, np.where(count > trials, 0.0, tail))


def poisson_at_most(count: FloatArray, mean: FloatArray) -> FloatArray:
    """Probability of at most so many events; minus one gives zero.

    Parameters
    ----------
    count : ndarray
        Events, whole numbers.
    mean : ndarray
        Events expected.

    Returns
    -------
    ndarray
        Probabilities, the broadcast shape.
    """
    return np.where(count < 0, 0.0, special.pdtr(np.maximum(count, 0.0), mean))


def poisson_above(count: FloatArray, mean: FloatArray) -> FloatArray:
    """Probability of more than so many events; above minus one it is certain.

    Parameters
    ----------
    count : ndarray
        Events, whole numbers.
    mean : ndarray
        Events expected.

    Returns
    -------
    ndarray
        Probabilities, the broadcast shape.
    """
    return np.where(count < 0, 1.0, special.pdtrc(np.maximum(count, 0.0), mean))
