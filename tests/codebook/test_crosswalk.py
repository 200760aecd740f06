import numpy as np
import pytest

from trygghet._sequence import in_time
from trygghet.codebook import Codebook, crosswalk
from trygghet.errors import CodebookError
from trygghet.ingest import areas_as, read_survey

OLD = """
survey: a
wave: "2024"
id: id
areas: {variable: omrade}
variables:
  omrade: {labels: {1: Centrum, 2: Gamla staden, 3: Berget}}
  trygg: {kind: ordinal, question: Hur trygg är du?, labels: {1: Trygg, 2: Otrygg}, missing: {8: dont_know}}
  polis: {kind: ordinal, question: Förtroende?, labels: {1: Stort, 2: Litet}}
  borta: {labels: {1: Ja}}
indicators:
  otrygg: {from: trygg, counts: [2]}
  misstro: {from: polis, counts: [2]}
multi_response:
  prio: {columns: {a: p1, b: p2}, choose: 3}
"""


def new(*changes):
    text = OLD.replace("2024", "2026")
    for old, changed in changes:
        assert old in text
        text = text.replace(old, changed)
    return Codebook.from_text(text)


def change(book, name):
    return next(c for c in book.diff(Codebook.from_text(OLD)) if name in {c.name, c.was})


def test_a_break_reaches_what_is_derived_from_the_question():
    derived = "derived:\n  grupp: {from: trygg, groups: {Ja: [1], Nej: [2]}}\n  grov: {from: grupp, groups: {Alla: [1, 2]}}\n"
    more = "indicators:\n  ur_grupp: {from: grupp, counts: [2]}\n  ur_grov: {from: grov, counts: [1]}\n"
    old = Codebook.from_text(OLD.replace("indicators:\n", derived + more))
    text = OLD.replace("2024", "2026").replace("indicators:\n", derived + more)
    book = Codebook.from_text(text + "breaks: [{items: [trygg], since: '2026', text: Ny fråga}]\n")
    found = {each.name: each.changes for each in book.diff(old)}
    assert found["ur_grupp"] == found["ur_grov"] == found["otrygg"] == ("break",)
    assert found["misstro"] == ()


SPRING_AUTUMN = ("höst 23", "vår 24", "höst 24")


@pytest.mark.parametrize(
    "case",
    [
        ("vår 24", "höst 24", "höst 24", (), True),
        ("vår 24", "höst 24", "vår 24", (), False),
        ("höst 23", "höst 24", "vår 24", SPRING_AUTUMN, True),
        ("vår 24", "höst 24", "höst 23", SPRING_AUTUMN, False),
        ("vår 24", "höst 24", "höst 23", (), True),
        ("9", "10", "8", ("8", "9", "10"), False),
        ("2013-14", "2015-16", "2014-15", (), True),
        ("2015-16", "2016-17", "2014-15", (), False),
        ("2014-15", "2015-16", "2016-17", (), False),
        ("hösten 2024", "våren 2025", "2023", (), False),
    ],
)
def test_a_declared_break_holds_between_the_waves_in_time(case):
    old, new, since, order, broken = case
    earlier = Codebook.from_text(OLD).model_copy(update={"wave": old})
    text = OLD + f"breaks: [{{items: [otrygg], since: '{since}', text: Ny fråga}}]\n"
    later = Codebook.from_text(text).model_copy(update={"wave": new})
    found = {each.name: each.changes for each in crosswalk(earlier, later, order=order)}
    assert (found["otrygg"] == ("break",)) is broken


def test_waves_in_time_keep_what_is_certain_then_years_then_their_order():
    assert in_time(["2026", "2022", "2024"]) == ("2022", "2024", "2026")
    assert in_time(["b", "a"]) == ("b", "a")
    assert in_time(["b", "a", "2020"], [("a", "b")]) == ("a", "b", "2020")
    assert in_time(["2024", "2022"], [("2024", "2022")]) == ("2024", "2022")
    with pytest.raises(ValueError, match="circle"):
        in_time(["a", "b"], [("a", "b"), ("b", "a")])


