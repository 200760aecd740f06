"""Random tables of one item by two variables, with margins, a group and a total, and sometimes without some of them."""

from itertools import product

import numpy as np
from made import estimates

from trygghet.disclosure import DisclosureRules, Structure, screen

ROWS, COLUMNS = "abcdefgh", "uvwxy"


def random_case(seed):
    rng = np.random.default_rng(seed)
    rows, columns = ROWS[: rng.integers(3, 8)], COLUMNS[: rng.integers(2, 5)]
    n = rng.poisson(rng.choice([40, 70, 120]), (len(rows), len(columns)))
    small = rng.random(n.shape) < rng.choice([0.05, 0.15, 0.3])
    n[small] = rng.choice([0, 1, 1, 2, 5, 12, 25], small.sum())
    x = rng.binomial(n, rng.choice([0.03, 0.2, 0.5]))
    results = {
        "inner": frame(
            "omrade * kon", [f"{r} * {c}" for r, c in product(rows, columns)], n.ravel(), x.ravel()
        )
    }
    if rng.random() < 0.85:
        results["rows"] = frame("omrade", list(rows), n.sum(1), x.sum(1))
    if rng.random() < 0.85:
        results["columns"] = frame("kon", list(columns), n.sum(0), x.sum(0))
    if rng.random() < 0.9:
        results["whole"] = frame("", ["Alla"], [n.sum()], [x.sum()])
    groups = {}
    if "rows" in results and rng.random() < 0.5:
        members = tuple(rows[: rng.integers(2, len(rows))])
        inside = np.isin(list(rows), members)
        groups = {"omrade": {"g": members}}
        both = [(n[inside].sum(), x[inside].sum()), (n[~inside].sum(), x[~inside].sum())]
        results["group"] = frame("omrade:g", ["g", "övriga"], [b[0] for b in both], [b[1] for b in both])
    bases = {}
    for result in results.values():
        for row in range(len(result)):
            bases[result.cells.loc[row, "by"], result.cells.loc[row, "domain"]] = int(result.n[row])
    return results, groups, bases


def frame(by, domains, n, x):  # noqa: PLR0917 - a table as it is written
    return estimates([("hot", by, domain) for domain in domains], n, x)


def kept_of(results, groups, rules=None):
    return screen(results, rules, structures={"2026": Structure(groups=groups)})


def assert_safe(seed):
    """Screen a random case; nobody, nor any single person in a cell, may narrow a withheld count."""
    from attacker import Attacker

    results, groups, bases = random_case(seed)
    kept = kept_of(results, groups)
    enemy = Attacker(kept, item="hot", groups=groups)
    assert_wide(enemy.ranges(bases), bases, enemy.hidden)
    truth = {}
    for result in results.values():
        for row in range(len(result)):
            truth[result.cells.loc[row, "by"], result.cells.loc[row, "domain"]] = int(result.numerator[row])
    for place in [place for place in enemy.hidden if bases[place] == 1]:
        others = enemy.ranges(bases, own={place: truth[place]})
        own = around(place, enemy.equations(), bases)
        left = {other: bases[other] - (other in own) for other in others}
        assert_wide({other: ends for other, ends in others.items() if other != place}, left, enemy.hidden)
    return results, groups, kept


def around(place, equations, bases):
    """Every place that the only person of a place is in: what holds it, and what it holds if that is the same person."""
    own = {place}
    while True:
        more = set(own)
        for (whole, _), parts in equations.items():
            if more & set(parts):
                more.add(whole)
            if whole in more and bases.get(whole) == 1:
                more |= {part for part in parts if bases.get(part) == 1}
        if more == own:
            return own
        own = more


def assert_wide(ranges, bases, hidden):
    for place, (low, high) in ranges.items():
        room = min(2, bases[place]) if hidden[place][0] in "<>" else bases[place]
        assert high - low >= min(3, room), (place, low, high, bases[place])


FLAT = DisclosureRules(share_protection=0.0)


def lattice_of(results, rules):
    """The persons who gave the answer, as the attacker's linear system, and what is withheld for its own sake."""
    from trygghet.disclosure.cells import collect_cells
    from trygghet.disclosure.layers import layers_of
    from trygghet.disclosure.primary import primary_reasons
    from trygghet.disclosure.relations import system_of

    cells = collect_cells(results).cells.sort_values(["by", "domain"], ignore_index=True)
    reasons = primary_reasons(cells, rules)
    told = cells.assign(reason=reasons, mark="", known=False)
    system = system_of(told, Structure())
    row = system.nodes["row"].to_numpy()
    withheld = (row < 0) | (reasons[np.maximum(row, 0)] != "")
    return layers_of(system, told, rules, populations={})[0].lattice, withheld
