"""The flag of uncertain numbers: few answers, a wide interval, a large error; each rule by itself, and none of them withholds."""

from dataclasses import replace

import numpy as np
import pytest
from made import estimates, shares
from scipy import stats

from trygghet.disclosure import DisclosureRules, screen
from trygghet.disclosure.reliability import few_answers, large_error, uncertain_cells, wide_interval
from trygghet.estimate.kernels import DenseKernel

RULES = {"n": few_answers, "width": wide_interval, "cv": large_error}
OFF = {"uncertain_below": 0, "uncertain_half_width": 1.0, "uncertain_cv": 1e9}
DEFAULT = DisclosureRules()


def one(n, positive, *, effect=1.0, **changed):
    """A share with the error of a simple random sample times the root of a design effect."""
    made = estimates([("hot", "", "Alla")], [n], [positive], **changed)
    p = float(made.values[0])
    variance = p * (1 - p) / n * effect
    return replace(made, kernel=DenseKernel(np.array([[variance]])), design_effect=np.array([effect]))


def found(result, rules=DEFAULT):
    return {name for name, rule in RULES.items() if rule(result, rules).any()}


@pytest.mark.parametrize(
    ("result", "by"),
    [
        (one(99, 50), {"n"}),
        (one(120, 60, effect=2.0), {"width"}),
        (one(400, 8), {"cv"}),
        (one(400, 392), {"cv"}),
        (one(100, 50), set()),
        (one(400, 80), set()),
    ],
    ids=[
        "few answers",
        "wide interval",
        "large error",
        "large error of the complement",
        "100 answers",
        "a plain share",
    ],
)
def test_each_rule_flags_by_itself(result, by):
    """Every other rule is silent with the default limits, and alone the rule is enough for the sign."""
    assert found(result) == by
    kept = screen({"x": result})["x"]
    assert kept.result.status.tolist() == (["uncertain"] if by else ["ok"])
    assert kept.marks == (("()",) if by else ("",))
    assert np.isfinite(kept.result.values).all(), "it is flagged, never withheld"


@pytest.mark.parametrize("name", sorted(RULES))
def test_each_limit_is_the_declared_one(name):
    option = {"n": "uncertain_below", "width": "uncertain_half_width", "cv": "uncertain_cv"}[name]
    result = one(400, 100)
    error = np.sqrt(0.25 * 0.75 / 400)
    low, high = result.interval(0.95)
    at = {"n": 400, "width": float(high[0] - low[0]) / 2, "cv": error / 0.25}[name]
    just = 1 if name == "n" else 1e-9
    flags = {"n": (at, at + just), "width": (at + just, at - just), "cv": (at + just, at - just)}[name]
    told = [uncertain_cells(result, DisclosureRules(**(OFF | {option: limit}))).tolist() for limit in flags]
    assert told == [[False], [True]]


def test_the_width_is_that_of_the_printed_interval():
    """Against the textbook's Wilson interval of a plain sample of 400, computed from its formula."""
    z = stats.norm.ppf(0.975)
    half = z / (1 + z**2 / 400) * np.sqrt(0.25 * 0.75 / 400 + z**2 / (4 * 400**2))
    result = one(400, 100)
    assert not wide_interval(result, DisclosureRules(uncertain_half_width=half * 1.02)).any()
    assert wide_interval(result, DisclosureRules(uncertain_half_width=half * 0.98)).all()


def test_a_share_and_its_complement_are_judged_alike():
    for positive in range(1, 200):
        yes, no = one(200, positive), one(200, 200 - positive)
        assert large_error(yes, DEFAULT).tolist() == large_error(no, DEFAULT).tolist()
        expected = np.sqrt(positive * (200 - positive) / 200**3) / (min(positive, 200 - positive) / 200) > 0.3
        assert large_error(yes, DEFAULT).tolist() == [expected]


def test_what_has_no_coefficient_of_variation_is_not_judged_by_it():
    assert found(one(400, 0)) == set(), "a share of nought"
    difference = estimates([("hot", "", "Alla")], [900], [-1], estimand="difference", values=[0.001])
    assert found(difference) == set(), "a difference near nought"
    assert found(replace(difference, estimand="balance")) == set()


def test_means_and_totals_are_judged_by_their_errors():
    for estimand in ("mean", "total", "quantile", "ratio", "index"):
        small = estimates([("hot", "", "Alla")], [400], [-1], estimand=estimand, values=[1.0])
        for spread, by in ((0.29, set()), (0.31, {"cv"})):
            assert found(replace(small, kernel=DenseKernel(np.array([[spread**2]])))) == by


def test_respondents_alone_are_judged_by_their_number():
    kept = screen({"x": shares([("hot", "omrade", d) for d in "ab"], [99, 100], [3, 3])})["x"]
    assert kept.result.status.tolist() == ["uncertain", "ok"]
    assert kept.result.values.tolist() == [3 / 99, 3 / 100]


def test_reliability_never_withholds_and_disclosure_never_flags():
    strict = DisclosureRules(uncertain_below=10_000, uncertain_half_width=1e-6, uncertain_cv=1e-6)
    result = estimates([("hot", "omrade", d) for d in "ab"], [200, 20], [60, 6])
    kept = screen({"x": result}, strict)["x"]
    assert kept.result.status.tolist() == ["uncertain", "withheld"]
    lax = screen({"x": result}, DisclosureRules(**OFF))["x"]
    assert lax.result.status.tolist() == ["ok", "withheld"]
