"""Which rankings a wave gives: its priorities, and the items that are ranked."""

from collections.abc import Mapping
from dataclasses import replace

from trygghet.codebook import Codebook
from trygghet.estimate import Estimates
from trygghet.pipeline.analyses import Result
from trygghet.pipeline.declared import declared_families
from trygghet.pipeline.params import Params, RankingParams
from trygghet.pipeline.results import ResultName
from trygghet.ranking import (
    BayesRanks,
    OrderStability,
    Ranking,
    RankOptions,
    RankSets,
    TopSet,
    alternatives,
    rank,
    top_set,
)
from trygghet.ranking.composite import CompositePriority


def wave_rankings(
    results: Mapping[ResultName, Result], book: Codebook, params: Params
) -> dict[ResultName, Ranking]:
    """Rank what ``params.yaml`` wants ranked in every random sample.

    Parameters
    ----------
    results : mapping of ResultName to Estimates or RespondentShares
        What was estimated; other results than those to rank are passed by.
    book : Codebook
        The wave's codebook.
    params : Params
        What to rank, and how. Priorities carry sentences: they are ranked at the level of their family. A ranking of items carries
        none and has the level that ``ranking`` gives.

    Returns
    -------
    dict of ResultName to RankSets or TopSet
        The first places of the priorities, and the rank sets of the items.

    Raises
    ------
    RankingError
        When a ranking has no meaning.
    ClaimError
        When the families of statements are declared wrongly.
    """
    asked = params.ranking
    options = rank_options(asked)
    of_family = replace(options, level=declared_families(params, book).family_level)
    found: dict[ResultName, Ranking] = {}
    for name, result in results.items():
        if not isinstance(result, Estimates) or not _ranked(name, asked):
            continue
        if name.what == asked.priorities:
            found[name] = top_set(alternatives(result, book, name.what), asked.top, of_family)
        else:
            found[name] = rank(result, options)
    return found


def _ranked(name: ResultName, params: RankingParams) -> bool:
    """Whether a result is the shares of everybody in the block of priorities or the set of items."""
    return not name.by and name.kind == "level" and name.what in {params.priorities, params.items}


def rank_options(params: RankingParams) -> RankOptions:
    """How the parameters want things ranked.

    Parameters
    ----------
    params : RankingParams
        Parameters.

    Returns
    -------
    RankOptions
        Direction, level, family, draws and seed.
    """
    return RankOptions(
        first=params.first, level=params.level, joint=params.joint, draws=params.draws, seed=params.seed
    )


def rank_metrics(found: Mapping[ResultName, Ranking]) -> Mapping[str, float | int | str]:
    """Say what was ranked, and how; never with what result.

    Metrics are not screened: the number of items in a box, beside the boxes that are shown, would tell where a withheld
    item lies.

    Parameters
    ----------
    found : mapping of ResultName to ranking
        The rankings.

    Returns
    -------
    mapping of str to number
        Confidence level and number of items of each ranking.
    """
    metrics: dict[str, float | int | str] = {}
    for name, ranking in found.items():
        if isinstance(ranking, OrderStability):
            metrics[f"{name}.scenarios"] = len(ranking.checks)
        sets = _sets_of(ranking)
        if sets is not None:
            metrics[f"{name}.level"] = sets.options.level
            metrics[f"{name}.items"] = len(sets.labels)
    return metrics


def _sets_of(ranking: Ranking) -> RankSets | None:
    """Rank sets of a ranking, where it has any."""
    if isinstance(ranking, RankSets):
        return ranking
    if isinstance(ranking, BayesRanks):
        return ranking.sets
    return ranking.ranks if isinstance(ranking, TopSet | CompositePriority) else None
