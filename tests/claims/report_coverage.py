"""How often a report says anything false, and what it finds: ``python tests/claims/report_coverage.py`` prints the table of docs/methods/claims.md."""

import sys
from dataclasses import dataclass

import numpy as np
from scipy import stats

from reports import AREAS, MARGIN, Truth, holds_something_false, report
from trygghet.claims import Family

LEVEL = 0.95
NOTHING = Truth()
EDGE = Truth(rise=MARGIN)
DIFFERENT = Truth(by_area={"O1": 0.25}, rise=0.12, appeal=(4.0, *(1.0,) * 11))
BELOW = Truth(by_area={"O1": -0.20})
CHANGES = Family("follow_up", "follow_up", ("a", "b", "c", "a:unchanged"), parts=2)
DISTRICTS = Family("districts", "districts", AREAS)
FAMILY_LEVEL = 1 - (1 - LEVEL) / 5
DESIGN_EFFECT = 1.114  # equal numbers of answers from areas of unequal size


@dataclass(frozen=True)
class Error:
    """Reports that held something false."""

    false: int
    rounds: int

    @property
    def bound(self):
        """As many as chance would give once in a thousand runs if the risk were just what is promised."""
        return int(stats.binom.ppf(0.999, self.rounds, 1 - LEVEL))

    @property
    def upper(self):
        """Upper 97.5 per cent limit of the risk (Clopper and Pearson)."""
        return float(stats.beta.ppf(0.975, self.false + 1, self.rounds - self.false))


def errors(truth, rounds, *, n, seed):
    """Count reports with any false supported statement or mark."""
    streams = np.random.SeedSequence(seed).spawn(rounds)
    return Error(
        sum(holds_something_false(truth, np.random.default_rng(each), n=n) for each in streams), rounds
    )


def found(truth, rounds, *, n, seed):
    """Share of reports that find each of the real differences of ``DIFFERENT``, and the area of ``BELOW``."""
    hits = {"increase": 0, "district": 0, "top": 0, "below": 0}
    for each in np.random.SeedSequence(seed).spawn(rounds):
        claims, _ = report(truth, np.random.default_rng(each), n=n)
        told = [claim for claim in claims if claim.verdict == "supported"]
        hits["increase"] += any(
            c.statement == "increased" and "otrygg_kvall" in {k.item for k in c.uses} for c in told
        )
        hits["district"] += any(c.statement == "above_rest" and c.uses[0].domain == "O1" for c in told)
        hits["below"] += any(c.statement == "below_rest" and c.uses[0].domain == "O1" for c in told)
        hits["top"] += any(
            c.statement == "among_largest" and "prio.p0" in {k.item for k in c.uses} for c in told
        )
    return {what: count / rounds for what, count in hits.items()}


def planned_increase(n):
    """Foreseen chance of the increase of ``DIFFERENT``: the parts of its family divide its risk."""
    return _foreseen(CHANGES, n, 0.12)


def planned_area(n, difference):
    """Foreseen chance of the area of ``DIFFERENT`` or ``BELOW``."""
    return _foreseen(DISTRICTS, n, difference)


def _foreseen(family, n, difference):
    critical = family.critical(FAMILY_LEVEL)
    return family.chance(n / DESIGN_EFFECT, share=0.30, difference=difference, critical=critical)


ERRORS = (
    ("nothing differs", NOTHING, 280),
    ("nothing differs", NOTHING, 700),
    ("change just as large as the margin", EDGE, 700),
)
POWER = (300, 500, 1100)

if __name__ == "__main__":
    kind, at, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if kind == "error":
        name, truth, n = ERRORS[at]
        told = errors(truth, rounds, n=n, seed=n)
        row = f"{name} | {n} | {rounds} | {told.false} | {told.false / rounds:.3f} | {told.upper:.3f} | {told.bound}"
    else:
        n = POWER[at]
        seen = found(DIFFERENT, rounds, n=n, seed=n)
        low = found(BELOW, rounds, n=n, seed=n)["below"]
        told = (
            *(seen["increase"], planned_increase(n), seen["district"], planned_area(n, 0.25)),
            *(low, planned_area(n, -0.20), seen["top"]),
        )
        row = " | ".join([str(n), str(rounds), *(f"{share:.2f}" for share in told)])
    sys.stdout.write(f"| {row} |\n")
