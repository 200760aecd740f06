"""One stage as a command."""

import sys
from pathlib import Path

import click

from trygghet.pipeline.guard import guarded
from trygghet.pipeline.lock import exclusive
from trygghet.pipeline.runner import STAGES, Task, open_project, run_task


@click.command()
@click.argument("stage", type=click.Choice(list(STAGES)))
@click.argument("wave", required=False)
@click.option("--root", default=".", type=click.Path(path_type=Path))
def stage_command(stage: str, wave: str | None, root: Path) -> None:
    """Run one stage."""

    def work() -> None:
        project = open_project(root)
        with exclusive(root):
            run_task(project, Task(stage, wave))

    sys.exit(guarded(work, root=root, stage=stage))
