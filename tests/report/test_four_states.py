"""Nought, withheld, uncertain and not asked: four states with four signs, in every format that people or machines read."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import builders
import docx
import numpy as np
import pytest

from trygghet.disclosure import DisclosureRules, read_publishable, screen, write_publishable
from trygghet.estimate import About
from trygghet.ranking import OrderStability, RankOptions, describe_order, rank, top_set
from trygghet.report import plot_heat, plot_problems, plot_trend, write_report
from trygghet.report.export import marked
from trygghet.report.look import Look
from trygghet.report.priorities import plot_top_set
from trygghet.report.rank_tables import annex_tables, rank_tables
from trygghet.report.reading import readings
from trygghet.report.tables import Unsure, table_changes
from trygghet.report.trend_texts import describe_trend

ITEMS = ("vanlig", "noll", "hemlig", "osaker", "ej_stalld")
NAMES = {
    "vanlig": "Vanlig",
    "noll": "Noll",
    "hemlig": "Hemlig",
    "osaker": "Osäker",
    "ej_stalld": "Ej ställd",
}
SIGNS = {"Vanlig": "25", "Noll": "0", "Hemlig": "..", "Osäker": "(34)", "Ej ställd": "."}
N = np.array([400, 400, 20, 62, 0])
X = np.array([100, 0, 7, 21, 0])
AREAS = ("Centrum", "Lunden")


def states(*, wave="2026", domains=None):
    """Five items in five states, for everybody or for two districts."""
    items = ITEMS if domains is None else [item for item in ITEMS for _ in domains]
    repeat = 1 if domains is None else len(domains)
    n, x = np.repeat(N, repeat), np.repeat(X, repeat)
    values = np.where(n > 0, x / np.maximum(n, 1), np.nan)
    made = builders.estimates(
        np.nan_to_num(values, nan=0.5),
        np.maximum(n, 1),
        items,
        domains=None if domains is None else [*domains] * len(ITEMS),
    )
    return replace(
        made,
        values=values,
        n=n,
        numerator=x,
        status=np.where(n > 0, "ok", "not_asked").astype(object),
        about=About(stream="brev", wave=wave, labels=NAMES),
    )


def moved(before, after):
    """The change between two waves."""
    values = after.values - before.values
    return replace(
        after,
        estimand="change",
        values=values,
        numerator=np.full(len(values), -1),
        about=replace(after.about, wave="2026 mot 2024"),
    )


@pytest.fixture(scope="module")
def kept():
    now, then = states(), states(wave="2024")
    asked = now.take(np.arange(4))
    return screen(
        {
            "levels": now,
            "areas": states(domains=AREAS),
            "then": then,
            "change": moved(then, now),
            "top": top_set(asked, 2, RankOptions(seed=1)),
        },
        DisclosureRules(),
    )


@pytest.fixture(scope="module")
def report(kept):
    made = builders.report()
    return replace(
        made,
        problems=kept["levels"],
        levels=kept["levels"],
        areas=kept["areas"],
        contrasts=None,
        priorities=kept["top"],
        trend=(kept["then"], kept["levels"], kept["change"]),
        changes=(kept["change"],),
        moves=(),
    )


@pytest.fixture(scope="module")
def folder(report, tmp_path_factory):
    target = tmp_path_factory.mktemp("tillstånd")
    write_report(report, target)
    return target


def drawn(axes):
    return [text.get_text().replace("\N{NO-BREAK SPACE}", " ") for text in axes.texts]


def test_the_screen_gives_each_state_its_mark(kept):
    assert kept["levels"].marks == ("", "", "..", "()", ".")
    look = marked(Look(), kept["levels"])
    cells = readings(kept["levels"].result, look)
    assert [cell.told("34") for cell in cells] == ["34", "34", "..", "(34)", "."]
    assert [cell.sign for cell in cells] == ["", "", "..", "()", "."]


def test_bars(kept):
    texts = drawn(plot_problems(kept["levels"].result, look=marked(Look(), kept["levels"])))
    for label, sign in SIGNS.items():
        assert label in texts
        assert (f"{sign} %".replace(") %", " %)") if sign.strip("()").isdigit() else sign) in texts


def test_heat(kept):
    texts = drawn(plot_heat(kept["areas"].result, look=marked(Look(), kept["areas"])))
    for sign in SIGNS.values():
        assert texts.count(sign) == len(AREAS)


def test_trend(kept):
    look = Look()
    results = [kept[name].result for name in ("then", "levels", "change")]
    texts = drawn(plot_trend(*results, look=look))
    for sign in ("0 %", "..", "(34 %)", "."):
        assert texts.count(sign) == 2, sign
    alt = describe_trend(*results, look=look).replace("\N{NO-BREAK SPACE}", " ")
    assert "Hemlig: 2024 redovisas inte, för få svar, 2026 redovisas inte, för få svar." in alt
    assert "Ej ställd: 2024 frågan ställdes inte, 2026 frågan ställdes inte." in alt
    assert re.search(r"Osäker: 2024 34 % \([^)]*\), osäkert, 2026", alt)
    assert ".." not in alt


def test_priorities(kept):
    texts = drawn(plot_top_set(kept["top"].result, look=marked(Look(), kept["top"])))
    for sign in ("0 %", "..", "(34 %)"):
        assert sign in texts


CSV_FIELDS = {
    "Vanlig": ("25,0", ""),
    "Noll": ("0,0", ""),
    "Hemlig": ("..", ".."),
    "Osäker": ("33,9", "()"),
    "Ej ställd": (".", "."),
}


def rows_of(path):
    content = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


@pytest.mark.parametrize("name", ["problem", "omraden", "utveckling", "prioritering"])
def test_csv_has_numbers_as_numbers_and_the_sign_in_a_column_of_its_own(folder, name):
    rows = rows_of(folder / "figures" / f"{name}.csv")
    heading = {"problem": "Problem", "utveckling": "Uppgift", "prioritering": "Område att prioritera"}
    label = heading.get(name, "Problem")
    label = label if label in rows[0] else "Uppgift"
    found = {(row[label], row["Andel, procent"], row["Tecken"]) for row in rows}
    expected = {(item, *fields) for item, fields in CSV_FIELDS.items()}
    if name == "prioritering":
        expected = {each for each in expected if each[0] != "Ej ställd"}
    assert found == expected


def test_csv_of_the_development_marks_the_change_too(folder):
    rows = [row for row in rows_of(folder / "figures" / "utveckling.csv") if row["Mätning"] == "2026"]
    signs = {row["Uppgift"]: (row["Förändring, procentenheter"], row["Förändringens tecken"]) for row in rows}
    assert signs["Hemlig"] == ("", "")
    assert signs["Osäker"] == ("0,0", "()")
    assert signs["Noll"] == ("0,0", "")


class Tables(HTMLParser):
    """The tables of a page: for each its rows of cells, headings first."""

    def __init__(self, page):
        super().__init__()
        self.found, self.inside = [], False
        self.feed(page)

    def handle_starttag(self, tag, attributes):  # noqa: ARG002 - the signature of the base
        if tag == "table":
            self.found.append([])
        if tag == "tr":
            self.found[-1].append([])
        self.inside = tag in {"td", "th"} or self.inside
        if tag in {"td", "th"}:
            self.found[-1][-1].append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in {"td", "th"}

    def handle_data(self, data):
        if self.inside:
            self.found[-1][-1][-1] += data.strip()


def told_in(tables, heading):
    """Values of a column by the first column, table by table."""
    for heads, *rows in tables:
        if heading in heads:
            place = heads.index(heading)  # on a telephone each cell repeats its heading
            yield {row[0]: row[place].removeprefix(heading) for row in rows if row[0] in SIGNS}


def test_html_cells_hold_the_signs_themselves(folder):
    tables = Tables((folder / "lagesbild.html").read_text(encoding="utf-8")).found
    assert not any("ecken" in head for heads, *_ in tables for head in heads), "it would be said twice"
    shares = list(told_in(tables, "Andel, procent"))
    priorities = {label: sign for label, sign in SIGNS.items() if label != "Ej ställd"}
    assert shares.count(SIGNS) == 2, "problems and development"
    assert shares.count(priorities) == 1
    assert len(shares) == 3
    changes = {"Vanlig": "0", "Noll": "0", "Hemlig": "", "Osäker": "(0)", "Ej ställd": ""}
    assert list(told_in(tables, "Förändring, procentenheter")) == [changes]
    (crossed,) = (
        rows for heads, *rows in tables if len(heads) == 1 + len(AREAS) and heads[-1].startswith(AREAS[-1])
    )
    limits = {"Vanlig": "20–30", "Noll": "0–1", "Osäker": "22–49"}
    assert {row[0]: row[1:] for row in crossed} == {
        label: [sign + limits.get(label, "")] * len(AREAS) for label, sign in SIGNS.items()
    }


def test_word_cells_hold_the_signs_themselves(folder):
    document = docx.Document(str(folder / "lagesbild_utkast.docx"))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert list(told_in(tables, "Andel, procent")) == [SIGNS]
    assert list(told_in(tables, "Förändring")) == [{"Vanlig": "0", "Noll": "0", "Osäker": "(0)"}]
    focus = [row[2] for _, *rows in tables for row in rows if row[0] == "Osäker" and len(row) == 5]
    assert [re.match(r"\(34\s%\), \d+–\d+", each) is not None for each in focus] == [True]


def shown_cells(path, name):
    """Cells of a sheet as Excel shows them: the text, or the number in its format."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(path) as archive:
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
        names = [each.get("name") for each in book.iterfind("m:sheets/m:sheet", space)]
        sheet = ET.fromstring(archive.read(f"xl/worksheets/sheet{names.index(name) + 1}.xml"))  # noqa: S314
        shared = ET.fromstring(archive.read("xl/sharedStrings.xml"))  # noqa: S314
        styles = ET.fromstring(archive.read("xl/styles.xml"))  # noqa: S314
    texts = ["".join(part.text or "" for part in each.iter(f"{{{space['m']}}}t")) for each in shared]
    codes = {
        each.get("numFmtId"): each.get("formatCode") for each in styles.iterfind("m:numFmts/m:numFmt", space)
    }
    forms = [codes.get(each.get("numFmtId"), "") for each in styles.iterfind("m:cellXfs/m:xf", space)]
    rows = []
    for row in sheet.iterfind("m:sheetData/m:row", space):
        rows.append([])
        for cell in row.iterfind("m:c", space):
            value = cell.findtext("m:v", default="", namespaces=space)
            form = forms[int(cell.get("s", "0"))]
            if cell.get("t") == "s":
                rows[-1].append(texts[int(value)])
            elif value and "0.0" in form:
                rows[-1].append(form.replace('"', "").replace("0.0", f"{float(value):.1f}"))
            else:
                rows[-1].append(value)
    return rows


