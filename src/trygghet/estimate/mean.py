"""Means of items in domains."""

from collections.abc import Sequence
from typing import overload

from trygghet._typing import BoolArray
from trygghet.design import OpenSample, SurveyDesign
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.items import NumericItem, names_of
from trygghet.estimate.request import By, estimate_items
from trygghet.estimate.shares import RespondentShares


@overload
def mean(
    design: SurveyDesign, items: str | Sequence[str], *, by: By = None, where: BoolArray | None = None
) -> Estimates: ...
@overload
def mean(
    design: OpenSample, items: str | Sequence[str], *, by: By = None, where: BoolArray | None = None
) -> RespondentShares: ...


def mean(
    design: SurveyDesign | OpenSample,
    items: str | Sequence[str],
    *,
    by: By = None,
    where: BoolArray | None = None,
) -> Estimates | RespondentShares:
    """Mean of each item in each domain, over the answers that it has.

    Parameters
    ----------
    design : SurveyDesign or OpenSample
        The full sample.
    items : str or sequence of str
        Numeric variables, indicators or columns.
    by : str or sequence of str, optional
        Domain variables or crossings such as ``"omrade * kon"``; everyone when left out.
    where : array of bool, optional
        Rows that count, in the order of the sample; the variance still sees the whole sample.

    Returns
    -------
    Estimates or RespondentShares
        One cell an item and domain; an open sample gets no standard errors.

    Raises
    ------
    EstimateError
        SKATT-03 for a mask of the wrong length, SKATT-04 for no item.

    Notes
    -----
    The mean of domain d is ``sum w y / sum w`` over its valid answers, with influence ``(y - mean) / sum w`` inside and 0
    outside, less what the calibration margins explain.

    References
    ----------
    Särndal, C.-E., Swensson, B. and Wretman, J. (1992), Model Assisted Survey Sampling, ch. 5 and 10, Springer,
    doi:10.1007/978-1-4612-4378-6.

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> frame = pd.DataFrame({"area": list("aabb"), "size": [10, 10, 20, 20], "worry": [1.0, 3.0, 2.0, 6.0]})
    >>> result = mean(SurveyDesign.from_frame(frame, strata="area", population="size"), "worry")
    >>> print(f"{result.values[0]:.3f} {result.standard_errors[0]:.3f}")
    3.333 1.300
    """
    return estimate_items(
        design, [NumericItem(name) for name in names_of(items)], by=by, where=where, estimand="mean"
    )
