"""Makes replicate weights from a design: jackknife, balanced half-samples, successive differences, bootstraps."""

from dataclasses import dataclass

import numpy as np

from trygghet._typing import FloatArray, IntArray
from trygghet.design.hadamard import hadamard
from trygghet.design.replicates import BootstrapSource, Centre, GivenSource, ReplicateKind, Replicates
from trygghet.design.stages import Stage
from trygghet.errors import DesignError, Problem

_MOST_SUCCESSIVE = 4096


@dataclass(frozen=True, slots=True)
class ReplicateOptions:
    """How replicates are made.

    Parameters
    ----------
    count : int
        Replicates of a bootstrap; at least as many as units for successive differences.
    seed : int
        Seed of a bootstrap.
    rho : float
        Fay's coefficient: a half-sample's weights are multiplied by ``2 - rho`` and ``rho``.
    tau : float
        Rescaling of the generalised bootstrap; 2 keeps its weights positive.
    centre : str
        ``mean`` of the replicates, or the full sample's ``estimate``.
    tolerance : float
        Largest relative margin error of a calibrated replicate.
    max_iterations : int
        Sweeps or Newton steps of its calibration.
    bounds : tuple of float, optional
        Bounds of its calibration factors, as the sample's; the logit method needs them.
    """

    count: int = 1000
    seed: int = 1
    rho: float = 0.3
    tau: float = 2.0
    centre: Centre = "mean"
    tolerance: float = 1e-6
    max_iterations: int = 50
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FirstStage:
    """First stage of a sample, with its fractions.

    Parameters
    ----------
    cluster : array of int, shape (n,)
        Cluster of each row.
    stratum : array of int, shape (m,)
        Stratum of each cluster.
    fraction : array of float, shape (S,)
        Sampling fraction of each stratum.
    """

    cluster: IntArray
    stratum: IntArray
    fraction: FloatArray

    @property
    def count(self) -> FloatArray:
        """Clusters of each stratum; shape (S,)."""
        return np.bincount(self.stratum, minlength=len(self.fraction)).astype(np.float64)


def first_stage(stage: Stage) -> FirstStage:
    """First stage with the fractions that its multipliers imply.

    Parameters
    ----------
    stage : Stage
        First stage of a design.

    Returns
    -------
    FirstStage
        Clusters, strata and fractions.
    """
    cluster = np.arange(len(stage.stratum)) if stage.cluster is None else stage.cluster
    many = stage.count > 1
    fraction = np.ones(len(stage.count))
    fraction[many] = 1 - stage.scale[many] * (stage.count[many] - 1) / stage.count[many]
    return FirstStage(cluster, stage.stratum, np.clip(fraction, 0.0, 1.0))


def make_replicates(
    stage: FirstStage, weights: FloatArray, kind: ReplicateKind, *, options: ReplicateOptions
) -> Replicates:
    """Make replicate weights.

    Parameters
    ----------
    stage : FirstStage
        First stage of the sample.
    weights : array of float, shape (n,)
        Weights before calibration.
    kind : str
        ``jk1``, ``jkn``, ``brr``, ``fay``, ``sdr``, ``bootstrap`` or ``generalised``.
    options : ReplicateOptions
        Number, seed and coefficients.

    Returns
    -------
    Replicates
        Weights, uncalibrated, and their scales.

    Raises
    ------
    DesignError
        URV-13 when the design does not fit the kind.

    References
    ----------
    Fay, R. E. and Train, G. F. (1995), Aspects of survey and model-based postcensal estimation, Proc. Section on Government
    Statistics, ASA, 154-159.
    Wolter, K. M. (2007), Introduction to Variance Estimation, 2nd ed., Springer, doi:10.1007/978-0-387-35099-8.
    Beaumont, J.-F. and Patak, Z. (2012), On the generalized bootstrap, International Statistical Review 80,
    doi:10.1111/j.1751-5823.2011.00166.x.
    """
    if kind == "bootstrap":
        return Replicates(
            bootstrap_source(stage, weights, options),
            1 / (options.count - 1 if options.centre == "mean" else options.count),
            np.ones(options.count),
            kind,
            options.centre,
        )
    makers = {"jk1": _jackknife, "jkn": _jackknife, "brr": _halves, "fay": _halves, "sdr": _successive}
    if kind == "generalised":
        factors, scale, rscales = _generalised(stage, options)
    elif kind in makers:
        factors, scale, rscales = makers[kind](stage, kind, options)
    else:
        raise _unfit(kind, "given weights are taken by with_replicates")
    matrix = weights[:, None] * factors[stage.cluster]
    return Replicates(GivenSource(matrix), scale, rscales, kind, options.centre)


