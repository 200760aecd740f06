"""The attacker who knows rounded percentages: the audit's interval against everything that the rounding leaves possible."""

from itertools import product

import numpy as np
import pytest
from random_tables import frame

from trygghet.disclosure import DisclosureRules, screen
from trygghet.disclosure.attack import remaining_ranges, too_narrow
from trygghet.disclosure.cells import collect_cells
from trygghet.disclosure.layers import layers_of, rounding_of_counts, rounding_of_shares
from trygghet.disclosure.relations import system_of
from trygghet.disclosure.structure import Structure

DISTRICTS = "abcdefg"
PEOPLE = np.array([2000, 3000, 4000, 5000, 6000, 7000, 9000])
ALL = ("", "Alla")


def audit(results, hidden, *, unit, people=None, layer="answers"):
    """Interval of each place that remains when some are withheld, in one layer of the audit."""
    rules = DisclosureRules(rounding=unit)
    cells = collect_cells(results).cells
    at = list(zip(cells["by"], cells["domain"], strict=True))
    reasons = np.array(["base" if place in hidden else "" for place in at], dtype=object)
    told = cells.assign(reason=reasons, mark="", known=False)
    system = system_of(told, Structure())
    (found,) = [
        each.lattice
        for each in layers_of(system, told, rules, populations=people or {})
        if each.name == layer and not each.inside
    ]
    row = system.nodes["row"].to_numpy()
    withheld = (row < 0) | np.isin(row, np.flatnonzero(reasons != ""))
    low, high = remaining_ranges(found, withheld, exact=True)
    named = {at[number]: position for position, number in enumerate(row) if number >= 0}
    return {
        place: (found.truth[named[place]] + low[named[place]], found.truth[named[place]] + high[named[place]])
        for place in hidden
    }


def town(unit, shares):
    """Seven districts with their inhabitants; the whole is the weighted mean, as calibrated weights make it."""
    n = np.full(7, 400)
    n[0] = 24
    districts = frame("omrade", list(DISTRICTS), n, np.round(shares * n).astype(int))
    districts.values[:] = shares
    whole = frame("", ["Alla"], [n.sum()], [int(np.round(shares * n).sum())])
    whole.values[:] = shares @ PEOPLE / PEOPLE.sum()
    known = {("omrade", d): float(k) for d, k in zip(DISTRICTS, PEOPLE, strict=True)} | {
        ALL: float(PEOPLE.sum())
    }
    return audit(
        {"d": districts, "w": whole}, [("omrade", "a")], unit=unit, people=known, layer="inhabitants"
    )


def corners(unit, shares):
    """The same by trying both ends of every rounding interval; the ends of a linear expression lie there."""
    values = [*shares[1:], shares @ PEOPLE / PEOPLE.sum()]
    shown = [np.round(value / unit) * unit for value in values]
    ends = [(max(each - unit / 2, 0.0), min(each + unit / 2, 1.0)) for each in shown]
    possible = [PEOPLE.sum() * whole - np.dot(PEOPLE[1:], others) for *others, whole in product(*ends)]
    return max(min(possible), 0.0), min(max(possible), float(PEOPLE[0]))


@pytest.mark.parametrize("seed", range(4))
def test_inhabitants_times_rounded_percentages_give_what_the_corners_give(seed):
    shares = np.random.default_rng(seed).uniform(0.1, 0.6, 7)
    truth, before = shares[0] * PEOPLE[0], np.inf
    for unit in (0.1, 0.01, 0.001, 0.0001):
        (low, high) = town(unit, shares)["omrade", "a"]
        np.testing.assert_allclose((low, high), corners(unit, shares), atol=1e-6)
        assert low - 1e-9 <= truth <= high + 1e-9
        assert high - low <= min(unit * (PEOPLE.sum() + PEOPLE[1:].sum()), PEOPLE[0]) + 1e-6
        assert high - low < before or high - low == pytest.approx(PEOPLE[0])
        before = high - low


@pytest.mark.trap(40)
@pytest.mark.parametrize(("unit", "points"), [(0.01, 35.0), (0.001, 3.5)])
def test_seven_districts_of_which_the_smallest_has_two_thousand(unit, points):
    """36,000 inhabitants: whole percentages find the smallest district to 35 percentage points, one decimal to 3.5."""
    low, high = town(unit, np.full(7, 0.437))["omrade", "a"]
    assert 100 * (high - low) / PEOPLE[0] == pytest.approx(points)


def test_exact_shares_give_the_district_itself():
    shares = np.linspace(0.2, 0.5, 7)
    low, high = town(None, shares)["omrade", "a"]
    assert low == pytest.approx(shares[0] * PEOPLE[0])
    assert high == pytest.approx(shares[0] * PEOPLE[0])


