"""Ranks with honest uncertainty: rank sets, top sets, tiers, priorities."""

from trygghet.ranking.bayes import BayesRanks, bayes_ranks
from trygghet.ranking.bounds import RankBounds, bounds_from, rank_bounds, rank_bounds_each
from trygghet.ranking.choices import rank_choices
from trygghet.ranking.exact import exclusive_counts, mcnemar_rank_bounds, multinomial_rank_bounds
from trygghet.ranking.options import RankOptions
from trygghet.ranking.order_stability import OrderCheck, OrderStability, order_stability
from trygghet.ranking.plain import Ranking, assembled, evidence_of, plain_of
from trygghet.ranking.priorities import alternatives, priorities
from trygghet.ranking.respondents import RespondentOrder, SelectionToSwap, describe_order
from trygghet.ranking.sets import RankSets
from trygghet.ranking.stability import RankStability, rank_stability, stability_of
from trygghet.ranking.store import from_dict, ranking_from_json, ranking_to_json, to_dict
from trygghet.ranking.streams import StreamComparison, by_stream
from trygghet.ranking.top import Cutoff, TopSet, top_set
from trygghet.ranking.verbs import rank, rank_each

__all__ = [
    "BayesRanks",
    "Cutoff",
    "OrderCheck",
    "OrderStability",
    "RankBounds",
    "RankOptions",
    "RankSets",
    "RankStability",
    "Ranking",
    "RespondentOrder",
    "SelectionToSwap",
    "StreamComparison",
    "TopSet",
    "alternatives",
    "assembled",
    "bayes_ranks",
    "bounds_from",
    "by_stream",
    "describe_order",
    "evidence_of",
    "exclusive_counts",
    "from_dict",
    "mcnemar_rank_bounds",
    "multinomial_rank_bounds",
    "order_stability",
    "plain_of",
    "priorities",
    "rank",
    "rank_bounds",
    "rank_bounds_each",
    "rank_choices",
    "rank_each",
    "rank_stability",
    "ranking_from_json",
    "ranking_to_json",
    "stability_of",
    "to_dict",
    "top_set",
]
