"""The Crime Survey for England and Wales 2013-14 with the institute's weights: published counts and R's survey package."""

import json
from pathlib import Path

import numpy as np
import pytest

from trygghet.codebook import Codebook, MissingKind
from trygghet.design import SurveyDesign
from trygghet.estimate import mean, proportion
from trygghet.ingest import read_survey
from trygghet.weighting import base_weights

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "csew1314"
GOLDEN = json.loads((HERE / "csew1314.json").read_text(encoding="utf-8"))
CELLS = [dict(zip(GOLDEN["cells"], row, strict=True)) for row in zip(*GOLDEN["cells"].values(), strict=True)]
ITEMS = sorted({cell["item"] for cell in CELLS})
WORRIES = {
    "wburgl": "oro_inbrott",
    "wmugged": "oro_ran",
    "wcarstol": "oro_bilstold",
    "wraped": "oro_valdtakt",
    "wattack": "oro_overfall",
    "wraceatt": "oro_hatbrott",
    "rubbcomm": "problem_nedskrapning",
}


@pytest.fixture(scope="module")
def survey(csew_file):
    book = Codebook.read(EXAMPLE / "data" / "raw" / "2013-14" / "codebook.yaml")
    return read_survey(csew_file, codebook=book)


@pytest.fixture(scope="module")
def design(survey):
    return SurveyDesign.from_data(survey, weights=base_weights(survey, "supplied"))


def cells_of(by):
    return [cell for cell in CELLS if cell["by"] == by]


@pytest.mark.parametrize("by", ["", "imd", "alder7", "kon", "tatort"])
def test_shares_errors_and_bases_are_those_of_r(design, survey, by):
    expected = cells_of(by)
    items = sorted({cell["item"] for cell in expected})
    frame = proportion(design, items, by=by or None).to_frame()
    numbers = {(row.item, row.domain): row for row in frame.itertuples()}
    for cell in expected:
        domain = "Alla" if not by else survey.codebook.variable(by).labels[int(cell["domain"])]
        found = numbers[cell["item"], domain]
        assert found.n == cell["n"]
        assert found.estimate == pytest.approx(cell["estimate"], rel=1e-10)
        assert found.standard_error == pytest.approx(cell["standard_error"], rel=1e-8)


def test_published_counts_of_victims_by_age(design):
    victims = proportion(design, "utsatt_brott", by="alder7")
    assert victims.numerator.tolist() == [162, 310, 248, 273, 202, 121, 67]
    assert victims.n.sum() == 8_843
    assert round(100 * victims.numerator.sum() / victims.n.sum(), 2) == 15.64


@pytest.mark.parametrize("block", GOLDEN["joint"], ids=["problem", "oro"])
def test_the_joint_covariance_of_items_with_different_bases_is_that_of_r(design, block):
    estimates = proportion(design, block["items"])
    np.testing.assert_allclose(estimates.covariance(), np.array(block["covariance"]), rtol=1e-8, atol=1e-16)


def test_logit_intervals_in_domains_are_those_of_r(design):
    logit = GOLDEN["logit"]
    estimates = proportion(design, "problem_nedskrapning", by="imd")
    assert estimates.dof.tolist() == logit["dof"]
    low, high = estimates.interval(0.95, method="logit")
    np.testing.assert_allclose(low, logit["ci_low"], rtol=1e-8)
    np.testing.assert_allclose(high, logit["ci_high"], rtol=1e-8)


@pytest.mark.parametrize("column", WORRIES)
def test_code_5_is_in_no_base(design, column):
    naive = dict(zip(GOLDEN["with_code_5"]["item"], GOLDEN["with_code_5"]["estimate"], strict=True))
    share = float(proportion(design, WORRIES[column]).values[0])
    right = next(cell for cell in cells_of("") if cell["item"] == WORRIES[column])
    assert share == pytest.approx(right["estimate"], rel=1e-10)
    assert share > naive[column]


def test_modules_and_wales_are_not_asked_and_the_rest_is_told_apart(survey):
    kinds = survey.missing_kind("hur_orolig_inbrott")
    assert (kinds == MissingKind.NOT_ASKED).sum() == 6_650
    assert (kinds == MissingKind.DONT_KNOW).sum() == 1
    assert (survey.missing_kind("imd") == MissingKind.NOT_ASKED).sum() == 703
    assert (survey.missing_kind("skrap") == MissingKind.NO_ANSWER).sum() == 14
    assert (survey.missing_kind("trygg_kvall") == MissingKind.DONT_KNOW).sum() == 17


def test_weights_of_mean_one_give_no_totals(design):
    assert design.weight_scale == "mean_one"
    assert design.weights.sum() == pytest.approx(GOLDEN["sum_of_weights"], rel=1e-10)


def test_a_proportion_is_the_mean_of_its_indicator(design):
    for item in ITEMS:
        assert mean(design, item).values == pytest.approx(proportion(design, item).values)
