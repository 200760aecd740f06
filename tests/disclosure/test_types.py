"""What is not screened cannot be exported: the type checker says so, and so does the program."""

import datetime as dt
import subprocess
import sys
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import SimpleNamespace

import pytest
from made import by_area, estimates

from trygghet.disclosure import DisclosureRules, Publishable, Released, screen, write_publishable
from trygghet.errors import DisclosureError, ReportError
from trygghet.pipeline.published import screen_metrics
from trygghet.promise import PromiseSources
from trygghet.report import (
    ReportSources,
    Stamp,
    StreamFacts,
    WaveFacts,
    WaveReport,
    export_figure,
    figure_of,
    plot_problems,
    promise_book,
    promise_document,
    write_manifest,
    write_promise_seed,
    write_report,
)
from trygghet.report.look import PLAIN
from trygghet.report.page import page_html
from trygghet.report.word import word_draft
from trygghet.report.workbook import workbook_bytes

ROOT = Path(__file__).parents[2]
CHECKED = """
from datetime import date
from pathlib import Path

from trygghet.claims import Claim
from trygghet.disclosure import Publishable, Released, Table, screen, write_publishable, write_released
from trygghet.estimate import Estimates, RespondentShares
from trygghet.pipeline.published import screen_metrics
from trygghet.promise import PromiseSources, write_promises
from trygghet.ranking import BayesRanks, OrderStability, TopSet
from trygghet.ranking.composite import CompositePriority
from trygghet.report import (
    ReportSources,
    Stamp,
    StreamFacts,
    WaveFacts,
    WaveReport,
    Wording,
    export_figure,
    figure_of,
    plot_problems,
    promise_book,
    promise_document,
    write_manifest,
    write_promise_seed,
    write_report,
)
from trygghet.report.export import render_figure, write_rendered
from trygghet.report.look import PLAIN
from trygghet.report.page import page_html
from trygghet.report.tables import csv_bytes
from trygghet.report.word import word_draft
from trygghet.report.workbook import workbook_bytes

at = Path("x")
stamp = Stamp("Exempelstad", "KS 2026/00001", date(2026, 11, 22))
facts = WaveFacts("2026", "Trygghet", (StreamFacts("brev", "persons", 400),), "brev")
sources = ReportSources({}, {})


def allowed(found: Estimates, top: TopSet) -> None:
    kept, best = screen({"x": found})["x"], screen({"x": top})["x"]
    report = WaveReport(facts, stamp, sources, problems=kept, levels=kept, changes=(kept,), moves=((kept, kept),))
    write_report(report, at)
    write_promise_seed(report, at)
    write_manifest(report, (), at)
    workbook_bytes(report, {}, {}, look=PLAIN)
    page_html(report, {}, PLAIN)
    word_draft(report, {}, {}, look=PLAIN)
    promise_document(promise_book(report), report)
    export_figure(kept, plot_problems, at, stamp=stamp)
    write_publishable(at, "x", kept)
    write_released(at, Released.nothing().with_edition("1", {"x": kept}))
    screen_metrics({"x": kept})
    PromiseSources(best)


def figures(kept: Publishable[Estimates], found: Estimates) -> None:
    export_figure(found, plot_problems, at, stamp=stamp)  # error: arg-type
    export_figure((kept, found), plot_problems, at, stamp=stamp)  # error: arg-type
    render_figure(found, plot_problems, "x", stamp=stamp)  # error: arg-type
    figure_of(found, plot_problems, stamp=stamp)  # error: arg-type
    write_rendered(found, at)  # error: arg-type
    csv_bytes(found, stamp, Wording())  # error: arg-type


def parts_of_a_report(
    found: Estimates,
    shares: RespondentShares,
    top: TopSet,
    claim: Claim,
    table: Table,
    order: OrderStability,
    ranks: BayesRanks,
    composite: CompositePriority,
) -> None:
    WaveReport(facts, stamp, sources, problems=found)  # error: arg-type
    WaveReport(facts, stamp, sources, priorities=top)  # error: arg-type
    WaveReport(facts, stamp, sources, areas=shares)  # error: arg-type
    WaveReport(facts, stamp, sources, contrasts=found)  # error: arg-type
    WaveReport(facts, stamp, sources, response=table)  # error: arg-type
    WaveReport(facts, stamp, sources, claims=(claim,))  # error: arg-type
    WaveReport(facts, stamp, sources, levels=found)  # error: arg-type
    WaveReport(facts, stamp, sources, changes=(found,))  # error: arg-type
    WaveReport(facts, stamp, sources, trend=(found,))  # error: arg-type
    WaveReport(facts, stamp, sources, level_areas=found)  # error: arg-type
    WaveReport(facts, stamp, sources, other_priorities=(shares,))  # error: arg-type
    WaveReport(facts, stamp, sources, orders=(order,))  # error: arg-type
    WaveReport(facts, stamp, sources, area_ranks=(ranks,))  # error: arg-type
    WaveReport(facts, stamp, sources, composite=composite)  # error: arg-type
    WaveReport(facts, stamp, sources, drawn=table)  # error: arg-type
    WaveReport(facts, stamp, sources, moves=((found, shares),))  # error: arg-type


def reports(found: Estimates) -> None:
    write_report(found, at)  # error: arg-type
    workbook_bytes(found, {}, {}, look=PLAIN)  # error: arg-type
    page_html(found, {}, PLAIN)  # error: arg-type
    word_draft(found, {}, {}, look=PLAIN)  # error: arg-type
    write_manifest(found, (), at)  # error: arg-type


def promises(top: TopSet, kept: Publishable[TopSet], found: Estimates) -> None:
    write_promise_seed(top, at)  # error: arg-type
    promise_book(top)  # error: arg-type
    write_promises(at, top)  # error: arg-type
    PromiseSources(top)  # error: arg-type
    PromiseSources(kept, indicators=(found,))  # error: arg-type


def data(found: Estimates) -> None:
    write_publishable(at, "x", found)  # error: arg-type
    Released.nothing().with_edition("1", {"x": found})  # error: dict-item
    write_released(at, found)  # error: arg-type
    screen_metrics({"x": found})  # error: dict-item


def forged(found: Estimates) -> None:
    Publishable(found)  # error: call-arg
"""


