import numpy as np
import pytest

from trygghet.codebook import Codebook, background_items, catalogue, scales
from trygghet.errors import CodebookError
from trygghet.ingest import read_survey

BOOK = """
survey: a
wave: "2026"
id: id
variables:
  polis: {kind: ordinal, item: fortroende_polis, labels: {1: Stort, 2: Varken, 3: Litet}, missing: {9: no_answer}}
  dag: {kind: ordinal, labels: {1: Trygg, 2: Mitt emellan, 3: Otrygg}}
  kvall: {kind: ordinal, labels: {1: Otrygg, 2: Trygg, 5: Går inte ut}}
balance:
  balans: {from: polis, label: Balansmått, positive: [1], negative: [3]}
indices:
  otrygghet: {items: {dag: as_is, kvall: turned}, minimum_items: 1, leave_out: {kvall: [5]}}
  strangt: {items: {dag: as_is, kvall: turned}, minimum_items: 2, leave_out: {kvall: [5]}}
breaks:
  - {items: [polis], since: "2026", text: Ny fråga}
"""


@pytest.fixture
def survey(tmp_path):
    (tmp_path / "a.csv").write_text("id,polis,dag,kvall\n1,1,1,2\n2,2,3,1\n3,3,2,5\n4,9,,5\n")
    return read_survey(tmp_path / "a.csv", codebook=Codebook.from_text(BOOK))


def test_a_balance_keeps_the_neutral_answers_in_its_base(survey):
    np.testing.assert_array_equal(survey.numeric("balans"), [1, 0, -1, np.nan])


def test_an_index_runs_from_0_to_100_over_the_items_that_were_answered(survey):
    np.testing.assert_array_equal(survey.numeric("otrygghet"), [0, 100, 50, np.nan])
    np.testing.assert_array_equal(survey.numeric("strangt"), [0, 100, np.nan, np.nan])


def test_why_a_composite_is_missing(survey):
    assert survey.missing_kind("balans").tolist() == [0, 0, 0, 2]
    assert survey.missing_kind("otrygghet").tolist() == [0, 0, 0, 2]
    assert survey.missing_kind("strangt").tolist() == [0, 0, 2, 2]
    assert survey["balans"].name == "polis"


def test_labels_come_from_the_catalogue_where_none_is_declared(survey):
    assert survey.codebook.label_of("polis") == "Förtroende för polisen"
    assert survey.codebook.label_of("balans") == "Balansmått"
    assert "Förtroende för polisen" in survey.codebook._repr_html_()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("item: fortroende_polis", "item: fortroende_poli", "KOD-15"),
        ("from: polis", "from: polisen", "KOD-05"),
        ("positive: [1]", "positive: [7]", "KOD-09"),
        ("positive: [1]", "positive: [3]", "KOD-04"),
        (
            "{dag: as_is, kvall: turned}, minimum_items: 1",
            "{dag: as_is, kvalll: turned}, minimum_items: 1",
            "KOD-04",
        ),
        ("minimum_items: 2", "minimum_items: 3", "KOD-04"),
        (
            "dag: as_is, kvall: turned}, minimum_items: 2",
            "dag: up, kvall: turned}, minimum_items: 2",
            "KOD-04",
        ),
        ("{items: [polis]", "{items: [polisen]", "KOD-05"),
    ],
)
def test_a_broken_composite_is_refused(old, new, code):
    with pytest.raises(CodebookError) as caught:
        Codebook.from_text(BOOK.replace(old, new))
    assert caught.value.code == code


def test_the_police_index_is_no_question_of_a_survey():
    """It is published; nobody outside knows how answers become it, so no column is linked to it and no interval is made."""
    published = {name for name, item in catalogue().items() if item.published}
    assert published == {name for name in catalogue() if name.startswith("polisindex_")}
    assert {"polisindex_total", "polisindex_nedskrapning", "polisindex_buskorning"} <= published
    assert not any(catalogue()[name].counted for name in published)
    text = (
        "{survey: a, wave: '1', id: lopnr, variables: {q: {kind: continuous, item: polisindex_buskorning}}}"
    )
    with pytest.raises(CodebookError) as caught:
        Codebook.from_text(text)
    assert [problem.code for problem in caught.value.problems] == ["KOD-24"]


def test_background_variables_of_the_field_are_known():
    known = background_items()
    assert {"svarsdatum", "relation", "kon", "alder", "fodelsear", "omrade", "vikt", "stratum"} <= set(known)
    assert "insamlingssatt" in known["strom"].columns
    assert not known["svarsdatum"].kept


def test_the_catalogue_holds_the_items_of_the_field():
    items = catalogue()
    assert len(items) > 60
    assert {"trygg_kvall", "prob_nedskrapning", "oro_inbrott", "utsatt_ran", "kann_lofte"} <= set(items)
    assert all(item.scale in {"", *scales()} for item in items.values())
    answers = scales()
    known = {answer for scale in answers.values() for answer in scale}
    for item in items.values():
        assert {*item.worse, *item.counted} <= known
        assert bool(item.scale) == bool(set(item.worse) & set(answers.get(item.scale, ())))
        assert bool(item.scale) == bool(set(item.counted) & set(answers.get(item.scale, ())))
    assert all(
        item.concept == "sakerhet" for name, item in items.items() if name.startswith(("utsatt_", "anmalt_"))
    )
