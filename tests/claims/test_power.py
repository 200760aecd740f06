"""The chance of showing a difference is that of the rule that judges it: against full sums and simulation by other code."""

from dataclasses import replace

import numpy as np
import pytest
from by_hand import estimates
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from trygghet.claims.declared import Families, Family
from trygghet.claims.power import chance_of_seeing, chance_of_telling, seen_normally
from trygghet.estimate.edge_limits import EdgeShares
from trygghet.estimate.equal_shares import larger_variance

C = float(stats.norm.isf(0.01 / 14))


def shares(counts, size):
    one = np.ones(len(counts))
    return EdgeShares(counts / size, (size * one).astype(np.int64), (size - 1) * one, one)


class Apart:
    def __init__(self, variances):
        self.variances = variances.copy


@pytest.mark.parametrize(("n", "areas"), [(301, 7), (500, 4), (1106, 7)])
@pytest.mark.parametrize("difference", [-0.25, -0.15, 0.15, 0.25])
def test_an_area_is_seen_as_often_as_the_estimates_own_variance_lets_it_be(n, areas, difference):
    """Simulated with the variance that ``difference(variance="larger")`` uses."""
    rng = np.random.default_rng(7)
    mine, others = round(n / areas), round(n * (areas - 1) / areas)
    first = shares(rng.binomial(mine, 0.3 + difference, 20_000), mine)
    second = shares(rng.binomial(others, 0.3, 20_000), others)
    observed = first.values * (1 - first.values) / mine + second.values * (1 - second.values) / others
    errors = np.sqrt(larger_variance(Apart(observed), first, second).variances())
    gap = np.sign(difference) * (first.values - second.values)
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = float(np.mean(gap / errors > C))
    told = chance_of_seeing("rest", n, share=0.3, difference=difference, critical=C, areas=areas)
    assert told == pytest.approx(seen, abs=4 * np.sqrt(0.25 / 20_000))


def test_an_area_below_the_rest_is_harder_to_see_than_the_observed_variance_says():
    below = chance_of_seeing("rest", 300, share=0.4, difference=-0.25, critical=C, areas=7)
    error = np.sqrt(0.15 * 0.85 / (300 / 7) + 0.24 / (300 * 6 / 7))
    assert below < stats.norm.cdf(0.25 / error - C) - 0.15


@pytest.mark.parametrize("difference", [-0.12, 0.12])
def test_a_change_is_seen_as_often_as_the_full_sum_says(difference):
    n, counts = 140, np.arange(141)
    chance = np.outer(stats.binom.pmf(counts, n, 0.3 + difference), stats.binom.pmf(counts, n, 0.3))
    p, q = np.meshgrid(counts / n, counts / n, indexing="ij")
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.sign(difference) * (p - q) / np.sqrt(p * (1 - p) / n + q * (1 - q) / n)
    told = chance_of_seeing("waves", n, share=0.3, difference=difference, critical=2.4)
    assert told == pytest.approx(chance[z > 2.4].sum(), abs=1e-9)


def held_out(n, threshold, *, level, above):
    """Counts whose default limits leave the threshold outside; limits by statsmodels."""
    counts = np.arange(n + 1)
    low, high = proportion_confint(counts, n, alpha=1 - level, method="wilson")
    few = (np.minimum(counts, n - counts) < 10) | (n < 30)
    exact = proportion_confint(counts, n, alpha=1 - level, method="beta")
    low, high = np.where(few, exact[0], low), np.where(few, exact[1], high)
    return low > threshold if above else high < threshold


@pytest.mark.parametrize(
    ("n", "share", "difference"),
    [
        (230, 0.3, -0.1),
        (230, 0.3, 0.07),
        (150, 0.03, 0.06),
        (40, 0.5, -0.3),
        (25, 0.2, 0.4),
        (300, 0.98, -0.03),
    ],
)
def test_a_threshold_is_held_out_by_the_default_limits(n, share, difference):
    level, threshold = 0.99, share + difference
    shown = held_out(n, threshold, level=level, above=difference < 0)
    critical = float(stats.norm.isf((1 - level) / 2))
    told = chance_of_seeing("threshold", n, share=share, difference=difference, critical=critical)
    assert told == pytest.approx(stats.binom.pmf(np.arange(n + 1), n, share)[shown].sum(), abs=1e-9)


