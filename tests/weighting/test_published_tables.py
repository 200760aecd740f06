import json
import os
from pathlib import Path

import numpy as np
import pytest

from trygghet.errors import MarginError
from trygghet.weighting import Margins
from trygghet.weighting.jsonstat import parse_jsonstat
from trygghet.weighting.px import parse_px
from trygghet.weighting.recipe import CubeRecipe, age_span, read_cube, read_key, tables_of_cube

SHARED = Path(os.environ.get("TRYGGHET_SHARED", Path(__file__).parents[3] / "shared")) / "data"
PX_FILES = sorted(SHARED.glob("px_files/**/*.[pP][xX]"))
needs_shared = pytest.mark.skipif(not PX_FILES, reason="published tables are not here")

PX = """CHARSET="ANSI";
AXIS-VERSION="2010";
LANGUAGE="sv";
LANGUAGES="sv","en";
TITLE="Folkmängd efter kön, ålder och år";
TITLE[en]="Population; by sex";
SOURCE="SCB";
STUB="kön","ålder";
HEADING="år";
STUB[en]="sex","age";
VALUES("kön")="Kvinnor",
"Män","totalt";
VALUES[en]("sex")="Women","Men","total";
VALUES("ålder")="16 år","17 år","18-19 år";
VALUES("år")="2025";
CODES("kön")="2","1","T";
ELIMINATION("kön")="totalt";
VARIABLECODE("år")="Tid";
NOTE="En not; med semikolon och "
"radbrytning.";
DATA=
10 20 30
"-" 21 ".."
10 41 60;
"""


def px(text=PX):
    return parse_px(text.encode("cp1252"), "prov.px")


def codes(error):
    return [problem.code for problem in error.value.problems]


def test_a_px_file_in_its_main_language():
    cube = px()
    assert [dimension.label for dimension in cube.dimensions] == ["kön", "ålder", "år"]
    assert cube.dimensions[0].codes == ("2", "1", "T")
    assert cube.dimensions[0].total == "T"
    np.testing.assert_array_equal(cube.values[:, :, 0], [[10, 20, 30], [0, 21, np.nan], [10, 41, 60]])
    assert (cube.title, cube.source) == ("Folkmängd efter kön, ålder och år", "SCB")


@pytest.mark.parametrize(
    "text",
    [
        PX.replace("10 41 60", "10 41"),
        PX.replace("DATA=", "DATUM="),
        PX.replace('VALUES("ålder")', 'VALUES("alder")'),
        "",
    ],
    ids=["cut", "no data", "no values", "empty"],
)
def test_a_px_file_that_is_not_whole_fails_clearly(text):
    with pytest.raises(MarginError) as error:
        px(text)
    assert codes(error) == ["VIKT-31"]


