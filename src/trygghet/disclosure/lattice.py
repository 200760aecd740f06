"""Numbers that hang together: cells, the sums that tie them, and what an outsider knows about each."""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from trygghet._typing import BoolArray, FloatArray, IntArray

TOLERANCE = 1e-6
Ranges = tuple[FloatArray, FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """A linear system over cells, as somebody sees it who knows every shown number.

    Parameters
    ----------
    relations : sparse array, shape (r, c)
        One relation a row: the deviations of the cells from their true values satisfy ``relations @ z = 0``.
    truth : array of float, shape (c,)
        True values.
    floor, cap : array of float, shape (c,)
        Bounds that everybody knows, such as 0 and the base.
    need : array of float, shape (c,)
        Width of the interval that must remain around the cell when it is withheld; 0 where nothing has to be protected.
    cost : array of float, shape (c,)
        What it costs the reader to lose the cell; positive.
    locked : array of bool, shape (c,)
        Cells that are known for good and cannot be withheld, such as those already published.
    alone : array of bool, shape (c,)
        Cells of a single person, who knows the cell's value and can take it away from any sum.
    slack_down, slack_up : array of float, shape (c,)
        How far below and above its true value a shown cell can lie, since it is rounded; 0 where it is shown exactly.
    whole : bool
        Whether the values are whole numbers of persons, which an attacker knows too.
    follows : bool
        Whether this is the lattice before it in a list, seen by somebody who knows less: what is possible there is possible
        here.
    """

    relations: sparse.csr_array
    truth: FloatArray
    floor: FloatArray
    cap: FloatArray
    need: FloatArray
    cost: FloatArray
    locked: BoolArray
    alone: BoolArray
    slack_down: FloatArray
    slack_up: FloatArray
    whole: bool
    follows: bool = False

    def __len__(self) -> int:
        return len(self.truth)

    def part(self, relations: IntArray, cells: IntArray) -> "Lattice":
        """Keep some relations and some cells.

        Parameters
        ----------
        relations, cells : array of int
            Positions.

        Returns
        -------
        Lattice
            The smaller system.
        """
        return replace(
            self,
            relations=self.relations[relations][:, cells],
            truth=self.truth[cells],
            floor=self.floor[cells],
            cap=self.cap[cells],
            need=self.need[cells],
            cost=self.cost[cells],
            locked=self.locked[cells],
            alone=self.alone[cells],
            slack_down=self.slack_down[cells],
            slack_up=self.slack_up[cells],
        )

    def reach(self, withheld: BoolArray) -> tuple[FloatArray, FloatArray]:
        """How far each cell can lie below and above its true value before any relation is used.

        Parameters
        ----------
        withheld : array of bool, shape (c,)
            Cells that are not shown.

        Returns
        -------
        tuple of array of float, shape (c,)
            Lowest (at most 0) and highest (at least 0) deviation; both 0 for a cell shown exactly.
        """
        below, above = (np.where(withheld, np.inf, slack) for slack in (self.slack_down, self.slack_up))
        return np.maximum(self.floor - self.truth, -below), np.minimum(self.cap - self.truth, above)


def components(lattice: Lattice, free: BoolArray) -> list[tuple[IntArray, IntArray]]:
    """Split a system into parts that share no cell whose value is open.

    Parameters
    ----------
    lattice : Lattice
        System.
    free : array of bool, shape (c,)
        Cells whose value is open.

    Returns
    -------
    list of tuple of array of int
        Relations and free cells of each part; a free cell in no relation is a part of its own.
    """
    cells = np.flatnonzero(free)
    inner = sparse.csr_array(lattice.relations[:, cells])
    count, label = csgraph.connected_components(
        sparse.block_array([[None, inner], [inner.T, None]], format="csr"), directed=False
    )
    of_relation, of_cell = label[: inner.shape[0]], label[inner.shape[0] :]
    by_relation, by_cell = np.argsort(of_relation, kind="stable"), np.argsort(of_cell, kind="stable")
    relation_ends = np.searchsorted(of_relation[by_relation], np.arange(count + 1))
    cell_ends = np.searchsorted(of_cell[by_cell], np.arange(count + 1))
    return [
        (
            by_relation[relation_ends[k] : relation_ends[k + 1]],
            cells[by_cell[cell_ends[k] : cell_ends[k + 1]]],
        )
        for k in range(count)
        if cell_ends[k] < cell_ends[k + 1]
    ]


def parts_of(lattice: Lattice) -> IntArray:
    """Label the cells by the part of the system that they belong to, whatever is shown.

    Parameters
    ----------
    lattice : Lattice
        System.

    Returns
    -------
    array of int, shape (c,)
        Equal for cells that are linked by relations.
    """
    label = np.zeros(len(lattice), dtype=np.int64)
    for number, (_, cells) in enumerate(components(lattice, np.ones(len(lattice), dtype=np.bool_))):
        label[cells] = number
    return label
