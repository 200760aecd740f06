"""What a new project folder holds, before anything is written."""

import datetime as dt
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from trygghet.codebook import questionnaire
from trygghet.report import Stamp
from trygghet.report.questionnaire import questionnaire_docx
from trygghet.report.wording import Wording

_TEMPLATES = {
    "params.yaml": "params.yaml",
    "projekt.yaml": "projekt.yaml",
    "LASMIG.md": "lasmig.md",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    "data/released.json": "released.json",
}
_FOR_DVC = {
    "dvc.yaml": "dvc.yaml",
    ".dvc/config": "dvc_config",
    ".dvc/.gitignore": "dvc_gitignore",
    ".dvcignore": "dvcignore",
}
_TRIAL_WAVES = ("2024", "2026")
_TRIAL = "prova"


@dataclass(frozen=True, slots=True)
class NewProject:
    """What a new project is called.

    Parameters
    ----------
    municipality : str
        Name of the municipality.
    wave : str
        Name of its first survey, mostly a year.
    date : date
        What stands on the first report.
    diarienummer : str
        Registry number; may be filled in later.
    dvc : bool
        Whether the stages are also written for DVC.
    trial : bool
        Whether the folder holds a municipality to try on.
    """

    municipality: str
    wave: str
    date: dt.date
    diarienummer: str = ""
    dvc: bool = False
    trial: bool = True


def planned_files(project: NewProject) -> dict[str, bytes]:
    """List the files of a new project.

    Parameters
    ----------
    project : NewProject
        What it is called.

    Returns
    -------
    dict of str to bytes
        Content by path in the project folder.
    """
    templates = _TEMPLATES | (_FOR_DVC if project.dvc else {})
    planned = {path: _filled(name, project) for path, name in templates.items()}
    form = questionnaire()
    stamp = Stamp(project.municipality, project.diarienummer, project.date, "")
    text = form.codebook_text(municipality=project.municipality, wave=project.wave)
    planned[f"data/raw/{project.wave}/codebook_mall.yaml"] = text.encode("utf-8")
    if not project.dvc:
        planned["LASMIG.md"] = _without(planned["LASMIG.md"], "dvc")
    planned["enkat/frageformular.docx"] = questionnaire_docx(form, stamp, Wording())
    if project.trial:
        return planned | _trial_files(project)
    planned["LASMIG.md"] = _without(planned["LASMIG.md"], "prova")
    return planned


def _without(text: bytes, word: str) -> bytes:
    """Leave out the lines that speak of what the project does not have."""
    lines = text.decode("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if word not in line.lower()).encode("utf-8")


def _trial_files(project: NewProject) -> dict[str, bytes]:
    """Two waves of a municipality that does not exist, ready to run."""
    from trygghet.datasets import exempelstad, write_wave

    planned = {f"{_TRIAL}/params.yaml": _filled("trial_params.yaml", project)}
    with tempfile.TemporaryDirectory() as folder:
        for wave in _TRIAL_WAVES:
            write_wave(exempelstad(wave), Path(folder) / wave)
        for path in sorted(Path(folder).rglob("*.*")):
            inside = path.relative_to(folder).as_posix()
            planned[f"{_TRIAL}/data/raw/{inside}"] = path.read_bytes()
    return planned


def _filled(name: str, project: NewProject) -> bytes:
    text = (files("trygghet.pipeline.new_project") / "templates" / name).read_text(encoding="utf-8")
    for key, value in {
        "municipality": project.municipality,
        "wave": project.wave,
        "date": project.date.isoformat(),
        "diarienummer": project.diarienummer,
    }.items():
        written = value.replace("\\", "\\\\").replace('"', '\\"') if name.endswith(".yaml") else value
        text = text.replace(f"{{{{{key}}}}}", written)
    return text.encode("utf-8")
