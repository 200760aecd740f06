"""The command line, in Swedish."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
from tqdm import tqdm

from trygghet.errors import TrygghetError
from trygghet.pipeline.codebook_commands import codebook
from trygghet.pipeline.margins_commands import margins
from trygghet.pipeline.release_commands import release

_UNEXPECTED = (
    "[STOPP] Ett fel i programmet stoppade körningen.\n"
    "        Var: {stage}\n"
    "        Gör så här: skicka filen {log} till den som sköter programmet. Den innehåller inga svar. (FEL-01)"
)


@click.group(context_settings={"help_option_names": ["-h", "--help", "--hjälp"]})
@click.version_option(package_name="trygghet", prog_name="trygghet", message="%(prog)s %(version)s")
def main() -> None:
    """Från trygghetsundersökning till underlag för lägesbild och medborgarlöfte."""


main.add_command(codebook)
main.add_command(margins)
main.add_command(release)


@main.command()
@click.argument("folder", metavar="[MAPP]", default=None, required=False, type=click.Path(path_type=Path))
@click.option(
    "--root", default=None, type=click.Path(path_type=Path), help="Projektets mapp (samma som MAPP)."
)
def run(folder: Path | None, root: Path | None) -> None:
    """Kör alla steg för alla vågor i projektets MAPP (annars den mapp du står i)."""
    from trygghet.pipeline.runner import all_tasks, open_project, run_task

    where = folder or root or Path()

    def work() -> None:
        project = open_project(where)
        tasks = all_tasks(project)
        for task in tqdm(tasks, desc="Lägesbild", unit="steg", disable=None, leave=False):
            run_task(project, task)
        for wave in project.params.waves:
            click.echo(f"Klart: {project.paths.wave(wave).reports / 'lagesbild.html'}")

    sys.exit(guarded(work, root=where, stage="trygghet run"))


def guarded(work: Callable[[], None], *, root: Path, stage: str) -> int:
    """Run some work and turn its errors into messages for the analyst; English and tracebacks go to the log.

    Parameters
    ----------
    work : callable
        What to run.
    root : Path
        Project folder; the log is written there.
    stage : str
        What is running, for the message.

    Returns
    -------
    int
        Exit code: 0, 1 after an error that was explained, 2 after one that nobody foresaw.
    """
    from trygghet.pipeline.log import log_to, record
    from trygghet.pipeline.messages import render

    with log_to(root) as log:
        try:
            work()
        except TrygghetError as error:
            record(error, stage=stage, text=str(error))
            click.echo(render(error), err=True)
            return 1
        except Exception as error:  # noqa: BLE001 - the last door before the analyst: nobody wants a traceback there
            record(error, stage=stage, text="(message left out: it might hold an answer)")
            click.echo(_UNEXPECTED.format(stage=stage, log=log.name), err=True)
            return 2
    return 0