@needs_shared
@pytest.mark.parametrize("path", PX_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_real_px_file_parses(path):
    cube = read_cube(path)
    assert cube.values.shape == tuple(len(dimension.labels) for dimension in cube.dimensions)
    assert cube.values.size > 0
    assert np.isfinite(cube.values).any()
    assert cube.title


@needs_shared
def test_rows_named_by_keys_hold_the_same_numbers():
    plain = read_cube(SHARED / "px_files/Population/BE101ACE.px")
    keyed = read_cube(SHARED / "px_files/keys/BE101ACEkeys.px")
    assert [one.labels for one in plain.dimensions] == [one.labels for one in keyed.dimensions]
    np.testing.assert_array_equal(plain.values, keyed.values)


@needs_shared
def test_totals_of_real_tables_are_the_sums_of_their_parts():
    cube = read_cube(SHARED / "px_files/duckdb-px/statfin_vaerak_pxt_11rc.px")
    sexes, ages = cube.axis("Sukupuoli"), cube.axis("Ikä")
    assert (sexes, ages) == (1, 2)
    total = cube.select("Sukupuoli", ["SSS"]).select("Ikä", ["SSS"]).values
    parts = cube.without_totals().values
    assert np.nansum(parts[-1]) == np.nansum(total[-1])


@needs_shared
def test_a_recorded_answer_of_the_statistics_database():
    cube = parse_jsonstat(
        (SHARED / "pxweb_api/TAB6471_data.json").read_text(encoding="utf-8"), "TAB6471_data.json"
    )
    assert cube.values.shape == (21, 11, 3, 1, 4)
    assert cube.values[0, 0, :, 0, 0].tolist() == [245284.0, 125373.0, 119906.0]
    recipe = CubeRecipe(
        variables={"kon": "Kon", "alder": "Alder"},
        select={"Region": ["01"], "Tid": ["2026M04"]},
        labels={"kon": {"1": "Man", "2": "Kvinna"}},
        ages={"alder": {"20-49": (20, 49), "50+": (50, None)}},
    )
    (table,) = tables_of_cube(cube, recipe)
    assert table.reference_date == "2026-04-30"
    assert table.categories[0] == ("Man", "20-49")
    assert table.totals[0] == cube.select("Kon", ["1"]).values[0, 2:5, 0, 0, 3].sum()


def jsonstat(**changes):
    return {
        "version": "2.0",
        "class": "dataset",
        "id": ["kon", "tid"],
        "size": [2, 1],
        "dimension": {
            "kon": {
                "label": "kön",
                "category": {"index": {"M": 1, "K": 0}, "label": {"K": "Kvinna", "M": "Man"}},
            },
            "tid": {"label": "år", "category": {"index": ["2025"]}},
        },
        "value": [510, 490],
    } | changes


def test_jsonstat_orders_categories_by_their_index():
    cube = parse_jsonstat(json.dumps(jsonstat()), "x")
    assert cube.dimensions[0].labels == ("Kvinna", "Man")
    assert cube.values.tolist() == [[510.0], [490.0]]


def test_jsonstat_with_sparse_values_and_of_version_1():
    cube = parse_jsonstat(json.dumps(jsonstat(value={"1": 490})), "x")
    assert np.isnan(cube.values[0, 0])
    old = jsonstat()
    dimension = old.pop("dimension") | {"id": old.pop("id"), "size": old.pop("size")}
    assert parse_jsonstat(json.dumps({"dataset": old | {"dimension": dimension}}), "x").values.sum() == 1000.0


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(jsonstat())[:-40],
        "[]",
        "{}",
        json.dumps(jsonstat(value=[1])),
        json.dumps(jsonstat(size=[1, 1])),
        json.dumps(jsonstat(size=[1e400, 1])),
        json.dumps(jsonstat(value={"-1": 490})),
        json.dumps(jsonstat(value={"2": 490})),
        json.dumps(jsonstat(value=["många", 490])),
        json.dumps(jsonstat()).replace('"M": 1', '"M": 0'),
    ],
)
def test_jsonstat_that_is_cut_or_wrong_fails_clearly(text):
    with pytest.raises(MarginError) as error:
        parse_jsonstat(text, "svar")
    assert codes(error) == ["VIKT-31"]


OTHER_JSON = sorted(
    path for path in SHARED.glob("px*_*/**/*.json") if path.name != "TAB6471_data.json"
)  # queries, lists of tables, configurations, metadata


@needs_shared
@pytest.mark.parametrize("path", OTHER_JSON, ids=lambda path: path.name)
def test_what_a_service_says_besides_its_tables_is_no_table(path):
    with pytest.raises(MarginError) as error:
        Margins.read(path)
    assert codes(error) == ["VIKT-31"]


