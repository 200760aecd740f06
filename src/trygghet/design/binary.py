"""Shares of many indicators over a partition at once: rows with the same stratum, domain and margins are summed together first."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from trygghet._typing import FloatArray, IntArray
from trygghet.design.covariance import ROUNDING, Variance
from trygghet.design.projection import Pattern
from trygghet.design.quadratic import Matrix
from trygghet.design.stages import Stage

_BLOCK = 2_000_000
_MOST_ENTRIES = 20_000_000


@dataclass(frozen=True, slots=True, eq=False)
class ShareSums:
    """Shares of items over domains, with what their variances need.

    Parameters
    ----------
    share : array of float, shape (domains, items)
        Weighted shares; NaN in empty domains.
    size : array of float, shape (domains, items)
        Weighted bases.
    variance : array of float, shape (domains, items)
        Design variances.
    n, positive : array of int, shape (domains, items)
        Unweighted bases and positives.
    dof : array of float, shape (domains, items)
        First-stage clusters less strata among the valid answers.
    """

    share: FloatArray
    size: FloatArray
    variance: FloatArray
    n: IntArray
    positive: IntArray
    dof: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class _Margins:
    """Sparse maps from cells to (domain, margin column) slots, padded to the widest domain."""

    pattern: Pattern
    functional: Matrix
    by_fine: Matrix
    by_pair: Matrix
    by_cell: Matrix
    slots: int
    columns: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class BinaryPlan:
    """A partition prepared for indicators.

    Parameters
    ----------
    variance : Variance
        The design's variance; one stage.
    count : int
        Number of domains.
    rows : array of int or None
        Rows inside a domain; None when all are.
    fine : array of int
        Three times the fine cell of each row inside: room for no, yes and missing.
    weights : tuple of array
        Weights whose sums are needed: w, then w squared, then the functional's; a row each, or a fine cell each where all its
        rows have the same.
    """

    variance: Variance
    count: int
    rows: IntArray | None
    fine: IntArray
    weights: tuple[FloatArray, ...]
    fine_pair: IntArray
    fine_domain: IntArray
    fine_stratum: IntArray
    pair_cell: IntArray
    pair_domain: IntArray
    cell_domain: IntArray
    cell_stratum: IntArray
    margins: _Margins | None

    def codes(self, values: FloatArray) -> IntArray:
        """Cell of each row inside: its fine cell and its answer.

        Parameters
        ----------
        values : array of float, shape (n,)
            0, 1 and NaN.

        Returns
        -------
        array of int
            ``fine + answer`` with 0 for no, 1 for yes, 2 for missing.
        """
        values = values if self.rows is None else values[self.rows]
        answer = (values == 1).view(np.int8)
        missing = (values != values).view(np.int8)  # noqa: PLR0124 -- NaN is what differs from itself
        return np.asarray(self.fine + (answer + (missing << 1)))

    def sums(self, items: "list[FloatArray]") -> ShareSums:
        """Shares and variances of some indicators.

        Parameters
        ----------
        items : list of array of float, shape (n,)
            0, 1 and NaN a row.

        Returns
        -------
        ShareSums
            One column an item.
        """
        fine = len(self.fine_pair)
        shape = (len(self.weights) + 1, 2, fine, len(items))
        held = np.empty(shape)
        for column, values in enumerate(items):
            codes = self.codes(values)
            counted = np.bincount(codes, minlength=3 * fine).reshape(fine, 3)
            held[0, 0, :, column], held[0, 1, :, column] = counted[:, 1], counted[:, 0]
            for place, weights in enumerate(self.weights, start=1):
                if len(weights) == fine:
                    np.multiply(held[0, :, :, column], weights, out=held[place, :, :, column])
                    continue
                weighted = np.bincount(codes, weights, minlength=3 * fine).reshape(fine, 3)
                held[place, 0, :, column], held[place, 1, :, column] = weighted[:, 1], weighted[:, 0]
        return self._assembled(held)

    def _assembled(self, held: FloatArray) -> ShareSums:
        by_domain = _adder(self.fine_domain, self.count)
        size = by_domain @ (held[1, 0] + held[1, 1])
        with np.errstate(divide="ignore", invalid="ignore"):
            share = (by_domain @ held[1, 0]) / size
        theta = np.nan_to_num(share)[self.fine_domain]
        inverse = np.divide(1.0, size, out=np.zeros_like(size), where=size > 0)[self.fine_domain]
        first = ((1 - theta) * held[1, 0] - theta * held[1, 1]) * inverse
        stage = self.variance.stages[0]
        cell_sums = _adder(self.pair_cell, len(self.cell_domain)) @ self._pairs(first)
        own = (stage.scale / np.maximum(stage.count, 1.0))[self.cell_stratum]
        if stage.cluster is None:
            second = ((1 - theta) ** 2 * held[2, 0] + theta**2 * held[2, 1]) * inverse**2
            spread = by_domain @ (stage.scale[self.fine_stratum][:, None] * second)
        else:
            pairs = self._pairs(first)
            scale = stage.scale[self.cell_stratum[self.pair_cell]]
            spread = _adder(self.pair_domain, self.count) @ (scale[:, None] * pairs**2)
        total = spread - _adder(self.cell_domain, self.count) @ (own[:, None] * cell_sums**2)
        if self.margins is not None:
            explained = self._explained(self.margins, held, (theta, inverse, first, cell_sums * own[:, None]))
            total -= explained
            spread += np.abs(explained)
        total[total <= ROUNDING * spread] = 0.0
        n, positive, dof = self._counts(held[0])
        return ShareSums(share, size, total, n, positive, dof)

    def _pairs(self, fine: FloatArray) -> FloatArray:
        result: FloatArray = _adder(self.fine_pair, len(self.pair_cell)) @ fine
        return result

    def _explained(
        self,
        margins: _Margins,
        held: FloatArray,
        parts: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    ) -> FloatArray:
        """2 m'B - B'SB of every domain and item, a block of domains at a time."""
        theta, inverse, first, centred = parts
        functional = ((1 - theta) * held[-1, 0] - theta * held[-1, 1]) * inverse
        t = margins.functional @ functional
        if margins.by_fine is not None:
            squared = ((1 - theta) * held[2, 0] - theta * held[2, 1]) * inverse
            m = margins.by_fine @ squared
        else:
            m = margins.by_pair @ self._pairs(first)
        m -= margins.by_cell @ centred
        width, items = margins.slots, t.shape[1]
        t, m = t.reshape(self.count, width, items), m.reshape(self.count, width, items)
        calibration = self.variance.calibration
        assert calibration is not None  # noqa: S101 -- margins exist only with a calibration
        explained = np.empty((self.count, items))
        step = max(1, _BLOCK // max(width * max(width, items), 1))
        for start in range(0, self.count, step):
            chunk = slice(start, start + step)
            places = margins.columns[chunk]
            across = (places[:, :, None], places[:, None, :])
            coefficients = calibration.gain[across] @ t[chunk]
            weighed = self.variance.explained[across] @ t[chunk]
            explained[chunk] = (2 * m[chunk] * coefficients - t[chunk] * weighed).sum(axis=1)
        return explained

    def _counts(self, counted: FloatArray) -> tuple[IntArray, IntArray, FloatArray]:
        by_domain = _adder(self.fine_domain, self.count)
        both = counted[0] + counted[1]
        n, positive = by_domain @ both, by_domain @ counted[0]
        pairs = self._pairs(both)
        in_cell = _adder(self.pair_cell, len(self.cell_domain)) @ pairs
        strata = _adder(self.cell_domain, self.count) @ (in_cell > 0).astype(np.float64)
        if self.variance.stages[0].cluster is None:
            clusters = n
        else:
            clusters = _adder(self.pair_domain, self.count) @ (pairs > 0).astype(np.float64)
        return np.rint(n).astype(np.int64), np.rint(positive).astype(np.int64), clusters - strata


def plan_shares(variance: Variance, weights: FloatArray, codes: IntArray, *, count: int) -> BinaryPlan | None:
    """Prepare a partition for indicators, where the design allows the short way.

    Parameters
    ----------
    variance : Variance
        The design's variance.
    weights : array of float, shape (n,)
        Final weights.
    codes : array of int, shape (n,)
        Domain of each row; -1 outside every domain.
    count : int
        Number of domains.

    Returns
    -------
    BinaryPlan or None
        None for several stages, lonely strata on the grand mean, zero weights, or margins that do not form cells.
    """
    stage, pattern = variance.stages[0], _pattern_of(variance)
    if len(variance.stages) > 1 or (stage.grand | stage.averaged).any() or not (weights > 0).all():
        return None
    if variance.calibration is not None and pattern is None:
        return None
    inside = codes >= 0
    rows = None if inside.all() else np.flatnonzero(inside)
    kept = codes if rows is None else codes[rows]
    of_row = stage.stratum if stage.cluster is None else stage.cluster
    of_row = of_row if rows is None else of_row[rows]
    stratum_of = None if stage.cluster is None else stage.stratum
    pairs, pair = distinct(of_row * count + kept)
    pair_unit, pair_domain = np.divmod(pairs, count)
    pair_stratum = pair_unit if stratum_of is None else stratum_of[pair_unit]
    cells, pair_cell = distinct(pair_stratum * count + pair_domain)
    cell_stratum, cell_domain = np.divmod(cells, count)
    margin = np.zeros(len(kept), dtype=np.int64)
    if pattern is not None:
        margin = pattern.cell if rows is None else pattern.cell[rows]
    width = 1 if pattern is None else pattern.values.shape[0]
    fines, fine = distinct(pair * width + margin)
    fine_pair, fine_margin = np.divmod(fines, width)
    fine_domain = pair_domain[fine_pair]
    margins = None
    if pattern is not None:
        margins = _slots(
            variance,
            pattern,
            _Cells(
                count, fine_pair, fine_margin, pair_unit, pair_domain, pair_cell, cell_domain, cell_stratum
            ),
        )
        if margins is None:
            return None
    needed = [weights] if stage.cluster is not None else [weights, weights * weights]
    if pattern is not None:
        needed.append(pattern.functional * weights)
    return BinaryPlan(
        variance=variance,
        count=count,
        rows=rows,
        fine=3 * fine,
        weights=_by_cell([w if rows is None else w[rows] for w in needed], fine, len(fines)),
        fine_pair=fine_pair,
        fine_domain=fine_domain,
        fine_stratum=pair_stratum[fine_pair],
        pair_cell=pair_cell,
        pair_domain=pair_domain,
        cell_domain=cell_domain,
        cell_stratum=cell_stratum,
        margins=margins,
    )


def distinct(keys: IntArray) -> tuple[IntArray, IntArray]:
    """Distinct keys in ascending order, and the place of each key among them.

    Parameters
    ----------
    keys : array of int
        Keys, not negative.

    Returns
    -------
    tuple of array of int
        Distinct keys, and the inverse; found without sorting where the keys are dense.
    """
    top = int(keys.max()) + 1 if len(keys) else 0
    if top <= 4 * len(keys) + 1_000_000:
        present = np.zeros(top, dtype=np.bool_)
        present[keys] = True
        found = np.flatnonzero(present)
        place = np.zeros(top, dtype=np.int64)
        place[found] = np.arange(len(found))
        return found, place[keys]
    found, inverse = np.unique(keys, return_inverse=True)
    return found, inverse


def _by_cell(weights: list[FloatArray], fine: IntArray, cells: int) -> tuple[FloatArray, ...]:
    """Weights of cells instead of rows, where no cell holds two different ones."""
    if cells >= len(fine):
        return tuple(weights)
    first = np.zeros(cells, dtype=np.int64)
    first[fine] = np.arange(len(fine))
    of_cell = [w[first] for w in weights]
    same = all(bool((w == cell[fine]).all()) for w, cell in zip(weights, of_cell, strict=True))
    return tuple(of_cell if same else weights)


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    count: int
    fine_pair: IntArray
    fine_margin: IntArray
    pair_unit: IntArray
    pair_domain: IntArray
    pair_cell: IntArray
    cell_domain: IntArray
    cell_stratum: IntArray


def _pattern_of(variance: Variance) -> Pattern | None:
    return None if variance.calibration is None else variance.calibration.pattern


def _slots(variance: Variance, pattern: Pattern, cells: _Cells) -> _Margins | None:
    """Lay out which margin columns each domain touches, through its own rows or its strata's."""
    calibration, stage = variance.calibration, variance.stages[0]
    assert calibration is not None  # noqa: S101 -- the caller has looked
    q = calibration.gain.shape[0]
    by_stratum = _stratum_columns(stage, calibration.columns)
    fine = pattern.values[cells.fine_margin]
    fine_domain = cells.pair_domain[cells.fine_pair]
    cell = by_stratum[cells.cell_stratum]
    if cell.nnz > _MOST_ENTRIES:
        return None
    keys = [np.repeat(fine_domain, np.diff(fine.indptr)) * q + fine.indices]
    keys.append(np.repeat(cells.cell_domain, np.diff(cell.indptr)) * q + cell.indices)
    pair = None
    if stage.cluster is not None:
        pair = _scaled_rows(
            _adder(stage.cluster, stage.clusters) @ calibration.columns, stage.scale[stage.stratum]
        )[cells.pair_unit]
        keys.append(np.repeat(cells.pair_domain, np.diff(pair.indptr)) * q + pair.indices)
    found, place = distinct(np.concatenate(keys))
    domain, column = np.divmod(found, q)
    first = np.concatenate([[0], np.cumsum(np.bincount(domain, minlength=cells.count))])
    width = int(np.diff(first).max())
    if cells.count * width > _MOST_ENTRIES:
        return None
    slot = domain * width + np.arange(len(found)) - first[domain]
    columns = np.zeros((cells.count, width), dtype=np.int64)
    columns.ravel()[slot] = column
    places = np.split(slot[place], np.cumsum([len(key) for key in keys])[:-1])
    shape = cells.count * width
    functional = _map(fine, places[0], shape)
    by_fine = None
    if stage.cluster is None:
        fine_stratum = cells.pair_unit[cells.fine_pair]
        by_fine = _map(_scaled_rows(fine, stage.scale[fine_stratum]), places[0], shape)
    by_pair = None if pair is None else _map(pair, places[2], shape)
    return _Margins(pattern, functional, by_fine, by_pair, _map(cell, places[1], shape), width, columns)


def _stratum_columns(stage: Stage, columns: Matrix) -> Matrix:
    strata = stage.stratum if stage.cluster is None else stage.stratum[stage.cluster]
    return _adder(strata, stage.strata) @ columns


def _map(matrix: Matrix, slot: IntArray, slots: int) -> Matrix:
    """Sparse (slots, cells) array that sends each entry of a cell's margins to its slot."""
    cell = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return sparse.csr_array((matrix.data, (slot, cell)), shape=(slots, matrix.shape[0]))


def _scaled_rows(matrix: Matrix, factor: FloatArray) -> Matrix:
    matrix = sparse.csr_array(matrix)
    data = matrix.data * np.repeat(factor, np.diff(matrix.indptr))
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def _adder(codes: IntArray, groups: int) -> Matrix:
    """Sparse (groups, cells) array of ones that sums cells over groups."""
    cells = len(codes)
    return sparse.csr_array((np.ones(cells), (codes, np.arange(cells))), shape=(groups, cells))
