"""A wave that exists only as a printed report: the next one is compared with its figures."""

import json

import pytest
import xlsxwriter

from trygghet.errors import ProjectError, TrygghetError
from trygghet.estimate import read_estimates
from trygghet.ingest import read_codebook
from trygghet.pipeline.messages import render
from trygghet.pipeline.printed import printed_wave
from trygghet.pipeline.results import ResultName
from trygghet.pipeline.runner import open_project
from trygghet.waves.published import COLUMNS, SHEET

FROM_PRINT = "Det äldre årets siffra är beräknad från publicerade tal."
ROWS = [
    ("otrygg_kvall", "", "", 18, 1101, 2.5, "post", 12),
    ("kann_lofte", "", "", "12,4", 980, "", "post", 14),
    ("oro_overfall_misshandel", "", "", 21, 1090, "", "webb", 15),
    ("otrygg_kvall", "", "Lunden", 44, 150, "", "post", 13),
    ("prio.narkotika", "", "", 47, 1080, "", "post", 16),
]


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
    return printed(workshop_at(tmp_path_factory.mktemp("printed"))).run()


def result(folder, what, kind="trend"):
    return read_estimates(folder / str(ResultName("brev", what, "", kind)))


def statement(project, words):
    claims = json.loads(project.paths.wave("2026").claims.read_text(encoding="utf-8")).values()
    return [each for each in claims if words in each["text"] and "2024" in each["text"]]


def test_the_change_is_the_new_share_less_the_printed_one(project):
    paths = project.paths.wave("2026")
    new = result(paths.estimates, "trygghet")
    change = result(paths.changes, "trygghet")
    margin = 0.025 / 1.959964
    for item, old, variance in (
        ("otrygg_kvall", 0.18, margin**2 + 0.01**2 / 12),
        ("kann_lofte", 0.124, 1.8 * 0.124 * 0.876 / 980 + 0.001**2 / 12),
    ):
        now, moved = new.select(item=item), change.select(item=item)
        assert moved.values[0] == pytest.approx(now.values[0] - old, abs=1e-12)
        assert moved.standard_errors[0] ** 2 == pytest.approx(
            now.standard_errors[0] ** 2 + variance, rel=1e-5
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


def test_the_trend_shows_the_printed_year(project):
    figures = project.paths.wave("2026").reports / "figures"
    table = (figures / "utveckling.csv").read_text(encoding="utf-8-sig").splitlines()
    shown = [line.split(";")[1:3] for line in table if line.startswith("Otrygg ute sent")]
    assert shown[0] == ["2024", "18,0"]
    assert [wave for wave, _ in shown] == ["2024", "2026"]


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