@needs_shared
@pytest.mark.parametrize("path", PX_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_real_px_file_gives_margins_or_says_that_numbers_are_hidden(path):
    if np.isfinite(read_cube(path).without_totals().values).all():
        assert Margins.read(path).total > 0
        return
    with pytest.raises(MarginError) as error:
        Margins.read(path)
    assert codes(error) == ["VIKT-35"]


@needs_shared
@pytest.mark.parametrize("damage", ["cut", "hole", "signs"])
def test_a_damaged_px_file_parses_or_fails_clearly(damage):
    rng = np.random.default_rng(1)
    content = (SHARED / "px_files/NPM/BE0101F1datasymbols.px").read_bytes()
    found = set()
    for _ in range(40):
        broken = bytearray(content)
        place = int(rng.integers(len(broken)))
        if damage == "cut":
            del broken[place:]
        elif damage == "hole":
            del broken[place : place + int(rng.integers(1, 200))]
        else:
            for position in rng.integers(0, len(broken), 5):
                broken[position] = int(rng.choice(list(b'";=(),[]0')))
        try:
            found.add(parse_px(bytes(broken), "prov.px").values.ndim > 0)
        except MarginError as error:
            found.add(error.code)
    assert "VIKT-31" in found
    assert found <= {True, "VIKT-31"}


def test_margins_straight_from_a_published_table(tmp_path):
    (tmp_path / "margins.json").write_text(json.dumps(jsonstat()))
    margins = Margins.read(tmp_path / "margins.json")
    assert margins.total == 1000.0
    assert margins.tables[0].categories == (("Kvinna",), ("Man",))
    whole = PX.replace('"-" 21 ".."', "4 21 30").replace("10 41 60", "14 41 60")
    (tmp_path / "margins.px").write_bytes(whole.encode("cp1252"))
    table = Margins.read(tmp_path / "margins.px").tables[0]
    assert table.variables == ("kön", "ålder")
    assert table.totals.tolist() == [10, 20, 30, 4, 21, 30]
    assert table.reference_date == "2025-12-31"


def test_margins_from_a_workbook(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "margins.xlsx") as book:
        book.add_worksheet("Om").write_row(0, 0, ["Befolkning enligt SCB"])
        sheet = book.add_worksheet("Tal")
        for row, cells in enumerate(
            [
                ("variables", "categories", "total", "reference_date"),
                ("kon", "Kvinna", 510, "2025-12-31"),
                ("kon", "Man", "4 90", ""),
            ]
        ):
            sheet.write_row(row, 0, cells)
    margins = Margins.read(tmp_path / "margins.xlsx")
    assert margins.tables[0].totals.tolist() == [510.0, 490.0]


def test_a_broken_workbook_is_refused(tmp_path):
    (tmp_path / "margins.xlsx").write_bytes(b"PK nothing")
    with pytest.raises(MarginError) as error:
        Margins.read(tmp_path / "margins.xlsx")
    assert codes(error) == ["VIKT-10"]


@pytest.mark.parametrize(
    ("label", "span"),
    [
        ("16 år", (16, 16)), ("16", (16, 16)), ("16-19 år", (16, 19)), ("65–74 år", (65, 74)), ("100+ år", (100, None)),
        ("110+ years", (110, None)), ("85- år", (85, None)), ("85 år och äldre", (85, None)), ("-4", (0, 4)), ("totalt", None),
    ],
)  # fmt: skip
def test_ages_as_agencies_write_them(label, span):
    assert age_span(label) == span


def single_years():
    years = [f"{age} år" for age in range(100)] + ["100+ år"]
    groups = ["0-4 år", "5-9 år", "totalt, samtliga åldrar"]
    return json.dumps(
        {
            "id": ["Alder"],
            "size": [len(years) + 3],
            "dimension": {"Alder": {"label": "ålder", "category": {"index": years + groups}}},
            "value": [10 + age for age in range(101)] + [60, 85, 6060],
        }
    )


def test_single_years_become_bands_and_ages_outside_the_survey_are_left_out():
    cube = parse_jsonstat(single_years(), "x")
    bands = {"16-29": (16, 29), "30-84": (30, 84)}
    (table,) = tables_of_cube(cube, CubeRecipe(variables={"alder": "Alder"}, ages={"alder": bands}))
    assert table.categories == (("16-29",), ("30-84",))
    assert table.totals.tolist() == [sum(10 + a for a in range(16, 30)), sum(10 + a for a in range(30, 85))]


def test_an_open_band_takes_the_oldest():
    (table,) = tables_of_cube(
        parse_jsonstat(single_years(), "x"),
        CubeRecipe(variables={"alder": "Alder"}, ages={"alder": {"85+": (85, None)}}),
    )
    assert table.totals.tolist() == [sum(10 + a for a in range(85, 101))]


def test_bands_that_cut_an_age_group_are_refused():
    content = jsonstat(
        id=["kon"],
        size=[2],
        dimension={"kon": {"label": "ålder", "category": {"index": ["15-19 år", "20-24 år"]}}},
    )
    cube = parse_jsonstat(json.dumps(content), "x")
    with pytest.raises(MarginError) as error:
        tables_of_cube(cube, CubeRecipe(variables={"alder": "kon"}, ages={"alder": {"16-24": (16, 24)}}))
    assert codes(error) == ["VIKT-38"]


def test_small_areas_become_districts_by_a_declared_key(tmp_path):
    (tmp_path / "nyckel.csv").write_text("deso,omrade\nA,Centrum\nB,Centrum\nC,Lunden\n", encoding="utf-8")
    key = read_key(tmp_path / "nyckel.csv")
    content = jsonstat(
        id=["Region"], size=[4], value=[1, 2, 4, 7],
        dimension={"Region": {"label": "region", "category": {"index": ["A", "B", "C", "0114"], "label": {"0114": "totalt"}}}},
    )  # fmt: skip
    cube = parse_jsonstat(json.dumps(content), "x")
    (table,) = tables_of_cube(cube, CubeRecipe(variables={"omrade": "Region"}, labels={"omrade": key}))
    assert dict(zip(table.categories, table.totals.tolist(), strict=True)) == {
        ("Centrum",): 3.0,
        ("Lunden",): 4.0,
    }
    with pytest.raises(MarginError) as error:
        tables_of_cube(cube, CubeRecipe(variables={"omrade": "Region"}, labels={"omrade": {"A": "Centrum"}}))
    assert codes(error) == ["VIKT-37"]
    assert error.value.problems[0].facts["antal"] == 2


def test_a_key_with_two_districts_for_one_area_is_refused(tmp_path):
    (tmp_path / "nyckel.csv").write_text("deso,omrade\nA,Centrum\nA,Lunden\n", encoding="utf-8")
    with pytest.raises(MarginError) as error:
        read_key(tmp_path / "nyckel.csv")
    assert codes(error) == ["VIKT-36"]


def test_a_date_must_be_chosen_and_hidden_numbers_are_no_counts():
    two = jsonstat(size=[2, 2], value=[1, 2, 3, None])
    two["dimension"]["tid"]["category"]["index"] = ["2024", "2025"]
    cube = parse_jsonstat(json.dumps(two), "x")
    with pytest.raises(MarginError) as error:
        tables_of_cube(cube, CubeRecipe(variables={"kon": "kon"}))
    assert codes(error) == ["VIKT-34"]
    with pytest.raises(MarginError) as error:
        tables_of_cube(cube, CubeRecipe(variables={"kon": "kon"}, select={"tid": ["2025"]}))
    assert codes(error) == ["VIKT-35"]


def test_several_crossings_of_one_table():
    content = jsonstat(size=[2, 2], value=[1, 2, 3, 4])
    content["dimension"]["tid"] = {"label": "område", "category": {"index": ["A", "B"]}}
    recipe = CubeRecipe(variables={"kon": "kon", "omrade": "tid"}, tables=(("kon",), ("omrade", "kon")))
    one, two = tables_of_cube(parse_jsonstat(json.dumps(content), "x"), recipe)
    assert one.totals.tolist() == [3.0, 7.0]
    assert dict(zip(two.categories, two.totals.tolist(), strict=True))["B", "Kvinna"] == 2.0


@pytest.mark.parametrize("wanted", ["stad", "Kon2"])
def test_unknown_dimensions_and_categories_are_named(wanted):
    cube = parse_jsonstat(json.dumps(jsonstat()), "x")
    with pytest.raises(MarginError) as error:
        cube.axis(wanted)
    assert codes(error) == ["VIKT-32"]
    with pytest.raises(MarginError) as error:
        cube.select("kon", ["X"])
    assert codes(error) == ["VIKT-33"]
