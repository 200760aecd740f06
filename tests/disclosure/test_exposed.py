"""A withheld number that earlier editions give away: the analyst is told in Swedish, on screen, by the doctor and on the page."""

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from made import by_area, counts, estimates
from random_tables import frame

from trygghet.disclosure import (
    DisclosureRules,
    Exposure,
    Released,
    screen,
    screening,
    secondary,
    write_released,
)
from trygghet.disclosure.attack import remaining_ranges
from trygghet.disclosure.secondary import refuse_exposed
from trygghet.errors import DisclosureError
from trygghet.pipeline import published, stages
from trygghet.pipeline.doctor import examine
from trygghet.pipeline.editions import REGISTRY
from trygghet.pipeline.exposed import read_exposed
from trygghet.pipeline.messages import render
from trygghet.pipeline.runner import open_project
from trygghet.report import ReportSources, Stamp, StreamFacts, WaveFacts, WaveReport
from trygghet.report.look import PLAIN, Look
from trygghet.report.method import method_notes
from trygghet.report.wording import Wording

ROOT = Path(__file__).parents[2]
AREAS = ["Centrum", "Lunden", "Höjden", "Sjöstaden"]
N, X = [100, 20, 150, 120], [31, 7, 40, 44]


def areas():
    return estimates(by_area("hot", AREAS), N, X)


def given_away():
    """The districts without Lunden were published, and the total that gives it back when the floor was lower."""
    lenient = DisclosureRules(base_floor=10, sensitive_floor=10)
    whole = screen({"whole": frame("", ["Alla"], [sum(N)], [sum(X)]), "area": areas()}, lenient)
    first = Released.nothing().with_edition("1", {"x": whole["whole"]})
    return first.with_edition("2", screen({"x": areas().take([0, 2, 3])}))


def test_the_wave_and_the_cell_are_named_and_nothing_is_refused():
    found = screening({"area": areas()}, released=given_away())
    assert {(each.wave, each.earlier) for each in found.exposures} == {("2026", True)}
    assert {each.cell for each in found.exposures} == {"2026 hot Lunden"}


def test_what_no_edition_gave_away_is_refused():
    """An audit that fails without an earlier edition stops the run; it is never passed on as an old matter."""
    assert screening({"area": areas(), "whole": frame("", ["Alla"], [sum(N)], [sum(X)])}).exposures == ()
    with pytest.raises(DisclosureError) as refused:
        refuse_exposed((Exposure("2026", "2026 hot Lunden", "answers", 1.0, 4.0, earlier=False),))
    assert refused.value.code == "SEK-09"


def test_screen_stops_at_what_no_suppression_can_protect():
    """Everybody is in one group, and everybody's number is known: no other row can be withheld beside it."""
    with pytest.raises(DisclosureError) as refused:
        screen({"x": counts([12])})
    assert refused.value.code == "SEK-09"
    assert refused.value.problems[0].facts["antal"] == 1
    told = render(refused.value).replace("\N{NO-BREAK SPACE}", " ")
    assert "1 dold uppgift går att räkna ut av det som skulle visas" in told
    assert "12" not in told, "a message names the cell, never its number"
    assert screen({"x": counts([12, 0])})["x"].result.frame["svarande"].isna().all(), (
        "a nought can stand beside it"
    )


def idle(lattices, withheld, **_options):
    """A suppression that withholds nothing more; the audit of its pattern is the real one."""
    return withheld, tuple(remaining_ranges(lattice, withheld) for lattice in lattices)


@pytest.mark.parametrize(
    ("results", "cells"),
    [
        ({"area": areas(), "whole": frame("", ["Alla"], [sum(N)], [sum(X)])}, {"2026 hot Lunden"}),
        ({"who": counts([120, 12, 80])}, {"2026 svarande 1"}),
    ],
    ids=["a district and the total", "a count and everybody's number"],
)
def test_the_audit_does_not_trust_the_suppression(monkeypatch, results, cells):
    """With the suppression put out of work the attacker finds the number, and screen() shows nothing at all."""
    assert screen(results)
    monkeypatch.setattr(secondary, "protect", idle)
    with pytest.raises(DisclosureError) as refused:
        screen(results)
    assert refused.value.code == "SEK-09"
    assert set(refused.value.problems[0].facts["exempel"].split(", ")) == cells


