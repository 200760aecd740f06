"""From a source's numbers to a common scale, with derivatives."""

from typing import Literal

import numpy as np

from trygghet._distributions import normal_below
from trygghet._typing import BoolArray, FloatArray
from trygghet.ranking.composite.declared import SourceDeclaration

Normalisation = Literal["declared", "zscore", "minmax", "ranks"]


def scaled(x: FloatArray, declared: SourceDeclaration) -> FloatArray:
    """Numbers on the declared scale: 0 to 1 between goalposts, or relative to the reference.

    Parameters
    ----------
    x : ndarray, shape (..., k)
        Numbers; NaN where unknown.
    declared : SourceDeclaration
        Scale, direction and transform.

    Returns
    -------
    ndarray, shape (..., k)
        Higher speaks for priority.
    """
    if declared.goalposts is None:
        ratio = _moved(x, declared) / _moved(np.float64(declared.reference or 1.0), declared)
        with np.errstate(divide="ignore"):
            return np.asarray(ratio if declared.worse == "high" else 1 / ratio, dtype=np.float64)
    low, high = (float(_moved(np.float64(post), declared)) for post in declared.goalposts)
    inside = np.clip((_moved(x, declared) - low) / (high - low), 0.0, 1.0)
    return np.asarray(inside if declared.worse == "high" else 1 - inside, dtype=np.float64)


def slope(x: FloatArray, declared: SourceDeclaration) -> FloatArray:
    """Derivative of :func:`scaled`; 0 outside the goalposts.

    Parameters
    ----------
    x : ndarray, shape (k,)
        Numbers.
    declared : SourceDeclaration
        Scale, direction and transform.

    Returns
    -------
    ndarray, shape (k,)
        Derivatives.
    """
    inner = 1 / (1 + x) if declared.transform == "log1p" else np.ones_like(x)
    if declared.goalposts is None:
        reference = float(_moved(np.float64(declared.reference or 1.0), declared))
        if declared.worse == "high":
            return np.asarray(inner / reference, dtype=np.float64)
        with np.errstate(divide="ignore"):
            return np.asarray(-reference * inner / _moved(x, declared) ** 2, dtype=np.float64)
    low, high = (float(_moved(np.float64(post), declared)) for post in declared.goalposts)
    inside = (x > declared.goalposts[0]) & (x < declared.goalposts[1])
    sign = 1.0 if declared.worse == "high" else -1.0
    return np.where(inside, sign * inner / (high - low), 0.0)


def outside(x: FloatArray, declared: SourceDeclaration) -> BoolArray:
    """Numbers beyond a goalpost, whose differences no longer count.

    Parameters
    ----------
    x : ndarray, shape (k,)
        Numbers.
    declared : SourceDeclaration
        Scale.

    Returns
    -------
    ndarray of bool, shape (k,)
        True where clipped.
    """
    if declared.goalposts is None:
        return np.zeros(x.shape, dtype=np.bool_)
    return np.asarray((x < declared.goalposts[0]) | (x > declared.goalposts[1]), dtype=np.bool_)


def standardised(x: FloatArray, declared: SourceDeclaration) -> tuple[FloatArray, FloatArray]:
    """Z-scores over the problems, with their whole Jacobian: mean and spread are estimates too.

    Parameters
    ----------
    x : ndarray, shape (k,)
        Numbers; NaN where unknown.
    declared : SourceDeclaration
        Direction and transform.

    Returns
    -------
    tuple of ndarray
        Scores, shape (k,), and Jacobian, shape (k, k); 0 for unknown numbers.
    """
    known = np.isfinite(x)
    sign = 1.0 if declared.worse == "high" else -1.0
    moved = _moved(x, declared)
    count = int(known.sum())
    centre, spread = moved[known].mean(), moved[known].std() or 1.0
    z = (moved - centre) / spread
    inner = 1 / (1 + x) if declared.transform == "log1p" else np.ones_like(x)
    jacobian = (np.eye(x.size) - 1 / count - np.outer(z, z) / count) / spread * inner
    jacobian[~known, :] = 0.0
    jacobian[:, ~known] = 0.0
    return sign * z, sign * jacobian


def relative(x: FloatArray, declared: SourceDeclaration, normalisation: Normalisation) -> FloatArray:
    """Numbers between 0 and 1 by another normalisation, for sensitivity only.

    Parameters
    ----------
    x : ndarray, shape (k,)
        Numbers; NaN where unknown.
    declared : SourceDeclaration
        Direction and transform.
    normalisation : {"declared", "zscore", "minmax", "ranks"}
        ``zscore`` goes through the normal distribution function to stay between 0 and 1.

    Returns
    -------
    ndarray, shape (k,)
        Higher speaks for priority.
    """
    known = np.isfinite(x)
    if normalisation == "declared" or not known.any():
        return scaled(x, declared)
    if normalisation == "zscore":
        return normal_below(standardised(x, declared)[0])
    moved = _moved(x, declared) * (1.0 if declared.worse == "high" else -1.0)
    out = np.full(x.shape, np.nan)
    if normalisation == "minmax":
        low, high = moved[known].min(), moved[known].max()
        out[known] = (moved[known] - low) / (high - low) if high > low else 0.5
    else:
        order = moved[known]
        below = (order[:, None] > order).sum(axis=1) + 0.5 * (order[:, None] == order).sum(axis=1)
        out[known] = below / known.sum()
    return out


def _moved(x: "FloatArray | np.float64", declared: SourceDeclaration) -> FloatArray:
    """Numbers after the declared transform."""
    return np.asarray(np.log1p(x) if declared.transform == "log1p" else x, dtype=np.float64)