def consistent(x, n, unit):
    """Every number of persons that is shown as the same percentage."""
    return {k for k in range(n + 1) if np.round(k / n / unit) == np.round(x / n / unit)}


def tried(n, x, unit):
    """What the withheld first count can be, by trying every combination of the others and the whole."""
    others = [consistent(a, b, unit) for a, b in zip(x[1:], n[1:], strict=True)]
    whole = consistent(sum(x), sum(n), unit)
    possible = {total - sum(each) for each in product(*others) for total in whole}
    return {k for k in possible if 0 <= k <= n[0]}


@pytest.mark.parametrize("seed", range(25))
def test_counts_behind_rounded_percentages_are_those_that_can_be_tried(seed):
    rng = np.random.default_rng(seed)
    n = [int(rng.integers(10, 29)), *(int(k) for k in rng.integers(31, 260, 2))]
    x = [int(rng.integers(0, k + 1)) for k in n]
    results = {"d": frame("o", list("abc"), n, x), "w": frame("", ["Alla"], [sum(n)], [sum(x)])}
    sizes = []
    for unit in (0.05, 0.01, 0.001):
        low, high = audit(results, [("o", "a")], unit=unit)["o", "a"]
        possible = tried(n, x, unit)
        assert x[0] in possible
        assert (np.ceil(low - 1e-6), np.floor(high + 1e-6)) == (min(possible), max(possible))
        sizes.append(len(possible))
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("n", [1, 2, 7, 30, 99, 250, 1001])
@pytest.mark.parametrize("unit", [0.1, 0.05, 0.01, 0.001])
def test_no_count_is_thought_possible_that_would_be_shown_otherwise(n, unit):
    x = np.arange(n + 1, dtype=np.float64)
    down, up = rounding_of_counts(x, np.full(n + 1, float(n)), unit)
    for k in range(n + 1):
        same = consistent(k, n, unit)
        assert (k - down[k], k + up[k]) == (min(same), max(same))


def test_shares_keep_within_their_rounding_interval():
    share = np.array([0.0, 0.004, 0.0051, 0.5, 0.996, 1.0])
    down, up = rounding_of_shares(share, np.full(6, 1000.0), 0.01)
    np.testing.assert_allclose(share * 1000 - down, [0, 0, 5, 495, 995, 995], atol=1e-9)
    np.testing.assert_allclose(share * 1000 + up, [5, 5, 15, 505, 1000, 1000], atol=1e-9)


def screened(n, x, unit):
    """Which places the screen shows, and what can be tried for the first when only the others' percentages are known."""
    results = {"d": frame("o", list("abc"), n, x), "w": frame("", ["Alla"], [sum(n)], [sum(x)])}
    kept = screen(results, DisclosureRules(rounding=unit, share_protection=0.0))
    return [*(kept["d"].result.status != "withheld"), kept["w"].result.status[0] != "withheld"]


def test_rounding_that_leaves_enough_open_costs_no_further_cell():
    """Two of two hundred are withheld for their numerator: their base is no secret, their number is."""
    n, x = [200, 400, 500], [2, 133, 170]
    assert len(tried(n, x, 0.01)) > 3
    assert screened(n, x, 0.01) == [False, True, True, True]
    assert len(tried(n, x, 0.001)) == 1
    assert screened(n, x, 0.001).count(False) == 2
    assert screened(n, x, None).count(False) == 2


@pytest.mark.parametrize("seed", range(15))
def test_company_is_asked_for_exactly_when_rounding_leaves_fewer_than_three_persons_open(seed):
    rng = np.random.default_rng(100 + seed)
    n = [int(k) for k in rng.integers(100, 400, 3)]
    x = [int(rng.integers(1, 3)), *(int(rng.integers(3, k - 2)) for k in n[1:])]
    for unit in (0.05, 0.01, 0.001):
        possible, shown = tried(n, x, unit), screened(n, x, unit)
        assert not shown[0]
        alone = shown == [False, True, True, True]
        assert alone == (max(possible) - min(possible) >= 3)


def test_the_audit_finds_what_rounding_does_not_hide():
    """Without a company the district is too narrow by one decimal, and wide enough by whole percentages."""
    n, x = [24, 400, 500], [7, 133, 170]
    results = {"d": frame("o", list("abc"), n, x), "w": frame("", ["Alla"], [sum(n)], [sum(x)])}
    for unit, narrow in ((0.01, False), (0.001, True)):
        rules = DisclosureRules(rounding=unit, share_protection=0.0)
        cells = collect_cells(results).cells
        reasons = np.array(["base", "", "", ""], dtype=object)
        told = cells.assign(reason=reasons, mark="", known=False)
        system = system_of(told, Structure())
        lattice = layers_of(system, told, rules, populations={})[0].lattice
        withheld = system.nodes["row"].to_numpy() == 0
        assert too_narrow(lattice, withheld, remaining_ranges(lattice, withheld)).any() == narrow