def test_where_few_answers_are_expected_wilson_alone_would_promise_too_much():
    """A share of 4 per cent among 150 answers, above 1 per cent: Wilson's lower limit lies higher than the one that judges."""
    counts = np.arange(151)
    low = proportion_confint(counts, 150, alpha=0.05, method="wilson")[0]
    alone = stats.binom.pmf(counts, 150, 0.04)[low > 0.01].sum()
    told = chance_of_seeing("threshold", 150, share=0.04, difference=-0.03, critical=1.96)
    assert told < alone - 0.1


def test_the_limits_of_every_count_are_those_of_the_estimates():
    """A stratified sample of 100 answers with a design effect of 1.6 and 30 degrees of freedom."""
    n, effect, dof, level = 160, 1.6, 30.0, 0.95
    p = np.arange(101) / 100
    result = estimates(p, items=("otrygg_kvall",), by="omrade", domains=[str(k) for k in range(101)], n=n, dof=dof,
                       se=np.sqrt(p * (1 - p) * effect / n))  # fmt: skip
    result = replace(result, design_effect=np.where((p > 0) & (p < 1), effect, np.nan))
    result = replace(result, of_comparable=np.full(101, effect))
    low, high = result.interval(level)
    for threshold in (0.07, 0.3, 0.9):
        for at, share in (
            (np.flatnonzero(high < threshold), threshold - 0.06),
            (np.flatnonzero(low > threshold), threshold + 0.06),
        ):
            told = chance_of_telling(
                n, share=share, threshold=threshold, level=level, design_effect=effect, dof=dof
            )
            assert told == pytest.approx(stats.binom.pmf(at, 100, share).sum(), abs=1e-9)


def test_options_that_nobody_chooses_both_of():
    """Simulated: each person chooses the one, the other or neither."""
    rng = np.random.default_rng(3)
    drawn = rng.multinomial(400, [0.4, 0.3, 0.3], 20_000) / 400
    gap = drawn[:, 0] - drawn[:, 1]
    error = np.sqrt((drawn[:, 0] + drawn[:, 1] - gap**2) / 400)
    told = chance_of_seeing("options", 400, share=0.3, difference=0.1, critical=2.5)
    assert told == pytest.approx(float(np.mean(gap / error > 2.5)), abs=0.02)


@pytest.mark.parametrize("judged", ["threshold", "waves", "rest", "options"])
def test_the_difference_normally_seen_is_seen_in_eight_surveys_of_ten(judged):
    size = seen_normally(judged, 600, share=0.3, critical=C, areas=5)
    chances = [
        chance_of_seeing(judged, 600, share=0.3, difference=d, critical=C, areas=5) for d in (-size, size)
    ]
    assert min(chances) == pytest.approx(0.8, abs=0.06)


def test_where_nothing_can_be_seen_none_is_told():
    assert np.isnan(seen_normally("rest", 40, share=0.1, critical=C, areas=10))
    assert np.isnan(chance_of_seeing("waves", 100, share=0.1, difference=-0.2, critical=C))


def test_the_level_of_one_comparison_is_that_of_its_family():
    """Three changes and one test of no change in a report of two families: half of half the risk over three."""
    families = Families(
        (
            Family("follow_up", "follow_up", ("a", "b", "c", "a:unchanged"), parts=2),
            Family("headline", "headline", ("a:low",)),
        )
    )
    assert families.comparison_level("follow_up") == pytest.approx((1 - 0.05 / 4) ** (1 / 3), abs=1e-9)
    assert families.comparison_level("headline") == pytest.approx(0.975)
    assert families.comparison_level("districts") is None
