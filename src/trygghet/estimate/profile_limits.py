"""Limits of shares from the profile likelihood, scaled by the design effect."""

import numpy as np

from trygghet._distributions import normal_below, t_quantile
from trygghet._typing import FloatArray, IntArray

_STEPS = 5
_MOST_STEPS = 9
_FINENESS = 3


def likelihood_limits(
    p: FloatArray, variance: FloatArray, *, n: IntArray | FloatArray, dof: FloatArray, level: float
) -> tuple[FloatArray, FloatArray]:
    """Limits at which the scaled likelihood ratio of a share reaches its critical value.

    Parameters
    ----------
    p : array of float, shape (p,)
        Shares strictly between 0 and 1.
    variance : array of float, shape (p,)
        Design variances, positive.
    n : array of int or float, shape (p,)
        Unweighted bases.
    dof : array of float, shape (p,)
        Design degrees of freedom.
    level : float
        Confidence level.

    Returns
    -------
    tuple of array of float, shape (p,)
        Lower and upper limits.

    Notes
    -----
    With ``D(x) = 2 n (p log(p / x) + (1 - p) log((1 - p) / (1 - x)))`` and the design effect ``e = V n / (p (1 - p))`` the limits solve
    ``D(x) (n - 1) / n = e t^2`` (Rao and Scott's first-order scaling of the likelihood ratio). As in R's ``svyciprop`` they are read off the
    profile: a cubic spline of the signed root of D through some points on the logit scale, linear between points three times as
    dense. They agree with the exact solution to about
    1e-4, and with R to rounding where its own iterations have converged.

    References
    ----------
    Rao, J. N. K. and Scott, A. J. (1984). On chi-squared tests for multiway contingency tables with cell proportions estimated from
    survey data. Annals of Statistics 12, 46-60. doi:10.1214/aos/1176346391

    Examples
    --------
    >>> import numpy as np
    >>> p, n = np.array([0.2]), np.array([100])
    >>> low, high = likelihood_limits(p, p * (1 - p) / n, n=n, dof=np.array([np.inf]), level=0.95)
    >>> print(f"{low[0]:.3f} {high[0]:.3f}")
    0.129 0.286
    """
    base = n.astype(np.float64)
    critical = t_quantile(0.5 + level / 2, dof) * np.sqrt(variance * base / (p * (1 - p)))
    cells = zip(p, np.sqrt(variance), base, critical, strict=True)
    found = np.array([_limits((share, size), error, critical=c) for share, error, size, c in cells])
    return found[:, 0], found[:, 1]


def _limits(counted: tuple[float, float], error: float, *, critical: float) -> tuple[float, float]:
    p, n = counted
    middle = np.log(p / (1 - p))
    farthest = float(t_quantile(1 - float(normal_below(-critical)) / 4, n - 1))
    step = farthest / _STEPS * error / (p * (1 - p))
    steps = np.arange(-_MOST_STEPS, _MOST_STEPS + 1)
    root = _signed_root(middle + step * steps, p, n)
    # on each side as far as the first point beyond the farthest
    below, above = np.flatnonzero(root <= -farthest), np.flatnonzero(root >= farthest)
    first = int(below[-1]) if len(below) else 0
    last = int(above[0]) if len(above) else len(root) - 1
    fine = np.linspace(0, last - first, _FINENESS * (last - first + 1))
    profile = _spline(root[first : last + 1], fine)
    places = np.interp([-critical, critical], profile, fine, left=np.nan, right=np.nan)
    low, high = 1 / (1 + np.exp(-(middle + step * (steps[first] + places))))
    return float(low), float(high)


def _signed_root(logit: FloatArray, p: float, n: float) -> FloatArray:
    """Signed root of the likelihood ratio over its dispersion, at shares given by their logits."""
    x = 1 / (1 + np.exp(-logit))
    ratio = 2 * (n - 1) * (p * np.log(p / x) + (1 - p) * np.log((1 - p) / (1 - x)))
    return np.asarray(np.sign(x - p) * np.sqrt(np.maximum(ratio, 0.0)), dtype=np.float64)


def _spline(y: FloatArray, at: FloatArray) -> FloatArray:
    """Cubic spline through values at 0, 1, 2, ...; its third derivative at each end is that of the cubic through the last four."""
    count = len(y)
    system, right = np.zeros((count, count)), np.zeros(count)
    inner = np.arange(1, count - 1)
    system[inner, inner - 1], system[inner, inner], system[inner, inner + 1] = 1.0, 4.0, 1.0
    right[1:-1] = 6 * np.diff(y, 2)
    system[0, :2], system[-1, -2:] = (-1.0, 1.0), (-1.0, 1.0)
    third = np.diff(y, 3)
    right[0], right[-1] = third[0], third[-1]
    bent = np.linalg.solve(system, right)
    left = np.minimum(at.astype(np.int64), count - 2)
    t = at - left
    curve = ((1 - t) ** 3 - (1 - t)) * bent[left] / 6 + (t**3 - t) * bent[left + 1] / 6
    return np.asarray((1 - t) * y[left] + t * y[left + 1] + curve, dtype=np.float64)
