"""Unchanged within a margin: shown by an equivalence test, never by the absence of a significant change."""

import numpy as np

from trygghet._distributions import normal_quantile, t_above, t_quantile
from trygghet._typing import FloatArray
from trygghet.errors import ChangeError, Problem
from trygghet.estimate.estimates import Estimates


def equivalence_p_values(change: Estimates, margin: float) -> FloatArray:
    """P-values of the hypothesis that a change is at least as large as a margin, in either direction.

    Parameters
    ----------
    change : Estimates
        Changes or differences, with their standard errors.
    margin : float
        The largest change that still counts as none, declared beforehand; in the unit of the values.

    Returns
    -------
    array of float, shape (p,)
        P-values; NaN where there is no standard error. A small one shows that the change lies within the margin.

    Raises
    ------
    ChangeError
        JMF-06 when the margin is not positive.

    Notes
    -----
    Two one-sided tests: ``max(P(t_f > (m + d) / s), P(t_f > (m - d) / s))``. It is below ``a`` exactly when the ``1 - 2a`` interval
    lies within plus or minus ``m``.

    References
    ----------
    Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15, doi:10.1007/BF01068419.
    """
    if not margin > 0:
        raise ChangeError(
            Problem(
                code="JMF-06",
                what=f"the margin {margin} within which a change counts as none is not positive",
                why="no survey can show that a change is exactly zero",
                remedy="declare a margin such as 0.05 (five percentage points) before looking at the result",
                facts={"marginal": margin},
            )
        )
    errors = change.standard_errors
    usable = np.isfinite(change.values) & np.isfinite(errors) & (change.dof > 0) & (errors > 0)
    nearest = margin - np.abs(change.values)
    result = np.full(len(change), np.nan)
    result[usable] = t_above(nearest[usable] / errors[usable], change.dof[usable])
    return result


def smallest_margin(change: Estimates, *, level: float = 0.95, power: float | None = None) -> FloatArray:
    """Smallest margin within which surveys like these can show that nothing changed.

    Parameters
    ----------
    change : Estimates
        Changes with their standard errors.
    level : float
        Level of the equivalence test.
    power : float, optional
        Chance of showing it when nothing changed at all; without it, the margin below which it is impossible.

    Returns
    -------
    array of float, shape (p,)
        Margins in the unit of the values; NaN where there is no standard error.

    Notes
    -----
    Impossible below ``t_{level, f} SE``; with power ``1 - b`` the margin is ``(t_{level, f} + t_{1 - b/2, f}) SE``.

    Examples
    --------
    >>> from trygghet.waves import planned_smallest_margin
    >>> [round(100 * planned_smallest_margin(0.3, 1100, design_effect=1.3, power=power), 1) for power in (None, 0.8)]
    [3.7, 6.5]
    """
    dof = np.where(change.dof > 0, change.dof, np.nan)
    factor = t_quantile(level, dof)
    if power is not None:
        factor = factor + t_quantile(0.5 + power / 2, dof)
    return np.asarray(factor * change.standard_errors, dtype=np.float64)


def planned_smallest_margin(
    share: float, n: int, *, design_effect: float = 1.0, level: float = 0.95, power: float | None = None
) -> float:
    """Smallest margin within which two planned waves can show that a share is unchanged.

    Parameters
    ----------
    share : float
        The share, 0 to 1.
    n : int
        Answers a wave.
    design_effect : float
        Variance over that of a simple random sample.
    level : float
        Level of the equivalence test.
    power : float, optional
        As for :func:`smallest_margin`.

    Returns
    -------
    float
        The margin, as a share.

    Notes
    -----
    As :func:`smallest_margin` with ``SE = sqrt(2 D p (1 - p) / n)`` and normal quantiles.
    """
    factor = normal_quantile(level) + (normal_quantile(0.5 + power / 2) if power is not None else 0.0)
    return float(factor * np.sqrt(2 * design_effect * share * (1 - share) / n))
