import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from trygghet.errors import RankingError
from trygghet.ranking import RankOptions, bounds_from, rank_bounds, rank_bounds_each
from trygghet.ranking.stepdown import (
    bound_of_all,
    largest_of_all,
    largest_of_some,
    order_statistic,
    step_down,
)


def problem(seed, size=8, spread=1.0):
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(size, size)) * 0.02
    return rng.normal(0, 0.05 * spread, size) + 0.3, root @ root.T + np.eye(size) * 0.0004


def plain_step_down(theta, V, draws, *, level):
    """The method word for word, pair by pair, from given draws (k, B) of N(0, V)."""
    size = len(theta)
    pairs = [(j, k) for j in range(size) for k in range(size) if j != k]
    spread = {(j, k): np.sqrt(V[j, j] + V[k, k] - 2 * V[j, k]) for j, k in pairs}
    rejected = set()
    while True:
        left = [pair for pair in pairs if pair not in rejected]
        if not left:
            return rejected
        largest = np.max([(draws[j] - draws[k]) / spread[j, k] for j, k in left], axis=0)
        place = int(np.ceil((largest.size + 1) * level)) - 1
        critical = np.sort(largest)[place]
        new = {(j, k) for j, k in left if (theta[j] - theta[k]) / spread[j, k] > critical}
        if not new:
            return rejected
        rejected |= new


@pytest.mark.parametrize("seed", range(6))
def test_sets_equal_the_method_written_word_for_word_with_other_draws(seed):
    theta, V = problem(seed)
    draws = np.random.default_rng(1000 + seed).multivariate_normal(np.zeros(8), V, size=40_000).T
    expected = plain_step_down(theta, V, draws, level=0.95)
    found = rank_bounds(theta, V, draws=40_000, seed=seed)
    near = {pair for j, k in found.borderline for pair in ((j, k), (k, j))}
    got = {(int(j), int(k)) for j, k in np.argwhere(found.ahead)}
    assert expected ^ got <= near


def test_maxima_over_blocks_equal_the_maxima_over_everything():
    rng = np.random.default_rng(3)
    draws = rng.standard_normal((20, 9000), dtype=np.float32)
    weights = rng.uniform(0.5, 2, (20, 20)).astype(np.float32)
    weights = (weights + weights.T) / 2
    weights[rng.random((20, 20)) < 0.2] = 0
    whole = (draws[:, None] - draws) * weights[:, :, None]
    np.testing.assert_allclose(largest_of_some(draws, weights), whole.max(axis=(0, 1)), rtol=1e-6)
    both = np.minimum(weights, weights.T)
    whole = np.abs(draws[:, None] - draws) * both[:, :, None]
    np.testing.assert_allclose(largest_of_all(draws, both), whole.max(axis=(0, 1)), rtol=1e-6)


@pytest.mark.parametrize("limit", [0, 2_000_000])
@pytest.mark.parametrize("size", [3, 12, 60])
def test_critical_values_from_few_draws_are_those_of_all_draws(size, limit, monkeypatch):
    monkeypatch.setattr("trygghet.ranking.stepdown.FEW_DEVIATIONS", limit)
    rng = np.random.default_rng(size)
    theta, V = rng.normal(0, 4, size), np.diag(rng.uniform(0.2, 3, size))
    root = rng.normal(size=(size, size)) * 0.4
    V = V + root @ root.T
    draws = (np.linalg.cholesky(V) @ rng.standard_normal((size, 3000))).astype(np.float32)
    spread = np.sqrt(np.diag(V)[:, None] + np.diag(V) - 2 * V) + np.eye(size)
    weights = ((1 - np.eye(size)) / spread).astype(np.float32)
    differences = np.where(weights > 0, (theta[:, None] - theta) / spread, np.nan)
    assert (bound_of_all(draws, weights) >= largest_of_all(draws, weights)).all()
    found = step_down(differences, draws, weights, level=0.9)
    family = weights > 0
    for critical in found.critical_values:
        everything = largest_of_some(draws, np.where(family, weights, np.float32(0)))
        assert critical == order_statistic(everything, 0.9)
        family &= ~(differences > critical)
    assert np.array_equal(found.rejected, (weights > 0) & ~family)


def test_quantile_is_the_exact_order_statistic():
    statistics = np.arange(1, 1000, dtype=np.float32)
    assert order_statistic(statistics, 0.95) == 950
    assert order_statistic(statistics[:199], 0.95) == 190


def test_critical_value_of_independent_equal_units_is_tukeys():
    tukey = stats.studentized_range.ppf(0.95, 12, np.inf) / np.sqrt(2)
    found = rank_bounds(np.zeros(12), np.ones(12), draws=40_000, seed=11)
    assert found.critical_value == pytest.approx(tukey, abs=0.03)
    tukey = stats.studentized_range.ppf(0.95, 12, 60) / np.sqrt(2)
    found = rank_bounds(np.zeros(12), np.ones(12), draws=40_000, seed=11, dof=60)
    assert found.critical_value == pytest.approx(tukey, abs=0.03)


