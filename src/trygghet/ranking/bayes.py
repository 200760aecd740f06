"""Bayesian ranks of areas through a Fay-Herriot model: model-based, and read beside the rank sets."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from trygghet._typing import FloatArray, IntArray
from trygghet.errors import Problem, RankingError
from trygghet.estimate import Estimates
from trygghet.estimate.told import result_html
from trygghet.ranking.draws import fresh_seed
from trygghet.ranking.options import RankOptions
from trygghet.ranking.sets import RankSets
from trygghet.ranking.verbs import rank

Variances = Literal["smoothed", "direct"]

LARGEST_CORRELATION = 0.1
GRID = 2000
MODEL_BASED = "Model-based: areas are taken as exchangeable given their covariates. Not a rank set and not a confidence statement."


@dataclass(frozen=True, slots=True, eq=False)
class BayesRanks:
    """Expected ranks and probabilities of being among the first, from the posterior of an area model.

    Parameters
    ----------
    sets : RankSets
        Rank sets of the direct estimates, to be shown beside.
    mean, spread : ndarray, shape (k,)
        Posterior mean and standard deviation of each area; NaN where the area has no estimate.
    expected_rank : ndarray, shape (k,)
        Posterior expectation of the rank, which minimises the squared error of the rank.
    place_shares : ndarray, shape (k, k)
        Entry (j, r): posterior probability that area j has place r + 1.
    between : float
        Posterior median of the standard deviation between areas given the covariates.
    variances : {"smoothed", "direct"}
        Sampling variances that were used.
    draws, seed : int
        Number of posterior draws, and their seed.
    covariates : ndarray, shape (k, q), or None
        Covariates of the areas.
    note : str
        What the ranks rest on.
    """

    sets: RankSets
    mean: FloatArray
    spread: FloatArray
    expected_rank: FloatArray
    place_shares: FloatArray
    between: float
    variances: Variances
    draws: int
    seed: int
    covariates: FloatArray | None = None
    note: str = MODEL_BASED

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the areas."""
        return self.sets.labels

    def among_first(self, m: int) -> FloatArray:
        """Posterior probability that each area is among the first m.

        Parameters
        ----------
        m : int
            Number of first places.

        Returns
        -------
        ndarray, shape (k,)
            Probabilities; NaN where the area has no estimate.
        """
        return np.asarray(self.place_shares[:, :m].sum(axis=1), dtype=np.float64)

    @property
    def sucra(self) -> FloatArray:
        """Share of the other areas that each is expected to be before, ``(k - E R) / (k - 1)``."""
        count = int(self.sets.ranked.sum())
        return np.asarray((count - self.expected_rank) / max(count - 1, 1), dtype=np.float64)

    def _repr_html_(self) -> str:
        return result_html(
            "Ranks under a model of the areas",
            self.to_frame(),
            (self.note, f"{self.draws:,} draws, seed {self.seed}"),
        )

    def to_frame(self, *, m: int = 3) -> pd.DataFrame:
        """Lay the model's ranks out beside the rank sets.

        Parameters
        ----------
        m : int
            Number of first places to add up.

        Returns
        -------
        DataFrame
            Columns label, estimate, model_mean, model_sd, expected_rank, probability_among_first, rank, lower, upper, basis.
        """
        beside = self.sets.to_frame()
        return pd.DataFrame(
            {
                "label": list(self.labels),
                "estimate": self.sets.values,
                "model_mean": self.mean,
                "model_sd": self.spread,
                "expected_rank": self.expected_rank,
                "probability_among_first": self.among_first(m),
                "rank": beside["rank"],
                "lower": beside["lower"],
                "upper": beside["upper"],
                "basis": "model-based",
            }
        )


