"""Rank bounds from estimates and their joint covariance, on plain arrays."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trygghet._typing import BoolArray, First, FloatArray, IntArray
from trygghet.errors import Problem, RankingError
from trygghet.ranking.draws import BaseDraws, correlated, fresh_seed
from trygghet.ranking.intervals import separated, sidak_quantiles
from trygghet.ranking.marginal import marginal_step_down
from trygghet.ranking.options import RankOptions, Sides
from trygghet.ranking.stepdown import step_down

SAME = 1e-8
BORDERLINE = 0.05
OTHER_SIDE: dict[Sides, Sides] = {"both": "both", "lower": "upper", "upper": "lower"}

Pairs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class RankBounds:
    """Ranks with their sets: which places each unit may have.

    A unit whose value or variance is not finite is *not ranked*: its rank and bounds are 0 and the others are ranked without it.

    Parameters
    ----------
    rank, lower, upper : ndarray of int, shape (k,)
        Place by the point estimates (ties share the best place) and the bounds of the rank set.
    ahead : ndarray of bool, shape (k, k)
        True at (j, k) where j is shown to be before k; in the family of j if marginal.
    behind : ndarray of bool, shape (k, k)
        True at (j, k) where j is shown to be after k; in the family of j if marginal, else the transpose of ``ahead``.
    ranked : ndarray of bool, shape (k,)
        False for a unit that could not be ranked.
    critical_values : ndarray, shape (k,)
        Last critical value of each unit's family (the same number everywhere if joint).
    borderline : tuple of pairs of int
        Pairs whose statistic is within 0.05 of the critical value: another seed may decide them otherwise.
    inseparable : tuple of pairs of int
        Pairs whose difference has no variance (the same item twice): never told apart.
    options : RankOptions
        What was asked for, with the seed that was used.
    """

    rank: IntArray
    lower: IntArray
    upper: IntArray
    ahead: BoolArray
    behind: BoolArray
    ranked: BoolArray
    critical_values: FloatArray
    borderline: Pairs
    inseparable: Pairs
    options: RankOptions

    def __post_init__(self) -> None:
        for name in ("rank", "lower", "upper", "ahead", "behind", "ranked", "critical_values"):
            getattr(self, name).setflags(write=False)

    @property
    def critical_value(self) -> float:
        """The critical value; the largest of all families if marginal, NaN if there is no pair."""
        known = self.critical_values[np.isfinite(self.critical_values)]
        return float(known.max()) if known.size else float("nan")

    def tau_best(self, tau: int) -> BoolArray:
        """Units that may be among the first ``tau``; if joint, this set holds them all at the level.

        Parameters
        ----------
        tau : int
            Number of first places.

        Returns
        -------
        ndarray of bool, shape (k,)
            True where the lower bound is at most ``tau``.
        """
        return self.ranked & (self.lower <= tau)

    def tau_worst(self, tau: int) -> BoolArray:
        """Units that may be among the last ``tau``.

        Parameters
        ----------
        tau : int
            Number of last places.

        Returns
        -------
        ndarray of bool, shape (k,)
            True where the upper bound is at least k - tau + 1.
        """
        return self.ranked & (self.upper >= int(self.ranked.sum()) - tau + 1)


def rank_bounds(  # noqa: PLR0913 - the agreed array-level signature
    values: npt.ArrayLike,
    covariance: npt.ArrayLike,
    *,
    level: float = 0.95,
    draws: int = 10_000,
    seed: int | None = None,
    joint: bool = True,
    first: First = "highest",
    dof: float | npt.ArrayLike = np.inf,
) -> RankBounds:
    """Rank sets of estimates with a joint covariance (Mogstad, Romano, Shaikh and Wilhelm).

    Parameters
    ----------
    values : array_like, shape (k,)
        Estimates.
    covariance : array_like, shape (k, k) or (k,)
        Joint covariance; a vector is taken as the variances of independent estimates.
    level : float
        Coverage of the sets.
    draws : int
        Number of draws.
    seed : int or None
        Seed; None takes a fresh one, recorded in the result.
    joint : bool
        True for simultaneous sets, False for marginal ones.
    first : {"highest", "lowest"}
        Which end has rank 1.
    dof : float or array_like, shape (k,)
        Degrees of freedom. One number: one chi-square a draw. An array for nearly independent units: one each.

    Returns
    -------
    RankBounds
        With ``rank``, ``lower`` and ``upper``.

    Raises
    ------
    RankingError
        ``RANG-01`` for options out of range, ``RANG-04`` for shapes that do not fit, ``RANG-05`` for an impossible covariance.

    Notes
    -----
    With ``S[j, k]`` the standard error of the difference and ``T[j, k]`` the studentised difference, the critical value is the
    quantile, over draws ``Z`` of a multivariate t with the same covariance, of ``max (Z[j] - Z[k]) / S[j, k]`` over the directed
    pairs not yet rejected; pairs with a larger ``T`` are rejected and the step repeated. Then ``lower[j]`` is one plus the number
    of units shown to be before j, and ``upper[j]`` is k less the number shown to be after it. The sets cover every rank that ties
    leave open, uniformly over near ties. The draws are made in an order of the units that depends on the values alone, so that
    relabelling the units, or turning the scale round, changes nothing else.

    References
    ----------
    Mogstad, M., Romano, J. P., Shaikh, A. M. and Wilhelm, D. (2024). Inference for ranks with applications to mobility across
    neighbourhoods and academic achievement across countries. Review of Economic Studies. doi:10.1093/restud/rdad006.

    Romano, J. P. and Wolf, M. (2005). Exact and approximate stepdown methods for multiple hypothesis testing. JASA 100, 94-108.
    doi:10.1198/016214504000000539.

    Examples
    --------
    >>> from trygghet.ranking import rank_bounds
    >>> found = rank_bounds([0.47, 0.36, 0.35, 0.10], [0.0003, 0.0003, 0.0003, 0.0002], seed=1)
    >>> found.lower.tolist(), found.upper.tolist()
    ([1, 2, 2, 4], [1, 3, 3, 4])
    """
    options = RankOptions(first=first, level=level, joint=joint, draws=draws, seed=seed)
    return bounds_from(values, covariance, options, dof=dof)


def bounds_from(
    values: npt.ArrayLike,
    covariance: npt.ArrayLike,
    options: RankOptions,
    *,
    dof: float | npt.ArrayLike = np.inf,
    base: BaseDraws | None = None,
) -> RankBounds:
    """Rank sets by all of :class:`RankOptions`; :func:`rank_bounds` is its short form.

    Parameters
    ----------
    values : array_like, shape (k,)
        Estimates.
    covariance : array_like, shape (k, k) or (k,)
        Joint covariance, or variances of independent estimates.
    options : RankOptions
        Method, level, family, draws, seed.
    dof : float or array_like, shape (k,)
        Degrees of freedom.
    base : BaseDraws or None
        Standard draws to use again, with at least k rows; their seed is recorded.

    Returns
    -------
    RankBounds
        Ranks and bounds.

    Raises
    ------
    RankingError
        As :func:`rank_bounds`.
    """
    if options.method in ("multinomial", "mcnemar"):
        raise RankingError(
            Problem(
                code="RANG-10",
                what=f"The exact method {options.method} was asked for with estimates.",
                why="It tests counts of persons, which estimates do not hold.",
                remedy="Use rank_choices() on the answers, or method='mrsw'.",
                facts={"method": options.method},
            )
        )
    theta, V, degrees = _inputs(values, covariance, dof)
    ranked = np.isfinite(theta) & np.isfinite(np.diag(V)) & (degrees > 0)
    ranked &= np.isfinite(V[:, ranked]).all(axis=1)
    seed = base.seed if base is not None else options.seed if options.seed is not None else fresh_seed()
    options = dataclasses.replace(options, seed=seed)
    order, turned = _canonical(theta, V, ranked)
    size = order.size
    sign = -1.0 if turned else 1.0
    reversed_ = turned != (options.first == "lowest")
    inner = dataclasses.replace(options, sides=OTHER_SIDE[options.sides]) if reversed_ else options
    theta_c, V_c, degrees_c = sign * theta[order], V[np.ix_(order, order)], degrees[order]
    if options.method == "kww":
        tested = _by_intervals(theta_c, V_c, degrees_c, options=options)
    else:
        base = base or BaseDraws.make(size, options.draws, seed)
        tested = _by_draws(theta_c, V_c, degrees_c, options=inner, base=base)
    if reversed_:
        tested = _Tested(
            tested.behind, tested.ahead, tested.statistics.T, tested.critical_values, tested.same
        )
    return _assemble(tested, theta=theta, order=order, options=options)


def rank_bounds_each(
    values: npt.ArrayLike,
    covariances: npt.ArrayLike,
    options: RankOptions,
    *,
    dof: float | npt.ArrayLike = np.inf,
) -> tuple[RankBounds, ...]:
    """Rank the same items in many areas, each area a family of its own; the standard draws are made once.

    Parameters
    ----------
    values : array_like, shape (areas, k)
        Estimates.
    covariances : array_like, shape (areas, k, k)
        Covariance of the items in each area.
    options : RankOptions
        Method, level, family, draws, seed.
    dof : float or array_like, shape (areas,)
        Degrees of freedom of each area.

    Returns
    -------
    tuple of RankBounds
        One an area; the level holds within an area, not over all areas.

    Raises
    ------
    RankingError
        As :func:`rank_bounds`.
    """
    theta = np.asarray(values, dtype=np.float64)
    V = np.asarray(covariances, dtype=np.float64)
    if theta.ndim != 2 or V.shape != (*theta.shape, theta.shape[1]):
        raise _shapes(theta.shape, V.shape)
    degrees = np.broadcast_to(np.asarray(dof, dtype=np.float64), (len(theta),))
    seed = options.seed if options.seed is not None else fresh_seed()
    base = BaseDraws.make(theta.shape[1], options.draws, seed)
    return tuple(
        bounds_from(theta[i], V[i], options, dof=float(degrees[i]), base=base) for i in range(len(theta))
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Tested:
    """Rejections of one method, in canonical order."""

    ahead: BoolArray
    behind: BoolArray
    statistics: FloatArray
    critical_values: FloatArray
    same: BoolArray


def _inputs(
    values: npt.ArrayLike, covariance: npt.ArrayLike, dof: float | npt.ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Arrays of the right shape, or the reason why not."""
    theta = np.asarray(values, dtype=np.float64)
    V = np.asarray(covariance, dtype=np.float64)
    if V.ndim == 1:
        V = np.diag(V)
    degrees = np.asarray(dof, dtype=np.float64)
    if (
        theta.ndim != 1
        or theta.size == 0
        or V.shape != (theta.size, theta.size)
        or degrees.shape not in ((), theta.shape)
    ):
        raise _shapes(theta.shape, V.shape)
    return theta, (V + V.T) / 2, np.broadcast_to(degrees, theta.shape)


