"""From a judged statement to a :class:`Claim`: one way in, so that no sentence goes without verdict, rule and base."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from trygghet.claims import numbers_en, numbers_sv
from trygghet.claims.claim import CellKey, Claim, Number, Reason, Verdict
from trygghet.claims.said import Both, Language, Said
from trygghet.claims.wording import RULES, Sentence, paragraph
from trygghet.estimate.estimates import CELL_COLUMNS, Estimates
from trygghet.estimate.shares import RespondentShares

_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement that has been judged and is about to be written.

    Parameters
    ----------
    statement : str
        Name in the grammar.
    verdict : str
        The verdict.
    text : tuple of Sentence
        What may be said.
    rule : str
        Key of :data:`~trygghet.claims.wording.RULES`.
    uses : tuple of CellKey
        Cells that the text reveals.
    subject : str
        What it is about, without numbers.
    numbers : mapping of str to float, int or str
        The numbers behind the text.
    base : tuple of Sentence
        Base, stream and date.
    needed : tuple of Sentence
        What it would have taken.
    settings : mapping of str to Said
        Gaps of the rule: level, m, method.
    reason : str
        Why it is not allowed.
    family : str
        Family whose adjustment the verdict carries.
    """

    statement: str
    verdict: Verdict
    text: tuple[Sentence, ...]
    rule: str
    uses: tuple[CellKey, ...]
    subject: str
    numbers: Mapping[str, Number] = field(default_factory=dict)
    base: tuple[Sentence, ...] = ()
    needed: tuple[Sentence, ...] = ()
    settings: Mapping[str, Said] = field(default_factory=dict)
    reason: Reason = ""
    family: str = ""

    def claim(self) -> Claim:
        """Write the statement in both languages.

        Returns
        -------
        Claim
            The claim; what it would have taken stands at the end of its text.
        """
        full = self.text + self.needed
        return Claim(
            statement=self.statement,
            verdict=self.verdict,
            numbers=dict(self.numbers),
            rule=self._rule("sv"),
            text=paragraph(full, "sv"),
            uses=self.uses,
            base=paragraph(self.base, "sv"),
            text_en=paragraph(full, "en"),
            base_en=paragraph(self.base, "en"),
            needed=paragraph(self.needed, "sv"),
            reason=self.reason,
            family=self.family,
            subject=self.subject[:1].upper() + self.subject[1:],
            rule_en=self._rule("en"),
            needed_en=paragraph(self.needed, "en"),
        )

    def _rule(self, language: Language) -> str:
        """Write the rule with its gaps filled."""
        template: str = getattr(RULES[self.rule], language)
        return template.format(**{name: gap.say(language) for name, gap in self.settings.items()})


def key_of(result: Estimates | RespondentShares, place: int, *, wave: str | None = None) -> CellKey:
    """Name a cell of a result.

    Parameters
    ----------
    result : Estimates or RespondentShares
        The result.
    place : int
        Position of the cell.
    wave : str, optional
        Wave that the cell belongs to; the result's own when left out.

    Returns
    -------
    CellKey
        The cell's name.
    """
    item, category, by, domain = (str(result.cells[column].iat[place]) for column in CELL_COLUMNS)
    return CellKey(
        item, category, by, domain, result.about.wave if wave is None else wave, result.about.stream
    )


def place_of(result: Estimates, cell: CellKey) -> int:
    """Find the cell of a result that has the same item, category and domain.

    Parameters
    ----------
    result : Estimates
        The result, of any wave.
    cell : CellKey
        The cell's name.

    Returns
    -------
    int
        Its position; -1 when the result lacks it.
    """
    names = zip(*(result.cells[column].tolist() for column in CELL_COLUMNS), strict=True)
    return next((place for place, name in enumerate(names) if name == cell[: len(CELL_COLUMNS)]), -1)


def level_in_words(level: float, language: Language = "sv") -> str:
    """Write a confidence level for a rule.

    Parameters
    ----------
    level : float
        The level.
    language : {"sv", "en"}
        Language.

    Returns
    -------
    str
        With as many decimals as it has, at most two: ``"95 %"``, ``"98,75 %"``; never rounded upwards.
    """
    hundredths = math.floor(10_000 * level + _ROUNDING)
    decimals = 2 if hundredths % 10 else 1 if hundredths % 100 else 0
    written = numbers_sv.percent if language == "sv" else numbers_en.percent
    return written(hundredths / 10_000, decimals)


def level_said(level: float) -> Both:
    """Give a confidence level for a rule in both languages.

    Parameters
    ----------
    level : float
        The level.

    Returns
    -------
    Both
        The level, as :func:`level_in_words` writes it.
    """
    return Both(level_in_words(level, "sv"), level_in_words(level, "en"))