def test_workbook_cells_are_shown_with_their_signs_and_stay_numbers(folder):
    for name in ("Problem", "Trygghet och oro"):
        rows = shown_cells(folder / "tabeller.xlsx", name)
        told = {row[0]: row[1] for row in rows if row and row[0] in SIGNS}
        assert told == {"Vanlig": "25.0", "Noll": "0.0", "Hemlig": "..", "Osäker": "(33.9)", "Ej ställd": "."}
        signs = {
            row[0]: "()" in row or ".." in row[1:] or "." in row[1:]
            for row in rows
            if row and row[0] in SIGNS
        }
        assert signs == {"Vanlig": False, "Noll": False, "Hemlig": True, "Osäker": True, "Ej ställd": True}


def test_changes_of_the_workbook_are_signed(kept):
    rows = {row[0]: row[1] for row in table_changes([kept["change"].result], look=Look()).rows}
    assert isinstance(rows["Osäker"], Unsure)
    assert not isinstance(rows["Noll"], Unsure)
    assert rows["Noll"] == 0.0
    assert (rows["Hemlig"], rows["Ej ställd"]) == ("..", ".")


def test_json_has_a_mark_for_every_cell_and_no_number_where_none_is_shown(kept, tmp_path):
    write_publishable(tmp_path, "x", kept["levels"])
    content = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert content["marks"] == ["", "", "..", "()", "."]
    back = read_publishable(tmp_path / "x.json").result
    assert back.values[1] == 0.0
    assert np.isnan(back.values[[2, 4]]).all()
    assert back.status.tolist() == ["ok", "ok", "withheld", "uncertain", "not_asked"]


