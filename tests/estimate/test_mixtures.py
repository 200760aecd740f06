"""Tails of mixtures of chi-squared variables, against the families that have closed forms."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from trygghet.design import SurveyDesign
from trygghet.estimate.association import association
from trygghet.estimate.mixtures import mixture_tail, saddlepoint_tail


@pytest.mark.parametrize("k", [1, 2, 3, 10, 40])
@pytest.mark.parametrize("x", [1e-3, 0.5, 3.0, 20.0, 100.0])
def test_equal_effects_give_chi_squared_and_f_far_into_the_tail(k, x):
    assert mixture_tail(x * k, [1.0] * k) == pytest.approx(stats.chi2.sf(x * k, k), rel=1e-11)
    for dof in (1.5, 7.3, 200.0, 1e5):
        assert mixture_tail(2.5 * x * k, [2.5] * k, dof) == pytest.approx(stats.f.sf(x, k, dof), rel=1e-10)


@pytest.mark.parametrize("x", [0.1, 3.0, 30.0, 200.0])
def test_effects_in_pairs_are_exponential_variables(x):
    a, b = 2.0, 0.7
    closed = (a * np.exp(-x / (2 * a)) - b * np.exp(-x / (2 * b))) / (a - b)
    assert mixture_tail(x, [a, a, b, b]) == pytest.approx(closed, rel=1e-12)


def test_signs_complements_and_ends():
    assert mixture_tail(0.0, [1.0, -1.0]) == pytest.approx(0.5, rel=1e-12)
    assert mixture_tail(-3.0, [1.0, 2.0, -1.0]) == pytest.approx(
        1 - mixture_tail(3.0, [-1.0, -2.0, 1.0]), rel=1e-12
    )
    assert mixture_tail(-3.0, [-1.0]) == pytest.approx(stats.chi2.cdf(3.0, 1), rel=1e-12)
    assert mixture_tail(0.0, [1.0, 2.0]) == mixture_tail(-1.0, [1.0, 2.0], 9.0) == 1.0
    assert mixture_tail(1.0, [-1.0, 0.0]) == 0.0


def test_a_fraction_of_degrees_of_freedom_lies_between_the_whole_ones():
    low, middle, high = (mixture_tail(9.0, [1.5, 0.4], dof) for dof in (11.0, 11.5, 12.0))
    assert high < middle < low


@pytest.mark.parametrize("dof", [9.0, 60.5, np.inf])
def test_the_saddle_point_is_close_and_smooth_through_the_mean(dof):
    effects = [2.1, 1.0, 0.4]
    for x in (1.0, 8.0, 25.0):
        exact = mixture_tail(x, effects, dof)
        assert saddlepoint_tail(x, effects, dof) == pytest.approx(exact, rel=0.15)
        assert saddlepoint_tail(x, effects, dof) != exact
    around = [saddlepoint_tail(3.5 + shift, effects, np.inf) for shift in (-1e-3, 0.0, 1e-3)]
    assert np.diff(around).max() < 0
    assert np.diff(around)[0] == pytest.approx(np.diff(around)[1], rel=0.05)


def survey(deffs):
    rng = np.random.default_rng(8)
    n = 600
    cluster = rng.integers(0, 60, n)
    lean = rng.normal(0, deffs, 60)[cluster]
    frame = pd.DataFrame({"psu": cluster, "w": rng.uniform(1, 3, n)})
    frame["row"] = pd.cut(lean + rng.normal(0, 1, n), [-9, -0.5, 0.5, 9], labels=["a", "b", "c"]).astype(str)
    frame["column"] = np.where(rng.random(n) < 0.4, "ja", "nej")
    return SurveyDesign.from_frame(frame, weights="w", psu="psu")


def test_the_mixture_agrees_with_f_where_the_design_effects_are_alike():
    design = survey(0.0)
    second = association(design, "row", "column")
    exact = association(design, "row", "column", method="rao-scott-mixture")
    near = association(design, "row", "column", method="rao-scott-saddlepoint")
    assert exact.statistic == pytest.approx(second.statistic * sum(exact.design_effects))
    assert len(exact.design_effects) == 2
    assert exact.p_value == pytest.approx(second.p_value, rel=0.05)
    assert near.p_value == pytest.approx(exact.p_value, rel=0.05)
    assert exact.dof == second.dof


def test_the_mixture_is_what_drawing_gives():
    found = association(survey(1.5), "row", "column", method="rao-scott-mixture")
    rng = np.random.default_rng(1)
    drawn = rng.chisquare(1, (400_000, 2)) @ np.array(found.design_effects)
    share = (drawn > found.statistic * rng.chisquare(found.dof, 400_000) / found.dof).mean()
    assert abs(share - found.p_value) < 4 * np.sqrt(found.p_value * (1 - found.p_value) / 400_000)
