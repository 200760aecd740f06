"""The method annex: the risk and its families, what they can show, and every disclosure setting."""

from dataclasses import replace

import builders
import pytest

from trygghet.claims import Families, Family
from trygghet.disclosure import DisclosureRules
from trygghet.report.contrast_marks import marks_of
from trygghet.report.disclosure_lines import disclosure_lines
from trygghet.report.figures import planned_figures
from trygghet.report.look import Look
from trygghet.report.method import method_notes
from trygghet.report.power import power_rows, power_sheet
from trygghet.report.wording import SWEDISH, Wording
from trygghet.report.write import write_report

FAMILIES = Families(
    (
        Family("priorities", "priorities", tuple("abcdefghijkl")),
        Family("headline", "headline", ()),
        Family("districts", "districts", tuple(builders.DISTRICTS)),
        Family("follow_up", "follow_up", ("otrygg_kvall",)),
    )
)


@pytest.fixture
def declared(wave_report):
    return replace(wave_report, facts=replace(wave_report.facts, families=FAMILIES))


def test_the_annex_says_how_the_risk_is_divided(declared, wave_report):
    told = " ".join(method_notes(declared, Look()))
    assert "fyra familjer" in told
    assert "98,75\N{NO-BREAK SPACE}%" in told
    assert "familjer av påståenden" not in " ".join(method_notes(wave_report, Look()))


def test_the_annex_says_the_level_and_the_method_of_the_intervals(declared):
    assert "i 90 av 100 undersökningar" in method_notes(declared, Look(level=0.9, interval="logit"))[0]
    assert "logitskala" in method_notes(declared, Look(level=0.9, interval="logit"))[0]


def test_marks_of_areas_are_judged_at_the_level_of_their_family(declared):
    look = planned_figures(declared, Look())["omraden"].look
    assert look.jointly == FAMILIES.family_level
    at_family, at_full = (
        [mark for mark in marks_of(builders.contrasts(), level=level).values() if mark]
        for level in (1 - 1e-9, 0.95)
    )
    assert len(at_family) < len(at_full)


def test_what_each_family_can_show_stands_on_the_page_in_word_and_in_the_workbook(declared, tmp_path):
    import docx
    from python_calamine import CalamineWorkbook

    write_report(declared, tmp_path)
    page = (tmp_path / "lagesbild.html").read_text(encoding="utf-8")
    assert "Vad undersökningar av olika storlek kan visa" in page
    document = docx.Document(str(tmp_path / "lagesbild_utkast.docx"))
    heads = [table.rows[0].cells[0].text for table in document.tables]
    assert "Familj av påståenden" in heads
    rows = CalamineWorkbook.from_path(tmp_path / "tabeller.xlsx").get_sheet_by_name("Styrka").to_python()
    at = next(number for number, row in enumerate(rows) if row[0] == "Familj av påståenden")
    told = rows[at + 1 : at + 10]
    assert [row[2] for row in told] == [
        300,
        500,
        1100,
    ] * 3  # the headline family states nothing and is left out
    assert [row[1] for row in told[::3]] == [132, 6, 1]
    for row in told:
        assert row[4] <= row[5] <= row[6]


def test_no_chance_is_said_to_be_nothing_or_everything(declared):
    sheet = power_sheet(declared.facts, SWEDISH)
    chances = {value for row in power_rows(sheet, SWEDISH) for value in row[4:]}
    assert not chances & {"0", "100"}
    assert "under\N{NO-BREAK SPACE}1" in chances


def test_nothing_declared_or_no_random_sample_gives_no_table(wave_report, open_report):
    assert power_sheet(wave_report.facts, SWEDISH) is None
    assert power_sheet(replace(open_report.facts, families=FAMILIES), SWEDISH) is None


SETTINGS = {
    "base_floor": 41,
    "sensitive_floor": 62,
    "children_floor": 67,
    "small_numerator": 3,
    "zero_shown_from": 123,
    "protection": 7,
    "share_protection": 0.23,
    "rounding": 0.01,
    "uncertain_below": 155,
    "uncertain_half_width": 0.08,
    "uncertain_cv": 0.37,
}
PRINTED = ("41", "62", "67", "1–3", "123", "sju", "23", "1,0", "155", "8", "37", "elev", "13–17")


def test_every_setting_of_the_screen_is_printed():
    rules = DisclosureRules(**SETTINGS, sensitive=("utsatt_hot", "utsatt_ran")).with_children(
        ["elev"], [("alder4", "13–17")]
    )
    declared = {"sensitive", "children", "children_groups"}
    assert set(SETTINGS) | declared == set(DisclosureRules.model_fields)
    told = " ".join(disclosure_lines(rules, SWEDISH)).replace("\N{NO-BREAK SPACE}", " ").split()
    words = {word.strip(".,;:()") for word in told}
    assert set(PRINTED) - {"1,0"} <= words
    assert "1,0" in " ".join(told)
    assert "2" in words  # two sensitive questions


def test_the_four_signs_stand_in_both_languages():
    for language in ("sv", "en"):
        signs = disclosure_lines(DisclosureRules(), Wording(language))[-1]
        assert all(sign in signs for sign in ("0 ", " .. ", "(34)", " . "))


def test_page_and_word_print_the_rules_that_the_results_were_screened_by(written):
    import docx

    page = (written / "lagesbild.html").read_text(encoding="utf-8")
    draft = "\n".join(
        paragraph.text for paragraph in docx.Document(str(written / "lagesbild_utkast.docx")).paragraphs
    )
    for line in disclosure_lines(DisclosureRules(), SWEDISH):
        assert line in draft
        assert line.replace("<", "&lt;").replace(">", "&gt;") in page
