import json
import re
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from pxweb_server import PxWebServer

from trygghet.codebook import Codebook
from trygghet.errors import MarginError
from trygghet.pipeline.margins_commands import margins as command
from trygghet.weighting import Margins
from trygghet.weighting.population import PopulationRequest, age_bands, fetch_population, sex_labels
from trygghet.weighting.pxweb import PxWeb

BOOK = """
survey: Prov
wave: "2026"
id: lopnr
areas: {variable: omrade}
variables:
  kon: {column: f1, labels: {1: Kvinna, 2: Man, 3: Annat}}
  alder: {column: f2, kind: continuous, range: [16, 84]}
  omrade: {column: f3, labels: {1: Centrum, 2: Lunden}}
derived:
  alder4: {from: alder, bands: {"16–29": [16, 29], "30–84": [30, 84]}}
"""
AREAS = [
    "1488",
    "1488A0010_DeSO2018",
    "1488A0010_DeSO2025",
    "1488B2010_DeSO2025",
    "1488C1010_DeSO2025",
    "1488R001",
    "1489A0010_DeSO2025",
]


def metadata(regions):
    ages = [f"{age}" for age in range(100)] + ["100+", "16-19", "TOT"]
    names = {code: f"{code} år" for code in ages} | {"TOT": "totalt, samtliga åldrar"}
    return {
        "id": ["Region", "Alder", "Kon", "ContentsCode", "Tid"],
        "size": [len(regions), len(ages), 3, 2, 3],
        "dimension": {
            "Region": {"label": "region", "category": {"index": regions, "label": {code: code for code in regions}}},
            "Alder": {"label": "ålder", "category": {"index": ages, "label": names}},
            "Kon": {"label": "kön", "category": {"index": ["TotSa", "1", "2"], "label": {"TotSa": "totalt", "1": "män", "2": "kvinnor"}}},
            "ContentsCode": {"label": "innehåll", "category": {"index": ["A", "B"], "label": {"A": "Folkmängd", "B": "Ökning"}}},
            "Tid": {"label": "månad", "category": {"index": ["2025M11", "2025M12", "2026M01"], "label": {t: t for t in ["2025M11", "2025M12", "2026M01"]}}},
        },
        "value": [],
    }  # fmt: skip


def number(*codes):
    region, age, sex, contents, time = codes
    assert (contents, time) == ("A", "2025M12")
    return (1 + AREAS.index(region)) * (100 - int(age)) + int(sex)


def people(region, ages):
    return {sex: sum((1 + AREAS.index(region)) * (100 - age) + sex for age in ages) for sex in (1, 2)}


@pytest.fixture
def server():
    one = PxWebServer(
        metadata(AREAS), number, config={"maxDataCells": 300, "maxCallsPerTimeWindow": 1000, "timeWindow": 1}
    )
    yield one
    one.close()


@pytest.fixture
def book():
    return Codebook.from_text(BOOK)


def test_the_codebooks_bands_and_labels(book):
    assert age_bands(book, "alder4") == {"16–29": (16, 29), "30–84": (30, 84)}
    assert sex_labels(book, "kon") == {"k": "Kvinna", "m": "Man"}
    for error in (lambda: age_bands(book, "omrade"), lambda: sex_labels(book, "omrade")):
        with pytest.raises(MarginError):
            error()


def test_sex_by_age_of_a_municipality(server, book):
    client = PxWeb(server.address)
    request = PopulationRequest(
        "1488", "2025", ("alder4", age_bands(book, "alder4")), ("kon", sex_labels(book, "kon"))
    )
    found = fetch_population(client, request)
    client.close()
    (table,) = found.tables
    young, old = people("1488", range(16, 30)), people("1488", range(30, 85))
    assert dict(zip(table.categories, table.totals.tolist(), strict=True)) == {
        ("Man", "16–29"): young[1], ("Man", "30–84"): old[1], ("Kvinna", "16–29"): young[2], ("Kvinna", "30–84"): old[2],
    }  # fmt: skip
    assert (table.reference_date, table.source) == ("2025-12-31", "SCB TAB6471")
    assert Margins.from_tables(found.tables).total == sum([*young.values(), *old.values()])


def project(tmp_path):
    raw = tmp_path / "data" / "raw" / "2026"
    raw.mkdir(parents=True)
    (raw / "codebook.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "nyckel.csv").write_text(
        "deso,omrade\n1488A0010,Centrum\n1488B2010,Centrum\n1488C1010,Lunden\n", encoding="utf-8"
    )
    return raw


def run(server, tmp_path, *options):
    base = [
        "fetch",
        "--kommun",
        "1488",
        "--year",
        "2025",
        "--wave",
        "2026",
        "--root",
        str(tmp_path),
        "--api",
        server.address,
    ]
    return CliRunner().invoke(command, [*base, *options])


