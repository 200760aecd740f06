"""A draft held against a wave's screened results: the same evidence, families and levels as the report's own sentences."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from trygghet.claims import PRIORITIES, Claim, Context
from trygghet.claims.drafts import Evidence, Order
from trygghet.codebook import Codebook
from trygghet.disclosure import read_publishable
from trygghet.estimate import Estimates, RespondentShares
from trygghet.ingest import read_codebook
from trygghet.pipeline.breaks import former_wave, read_breaks
from trygghet.pipeline.declared import declared, phrases
from trygghet.pipeline.printed import as_printed
from trygghet.pipeline.project import Project
from trygghet.pipeline.published import read_facts
from trygghet.pipeline.results import Kind, ResultName
from trygghet.ranking import TopSet

_PRIORITIES = r"(?<!\w)(?:prioriter|fokusområd)"


def screened_evidence(project: Project, wave: str) -> Evidence:
    """Gather what a draft may be held against: screened results, and what was declared beforehand.

    Parameters
    ----------
    project : Project
        The project, whose stages have run.
    wave : str
        Name of the wave.

    Returns
    -------
    Evidence
        Headline indicators are judged in the families of the report; of the others there are shares alone.

    Raises
    ------
    DisclosureError
        When a screened result was altered.
    """
    paths, params = project.paths.wave(wave), project.params
    book = read_codebook(paths.microdata)
    former = former_wave(params.waves[wave])
    settled = declared(params, book)
    kept = _Kept(paths.screened)
    area = book.areas.variable if book.areas else ""
    context = Context.from_codebooks(
        *(book, *_former_books(project, wave, book)),
        phrases=phrases(params),
        level=settled.families.level,
        families=len(settled.families.declared),
    )
    return Evidence(
        context=replace(context, change_level=settled.families.comparison_level("follow_up")),
        levels=kept.estimates("level"),
        areas=kept.estimates("level", by=area) if area else (),
        contrasts=_only(kept.estimates("rest", by=area), settled.districts) if area else (),
        changes=_only(kept.estimates("trend", prefix="change--"), settled.headline),
        orders=tuple(Order(_PRIORITIES, top, PRIORITIES) for top in kept.orders()),
        respondents=kept.respondents(),
        together=kept_together(paths.screened),
        breaks=read_breaks(paths.changes, wave, former) if former else (),
        thresholds=settled.low,
        highs=settled.high,
        meanings=settled.meanings,
        margins=settled.margins,
        answered=kept.answered,
    )


def kept_together(folder: Path) -> dict[tuple[str, str], Claim]:
    """Read the screened statements that two items hold at once.

    Parameters
    ----------
    folder : Path
        Folder of a wave's screened results.

    Returns
    -------
    dict of (str, str) to Claim
        Statements by their two items.
    """
    claims = (read_publishable(path).result for path in sorted(folder.glob("claim--*.json")))
    said = [claim for claim in claims if isinstance(claim, Claim) and claim.statement == "both"]
    return {(claim.uses[0].item, claim.uses[1].item): claim for claim in said}


class _Kept:
    """The screened results of a wave."""

    def __init__(self, folder: Path) -> None:
        facts, _ = read_facts(folder)
        self.focus = facts.focus
        self.answered = {stream.name: stream.answered for stream in facts.streams}
        self._folder = folder

    def estimates(self, kind: Kind, *, by: str = "", prefix: str = "") -> tuple[Estimates, ...]:
        """Give the random sample's results of one kind."""
        named = self._folder.glob(f"{prefix}{self.focus}--*--{by}--{kind}.json")
        results = (read_publishable(path).result for path in sorted(named))
        return tuple(result for result in results if isinstance(result, Estimates))

    def orders(self) -> tuple[TopSet, ...]:
        """Give the orders that carry sentences."""
        named = sorted(self._folder.glob(f"rank--{self.focus}--*.json"))
        return tuple(
            top for top in (read_publishable(path).result for path in named) if isinstance(top, TopSet)
        )

    def respondents(self) -> tuple[RespondentShares, ...]:
        """Give the shares of the streams that are no random sample."""
        found = []
        for path in sorted(self._folder.glob("*--*----level.json")):
            if not path.stem.startswith(("change--", "rank--")) and not ResultName.parse(path.stem).by:
                result = read_publishable(path).result
                found += [result] if isinstance(result, RespondentShares) else []
        return tuple(found)


def _only(results: Sequence[Estimates], items: Sequence[str]) -> tuple[Estimates, ...]:
    """Keep the cells of some items: a family."""
    cut = (result.take(np.flatnonzero(result.cells["item"].isin(items).to_numpy())) for result in results)
    return tuple(result for result in cut if len(result))


def _former_books(project: Project, wave: str, book: Codebook) -> tuple[Codebook, ...]:
    """The codebook of the wave before; a printed report is spoken of by the later wave's own."""
    declared_wave = project.params.waves[wave]
    if declared_wave.published is not None:
        return (as_printed(book, declared_wave.published.wave),)
    previous = declared_wave.previous
    return (read_codebook(project.paths.wave(previous).microdata),) if previous else ()
