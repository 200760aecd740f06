"""Draws from the estimated joint distribution of the estimates: multivariate normal or t, single precision."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from trygghet._typing import FloatArray
from trygghet.errors import Problem, RankingError

SingleArray = npt.NDArray[np.float32]

NEGATIVE_EIGENVALUE = -1e-6
INDEPENDENT_CORRELATION = 0.1


def fresh_seed() -> int:
    """Take a new seed from the operating system, small enough to print.

    Returns
    -------
    int
        Between 0 and 2**32 - 1.
    """
    return int(np.random.SeedSequence().generate_state(1)[0])


@dataclass(frozen=True, slots=True, eq=False)
class BaseDraws:
    """Standard draws that one seed gives, reused for every area and every family.

    Parameters
    ----------
    normal : ndarray, shape (k, draws)
        Independent standard normal draws, float32.
    seed : int
        Their seed.
    """

    normal: SingleArray
    seed: int
    _factors: dict[float, SingleArray] = field(default_factory=dict, repr=False)

    @classmethod
    def make(cls, size: int, draws: int, seed: int) -> "BaseDraws":
        """Draw ``size`` x ``draws`` standard normals.

        Parameters
        ----------
        size : int
            Number of units to rank.
        draws : int
            Number of draws.
        seed : int
            Seed.

        Returns
        -------
        BaseDraws
            The draws with their seed.
        """
        rng = np.random.default_rng([seed, 0])
        return cls(rng.standard_normal((size, draws), dtype=np.float32), seed)

    def scale(self, dof: FloatArray) -> SingleArray:
        """Factors that turn normal draws into t draws, one row per entry of ``dof``.

        Parameters
        ----------
        dof : ndarray, shape (1,) or (k,)
            Degrees of freedom; infinite gives factors 1.

        Returns
        -------
        ndarray, shape (1, draws) or (k, draws)
            ``sqrt(dof / chi2(dof))``.
        """
        rng = np.random.default_rng([self.seed, 1])
        if dof.size == 1:
            degrees = float(dof[0])
            if degrees not in self._factors:
                self._factors[degrees] = self._one(degrees, rng)
            return self._factors[degrees][None]
        return np.stack([self._one(float(degrees), rng) for degrees in dof])

    def _one(self, degrees: float, rng: np.random.Generator) -> SingleArray:
        """Factors of one number of degrees of freedom."""
        count = self.normal.shape[1]
        if np.isinf(degrees):
            return np.ones(count, dtype=np.float32)
        factors: SingleArray = np.sqrt(degrees / rng.chisquare(degrees, count)).astype(np.float32)
        return factors


def factor(covariance: FloatArray) -> FloatArray:
    """Square root of a covariance by its eigenvalues; a singular one is fine, a negative one is not.

    Parameters
    ----------
    covariance : ndarray, shape (k, k)
        Symmetric; shares that sum to a constant make it singular.

    Returns
    -------
    ndarray, shape (k, k)
        ``F`` with ``F @ F.T`` equal to the covariance.

    Raises
    ------
    RankingError
        ``RANG-05`` if an eigenvalue is clearly negative.
    """
    if not np.any(covariance[~np.eye(len(covariance), dtype=bool)]):
        return np.diag(np.sqrt(np.diag(covariance)))
    eigenvalues, vectors = np.linalg.eigh(covariance)
    if eigenvalues[0] < NEGATIVE_EIGENVALUE * max(eigenvalues[-1], np.finfo(np.float64).tiny):
        raise RankingError(
            Problem(
                code="RANG-05",
                what=f"The covariance of {len(covariance)} estimates has a negative eigenvalue.",
                why="No estimates have such a covariance, so nothing can be drawn from it.",
                remedy="Take the covariance from one call of an estimator, not from pieces put together.",
                facts={"count": len(covariance)},
            )
        )
    return np.asarray(vectors * np.sqrt(np.clip(eigenvalues, 0.0, None)), dtype=np.float64)


def correlated(base: BaseDraws, covariance: FloatArray, dof: FloatArray) -> SingleArray:
    """Draws of centred estimates with the given covariance, multivariate t by ``dof``.

    Parameters
    ----------
    base : BaseDraws
        At least k rows.
    covariance : ndarray, shape (k, k)
        Covariance of the estimates.
    dof : ndarray, shape (k,)
        Degrees of freedom of each estimate. Where they differ and the estimates are nearly independent (all correlations
        within 0.1, as for separate areas), each has its own chi-square; otherwise one chi-square with the smallest.

    Returns
    -------
    ndarray, shape (k, draws)
        Draws, float32, in units where the largest standard error is 1.
    """
    variances = np.diag(covariance)
    unit = float(variances.max(initial=0.0)) or 1.0
    root = factor(covariance / unit)
    rows = base.normal[: len(root)]
    if not np.any(root[~np.eye(len(root), dtype=bool)]):
        drawn = np.diag(root).astype(np.float32)[:, None] * rows
    else:
        drawn = root.astype(np.float32) @ rows
    if np.all(np.isinf(dof)):
        return np.ascontiguousarray(drawn)
    own = bool(np.any(dof != dof[0])) and _nearly_independent(covariance)
    drawn *= base.scale(dof if own else dof.min(keepdims=True))
    return np.ascontiguousarray(drawn)


def _nearly_independent(covariance: FloatArray) -> bool:
    """Tell whether no pair of estimates correlates beyond 0.1."""
    errors = np.sqrt(np.diag(covariance))
    bound = INDEPENDENT_CORRELATION * np.outer(errors, errors)
    return bool(np.all(np.abs(covariance - np.diag(np.diag(covariance))) <= bound))
