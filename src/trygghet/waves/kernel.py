"""Covariance of a difference between two independent waves."""

from dataclasses import dataclass

import numpy as np

from trygghet._typing import FloatArray, IntArray
from trygghet.estimate.kernels import CovarianceKernel


@dataclass(frozen=True, slots=True, eq=False)
class IndependentKernel:
    """Sum of the covariances of two independent samples, cell by cell.

    Parameters
    ----------
    new, old : CovarianceKernel
        Kernels of the two waves.
    new_index, old_index : array of int, shape (p,)
        Position of each cell in each wave; -1 where a wave lacks it.

    Notes
    -----
    ``Cov(new - old) = Cov(new) + Cov(old)``: no person answers both waves, or who does was drawn independently.
    """

    new: CovarianceKernel
    old: CovarianceKernel
    new_index: IntArray
    old_index: IntArray

    def variances(self) -> FloatArray:
        """Variance of every difference.

        Returns
        -------
        array of float, shape (p,)
            Variances; NaN where a wave lacks the cell.
        """
        result: FloatArray = np.full(len(self.new_index), np.nan)
        both = self._both()
        result[both] = self.new.variances()[self.new_index[both]] + self.old.variances()[self.old_index[both]]
        return result

    def covariance(self, index: IntArray) -> FloatArray:
        """Joint covariance of differences.

        Parameters
        ----------
        index : array of int
            Positions of cells.

        Returns
        -------
        array of float, shape (len(index), len(index))
            Joint covariance; NaN in the rows and columns of cells that a wave lacks.
        """
        result: FloatArray = np.full((len(index), len(index)), np.nan)
        there = np.flatnonzero(self._both()[index])
        cells = np.asarray(index)[there]
        result[np.ix_(there, there)] = self.new.covariance(self.new_index[cells]) + self.old.covariance(
            self.old_index[cells]
        )
        return result

    def _both(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return (self.new_index >= 0) & (self.old_index >= 0)
