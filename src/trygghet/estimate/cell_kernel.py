"""Joint covariance of cells straight from the design: the influence values of the cells that are asked for, and no others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from trygghet._threads import one_thread
from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.design import SurveyDesign
from trygghet.design.quadratic import Matrix
from trygghet.estimate.items import Item, Scores, valid_rows
from trygghet.estimate.partitions import Partition
from trygghet.estimate.ratios import CellFigures
from trygghet.estimate.replicated import replicate_deviations

_DENSE_SHARE = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class CellKernel:
    """Covariance of items by domains of one design.

    Parameters
    ----------
    design : SurveyDesign
        The full sample.
    items : tuple of Item
        Items, in the order of the cells.
    partitions : tuple of Partition
        Partitions, in the order of the cells within an item.
    figures : CellFigures
        Values, weighted bases and variances of the cells.
    total : bool
        Whether the cells are totals instead of ratios.
    """

    design: SurveyDesign
    items: tuple[Item, ...]
    partitions: tuple[Partition, ...]
    figures: CellFigures
    total: bool

    @property
    def domains(self) -> int:
        """Domains of all partitions: cells an item."""
        return sum(map(len, self.partitions))

    def rows_of(self, domain: int) -> BoolArray:
        """Rows of a domain.

        Parameters
        ----------
        domain : int
            Position among the domains of all partitions.

        Returns
        -------
        array of bool, shape (n,)
            True inside.

        Raises
        ------
        IndexError
            When there is no such domain.
        """
        for partition in self.partitions:
            if domain < len(partition):
                return np.asarray(partition.codes == domain)
            domain -= len(partition)
        raise IndexError(domain)

    def variances(self) -> FloatArray:
        """Variance of every cell.

        Returns
        -------
        array of float, shape (p,)
            Variances; NaN in empty domains.
        """
        return self.figures.variances.ravel()

    def covariance(self, index: IntArray) -> FloatArray:
        """Joint covariance of some cells.

        Parameters
        ----------
        index : array of int
            Positions of cells.

        Returns
        -------
        array of float, shape (len(index), len(index))
            Covariance; NaN in the rows and columns of empty domains.
        """
        index = np.asarray(index, dtype=np.int64)
        if self.figures.replicated is not None:
            item, domain = np.divmod(index, self.domains)
            replicated = self.figures.replicated[domain, :, item].T
            deviations = replicate_deviations(self.design, replicated, self.figures.values.ravel()[index])
            with one_thread():
                result = np.asarray(deviations.T @ deviations, dtype=np.float64)
        else:
            with one_thread():
                result = self.design.variance.of_sums(self.influence(index))
        empty = ~np.isfinite(self.variances()[index])
        result[empty, :] = np.nan
        result[:, empty] = np.nan
        return result

    def logit_errors(self) -> FloatArray | None:
        """Errors of the log odds from the replicates' own log odds.

        Returns
        -------
        array of float, shape (p,), or None
            Standard errors on the logit scale; None for a linearised design.
        """
        replicated = self.figures.replicated
        if replicated is None or self.total:
            return None
        errors = np.full(self.figures.values.shape, np.nan)
        with np.errstate(divide="ignore", invalid="ignore"):
            for domain, shares in enumerate(replicated):
                point = self.figures.values[:, domain]
                deviations = replicate_deviations(
                    self.design, np.log(shares / (1 - shares)), np.log(point / (1 - point))
                )
                errors[:, domain] = np.sqrt((deviations**2).sum(axis=0))
        return errors.ravel()

    def weight_effects(self) -> FloatArray | None:
        """Design effects of unequal weights alone.

        Returns
        -------
        array of float, shape (p,)
            ``n sum w^2 / (sum w)^2`` over each cell's valid answers (Kish 1965); NaN in empty domains.
        """
        effects = np.full(self.figures.values.shape, np.nan)
        for item in range(len(self.items)):
            valid = self._scores(item)[1]
            for partition, first in zip(self.partitions, self._starts(), strict=True):
                inside = (partition.codes >= 0) & valid
                codes, w = partition.codes[inside], self.design.weights[inside]
                sums, squares, n = (
                    np.bincount(codes, values, minlength=len(partition))
                    for values in (w, w * w, np.ones(len(w)))
                )
                with np.errstate(divide="ignore", invalid="ignore"):
                    effects[item, first : first + len(partition)] = n * squares / sums**2
        return effects.ravel()

    def influence(self, index: IntArray) -> Matrix:
        """Weight times influence value of each row on some cells.

        Parameters
        ----------
        index : array of int
            Positions of cells.

        Returns
        -------
        array or sparse array, shape (n, len(index))
            Zero outside each cell's domain.
        """
        wanted_item, wanted_domain = np.divmod(index, self.domains)
        rows: list[IntArray] = []
        places: list[IntArray] = []
        values: list[FloatArray] = []
        for item in np.unique(wanted_item):
            z, valid = self._scores(int(item))
            for partition, first in zip(self.partitions, self._starts(), strict=True):
                mine = (
                    (wanted_item == item)
                    & (wanted_domain >= first)
                    & (wanted_domain < first + len(partition))
                )
                for position in np.flatnonzero(mine):
                    domain = int(wanted_domain[position])
                    inside = np.flatnonzero((partition.codes == domain - first) & valid)
                    rows.append(inside)
                    places.append(np.full(len(inside), position))
                    values.append(self._cell(z, (int(item), domain), inside))
        joined = (np.concatenate(rows or [index]), np.concatenate(places or [index]))
        shape = (self.design.n, len(index))
        matrix = sparse.csr_array((np.concatenate(values or [np.zeros(0)]), joined), shape=shape)
        return matrix.toarray() if matrix.nnz > _DENSE_SHARE * np.prod(shape) else matrix

    def _starts(self) -> Sequence[int]:
        ends = np.cumsum([len(partition) for partition in self.partitions])
        return [int(end) - len(partition) for end, partition in zip(ends, self.partitions, strict=True)]

    def _scores(self, item: int) -> tuple[Scores, BoolArray]:
        y, x = self.items[item].scores(self.design.columns)
        return (y, x), valid_rows(y, x, self.design.weights > 0)

    def _cell(self, scores: Scores, cell: tuple[int, int], inside: IntArray) -> FloatArray:
        y, x = scores
        weights = self.design.weights[inside]
        if self.total:
            return weights * y[inside]
        value, size = self.figures.values[cell], self.figures.size[cell]
        part = y[inside] - value * (1.0 if x is None else x[inside])
        return weights * part / size if size > 0 else np.zeros(len(inside))
