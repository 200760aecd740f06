"""Which shown numbers are uncertain: another matter than what may be shown, with rules of its own."""

import numpy as np

from trygghet._typing import BoolArray
from trygghet.disclosure.rules import DisclosureRules
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.shares import RespondentShares

_LEVEL = 0.95
_OF_SHARES = frozenset({"difference", "change"})
_FROM_ZERO = frozenset({"index", "mean", "quantile", "ratio", "standardised", "total"})


def uncertain_cells(result: Estimates | RespondentShares, rules: DisclosureRules) -> BoolArray:
    """Cells that may be shown, but within parentheses: any of the three rules is enough.

    Parameters
    ----------
    result : Estimates or RespondentShares
        Result; the answers of respondents alone have no errors, and are judged by their number.
    rules : DisclosureRules
        Thresholds of reliability.

    Returns
    -------
    array of bool, shape (p,)
        True where few answered, the interval is wide, or the standard error is a large part of the estimate.
    """
    few = few_answers(result, rules)
    return (
        few
        if isinstance(result, RespondentShares)
        else few | wide_interval(result, rules) | large_error(result, rules)
    )


def few_answers(result: Estimates | RespondentShares, rules: DisclosureRules) -> BoolArray:
    """Cells whose unweighted base is below ``uncertain_below``.

    Parameters
    ----------
    result : Estimates or RespondentShares
        Result.
    rules : DisclosureRules
        Thresholds of reliability.

    Returns
    -------
    array of bool, shape (p,)
        True where few answered.
    """
    found: BoolArray = result.n < rules.uncertain_below
    return found


def wide_interval(estimates: Estimates, rules: DisclosureRules) -> BoolArray:
    """Shares, and differences between shares, whose 95 % interval is wider than twice ``uncertain_half_width``.

    Parameters
    ----------
    estimates : Estimates
        Estimates.
    rules : DisclosureRules
        Thresholds of reliability.

    Returns
    -------
    array of bool, shape (p,)
        True where the interval is wide; never for numbers that are no shares.
    """
    low, high = estimates.interval(_LEVEL)
    share = (estimates.numerator >= 0) | (np.abs(estimates.values) <= 1.0) & (
        estimates.estimand in _OF_SHARES
    )
    with np.errstate(invalid="ignore"):
        found: BoolArray = share & ((high - low) / 2 > rules.uncertain_half_width)
    return found


def large_error(estimates: Estimates, rules: DisclosureRules) -> BoolArray:
    """Cells whose standard error is more than ``uncertain_cv`` of the estimate.

    Parameters
    ----------
    estimates : Estimates
        Estimates.
    rules : DisclosureRules
        Thresholds of reliability.

    Returns
    -------
    array of bool, shape (p,)
        True where the coefficient of variation is large. That of a share ``p`` is ``SE / min(p, 1 - p)``, the same for a question
        and its complement; a share of 0 or 1 has none, and a difference, whose value may well be near 0, has none either.

    References
    ----------
    Parker, J. D. et al. (2017). National Center for Health Statistics data presentation standards for proportions. Vital and
    Health Statistics 2(175), on why a share is judged with its complement.
    """
    share = estimates.numerator >= 0
    smaller = np.minimum(estimates.values, 1.0 - estimates.values)
    size = np.where(share, smaller, np.abs(estimates.values))
    judged = (share | (estimates.estimand in _FROM_ZERO)) & (size > 0)
    with np.errstate(invalid="ignore"):
        found: BoolArray = judged & (estimates.standard_errors > rules.uncertain_cv * size)
    return found
