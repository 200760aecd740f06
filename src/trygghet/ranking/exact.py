"""Rank sets without draws: exact tests of unweighted counts with Holm's correction."""

import dataclasses
from typing import Literal

import numpy as np
import numpy.typing as npt

from trygghet._distributions import fair_binomial_at_least
from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.errors import Problem, RankingError
from trygghet.ranking.bounds import RankBounds
from trygghet.ranking.options import RankMethod, RankOptions

Correction = Literal["holm", "bonferroni"]


def multinomial_rank_bounds(
    counts: npt.ArrayLike, *, level: float = 0.95, correction: Correction = "holm", joint: bool = True
) -> RankBounds:
    """Rank sets of the options of a choose-one question, from the counts of a simple random sample.

    Parameters
    ----------
    counts : array_like of int, shape (k,)
        How many chose each option; every person chose exactly one.
    level : float
        Coverage of the sets, for any sample size.
    correction : {"holm", "bonferroni"}
        Correction over the family of directed pairs.
    joint : bool
        True for simultaneous sets, False for marginal ones.

    Returns
    -------
    RankBounds
        With ``rank``, ``lower`` and ``upper``; deterministic.

    Raises
    ------
    RankingError
        ``RANG-01`` for options out of range, ``RANG-12`` for counts that are negative or no whole numbers.

    Notes
    -----
    Given the persons who chose j or k, the number who chose j is binomial with probability 1/2 if the options are equally popular:
    ``p[j, k] = P(Bin(x[j] + x[k], 1/2) >= x[j])``. Only for unweighted simple random samples with one choice each.

    References
    ----------
    Bazylik, S., Mogstad, M., Romano, J. P., Shaikh, A. M. and Wilhelm, D. (2024). Finite- and large-sample inference for ranks using
    multinomial data with an application to ranking political parties. arXiv:2402.00192. doi:10.48550/arXiv.2402.00192.

    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6, 65-70.

    Examples
    --------
    >>> from trygghet.ranking import multinomial_rank_bounds
    >>> found = multinomial_rank_bounds([231, 220, 205, 140, 118, 90, 60, 36])
    >>> found.lower.tolist(), found.upper.tolist()
    ([1, 1, 1, 4, 4, 5, 6, 7], [3, 3, 3, 5, 6, 7, 8, 8])
    """
    options = RankOptions(
        level=level, joint=joint, method="multinomial", steps="stepdown" if correction == "holm" else "single"
    )
    return bounds_of_counts(counts, options)


def mcnemar_rank_bounds(
    exclusive: npt.ArrayLike, *, level: float = 0.95, correction: Correction = "holm", joint: bool = True
) -> RankBounds:
    """Rank sets of the options of a choose-up-to-k question, from the persons of a simple random sample who chose one and not the other.

    Parameters
    ----------
    exclusive : array_like of int, shape (k, k)
        Entry (j, k): how many chose j and not k. The diagonal is not used.
    level : float
        Coverage of the sets, for any sample size.
    correction : {"holm", "bonferroni"}
        Correction over the family of directed pairs.
    joint : bool
        True for simultaneous sets, False for marginal ones.

    Returns
    -------
    RankBounds
        With ``rank``, ``lower`` and ``upper``; deterministic.

    Raises
    ------
    RankingError
        ``RANG-01`` for options out of range, ``RANG-12`` for counts that are negative, no whole numbers or contradict each other.

    Notes
    -----
    Persons who chose both or neither say nothing of the order. Among those who chose exactly one of j and k, the number who chose
    j is binomial with probability 1/2 if the options are equally popular:
    ``p[j, k] = P(Bin(b[j, k] + b[k, j], 1/2) >= b[j, k])``, McNemar's exact test, one-sided. With one choice each this is
    :func:`multinomial_rank_bounds`.

    References
    ----------
    McNemar, Q. (1947). Note on the sampling error of the difference between correlated proportions or percentages. Psychometrika
    12, 153-157. doi:10.1007/BF02295996.

    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6, 65-70.
    """
    options = RankOptions(
        level=level, joint=joint, method="mcnemar", steps="stepdown" if correction == "holm" else "single"
    )
    return bounds_of_exclusive(exclusive, options)


def bounds_of_counts(counts: npt.ArrayLike, options: RankOptions) -> RankBounds:
    """Exact rank sets of choose-one counts by all of :class:`RankOptions`.

    Parameters
    ----------
    counts : array_like of int, shape (k,)
        Counts.
    options : RankOptions
        Direction, level, family, sides, steps (``stepdown`` is Holm, ``single`` Bonferroni); draws and seed are not used.

    Returns
    -------
    RankBounds
        Ranks and bounds.

    Raises
    ------
    RankingError
        ``RANG-12`` for impossible counts.
    """
    x = _whole(counts, dimensions=1)
    return _bounds(np.broadcast_to(x[:, None], (x.size, x.size)), x, options=_by(options, "multinomial"))


