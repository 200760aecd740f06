"""Composites without the problems whose numbers are withheld in any of their sources."""

from dataclasses import replace

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray, ObjectArray
from trygghet.disclosure.rankings import mask_ranks
from trygghet.disclosure.statements import not_screened_together
from trygghet.estimate.estimates import Estimates
from trygghet.ranking.composite import CompositePriority, Source
from trygghet.ranking.composite.scaling import scaled
from trygghet.ranking.composite.source import UsedCell

CELL = ["wave", "stream", "item", "category", "by", "domain"]
ROUNDED = frozenset({"survey", "respondents"})


def hidden_problems(found: CompositePriority, cells: pd.DataFrame, reasons: ObjectArray) -> BoolArray:
    """Problems with a withheld number in any source: a contribution is that number on another scale.

    Parameters
    ----------
    found : CompositePriority
        Composite.
    cells : DataFrame
        Cells of a catalogue.
    reasons : array of str objects
        Why each cell is withheld; empty where it is shown.

    Returns
    -------
    array of bool, shape (k,)
        True for the problems to take out; for all where numbers are compared with those of the other problems (z-scores) and one
        of them is withheld.

    Raises
    ------
    DisclosureError
        SEK-08 when a number is not among the results that are screened with the composite.
    """
    levels = cells.loc[cells["quantity"] == "level", CELL].reset_index(names="row")
    uses = pd.DataFrame(
        [(j, *use[:-1]) for j, p in enumerate(found.problems) for s in found.sources for use in _uses(s, p)],
        columns=["problem", *CELL],
    )
    joined = uses.merge(levels, on=CELL, how="left")
    if joined["row"].isna().any():
        absent = joined.loc[joined["row"].isna(), ["wave", "stream", "item"]].drop_duplicates()
        told = [" ".join(row) for row in absent.head(5).itertuples(index=False)]
        raise not_screened_together("sammanvägd prioritering", told, count=len(absent))
    hidden = np.zeros(len(found.problems), dtype=np.bool_)
    rows = joined["row"].to_numpy(dtype=np.int64)
    hidden[joined["problem"].to_numpy(dtype=np.int64)[reasons[rows] != ""]] = True
    return np.full_like(hidden, fill_value=True) if found.rules[0] == "zscore" and hidden.any() else hidden


def mask_composite(
    found: CompositePriority, hidden: BoolArray, estimates: Estimates | None, *, unit: float | None
) -> CompositePriority:
    """Take problems out of a composite, with all their numbers; the others are ranked anew.

    Parameters
    ----------
    found : CompositePriority
        Composite of all problems.
    hidden : array of bool, shape (k,)
        Problems to take out.
    estimates : Estimates or None
        The scores, already masked; None where they have no sampling error.
    unit : float or None
        Unit in which shares leave the screen.

    Returns
    -------
    CompositePriority
        The sources hold the numbers of the shown problems alone, and no estimates.
    """
    sources = tuple(_mask_source(source, found.problems, hidden, unit=unit) for source in found.sources)
    values = np.array(
        [[source.values.get(problem, np.nan) for source in sources] for problem in found.problems]
    ).reshape(found.values.shape)
    masked = replace(
        found,
        sources=sources,
        values=values,
        normalised=_rescaled(found, sources, values=values, hidden=hidden),
        weights=np.where(hidden[:, None], 0.0, found.weights),
        status=np.where(hidden, "withheld", found.status).astype(object),
        clipped=found.clipped & ~hidden[:, None],
    )
    scores = np.where(found.shown & ~hidden, masked.contributions.sum(axis=1), np.nan)
    covariance = np.full_like(found.covariance, np.nan)
    if found.ranks is None or estimates is None:
        return replace(masked, scores=scores, covariance=covariance)
    shown = np.flatnonzero(~hidden)
    covariance[np.ix_(shown, shown)] = estimates.covariance(shown)
    ranks = mask_ranks(found.ranks, hidden, estimates)
    return replace(masked, scores=scores, covariance=covariance, ranks=ranks)


def _uses(source: Source, problem: str) -> tuple[UsedCell, ...]:
    """The cell behind a problem's number, where there is one."""
    return (source.uses[problem],) if problem in source.uses else ()


def _mask_source(
    source: Source, problems: tuple[str, ...], hidden: BoolArray, *, unit: float | None
) -> Source:
    """A source with the numbers of the shown problems, and without the estimates that they came from."""
    kept = {problem for problem, away in zip(problems, hidden, strict=True) if not away}
    values = {problem: value for problem, value in source.values.items() if problem in kept}
    if unit is not None and source.kind in ROUNDED:
        values = {problem: round(round(value / unit) * unit, 12) for problem, value in values.items()}
    return replace(
        source,
        values=values,
        variances={problem: value for problem, value in source.variances.items() if problem in kept},
        uses={problem: use for problem, use in source.uses.items() if problem in kept},
        estimates=None,
        cells={},
    )


def _rescaled(
    found: CompositePriority, sources: tuple[Source, ...], *, values: FloatArray, hidden: BoolArray
) -> FloatArray:
    """Numbers on the common scale; from the rounded numbers where they were rounded."""
    if found.rules[0] == "zscore" or np.array_equal(values, found.values, equal_nan=True):
        return np.where(hidden[:, None], np.nan, found.normalised)
    columns = [scaled(values[:, number], source.declared) for number, source in enumerate(sources)]
    return np.stack(columns, axis=1)
