"""The one catalogue of sentences about data, in Swedish and English; gaps are filled by :mod:`trygghet.claims.said`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from trygghet.claims.said import Language, Said
from trygghet.claims.wording import bases, comparisons, families, levels, meanings, orders, respondents
from trygghet.claims.wording.rules import RULES
from trygghet.claims.wording.text import Text

__all__ = ["RULES", "TEXTS", "Sentence", "Text", "paragraph"]

TEXTS: Final[dict[str, Text]] = (
    orders.TEXTS
    | comparisons.TEXTS
    | levels.TEXTS
    | meanings.TEXTS
    | respondents.TEXTS
    | bases.TEXTS
    | families.TEXTS
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template with its gaps filled.

    Parameters
    ----------
    key : str
        Key of :data:`TEXTS`.
    gaps : mapping of str to Said
        What stands in each gap.
    """

    key: str
    gaps: Mapping[str, Said]

    def say(self, language: Language) -> str:
        """Write the sentence.

        Parameters
        ----------
        language : {"sv", "en"}
            Language.

        Returns
        -------
        str
            The sentence, beginning with a capital letter.
        """
        said = {name: gap.say(language) for name, gap in self.gaps.items()}
        template: str = getattr(TEXTS[self.key], language)
        return template.format(**said)


def paragraph(sentences: tuple[Sentence, ...], language: Language) -> str:
    """Write sentences after one another, each with a capital letter.

    Parameters
    ----------
    sentences : tuple of Sentence
        The sentences.
    language : {"sv", "en"}
        Language.

    Returns
    -------
    str
        The paragraph.
    """
    written = (sentence.say(language) for sentence in sentences)
    return " ".join(text[:1].upper() + text[1:] for text in written)