def _shapes(values: Sequence[int], covariance: Sequence[int]) -> RankingError:
    """Tell that values and covariance do not belong together."""
    return RankingError(
        Problem(
            code="RANG-04",
            what=f"Values of shape {tuple(values)} were given with a covariance of shape {tuple(covariance)}.",
            why="A ranking needs k >= 1 values with a k x k covariance, and one or k degrees of freedom.",
            remedy="Take values, covariance and degrees of freedom from the same estimates.",
            facts={"values": str(tuple(values)), "covariance": str(tuple(covariance))},
        )
    )


def _canonical(theta: FloatArray, V: FloatArray, ranked: BoolArray) -> tuple[IntArray, bool]:
    """Order of the ranked units by value alone, and whether the scale was turned round to get it."""
    places = np.flatnonzero(ranked)
    known = theta[places]
    turned = bool(known.size) and float(((known - known.mean()) ** 3).sum()) < 0
    inner = V[np.ix_(places, places)]
    by_value = known if turned else -known
    return places[np.lexsort((inner.sum(axis=1), np.diag(inner), by_value))], turned


def _by_intervals(theta: FloatArray, V: FloatArray, dof: FloatArray, *, options: RankOptions) -> _Tested:
    """Rejections by non-overlapping joint intervals (Klein, Wright and Wieczorek)."""
    size = theta.size
    family = size if options.joint else 1
    quantiles = sidak_quantiles(dof, level=options.level, family=family)
    errors = np.sqrt(np.diag(V))
    ahead = separated(theta - quantiles * errors, theta + quantiles * errors)
    widths = quantiles * errors
    with np.errstate(divide="ignore", invalid="ignore"):
        statistics = (theta[:, None] - theta) / (widths[:, None] + widths) * quantiles.max(initial=1.0)
    same = np.zeros((size, size), dtype=bool)
    return _Tested(ahead, ahead.T, statistics, np.full(size, quantiles.max(initial=np.nan)), same)


