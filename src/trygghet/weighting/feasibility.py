"""When no weights can meet the margins: which margins clash, and which bounds would do."""

from dataclasses import dataclass

import numpy as np
import scipy  # scipy.optimize is loaded when it is first used
from scipy import sparse

from trygghet._typing import FloatArray
from trygghet.weighting.solver import CellTask

_SLACK = 1e-7
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
        Columns that must be missed if the others are met, worst first; none where the problem has a solution.
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
        The margins with slack in the closest solution, and the widening that works.

    Notes
    -----
    The margins that clash are those with slack in the solution with the smallest sum of relative errors.
    """
    scaled = _scaled(task)
    slack = _least_slack(scaled, room)
    order = np.argsort(-slack, kind="stable")
    clashing = tuple(int(k) for k in order if slack[k] > _SLACK)
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


def _least_slack(scaled: _Scaled, room: Room) -> FloatArray:
    """Absolute relative error of each margin in the closest solution within the bounds."""
    columns, cells = scaled.matrix.shape
    identity = sparse.eye_array(columns)
    slack = 2 * columns
    found = scipy.optimize.milp(
        np.concatenate([np.zeros(cells), np.ones(slack)]),
        constraints=scipy.optimize.LinearConstraint(
            sparse.csr_array(sparse.hstack([scaled.matrix, identity, -identity])), scaled.right, scaled.right
        ),
        bounds=scipy.optimize.Bounds(
            np.concatenate([room.lower, np.zeros(slack)]),
            np.concatenate([room.upper, np.full(slack, np.inf)]),
        ),
    )
    if found.x is None:
        return np.ones(columns)
    return np.asarray(found.x[cells : cells + columns] + found.x[cells + columns :])


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
