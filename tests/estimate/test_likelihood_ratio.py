"""The working likelihood ratio test of Rao and Scott, by what it must equal."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from trygghet.design import SurveyDesign
from trygghet.estimate.regression import regression


def frame(n=500, seed=4):
    rng = np.random.default_rng(seed)
    table = pd.DataFrame({"x": rng.normal(0, 1, n), "area": rng.choice(["a", "b", "c"], n), "w": 1.0})
    table["psu"] = np.arange(n) // 5
    lean = rng.normal(0, 1.0, n // 5)[table["psu"]]
    table["y"] = (rng.random(n) < 1 / (1 + np.exp(-(0.4 * table["x"] + lean)))).astype(float)
    table["count"] = rng.poisson(np.exp(0.2 * table["x"])).astype(float)
    table["level"] = rng.integers(1, 5, n).astype(float)
    return table


@pytest.mark.parametrize(
    ("outcome", "family"), [("y", "logistic"), ("count", "poisson"), ("x", "linear"), ("level", "ordinal")]
)
@pytest.mark.parametrize("psu", [None, "psu"])
def test_close_to_the_hypothesis_it_agrees_with_walds_test(outcome, family, psu):
    fit = regression(SurveyDesign.from_frame(frame(), weights="w", psu=psu), outcome, ["area"], family=family)
    wald, ratio = fit.test_term("area"), fit.test_term("area", method="likelihood-ratio")
    near = fit.test_term("area", method="likelihood-ratio-saddlepoint")
    assert len(ratio.design_effects) == ratio.numerator_dof == 2
    assert ratio.p_value == pytest.approx(wald.p_value, abs=0.06)
    assert near.p_value == pytest.approx(ratio.p_value, rel=0.05)


def test_a_simple_random_sample_gives_the_ordinary_deviance():
    table = frame()
    fit = regression(SurveyDesign.from_frame(table, weights="w"), "y", ["x", "area"], family="logistic")
    ratio = fit.test_term("x", method="likelihood-ratio")
    means = table.groupby("area")["y"].transform("mean")
    null = -2 * (table["y"] * np.log(means) + (1 - table["y"]) * np.log(1 - means)).sum()
    eta = fit.values[0] + fit.values[1] * table["x"] + fit.values[2] * (table["area"] == "b")
    eta = eta + fit.values[3] * (table["area"] == "c")
    full = -2 * (table["y"] * eta - np.logaddexp(0, eta)).sum()
    assert ratio.statistic == pytest.approx(null - full, rel=1e-9)
    expected = stats.f.sf(ratio.statistic / ratio.design_effects[0], 1, ratio.dof)
    assert ratio.p_value == pytest.approx(expected, rel=1e-9)


def test_the_scale_of_the_weights_does_not_matter():
    table = frame()
    one, other = (
        regression(
            SurveyDesign.from_frame(table.assign(w=scale * (1 + table["psu"] % 3)), weights="w", psu="psu"),
            "y",
            ["x", "area"],
            family="logistic",
        ).test_term("x", "area", method="likelihood-ratio")
        for scale in (1.0, 500.0)
    )
    assert one.statistic == pytest.approx(other.statistic, rel=1e-9)
    assert one.p_value == pytest.approx(other.p_value, rel=1e-8)
