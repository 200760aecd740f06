"""Secondary suppression: which further cells must go so that the withheld ones cannot be worked out."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.disclosure.attack import (
    TOLERANCE,
    cheapest_deviation,
    range_of,
    remaining_ranges,
    too_narrow,
    widths,
)
from trygghet.disclosure.lattice import Lattice, parts_of

Ranges = tuple[FloatArray, FloatArray]

_ROUNDS = 12
_COMBED = 150
_OPEN_PRICE = 1e-4
_ORDER = 1e-6
_STIFF = 4.0


def protect(lattices: Sequence[Lattice], withheld: BoolArray) -> tuple[BoolArray, tuple[Ranges, ...]]:
    """Withhold further cells until no relation narrows a withheld cell below its protection.

    Parameters
    ----------
    lattices : sequence of Lattice
        The same cells in every way in which they can be attacked; the first holds the relations of all the others.
    withheld : array of bool, shape (c,)
        Cells that are withheld already.

    Returns
    -------
    tuple
        All withheld cells, and for each lattice the audit of exactly them: see
        :func:`~trygghet.disclosure.attack.remaining_ranges`. What cannot be protected, because everything around it is
        known for good, is still too narrow in the audit.

    Notes
    -----
    Three steps. First no single relation may narrow a withheld cell: the cheapest neighbours are added, by preference such
    as close a gap in their other relations too. Then every cell that the attacker can still narrow gets the cheapest set of
    cells along which its value could have been different (a linear program with the cost of the shown cells as its
    objective). Last, cells that turned out not to be needed are shown again. Nothing is random, and equal costs are told
    apart by the order of the cells.

    References
    ----------
    Kelly, J. P., Golden, B. L. and Assad, A. A. (1992). Cell suppression: disclosure protection for sensitive tabular data.
    Networks 22, 397-417. doi:10.1002/net.3230220407.
    """
    part = parts_of(lattices[0])
    found = _covered(lattices, withheld)
    for _ in range(_ROUNDS):
        before = found
        audits = []
        for lattice in lattices:
            audits.append(remaining_ranges(lattice, found))
            narrow = np.flatnonzero(too_narrow(lattice, found, audits[-1]))
            if len(narrow):
                found = _covered(lattices, _with_ways(lattice, found, narrow, part=part))
        if np.array_equal(before, found):
            break
    combed = _without_needless(lattices, found, withheld, part=part)
    if not np.array_equal(combed, found) or not np.array_equal(before, found):
        audits = [remaining_ranges(lattice, combed) for lattice in lattices]
    return combed, tuple(audits)


def _covered(lattices: Sequence[Lattice], withheld: BoolArray) -> BoolArray:
    """Give enough company to every withheld cell within each single relation of every lattice."""
    found, settled, turn = withheld, 0, 0
    while settled < len(lattices):
        before = int(found.sum())
        found = _without_bare_relations(lattices[turn % len(lattices)], found)
        settled = settled + 1 if int(found.sum()) == before else 1
        turn += 1
    return found


def _with_ways(lattice: Lattice, withheld: BoolArray, narrow: IntArray, *, part: IntArray) -> BoolArray:
    """Open ways for the narrow cells, part by part."""
    found = withheld.copy()
    for label in np.unique(part[narrow]):
        cells = np.flatnonzero(part == label)
        inner = lattice.part(np.flatnonzero(_touching(lattice, cells)), cells)
        found[cells] = _with_detours(inner, found[cells], np.flatnonzero(np.isin(cells, narrow)))
    return found


def _touching(lattice: Lattice, cells: IntArray) -> BoolArray:
    inside = np.zeros(len(lattice))
    inside[cells] = 1.0
    result: BoolArray = abs(lattice.relations) @ inside > 0
    return result


def _with_detours(lattice: Lattice, withheld: BoolArray, narrow: IntArray) -> BoolArray:
    """Open ways for the narrow cells of one part, and for what that withholds, until none is narrow."""
    found, waiting = withheld, narrow
    for _ in range(_ROUNDS):
        before = found
        for cell in waiting:
            found = _with_detour(lattice, found, int(cell))
        added = np.flatnonzero(found & ~before)
        waiting = np.array(
            [cell for cell in (*waiting, *added) if _short(lattice, found, int(cell))], dtype=np.int64
        )
        if not len(added) or not len(waiting):
            break
    return found


class _Neighbours:
    """Who stands beside whom, and who lends whom cover within each single relation."""

    def __init__(self, lattice: Lattice, withheld: BoolArray) -> None:
        self.lattice = lattice
        self.withheld = withheld.copy()
        self.by_relation = lattice.relations
        self.by_cell = sparse.csc_array(lattice.relations)
        self.below, self.above = lattice.reach(np.ones(len(lattice), dtype=np.bool_))
        self.company = abs(self.by_relation).sign() @ (self.withheld & ~lattice.alone).astype(np.float64)

    def cells(self, relation: int) -> IntArray:
        start, end = self.by_relation.indptr[relation : relation + 2]
        return self.by_relation.indices[start:end].astype(np.int64)

    def relations(self, cell: int) -> IntArray:
        start, end = self.by_cell.indptr[cell : cell + 2]
        return self.by_cell.indices[start:end].astype(np.int64)

    def bare(self, relation: int) -> bool:
        """Whether the relation alone narrows one of its withheld cells below the protection."""
        lattice, start = self.lattice, self.by_relation.indptr[relation]
        inside = self.cells(relation)
        hidden = self.withheld[inside]
        targets = hidden & (lattice.need[inside] > 0)
        if not targets.any():
            return False
        factor = self.by_relation.data[start : start + len(inside)]
        ends = np.sort(np.stack([factor * self.below[inside], factor * self.above[inside]]), axis=0)
        slack = np.abs(factor) * lattice.slack[inside]
        lent = np.where(hidden & ~lattice.alone[inside], ends, np.stack([-slack, slack]))
        lent[:, hidden & lattice.alone[inside]] = 0.0
        lowest = np.maximum(ends[0], -(lent[1].sum() - lent[1]))
        highest = np.minimum(ends[1], -(lent[0].sum() - lent[0]))
        width = (highest - lowest) / np.abs(factor)
        return bool((width[targets] < lattice.need[inside][targets] - TOLERANCE).any())

    def cheapest(self, relation: int) -> int | None:
        """The neighbour that costs least: dearer for each other relation that it would open, and if it can hardly move."""
        inside, lattice = self.cells(relation), self.lattice
        free = inside[~self.withheld[inside] & ~lattice.locked[inside] & ~lattice.alone[inside]]
        if not len(free):
            return None
        opened = np.array([(self.company[self.relations(cell)] == 0).sum() for cell in free])
        room = np.minimum(-self.below[free], self.above[free])
        stiff = np.where(room < lattice.need[inside].max(), _STIFF, 1.0)
        return int(free[np.argmin(lattice.cost[free] * (1.0 + opened) * stiff)])

    def withhold(self, cell: int) -> IntArray:
        self.withheld[cell] = True
        around = self.relations(cell)
        if not self.lattice.alone[cell]:
            self.company[around] += 1
        return around


def _without_bare_relations(lattice: Lattice, withheld: BoolArray) -> BoolArray:
    """Give enough company to every withheld cell within each single relation."""
    beside = _Neighbours(lattice, withheld)
    waiting = list(range(lattice.relations.shape[0]))[::-1]
    while waiting:
        relation = waiting.pop()
        while beside.bare(relation) and (chosen := beside.cheapest(relation)) is not None:
            waiting.extend(int(other) for other in beside.withhold(chosen) if other != relation)
    return beside.withheld


def _with_detour(lattice: Lattice, withheld: BoolArray, cell: int) -> BoolArray:
    """Open the cheapest way along which the cell's value could have been another."""
    if not _short(lattice, withheld, cell):
        return withheld
    able = withheld | ~lattice.locked
    known = lattice.alone.copy()
    known[cell] = False
    below, above = lattice.reach(able)
    bounds = np.column_stack([np.where(known, 0.0, below), np.where(known, 0.0, above)])
    price = np.where(withheld, _OPEN_PRICE, lattice.cost) * (1.0 + np.arange(len(lattice)) * _ORDER)
    result = withheld
    left = float(lattice.need[cell])
    for sign in (1.0, -1.0):
        goal = min(left, abs(float(bounds[cell, 1 if sign > 0 else 0])))
        if goal > TOLERANCE:
            deviation = cheapest_deviation(lattice, bounds, price=price, cell=cell, goal=sign * goal)
            result = result | (able & (np.abs(deviation) > TOLERANCE))
            left -= abs(float(deviation[cell]))
    return result


