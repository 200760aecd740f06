"""What a report does when the survey lacks something: it says so where it belongs, and shows nothing empty."""

import io
from dataclasses import replace

import builders
import docx
import numpy as np
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from test_page import html_of

from trygghet.disclosure import DisclosureRules, screen
from trygghet.report import Look
from trygghet.report.alt_texts import describe_response
from trygghet.report.captions import caption_response, spread_of
from trygghet.report.figures import planned_figures
from trygghet.report.page import page_of
from trygghet.report.tables import csv_bytes, rounded, table_problems, table_response
from trygghet.report.word import word_draft
from trygghet.report.wording import SWEDISH

LOOK = Look()
YELLOW = "FFF2CC"


def drafted(report):
    return docx.Document(io.BytesIO(word_draft(report, {}, {}, look=LOOK)))


def without(*columns):
    whole = builders.response()
    return replace(whole, frame=whole.frame.assign(**dict.fromkeys(columns, np.nan)))


@pytest.mark.parametrize(
    ("lacking", "spread", "columns"),
    [
        ((), "both", 7),
        (("andel_befolkning",), "weighted", 6),
        (("andel_vagd",), "population", 5),
        (("andel_vagd", "andel_befolkning"), "answered", 4),
    ],
)
def test_the_figure_of_who_answered_names_only_what_it_shows(lacking, spread, columns):
    table = without(*lacking)
    told = " ".join(
        (caption_response(table, builders.facts(), LOOK).subtitle, describe_response(table, look=LOOK))
    )
    assert spread_of(table) == spread
    assert len(table_response(table, look=LOOK).columns) == columns
    assert ("viktning" in told) == ("andel_vagd" not in lacking)
    assert ("befolkningen" in told) == ("andel_befolkning" not in lacking)


def test_the_effective_number_of_answers_is_withheld_with_the_answers():
    frame = builders.response().frame.copy()
    named = table_response(builders.response(), look=LOOK)
    assert [row[-1] for row in named.rows] == [472, 365, 100, 250, 671], "answers over the design effect"
    frame.loc[2, ["svarande", "andel_ovagd", "andel_vagd", "designeffekt"]] = np.nan
    hidden = table_response(replace(builders.response(), frame=frame), look=LOOK)
    assert hidden.rows[2][-1] == hidden.rows[2][2] == ".."


def test_without_groups_there_is_no_figure_of_who_answered(wave_report):
    empty = replace(builders.response(), frame=builders.response().frame.iloc[:0])
    report = replace(wave_report, response=screen({"response": empty})["response"])
    assert "svar_och_vikter" in planned_figures(wave_report, LOOK)
    assert "svar_och_vikter" not in planned_figures(report, LOOK)


def test_what_nobody_has_told_is_yellow_in_word_and_marked_on_the_page(wave_report):
    facts = wave_report.facts
    unknown = replace(facts.streams[0], drawn_by="", start=None, end=None)
    report = replace(wave_report, facts=replace(facts, streams=(unknown, *facts.streams[1:])))
    tables = (table for table in drafted(report).tables if len(table.rows) > 1)
    table = next(table for table in tables if table.rows[1].cells[0].text == "Vilka tillfrågades")
    for row in table.rows[3:5]:
        assert row.cells[1].text == ""
        assert row.cells[1]._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == YELLOW
    plain = {"priorities": None, "problems": None, "areas": None, "contrasts": None, "response": None}
    assert (
        html_of(replace(report, **plain)).count('<span class="fill">saknas: skrivs in i kodboken</span>') == 2
    )
    assert '<span class="fill">' not in html_of(replace(wave_report, **plain))


def test_without_priorities_there_is_a_sheet_to_fill_in_and_no_empty_page(wave_report):
    document = drafted(replace(wave_report, priorities=None))
    text = [paragraph.text for paragraph in document.paragraphs]
    assert "Saknas: undersökningen frågade inte vad som ska prioriteras." in text
    assert any(
        table.rows[1].cells[0].text == "Vilket område gäller det?"
        for table in document.tables
        if len(table.rows) > 1
    )
    analysis = next(each for each in document.paragraphs if each.text == "6 Analys")
    assert not analysis.paragraph_format.page_break_before


def test_groups_of_persons_are_no_areas(wave_report):
    report = replace(wave_report, facts=replace(wave_report.facts, by_area=False, area_word="grupp"))
    page = page_of(report, {}, LOOK)
    assert "Saknas: undersökningen är inte redovisad efter område." in [
        p.text for p in drafted(report).paragraphs
    ]
    assert planned_figures(report, LOOK)["omraden"].caption.title == "Hur skiljer sig grupperna?"
    assert "Områden" not in [section.heading for section in page.sections]


def test_a_draft_that_ends_with_a_table_has_no_page_after_it(wave_report):
    last = drafted(wave_report).paragraphs[-1]
    assert last.text == ""
    assert last.paragraph_format.line_spacing == Pt(1)


def test_a_share_is_rounded_once_so_that_figure_and_page_agree():
    """17.46 per cent is 17; by way of 17.5 it would be 18."""
    result = builders.estimates([0.1746], 1000, builders.ITEMS[:1])
    sheet = table_problems(screen({"p": result}, DisclosureRules())["p"].result, look=LOOK)
    assert SWEDISH.number(sheet.rows[0][1]) == "17"
    assert ";17,5;" in ";" + csv_bytes(sheet, builders.STAMP, SWEDISH).decode("utf-8").split("\r\n")[1]
    assert str(rounded(-0.04)) == "0.0"
