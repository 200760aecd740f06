"""Results without the numbers that may not be shown: gone from the arrays, not only from the view."""

from dataclasses import dataclass, replace

import numpy as np

from trygghet._typing import BoolArray, FloatArray, IntArray, ObjectArray
from trygghet.disclosure.rules import DisclosureRules
from trygghet.disclosure.tables import Table
from trygghet.errors import DisclosureError, Problem
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.limit_rules import KEPT_LEVELS, LevelLimits, limits_at
from trygghet.estimate.shares import RespondentShares

DENSE_LIMIT = 2000
LEVELS = KEPT_LEVELS
MASKED = 0
MADE_OF_SHARES = frozenset({"difference", "change", "composite"})


@dataclass(frozen=True, slots=True, eq=False)
class OpenKernel:
    """Covariance of the shown cells; it holds nothing about the withheld ones and no answers of persons.

    Parameters
    ----------
    variance : array of float, shape (p,)
        Variances; NaN for withheld cells.
    matrix : array of float, shape (q, q), or None
        Joint covariance of the shown cells; None where they are too many for it to be kept.
    place : array of int, shape (p,)
        Row in ``matrix`` of each shown cell; -1 for withheld ones.
    """

    variance: FloatArray
    matrix: FloatArray | None
    place: IntArray

    def variances(self) -> FloatArray:
        """Variance of every cell.

        Returns
        -------
        array of float, shape (p,)
            NaN for withheld cells.
        """
        return self.variance.copy()

    def covariance(self, index: IntArray) -> FloatArray:
        """Joint covariance of shown cells.

        Parameters
        ----------
        index : array of int
            Positions of cells.

        Returns
        -------
        array of float, shape (len(index), len(index))
            Joint covariance.

        Raises
        ------
        DisclosureError
            SEK-02 when a withheld cell is asked for; SEK-03 when covariances between cells were not kept.
        """
        places = self.place[np.asarray(index, dtype=np.int64)]
        if np.any(places < 0):
            raise DisclosureError(
                Problem(
                    code="SEK-02",
                    what=f"The covariance of {int(np.sum(places < 0))} withheld cells was asked for.",
                    why="A covariance with a withheld cell would help to find it.",
                    remedy="Ask for shown cells only, or compare before the screen.",
                    facts={"antal": int(np.sum(places < 0))},
                )
            )
        if self.matrix is not None:
            return self.matrix[np.ix_(places, places)]
        if len(places) > 1:
            raise DisclosureError(
                Problem(
                    code="SEK-03",
                    what=f"Covariances between {len(self.place)} screened cells are not kept.",
                    why=f"Above {DENSE_LIMIT} shown cells only the variances go through the screen.",
                    remedy="Compare before the screen, and screen the comparison.",
                    facts={"antal": len(self.place), "grans": DENSE_LIMIT},
                )
            )
        return self.variance[np.asarray(index)].reshape(1, -1)[:, : len(places)]


@dataclass(frozen=True, slots=True, eq=False)
class ShownLimits(LevelLimits):
    """Limits of the shown cells at a few levels, without what they were computed from.

    Parameters
    ----------
    at : mapping of float to tuple of array of float, shape (p,)
        Lower and upper limits by level; NaN for withheld cells.
    """

    def missing(self, level: float, kept: str) -> DisclosureError:
        """What is said of a level that was not kept.

        Parameters
        ----------
        level : float
            The level that was asked for.
        kept : str
            Those that were kept.

        Returns
        -------
        DisclosureError
            SEK-12.
        """
        return DisclosureError(
            Problem(
                code="SEK-12",
                what=f"Limits at the level {level:g} did not go through the screen; those at {kept} did.",
                why="They would have to be computed from answers of persons.",
                remedy="Use one of these levels.",
                facts={"niva": level, "finns": kept},
            )
        )


def mask_estimates(
    estimates: Estimates, withheld: BoolArray, *, uncertain: BoolArray, rules: DisclosureRules
) -> Estimates:
    """Take the withheld numbers out of estimates.

    Parameters
    ----------
    estimates : Estimates
        Estimates.
    withheld : array of bool, shape (p,)
        Cells to take out.
    uncertain : array of bool, shape (p,)
        Cells to flag as uncertain.
    rules : DisclosureRules
        Rules, for the rounding.

    Returns
    -------
    Estimates
        The same cells; the withheld ones have status ``"withheld"``, NaN, and 0 for base and numerator.
    """
    unit = rules.rounding if estimates.is_share or estimates.estimand in MADE_OF_SHARES else None
    shown = np.flatnonzero(~withheld)
    variance = estimates.kernel.variances().astype(np.float64)
    variance[withheld] = np.nan
    matrix = estimates.covariance(shown) if len(shown) <= DENSE_LIMIT else None
    values, effect = estimates.values, estimates.design_effect
    if unit is not None:
        values = _rounded(values, unit)
        effect = np.round(effect, 1)
        matrix, variance = _rounded_covariance(matrix, variance, shown, unit=unit)
    place = np.full(len(withheld), -1, dtype=np.int64)
    place[shown] = np.arange(len(shown))
    return replace(
        estimates,
        cells=estimates.cells.copy(),
        values=np.where(withheld, np.nan, values),
        n=np.where(withheld, MASKED, estimates.n),
        numerator=_numerators(estimates, withheld, values=values),
        dof=np.where(withheld, np.nan, estimates.dof),
        design_effect=np.where(withheld, np.nan, effect),
        status=_status(estimates.status, withheld, uncertain),
        kernel=OpenKernel(variance, matrix, place),
        limit_rule=_shown_limits(estimates, withheld),
        of_comparable=None,
    )


