"""The commands that look after what has been published: does it still hold, and what goes when a wave's time is up."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from trygghet.pipeline.command_line import Command
from trygghet.pipeline.erasure import Erasure
from trygghet.pipeline.guard import guarded
from trygghet.pipeline.verifying import Verdict

_ROOT = click.option(
    "--root", default=None, type=click.Path(path_type=Path), metavar="MAPP", help="Projektets mapp."
)
_LINKS = {
    ("file", "holds"): "[OK] Filen är densamma som när den skrevs.",
    ("file", "broken"): "[STOPP] Filen har ändrats eller tagits bort sedan den skrevs.",
    ("input", "holds"): "[OK] {detail} är densamma.",
    ("input", "broken"): "[STOPP] {detail} har ändrats eller saknas.",
    ("erased", "unknown"): "[INFO] Svarsfilerna för {detail} är gallrade och går inte att jämföra med.",
    ("parameters", "holds"): "[OK] Inställningarna är desamma.",
    ("parameters", "broken"): "[STOPP] Inställningen {detail} har ändrats.",
    ("program", "unknown"): "[INFO] Programmet har bytt version sedan dess: {detail}.",
    ("screened", "holds"): "[OK] De röjandekontrollerade resultaten ger samma fil igen.",
    ("screened", "broken"): "[STOPP] De röjandekontrollerade resultaten ger inte längre samma fil.",
    ("screened", "unknown"): "[INFO] De röjandekontrollerade resultaten finns inte kvar.",
}


@click.command(cls=Command)
@click.argument("figure", metavar="FIGUR")
@_ROOT
def verify(figure: str, root: Path | None) -> None:
    """Ger data och inställningar fortfarande den här figuren? FIGUR är en figur, tabell eller sida i reports."""
    from trygghet.pipeline.runner import open_project
    from trygghet.pipeline.verifying import verify as look

    where = root or _project_of(Path(figure))
    held = []

    def work() -> None:
        verdict = look(open_project(where), figure)
        held.append(verdict.holds)
        click.echo("\n".join(_verdict(verdict)))

    code = guarded(work, root=where, stage="trygghet verify")
    sys.exit(code or (0 if all(held) else 1))


def _project_of(path: Path) -> Path:
    """The project that a file lies in; else the folder that one stands in."""
    for folder in path.resolve().parents:
        if (folder / "params.yaml").is_file():
            return folder
    return Path()


def _verdict(verdict: Verdict) -> Iterator[str]:
    number = f", {verdict.diarienummer}" if verdict.diarienummer else ""
    yield f"{verdict.name} i rapporten {verdict.wave}{number}"
    for finding in verdict.findings:
        yield _LINKS[finding.link, finding.answer].format(detail=finding.detail)
    erased = any(finding.link == "erased" for finding in verdict.findings)
    if not verdict.holds:
        yield "Stämmer inte: se raderna med [STOPP]. Kör trygghet run om filen ska göras om."
    elif erased:
        yield "Stämmer, så långt det går att kontrollera när svarsfilerna är gallrade."
    else:
        yield "Stämmer: data och inställningar ger fortfarande den här filen."


@click.command(cls=Command)
@click.argument("wave", metavar="MÄTNING")
@click.option("--ja", "agreed", is_flag=True, help="Gallra utan att fråga.")
@_ROOT
def gallra(wave: str, agreed: bool, root: Path | None) -> None:  # noqa: FBT001 - click gives the flag by name
    """Gallra MÄTNING: ta bort svarsfiler, bearbetade filer och deras DVC-kopior. Det som är publicerat blir kvar."""
    where = root or Path()

    def work() -> None:
        from trygghet.pipeline.erasure import erase, plan_erasure
        from trygghet.pipeline.lock import exclusive
        from trygghet.pipeline.runner import open_project

        paths = open_project(where).paths
        with exclusive(where):
            plan = plan_erasure(paths, wave)
            click.echo("\n".join(_plan(plan, where)))
            if not agreed:
                answer = click.prompt("Skriv mätningens namn för att gallra", default="", show_default=False)
                if answer.strip() != wave:
                    click.echo("Avbrutet. Inget har ändrats.")
                    return
            erase(paths, plan)
        click.echo(
            f"Klart: mätningen {wave} är gallrad. Ta bort den under waves i params.yaml, också som previous."
        )

    sys.exit(guarded(work, root=where, stage="trygghet gallra"))


def _plan(plan: Erasure, root: Path) -> Iterator[str]:
    from trygghet.claims.numbers_sv import count, number

    yield f"Att gallra i mätningen {plan.wave} ({number(plan.size / 1e6, 1)} MB):"
    for path in plan.files:
        yield f"  {path.relative_to(root).as_posix()}"
    if plan.cached:
        yield f"  {count(len(plan.cached))} kopior i DVC:s lager (.dvc/cache)"
    if plan.published:
        yield f"Kvar blir: reports/{plan.wave} och de röjandekontrollerade resultaten. trygghet verify fungerar fortfarande."
    else:
        yield "[VARNING] Mätningen har ingen utskriven rapport. Kör trygghet run först om något ska finnas kvar."
    if plan.in_history:
        yield "[VARNING] Filerna finns också i git-historiken. Den gallras inte här: tala med den som sköter versionshanteringen."
    for name in plan.remotes:
        yield f"[VARNING] DVC:s fjärrlager {name} kan ha kopior. De gallras inte här."
    yield "Säkerhetskopior och synkade mappar gallras inte här."
