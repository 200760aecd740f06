"""How small a change a survey can see, and how many answers it takes to see one."""

import math

import numpy as np

from trygghet._distributions import normal_quantile, t_quantile
from trygghet._typing import FloatArray
from trygghet.estimate.estimates import Estimates


def detectable_change(change: Estimates, *, level: float = 0.95, power: float = 0.80) -> FloatArray:
    """Smallest true change that two waves like these would normally show.

    Parameters
    ----------
    change : Estimates
        A change, or any other difference, with its standard errors.
    level : float
        Level of the test: 1 minus the risk of a false alarm.
    power : float
        Chance of seeing a change of that size.

    Returns
    -------
    array of float, shape (p,)
        Size of the change, in the unit of the values; NaN where there is no standard error.

    Notes
    -----
    ``(t_{1-a/2, f} + t_{power, f}) * SE``, with the standard error of the change at hand.

    Examples
    --------
    >>> print(f"{100 * planned_detectable_change(0.30, 1101, design_effect=1.5):.1f}")
    6.7
    """
    result: FloatArray = _factor(change.dof, level, power) * change.standard_errors
    return result


def detectable_next_change(baseline: Estimates, *, level: float = 0.95, power: float = 0.80) -> FloatArray:
    """Smallest change that a next wave of the same size and design would normally show.

    Parameters
    ----------
    baseline : Estimates
        The wave at hand, estimated without finite-population correction.
    level : float
        Level of the test.
    power : float
        Chance of seeing a change of that size.

    Returns
    -------
    array of float, shape (p,)
        Size of the change; NaN where there is no standard error.

    Notes
    -----
    As :func:`detectable_change` with variance ``2 V`` and twice the degrees of freedom: the next wave is as precise as this one.
    """
    result: FloatArray = _factor(2 * baseline.dof, level, power) * math.sqrt(2) * baseline.standard_errors
    return result


def planned_detectable_change(
    share: float, n: int, *, design_effect: float = 1.0, level: float = 0.95, power: float = 0.80
) -> float:
    """Smallest change of a share that two planned waves of ``n`` answers each would normally show.

    Parameters
    ----------
    share : float
        Share to start from, 0 to 1.
    n : int
        Answers a wave.
    design_effect : float
        Variance over that of a simple random sample.
    level : float
        Level of the test.
    power : float
        Chance of seeing a change of that size.

    Returns
    -------
    float
        Size of the change, as a share.

    Notes
    -----
    ``(z_{1-a/2} + z_power) * sqrt(2 D p (1 - p) / n)``.

    Examples
    --------
    >>> [round(100 * planned_detectable_change(0.30, n, design_effect=1.5), 1) for n in (500, 300, 100)]
    [9.9, 12.8, 22.2]
    """
    return float(_normal_factor(level, power) * math.sqrt(2 * design_effect * share * (1 - share) / n))


def required_answers(
    before: float,
    after: float,
    *,
    design_effect: float = 1.0,
    level: float = 0.95,
    power: float = 0.80,
    overlap: float = 0.0,
    correlation: float = 0.0,
) -> int:
    """Answers a wave that it takes to see a share go from one value to another.

    Parameters
    ----------
    before, after : float
        The two shares, 0 to 1 and different.
    design_effect : float
        Variance over that of a simple random sample, weighting included.
    level : float
        Level of the test.
    power : float
        Chance of seeing the change.
    overlap : float
        Part of the answers that come from the same persons in both waves.
    correlation : float
        Correlation between such a person's two answers.

    Returns
    -------
    int
        Answers a wave, rounded up.

    Raises
    ------
    ValueError
        The two shares are equal: no number of answers shows that.

    Notes
    -----
    ``n = D (z_{1-a/2} + z_power)^2 [p1 q1 + p2 q2 - 2 w r sqrt(p1 q1 p2 q2)] / (p2 - p1)^2`` with overlap ``w`` and correlation
    ``r``. Invite ``n`` over the response rate.

    Examples
    --------
    >>> required_answers(0.30, 0.35, design_effect=1.3)
    1786
    >>> required_answers(0.30, 0.35, design_effect=1.3, overlap=0.5, correlation=0.6)
    1251
    """
    if before == after:
        raise ValueError("two equal shares: there is no change to see")
    spread = before * (1 - before), after * (1 - after)
    shared = 2 * overlap * correlation * math.sqrt(spread[0] * spread[1])
    unrounded = (
        design_effect * _normal_factor(level, power) ** 2 * (sum(spread) - shared) / (after - before) ** 2
    )
    return math.ceil(unrounded)


def _normal_factor(level: float, power: float) -> float:
    return normal_quantile(0.5 + level / 2) + normal_quantile(power)


def _factor(dof: FloatArray, level: float, power: float) -> FloatArray:
    usable = np.where(dof > 0, dof, np.nan)
    return t_quantile(0.5 + level / 2, usable) + t_quantile(power, usable)
