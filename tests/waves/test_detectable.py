"""Check figures of the planning section: 80 % power, two-sided 5 %."""

import numpy as np
import pytest
from scipy import stats
from waves_by_hand import wave

from trygghet.waves import (
    change,
    detectable_change,
    detectable_next_change,
    planned_detectable_change,
    required_answers,
)


@pytest.mark.parametrize(("n", "points"), [(1101, 6.7), (500, 9.9), (300, 12.8), (100, 22.2)])
def test_small_municipalities_cannot_see_small_changes(n, points):
    assert round(100 * planned_detectable_change(0.30, n, design_effect=1.5), 1) == points
    two_waves = change(wave(0.3, n=n, deff=1.5, dof=1e9), wave(0.3, n=n, deff=1.5, dof=1e9))
    assert round(100 * detectable_change(two_waves)[0], 1) == points
    assert round(100 * detectable_next_change(wave(0.3, n=n, deff=1.5, dof=1e9))[0], 1) == points


@pytest.mark.parametrize(
    ("before", "after", "answers", "with_overlap"),
    [(0.30, 0.35, 1786, 1251), (0.30, 0.40, 460, 322), (0.20, 0.25, 1419, 995)],
)
def test_answers_that_a_change_takes(before, after, *, answers, with_overlap):
    assert required_answers(before, after, design_effect=1.3) == answers
    assert required_answers(before, after, design_effect=1.3, overlap=0.5, correlation=0.6) == with_overlap


def test_equal_shares_have_no_sample_size():
    with pytest.raises(ValueError, match="equal"):
        required_answers(0.3, 0.3)


def test_the_detectable_change_is_found_with_the_stated_power():
    se = change(wave(0.3), wave(0.3)).standard_errors[0]
    size = detectable_change(change(wave(0.3, dof=1e9), wave(0.3, dof=1e9)), power=0.9)[0]
    found = np.random.default_rng(1).normal(size, se, 200_000) > stats.norm.ppf(0.975) * se
    assert found.mean() == pytest.approx(0.9, abs=0.003)


def test_few_degrees_of_freedom_need_a_larger_change():
    few, many = (change(wave(0.3, dof=d), wave(0.3, dof=d)) for d in (3, 1000))
    assert detectable_change(few)[0] > detectable_change(many)[0]


def test_no_standard_error_gives_no_detectable_change():
    new = wave([0.3, 0.4], domains=["A", "B"])
    old = wave([0.3, 0.4], domains=["A", "C"], name="2024")
    assert np.isnan(detectable_change(change(new, old))).tolist() == [False, True, True]
