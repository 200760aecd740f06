"""The command line, in Swedish."""

import sys
from pathlib import Path

import click
from tqdm import tqdm

from trygghet.pipeline.codebook_commands import codebook
from trygghet.pipeline.command_line import Group
from trygghet.pipeline.doctor_commands import doctor
from trygghet.pipeline.guard import guarded
from trygghet.pipeline.init_commands import init
from trygghet.pipeline.keeping_commands import gallra, verify
from trygghet.pipeline.lock import exclusive
from trygghet.pipeline.margins_commands import margins
from trygghet.pipeline.promise_commands import promise
from trygghet.pipeline.release_commands import release
from trygghet.pipeline.review_commands import review

_DOING = {
    "ingest": "Läser enkäten",
    "weight": "Väger svaren",
    "estimate": "Räknar",
    "rank": "Rangordnar",
    "follow": "Jämför mätningar",
    "claim": "Prövar meningar",
    "screen": "Röjandekontroll",
    "report": "Skriver rapporten",
}


@click.group(cls=Group)
@click.version_option(
    package_name="trygghet", prog_name="trygghet", message="%(prog)s %(version)s", help="Visa versionen."
)
def main() -> None:
    """Från trygghetsundersökning till underlag för lägesbild och medborgarlöfte."""


main.add_command(init)
main.add_command(codebook)
main.add_command(margins)
main.add_command(doctor)


@main.command()
@click.argument("folder", metavar="[MAPP]", default=None, required=False, type=click.Path(path_type=Path))
@click.option(
    "--root",
    default=None,
    type=click.Path(path_type=Path),
    metavar="MAPP",
    help="Projektets mapp, på ett annat sätt.",
)
def run(folder: Path | None, root: Path | None) -> None:
    """Kör alla steg för alla mätningar i projektets MAPP (annars den mapp du står i)."""
    from trygghet.pipeline.erasure import refuse_erased
    from trygghet.pipeline.runner import all_tasks, open_project, run_task

    where = folder or root or Path()

    def work() -> None:
        project = open_project(where)
        refuse_erased(project)
        with exclusive(where), tqdm(all_tasks(project), unit="steg", disable=None, leave=False) as tasks:
            for task in tasks:
                tasks.set_description_str(f"{_DOING[task.stage]} {task.wave or ''}".rstrip())
                run_task(project, task)
        for wave in project.params.waves:
            click.echo(f"Klart: {project.paths.wave(wave).reports / 'lagesbild.html'}")

    sys.exit(guarded(work, root=where, stage="trygghet run"))


main.add_command(promise)
main.add_command(review, "granska")
main.add_command(verify)
main.add_command(release)
main.add_command(gallra)
