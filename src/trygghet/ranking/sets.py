"""Rank sets of estimates: which place each item or area may have, from one probability sample."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray, IntArray, IntervalMethod
from trygghet.errors import Problem, RankingError
from trygghet.estimate import Estimates
from trygghet.ranking.bounds import RankBounds
from trygghet.ranking.options import RankOptions
from trygghet.ranking.tiers import alike, tiers


@dataclass(frozen=True, slots=True, eq=False)
class RankSets:
    """Estimates with the set of places that each may have.

    Parameters
    ----------
    estimates : Estimates
        What was ranked, one cell a unit.
    labels : tuple of str
        Reader's name of each unit.
    bounds : RankBounds
        Ranks, bounds and the pairs that were told apart.

    Raises
    ------
    RankingError
        ``RANG-06`` if the parts do not have the same length or a bound is out of order.
    """

    estimates: Estimates
    labels: tuple[str, ...]
    bounds: RankBounds

    def __post_init__(self) -> None:
        count, ranked = len(self.labels), self.bounds.ranked
        rank, lower, upper = (part[ranked] for part in (self.rank, self.lower, self.upper))
        fits = len(self.estimates) == count == self.rank.size
        if not fits or np.any((lower < 1) | (lower > rank) | (rank > upper) | (upper > count)):
            raise RankingError(
                Problem(
                    code="RANG-06",
                    what=f"A rank set of {count} labels does not fit its {self.rank.size} bounds.",
                    why="Every ranked unit needs 1 <= lower <= rank <= upper <= k.",
                    remedy="Make rank sets with rank(), and read them back with RankSets.from_dict().",
                    facts={"labels": count, "bounds": self.rank.size},
                )
            )

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def values(self) -> FloatArray:
        """Point estimates, shape (k,)."""
        return self.estimates.values

    @property
    def rank(self) -> IntArray:
        """Place by the point estimates; ties share the best place; 0 where not ranked."""
        return self.bounds.rank

    @property
    def lower(self) -> IntArray:
        """Best place that each unit may have; 0 where not ranked."""
        return self.bounds.lower

    @property
    def upper(self) -> IntArray:
        """Worst place that each unit may have; 0 where not ranked."""
        return self.bounds.upper

    @property
    def ranked(self) -> BoolArray:
        """False for a unit without an estimate or a standard error."""
        return self.bounds.ranked

    @property
    def rejected(self) -> BoolArray:
        """True at (j, k) where j is shown to be before k: the secure pairwise order."""
        return self.bounds.ahead

    @property
    def options(self) -> RankOptions:
        """Level, family, draws and the seed that was used."""
        return self.bounds.options

    @property
    def critical_value(self) -> float:
        """Critical value of the last step."""
        return self.bounds.critical_value

    @property
    def borderline(self) -> tuple[tuple[str, str], ...]:
        """Labels of the pairs that another seed may decide otherwise."""
        return tuple((self.labels[j], self.labels[k]) for j, k in self.bounds.borderline)

    @property
    def inseparable(self) -> tuple[tuple[str, str], ...]:
        """Labels of the pairs whose difference has no variance: the same item twice."""
        return tuple((self.labels[j], self.labels[k]) for j, k in self.bounds.inseparable)

    @property
    def unseparated(self) -> int:
        """Number of ranked pairs that the data do not tell apart."""
        told = self.bounds.ahead | self.bounds.ahead.T
        both = self.ranked[:, None] & self.ranked
        return int(np.triu(both & ~told, 1).sum())

    @property
    def order(self) -> IntArray:
        """Positions from rank 1 downwards, ties as they came, units that are not ranked last."""
        return np.argsort(np.where(self.ranked, self.rank, len(self) + 1), kind="stable")

    @property
    def tiers(self) -> IntArray:
        """Tier of each unit: all of a tier are shown to be before all of the next; 0 where not ranked."""
        return tiers(self.bounds.ahead, self.rank)

    @property
    def alike(self) -> tuple[tuple[str, ...], ...]:
        """Labels of the longest runs of neighbours within which no pair is told apart."""
        return tuple(tuple(self.labels[j] for j in run) for run in alike(self.bounds.ahead, self.rank))

    @property
    def could_be_first(self) -> tuple[str, ...]:
        """Labels of the units that may have rank 1."""
        return tuple(self.labels[j] for j in self.order if self.ranked[j] and self.lower[j] == 1)

    def to_frame(
        self, *, level: float | None = None, interval: IntervalMethod = "wilson-korn-graubard"
    ) -> pd.DataFrame:
        """Lay the ranking out as a table in the order of the estimates.

        Parameters
        ----------
        level : float or None
            Level of the interval of each value; None takes the level of the ranking.
        interval : str
            Method of the interval.

        Returns
        -------
        DataFrame
            The columns of ``Estimates.to_frame`` and label, rank, lower, upper, tier (missing where not ranked).
        """
        frame = self.estimates.to_frame(
            level=self.options.level if level is None else level, interval=interval
        )
        frame.insert(0, "label", list(self.labels))
        for name, places in (
            ("rank", self.rank),
            ("lower", self.lower),
            ("upper", self.upper),
            ("tier", self.tiers),
        ):
            frame[name] = pd.array(np.where(self.ranked, places, -1), dtype="Int64")
            frame.loc[~self.ranked, name] = pd.NA
        return frame

    def __repr__(self) -> str:
        options = self.options
        family = "joint" if options.joint else "marginal"
        return (
            f"<RankSets: {int(self.ranked.sum())} of {len(self)} ranked, {family} {options.level:g}, "
            f"{options.method}, {options.draws} draws, seed {options.seed}, critical value {self.critical_value:.3f}, "
            f"{self.unseparated} pairs not told apart, {len(self.borderline)} borderline>"
        )

    def _repr_html_(self) -> str:
        columns = ["label", "estimate", "ci_low", "ci_high", "n", "rank", "lower", "upper", "tier"]
        frame = self.to_frame().iloc[self.order][columns]
        caption = repr(self).strip("<>")
        return f"<p>{caption}</p>{frame.to_html(index=False, float_format='{:.3f}'.format, na_rep='')}"
