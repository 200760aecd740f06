"""The report's words in Swedish or English: texts from one catalogue, numbers and dates in the language's own form."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Protocol

from trygghet.claims import numbers_en, numbers_sv
from trygghet.claims.draft import level_in_words
from trygghet.report.texts import TEXTS

Language = Literal["sv", "en"]
WITHHELD: Final = ".."
NOT_ASKED: Final = "."
UNCERTAIN: Final = "()"


class _Numbers(Protocol):
    """The number forms of one language."""

    def number(self, value: float, decimals: int = 0) -> str: ...
    def percent(self, share: float, decimals: int = 0) -> str: ...
    def span(self, low: float, high: float, decimals: int = 0) -> str: ...
    def in_words(self, value: int) -> str: ...
    def listing(self, parts: Sequence[str]) -> str: ...


@dataclass(frozen=True, slots=True)
class Wording:
    """Texts and number forms of one language.

    Parameters
    ----------
    language : {"sv", "en"}, default "sv"
        Language of the output.
    """

    language: Language = "sv"

    @property
    def _numbers(self) -> "_Numbers":
        return numbers_sv if self.language == "sv" else numbers_en

    def __getitem__(self, key: str) -> str:
        text: str = getattr(TEXTS[key], self.language)
        return text

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number in the language's form.

        Parameters
        ----------
        value : float
            Number.
        decimals : int, default 0
            Decimals.

        Returns
        -------
        str
            Number as text.
        """
        return self._numbers.number(value, decimals)

    def percent(self, share: float, decimals: int = 0) -> str:
        """Write a share as a percentage.

        Parameters
        ----------
        share : float
            Share between 0 and 1.
        decimals : int, default 0
            Decimals.

        Returns
        -------
        str
            Percentage as text.
        """
        return self._numbers.percent(share, decimals)

    def level(self, level: float) -> str:
        """Write a level with the decimals that it has, never rounded upwards.

        Parameters
        ----------
        level : float
            Level between 0 and 1.

        Returns
        -------
        str
            Such as ``98,75 %``.
        """
        return level_in_words(level, self.language)

    def limits(self, low: float, high: float) -> str:
        """Write an interval of shares without the percent sign, such as ``43–51``; empty when there is none.

        Parameters
        ----------
        low, high : float
            Limits as shares.

        Returns
        -------
        str
            Interval as text.
        """
        if math.isnan(low) or math.isnan(high):
            return ""
        return numbers_sv.share_range(low, high)

    def span(self, low: float, high: float) -> str:
        """Write a range of numbers, also below zero.

        Parameters
        ----------
        low, high : float
            Ends.

        Returns
        -------
        str
            Such as ``−2 till 8``.
        """
        return self._numbers.span(low, high)

    def signed(self, value: float, decimals: int = 0) -> str:
        """Write a number with its sign; what is rounded to nought has none.

        Parameters
        ----------
        value : float
            Number.
        decimals : int, default 0
            Decimals.

        Returns
        -------
        str
            Such as ``+3`` or ``−2``.
        """
        text = self.number(value, decimals)
        return f"+{text}" if value > 0 and any(digit in text for digit in "123456789") else text

    def in_words(self, count: int) -> str:
        """Write a small count in words.

        Parameters
        ----------
        count : int
            Count.

        Returns
        -------
        str
            Words up to twelve, digits above.
        """
        return self._numbers.in_words(count)

    def listing(self, parts: tuple[str, ...]) -> str:
        """Join parts with commas and a final "och" or "and".

        Parameters
        ----------
        parts : tuple of str
            Parts.

        Returns
        -------
        str
            One phrase.
        """
        return self._numbers.listing(parts)

    def day(self, day: date) -> str:
        """Write a date for running text.

        Parameters
        ----------
        day : date
            Day.

        Returns
        -------
        str
            Such as ``13 december 2013``.
        """
        return (
            numbers_sv.long_date(day)
            if self.language == "sv"
            else f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"
        )

    def months(self, start: date | None, end: date | None) -> str:
        """Write when something was collected, by month.

        Parameters
        ----------
        start, end : date, optional
            First and last day.

        Returns
        -------
        str
            Such as ``mars–april 2026``; empty when unknown.
        """
        text = numbers_sv.period(start, end)
        if self.language == "sv":
            return text
        for swedish, english in _MONTH_PAIRS.items():
            text = text.replace(swedish, english)
        return text

    def base(self, ns: tuple[int, ...]) -> str:
        """Write one base, or the span of several.

        Parameters
        ----------
        ns : tuple of int
            Bases; those that are not shown are left out beforehand.

        Returns
        -------
        str
            Such as ``612`` or ``590–612``; the withheld mark when there is none.
        """
        if not ns:
            return WITHHELD
        low, high = min(ns), max(ns)
        return (
            self.number(low) if low == high else f"{self.number(low)}{numbers_sv.EN_DASH}{self.number(high)}"
        )


_ENGLISH_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SWEDISH_MONTHS: Final = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_MONTH_PAIRS: Final[Mapping[str, str]] = dict(zip(_SWEDISH_MONTHS, _ENGLISH_MONTHS, strict=True))

SWEDISH: Final = Wording("sv")