def test_the_command_writes_margins_and_a_snapshot(server, tmp_path):
    raw = project(tmp_path)
    result = run(server, tmp_path, "--by", "age,sex,deso", "--key", str(tmp_path / "nyckel.csv"))
    assert result.exit_code == 0, result.output
    margins = Margins.read(raw / "margins.csv")
    assert [table.name for table in margins.tables] == ["kon * alder4", "omrade"]
    assert [table.name for table in margins.checks] == ["omrade * alder4"]
    assert margins.gap == 0.0
    lunden = people("1488C1010_DeSO2025", range(16, 85))
    assert margins.tables[1].collapsed(("omrade",))[("Lunden",)] == sum(lunden.values())
    origin = json.loads((raw / "sources" / "TAB6574-1488-2025.json").read_text())["extension"]["snapshot"]
    assert origin["query"]["Region"] == ["1488A0010_DeSO2025", "1488B2010_DeSO2025", "1488C1010_DeSO2025"]
    assert len(origin["sha256"]) == 64


def test_the_command_never_overwrites_unasked(server, tmp_path):
    raw = project(tmp_path)
    (raw / "margins.csv").write_text("mine")
    result = run(server, tmp_path)
    assert result.exit_code == 1
    assert "VIKT-46" in result.output
    assert (raw / "margins.csv").read_text() == "mine"
    assert not server.calls
    assert run(server, tmp_path, "--replace").exit_code == 0
    (raw / "margins.csv").rename(raw / "margins.xlsx")
    calls = len(server.calls)
    assert "VIKT-46" in run(server, tmp_path, "--replace").output, "a workbook is somebody's own"
    assert len(server.calls) == calls


@pytest.mark.parametrize(
    "case",
    [
        (("--by", "sex"), "VIKT-44"),
        (("--by", "age,sex,deso,regso"), "VIKT-44"),
        (("--by", "age,age,sex"), "VIKT-44"),
        (("--by", "age,sex,deso"), "VIKT-45"),
        (("--key", "nyckel.csv"), "VIKT-45"),
    ],
    ids=["kinds", "two levels", "twice", "no key", "key alone"],
)
def test_the_command_explains_wrong_choices(server, tmp_path, case):
    options, code = case
    project(tmp_path)
    result = run(server, tmp_path, *options)
    assert result.exit_code == 1
    assert code in result.output


def test_a_key_without_districts_in_the_codebook_is_not_ignored(server, tmp_path):
    raw = project(tmp_path)
    (raw / "codebook.yaml").write_text(BOOK.replace("areas: {variable: omrade}\n", ""), encoding="utf-8")
    result = run(server, tmp_path, "--by", "age,sex,deso", "--key", str(tmp_path / "nyckel.csv"))
    assert result.exit_code == 1
    assert "VIKT-79" in result.output
    assert not server.calls
    assert not (raw / "margins.csv").exists()


def test_the_order_of_the_wishes_does_not_matter(server, tmp_path):
    raw = project(tmp_path)
    result = run(server, tmp_path, "--by", "deso, sex, age", "--key", str(tmp_path / "nyckel.csv"))
    assert result.exit_code == 0, result.output
    assert [table.name for table in Margins.read(raw / "margins.csv").tables] == ["kon * alder4", "omrade"]


@pytest.mark.parametrize("fault", [500, "half", "html"])
def test_nothing_is_written_from_a_service_that_fails(server, tmp_path, *, fault, monkeypatch):
    patient = partial(PxWeb, wait=lambda _: None)
    monkeypatch.setattr("trygghet.weighting.pxweb.PxWeb", patient)
    raw = project(tmp_path)
    server.faults = [None, None, None, *[fault] * 5]
    result = run(server, tmp_path)
    assert result.exit_code == 1
    assert "VIKT-39" in result.output
    assert sorted(path.name for path in raw.rglob("*")) == ["codebook.yaml"]


def test_the_newest_wave_is_meant_when_none_is_named(server, tmp_path):
    raw = project(tmp_path)
    text = (Path(__file__).parents[2] / "params.yaml").read_text(encoding="utf-8")
    (tmp_path / "params.yaml").write_text(text, encoding="utf-8")
    base = ["fetch", "--kommun", "1488", "--year", "2025", "--root", str(tmp_path), "--api", server.address]
    result = CliRunner().invoke(command, base)
    assert result.exit_code == 0, result.output
    assert (raw / "margins.csv").exists()


def test_only_the_command_can_fetch():
    """No stage of the pipeline, and nothing that it loads, knows the service."""
    source = Path(__file__).parents[2] / "src" / "trygghet"
    needs = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if re.search(r"\b(pxweb|weighting\.population|httpx)\b", path.read_text(encoding="utf-8"))
    }
    assert needs == {"pipeline/margins_commands.py", "weighting/population.py", "weighting/pxweb.py"}


def test_a_key_must_hold_every_small_area(server, tmp_path):
    project(tmp_path)
    (tmp_path / "nyckel.csv").write_text(
        "deso,omrade\n1488A0010,Centrum\n1488X0010,Lunden\n", encoding="utf-8"
    )
    result = run(server, tmp_path, "--by", "age,sex,deso", "--key", str(tmp_path / "nyckel.csv"))
    assert "VIKT-43" in result.output
    assert "1488B2010" in result.output
