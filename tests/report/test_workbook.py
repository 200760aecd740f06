import datetime as dt
import io

import builders
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from trygghet.report.tables import Sheet


@pytest.fixture(scope="module")
def book(written):
    return CalamineWorkbook.from_path(str(written / "tabeller.xlsx"))


def test_one_sheet_a_table_after_a_sheet_that_tells_what_they_are(book):
    assert book.sheet_names == [
        "Innehåll",
        "Prioriteringar",
        "Problem",
        "Områden",
        "Vilka svarade",
        "Balans före och efter",
        "Möjliga placeringar",
        "Par som kan skiljas åt",
        "Uppgifter före och efter",
        "Svarsfrekvens",
    ]
    first = book.get_sheet_by_name("Innehåll").to_python()
    assert "Underlag till lägesbild 2026 – Exempelstad" in first[0]
    assert "SYNTETISKA DATA" in first[1]


def test_numbers_are_numbers_with_base_and_interval(book):
    rows = book.get_sheet_by_name("Problem").to_python()
    head = rows[3]
    assert head[:5] == ["Problem", "Andel, procent", "Felmarginal från", "Felmarginal till", "Antal svarande"]
    first = rows[4]
    assert first[1] == pytest.approx(44.0)
    assert first[2] < first[1] < first[3]
    assert first[4] == 1080


def test_each_item_stands_before_and_after_weighting_with_its_move(book):
    rows = book.get_sheet_by_name("Uppgifter före och efter").to_python()[4:]
    moved = {row[1]: row for row in rows if row[0] == "problem"}
    assert len(moved) == len(builders.ITEMS)
    for row in moved.values():
        assert row[4] == pytest.approx(row[3] - row[2], abs=0.11)
    sizes = [abs(row[4]) for row in moved.values()]
    assert sizes == sorted(sizes, reverse=True)
    assert {row[5] for row in moved.values()} == {"större", "mindre"}


def test_a_group_of_which_few_answered_has_no_response_rate(book):
    rows = {row[1]: row for row in book.get_sheet_by_name("Svarsfrekvens").to_python()[4:]}
    assert rows["Alla"][2:5] == [2680, 1101, pytest.approx(41.1)]
    assert rows["Centrum"][2:5] == [800, 420, 52.5]
    assert rows["Åsbyn"][2] == 60
    assert rows["Åsbyn"][3:5] == ["..", ".."]
    assert sum(row[3] == ".." for row in rows.values()) == 2, "a single sign would be found by subtraction"


def test_withheld_cells_are_signs(book):
    rows = book.get_sheet_by_name("Områden").to_python()
    hidden = [row for row in rows if row[1] == "Sjöstaden"]
    assert len(hidden) == len(builders.ITEMS)
    assert all(row[2] == ".." for row in hidden)


def test_notes_stand_below_each_table(book):
    for name in book.sheet_names[1:]:
        text = " ".join(str(cell) for row in book.get_sheet_by_name(name).to_python() for cell in row)
        assert "KS 2026/00001" in text
        assert "svar" in text or "Svar" in text


def test_date_comes_from_the_parameters(written):
    import zipfile

    with zipfile.ZipFile(written / "tabeller.xlsx") as parts:
        core = parts.read("docProps/core.xml").decode("utf-8")
    assert f"{dt.date(2026, 11, 22)}T00:00:00Z" in core


def test_tabs_have_names_that_excel_takes_and_each_its_own():
    from trygghet.report.workbook import Tab, _named

    wanted = [
        "Ordning a/b",
        "Ordning [a]:*?\\b",
        "ordning a b",
        "'x'",
        "",
        "History",
        "å" * 40,
        "å" * 41,
        "\U00010000" * 20,
        "Innehåll",
    ]
    tabs = _named([Tab(name, "", Sheet((), ()), ()) for name in wanted], taken="Innehåll")
    with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
        book.add_worksheet("Innehåll")
        for tab in tabs:
            book.add_worksheet(tab.name)
    assert [tab.name for tab in tabs[:5]] == ["Ordning a b", "Ordning a b 2", "ordning a b 3", "x", "-"]
    assert all(len(tab.name.encode("utf-16-le")) <= 62 for tab in tabs)
