"""Rankings without the places of withheld cells: what is left is ranked anew, as if they had never been there."""

from dataclasses import replace
from typing import Any

import numpy as np

from trygghet._typing import BoolArray
from trygghet.errors import RankingError
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.kernels import DenseKernel
from trygghet.ranking import BayesRanks, RankBounds, RankSets, TopSet, bayes_ranks, rank

EXACT = frozenset({"multinomial", "mcnemar"})


def mask_ranks(ranks: RankSets, withheld: BoolArray, estimates: Estimates) -> RankSets:
    """Rank the shown cells anew, as if the withheld ones had never been there.

    Parameters
    ----------
    ranks : RankSets
        Ranking of all cells.
    withheld : array of bool, shape (k,)
        Cells to take out.
    estimates : Estimates
        The same cells, already masked.

    Returns
    -------
    RankSets
        The withheld cells are not ranked. A gap in the places of the others would tell between which values a withheld
        cell lies, so the others get new places and new sets by the same options and seed; tiers, pairs and the cut-off follow
        from them. Exact tests keep the pairs that they told apart among the shown cells.
    """
    if not withheld.any():
        return replace(ranks, estimates=estimates)
    if ranks.options.method in EXACT:
        return RankSets(estimates, ranks.labels, _restricted(ranks, ranks.ranked & ~withheld))
    return RankSets(
        estimates, ranks.labels, rank(hidden_cells(ranks.estimates, withheld), ranks.options).bounds
    )


def mask_top_set(top: TopSet, withheld: BoolArray, estimates: Estimates) -> TopSet:
    """Find the first m of the shown cells; see :func:`mask_ranks`.

    Parameters
    ----------
    top : TopSet
        Top set of all cells.
    withheld : array of bool, shape (k,)
        Cells to take out.
    estimates : Estimates
        The same cells, already masked.

    Returns
    -------
    TopSet
        Without the withheld cells.
    """
    return replace(top, ranks=mask_ranks(top.ranks, withheld, estimates))


def mask_bayes(
    found: BayesRanks, withheld: BoolArray, estimates: Estimates, *, unit: float | None
) -> BayesRanks:
    """Fit the model anew to the shown areas: a posterior that had seen the others would tell of them.

    Parameters
    ----------
    found : BayesRanks
        Ranks of all areas.
    withheld : array of bool, shape (k,)
        Areas to take out.
    estimates : Estimates
        The same areas, already masked.
    unit : float or None
        Unit in which shares leave the screen.

    Returns
    -------
    BayesRanks
        Without the withheld areas; without any number of the model where the shown areas are too few for it. With a unit, means
        are rounded to it and spreads up to it.
    """
    sets = mask_ranks(found.sets, withheld, estimates)
    if withheld.any():
        found = _refitted(found, withheld)
    mean, spread = found.mean, found.spread
    if unit is not None:
        mean = np.round(np.round(mean / unit) * unit, 12)
        spread = np.round(np.ceil(spread / unit - 1e-9) * unit, 12)
    return replace(found, sets=sets, mean=mean, spread=spread)


def hidden_cells(before: Estimates, withheld: BoolArray) -> Estimates:
    """Estimates as if some cells had never been estimated.

    Parameters
    ----------
    before : Estimates
        Estimates.
    withheld : array of bool, shape (p,)
        Cells to forget.

    Returns
    -------
    Estimates
        NaN in those cells, and no covariance with them.
    """
    shown = np.flatnonzero(~withheld)
    matrix = np.full((len(withheld), len(withheld)), np.nan)
    matrix[np.ix_(shown, shown)] = before.covariance(shown)
    return replace(
        before,
        values=np.where(withheld, np.nan, before.values),
        dof=np.where(withheld, np.nan, before.dof),
        design_effect=np.where(withheld, np.nan, before.design_effect),
        kernel=DenseKernel(matrix),
    )


def _refitted(found: BayesRanks, withheld: BoolArray) -> BayesRanks:
    """The model of the shown areas alone, or nothing where they are too few."""
    options = replace(found.sets.options, draws=found.draws, seed=found.seed)
    try:
        return bayes_ranks(
            hidden_cells(found.sets.estimates, withheld),
            covariates=found.covariates,
            variances=found.variances,
            options=options,
        )
    except RankingError:
        size = len(withheld)
        nothing = np.full(size, np.nan)
        return replace(
            found,
            mean=nothing,
            spread=nothing,
            expected_rank=nothing,
            place_shares=np.full((size, size), np.nan),
            between=float("nan"),
        )


def _restricted(ranks: RankSets, kept: BoolArray) -> RankBounds:
    """Bounds from the pairs among some units that are told apart already; never narrower than a new family of tests."""
    both = kept[:, None] & kept
    ahead, behind = ranks.bounds.ahead & both, ranks.bounds.behind & both
    before = ranks.rank[None, :] < ranks.rank[:, None]
    count = int(kept.sum())
    pairs: dict[str, Any] = {
        name: tuple(pair for pair in getattr(ranks.bounds, name) if kept[list(pair)].all())
        for name in ("borderline", "inseparable")
    }
    return replace(
        ranks.bounds,
        rank=np.where(kept, 1 + (before & both).sum(axis=1), 0),
        lower=np.where(kept, 1 + behind.sum(axis=1), 0),
        upper=np.where(kept, count - ahead.sum(axis=1), 0),
        ahead=ahead,
        behind=behind,
        ranked=kept,
        critical_values=np.where(kept, ranks.bounds.critical_values, np.nan),
        **pairs,
    )
