"""A draft held against a wave's screened results: the same evidence, families and levels as the report's own sentences."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from trygghet.claims import PRIORITIES, Context
from trygghet.claims.drafts import Evidence, Order
from trygghet.disclosure import read_publishable
from trygghet.estimate import Estimates, RespondentShares
from trygghet.ingest import read_codebook
from trygghet.pipeline.declared import declared, phrases
from trygghet.pipeline.project import Project
from trygghet.pipeline.published import read_facts
from trygghet.pipeline.results import Kind, ResultName
from trygghet.ranking import TopSet
from trygghet.waves import Break

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
    previous = params.waves[wave].previous
    book = read_codebook(paths.microdata)
    books = (book, read_codebook(project.paths.wave(previous).microdata)) if previous else (book,)
    settled = declared(params, book)
    kept = _Kept(paths.screened)
    area = book.areas.variable if book.areas else ""
    return Evidence(
        context=Context.from_codebooks(
            *books,
            phrases=phrases(params),
            level=settled.families.level,
            families=len(settled.families.declared),
        ),
        levels=kept.estimates("level"),
        areas=kept.estimates("level", by=area) if area else (),
        contrasts=_only(kept.estimates("rest", by=area), settled.districts) if area else (),
        changes=_only(kept.estimates("trend", prefix="change--"), settled.headline),
        orders=tuple(Order(_PRIORITIES, top, PRIORITIES) for top in kept.orders()),
        respondents=kept.respondents(),
        breaks=_breaks(paths.changes, wave, previous) if previous else (),
        thresholds=settled.low,
        highs=settled.high,
        meanings=settled.meanings,
        margins=settled.margins,
        answered=kept.answered,
    )


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


def _breaks(folder: Path, wave: str, previous: str) -> tuple[Break, ...]:
    kinds = json.loads((folder / "breaks.json").read_text(encoding="utf-8"))
    return tuple(Break(item, kind, wave, previous) for item, kind in kinds.items())
