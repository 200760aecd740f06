"""A municipality where nothing differs: how often a report says anything false; and what it finds where something does."""

import pytest
from report_coverage import (
    BELOW,
    DIFFERENT,
    EDGE,
    ERRORS,
    NOTHING,
    POWER,
    errors,
    found,
    planned_area,
    planned_increase,
)


def test_false_claims_where_nothing_differs():
    told = errors(NOTHING, 6, n=280, seed=1)
    assert told.false <= told.bound


def test_real_differences_are_found():
    power = found(DIFFERENT, 2, n=1100, seed=3)
    assert min(power[what] for what in ("increase", "district", "top")) >= 0.5, power


def test_a_statement_counts_as_false_only_where_it_is():
    import numpy as np

    from reports import report

    claims, _ = report(DIFFERENT, np.random.default_rng(5), n=1100)
    risen = next(c for c in claims if c.statement == "increased" and c.uses[0].item == "otrygg_kvall")
    assert risen.verdict == "supported"
    assert not DIFFERENT.says_falsely(risen)
    assert NOTHING.says_falsely(risen)
    assert not any(NOTHING.says_falsely(c) for c in claims if c.statement == "level")
    unchanged = next(c for c in claims if c.statement == "unchanged")
    assert EDGE.says_falsely(unchanged) is (unchanged.verdict == "supported")


@pytest.mark.slow
@pytest.mark.parametrize(("name", "truth", "n"), ERRORS)
def test_false_claims_in_many_reports(name, truth, n):
    told = errors(truth, 400, n=n, seed=n)
    print(f"{name}, n = {n}: {told.false} of {told.rounds} reports hold a false claim")  # noqa: T201 - the figure is the point
    assert told.false <= told.bound


@pytest.mark.slow
@pytest.mark.parametrize("n", POWER)
def test_power_where_differences_are_real(n):
    rounds = 100
    power = found(DIFFERENT, rounds, n=n, seed=n)
    print(f"n = {n}: power {power}")  # noqa: T201 - the figure is the point of the run
    low = found(BELOW, rounds, n=n, seed=n)["below"]
    # three standard errors of 100 reports
    assert power["increase"] == pytest.approx(planned_increase(n), abs=0.15)
    assert power["district"] == pytest.approx(planned_area(n, 0.25), abs=0.15)
    assert low == pytest.approx(planned_area(n, -0.20), abs=0.15)
