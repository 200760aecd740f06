"""What sentences need beyond the results: who was asked, in which words, at which level."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from trygghet.claims import numbers_sv
from trygghet.claims.phrases import Phrase, phrase_of
from trygghet.claims.said import Both
from trygghet.codebook import Codebook
from trygghet.codebook.streams import Sampling
from trygghet.errors import ClaimError, Problem
from trygghet.estimate.estimates import About

_WHERE: Mapping[str, Both] = {
    "persons": Both("i det slumpmässiga urvalet", "in the random sample"),
    "households": Both("i det slumpmässiga urvalet av hushåll", "in the random sample of households"),
    "census": Both("i den grupp där alla tillfrågades", "in the group where everyone was asked"),
    "self_selected": Both("i den öppna enkäten", "in the open survey"),
    "invited": Both("bland de inbjudna", "among those invited"),
}
_SEXES: Mapping[str, Both] = {
    "Kvinna": Both("Bland kvinnor", "Among women"),
    "Man": Both("Bland män", "Among men"),
    "Annat": Both("Bland dem som uppgett annat kön", "Among people of another sex"),
}
_AGES = re.compile(r"\d+[–-]\d+")
_MONTHS_EN: Mapping[str, str] = {
    "januari": "January",
    "februari": "February",
    "mars": "March",
    "maj": "May",
    "juni": "June",
    "juli": "July",
    "augusti": "August",
    "oktober": "October",
}


@dataclass(frozen=True, slots=True)
class Source:
    """Who answered, how they were chosen and when.

    Parameters
    ----------
    sampling : str
        How people came into the stream.
    when : str
        When answers came in, in Swedish, such as "mars 2026"; the wave's name when left out.
    """

    sampling: Sampling = "persons"
    when: str = ""

    @property
    def where(self) -> Both:
        """The stream in words, after "svarande"."""
        return _WHERE[self.sampling]

    def date(self, wave: str) -> Both:
        """Say when the answers came in.

        Parameters
        ----------
        wave : str
            Name of the wave, for a stream without dates.

        Returns
        -------
        Both
            The time in both languages.
        """
        when = self.when or wave
        english = when
        for swedish, translated in _MONTHS_EN.items():
            english = english.replace(swedish, translated)
        return Both(when, english[:1].upper() + english[1:])


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules need beyond the results.

    Parameters
    ----------
    sources : mapping of (wave, stream) to Source
        Who answered; a stream that is not named here counts as a random sample without dates.
    phrases : mapping of str to Phrase
        Words for items that the labels do not give well.
    choose : int or None
        How many priorities a person could choose.
    dont_know : frozenset of str
        Items whose base holds those who answered "don't know".
    unions : frozenset of str
        Items that join several options, and so do not compete with them.
    groups : mapping of str to str
        How a group is spoken of, such as "Kvinna": "Bland kvinnor"; areas are named "I Lunden" without being listed here.
    area_by : frozenset of str
        Values of ``by`` that divide the municipality into areas.
    level : float
        Level of the margins of error that are printed, and of the report as a whole.
    change_level : float or None
        Level of one comparison by which the smallest detectable change is told, as it is everywhere in a report; left out, the level
        at which the changes at hand were judged.
    families : int
        Into how many equal parts the report's risk of a false statement is divided: one a family of statements.

    Raises
    ------
    ClaimError
        PAST-02 when the level is not between 0.5 and 1.
    """

    sources: Mapping[tuple[str, str], Source] = field(default_factory=dict)
    phrases: Mapping[str, Phrase] = field(default_factory=dict)
    choose: int | None = None
    dont_know: frozenset[str] = frozenset()
    unions: frozenset[str] = frozenset()
    groups: Mapping[str, str] = field(default_factory=dict)
    area_by: frozenset[str] = frozenset({"omrade"})
    level: float = 0.95
    families: int = 1
    change_level: float | None = None

    def __post_init__(self) -> None:
        """Refuse a level that is no confidence level."""
        if not 0.5 < self.level < 1.0:
            raise ClaimError(
                Problem(
                    code="PAST-02",
                    what=f"the level {self.level} is not between 0.5 and 1",
                    why="a statement is supported at a level",
                    remedy="give a level such as 0.95",
                    facts={"niva": self.level},
                )
            )

    @classmethod
    def from_codebooks(
        cls,
        *books: Codebook,
        phrases: Mapping[str, Phrase] | None = None,
        level: float = 0.95,
        families: int = 1,
    ) -> Self:
        """Read the sources of one or more waves off their codebooks.

        Parameters
        ----------
        *books : Codebook
            Codebooks, the newest first; the first block of the first one says how many priorities could be chosen.
        phrases : mapping of str to Phrase, optional
            Words for items.
        level : float
            Level of the margins of error and of the report as a whole.
        families : int
            How many families share the risk of a false statement.

        Returns
        -------
        Context
            With a source for each stream of each wave.
        """
        sources = {
            (book.wave, stream.name): Source(stream.sampling, numbers_sv.period(stream.start, stream.end))
            for book in books
            for stream in book.declared_streams
        }
        blocks = list(books[0].multi_response.values()) if books else []
        items = {name: spec for book in books for name, spec in book.indicators.items()}
        return cls(
            sources=sources,
            phrases=phrases or {},
            choose=blocks[0].choose if blocks else None,
            dont_know=frozenset(name for name, spec in items.items() if "dont_know" in (spec.base or ())),
            unions=frozenset(
                f"{name}.{union}"
                for book in books
                for name, block in book.multi_response.items()
                for union in block.unions
            ),
            area_by=frozenset(book.areas.variable for book in books if book.areas),
            level=level,
            families=families,
        )

    @property
    def family_level(self) -> float:
        """Level of one family: the risk of the report, split evenly over its families (Bonferroni)."""
        return 1 - (1 - self.level) / max(1, self.families)

    def divided(self, parts: int) -> Self:
        """Divide a family's risk evenly among parts of it that are judged one by one (Bonferroni).

        Parameters
        ----------
        parts : int
            How many parts; none counts as one.

        Returns
        -------
        Context
            The same words, at the level of a part.
        """
        return replace(self, families=max(1, self.families) * max(1, parts))

    def source(self, wave: str, stream: str) -> Source:
        """Find who answered.

        Parameters
        ----------
        wave, stream : str
            Names of the wave and of the stream.

        Returns
        -------
        Source
            The declared source, or a random sample without dates.
        """
        return self.sources.get((wave, stream), Source())

    def is_area(self, by: str) -> bool:
        """Tell whether a division is one into areas.

        Parameters
        ----------
        by : str
            Name of the division, such as ``"omrade"`` or ``"omrade:utsatt_omrade"``.

        Returns
        -------
        bool
            True for areas and for groups of areas.
        """
        return by.partition(":")[0] in self.area_by

    def group(self, by: str, domain: str) -> Both:
        """Say where, or among whom.

        Parameters
        ----------
        by, domain : str
            Of a cell.

        Returns
        -------
        Both
            Such as "I Lunden", "Bland kvinnor" or "I åldern 16–29 år"; empty for everybody.
        """
        if not by:
            return Both("", "")
        if domain in self.groups:
            return Both(self.groups[domain], f"Among “{domain}”")
        if self.is_area(by):
            return Both(f"I {domain}", f"In {domain}")
        if domain in _SEXES:
            return _SEXES[domain]
        if _AGES.fullmatch(domain):
            return Both(f"I åldern {domain} år", f"At ages {domain}")
        return Both(f"Bland gruppen ”{domain}”", f"Among “{domain}”")

    def phrase(self, about: About, item: str) -> Phrase:
        """Find the words for an item.

        Parameters
        ----------
        about : About
            Gives the item's label.
        item : str
            Name of the item.

        Returns
        -------
        Phrase
            The words.
        """
        return phrase_of(item, about.label(item), self.phrases)
