"""Children have a raised floor: from what the codebook says of streams and ages to what the screen lets through."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from made import by_area, estimates, shares

import trygghet as tg
from trygghet.codebook import Codebook
from trygghet.disclosure import DisclosureRules, Released, Table, screen
from trygghet.disclosure.primary import floors_of
from trygghet.disclosure.released import read_released, write_released
from trygghet.errors import CodebookError
from trygghet.pipeline import published
from trygghet.pipeline.messages import render
from trygghet.report.disclosure_lines import disclosure_lines
from trygghet.report.wording import Wording

BOOK = """
survey: Prov
wave: "2026"
id: id
population: {ages: [13, 84]}
streams:
  column: strom
  values:
    1: {name: vuxna, sampling: self_selected}
    2: {name: elev, sampling: census, children: true}
variables:
  fodelsear: {kind: continuous, range: [1900, 2026], role: background}
  omrade: {labels: {1: Centrum, 2: Höjden}, role: background}
  arskurs: {labels: {8: Årskurs 8, 2: Gymnasiet år 2}, role: background, system_missing: not_asked}
  trygg: {kind: ordinal, labels: {1: Trygg, 2: Otrygg}}
derived:
  alder: {from: fodelsear, label: Ålder, age_in: 2026}
  alder3: {from: alder, label: Åldersgrupp, bands: {"13–17": [13, 17], "18–49": [18, 49], "50–84": [50, 84]}}
indicators:
  otrygg: {from: trygg, label: Otrygg, counts: [2]}
"""


def book(text=BOOK, **changed):
    for old, new in changed.values():
        assert old in text
        text = text.replace(old, new)
    return Codebook.from_text(text)


def rules_of(monkeypatch, *texts):
    """The rules that the stage screen uses for waves with these codebooks."""
    monkeypatch.setattr(published, "read_codebook", Codebook.from_text)
    project = SimpleNamespace(
        params=SimpleNamespace(waves=range(len(texts)), disclosure=DisclosureRules()),
        paths=SimpleNamespace(wave=lambda wave: SimpleNamespace(microdata=texts[wave])),
    )
    return published.declared_rules(project)


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    """40 pupils and 60 adults in each district; 40 of the adults' stream are 13 to 17 years old."""
    rows = [("1", 2026 - 16, 1)] * 40 + [("1", 2026 - 18, 1)] * 40 + [("1", 2026 - 60, 2)] * 120
    rows += [("2", 2026 - 15, 1)] * 40 + [("2", 2026 - 14, 2)] * 60
    frame = pd.DataFrame(rows, columns=["strom", "fodelsear", "omrade"])
    frame["arskurs"] = np.where(frame["strom"] == "2", "8", "")
    frame["trygg"] = 1 + (np.arange(len(frame)) % 3 == 0)
    frame.insert(0, "id", np.arange(len(frame)))
    path = tmp_path_factory.mktemp("children") / "survey.csv"
    frame.to_csv(path, sep=";", index=False)
    return tg.read_survey(path, codebook=book())


def shown(publishable):
    result = publishable.result
    cells = zip(result.cells["domain"], result.n, result.status, strict=True)
    return {domain: (int(n), status != "withheld") for domain, n, status in cells}


def test_a_stream_of_children_needs_more_answers_from_codebook_to_screen(survey, monkeypatch):
    """Groups of 40: adults' are shown, pupils' are not; 60 pupils are."""
    rules = rules_of(monkeypatch, BOOK)
    answers = {name: tg.OpenSample.from_data(survey.stream(name)) for name in ("vuxna", "elev")}
    results = {name: tg.proportion(sample, "otrygg", by="omrade") for name, sample in answers.items()}
    kept = screen(results, rules)
    assert shown(kept["elev"]) == {"Centrum": (0, False), "Höjden": (60, True)}
    assert [cell.reason for cell in kept["elev"].withheld] == ["base"]
    assert shown(kept["vuxna"]) == {"Centrum": (80, True), "Höjden": (120, True)}
    assert shown(screen(results)["elev"]) == {"Centrum": (40, True), "Höjden": (60, True)}


