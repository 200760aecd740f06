"""What a report was made from and what it consists of: hashes, parameters, answers a stream, versions; no clock, no paths."""

import platform
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from trygghet._files import sha256_of, write_json
from trygghet.disclosure import Table
from trygghet.report.inputs import WaveReport
from trygghet.report.screened import refuse_unless

PACKAGES = ("trygghet", "jinja2", "matplotlib", "numpy", "pandas", "pyreadstat", "scipy")


def write_manifest(report: WaveReport, outputs: Sequence[Path], folder: Path) -> Path:
    """Write ``manifest.json`` beside the outputs of a wave.

    Parameters
    ----------
    report : WaveReport
        What the outputs were made from.
    outputs : sequence of Path
        Files that were written, within ``folder``.
    folder : Path
        Folder of the wave's report.

    Returns
    -------
    Path
        The manifest.
    """
    target = folder / "manifest.json"
    write_json(target, manifest_of(report, outputs, folder))
    return target


def manifest_of(report: WaveReport, outputs: Sequence[Path], folder: Path) -> dict[str, Any]:
    """Gather what the manifest tells.

    Parameters
    ----------
    report : WaveReport
        What the outputs were made from.
    outputs : sequence of Path
        Files that were written, within ``folder``.
    folder : Path
        Folder of the wave's report.

    Returns
    -------
    dict
        JSON-ready; keys in a fixed order.

    Raises
    ------
    ReportError
        RAPP-03 for anything but a report of screened results.
    """
    refuse_unless(WaveReport, report)
    facts, stamp = report.facts, report.stamp
    return {
        "survey": facts.survey,
        "wave": facts.wave,
        "municipality": stamp.municipality,
        "diarienummer": stamp.diarienummer,
        "date": stamp.date.isoformat(),
        "watermark": stamp.watermark,
        "streams": [
            {
                "name": stream.name,
                "sampling": stream.sampling,
                "answered": stream.answered,
                "invited": stream.invited,
                "shown": stream.name == facts.focus,
            }
            for stream in facts.streams
        ],
        "weights": _weights(report),
        "notes": list(facts.notes),
        "inputs": dict(sorted(report.sources.inputs.items())),
        "parameters": dict(report.sources.parameters),
        "screened": {role: kept.digest for role, kept in report.results.items()},
        "outputs": {path.relative_to(folder).as_posix(): sha256_of(path) for path in sorted(outputs)},
        "versions": {
            "python": platform.python_version(),
            **{name: metadata.version(name) for name in PACKAGES},
        },
    }


def _weights(report: WaveReport) -> dict[str, Any] | None:
    """How the weights were made and what unequal weights cost: Kish's design effect in all and in each group that is shown."""
    made = report.facts.weights
    if made is None:
        return None
    groups = {} if report.response is None else _effects(report.response.result)
    return {
        "mode": made.mode,
        "method": made.method,
        "kish_deff": round(made.kish_deff, 2),
        "effective_n": round(made.effective_n),
        "kish_deff_by_group": groups,
    }


def _effects(response: Table) -> dict[str, dict[str, float]]:
    """Design effect by grouping and group; withheld ones are left out."""
    effects: dict[str, dict[str, float]] = {}
    frame = response.frame
    columns = zip(frame["grupp_av"], frame["grupp"], frame["designeffekt"], strict=True)
    for family, group, effect in columns:
        if not np.isnan(float(effect)):
            effects.setdefault(str(family), {})[str(group)] = float(effect)
    return effects
