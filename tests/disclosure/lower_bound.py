"""The fewest cells that any pattern has to lose, from below: a linear program over all withheld cells at once.

For each cell to protect it holds a way up and a way down of its own; a way may use a shown cell only as far as that cell is
withheld, and a withheld cell needs company in each of its sums.
"""

import numpy as np
from scipy import optimize, sparse

from trygghet.disclosure.lattice import Lattice


def fewest_lost(lattice: Lattice, withheld: np.ndarray) -> int:
    """Lower bound of the number of further cells that must be withheld."""
    cells = len(lattice)
    targets = np.flatnonzero(withheld & (lattice.need > 0))
    free = ~withheld & ~lattice.locked
    below, above = lattice.reach(np.ones(cells, dtype=bool))
    known = lattice.locked & ~withheld
    below, above = np.where(known, 0.0, below), np.where(known, 0.0, above)
    count, ways = len(targets), 2 * len(targets)
    columns = cells + ways * cells
    equal, unequal, limit = [], [], []
    lower, upper = np.zeros(columns), np.ones(columns)
    upper[:cells] = free
    for way in range(ways):
        start = cells + way * cells
        lower[start : start + cells], upper[start : start + cells] = below, above
        alone = lattice.alone & ~np.isin(np.arange(cells), targets[way % count])
        lower[start : start + cells][alone] = upper[start : start + cells][alone] = 0.0
        block = sparse.lil_array((lattice.relations.shape[0], columns))
        block[:, start : start + cells] = lattice.relations
        equal.append(block.tocsr())
        for cell in np.flatnonzero(free):
            for sign, reach in ((1.0, above[cell]), (-1.0, below[cell])):
                row = sparse.lil_array((1, columns))
                row[0, start + cell], row[0, cell] = sign, -sign * reach
                unequal.append(row.tocsr())
                limit.append(0.0)
    for number, cell in enumerate(targets):
        row = sparse.lil_array((1, columns))
        row[0, cells + number * cells + cell] = -1.0
        row[0, cells + (count + number) * cells + cell] = 1.0
        unequal.append(row.tocsr())
        limit.append(-lattice.need[cell])
        for relation in range(lattice.relations.shape[0]):
            inside = lattice.relations.indices[slice(*lattice.relations.indptr[relation : relation + 2])]
            if cell in inside and not (withheld[inside] & (inside != cell) & ~lattice.alone[inside]).any():
                row = sparse.lil_array((1, columns))
                row[0, inside[free[inside]]] = -1.0
                unequal.append(row.tocsr())
                limit.append(-1.0)
    if not count:
        return 0
    objective = np.concatenate([np.ones(cells), np.zeros(columns - cells)])
    solved = optimize.linprog(
        objective,
        A_ub=sparse.vstack(unequal),
        b_ub=limit,
        A_eq=sparse.vstack(equal),
        b_eq=np.zeros(sum(block.shape[0] for block in equal)),
        bounds=np.column_stack([lower, upper]),
        method="highs",
    )
    assert solved.status == 0, solved.message
    return int(np.ceil(solved.fun - 1e-6))
