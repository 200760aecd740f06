"""Commands for codebooks: draft, check, workbook and comparison of waves."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from trygghet.errors import TrygghetError

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
Result = TypeVar("Result")


def _or_stop(work: Callable[[], Result]) -> Result:
    """Do some work; an error is told in Swedish and ends the command."""
    from trygghet.pipeline.messages import render
    from trygghet.pipeline.storage_errors import locked_file

    try:
        return work()
    except TrygghetError as error:
        click.echo(render(error), err=True)
    except PermissionError as error:
        click.echo(render(locked_file(error, Path())), err=True)
    sys.exit(1)


@click.group()
def codebook() -> None:
    """Gör, granska och jämför kodböcker."""


@codebook.command()
@click.argument("survey", metavar="FIL", type=_FILE)
@click.option("--out", type=_FILE, default=None, help="Fil att skriva till (annars skrivs utkastet ut).")
@click.option("--wave", default="", metavar="ÅR", help="Lägg in FIL som denna mätning i projektet.")
@click.option("--root", type=_FILE, default=Path(), help="Projektets mapp, med --wave.")
def draft(survey: Path, out: Path | None, *, wave: str, root: Path) -> None:
    """Skriv ett kommenterat utkast till kodbok från FIL; med --wave läggs FIL också in i projektet."""
    from trygghet._files import write_text
    from trygghet.ingest import draft_codebook
    from trygghet.pipeline.messages.message import counted
    from trygghet.pipeline.new_wave import add_wave, free_path

    if wave:
        added = _or_stop(lambda: add_wave(root, survey, wave))
        click.echo(f"Kodboken är ett utkast: {added.codebook}")
        click.echo(
            f"Gå igenom {counted(len(added.marks), 'fråga', 'frågor')} till dig (rader med check:) i den."
        )
        for setting in added.settings:
            click.echo(f"Inställt i params.yaml: {setting}")
        click.echo("Kontrollera sedan med: trygghet doctor")
        return
    text = _or_stop(lambda: draft_codebook(survey))
    if out is None:
        click.echo(text, nl=False)
    else:
        _or_stop(lambda: write_text(free_path(out), text))
        click.echo(f"Klart: {out}")


@codebook.command()
@click.argument("book", metavar="KODBOK", type=_FILE)
@click.argument("survey", metavar="FIL", type=_FILE)
def check(book: Path, survey: Path) -> None:
    """Lista allt som är fel i KODBOK, eller i FIL enligt kodboken."""
    from trygghet.ingest import violations
    from trygghet.pipeline.messages import render

    problems = violations(book, survey)
    if problems:
        click.echo(render(TrygghetError(*problems)))
        click.echo(f"\n{len(problems)} fel.")
        sys.exit(1)
    click.echo("Inga fel: filen kan läsas med kodboken.")


@codebook.command()
@click.argument("book", metavar="KODBOK", type=_FILE)
@click.argument("out", metavar="XLSX", type=_FILE)
def xlsx(book: Path, out: Path) -> None:
    """Skriv KODBOK (yaml) som arbetsboken XLSX."""
    from trygghet.codebook import Codebook
    from trygghet.ingest import write_kodbok

    _or_stop(lambda: write_kodbok(Codebook.read(book), out))
    click.echo(f"Klart: {out}")


@codebook.command()
@click.argument("book", metavar="XLSX", type=_FILE)
@click.argument("out", metavar="YAML", type=_FILE)
def yaml(book: Path, out: Path) -> None:
    """Skriv arbetsboken XLSX som kodbok i YAML."""
    from trygghet._files import write_text
    from trygghet.ingest import read_kodbok

    write_text(out, _or_stop(lambda: read_kodbok(book).to_text()))
    click.echo(f"Klart: {out}")


@codebook.command()
@click.argument("old", metavar="TIDIGARE", type=_FILE)
@click.argument("new", metavar="SENARE", type=_FILE)
def diff(old: Path, new: Path) -> None:
    """Visa vad som skiljer två mätningars kodböcker, och vad som går att jämföra."""
    from trygghet.codebook import Codebook

    changes = _or_stop(lambda: Codebook.read(new).diff(Codebook.read(old)))
    for change in changes:
        if change.changes or change.comparability in {"new", "closed"}:
            what = ", ".join(_CHANGE[part] for part in change.changes)
            click.echo(
                f"{change.name or change.was}: {_WORTH[change.comparability]}{f' ({what})' if what else ''}"
            )
    same = sum(not change.changes and change.comparability == "comparable" for change in changes)
    click.echo(f"{same} oförändrade.")


@codebook.command()
@click.argument("book", metavar="KODBOK", type=_FILE)
@click.argument("out", metavar="XLSX", type=_FILE)
def published(book: Path, out: Path) -> None:
    """Skriv en mall för siffror ur en tryckt rapport, med KODBOKENs frågor."""
    from trygghet.codebook import Codebook
    from trygghet.pipeline.new_wave import free_path
    from trygghet.waves import write_published_template

    def work() -> None:
        read = Codebook.read(book)
        write_published_template(free_path(out), {name: each.label for name, each in read.indicators.items()})

    _or_stop(work)
    click.echo(f"Klart: {out}. Fyll i en rad för varje siffra i rapporten.")