def bootstrap_source(stage: FirstStage, weights: FloatArray, options: ReplicateOptions) -> BootstrapSource:
    """Rescaled bootstrap of a sample.

    Parameters
    ----------
    stage : FirstStage
        First stage of the sample.
    weights : array of float, shape (n,)
        Weights before calibration.
    options : ReplicateOptions
        Number and seed.

    Returns
    -------
    BootstrapSource
        Drawn again each time it is read.
    """
    of_row = stage.stratum[stage.cluster]
    order = np.lexsort((stage.cluster, of_row))
    ends = np.cumsum(np.bincount(of_row, minlength=len(stage.fraction)))
    strata = tuple(part for part in np.split(order, ends[:-1]) if len(part))
    present = [int(of_row[part[0]]) for part in strata]
    clusters = tuple(np.unique(stage.cluster[part], return_inverse=True)[1] for part in strata)
    return BootstrapSource(weights, strata, clusters, stage.fraction[present], options.count, options.seed)


Made = tuple[FloatArray, float, FloatArray]


def _jackknife(stage: FirstStage, kind: ReplicateKind, options: ReplicateOptions) -> Made:  # noqa: ARG001
    """Leave out one cluster at a time; the others of its stratum make up for it."""
    strata = len(stage.fraction)
    if kind == "jk1" and strata > 1:
        raise _unfit(kind, "the sample is stratified; use jkn")
    count = stage.count[stage.stratum]
    same = stage.stratum[:, None] == stage.stratum[None, :]
    factors = np.where(same, (count / np.maximum(count - 1, 1))[None, :], 1.0)
    np.fill_diagonal(factors, 0.0)
    rscales = (1 - stage.fraction[stage.stratum]) * (count - 1) / count
    lone = count == 1
    factors[:, lone] = 1.0
    if kind == "jk1":
        return factors, float(rscales[0]), np.ones(len(rscales))
    return factors, 1.0, rscales


def _halves(stage: FirstStage, kind: ReplicateKind, options: ReplicateOptions) -> Made:
    """Half-samples by a Hadamard matrix without its constant column: every cluster takes part in the variance."""
    if not (stage.count == 2).all():
        raise _unfit(kind, "half-samples need exactly two sampling units in every stratum")
    strata = len(stage.fraction)
    matrix = hadamard(strata)
    size, signs = len(matrix), matrix[:, 1 : strata + 1]
    order = np.argsort(stage.stratum, kind="stable")
    side = np.empty(len(stage.stratum))
    side[order] = np.tile([1.0, -1.0], strata)
    rho = options.rho if kind == "fay" else 0.0
    factors = 1 + (1 - rho) * side[:, None] * signs[:, stage.stratum].T
    return factors, 1 / (size * (1 - rho) ** 2), np.ones(size)


def _successive(stage: FirstStage, kind: ReplicateKind, options: ReplicateOptions) -> Made:
    """Successive differences along the order of the clusters, each stratum a closed loop, for systematic samples."""
    units = len(stage.stratum)
    size = 1 << int(np.ceil(np.log2(max(options.count, units + 1))))
    if size > _MOST_SUCCESSIVE:
        raise _unfit(
            kind, f"{units} sampling units need {size} replicates, a row of the Hadamard matrix for each"
        )
    order = np.argsort(stage.stratum, kind="stable")
    following = np.empty(units, dtype=np.int64)
    for loop in np.split(order, np.cumsum(stage.count.astype(np.int64))[:-1]):
        following[loop] = np.roll(loop, -1)
    signs = hadamard(size - 1)[1:]
    shrink = np.sqrt(1 - stage.fraction[stage.stratum])[:, None]
    factors = 1 + 2**-1.5 * shrink * (signs[:units] - signs[following])
    return factors, 4 / size, np.ones(size)


def _generalised(stage: FirstStage, options: ReplicateOptions) -> Made:
    """Random signs centred in each stratum, rescaled so that weights stay positive."""
    rng = np.random.default_rng(np.random.SeedSequence(options.seed))
    signs = rng.integers(0, 2, (len(stage.stratum), options.count)).astype(np.float64) * 2 - 1
    count = stage.count
    means = np.zeros((len(count), options.count))
    np.add.at(means, stage.stratum, signs)
    means /= np.maximum(count, 1)[:, None]
    spread = np.sqrt((1 - stage.fraction) * count / np.maximum(count - 1, 1))[stage.stratum]
    factors = 1 + spread[:, None] * (signs - means[stage.stratum]) / options.tau
    return factors, options.tau**2 / options.count, np.ones(options.count)


def _unfit(kind: str, why: str) -> DesignError:
    return DesignError(
        Problem(
            code="URV-13",
            what=f"replicates of kind {kind} do not fit the design",
            why=why,
            remedy="choose bootstrap, which fits every design",
            facts={"metod": kind},
        )
    )
