"""A wave that exists only as a printed report: the next one is compared with its figures."""

import json

import pytest
import xlsxwriter
from click.testing import CliRunner
from scipy import stats

from trygghet._files import sha256_of
from trygghet.errors import ProjectError, TrygghetError
from trygghet.estimate import read_estimates
from trygghet.ingest import read_codebook
from trygghet.pipeline.cli import main
from trygghet.pipeline.doctor.places import answer_files
from trygghet.pipeline.doctor.printed import examine_printed
from trygghet.pipeline.erasure import plan_erasure
from trygghet.pipeline.messages import render
from trygghet.pipeline.printed import printed_wave
from trygghet.pipeline.results import ResultName
from trygghet.pipeline.runner import open_project
from trygghet.pipeline.verifying import verify
from trygghet.waves.published import COLUMNS, SHEET

FROM_PRINT = "Det äldre årets siffra är beräknad från publicerade tal."
ROWS = [
    ("otrygg_kvall", "", "", 18, 1101, 2.5, "post", 12),
    ("kann_lofte", "", "", "12,4", 980, "", "post", 14),
    ("oro_overfall_misshandel", "", "", 21, 1090, "", "webb", 15),
    ("otrygg_kvall", "", "Lunden", 44, 150, "", "post", 13),
    ("prio.narkotika", "", "", 47, 1080, "", "post", 16),
    ("otrygg_dag", "", "", 9, 1090, "", "post", 13),
]
ANOTHER_WORDING = "frågan gällde kvarteret 2024"


def printed(workshop, rows=ROWS, *, collected="post"):
    workshop.waves("2026").params["waves"]["2026"]["published"] = {
        "wave": "2024",
        "file": "publicerad.xlsx",
        "design_effect": 1.8,
        "collected": collected,
    }
    with xlsxwriter.Workbook(str(workshop.raw("2026") / "publicerad.xlsx")) as book:
        sheet = book.add_worksheet(SHEET)
        for place, row in enumerate([COLUMNS, *rows]):
            sheet.write_row(place, 0, row)
    return workshop


@pytest.fixture(scope="module")
def project(workshop_at, tmp_path_factory):
    shop = printed(workshop_at(tmp_path_factory.mktemp("printed")))
    book = shop.codebook("2026")
    book["breaks"] = [{"items": ["trygg_dag"], "since": "2025", "text": ANOTHER_WORDING}]
    shop.write_codebook("2026", book)
    return shop.run()


def granskad(project, sentence):
    draft = project.paths.root / "utkast.txt"
    draft.write_text(sentence, encoding="utf-8")
    told = CliRunner().invoke(main, ["granska", str(draft), "--root", str(project.paths.root)])
    assert told.exit_code == 0, told.output
    return told.output


def result(folder, what, kind="trend"):
    return read_estimates(folder / str(ResultName("brev", what, "", kind)))


def statement(project, words):
    claims = json.loads(project.paths.wave("2026").claims.read_text(encoding="utf-8")).values()
    return [each for each in claims if words in each["text"] and "2024" in each["text"]]


def test_the_change_is_the_new_share_less_the_printed_one(project):
    paths = project.paths.wave("2026")
    new = result(paths.estimates, "trygghet")
    change = result(paths.changes, "trygghet")
    margin = 0.025 / stats.norm.ppf(0.975)
    for item, old, variance in (
        ("otrygg_kvall", 0.18, margin**2 + 0.01**2 / 12),
        ("kann_lofte", 0.124, 1.8 * 0.124 * 0.876 / 980 + 0.001**2 / 12),
    ):
        now, moved = new.select(item=item), change.select(item=item)
        assert moved.values[0] == pytest.approx(now.values[0] - old, abs=1e-12)
        assert moved.standard_errors[0] ** 2 == pytest.approx(
            now.standard_errors[0] ** 2 + variance, rel=1e-10
        )
    assert result(paths.changes, "prio").select(item="prio.narkotika").values[0] == pytest.approx(
        result(paths.estimates, "prio").select(item="prio.narkotika").values[0] - 0.47, abs=1e-12
    )


def test_the_sentence_says_that_it_rests_on_print(project):
    (claim,) = statement(project, "otrygga ute sent på kvällen")
    assert claim["verdict"] == "supported"
    assert "ökat" in claim["text"]
    assert claim["base"].endswith(FROM_PRINT)
    page = (project.paths.wave("2026").reports / "lagesbild.html").read_text(encoding="utf-8")
    assert FROM_PRINT in page


def test_another_way_of_collecting_is_refused(project):
    change = result(project.paths.wave("2026").changes, "trygghet")
    compared = change.cells["item"][change.status == "ok"]
    assert set(compared) == {"otrygg_kvall", "kann_lofte"}
    (claim,) = statement(project, "oro för överfall")
    assert claim["verdict"] == "not_allowed"
    assert "svaren samlades in på olika sätt" in claim["text"]


def test_a_break_that_the_codebook_declares_is_refused(project):
    change = result(project.paths.wave("2026").changes, "trygghet")
    assert "otrygg_dag" not in set(change.cells["item"])


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Otryggheten ute sent på kvällen har ökat.", "har stöd"),
        ("Otryggheten på dagen har minskat.", ANOTHER_WORDING),
        ("Otryggheten på dagen är oförändrad.", ANOTHER_WORDING),
        ("Fler oroar sig för överfall än 2024.", "svaren samlades in på olika sätt"),
    ],
)
def test_a_draft_may_not_compare_across_a_break(project, sentence, told):
    review = granskad(project, sentence)
    assert told in review
    assert ("bör inte skrivas så" in review) == (told != "har stöd")


