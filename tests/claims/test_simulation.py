"""A municipality where nothing differs: how often a report says anything false; and what it finds where something does."""

import numpy as np
import pytest
from scipy import stats

from reports import OPTIONS, Truth, report
from trygghet.claims import Families

LEVEL = 0.95


def false_reports(rounds, *, seed, n=700):
    rng = np.random.default_rng(seed)
    return sum(
        any(claim.verdict == "supported" for claim in report(Truth(), rng, n=n)) for _ in range(rounds)
    )


def test_false_claims_where_nothing_differs():
    rounds = 15
    assert false_reports(rounds, seed=1, n=280) <= stats.binom.ppf(0.999, rounds, 1 - LEVEL)


@pytest.mark.slow
@pytest.mark.parametrize("n", [280, 700])
def test_false_claims_where_nothing_differs_in_many_reports(n):
    rounds = 1000
    false = false_reports(rounds, seed=n, n=n)
    print(f"n = {n}: {false} of {rounds} reports hold a false claim")  # noqa: T201 - the figure is the point of the run
    assert false <= stats.binom.ppf(0.999, rounds, 1 - LEVEL)


def found(truth, rounds, *, n, seed):
    """Share of reports that find each of the real differences."""
    rng = np.random.default_rng(seed)
    hits = {"increase": 0, "district": 0, "top": 0}
    for _ in range(rounds):
        told = [c for c in report(truth, rng, n=n) if c.verdict == "supported"]
        hits["increase"] += any(
            c.statement == "increased" and "otrygg_kvall" in {k.item for k in c.uses} for c in told
        )
        hits["district"] += any(c.statement == "above_rest" and c.uses[0].domain == "O1" for c in told)
        hits["top"] += any(c.statement == "among_largest" and "p0" in {k.item for k in c.uses} for c in told)
    return {what: count / rounds for what, count in hits.items()}


DIFFERENT = Truth(by_area={"O1": 0.25}, rise=0.12, appeal=(4.0, *(1.0,) * 11))


def test_real_differences_are_found():
    power = found(DIFFERENT, 4, n=1100, seed=3)
    assert min(power.values()) > 0.5, power


@pytest.mark.slow
@pytest.mark.parametrize("n", [300, 500, 1100])
def test_power_where_differences_are_real(n):
    rounds = 200
    power = found(DIFFERENT, rounds, n=n, seed=n)
    print(f"n = {n}: power {power}")  # noqa: T201 - the figure is the point of the run
    # three headlines in one of four families, 30 to 42 per cent, the design effect of equal numbers from areas of unequal size
    families = Families.from_names(["a", "b", "c"], level=1 - (1 - LEVEL) / 4)
    planned = families.power_table(answers=(n,), share=0.36, differences=(0.12,), design_effect=1.114)[
        "power_12"
    ].iloc[0]
    assert power["increase"] == pytest.approx(planned, abs=0.11)  # three standard errors of 200 reports
    assert len(OPTIONS) == 12