def test_an_age_band_below_18_needs_more_answers_and_crossings_too(survey, monkeypatch):
    rules = rules_of(monkeypatch, BOOK)
    sample = tg.OpenSample.from_data(survey.stream("vuxna"))
    ages = screen({"ages": tg.proportion(sample, "otrygg", by="alder3")}, rules)["ages"]
    assert shown(ages) == {"13–17": (0, False), "18–49": (40, True), "50–84": (120, True)}
    crossed = tg.proportion(sample, "otrygg", by="omrade * alder3")
    found = shown(screen({"x": crossed}, rules)["x"])
    assert found["Centrum * 13–17"] == (0, False)
    assert found["Centrum * 18–49"] == (40, True)
    assert shown(screen({"x": crossed})["x"])["Centrum * 13–17"] == (40, True)


@pytest.mark.parametrize(("n", "status"), [(29, "withheld"), (30, "withheld"), (49, "withheld"), (50, "ok")])
def test_children_are_shown_from_their_own_floor(n, status):
    rules = DisclosureRules(uncertain_below=0, uncertain_half_width=1.0, uncertain_cv=9.0).with_children(
        ["elev"]
    )
    found = screen({"x": shares(by_area("hot", ["a"]), [n], [12], stream="elev")}, rules)["x"]
    assert found.result.status.tolist() == [status]
    adults = screen({"x": shares(by_area("hot", ["a"]), [n], [12])}, rules)["x"]
    assert adults.result.status.tolist() == ["withheld" if n < 30 else "ok"]


def test_the_floor_of_children_follows_the_sensitive_one_unless_it_is_set():
    cells = pd.DataFrame(
        {
            "stream": ["elev", "brev", "elev", "brev"],
            "item": ["hot", "hot", "utsatt", "utsatt"],
            "by": "",
            "domain": "Alla",
        }
    )
    rules = DisclosureRules().with_sensitive(["utsatt"]).with_children(["elev"])
    assert floors_of(cells, rules).tolist() == [50, 30, 50, 50]
    own = rules.model_copy(update={"children_floor": 70})
    assert floors_of(cells, own).tolist() == [70, 30, 70, 50]
    lower = rules.model_copy(update={"children_floor": 40})
    assert floors_of(cells, lower).tolist() == [40, 30, 50, 50]
    with pytest.raises(ValueError, match="children_floor"):
        DisclosureRules(children_floor=20)
    declared = {"children_floor": 80, "children": ["elev"], "children_groups": [["alder3", "13–17"]]}
    assert floors_of(cells, DisclosureRules.model_validate(declared)).tolist() == [80, 30, 80, 30]


def test_who_is_a_child_is_declared_or_follows_from_the_ages():
    assert book().children_streams == ("elev",)
    assert book().children_groups == (("alder3", "13–17"),)
    young = book(ages=("ages: [13, 84]", "ages: [13, 17]"))
    assert young.children_streams == ("vuxna", "elev")
    older = book(
        ages=("ages: [13, 84]", "ages: [13, 17]"),
        no=("sampling: self_selected", "sampling: self_selected, children: false"),
    )
    assert older.children_streams == ("elev",)
    for open_ended in ("ages: [13, null]", "ages: [13, 18]"):
        assert book(ages=("ages: [13, 84]", open_ended)).children_streams == ("elev",)
    declared = book(ages=("ages: [13, 84]", "ages: [13, 84], children: {arskurs: [Årskurs 8]}"))
    assert declared.children_groups == (("arskurs", "Årskurs 8"), ("alder3", "13–17"))
    given = book(
        BOOK.replace("  alder: {from: fodelsear, label: Ålder, age_in: 2026}\n", ""),
        column=(
            "fodelsear: {kind: continuous, range: [1900, 2026], role: background}",
            "alder: {kind: continuous}",
        ),
    )
    assert given.children_groups == (("alder3", "13–17"),)
    score = book(column=("alder3: {from: alder,", "alder3: {from: fodelsear,"))
    assert score.children_groups == (), "bands of something else are no ages"
    assert Codebook.from_text(declared.to_text()) == declared


def test_values_of_one_stream_are_children_where_any_are():
    both = BOOK.replace("1: {name: vuxna, sampling: self_selected}", "1: {name: elev, sampling: census}")
    assert book(both).children_streams == ("elev",)


def test_a_group_of_children_that_is_no_group_is_refused():
    wrong = BOOK.replace("ages: [13, 84]", "ages: [13, 84], children: {arskurs: [Åskurs 8], arskur: [x]}")
    with pytest.raises(CodebookError) as caught:
        Codebook.from_text(wrong)
    assert [(each.code, each.facts["guess"]) for each in caught.value.problems] == [
        ("KOD-23", "Årskurs 8"),
        ("KOD-05", "arskurs"),
    ]
    assert "Åskurs 8" in render(caught.value)


