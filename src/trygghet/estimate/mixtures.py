"""Tails of weighted sums of chi-squared variables: the reference distributions of Rao and Scott without moment matching."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from trygghet._typing import FloatArray

_EXTENT = 45.0
_FIRST_STEP = 1 / 8
_MOST_HALVINGS = 7
_TRIES = 1100
_CLOSE = 1e-4
_TARGET = 1e-13
_BEND = 0.5


def mixture_tail(x: float, effects: Sequence[float] | FloatArray, dof: float = np.inf) -> float:
    """Probability that a weighted sum of squared standard normals, over an independent chi-squared mean, is above a value.

    Parameters
    ----------
    x : float
        The value.
    effects : sequence of float
        Weights of the squared normals: generalised design effects; at least one positive.
    dof : float
        Degrees of freedom of the denominator, a fraction allowed; infinite for the sum itself.

    Returns
    -------
    float
        ``P(sum_j e_j Z_j^2 > x C / dof)`` with C chi-squared on ``dof``; correct to about 1e-12 relative, in far tails too.

    Notes
    -----
    With ``K(s) = -1/2 sum_j h_j log(1 - 2 a_j s)`` the cumulant function of the whole difference, the tail is
    ``(1 / 2 pi i) int exp(K(s) - s q) / s ds`` over any path from below to above that crosses the real axis between 0 and the first
    singularity. The path here is a hyperbola through the saddle point of the integrand, on which it falls fast and hardly turns, so
    that the trapezoidal rule converges geometrically; its step is halved until the sum stands.

    References
    ----------
    Imhof, J. P. (1961). Computing the distribution of quadratic forms in normal variables. Biometrika 48, 419-426.
    doi:10.1093/biomet/48.3-4.419

    Rice, S. O. (1980). Distribution of quadratic forms in normal random variables: evaluation by numerical integration. SIAM Journal on
    Scientific and Statistical Computing 1, 438-448. doi:10.1137/0901032

    Examples
    --------
    >>> print(f"{mixture_tail(3.841459, [1.0]):.6f} {mixture_tail(18.307038, [1.0] * 10):.6f}")
    0.050000 0.050000
    """
    form = _form_of(x, effects, dof)
    return form if isinstance(form, float) else _tail(form)


def saddlepoint_tail(x: float, effects: Sequence[float] | FloatArray, dof: float = np.inf) -> float:
    """Approximate :func:`mixture_tail` by Kuonen's saddle point formula.

    Parameters
    ----------
    x : float
        The value.
    effects : sequence of float
        Weights of the squared normals; at least one positive.
    dof : float
        Degrees of freedom of the denominator; infinite for the sum itself.

    Returns
    -------
    float
        Approximate probability, off by some per cent of itself and by up to some fifteen far out.

    Notes
    -----
    With the root z of ``K'(z) = q``, ``w = sign(z) sqrt(2 (z q - K(z)))`` and ``v = z sqrt(K''(z))`` the tail is
    ``1 - Phi(w + log(v / w) / w)``; at the mean, where this is 0 / 0, its limit with a sixth of the skewness. R's ``survey`` drops the fraction of the denominator's degrees of freedom; here it counts.

    References
    ----------
    Kuonen, D. (1999). Saddlepoint approximations for distributions of quadratic forms in normal variables. Biometrika 86, 929-935.
    doi:10.1093/biomet/86.4.929

    Examples
    --------
    >>> print(f"{saddlepoint_tail(18.307038, [1.0] * 10):.3f}")
    0.050
    """
    form = _form_of(x, effects, dof)
    if isinstance(form, float):
        return form
    z = _root(lambda s: form.slope(s) - form.at, 0.0, (form.first, form.last))
    if abs(z) < _CLOSE * form.last:
        size = form.curvature(0.0)
        third = 8 * float((form.dofs * form.weights**3).sum())
        return float(special.ndtr(-(z * np.sqrt(size) + third / size**1.5 / 6)))
    w = np.sign(z) * np.sqrt(2 * (z * form.at - form.cumulant(z)))
    v = z * np.sqrt(form.curvature(z))
    return float(special.ndtr(-(w + np.log(v / w) / w)))


@dataclass(frozen=True, slots=True, eq=False)
class _Form:
    """A weighted sum of independent chi-squared variables, and the value that it is compared with.

    The cumulant function is regular between ``first`` (below 0) and ``last`` (above 0).
    """

    weights: FloatArray
    dofs: FloatArray
    at: float
    first: float
    last: float

    def cumulant(self, s: float) -> float:
        return float(-0.5 * (self.dofs * np.log1p(-2 * self.weights * s)).sum())

    def slope(self, s: float) -> float:
        return float((self.dofs * self.weights / (1 - 2 * self.weights * s)).sum())

    def curvature(self, s: float) -> float:
        return float(2 * (self.dofs * self.weights**2 / (1 - 2 * self.weights * s) ** 2).sum())


def _form_of(x: float, effects: Sequence[float] | FloatArray, dof: float) -> _Form | float:
    """The ratio as a difference that is compared with 0; a probability where there is nothing to compute."""
    weights = np.asarray(effects, dtype=np.float64)
    dofs, at = np.ones(len(weights)), x
    if np.isfinite(dof):
        weights, dofs, at = np.append(weights, -x / dof), np.append(dofs, dof), 0.0
    weights, dofs = weights[weights != 0], dofs[weights != 0]
    if not (weights < 0).any() and at <= 0:
        return 1.0
    if not (weights > 0).any() and at >= 0:
        return 0.0
    ends = 1 / (2 * weights)
    first = float(ends[ends < 0].max()) if (ends < 0).any() else -np.inf
    last = float(ends[ends > 0].min()) if (ends > 0).any() else np.inf
    return _Form(weights, dofs, at, first, last)


def _root(rising: Callable[[float], float], start: float, ends: tuple[float, float]) -> float:
    """Root of a function that rises from below 0 to above it between two ends, either of which may be infinite."""
    low = high = start
    scale = step = abs(start) if start else min(1.0, *(abs(end) for end in ends)) / 2
    for _ in range(_TRIES):
        if rising(low) < 0:
            break
        low = low - step if np.isinf(ends[0]) else (low + ends[0]) / 2
        step *= 2
    for _ in range(_TRIES):
        if rising(high) > 0:
            break
        high = high + step if np.isinf(ends[1]) else (high + ends[1]) / 2
        step *= 2
    narrow = np.finfo(float).eps * scale
    while high - low > narrow and low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2


def _tail(form: _Form) -> float:
    """Integral over a hyperbola through the saddle point, by the trapezoidal rule with a step that is halved until the sum stands."""
    scale = min(abs(form.first), abs(form.last))
    c = _root(lambda s: form.slope(s) - form.at - 1 / s, scale / 2, (0.0, form.last))
    width = 1 / np.sqrt(form.curvature(c) + 1 / c**2)
    bend = _BEND * float(np.sign(form.at))
    peak = form.cumulant(c) - c * form.at - np.log(c)

    def along(v: FloatArray) -> FloatArray:
        s = c + width * (bend * (np.cosh(v) - 1) + 1j * np.sinh(v))
        logs = -0.5 * (np.log(1 - 2 * np.outer(s, form.weights)) @ form.dofs)
        speed = width * (bend * np.sinh(v) + 1j * np.cosh(v))
        return np.asarray((np.exp(logs - s * form.at - np.log(s) - peak) * speed).imag, dtype=np.float64)

    step = _FIRST_STEP
    nodes = np.arange(0.0, _EXTENT, step)
    total = float(along(nodes).sum() - along(nodes[:1])[0] / 2)
    for _ in range(_MOST_HALVINGS):
        before = total * step
        total += float(along(nodes + step / 2).sum())
        nodes, step = np.sort(np.concatenate([nodes, nodes + step / 2])), step / 2
        if abs(total * step - before) <= _TARGET * abs(before):
            break
    return float(min(max(total * step * np.exp(peak) / np.pi, 0.0), 1.0))
