"""Entering a survey file as a wave of a project: the file, a draft of its codebook, and settings that fit."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from trygghet._files import atomic_path, write_text
from trygghet.codebook import Codebook
from trygghet.errors import Problem, ProjectError
from trygghet.ingest import draft_codebook
from trygghet.pipeline.new_project import enter_wave
from trygghet.pipeline.paths import ProjectPaths


@dataclass(frozen=True, slots=True)
class AddedWave:
    """What entering a wave did.

    Parameters
    ----------
    codebook : Path
        The draft.
    marks : tuple of str
        Places where the analyst must answer.
    settings : tuple of str
        Settings that were filled in.
    """

    codebook: Path
    marks: tuple[str, ...]
    settings: tuple[str, ...]


def add_wave(root: Path, survey: Path, wave: str) -> AddedWave:
    """Copy a survey file into a project, draft its codebook and fill in the settings that fit.

    Parameters
    ----------
    root : Path
        Project folder.
    survey : Path
        The survey file; it may lie in the wave's folder already.
    wave : str
        Name of the wave.

    Returns
    -------
    AddedWave
        The draft, its marks and the settings.

    Raises
    ------
    ProjectError
        PROJ-01 when the folder is no project, PROJ-21 when the wave has a codebook or another file of that name.
    IngestError
        When the file cannot be read.
    """
    paths = ProjectPaths(root)
    if not paths.params.is_file():
        raise ProjectError(
            Problem(
                code="PROJ-01",
                what=f"{paths.params.name} is missing.",
                remedy="Lay out a project first: trygghet init DIR.",
                facts={"file": paths.params.name, "folder": root.resolve().name},
            )
        )
    folder = paths.wave(wave).raw
    codebook, inside = free_path(paths.wave(wave).codebook), folder / survey.name
    text = draft_codebook(survey, wave=wave)
    if not (inside.exists() and survey.exists() and inside.samefile(survey)):
        with atomic_path(free_path(inside)) as temporary:
            shutil.copyfile(survey, temporary)
    write_text(codebook, text)
    book = Codebook.from_text(text)
    return AddedWave(codebook, tuple(book.marks), enter_wave(paths.params, wave, survey.name, book=book))


def free_path(path: Path) -> Path:
    """Return a path where nothing is yet.

    Parameters
    ----------
    path : Path
        File to write.

    Returns
    -------
    Path
        The same path.

    Raises
    ------
    ProjectError
        PROJ-21 when something is there.
    """
    if path.exists():
        raise ProjectError(
            Problem(
                code="PROJ-21",
                what=f"{path.name} exists and is not overwritten.",
                remedy="Use the one that is there, or move it.",
                facts={"file": path.name, "folder": path.parent.as_posix()},
            )
        )
    return path
