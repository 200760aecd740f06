"""Ranks with honest uncertainty: rank sets, top sets, tiers, priorities."""

from trygghet.ranking.bounds import RankBounds, bounds_from, rank_bounds, rank_bounds_each
from trygghet.ranking.exact import exclusive_counts, mcnemar_rank_bounds, multinomial_rank_bounds
from trygghet.ranking.options import RankOptions
from trygghet.ranking.sets import RankSets
from trygghet.ranking.stability import RankStability, rank_stability, stability_of
from trygghet.ranking.store import from_dict, ranking_from_json, ranking_to_json, to_dict
from trygghet.ranking.top import Cutoff, TopSet, top_set
from trygghet.ranking.verbs import rank, rank_each

__all__ = [
    "Cutoff",
    "RankBounds",
    "RankOptions",
    "RankSets",
    "RankStability",
    "TopSet",
    "bounds_from",
    "exclusive_counts",
    "from_dict",
    "mcnemar_rank_bounds",
    "multinomial_rank_bounds",
    "rank",
    "rank_bounds",
    "rank_bounds_each",
    "rank_each",
    "rank_stability",
    "ranking_from_json",
    "ranking_to_json",
    "stability_of",
    "to_dict",
    "top_set",
]