def _by_draws(
    theta: FloatArray, V: FloatArray, dof: FloatArray, *, options: RankOptions, base: BaseDraws
) -> _Tested:
    """Rejections by the step-down tests."""
    size = theta.size
    if size == 0:
        empty = np.zeros((0, 0))
        return _Tested(empty > 0, empty > 0, empty, np.zeros(0), empty > 0)
    variances = np.diag(V)
    total = variances[:, None] + variances
    squared = total - 2 * V
    same = squared <= SAME * total
    np.fill_diagonal(same, val=True)
    spread = np.sqrt(np.where(same, 1.0, squared))
    statistics = np.where(same, np.nan, (theta[:, None] - theta) / spread)
    unit = float(np.sqrt(variances.max())) or 1.0
    weights = np.where(same, 0.0, unit / spread).astype(np.float32)
    drawn = correlated(base, V, dof)
    if options.joint:
        outcome = step_down(statistics, drawn, weights, level=options.level, single=options.steps == "single")
        last = outcome.critical_values[-1] if outcome.critical_values else np.nan
        return _Tested(outcome.rejected, outcome.rejected.T, statistics, np.full(size, last), same)
    own = marginal_step_down(statistics, drawn, weights, options=options)
    return _Tested(own.ahead, own.behind, statistics, own.critical_values, same)


