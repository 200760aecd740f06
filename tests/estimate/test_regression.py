"""Models against closed forms, identities and refusals; R's figures are in tests/oracle."""

import numpy as np
import pandas as pd
import pytest

from trygghet.design import SurveyDesign
from trygghet.errors import EstimateError
from trygghet.estimate import difference, proportion
from trygghet.estimate.regression import mean_difference_test, regression


@pytest.fixture(scope="module")
def design():
    rng = np.random.default_rng(11)
    n = 400
    frame = pd.DataFrame(
        {"sex": rng.choice(["k", "m"], n), "age": rng.normal(0, 1, n), "h": np.repeat(np.arange(8), 50)}
    )
    eta = -0.5 + 0.7 * (frame["sex"] == "k") + 0.3 * frame["age"]
    frame["unsafe"] = (rng.random(n) < 1 / (1 + np.exp(-eta))).astype(float)
    frame["reports"] = rng.poisson(np.exp(0.2 + 0.4 * frame["age"])).astype(float)
    frame["w"] = rng.uniform(1, 5, n)
    frame.loc[:9, "unsafe"] = np.nan
    return SurveyDesign.from_frame(frame, weights="w", strata="h")


def test_a_linear_model_with_one_group_is_the_difference_of_domains(design):
    fit = regression(design, "unsafe", ["sex"])
    gap = difference(proportion(design, "unsafe", by="sex"), "m", versus="k")
    assert fit.values[1] == pytest.approx(gap.values[0], rel=1e-12)
    assert fit.standard_errors[1] == pytest.approx(gap.standard_errors[0], rel=1e-12)
    assert fit.n == 390


@pytest.mark.parametrize("family", ["linear", "logistic"])
def test_the_effect_of_a_single_group_is_the_difference_whatever_the_link(design, family):
    fit = regression(design, "unsafe", ["sex"], family=family)
    gap = difference(proportion(design, "unsafe", by="sex"), "m", versus="k")
    row = fit.effects.iloc[0]
    assert row["effect"] == pytest.approx(gap.values[0], rel=1e-9)
    assert row["standard_error"] == pytest.approx(gap.standard_errors[0], rel=1e-9)


@pytest.mark.parametrize(("outcome", "family"), [("unsafe", "logistic"), ("reports", "poisson")])
def test_a_model_with_constant_alone_gives_the_mean(design, outcome, family):
    fit = regression(design, outcome, [], family=family)
    y, w = design.columns.numeric(outcome), design.weights
    known = np.isfinite(y)
    mean = np.average(y[known], weights=w[known])
    link = np.log(mean / (1 - mean)) if family == "logistic" else np.log(mean)
    assert fit.values[0] == pytest.approx(link, rel=1e-10)


@pytest.mark.parametrize("family", ["linear", "logistic", "poisson"])
def test_statsmodels_finds_the_same_coefficients(design, family):
    import statsmodels.api as sm

    outcome = "reports" if family == "poisson" else "unsafe"
    families = {
        "linear": sm.families.Gaussian(),
        "logistic": sm.families.Binomial(),
        "poisson": sm.families.Poisson(),
    }
    y = design.columns.numeric(outcome)
    known = np.isfinite(y)
    sex = design.columns.groups("sex")
    X = np.column_stack([np.ones(design.n), design.columns.numeric("age"), sex.codes == 1]).astype(float)
    theirs = sm.GLM(y[known], X[known], family=families[family], freq_weights=design.weights[known]).fit(
        tol=1e-14
    )
    mine = regression(design, outcome, ["age", "sex"], family=family)
    np.testing.assert_allclose(mine.values, theirs.params, rtol=1e-8)


def test_average_effects_have_the_covariance_of_the_bootstrap(design):
    """The linearised standard error of an average marginal effect against replicates that fit the model anew."""
    fit = regression(design, "unsafe", ["age", "sex"], family="logistic")
    jack = regression(design.resampled("jkn"), "unsafe", ["age", "sex"], family="logistic")
    np.testing.assert_allclose(jack.effects["effect"], fit.effects["effect"], rtol=1e-9)
    np.testing.assert_allclose(jack.effects["standard_error"], fit.effects["standard_error"], rtol=0.05)


def test_t_test_is_the_test_of_the_coefficient(design):
    found = mean_difference_test(design, "unsafe", "sex")
    row = regression(design, "unsafe", ["sex"]).to_frame().iloc[1]
    assert (found.statistic, found.p_value) == (row["t"], row["p_value"])


@pytest.mark.parametrize(
    "model",
    [
        ("age", ["sex"], "logistic"),
        ("age", ["sex"], "poisson"),
        ("unsafe", ["age", "age"], "logistic"),
        ("unsafe", ["unsafe"], "logistic"),
    ],
    ids=str,
)
def test_a_model_that_cannot_be_fitted_is_refused(design, model):
    outcome, predictors, family = model
    with pytest.raises(EstimateError, match="SKATT-45"):
        regression(design, outcome, predictors, family=family)


def test_a_term_that_is_not_there_is_refused(design):
    with pytest.raises(EstimateError, match="SKATT-45"):
        regression(design, "unsafe", ["sex"]).test_term("age")
