"""What calibration does to an influence value: the part that the margins explain is taken away."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve, lapack

from trygghet._typing import FloatArray, IntArray, Projection
from trygghet.design.quadratic import Matrix
from trygghet.weighting import CalibrationStep

_SWEEPS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One calibration whose auxiliaries are the same for all rows of a cell.

    Parameters
    ----------
    cell : array of int, shape (n,)
        Cell of each row.
    values : csr_array, shape (cells, q)
        Auxiliary values of each cell; the columns of the calibration are these times the weights after it.
    functional : array of float, shape (n,)
        Factor of each row in the calibration's functionals.
    """

    cell: IntArray
    values: Matrix
    functional: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """The residual operator of one or more calibrations, on weighted influence values ``z = w u``.

    Parameters
    ----------
    columns : csr_array, shape (n, q)
        Final weight (of the step) times the auxiliary values.
    functionals : csr_array, shape (n, q)
        What is summed against ``z`` to get the regression's right-hand side.
    gain : array of float, shape (q, q)
        Turns these sums into coefficients: ``z - columns @ gain @ functionals.T @ z`` are the weighted residuals.
    pattern : Pattern or None
        The cells, when there was one calibration on categories.
    """

    columns: Matrix
    functionals: Matrix
    gain: FloatArray
    pattern: Pattern | None = None

    def residuals(self, z: FloatArray) -> FloatArray:
        """Weighted residuals of weighted influence values.

        Parameters
        ----------
        z : array of float, shape (n, p)
            Weight times influence.

        Returns
        -------
        array of float, shape (n, p)
            Weight times residual.

        Notes
        -----
        One calibration gives ``e = u - x'B`` with ``B = (sum d x x')^-1 sum d x u`` and the weights ``d`` before it; the result is
        ``w e`` with the calibrated weights ``w`` (Deville and Särndal 1992, doi:10.1080/01621459.1992.10475217).
        """
        result: FloatArray = z - self.columns @ (self.gain @ (self.functionals.T @ z))
        return result


def calibration_of(
    steps: Sequence[CalibrationStep], weights: FloatArray, projection: Projection
) -> Calibration | None:
    """Build the residual operator of a chain of calibrations.

    Parameters
    ----------
    steps : sequence of CalibrationStep
        Calibrations in the order they were done.
    weights : array of float, shape (n,)
        Final weights.
    projection : str
        ``joint`` projects on all auxiliaries at once with the weights before the calibration; ``sequential`` sweeps over the
        margins one at a time with unweighted means, as R's ``rake``.

    Returns
    -------
    Calibration or None
        None when there is no calibration.
    """
    if not steps:
        return None
    following = [*(step.before for step in steps[1:]), weights]
    afters = [
        other if step.after is None else step.after for step, other in zip(steps, following, strict=True)
    ]
    blocks: list[_Block] = []
    for step, after in zip(steps, afters, strict=True):
        matrix = as_sparse(step.matrix)
        if projection == "joint":
            blocks.append(_regression(matrix, step.before, after))
        else:
            blocks.extend(_means(matrix[:, first:last], after) for first, last in margin_blocks(matrix))
    order = list(range(len(blocks))) * (_SWEEPS if projection == "sequential" else 1)
    columns = sparse.hstack([block.columns for block in blocks], format="csr")
    functionals = sparse.hstack([block.functionals for block in blocks], format="csr")
    gain = _gain(blocks, (functionals.T @ columns).toarray(), order)
    return Calibration(columns, functionals, gain, _pattern(steps, weights, projection))


def _pattern(steps: Sequence[CalibrationStep], weights: FloatArray, projection: Projection) -> Pattern | None:
    """Cells of a single calibration on categories that the weights still meet."""
    if len(steps) != 1 or steps[0].cell is None or steps[0].after is not None:
        return None
    step, cell = steps[0], steps[0].cell
    first = np.zeros(int(cell.max()) + 1, dtype=np.int64)
    first[cell] = np.arange(len(cell))
    factor = step.before / weights if projection == "joint" else 1 / weights
    return Pattern(cell, as_sparse(step.matrix)[first], factor)


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    columns: Matrix
    functionals: Matrix
    inverse: FloatArray