def _short(lattice: Lattice, withheld: BoolArray, cell: int) -> bool:
    low, high = np.zeros(len(lattice)), np.zeros(len(lattice))
    low[cell], high[cell] = range_of(lattice, withheld, cell)
    return bool(widths(lattice, (low, high))[cell] < lattice.need[cell] - TOLERANCE)


def _without_needless(
    lattices: Sequence[Lattice], withheld: BoolArray, keep: BoolArray, *, part: IntArray
) -> BoolArray:
    """Show again, dearest first, what the protection does not need; one trial in every part at a time."""
    extra = np.flatnonzero(withheld & ~keep)
    extra = extra[np.bincount(part, weights=withheld)[part[extra]] <= _COMBED]
    waiting = [int(cell) for cell in extra[np.argsort(-lattices[0].cost[extra], kind="stable")]]
    already = [_narrow(lattice, withheld) for lattice in lattices] if waiting else []
    while waiting:
        trial = _one_in_each_part(waiting, part)
        waiting = [cell for cell in waiting if cell not in trial]
        without = withheld.copy()
        without[sorted(trial)] = False
        refused = {cell for cell in trial if any(_exposing(lattice, without, cell) for lattice in lattices)}
        without[sorted(refused)] = True
        if refused == trial:
            continue
        worse = np.zeros(len(part), dtype=np.bool_)
        for lattice, before in zip(lattices, already, strict=True):
            worse |= _narrow(lattice, without) & ~before
        withheld = np.where(np.isin(part, part[worse]), withheld, without)
    return withheld


def _narrow(lattice: Lattice, withheld: BoolArray) -> BoolArray:
    return too_narrow(lattice, withheld, remaining_ranges(lattice, withheld))


def _exposing(lattice: Lattice, withheld: BoolArray, cell: int) -> bool:
    """Whether a shown cell leaves one of its relations bare."""
    beside = _Neighbours(lattice, withheld)
    return any(beside.bare(int(relation)) for relation in beside.relations(cell))


def _one_in_each_part(cells: list[int], part: IntArray) -> set[int]:
    first: dict[int, int] = {}
    for cell in cells:
        first.setdefault(int(part[cell]), cell)
    return set(first.values())
