"""When no weights can meet the margins: which margins clash, and which bounds would do."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy  # scipy.optimize is loaded when it is first used
from scipy import sparse

from trygghet._typing import FloatArray
from trygghet.weighting.solver import CellTask

_SLACK = 1e-7
_PART = 1e-6
_FLOOR = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """Bounds of the factor of each cell, and how they may be widened.

    Parameters
    ----------
    lower, upper : ndarray
        Bounds (cells,); the upper ones may be infinite.
    down, up : ndarray
        How far the bounds move for a widening of 1 (cells,).
    """

    lower: FloatArray
    upper: FloatArray
    down: FloatArray
    up: FloatArray


@dataclass(frozen=True, slots=True)
class Verdict:
    """What linear programming says of a calibration problem.

    Parameters
    ----------
    clashing : tuple of int
        Columns whose demands contradict the bounds or each other, the heaviest first; none where the problem has a solution.
    widening : float or None
        The smallest widening of the bounds that works, None when no positive factors do.
    """

    clashing: tuple[int, ...]
    widening: float | None


def examine(task: CellTask, room: Room) -> Verdict:
    """Decide by linear programming whether factors within bounds can meet the margins.

    Parameters
    ----------
    task : CellTask
        The problem.
    room : Room
        Bounds of the factors, and how they may be widened.

    Returns
    -------
    Verdict
        The margins that clash, and the widening that works.

    Notes
    -----
    With ``A g = 1`` the relative margins, the largest error ``t`` that some ``g`` within the bounds leaves is made as small as
    possible. Its dual is the contradiction itself: multipliers ``u`` with ``sum |u| = 1`` for which ``u'A g`` cannot come nearer
    than ``t`` to ``sum u`` whatever ``g``. The margins that clash are those with a multiplier; the others play no part in it.

    References
    ----------
    Farkas, J. (1902). Theorie der einfachen Ungleichungen. Journal fuer die reine und angewandte Mathematik 124, 1-27.
    doi:10.1515/crll.1902.124.1
    """
    scaled = _scaled(task)
    multipliers = _contradiction(scaled, room)
    order = np.argsort(-multipliers, kind="stable")
    clashing = tuple(int(k) for k in order if multipliers[k] > _PART)
    if not clashing:
        return Verdict((), 0.0)
    return Verdict(clashing[:5], _narrowest(scaled, room))


@dataclass(frozen=True, slots=True)
class _Scaled:
    """Margin equations divided by their targets: ``matrix @ factors = right``."""

    matrix: sparse.csr_array
    right: FloatArray


def _scaled(task: CellTask) -> _Scaled:
    units = task.units
    by_cell = sparse.csr_array(task.matrix).multiply(task.start[:, None]).T
    return _Scaled(sparse.csr_array(sparse.diags_array(1.0 / units) @ by_cell), task.targets / units)


def _contradiction(scaled: _Scaled, room: Room) -> FloatArray:
    """Absolute multiplier of each margin in the proof that no factors do; zeros where some do."""
    columns, cells = scaled.matrix.shape
    slack = sparse.csr_array(np.ones((columns, 1)))
    solve: Any = scipy.optimize.linprog  # its types know no sparse matrices
    found = solve(
        np.concatenate([np.zeros(cells), [1.0]]),
        A_ub=sparse.csr_array(
            sparse.vstack([sparse.hstack([scaled.matrix, -slack]), sparse.hstack([-scaled.matrix, -slack])])
        ),
        b_ub=np.concatenate([scaled.right, -scaled.right]),
        bounds=np.column_stack([np.append(room.lower, 0.0), np.append(room.upper, np.inf)]),
    )
    if found.x is None:
        return np.ones(columns)
    if found.x[-1] <= _SLACK:
        return np.zeros(columns)
    above, below = np.split(np.abs(found.ineqlin.marginals), 2)
    return np.asarray(above + below)


def _narrowest(scaled: _Scaled, room: Room) -> float | None:
    """Smallest widening of the bounds in which every margin can be met."""
    columns, cells = scaled.matrix.shape
    identity = sparse.eye_array(cells)
    matrix = sparse.vstack(
        [
            sparse.hstack([scaled.matrix, sparse.csr_array((columns, 1))]),
            sparse.hstack([identity, sparse.csr_array(-room.up[:, None])]),
            sparse.hstack([identity, sparse.csr_array(room.down[:, None])]),
        ]
    )
    free = np.full(cells, np.inf)
    found = scipy.optimize.milp(
        np.concatenate([np.zeros(cells), [1.0]]),
        constraints=scipy.optimize.LinearConstraint(
            sparse.csr_array(matrix),
            np.concatenate([scaled.right, -free, room.lower]),
            np.concatenate([scaled.right, room.upper, free]),
        ),
        bounds=scipy.optimize.Bounds(
            np.concatenate([np.full(cells, _FLOOR), [0.0]]), np.full(cells + 1, np.inf)
        ),
    )
    return None if found.x is None else float(found.x[-1])
