"""One source of a composite: its numbers by problem, and the sampling error that it has, if it has one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np

from trygghet._typing import SourceKind
from trygghet.errors import Problem, RankingError
from trygghet.estimate import Estimates, RespondentShares
from trygghet.ranking.composite.declared import SourceDeclaration


class UsedCell(NamedTuple):
    """A number of a survey that a source rests on, and how many answered."""

    wave: str
    stream: str
    item: str
    category: str
    by: str
    domain: str
    n: int


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Numbers of one source by problem.

    Parameters
    ----------
    name : str
        Name of the source.
    kind : {"survey", "register", "respondents", "votes", "table"}
        Only a survey, and a register with a declared dispersion, has sampling error.
    declared : SourceDeclaration
        What the numbers mean.
    values : mapping of str to float
        Number of each problem that the source knows.
    variances : mapping of str to float
        Variance of each number of a register; empty where there is none.
    estimates : Estimates or None
        Of a survey: the estimates that the numbers were taken from, for their joint covariance.
    cells : mapping of str to int
        Of a survey: position of each problem's cell in ``estimates``.
    uses : mapping of str to UsedCell
        Of a survey or of respondents: the cell that each problem's number is.
    """

    name: str
    kind: SourceKind
    declared: SourceDeclaration
    values: Mapping[str, float]
    variances: Mapping[str, float] = field(default_factory=dict)
    estimates: Estimates | None = None
    cells: Mapping[str, int] = field(default_factory=dict)
    uses: Mapping[str, UsedCell] = field(default_factory=dict)

    @classmethod
    def from_survey(
        cls, name: str, estimates: Estimates, items: Mapping[str, str], *, declared: SourceDeclaration
    ) -> "Source":
        """Take a source from estimates of a probability sample.

        Parameters
        ----------
        name : str
            Name of the source.
        estimates : Estimates
            All survey sources of one stream come from the same object: one call of an estimator, so that the covariance of items
            answered by the same people is known.
        items : mapping of str to str
            Item of each problem.
        declared : SourceDeclaration
            What the numbers mean.

        Returns
        -------
        Source
            With the joint covariance of its cells.

        Raises
        ------
        RankingError
            ``RANG-20`` if an item is missing or stands in several domains.
        """
        cells = {problem: _cell(name, estimates, item) for problem, item in items.items()}
        values = {problem: float(estimates.values[cell]) for problem, cell in cells.items()}
        uses = {problem: _used(estimates, cell) for problem, cell in cells.items()}
        return cls(name, "survey", declared, values, estimates=estimates, cells=cells, uses=uses)

    @classmethod
    def from_respondents(
        cls, name: str, shares: RespondentShares, items: Mapping[str, str], *, declared: SourceDeclaration
    ) -> "Source":
        """Take a source from the answers of a self-selected stream; it has no sampling error and gives no survey basis.

        Parameters
        ----------
        name : str
            Name of the source.
        shares : RespondentShares
            The description.
        items : mapping of str to str
            Item of each problem.
        declared : SourceDeclaration
            What the numbers mean.

        Returns
        -------
        Source
            Without sampling error.

        Raises
        ------
        RankingError
            ``RANG-20`` if an item is missing or stands in several domains.
        """
        cells = {problem: _cell(name, shares, item) for problem, item in items.items()}
        values = {problem: float(shares.values[cell]) for problem, cell in cells.items()}
        uses = {problem: _used(shares, cell) for problem, cell in cells.items()}
        return cls(name, "respondents", declared, values, uses=uses)

    @classmethod
    def from_register(
        cls,
        name: str,
        counts: Mapping[str, float],
        *,
        population: float,
        dispersion: float,
        declared: SourceDeclaration,
        per: float = 1000.0,
    ) -> "Source":
        """Take a source from recorded counts.

        Parameters
        ----------
        name : str
            Name of the source.
        counts : mapping of str to float
            Count of each problem.
        population : float
            Number of people that the counts are related to.
        dispersion : float
            1 or more: the counts vary as a process, with this many times the Poisson variance. 0: as recorded, no variance.
        declared : SourceDeclaration
            What the numbers mean.
        per : float
            Numbers are given per so many people.

        Returns
        -------
        Source
            Rates, with variance ``dispersion * count`` of each count.

        Raises
        ------
        RankingError
            ``RANG-20`` for a population that is not positive, or a dispersion that is neither 0 nor at least 1.
        """
        if not population > 0 or not (dispersion == 0 or dispersion >= 1):
            raise _source(name, "the population must be above 0, and the dispersion 0 or at least 1")
        rate = per / population
        values = {problem: count * rate for problem, count in counts.items()}
        variances = {problem: dispersion * count * rate**2 for problem, count in counts.items()}
        return cls(name, "register", declared, values, variances=variances if dispersion else {})

    @classmethod
    def from_table(
        cls,
        name: str,
        values: Mapping[str, float],
        *,
        declared: SourceDeclaration,
        kind: Literal["votes", "table"] = "table",
    ) -> "Source":
        """Take a source from a declared table: dialogue votes, notes, published numbers.

        Parameters
        ----------
        name : str
            Name of the source.
        values : mapping of str to float
            Number of each problem.
        declared : SourceDeclaration
            What the numbers mean.
        kind : {"votes", "table"}
            Votes in dialogues, or any other numbers.

        Returns
        -------
        Source
            Without sampling error.
        """
        return cls(name, kind, declared, dict(values))

    @property
    def has_sampling_error(self) -> bool:
        """Whether the numbers vary from sample to sample, or from year to year as a declared process."""
        return self.kind == "survey" or bool(self.variances)

    @property
    def known(self) -> tuple[str, ...]:
        """Problems that the source has a number for."""
        return tuple(problem for problem, value in self.values.items() if np.isfinite(value))


def _cell(name: str, result: Estimates | RespondentShares, item: str) -> int:
    """Position of an item's only cell."""
    places = np.flatnonzero(result.cells["item"].to_numpy() == item)
    if places.size != 1:
        raise _source(name, f"the item {item} stands in {places.size} cells instead of one")
    return int(places[0])


def _used(result: Estimates | RespondentShares, cell: int) -> UsedCell:
    """Name a cell."""
    names = result.cells.iloc[cell]
    item, category, by, domain = (str(names[part]) for part in ("item", "category", "by", "domain"))
    return UsedCell(result.about.wave, result.about.stream, item, category, by, domain, int(result.n[cell]))


def _source(name: str, found: str) -> RankingError:
    """Tell what is wrong with a source."""
    return RankingError(
        Problem(
            code="RANG-20",
            what=f"The source {name} cannot be used: {found}.",
            why="A composite needs one number, with a known error, for each problem.",
            remedy="Correct the source's declaration.",
            facts={"source": name, "found": found},
        )
    )
