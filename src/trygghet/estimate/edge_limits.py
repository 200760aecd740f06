"""Limits where no variation was seen: differences of shares at 0 or 1, and numbers of people where nobody was counted."""

from dataclasses import dataclass

import numpy as np

from trygghet._distributions import t_quantile
from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.intervals import clopper_pearson, comparable_design_effect, t_ratio
from trygghet.estimate.kernels import CovarianceKernel


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

    def limits(self, level: float) -> tuple[FloatArray, FloatArray]:
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
    share = estimates.numerator >= 0
    inner = share & (estimates.values > 0) & (estimates.values < 1)
    effect = comparable_design_effect(estimates.cells, estimates.design_effect, inner)
    values = np.where(share, estimates.values, np.nan)
    return EdgeShares(values[index], estimates.n[index], estimates.dof[index], effect[index])


@dataclass(frozen=True, slots=True, eq=False)
class DifferenceLimits:
    """Limits of differences of shares, of which some have no standard error because both shares are 0 or 1.

    Parameters
    ----------
    values, dof : array of float, shape (p,)
        Differences with their degrees of freedom.
    kernel : CovarianceKernel
        Their covariance.
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

    values: FloatArray
    dof: FloatArray
    kernel: CovarianceKernel
    first: EdgeShares
    second: EdgeShares

    def limits(self, level: float) -> tuple[FloatArray, FloatArray]:
        """Lower and upper limits.

        Parameters
        ----------
        level : float
            Confidence level.

        Returns
        -------
        tuple of array of float, shape (p,)
            Limits; NaN without degrees of freedom.
        """
        half = t_quantile(0.5 + level / 2, self.dof) * np.sqrt(self.kernel.variances())
        down, up = half.copy(), half.copy()
        unseen = self.first.at_edge & self.second.at_edge & (self.dof > 0)
        first, second = self.first.limits(level), self.second.limits(level)
        down[unseen] = np.hypot(self.first.values - first[0], second[1] - self.second.values)[unseen]
        up[unseen] = np.hypot(first[1] - self.first.values, self.second.values - second[0])[unseen]
        return self.values - down, self.values + up


def difference_rule(
    values: FloatArray, dof: FloatArray, *, kernel: CovarianceKernel, parts: tuple[EdgeShares, EdgeShares]
) -> DifferenceLimits | None:
    """Rule for the limits of differences, where one is needed.

    Parameters
    ----------
    values, dof : array of float, shape (p,)
        Differences with their degrees of freedom.
    kernel : CovarianceKernel
        Their covariance.
    parts : tuple of EdgeShares
        The shares whose difference is taken.

    Returns
    -------
    DifferenceLimits or None
        None where t intervals serve every cell.
    """
    needed = bool((parts[0].at_edge & parts[1].at_edge).any())
    return DifferenceLimits(values, dof, kernel, *parts) if needed else None


@dataclass(frozen=True, slots=True, eq=False)
class CountLimits:
    """Limits of numbers of people, of which some are 0 because nobody in the sample was one.

    Parameters
    ----------
    values, errors, dof : array of float, shape (p,)
        Numbers with standard errors and degrees of freedom.
    unseen : array of bool, shape (p,)
        Numbers that are 0 because nobody was seen.
    n : array of int, shape (p,)
        Unweighted bases.
    size : array of float, shape (p,)
        Weighted bases.

    Notes
    -----
    The upper limit of an unseen number is the weighted base times that of a share of 0 with design effect 1.
    """

    values: FloatArray
    errors: FloatArray
    dof: FloatArray
    unseen: BoolArray
    n: IntArray
    size: FloatArray

    def limits(self, level: float) -> tuple[FloatArray, FloatArray]:
        """Lower and upper limits.

        Parameters
        ----------
        level : float
            Confidence level.

        Returns
        -------
        tuple of array of float, shape (p,)
            Limits; NaN without degrees of freedom.
        """
        half = t_quantile(0.5 + level / 2, self.dof) * self.errors
        high = self.values + half
        share = EdgeShares(np.zeros(len(high)), self.n, self.dof, np.ones(len(high))).limits(level)[1]
        usable = self.unseen & (self.dof > 0)
        high[usable] = (self.size * share)[usable]
        return self.values - half, high
