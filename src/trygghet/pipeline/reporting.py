"""From screened results on disk to the content of a wave's report."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from trygghet.claims import Claim
from trygghet.disclosure import Publishable, read_publishable
from trygghet.pipeline.frames import RESPONSE
from trygghet.pipeline.project import Project
from trygghet.pipeline.published import COMPOSITION, read_facts
from trygghet.pipeline.results import COMPOSITE, ResultName
from trygghet.report import Look, ReportSources, Stamp, WaveFacts, WaveReport
from trygghet.report.wording import Wording


def wave_report(project: Project, folder: Path) -> WaveReport:
    """Put together what the report of a wave shows.

    Parameters
    ----------
    project : Project
        The project.
    folder : Path
        Folder of the wave's screened results.

    Returns
    -------
    WaveReport
        Screened results, facts and sources.

    Raises
    ------
    DisclosureError
        When a screened result was altered.
    """
    facts, inputs = read_facts(folder)
    params = project.params
    stream, items, priorities = facts.focus, params.ranking.items or "", params.ranking.priorities or ""
    by = params.estimate.domains[0] if params.estimate.domains else ""
    levels = next((name for name in params.estimate.items if name != items), "")
    others = tuple(each.name for each in facts.streams if each.name != stream)
    sampled = facts.focus_stream.probability
    open_streams = [each for each in facts.streams if not each.probability]
    changes = tuple(_all(folder, [_change(stream, what) for what in params.estimate.items]))
    claims = [read_publishable(path) for path in sorted(folder.glob("claim--*.json"))]
    return WaveReport(
        facts=facts,
        stamp=Stamp(
            municipality=params.report.municipality,
            diarienummer=params.report.diarienummer,
            date=params.report.date,
            watermark=params.report.watermark,
        ),
        sources=ReportSources(
            inputs=inputs, parameters=json.loads(params.model_dump_json(exclude={"promise"}))
        ),
        problems=_kept(folder, ResultName(stream, items)),
        priorities=_kept(folder, f"{'rank--' if sampled else ''}{ResultName(stream, priorities)}"),
        areas=_kept(folder, ResultName(stream, items, by)) if by else None,
        contrasts=_kept(folder, ResultName(stream, items, by, "rest")) if by else None,
        response=_kept(folder, f"{COMPOSITION}--{stream}"),
        claims=tuple(each for each in claims if _gets_a_sentence(each.result, facts)),
        levels=_kept(folder, ResultName(stream, levels)),
        level_areas=_kept(folder, ResultName(stream, levels, by)) if by else None,
        changes=changes,
        trend=tuple(_trend(project, facts.wave, stream, what=levels)) if changes else (),
        other_priorities=tuple(_all(folder, [ResultName(name, priorities) for name in others])),
        orders=tuple(_all(folder, [f"rank--{ResultName(each.name, priorities)}" for each in open_streams])),
        area_ranks=tuple(_all(folder, _of_areas(project, stream))),
        composite=next(
            (read_publishable(path) for path in sorted(folder.glob(f"rank--*--{COMPOSITE}--*.json"))), None
        ),
        drawn=_kept(folder, f"{RESPONSE}--{stream}"),
        moves=tuple(_moves(folder, stream)),
    )


def wave_look(project: Project) -> Look:
    """Say how the project's results are drawn and written.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    Look
        Language, and level and method of the intervals.
    """
    asked = project.params.estimate
    return Look(words=Wording(project.params.report.language), level=asked.level, interval=asked.interval)


def _gets_a_sentence(claim: Claim, facts: WaveFacts) -> bool:
    """Whether a statement is printed: of two things at once only those about a headline indicator; the rest answer drafts."""
    return claim.statement != "both" or claim.uses[-1].item in facts.headline


def _of_areas(project: Project, stream: str) -> list[str]:
    """Names of the rankings of districts."""
    asked = project.params.ranking.areas
    return (
        [f"rank--{ResultName(stream, item, asked.by)}" for item in asked.items] if asked is not None else []
    )


def _moves(folder: Path, stream: str) -> Iterator[tuple[Publishable[Any], Publishable[Any]]]:
    """Each set of shares after and before weighting."""
    for path in sorted(folder.glob(f"{ResultName(stream, '*', '', 'unweighted')}.json")):
        after = _kept(folder, ResultName(stream, ResultName.parse(path.stem).what))
        if after is not None:
            yield after, read_publishable(path)


def _kept(folder: Path, name: ResultName | str) -> Publishable[Any] | None:
    path = folder / f"{name}.json"
    return read_publishable(path) if path.is_file() else None


def _all(folder: Path, names: Iterable[ResultName | str]) -> Iterator[Publishable[Any]]:
    for name in names:
        found = _kept(folder, name)
        if found is not None:
            yield found


def _trend(project: Project, wave: str, stream: str, *, what: str) -> Iterator[Publishable[Any]]:
    """The levels of this wave and of those before it, oldest first, and the changes between them."""
    chain = [wave]
    while (earlier := project.params.waves[chain[-1]].previous) is not None:
        chain.append(earlier)
    for each in reversed(chain):
        folder = project.paths.wave(each).screened
        yield from _all(folder, (f"printed--{ResultName(stream, what, '', 'trend')}",))
        yield from _all(folder, (ResultName(stream, what), _change(stream, what)))


def _change(stream: str, what: str) -> str:
    return f"change--{ResultName(stream, what, '', 'trend')}"
