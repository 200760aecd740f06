"""Products of predictors against R's svyglm and regTermTest, and their average effects by hand."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trygghet.design import SurveyDesign
from trygghet.errors import EstimateError
from trygghet.estimate import mean
from trygghet.estimate.regression import regression
from trygghet.weighting import Margins, calibrate

TESTS = Path(__file__).parents[1]
R = json.loads((TESTS / "backtests/interactions.json").read_text(encoding="utf-8"))


def api(name):
    frame = pd.read_csv(TESTS / f"oracle/r_survey/data/{name}.csv", keep_default_na=False, na_values="NA")
    return frame.assign(high=(frame.api00 > 650) * 1.0)


def design_of(case):
    if case in {"strat", "domain"}:
        return SurveyDesign.from_frame(api("apistrat"), weights="pw", strata="stype", population="fpc")
    design = SurveyDesign.from_frame(api("apiclus1"), weights="pw", psu="dnum", population="fpc")
    if case == "clus":
        return design
    margins = Margins.from_dict({name: dict(totals) for name, totals in R["population"].items()})
    return design.with_weights(calibrate(design, margins, method="linear"))


@pytest.mark.parametrize("case", R["cases"])
def test_coefficients_covariance_and_tests_are_those_of_r(case):
    name, outcome, formula, family = case.split("|")
    golden, design = R["cases"][case], design_of(name)
    where = (design.columns.frame.stype != "E").to_numpy() if name == "domain" else None
    fit = regression(design, outcome, formula.split(" + "), family=family, where=where)
    names = [text.replace(" × ", ":").replace(": ", "") for text in fit.names[1:]]
    assert names == golden["names"][1:]
    np.testing.assert_allclose(fit.values, golden["coefficients"], rtol=1e-8)
    assert fit.dof == golden["df"]
    theirs = np.array(golden["covariance"])
    scale = np.sqrt(np.outer(np.diag(theirs), np.diag(theirs)))
    # svyglm's covariance is that of the step before the last, where there is more than one step
    tolerance = 1e-8 if family == "linear" else 1e-6
    np.testing.assert_allclose(fit.covariance / scale, theirs / scale, atol=tolerance)
    term = fit.terms[-1]
    found = fit.test_term(":".join(reversed(term.split(":"))))
    f, k, dof, p = golden["term"]
    assert (found.statistic, found.numerator_dof, found.dof) == (pytest.approx(f, rel=10 * tolerance), k, dof)
    assert found.p_value == pytest.approx(p, rel=100 * tolerance)


@pytest.fixture(scope="module")
def design():
    rng = np.random.default_rng(8)
    n = 400
    frame = pd.DataFrame({"sex": rng.choice(["k", "m"], n), "age": rng.normal(0, 1, n)})
    frame["area"] = rng.choice(["a", "b", "c"], n)
    slope = np.where(frame.sex == "k", 0.9, -0.2)
    frame["y"] = slope * frame.age + (frame.area == "b") + rng.normal(0, 1, n)
    frame["unsafe"] = (frame.y + rng.logistic(size=n) > 0.3) * 1.0
    frame["level"] = pd.cut(frame.y, [-np.inf, -0.5, 0.8, np.inf], labels=["low", "some", "high"])
    frame["w"] = rng.uniform(1, 4, n)
    return SurveyDesign.from_frame(frame, weights="w")


def test_a_saturated_model_gives_the_mean_of_each_combination(design):
    fit = regression(design, "y", ["sex*area"])
    cells = mean(design, "y", by="sex * area")
    by_name = dict(zip(fit.names, fit.values, strict=True))
    last = sum(by_name[name] for name in ("(konstant)", "sex: m", "area: c", "sex: m × area: c"))
    assert last == pytest.approx(cells.values[-1])
    pick = np.isin(fit.names, ["(konstant)", "sex: m", "area: c", "sex: m × area: c"]) * 1.0
    assert pick @ fit.covariance @ pick == pytest.approx(cells.standard_errors[-1] ** 2, rel=1e-10)


def test_a_number_alone_in_a_product_has_a_slope_in_each_group(design):
    apart = regression(design, "y", ["sex", "sex:age"])
    crossed = regression(design, "y", ["sex*age"])
    assert apart.names[-2:] == ("sex: k × age", "sex: m × age")
    assert apart.values[-1] - apart.values[-2] == pytest.approx(crossed.values[-1])
    assert crossed.values[-1] / crossed.standard_errors[-1] < -5


@pytest.mark.parametrize("family", ["linear", "logistic"])
def test_average_effects_go_through_the_products(design, family):
    frame, weights = design.columns.frame, design.weights / design.weights.sum()
    fit = regression(design, "y" if family == "linear" else "unsafe", ["sex*age", "area"], family=family)

    def average(age, sex):
        man = (sex == "m") * 1.0
        columns = [np.ones(len(frame)), man, age, frame.area == "b", frame.area == "c", man * age]
        eta = np.column_stack(columns).astype(float) @ fit.values
        return weights @ (eta if family == "linear" else 1 / (1 + np.exp(-eta)))

    step, age = 1e-5, frame.age.to_numpy()
    slope = (average(age + step, frame.sex) - average(age - step, frame.sex)) / (2 * step)
    men = average(age, np.full(len(frame), "m")) - average(age, np.full(len(frame), "k"))
    effects = fit.effects.set_index(["term", "category"])["effect"]
    assert effects["age", ""] == pytest.approx(slope, rel=1e-6)
    assert effects["sex", "m"] == pytest.approx(men, rel=1e-9)
    assert list(effects.index) == [("sex", "m"), ("age", ""), ("area", "b"), ("area", "c")]


def test_effects_of_an_ordinal_model_go_through_the_products_and_sum_to_nothing(design):
    fit = regression(design, "level", ["sex*age"], family="ordinal")
    frame, weights = design.columns.frame, design.weights / design.weights.sum()
    man, age, step = (frame.sex == "m").to_numpy() * 1.0, frame.age.to_numpy(), 1e-5
    b, cuts = fit.values[:3], fit.values[3:]

    def low(age):
        eta = np.column_stack([man, age, man * age]) @ b
        return weights @ (1 / (1 + np.exp(-(cuts[0] - eta))))

    effects = fit.effects.set_index(["term", "answer"])["effect"]
    assert effects["age", "low"] == pytest.approx((low(age + step) - low(age - step)) / (2 * step), rel=1e-6)
    assert effects["age"].sum() == pytest.approx(0, abs=1e-12)


def test_errors_of_effects_through_products_are_those_of_replicates(design):
    linear = regression(design, "unsafe", ["sex*age"], family="logistic").effects
    jackknife = regression(design.resampled("jk1"), "unsafe", ["sex*age"], family="logistic").effects
    assert jackknife.effect.to_numpy() == pytest.approx(linear.effect.to_numpy())
    assert jackknife.standard_error.to_numpy() == pytest.approx(linear.standard_error.to_numpy(), rel=0.03)


def test_combinations_that_nobody_has_get_no_column():
    frame = pd.DataFrame({"sex": list("kkmmkkmm") * 5, "area": list("abaaabaa") * 5})
    frame["y"] = np.random.default_rng(1).normal(size=40)
    fit = regression(SurveyDesign.from_frame(frame), "y", ["sex*area"])
    assert fit.names == ("(konstant)", "sex: m", "area: b")


def test_a_column_may_have_a_colon_in_its_name():
    frame = pd.DataFrame({"f:1": [0.0, 1.0, 2.0, 3.0, 5.0], "y": [1.0, 2.0, 2.0, 4.0, 3.0]})
    assert regression(SurveyDesign.from_frame(frame), "y", ["f:1"]).names == ("(konstant)", "f:1")


def test_a_product_that_is_not_in_the_model_is_refused(design):
    with pytest.raises(EstimateError, match="SKATT-45"):
        regression(design, "y", ["sex", "age"]).test_term("sex:age")
