"""Totals of items in domains."""

from collections.abc import Sequence
from typing import overload

from trygghet._typing import BoolArray
from trygghet.design import OpenSample, SurveyDesign
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.items import NumericItem, names_of
from trygghet.estimate.request import By, estimate_items
from trygghet.estimate.shares import RespondentShares


@overload
def total(
    design: SurveyDesign, items: str | Sequence[str], *, by: By = None, where: BoolArray | None = None
) -> Estimates: ...
@overload
def total(
    design: OpenSample, items: str | Sequence[str], *, by: By = None, where: BoolArray | None = None
) -> RespondentShares: ...


def total(
    design: SurveyDesign | OpenSample,
    items: str | Sequence[str],
    *,
    by: By = None,
    where: BoolArray | None = None,
) -> Estimates | RespondentShares:
    """Population total of each item in each domain.

    Parameters
    ----------
    design : SurveyDesign or OpenSample
        The full sample; an open sample gives sums over its respondents.
    items : str or sequence of str
        Numeric variables, indicators or columns.
    by : str or sequence of str, optional
        Domain variables or crossings; everyone when left out.
    where : array of bool, optional
        Rows that count.

    Returns
    -------
    Estimates or RespondentShares
        One cell an item and domain.

    Raises
    ------
    EstimateError
        SKATT-06 when the weights do not sum to the population.

    Notes
    -----
    ``sum w y`` over the domain's valid answers, with influence ``y`` inside and 0 outside. Answers that are missing count as
    nothing, so the total of an item with missing answers is too low.

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> frame = pd.DataFrame({"area": list("aabb"), "size": [10, 10, 20, 20], "worry": [1.0, 3.0, 2.0, 6.0]})
    >>> total(SurveyDesign.from_frame(frame, strata="area", population="size"), "worry").values.tolist()
    [100.0]
    """
    if isinstance(design, SurveyDesign) and design.weight_scale == "mean_one":
        raise EstimateError(
            Problem(
                code="SKATT-06",
                what="a total was asked for, but the weights sum to the number of answers",
                why="such weights carry shares and means, not numbers of people",
                remedy="calibrate to population totals, or ask for a mean or a proportion",
            )
        )
    return estimate_items(
        design, [NumericItem(name) for name in names_of(items)], by=by, where=where, estimand="total"
    )