def test_children_in_any_wave_are_children_in_all(monkeypatch):
    plain = BOOK.replace(", children: true", "")
    rules = rules_of(monkeypatch, plain, BOOK)
    assert rules.children == ("elev",)
    assert ("alder3", "13–17") in rules.children_groups


def test_counts_of_children_in_the_table_of_who_answered(monkeypatch):
    rules = rules_of(monkeypatch, BOOK)
    frame = pd.DataFrame(
        {
            "grupp_av": "Åldersgrupp",
            "grupp": ["13–17", "18–49", "50–84"],
            "svarande": [40, 40, 300],
            "andel_ovagd": np.array([40, 40, 300]) / 380,
            "andel_vagd": np.nan,
            "designeffekt": np.nan,
        }
    )
    known = {"sums_within": "", "counts": ("svarande",), "groups": "grupp"}
    alone = Table(frame, **known, dependent={"svarande": ("andel_ovagd",)}, wave="2026", stream="elev")
    assert screen({"x": alone}, rules)["x"].result.frame["svarande"].isna().tolist() == [True, True, False]
    table = published.composition_table(frame, "2026", "vuxna")
    hidden = screen({"x": table}, rules)["x"].result.frame["svarande"].isna().tolist()
    assert hidden[0]
    assert screen({"x": table})["x"].result.frame["svarande"].notna().all()


def test_a_change_among_children_has_their_floor():
    rules = DisclosureRules().with_children(["elev"])
    rows = by_area("hot", ["a", "b"])
    gap = estimates(
        rows, [40, 90], [-1] * 2, estimand="change", values=[0.1] * 2, wave="2026 mot 2024", stream="elev"
    )
    assert screen({"x": gap}, rules)["x"].result.status.tolist() == ["withheld", "uncertain"]
    assert screen({"x": gap})["x"].result.status.tolist() == ["uncertain", "uncertain"]


def test_withheld_children_of_earlier_editions_are_remembered_with_their_floor(tmp_path):
    rules = DisclosureRules().with_children(["elev"])
    pupils = shares(by_area("hot", ["a", "b"]), [40, 90], [12, 30], stream="elev")
    write_released(tmp_path / "r.json", Released.nothing().with_edition("1", screen({"x": pupils}, rules)))
    levels = read_released(tmp_path / "r.json").joined_to(
        pd.DataFrame(columns=["wave", "stream", "item", "category", "by", "domain", "reason"]).astype(object),
        rules,
    )
    assert levels.set_index("domain")["n"].to_dict() == {"a": 49, "b": 90}


def test_the_floor_of_children_is_printed():
    rules = DisclosureRules(children_floor=64).with_children(["elev"], [("alder3", "13–17")])
    assert "64 svar där barn har svarat (elev och 13–17)" in disclosure_lines(rules, Wording("sv"))[
        0
    ].replace("\xa0", " ")
    assert "64 answers where children answered (elev and 13–17)" in disclosure_lines(rules, Wording("en"))[
        0
    ].replace("\xa0", " ")
    assert "barn" not in disclosure_lines(DisclosureRules(), Wording("sv"))[0]


@pytest.mark.parametrize("wave", ["2022", "2024", "2026"])
def test_the_pupils_of_exempelstad_are_declared_children(wave):
    committed = Codebook.read(Path(__file__).parents[2] / "data" / "raw" / wave / "codebook.yaml")
    assert committed.children_streams == ("elev",)


@pytest.mark.parametrize(
    ("children", "told"), [(True, "197 barn och unga har svarat (elev)"), (False, "Saknas: undersökningen")]
)
def test_the_word_draft_tells_of_children_as_they_are_declared(children, told):
    """Whatever way they were asked: it is the declaration that makes them children."""
    from types import SimpleNamespace as Given

    from trygghet.report import StreamFacts
    from trygghet.report.word import _children
    from trygghet.report.word_parts import new_document

    stamp = tg.Stamp("Exempelstad", "KS 2026/1", dt.date(2026, 11, 22))
    document = new_document(stamp, Wording("sv"), title="Prov", status="Utkast")
    streams = (StreamFacts("brev", "persons", 900), StreamFacts("elev", "invited", 197, children=children))
    _children(document, Given(facts=Given(streams=streams, focus="brev")), Wording("sv"))
    text = "\n".join(each.text for each in document.paragraphs).replace("\xa0", " ")
    assert told in text
