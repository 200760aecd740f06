"""The kinds of figures: for each plot its caption, its alternative text and its table, so that none leaves without them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from trygghet.disclosure import Table
from trygghet.errors import Problem, ReportError
from trygghet.estimate.estimates import About, Estimates
from trygghet.estimate.shares import RespondentShares
from trygghet.ranking import Ranking, evidence_of
from trygghet.report.alt_texts import describe_heat, describe_priorities, describe_problems, describe_response
from trygghet.report.balance import caption_balance, describe_balance, plot_balance
from trygghet.report.captions import caption_heat, caption_priorities, caption_problems, caption_response
from trygghet.report.composite_figures import (
    caption_composite,
    describe_composite,
    plot_composite,
    table_composite,
)
from trygghet.report.heat import plot_heat
from trygghet.report.inputs import Sampling, StreamFacts, WaveFacts
from trygghet.report.look import Look
from trygghet.report.priorities import plot_top_set
from trygghet.report.problems import plot_problems
from trygghet.report.rank_figures import (
    caption_pairs,
    caption_rank_sets,
    describe_pairs,
    describe_rank_sets,
    plot_pairs,
    plot_rank_sets,
    table_pairs,
    table_rank_sets,
)
from trygghet.report.response import plot_response
from trygghet.report.sheet import Caption
from trygghet.report.tables import Sheet, table_heat, table_priorities, table_problems, table_response
from trygghet.report.trend import plot_trend
from trygghet.report.trend_texts import caption_trend, describe_trend, table_trend
from trygghet.report.weighting_tables import table_balance

Plot = Callable[..., Axes]


@dataclass(frozen=True, slots=True)
class Kind:
    """What belongs to a plot.

    Parameters
    ----------
    caption : callable
        ``(result, facts, look) -> Caption``.
    describe : callable
        ``(*results, look=) -> str``, the alternative text.
    table : callable
        ``(*results, look=) -> Sheet``.
    """

    caption: Callable[[Any, WaveFacts, Look], Caption]
    describe: Callable[..., str]
    table: Callable[..., Sheet]


KINDS: dict[Plot, Kind] = {
    plot_top_set: Kind(caption_priorities, describe_priorities, table_priorities),
    plot_problems: Kind(caption_problems, describe_problems, table_problems),
    plot_heat: Kind(caption_heat, describe_heat, table_heat),
    plot_response: Kind(caption_response, describe_response, table_response),
    plot_balance: Kind(caption_balance, describe_balance, table_balance),
    plot_trend: Kind(caption_trend, describe_trend, table_trend),
    plot_rank_sets: Kind(caption_rank_sets, describe_rank_sets, table_rank_sets),
    plot_pairs: Kind(caption_pairs, describe_pairs, table_pairs),
    plot_composite: Kind(caption_composite, describe_composite, table_composite),
}


def kind_of(plot: Plot) -> Kind:
    """Find what belongs to a plot.

    Parameters
    ----------
    plot : callable
        One of this room's plot functions.

    Returns
    -------
    Kind
        Caption, alternative text and table.

    Raises
    ------
    ReportError
        RAPP-01 when the plot has none: a figure without alternative text is not exported.
    """
    if plot not in KINDS:
        name = getattr(plot, "__name__", type(plot).__name__)
        known = ", ".join(sorted(each.__name__ for each in KINDS if hasattr(each, "__name__")))
        raise ReportError(
            Problem(
                code="RAPP-01",
                what=f"The figure {name!r} has no alternative text and no table.",
                why="A figure that not everyone can read is not exported.",
                remedy=f"Use one of {known}.",
                facts={"figur": name, "finns": known},
            )
        )
    return KINDS[plot]


def plain_facts(result: Estimates | RespondentShares | Ranking | Table) -> WaveFacts:
    """Facts that a result itself tells, for figures outside a wave's report.

    Parameters
    ----------
    result : Estimates, RespondentShares, a ranking or Table
        Screened result.

    Returns
    -------
    WaveFacts
        Wave, stream and number of answers.
    """
    if isinstance(result, Table):
        counts = result.frame[result.counts[0]].to_numpy(dtype=np.float64)
        first = (
            result.frame[result.sums_within] == result.frame[result.sums_within].iloc[0]
            if result.sums_within
            else True
        )
        answered = int(np.nansum(np.where(first, counts, 0.0)))
        stream = StreamFacts(result.stream, "persons", answered)
        return WaveFacts(wave=result.wave, survey="", streams=(stream,), focus=result.stream)
    evidence = result if isinstance(result, Estimates | RespondentShares) else evidence_of(result)
    about = About() if evidence is None else evidence.about
    sampling: Sampling = "self_selected" if isinstance(result, RespondentShares) else "persons"
    return WaveFacts(
        wave=about.wave, survey="", streams=(StreamFacts(about.stream, sampling, 0),), focus=about.stream
    )
