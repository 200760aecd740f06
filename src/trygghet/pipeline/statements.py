"""The statements of a wave's report: what they rest on, read from disk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from trygghet.claims import (
    Claim,
    Compared,
    Context,
    WaveResults,
    answered,
    both,
    chosen_most,
    not_of_population,
    tried,
)
from trygghet.claims.draft import key_of
from trygghet.claims.drafts.evidence import complement
from trygghet.claims.phrases import lower_first
from trygghet.codebook import Codebook
from trygghet.estimate import Estimates, RespondentShares, read_estimates
from trygghet.ingest import read_codebook, read_microdata
from trygghet.pipeline.analyses import Result, focus_stream
from trygghet.pipeline.breaks import former_wave, read_breaks
from trygghet.pipeline.declared import declared, phrases
from trygghet.pipeline.printed import as_printed
from trygghet.pipeline.project import Project
from trygghet.pipeline.results import Kind, ResultName, stored
from trygghet.pipeline.weighting import read_margins
from trygghet.ranking import OrderStability, Ranking, RankSets, TopSet, ranking_from_json
from trygghet.waves import Break


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
        declared_wave = project.params.waves[wave]
        self.printed = declared_wave.published
        self.previous = former_wave(declared_wave)
        self.paths = project.paths.wave(wave)
        survey = read_microdata(self.paths.microdata)
        self.book = survey.codebook
        self.stream = focus_stream(survey)

    def context(self) -> Context:
        """Give the words and the streams of this wave and the one before it."""
        former: tuple[Codebook, ...] = ()
        if self.printed is not None:
            former = (as_printed(self.book, self.printed.wave),)
        elif self.previous is not None:
            former = (read_codebook(self.project.paths.wave(self.previous).microdata),)
        params = self.project.params
        return Context.from_codebooks(
            self.book, *former, level=params.estimate.level, phrases=phrases(params)
        )

    def results(self) -> dict[ResultName, Result]:
        """Read this wave's results of the focus stream."""
        return self._read(self.paths.estimates)

    def of_sample(self) -> WaveResults:
        """Give what the random sample's statements rest on."""
        rankings = ranking_from_json(self.paths.ranks.read_text(encoding="utf-8"))
        found = {ResultName.parse(name): ranking for name, ranking in rankings.items()}
        before = self.paths.changes / "printed"
        if self.printed is None and self.previous is not None:
            before = self.project.paths.wave(self.previous).estimates
        former = self._read(before) if self.previous else None
        return assembled(
            self.results(),
            {
                name: ranking
                for name, ranking in found.items()
                if name.stream == self.stream and isinstance(ranking, TopSet | RankSets)
            },
            area=self.book.areas.variable if self.book.areas else "",
            former=former,
            changes=self._read(self.paths.changes) if self.previous else {},
            breaks=read_breaks(self.paths.changes, self.wave, self.previous) if self.previous else (),
        )

    def orders(self) -> dict[str, OrderStability]:
        """Give how the order of the priorities fares in every stream that is no random sample, by stream."""
        rankings = ranking_from_json(self.paths.ranks.read_text(encoding="utf-8"))
        wanted = self.project.params.ranking.priorities
        found = {ResultName.parse(name): ranking for name, ranking in rankings.items()}
        return {
            name.stream: ranking
            for name, ranking in found.items()
            if name.what == wanted and isinstance(ranking, OrderStability)
        }

    def raked_by(self) -> tuple[str, ...]:
        """Name in words what such an order is reweighted by."""
        margins = read_margins(self.paths.margins, self.project.params.weighting)
        names = [name for table in margins.tables for name in table.variables] if margins else []
        return tuple(lower_first(self.book.label_of(name)) for name in dict.fromkeys(names))

    def _read(self, folder: Path) -> dict[ResultName, Result]:
        return {n: read_estimates(path) for n, path in stored(folder, ".parquet") if n.stream == self.stream}


