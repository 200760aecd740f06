"""The composite priority of a wave, as ``params.yaml`` declares it."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from trygghet.design import SurveyDesign
from trygghet.errors import Problem, ProjectError
from trygghet.estimate import Estimates, RespondentShares, proportion
from trygghet.ingest import Microdata
from trygghet.pipeline.analyses import Result
from trygghet.pipeline.composite_file import CompositeParams, SourceParams, read_composite
from trygghet.pipeline.params import Params
from trygghet.pipeline.paths import within
from trygghet.pipeline.results import COMPOSITE, ResultName
from trygghet.ranking import RankOptions
from trygghet.ranking.composite import (
    CompositePriority,
    MethodFactors,
    PillarWeights,
    Source,
    SourceDeclaration,
    composite_priority,
    read_source_table,
)
from trygghet.weighting import Weights

Streams = Mapping[str, tuple[Microdata, Weights | None]]


def wave_composite(
    results: Mapping[ResultName, Result],
    streams: Callable[[], Streams],
    *,
    declared: Path,
    params: Params,
) -> Iterator[tuple[ResultName, CompositePriority]]:
    """Weigh the declared sources of a wave.

    Parameters
    ----------
    results : mapping of ResultName to Estimates or RespondentShares
        The wave's results: shares of streams that are no random samples are taken from them.
    streams : callable
        Gives each stream's answers with their weights; all items of one random sample are estimated in one call, so that the
        covariance of items answered by the same people is known.
    declared : Path
        The file that declares the composite; the declared tables stand beside it.
    params : Params
        Level, draws and seed.

    Yields
    ------
    tuple of ResultName and CompositePriority
        The composite, where the wave has a declaration.

    Raises
    ------
    RankingError
        When a weight, a source or a number is missing.
    ProjectError
        When a source names a stream or an item that the wave lacks.
    """
    asked = read_composite(declared)
    if asked is None:
        return
    sampled = _sampled(asked, streams(), params)
    sources = [
        _source(name, given, results={**_described(results), **sampled}, folder=declared.parent)
        for name, given in asked.sources.items()
    ]
    options = RankOptions(level=params.ranking.level, draws=params.ranking.draws, seed=params.ranking.seed)
    factors = MethodFactors(
        concentration=asked.concentration, scenarios=asked.scenarios, seed=params.ranking.seed
    )
    found = composite_priority(
        sources,
        PillarWeights(asked.pillars, asked.set_by, asked.decided, asked.within),
        scale=asked.scale,
        missing=asked.missing,
        options=options,
        factors=factors,
    )
    yield ResultName("+".join(sampled), COMPOSITE), found


def _sampled(asked: CompositeParams, streams: Streams, params: Params) -> dict[str, Estimates]:
    """Every survey item of each random sample in one call."""
    wanted: dict[str, dict[str, None]] = {}
    for given in asked.sources.values():
        if given.kind == "survey":
            wanted.setdefault(given.stream, {}).update(dict.fromkeys(given.items.values()))
    found = {}
    for stream, items in wanted.items():
        data, weights = streams.get(stream, (None, None))
        if data is None or weights is None:
            raise _lacking(stream, "no random sample of that name")
        design = SurveyDesign.from_data(
            data, weights=weights, finite_population=params.estimate.finite_population
        )
        found[stream] = proportion(design, tuple(items))
    return found


def _described(results: Mapping[ResultName, Result]) -> dict[str, RespondentShares]:
    """Shares of everybody in streams that are no random samples, by stream and item."""
    found: dict[str, RespondentShares] = {}
    for name, result in results.items():
        if isinstance(result, RespondentShares) and not name.by and name.kind == "level":
            found |= {f"{name.stream}:{item}": result for item in result.cells["item"]}
    return found


def _source(
    name: str, given: SourceParams, *, results: Mapping[str, Estimates | RespondentShares], folder: Path
) -> Source:
    """One declared source with its numbers."""
    scale = {key: getattr(given, key) for key in ("goalposts", "reference", "worse", "transform")}
    if given.kind in {"survey", "respondents"}:
        key = given.stream if given.kind == "survey" else f"{given.stream}:{next(iter(given.items.values()))}"
        if key not in results:
            raise _lacking(key, "no such answers in this wave")
        answers = results[key]
        declared = SourceDeclaration(
            given.pillar, "andel", answers.about.wave, f"svarande, {given.stream}", "bortfall", **scale
        )
        if isinstance(answers, Estimates):
            return Source.from_survey(name, answers, given.items, declared=declared)
        return Source.from_respondents(name, answers, given.items, declared=declared)
    table = read_source_table(within(folder, given.file, file="composite.yaml"))
    declared = SourceDeclaration(
        given.pillar, table.unit, table.period, table.population, table.coverage, **scale
    )
    if given.kind != "register":
        return Source.from_table(
            name, table.values, declared=declared, kind="votes" if given.kind == "votes" else "table"
        )
    if table.inhabitants is None:
        raise _lacking(given.file, "a register table needs the column inhabitants")
    return Source.from_register(
        name,
        table.values,
        population=table.inhabitants,
        dispersion=given.dispersion,
        declared=declared,
        per=given.per,
    )


def _lacking(named: str, why: str) -> ProjectError:
    return ProjectError(
        Problem(
            code="PROJ-22",
            what=f"The composite names {named}: {why}.",
            why="A source without numbers cannot be weighed.",
            remedy="Correct the name or the table, or remove the file.",
            facts={"named": named, "file": "composite.yaml"},
        )
    )