def mask_shares(
    shares: RespondentShares, withheld: BoolArray, *, uncertain: BoolArray, rules: DisclosureRules
) -> RespondentShares:
    """Take the withheld numbers out of a description of respondents.

    Parameters
    ----------
    shares : RespondentShares
        Shares among the respondents.
    withheld : array of bool, shape (p,)
        Cells to take out.
    uncertain : array of bool, shape (p,)
        Cells to flag as uncertain.
    rules : DisclosureRules
        Rules, for the rounding.

    Returns
    -------
    RespondentShares
        The same cells; the withheld ones have status ``"withheld"``, NaN, and 0 for base and numerator.
    """
    unit = rules.rounding if bool(np.all(shares.numerator >= 0)) else None
    values = shares.values if unit is None else _rounded(shares.values, unit)
    return replace(
        shares,
        cells=shares.cells.copy(),
        values=np.where(withheld, np.nan, values),
        n=np.where(withheld, MASKED, shares.n),
        numerator=_numerators(shares, withheld, values=values),
        status=_status(shares.status, withheld, uncertain),
    )


def mask_table(table: Table, withheld: BoolArray) -> Table:
    """Take the withheld counts out of a table, with the columns computed from them.

    Parameters
    ----------
    table : Table
        Counts.
    withheld : array of bool, shape (counts x rows,)
        Cells to take out, count column by count column.

    Returns
    -------
    Table
        The same rows, NaN where a number was taken out.
    """
    frame = table.frame.copy()
    for number, column in enumerate(table.counts):
        hidden = withheld[number * len(table) : (number + 1) * len(table)]
        if hidden.any():
            for name in (column, *table.dependent.get(column, ())):
                frame[name] = frame[name].astype(np.float64).mask(hidden)
    return replace(table, frame=frame)


def _status(status: ObjectArray, withheld: BoolArray, uncertain: BoolArray) -> ObjectArray:
    flagged = np.where(uncertain & (status == "ok"), "uncertain", status)
    result: ObjectArray = np.where(withheld, "withheld", flagged).astype(object)
    return result


def _numerators(result: Estimates | RespondentShares, withheld: BoolArray, *, values: FloatArray) -> IntArray:
    """Positives of the shown shares; of rounded shares only what the rounding leaves, since the count would undo it."""
    numerator = result.numerator
    if values is not result.values:
        numerator = np.where(numerator >= 0, np.round(np.nan_to_num(values) * result.n), numerator).astype(
            np.int64
        )
    masked: IntArray = np.where(withheld & (numerator >= 0), MASKED, numerator)
    return masked


def _shown_limits(estimates: Estimates, withheld: BoolArray) -> ShownLimits | None:
    if estimates.limit_rule is None:
        return None
    found = limits_at(estimates.limit_rule, estimates, LEVELS)
    return ShownLimits(
        {
            level: (np.where(withheld, np.nan, low), np.where(withheld, np.nan, high))
            for level, (low, high) in found.items()
        }
    )


def _rounded(values: FloatArray, unit: float) -> FloatArray:
    result: FloatArray = np.round(np.round(values / unit) * unit, 12)
    return result


def _rounded_covariance(
    matrix: FloatArray | None, variance: FloatArray, shown: IntArray, *, unit: float
) -> tuple[FloatArray | None, FloatArray]:
    """Standard errors rounded up to the unit and correlations to two decimals, so that neither gives a share away."""
    errors = np.where(
        np.isnan(variance), np.nan, np.maximum(np.ceil(np.sqrt(variance) / unit - 1e-9), 1.0) * unit
    )
    errors[variance == 0.0] = 0.0
    if matrix is None:
        return None, errors**2
    spread = np.sqrt(np.diagonal(matrix))
    with np.errstate(invalid="ignore", divide="ignore"):
        correlation = np.round(matrix / np.outer(spread, spread), 2)
    correlation[~np.isfinite(correlation)] = 0.0
    np.fill_diagonal(correlation, 1.0)
    return correlation * np.outer(errors[shown], errors[shown]), errors**2
