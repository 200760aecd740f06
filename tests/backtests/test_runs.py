"""The examples from the file to the report through the command line, on the real files."""

import importlib.util
import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from trygghet.codebook import Codebook
from trygghet.estimate import read_estimates
from trygghet.pipeline.cli import main
from trygghet.pipeline.results import ResultName

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
SUPPLIED = "Institutets vikter används som de är; felmarginalerna är ungefärliga"


def project_of(name, root, survey):
    """The example's own files, and the survey file where its README says that it goes."""
    shutil.copytree(
        EXAMPLES / name,
        root,
        ignore=shutil.ignore_patterns("*.sav", "*.dta", "processed", "joint", "reports"),
    )
    (wave,) = (root / "data" / "raw").iterdir()
    shutil.copyfile(survey, wave / survey.name)
    return root


@pytest.fixture(scope="module")
def csew(csew_file, tmp_path_factory):
    root = project_of("csew1314", tmp_path_factory.mktemp("csew") / "projekt med åäö", csew_file)
    ran = CliRunner().invoke(main, ["run", "--root", str(root)])
    assert ran.exit_code == 0, ran.output
    return root


@pytest.fixture(scope="module")
def ess(ess_file, tmp_path_factory):
    root = project_of("ess8_sweden", tmp_path_factory.mktemp("ess") / "projekt", ess_file)
    ran = CliRunner().invoke(main, ["run", "--root", str(root)])
    assert ran.exit_code == 0, ran.output
    return root


def estimates_of(root, wave, name):
    return read_estimates(root / "data" / "processed" / wave / "estimates" / str(name))


def page_of(root, wave):
    return (root / "reports" / wave / "lagesbild.html").read_text(encoding="utf-8")


def golden(name):
    figures = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))["cells"]
    return [dict(zip(figures, row, strict=True)) for row in zip(*figures.values(), strict=True)]


@pytest.mark.parametrize("by", ["", "imd"])
@pytest.mark.parametrize("what", ["problem", "oro", "trygghet"])
def test_the_crime_survey_run_gives_r_s_figures(csew, what, by):
    estimates = estimates_of(csew, "2013-14", ResultName("intervju", what, by))
    labels = Codebook.read(csew / "data/raw/2013-14/codebook.yaml").variable("imd").labels
    found = {(row.item, row.domain): row for row in estimates.to_frame().itertuples()}
    checked = [
        cell
        for cell in golden("csew1314")
        if cell["by"] == by and cell["item"] in set(estimates.cells["item"])
    ]
    assert len(checked) == len(found)
    for cell in checked:
        row = found[cell["item"], labels[int(cell["domain"])] if by else "Alla"]
        assert row.n == cell["n"]
        assert row.estimate == pytest.approx(cell["estimate"], rel=1e-10)
        assert row.standard_error == pytest.approx(cell["standard_error"], rel=1e-8)


def test_the_crime_survey_run_counts_the_published_victims(csew):
    estimates = estimates_of(csew, "2013-14", ResultName("intervju", "trygghet", "alder7")).select(
        item="utsatt_brott"
    )
    assert estimates.numerator.tolist() == [162, 310, 248, 273, 202, 121, 67]
    assert estimates.n.sum() == 8_843
    assert round(100 * estimates.numerator.sum() / estimates.n.sum(), 2) == 15.64


def test_the_crime_survey_run_says_that_its_weights_are_the_institute_s(csew):
    page = page_of(csew, "2013-14")
    assert SUPPLIED in page
    assert "ÖVNINGSDATA" in page
    assert "8\u00a0843" in page
    manifest = json.loads((csew / "reports/2013-14/manifest.json").read_text(encoding="utf-8"))
    assert str(csew) not in json.dumps(manifest)


@pytest.mark.parametrize("by", ["", "nuts2"])
@pytest.mark.parametrize("what", ["trygghet", "fortroende"])
def test_the_social_survey_run_gives_r_s_figures(ess, what, by):
    regions = Codebook.read(ess / "data/raw/2016/codebook.yaml").variable("nuts2").categories
    codes = ("SE11", "SE12", "SE21", "SE22", "SE23", "SE31", "SE32", "SE33")
    names = {"Alla": "Alla", **dict(zip(codes, regions, strict=True))}
    estimates = estimates_of(ess, "2016", ResultName("intervju", what, by))
    found = {(row.item, row.domain): row for row in estimates.to_frame().itertuples()}
    checked = [
        cell
        for cell in golden("ess8_sweden")
        if cell["by"] == by and cell["item"] in set(estimates.cells["item"])
    ]
    assert len(checked) == len(found)
    for cell in checked:
        row = found[cell["item"], names[cell["domain"]]]
        assert row.n == cell["n"]
        assert row.estimate == pytest.approx(cell["estimate"], rel=1e-9)
        assert row.standard_error == pytest.approx(cell["standard_error"], rel=1e-8)


def test_the_social_survey_page_has_swedish_letters_whole(ess):
    page = page_of(ess, "2016")
    assert "Östra Mellansverige" in page
    assert not re.search("Ã|�|Â", page)
    weights = json.loads((ess / "reports/2016/metrics/weight.json").read_text(encoding="utf-8"))
    assert weights["intervju.worst_margin_error"] < 1e-10
    assert np.isfinite(weights["intervju.kish_deff"])


def test_county_codes_that_do_not_fit_the_population_stop_the_run_and_say_so(ess_file, scb_file, tmp_path):
    """SE214 is Gotland: 9 respondents are expected, 214 are found. Raking alone would hide it."""
    spec = importlib.util.spec_from_file_location(
        "make_margins", EXAMPLES / "ess8_sweden" / "make_margins.py"
    )
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    root = project_of("ess8_sweden", tmp_path / "projekt", ess_file)
    margins = root / "data/raw/2016/margins.csv"
    maker.margins(scb_file, nuts3=True).to_csv(margins, index=False, lineterminator="\n")
    ran = CliRunner().invoke(main, ["run", "--root", str(root)])
    assert ran.exit_code == 1
    said = " ".join(ran.output.split())
    assert "Gotland har 214 svarande där 9 var väntade" in said
    assert "VIKT-70" in said
    assert not (root / "reports/2016/lagesbild.html").exists()
