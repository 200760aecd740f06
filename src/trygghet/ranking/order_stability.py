"""Does the order among respondents hold when the answers are reweighted, split or compared? A table, not a test."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from trygghet.design import OpenSample
from trygghet.errors import Problem, RankingError
from trygghet.estimate import Estimates, RespondentShares, multi_response
from trygghet.ingest import Microdata
from trygghet.ranking.priorities import alternatives
from trygghet.ranking.respondents import (
    RespondentOrder,
    SelectionToSwap,
    describe_order,
    option_labels,
    places_of,
    selection_to_swap,
)
from trygghet.weighting import Weights


@dataclass(frozen=True, slots=True)
class OrderCheck:
    """One other way to count, and what it does to the first m places.

    Parameters
    ----------
    scenario : str
        What was done, such as ``raked`` or ``without channel QR``.
    n : int
        Respondents, or sample members, behind it.
    first : tuple of str
        Options with a place up to m, in order.
    same_members : bool
        Whether the same options are among the first m.
    same_order : bool
        Whether they also come in the same order.
    entered, left : tuple of str
        Options that come in among the first m, or fall out.
    """

    scenario: str
    n: int
    first: tuple[str, ...]
    same_members: bool
    same_order: bool
    entered: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrderStability:
    """How the first m places among respondents fare under other ways to count.

    Parameters
    ----------
    order : RespondentOrder
        The order as answered.
    m : int
        Number of first places.
    checks : tuple of OrderCheck
        One a scenario.
    selection : SelectionToSwap or None
        How strong selection by opinion would have to be to swap place m and the next.
    """

    order: RespondentOrder
    m: int
    checks: tuple[OrderCheck, ...]
    selection: SelectionToSwap | None

    @property
    def stable(self) -> bool:
        """Whether the same options are among the first m in every scenario."""
        return all(check.same_members for check in self.checks)

    def to_frame(self) -> pd.DataFrame:
        """Lay the checks out as a table.

        Returns
        -------
        DataFrame
            Columns scenario, n, first, same_members, same_order, entered, left.
        """
        return pd.DataFrame(
            {
                "scenario": [check.scenario for check in self.checks],
                "n": [check.n for check in self.checks],
                "first": [", ".join(check.first) for check in self.checks],
                "same_members": [check.same_members for check in self.checks],
                "same_order": [check.same_order for check in self.checks],
                "entered": [", ".join(check.entered) for check in self.checks],
                "left": [", ".join(check.left) for check in self.checks],
            }
        )


def order_stability(
    sample: OpenSample,
    block: str,
    *,
    m: int = 4,
    weights: Weights | None = None,
    channel: str | None = None,
    others: Mapping[str, Estimates | RespondentShares] | None = None,
) -> OrderStability:
    """Check the first m places of a self-selected stream after raking, without each channel, and against other streams.

    Parameters
    ----------
    sample : OpenSample
        One self-selected stream with its codebook.
    block : str
        Multi-response block.
    m : int
        Number of first places.
    weights : Weights or None
        Raking of the same rows to population margins; it changes shares and never adds an interval.
    channel : str or None
        Variable that says through which channel a person came; each channel is left out in turn.
    others : mapping of str to Estimates or RespondentShares, or None
        Shares of the same block in other streams, by the stream's name.

    Returns
    -------
    OrderStability
        A description; it names no level.

    Raises
    ------
    RankingError
        ``RANG-14`` without a codebook, ``RANG-16`` where weights or options do not fit.
    """
    columns = sample.columns
    if not isinstance(columns, Microdata):
        raise RankingError(
            Problem(
                code="RANG-14",
                what=f"The priorities {block} were asked for from a plain table.",
                why="Only a codebook says which columns belong to the block, and which options are joined.",
                remedy="Describe the columns with multi_response() and describe_order().",
                facts={"block": block},
            )
        )
    book = columns.codebook
    order = describe_order(alternatives(multi_response(sample, block), book, block))
    counted: dict[str, Estimates | RespondentShares] = {}
    if weights is not None:
        if len(weights.values) != sample.n:
            raise _unfit(f"{len(weights.values)} weights for {sample.n} answers")
        counted["raked"] = multi_response(replace(sample, weights=weights.values), block)
    if channel is not None:
        groups = columns.groups(channel)
        codes = np.asarray(groups.codes)
        for code, label in enumerate(groups.labels):
            if (codes == code).any():
                counted[f"without {label}"] = multi_response(sample, block, where=codes != code)
    counted |= dict(others or {})
    checks = tuple(
        _check(name, alternatives(shares, book, block), order=order, m=m) for name, shares in counted.items()
    )
    return OrderStability(order, m, checks, selection_to_swap(sample, order, m=m))


def _check(
    scenario: str, shares: Estimates | RespondentShares, *, order: RespondentOrder, m: int
) -> OrderCheck:
    """Compare the first m places of another count with the order as answered."""
    if list(shares.cells["item"]) != list(order.shares.cells["item"]):
        raise _unfit(f"other options in {scenario}")
    labels, places = option_labels(shares), places_of(shares.values)
    falling = np.argsort(np.where(places > 0, places, len(places) + 1), kind="stable")
    first = tuple(labels[j] for j in falling if 0 < places[j] <= m)
    before = order.first(m)
    return OrderCheck(
        scenario=scenario,
        n=int(shares.n.max(initial=0)),
        first=first,
        same_members=set(first) == set(before),
        same_order=first == before,
        entered=tuple(label for label in first if label not in before),
        left=tuple(label for label in before if label not in first),
    )


def _unfit(found: str) -> RankingError:
    """Tell that a scenario does not belong to the order."""
    return RankingError(
        Problem(
            code="RANG-16",
            what=f"The order cannot be checked: {found}.",
            why="Every scenario must count the same options of the same block.",
            remedy="Take weights of the same rows, and the same block in every stream.",
            facts={"found": found},
        )
    )
