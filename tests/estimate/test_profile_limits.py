"""Likelihood limits against the equation that they solve."""

import numpy as np
import pytest
from scipy import optimize, stats

from trygghet.estimate.intervals import share_limits
from trygghet.estimate.profile_limits import likelihood_limits


def exact(p, variance, n, *, dof, level):
    """Roots of the scaled likelihood ratio, by bisection on the equation itself."""
    critical = stats.t.ppf(0.5 + level / 2, dof) ** 2 * variance * n / (p * (1 - p)) * n / (n - 1)

    def gap(x):
        return 2 * n * (p * np.log(p / x) + (1 - p) * np.log((1 - p) / (1 - x))) - critical

    return optimize.brentq(gap, 1e-12, p), optimize.brentq(gap, p, 1 - 1e-12)


@pytest.mark.parametrize("cell", [(0.5, 40, 1.2, 39), (0.05, 300, 1.6, 20), (0.93, 1100, 0.9, 1090)])
@pytest.mark.parametrize("level", [0.9, 0.95])
def test_the_limits_solve_the_likelihood_equation(cell, level):
    p, n, deff, dof = cell
    variance = deff * p * (1 - p) / n
    low, high = likelihood_limits(
        np.array([p]), np.array([variance]), n=np.array([n]), dof=np.array([float(dof)]), level=level
    )
    assert (low[0], high[0]) == pytest.approx(exact(p, variance, n, dof=dof, level=level), rel=3e-4)


def test_large_samples_agree_with_the_logit_interval_and_mirror():
    p, n = np.array([0.3, 0.7]), np.array([200_000, 200_000])
    options = {"n": n, "dof": np.array([1e6, 1e6]), "level": 0.95}
    variance = 1.3 * p * (1 - p) / n
    low, high = share_limits(p, variance, method="likelihood", **options)
    near_low, near_high = share_limits(p, variance, method="logit", **options)
    assert low == pytest.approx(near_low, abs=2e-5)
    assert high == pytest.approx(near_high, abs=2e-5)
    assert low[0] == pytest.approx(1 - high[1], rel=1e-10)
