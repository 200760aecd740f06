"""Which stages there are, in which order they run, and how one of them runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from trygghet._files import write_json
from trygghet.pipeline import stages
from trygghet.pipeline.params import read_params
from trygghet.pipeline.paths import ProjectPaths
from trygghet.pipeline.project import Project

Metrics = Mapping[str, float | int | str]

WAVE_STAGES: Mapping[str, Callable[[Project, str], Metrics]] = {
    "ingest": stages.ingest,
    "weight": stages.weight,
    "estimate": stages.estimate,
    "rank": stages.rank,
}
JOINT_STAGES: Mapping[str, Callable[[Project], Metrics]] = {
    "follow": stages.follow,
    "claim": stages.claim,
    "screen": stages.screen,
}
REPORT_STAGES: Mapping[str, Callable[[Project, str], Metrics]] = {"report": stages.report}
STAGES = (*WAVE_STAGES, *JOINT_STAGES, *REPORT_STAGES)


@dataclass(frozen=True, slots=True)
class Task:
    """A stage, and the wave that it works on unless it works on all of them.

    Parameters
    ----------
    stage : str
        One of ``STAGES``.
    wave : str or None
        Name of a wave of ``params.yaml``.
    """

    stage: str
    wave: str | None = None


def open_project(root: Path) -> Project:
    """Read a project's parameters.

    Parameters
    ----------
    root : Path
        Project folder.

    Returns
    -------
    Project
        Its paths and parameters.

    Raises
    ------
    ProjectError
        When the folder holds no usable ``params.yaml``.
    """
    paths = ProjectPaths(root)
    return Project(paths=paths, params=read_params(paths.params))


def all_tasks(project: Project) -> tuple[Task, ...]:
    """List every stage of every wave in the order in which they can run.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    tuple of Task
        The tasks in order.
    """
    waves = project.params.waves
    return (
        *(Task(stage, wave) for wave in waves for stage in WAVE_STAGES),
        *(Task(stage) for stage in JOINT_STAGES),
        *(Task(stage, wave) for wave in waves for stage in REPORT_STAGES),
    )


def run_task(project: Project, task: Task) -> None:
    """Run one stage and write its metrics.

    Parameters
    ----------
    project : Project
        The project.
    task : Task
        The stage and its wave.

    Raises
    ------
    TrygghetError
        Whatever stopped the stage; :class:`~trygghet.errors.ProjectError` when the wave is not declared.
    """
    if task.stage in JOINT_STAGES:
        write_json(project.paths.joint_metrics(task.stage), dict(JOINT_STAGES[task.stage](project)))
        return
    wave = project.declared(task.wave)
    metrics = {**WAVE_STAGES, **REPORT_STAGES}[task.stage](project, wave)
    write_json(project.paths.wave(wave).metrics(task.stage), dict(metrics))
