"""Limits of differences from those of the two shares: against statsmodels, the t limits, and both forms of a comparison."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from trygghet.design import SurveyDesign
from trygghet.estimate import difference, mean, proportion, read_estimates, with_dof, write_estimates

MANY = 1e7  # degrees of freedom that make t normal


def sample(yes, of):
    """Two groups, each its own simple random sample, with so many in the population that nothing is corrected."""
    answers = np.concatenate([np.arange(n) < k for k, n in zip(yes, of, strict=True)]).astype(float)
    frame = pd.DataFrame({"group": np.repeat(list("ab"), of), "y": answers, "w": 1.0})
    frame["worry"] = answers + np.sin(np.arange(len(frame)))
    return SurveyDesign.from_frame(frame, strata="group", weights="w")


@pytest.mark.parametrize(("yes", "of"), [((56, 48), (70, 80)), ((9, 3), (10, 10)), ((6, 2), (7, 7))])
def test_independent_groups_have_newcombes_limits(yes, of):
    """Newcombe (1998), cases a, c and d; the effective sample size takes n - 1 for n, which the numbers asked of statsmodels undo."""
    shares = with_dof(proportion(sample(yes, of), "y", by="group"), MANY)
    low, high = difference(shares, "a", versus="b", limits="newcombe").interval(method="wilson")
    p, n_eff = np.divide(yes, of), np.minimum(of, np.array(of) - 1)
    wanted = confint_proportions_2indep(
        p[0] * n_eff[0], n_eff[0], p[1] * n_eff[1], n_eff[1], method="newcomb", compare="diff"
    )
    assert (low[0], high[0]) == pytest.approx(wanted, abs=1e-6)


def test_t_limits_of_both_parts_give_the_t_limits_of_the_difference():
    by = with_dof(mean(sample((9, 3), (30, 20)), "worry", by="group"), 12.0)
    usual = with_dof(difference(by, "a", versus="b"), 12.0)
    combined = with_dof(difference(by, "a", versus="b", limits="newcombe"), 12.0)
    np.testing.assert_allclose(combined.interval(), usual.interval(), rtol=1e-12)
    assert np.array_equal(combined.standard_errors, usual.standard_errors)


def test_the_rest_is_the_other_group_where_there_are_two():
    shares = proportion(sample((9, 2), (30, 20)), "y", by="group")
    rest = difference(shares, limits="newcombe")
    named = [difference(shares, one, versus=other, limits="newcombe") for one, other in ("ab", "ba")]
    for place, each in enumerate(named):
        np.testing.assert_allclose(
            np.ravel(rest.take(np.array([place])).interval(0.9)), np.ravel(each.interval(0.9))
        )
    low, high = rest.interval()
    np.testing.assert_allclose(low, -high[::-1])


def test_no_limit_is_beyond_what_shares_can_differ_by_and_none_is_of_no_width():
    low, high = difference(
        proportion(sample((10, 0), (10, 10)), "y", by="group"), limits="newcombe"
    ).interval()
    assert ((low >= -1) & (high <= 1) & (low < high)).all()


def test_a_stored_difference_keeps_its_limits(tmp_path):
    gap = difference(proportion(sample((9, 2), (30, 20)), "y", by="group"), limits="newcombe")
    write_estimates(gap, tmp_path / "gap")
    for level in (0.9, 0.95, 0.99):
        np.testing.assert_allclose(read_estimates(tmp_path / "gap").interval(level), gap.interval(level))
