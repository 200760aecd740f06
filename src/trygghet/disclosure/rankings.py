"""Rankings without the places of withheld cells."""

from dataclasses import replace

import numpy as np

from trygghet._typing import BoolArray
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.kernels import DenseKernel
from trygghet.ranking import RankSets, TopSet, rank


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
        cell lies, so the others get new places and new sets by the same options and seed.
    """
    if not withheld.any():
        return replace(ranks, estimates=estimates)
    shown = np.flatnonzero(~withheld)
    before = ranks.estimates
    matrix = np.full((len(withheld), len(withheld)), np.nan)
    matrix[np.ix_(shown, shown)] = before.covariance(shown)
    hidden = replace(
        before,
        values=np.where(withheld, np.nan, before.values),
        dof=np.where(withheld, np.nan, before.dof),
        design_effect=np.where(withheld, np.nan, before.design_effect),
        kernel=DenseKernel(matrix),
    )
    return RankSets(estimates, ranks.labels, rank(hidden, ranks.options).bounds)


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
