"""Numbers of people in categories, and shares of a table of two variables."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from trygghet._typing import BoolArray
from trygghet.design import OpenSample, SurveyDesign
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.items import CategoryItem, categories_of, names_of
from trygghet.estimate.partitions import CROSSING, partitions_of
from trygghet.estimate.request import By, estimate_items
from trygghet.estimate.shares import RespondentShares

Base = Literal["table", "row", "column"]


def count(
    design: SurveyDesign | OpenSample,
    items: str | Sequence[str],
    *,
    by: By = None,
    where: BoolArray | None = None,
) -> Estimates | RespondentShares:
    """Number of people in each category of a variable, in each domain.

    Parameters
    ----------
    design : SurveyDesign or OpenSample
        The full sample; an open sample counts its respondents.
    items : str or sequence of str
        Nominal or ordinal variables.
    by : str or sequence of str, optional
        Domain variables or crossings; everyone when left out.
    where : array of bool, optional
        Rows that count.

    Returns
    -------
    Estimates or RespondentShares
        One cell an item, category and domain.

    Raises
    ------
    EstimateError
        SKATT-06 when the weights do not sum to the population.
    """
    if isinstance(design, SurveyDesign) and design.weight_scale == "mean_one":
        raise EstimateError(
            Problem(
                code="SKATT-06",
                what="a count was asked for, but the weights sum to the number of answers",
                why="such weights carry shares and means, not numbers of people",
                remedy="calibrate to population totals, or ask for a proportion",
            )
        )
    found = [
        CategoryItem(item.name, item.category, item.codes, item.code, share=False)
        for name in names_of(items)
        for item in categories_of(design.columns, name, None)
    ]
    return estimate_items(design, found, by=by, where=where, estimand="total")


def cross_table(
    design: SurveyDesign | OpenSample,
    row: str,
    column: str,
    *,
    base: Base = "table",
    where: BoolArray | None = None,
) -> Estimates | RespondentShares:
    """Shares of a table of two variables, of the whole table, of each row or of each column.

    Parameters
    ----------
    design : SurveyDesign or OpenSample
        The full sample.
    row, column : str
        Nominal or ordinal variables.
    base : str
        What the shares sum to 1 over.
    where : array of bool, optional
        Rows that count.

    Returns
    -------
    Estimates or RespondentShares
        Shares of the crossing for ``table``; of ``column`` in each category of ``row`` for ``row``, and the other way round.
    """
    if base == "row":
        return estimate_items(
            design, categories_of(design.columns, column, None), by=row, where=where, estimand="proportion"
        )
    if base == "column":
        return estimate_items(
            design, categories_of(design.columns, row, None), by=column, where=where, estimand="proportion"
        )
    crossed = partitions_of(design.columns, f"{row}{CROSSING}{column}", None)[0]
    items = [
        CategoryItem(crossed.by, label, crossed.codes, int(code))
        for code, label in zip(np.arange(len(crossed)), crossed.labels, strict=True)
    ]
    return estimate_items(design, items, by=None, where=where, estimand="proportion")
