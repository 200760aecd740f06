"""Which areas most people want to prioritise: shares of "choose up to three", ranked with their sets."""

from typing import TypeVar, cast

import numpy as np

from trygghet.codebook import Codebook
from trygghet.design import SurveyDesign
from trygghet.errors import Problem, RankingError
from trygghet.estimate import Estimates, RespondentShares, multi_response
from trygghet.ingest import Microdata
from trygghet.ranking.options import RankOptions
from trygghet.ranking.top import TopSet, top_set
from trygghet.ranking.verbs import require_design

SharesT = TypeVar("SharesT", bound=Estimates | RespondentShares)


def alternatives(shares: SharesT, book: Codebook, block: str) -> SharesT:
    """Keep the options that compete for a place: a declared union takes the place of its options.

    Parameters
    ----------
    shares : Estimates or RespondentShares
        Share choosing each option and each union of options.
    book : Codebook
        The codebook that declares the unions.
    block : str
        Name of the multi-response block.

    Returns
    -------
    Estimates or RespondentShares
        The alternatives, in the declared order.

    Raises
    ------
    CodebookError
        If the codebook has no such block.
    """
    joined = {f"{block}.{option}" for options in book.block(block).unions.values() for option in options}
    kept = np.flatnonzero(~shares.cells["item"].isin(joined).to_numpy())
    return cast(SharesT, shares.take(kept))


def priorities(design: SurveyDesign, block: str, *, m: int = 4, options: RankOptions | None = None) -> TopSet:
    """The m areas that most people want to prioritise, in three boxes.

    Parameters
    ----------
    design : SurveyDesign
        One probability stream with its codebook.
    block : str
        Multi-response block. A union counts each person once, and takes the place of its options; what happens to persons who
        chose too many is declared in the block.
    m : int
        Number of areas to prioritise.
    options : RankOptions or None
        How to rank.

    Returns
    -------
    TopSet
        With the verdict on the line between place m and the next.

    Raises
    ------
    RankingError
        ``RANG-02`` for a self-selected stream (use :func:`describe_order`), ``RANG-14`` without a codebook, and those of
        :func:`top_set`.
    """
    require_design(design)
    columns = design.columns
    if not isinstance(columns, Microdata):
        raise RankingError(
            Problem(
                code="RANG-14",
                what=f"The priorities {block} were asked for from a plain table.",
                why="Only a codebook says which columns belong to the block, and which options are joined.",
                remedy="Estimate the columns with multi_response() and give the result to top_set().",
                facts={"block": block},
            )
        )
    shares = multi_response(design, block)
    return top_set(alternatives(shares, columns.codebook, block), m, options)
