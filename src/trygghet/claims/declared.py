"""Families that are declared before anyone looks: how many statements share one risk of a false one, and what they can show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Self

import pandas as pd

from trygghet._distributions import normal_below, normal_quantile
from trygghet.claims.power import Judged, chance_of_seeing, seen_normally
from trygghet.errors import ClaimError, Problem

Kind = Literal["priorities", "headline", "districts", "follow_up", "district_table"]
KINDS: tuple[Kind, ...] = ("priorities", "headline", "districts", "follow_up", "district_table")

MOST_HEADLINES = 12
_JUDGED: Mapping[Kind, Judged] = {
    "priorities": "options",
    "headline": "threshold",
    "districts": "rest",
    "follow_up": "waves",
    "district_table": "rest",
}


@dataclass(frozen=True, slots=True)
class Family:
    """Statements that are judged together.

    Parameters
    ----------
    name : str
        Its name in the parameters.
    kind : {"priorities", "headline", "districts", "follow_up", "district_table"}
        An order of options; headline indicators against what was declared; areas against the rest; headline indicators against the
        wave before; or the marks of the table of areas.
    members : tuple of str
        Options, indicators or areas. What is stated of an indicator stands after a colon: ``"kann_lofte:low"``.
    items : int
        How many indicators are compared over the members.
    parts : int
        Into how many parts the family's risk is divided: results that its items stand in, and tests of no change.
    """

    name: str
    kind: Kind
    members: tuple[str, ...]
    items: int = 1
    parts: int = 1

    @property
    def comparisons(self) -> int:
        """How many statements are tested: every ordered pair of options, or one a member and indicator."""
        k = len(self.members)
        return k * (k - 1) if self.kind == "priorities" else k * self.items

    @property
    def indicators(self) -> tuple[str, ...]:
        """The members without what is stated of them, each once."""
        return tuple(dict.fromkeys(member.partition(":")[0] for member in self.members))

    def critical(self, level: float) -> float:
        """Normal critical value of one comparison.

        Parameters
        ----------
        level : float
            Level of the family.

        Returns
        -------
        float
            By Šidák for independent comparisons (unordered pairs count once): a bound from above for the joint max-t; by
            Bonferroni where the family is judged so. In a family of several parts, of a comparison in the largest possible part.
        """
        k, risk = self.comparisons, (1 - level) / self.parts
        if self.kind == "priorities":
            k //= 2
        elif self.kind == "follow_up":
            k = sum(":" not in member for member in self.members)
        if self.kind in {"headline", "district_table"}:
            return float(normal_quantile(1 - risk / max(1, k) / 2))
        return float(normal_quantile(0.5 + (1 - risk) ** (1 / max(1, k)) / 2))

    def chance(self, n: float, *, share: float, difference: float, critical: float) -> float:
        """Chance that one of its statements shows a true difference.

        Parameters
        ----------
        n : float
            Answers over the design effect.
        share : float
            Share to start from.
        difference : float
            How much larger, or smaller, the threshold, the later wave, the area or the other option is.
        critical : float
            Normal critical value of one comparison.

        Returns
        -------
        float
            Probability.
        """
        return chance_of_seeing(
            _JUDGED[self.kind], n, share=share, difference=difference, critical=critical, areas=self._areas
        )

    def detectable(self, n: float, *, share: float, critical: float) -> float:
        """Smallest difference that one of its statements normally shows.

        Parameters
        ----------
        n : float
            Answers over the design effect.
        share : float
            Share to start from.
        critical : float
            Normal critical value of one comparison.

        Returns
        -------
        float
            Size of the difference; NaN where there is none.
        """
        return seen_normally(_JUDGED[self.kind], n, share=share, critical=critical, areas=self._areas)

    @property
    def _areas(self) -> int:
        return max(2, len(self.members)) if _JUDGED[self.kind] == "rest" else 2


@dataclass(frozen=True, slots=True)
class Families:
    """All families of a report; what is in none of them is exploratory and gets no sentence.

    Parameters
    ----------
    declared : tuple of Family
        The families.
    level : float
        One minus the risk of any false statement in the whole report.

    Raises
    ------
    ClaimError
        PAST-07 when a family of headline indicators holds more than twelve, PAST-08 when a name stands in two families of a kind.
    """

    declared: tuple[Family, ...]
    level: float = 0.95

    def __post_init__(self) -> None:
        """Refuse families that are too large or overlap."""
        problems = [
            Problem(
                code="PAST-07",
                what=f"the family {family.name!r} holds {len(family.indicators)} headline indicators",
                why=f"with more than {MOST_HEADLINES} the power of each is gone, and a headline is no headline",
                remedy="keep at most twelve; leave the others as exploratory tables without sentences",
                facts={"familj": family.name, "antal": len(family.indicators), "hogst": MOST_HEADLINES},
            )
            for family in self.declared
            if family.kind in {"headline", "follow_up"} and len(family.indicators) > MOST_HEADLINES
        ]
        for kind in KINDS:
            named = [member for family in self.declared if family.kind == kind for member in family.members]
            twice = sorted({member for member in named if named.count(member) > 1})
            problems += [
                Problem(
                    code="PAST-08",
                    what=f"{member!r} stands in two families",
                    why="its statement would carry two different risks",
                    remedy="keep it in one of them",
                    facts={"namn": member},
                )
                for member in twice
            ]
        if problems:
            raise ClaimError(*problems)

    @classmethod
    def from_names(
        cls,
        headline: Sequence[str] = (),
        *,
        priorities: Mapping[str, Sequence[str]] | None = None,
        districts: Mapping[str, Sequence[str]] | None = None,
        follow_up: Sequence[str] = (),
        level: float = 0.95,
    ) -> Self:
        """Declare the usual families.

        Parameters
        ----------
        headline : sequence of str
            Headline indicators that are held against a threshold, at most twelve.
        priorities : mapping of str to sequence of str, optional
            Ranked lists: name to options.
        districts : mapping of str to sequence of str, optional
            Divisions: name to areas.
        follow_up : sequence of str
            Headline indicators that are held against the wave before, at most twelve.
        level : float
            Level of the report.

        Returns
        -------
        Families
            The declared families.
        """
        found = [Family(name, "priorities", tuple(members)) for name, members in (priorities or {}).items()]
        found += [Family("headline", "headline", tuple(headline))] if headline else []
        found += [Family(name, "districts", tuple(members)) for name, members in (districts or {}).items()]
        found += [Family("follow_up", "follow_up", tuple(follow_up))] if follow_up else []
        return cls(tuple(found), level)

    @property
    def family_level(self) -> float:
        """Level of one family: the report's risk, split evenly."""
        return 1 - (1 - self.level) / max(1, len(self.declared))

    def comparison_level(self, kind: Kind) -> float | None:
        """Level of a single comparison in a family: what has to be foreseen when one of its statements is wanted.

        Parameters
        ----------
        kind : str
            Kind of family.

        Returns
        -------
        float or None
            Two-sided level of the strictest family of the kind; None when none is declared.
        """
        limits = [
            family.critical(self.family_level)
            for family in self.declared
            if family.kind == kind and family.members
        ]
        return float(2 * normal_below(max(limits)) - 1) if limits else None

    def of(self, member: str) -> Family | None:
        """Find the family of a name.

        Parameters
        ----------
        member : str
            Option, indicator or area.

        Returns
        -------
        Family or None
            Its family; None when it is exploratory.
        """
        return next((f for f in self.declared if member in f.members or member in f.indicators), None)

    def power_table(
        self,
        *,
        answers: Sequence[int] = (300, 500, 1100),
        share: float = 0.30,
        differences: Sequence[float] = (0.05, 0.10, 0.15),
        design_effect: float = 1.3,
    ) -> pd.DataFrame:
        """What each family can show, at several numbers of answers.

        Parameters
        ----------
        answers : sequence of int
            Answers in the random sample.
        share : float
            Share to start from.
        differences : sequence of float
            True differences.
        design_effect : float
            Variance over that of a simple random sample.

        Returns
        -------
        DataFrame
            One row a family and number of answers: ``family, kind, comparisons, n, detectable`` (80 % power; NaN where no
            difference is found so often) and one column ``power_…`` for each difference in percentage points, in the direction in
            which it is harder to show.

        Notes
        -----
        By the variance that the statements are judged with, see :func:`~trygghet.claims.power.chance_of_seeing`: the default limits of
        a share (headline), observed shares of two waves of ``n`` answers each (follow_up), the larger of the variances at observed and
        at equal shares with areas of equal size (districts, district_table), two options that nobody chooses both of, the least
        favourable case (priorities). ``n`` over the design effect stands for the precision of the weighted sample. A family without
        comparisons is left out.
        """
        rows = []
        for family in (each for each in self.declared if each.comparisons):
            c = family.critical(self.family_level)
            for n in answers:
                effective = n / design_effect
                row = {
                    "family": family.name,
                    "kind": family.kind,
                    "comparisons": family.comparisons,
                    "n": n,
                    "detectable": family.detectable(effective, share=share, critical=c),
                }
                row |= {
                    f"power_{100 * d:.0f}": min(
                        family.chance(effective, share=share, difference=side, critical=c) for side in (-d, d)
                    )
                    for d in differences
                }
                rows.append(row)
        return pd.DataFrame(rows)
