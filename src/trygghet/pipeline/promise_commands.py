"""The command that proposes promises: the record to fill in and the draft to discuss."""

import sys
from pathlib import Path

import click

from trygghet.pipeline.command_line import Group
from trygghet.pipeline.guard import guarded


@click.group(cls=Group)
def promise() -> None:
    """Underlag till medborgarlöfte."""


@promise.command()
@click.argument("wave", metavar="[MÄTNING]", required=False)
@click.option(
    "--root", default=Path(), type=click.Path(path_type=Path), metavar="MAPP", help="Projektets mapp."
)
def seed(wave: str | None, root: Path) -> None:
    """Skriv promises.yaml och lofte_utkast.docx för MÄTNING (annars den senaste); det som ni har fyllt i följer med."""

    def work() -> None:
        from trygghet.pipeline.lock import exclusive
        from trygghet.pipeline.promises import newest_wave, seed_wave
        from trygghet.pipeline.runner import open_project

        project = open_project(root)
        asked = project.declared(wave) if wave else newest_wave(project)
        with exclusive(root):
            click.echo("\n".join(seed_wave(project, asked)))

    sys.exit(guarded(work, root=root, stage="trygghet promise seed"))