def _assemble(tested: _Tested, *, theta: FloatArray, order: IntArray, options: RankOptions) -> RankBounds:
    """Ranks and bounds in the order in which the units came."""
    count, size = theta.size, order.size
    square = np.ix_(order, order)
    ahead, behind = np.zeros((count, count), dtype=bool), np.zeros((count, count), dtype=bool)
    ahead[square], behind[square] = tested.ahead, tested.behind
    ranked = np.zeros(count, dtype=bool)
    ranked[order] = True
    rank, lower, upper = (np.zeros(count, dtype=np.int64) for _ in range(3))
    known = theta[order] if options.first == "highest" else -theta[order]
    rank[order] = 1 + (known[None, :] > known[:, None]).sum(axis=1)
    lower[order] = 1 + behind[order].sum(axis=1) if options.sides != "upper" else 1
    upper[order] = size - ahead[order].sum(axis=1) if options.sides != "lower" else size
    critical_values = np.full(count, np.nan)
    critical_values[order] = tested.critical_values
    with np.errstate(invalid="ignore"):
        near = np.abs(tested.statistics - tested.critical_values[:, None]) < BORDERLINE
    return RankBounds(
        rank=rank,
        lower=lower,
        upper=upper,
        ahead=ahead,
        behind=behind,
        ranked=ranked,
        critical_values=critical_values,
        borderline=_pairs(near, order),
        inseparable=_pairs(np.triu(tested.same, 1), order),
        options=options,
    )


def _pairs(flags: BoolArray, order: IntArray) -> Pairs:
    """Index pairs that a matrix in canonical order flags."""
    return tuple(sorted((int(order[j]), int(order[k])) for j, k in np.argwhere(flags)))
