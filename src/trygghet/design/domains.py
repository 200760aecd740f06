"""Variances of one influence value over all domains of a partition at once: sums per cell, never rows times domains."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.design.covariance import ROUNDING, Variance
from trygghet.design.projection import Calibration
from trygghet.design.quadratic import Matrix, cluster_sums, row_sums
from trygghet.design.stages import Stage

_DENSE_LIMIT = 4_000_000


@dataclass(frozen=True, slots=True, eq=False)
class _StageCells:
    """Where each row of a stage goes: cluster by domain pairs, then stratum by domain cells."""

    stage: Stage
    pair: IntArray | None
    pair_cluster: IntArray
    pair_domain: IntArray
    cell: IntArray
    cell_stratum: IntArray
    cell_domain: IntArray

    def pair_sums(self, z: FloatArray) -> FloatArray:
        if self.pair is None:
            return z
        return summed(self.pair, z, len(self.pair_cluster))


@dataclass(frozen=True, slots=True, eq=False)
class _Margins:
    """Where the calibration's entries go: domain by margin-column slots."""

    calibration: Calibration
    entry: IntArray
    row: IntArray
    sample_row: IntArray
    slot: IntArray
    indices: IntArray
    indptr: IntArray
    cluster_columns: tuple[Matrix, ...]
    stratum_columns: tuple[Matrix, ...]

    def gathered(self, data: FloatArray) -> Matrix:
        """Sum entries into a sparse (domains, margin columns) array."""
        sums = np.bincount(self.slot, data, minlength=len(self.indices))
        shape = (len(self.indptr) - 1, self.calibration.gain.shape[0])
        return sparse.csr_array((sums, self.indices, self.indptr), shape=shape)


