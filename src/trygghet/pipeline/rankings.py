"""Which rankings a wave gives: its priorities, and the items that are ranked."""

from collections.abc import Mapping
from pathlib import Path

from trygghet.codebook import Codebook
from trygghet.estimate import Estimates, read_estimates
from trygghet.pipeline.params import RankingParams
from trygghet.pipeline.results import ResultName, stored
from trygghet.ranking import RankOptions, RankSets, TopSet, alternatives, rank, top_set

Ranking = RankSets | TopSet


def wave_rankings(folder: Path, book: Codebook, params: RankingParams) -> dict[ResultName, Ranking]:
    """Rank what ``params.yaml`` wants ranked in every random sample.

    Parameters
    ----------
    folder : Path
        Folder of the wave's estimates.
    book : Codebook
        The wave's codebook.
    params : RankingParams
        What to rank, and how.

    Returns
    -------
    dict of ResultName to RankSets or TopSet
        The first places of the priorities, and the rank sets of the items.

    Raises
    ------
    RankingError
        When a ranking has no meaning.
    """
    options = RankOptions(
        first=params.first, level=params.level, joint=params.joint, draws=params.draws, seed=params.seed
    )
    found: dict[ResultName, Ranking] = {}
    for name, path in stored(folder, ".parquet"):
        if name.by or name.kind != "level" or name.what not in {params.priorities, params.items}:
            continue
        result = read_estimates(path)
        if isinstance(result, Estimates) and name.what == params.priorities:
            found[name] = top_set(alternatives(result, book, name.what), params.top, options)
        elif isinstance(result, Estimates):
            found[name] = rank(result, options)
    return found


def rank_metrics(found: Mapping[ResultName, Ranking]) -> Mapping[str, float | int | str]:
    """Flatten the rankings' diagnostics.

    Parameters
    ----------
    found : mapping of ResultName to RankSets or TopSet
        The rankings.

    Returns
    -------
    mapping of str to number
        Metrics by name.
    """
    metrics: dict[str, float | int | str] = {}
    for name, ranking in found.items():
        sets = ranking.ranks if isinstance(ranking, TopSet) else ranking
        metrics[f"{name}.critical_value"] = sets.critical_value
        if isinstance(ranking, TopSet):
            metrics[f"{name}.surely"] = int(ranking.surely.sum())
            metrics[f"{name}.maybe"] = int(ranking.maybe.sum())
    return metrics