def test_a_release_that_the_new_edition_completes_is_not_taken_for_an_old_matter(monkeypatch):
    """The districts are out already; a total that would give the withheld one back is withheld instead, or stops the run."""
    first = screen({"area": areas()})
    released = Released.nothing().with_edition("1", first)
    whole = {"whole": frame("", ["Alla"], [sum(N)], [sum(X)])}
    assert screen(whole, released=released)["whole"].result.status.tolist() == ["withheld"]
    monkeypatch.setattr(secondary, "protect", idle)
    with pytest.raises(DisclosureError) as refused:
        screen(whole, released=released)
    assert refused.value.code == "SEK-09"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project whose stage screen has one result to look at."""
    shutil.copy(ROOT / "params.yaml", tmp_path)
    (tmp_path / "data").mkdir()
    opened = open_project(tmp_path)
    facts = WaveFacts("2026", "Trygghet", (StreamFacts("brev", "persons", 390),), "brev")
    monkeypatch.setattr(published, "all_results", lambda _project: {"2026/area": areas()})
    monkeypatch.setattr(published, "declared_rules", lambda _project: DisclosureRules())
    monkeypatch.setattr(published, "read_microdata", lambda _path: None)
    monkeypatch.setattr(published, "_facts", lambda *_given: facts)
    monkeypatch.setattr("trygghet.pipeline.editions.structures", lambda _project: {})
    return opened


def test_a_run_says_what_earlier_editions_give_away_and_what_to_do(project, capsys):
    write_released(project.paths.root / REGISTRY, given_away())
    stages.screen(project)
    told = capsys.readouterr().err
    assert told.startswith("[VARNING] 1 dolda uppgifter går att räkna ut")
    assert "2026 hot Lunden" in told
    assert "Gör så här: Avpublicera den utgåva som visar för mycket" in told
    assert "(SEK-14)" in told
    assert told.count("[VARNING]") == 1, "waves without exposures say nothing"
    folder = project.paths.wave("2026").screened
    assert read_exposed(folder) == ("2026 hot Lunden",)
    assert json.loads((folder / "facts.json").read_text(encoding="utf-8"))["exposed"] == 1
    (found,) = [
        each for each in examine(project.paths.root, today=dt.date(2026, 11, 22)) if "SEK-14" in each.remedy
    ]
    assert found.status == "VARNING"
    assert "2026 hot Lunden" in found.text


def test_a_run_without_earlier_editions_says_nothing(project, capsys):
    stages.screen(project)
    assert capsys.readouterr().err == ""
    assert read_exposed(project.paths.wave("2026").screened) == ()
    assert not [
        each for each in examine(project.paths.root, today=dt.date(2026, 11, 22)) if "SEK-14" in each.remedy
    ]


def test_the_method_annex_tells_how_many_and_never_which():
    kept = screen({"area": areas()}, released=given_away())
    facts = WaveFacts("2026", "Trygghet", (StreamFacts("brev", "persons", 390),), "brev")
    stamp = Stamp("Exempelstad", "KS 2026/1", dt.date(2026, 11, 22))
    report = WaveReport(facts, stamp, ReportSources({}, {}), areas=kept["area"])
    before = " ".join(method_notes(report, PLAIN))
    report = replace(report, facts=replace(facts, exposed=1))
    after = " ".join(method_notes(report, PLAIN))
    assert "tidigare utgåvor redan visar" not in before
    assert "gör att de går att räkna ut: 1." in after
    assert "Lunden" not in after
    assert "earlier editions show already" in " ".join(method_notes(report, Look(words=Wording("en"))))


def test_a_run_that_cannot_protect_stops_and_writes_nothing(project, monkeypatch):
    monkeypatch.setattr(published, "all_results", lambda _project: {"2026/who": counts([12])})
    with pytest.raises(DisclosureError) as refused:
        stages.screen(project)
    assert refused.value.code == "SEK-09"
    assert not list(project.paths.root.glob("data/joint/screened/**/*.json"))