def test_the_same_codebook_is_comparable_throughout():
    assert {c.comparability for c in new().diff(Codebook.from_text(OLD))} == {"comparable"}


CASES = {
    "wording": ([("Hur trygg är du?", "Hur trygg känner du dig?")], "trygg", "with_caution", ("wording",)),
    "wording reaches the indicator": (
        [("Hur trygg är du?", "Är du trygg?")],
        "otrygg",
        "with_caution",
        ("wording",),
    ),
    "scale": (
        [("1: Trygg, 2: Otrygg", "1: Trygg, 3: Varken, 2: Otrygg")],
        "trygg",
        "not_comparable",
        ("scale",),
    ),
    "scale reaches the base": (
        [("1: Trygg, 2: Otrygg", "1: Trygg, 3: Varken, 2: Otrygg")],
        "otrygg",
        "not_comparable",
        ("base",),
    ),
    "renumbered": (
        [
            ("1: Trygg, 2: Otrygg", "4: Trygg, 5: Otrygg"),
            ("from: trygg, counts: [2]", "from: trygg, counts: [5]"),
        ],
        "otrygg",
        "comparable",
        ("codes",),
    ),
    "version": (
        [("from: polis, counts: [2]", "from: polis, counts: [2], version: '2'")],
        "misstro",
        "not_comparable",
        ("version",),
    ),
    "vet ej no longer offered": ([(", missing: {8: dont_know}", "")], "trygg", "with_caution", ("missing",)),
    "new": ([("  polis:", "  ny: {labels: {1: Ja}}\n  polis:")], "ny", "new", ()),
    "closed": ([("  borta: {labels: {1: Ja}}\n", "")], "borta", "closed", ()),
    "renamed": (
        [("  borta:", "  kvar:"), ("id: id", "id: id\nwas: {kvar: borta}")],
        "kvar",
        "comparable",
        (),
    ),
    "options": ([("b: p2}", "b: p2, c: p3}")], "prio", "not_comparable", ("options",)),
    "number of choices": ([("choose: 3", "choose: 4")], "prio", "not_comparable", ("choose",)),
    "declared break": (
        [("id: id", "id: id\nbreaks: [{items: [trygg], since: '2026', text: Webb i stället för brev}]")],
        "otrygg",
        "not_comparable",
        ("break",),
    ),
}


@pytest.mark.parametrize(("changes", "name", "worth", "what"), CASES.values(), ids=CASES)
def test_what_changed_between_waves(changes, name, *, worth, what):
    found = change(new(*changes), name)
    assert found.comparability == worth
    assert found.changes == what


def test_areas_that_changed_are_placed_by_a_declared_table(tmp_path):
    (tmp_path / "a.csv").write_text(
        "id,omrade,trygg,polis,borta,p1,p2\n" + "".join(f"{n},{n},1,1,1,1,0\n" for n in (1, 2, 3))
    )
    survey = read_survey(tmp_path / "a.csv", codebook=Codebook.from_text(OLD))
    renamed = ("labels: {1: Centrum, 2: Gamla staden, 3: Berget}", "labels: {1: Norr, 2: Centrum}")
    with pytest.raises(CodebookError) as caught:
        areas_as(survey, new(renamed))
    assert {problem.facts["area"] for problem in caught.value.problems} == {"Gamla staden", "Berget"}
    table = (
        "areas: {variable: omrade}",
        "areas: {variable: omrade, changes: {'2024': {Gamla staden: Centrum, Berget: null}}}",
    )
    groups = areas_as(survey, new(renamed, table))
    assert groups.labels == ("Norr", "Centrum")
    np.testing.assert_array_equal(groups.codes, [1, 1, -1])
    with pytest.raises(CodebookError) as caught:
        areas_as(survey, new(("areas: {variable: omrade}\n", "")))
    assert caught.value.code == "KOD-16"
