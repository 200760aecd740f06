"""Which statements a wave's report tries, in order of importance."""

import json
from collections.abc import Iterator

import numpy as np

from trygghet.claims import (
    Claim,
    Context,
    above_rest,
    among_largest,
    answered,
    broken,
    changed,
    chosen_most,
    cut_off,
    level,
    low,
    not_of_population,
    one_wave,
)
from trygghet.estimate import Estimates, RespondentShares, read_estimates
from trygghet.ingest import read_codebook, read_microdata
from trygghet.pipeline.analyses import focus_stream
from trygghet.pipeline.project import Project
from trygghet.pipeline.results import Kind, ResultName, stored
from trygghet.ranking import TopSet, ranking_from_json
from trygghet.waves import Break

_HEADLINE = "headline"


class WaveEvidence:
    """The results that one wave's statements rest on.

    Parameters
    ----------
    project : Project
        The project.
    wave : str
        Name of the wave.
    """

    def __init__(self, project: Project, wave: str) -> None:
        self.project = project
        self.wave = wave
        self.paths = project.paths.wave(wave)
        survey = read_microdata(self.paths.microdata)
        self.book = survey.codebook
        self.stream = focus_stream(survey)
        self.headline = project.params.claims.families.get(_HEADLINE, ())

    def context(self) -> Context:
        """Give the words and the streams of this wave and the one before it."""
        previous = self.project.params.waves[self.wave].previous
        former = (read_codebook(self.project.paths.wave(previous).microdata),) if previous else ()
        return Context.from_codebooks(self.book, *former, level=self.project.params.estimate.level)

    def results(
        self, kind: Kind, *, by: str = "", wave: str | None = None
    ) -> dict[str, Estimates | RespondentShares]:
        """Read the focus stream's results of one kind, by the name of their set or block."""
        folder = (self.project.paths.wave(wave) if wave else self.paths).estimates
        wanted = {(self.stream, by, kind)}
        return {
            n.what: read_estimates(p)
            for n, p in stored(folder, ".parquet")
            if (n.stream, n.by, n.kind) in wanted
        }

    def changes(self) -> dict[str, Estimates]:
        """Read the changes since the previous wave."""
        name_and_path = stored(self.paths.changes, ".parquet")
        found = {n.what: read_estimates(p) for n, p in name_and_path if n.stream == self.stream}
        return {what: result for what, result in found.items() if isinstance(result, Estimates)}

    def headlines(self, result: Estimates | RespondentShares) -> tuple[int, ...]:
        """Find the cells of the headline indicators in a result, in the declared order."""
        items = result.cells["item"].tolist()
        return tuple(items.index(name) for name in self.headline if name in items)


def wave_claims(project: Project, wave: str) -> dict[str, Claim]:
    """Try every statement that a wave's report could make.

    Parameters
    ----------
    project : Project
        The project.
    wave : str
        Name of the wave.

    Returns
    -------
    dict of str to Claim
        Statements by number, in order of importance.

    Raises
    ------
    ClaimError
        When a statement lies outside the grammar.
    """
    evidence = WaveEvidence(project, wave)
    shares = evidence.results("level")
    random = any(isinstance(result, Estimates) for result in shares.values())
    tried = _of_population(evidence) if random else _of_respondents(evidence)
    return {f"{number:02d}": claim for number, claim in enumerate(tried, start=1)}


def _of_population(evidence: WaveEvidence) -> Iterator[Claim]:
    context = evidence.context()
    yield from _priorities(evidence, context)
    yield from _districts(evidence, context)
    yield from _changes(evidence, context)
    yield from _thresholds(evidence, context)
    for result in evidence.results("level").values():
        at = evidence.headlines(result)
        if at and isinstance(result, Estimates):
            yield from level(result.take(np.array(at)), context)


def _priorities(evidence: WaveEvidence, context: Context) -> Iterator[Claim]:
    ranks = evidence.paths.ranks
    for name, ranking in ranking_from_json(ranks.read_text(encoding="utf-8")).items():
        if isinstance(ranking, TopSet) and ResultName.parse(name).stream == evidence.stream:
            yield among_largest(ranking, context)
            yield cut_off(ranking, context)


def _districts(evidence: WaveEvidence, context: Context) -> Iterator[Claim]:
    """Compare the districts by the first headline indicator: one family."""
    if not evidence.headline or evidence.book.areas is None:
        return
    by = evidence.book.areas.variable
    levels = evidence.results("level", by=by)
    for what, difference in evidence.results("rest", by=by).items():
        at = np.flatnonzero(difference.cells["item"].to_numpy() == evidence.headline[0])
        if len(at) and isinstance(difference, Estimates) and isinstance(levels.get(what), Estimates):
            claims = above_rest(difference.take(at), context, levels=levels[what], direction="either")  # type: ignore[arg-type]
            yield from sorted(claims, key=lambda claim: not claim.known)


def _changes(evidence: WaveEvidence, context: Context) -> Iterator[Claim]:
    previous = evidence.project.params.waves[evidence.wave].previous
    levels = evidence.results("trend")
    if previous is None:
        for result in levels.values():
            at = evidence.headlines(result)[:1]
            if at and isinstance(result, Estimates):
                yield from one_wave(result.take(np.array(at)), context, move="increased")
        return
    former = evidence.results("trend", wave=previous)
    for what, result in evidence.changes().items():
        at = evidence.headlines(result)
        new, old = levels.get(what), former.get(what)
        if at and isinstance(new, Estimates) and isinstance(old, Estimates):
            yield from changed(result.take(np.array(at)), context, levels=(new, old))
    yield from _breaks(evidence, context, previous)


def _breaks(evidence: WaveEvidence, context: Context, previous: str) -> Iterator[Claim]:
    kinds = json.loads((evidence.paths.changes / "breaks.json").read_text(encoding="utf-8"))
    for result in evidence.results("trend").values():
        for item in set(kinds) & set(result.cells["item"]):
            yield broken(Break(item, kinds[item], evidence.wave, previous), result.about, context)


def _thresholds(evidence: WaveEvidence, context: Context) -> Iterator[Claim]:
    declared = evidence.project.params.claims.thresholds
    for result in evidence.results("level").values():
        for item in declared:
            at = np.flatnonzero(result.cells["item"].to_numpy() == item)
            if len(at) and isinstance(result, Estimates):
                yield from low(result.take(at), declared[item], context)


def _of_respondents(evidence: WaveEvidence) -> Iterator[Claim]:
    context, top = evidence.context(), evidence.project.params.ranking
    for what, result in evidence.results("level").items():
        if not isinstance(result, RespondentShares):
            continue
        if what == top.priorities:
            yield chosen_most(result, context, m=top.top)
        at = evidence.headlines(result)
        if at:
            yield from answered(result.take(np.array(at)), context)
            yield from not_of_population(result.take(np.array(at)), context)