def test_exporting_what_is_not_screened_is_a_type_error(tmp_path):
    snippet = tmp_path / "snippet.py"
    snippet.write_text(CHECKED, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(snippet)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = {
        int(line.split(":")[1]): line
        for line in told.stdout.splitlines()
        if ": error:" in line and "snippet" in line
    }
    expected = {n: text for n, text in enumerate(CHECKED.splitlines(), 1) if "# error:" in text}
    assert lines.keys() == expected.keys(), told.stdout[-2000:]
    for number, text in expected.items():
        assert f"[{text.rpartition(': ')[2]}]" in lines[number]


def unscreened():
    return estimates(by_area("hot", ["a", "b"]), [100, 200], [30, 40])


STAMP = Stamp("Exempelstad", "KS 2026/00001", dt.date(2026, 11, 22))
FACTS = WaveFacts("2026", "Trygghet", (StreamFacts("brev", "persons", 400),), "brev")
PARTS = [part.name for part in fields(WaveReport) if part.name not in {"facts", "stamp", "sources"}]


def test_every_part_of_a_report_is_tried_by_the_type_checker():
    assert [part for part in PARTS if f"sources, {part}=" not in CHECKED.partition("def parts_of")[2]] == []


@pytest.mark.parametrize("part", PARTS)
def test_a_report_takes_nothing_that_is_not_screened(part):
    kept = screen({"x": unscreened()})["x"]
    for given in (unscreened(), (unscreened(),), (kept, unscreened()), ((kept, unscreened()),), "text", 0.5):
        with pytest.raises(ReportError) as refused:
            WaveReport(FACTS, STAMP, ReportSources({}, {}), **{part: given})
        assert refused.value.code == "RAPP-03"


@dataclass
class StandIn:
    """Has all that a report has, of results that nobody screened."""

    facts: WaveFacts = FACTS
    stamp: Stamp = STAMP
    sources: ReportSources = field(default_factory=lambda: ReportSources({}, {}))
    levels: object = None

    def __getattr__(self, name):
        return () if name in {"claims", "changes", "trend", "orders", "area_ranks", "moves"} else None


WRITERS = {
    "report": write_report,
    "workbook": lambda given, _: workbook_bytes(given, {}, {}, look=PLAIN),
    "page": lambda given, _: page_html(given, {}, PLAIN),
    "word": lambda given, _: word_draft(given, {}, {}, look=PLAIN),
    "manifest": lambda given, folder: write_manifest(given, (), folder),
    "promises": write_promise_seed,
    "promise book": lambda given, _: promise_book(given),
    "promise draft": lambda given, _: promise_document(None, given),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_no_writer_takes_a_stand_in_for_a_report(writer, tmp_path):
    for given in (StandIn(levels=SimpleNamespace(result=unscreened(), marks=())), unscreened(), None):
        with pytest.raises(ReportError) as refused:
            WRITERS[writer](given, tmp_path / "x")
        assert refused.value.code == "RAPP-03"
    assert list(tmp_path.iterdir()) == []


def test_exporting_a_figure_that_is_not_screened_is_refused_at_run_time(tmp_path):
    kept = screen({"x": unscreened()})["x"]
    for given in (unscreened(), (kept, unscreened()), unscreened().to_frame(), None):
        for export in (export_figure, figure_of):
            where = (tmp_path / "x",) if export is export_figure else ()
            with pytest.raises(ReportError) as refused:
                export(given, plot_problems, *where, stamp=STAMP)
            assert refused.value.code == "RAPP-03"
    assert list(tmp_path.iterdir()) == []


def test_no_other_door_lets_through_what_is_not_screened(tmp_path):
    kept = screen({"x": unscreened()})["x"]
    tried = (
        lambda: write_publishable(tmp_path, "x", unscreened()),
        lambda: Released.nothing().with_edition("1", {"y": kept, "x": unscreened()}),
        lambda: screen_metrics({"y": kept, "x": unscreened()}),
        lambda: PromiseSources(unscreened()),
        lambda: PromiseSources(kept, by_area=(kept, unscreened())),
    )
    for door in tried:
        with pytest.raises(DisclosureError) as refused:
            door()
        assert refused.value.code == "SEK-15"
        assert "Estimates" in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_publishable_cannot_be_forged_or_changed():
    import dataclasses

    kept = screen({"x": unscreened()})["x"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        kept.result = unscreened()
    with pytest.raises((DisclosureError, TypeError, ValueError)):
        dataclasses.replace(kept, result=unscreened())
    with pytest.raises(DisclosureError):
        Publishable(unscreened(), (), (), DisclosureRules(), kept.digest, None)
