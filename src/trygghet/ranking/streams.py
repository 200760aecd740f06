"""The same question in every stream, side by side and never pooled."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from trygghet.errors import Problem, RankingError
from trygghet.estimate.told import result_html
from trygghet.ranking.respondents import RespondentOrder
from trygghet.ranking.top import TopSet

Agreement = Literal["everywhere", "nowhere", "differs", "cannot_be_shown"]


@dataclass(frozen=True, slots=True)
class StreamComparison:
    """Each option's standing in each stream.

    Parameters
    ----------
    m : int
        Number of first places.
    streams : mapping of str to TopSet or RespondentOrder
        One result a stream.
    """

    m: int
    streams: Mapping[str, TopSet | RespondentOrder]

    @property
    def labels(self) -> tuple[str, ...]:
        """Options, in the order of the first stream."""
        found: dict[str, None] = {}
        for result in self.streams.values():
            ranked = result.ranks if isinstance(result, TopSet) else result
            found |= dict.fromkeys(ranked.labels[j] for j in ranked.order)
        return tuple(found)

    def standing(self, label: str) -> dict[str, str]:
        """Where one option stands in each stream.

        Parameters
        ----------
        label : str
            Option.

        Returns
        -------
        dict of str to str
            For a probability sample surely, maybe, out or unranked; for a self-selected stream described_in or described_out
            (among the respondents); absent where the stream was not asked.
        """
        found = {}
        for name, result in self.streams.items():
            if isinstance(result, TopSet):
                boxes = dict(zip(result.ranks.labels, result.box, strict=True))
                found[name] = boxes.get(label, "absent")
            else:
                places = dict(zip(result.labels, result.place, strict=True))
                place = int(places.get(label, 0))
                found[name] = (
                    "absent" if place == 0 else "described_in" if place <= self.m else "described_out"
                )
        return found

    def agreement(self, label: str) -> Agreement:
        """Whether an option is among the first m in every stream.

        Parameters
        ----------
        label : str
            Option.

        Returns
        -------
        str
            everywhere, nowhere, differs; or cannot_be_shown where a probability sample leaves it open or a stream lacks it.
        """
        standing = set(self.standing(label).values())
        if standing & {"maybe", "absent", "unranked"}:
            return "cannot_be_shown"
        inside, outside = standing & {"surely", "described_in"}, standing & {"out", "described_out"}
        return "differs" if inside and outside else "everywhere" if inside else "nowhere"

    def _repr_html_(self) -> str:
        return result_html(
            "Each option in each stream; streams are never pooled",
            self.to_frame(),
            (f"the first {self.m} places",),
        )

    def to_frame(self) -> pd.DataFrame:
        """Lay the streams out side by side, one row an option and stream.

        Returns
        -------
        DataFrame
            Columns label, stream, kind, share, ci_low, ci_high, n, place, lower, upper, standing, agreement. A self-selected stream
            has a place among its respondents and no interval; a probability sample has a rank set and no bare place.
        """
        parts = [
            self._probability_rows(name, result)
            if isinstance(result, TopSet)
            else self._described_rows(name, result)
            for name, result in self.streams.items()
        ]
        table = pd.concat(parts)
        table["standing"] = [
            self.standing(label)[stream]
            for label, stream in zip(table["label"].tolist(), table["stream"].tolist(), strict=True)
        ]
        table["agreement"] = [self.agreement(label) for label in table["label"].tolist()]
        order = ["label", "stream", "kind", "share", "ci_low", "ci_high", "n", "place", "lower", "upper"]
        return table[[*order, "standing", "agreement"]].reset_index(drop=True)

    @staticmethod
    def _probability_rows(stream: str, top: TopSet) -> pd.DataFrame:
        """Rows of a probability sample: share, interval and rank set."""
        columns = ["label", "estimate", "ci_low", "ci_high", "n", "lower", "upper"]
        frame = top.to_frame().iloc[top.ranks.order][columns].rename(columns={"estimate": "share"})
        frame["place"] = pd.array([pd.NA] * len(frame), dtype="Int64")
        return frame.assign(kind="probability", stream=stream)

    @staticmethod
    def _described_rows(stream: str, order: RespondentOrder) -> pd.DataFrame:
        """Rows of a self-selected stream: share and place among the respondents."""
        frame = order.to_frame()[["label", "share", "n", "place"]]
        for name in ("lower", "upper"):
            frame[name] = pd.array([pd.NA] * len(frame), dtype="Int64")
        return frame.assign(kind=order.heading, stream=stream, ci_low=float("nan"), ci_high=float("nan"))


def by_stream(streams: Mapping[str, TopSet | RespondentOrder], *, m: int | None = None) -> StreamComparison:
    """Lay the priorities of several streams side by side.

    Parameters
    ----------
    streams : mapping of str to TopSet or RespondentOrder
        Results by the name of the stream: a top set for a probability sample, an order for a self-selected stream.
    m : int or None
        Number of first places; None takes that of the top sets.

    Returns
    -------
    StreamComparison
        Side by side; nothing is pooled.

    Raises
    ------
    RankingError
        ``RANG-17`` if there is no stream, or the streams do not share one number of places.
    """
    counts = {result.m for result in streams.values() if isinstance(result, TopSet)}
    places = counts | ({m} if m is not None else set())
    if not streams or len(places) != 1:
        raise RankingError(
            Problem(
                code="RANG-17",
                what=f"{len(streams)} streams were compared over {sorted(places)} first places.",
                why="A comparison needs at least one stream and one number of places for all.",
                remedy="Make every top set with the same m, and give m where all streams are self-selected.",
                facts={"streams": len(streams), "places": ", ".join(map(str, sorted(places)))},
            )
        )
    return StreamComparison(places.pop(), dict(streams))
