"""Distance functions of calibration: how a calibration factor follows from the linear predictor."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

import numpy as np

from trygghet._typing import CalibrationMethod, FloatArray
from trygghet.errors import MarginError, Problem

Bound = FloatArray | float
_OVERFLOW = 500.0
_NODES = 32


@dataclass(frozen=True, slots=True, eq=False)
class Distance:
    """The three functions of the dual problem, each elementwise in the linear predictor ``u``.

    Parameters
    ----------
    factor : callable
        Calibration factor g(u).
    slope : callable
        Derivative g'(u), zero where a bound holds.
    potential : callable
        Convex function with derivative g(u).
    """

    factor: Callable[[FloatArray], FloatArray]
    slope: Callable[[FloatArray], FloatArray]
    potential: Callable[[FloatArray], FloatArray]


def distance_of(method: CalibrationMethod, lower: Bound, upper: Bound) -> Distance:
    """Distance function of a method, truncated at the bounds.

    Parameters
    ----------
    method : {"linear", "raking", "logit", "sinh"}
        Chi-squared distance, Kullback-Leibler distance, the logit distance that has its bounds built in, or the hyperbolic sine.
    lower, upper : float or ndarray
        Bounds of the factor, one for all or one a row; minus and plus infinity for none.

    Returns
    -------
    Distance
        Factor, slope and potential.

    Raises
    ------
    MarginError
        If the logit method has no finite bounds around 1.

    Notes
    -----
    Linear ``g = 1 + u``; raking ``g = exp(u)``; sinh ``g = (a + sqrt(a^2 + 4)) / 2`` with ``a = asinh(2u)``, the inverse of
    ``u = sinh(g - 1/g) / 2``. All three are cut at the bounds (truncated linear and so on). Logit
    ``g = (L(U-1) + U(1-L)exp(Au)) / ((U-1) + (1-L)exp(Au))`` with ``A = (U-L)/((1-L)(U-1))``.

    References
    ----------
    Deville, J.-C. and Sarndal, C.-E. (1992). Calibration estimators in survey sampling. JASA 87, 376-382.
    doi:10.1080/01621459.1992.10475217

    Roy, G. and Vanheuverzwyn, A. (2001). Redressement par la macro CALMAR: applications et pistes d'amélioration. INSEE.
    """
    match method:
        case "linear":
            return _truncated(_LINEAR, lower, upper)
        case "raking":
            return _truncated(_RAKING, lower, upper)
        case "sinh":
            return _truncated(_SINH, lower, upper)
        case "logit":
            return _logit(lower, upper)
        case _:
            assert_never(method)


@dataclass(frozen=True, slots=True)
class _Curve:
    """A factor that grows with the linear predictor, with its slope, its potential and the predictor that a factor comes from."""

    factor: Callable[[FloatArray], FloatArray]
    slope: Callable[[FloatArray], FloatArray]
    potential: Callable[[FloatArray], FloatArray]
    predictor: Callable[[FloatArray], FloatArray]


def _exponential(u: FloatArray) -> FloatArray:
    return np.exp(np.minimum(u, _OVERFLOW))


def _sinh_factor(u: FloatArray) -> FloatArray:
    gap = np.arcsinh(2.0 * u)
    # of the two equal forms of the root, the one without cancellation
    return np.asarray((np.abs(gap) + np.sqrt(gap * gap + 4.0)) / 2.0) ** np.where(gap < 0, -1.0, 1.0)


def _sinh_slope(u: FloatArray) -> FloatArray:
    gap = np.arcsinh(2.0 * u)
    return np.asarray(2.0 * _sinh_factor(u) / (np.sqrt(1.0 + 4.0 * u * u) * np.sqrt(gap * gap + 4.0)))


def _sinh_potential(u: FloatArray) -> FloatArray:
    """Integral of the factor from 0: with s = sinh(t)/2 the integrand is smooth, and Gauss-Legendre nodes give it to rounding."""
    gap = np.arcsinh(2.0 * u)
    total = np.zeros_like(gap)
    for node, weight in zip(*np.polynomial.legendre.leggauss(_NODES), strict=True):
        at = gap * (0.5 + 0.5 * node)
        total += 0.5 * weight * np.sqrt(at * at + 4.0) * np.cosh(at)
    # the other half of the factor, t cosh(t), is integrated in closed form
    closed = gap * 2.0 * u - 2.0 * np.sinh(gap / 2.0) ** 2
    return np.asarray((closed + gap * total) / 4.0)


def _sinh_predictor(g: FloatArray) -> FloatArray:
    return np.asarray(np.sinh(np.clip(g - 1.0 / g, -_OVERFLOW, _OVERFLOW)) / 2.0)


_LINEAR = _Curve(lambda u: 1.0 + u, np.ones_like, lambda u: u + 0.5 * u * u, lambda g: g - 1.0)
_RAKING = _Curve(_exponential, _exponential, _exponential, lambda g: np.log(np.maximum(g, 0.0)))
_SINH = _Curve(_sinh_factor, _sinh_slope, _sinh_potential, lambda g: _sinh_predictor(np.maximum(g, 0.0)))


def _truncated(curve: _Curve, lower: Bound, upper: Bound) -> Distance:
    """Cut a factor at its bounds; the potential goes on as a straight line there."""
    low, high = np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        first, last = curve.predictor(low), curve.predictor(high)

    def factor(u: FloatArray) -> FloatArray:
        return np.clip(curve.factor(u), low, high)

    def slope(u: FloatArray) -> FloatArray:
        value = curve.factor(u)
        return np.where((value > low) & (value < high), curve.slope(u), 0.0)

    def potential(u: FloatArray) -> FloatArray:
        below, above = np.minimum(u - first, 0.0), np.maximum(u - last, 0.0)
        return curve.potential(np.clip(u, first, last)) + _line(low, below) + _line(high, above)

    return Distance(factor, slope, potential)


def _line(bound: FloatArray, distance: FloatArray) -> FloatArray:
    """Bound times distance, zero where nothing is beyond the bound (an infinite bound is never passed)."""
    return np.where(distance == 0.0, 0.0, np.where(np.isfinite(bound), bound, 0.0) * distance)


def _logit(lower: Bound, upper: Bound) -> Distance:
    low, high = np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64)
    if not (np.all(np.isfinite(high)) and np.all(np.isfinite(low)) and np.all(low < 1) and np.all(high > 1)):
        raise MarginError(
            Problem(
                code="VIKT-19",
                what="Logit calibration needs finite bounds, one below and one above 1.",
                why="Its factors live between the bounds.",
                remedy="Give bounds such as (0.3, 3.0), or choose raking.",
                facts={"granser": "–"},
            )
        )
    scale = (high - low) / ((1.0 - low) * (high - 1.0))

    def growth(u: FloatArray) -> FloatArray:
        return np.exp(np.clip(scale * u, -_OVERFLOW, _OVERFLOW))

    def factor(u: FloatArray) -> FloatArray:
        e = growth(u)
        return np.asarray((low * (high - 1.0) + high * (1.0 - low) * e) / ((high - 1.0) + (1.0 - low) * e))

    def slope(u: FloatArray) -> FloatArray:
        value = factor(u)
        return np.asarray(scale * (value - low) * (high - value) / (high - low))

    def potential(u: FloatArray) -> FloatArray:
        steps = np.clip(scale * u, -_OVERFLOW, _OVERFLOW)
        curve = np.logaddexp(np.log(high - 1.0), np.log(1.0 - low) + steps)
        return np.asarray(low * u + (high - low) / scale * curve)

    return Distance(factor, slope, potential)
