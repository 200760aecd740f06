"""Replicate weights: given, jackknife, balanced half-samples, bootstrap; each replicate calibrated like the sample itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from trygghet._typing import FloatArray, IntArray

ReplicateKind = Literal["given", "jk1", "jkn", "brr", "fay", "sdr", "bootstrap", "generalised"]
Centre = Literal["mean", "estimate"]
WeightBlock = npt.NDArray[np.float64] | npt.NDArray[np.float32]


class ReplicateSource(Protocol):
    """Where replicate weights come from, a block of rows at a time."""

    @property
    def count(self) -> int:
        """Number of replicates."""

    def blocks(self) -> Iterator[tuple[IntArray, WeightBlock]]:
        """Rows of the sample and their weights (rows, R); every row once, in the same order each time."""


@dataclass(frozen=True, slots=True, eq=False)
class GivenSource:
    """A matrix of replicate weights.

    Parameters
    ----------
    weights : array of float, shape (n, R)
        Weight of each row in each replicate.
    """

    weights: FloatArray

    @property
    def count(self) -> int:
        """Number of replicates."""
        return int(self.weights.shape[1])

    def blocks(self) -> Iterator[tuple[IntArray, WeightBlock]]:
        """All rows at once.

        Yields
        ------
        tuple
            Rows and their weights.
        """
        yield np.arange(len(self.weights)), self.weights


@dataclass(frozen=True, slots=True, eq=False)
class CellFactors:
    """Calibration factors of replicates, one a cell.

    Parameters
    ----------
    cell : array of int, shape (n,)
        Calibration cell of each row.
    factors : array of float32, shape (cells, R)
        Factor of each cell in each replicate.
    """

    cell: IntArray
    factors: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class BootstrapSource:
    """Rescaled bootstrap of Rao, Wu and Yue, drawn again from its seeds whenever it is read: no matrix of rows by replicates.

    Parameters
    ----------
    weights : array of float, shape (n,)
        Weights before calibration.
    strata : tuple of array of int
        Rows of each stratum, ordered by cluster.
    clusters : tuple of array of int
        Cluster of each of these rows within its stratum, 0..m_h-1.
    fractions : array of float
        Sampling fraction of each stratum's clusters.
    replicates : int
        Number of replicates.
    seed : int
        Seed; every stratum has its own stream of it, so that neither order nor workers matter.
    calibration : CellFactors or None
        Factors that calibrate each replicate.

    Notes
    -----
    With ``m_h = n_h - 1`` clusters drawn with replacement and ``t`` the number of times a cluster is drawn, the weight is multiplied
    by ``1 - a + a n_h / (n_h - 1) t`` with ``a = sqrt(1 - f_h)``; never negative.

    References
    ----------
    Rao, J. N. K., Wu, C. F. J. and Yue, K. (1992), Some recent work on resampling methods for complex surveys, Survey Methodology
    18, 209-217.
    """

    weights: FloatArray
    strata: tuple[IntArray, ...]
    clusters: tuple[IntArray, ...]
    fractions: FloatArray
    replicates: int
    seed: int
    calibration: CellFactors | None = None

    @property
    def count(self) -> int:
        """Number of replicates."""
        return self.replicates

    def blocks(self) -> Iterator[tuple[IntArray, WeightBlock]]:
        """One stratum at a time.

        Yields
        ------
        tuple
            Rows and their weights.
        """
        for number, (rows, cluster) in enumerate(zip(self.strata, self.clusters, strict=True)):
            factor = self._factors(number, int(cluster.max()) + 1)[cluster]
            factor *= self.weights[rows, None].astype(np.float32)
            if self.calibration is not None:
                factor *= self.calibration.factors[self.calibration.cell[rows]]
            yield rows, factor

    def _factors(self, stratum: int, size: int) -> npt.NDArray[np.float32]:
        if size == 1:
            return np.ones((1, self.replicates), dtype=np.float32)
        rng = np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(stratum,)))
        drawn = rng.integers(0, size, (self.replicates, size - 1), dtype=np.int32)
        drawn += (np.arange(self.replicates, dtype=np.int32) * size)[:, None]
        times = np.bincount(drawn.ravel(), minlength=self.replicates * size).reshape(self.replicates, size)
        a = float(np.sqrt(max(1 - self.fractions[stratum], 0.0)))
        factor = times.T.astype(np.float32, order="C")
        factor *= np.float32(a * size / (size - 1))
        factor += np.float32(1 - a)
        return factor


@dataclass(frozen=True, slots=True, eq=False)
class Replicates:
    """Replicate weights and how their estimates become a variance.

    Parameters
    ----------
    source : ReplicateSource
        The weights.
    scale : float
        Common multiplier of the squared deviations.
    rscales : array of float, shape (R,)
        Multiplier of each replicate.
    kind : str
        How they were made.
    centre : str
        Deviations from the ``mean`` of the replicates or from the full sample's ``estimate``.
    dof : float or None
        Degrees of freedom where only the weights are known; None to use the design's.
    failures : int
        Replicates that did not meet their margins.
    """

    source: ReplicateSource
    scale: float
    rscales: FloatArray
    kind: ReplicateKind = "given"
    centre: Centre = "mean"
    dof: float | None = None
    failures: int = 0

    def deviations(self, replicated: FloatArray, estimate: FloatArray) -> FloatArray:
        """Scaled deviations whose cross products are the covariance.

        Parameters
        ----------
        replicated : array of float, shape (R, p)
            Estimates of each replicate.
        estimate : array of float, shape (p,)
            Estimates of the full sample.

        Returns
        -------
        array of float, shape (R, p)
            ``sqrt(scale rscale) (theta_r - centre)``.
        """
        used = self.rscales > 0
        centre = estimate if self.centre == "estimate" else replicated[used].mean(axis=0)
        factor = np.sqrt(self.scale * self.rscales).astype(replicated.dtype)
        result: FloatArray = (replicated - centre.astype(replicated.dtype)) * factor[:, None]
        return result

    def matrix(self, rows: int) -> FloatArray:
        """All replicate weights; for samples that are small enough.

        Parameters
        ----------
        rows : int
            Rows of the sample.

        Returns
        -------
        array of float, shape (n, R)
            Weights.
        """
        whole = np.empty((rows, self.source.count))
        for part, weights in self.source.blocks():
            whole[part] = weights
        return whole
