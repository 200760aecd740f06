"""What must be declared before a composite is computed: each source's meaning, and the weights with who set them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trygghet._typing import Transform, Worse
from trygghet.errors import Problem, RankingError

SUM_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class SourceDeclaration:
    """What the numbers of a source mean, and on which fixed scale they are compared.

    Parameters
    ----------
    pillar : str
        Pillar that the source belongs to, such as enkät, register, dialog or barn.
    unit, period, population, coverage : str
        Unit of the numbers, the period and the people they are about, and what they do not cover.
    goalposts : tuple of float or None
        Values, in the unit of the source, that count as 0 and 1; fixed, so that years can be compared.
    reference : float or None
        Instead of goalposts: values are divided by this one.
    worse : {"high", "low"}
        Which direction speaks for giving priority.
    transform : {"none", "log1p"}
        ``log1p`` for counts and rates that span several magnitudes; goalposts are transformed alike.

    Raises
    ------
    RankingError
        ``RANG-18`` if a text is empty, or not exactly one of goalposts and reference is given.
    """

    pillar: str
    unit: str
    period: str
    population: str
    coverage: str
    goalposts: tuple[float, float] | None = None
    reference: float | None = None
    worse: Worse = "high"
    transform: Transform = "none"

    def __post_init__(self) -> None:
        empty = [
            name
            for name in ("pillar", "unit", "period", "population", "coverage")
            if not getattr(self, name).strip()
        ]
        if (self.goalposts is None) == (self.reference is None) or (
            self.goalposts is not None and not self.goalposts[0] < self.goalposts[1]
        ):
            empty.append("goalposts")
        elif self.reference is not None and not self.reference > 0:
            empty.append("reference")
        if empty:
            raise RankingError(
                Problem(
                    code="RANG-18",
                    what=f"A source of the composite does not rightly declare {', '.join(empty)}.",
                    why="Without them nobody can say what the composite adds up.",
                    remedy="Declare them all, with either goalposts (low < high) or a reference above 0.",
                    facts={"names": ", ".join(empty)},
                )
            )


@dataclass(frozen=True, slots=True)
class PillarWeights:
    """Weights of the pillars, and of the sources within them, with who set them and when.

    Parameters
    ----------
    pillars : mapping of str to float
        Weight of each pillar; they sum to 1.
    set_by : str
        Who decided the weights.
    decided : str
        When, in relation to the results: the weights are set before the ranks are seen.
    within : mapping of str to mapping of str to float
        Weights of the sources within a pillar, summing to 1; equal where left out.

    Raises
    ------
    RankingError
        ``RANG-19`` for weights that are negative or do not sum to 1, or without who and when.
    """

    pillars: Mapping[str, float]
    set_by: str
    decided: str
    within: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        wrong = [
            name
            for name, weights in (("pillars", self.pillars), *self.within.items())
            if any(not w >= 0 for w in weights.values())
            or not math.isclose(sum(weights.values()), 1.0, abs_tol=SUM_TOLERANCE)
        ]
        wrong += [name for name in ("set_by", "decided") if not getattr(self, name).strip()]
        if wrong:
            raise _weights(f"wrong or missing: {', '.join(wrong)}")

    @classmethod
    def equal(cls, pillars: Iterable[str], *, set_by: str, decided: str) -> "PillarWeights":
        """Give every pillar the same weight, which keeps three survey items from counting thrice.

        Parameters
        ----------
        pillars : iterable of str
            Names of the pillars.
        set_by, decided : str
            Who decided on equal weights, and when.

        Returns
        -------
        PillarWeights
            Equal by pillar, and equal within each.
        """
        names = tuple(dict.fromkeys(pillars))
        return cls({name: 1 / len(names) for name in names}, set_by, decided)

    def of_sources(self, pillar_of: Mapping[str, str], *, renormalise: bool) -> dict[str, float]:
        """Weight of each source.

        Parameters
        ----------
        pillar_of : mapping of str to str
            Pillar of each source that is there.
        renormalise : bool
            Whether a declared pillar without a source gives its weight to the others; else that is an error.

        Returns
        -------
        dict of str to float
            Weights that sum to 1.

        Raises
        ------
        RankingError
            ``RANG-19`` for a source without a weight, or a weight without a source.
        """
        present = dict.fromkeys(pillar_of.values())
        unweighted = [pillar for pillar in present if pillar not in self.pillars]
        absent = [pillar for pillar in self.pillars if pillar not in present]
        if unweighted:
            raise _weights(f"pillars without a weight: {', '.join(unweighted)}")
        if absent and not renormalise:
            raise _weights(f"pillars without a source: {', '.join(absent)}")
        total = sum(self.pillars[pillar] for pillar in present)
        if not total > 0:
            raise _weights("all pillars that are there have weight 0")
        found: dict[str, float] = {}
        for pillar in present:
            members = [name for name, own in pillar_of.items() if own == pillar]
            shares = self._shares(pillar, members, renormalise=renormalise)
            found |= {name: shares[name] * self.pillars[pillar] / total for name in members}
        return found

    def _shares(self, pillar: str, members: list[str], *, renormalise: bool) -> dict[str, float]:
        """Shares of the sources of one pillar."""
        declared = self.within.get(pillar)
        if declared is None:
            return {name: 1 / len(members) for name in members}
        unweighted = [name for name in members if name not in declared]
        absent = [name for name in declared if name not in members]
        if unweighted:
            raise _weights(f"sources of {pillar} without a weight: {', '.join(unweighted)}")
        if absent and not renormalise:
            raise _weights(f"weights of {pillar} without a source: {', '.join(absent)}")
        total = sum(declared[name] for name in members)
        if not total > 0:
            raise _weights(f"all sources of {pillar} that are there have weight 0")
        return {name: declared[name] / total for name in members}


def _weights(found: str) -> RankingError:
    """Tell what is wrong with the weights."""
    return RankingError(
        Problem(
            code="RANG-19",
            what=f"The weights of the composite do not fit: {found}.",
            why="The weights are the decision that the composite rests on; none is made up here.",
            remedy="Declare a weight for every pillar and source, summing to 1, with who set them and when; "
            "or declare missing='renormalise'.",
            facts={"found": found},
        )
    )
