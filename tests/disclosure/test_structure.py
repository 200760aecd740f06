"""What a reader knows beside the numbers: read from a codebook and margins, wave by wave, and used by the screen."""

from types import SimpleNamespace

import pandas as pd
import pytest
from made import estimates

import trygghet as tg
from trygghet.codebook import Codebook
from trygghet.disclosure import Structure, screen
from trygghet.pipeline.editions import structures
from trygghet.weighting import Margins

BOOK = """
survey: Prov
wave: "2026"
id: id
areas: {variable: omrade, groups: {utsatt: [Lunden, Höjden], norr: [Lunden]}}
variables:
  omrade: {labels: {1: Centrum, 2: Lunden, 3: Höjden}, role: background}
  trygg: {kind: ordinal, labels: {1: Mycket, 2: Ganska, 3: Inte, 4: Går inte ut}, missing: {8: dont_know}}
  dag: {kind: ordinal, labels: {1: Trygg, 2: Otrygg}}
indicators:
  otrygg: {from: trygg, label: Otrygg, counts: [3, 4]}
  trygga: {from: trygg, label: Trygga, counts: [1, 2]}
  inne: {from: trygg, label: Går inte ut, counts: [4]}
  otrygg_vet_ej: {from: trygg, label: Otrygg av alla, counts: [3, 4], base: [1, 2, 3, 4, dont_know]}
  otrygg_ute: {from: trygg, label: Otrygg ute, counts: [3], base: [1, 2, 3]}
  trygg_ute: {from: trygg, label: Trygg ute, counts: [1, 2], base: [1, 2, 3]}
  otrygg_dag: {from: dag, label: Otrygg om dagen, counts: [2]}
multi_response:
  prio: {columns: {narkotika: p1, ordning: p2, skrap: p3}, unions: {ute: [ordning, skrap]}}
"""


@pytest.fixture(scope="module")
def known():
    margins = Margins.from_dict(
        {
            "omrade": {"Centrum": 500.0, "Lunden": 300.0, "Höjden": 200.0},
            "kon": {"Kvinna": 520.0, "Man": 480.0},
        }
    )
    return Structure.from_codebook(Codebook.from_text(BOOK), margins)


def test_groups_of_areas_are_those_of_the_codebook(known):
    assert known.groups == {"omrade": {"utsatt": ("Lunden", "Höjden"), "norr": ("Lunden",)}}


def test_indicators_that_divide_a_question_are_complete(known):
    """Of the same question and the same base only; one that leaves an answer out is not."""
    assert {frozenset(pair) for pair in known.complete} == {
        frozenset({"otrygg", "trygga"}),
        frozenset({"otrygg_ute", "trygg_ute"}),
    }


def test_an_indicator_with_fewer_answers_of_the_same_question_lies_within(known):
    assert ("inne", "otrygg") in known.within
    assert {pair for pair in known.within if not pair[0].startswith("prio.")} == {("inne", "otrygg")}


def test_unions_cover_their_options_and_hold_them(known):
    assert known.covered == {"prio.ute": ("prio.ordning", "prio.skrap")}
    assert {pair for pair in known.within if pair[0].startswith("prio.")} == {
        ("prio.ordning", "prio.ute"),
        ("prio.skrap", "prio.ute"),
    }


def test_inhabitants_are_those_of_the_margins_with_their_crossings(known, tmp_path):
    assert known.populations == {
        ("", "Alla"): 1000.0,
        ("omrade", "Centrum"): 500.0,
        ("omrade", "Lunden"): 300.0,
        ("omrade", "Höjden"): 200.0,
        ("kon", "Kvinna"): 520.0,
        ("kon", "Man"): 480.0,
    }
    rows = [
        f"a,kon * omrade,{k} * {o},100,2026-09-01,x"
        for k in ("Kvinna", "Man")
        for o in ("Centrum", "Lunden", "Höjden")
    ]
    path = tmp_path / "margins.csv"
    path.write_text(
        "\n".join(["table,variables,categories,total,reference_date,source", *rows]), encoding="utf-8"
    )
    both = Structure.from_codebook(Codebook.from_text(BOOK), Margins.read(path))
    assert both.populations["kon * omrade", "Kvinna * Lunden"] == 100.0
    assert both.populations["", "Alla"] == 600.0
    assert both.populations["omrade * kon", "Lunden * Kvinna"] == 100.0
    assert both.populations["kon", "Man"] == 300.0, "the margins of a crossing are known with it"
    assert both.populations["omrade", "Höjden"] == 200.0


def test_a_codebook_without_areas_or_margins_tells_only_its_questions():
    plain = Structure.from_codebook(Codebook.from_text(BOOK.replace("areas:", "notes: [x]\n#")))
    assert plain.groups == {}
    assert plain.populations == {}
    assert plain.complete


def test_what_the_codebook_tells_is_used_by_the_screen(known):
    """Two of two hundred do not go out; those who do go out are their complement in one of the declared pairs."""
    rows = [("otrygg", "", "Alla"), ("trygga", "", "Alla"), ("otrygg_dag", "", "Alla")]
    answers = estimates(rows, [200] * 3, [2, 198, 60])
    assert screen({"x": answers}, structures={"2026": known})["x"].result.status.tolist() == [
        "withheld",
        "withheld",
        "ok",
    ]
    options = [("prio.ordning", "", "Alla"), ("prio.skrap", "", "Alla"), ("prio.ute", "", "Alla")]
    few = estimates(options, [200] * 3, [2, 30, 32])
    assert screen({"x": few}, structures={"2026": known})["x"].result.status.tolist() == [
        "withheld",
        "ok",
        "ok",
    ]
    fewer = estimates(options, [200] * 3, [1, 2, 2])
    assert screen({"x": fewer}, structures={"2026": known})["x"].result.status.tolist() == ["withheld"] * 3


def test_structures_of_a_project_are_read_wave_by_wave(tmp_path):
    """One wave with margins and groups, one without: each from its own files."""
    waves = {"2024": BOOK.replace('"2026"', '"2024"').replace("areas:", "notes: [x]\n#"), "2026": BOOK}
    folders = {}
    for wave, text in waves.items():
        folder = tmp_path / wave
        folder.mkdir()
        frame = pd.DataFrame(
            {"id": [1, 2], "omrade": [1, 2], "trygg": [1, 3], "dag": [1, 2], "p1": 1, "p2": 0, "p3": 0}
        )
        frame.to_csv(folder / "survey.csv", sep=";", index=False)
        survey = tg.read_survey(folder / "survey.csv", codebook=Codebook.from_text(text))
        tg.write_microdata(survey, folder / "microdata")
        folders[wave] = SimpleNamespace(microdata=folder / "microdata", margins=folder / "margins.csv")
    folders["2026"].margins.write_text(
        "table,variables,categories,total,reference_date,source\n"
        "a,omrade,Centrum,500,2026-09-01,x\na,omrade,Lunden,300,2026-09-01,x\na,omrade,Höjden,200,2026-09-01,x\n",
        encoding="utf-8",
    )
    project = SimpleNamespace(
        params=SimpleNamespace(waves=tuple(waves)), paths=SimpleNamespace(wave=folders.get)
    )
    found = structures(project)
    assert list(found) == ["2024", "2026"]
    assert found["2024"].groups == {}
    assert found["2024"].populations == {}
    assert found["2026"].groups["omrade"]["utsatt"] == ("Lunden", "Höjden")
    assert found["2026"].populations["omrade", "Höjden"] == 200.0
    assert found["2024"].complete == found["2026"].complete
