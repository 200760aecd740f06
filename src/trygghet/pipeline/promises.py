"""Promises of a wave: where they lie, and how they are seeded from what the screen let through."""

from collections.abc import Iterator
from pathlib import Path

from trygghet.errors import Problem, ProjectError
from trygghet.pipeline.messages.message import counted
from trygghet.pipeline.project import Project
from trygghet.pipeline.reporting import wave_look, wave_report
from trygghet.promise import edited_drafts, promise_gaps, read_promises
from trygghet.report import write_promise_seed


def newest_wave(project: Project) -> str:
    """Name the last declared wave that has been through the screen.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    str
        Name of the wave.

    Raises
    ------
    ProjectError
        PROJ-06 when no wave has.
    """
    for wave in reversed(project.params.waves):
        if project.paths.wave(wave).screened.is_dir():
            return wave
    raise ProjectError(
        Problem(
            code="PROJ-06",
            what="The promises need screened results, which have not been made.",
            remedy="Run all stages in order: trygghet run.",
            facts={"stage": "promise seed", "file": "data/joint/screened"},
        )
    )


def promise_folder(project: Project, wave: str) -> Path:
    """Name the folder of a wave's promises.

    Parameters
    ----------
    project : Project
        The project.
    wave : str
        Name of the wave.

    Returns
    -------
    Path
        Folder of ``promises.yaml`` and ``lofte_utkast.docx``.
    """
    return project.paths.wave(wave).reports / "promise"


def seed_wave(project: Project, wave: str) -> tuple[str, ...]:
    """Write the promises of a wave.

    Parameters
    ----------
    project : Project
        The project.
    wave : str
        Name of the wave.

    Returns
    -------
    tuple of str
        What the analyst is told, line by line.

    Raises
    ------
    TrygghetError
        When nothing is screened, the wave has no priorities, or the file that the group edited is wrong.
    """
    from trygghet.pipeline.stages import made

    folder = promise_folder(project, wave)
    content = wave_report(project, made(project.paths.wave(wave).screened, "promise seed"))
    look, declared = wave_look(project), project.params.promise.indicators
    written = write_promise_seed(content, folder, look=look, declared=declared)
    return tuple(_told(project, folder, written))


def _told(project: Project, folder: Path, written: tuple[Path, ...]) -> Iterator[str]:
    """Say what was written, what was left alone, and what remains to decide."""
    edited = [name for name in edited_drafts(folder) if name not in {path.name for path in written}]
    for path in written:
        yield f"Klart: {path.relative_to(project.paths.root)}"
    for name in edited:
        yield f"[INFO] {name} har ni ändrat i. Den är orörd; det nya ligger bredvid."
    book = read_promises(written[0])
    gaps = promise_gaps(book)
    undecided = sum(gap.kind == "undecided" for gap in gaps)
    missing = sum(gap.kind == "missing" for gap in gaps)
    if undecided:
        yield f"Att bestämma: vilka av {counted(undecided, 'område', 'områden')} som blir fokusområden (chosen i {written[0].name})."
    if missing:
        yield f"Att fylla i: {missing} fält. trygghet doctor räknar upp dem."