@dataclass(frozen=True, slots=True, eq=False)
class DomainPlan:
    """A partition of the sample into domains, prepared for many influence values.

    Parameters
    ----------
    variance : Variance
        The design's variance.
    codes : array of int, shape (n,)
        Domain of each row; -1 outside.
    count : int
        Number of domains.
    rows : array of int or None
        Rows inside a domain; None when all are.
    """

    variance: Variance
    codes: IntArray
    count: int
    rows: IntArray | None
    stages: tuple[_StageCells, ...]
    margins: _Margins | None

    def inside(self, values: FloatArray) -> FloatArray:
        """Keep the rows that belong to a domain.

        Parameters
        ----------
        values : array, shape (n,)
            One value a row of the sample.

        Returns
        -------
        array
            Values of the rows inside.
        """
        return values if self.rows is None else values[self.rows]

    def rows_inside(self, mask: BoolArray) -> BoolArray:
        """Keep the rows of a mask that belong to a domain.

        Parameters
        ----------
        mask : array of bool, shape (n,)
            One value a row of the sample.

        Returns
        -------
        array of bool
            Values of the rows inside.
        """
        return mask if self.rows is None else mask[self.rows]

    def variances(self, z: FloatArray) -> FloatArray:
        """Variance of the sum of a weighted influence value over each domain.

        Parameters
        ----------
        z : array of float
            Weight times influence, of the rows inside.

        Returns
        -------
        array of float, shape (count,)
            Variances.
        """
        total = np.zeros(self.count)
        size = np.zeros(self.count)
        firsts: list[FloatArray] = []
        for cells in self.stages:
            sums = cells.pair_sums(z)
            cell_count = len(cells.cell_stratum)
            first = summed(cells.cell, sums, cell_count)
            second = summed(cells.cell, sums * sums, cell_count)
            firsts.append(first)
            stage = cells.stage
            scale, own = stage.scale[cells.cell_stratum], _own_centre(stage)[cells.cell_stratum]
            spread = np.bincount(cells.cell_domain, scale * second, minlength=self.count)
            size += spread
            total += spread - np.bincount(cells.cell_domain, own * first * first, minlength=self.count)
            if stage.grand.any():
                total += self._grand_centre(cells, first)
            if self.margins is None and len(self.stages) == 1 and stage.averaged.any():
                touched = np.zeros((stage.strata, self.count), dtype=np.bool_)
                touched[cells.cell_stratum, cells.cell_domain] = second > 0
                total *= stage.average_factor(touched)
        if self.margins is not None:
            explained = self._explained(self.margins, z, firsts)
            total -= explained
            size += np.abs(explained)
        total[total <= ROUNDING * size] = 0.0
        return total

    def active(self, valid: BoolArray | None) -> tuple[IntArray, FloatArray]:
        """Rows and design degrees of freedom of each domain.

        Parameters
        ----------
        valid : array of bool or None
            Which of the rows inside count; all when None.

        Returns
        -------
        tuple of array, shape (count,)
            Rows, and first-stage clusters less strata that hold any of them.
        """
        cells = self.stages[0]
        weights = None if valid is None else valid.astype(np.float64)
        if cells.pair is None:
            in_cell = np.bincount(cells.cell, weights, minlength=len(cells.cell_stratum))
            n = clusters = np.bincount(cells.cell_domain, in_cell, minlength=self.count)
        else:
            in_pair = np.bincount(cells.pair, weights, minlength=len(cells.pair_cluster))
            in_cell = np.bincount(cells.cell, in_pair, minlength=len(cells.cell_stratum))
            n = np.bincount(cells.pair_domain, in_pair, minlength=self.count)
            clusters = np.bincount(cells.pair_domain, in_pair > 0, minlength=self.count)
        strata = np.bincount(cells.cell_domain, in_cell > 0, minlength=self.count)
        return n.astype(np.int64), (clusters - strata).astype(np.float64)

    def _grand_centre(self, cells: _StageCells, first: FloatArray) -> FloatArray:
        stage = cells.stage
        scale = np.where(stage.grand, stage.scale, 0.0)
        lonely = np.bincount(cells.cell_domain, scale[cells.cell_stratum] * first, minlength=self.count)
        mean = np.bincount(cells.cell_domain, first, minlength=self.count) / stage.clusters
        result: FloatArray = -2 * lonely * mean + scale.sum() * mean**2
        return result

    def _explained(self, margins: _Margins, z: FloatArray, firsts: list[FloatArray]) -> FloatArray:
        """Variance that the margins explain, 2 m'B - B'SB, a block of domains at a time; (count,)."""
        calibration = margins.calibration
        q = calibration.gain.shape[0]
        t = margins.gathered(calibration.functionals.data[margins.entry] * z[margins.row])
        step = max(1, _DENSE_LIMIT // max(q, 1))
        explained = np.empty(self.count)
        cross_of = self._cross(margins, z, firsts)
        for start in range(0, self.count, step):
            chunk = slice(start, min(start + step, self.count))
            part = t[chunk]
            cross = cross_of(chunk)
            twice = (cross * (part @ calibration.gain.T)).sum(axis=1)
            once = part.multiply(part @ self.variance.explained).sum(axis=1)
            explained[chunk] = 2 * twice - once
        return explained

    def _cross(
        self, margins: _Margins, z: FloatArray, firsts: list[FloatArray]
    ) -> Callable[[slice], FloatArray]:
        """Quadratic form between the calibration's columns and the influence, for a block of domains; (domains, q)."""
        parts: list[Matrix] = []
        for cells, first, by_cluster, by_stratum in zip(
            self.stages, firsts, margins.cluster_columns, margins.stratum_columns, strict=True
        ):
            stage = cells.stage
            if cells.pair is None:
                scale = stage.scale[stage.stratum[margins.sample_row]]
                data = margins.calibration.columns.data[margins.entry] * scale * z[margins.row]
                parts.append((margins.gathered(data), None))
            else:
                weights = stage.scale[stage.stratum[cells.pair_cluster]] * cells.pair_sums(z)
                places = (cells.pair_domain, cells.pair_cluster)
                parts.append(
                    (sparse.csr_array((weights, places), shape=(self.count, stage.clusters)), by_cluster)
                )
            own = -_own_centre(stage)[cells.cell_stratum] * first
            if stage.grand.any():
                parts.append((sparse.csr_array(self._grand_cross(cells, first, by_stratum)), None))
            places = (cells.cell_domain, cells.cell_stratum)
            parts.append((sparse.csr_array((own, places), shape=(self.count, stage.strata)), by_stratum))

        def block(chunk: slice) -> FloatArray:
            total: Matrix = 0.0
            for left, right in parts:
                part = left[chunk] if right is None else left[chunk] @ right
                total = total + part.toarray()
            result: FloatArray = total
            return result

        return block

    def _grand_cross(self, cells: _StageCells, first: FloatArray, by_stratum: Matrix) -> FloatArray:
        stage = cells.stage
        scale = np.where(stage.grand, stage.scale, 0.0)
        lonely = np.bincount(cells.cell_domain, scale[cells.cell_stratum] * first, minlength=self.count)
        mean = np.bincount(cells.cell_domain, first, minlength=self.count) / stage.clusters
        column_mean = np.asarray(by_stratum.sum(axis=0)) / stage.clusters
        column_lonely = by_stratum.T @ scale
        cross: FloatArray = scale.sum() * np.outer(mean, column_mean)
        cross -= np.outer(lonely, column_mean) + np.outer(mean, column_lonely)
        return cross


def summed(codes: IntArray, values: FloatArray, groups: int) -> FloatArray:
    """Sum values over groups.

    Parameters
    ----------
    codes : array of int
        Group of each value.
    values : array of float
        Values.
    groups : int
        Number of groups.

    Returns
    -------
    array of float, shape (groups,)
        Totals.
    """
    totals: FloatArray = np.bincount(codes, values, minlength=groups).astype(np.float64, copy=False)
    return totals


def plan_domains(variance: Variance, codes: IntArray, count: int) -> DomainPlan:
    """Prepare a partition of the sample for :meth:`DomainPlan.variances`.

    Parameters
    ----------
    variance : Variance
        The design's variance.
    codes : array of int, shape (n,)
        Domain of each row; -1 outside every domain.
    count : int
        Number of domains.

    Returns
    -------
    DomainPlan
        Index arrays; their size grows with the rows, not with the domains.
    """
    inside = codes >= 0
    rows = None if inside.all() else np.flatnonzero(inside)
    kept = codes if rows is None else codes[rows]
    where = _Where(kept, rows, count)
    stages = tuple(_stage_cells(stage, where) for stage in variance.stages)
    margins = None
    if variance.calibration is not None:
        margins = _margin_slots(variance.stages, variance.calibration, where)
    return DomainPlan(variance, kept, count, rows, stages, margins)


@dataclass(frozen=True, slots=True, eq=False)
class _Where:
    """Domain of each row inside, the rows inside (None when all are), and the number of domains."""

    kept: IntArray
    rows: IntArray | None
    count: int


def _stage_cells(stage: Stage, where: _Where) -> _StageCells:
    kept, rows, count = where.kept, where.rows, where.count
    if stage.cluster is None:
        stratum = stage.stratum if rows is None else stage.stratum[rows]
        pair, cluster, domain = None, np.empty(0, dtype=np.int64), kept
    else:
        of_row = stage.cluster if rows is None else stage.cluster[rows]
        pairs, pair = np.unique(of_row * count + kept, return_inverse=True)
        cluster, domain = np.divmod(pairs, count)
        stratum = stage.stratum[cluster]
    cells, cell = np.unique(stratum * count + domain, return_inverse=True)
    cell_stratum, cell_domain = np.divmod(cells, count)
    pair_domain = domain if pair is not None else np.empty(0, dtype=np.int64)
    return _StageCells(stage, pair, cluster, pair_domain, cell, cell_stratum, cell_domain)


def _margin_slots(stages: tuple[Stage, ...], calibration: Calibration, where: _Where) -> _Margins:
    columns = calibration.columns
    n, q = columns.shape
    position = np.full(n, -1, dtype=np.int64)
    position[np.arange(n) if where.rows is None else where.rows] = np.arange(len(where.kept))
    sample_row = np.repeat(np.arange(n), np.diff(columns.indptr))
    row = position[sample_row]
    entry = np.flatnonzero(row >= 0)
    row, sample_row = row[entry], sample_row[entry]
    keys, slot = np.unique(where.kept[row] * q + columns.indices[entry], return_inverse=True)
    domain, index = np.divmod(keys, q)
    indptr = np.concatenate([[0], np.cumsum(np.bincount(domain, minlength=where.count))])
    by_cluster = tuple(cluster_sums(stage, columns) for stage in stages)
    by_stratum = tuple(
        row_sums(stage.stratum, stage.strata, clustered)
        for stage, clustered in zip(stages, by_cluster, strict=True)
    )
    return _Margins(calibration, entry, row, sample_row, slot, index, indptr, by_cluster, by_stratum)


def _own_centre(stage: Stage) -> FloatArray:
    own: FloatArray = np.where(stage.grand, 0.0, stage.scale / np.maximum(stage.count, 1.0))
    return own