def test_tables_of_orders_and_districts_sign_uncertain_shares(report):
    names = ["vanlig", "noll", "osaker"]
    shares = builders.respondents([0.5, 0.2, 0.34], [400, 400, 62], names)
    shares = replace(shares, about=replace(shares.about, labels=NAMES))
    places = np.array([0.30, 0.20, 0.45]), [240, 190, 62]
    districts = builders.estimates(*places, ["otrygg_kvall"] * 3, domains=["Centrum", "Höjden", "Lunden"])
    kept = screen(
        {
            "order": OrderStability(describe_order(shares), 2, (), np.full((3, 3), 200.0)),
            "districts": rank(districts, RankOptions(seed=1)),
        },
        DisclosureRules(),
    )
    whole = replace(report, orders=(kept["order"],), area_ranks=(kept["districts"],))
    beside = {row[0]: row for row in rank_tables(whole, Look())[0].table.rows}
    assert (beside["Osäker"][1], beside["Osäker"][4]) == ("(34)", "(34)")
    assert (beside["Vanlig"][1], beside["Vanlig"][4]) == ("25", "50")
    assert beside["Noll"][1] == "0"
    (laid,) = annex_tables(whole, Look().words)
    assert {row[0]: row[1] for row in laid.table.rows} == {"Centrum": "30", "Höjden": "20", "Lunden": "(45)"}


def test_a_number_in_parentheses_is_a_number():
    assert isinstance(Unsure(33.9), float)
    assert Unsure(33.9) + 0.1 == pytest.approx(34.0)
