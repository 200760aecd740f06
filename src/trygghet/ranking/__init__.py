"""Ranks with honest uncertainty: rank sets, top sets, tiers, priorities."""

from trygghet.ranking.bounds import RankBounds, bounds_from, rank_bounds, rank_bounds_each
from trygghet.ranking.options import RankOptions
from trygghet.ranking.sets import RankSets
from trygghet.ranking.store import from_dict, ranking_from_json, ranking_to_json, to_dict
from trygghet.ranking.top import Cutoff, TopSet, top_set
from trygghet.ranking.verbs import rank, rank_each

__all__ = [
    "Cutoff",
    "RankBounds",
    "RankOptions",
    "RankSets",
    "TopSet",
    "bounds_from",
    "from_dict",
    "rank",
    "rank_bounds",
    "rank_bounds_each",
    "rank_each",
    "ranking_from_json",
    "ranking_to_json",
    "to_dict",
    "top_set",
]
