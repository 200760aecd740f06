"""The command that enters a published edition into the registry of released cells."""

import sys
from pathlib import Path

import click

from trygghet.pipeline.command_line import Command
from trygghet.pipeline.guard import guarded


@click.command(cls=Command)
@click.argument("edition", metavar="UTGÅVA")
@click.option(
    "--root", default=Path(), type=click.Path(path_type=Path), metavar="MAPP", help="Projektets mapp."
)
def release(edition: str, root: Path) -> None:
    """Anteckna att UTGÅVA är publicerad, så att nästa utgåva inte röjer det som den här dolde."""

    def work() -> None:
        from trygghet.pipeline.editions import REGISTRY
        from trygghet.pipeline.editions import release as enter
        from trygghet.pipeline.lock import exclusive
        from trygghet.pipeline.runner import open_project

        with exclusive(root):
            count = enter(open_project(root), edition)
        click.echo(
            f"Utgåvan {edition} är antecknad i {REGISTRY.as_posix()} ({count} uppgifter). Lägg filen i versionshanteringen."
        )

    sys.exit(guarded(work, root=root, stage="trygghet release"))
