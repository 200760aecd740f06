"""What stands in no declared family is exploratory: its figures stand in tables and get no sentence, on the page or in Word."""

import io
import re
from dataclasses import replace

import builders
import docx
import pytest
from test_page import html_of

from trygghet.claims import Compared, Context, Declared, Families, Family, WaveResults, tried
from trygghet.disclosure import screen
from trygghet.report.look import PLAIN
from trygghet.report.word import word_draft
from trygghet.waves import change

ITEMS = builders.ITEMS[:3]
TOLD, LEFT = ITEMS[:2], ITEMS[2]
NAMES = {item: builders.LABELS[item].lower() for item in ITEMS}


def level(wave, values):
    made = builders.estimates(values, 800, ITEMS)
    return replace(made, about=replace(made.about, wave=wave))


def report_of(headline):
    """A report whose sentences and tables come from the same three items, all of which have moved far."""
    new, old = level("2026", (0.46, 0.31, 0.40)), level("2024", (0.26, 0.21, 0.20))
    families = Families(
        (Family("follow_up", "follow_up", headline), Family("headline", "headline", (f"{headline[0]}:low",)))
    )
    declared = Declared(families, headline=headline, low={headline[0]: 0.2})
    difference = change(new, old)
    results = WaveResults(levels=(new,), changes=(Compared(difference, new, old),))
    claims = list(tried(results, declared, Context()))
    kept = screen({"new": new, "old": old, "change": difference} | {f"c{k}": c for k, c in enumerate(claims)})
    made = builders.report()
    shown = tuple(kept[f"c{k}"] for k in range(len(claims)))
    return replace(
        made,
        facts=replace(made.facts, families=families, headline=headline),
        claims=shown,
        levels=kept["new"],
        changes=(kept["change"],),
        trend=(kept["old"], kept["new"], kept["change"]),
    )


@pytest.fixture(scope="module")
def documents():
    return {headline: printed(report_of(headline)) for headline in (TOLD, ITEMS)}


def printed(report):
    """Sentences of the page and of the Word draft, and what their tables hold."""
    page = re.sub(r"<(style|script|svg|figure).*?</\1>", " ", html_of(report), flags=re.DOTALL)
    draft = docx.Document(io.BytesIO(word_draft(report, {}, {}, look=PLAIN)))
    tables = " ".join(re.findall(r"<table.*?</table>", page, flags=re.DOTALL))
    tables += " ".join(c.text for table in draft.tables for row in table.rows for c in row.cells)
    running = re.findall(
        r"<(?:p|li)\b[^>]*>(.*?)</(?:p|li)>",
        re.sub(r"<table.*?</table>", " ", page, flags=re.DOTALL),
        re.DOTALL,
    )
    running += [paragraph.text for paragraph in draft.paragraphs]
    sentences = [
        part for text in running for part in re.split(r"(?<=[.!?])\s+", re.sub(r"<[^>]+>", " ", text))
    ]
    return sentences, tables


def said_of(item, sentences):
    """Sentences of data that name an item: with a number, or with a word of change."""
    return [s for s in sentences if NAMES[item] in s.lower() and re.search(r"\d|ökat|minskat|säkerställ", s)]


def test_an_item_outside_the_families_gets_no_sentence(documents):
    sentences, tables = documents[TOLD]
    assert said_of(LEFT, sentences) == []
    assert all(said_of(item, sentences) for item in TOLD)
    assert builders.LABELS[LEFT] in tables


def test_the_same_item_gets_its_sentences_once_it_is_declared(documents):
    sentences, _ = documents[ITEMS]
    assert any("ökat" in each for each in said_of(LEFT, sentences))
