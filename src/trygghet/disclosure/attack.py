"""The attacker: how closely somebody who knows every shown number can find the withheld ones."""

from typing import Any

import numpy as np
import scipy  # scipy.optimize is loaded when it is first used
from scipy import sparse

from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.disclosure.lattice import TOLERANCE, Lattice, Ranges, components

_TOGETHER_ROUNDS = 14
_FEW = 2
_BOTH_SIDES = 2
_BATCH = 2000
_LARGE = 200
_SPARSE = 0.12
_SAMPLE = 30.0


def remaining_ranges(
    lattice: Lattice, withheld: BoolArray, *, known: Ranges | None = None, exact: bool = False
) -> Ranges:
    """Deviations from the truth that no outsider can rule out, for each withheld cell.

    Parameters
    ----------
    lattice : Lattice
        Cells, relations, bounds and required widths.
    withheld : array of bool, shape (c,)
        Cells that are not shown.
    known : tuple of array of float, optional
        Ranges that were found possible when no other cells were withheld and no bound was wider than now; what was
        possible then is possible now.
    exact : bool
        Whether to find the whole range of every withheld cell; otherwise the search for a cell stops as soon as its
        required width is reached.

    Returns
    -------
    tuple of array of float, shape (c,)
        Lowest and highest deviation found possible; 0 and 0 for shown cells.

    Notes
    -----
    With ``z`` the deviation from the true values, the attacker knows ``A z = 0`` and the bounds; the range of ``z_c`` is the
    minimum and maximum of a linear program. The set of possible ``z`` is convex and holds 0, so every solution found for one
    cell also shows what is possible for all others: most cells are settled without a program of their own. What is possible
    while other cells stay at their true values is possible, so a program over a cell's surroundings settles most of the
    rest. A cell counts as found too closely only after the two programs of its own over the whole system. A cell of one
    person is known to that person, so for every other cell such cells are taken as known.

    References
    ----------
    Fischetti, M. and Salazar, J. J. (2001). Solving the cell suppression problem on tabular data with linear constraints.
    Management Science 47, 1008-1027. doi:10.1287/mnsc.47.7.1008.10265.
    """
    low, high = (
        (np.zeros(len(lattice)), np.zeros(len(lattice)))
        if known is None
        else (np.where(withheld, known[0], 0.0), np.where(withheld, known[1], 0.0))
    )
    asked = withheld if exact else too_narrow(lattice, withheld, (low, high))
    if not asked.any():
        return low, high
    parts = [
        (relations, cells)
        for relations, cells in components(
            lattice, withheld | (lattice.slack_down > 0) | (lattice.slack_up > 0)
        )
        if asked[cells].any()
    ]
    for batch in _batches(parts):
        relations, cells = (np.concatenate([part[side] for part in batch]) for side in (0, 1))
        label = np.repeat(np.arange(len(batch)), [len(part[1]) for part in batch])
        search = _Search(lattice.part(relations, cells), withheld[cells], label, exact=exact)
        low[cells], high[cells] = search.run((low[cells], high[cells]))
    low[~withheld], high[~withheld] = 0.0, 0.0
    return low, high


def too_narrow(lattice: Lattice, withheld: BoolArray, ranges: Ranges) -> BoolArray:
    """Tell which withheld cells can be found more closely than their protection allows.

    Parameters
    ----------
    lattice : Lattice
        Cells with their required widths.
    withheld : array of bool, shape (c,)
        Cells that are not shown.
    ranges : tuple of array of float
        What :func:`remaining_ranges` returned.

    Returns
    -------
    array of bool, shape (c,)
        True where the width is short.
    """
    result: BoolArray = withheld & (widths(lattice, ranges) < lattice.need - TOLERANCE)
    return result


