"""Questions where several options may be chosen: shares of persons, never of ticks."""

from collections.abc import Sequence
from typing import overload

from trygghet._typing import BoolArray
from trygghet.design import OpenSample, SurveyDesign
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.items import Item, NumericItem
from trygghet.estimate.proportion import share_item
from trygghet.estimate.request import By, estimate_items
from trygghet.estimate.shares import RespondentShares
from trygghet.ingest import Microdata


@overload
def multi_response(
    design: SurveyDesign, block: str | Sequence[str], *, by: By = None, where: BoolArray | None = None
) -> Estimates: ...
@overload
def multi_response(
    design: OpenSample, block: str | Sequence[str], *, by: By = None, where: BoolArray | None = None
) -> RespondentShares: ...


def multi_response(
    design: SurveyDesign | OpenSample,
    block: str | Sequence[str],
    *,
    by: By = None,
    where: BoolArray | None = None,
) -> Estimates | RespondentShares:
    """Share of persons who chose each option of a multi-response block, in each domain.

    Parameters
    ----------
    design : SurveyDesign or OpenSample
        The full sample.
    block : str or sequence of str
        A block of the codebook, whose options and unions are estimated; or columns of 0, 1 and missing in a plain table.
    by : str or sequence of str, optional
        Domain variables or crossings; everyone when left out.
    where : array of bool, optional
        Rows that count.

    Returns
    -------
    Estimates or RespondentShares
        One cell an option and domain; items are named ``block.option``.

    Raises
    ------
    EstimateError
        SKATT-08 when a block's name is given for a table without a codebook.
    CodebookError
        When the codebook has no such block.

    Notes
    -----
    The base is the persons who chose at least one option or "none of these". The options' shares come from the same persons, so
    their joint covariance, not their separate errors, decides whether one is larger than another.

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> frame = pd.DataFrame({"size": 500, "theft": [1, 1, 0, 0], "litter": [0, 1, 1, 0]})
    >>> result = multi_response(SurveyDesign.from_frame(frame, population="size"), ["theft", "litter"])
    >>> result.values.tolist(), result.covariance().round(6).tolist()
    ([0.5, 0.5], [[0.082667, 0.0], [0.0, 0.082667]])
    """
    return estimate_items(design, _options(design, block), by=by, where=where, estimand="multi_response")


def _options(design: SurveyDesign | OpenSample, block: str | Sequence[str]) -> list[Item]:
    if not isinstance(block, str):
        return [share_item(design.columns, name) for name in block]
    if isinstance(design.columns, Microdata):
        declared = design.columns.codebook.block(block)
        return [NumericItem(f"{block}.{option}", share=True) for option in declared.items]
    raise EstimateError(
        Problem(
            code="SKATT-08",
            what=f"the block {block!r} is not known",
            why="a plain table has no codebook that says which columns belong together",
            remedy="give the list of columns",
            facts={"block": block},
        )
    )
