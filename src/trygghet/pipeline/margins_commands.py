"""Commands about population margins: `trygghet margins`."""

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trygghet.pipeline.command_line import Group

if TYPE_CHECKING:
    from trygghet.codebook import Codebook
    from trygghet.pipeline.paths import WavePaths

_SMALL = ("deso", "regso")


@click.group(cls=Group)
def margins() -> None:
    """Befolkningstal som enkäten viktas till."""


@margins.command()
@click.option("--kommun", required=True, metavar="KOD", help="Kommunens fyrsiffriga kod, till exempel 1488.")
@click.option("--year", "year", required=True, metavar="ÅR", help="Befolkningen den 31 december detta år.")
@click.option(
    "--by", default="age,sex", show_default=True, help="age,sex eller age,sex,deso eller age,sex,regso."
)
@click.option(
    "--wave",
    "--mätning",
    "wave",
    default="",
    metavar="ÅR",
    help="Mätningen vars kodbok styr åldersgrupper och namn; annars den senaste.",
)
@click.option("--root", default=".", type=click.Path(path_type=Path), metavar="MAPP", help="Projektets mapp.")
@click.option("--age", default="alder4", show_default=True, help="Variabeln med åldersgrupper i kodboken.")
@click.option("--sex", default="kon", show_default=True, help="Variabeln med kön i kodboken.")
@click.option(
    "--key", type=click.Path(path_type=Path), metavar="FIL", help="CSV: småområdets kod och stadsdelens namn."
)
@click.option(
    "--table", default="", help="Tabellens namn hos SCB, om en annan än standardtabellen ska användas."
)
@click.option("--api", default="", help="Tjänstens adress, om inte SCB:s.")
@click.option("--replace", is_flag=True, help="Skriv över margins.csv.")
def fetch(  # noqa: PLR0913 - one parameter an option
    *,
    kommun: str,
    year: str,
    by: str,
    wave: str,
    root: Path,
    age: str,
    sex: str,
    key: Path | None,
    table: str,
    api: str,
    replace: bool,
) -> None:
    """Hämta befolkningen från SCB, spara svaret och skriv mätningens margins.csv."""
    from trygghet.codebook import Codebook
    from trygghet.pipeline.guard import guarded
    from trygghet.pipeline.params import read_params
    from trygghet.pipeline.paths import ProjectPaths
    from trygghet.weighting.margin_files import write_margins_csv
    from trygghet.weighting.population import PopulationRequest, age_bands, fetch_population, sex_labels
    from trygghet.weighting.pxweb import SCB, PxWeb
    from trygghet.weighting.recipe import read_key

    def work() -> None:
        project = ProjectPaths(root)
        paths = project.wave(wave or max(read_params(project.params).waves))
        _check(by, key, existing=_in_the_way(paths, replace=replace))
        book = Codebook.read(paths.codebook)
        level = _level(by)
        _check_areas(book, key)
        areas = (book.areas.variable, read_key(key)) if key is not None and book.areas is not None else None
        request = PopulationRequest(
            municipality=kommun,
            year=year,
            ages=(age, age_bands(book, age)),
            sexes=(sex, sex_labels(book, sex)),
            areas=areas,
            level=level or "deso",
            table=table,
        )
        client = PxWeb(api or SCB)
        try:
            found = fetch_population(client, request)
        finally:
            client.close()
        snapshot = paths.raw / "sources" / f"{found.snapshot.table}-{kommun}-{year}.json"
        found.snapshot.write(snapshot, dt.datetime.now(tz=dt.UTC).date().isoformat())
        write_margins_csv(found.tables, paths.margins, checks=found.checks)
        click.echo(f"Skrivet: {paths.margins} (svaret sparat i {snapshot})")

    sys.exit(guarded(work, root=root, stage="trygghet margins fetch"))


def _in_the_way(paths: "WavePaths", *, replace: bool) -> Path | None:
    """The wave's margins, where they may not be written over: a workbook is somebody's own."""
    own = paths.margins.suffix != ".csv"
    return paths.margins if paths.margins.exists() and (own or not replace) else None


def _check(by: str, key: Path | None, *, existing: Path | None) -> None:
    """Stop before anything is fetched."""
    from trygghet.errors import Problem, ProjectError

    level, problems = _level(by), []
    if level is None:
        problems.append(
            Problem(
                code="VIKT-44",
                what=f"--by {by} is no choice.",
                remedy="Choose age,sex or age,sex,deso or age,sex,regso.",
                facts={"val": by},
            )
        )
    elif bool(level) != (key is not None):
        problems.append(
            Problem(
                code="VIKT-45",
                what="Small areas and a key to the survey's districts belong together.",
                remedy="Give both --by with deso or regso, and --key with a CSV file of two columns; or neither.",
                facts={"val": by},
            )
        )
    if existing is not None:
        problems.append(
            Problem(
                code="VIKT-46",
                what="The wave has margins already.",
                why="They are part of what its results were made from.",
                remedy="Give --replace to write a new margins.csv; move a workbook away.",
                facts={"fil": existing.name},
            )
        )
    if problems:
        raise ProjectError(*problems)


def _level(by: str) -> str | None:
    """The small areas that are asked for, in any order with age and sex: empty where none are, None where it is no choice."""
    kinds = [kind.strip() for kind in by.split(",")]
    small = [kind for kind in kinds if kind in _SMALL]
    if sorted(kinds) != sorted(["age", "sex", *small]) or len(small) > 1:
        return None
    return small[0] if small else ""


def _check_areas(book: "Codebook", key: Path | None) -> None:
    """A key needs districts to lead to."""
    from trygghet.errors import Problem, ProjectError

    if key is None or book.areas is not None:
        return
    raise ProjectError(
        Problem(
            code="VIKT-79",
            what="There is a key to the survey's districts, and the codebook declares none.",
            why="The population by district would be fetched and then left out.",
            remedy="Write areas: {variable: <variable>} in the codebook, or leave out --key.",
            facts={"nyckel": key.name},
        )
    )
