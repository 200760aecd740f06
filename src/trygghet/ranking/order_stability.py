"""Does the order among respondents hold when the answers are reweighted, split or compared? A table, not a test."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from trygghet._typing import FloatArray, IntArray
from trygghet.design import OpenSample
from trygghet.errors import DesignError, Problem, RankingError
from trygghet.estimate import Estimates, RespondentShares, multi_response
from trygghet.estimate.told import result_html
from trygghet.ingest import Microdata
from trygghet.ranking.priorities import alternatives
from trygghet.ranking.respondents import (
    RespondentOrder,
    SelectionToSwap,
    describe_order,
    exclusive_weights,
    places_of,
)
from trygghet.weighting import Weights
from trygghet.weighting.stream import weighted_rows

CheckKind = Literal["raked", "without", "stream"]


@dataclass(frozen=True, slots=True, eq=False)
class OrderCheck:
    """Another way to count the same options.

    Parameters
    ----------
    kind : {"raked", "without", "stream"}
        Reweighted to the population, without one channel, or counted in another stream.
    detail : str
        The channel that is left out, or the stream; empty where reweighted.
    n : int
        Respondents, or sample members, behind it.
    place : ndarray of int, shape (k,)
        Place of each option; 0 where it has none.
    wave, stream : str
        Whose answers are counted.
    """

    kind: CheckKind
    detail: str
    n: int
    place: IntArray
    wave: str = ""
    stream: str = ""

    @property
    def scenario(self) -> str:
        """What was done, such as ``raked`` or ``without QR``."""
        return {"raked": "raked", "without": f"without {self.detail}", "stream": self.detail}[self.kind]

    @property
    def known(self) -> bool:
        """Whether any option has a place."""
        return bool(np.any(self.place > 0))


@dataclass(frozen=True, slots=True, eq=False)
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
    alone : ndarray, shape (k, k)
        Entry (j, i): weighted number of respondents who chose option j and not option i; NaN where unknown.
    """

    order: RespondentOrder
    m: int
    checks: tuple[OrderCheck, ...]
    alone: FloatArray

    @property
    def stable(self) -> bool:
        """Whether the same options are among the first m in every scenario."""
        return all(self.same_members(check) for check in self.checks)

    @property
    def selection(self) -> SelectionToSwap | None:
        """How strong selection by opinion would have to be to swap place m and the next; None where there is no next place.

        Notes
        -----
        Only respondents who chose exactly one of the two options decide which is larger. If those who chose the inside option alone
        were ``r`` times as willing to answer as those who chose the outside option alone, the shares would be equal among all at
        ``r = inside_only / outside_only``. Nothing in the answers says whether r is 1.
        """
        line = self.line
        if line is None or not np.isfinite(self.alone[line]):
            return None
        inside, outside = line
        return SelectionToSwap(
            inside=self.order.labels[inside],
            outside=self.order.labels[outside],
            inside_only=float(self.alone[inside, outside]),
            outside_only=float(self.alone[outside, inside]),
        )

    @property
    def line(self) -> tuple[int, int] | None:
        """Positions of the options at place m and at the next; None where there is no next place."""
        shown = [int(j) for j in self.order.order if self.order.place[j] > 0]
        return (shown[self.m - 1], shown[self.m]) if 1 <= self.m < len(shown) else None

    def first(self, check: OrderCheck | None = None) -> tuple[str, ...]:
        """Options with a place up to m, in order; more than m if tied.

        Parameters
        ----------
        check : OrderCheck or None
            A scenario; None for the order as answered.

        Returns
        -------
        tuple of str
            Labels.
        """
        places = self.order.place if check is None else check.place
        falling = np.argsort(np.where(places > 0, places, len(places) + 1), kind="stable")
        return tuple(self.order.labels[j] for j in falling if 0 < places[j] <= self.m)

    def same_members(self, check: OrderCheck) -> bool:
        """Whether the same options are among the first m in a scenario.

        Parameters
        ----------
        check : OrderCheck
            A scenario.

        Returns
        -------
        bool
            True also where the order differs.
        """
        return set(self.first(check)) == set(self.first())

    def _repr_html_(self) -> str:
        return result_html(
            f"The first {self.m} places {self.order.heading}, counted in {len(self.checks) + 1} ways",
            self.to_frame(),
            ("the same in every way" if self.stable else "not the same in every way",),
        )

    def to_frame(self) -> pd.DataFrame:
        """Lay the checks out as a table.

        Returns
        -------
        DataFrame
            Columns scenario, n, first, same_members, same_order, entered, left.
        """
        before = self.first()
        firsts = [self.first(check) for check in self.checks]
        return pd.DataFrame(
            {
                "scenario": [check.scenario for check in self.checks],
                "n": [check.n for check in self.checks],
                "first": [", ".join(first) for first in firsts],
                "same_members": [set(first) == set(before) for first in firsts],
                "same_order": [first == before for first in firsts],
                "entered": [", ".join(label for label in first if label not in before) for first in firsts],
                "left": [", ".join(label for label in before if label not in first) for first in firsts],
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
        Raking to population margins, of all rows or, told by their ids, of the residents among them; it changes shares and never
        adds an interval.
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
    order = describe_order(alternatives(multi_response(sample, block), columns.codebook, block))
    checks: list[OrderCheck] = []
    if weights is not None:
        raked = multi_response(_reweighted(sample, columns, weights), block)
        checks.append(_check("raked", "", alternatives(raked, columns.codebook, block), order=order))
    if channel is not None:
        checks += _without_each(sample, columns, block, channel=channel, order=order)
    for name, shares in (others or {}).items():
        checks.append(_check("stream", name, alternatives(shares, columns.codebook, block), order=order))
    return OrderStability(order, m, tuple(checks), exclusive_weights(sample, order))


def _reweighted(sample: OpenSample, columns: Microdata, weights: Weights) -> OpenSample:
    """The answers that have weights, with their weights."""
    if weights.ids is None:
        if len(weights.values) != sample.n:
            raise _unfit(f"{len(weights.values)} weights for {sample.n} answers")
        return replace(sample, weights=weights.values)
    try:
        rows = weighted_rows(columns, weights)
    except DesignError as unfit:
        raise _unfit(f"{len(weights.values)} weights for {sample.n} answers") from unfit
    return replace(OpenSample.from_data(rows), weights=weights.values)


def _without_each(
    sample: OpenSample, columns: Microdata, block: str, *, channel: str, order: RespondentOrder
) -> Iterator[OrderCheck]:
    """Leave out each channel in turn."""
    groups = columns.groups(channel)
    codes = np.asarray(groups.codes)
    for code, label in enumerate(groups.labels):
        if (codes == code).any() and (codes != code).any():
            shares = multi_response(sample, block, where=codes != code)
            yield _check("without", label, alternatives(shares, columns.codebook, block), order=order)


def _check(
    kind: CheckKind, detail: str, shares: Estimates | RespondentShares, *, order: RespondentOrder
) -> OrderCheck:
    """Place the options in another count."""
    if list(shares.cells["item"]) != list(order.shares.cells["item"]):
        raise _unfit(f"other options in {detail or kind}")
    n = int(shares.n.max(initial=0))
    return OrderCheck(kind, detail, n, places_of(shares.values), shares.about.wave, shares.about.stream)


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