def test_areas_with_their_own_degrees_of_freedom_get_their_own_chi_square():
    own = rank_bounds(np.zeros(6), np.ones(6), seed=5, draws=40_000, dof=[4, 400, 400, 400, 400, 400])
    pooled = rank_bounds(np.zeros(6), np.ones(6), seed=5, draws=40_000, dof=4)
    large = rank_bounds(np.zeros(6), np.ones(6), seed=5, draws=40_000, dof=400)
    assert large.critical_value < own.critical_value < pooled.critical_value
    tied = np.full((6, 6), 0.5) + 0.5 * np.eye(6)
    correlated = rank_bounds(np.zeros(6), tied, seed=5, draws=40_000, dof=[4, 400, 400, 400, 400, 400])
    smallest = rank_bounds(np.zeros(6), tied, seed=5, draws=40_000, dof=4)
    assert correlated.critical_value == smallest.critical_value


@given(st.integers(0, 10_000), st.permutations(list(range(6))))
@settings(max_examples=30, deadline=None)
def test_relabelling_moves_the_sets_and_nothing_else(seed, order):
    theta, V = problem(seed, size=6)
    order = np.array(order)
    one = rank_bounds(theta, V, draws=500, seed=7)
    two = rank_bounds(theta[order], V[np.ix_(order, order)], draws=500, seed=7)
    assert np.array_equal(one.lower[order], two.lower)
    assert np.array_equal(one.upper[order], two.upper)
    assert np.array_equal(one.ahead[np.ix_(order, order)], two.ahead)


@given(st.integers(0, 10_000), st.sampled_from([0.001, 0.5, 100.0]), st.sampled_from([-3.0, 0.0, 2.0]))
@settings(max_examples=30, deadline=None)
def test_scale_and_origin_do_not_matter(seed, scale, origin):
    theta, V = problem(seed, size=6)
    one = rank_bounds(theta, V, draws=500, seed=7)
    two = rank_bounds(origin + scale * theta, scale**2 * V, draws=500, seed=7)
    assert np.array_equal(one.lower, two.lower)
    assert np.array_equal(one.upper, two.upper)


@pytest.mark.parametrize("joint", [True, False])
@pytest.mark.parametrize("seed", range(8))
def test_complementing_all_items_reverses_the_ranks(seed, joint):
    theta, V = problem(seed)
    one = rank_bounds(theta, V, draws=500, seed=7, joint=joint)
    two = rank_bounds(1 - theta, V, draws=500, seed=7, joint=joint)
    assert np.array_equal(two.lower, 9 - one.upper)
    assert np.array_equal(two.upper, 9 - one.lower)
    assert np.array_equal(two.rank, 9 - one.rank)
    lowest = rank_bounds(theta, V, draws=500, seed=7, joint=joint, first="lowest")
    assert np.array_equal(lowest.lower, two.lower)
    assert np.array_equal(lowest.upper, two.upper)


@pytest.mark.parametrize("sides", ["lower", "upper"])
@pytest.mark.parametrize("joint", [True, False])
def test_one_sided_sets_bound_one_end(sides, joint):
    theta, V = problem(3)
    both = bounds_from(theta, V, RankOptions(seed=1, joint=joint))
    one = bounds_from(theta, V, RankOptions(seed=1, joint=joint, sides=sides))
    if sides == "lower":
        assert (one.upper == 8).all()
        assert (one.lower >= both.lower).all()
    else:
        assert (one.lower == 1).all()
        assert (one.upper <= both.upper).all()
    if joint:  # over all units, the two families hold the same pairs
        end = "lower" if sides == "lower" else "upper"
        assert np.array_equal(getattr(one, end), getattr(both, end))


def test_exact_ties_share_the_best_place_and_their_set_spans_it():
    found = rank_bounds([0.5, 0.5, 0.2, 0.2, 0.2], np.full(5, 1e-6), seed=1)
    assert found.rank.tolist() == [1, 1, 3, 3, 3]
    assert found.lower.tolist() == [1, 1, 3, 3, 3]
    assert found.upper.tolist() == [2, 2, 5, 5, 5]


def test_an_item_given_twice_is_never_told_apart_from_itself():
    V = np.array([[4.0, 4.0, 1.0], [4.0, 4.0, 1.0], [1.0, 1.0, 4.0]]) * 1e-6
    found = rank_bounds([0.5, 0.5, 0.1], V, seed=1)
    assert found.inseparable == ((0, 1),)
    assert found.lower.tolist() == [1, 1, 3]
    assert found.upper.tolist() == [2, 2, 3]


