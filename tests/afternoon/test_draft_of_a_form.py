"""What the draft makes of a web form's workbook: the questions, the shares that are shown, and few marks."""

import re

import pandas as pd
import pytest

from trygghet.codebook import Codebook
from trygghet.datasets import exempelstad
from trygghet.ingest import draft_codebook, read_survey


@pytest.fixture(scope="module")
def draft(form):
    return draft_codebook(form)


@pytest.fixture(scope="module")
def book(draft):
    return Codebook.from_text(draft)


@pytest.fixture(scope="module")
def survey(form, draft):
    text = re.sub(r"^check:\n(?:  .*\n)+", "", draft, flags=re.MULTILINE)
    return read_survey(form, codebook=Codebook.from_text(text))


def test_only_how_the_answers_came_in_is_asked(book):
    assert list(book.marks) == ["streams"]
    assert (book.survey, book.wave, book.id) == ("Trygghet i Exempelstad", "2026", "ID")


def test_the_days_of_collection_are_those_of_the_answers(book):
    stream = book.streams.whole_file
    assert (str(stream.start), stream.sampling) == ("2026-09-12", "self_selected")


def test_statements_without_their_question_are_found_by_their_scale(book):
    assert book.variable("prob_inbrott").column == "Inbrott i bostäder och förråd"
    assert book.variable("fraga_oro_inbrott").column == "Inbrott i bostaden"
    assert book.indicator("problem_narkotikahandel").label == "Öppen narkotikahandel"
    assert book.indicator("oro_inbrott").label == "Oro för inbrott i bostaden"


def test_a_label_says_what_is_counted(book):
    assert book.indicator("otrygg_kvall").label.startswith("Otrygg")
    knows = book.indicator("kann_lofte")
    labels = book.variable("fraga_kann_lofte").labels
    assert {labels[code] for code in knows.counts} == {"Ja, känner väl till", "Ja, har hört talas om"}
    assert "dont_know" in knows.base
    assert knows.worse == "low"


def test_the_priorities_are_a_block_of_three(book):
    block = book.block("prio")
    assert (block.choose, block.none, block.separator) == (3, "Inget av dessa", ";")
    assert len(block.labels) == 12


def test_the_shares_are_those_of_the_institutes_file(survey):
    wave = exempelstad("2026")
    web = wave.frame[wave.frame["strom"] == 2]
    evening = web["f12a"]
    counted, base = evening.isin([3, 4, 5]).sum(), evening.isin([1, 2, 3, 4, 5, 6]).sum()
    mine = survey.numeric("otrygg_kvall")
    assert (mine == 1).sum() == counted
    assert pd.notna(mine).sum() == base
    assert (survey.numeric("prio.narkotika") == 1).sum() == (
        (web["f30_1"] == 1) & (web[[f"f30_{n}" for n in range(1, 13)]].eq(1).sum(axis=1) <= 3)
    ).sum()


def test_nothing_of_the_persons_stands_in_the_draft(draft):
    assert "anonymous" not in draft
    assert "gångtunneln" not in draft


def frame_with(column, answers):
    return pd.DataFrame({"ID": range(1, len(answers) + 1), column: answers})


def drafted(tmp_path, frame):
    frame.to_csv(tmp_path / "svar 2026.csv", index=False, encoding="utf-8-sig", sep=";")
    return Codebook.from_text(draft_codebook(tmp_path / "svar 2026.csv"))


def test_own_answers_become_one_code_and_are_not_told(tmp_path):
    book = drafted(tmp_path, frame_with("Kön", ["Kvinna"] * 30 + ["Man"] * 30 + ["min egen text"]))
    sex = book.variable("kon")
    assert list(sex.labels.values()) == ["Kvinna", "Man", "Annat, nämligen"]
    assert sex.other == 3
    assert "min egen text" not in book.to_text()


def test_bands_stand_in_the_order_of_their_numbers(tmp_path):
    answers = ["65 år eller äldre", "Under 16 år", "16–29 år", "30–64 år"] * 5
    labels = drafted(tmp_path, frame_with("Hur gammal är du?", answers)).variable("alder").labels
    assert list(labels.values()) == ["Under 16 år", "16–29 år", "30–64 år", "65 år eller äldre"]


def test_a_rare_answer_of_a_known_scale_does_not_hide_the_question(tmp_path):
    answers = ["Mycket trygg"] * 20 + ["Ganska trygg"] * 20 + ["Mycket otrygg"]
    book = drafted(tmp_path, frame_with("Hur trygg är du ute sent på kvällen?", answers))
    assert list(book.variable("trygg_kvall").labels.values()) == [
        "Mycket trygg",
        "Ganska trygg",
        "Mycket otrygg",
    ]
    assert book.indicator("otrygg_kvall").counts == (3,)
