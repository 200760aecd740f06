"""Joint covariance of many estimates: asked for by cell, computed for what is asked, never for everything."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from trygghet._threads import one_thread
from trygghet._typing import FloatArray, IntArray

_SMALL = 32
"""Cells below which a product is never cut up."""


@runtime_checkable
class CovarianceKernel(Protocol):
    """What an :class:`~trygghet.estimate.Estimates` knows about the joint error of its cells."""

    def variances(self) -> FloatArray:
        """Variance of every cell; shape (p,)."""

    def covariance(self, index: IntArray) -> FloatArray:
        """Joint covariance of some cells.

        Parameters
        ----------
        index : array of int
            Positions of cells.

        Returns
        -------
        array of float, shape (len(index), len(index))
            Covariance.
        """


@runtime_checkable
class LogitKernel(Protocol):
    """A kernel that knows the errors of log odds better than by the slope at the estimate."""

    def logit_errors(self) -> FloatArray | None:
        """Standard error of each cell's log odds; None where it has to follow from the variance."""


@runtime_checkable
class WeightedKernel(Protocol):
    """A kernel that knows the weights behind its cells."""

    def weight_effects(self) -> FloatArray | None:
        """Kish's design effect of the weights of each cell; None where the weights are not known."""


@dataclass(frozen=True, slots=True, eq=False)
class DenseKernel:
    """A covariance matrix that is already computed.

    Parameters
    ----------
    matrix : array of float, shape (p, p)
        Joint covariance of all cells.
    """

    matrix: FloatArray

    def variances(self) -> FloatArray:
        """Diagonal of the matrix.

        Returns
        -------
        array of float, shape (p,)
            Variances.
        """
        return np.diagonal(self.matrix).copy()

    def covariance(self, index: IntArray) -> FloatArray:
        """Rows and columns at ``index``.

        Parameters
        ----------
        index : array of int
            Positions of cells.

        Returns
        -------
        array of float, shape (len(index), len(index))
            Joint covariance.
        """
        return self.matrix[np.ix_(index, index)]


@dataclass(frozen=True, slots=True, eq=False)
class PickedKernel:
    """Some cells of another kernel, in a new order.

    Parameters
    ----------
    parent : CovarianceKernel
        Kernel of the cells that were picked from.
    index : array of int
        Position in the parent of each cell here.
    """

    parent: CovarianceKernel
    index: IntArray

    def variances(self) -> FloatArray:
        """Variances of the picked cells.

        Returns
        -------
        array of float, shape (p,)
            Variances.
        """
        return self.parent.variances()[self.index]

    def covariance(self, index: IntArray) -> FloatArray:
        """Covariance of picked cells.

        Parameters
        ----------
        index : array of int
            Positions among the picked cells.

        Returns
        -------
        array of float, shape (len(index), len(index))
            Joint covariance.
        """
        return self.parent.covariance(self.index[index])

    def logit_errors(self) -> FloatArray | None:
        """Errors of the log odds, where the parent knows them.

        Returns
        -------
        array of float, shape (p,), or None
            Standard errors on the logit scale.
        """
        found = self.parent.logit_errors() if isinstance(self.parent, LogitKernel) else None
        return None if found is None else found[self.index]

    def weight_effects(self) -> FloatArray | None:
        """Kish's design effects, where the parent knows the weights.

        Returns
        -------
        array of float, shape (p,), or None
            Design effects of unequal weights.
        """
        found = self.parent.weight_effects() if isinstance(self.parent, WeightedKernel) else None
        return None if found is None else found[self.index]


@dataclass(frozen=True, slots=True, eq=False)
class LinearKernel:
    """Linear combinations of the cells of another kernel.

    Parameters
    ----------
    parent : CovarianceKernel
        Kernel of the cells that are combined.
    coefficients : array of float, shape (p, parent cells)
        One combination a row.

    Notes
    -----
    ``Cov(L t) = L Cov(t) L'``; only parent cells with a non-zero coefficient are asked for.
    """

    parent: CovarianceKernel
    coefficients: FloatArray

    def variances(self) -> FloatArray:
        """Variances of the combinations.

        Returns
        -------
        array of float, shape (p,)
            Variances.
        """
        return np.diagonal(self.covariance(np.arange(len(self.coefficients)))).copy()

    def covariance(self, index: IntArray) -> FloatArray:
        """Covariance of combinations.

        Parameters
        ----------
        index : array of int
            Positions of combinations.

        Returns
        -------
        array of float, shape (len(index), len(index))
            Joint covariance.
        """
        rows = self.coefficients[index]
        used = np.flatnonzero(np.any(rows != 0.0, axis=0))
        part = rows[:, used]
        covariance = self.parent.covariance(used)
        if used.size <= _SMALL:
            result: FloatArray = part @ covariance @ part.T
            return result
        with one_thread():
            return np.asarray(part @ covariance @ part.T, dtype=np.float64)
