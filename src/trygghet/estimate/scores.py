"""Estimands that are means of a score: balance measures, indices over items, paired differences."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trygghet._typing import BoolArray, Columns, FloatArray
from trygghet.design import OpenSample, SurveyDesign
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.items import Scores, categories_of, names_of
from trygghet.estimate.mean import mean
from trygghet.estimate.request import By, estimate_items
from trygghet.estimate.shares import RespondentShares


@dataclass(frozen=True, slots=True, eq=False)
class ScoreItem:
    """A score that is computed from other columns.

    Parameters
    ----------
    name : str
        Name of the result.
    values : array of float, shape (n,)
        Score of each row; NaN outside the base.
    category : str
        Empty.
    share : bool
        Never: a score is no share of persons.
    """

    name: str
    values: FloatArray
    category: str = ""
    share: bool = False

    def scores(self, columns: Columns) -> Scores:  # noqa: ARG002 -- computed before
        """Scores of each row.

        Parameters
        ----------
        columns : Columns
            The answers; not read again.

        Returns
        -------
        tuple
            Scores and None.
        """
        return self.values, None


def balance(
    design: SurveyDesign | OpenSample,
    item: str,
    *,
    positive: Sequence[str],
    negative: Sequence[str],
    by: By = None,
    where: BoolArray | None = None,
) -> Estimates | RespondentShares:
    """Share of positive less share of negative answers; neutral ones stay in the base.

    Parameters
    ----------
    design : SurveyDesign or OpenSample
        The full sample.
    item : str
        Nominal or ordinal variable.
    positive, negative : sequence of str
        Labels of the categories that count as 1 and as -1.
    by : str or sequence of str, optional
        Domain variables or crossings; everyone when left out.
    where : array of bool, optional
        Rows that count.

    Returns
    -------
    Estimates or RespondentShares
        Between -1 and 1, one cell a domain.

    Raises
    ------
    EstimateError
        SKATT-05 for a category that the variable does not have.

    Notes
    -----
    The mean of a score in {1, 0, -1}. Under simple random sampling ``V = (p + q - (p - q)^2) / n``: adding the variances of the two
    shares would miss their negative covariance and come out too small.
    """
    score = np.zeros(len(design.columns))
    for sign, labels in ((1.0, positive), (-1.0, negative)):
        for category in categories_of(design.columns, item, list(labels)):
            score += sign * category.scores(design.columns)[0]
    return estimate_items(design, [ScoreItem(item, score)], by=by, where=where, estimand="balance")


def index(
    design: SurveyDesign | OpenSample,
    items: Sequence[str],
    name: str,
    *,
    minimum: int | None = None,
    by: By = None,
    where: BoolArray | None = None,
) -> Estimates | RespondentShares:
    """Mean over persons of the mean of several items, for those who answered enough of them.

    Parameters
    ----------
    design : SurveyDesign or OpenSample
        The full sample.
    items : sequence of str
        Numeric items or indicators on the same scale.
    name : str
        Name of the index.
    minimum : int, optional
        Items that a person must have answered to count; all of them when left out.
    by : str or sequence of str, optional
        Domain variables or crossings; everyone when left out.
    where : array of bool, optional
        Rows that count.

    Returns
    -------
    Estimates or RespondentShares
        One cell a domain.

    Raises
    ------
    EstimateError
        SKATT-16 when the minimum is not between 1 and the number of items.

    Notes
    -----
    The item rule: a person's index is the mean of the items answered, when at least ``minimum`` were.
    """
    needed = len(items) if minimum is None else minimum
    if not 1 <= needed <= len(items):
        raise EstimateError(
            Problem(
                code="SKATT-16",
                what=f"the index needs {needed} of {len(items)} items",
                remedy="give a minimum between 1 and the number of items",
                facts={"krav": needed, "fragor": len(items)},
            )
        )
    answered, total = np.zeros(len(design.columns)), np.zeros(len(design.columns))
    for item in items:
        values = design.columns.numeric(item)
        answered += ~np.isnan(values)
        total += np.nan_to_num(values)
    score = np.where(answered >= needed, total / np.maximum(answered, 1), np.nan)
    return estimate_items(design, [ScoreItem(name, score)], by=by, where=where, estimand="index")


def paired_difference(
    design: SurveyDesign | OpenSample,
    first: str,
    second: str,
    *,
    by: By = None,
    where: BoolArray | None = None,
) -> Estimates | RespondentShares:
    """Mean of one item less mean of another, over the persons who answered both.

    Parameters
    ----------
    design : SurveyDesign or OpenSample
        The full sample.
    first, second : str
        Numeric items or indicators.
    by : str or sequence of str, optional
        Domain variables or crossings; everyone when left out.
    where : array of bool, optional
        Rows that count.

    Returns
    -------
    Estimates or RespondentShares
        One cell a domain, named ``first - second``.

    Notes
    -----
    The mean of each person's difference: the covariance of the items is inside it.
    """
    score = design.columns.numeric(first) - design.columns.numeric(second)
    item = ScoreItem(f"{first} - {second}", score)
    return estimate_items(design, [item], by=by, where=where, estimand="paired_difference")


def spread(design: SurveyDesign, items: str | Sequence[str], *, where: BoolArray | None = None) -> Estimates:
    """Variance of items among the people of the population.

    Parameters
    ----------
    design : SurveyDesign
        The full sample.
    items : str or sequence of str
        Numeric variables or columns.
    where : array of bool, optional
        Rows that count.

    Returns
    -------
    Estimates
        Estimand ``spread``, one cell an item.

    Notes
    -----
    ``sum w (y - mean)^2 / sum w * n / (n - 1)``; the mean's own error is of smaller order and left out.
    """
    found = []
    for name in names_of(items):
        values = design.columns.numeric(name)
        centre = mean(design, name, where=where)
        n = int(centre.n[0])
        found.append(ScoreItem(name, (values - centre.values[0]) ** 2 * n / max(n - 1, 1)))
    return estimate_items(design, found, by=None, where=where, estimand="spread")