def _regression(matrix: Matrix, before: FloatArray, after: FloatArray) -> _Block:
    scaled = _times(matrix, before)
    inverse = generalised_inverse((matrix.T @ scaled).toarray())
    return _Block(_times(matrix, after), _times(matrix, before / after), inverse)


def _means(matrix: Matrix, after: FloatArray) -> _Block:
    count = np.asarray(matrix.sum(axis=0), dtype=np.float64)
    inverse = np.diag(np.divide(1.0, count, out=np.zeros_like(count), where=count > 0))
    return _Block(_times(matrix, after), _times(matrix, 1 / after), inverse)


def as_sparse(matrix: Matrix) -> Matrix:
    """Return a matrix in compressed rows.

    Parameters
    ----------
    matrix : array or sparse array, shape (n, q)
        Auxiliary values.

    Returns
    -------
    csr_array, shape (n, q)
        The same values.
    """
    return sparse.csr_array(matrix)


def _times(matrix: Matrix, factor: FloatArray) -> Matrix:
    """Multiply each row by a factor, keeping the pattern."""
    data = matrix.data * np.repeat(factor, np.diff(matrix.indptr))
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def _gain(blocks: Sequence[_Block], cross: FloatArray, order: Sequence[int]) -> FloatArray:
    """Coefficients of all blocks as a linear map of the functionals, for projections done one after another."""
    sizes = [block.columns.shape[1] for block in blocks]
    ends = np.cumsum(sizes)
    places = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
    gain = np.zeros_like(cross)
    identity = np.eye(len(cross))
    for position in order:
        place = places[position]
        left = identity[place] - cross[place] @ gain
        gain[place] += blocks[position].inverse @ left
    return gain


def margin_blocks(matrix: Matrix) -> list[tuple[int, int]]:
    """Runs of columns that are one margin each: their values add up to 1 in every row.

    Parameters
    ----------
    matrix : csr_array, shape (n, q)
        Auxiliary values of a raking.

    Returns
    -------
    list of pair of int
        First column and the one after the last of each margin.
    """
    dense = matrix.tocsc()
    blocks: list[tuple[int, int]] = []
    first = 0
    running = np.zeros(matrix.shape[0])
    for column in range(matrix.shape[1]):
        start, stop = dense.indptr[column], dense.indptr[column + 1]
        running[dense.indices[start:stop]] += dense.data[start:stop]
        if np.all(np.abs(running - 1.0) < 1e-9):
            blocks.append((first, column + 1))
            first = column + 1
            running = np.zeros(matrix.shape[0])
    if first < matrix.shape[1]:
        blocks.append((first, matrix.shape[1]))
    return blocks


def generalised_inverse(matrix: FloatArray) -> FloatArray:
    """Inverse on a largest set of independent columns, zero on the rest.

    Parameters
    ----------
    matrix : array of float, shape (q, q)
        Positive semidefinite matrix; full margins make it singular.

    Returns
    -------
    array of float, shape (q, q)
        A generalised inverse, found by pivoted Cholesky of the matrix scaled to a unit diagonal.
    """
    size = np.sqrt(np.diagonal(matrix))
    used = np.flatnonzero(size > 0)
    scale = size[used]
    scaled = matrix[np.ix_(used, used)] / np.outer(scale, scale)
    _, pivots, rank, _ = lapack.dpstrf(np.asfortranarray(scaled), tol=1e-10)
    kept = np.sort(pivots[:rank] - 1)
    factor = cho_factor(scaled[np.ix_(kept, kept)])
    inverse = np.zeros_like(matrix)
    places = used[kept]
    inverse[np.ix_(places, places)] = cho_solve(factor, np.eye(rank)) / np.outer(scale[kept], scale[kept])
    return inverse
