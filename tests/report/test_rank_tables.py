"""Tables of rankings on the page, in the workbook and in the Word draft: what they say, and what they do not."""

import io
import re
from dataclasses import replace

import numpy as np
import pytest
from builders import AREAS, ITEMS, PRIORITIES, estimates, priorities, report, respondents

from trygghet.disclosure import DisclosureRules, screen
from trygghet.ranking import OrderCheck, OrderStability, RankOptions, bayes_ranks, describe_order
from trygghet.ranking.composite import (
    MethodFactors,
    PillarWeights,
    Source,
    SourceDeclaration,
    composite_priority,
)
from trygghet.ranking.respondents import places_of
from trygghet.report.figures import planned_figures
from trygghet.report.look import PLAIN
from trygghet.report.page import page_of
from trygghet.report.rank_tables import annex_tables, rank_tables

WEB = (0.50, 0.30, 0.38, 0.36, 0.40, 0.33, 0.22, 0.17, 0.20, 0.13)


def order(values=WEB, *, small=False):
    shares = respondents(values, 874, ITEMS)
    found = describe_order(shares)
    raked = np.array(values) + np.array([0, 0.15, *[0] * 8])
    checks = (
        OrderCheck("raked", "", 840, places_of(raked), "2026", "webb"),
        OrderCheck("without", "Facebook", 860 if small else 500, found.place, "2026", "webb"),
        OrderCheck("stream", "brev", 612, places_of(np.array(PRIORITIES)), "2026", "brev"),
    )
    alone = np.full((10, 10), 200.0)
    return OrderStability(found, 4, checks, alone)


def composite():
    about = {"unit": "andel", "period": "2026", "population": "alla", "coverage": "bortfall"}
    survey = estimates(PRIORITIES, 612, ITEMS)
    named = dict(zip(AREAS.values(), ITEMS, strict=True))
    votes = {label: float(number) for number, label in enumerate(AREAS.values(), 1)} | {"Extremism": 3.0}
    del votes["Inbrott"]
    sources = [
        Source.from_survey(
            "enkäten", survey, named, declared=SourceDeclaration("enkät", goalposts=(0.0, 0.6), **about)
        ),
        Source.from_table(
            "dialoger",
            votes,
            declared=SourceDeclaration("dialog", goalposts=(0.0, 20.0), **about),
            kind="votes",
        ),
    ]
    weights = PillarWeights({"enkät": 0.7, "dialog": 0.3}, "Trygghetsrådet", "2026-01-15")
    return composite_priority(
        sources,
        weights,
        missing="renormalise",
        options=RankOptions(seed=1),
        factors=MethodFactors(seed=1, scenarios=300),
    )


def districts():
    items = ["otrygg_kvall"] * 6
    names = ["Centrum", "Norra staden", "Lunden", "Höjden", "Sjöstaden", "Västra Ängarna"]
    values = [0.30, 0.20, 0.45, 0.33, 0.90, 0.25]
    found = estimates(values, [240, 190, 95, 140, 22, 205], items, domains=names)
    return bayes_ranks(found, options=RankOptions(seed=1, draws=2000))


@pytest.fixture(scope="module")
def whole():
    kept = screen(
        {
            "priorities": priorities(),
            "order": order(),
            "composite": composite(),
            "districts": districts(),
        },
        DisclosureRules(),
    )
    return replace(
        report(),
        priorities=kept["priorities"],
        orders=(kept["order"],),
        composite=kept["composite"],
        area_ranks=(kept["districts"],),
    )


def rows(laid):
    return {row[0]: row[1:] for row in laid.table.rows}


def test_streams_stand_side_by_side_and_only_the_sample_has_intervals(whole):
    laid = rank_tables(whole, PLAIN)[0]
    told = rows(laid)
    assert len(told) == 10
    assert laid.table.columns[1:4] == ("brev: andel, procent", "brev: felmarginal", "brev: hör dit?")
    assert [name for name in laid.table.columns if "bland de svarande" in name] == list(
        laid.table.columns[4:6]
    )
    assert told["Narkotika"][0] == "47"
    assert re.fullmatch("4[0-9]–5[0-9]", told["Narkotika"][1])
    assert told["Narkotika"][3:] == ("50", "1", "ja, bland de fyra")
    assert told["Bedrägerier mot äldre på nätet"][-1] == "ja, inte bland de fyra"
    assert "går inte att avgöra" in {row[-1] for row in told.values()}
    assert "brev är ett slumpmässigt urval" in laid.notes[0]


