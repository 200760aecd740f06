"""The command that lays out a municipality's own project."""

import datetime as dt
import sys
from pathlib import Path

import click

from trygghet.pipeline.command_line import Command
from trygghet.pipeline.guard import guarded
from trygghet.pipeline.messages.message import counted


@click.command(cls=Command)
@click.argument("folder", metavar="MAPP", type=click.Path(path_type=Path, file_okay=False))
@click.option("--kommun", prompt="Kommunens namn", help="Kommunens namn, som det ska stå i rapporten.")
@click.option(
    "--wave", "--mätning", "wave", default="", metavar="ÅR", help="Den första mätningen; annars årets."
)
@click.option("--diarienummer", default="", help="Diarienummer; kan fyllas i senare.")
@click.option(
    "--datum",
    metavar="ÅÅÅÅ-MM-DD",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="Rapportens datum; annars i dag.",
)
@click.option("--dvc", is_flag=True, help="Skriv också stegen för DVC.")
@click.option("--utan-prova", is_flag=True, help="Lägg inte till den påhittade kommunen att prova på.")
def init(
    *,
    folder: Path,
    kommun: str,
    wave: str,
    diarienummer: str,
    datum: dt.datetime | None,
    dvc: bool,
    utan_prova: bool,
) -> None:
    """Gör ett eget projekt i MAPP. Det som redan finns där ändras aldrig."""

    def work() -> None:
        from trygghet.pipeline.new_project import NewProject, lay_out, planned_files

        day = datum.date() if datum else dt.datetime.now().astimezone().date()
        project = NewProject(
            kommun, wave or str(day.year), day, diarienummer=diarienummer, dvc=dvc, trial=not utan_prova
        )
        done = lay_out(folder, planned_files(project))
        for path in done.kept:
            click.echo(f"Fanns redan, ändrades inte: {path}")
        click.echo(
            f"Klart: {counted(len(done.written), 'fil', 'filer')} i {folder}. Börja med {folder / 'LASMIG.md'}."
        )

    folder_exists = folder if folder.is_dir() else folder.parent
    sys.exit(guarded(work, root=folder_exists, stage="trygghet init"))
