"""Families that are declared before anyone looks: how many statements share one risk of a false one, and what they can show."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Self

import pandas as pd

from trygghet._distributions import normal_below, normal_quantile
from trygghet.errors import ClaimError, Problem

Kind = Literal["priorities", "headline", "districts", "follow_up", "district_table"]
KINDS: tuple[Kind, ...] = ("priorities", "headline", "districts", "follow_up", "district_table")

MOST_HEADLINES = 12


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
        Into how many parts the family's risk is divided: changes, and tests of no change within each margin.
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
            By Šidák for independent comparisons (unordered pairs count once): a bound from above for the joint max-t. In a family of
            several parts, of a comparison in the first part.
        """
        k = self.comparisons
        if self.kind == "priorities":
            k //= 2
        elif self.parts > 1:
            k = sum(":" not in member for member in self.members)
        part = 1 - (1 - level) / self.parts
        return float(normal_quantile(0.5 + part ** (1 / max(1, k)) / 2))


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
            One row a family and number of answers: ``family, kind, comparisons, n, detectable`` (80 % power) and one column
            ``power_…`` for each difference in percentage points.

        Notes
        -----
        Standard error: of one share ``sqrt(D p q / n)`` (headline, against a threshold); of a difference between two waves
        ``sqrt(2 D p q / n)`` (follow_up); between an area and the rest ``sqrt(D p q / n (k + k / (k - 1)))`` with ``k`` areas of
        equal size (districts, district_table); between two options of the same persons ``sqrt(D 2 p q / n (1 + p / q))``, exclusive
        choices, the least favourable case (priorities). Normal, Šidák over the family. A family without comparisons is left out.
        """
        rows = []
        for family in (each for each in self.declared if each.comparisons):
            c = family.critical(self.family_level)
            for n in answers:
                error = _standard_error(family, n, share=share, design_effect=design_effect)
                row = {
                    "family": family.name,
                    "kind": family.kind,
                    "comparisons": family.comparisons,
                    "n": n,
                    "detectable": (c + normal_quantile(0.8)) * error,
                }
                row |= {f"power_{100 * d:.0f}": float(normal_below(d / error - c)) for d in differences}
                rows.append(row)
        return pd.DataFrame(rows)


def _standard_error(family: Family, n: int, *, share: float, design_effect: float) -> float:
    one = design_effect * share * (1 - share) / n
    k = max(2, len(family.members))
    rest = k + k / (k - 1)
    factor: dict[Kind, float] = {
        "headline": 1.0,
        "follow_up": 2.0,
        "districts": rest,
        "district_table": rest,
        "priorities": 2 * (1 + share / (1 - share)),
    }
    return math.sqrt(one * factor[family.kind])