def bounds_of_exclusive(exclusive: npt.ArrayLike, options: RankOptions) -> RankBounds:
    """Exact rank sets of exclusive counts by all of :class:`RankOptions`.

    Parameters
    ----------
    exclusive : array_like of int, shape (k, k)
        Entry (j, k): how many chose j and not k.
    options : RankOptions
        As for :func:`bounds_of_counts`.

    Returns
    -------
    RankBounds
        Ranks and bounds.

    Raises
    ------
    RankingError
        ``RANG-12`` for impossible counts.
    """
    b = _whole(exclusive, dimensions=2)
    surplus = (b - b.T).astype(np.int64)
    standing = surplus[:, 0] - surplus[0, 0]
    if not np.array_equal(surplus, standing[:, None] - standing):
        raise _impossible("exclusive counts whose differences contradict each other")
    return _bounds(b, standing, options=_by(options, "mcnemar"))


def exclusive_counts(chosen: npt.ArrayLike) -> IntArray:
    """Count the persons who chose one option and not another.

    Parameters
    ----------
    chosen : array_like of 0 and 1, shape (n, k)
        One row a person in the base, one column an option.

    Returns
    -------
    ndarray of int, shape (k, k)
        Entry (j, k): how many chose j and not k.
    """
    rows = np.asarray(chosen, dtype=np.float64)
    together = np.rint(rows.T @ rows).astype(np.int64)
    return np.diag(together)[:, None] - together


def _bounds(wins: IntArray, standing: IntArray, *, options: RankOptions) -> RankBounds:
    """Rank sets from the wins of j over k and an integer that orders the options."""
    size = standing.size
    turned = options.first == "lowest"
    against = wins.T if not turned else wins
    favour = wins if not turned else wins.T
    p = fair_binomial_at_least(favour, favour + against)
    np.fill_diagonal(p, 1.0)
    alpha, single = 1 - options.level, options.steps == "single"
    behind: BoolArray
    if options.joint:
        family = np.where(np.eye(size, dtype=bool), np.nan, p)
        ahead = _reject(family, alpha=alpha, single=single)
        behind = ahead.T
    else:
        ahead, behind = _marginal(p, alpha=alpha, options=options)
    place = -standing if turned else standing
    lower = 1 + behind.sum(axis=1) if options.sides != "upper" else np.ones(size)
    upper = size - ahead.sum(axis=1) if options.sides != "lower" else np.full(size, size)
    return RankBounds(
        rank=(1 + (place[None, :] > place[:, None]).sum(axis=1)).astype(np.int64),
        lower=lower.astype(np.int64),
        upper=upper.astype(np.int64),
        ahead=ahead,
        behind=behind,
        ranked=np.ones(size, dtype=bool),
        critical_values=np.full(size, np.nan),
        borderline=(),
        inseparable=tuple(
            (j, k) for j in range(size) for k in range(j + 1, size) if favour[j, k] + against[j, k] == 0
        ),
        options=options,
    )


def _marginal(p: FloatArray, *, alpha: float, options: RankOptions) -> tuple[BoolArray, BoolArray]:
    """Rejections in the family of each unit."""
    size = len(p)
    ahead, behind = np.zeros((size, size), dtype=bool), np.zeros((size, size), dtype=bool)
    for unit in range(size):
        family = np.full((2, size), np.nan)
        if options.sides != "lower":
            family[0] = p[unit]
        if options.sides != "upper":
            family[1] = p[:, unit]
        family[:, unit] = np.nan
        rejected = _reject(family, alpha=alpha, single=options.steps == "single")
        ahead[unit], behind[unit] = rejected
    return ahead, behind


def _reject(family: FloatArray, *, alpha: float, single: bool) -> BoolArray:
    """Reject by Holm or Bonferroni over the entries of ``family`` that are not NaN."""
    inside = np.isfinite(family)
    values = np.sort(family[inside])
    rejected = np.zeros(family.shape, dtype=bool)
    if values.size == 0:
        return rejected
    limits = alpha / (np.full(values.size, values.size) if single else np.arange(values.size, 0, -1))
    passed = np.logical_and.accumulate(values <= limits)
    if not passed.any():
        return rejected
    return np.asarray(inside & (family <= values[passed.sum() - 1]), dtype=np.bool_)


def _whole(counts: npt.ArrayLike, *, dimensions: int) -> IntArray:
    """Counts as whole numbers, or the reason why not."""
    given = np.asarray(counts, dtype=np.float64)
    shape_fits = (
        given.ndim == dimensions and given.size > 0 and (dimensions == 1 or given.shape[0] == given.shape[1])
    )
    if (
        not shape_fits
        or not np.all(np.isfinite(given))
        or np.any(given < 0)
        or np.any(given != np.rint(given))
    ):
        raise _impossible("values that are no counts")
    return np.rint(given).astype(np.int64)


def _by(options: RankOptions, method: RankMethod) -> RankOptions:
    """Options that name the exact method."""
    return dataclasses.replace(options, method=method)


def _impossible(found: str) -> RankingError:
    """Tell that counts cannot be ranked exactly."""
    return RankingError(
        Problem(
            code="RANG-12",
            what=f"An exact ranking was given {found}.",
            why="Exact tests count persons: whole numbers, unweighted, from one simple random sample.",
            remedy="Rank weighted estimates with rank().",
            facts={"found": found},
        )
    )
