"""Random sets of linked tables against the attacker, and how many cells the protection costs beside the least that is possible.

10 cases run by default beside the 30 of the room, and 500 under ``make fuzz``, which writes docs/methods/disclosure.md.
"""

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from disclosure_page import Tally

sys.path.insert(0, str(Path(__file__).parents[1] / "disclosure"))

MANY = "TRYGGHET_FUZZ" in os.environ
CASES = 500 if MANY else 10
MOST_LOST = 1.6


@pytest.fixture(scope="module")
def tally():
    counted = Tally()
    yield counted
    if MANY and counted.cases == CASES and counted.lost:
        counted.write()


@pytest.mark.parametrize("seed", range(1000, 1000 + CASES))
def test_random_tables_hold(seed, tally):
    from random_tables import assert_safe

    tally.cases += 1
    _, _, kept = assert_safe(seed)
    tally.add(kept)


def test_cells_lost_beside_the_lower_bound(record_property, tally):
    """Over all cases together, not more than some more cells than any pattern has to lose."""
    from lower_bound import fewest_lost
    from random_tables import FLAT, lattice_of, random_case

    from trygghet.disclosure.suppression import protect

    lost, least = [], []
    for seed in range(2000, 2000 + (60 if MANY else 6)):
        results, _, _ = random_case(seed)
        lattice, withheld = lattice_of(results, FLAT)
        hidden, _ = protect([lattice], withheld)
        lost.append(int((hidden & ~withheld).sum()))
        least.append(fewest_lost(lattice, withheld))
        assert lost[-1] >= least[-1]
    tally.lost, tally.least = lost, least
    record_property("cells_lost", int(np.sum(lost)))
    record_property("lower_bound", int(np.sum(least)))
    assert np.sum(lost) <= MOST_LOST * np.sum(least) + 2, (lost, least)