def assembled(
    now: Mapping[ResultName, Result],
    rankings: Mapping[ResultName, Ranking],
    *,
    area: str,
    former: Mapping[ResultName, Result] | None = None,
    changes: Mapping[ResultName, Result] | None = None,
    breaks: tuple[Break, ...] = (),
) -> WaveResults:
    """Put the results of one random sample together as its statements need them.

    Parameters
    ----------
    now : mapping of ResultName to Estimates or RespondentShares
        This wave's results.
    rankings : mapping of ResultName to TopSet or RankSets
        This wave's rankings.
    area : str
        Variable that divides the municipality into areas; empty when there is none.
    former : mapping of ResultName to Estimates or RespondentShares, optional
        Results of the wave before; None when there is none.
    changes : mapping of ResultName to Estimates, optional
        Changes since the wave before.
    breaks : tuple of Break
        What cannot be compared with the wave before.

    Returns
    -------
    WaveResults
        What statements rest on.
    """
    level = _of_kind(now, "level")
    return WaveResults(
        levels=tuple(level.values()),
        rankings=tuple(ranking for ranking in rankings.values() if isinstance(ranking, TopSet)),
        areas=_compared(_of_kind(now, "rest", area), _of_kind(now, "level", area)) if area else (),
        changes=_compared(
            _of_kind(changes or {}, "trend"), _of_kind(now, "trend"), _of_kind(former or {}, "trend")
        ),
        breaks=breaks,
        first=former is None,
    )


def _of_kind(results: Mapping[ResultName, Result], kind: Kind, by: str = "") -> dict[str, Estimates]:
    """Results of one kind that have margins of error, by the name of their set or block."""
    return {
        name.what: result
        for name, result in results.items()
        if (name.kind, name.by) == (kind, by) and isinstance(result, Estimates)
    }


def _compared(
    differences: Mapping[str, Estimates],
    new: Mapping[str, Estimates],
    old: Mapping[str, Estimates] | None = None,
) -> tuple[Compared, ...]:
    """Comparisons beside the shares that they compare."""
    return tuple(
        Compared(difference, new[what], old[what] if old is not None else None)
        for what, difference in differences.items()
        if what in new and (old is None or what in old)
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
        (
            *tried(results, declared(project.params, evidence.book), evidence.context()),
            *held_together(evidence.results(), results.levels, evidence.context()),
        )
        if results.levels
        else _of_respondents(evidence)
    )
    return {f"{number:02d}": claim for number, claim in enumerate(claims, start=1)}


def held_together(
    results: Mapping[ResultName, Result], levels: Sequence[Estimates], context: Context
) -> Iterator[Claim]:
    """State that two things hold at once in the same people, such as feeling safe and worrying.

    Parameters
    ----------
    results : mapping of ResultName to Estimates or RespondentShares
        A random sample's results; those of kind ``among`` count.
    levels : sequence of Estimates
        Shares of everybody.
    context : Context
        Streams, words, level.

    Yields
    ------
    Claim
        One an item: of the people whom the indicator does not count, those whom the item counts. It rests on the indicator's own
        share, whose complement it tells, and on the share among those people.
    """
    for name, among in results.items():
        level = next((each for each in levels if name.by in set(each.cells["item"])), None)
        if name.kind != "among" or level is None or not isinstance(among, Estimates):
            continue
        counted = level.take(np.flatnonzero((level.cells["item"] == name.by).to_numpy()))
        for place in range(len(among)):
            claim = both(complement(counted), among.take(np.array([place])), context)
            yield replace(claim, uses=(key_of(counted, 0), key_of(among, place)))


def _of_respondents(evidence: WaveEvidence) -> Iterator[Claim]:
    context, top = evidence.context(), evidence.project.params.ranking
    orders, raked_by = evidence.orders(), evidence.raked_by()
    headline = evidence.project.params.claims.families.headline
    for name, result in evidence.results().items():
        if not isinstance(result, RespondentShares) or (name.kind, name.by) != ("level", ""):
            continue
        if name.what == top.priorities:
            order = orders.get(name.stream)
            yield chosen_most(result, context, m=top.top, adjusted=order, adjusted_for=raked_by)
        items = result.cells["item"].tolist()
        at = np.array([items.index(name) for name in headline if name in items], dtype=np.int64)
        if len(at):
            yield from answered(result.take(at), context)
            yield from not_of_population(result.take(at), context)
