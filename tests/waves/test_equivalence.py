"""Check figures of the methods: p = 0.3 and 0.05, design effect 1.3."""

import numpy as np
import pytest
from scipy import stats
from waves_by_hand import wave

from trygghet.errors import ChangeError
from trygghet.waves import change, equivalence_p_values, planned_smallest_margin, smallest_margin


@pytest.mark.parametrize(
    ("share", "n", "impossible", "likely"),
    [(0.3, 1100, 3.7, 6.5), (0.3, 157, 9.7, 17.3), (0.05, 1100, 1.7, 3.1)],
)
def test_margins_that_a_survey_can_show(share, n, *, impossible, likely):
    assert round(100 * planned_smallest_margin(share, n, design_effect=1.3), 1) == impossible
    assert round(100 * planned_smallest_margin(share, n, design_effect=1.3, power=0.8), 1) == likely
    two = change(wave(share, n=n, deff=1.3, dof=1e9), wave(share, n=n, deff=1.3, dof=1e9))
    assert round(100 * smallest_margin(two)[0], 1) == impossible
    assert round(100 * smallest_margin(two, power=0.8)[0], 1) == likely


def test_the_test_agrees_with_the_ninety_per_cent_interval():
    new, old = wave([0.33, 0.36, 0.25]), wave([0.31, 0.30, 0.30], name="2024")
    result = change(new, old)
    low, high = result.interval(0.90)
    within = (low > -0.05) & (high < 0.05)
    assert (equivalence_p_values(result, 0.05) < 0.05).tolist() == within.tolist()
    assert within.tolist() == [False, False, False] or within.any()


def test_p_values_are_those_of_statsmodels():
    from statsmodels.stats.weightstats import ttost_paired

    rng = np.random.default_rng(4)
    a, b = rng.normal(0, 1, 30), rng.normal(0.1, 1, 30)
    d = a - b
    expected = ttost_paired(a, b, -0.8, 0.8)[0]
    estimated = wave(0.5, dof=29)
    from dataclasses import replace

    from trygghet.estimate import DenseKernel

    change_like = replace(
        estimated,
        estimand="change",
        values=np.array([d.mean()]),
        kernel=DenseKernel(np.array([[d.var(ddof=1) / 30]])),
    )
    assert equivalence_p_values(change_like, 0.8) == pytest.approx([expected])


def test_power_is_as_promised():
    se = 0.02
    margin = (stats.norm.ppf(0.95) + stats.norm.ppf(0.9)) * se
    d = np.random.default_rng(2).normal(0, se, 200_000)
    shown = np.abs(d) + stats.norm.ppf(0.95) * se < margin
    assert shown.mean() == pytest.approx(0.8, abs=0.005)


@pytest.mark.parametrize("margin", [0.0, -0.1, float("nan")])
def test_nothing_is_exactly_unchanged(margin):
    with pytest.raises(ChangeError) as caught:
        equivalence_p_values(change(wave(0.3), wave(0.3)), margin)
    assert caught.value.code == "JMF-06"
