"""Commands about population margins: `trygghet margins`."""

import datetime as dt
import sys
from pathlib import Path

import click

_KINDS = ("age", "sex", "deso", "regso")


@click.group()
def margins() -> None:
    """Befolkningstal som enkäten viktas till."""


@margins.command()
@click.option("--kommun", required=True, metavar="KOD", help="Kommunens fyrsiffriga kod, till exempel 1488.")
@click.option("--year", "year", required=True, metavar="ÅR", help="Befolkningen den 31 december detta år.")
@click.option(
    "--by", default="age,sex", show_default=True, help="age,sex eller age,sex,deso eller age,sex,regso."
)
@click.option("--wave", default="", help="Vågen vars kodbok styr åldersgrupper och namn; annars den senaste.")
@click.option("--root", default=".", type=click.Path(path_type=Path), help="Projektets mapp.")
@click.option("--age", default="alder4", show_default=True, help="Variabeln med åldersgrupper i kodboken.")
@click.option("--sex", default="kon", show_default=True, help="Variabeln med kön i kodboken.")
@click.option("--key", type=click.Path(path_type=Path), help="CSV: småområdets kod och stadsdelens namn.")
@click.option("--table", default="", help="Tabellens namn hos SCB, om inte den vanliga ska användas.")
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
    """Hämta befolkningen från SCB, spara svaret och skriv vågens margins.csv."""
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
        _check(by, key, existing=paths.margins.exists() and not replace)
        book = Codebook.read(paths.codebook)
        kinds = by.split(",")
        areas = (book.areas.variable, read_key(key)) if key is not None and book.areas is not None else None
        request = PopulationRequest(
            municipality=kommun,
            year=year,
            ages=(age, age_bands(book, age)),
            sexes=(sex, sex_labels(book, sex)),
            areas=areas if len(kinds) > 2 else None,
            level=kinds[-1] if len(kinds) > 2 else "deso",
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


def _check(by: str, key: Path | None, *, existing: bool) -> None:
    """Stop before anything is fetched."""
    from trygghet.errors import Problem, ProjectError

    kinds = by.split(",")
    problems = []
    if kinds[:2] != ["age", "sex"] or len(kinds) > 3 or any(kind not in _KINDS for kind in kinds):
        problems.append(
            Problem(
                code="VIKT-44",
                what=f"--by {by} is no choice.",
                remedy="Choose age,sex or age,sex,deso or age,sex,regso.",
                facts={"val": by},
            )
        )
    if len(kinds) > 2 and key is None:
        problems.append(
            Problem(
                code="VIKT-45",
                what="Small areas need a key to the survey's districts.",
                remedy="Give --key with a CSV file of two columns.",
                facts={"val": by},
            )
        )
    if existing:
        problems.append(
            Problem(
                code="VIKT-46",
                what="The wave has margins already.",
                why="They are part of what its results were made from.",
                remedy="Give --replace to write new ones.",
                facts={"fil": "margins.csv"},
            )
        )
    if problems:
        raise ProjectError(*problems)