def bayes_ranks(
    estimates: Estimates,
    *,
    covariates: FloatArray | None = None,
    variances: Variances = "smoothed",
    options: RankOptions | None = None,
) -> BayesRanks:
    """Rank areas by the posterior of a Fay-Herriot model with flat priors.

    Parameters
    ----------
    estimates : Estimates
        One item in several areas, nearly independent of each other.
    covariates : ndarray, shape (k, q), or None
        Area covariates without a constant, known for the population; none leaves a common mean.
    variances : {"smoothed", "direct"}
        ``smoothed``: for shares, mean design effect times ``p (1 - p) / n`` with the common p; estimated variances of small areas
        are themselves too uncertain. ``direct``: the estimated ones.
    options : RankOptions or None
        Direction, draws and seed; level and family of the sets beside.

    Returns
    -------
    BayesRanks
        Typed as model-based, with the rank sets of the direct estimates beside.

    Raises
    ------
    RankingError
        ``RANG-23`` if items and not areas vary, if the areas are correlated, if there are too few areas, if covariates do not fit, or
        if a variance is 0; and those of :func:`rank`.

    Notes
    -----
    ``y[d] ~ N(theta[d], psi[d])``, ``theta[d] ~ N(x[d]'b, A)`` with flat priors on b and on A >= 0. A is drawn from its marginal posterior
    ``prod (A + psi)^(-1/2) |X'WX|^(-1/2) exp(-y'Py / 2)`` on a grid in its square root, then b and theta from their normal posteriors.
    The posterior is proper for more than q + 3 areas, q covariates beside the constant.

    References
    ----------
    Fay, R. E. and Herriot, R. A. (1979). Estimates of income for small places. JASA 74, 269-277. doi:10.1080/01621459.1979.10482505.

    Laird, N. M. and Louis, T. A. (1989). Empirical Bayes ranking methods. Journal of Educational Statistics 14, 29-46.
    doi:10.3102/10769986014001029.

    Lin, R., Louis, T. A., Paddock, S. M. and Ridgeway, G. (2006). Loss function based ranking in two-stage, hierarchical models.
    Bayesian Analysis 1, 915-946. doi:10.1214/06-BA130.
    """
    options = options or RankOptions()
    sets = rank(estimates, options)
    used = np.flatnonzero(sets.ranked)
    X = _design_matrix(estimates, covariates, used)
    psi = _sampling_variances(estimates, used, variances)
    _require_model(estimates, X, psi=psi, used=used)
    seed = fresh_seed() if options.seed is None else options.seed
    rng = np.random.default_rng([seed, 4])
    theta, A = fay_herriot_draws(sets.values[used], psi, X, draws=options.draws, rng=rng)
    signed = theta if options.first == "highest" else -theta
    count = len(sets)
    mean, spread, expected = (np.full(count, np.nan) for _ in range(3))
    shares = np.full((count, count), np.nan)
    for number, unit in enumerate(used):
        places = (signed > signed[:, [number]]).sum(axis=1)
        expected[unit] = 1 + places.mean()
        shares[unit] = np.bincount(places, minlength=count) / len(theta)
    mean[used], spread[used] = theta.mean(axis=0), theta.std(axis=0)
    return BayesRanks(
        sets=sets,
        mean=mean,
        spread=spread,
        expected_rank=expected,
        place_shares=shares,
        between=float(np.sqrt(np.median(A))),
        variances=variances,
        draws=options.draws,
        seed=seed,
        covariates=None if covariates is None else np.asarray(covariates, dtype=np.float64),
    )


