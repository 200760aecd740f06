"""``python -m trygghet.pipeline STAGE [WAVE] [--root DIR]``: one stage, as DVC calls it."""

import sys
from pathlib import Path

import click

from trygghet.pipeline.guard import guarded
from trygghet.pipeline.runner import STAGES, Task, open_project, run_task


@click.command()
@click.argument("stage", type=click.Choice(list(STAGES)))
@click.argument("wave", required=False)
@click.option("--root", default=".", type=click.Path(path_type=Path))
def stage_command(stage: str, wave: str | None, root: Path) -> None:
    """Run one stage."""
    sys.exit(guarded(lambda: run_task(open_project(root), Task(stage, wave)), root=root, stage=stage))


stage_command()