def test_the_trend_shows_the_printed_year(project):
    figures = project.paths.wave("2026").reports / "figures"
    table = (figures / "utveckling.csv").read_text(encoding="utf-8-sig").splitlines()
    shown = [line.split(";")[1:3] for line in table if line.startswith("Otrygg ute sent")]
    assert shown[0] == ["2024", "18,0"]
    assert [wave for wave, _ in shown] == ["2024", "2026"]


def test_the_workbook_is_a_source_like_the_others(project):
    paths = project.paths.wave("2026")
    manifest = json.loads((paths.reports / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["inputs"]["publicerad.xlsx"] == sha256_of(paths.raw / "publicerad.xlsx")
    assert paths.raw / "publicerad.xlsx" in plan_erasure(project.paths, "2026").files


def test_a_changed_workbook_breaks_the_figures_that_rest_on_it(project):
    paths = project.paths.wave("2026")
    book, figure = paths.raw / "publicerad.xlsx", paths.reports / "figures" / "utveckling.csv"
    assert verify(project, str(figure)).holds
    before = book.read_bytes()
    try:
        book.write_bytes(before + b"\0")
        broken = [each.detail for each in verify(project, str(figure)).findings if each.answer == "broken"]
    finally:
        book.write_bytes(before)
    assert broken == ["publicerad.xlsx"]


def seen(workshop, book, rows, **settings):
    """What the doctor says of a workbook with these rows."""
    printed(workshop, rows, **settings)
    return list(examine_printed(open_project(workshop.save()), "2026", book))


@pytest.fixture(scope="module")
def book(project):
    return read_codebook(project.paths.wave("2026").microdata)


def test_the_doctor_reads_the_workbook(workshop, book):
    ok, areas, margins = seen(workshop, book, ROWS)
    assert (ok.status, "2024 går att läsa (6 st)" in ok.text) == ("OK", True)
    assert (areas.status, areas.text[:27]) == ("INFO", "En siffra gäller ett område")
    assert (margins.status, margins.remedy) == ("INFO", "")
    assert "5 av 6 siffror för 2024 saknar felmarginal" in margins.text
    assert "designeffekten 1,8" in margins.text


def test_the_doctor_asks_for_a_design_effect_that_nobody_chose(workshop, book):
    printed(workshop, [("kann_lofte", "", "", "12,4", 980, "", "", 14)], collected="")
    del workshop.params["waves"]["2026"]["published"]["design_effect"]
    _, warned, ways = examine_printed(open_project(workshop.save()), "2026", book)
    assert (warned.status, "design_effect" in warned.remedy) == ("VARNING", True)
    assert (ways.status, "insamlingssatt" in ways.remedy) == ("INFO", True)


def test_the_doctor_names_figures_that_the_report_leaves_out(workshop, book):
    workshop.params["estimate"]["items"] = {"problem": ["problem_*"]}
    found = seen(workshop, book, ROWS[:2])
    (left,) = [each for each in found if "jämförs inte" in each.text]
    assert (left.status, "otrygg_kvall, kann_lofte" in left.text) == ("VARNING", True)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("otryg_kvall", "", "", 18, 1101, "", "post", "")], "otryg_kvall"),
        ([("otrygg_kvall", "", "", 180, 1, "", "post", "")], "Rad 2"),
        ([("otrygg_kvall", "", "", "", "", "", "", "")], "har inga siffror"),
    ],
)
def test_the_doctor_stops_at_what_a_run_would_stop_at(workshop, book, *, rows, told):
    stops = seen(workshop, book, rows)
    assert {each.status for each in stops} == {"STOPP"}
    assert told in stops[0].text + stops[0].remedy


def test_the_doctor_misses_a_workbook_that_is_not_there_or_not_whole(workshop, book):
    path = printed(workshop).raw("2026") / "publicerad.xlsx"
    project = open_project(workshop.save())
    path.write_bytes(b"PK\x03\x04 half")
    (damaged,) = examine_printed(project, "2026", book)
    assert (damaged.status, "INL-26" in damaged.remedy) == ("STOPP", True)
    path.unlink()
    (missing,) = examine_printed(project, "2026", book)
    assert (missing.status, "PROJ-05" in missing.remedy) == ("STOPP", True)


def test_the_workbook_is_no_file_of_answers(workshop):
    root = printed(workshop).save()
    assert [path.name for path in answer_files(root)] == ["publicerad.xlsx", "survey.sav", "urval.csv"]
    kept = answer_files(root, printed={"data/raw/2026/publicerad.xlsx"})
    assert [path.name for path in kept] == ["survey.sav", "urval.csv"]


@pytest.mark.parametrize(
    "case",
    [((ROWS, ""), "PROJ-24"), (([("otryg_kvall", "", "", 18, 1101, "", "", "")], "post"), "JMF-09")],
)
def test_what_cannot_be_compared_is_told(workshop, project, case):
    (rows, collected), code = case
    book = read_codebook(project.paths.wave("2026").microdata)
    other = open_project(printed(workshop, rows, collected=collected).save())
    with pytest.raises(TrygghetError) as caught:
        printed_wave(other, "2026", book)
    assert caught.value.code == code
    assert code in str(render(caught.value))


def test_a_wave_is_compared_with_a_survey_or_a_report(workshop):
    printed(workshop).params["waves"]["2026"]["previous"] = "2026"
    with pytest.raises(ProjectError) as caught:
        open_project(workshop.save())
    assert caught.value.problems[0].facts["reason"] == "skriv antingen previous eller published"
