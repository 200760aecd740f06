"""The first m places in three boxes: surely there, may belong there, not there."""

from dataclasses import dataclass

import pandas as pd

from trygghet._typing import BoolArray, IntervalMethod
from trygghet.errors import Problem, RankingError
from trygghet.estimate import Estimates
from trygghet.ranking.options import RankOptions
from trygghet.ranking.sets import RankSets
from trygghet.ranking.verbs import rank


@dataclass(frozen=True, slots=True)
class Cutoff:
    """The line between place m and place m + 1.

    Parameters
    ----------
    inside : tuple of str
        Labels of the units with rank m by the point estimates (more than one if tied), or the nearest above.
    outside : tuple of str
        Labels of the units that come next; empty when all units are inside.
    secure : bool
        Whether it is shown which m units are inside.
    """

    inside: tuple[str, ...]
    outside: tuple[str, ...]
    secure: bool


@dataclass(frozen=True, slots=True, eq=False)
class TopSet:
    """Which units are among the first m.

    Parameters
    ----------
    ranks : RankSets
        Simultaneous rank sets.
    m : int
        Number of first places.

    Raises
    ------
    RankingError
        ``RANG-07`` if m is below 1, ``RANG-08`` if the sets are not simultaneous and two-sided.
    """

    ranks: RankSets
    m: int

    def __post_init__(self) -> None:
        options = self.ranks.options
        if self.m < 1:
            raise RankingError(
                Problem(
                    code="RANG-07",
                    what=f"The first {self.m} places were asked for.",
                    why="A list of priorities holds at least one place.",
                    remedy="Set ranking: top in params.yaml to 1 or more.",
                    facts={"m": self.m},
                )
            )
        if not options.joint or options.sides != "both":
            raise RankingError(
                Problem(
                    code="RANG-08",
                    what="A top set was asked for from rank sets that do not hold together.",
                    why="Who is among the first m is a statement about all units at once.",
                    remedy="Rank with joint=True and sides='both'.",
                    facts={"m": self.m},
                )
            )

    def __len__(self) -> int:
        return len(self.ranks)

    @property
    def surely(self) -> BoolArray:
        """Units whose whole rank set lies within the first m: upper <= m."""
        return self.ranks.ranked & (self.ranks.upper <= self.m)

    @property
    def maybe(self) -> BoolArray:
        """Units whose rank set crosses the line: lower <= m < upper."""
        return self.ranks.ranked & (self.ranks.lower <= self.m) & (self.ranks.upper > self.m)

    @property
    def out(self) -> BoolArray:
        """Units whose whole rank set lies after place m: lower > m."""
        return self.ranks.ranked & (self.ranks.lower > self.m)

    @property
    def places_left(self) -> int:
        """Places that are left for the units that may belong there."""
        return max(0, min(self.m, int(self.ranks.ranked.sum())) - int(self.surely.sum()))

    @property
    def cutoff_secure(self) -> bool:
        """Whether the data show which units are the first m."""
        return self.places_left == 0 and not bool(self.maybe.any())

    @property
    def cutoff(self) -> Cutoff:
        """The line between place m and m + 1: who stands on each side of it, and whether it is shown."""
        ranks = self.ranks
        shown = [int(j) for j in ranks.order if ranks.ranked[j]]
        inside = [j for j in shown if ranks.rank[j] <= self.m]
        last = max((int(ranks.rank[j]) for j in inside), default=0)
        following = [j for j in shown if ranks.rank[j] > self.m]
        next_ = min((int(ranks.rank[j]) for j in following), default=0)
        return Cutoff(
            inside=tuple(ranks.labels[j] for j in inside if ranks.rank[j] == last),
            outside=tuple(ranks.labels[j] for j in following if ranks.rank[j] == next_),
            secure=self.cutoff_secure,
        )

    @property
    def box(self) -> tuple[str, ...]:
        """Box of each unit: surely, maybe, out, or unranked."""
        return tuple(
            "surely" if sure else "maybe" if may else "out" if not_there else "unranked"
            for sure, may, not_there in zip(self.surely, self.maybe, self.out, strict=True)
        )

    def labels_in(self, box: str) -> tuple[str, ...]:
        """Labels of the units in one box, highest estimate first.

        Parameters
        ----------
        box : str
            surely, maybe, out or unranked.

        Returns
        -------
        tuple of str
            Labels.
        """
        boxes = self.box
        return tuple(self.ranks.labels[j] for j in self.ranks.order if boxes[j] == box)

    def to_frame(
        self, *, level: float | None = None, interval: IntervalMethod = "wilson-korn-graubard"
    ) -> pd.DataFrame:
        """Lay the top set out as a table in the order of the estimates.

        Parameters
        ----------
        level : float or None
            Level of the interval of each value; None takes the level of the ranking.
        interval : str
            Method of the interval.

        Returns
        -------
        DataFrame
            The columns of ``RankSets.to_frame`` and box.
        """
        frame = self.ranks.to_frame(level=level, interval=interval)
        frame["box"] = list(self.box)
        return frame

    def __repr__(self) -> str:
        return (
            f"<TopSet: first {self.m} of {int(self.ranks.ranked.sum())}: {int(self.surely.sum())} surely, "
            f"{self.places_left} places left for {int(self.maybe.sum())} that may belong there, cut-off "
            f"{'secure' if self.cutoff_secure else 'not secure'}>"
        )

    def _repr_html_(self) -> str:
        columns = ["label", "box", "estimate", "ci_low", "ci_high", "n", "lower", "upper"]
        frame = self.to_frame().iloc[self.ranks.order][columns]
        return f"<p>{repr(self).strip('<>')}</p>{frame.to_html(index=False, float_format='{:.3f}'.format)}"


def top_set(estimates: Estimates, m: int, options: RankOptions | None = None) -> TopSet:
    """Which units are among the first m: surely, perhaps, or not.

    Parameters
    ----------
    estimates : Estimates
        Items of one domain, or one item in several domains.
    m : int
        Number of first places, such as four priorities.
    options : RankOptions or None
        How to rank; simultaneous and two-sided.

    Returns
    -------
    TopSet
        All three boxes hold together at the level.

    Raises
    ------
    RankingError
        As :func:`rank`; ``RANG-07`` and ``RANG-08`` as :class:`TopSet`.

    Notes
    -----
    Surely: upper <= m. May belong: lower <= m < upper. Not: lower > m. From simultaneous sets the three statements hold for all
    units together, whatever m is.

    References
    ----------
    Mogstad, M., Romano, J. P., Shaikh, A. M. and Wilhelm, D. (2024). Inference for ranks with applications to mobility across
    neighbourhoods and academic achievement across countries. Review of Economic Studies. doi:10.1093/restud/rdad006.
    """
    return TopSet(rank(estimates, options), m)
