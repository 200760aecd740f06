"""Does a published file still follow from data and parameters? Each link from the raw file to the picture is looked at."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from trygghet._files import sha256_of
from trygghet.errors import Problem, ProjectError, TrygghetError
from trygghet.pipeline.erasure import erased_waves
from trygghet.pipeline.params import Params
from trygghet.pipeline.project import Project

Answer = Literal["holds", "broken", "unknown"]
_MANIFEST = "manifest.json"
_SECTIONS = ("weighting", "estimate", "ranking", "claims", "disclosure", "report")


@dataclass(frozen=True, slots=True)
class Finding:
    """One link between the raw file and the picture.

    Parameters
    ----------
    link : {"file", "input", "parameters", "program", "screened", "erased"}
        Which link.
    answer : {"holds", "broken", "unknown"}
        Whether it holds; unknown where nothing is left to compare with.
    detail : str
        File, parameter or program that it is about.
    """

    link: Literal["file", "input", "parameters", "program", "screened", "erased"]
    answer: Answer
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of one published file.

    Parameters
    ----------
    wave, name : str
        Wave, and the file's name within the wave's report.
    diarienummer : str
        Registry number that it was published under.
    findings : tuple of Finding
        Link by link.
    """

    wave: str
    name: str
    diarienummer: str
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether no link is broken."""
        return all(finding.answer != "broken" for finding in self.findings)


def verify(project: Project, asked: str) -> Verdict:
    """Look at every link from the raw file to a published file.

    Parameters
    ----------
    project : Project
        The project.
    asked : str
        Path of the file, or its name with or without ending.

    Returns
    -------
    Verdict
        Link by link.

    Raises
    ------
    ProjectError
        VER-01 when no manifest knows the file; VER-02 when the wave's manifest cannot be read.
    """
    wave, name, manifest = _found(project, asked)
    findings = (
        _file(project, wave, name, manifest=manifest),
        *_inputs(project, wave, manifest),
        *_parameters(project, wave, manifest),
        *_programs(manifest),
        _drawn_again(project, wave, name, manifest=manifest),
    )
    return Verdict(wave, name, str(manifest.get("diarienummer", "")), findings)


def _found(project: Project, asked: str) -> tuple[str, str, Mapping[str, Any]]:
    """The wave, the name and the manifest of a file; of several waves the latest."""
    reports = project.paths.root / "reports"
    manifests = {
        path.parent.name: _manifest(path) for path in sorted(reports.glob(f"*/{_MANIFEST}"), reverse=True)
    }
    for given in (Path(asked), project.paths.root / asked):
        resolved = given.resolve()
        for wave, manifest in manifests.items():
            folder = (reports / wave).resolve()
            if resolved.is_relative_to(folder):
                name = resolved.relative_to(folder).as_posix()
                if name in manifest["outputs"]:
                    return wave, name, manifest
    wanted = Path(asked).name
    for wave, manifest in manifests.items():
        for name in sorted(manifest["outputs"], key=lambda known: not known.endswith(".png")):
            if wanted in {Path(name).name, Path(name).name.split(".")[0]}:
                return wave, name, manifest
    raise ProjectError(
        Problem(
            code="VER-01",
            what=f"No published report knows the file {wanted}.",
            why="Only files that a run has written, and that stand in its manifest, can be verified.",
            remedy="Name a file under reports/<wave>/.",
            facts={"fil": wanted},
        )
    )


def _manifest(path: Path) -> Mapping[str, Any]:
    import json

    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        content["outputs"], content["inputs"], content["parameters"]
    except (ValueError, KeyError, TypeError) as error:
        raise ProjectError(
            Problem(
                code="VER-02",
                what=f"{path.parent.name}/{path.name} cannot be read.",
                why="Without it nothing can be verified.",
                remedy="Run again, or fetch the manifest from where the report was filed.",
                facts={"wave": path.parent.name},
            )
        ) from error
    return content


def _file(project: Project, wave: str, name: str, *, manifest: Mapping[str, Any]) -> Finding:
    path = project.paths.wave(wave).reports / name
    if not path.is_file():
        return Finding("file", "broken", name)
    return Finding("file", "holds" if sha256_of(path) == manifest["outputs"][name] else "broken", name)


def _inputs(project: Project, wave: str, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """The raw files; those of an erased wave can only be named."""
    if wave in erased_waves(project.paths.root):
        yield Finding("erased", "unknown", wave)
        return
    for name, expected in manifest["inputs"].items():
        path = project.paths.inside(f"data/raw/{wave}", name)
        same = path.is_file() and sha256_of(path) == expected
        yield Finding("input", "holds" if same else "broken", name)


def _parameters(project: Project, wave: str, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """Settings that the file depends on and that are different now."""
    import json

    now = json.loads(project.params.model_dump_json())
    then = manifest["parameters"]
    pairs = [(f"waves.{wave}", then["waves"].get(wave), now["waves"].get(wave))]
    if pairs[0][2] is None and wave in erased_waves(project.paths.root):
        pairs = []
    pairs += [(section, then.get(section), now.get(section)) for section in _SECTIONS]
    changed = sorted(key for name, old, new in pairs for key in _changed(name, old, new))
    yield from (Finding("parameters", "broken", key) for key in changed)
    if not changed:
        yield Finding("parameters", "holds")


def _changed(name: str, old: Any, new: Any) -> Iterator[str]:
    """Keys whose value is another, with dots between the levels."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {*old, *new}:
            yield from _changed(f"{name}.{key}", old.get(key), new.get(key))
    elif old != new:
        yield name


def _programs(manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """Programs of another version: the numbers are the same to the last digits that are printed, the bytes need not be."""
    import platform
    from importlib import metadata

    for name, then in manifest.get("versions", {}).items():
        now = platform.python_version() if name == "python" else metadata.version(name)
        if now != then:
            yield Finding("program", "unknown", f"{name} {then} → {now}")


def _drawn_again(project: Project, wave: str, name: str, *, manifest: Mapping[str, Any]) -> Finding:
    """Write the report anew from the screened results, with the settings of then, and compare the file."""
    from trygghet.pipeline.reporting import wave_look, wave_report
    from trygghet.report import write_report

    screened = project.paths.wave(wave).screened
    if not screened.is_dir():
        return Finding("screened", "unknown", name)
    try:
        then = Project(project.paths, Params.model_validate(manifest["parameters"]))
        content = wave_report(then, screened)
        with tempfile.TemporaryDirectory() as made:
            write_report(content, Path(made), look=wave_look(then))
            again = Path(made) / name
            same = again.is_file() and sha256_of(again) == manifest["outputs"][name]
    except (TrygghetError, ValueError, KeyError, OSError):
        return Finding("screened", "broken", name)
    return Finding("screened", "holds" if same else "broken", name)
