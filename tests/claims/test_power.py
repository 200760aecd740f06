"""The chance of showing a difference is that of the rule that judges it: against full sums and simulation by other code."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from trygghet.claims.declared import Families, Family
from trygghet.claims.power import chance_of_seeing, seen_normally
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


@pytest.mark.parametrize("difference", [-0.1, 0.07])
def test_a_threshold_is_held_out_by_wilsons_limits(difference):
    """Limits by statsmodels."""
    n, counts, level = 230, np.arange(231), 0.99
    low, high = proportion_confint(counts, n, alpha=1 - level, method="wilson")
    outside = high < 0.3 + difference if difference > 0 else low > 0.3 + difference
    critical = float(stats.norm.isf((1 - level) / 2))
    told = chance_of_seeing("threshold", n, share=0.3, difference=difference, critical=critical)
    assert told == pytest.approx(stats.binom.pmf(counts, n, 0.3)[outside].sum(), abs=1e-9)


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
