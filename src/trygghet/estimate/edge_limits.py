"""Limits where no variation was seen: shares at 0 and 1, and their differences."""

from dataclasses import dataclass, replace

import numpy as np

from trygghet._distributions import t_quantile
from trygghet._typing import BoolArray, FloatArray, IntArray, IntervalMethod
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.intervals import Estimated, Limits, clopper_pearson, t_ratio


@dataclass(frozen=True, slots=True, eq=False)
class EdgeShares:
    """Shares with what their exact limits need.

    Parameters
    ----------
    values : array of float, shape (p,)
        Shares.
    n : array of int, shape (p,)
        Unweighted bases.
    dof : array of float, shape (p,)
        Degrees of freedom.
    effect : array of float, shape (p,)
        Design effects of comparable cells.
    """

    values: FloatArray
    n: IntArray
    dof: FloatArray
    effect: FloatArray

    @property
    def at_edge(self) -> BoolArray:
        """Shares that are exactly 0 or 1, with an answer; shape (p,)."""
        return np.asarray(((self.values == 0) | (self.values == 1)) & (self.n > 0) & (self.dof > 0))

    def limits(self, level: float) -> Limits:
        """Korn-Graubard limits at 0 and 1, and the shares themselves elsewhere.

        Parameters
        ----------
        level : float
            Confidence level.

        Returns
        -------
        tuple of array of float, shape (p,)
            Lower and upper limits.
        """
        low, high = self.values.copy(), self.values.copy()
        edge = self.at_edge
        n = self.n[edge].astype(np.float64)
        n_eff = np.minimum(n, n / self.effect[edge] * t_ratio(n, self.dof[edge], level) ** 2)
        low[edge], high[edge] = clopper_pearson(self.values[edge], n_eff, level)
        return low, high

    def take(self, index: IntArray) -> "EdgeShares":
        """Some of the shares.

        Parameters
        ----------
        index : array of int
            Positions.

        Returns
        -------
        EdgeShares
            With what their limits need.
        """
        return EdgeShares(self.values[index], self.n[index], self.dof[index], self.effect[index])

    def with_dof(self, dof: FloatArray) -> "EdgeShares":
        """The same shares with other degrees of freedom.

        Parameters
        ----------
        dof : array of float, shape (p,)
            Degrees of freedom.

        Returns
        -------
        EdgeShares
            Shares whose limits follow them.
        """
        return replace(self, dof=dof)


def edge_shares(estimates: Estimates, index: IntArray) -> EdgeShares:
    """Shares among some cells; NaN for those that are no shares of persons.

    Parameters
    ----------
    estimates : Estimates
        Any estimates.
    index : array of int
        Positions of cells.

    Returns
    -------
    EdgeShares
        Shares and what their limits need.
    """
    values = np.where(estimates.numerator >= 0, estimates.values, np.nan)
    return EdgeShares(values, estimates.n, estimates.dof, estimates.comparable_effect).take(index)


@dataclass(frozen=True, slots=True, eq=False)
class DifferenceLimits:
    """Limits of differences of shares, of which some have no standard error because both shares are 0 or 1.

    Parameters
    ----------
    first, second : EdgeShares
        The shares whose difference is taken.

    Notes
    -----
    Where both shares are 0 or 1, so that the standard error is 0 for want of variation, the distance to each limit combines those of
    the shares, ``sqrt((p1 - l1)^2 + (u2 - p2)^2)`` and ``sqrt((u1 - p1)^2 + (p2 - l2)^2)``; elsewhere it is t standard errors.

    References
    ----------
    Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions. Statistics in Medicine 17,
    873-890. doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I
    """

    first: EdgeShares
    second: EdgeShares

    def limits(self, of: Estimated, *, level: float, method: IntervalMethod) -> Limits:  # noqa: ARG002 -- differences have one method
        """Lower and upper limits.

        Parameters
        ----------
        of : Estimated
            The differences.
        level : float
            Confidence level.
        method : str
            Not used: differences have t intervals.

        Returns
        -------
        tuple of array of float, shape (p,)
            Limits; NaN without degrees of freedom.
        """
        half = t_quantile(0.5 + level / 2, of.dof) * of.standard_errors
        down, up = half.copy(), half.copy()
        unseen = self.first.at_edge & self.second.at_edge & (of.dof > 0)
        first, second = self.first.limits(level), self.second.limits(level)
        down[unseen] = np.hypot(self.first.values - first[0], second[1] - self.second.values)[unseen]
        up[unseen] = np.hypot(first[1] - self.first.values, self.second.values - second[0])[unseen]
        return of.values - down, of.values + up

    def take(self, index: IntArray) -> "DifferenceLimits":
        """The rule of some of the differences.

        Parameters
        ----------
        index : array of int
            Positions.

        Returns
        -------
        DifferenceLimits
            With the shares of those.
        """
        return DifferenceLimits(self.first.take(index), self.second.take(index))

    def kept(self, of: Estimated) -> "DifferenceLimits":  # noqa: ARG002 -- holds no answers
        """The same rule: it holds no answers.

        Parameters
        ----------
        of : Estimated
            The differences.

        Returns
        -------
        DifferenceLimits
            Itself.
        """
        return self


def difference_rule(first: EdgeShares, second: EdgeShares) -> DifferenceLimits | None:
    """Rule for the limits of differences, where one is needed.

    Parameters
    ----------
    first, second : EdgeShares
        The shares whose difference is taken.

    Returns
    -------
    DifferenceLimits or None
        None where t intervals serve every cell.
    """
    return DifferenceLimits(first, second) if bool((first.at_edge & second.at_edge).any()) else None
