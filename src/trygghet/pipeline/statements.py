"""The statements of a wave's report: what they rest on, read from disk."""

import json
from collections.abc import Iterator, Mapping

import numpy as np

from trygghet.claims import (
    Claim,
    Compared,
    Context,
    WaveResults,
    answered,
    chosen_most,
    not_of_population,
    tried,
)
from trygghet.estimate import Estimates, RespondentShares, read_estimates
from trygghet.ingest import read_codebook, read_microdata
from trygghet.pipeline.analyses import focus_stream
from trygghet.pipeline.declared import declared, phrases
from trygghet.pipeline.project import Project
from trygghet.pipeline.results import Kind, ResultName, stored
from trygghet.ranking import TopSet, ranking_from_json
from trygghet.waves import Break

Result = Estimates | RespondentShares


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
        self.previous = project.params.waves[wave].previous
        self.paths = project.paths.wave(wave)
        survey = read_microdata(self.paths.microdata)
        self.book = survey.codebook
        self.stream = focus_stream(survey)

    def context(self) -> Context:
        """Give the words and the streams of this wave and the one before it."""
        former = (read_codebook(self.project.paths.wave(self.previous).microdata),) if self.previous else ()
        params = self.project.params
        return Context.from_codebooks(
            self.book, *former, level=params.estimate.level, phrases=phrases(params)
        )

    def results(self, kind: Kind, *, by: str = "", wave: str | None = None) -> dict[str, Result]:
        """Read the focus stream's results of one kind, by the name of their set or block."""
        folder = (self.project.paths.wave(wave) if wave else self.paths).estimates
        wanted = {(self.stream, by, kind)}
        return {
            n.what: read_estimates(p)
            for n, p in stored(folder, ".parquet")
            if (n.stream, n.by, n.kind) in wanted
        }

    def of_sample(self) -> WaveResults:
        """Give what the random sample's statements rest on."""
        by = self.book.areas.variable if self.book.areas else ""
        rankings = ranking_from_json(self.paths.ranks.read_text(encoding="utf-8"))
        return WaveResults(
            levels=tuple(estimated(self.results("level")).values()),
            rankings=tuple(
                ranking
                for name, ranking in rankings.items()
                if isinstance(ranking, TopSet) and ResultName.parse(name).stream == self.stream
            ),
            areas=compared(self.results("rest", by=by), self.results("level", by=by)) if by else (),
            changes=tuple(self._changes()),
            breaks=tuple(self._breaks()),
            first=self.previous is None,
        )

    def _changes(self) -> Iterator[Compared]:
        if self.previous is None:
            return
        stems = {n.what: p for n, p in stored(self.paths.changes, ".parquet") if n.stream == self.stream}
        found: Mapping[str, Result] = {what: read_estimates(path) for what, path in stems.items()}
        yield from compared(found, self.results("trend"), self.results("trend", wave=self.previous))

    def _breaks(self) -> Iterator[Break]:
        if self.previous is not None:
            kinds = json.loads((self.paths.changes / "breaks.json").read_text(encoding="utf-8"))
            yield from (Break(item, kind, self.wave, self.previous) for item, kind in kinds.items())


def estimated(results: Mapping[str, Result]) -> dict[str, Estimates]:
    """Keep the results that have margins of error.

    Parameters
    ----------
    results : mapping of str to Estimates or RespondentShares
        Results by name.

    Returns
    -------
    dict of str to Estimates
        Those of a random sample.
    """
    return {what: result for what, result in results.items() if isinstance(result, Estimates)}


def compared(
    differences: Mapping[str, Result], new: Mapping[str, Result], old: Mapping[str, Result] | None = None
) -> tuple[Compared, ...]:
    """Put comparisons beside the shares that they compare.

    Parameters
    ----------
    differences, new : mapping of str to Estimates or RespondentShares
        Comparisons, and shares, by the name of their set or block.
    old : mapping of str to Estimates or RespondentShares, optional
        Shares of the wave before.

    Returns
    -------
    tuple of Compared
        One a set that has all of them.
    """
    shares = estimated(new)
    former = estimated(old) if old is not None else {}
    return tuple(
        Compared(difference, shares[what], former.get(what))
        for what, difference in estimated(differences).items()
        if what in shares and (old is None or what in former)
    )


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
    results = evidence.of_sample()
    claims = (
        tried(results, declared(project.params, evidence.book), evidence.context())
        if results.levels
        else _of_respondents(evidence)
    )
    return {f"{number:02d}": claim for number, claim in enumerate(claims, start=1)}


def _of_respondents(evidence: WaveEvidence) -> Iterator[Claim]:
    context, top = evidence.context(), evidence.project.params.ranking
    headline = evidence.project.params.claims.families.headline
    for what, result in evidence.results("level").items():
        if not isinstance(result, RespondentShares):
            continue
        if what == top.priorities:
            yield chosen_most(result, context, m=top.top)
        items = result.cells["item"].tolist()
        at = np.array([items.index(name) for name in headline if name in items], dtype=np.int64)
        if len(at):
            yield from answered(result.take(at), context)
            yield from not_of_population(result.take(at), context)
