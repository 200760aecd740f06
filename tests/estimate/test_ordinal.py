"""The proportional-odds model against R's svyolr, the logistic model, identities and replicates."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trygghet.design import SurveyDesign
from trygghet.errors import EstimateError
from trygghet.estimate import proportion
from trygghet.estimate.regression import regression
from trygghet.weighting import Margins, calibrate

TESTS = Path(__file__).parents[1]
R = json.loads((TESTS / "backtests/ordinal.json").read_text(encoding="utf-8"))


def api(name):
    frame = pd.read_csv(TESTS / f"oracle/r_survey/data/{name}.csv", keep_default_na=False, na_values="NA")
    cut = pd.cut(frame.api00, [-np.inf, 600, 700, 800, np.inf], labels=list("abcd"))
    return frame.assign(level=cut)


def design_of(case):
    if case in {"stratified", "domain"}:
        return SurveyDesign.from_frame(api("apistrat"), weights="pw", strata="stype", population="fpc")
    design = SurveyDesign.from_frame(api("apiclus1"), weights="pw", psu="dnum", population="fpc")
    if case == "clustered":
        return design
    margins = Margins.from_dict(
        {name: dict(totals) for name, totals in R["population"].items()},
    )
    return design.with_weights(calibrate(design, margins, method="raking", tolerance=1e-12))


@pytest.mark.parametrize("case", ["stratified", "clustered", "calibrated", "domain"])
def test_coefficients_covariance_and_degrees_of_freedom_are_those_of_r(case):
    """R stops BFGS by its own rule and takes the Hessian by differences, hence 1e-6 and not 1e-8."""
    design, golden = design_of(case), R[case]
    where = (design.columns.frame["sch.wide"] == "Yes").to_numpy() if case == "domain" else None
    fit = regression(design, "level", ["meals", "ell", "stype"], family="ordinal", where=where)
    assert fit.names[-3:] == ("a|b", "b|c", "c|d")
    np.testing.assert_allclose(fit.values, golden["coefficients"], rtol=1e-6)
    np.testing.assert_allclose(fit.standard_errors, np.sqrt(np.diag(golden["covariance"])), rtol=1e-5)
    scale = np.sqrt(np.outer(np.diag(golden["covariance"]), np.diag(golden["covariance"])))
    np.testing.assert_allclose(fit.covariance / scale, np.array(golden["covariance"]) / scale, atol=1e-5)
    assert fit.dof == golden["df"]


@pytest.fixture(scope="module")
def design():
    rng = np.random.default_rng(4)
    n = 600
    frame = pd.DataFrame({"sex": rng.choice(["k", "m"], n), "age": rng.normal(0, 1, n)})
    latent = 0.8 * (frame.sex == "k") + 0.5 * frame.age + rng.logistic(size=n)
    frame["worry"] = pd.cut(latent, [-np.inf, -0.5, 0.7, 1.5, np.inf], labels=["low", "some", "high", "very"])
    frame["high"] = (latent > 0.7) * 1.0
    frame["h"] = np.repeat(np.arange(6), 100)
    frame["w"] = rng.uniform(1, 4, n)
    frame.loc[:20, "worry"] = np.nan
    return SurveyDesign.from_frame(frame, weights="w", strata="h")


def test_two_answers_are_the_logistic_model(design):
    ordinal = regression(design, "high", ["age", "sex"], family="ordinal")
    logistic = regression(design, "high", ["age", "sex"], family="logistic")
    turn = np.array([[0, 1, 0], [0, 0, 1], [-1, 0, 0]])
    assert ordinal.names == ("age", "sex: m", "0|1")
    np.testing.assert_allclose(ordinal.values, turn @ logistic.values, rtol=1e-9)
    np.testing.assert_allclose(ordinal.covariance, turn @ logistic.covariance @ turn.T, rtol=1e-8)
    assert ordinal.dof == logistic.dof
    of_high = ordinal.effects[ordinal.effects["answer"] == "1"]
    np.testing.assert_allclose(of_high["effect"], logistic.effects["effect"], rtol=1e-9)
    np.testing.assert_allclose(of_high["standard_error"], logistic.effects["standard_error"], rtol=1e-8)


def test_statsmodels_finds_the_same_slopes_and_cut_points(design):
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    frame = design.columns.frame.dropna()
    # statsmodels takes no weights here, so that each row is repeated by a whole number
    times = np.round(frame.w).astype(int)
    repeated = frame.loc[frame.index.repeat(times)]
    X = np.column_stack([repeated.age, repeated.sex == "m"]).astype(float)
    theirs = OrderedModel(repeated.worry.cat.codes.to_numpy(), X, distr="logit").fit(
        method="newton", disp=False
    )
    cuts = theirs.model.transform_threshold_params(theirs.params[2:])[1:-1]
    mine = regression(
        SurveyDesign.from_frame(frame.assign(w=times.astype(float)), weights="w"),
        "worry",
        ["age", "sex"],
        family="ordinal",
    )
    np.testing.assert_allclose(mine.values, [*theirs.params[:2], *cuts], rtol=1e-5)


def test_without_predictors_the_cut_points_are_the_shares(design):
    fit = regression(design, "worry", [], family="ordinal")
    shares = np.cumsum(proportion(design, "worry").values)[:-1]
    np.testing.assert_allclose(1 / (1 + np.exp(-fit.values)), shares, rtol=1e-10)
    share = proportion(design, "worry", category="low")
    slope = share.values[0] * (1 - share.values[0])
    np.testing.assert_allclose(slope * fit.standard_errors[0], share.standard_errors[0], rtol=1e-9)


def test_effects_are_the_change_of_the_average_probabilities(design):
    fit = regression(design, "worry", ["age", "sex"], family="ordinal")
    frame = design.columns.frame.dropna()

    def average(age, sex):
        eta = fit.values[0] * age + fit.values[1] * sex
        below = 1 / (1 + np.exp(-(fit.values[2:] - np.asarray(eta)[:, None])))
        shares = np.diff(below, axis=1, prepend=0.0, append=1.0)
        return np.average(shares, axis=0, weights=frame.w)

    man, h = (frame.sex == "m").to_numpy() * 1.0, 1e-5
    by_age = (average(frame.age + h, man) - average(frame.age - h, man)) / (2 * h)
    by_sex = average(frame.age, np.ones(len(frame))) - average(frame.age, np.zeros(len(frame)))
    np.testing.assert_allclose(fit.effects["effect"], [*by_age, *by_sex], rtol=1e-6)
    assert fit.effects.groupby("term")["effect"].sum().to_numpy() == pytest.approx([0.0, 0.0], abs=1e-12)


def test_replicates_give_the_same_errors(design):
    fit = regression(design, "worry", ["age", "sex"], family="ordinal")
    jack = regression(design.resampled("jkn"), "worry", ["age", "sex"], family="ordinal")
    np.testing.assert_allclose(jack.values, fit.values, rtol=1e-12)
    np.testing.assert_allclose(jack.standard_errors, fit.standard_errors, rtol=0.03)
    np.testing.assert_allclose(jack.effects["standard_error"], fit.effects["standard_error"], rtol=0.03)


def test_terms_are_tested_one_by_one_and_together(design):
    fit = regression(design, "worry", ["age", "sex"], family="ordinal")
    one = fit.test_term("sex")
    assert one.statistic == pytest.approx((fit.values[1] / fit.standard_errors[1]) ** 2)
    both = fit.test_term("age", "sex")
    b, v = fit.values[:2], fit.covariance[:2, :2]
    assert both.statistic == pytest.approx(b @ np.linalg.inv(v) @ b / 2)
    assert both.numerator_dof == 2


def test_answers_without_an_order_are_refused(design):
    with pytest.raises(EstimateError, match="SKATT-45"):
        regression(design, "sex", ["age"], family="ordinal")
    with pytest.raises(EstimateError, match="SKATT-45"):
        regression(design, "worry", ["age", "age"], family="ordinal")
