"""Which rankings a wave gives: its priorities, and the items that are ranked."""

from collections.abc import Mapping
from dataclasses import replace

from trygghet.codebook import Codebook
from trygghet.estimate import Estimates
from trygghet.pipeline.analyses import Result
from trygghet.pipeline.declared import declared_families
from trygghet.pipeline.params import Params, RankingParams
from trygghet.pipeline.results import ResultName
from trygghet.ranking import RankOptions, RankSets, TopSet, alternatives, rank, top_set

Ranking = RankSets | TopSet


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
    options = RankOptions(
        first=asked.first, level=asked.level, joint=asked.joint, draws=asked.draws, seed=asked.seed
    )
    of_family = replace(options, level=declared_families(params, book).family_level)
    found: dict[ResultName, Ranking] = {}
    for name, result in results.items():
        if not isinstance(result, Estimates) or not ranked_by(name, asked):
            continue
        if name.what == asked.priorities:
            found[name] = top_set(alternatives(result, book, name.what), asked.top, of_family)
        else:
            found[name] = rank(result, options)
    return found


def ranked_by(name: ResultName, params: RankingParams) -> bool:
    """Tell whether a result is one that the parameters want ranked.

    Parameters
    ----------
    name : ResultName
        Its name.
    params : RankingParams
        What to rank.

    Returns
    -------
    bool
        True for the shares of everybody in the block of priorities or the set of items.
    """
    return not name.by and name.kind == "level" and name.what in {params.priorities, params.items}


def rank_metrics(found: Mapping[ResultName, Ranking]) -> Mapping[str, float | int | str]:
    """Say what was ranked, and how; never with what result.

    Metrics are not screened: the number of items in a box, beside the boxes that are shown, would tell where a withheld
    item lies.

    Parameters
    ----------
    found : mapping of ResultName to RankSets or TopSet
        The rankings.

    Returns
    -------
    mapping of str to number
        Confidence level and number of items of each ranking.
    """
    metrics: dict[str, float | int | str] = {}
    for name, ranking in found.items():
        sets = ranking.ranks if isinstance(ranking, TopSet) else ranking
        metrics[f"{name}.level"] = sets.options.level
        metrics[f"{name}.items"] = len(sets.labels)
    return metrics
