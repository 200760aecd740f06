"""A report in English holds no word of the Swedish catalogue: only the survey's own names and questions stay as they were asked."""

import io
import re
from dataclasses import replace

import builders
import docx
import numpy as np
import pytest
from test_page import html_of

from trygghet.claims import (
    Context,
    Source,
    above_rest,
    among_largest,
    answered,
    cut_off,
    level,
    low,
    one_wave,
)
from trygghet.claims.wording import RULES
from trygghet.claims.wording import TEXTS as SENTENCES
from trygghet.disclosure import DisclosureRules, screen
from trygghet.report import Look, Wording
from trygghet.report.figures import planned_figures
from trygghet.report.kinds import kind_of
from trygghet.report.texts import TEXTS
from trygghet.report.word import word_draft

ENGLISH = Look(words=Wording("en"))
CONTEXT = Context(sources={("2026", "brev"): Source("persons", "mars 2026")}, choose=3)
# Names of the survey's own, of its register and municipality, of the draft's styles, and of Swedish institutions and files.
OWN = {
    "folkbokföringen", "kommunen", "exempelstad", "trygghet", "syntetiska", "data", "brev", "webb", "programtext", "egen", "text",
    "dialoger", "enkäten", "brå", "est", "ntu", "kolada", "tabeller", "survey", "vilka", "hur",
}  # fmt: skip


def words_of(text):
    return set(re.findall(r"[^\W\d_]{3,}", text.lower()))


def catalogue(language):
    texts = [getattr(text, language) for text in (*TEXTS.values(), *SENTENCES.values(), *RULES.values())]
    return words_of(re.sub(r"{\w+}", " ", " ".join(texts)))


SWEDISH = catalogue("sv") - catalogue("en") - OWN


def claims():
    items, domains, _, ns, shifts, errors = builders.crossed()
    first = np.flatnonzero(np.array(items) == items[0])
    rest = builders.estimates(shifts, ns, items, domains=domains, estimand="difference", spread=errors).take(
        first
    )
    one = builders.problems().take(np.arange(2))
    told = [
        *(rule(builders.priorities(), CONTEXT) for rule in (among_largest, cut_off)),
        *above_rest(rest, CONTEXT, levels=builders.areas().take(first), direction="either"),
        *level(one, CONTEXT),
        *low(one, 0.5, CONTEXT),
        *one_wave(one, CONTEXT, move="increased"),
    ]
    beside = {
        "priorities": builders.priorities(),
        "problems": builders.problems(),
        "areas": builders.areas(),
        "contrasts": builders.contrasts(),
    }
    kept = screen(beside | {f"{number:02d}": claim for number, claim in enumerate(told)}, DisclosureRules())
    return tuple(found for name, found in kept.items() if name.isdigit())


@pytest.fixture(scope="module")
def report(wave_report):
    facts = replace(
        wave_report.facts,
        ages="16–84",
        area_word="district",
        priority_question="",
        problem_question="",
        survey="Survey",
    )
    return replace(wave_report, facts=facts, claims=claims())


def data_words(report):
    tables = [
        table.result.frame[["grupp_av", "grupp"]].to_string() for table in (report.response, report.drawn)
    ]
    return words_of(" ".join((*builders.AREAS.values(), *builders.DISTRICTS, *tables)))


def swedish_in(text, report):
    return sorted((words_of(text) & SWEDISH) - data_words(report))


def test_the_page_holds_no_swedish_word_of_the_catalogue(report):
    page = html_of(report, ENGLISH)
    text = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert "Simultaneous rank sets" in text
    assert swedish_in(text, report) == []


def test_the_word_draft_holds_no_swedish_word_of_the_catalogue(report):
    document = docx.Document(io.BytesIO(word_draft(report, {}, {}, look=ENGLISH)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert "Annex: Sentences that may not be written" in text
    assert swedish_in(text, report) == []


def test_captions_alternative_texts_and_tables_hold_none_either(report):
    said = []
    for plan in planned_figures(report, ENGLISH).values():
        kind, results = kind_of(plan.plot), [each.result for each in plan.publishables]
        table = kind.table(*results, look=plan.look)
        said += [plan.caption.title, plan.caption.subtitle, *plan.caption.notes]
        said += [kind.describe(*results, look=plan.look), *table.columns, *map(str, sum(table.rows, ()))]
    assert swedish_in(" ".join(said), report) == []


def test_the_search_bites(report):
    (claim, *_) = (each.result for each in report.claims)
    assert "intervallet" in swedish_in(claim.rule, report)
    assert {"simultana", "gränsen"} <= SWEDISH


def test_respondents_are_told_in_english():
    (claim,) = answered(builders.respondents([0.4], 874, builders.ITEMS[:1]), CONTEXT)
    assert claim.told("en").rule.startswith("Self-selected or invited answers")
    assert not words_of(claim.rule_en) & SWEDISH
