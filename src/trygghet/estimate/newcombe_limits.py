"""Limits of differences that combine those of the two shares, for small groups."""

from dataclasses import dataclass, replace

import numpy as np

from trygghet._typing import FloatArray, IntArray, IntervalMethod
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.intervals import Estimated, Limits
from trygghet.estimate.limit_rules import KEPT_LEVELS, LevelLimits, limits_at


@dataclass(frozen=True, slots=True, eq=False)
class NewcombeLimits:
    """Limits of differences from those of their parts.

    Parameters
    ----------
    first, second : Estimates
        The shares (or means) whose difference is taken, cell by cell.
    correlation : array of float, shape (p,)
        Correlation of the two estimates; 0 where one has no standard error.

    Notes
    -----
    With limits ``l`` and ``u`` of each part, the lower limit lies ``sqrt((p1 - l1)^2 + (u2 - p2)^2 - 2 r (p1 - l1)(u2 - p2))`` below
    the difference, the upper one ``sqrt((u1 - p1)^2 + (p2 - l2)^2 - 2 r (u1 - p1)(p2 - l2))`` above it. With t limits of both parts and equal
    degrees of freedom these are the t limits of the difference.

    References
    ----------
    Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions. Statistics in Medicine 17,
    873-890. doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I

    Zou, G. Y. and Donner, A. (2008). Construction of confidence limits about effect measures: a general approach. Statistics in
    Medicine 27, 1693-1702. doi:10.1002/sim.3095
    """

    first: Estimates
    second: Estimates
    correlation: FloatArray

    def limits(self, of: Estimated, *, level: float, method: IntervalMethod) -> Limits:
        """Lower and upper limits.

        Parameters
        ----------
        of : Estimated
            The differences.
        level : float
            Confidence level.
        method : str
            Method for the two shares.

        Returns
        -------
        tuple of array of float, shape (p,)
            Limits; NaN where one of the parts has none.
        """
        (low1, high1), (low2, high2) = (each.interval(level, method) for each in (self.first, self.second))
        p1, p2 = self.first.values, self.second.values
        return (
            of.values - self._distance(p1 - low1, high2 - p2),
            of.values + self._distance(high1 - p1, p2 - low2),
        )

    def _distance(self, one: FloatArray, other: FloatArray) -> FloatArray:
        squared = one**2 + other**2 - 2 * self.correlation * one * other
        return np.asarray(np.sqrt(np.maximum(squared, 0.0)), dtype=np.float64)

    def take(self, index: IntArray) -> "NewcombeLimits":
        """The rule of some of the differences.

        Parameters
        ----------
        index : array of int
            Positions.

        Returns
        -------
        NewcombeLimits
            With the parts of those.
        """
        return NewcombeLimits(self.first.take(index), self.second.take(index), self.correlation[index])

    def with_dof(self, dof: FloatArray) -> "NewcombeLimits":
        """The same rule with other degrees of freedom.

        Parameters
        ----------
        dof : array of float, shape (p,)
            Degrees of freedom.

        Returns
        -------
        NewcombeLimits
            With parts that have them.
        """
        return replace(self, first=replace(self.first, dof=dof), second=replace(self.second, dof=dof))

    def kept(self, of: Estimated) -> LevelLimits:
        """The limits at the levels that are stored: the parts hold the answers of persons.

        Parameters
        ----------
        of : Estimated
            The differences.

        Returns
        -------
        LevelLimits
            Nothing but figures of the cells.
        """
        return LevelLimits(limits_at(self, of, KEPT_LEVELS))


def correlation_of(first: FloatArray, second: FloatArray, difference: FloatArray) -> FloatArray:
    """Correlation of two estimates, from their standard errors and that of their difference.

    Parameters
    ----------
    first, second, difference : array of float, shape (p,)
        Standard errors.

    Returns
    -------
    array of float, shape (p,)
        Between -1 and 1; 0 where one of the two has no standard error.

    Examples
    --------
    >>> import numpy as np
    >>> print(correlation_of(np.array([0.03]), np.array([0.04]), np.array([0.04])).round(6))
    [0.375]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        found = (first**2 + second**2 - difference**2) / (2 * first * second)
    return np.clip(np.nan_to_num(found, nan=0.0, posinf=0.0, neginf=0.0), -1.0, 1.0)
