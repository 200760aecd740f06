from trygghet.codebook import Codebook
from trygghet.waves import breaks_between

BOOK = """
survey: Exempel
wave: "{wave}"
id: lopnr
population: {{text: invånare, ages: [16, 84]}}
streams: {{whole_file: {{name: brev, sampling: persons}}}}
variables:
  kvall: {{column: f1, kind: ordinal, labels: {{{labels}}}, missing: {{9: no_answer}}}}
indicators:
  otrygg: {{from: kvall, label: Otrygg, counts: {counts}, base: {base}, version: "{version}"}}
multi_response:
  prio: {{columns: {{a: p1, b: p2, {option}: p3}}, selected: 1, choose: {choose}}}
"""
SAME = {
    "wave": "2026",
    "labels": "1: Trygg, 2: Otrygg, 3: Går inte ut",
    "counts": "[2]",
    "base": "[1, 2]",
    "version": "1",
    "choose": 3,
    "option": "c",
}
OLD = Codebook.from_text(BOOK.format(**{**SAME, "wave": "2024"}))


def found(**changed):
    new = Codebook.from_text(BOOK.format(**{**SAME, **changed}))
    return [(each.item, each.kind) for each in breaks_between(new, OLD)]


def test_the_same_questions_have_no_break():
    assert found() == []


def test_a_new_version_is_a_break():
    assert found(version="2") == [("otrygg", "version")]


def test_other_answers_that_count_are_a_break_whatever_the_version_says():
    assert found(counts="[2, 3]", base="[1, 2, 3]") == [("otrygg", "counts")]
    assert found(base="[1, 2, 3]") == [("otrygg", "base")]


def test_other_codes_for_the_same_answers_are_no_break():
    assert found(labels="1: Otrygg, 2: Trygg, 3: Går inte ut", counts="[1]", base="[1, 2]") == []


def test_choices_and_options_of_a_block():
    assert found(choose=2) == [("prio", "choose")]
    assert found(option="d") == [("prio", "options")]


def test_another_way_of_sampling_or_other_ages_break_the_whole_wave():
    other = BOOK.replace("sampling: persons", "sampling: households").replace("[16, 84]", "[18, 84]")
    new = Codebook.from_text(other.format(**SAME))
    assert [(each.item, each.kind) for each in breaks_between(new, OLD)] == [("", "sampling"), ("", "ages")]


def test_a_break_that_the_codebook_declares():
    text = (
        BOOK.format(**SAME)
        + 'breaks:\n  - {items: [otrygg], since: "2026", text: Frågan flyttades i formuläret.}\n'
    )
    (found_break,) = breaks_between(Codebook.from_text(text), OLD)
    assert (found_break.item, found_break.kind, found_break.text) == (
        "otrygg",
        "break",
        "Frågan flyttades i formuläret.",
    )
    earlier = BOOK.format(**SAME) + 'breaks:\n  - {items: [otrygg], since: "2022", text: Frågan flyttades.}\n'
    assert breaks_between(Codebook.from_text(earlier), OLD) == ()
