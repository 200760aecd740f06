"""Single relations: who stands beside whom, and who lends whom cover."""

import numpy as np
from scipy import sparse

from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.disclosure.lattice import TOLERANCE, Lattice

_STIFF = 4.0


class Neighbours:
    """The cells of each relation while cells are being withheld.

    Parameters
    ----------
    lattice : Lattice
        Cells and relations.
    withheld : array of bool, shape (c,)
        Cells that are withheld to begin with.
    """

    def __init__(self, lattice: Lattice, withheld: BoolArray) -> None:
        self.lattice = lattice
        self.withheld = withheld.copy()
        self.by_relation = lattice.relations
        self.by_cell = sparse.csc_array(lattice.relations)
        self.below, self.above = lattice.reach(np.ones(len(lattice), dtype=np.bool_))
        self.company = abs(self.by_relation).sign() @ (self.withheld & ~lattice.alone).astype(np.float64)

    def relations(self, cell: int) -> IntArray:
        """Relations that a cell takes part in."""
        start, end = self.by_cell.indptr[cell : cell + 2]
        return self.by_cell.indices[start:end].astype(np.int64)

    def bare(self, relations: IntArray) -> BoolArray:
        """Whether each relation alone narrows one of its withheld cells below the protection."""
        lattice = self.lattice
        count = np.diff(self.by_relation.indptr)[relations]
        row = np.repeat(np.arange(len(relations)), count)
        first = np.repeat(self.by_relation.indptr[relations] - np.cumsum(count) + count, count)
        entry = first + np.arange(len(row))
        inside, factor = self.by_relation.indices[entry], self.by_relation.data[entry]
        hidden, alone = self.withheld[inside], lattice.alone[inside]
        one, other = factor * self.below[inside], factor * self.above[inside]
        lowest, highest = np.minimum(one, other), np.maximum(one, other)
        under, over = -factor * lattice.slack_down[inside], factor * lattice.slack_up[inside]
        cover, none = hidden & ~alone, hidden & alone
        down = np.where(cover, lowest, np.where(none, 0.0, np.minimum(under, over)))
        up = np.where(cover, highest, np.where(none, 0.0, np.maximum(under, over)))
        furthest = np.minimum(highest, down - _sums(down, row, len(relations))[row])
        nearest = np.maximum(lowest, up - _sums(up, row, len(relations))[row])
        width = (furthest - nearest) / np.abs(factor)
        short = hidden & (lattice.need[inside] > 0) & (width < lattice.need[inside] - TOLERANCE)
        result: BoolArray = np.bincount(row[short], minlength=len(relations)) > 0
        return result

    def cheapest(self, relation: int) -> int | None:
        """The neighbour that costs least: dearer for each other relation that it would open, and if it can hardly move."""
        start, end = self.by_relation.indptr[relation : relation + 2]
        inside, lattice = self.by_relation.indices[start:end].astype(np.int64), self.lattice
        free = inside[~self.withheld[inside] & ~lattice.locked[inside] & ~lattice.alone[inside]]
        if not len(free):
            return None
        opened = np.array([(self.company[self.relations(cell)] == 0).sum() for cell in free])
        room = np.minimum(-self.below[free], self.above[free])
        stiff = np.where(room < lattice.need[inside].max(), _STIFF, 1.0)
        return int(free[np.argmin(lattice.cost[free] * (1.0 + opened) * stiff)])

    def withhold(self, cell: int) -> IntArray:
        """Withhold a cell; return the relations that it takes part in."""
        self.withheld[cell] = True
        around = self.relations(cell)
        if not self.lattice.alone[cell]:
            self.company[around] += 1
        return around


def with_company(lattice: Lattice, withheld: BoolArray) -> BoolArray:
    """Give enough company to every withheld cell within each single relation.

    Parameters
    ----------
    lattice : Lattice
        Cells and relations.
    withheld : array of bool, shape (c,)
        Cells that are withheld already.

    Returns
    -------
    array of bool, shape (c,)
        All withheld cells. A relation without any more cells to withhold may stay bare.
    """
    beside = Neighbours(lattice, withheld)
    waiting = np.flatnonzero(beside.bare(np.arange(lattice.relations.shape[0])))[::-1].tolist()
    while waiting:
        relation = waiting.pop()
        while beside.bare(np.array([relation]))[0] and (chosen := beside.cheapest(relation)) is not None:
            waiting.extend(int(other) for other in beside.withhold(chosen) if other != relation)
    return beside.withheld


def _sums(values: FloatArray, row: IntArray, count: int) -> FloatArray:
    return np.bincount(row, weights=values, minlength=count).astype(np.float64)