def test_complementary_items_are_ranked_although_the_covariance_is_singular():
    variance = 0.3 * 0.7 / 400
    V = variance * np.array([[1.0, -1.0], [-1.0, 1.0]])
    found = rank_bounds([0.3, 0.7], V, seed=1)
    assert (found.rank.tolist(), found.lower.tolist(), found.upper.tolist()) == ([2, 1], [2, 1], [2, 1])
    first = bounds_from([0.3, 0.7], V, RankOptions(seed=1, steps="single"))
    assert first.critical_value == pytest.approx(stats.norm.ppf(0.975), abs=0.06)


def test_a_unit_without_an_estimate_is_not_ranked_and_the_others_are():
    theta, V = problem(2, size=5)
    wide = np.full((6, 6), np.nan)
    keep = [0, 1, 3, 4, 5]
    wide[np.ix_(keep, keep)] = V
    values = np.full(6, np.nan)
    values[keep] = theta
    one = rank_bounds(theta, V, seed=4)
    two = rank_bounds(values, wide, seed=4)
    assert two.ranked.tolist() == [True, True, False, True, True, True]
    assert (two.rank[2], two.lower[2], two.upper[2]) == (0, 0, 0)
    for name in ("rank", "lower", "upper"):
        assert np.array_equal(getattr(one, name), getattr(two, name)[keep])


def test_one_unit_has_the_one_place_and_no_critical_value():
    found = rank_bounds([0.4], [[0.01]], seed=1)
    assert (found.rank.tolist(), found.lower.tolist(), found.upper.tolist()) == ([1], [1], [1])
    assert np.isnan(found.critical_value)


def test_two_units_are_the_two_sided_t_test():
    critical = stats.t.ppf(0.975, 30)
    for distance, apart in ((critical - 0.15, False), (critical + 0.15, True)):
        found = rank_bounds([distance * np.sqrt(2), 0.0], [1.0, 1.0], dof=30, seed=2)
        assert bool(found.ahead[0, 1]) is apart


def test_nothing_but_missing_units_gives_an_unranked_result():
    found = rank_bounds([np.nan, np.nan], [1.0, 1.0], seed=1)
    assert not found.ranked.any()
    assert np.isnan(found.critical_value)


def test_the_same_seed_gives_the_same_and_a_fresh_seed_is_recorded():
    theta, V = problem(1)
    fresh = rank_bounds(theta, V)
    again = rank_bounds(theta, V, seed=fresh.options.seed)
    assert fresh.options.seed is not None
    assert again.critical_value == fresh.critical_value


def test_areas_ranked_together_equal_areas_ranked_one_by_one():
    problems = [problem(seed, size=5) for seed in range(4)]
    options = RankOptions(seed=9, draws=1000)
    each = rank_bounds_each([t for t, _ in problems], [V for _, V in problems], options, dof=50)
    for found, (theta, V) in zip(each, problems, strict=True):
        alone = bounds_from(theta, V, options, dof=50)
        assert np.array_equal(found.lower, alone.lower)
        assert found.critical_value == alone.critical_value


def test_tau_sets_follow_from_the_bounds():
    theta, V = problem(5)
    found = rank_bounds(theta, V, seed=1)
    for tau in (1, 3, 8):
        assert np.array_equal(found.tau_best(tau), found.lower <= tau)
        assert np.array_equal(found.tau_worst(tau), found.upper >= 8 - tau + 1)
        assert found.tau_best(tau).sum() >= tau


def test_sets_never_hold_fewer_places_than_ties_need():
    for seed in range(20):
        theta, V = problem(seed, size=7)
        found = rank_bounds(theta, V, draws=500, seed=seed)
        assert (found.lower >= 1).all()
        assert (found.lower <= found.rank).all()
        assert (found.rank <= found.upper).all()
        assert (found.upper <= 7).all()
        for j, k in itertools.permutations(range(7), 2):
            assert not (found.ahead[j, k] and found.ahead[k, j])


@pytest.mark.parametrize(
    ("values", "covariance", "dof"),
    [
        ([1.0, 2.0], np.eye(3), np.inf),
        ([], np.zeros((0, 0)), np.inf),
        ([1.0, 2.0], np.eye(2), [1.0, 2.0, 3.0]),
    ],
)
def test_shapes_that_do_not_fit_are_refused(values, covariance, dof):
    with pytest.raises(RankingError) as caught:
        rank_bounds(values, covariance, dof=dof)
    assert caught.value.code == "RANG-04"


def test_an_impossible_covariance_is_refused():
    with pytest.raises(RankingError) as caught:
        rank_bounds([1.0, 2.0, 3.0], [[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]])
    assert caught.value.code == "RANG-05"


@pytest.mark.parametrize(
    "wrong",
    [{"level": 0.4}, {"level": 1.0}, {"draws": 10}, {"first": "best"}, {"seed": -1}, {"method": "boot"}],
)
def test_options_outside_their_range_are_refused(wrong):
    with pytest.raises(RankingError) as caught:
        RankOptions(**wrong)
    assert caught.value.code == "RANG-01"
