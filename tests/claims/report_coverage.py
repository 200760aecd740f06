"""How often a report says anything false, and what it finds.

``python tests/claims/report_coverage.py`` prints both tables of docs/methods/claims.md; ``... error 0`` or ``... power 2`` one row.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from scipy import stats

from reports import AREAS, MARGIN, Truth, false_things, report
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
    """Reports that held something false, and through which statements."""

    false: int
    rounds: int
    through: Counter = field(default_factory=Counter)

    def bound(self, confidence):
        """As many as chance would not exceed, with this confidence, if the risk were just what is promised."""
        return int(stats.binom.ppf(confidence, self.rounds, 1 - LEVEL))

    @property
    def upper(self):
        """Upper 97.5 per cent limit of the risk (Clopper and Pearson)."""
        return float(stats.beta.ppf(0.975, self.false + 1, self.rounds - self.false))


def errors(truth, rounds, *, n, seed):
    """Count reports with any false supported statement or mark."""
    *_, told = counted(truth, rounds, n=n, seed=seed)
    return told


def counted(truth, rounds, *, n, seed):
    """The same count after each report."""
    false, through = 0, Counter()
    for done, each in enumerate(np.random.SeedSequence(seed).spawn(rounds), start=1):
        wrong = set(false_things(truth, np.random.default_rng(each), n=n))
        false += bool(wrong)
        through.update(wrong)
        yield Error(false, done, through)


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
REPORTS = {"error": 1000, "power": 100}


def error_row(at, rounds):
    """One row of the table of false reports."""
    name, truth, n = ERRORS[at]
    for told in counted(truth, rounds, n=n, seed=n):
        if told.rounds % 50 == 0:
            sys.stderr.write(f"{name}, {n}: {told.false} of {told.rounds}, {dict(told.through)}\n")
    return name, n, rounds, told.false, f"{told.false / rounds:.3f}", f"{told.upper:.3f}"


def power_row(at, rounds):
    """One row of the table of what is found, beside what is foreseen."""
    n = POWER[at]
    seen = found(DIFFERENT, rounds, n=n, seed=n)
    low = found(BELOW, rounds, n=n, seed=n)["below"]
    told = (
        *(seen["increase"], planned_increase(n), seen["district"], planned_area(n, 0.25)),
        *(low, planned_area(n, -0.20), seen["top"]),
    )
    return n, rounds, *(f"{share:.2f}" for share in told)


if __name__ == "__main__":
    wanted = [(sys.argv[1], int(sys.argv[2]))] if len(sys.argv) > 2 else []
    for kind, at in wanted or [("error", row) for row in range(3)] + [("power", row) for row in range(3)]:
        row = {"error": error_row, "power": power_row}[kind](at, REPORTS[kind])
        sys.stdout.write("| " + " | ".join(map(str, row)) + " |\n")
        sys.stdout.flush()
