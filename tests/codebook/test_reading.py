import pytest

from trygghet.codebook import Codebook
from trygghet.errors import CodebookError

BASE = """
survey: Prov
wave: 2026
id: lopnr
variables:
  trygg: {column: f1, kind: ordinal, labels: {1: Trygg, 2: Otrygg, 3: Går inte ut}, missing: {8: dont_know, 9: no_answer}}
  fodelsear: {kind: continuous, range: [1900, 2026]}
  omrade: {labels: {1: Centrum, 2: Höjden}}
"""


def problems(text):
    with pytest.raises(CodebookError) as caught:
        Codebook.from_text(text)
    return caught.value.problems


def test_a_codebook_reads_with_numbers_as_texts_where_texts_are_meant():
    book = Codebook.from_text(BASE)
    assert book.wave == "2026"
    assert book.variable("fodelsear").column == "fodelsear"
    assert book.variable("trygg").categories == ("Trygg", "Otrygg", "Går inte ut")


def test_yaml_1_2_keeps_no_a_word():
    book = Codebook.from_text(BASE + "  svar: {labels: {1: no, 2: yes}}\n")
    assert book.variable("svar").categories == ("no", "yes")


def test_every_violation_of_a_file_comes_at_once_with_the_nearest_key():
    text = BASE.replace("kind: ordinal", "kind: ordnal").replace("range:", "rnge:") + "desing: {strata: x}\n"
    found = problems(text)
    assert {problem.code for problem in found} == {"KOD-03", "KOD-04"}
    assert len(found) == 3
    guesses = {problem.facts["guess"] for problem in found if problem.code == "KOD-03"}
    assert guesses == {"range", "design"}


def test_a_broken_line_is_named():
    (problem,) = problems("survey: [a\nwave: x")
    assert problem.code == "KOD-02"
    assert problem.facts["line"] == 2


@pytest.mark.parametrize("text", ["", "- a\n- b", "text", "a: b: c", "\x00", "{1: 2}"])
def test_what_is_no_codebook_is_refused(text):
    assert problems(text)[0].code in {"KOD-02", "KOD-03", "KOD-04"}


def test_a_missing_file_and_another_encoding_are_told(tmp_path):
    with pytest.raises(CodebookError) as caught:
        Codebook.read(tmp_path / "finns_inte.yaml")
    assert caught.value.code == "KOD-01"
    path = tmp_path / "latin.yaml"
    path.write_bytes("survey: Malmö".encode("latin-1"))
    with pytest.raises(CodebookError) as caught:
        Codebook.read(path)
    assert caught.value.code == "KOD-01"


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_text(BASE, encoding="utf-8-sig")
    assert Codebook.read(path).survey == "Prov"


def test_labels_and_missing_are_disjoint():
    (problem,) = problems(BASE.replace("8: dont_know", "3: dont_know"))
    assert problem.code == "KOD-04"
    assert "both labels and missing" in problem.what


BROKEN = {
    "an indicator of an unknown variable": ("indicators: {o: {from: tryg, counts: [2]}}", "KOD-05"),
    "an indicator that counts an undeclared code": ("indicators: {o: {from: trygg, counts: [4]}}", "KOD-09"),
    "an indicator with an undeclared base": (
        "indicators: {o: {from: trygg, counts: [2], base: [2, 7]}}",
        "KOD-09",
    ),
    "a numerator outside the base": ("indicators: {o: {from: trygg, counts: [3], base: [1, 2]}}", "KOD-04"),
    "an indicator of a number": ("indicators: {o: {from: fodelsear, counts: [2]}}", "KOD-11"),
    "a name used twice": ("indicators: {trygg: {from: trygg, counts: [2]}}", "KOD-08"),
    "an unknown area in a group": ("areas: {variable: omrade, groups: {g: [Hojden]}}", "KOD-10"),
    "an unknown area as an alias": ("areas: {variable: omrade, aliases: {c: Zentrum}}", "KOD-10"),
    "an area variable that is none": ("areas: {variable: område}", "KOD-05"),
    "residents by an unknown variable": ("relation: {variable: bor, resident: [1]}", "KOD-05"),
    "bands that overlap": ("derived: {a: {from: fodelsear, bands: {x: [1, 5], y: [5, 9]}}}", "KOD-04"),
    "a derived variable with two rules": (
        "derived: {a: {from: fodelsear, age_in: 2026, bands: {x: [1, 5]}}}",
        "KOD-04",
    ),
    "groups of undeclared codes": ("derived: {a: {from: trygg, groups: {x: [7]}}}", "KOD-09"),
    "a union of an unknown option": (
        "multi_response: {p: {columns: {a: a, b: b}, unions: {u: [a, c]}}}",
        "KOD-04",
    ),
    "streams in two ways": (
        "streams: {column: s, values: {1: {name: a, sampling: persons}}, whole_file: {name: b, sampling: census}}",
        "KOD-04",
    ),
    "an unknown way of sampling": ("streams: {whole_file: {name: a, sampling: webb}}", "KOD-04"),
    "a stream that ends before it starts": (
        "streams: {whole_file: {name: a, sampling: persons, start: 2026-09-02, end: 2026-09-01}}",
        "KOD-04",
    ),
}


@pytest.mark.parametrize(("line", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_reference_stops_the_codebook(line, code):
    assert code in {problem.code for problem in problems(BASE + line)}


def test_lookups_by_an_unknown_name_suggest_the_nearest():
    book = Codebook.from_text(BASE + "indicators: {otrygg: {from: trygg, counts: [2]}}")
    for call, name, guess in [
        (book.variable, "tryg", "trygg"),
        (book.indicator, "otrygga", "otrygg"),
        (book.label_of, "omrad", "omrade"),
    ]:
        with pytest.raises(CodebookError) as caught:
            call(name)
        assert caught.value.problems[0].facts["guess"] == guess
    with pytest.raises(CodebookError):
        book.indicators_like("problem_*")
    assert book.indicators_like("o*") == ("otrygg",)


def test_a_sensitive_variable_is_off_until_there_is_leave():
    book = Codebook.from_text(BASE + "  fodd: {labels: {1: Sverige, 2: Annat}, sensitive: true}\n")
    with pytest.raises(CodebookError) as caught:
        book.variable("fodd")
    assert caught.value.code == "KOD-07"
    leave = "  fodd: {labels: {1: Sverige, 2: Annat}, sensitive: true, allowed: true, reason: Beslut KS 12}\n"
    assert Codebook.from_text(BASE + leave).variable("fodd").categories == ("Sverige", "Annat")
    assert problems(BASE + leave.replace(", reason: Beslut KS 12", ""))[0].code == "KOD-04"


def test_a_codebook_survives_writing_and_reading():
    text = BASE + (
        "streams: {column: s, values: {1: {name: brev, sampling: persons, start: 2026-09-01}, x: {name: webb, sampling: self_selected}}}\n"
        "derived: {alder: {from: fodelsear, age_in: 2026}, alder2: {from: alder, bands: {16–49: [16, 49], 50–: [50, null]}}}\n"
        "indicators: {otrygg: {from: trygg, counts: [2, dont_know], base: [1, 2, dont_know]}}\n"
        "design: {strata: st, psu: [a, b], population: n}\n"
        "notes: ['Fråga 1: ny 2026']\n"
    )
    book = Codebook.from_text(text)
    assert Codebook.from_text(book.to_text()) == book
    assert book.to_text() == Codebook.from_text(book.to_text()).to_text()
