"""Rankings beside the priorities: the order in self-selected streams, and districts."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from trygghet.design import OpenSample
from trygghet.errors import ConvergenceError, MarginError
from trygghet.estimate import Estimates, RespondentShares
from trygghet.ingest import Microdata
from trygghet.pipeline.analyses import Result
from trygghet.pipeline.params import Params
from trygghet.pipeline.results import ResultName
from trygghet.ranking import (
    BayesRanks,
    OrderStability,
    RankOptions,
    RankSets,
    bayes_ranks,
    order_stability,
    rank,
)
from trygghet.weighting import Margins, Weights, rake


def self_selected_orders(
    results: Mapping[ResultName, Result], survey: Microdata, margins: Margins | None, *, params: Params
) -> Iterator[tuple[ResultName, OrderStability]]:
    """Order the priorities of every stream that is no random sample, and try whether the order holds.

    Parameters
    ----------
    results : mapping of ResultName to Estimates or RespondentShares
        The wave's results.
    survey : Microdata
        The wave's answers.
    margins : Margins or None
        Population totals.
    params : Params
        The block of priorities, the length of the list, and the channel.

    Yields
    ------
    tuple of ResultName and OrderStability
        The order of each stream.
    """
    asked = params.ranking
    same = {
        name.stream: result
        for name, result in results.items()
        if name.what == asked.priorities and not name.by and name.kind == "level"
    }
    known = asked.leave_out in survey.codebook.all_variables
    for stream, shares in same.items():
        if isinstance(shares, RespondentShares) and asked.priorities is not None:
            data = survey.stream(stream)
            yield (
                ResultName(stream, asked.priorities),
                order_stability(
                    OpenSample.from_data(data),
                    asked.priorities,
                    m=asked.top,
                    weights=_raking(data, margins, params),
                    channel=asked.leave_out if known else None,
                    others={other: result for other, result in same.items() if other != stream},
                ),
            )


def district_ranks(
    results: Mapping[ResultName, Result], params: Params, options: RankOptions
) -> Iterator[tuple[ResultName, RankSets | BayesRanks]]:
    """Rank the districts by the indicators that the parameters name, in every random sample.

    Parameters
    ----------
    results : mapping of ResultName to Estimates or RespondentShares
        The wave's results.
    params : Params
        Indicators and division.
    options : RankOptions
        How to rank.

    Yields
    ------
    tuple of ResultName and RankSets or BayesRanks
        Rank sets; with the model beside where it is asked for.
    """
    asked = params.ranking.areas
    if asked is None:
        return
    for name, result in results.items():
        if name.by != asked.by or name.kind != "level" or not isinstance(result, Estimates):
            continue
        for item in asked.items:
            at = np.flatnonzero(result.cells["item"].to_numpy() == item)
            if len(at):
                of_item = replace(name, what=item)
                one = result.take(at)
                yield (
                    of_item,
                    rank(one, options) if asked.model == "none" else bayes_ranks(one, options=options),
                )


def _raking(data: Microdata, margins: Margins | None, params: Params) -> Weights | None:
    """Weights of the residents who answered; None where nobody can be raked to the population."""
    residents = data.rows(data.residents())
    if margins is None or not len(residents):
        return None
    limits = params.weighting
    try:
        return rake(
            residents,
            margins,
            start="ones",
            bounds=None,
            tolerance=limits.tolerance,
            max_iterations=limits.max_iterations,
        )
    except (MarginError, ConvergenceError):
        return None
