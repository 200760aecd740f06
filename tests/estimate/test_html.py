"""What Jupyter shows: the figures, and under them what was done."""

import numpy as np
import pandas as pd
import pytest

from trygghet.design import DesignColumns, OpenSample, SurveyDesign
from trygghet.estimate import mean, proportion
from trygghet.estimate.regression import regression
from trygghet.estimate.small_area import fay_herriot
from trygghet.weighting import Margins, rake


def people():
    rng = np.random.default_rng(9)
    n = 240
    return pd.DataFrame(
        {
            "stratum": np.arange(n) % 4,
            "size": 900.0,
            "sex": rng.choice(["<k>", "m"], n),
            "area": rng.choice(list("abcdef"), n),
            "unsafe": (rng.random(n) < 0.3) * 1.0,
            "answer": rng.integers(1, 5, n),
        }
    )


@pytest.fixture(scope="module")
def design():
    plain = SurveyDesign.from_frame(people(), strata="stratum", population="size")
    return plain.with_weights(rake(plain, Margins.from_dict({"sex": {"<k>": 1900.0, "m": 1700.0}})))


TOLD = [
    "a plain table, stream not declared",
    "calibrated to population margins",
    "Taylor linearisation",
    "4 strata",
]


@pytest.mark.parametrize("family", ["logistic", "ordinal"])
def test_a_model_says_what_was_done(design, family):
    outcome = "answer" if family == "ordinal" else "unsafe"
    shown = regression(design, outcome, ["sex"], family=family)._repr_html_()
    for part in [*TOLD, f"{family} model of {outcome}", "n 240", "degrees of freedom 235", "sex: m"]:
        assert part in shown


def test_estimates_say_what_was_done(design):
    shown = proportion(design, "unsafe", by="sex")._repr_html_()
    for part in [*TOLD, "proportion", "degrees of freedom", "finite-population correction"]:
        assert part in shown
    assert "&lt;k&gt;" in shown
    assert "<k>" not in shown


def test_an_uncalibrated_result_and_an_unknown_design_say_so():
    spec = DesignColumns()
    shown = mean(SurveyDesign.from_columns(people(), spec), "unsafe")._repr_html_()
    assert "not calibrated" in shown
    assert "approximate" in shown


def test_respondents_are_described_without_errors():
    shown = proportion(OpenSample.from_frame(people()), "unsafe", by="area")._repr_html_()
    assert "proportion among the respondents" in shown
    assert "no standard errors" in shown
    assert "ci_low" not in shown
    assert "n 2" in shown or "n 3" in shown


def test_small_areas_say_that_they_are_modelled_and_from_what(design):
    found = fay_herriot(proportion(design, "unsafe", by="area"))
    shown = found._repr_html_()
    for part in [*TOLD, "Model-based", "not benchmarked", "model degrees of freedom 5", "normal intervals"]:
        assert part in shown
    assert "benchmarked to 0.3" in found.benchmarked(0.3, np.full(6, 1 / 6))._repr_html_()
