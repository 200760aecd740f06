"""Simultaneous decisions against exact values and other programs."""

import numpy as np
import pytest
from by_hand import estimates
from scipy import stats

from trygghet.claims import simultaneous

NAMES = [f"O{k}" for k in range(40)]


def family(z, *, covariance=None, dof=1e9, **options):
    k = len(z)
    result = estimates(
        np.asarray(z, float),
        by="omrade",
        domains=NAMES[:k],
        se=1.0,
        estimand="difference",
        dof=dof,
        covariance=covariance,
    )
    return simultaneous(result, **options)


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
        for adjustment in ("max-t", "holm", "none"):
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
    result = estimates(
        [0.1, np.nan, 0.2],
        by="omrade",
        domains=("A", "B", "C"),
        se=[0.05, np.nan, 0.0],
        estimand="difference",
    )
    told = simultaneous(result)
    assert told.judged == 1
    assert np.isnan(told.p_values).tolist() == [False, True, True]


def test_nothing_to_judge():
    told = simultaneous(estimates([np.nan], se=[np.nan], estimand="difference"))
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