def test_the_order_is_told_with_every_way_to_count(whole):
    laid = rank_tables(whole, PLAIN)[1]
    told = rows(laid)
    assert list(told) == [
        "Som svaren kom in",
        "Omräknat till befolkningens sammansättning",
        "Utan svaren från Facebook",
        "I det slumpmässiga urvalet (brev)",
    ]
    assert told["Som svaren kom in"][1].replace("\u00a0", " ").startswith("1 Narkotika, 2 Nedskräpning")
    assert told["Utan svaren från Facebook"][2:] == ("ja", "ja")
    assert told["Omräknat till befolkningens sammansättning"][2] == "nej"  # Grov comes in
    assert "bör inte tolkas" in laid.notes[0]
    assert "1,00 gånger" in laid.notes[1]
    assert "Gränsen går mellan Sexualbrott och Trafik och buskörning" in laid.notes[1]


def test_what_leaves_out_too_few_is_marked_as_withheld():
    kept = screen({"priorities": priorities(), "order": order(small=True)}, DisclosureRules())
    laid = rank_tables(replace(report(), priorities=kept["priorities"], orders=(kept["order"],)), PLAIN)[1]
    assert rows(laid)["Utan svaren från Facebook"] == ("..",) * 4


def test_the_annex_tells_what_the_composite_is_made_of(whole):
    made, places = annex_tables(whole, PLAIN.words)
    told = rows(made)
    assert told["enkäten"][1] == "70"
    assert (told["enkäten"][-1], told["dialoger"][-1]) == ("ja", "nej")
    assert told["enkäten"][-2] == "0,0 ger 0; 0,6 ger 1"
    assert len(made.brief.columns) <= 7
    said = " ".join(cell for row in made.brief.rows for cell in row)
    assert all(str(cell) in said for row in made.table.rows for cell in row)
    text = " ".join(made.notes)
    assert "Vikterna: Trygghetsrådet, 2026-01-15." in text
    assert "Det gäller Inbrott." in text
    assert "påverkar ordningen mest är" in text
    areas = rows(places)
    assert areas["Lunden"][1].startswith("1")
    assert areas["Sjöstaden"] == ("..",) * 5  # 22 answers
    assert "modellbaserade" in " ".join(places.notes)


def test_the_composite_marks_a_missing_source_and_a_missing_survey_apart(whole):
    from trygghet.report.composite_figures import table_composite

    told = rows(type("Laid", (), {"table": table_composite(whole.composite.result, look=PLAIN)}))
    assert told["Inbrott"][-1] == "."
    assert told["Extremism"][4] == "ingen enkätgrund"
    assert told["Extremism"][:2] == ("", "")


def test_page_workbook_and_draft_hold_them_all(whole):
    from docx import Document
    from python_calamine import CalamineWorkbook

    from trygghet.report.figures import drawn_for_page, rendered_figures
    from trygghet.report.word import word_draft
    from trygghet.report.workbook import workbook_bytes

    planned = planned_figures(whole, PLAIN)
    assert {"sammanvagd", "placeringar", "par"} <= set(planned)
    rendered = rendered_figures(whole, planned)
    page = page_of(whole, drawn_for_page(planned, rendered, {}), PLAIN)
    assert [section.name for section in page.annex] == [
        "placeringar",
        "par",
        "sammanvagningens_kallor",
        "omradesplacering_otrygg_kvall",
    ]
    beside = [section.name for section in page.sections]
    assert beside[:4] == ["prioritering", "olika_hall", "ordning_webb", "sammanvagd"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes(whole, planned, rendered, look=PLAIN)))
    assert {"Olika håll", "Ordning webb", "Sammanvägd prioritering", "Källor och vikter"} <= set(
        book.sheet_names
    )
    text = "\n".join(
        p.text for p in Document(io.BytesIO(word_draft(whole, planned, rendered, look=PLAIN))).paragraphs
    )
    for told in ("Prioriteringar från olika håll", "Håller ordningen", "källor och vikter"):
        assert told in text
    assert "ingen enkätgrund" in rendered["sammanvagd"].alt
