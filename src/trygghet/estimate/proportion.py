"""Shares of persons: indicators, and categories of variables."""

from collections.abc import Sequence
from typing import overload

import numpy as np

from trygghet._typing import BoolArray, Columns
from trygghet.design import FrameColumns, OpenSample, SurveyDesign
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.items import Item, NumericItem, categories_of, is_indicator, names_of
from trygghet.estimate.request import By, estimate_items
from trygghet.estimate.shares import RespondentShares
from trygghet.ingest import Microdata

Category = str | Sequence[str] | None


@overload
def proportion(
    design: SurveyDesign,
    items: str | Sequence[str],
    *,
    by: By = None,
    where: BoolArray | None = None,
    category: Category = None,
) -> Estimates: ...
@overload
def proportion(
    design: OpenSample,
    items: str | Sequence[str],
    *,
    by: By = None,
    where: BoolArray | None = None,
    category: Category = None,
) -> RespondentShares: ...


def proportion(
    design: SurveyDesign | OpenSample,
    items: str | Sequence[str],
    *,
    by: By = None,
    where: BoolArray | None = None,
    category: Category = None,
) -> Estimates | RespondentShares:
    """Share of persons with each indicator, or in each category of a variable, in each domain.

    Parameters
    ----------
    design : SurveyDesign or OpenSample
        The full sample.
    items : str or sequence of str
        Indicators (one share each), or variables (one share a category). A plain column of 0 and 1 is an indicator.
    by : str or sequence of str, optional
        Domain variables or crossings such as ``"omrade * kon"``; everyone when left out.
    where : array of bool, optional
        Rows that count, in the order of the sample.
    category : str or sequence of str, optional
        Labels of the wanted categories of a variable; all when left out.

    Returns
    -------
    Estimates or RespondentShares
        One cell an item, category and domain; an open sample gets no standard errors.

    Raises
    ------
    EstimateError
        SKATT-05 for a category that the variable does not have, SKATT-07 for values outside 0 and 1 in an indicator.

    Notes
    -----
    A share is the mean of 0 and 1 over the item's base: those who answered, less the answers that the codebook leaves out.

    References
    ----------
    Särndal, C.-E., Swensson, B. and Wretman, J. (1992), Model Assisted Survey Sampling, ch. 5 and 10, Springer,
    doi:10.1007/978-1-4612-4378-6.

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> frame = pd.DataFrame({"size": 1000, "unsafe": [0, 1, 1, 0, 0, 1, 0, 0, 0, 0]})
    >>> unsafe = proportion(SurveyDesign.from_frame(frame, population="size"), "unsafe")
    >>> row = unsafe.to_frame().iloc[0]
    >>> print(f"{row.estimate:.2f} [{row.ci_low:.3f}, {row.ci_high:.3f}], n = {row.n}")
    0.30 [0.060, 0.670], n = 10
    """
    found: list[Item] = []
    for name in names_of(items):
        found.extend(_items(design.columns, name, category))
    return estimate_items(design, found, by=by, where=where, estimand="proportion")


def _items(columns: Columns, name: str, category: Category) -> Sequence[Item]:
    if isinstance(columns, Microdata):
        block, _, option = name.partition(".")
        if name in columns.codebook.indicators or (option and block in columns.codebook.multi_response):
            return [NumericItem(name, share=True)]
        return categories_of(columns, name, category)
    if category is None and isinstance(columns, FrameColumns) and _zero_one(columns, name):
        return [NumericItem(name, share=True)]
    return categories_of(columns, name, category)


def _zero_one(columns: FrameColumns, name: str) -> bool:
    kind = columns.column(name).dtype
    return kind.kind in "buif" and is_indicator(columns.numeric(name))


def share_item(columns: Columns, name: str) -> NumericItem:
    """Item for a column of 0 and 1.

    Parameters
    ----------
    columns : Columns
        The answers.
    name : str
        Column.

    Returns
    -------
    NumericItem
        A share.

    Raises
    ------
    EstimateError
        SKATT-07 when the column holds other values.
    """
    values = columns.numeric(name)
    if not is_indicator(values):
        other = int(np.count_nonzero(~np.isnan(values) & (values != 0) & (values != 1)))
        raise EstimateError(
            Problem(
                code="SKATT-07",
                what=f"{name} has {other} values that are neither 0 nor 1",
                why="a chosen option is 1 and one that was not chosen is 0",
                remedy="recode the column, or ask for its categories",
                facts={"variabel": name, "antal": other},
            )
        )
    return NumericItem(name, share=True)
