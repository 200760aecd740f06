import numpy as np
import pytest
from scipy import stats

from trygghet.errors import RankingError
from trygghet.ranking import (
    RankOptions,
    bounds_from,
    exclusive_counts,
    mcnemar_rank_bounds,
    multinomial_rank_bounds,
)
from trygghet.ranking.exact import bounds_of_counts


def test_eight_options(reference):
    tree = reference("multinom_eight_options_n1100.json")
    for correction, joint, name in (
        ("holm", True, "holm_simul"),
        ("bonferroni", True, "bonf_simul"),
        ("holm", False, "holm_marginal"),
    ):
        found = multinomial_rank_bounds(
            tree["counts"], correction=correction, joint=joint, level=tree["level"]
        )
        assert found.lower.tolist() == tree[name]["L"]
        assert found.upper.tolist() == tree[name]["U"]


def test_csranks_multinomial(reference):
    cases = reference("csranks_public.json")["multinom"]
    assert len(cases) >= 36
    for case in cases:
        # csranks_multinom(simul = FALSE) ignores its correction and always uses Holm
        holm = case["multcorr"] == "Holm" or not case["simul"]
        options = RankOptions(
            joint=case["simul"],
            sides="both" if case["cstype"] == "two-sided" else case["cstype"],
            steps="stepdown" if holm else "single",
        )
        found = bounds_of_counts(case["x"], options)
        assert found.rank.tolist() == case["rank"], case
        assert found.lower.tolist() == case["L"], case
        assert found.upper.tolist() == case["U"], case


def test_two_options_are_the_one_sided_binomial_test_twice():
    for first in range(8, 16):
        found = multinomial_rank_bounds([first, 16 - first], level=0.9)
        exact = stats.binomtest(first, 16, alternative="greater").pvalue
        assert bool(found.ahead[0, 1]) is bool(exact <= 0.05)


def test_one_choice_each_makes_mcnemar_the_multinomial_test():
    counts = np.array([231, 220, 205, 140, 118, 90, 60, 36])
    rows = np.repeat(np.eye(8), counts, axis=0)
    exclusive = exclusive_counts(rows)
    one, two = multinomial_rank_bounds(counts), mcnemar_rank_bounds(exclusive)
    assert np.array_equal(one.lower, two.lower)
    assert np.array_equal(one.upper, two.upper)
    assert np.array_equal(one.rank, two.rank)


def test_exclusive_counts_by_hand():
    rows = [[1, 1, 0], [1, 0, 0], [0, 0, 1], [1, 0, 1]]
    assert exclusive_counts(rows).tolist() == [[0, 2, 2], [0, 0, 1], [1, 2, 0]]


def test_mcnemar_of_two_options_is_the_exact_test_of_the_discordant():
    rows = np.repeat([[1, 0], [0, 1], [1, 1], [0, 0]], [14, 4, 100, 300], axis=0)
    exact = stats.binomtest(14, 18, alternative="greater").pvalue
    assert 0.01 < exact < 0.025
    assert mcnemar_rank_bounds(exclusive_counts(rows)).upper.tolist() == [1, 2]
    assert mcnemar_rank_bounds(exclusive_counts(rows), level=0.98).upper.tolist() == [2, 2]


def test_lowest_first_mirrors():
    counts = [90, 60, 36, 36]
    high = bounds_of_counts(counts, RankOptions())
    low = bounds_of_counts(counts, RankOptions(first="lowest"))
    assert (low.lower == 5 - high.upper).all()
    assert low.rank.tolist() == [4, 3, 1, 1]


@pytest.mark.parametrize("wrong", [[1.5, 2], [-1, 2], [], [np.nan, 1]])
def test_what_is_no_count_is_refused(wrong):
    with pytest.raises(RankingError) as caught:
        multinomial_rank_bounds(wrong)
    assert caught.value.code == "RANG-12"


def test_exclusive_counts_that_contradict_each_other_are_refused():
    with pytest.raises(RankingError) as caught:
        mcnemar_rank_bounds([[0, 5, 5], [1, 0, 9], [1, 1, 0]])
    assert caught.value.code == "RANG-12"


def test_exact_methods_need_counts():
    with pytest.raises(RankingError) as caught:
        bounds_from([0.4, 0.3], np.eye(2), RankOptions(method="mcnemar"))
    assert caught.value.code == "RANG-10"


@pytest.mark.slow
def test_mcnemar_covers_tied_options_that_are_chosen_up_to_three():
    rng = np.random.default_rng(5)
    covered, simulations = 0, 400
    for _ in range(simulations):
        rows = (rng.random((300, 8)).argsort(axis=1) < 3).astype(float)
        found = mcnemar_rank_bounds(exclusive_counts(rows))
        covered += bool((found.lower == 1).all() and (found.upper == 8).all())
    assert covered / simulations >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / simulations)
