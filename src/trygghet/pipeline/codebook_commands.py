"""Commands for codebooks: draft, check, workbook and comparison of waves."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trygghet.errors import TrygghetError
from trygghet.pipeline.command_line import Group
from trygghet.pipeline.guard import guarded

if TYPE_CHECKING:
    from trygghet.pipeline.new_wave import AddedWave

_WORTH = {
    "comparable": "jämförbar",
    "with_caution": "jämförbar med försiktighet",
    "not_comparable": "inte jämförbar",
    "new": "ny",
    "closed": "borttagen",
}
_CHANGE = {
    "wording": "ordalydelse",
    "scale": "svarsskala",
    "codes": "kodnummer",
    "missing": "bortfallskoder",
    "base": "bas",
    "counts": "svar som räknas",
    "version": "version",
    "source": "källfråga",
    "options": "alternativ",
    "choose": "antal val",
    "period": "referensperiod",
    "break": "angivet tidsseriebrott",
}
_FILE = click.Path(path_type=Path)
_HERE = Path()


@click.group(cls=Group)
def codebook() -> None:
    """Gör, granska och jämför kodböcker."""


@codebook.command()
@click.argument("survey", metavar="FIL", type=_FILE)
@click.option(
    "--out", type=_FILE, default=None, metavar="FIL", help="Fil att skriva till (annars skrivs utkastet ut)."
)
@click.option(
    "--wave", "--mätning", "wave", default="", metavar="ÅR", help="Lägg in FIL som denna mätning i projektet."
)
@click.option("--root", type=_FILE, default=Path(), metavar="MAPP", help="Projektets mapp, med --wave.")
def draft(survey: Path, out: Path | None, *, wave: str, root: Path) -> None:
    """Skriv ett kommenterat utkast till kodbok från FIL; med --wave läggs FIL också in i projektet."""

    def work() -> None:
        from trygghet._files import write_text
        from trygghet.ingest import draft_codebook
        from trygghet.pipeline.new_wave import add_wave, free_path

        if wave:
            click.echo("\n".join(_told(add_wave(root, survey, wave))))
        elif out is None:
            click.echo(draft_codebook(survey), nl=False)
        else:
            write_text(free_path(out), draft_codebook(survey))
            click.echo(f"Klart: {out}")

    sys.exit(guarded(work, root=root, stage="trygghet codebook draft"))


def _told(added: "AddedWave") -> Iterator[str]:
    """What entering a wave did, and what is left to do."""
    from trygghet.pipeline.messages.message import counted

    yield f"Kodboken är ett utkast: {added.codebook}"
    if added.marks:
        questions = counted(len(added.marks), "fråga", "frågor")
        yield f"Den har {questions} till dig (rader med check:). Svara genom att rätta det som är fel och ta bort raden."
    yield from (f"Inställt i params.yaml: {setting}" for setting in added.settings)
    yield "Kontrollera sedan med: trygghet doctor"


@codebook.command()
@click.argument("book", metavar="KODBOK", type=_FILE)
@click.argument("survey", metavar="FIL", type=_FILE)
def check(book: Path, survey: Path) -> None:
    """Lista allt som är fel i KODBOK, eller i FIL enligt kodboken."""

    def work() -> None:
        from trygghet.ingest import violations
        from trygghet.pipeline.messages import render

        problems = violations(book, survey)
        if problems:
            click.echo(render(TrygghetError(*problems)))
            click.echo(f"\n{len(problems)} fel.")
            sys.exit(1)
        click.echo("Inga fel: filen kan läsas med kodboken.")

    sys.exit(guarded(work, root=_HERE, stage="trygghet codebook check"))


@codebook.command()
@click.argument("book", metavar="KODBOK", type=_FILE)
@click.argument("out", metavar="XLSX", type=_FILE)
def xlsx(book: Path, out: Path) -> None:
    """Skriv KODBOK (yaml) som arbetsboken XLSX."""

    def work() -> None:
        from trygghet.codebook import Codebook
        from trygghet.ingest import write_kodbok

        write_kodbok(Codebook.read(book), out)
        click.echo(f"Klart: {out}")

    sys.exit(guarded(work, root=_HERE, stage="trygghet codebook xlsx"))


@codebook.command()
@click.argument("book", metavar="XLSX", type=_FILE)
@click.argument("out", metavar="YAML", type=_FILE)
def yaml(book: Path, out: Path) -> None:
    """Skriv arbetsboken XLSX som kodbok i YAML."""

    def work() -> None:
        from trygghet._files import write_text
        from trygghet.ingest import read_kodbok

        write_text(out, read_kodbok(book).to_text())
        click.echo(f"Klart: {out}")

    sys.exit(guarded(work, root=_HERE, stage="trygghet codebook yaml"))


@codebook.command()
@click.argument("old", metavar="TIDIGARE", type=_FILE)
@click.argument("new", metavar="SENARE", type=_FILE)
def diff(old: Path, new: Path) -> None:
    """Visa vad som skiljer två mätningars kodböcker, och vad som går att jämföra."""

    def work() -> None:
        from trygghet.codebook import Codebook

        changes = Codebook.read(new).diff(Codebook.read(old))
        for change in changes:
            if change.changes or change.comparability in {"new", "closed"}:
                what = ", ".join(_CHANGE[part] for part in change.changes)
                worth = _WORTH[change.comparability]
                click.echo(f"{change.name or change.was}: {worth}{f' ({what})' if what else ''}")
        same = sum(not change.changes and change.comparability == "comparable" for change in changes)
        click.echo(f"{same} utan ändring.")

    sys.exit(guarded(work, root=_HERE, stage="trygghet codebook diff"))


@codebook.command()
@click.argument("book", metavar="KODBOK", type=_FILE)
@click.argument("out", metavar="XLSX", type=_FILE)
def published(book: Path, out: Path) -> None:
    """Skriv en mall för siffror ur en tryckt rapport, med KODBOKENs frågor."""

    def work() -> None:
        from trygghet.codebook import Codebook
        from trygghet.pipeline.new_wave import free_path
        from trygghet.waves import write_published_template

        read = Codebook.read(book)
        write_published_template(free_path(out), {name: each.label for name, each in read.indicators.items()})
        click.echo(f"Klart: {out}. Fyll i en rad för varje siffra i rapporten.")

    sys.exit(guarded(work, root=_HERE, stage="trygghet codebook published"))
