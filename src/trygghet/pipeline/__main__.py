"""``python -m trygghet.pipeline STAGE [WAVE] [--root DIR]``: one stage, as DVC calls it."""

import gc
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
    gc.set_threshold(50_000, 20, 20)  # many objects and few cycles: collecting less often saves a tenth

    def work() -> None:
        project = open_project(root)
        with exclusive(root):
            run_task(project, Task(stage, wave))

    sys.exit(guarded(work, root=root, stage=stage))


stage_command()
