"""Distance functions of calibration: how a calibration factor follows from the linear predictor."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from trygghet._typing import CalibrationMethod, FloatArray
from trygghet.errors import MarginError, Problem

Bound = FloatArray | float
_OVERFLOW = 500.0


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
    method : {"linear", "raking", "logit"}
        Chi-squared distance, Kullback-Leibler distance, or the logit distance that has its bounds built in.
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
    Linear ``g = 1 + u``; raking ``g = exp(u)``; both are cut at the bounds (truncated linear, truncated raking). Logit
    ``g = (L(U-1) + U(1-L)exp(Au)) / ((U-1) + (1-L)exp(Au))`` with ``A = (U-L)/((1-L)(U-1))``.

    References
    ----------
    Deville, J.-C. and Sarndal, C.-E. (1992). Calibration estimators in survey sampling. JASA 87, 376-382.
    doi:10.1080/01621459.1992.10475217
    """
    if method == "linear":
        return _truncated(lambda u: 1.0 + u, np.ones_like, (lower, upper))
    if method == "raking":
        return _truncated(_exponential, _exponential, (lower, upper))
    return _logit(lower, upper)


def _exponential(u: FloatArray) -> FloatArray:
    return np.exp(np.minimum(u, _OVERFLOW))


def _truncated(
    plain: Callable[[FloatArray], FloatArray],
    derivative: Callable[[FloatArray], FloatArray],
    bounds: tuple[Bound, Bound],
) -> Distance:
    """Cut a monotone factor at its bounds; the potential goes on as a straight line there."""
    lower, upper = np.asarray(bounds[0], dtype=np.float64), np.asarray(bounds[1], dtype=np.float64)

    def factor(u: FloatArray) -> FloatArray:
        return np.clip(plain(u), lower, upper)

    def slope(u: FloatArray) -> FloatArray:
        value = plain(u)
        return np.where((value > lower) & (value < upper), derivative(u), 0.0)

    def potential(u: FloatArray) -> FloatArray:
        linear = plain is not derivative
        with np.errstate(divide="ignore", invalid="ignore"):
            low = lower - 1.0 if linear else np.log(np.maximum(lower, 0.0))
            high = upper - 1.0 if linear else np.log(upper)
        inside = np.clip(u, low, high)
        curve = inside + 0.5 * inside * inside if linear else _exponential(inside)
        below, above = np.minimum(u - low, 0.0), np.maximum(u - high, 0.0)
        return curve + _line(lower, below) + _line(upper, above)

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
