"""What stands in a sentence's gaps: numbers and names that know how they are written in each language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from trygghet.claims import numbers_en, numbers_sv

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = ("sv", "en")


class Said(Protocol):
    """Anything that can be written in a sentence."""

    def say(self, language: Language) -> str:
        """Write it in a language.

        Parameters
        ----------
        language : {"sv", "en"}
            Language.

        Returns
        -------
        str
            The text.
        """


@dataclass(frozen=True, slots=True)
class Share:
    """A share of persons, written as whole percent."""

    value: float

    def say(self, language: Language) -> str:
        """Write ``47 %`` or ``47%``.

        Parameters
        ----------
        language : {"sv", "en"}
            Language.

        Returns
        -------
        str
            The text.
        """
        return numbers_sv.percent(self.value) if language == "sv" else numbers_en.percent(self.value)


@dataclass(frozen=True, slots=True)
class Limits:
    """Two ends of an interval for a share or a difference between shares, written in percent without the sign."""

    low: float
    high: float

    def say(self, language: Language) -> str:
        """Write ``43–51``.

        Parameters
        ----------
        language : {"sv", "en"}
            Language.

        Returns
        -------
        str
            The text.
        """
        span = numbers_sv.span if language == "sv" else numbers_en.span
        return span(100 * self.low, 100 * self.high)


@dataclass(frozen=True, slots=True)
class Points:
    """The size of a difference between shares."""

    value: float

    def say(self, language: Language) -> str:
        """Write ``16 procentenheter``.

        Parameters
        ----------
        language : {"sv", "en"}
            Language.

        Returns
        -------
        str
            The text.
        """
        return numbers_sv.points(self.value) if language == "sv" else numbers_en.points(self.value)


@dataclass(frozen=True, slots=True)
class Swing:
    """What a change may be, from its lower to its upper limit, in words: never a range with a minus in it."""

    low: float
    high: float

    def say(self, language: Language) -> str:
        """Write ``en minskning med 2 procentenheter till en ökning med 8``.

        Parameters
        ----------
        language : {"sv", "en"}
            Language.

        Returns
        -------
        str
            The text.
        """
        words = ("en minskning med {}", "en ökning med {}", "ingen förändring", "mindre än en procentenhet")
        if language == "en":
            words = ("a decrease of {}", "an increase of {}", "no change", "less than one percentage point")
        return _from_to(self.low, self.high, words, language=language)


@dataclass(frozen=True, slots=True)
class Gap:
    """How far below and above the others a group may lie."""

    low: float
    high: float

    def say(self, language: Language) -> str:
        """Write ``3 procentenheter lägre till 9 högre``.

        Parameters
        ----------
        language : {"sv", "en"}
            Language.

        Returns
        -------
        str
            The text.
        """
        words = ("{} lägre", "{} högre", "lika högt", "mindre än en procentenhet ifrån")
        if language == "en":
            words = ("{} below", "{} above", "level", "less than one percentage point apart")
        return _from_to(self.low, self.high, words, language=language)


def _from_to(low: float, high: float, words: tuple[str, str, str, str], *, language: Language) -> str:
    """Write two ends, with the unit only at the first that has one; ends that both round to nothing are told as such."""
    sized = numbers_sv.points if language == "sv" else numbers_en.points
    told = []
    unit_said = False
    for value in (low, high):
        size = sized(value)
        bare = size.split(numbers_sv.NBSP if language == "sv" else " ", maxsplit=1)[0]
        if bare == "0":
            told.append(words[2])
            continue
        told.append(words[0 if value < 0 else 1].format(bare if unit_said else size))
        unit_said = True
    if not unit_said:
        told[1] = words[3]
    return (" till " if language == "sv" else " to ").join(told)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of persons, in digits."""

    value: int

    def say(self, language: Language) -> str:
        """Write ``1 101`` or ``1,101``.

        Parameters
        ----------
        language : {"sv", "en"}
            Language.

        Returns
        -------
        str
            The text.
        """
        return numbers_sv.count(self.value) if language == "sv" else numbers_en.number(self.value)


@dataclass(frozen=True, slots=True)
class Words:
    """A small count, in words."""

    value: int
    neuter: bool = False

    def say(self, language: Language) -> str:
        """Write ``fyra``; one is ``ett`` before a neuter noun.

        Parameters
        ----------
        language : {"sv", "en"}
            Language.

        Returns
        -------
        str
            The text.
        """
        if language == "en":
            return numbers_en.in_words(self.value)
        return "ett" if self.neuter and self.value == 1 else numbers_sv.in_words(self.value)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an order: in Swedish the count in words (plats fyra), in English the ordinal."""

    value: int

    def say(self, language: Language) -> str:
        """Write ``fyra`` or ``fourth``.

        Parameters
        ----------
        language : {"sv", "en"}
            Language.

        Returns
        -------
        str
            The text.
        """
        return numbers_sv.in_words(self.value) if language == "sv" else numbers_en.ordinal(self.value)


@dataclass(frozen=True, slots=True)
class Both:
    """A phrase that is given in both languages."""

    sv: str
    en: str

    def say(self, language: Language) -> str:
        """Write the phrase of the language.

        Parameters
        ----------
        language : {"sv", "en"}
            Language.

        Returns
        -------
        str
            The text.
        """
        return self.sv if language == "sv" else self.en


@dataclass(frozen=True, slots=True)
class Joined:
    """Several things after one another, without a space of their own."""

    parts: Sequence[Said]

    def say(self, language: Language) -> str:
        """Write the parts one after the other.

        Parameters
        ----------
        language : {"sv", "en"}
            Language.

        Returns
        -------
        str
            The text.
        """
        return "".join(part.say(language) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Listing:
    """Several things with commas and a last "och"."""

    parts: Sequence[Said]

    def say(self, language: Language) -> str:
        """Write ``a, b och c``.

        Parameters
        ----------
        language : {"sv", "en"}
            Language.

        Returns
        -------
        str
            The text.
        """
        listing = numbers_sv.listing if language == "sv" else numbers_en.listing
        return listing([part.say(language) for part in self.parts])


def name(text: str) -> Both:
    """Give a name that is the same in both languages, such as a district's or a wave's.

    Parameters
    ----------
    text : str
        The name.

    Returns
    -------
    Both
        The name.
    """
    return Both(text, text)
