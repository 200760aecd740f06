"""How often a report says anything false, and what it finds: ``python tests/claims/report_coverage.py`` prints the table of docs/methods/claims.md."""

import sys
from dataclasses import dataclass

import numpy as np
from scipy import stats

from reports import MARGIN, Truth, holds_something_false, report
from trygghet.claims import Families, Family

LEVEL = 0.95
NOTHING = Truth()
EDGE = Truth(rise=MARGIN)
DIFFERENT = Truth(by_area={"O1": 0.25}, rise=0.12, appeal=(4.0, *(1.0,) * 11))
PLANNED = Families(
    tuple(
        Family(kind, "follow_up", (f"a{kind}", f"b{kind}", f"c{kind}", f"a{kind}:unchanged"), parts=2)
        for kind in "12345"
    )
)


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
    """Share of reports that find each of the real differences of ``DIFFERENT``."""
    hits = {"increase": 0, "district": 0, "top": 0}
    for each in np.random.SeedSequence(seed).spawn(rounds):
        claims, _ = report(truth, np.random.default_rng(each), n=n)
        told = [claim for claim in claims if claim.verdict == "supported"]
        hits["increase"] += any(
            c.statement == "increased" and "otrygg_kvall" in {k.item for k in c.uses} for c in told
        )
        hits["district"] += any(c.statement == "above_rest" and c.uses[0].domain == "O1" for c in told)
        hits["top"] += any(
            c.statement == "among_largest" and "prio.p0" in {k.item for k in c.uses} for c in told
        )
    return {what: count / rounds for what, count in hits.items()}


def planned_increase(n):
    """Planned chance of finding the increase of ``DIFFERENT``: the parts of its family divide its risk."""
    return float(
        PLANNED.power_table(answers=(n,), share=0.36, differences=(0.12,), design_effect=1.114)[
            "power_12"
        ].iloc[0]
    )


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
        shares = found(DIFFERENT, rounds, n=n, seed=n)
        row = " | ".join(
            [
                str(n),
                str(rounds),
                *(f"{share:.2f}" for share in shares.values()),
                f"{planned_increase(n):.2f}",
            ]
        )
    sys.stdout.write(f"| {row} |\n")
