"""Evidence for a draft from one or two designs: everything that their codebooks let the estimators say."""

from collections.abc import Mapping, Sequence

import numpy as np

from trygghet.claims.claim import Claim
from trygghet.claims.context import Context
from trygghet.claims.described import Meaning
from trygghet.claims.drafts.evidence import Evidence, Order, complement
from trygghet.claims.phrases import PRIORITIES, WORRIES
from trygghet.claims.together import both
from trygghet.codebook import Codebook
from trygghet.design import SurveyDesign
from trygghet.errors import ClaimError, Problem
from trygghet.estimate import Estimates, difference, multi_response, proportion
from trygghet.ingest import Microdata
from trygghet.ranking import RankOptions, rank, top_set
from trygghet.waves import breaks_between, change

_SAFETY = "otrygg_kvall"


def gather(
    new: SurveyDesign,
    old: SurveyDesign | None = None,
    *,
    headline: Sequence[str] = (_SAFETY,),
    top: int = 4,
    thresholds: Mapping[str, float] | None = None,
    meanings: Sequence[Meaning] = (),
    margin: float | None = None,
) -> Evidence:
    """Estimate everything that a draft may be held against.

    Parameters
    ----------
    new : SurveyDesign
        The newest wave's random sample, made from microdata, without finite-population correction.
    old : SurveyDesign, optional
        The wave before.
    headline : sequence of str
        Indicators that areas are compared by.
    top : int
        Length of the list of priorities.
    thresholds : mapping of str to float, optional
        What counts as low, by item.
    meanings : sequence of Meaning
        What words mean.
    margin : float, optional
        Largest change that counts as none.

    Returns
    -------
    Evidence
        Levels, areas, contrasts, orders, changes and breaks of everything that somebody answered.

    Raises
    ------
    ClaimError
        PAST-11 when a design has no codebook.
    """
    book = _codebook(new)
    context = Context.from_codebooks(*([book] if old is None else [book, _codebook(old)]))
    items = _answered(new, book)
    levels = proportion(new, items)
    by = book.areas.variable if book.areas else ""
    named = [item for item in headline if item in items]
    areas = (proportion(new, named, by=by),) if by and named else ()
    waves: dict[str, tuple[object, ...]] = {}
    if old is not None:
        breaks = breaks_between(book, _codebook(old))
        whole = [
            i for i in _answered(old, _codebook(old)) if i in items and not any(b.concerns(i) for b in breaks)
        ]
        before = proportion(old, whole)
        kept = np.flatnonzero(levels.cells["item"].isin(whole).to_numpy())
        waves = {"previous": (before,), "changes": (change(levels.take(kept), before),), "breaks": breaks}
    return Evidence(
        context=context,
        levels=(levels,),
        areas=areas,
        contrasts=tuple(difference(result, variance="larger") for result in areas),
        orders=_orders(new, book, levels, top=top),
        together=_together(new, items, context),
        thresholds=thresholds or {},
        meanings=meanings,
        margin=margin,
        **waves,  # type: ignore[arg-type]
    )


def _codebook(design: SurveyDesign) -> Codebook:
    if isinstance(design.columns, Microdata):
        return design.columns.codebook
    raise ClaimError(
        Problem(
            code="PAST-11",
            what="the design was made from a plain table",
            why="without a codebook nobody can tell what the columns mean",
            remedy="make it with SurveyDesign.from_data, or fill in Evidence by hand",
        )
    )


def _answered(design: SurveyDesign, book: Codebook) -> list[str]:
    """Indicators that somebody in the sample answered."""
    return [item for item in book.indicators if np.isfinite(design.columns.numeric(item)).any()]


def _orders(design: SurveyDesign, book: Codebook, levels: Estimates, *, top: int) -> tuple[Order, ...]:
    options = RankOptions(seed=2026)
    orders = []
    for name, block in book.multi_response.items():
        keep = [place for place, option in enumerate(block.items) if option in block.options]
        shares = multi_response(design, name).take(np.array(keep))
        if (shares.n > 0).any():
            orders.append(
                Order(r"(?<!\w)(?:prioriter|fokusområd)", top_set(shares, top, options), PRIORITIES)
            )
    worries = np.flatnonzero(levels.cells["item"].str.startswith("oro_").to_numpy())
    if len(worries) > 1:
        orders.append(Order(r"(?<!\w)oro\w*", rank(levels.take(worries), options), WORRIES))
    return tuple(orders)


def _together(design: SurveyDesign, items: Sequence[str], context: Context) -> dict[tuple[str, str], Claim]:
    """Feeling safe and worrying at once, for every worry."""
    if _SAFETY not in items:
        return {}
    safe = design.columns.numeric(_SAFETY) == 0
    first = complement(proportion(design, [_SAFETY]))
    worries = [item for item in items if item.startswith("oro_")]
    return {(_SAFETY, item): both(first, proportion(design, [item], where=safe), context) for item in worries}