def widths(lattice: Lattice, ranges: Ranges) -> FloatArray:
    """Width of each range, counting whole persons where the values are counts.

    Parameters
    ----------
    lattice : Lattice
        Cells.
    ranges : tuple of array of float
        Lowest and highest deviation of each cell.

    Returns
    -------
    array of float, shape (c,)
        Widths.
    """
    low, high = ranges
    if not lattice.whole:
        return high - low
    highest = np.floor(lattice.truth + high + TOLERANCE)
    result: FloatArray = np.maximum(highest - np.ceil(lattice.truth + low - TOLERANCE), 0.0)
    return result


def _batches(parts: list[tuple[IntArray, IntArray]]) -> list[list[tuple[IntArray, IntArray]]]:
    """Parts that are solved together: enough to save start-up, few enough that the programs stay small."""
    sizes = np.cumsum([len(cells) for _, cells in parts])
    batches: dict[int, list[tuple[IntArray, IntArray]]] = {}
    for part, size in zip(parts, sizes, strict=True):
        batches.setdefault(int(size) // _BATCH, []).append(part)
    return list(batches.values())


class _Search:
    """Rounds of linear programs; each round serves every part of the system that still has an open question."""

    def __init__(self, lattice: Lattice, withheld: BoolArray, label: IntArray, *, exact: bool) -> None:
        self.lattice, self.label, self.exact = lattice, label, exact
        self.alone = lattice.alone & withheld
        self.below, self.above = lattice.reach(withheld)
        self.low, self.high = np.zeros(len(lattice)), np.zeros(len(lattice))
        self.asked = np.where(withheld, 0, _BOTH_SIDES)
        self.random = np.random.default_rng(0)
        self.leaning = np.zeros(len(lattice))
        self.relation_label = label[_first_cells(lattice.relations)] if len(label) else label
        self.size = np.bincount(label)
        self.around = _Surroundings(lattice.relations)
        large = (self.size[label] > _LARGE) & (not exact)
        self.asked_near = np.where(large, 0, _BOTH_SIDES)
        self.together = np.zeros(len(self.size), dtype=np.int64)

    def run(self, ranges: Ranges) -> Ranges:
        """Widen ranges that were found before."""
        self.low, self.high = ranges
        while (open_ := self._open()).any():
            many, near = self._many(open_), np.zeros_like(open_)
            sign, bounds = np.zeros(len(open_)), self._bounds()
            if many.any():
                near |= self._ask_together(many, sign=sign, bounds=bounds)
            single = self._first_of_each_part(open_ & ~many, np.unique(self.label[many]))
            near |= self._ask_alone(single, sign=sign, bounds=bounds)
            self._solve_round(sign, bounds, near=near)
        return self.low, self.high

    def _open(self) -> BoolArray:
        """Cells whose range is not settled: too short so far, and not yet asked in both directions."""
        short = widths(self.lattice, (self.low, self.high)) < self.lattice.need - TOLERANCE
        result: BoolArray = (self.asked < _BOTH_SIDES) & (short | self.exact)
        return result

    def _bounds(self) -> FloatArray:
        return np.column_stack([np.where(self.alone, 0.0, self.below), np.where(self.alone, 0.0, self.above)])

    def _many(self, open_: BoolArray) -> BoolArray:
        """Open cells in the parts where asking for each alone would take long; those of one person are asked alone."""
        plain = open_ & ~self.alone
        count = np.bincount(self.label[plain], minlength=len(self.size))
        worth = (count > _FEW) & (self.together < _TOGETHER_ROUNDS) & (not self.exact)
        result: BoolArray = plain & worth[self.label]
        return result

    def _ask_together(self, cells: BoolArray, *, sign: FloatArray, bounds: FloatArray) -> BoolArray:
        """Push every cell one way by chance, and the other way in the next round; return the parts to look at closely."""
        parts = np.unique(self.label[cells])
        forth = np.zeros(len(self.size), dtype=np.bool_)
        forth[parts] = self.together[parts] % 2 == 0
        chosen = self.random.choice([-1.0, 1.0], len(cells))
        self.leaning = np.where(forth[self.label], chosen, -self.leaning)
        self.together[parts] += 1
        where = np.flatnonzero(cells)
        sign[where] = self.leaning[where] / self.lattice.need[where]
        self._hold_to_need(where, bounds)
        few = np.bincount(self.label[cells], minlength=len(self.size)) <= _SPARSE * self.size
        result: BoolArray = cells & (few & (self.size > _LARGE))[self.label]
        return result

    def _hold_to_need(self, where: IntArray, bounds: FloatArray) -> None:
        """No cell goes further than what it lacks, so that others can go too."""
        low, high = self.low[where], self.high[where]
        if self.lattice.whole:
            low, high = np.ceil(low - TOLERANCE), np.floor(high + TOLERANCE)
        need = self.lattice.need[where]
        bounds[where, 0] = np.maximum(bounds[where, 0], high - need)
        bounds[where, 1] = np.minimum(bounds[where, 1], need + low)

    def _first_of_each_part(self, open_: BoolArray, taken: IntArray) -> IntArray:
        where = np.flatnonzero(open_)
        where = where[~np.isin(self.label[where], taken)]
        return where[np.unique(self.label[where], return_index=True)[1]]

    def _ask_alone(self, cells: IntArray, *, sign: FloatArray, bounds: FloatArray) -> BoolArray:
        """Push one cell of a part: in a large part within its surroundings first; return those."""
        near = self.asked_near[cells] < _BOTH_SIDES
        turn = np.where(near, self.asked_near[cells], self.asked[cells])
        sign[cells] = np.where(turn == 0, 1.0, -1.0)
        bounds[cells] = np.column_stack([self.below, self.above])[cells]
        self.asked_near[cells[near]] += 1
        self.asked[cells[~near]] += 1
        result = np.zeros(len(sign), dtype=np.bool_)
        result[cells[near]] = True
        return result

    def _solve_round(self, sign: FloatArray, bounds: FloatArray, *, near: BoolArray) -> None:
        active = np.unique(self.label[sign != 0])
        if near.any():
            still = np.isin(self.label, self.label[near]) & ~self.around.of(near, self.random)
            bounds[still] = 0.0
        cells = np.flatnonzero(np.isin(self.label, active))
        relations = np.flatnonzero(np.isin(self.relation_label, active))
        part = self.lattice.relations[relations][:, cells]
        found = _solve(-sign[cells], part, bounds[cells])
        if found is None:
            return
        own = ~self.alone[cells] | (sign[cells] != 0)
        self.low[cells] = np.where(own, np.minimum(self.low[cells], found), self.low[cells])
        self.high[cells] = np.where(own, np.maximum(self.high[cells], found), self.high[cells])


class _Surroundings:
    """Cells near others: enough of them that a way round can be found, few enough that it is found soon."""

    def __init__(self, relations: sparse.csr_array) -> None:
        self.by_relation = abs(relations).sign()
        self.by_cell = sparse.csr_array(self.by_relation.T)
        self.degree = np.diff(relations.indptr)
        self.relations_of = np.diff(self.by_cell.indptr)

    def of(self, targets: BoolArray, random: np.random.Generator) -> BoolArray:
        """Cells of which every relation is one of a target, or of a cell drawn from a target's relations."""
        first = self.by_relation @ targets.astype(np.float64) > 0
        entries = np.repeat(first & (self.degree > 0), self.degree)
        rows = np.repeat(self.degree, self.degree)[entries]
        drawn = targets.copy()
        drawn[self.by_relation.indices[entries][random.random(len(rows)) < _SAMPLE / rows]] = True
        second = self.by_relation @ drawn.astype(np.float64) > 0
        result: BoolArray = self.by_cell @ second.astype(np.float64) >= self.relations_of
        return result


def _first_cells(relations: sparse.csr_array) -> IntArray:
    """A cell of each relation."""
    starts = np.minimum(relations.indptr[:-1], len(relations.indices) - 1)
    return relations.indices[starts].astype(np.int64)


def range_of(lattice: Lattice, withheld: BoolArray, cell: int) -> tuple[float, float]:
    """Deviations from the truth that no outsider, and no single person in another cell, can rule out for one cell.

    Parameters
    ----------
    lattice : Lattice
        Cells, relations and bounds.
    withheld : array of bool, shape (c,)
        Cells that are not shown.
    cell : int
        Position of the cell.

    Returns
    -------
    tuple of float
        Lowest and highest deviation.
    """
    below, above = lattice.reach(withheld)
    known = lattice.alone & withheld
    known[cell] = False
    bounds = np.column_stack([np.where(known, 0.0, below), np.where(known, 0.0, above)])
    low, high = (float(_extreme(lattice.relations, {cell: sign}, bounds)[cell]) for sign in (-1.0, 1.0))
    return min(low, 0.0), max(high, 0.0)


def cheapest_deviation(
    lattice: Lattice, bounds: FloatArray, *, price: FloatArray, cell: int, goal: float
) -> FloatArray:
    """The cheapest way in which a cell's value could have been another.

    Parameters
    ----------
    lattice : Lattice
        Relations.
    bounds : array of float, shape (c, 2)
        Lowest and highest deviation of each cell.
    price : array of float, shape (c,)
        Price of each unit of deviation.
    cell : int
        Position of the cell.
    goal : float
        Wanted deviation of the cell; it is met as far as the bounds allow.

    Returns
    -------
    array of float, shape (c,)
        Deviation of every cell; all 0 when the cell cannot move.
    """
    own = bounds.copy()
    own[cell] = (min(goal, 0.0), max(goal, 0.0))
    furthest = float(_extreme(lattice.relations, {cell: np.sign(goal)}, own)[cell])
    if abs(furthest) <= TOLERANCE:
        return np.zeros(len(lattice))
    own[cell] = furthest
    below, above = own[:, 0], own[:, 1]
    up = np.column_stack([np.maximum(below, 0.0), np.maximum(above, 0.0)])
    down = np.column_stack([np.maximum(-above, 0.0), np.maximum(-below, 0.0)])
    both: sparse.csr_array = sparse.csr_array(sparse.hstack([lattice.relations, -lattice.relations]))
    solved = _solve(np.concatenate([price, price]), both, np.vstack([up, down]))
    size = len(lattice)
    return np.zeros(size) if solved is None else solved[:size] - solved[size:]


def _extreme(relations: sparse.csr_array, wanted: dict[int, float], bounds: FloatArray) -> FloatArray:
    """The possible deviation that goes furthest in the wanted direction; 0 when the solver gives none."""
    objective = np.zeros(relations.shape[1])
    objective[list(wanted)] = [-sign for sign in wanted.values()]
    solved = _solve(objective, relations, bounds)
    return np.zeros(len(objective)) if solved is None else solved


def _solve(objective: FloatArray, relations: sparse.csr_array, bounds: FloatArray) -> FloatArray | None:
    """The minimum over the deviations that the relations and the bounds allow; None when the solver fails."""
    free = np.flatnonzero(bounds[:, 1] > bounds[:, 0])
    fixed = np.where(bounds[:, 1] > bounds[:, 0], 0.0, bounds[:, 0])
    if not len(free):
        return fixed
    gap = -(relations @ fixed)
    inner = relations[:, free]
    used = np.flatnonzero(np.diff(inner.indptr))
    matrix: Any = inner[used]
    limits: Any = bounds[free]
    solved = scipy.optimize.linprog(
        objective[free],
        A_eq=matrix,
        b_eq=gap[used],
        bounds=limits,
        method="highs",
        options={"presolve": False},
    )
    if solved.status != 0 or solved.x is None:
        return None
    result: FloatArray = fixed
    result[free] = solved.x
    return result
