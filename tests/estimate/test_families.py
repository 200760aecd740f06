"""Simultaneous decisions against exact values and other programs."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from trygghet.design import SurveyDesign
from trygghet.errors import EstimateError
from trygghet.estimate import (
    DenseKernel,
    Estimates,
    adjust_p_values,
    contrast,
    difference,
    mean,
    simultaneous,
    wald_test,
)
from trygghet.estimate.regression import regression


def gaps(values, *, se=1.0, covariance=None, dof=1e9):
    values = np.asarray(values, float)
    k = len(values)
    errors = np.broadcast_to(np.asarray(se, float), k)
    names = [f"O{place}" for place in range(k)]
    return Estimates(
        estimand="difference",
        cells=pd.DataFrame({"item": "x", "category": "", "by": "area", "domain": names}),
        values=values,
        n=np.full(k, 200),
        numerator=np.full(k, -1),
        dof=np.broadcast_to(np.asarray(dof, float), k).copy(),
        design_effect=np.full(k, np.nan),
        status=np.full(k, "ok", dtype=object),
        kernel=DenseKernel(np.diag(errors**2) if covariance is None else covariance),
    )


def family(z, *, covariance=None, dof=1e9, **options):
    return simultaneous(gaps(z, covariance=covariance, dof=dof), **options)


def test_holm_is_that_of_statsmodels():
    from statsmodels.stats.multitest import multipletests

    z = np.array([3.1, -2.4, 0.3, 2.2, -1.0, 2.9])
    raw = 2 * stats.norm.sf(np.abs(z))
    told = family(z, adjustment="holm")
    assert told.p_values == pytest.approx(multipletests(raw, method="holm")[1], rel=1e-6)
    assert told.above.tolist() == [True, False, False, False, False, True]


def test_independent_comparisons_get_sidaks_critical_value():
    told = family(np.zeros(10), draws=100_000)
    assert told.critical == pytest.approx(1 - 0.95 ** (1 / 10), rel=0.05)


def test_three_districts_with_few_degrees_of_freedom_match_the_studentised_maximum_modulus():
    draws = np.random.default_rng(5)
    common = np.abs(draws.standard_normal((400_000, 3))) / np.sqrt(draws.chisquare(8, (400_000, 1)) / 8)
    exact = np.quantile(common.max(axis=1), 0.95)
    told = family(np.zeros(3), dof=8.0, draws=100_000)
    assert stats.t.isf(told.critical / 2, 8) == pytest.approx(exact, rel=0.02)


def test_fully_dependent_comparisons_cost_nothing():
    told = family(np.full(5, 2.1), covariance=np.ones((5, 5)))
    assert told.critical == pytest.approx(0.05, abs=0.01)
    assert told.above.all()


def test_limits_agree_with_decisions():
    rng = np.random.default_rng(3)
    for _ in range(60):
        z = rng.normal(0, 3, 8)
        for adjustment in ("max-t", "holm", "bh", "none"):
            told = family(z, adjustment=adjustment, draws=2000)
            decided = told.above | told.below
            assert np.all(decided == ((told.low >= 0) | (told.high <= 0)))
            assert np.all((told.p_values <= 0.05) == decided)


def test_stepping_down_finds_at_least_as_much():
    z = np.array([6.0, 5.0, 2.5, 2.3])
    single = family(z)
    first_step = np.abs(z) > stats.norm.isf(single.critical / 2)
    assert np.all(single.above >= first_step)
    assert single.above.sum() >= 3


def test_cells_that_cannot_be_judged_are_not_counted():
    told = simultaneous(gaps([0.1, np.nan, 0.2], se=[0.05, np.nan, 0.0]))
    assert told.judged == 1
    assert np.isnan(told.p_values).tolist() == [False, True, True]


def test_nothing_to_judge():
    told = simultaneous(gaps([np.nan], se=[np.nan]))
    assert told.judged == 0


def test_the_familywise_error_is_kept_when_nothing_differs():
    rng = np.random.default_rng(11)
    k, rounds = 7, 200
    half = 0.4 * np.ones((k, k)) + 0.6 * np.eye(k)
    chol = np.linalg.cholesky(half)
    false = sum(
        bool(
            np.any((t := family(chol @ rng.standard_normal(k), covariance=half, draws=1000)).above | t.below)
        )
        for _ in range(rounds)
    )
    assert false <= stats.binom.ppf(0.999, rounds, 0.05)


@pytest.mark.parametrize(("method", "theirs"), [("holm", "holm"), ("bh", "fdr_bh")])
def test_p_values_are_adjusted_as_by_statsmodels(method, theirs):
    from statsmodels.stats.multitest import multipletests

    rng = np.random.default_rng(2)
    for size in (1, 2, 9, 60):
        raw = rng.uniform(0, 0.3, size) ** 2
        assert adjust_p_values(raw, method) == pytest.approx(multipletests(raw, method=theirs)[1], rel=1e-12)
    with_gap = np.array([0.01, np.nan, 0.02])
    expected = multipletests([0.01, 0.02], method=theirs)[1]
    assert adjust_p_values(with_gap, method)[[0, 2]] == pytest.approx(expected)
    assert np.isnan(adjust_p_values(with_gap, method)[1])


def test_screening_keeps_the_share_of_false_findings_and_finds_more_than_holm():
    rng = np.random.default_rng(8)
    differs = np.arange(60) < 15
    shares, found, found_holm = [], 0, 0
    for _ in range(300):
        z = rng.standard_normal(60) + 3.0 * differs
        told = family(z, adjustment="bh", level=0.90)
        shown = told.above | told.below
        shares.append((shown & ~differs).sum() / max(1, shown.sum()))
        found += shown.sum()
        holm = family(z, adjustment="holm", level=0.90)
        found_holm += (holm.above | holm.below).sum()
    # exact for independent comparisons: q times the share that does not differ
    assert np.mean(shares) == pytest.approx(0.1 * 45 / 60, abs=3 * np.std(shares) / np.sqrt(300))
    assert found > found_holm


def test_limits_of_screened_differences_miss_as_seldom_as_promised():
    rng = np.random.default_rng(9)
    truth = np.where(np.arange(40) < 10, 3.0, 0.0)
    missed = []
    for _ in range(300):
        told = family(truth + rng.standard_normal(40), adjustment="bh", level=0.90)
        shown = told.above | told.below
        outside = (truth < told.low) | (truth > told.high)
        missed.append((outside & shown).sum() / max(1, shown.sum()))
    assert np.mean(missed) <= 0.1 + 3 * np.std(missed) / np.sqrt(300)


def test_a_family_is_a_table_that_says_what_it_promises():
    told = family(np.array([4.0, 0.1]), adjustment="holm")
    table = told.to_frame()
    assert table["domain"].tolist() == ["O0", "O1"]
    assert table["above"].tolist() == [True, False]
    assert "Holm: the risk of any false difference" in told._repr_html_()


def people(n=400):
    rng = np.random.default_rng(6)
    frame = pd.DataFrame(
        {"area": rng.choice(list("abcd"), n), "h": np.arange(n) % 5, "w": rng.uniform(1, 3, n)}
    )
    return frame.assign(y=rng.normal(0, 1, n) + 0.4 * (frame.area == "b"))


def test_equal_areas_are_tested_as_by_a_regression():
    design = SurveyDesign.from_frame(people(), weights="w", strata="h")
    found = wald_test(mean(design, "y", by="area"))
    fit = regression(design, "y", ["area"])
    assert found.statistic == pytest.approx(fit.test_term("area").statistic, rel=1e-9)
    assert found.numerator_dof == 3


def test_one_combination_is_the_t_test_squared():
    areas = mean(SurveyDesign.from_frame(people(), weights="w", strata="h"), "y", by="area")
    one = wald_test(areas, {"a - b": [1, -1, 0, 0]})
    gap = difference(areas, "a", versus="b")
    assert one.statistic == pytest.approx((gap.values[0] / gap.standard_errors[0]) ** 2)
    adjusted = wald_test(areas, {"a - b": [1, -1, 0, 0]}, method="adjusted-wald")
    assert adjusted.statistic == pytest.approx(one.statistic)
    assert one.p_value == pytest.approx(2 * stats.t.sf(np.sqrt(one.statistic), one.dof))


def test_redundant_combinations_do_not_count_twice():
    areas = mean(SurveyDesign.from_frame(people(), weights="w", strata="h"), "y", by="area")
    two = wald_test(areas, {"a - b": [1, -1, 0, 0], "b - c": [0, 1, -1, 0]})
    three = wald_test(areas, {"a - b": [1, -1, 0, 0], "b - c": [0, 1, -1, 0], "a - c": [1, 0, -1, 0]})
    assert (three.statistic, three.numerator_dof) == (pytest.approx(two.statistic), 2)


def test_few_units_cost_the_adjusted_test():
    k, dof = 4, 6.0
    found = wald_test(gaps(np.arange(5.0), dof=dof), method="adjusted-wald")
    plain = wald_test(gaps(np.arange(5.0), dof=dof))
    assert found.statistic == pytest.approx(plain.statistic * (dof - k + 1) / dof)
    assert found.p_value > plain.p_value
    assert np.isnan(wald_test(gaps(np.arange(5.0), dof=0.0)).p_value)


def test_the_level_of_the_joint_test_is_kept():
    rng = np.random.default_rng(12)
    rounds, rejected = 400, 0
    for _ in range(rounds):
        draw = rng.standard_normal((7, 3))
        e = gaps(draw.mean(axis=0), covariance=np.cov(draw.T) / 7, dof=6.0)
        rejected += (
            wald_test(e, {str(j): np.eye(3)[j] for j in range(3)}, method="adjusted-wald").p_value < 0.05
        )
    low, high = stats.binom.ppf([0.001, 0.999], rounds, 0.05)
    assert low <= rejected <= high


def test_nothing_to_test_is_refused():
    for found in (gaps([1.0]), gaps([1.0, 1.0], se=0.0), gaps([np.nan, 1.0], se=[np.nan, 1.0])):
        with pytest.raises(EstimateError, match="SKATT-46"):
            wald_test(found)
    with pytest.raises(EstimateError, match="SKATT-17"):
        wald_test(gaps([1.0, 2.0]), {"d": [1.0]})
    assert contrast(gaps([1.0, 2.0]), {"d": [1, -1]}).values.tolist() == [-1.0]
