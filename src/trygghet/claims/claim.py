"""A statement about data: its verdict, the rule that gave it, the numbers it rests on, and its words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, NamedTuple, Self

from trygghet._html import told_html
from trygghet.errors import ClaimError, Problem

Verdict = Literal["supported", "not_supported", "cannot_be_shown", "not_allowed", "describes_respondents"]
Reason = Literal["", "stream", "base", "suppressed", "break", "definition", "comparison", "cause", "source"]
Number = float | int | str

VERDICTS: tuple[Verdict, ...] = (
    "supported",
    "not_supported",
    "cannot_be_shown",
    "not_allowed",
    "describes_respondents",
)


class CellKey(NamedTuple):
    """The estimated cell that a statement reveals: what the disclosure gate compares with the cells it withholds.

    ``item``, ``category``, ``by`` and ``domain`` name the cell as in a result's ``cells``; ``wave`` and ``stream`` say whose
    answers. The value itself is meant: a statement on a difference or a change names both cells that it compares.
    """

    item: str
    category: str
    by: str
    domain: str
    wave: str
    stream: str = ""


class Told(NamedTuple):
    """What a reader sees of a statement: its text, its line of base, and the rule that gave the verdict."""

    text: str
    base: str
    rule: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of the grammar, judged.

    Parameters
    ----------
    statement : str
        Which statement of the grammar it is, for example ``"increased"`` or ``"among_largest"``.
    verdict : str
        ``"supported"``, ``"not_supported"`` (the data say the opposite), ``"cannot_be_shown"`` (the data do not decide),
        ``"not_allowed"`` (see ``reason``) or ``"describes_respondents"`` (self-selected answers).
    numbers : mapping of str to float, int or str
        Every number that the text shows, unrounded, by name.
    rule : str
        The rule that gave the verdict, in Swedish, for the method annex.
    text : str
        The sentence or sentences that may be printed, in Swedish.
    uses : tuple of CellKey
        The cells that the text reveals; none for a refusal without a number.
    base : str
        The line of base, stream and date, in Swedish.
    text_en, base_en, rule_en, needed_en : str
        The same in English.
    needed : str
        What it would have taken to show the statement, or what is lacking, in Swedish; empty when it is shown.
    reason : str
        Why a statement is not allowed: ``"stream"`` (no random sample), ``"base"`` (nobody or too few), ``"suppressed"``,
        ``"break"`` (not the same question), ``"definition"`` (a word without a declared meaning), ``"comparison"`` (nothing to
        compare with), ``"cause"`` (a survey does not give causes) or ``"source"`` (no base or source is named).
    family : str
        The declared family whose adjustment the verdict carries; empty for a single statement.
    subject : str
        What the statement is about, in Swedish and without any number: the heading that is left when it is suppressed.

    Raises
    ------
    ClaimError
        PAST-01 when text or verdict is missing: there is no text without a verdict and no verdict without words.
    """

    statement: str
    verdict: Verdict
    numbers: Mapping[str, Number]
    rule: str
    text: str
    uses: tuple[CellKey, ...]
    base: str = ""
    text_en: str = ""
    base_en: str = ""
    needed: str = ""
    reason: Reason = ""
    family: str = ""
    subject: str = ""
    rule_en: str = ""
    needed_en: str = ""

    def __post_init__(self) -> None:
        """Refuse text without a verdict, and a verdict without text or rule."""
        if self.verdict not in VERDICTS or not (self.text and self.rule):
            raise ClaimError(
                Problem(
                    code="PAST-01",
                    what=f"the statement {self.statement!r} has no verdict, no rule or no text",
                    why="a sentence about data is written only with the rule that allows it",
                    remedy="make the claim by one of the rules in trygghet.claims",
                    facts={"pastaende": self.statement},
                )
            )

    @property
    def known(self) -> bool:
        """Whether the statement says something that holds, about the population or about the respondents."""
        return self.verdict in {"supported", "describes_respondents"}

    def told(self, language: Literal["sv", "en"] = "sv") -> Told:
        """Return what a reader of one language sees.

        Parameters
        ----------
        language : {"sv", "en"}, default "sv"
            Language; a statement that was written in Swedish alone is told in Swedish.

        Returns
        -------
        Told
            Text, line of base and rule.
        """
        if language == "en" and self.text_en:
            return Told(self.text_en, self.base_en, self.rule_en or self.rule)
        return Told(self.text, self.base, self.rule)

    def _repr_html_(self) -> str:
        lines = (self.verdict.replace("_", " "), self.base, self.needed, self.rule)
        return told_html(self.text, [line for line in lines if line])

    def suppressed(self) -> Self:
        """Return the statement as the disclosure gate leaves it when it withholds a cell: refused, without any number.

        Returns
        -------
        Claim
            Verdict ``"not_allowed"``, reason ``"suppressed"``; text, base line and numbers replaced.
        """
        return replace(
            self,
            verdict="not_allowed",
            reason="suppressed",
            numbers={},
            text="Uppgiften visas inte: för få har svarat för att den ska kunna redovisas utan att röja enskilda.",
            text_en="Not shown: too few answered for this to be published without revealing individuals.",
            base="",
            base_en="",
            needed="",
            needed_en="",
        )

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-ready mapping.

        Returns
        -------
        dict
            All fields; cells as mappings.
        """
        content = asdict(self)
        content["numbers"] = dict(self.numbers)
        content["uses"] = [key._asdict() for key in self.uses]
        return content

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Self:
        """Make a claim from what :meth:`to_dict` returned.

        Parameters
        ----------
        content : mapping
            The fields.

        Returns
        -------
        Claim
            Equal to the claim that was written.

        Raises
        ------
        ClaimError
            PAST-01 when the verdict is unknown or the text is missing.
        """
        fields = dict(content)
        fields["uses"] = tuple(CellKey(**key) for key in fields["uses"])
        return cls(**fields)
