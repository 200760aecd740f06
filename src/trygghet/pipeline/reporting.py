"""From screened results on disk to the content of a wave's report."""

import json
from pathlib import Path
from typing import Any

from trygghet.disclosure import Publishable, read_publishable
from trygghet.pipeline.project import Project
from trygghet.pipeline.published import COMPOSITION, read_facts
from trygghet.pipeline.results import ResultName
from trygghet.report import ReportSources, Stamp, WaveReport


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

    def kept(name: str) -> Publishable[Any] | None:
        path = folder / f"{name}.json"
        return read_publishable(path) if path.is_file() else None

    claims = sorted(folder.glob("claim--*.json"))
    return WaveReport(
        facts=facts,
        stamp=Stamp(
            municipality=params.report.municipality,
            diarienummer=params.report.diarienummer,
            date=params.report.date,
            watermark=params.report.watermark,
        ),
        sources=ReportSources(inputs=inputs, parameters=json.loads(params.model_dump_json())),
        problems=kept(str(ResultName(stream, items))),
        priorities=kept(f"rank--{ResultName(stream, priorities)}")
        or kept(str(ResultName(stream, priorities))),
        areas=kept(str(ResultName(stream, items, by))) if by else None,
        contrasts=kept(str(ResultName(stream, items, by, "rest"))) if by else None,
        response=kept(f"{COMPOSITION}--{stream}"),
        claims=tuple(read_publishable(path) for path in claims),
    )
