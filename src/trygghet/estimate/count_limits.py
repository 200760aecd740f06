"""Limits of numbers of people: a number is a share of everyone, times everyone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trygghet._distributions import t_quantile
from trygghet._typing import BoolArray, Columns, FloatArray, IntArray, IntervalMethod
from trygghet.design import SurveyDesign
from trygghet.estimate.edge_limits import EdgeShares
from trygghet.estimate.intervals import Estimated, Limits, share_limits
from trygghet.estimate.items import Item, Scores
from trygghet.estimate.partitions import Partition
from trygghet.estimate.ratios import CellFigures, cell_figures

_KNOWN = 1e-12
"""A population size whose variance is below this share of its square is known."""


@dataclass(frozen=True, slots=True, eq=False)
class CountLimits:
    """Limits of totals, of which some are numbers of people.

    Parameters
    ----------
    base : array of float, shape (p,)
        People of whom the number is a share; NaN where the total is no number of people.
    cap : array of float, shape (p,)
        Largest effective sample size.
    fixed : array of bool, shape (p,)
        Whether the base is known, so that the number cannot be larger.
    unseen : array of bool, shape (p,)
        Numbers that are 0 because nobody was seen.
    size : array of float, shape (p,)
        Weighted bases of the valid answers.

    Notes
    -----
    With ``p = T / B``, B the base, the limits are B times those of a share p with variance ``V(T) / B^2``, by the method that is
    asked for (``t`` gives ``T ± t SE``). B is the size of the domain where the weights fix it (strata, margins), else that of the
    whole population: numbers in a domain of unknown size vary like rare answers among everyone. Where B is estimated and p above
    one half, the limits are ``T ± t SE``, as such a number has no upper bound. ``n_eff`` is at most that of a simple random
    sample in the domain, ``n_d p_d (1 - p) / (p (1 - p_d))`` with p_d the share of the domain. The upper limit of an unseen number is
    the weighted base times that of a share of 0 with design effect 1.

    References
    ----------
    Franco, Little, Louis and Slud (2019), Journal of Survey Statistics and Methodology 7, doi:10.1093/jssam/smy019.
    """

    base: FloatArray
    cap: FloatArray
    fixed: BoolArray
    unseen: BoolArray
    size: FloatArray

    def limits(self, of: Estimated, *, level: float, method: IntervalMethod) -> Limits:
        """Lower and upper limits.

        Parameters
        ----------
        of : Estimated
            The totals.
        level : float
            Confidence level.
        method : str
            Method for shares.

        Returns
        -------
        tuple of array of float, shape (p,)
            Limits; NaN without degrees of freedom.
        """
        errors = of.standard_errors
        half = t_quantile(0.5 + level / 2, of.dof) * errors
        low, high = of.values - half, of.values + half
        share = of.values / self.base
        with np.errstate(invalid="ignore"):
            inner = (share > 0) & (share < 1) & (self.fixed | (share <= 0.5)) & (errors > 0) & (of.dof > 0)
        if method != "t" and inner.any():
            found = share_limits(
                share[inner],
                (errors[inner] / self.base[inner]) ** 2,
                n=self.cap[inner],
                dof=of.dof[inner],
                level=level,
                method=method,
            )
            low[inner], high[inner] = (self.base[inner] * side for side in found)
        nobody = EdgeShares(np.zeros(len(high)), of.n, of.dof, np.ones(len(high))).limits(level)[1]
        usable = self.unseen & (of.dof > 0)
        high[usable] = (self.size * nobody)[usable]
        return low, high

    def take(self, index: IntArray) -> "CountLimits":
        """The rule of some of the totals.

        Parameters
        ----------
        index : array of int
            Positions.

        Returns
        -------
        CountLimits
            With the bases of those.
        """
        return CountLimits(
            self.base[index], self.cap[index], self.fixed[index], self.unseen[index], self.size[index]
        )

    def kept(self, of: Estimated) -> "CountLimits":  # noqa: ARG002 -- holds no answers
        """The same rule: it holds no answers.

        Parameters
        ----------
        of : Estimated
            The totals.

        Returns
        -------
        CountLimits
            Itself.
        """
        return self


@dataclass(frozen=True, slots=True, eq=False)
class _Everyone:
    """An item that everyone has."""

    rows: int
    name: str = ""
    category: str = ""
    share: bool = False

    def scores(self, columns: Columns) -> Scores:  # noqa: ARG002 -- the same whatever was answered
        return np.ones(self.rows), None


def count_rule(
    design: SurveyDesign, items: Sequence[Item], partitions: Sequence[Partition], *, figures: CellFigures
) -> CountLimits | None:
    """Rule for the limits of totals, where some are numbers of people.

    Parameters
    ----------
    design : SurveyDesign
        The full sample.
    items : sequence of Item
        What was added up.
    partitions : sequence of Partition
        Where.
    figures : CellFigures
        The totals.

    Returns
    -------
    CountLimits or None
        None where no item is 0 or 1 for everyone.
    """
    people = np.array([_is_count(item.scores(design.columns)) for item in items])
    if not people.any():
        return None
    everyone = cell_figures(design, [_Everyone(design.n)], partitions, total=True)
    fixed = np.broadcast_to(everyone.variances <= _KNOWN * everyone.values**2, figures.values.shape)
    size = np.where(fixed, everyone.values, design.weights.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        share, inside = figures.values / size, figures.values / everyone.values
        cap = np.where(fixed, everyone.n, everyone.n * inside * (1 - share) / (share * (1 - inside)))
    unseen = (figures.values == 0) & (figures.variances == 0) & (figures.n > 0) & people[:, None]
    return CountLimits(
        base=np.where(people[:, None], size, np.nan).ravel(),
        cap=cap.ravel(),
        fixed=fixed.ravel(),
        unseen=unseen.ravel(),
        size=figures.size.ravel(),
    )


def _is_count(scores: Scores) -> bool:
    """Whether an item is 0 or 1 for everyone who has a value."""
    y, x = scores
    return x is None and bool(((y == 0) | (y == 1) | ~np.isfinite(y)).all())
