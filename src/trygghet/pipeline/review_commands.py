"""The command that holds a draft against the survey."""

import sys
from pathlib import Path

import click

from trygghet.pipeline.command_line import Command
from trygghet.pipeline.guard import guarded


@click.command(cls=Command)
@click.argument("draft", metavar="UTKAST", type=click.Path(path_type=Path))
@click.option(
    "--wave",
    "--mätning",
    "wave",
    metavar="ÅR",
    default=None,
    help="Mätning att pröva mot; annars den sista i params.yaml.",
)
@click.option(
    "--root", default=Path(), type=click.Path(path_type=Path), metavar="MAPP", help="Projektets mapp."
)
def review(draft: Path, wave: str | None, root: Path) -> None:
    """Pröva meningarna i UTKAST (.txt eller .docx) mot mätningen: vad som har stöd, saknar stöd eller motsägs."""

    def work() -> None:
        from trygghet.claims.drafts import check_text
        from trygghet.pipeline.draft_text import draft_text
        from trygghet.pipeline.review import screened_evidence
        from trygghet.pipeline.runner import open_project
        from trygghet.pipeline.stages import made

        project = open_project(root)
        name = project.declared(wave or list(project.params.waves)[-1])
        text = draft_text(draft)
        made(project.paths.wave(name).screened, "granska")
        told = check_text(text, screened_evidence(project, name))
        click.echo(f"Granskning av {draft.name} mot mätningen {name}\n")
        click.echo("\n\n".join(str(told).splitlines()))

    sys.exit(guarded(work, root=root, stage="trygghet granska"))
