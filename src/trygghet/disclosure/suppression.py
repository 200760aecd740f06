"""Secondary suppression: which further cells must go so that the withheld ones cannot be worked out."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from trygghet._typing import BoolArray, IntArray
from trygghet.disclosure.attack import (
    cheapest_deviation,
    range_of,
    remaining_ranges,
    too_narrow,
    widths,
)
from trygghet.disclosure.lattice import TOLERANCE, Lattice, Ranges, parts_of
from trygghet.disclosure.neighbours import Neighbours, with_company

Audits = Sequence[Ranges]

_ROUNDS = 12
_COMBED = 150
_OPEN_PRICE = 1e-4
_ORDER = 1e-6


def protect(
    lattices: Sequence[Lattice], withheld: BoolArray, *, tried: BoolArray | None = None, known: Audits = ()
) -> tuple[BoolArray, Audits]:
    """Withhold further cells until no relation narrows a withheld cell below its protection.

    Parameters
    ----------
    lattices : sequence of Lattice
        The same cells in every way in which they can be attacked; the first holds the relations of all the others.
    withheld : array of bool, shape (c,)
        Cells that are withheld already.
    tried : array of bool, shape (c,), optional
        A pattern to begin with, found earlier for tighter bounds.
    known : tuple of tuple of array, optional
        The audit of that pattern, lattice by lattice.

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
    objective). Last, cells that turned out not to be needed are shown again. Nothing depends on chance, and equal costs are
    told apart by the order of the cells.

    References
    ----------
    Kelly, J. P., Golden, B. L. and Assad, A. A. (1992). Cell suppression: disclosure protection for sensitive tabular data.
    Networks 22, 397-417. doi:10.1002/net.3230220407.
    """
    part = parts_of(lattices[0])
    found = _covered(lattices, withheld if tried is None else withheld | tried)
    asked, audits = list(lattices), list(known)
    for _ in range(_ROUNDS):
        before = found
        for number, lattice in enumerate(asked):
            earlier = audits[number] if number < len(audits) else audits[-1] if lattice.follows else None
            audits[number : number + 1] = [remaining_ranges(lattice, found, known=earlier)]
            narrow = np.flatnonzero(too_narrow(lattice, found, audits[number]))
            if len(narrow):
                asked[number] = _attainable(lattice, found, narrow, part=part)
                narrow = np.flatnonzero(too_narrow(asked[number], found, audits[number]))
            if len(narrow):
                found = _covered(lattices, _with_ways(asked[number], found, narrow, part=part))
        if np.array_equal(before, found):
            break
    else:
        audits = [
            remaining_ranges(lattice, found, known=ranges)
            for lattice, ranges in zip(asked, audits, strict=True)
        ]
    return _without_needless(asked, found, withheld, part=part, audits=audits)


def _attainable(lattice: Lattice, withheld: BoolArray, narrow: IntArray, *, part: IntArray) -> Lattice:
    """Ask for no more around narrow cells than is left when everything is withheld that can be."""
    cells = np.flatnonzero(np.isin(part, part[narrow]))
    inner = lattice.part(np.flatnonzero(_touching(lattice, cells)), cells)
    inner = replace(inner, need=np.where(np.isin(cells, narrow), inner.need, 0.0))
    most = withheld[cells] | ~inner.locked
    left = widths(inner, remaining_ranges(inner, most))
    need = lattice.need.copy()
    need[cells] = np.where(inner.need > 0, np.minimum(need[cells], left), need[cells])
    return replace(lattice, need=need)


def _covered(lattices: Sequence[Lattice], withheld: BoolArray) -> BoolArray:
    """Give enough company to every withheld cell within each single relation of every lattice."""
    found, settled, turn = withheld, 0, 0
    while settled < len(lattices):
        before = int(found.sum())
        found = with_company(lattices[turn % len(lattices)], found)
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
    lattices: Sequence[Lattice], withheld: BoolArray, keep: BoolArray, *, part: IntArray, audits: Audits
) -> tuple[BoolArray, Audits]:
    """Show again, dearest first, what the protection does not need; one trial in every part at a time."""
    extra = np.flatnonzero(withheld & ~keep)
    extra = extra[np.bincount(part, weights=withheld)[part[extra]] <= _COMBED]
    waiting = [int(cell) for cell in extra[np.argsort(-lattices[0].cost[extra], kind="stable")]]
    while waiting:
        trial = _one_in_each_part(waiting, part)
        waiting = [cell for cell in waiting if cell not in trial]
        allowed = np.array(sorted(trial - _exposing(lattices, withheld, trial)), dtype=np.int64)
        if not len(allowed):
            continue
        without = withheld.copy()
        without[allowed] = False
        cells = np.flatnonzero(np.isin(part, part[allowed]))
        found, worse = [], np.zeros(len(cells), dtype=np.bool_)
        for lattice, before in zip(lattices, audits, strict=True):
            inner = lattice.part(np.flatnonzero(_touching(lattice, cells)), cells)
            found.append(remaining_ranges(inner, without[cells]))
            already = too_narrow(inner, withheld[cells], (before[0][cells], before[1][cells]))
            worse |= too_narrow(inner, without[cells], found[-1]) & ~already
        fine = ~np.isin(part[cells], part[cells][worse])
        withheld = withheld.copy()
        withheld[cells[fine]] = without[cells[fine]]
        for (low, high), (new_low, new_high) in zip(audits, found, strict=True):
            low[cells[fine]], high[cells[fine]] = new_low[fine], new_high[fine]
    return withheld, audits


def _exposing(lattices: Sequence[Lattice], withheld: BoolArray, trial: set[int]) -> set[int]:
    """Those cells that leave one of their relations bare when they are shown."""
    without = withheld.copy()
    without[sorted(trial)] = False
    exposing = set()
    for lattice in lattices:
        beside = Neighbours(lattice, without)
        bare = beside.bare(np.arange(lattice.relations.shape[0]))
        exposing |= {cell for cell in trial if bare[beside.relations(cell)].any()}
    return exposing


def _one_in_each_part(cells: list[int], part: IntArray) -> set[int]:
    first: dict[int, int] = {}
    for cell in cells:
        first.setdefault(int(part[cell]), cell)
    return set(first.values())
