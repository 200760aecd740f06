"""The smallest detectable change is one number, wherever it stands: sentence, figure, Word, workbook, promise."""

import io
from dataclasses import replace

import builders
import docx
import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from trygghet.claims import Compared, Context, Declared, Families, Family, WaveResults
from trygghet.claims.tried import tried
from trygghet.disclosure import screen
from trygghet.report import promise_book
from trygghet.report.figures import planned_figures
from trygghet.report.look import PLAIN
from trygghet.report.trend_texts import table_trend
from trygghet.report.word import word_draft
from trygghet.report.workbook import workbook_bytes
from trygghet.waves import change, detectable_change, detectable_next_change

HEADLINE = builders.ITEMS[:3]
FAMILIES = Families(
    (Family("follow_up", "follow_up", HEADLINE), Family("districts", "districts", ("Lunden", "Höjden"))), 0.95
)
ONE = 2.635  # P(|Z| > 2.635) = 0.0084 = 1 - 0.975 ** (1 / 3): half of five per cent, over three changes


def level(wave, values):
    made = builders.estimates(values, 800, builders.ITEMS[:5])
    return replace(made, about=replace(made.about, wave=wave))


@pytest.fixture(scope="module")
def moved():
    old, new = level("2024", (0.25, 0.2, 0.4, 0.3, 0.3)), level("2026", (0.26, 0.21, 0.41, 0.32, 0.29))
    return old, new, change(new, old)


@pytest.fixture(scope="module")
def declared_report(moved):
    old, new, difference = moved
    kept = screen({"old": old, "new": new, "change": difference})
    report = builders.report()
    facts = replace(report.facts, families=FAMILIES, headline=HEADLINE)
    return replace(
        report,
        facts=facts,
        levels=kept["new"],
        changes=(kept["change"],),
        trend=(kept["old"], kept["new"], kept["change"]),
    )


@pytest.fixture(scope="module")
def expected(moved):
    """By the formula, with a critical value from a table: (t + t_80) SE; 400 degrees of freedom are nearly normal."""
    return (ONE + 0.8416) * moved[2].standard_errors


def test_the_level_is_that_of_one_comparison_in_the_family(moved, expected):
    found = detectable_change(moved[2], level=FAMILIES.comparison_level("follow_up"))
    assert found == pytest.approx(expected, rel=0.01)
    assert np.all(found > 1.1 * detectable_change(moved[2]))


def test_sentence_figure_word_and_workbook_say_the_same(moved, declared_report, expected):
    old, new, difference = moved
    results = WaveResults(changes=(Compared(difference, new, old),))
    said = [
        claim.numbers["detectable"]
        for claim in tried(results, Declared(FAMILIES, headline=HEADLINE), Context())
        if "detectable" in claim.numbers
    ]
    assert said == pytest.approx(expected[:3], rel=0.01)
    size = detectable_change(difference, level=FAMILIES.comparison_level("follow_up"))
    assert said == pytest.approx(size[:3], abs=1e-12)

    document = docx.Document(io.BytesIO(word_draft(declared_report, {}, {}, look=PLAIN)))
    table = next(
        each for each in document.tables if "Minsta upptäckbara förändring" in each.rows[0].cells[-1].text
    )
    told = [row.cells[-1].text for row in table.rows[1:]]
    assert told == [f"{100 * each:.0f}" for each in size]
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "alla huvudindikatorer tillsammans" in text

    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes(declared_report, {}, {}, look=PLAIN)))
    rows = book.get_sheet_by_name("Förändringar").to_python()
    head = next(number for number, row in enumerate(rows) if "Minsta upptäckbara förändring" in row)
    at = rows[head].index("Minsta upptäckbara förändring")
    assert [row[at] for row in rows[head + 1 : head + 6]] == pytest.approx(100 * size, abs=0.051)

    look = planned_figures(declared_report, PLAIN)["utveckling"].look
    figure = table_trend(*(each.result for each in declared_report.trend), look=look)
    at = figure.columns.index("Minsta upptäckbara förändring")
    drawn = {row[0]: row[at] for row in figure.rows if row[at] != ""}
    wanted = dict(zip([builders.LABELS[item] for item in builders.ITEMS[:5]], 100 * size, strict=True))
    assert drawn == pytest.approx(wanted, abs=0.051)


def test_promises_ask_for_the_same_certainty(declared_report):
    book = promise_book(declared_report)
    size = detectable_next_change(
        declared_report.problems.result, level=FAMILIES.comparison_level("follow_up")
    )
    assert book.promises[0].baseline.detectable_points == pytest.approx(100 * size[0], abs=0.05)


def test_without_a_family_each_change_stands_for_itself(declared_report, moved):
    alone = replace(declared_report, facts=replace(declared_report.facts, families=None))
    document = docx.Document(io.BytesIO(word_draft(alone, {}, {}, look=PLAIN)))
    table = next(
        each for each in document.tables if "Minsta upptäckbara förändring" in each.rows[0].cells[-1].text
    )
    told = [row.cells[-1].text for row in table.rows[1:]]
    assert told == [f"{100 * each:.0f}" for each in detectable_change(moved[2])]
    assert "alla huvudindikatorer tillsammans" not in "\n".join(p.text for p in document.paragraphs)
