"""Differences judged by the larger of two variances: never too sure of a small group where hardly anyone said yes."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from trygghet.design import SurveyDesign
from trygghet.estimate import difference, mean, proportion
from trygghet.estimate.edge_limits import EdgeShares
from trygghet.estimate.equal_shares import larger_variance

LEVEL = 0.01 / 42  # one of 42 comparisons of a table, in a report of five families


def every_outcome(n, others):
    """All pairs of counts of a group and the others, as shares."""
    mine, theirs = (grid.ravel() for grid in np.meshgrid(np.arange(n + 1), np.arange(others + 1)))
    one = np.ones(len(mine))
    return tuple(
        EdgeShares(count / size, (size * one).astype(np.int64), (size - 1) * one, one)
        for count, size in ((mine, n), (theirs, others))
    )


class Apart:
    """Cells that have nothing to do with each other."""

    def __init__(self, variances):
        self.variances = variances.copy


def risk(variances, parts, share):
    """Exact risk that one of two equal groups is shown to differ."""
    first, second = parts
    n, others = int(first.n[0]), int(second.n[0])
    chance = stats.binom.pmf(np.rint(first.values * n), n, share)
    chance *= stats.binom.pmf(np.rint(second.values * others), others, share)
    limit = stats.t.isf(LEVEL / 2, n + others - 7)
    shown = np.abs(first.values - second.values) > limit * np.sqrt(variances)
    return chance[shown].sum()


@pytest.mark.parametrize("n", [25, 40, 100])
@pytest.mark.parametrize("share", [0.05, 0.15, 0.30, 0.50])
def test_the_exact_risk_is_at_most_the_level(n, share):
    parts = every_outcome(n, 6 * n)
    observed = sum(part.values * (1 - part.values) / (part.n - 1) for part in parts)
    larger = larger_variance(Apart(observed), *parts).variances()
    unseen = observed == 0  # both at 0 or 1: not judged
    larger[unseen], observed[unseen] = np.inf, np.inf
    assert risk(larger, parts, share) <= LEVEL
    assert risk(observed, parts, share) > LEVEL


def sample():
    rng = np.random.default_rng(4)
    return pd.DataFrame(
        {
            "area": ["a"] * 40 + ["b"] * 240,
            "problem": [1] * 2 + [0] * 38 + [1] * 60 + [0] * 180,
            "even": [1, 0] * 140,
            "score": rng.normal(size=280),
        }
    )


def test_it_is_the_score_test_of_a_table_of_two_by_two():
    frame = sample()
    design = SurveyDesign.from_frame(frame, strata="area")
    gap = difference(
        proportion(design, "problem", category="1", by="area"), "a", versus="rest", variance="larger"
    )
    table = pd.crosstab(frame["area"], frame["problem"])
    score = stats.chi2_contingency(table, correction=False).statistic
    assert (gap.values[0] / gap.standard_errors[0]) ** 2 == pytest.approx(score, rel=0.03)
    pairwise = difference(
        proportion(design, "problem", category="1", by="area"), "a", versus="b", variance="larger"
    )
    assert pairwise.standard_errors == pytest.approx(gap.standard_errors)


def test_correlations_stay_and_errors_never_shrink():
    design = SurveyDesign.from_frame(sample(), strata="area")
    levels = proportion(design, ["problem", "even"], category="1", by="area")
    plain, larger = difference(levels), difference(levels, variance="larger")
    assert (larger.standard_errors >= plain.standard_errors).all()
    assert larger.standard_errors[0] > 1.5 * plain.standard_errors[0]

    def correlations(found):
        return found.covariance() / np.outer(found.standard_errors, found.standard_errors)

    np.testing.assert_allclose(correlations(larger), correlations(plain), atol=1e-12)


def test_means_have_the_observed_variance():
    design = SurveyDesign.from_frame(sample(), strata="area")
    levels = mean(design, "score", by="area")
    assert difference(levels, variance="larger").standard_errors == pytest.approx(
        difference(levels).standard_errors
    )
