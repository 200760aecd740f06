"""Where the default limits of a share are Wilson's, and where Korn and Graubard's."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from trygghet.design import SurveyDesign
from trygghet.estimate import proportion
from trygghet.estimate.intervals import share_limits


def limits(case, method="wilson-korn-graubard"):
    p, n, deff, dof = (np.array([float(part)]) for part in case)
    low, high = share_limits(p, deff * p * (1 - p) / n, n=n, dof=dof, level=0.95, method=method)
    return low[0], high[0]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        # few expected answers, n_eff p = 5.1: the stated figures of Korn and Graubard
        ((0.04, 180, 1.4, 174), (0.01337, 0.08993)),
        ((0.04, 180, 1.4, 6), (0.00933, 0.10712)),
        # n_eff = 33: Wilson's
        ((0.50, 40, 1.2, 39), (0.33468, 0.66532)),
    ],
)
def test_the_stated_check_figures(case, expected):
    assert limits(case) == (pytest.approx(expected[0], abs=5e-6), pytest.approx(expected[1], abs=5e-6))


@pytest.mark.parametrize(
    ("p", "n", "exact"),
    [(9.9 / 100, 100, True), (10.1 / 100, 100, False), (0.4, 29, True), (0.4, 30, False), (0.97, 200, True)],
)
def test_where_the_rule_changes(p, n, exact):
    found, dof = limits((p, n, 1.0, n - 1)), n - 1
    low, high = stats.beta.ppf([0.025, 0.975], [n * p, n * p + 1], [n - n * p + 1, n - n * p])
    assert (found == pytest.approx((low, high))) == exact
    t, z = stats.t.ppf(0.975, dof), found[0]
    # Wilson's lower limit solves (p - z)^2 = t^2 z (1 - z) / n
    assert ((p - z) ** 2 == pytest.approx(t**2 * z * (1 - z) / n)) == (not exact)


def test_the_effective_base_decides_not_the_answers():
    assert limits((0.3, 60, 1.0, 59)) == limits((0.3, 60, 1.0, 59), "wilson")
    assert limits((0.3, 60, 2.5, 59)) == limits((0.3, 60, 2.5, 59), "korn-graubard")


def test_shares_and_their_complements_are_mirrored():
    p = np.linspace(0.01, 0.99, 99)
    n = np.full(99, 80)
    dof = np.full(99, 20.0)
    low, high = share_limits(p, p * (1 - p) / 50, n=n, dof=dof, level=0.95, method="wilson-korn-graubard")
    np.testing.assert_allclose(low[::-1], 1 - high)
    assert (np.diff(low) > 0).all()


def test_a_cell_keeps_its_limits_when_it_is_taken_alone():
    rng = np.random.default_rng(5)
    frame = pd.DataFrame({"block": np.arange(200) // 5, "never": 0.0, "w": rng.uniform(1, 5, 200)})
    for item in "ab":
        frame[item] = np.repeat(rng.random(40) < 0.4, 5) * 1.0
    found = proportion(SurveyDesign.from_frame(frame, weights="w", psu="block"), ["a", "never", "b"])
    assert found.design_effect[0] > 2
    whole = np.array(found.interval())
    for place in range(3):
        alone = np.array(found.take(np.array([place])).interval())
        np.testing.assert_array_equal(alone[:, 0], whole[:, place])
    deff = (found.design_effect[0] + found.design_effect[2]) / 2
    assert whole[1, 1] == pytest.approx(
        stats.beta.ppf(0.975, 1, 200 / deff * (stats.t.ppf(0.975, 199) / stats.t.ppf(0.975, 39)) ** 2)
    )
