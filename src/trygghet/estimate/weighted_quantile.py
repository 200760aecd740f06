"""Quantiles of a weighted sample, by one rule for the point and for the limits."""

from typing import Literal

import numpy as np

from trygghet._typing import FloatArray

QuantileRule = Literal["math", "school", "hf4", "hf7"]
_TIE = 1e-12


def weighted_quantile(
    values: FloatArray, weights: FloatArray, probabilities: FloatArray, *, rule: QuantileRule = "math"
) -> FloatArray:
    """Quantiles of weighted values.

    Parameters
    ----------
    values : array of float, shape (n,)
        Values, none missing.
    weights : array of float, shape (n,)
        Positive weights.
    probabilities : array of float
        Levels; NaN where they lie outside 0 to 1.
    rule : str
        ``math``: the smallest value with cumulative weight of at least p; ``school``: the same, the mean of two at a tie; ``hf4``:
        linear in the cumulative weights; ``hf7``: linear in those before each value.

    Returns
    -------
    array of float
        Quantiles; NaN where the probability is.

    References
    ----------
    Hyndman, R. J. and Fan, Y. (1996), Sample quantiles in statistical packages, The American Statistician 50,
    doi:10.1080/00031305.1996.10473566.

    Examples
    --------
    >>> import numpy as np
    >>> weighted_quantile(np.array([1.0, 2.0, 9.0]), np.array([1.0, 1.0, 2.0]), np.array([0.5, 0.6])).tolist()
    [2.0, 9.0]
    """
    order = np.argsort(values, kind="stable")
    x, cumulative = values[order], np.cumsum(weights[order])
    result = np.full(len(probabilities), np.nan)
    inside = (probabilities >= 0) & (probabilities <= 1)
    p = probabilities[inside]
    if not len(x):
        return result
    share = cumulative / cumulative[-1]
    if rule == "hf7":
        result[inside] = _interpolated_before(x, cumulative, p)
        return result
    above = np.minimum(np.searchsorted(share, p - _TIE), len(x) - 1)
    if rule == "hf4":
        result[inside] = np.interp(p, share, x)
        return result
    found = x[above]
    if rule == "school":
        tie = np.abs(share[above] - p) <= _TIE
        following = x[np.minimum(above + 1, len(x) - 1)]
        found = np.where(tie, (found + following) / 2, found)
    result[inside] = found
    return result


def _interpolated_before(x: FloatArray, cumulative: FloatArray, p: FloatArray) -> FloatArray:
    if len(x) == 1:
        return np.full(len(p), x[0])
    before = np.concatenate([[0.0], cumulative[:-1]]) / cumulative[-2]
    return np.interp(p, before, x)
