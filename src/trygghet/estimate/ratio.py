"""Ratios of two totals in domains."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from trygghet._typing import BoolArray, Columns
from trygghet.design import OpenSample, SurveyDesign
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.items import Scores, names_of
from trygghet.estimate.request import By, estimate_items
from trygghet.estimate.shares import RespondentShares


@dataclass(frozen=True, slots=True)
class RatioItem:
    """A column over another.

    Parameters
    ----------
    top, bottom : str
        Columns of the numerator and the denominator.
    share : bool
        Never: a ratio of totals is no share of persons.
    category : str
        Empty.
    """

    top: str
    bottom: str
    share: bool = False
    category: str = ""

    @property
    def name(self) -> str:
        """Both columns, with a stroke between."""
        return f"{self.top}/{self.bottom}"

    def scores(self, columns: Columns) -> Scores:
        """Both columns.

        Parameters
        ----------
        columns : Columns
            The answers.

        Returns
        -------
        tuple
            Numerators and denominators.
        """
        return columns.numeric(self.top), columns.numeric(self.bottom)


@overload
def ratio(
    design: SurveyDesign,
    numerators: str | Sequence[str],
    denominators: str | Sequence[str],
    *,
    by: By = None,
    where: BoolArray | None = None,
) -> Estimates: ...
@overload
def ratio(
    design: OpenSample,
    numerators: str | Sequence[str],
    denominators: str | Sequence[str],
    *,
    by: By = None,
    where: BoolArray | None = None,
) -> RespondentShares: ...


def ratio(
    design: SurveyDesign | OpenSample,
    numerators: str | Sequence[str],
    denominators: str | Sequence[str],
    *,
    by: By = None,
    where: BoolArray | None = None,
) -> Estimates | RespondentShares:
    """Ratio of the totals of two items in each domain, over the persons who have both.

    Parameters
    ----------
    design : SurveyDesign or OpenSample
        The full sample.
    numerators, denominators : str or sequence of str
        Numeric items, pair by pair.
    by : str or sequence of str, optional
        Domain variables or crossings; everyone when left out.
    where : array of bool, optional
        Rows that count.

    Returns
    -------
    Estimates or RespondentShares
        One cell a pair and domain, named ``numerator/denominator``.

    Raises
    ------
    EstimateError
        SKATT-13 when there are not as many numerators as denominators.

    Notes
    -----
    ``R = sum w y / sum w x`` with influence ``(y - R x) / sum w x``.

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> frame = pd.DataFrame({"size": 100, "reported": [1, 0, 2, 1], "crimes": [2, 1, 3, 1]})
    >>> result = ratio(SurveyDesign.from_frame(frame, population="size"), "reported", "crimes")
    >>> print(f"{result.values[0]:.4f} {result.standard_errors[0]:.4f}")
    0.5714 0.1265
    """
    tops, bottoms = names_of(numerators), names_of(denominators)
    if len(tops) != len(bottoms):
        raise EstimateError(
            Problem(
                code="SKATT-13",
                what=f"{len(tops)} numerators for {len(bottoms)} denominators",
                why="each ratio needs one of both",
                remedy="give pairs",
                facts={"taljare": len(tops), "namnare": len(bottoms)},
            )
        )
    items = [RatioItem(top, bottom) for top, bottom in zip(tops, bottoms, strict=True)]
    return estimate_items(design, items, by=by, where=where, estimand="ratio")
