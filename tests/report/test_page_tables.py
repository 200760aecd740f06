import re

import pytest

from trygghet.report import write_report
from trygghet.report.page_tables import HtmlTable, html_table
from trygghet.report.tables import Sheet
from trygghet.report.wording import SWEDISH, Wording

POINTS = SWEDISH["trend.column.points"]
LOW, HIGH = SWEDISH["column.low"], SWEDISH["column.high"]
LESS, MORE = SWEDISH["trend.column.low"], SWEDISH["trend.column.high"]


def printed(columns, *rows, decimals=0):
    return html_table(Sheet(columns, rows), "t", "T", words=SWEDISH, decimals=decimals)


def test_two_limits_stand_as_one_range():
    table = printed(("Uppgift", LOW, HIGH), ("a", 43.2, 51.0), ("b", "..", ".."), ("c", "", ""))
    assert table.columns == ("Uppgift", "Felmarginal")
    assert table.rows == (("a", "43–51"), ("b", ".."), ("c", ""))


def test_a_change_has_its_sign_and_its_margin():
    rows = (("a", 4.4, 1.0, 8.0), ("b", -2.6, -5.0, 0.4), ("c", 0.2, -3.0, 4.0), ("d", "", "", ""))
    table = printed(("Uppgift", POINTS, LESS, MORE), *rows)
    assert [row[1] for row in table.rows] == ["+4", "\N{MINUS SIGN}3", "0", ""]
    assert table.rows[1][2] == "\N{MINUS SIGN}5\u00a0till\u00a00"
    moved = printed(("Uppgift", SWEDISH["column.move"]), ("a", 1.64), ("b", 0.04), decimals=1)
    assert [row[1] for row in moved.rows] == ["+1,6", "0,0"]
    assert Wording("en").signed(1.64, 1) == "+1.6"


def test_a_row_is_headed_by_what_it_is_about():
    table = printed((SWEDISH["column.family"], SWEDISH["column.group"]), ("Kön", "Man"), ("Kön", "Kvinna"))
    assert [row[0] for row in table.rows] == ["Man", "Kvinna"]


def test_narrow_tables_stay_tables_and_wide_ones_become_cards():
    assert not HtmlTable("t", "T", ("Uppgift", "Andel"), (("a", "5"),)).stacked
    assert HtmlTable(
        "t", "T", ("Uppgift", "Text"), (("a", "en lång mening som ingen smal spalt rymmer"),)
    ).stacked
    assert HtmlTable("t", "T", ("a", "b", "c", "d"), (("a", "1", "2", "3"),)).stacked
    kinds = HtmlTable("t", "T", ("a", "b", "c"), (("x", "1–2", "Hör inte dit alls"),)).kinds
    assert kinds == ("words", "figures", "phrase")


@pytest.fixture(scope="module")
def html(wave_report, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sida")
    write_report(wave_report, folder)
    return (folder / "lagesbild.html").read_text(encoding="utf-8")


def test_cards_are_still_tables_for_screen_readers(html):
    for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
        assert 'role="table"' in table
        heads = table.count('role="columnheader"')
        for row in table.split('<tr role="row">')[2:]:
            assert row.count('role="rowheader"') == 1
            assert row.count('role="cell"') == heads - 1
        assert table.count('class="head"') == table.count('class="head" aria-hidden="true"')


def test_districts_stand_with_their_intervals_in_the_table(html):
    table = html[html.index('id="omraden"') :]
    cells = re.findall(r"<td.*?</td>", table[: table.index("</table>")], re.DOTALL)
    shown = [cell for cell in cells if re.search(r"</span>\(?\d", cell)]
    assert shown
    assert all(re.search(r'class="under">\d+–\d+<', cell) for cell in shown)