def fay_herriot_draws(
    y: FloatArray, psi: FloatArray, X: FloatArray, *, draws: int, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Draw area means and their variance from the posterior of a Fay-Herriot model with flat priors.

    Parameters
    ----------
    y, psi : ndarray, shape (k,)
        Direct estimates and their sampling variances, above 0.
    X : ndarray, shape (k, q)
        Covariates with the constant.
    draws : int
        Number of draws.
    rng : Generator
        Source of chance.

    Returns
    -------
    tuple of ndarray
        Area means, shape (draws, k), and variances between areas, shape (draws,).
    """
    size, q = X.shape
    start = np.linalg.lstsq(X, y, rcond=None)[0]
    scale = float(np.var(y - X @ start) + psi.max())
    # q(root A) is bounded by a power that falls as root A ** -(k - q - 1); the reach leaves less than 1e-6 outside
    reach = np.sqrt(scale) * min(1e3, 10 * 10 ** (6 / max(size - q - 2, 1)))
    roots = reach * ((np.arange(GRID) + 0.5) / GRID) ** 2
    steps = np.diff(reach * (np.arange(GRID + 1) / GRID) ** 2)
    log = _log_marginal(roots**2, y, psi=psi, X=X) + np.log(roots * steps)
    weight = np.exp(log - log.max())
    cell = rng.choice(GRID, size=draws, p=weight / weight.sum())
    A = (roots[cell] + steps[cell] * (rng.random(draws) - 0.5)) ** 2
    W = 1 / (A[:, None] + psi)
    information = np.einsum("dq,bd,dr->bqr", X, W, X, optimize=True)
    centre = np.linalg.solve(information, np.einsum("dq,bd->bq", X, W * y)[..., None])[..., 0]
    lower = np.linalg.cholesky(np.linalg.inv(information))
    b = centre + np.einsum("bqr,br->bq", lower, rng.standard_normal((draws, q)))
    gamma = A[:, None] * W
    theta = gamma * y + (1 - gamma) * (b @ X.T) + np.sqrt(gamma * psi) * rng.standard_normal((draws, size))
    return np.asarray(theta, dtype=np.float64), np.asarray(A, dtype=np.float64)


def _log_marginal(A: FloatArray, y: FloatArray, *, psi: FloatArray, X: FloatArray) -> FloatArray:
    """Log of the marginal posterior of the variance between areas, up to a constant; one value an entry of ``A``."""
    w = 1 / (A[:, None] + psi)
    information = np.einsum("dq,ad,dr->aqr", X, w, X, optimize=True)
    b = np.linalg.solve(information, np.einsum("dq,ad->aq", X, w * y)[..., None])[..., 0]
    misfit = (w * (y - b @ X.T) ** 2).sum(axis=1)
    found = 0.5 * (np.log(w).sum(axis=1) - np.linalg.slogdet(information)[1] - misfit)
    return np.asarray(found, dtype=np.float64)


def _design_matrix(estimates: Estimates, covariates: FloatArray | None, used: IntArray) -> FloatArray:
    """Constant and covariates of the areas with estimates."""
    constant = np.ones((used.size, 1))
    if covariates is None:
        return constant
    given = np.asarray(covariates, dtype=np.float64)
    given = given[:, None] if given.ndim == 1 else given
    if len(given) != len(estimates) or not np.all(np.isfinite(given[used])):
        raise _no_model(
            f"covariates for {len(given)} areas, or unknown ones, do not fit {len(estimates)} areas"
        )
    centred = given[used] - given[used].mean(axis=0)
    return np.concatenate([constant, centred], axis=1)


def _sampling_variances(estimates: Estimates, used: IntArray, variances: Variances) -> FloatArray:
    """Sampling variances of the areas with estimates."""
    direct = estimates.standard_errors[used] ** 2
    if variances == "direct" or not estimates.is_share:
        return np.asarray(direct, dtype=np.float64)
    n = estimates.n[used].astype(np.float64)
    common = float(np.average(estimates.values[used], weights=n))
    effects = estimates.design_effect[used]
    usual = effects[np.isfinite(effects) & (effects > 0)]
    effect = float(usual.mean()) if usual.size else 1.0
    return np.asarray(effect * common * (1 - common) / n, dtype=np.float64)


def _require_model(estimates: Estimates, X: FloatArray, *, psi: FloatArray, used: IntArray) -> None:
    """Refuse what the model does not fit."""
    if len(set(estimates.cells["domain"])) < 2:
        raise _no_model("items vary, and different questions are not exchangeable")
    if used.size <= X.shape[1] + 2:
        raise _no_model(f"{used.size} areas with estimates are too few for {X.shape[1]} coefficients")
    if np.linalg.matrix_rank(X) < X.shape[1]:
        raise _no_model("the covariates say the same thing twice")
    if not np.all(psi > 0):
        raise _no_model(f"{int((~(psi > 0)).sum())} areas have no sampling variance")
    V = estimates.covariance(used)
    errors = np.sqrt(np.diag(V))
    off = np.abs(V - np.diag(np.diag(V)))
    if np.any(off > LARGEST_CORRELATION * np.outer(errors, errors) + np.finfo(np.float64).tiny):
        raise _no_model("the areas' estimates are correlated beyond 0.1")


def _no_model(found: str) -> RankingError:
    """Tell why the areas cannot be modelled."""
    return RankingError(
        Problem(
            code="RANG-23",
            what=f"Bayesian ranks were asked for, but {found}.",
            why="The model ranks areas that are alike given their covariates, each with its own sample.",
            remedy="Use the rank sets of rank(), which assume none of this.",
            facts={"found": found},
        )
    )
