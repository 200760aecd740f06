"""The first screen: what we know beside what we cannot say, two columns of the same length."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from trygghet.claims.claim import Claim, Told
from trygghet.claims.said import Language
from trygghet.claims.wording import TEXTS

MOST = 5
_BETWEEN = re.compile(r"(?<=\.) +")


@dataclass(frozen=True, slots=True)
class Columns:
    """Statements for the two columns of the first screen.

    Parameters
    ----------
    known : tuple of Claim
        What holds, about the inhabitants or about those who answered.
    unknown : tuple of Claim
        What cannot be said, each with its reason.
    """

    known: tuple[Claim, ...]
    unknown: tuple[Claim, ...]


def columns(claims: Sequence[Claim], *, most: int = MOST) -> Columns:
    """Sort statements into what we know and what we cannot say.

    Parameters
    ----------
    claims : sequence of Claim
        Statements in order of importance, screened.
    most : int
        Most statements a column.

    Returns
    -------
    Columns
        At most ``most`` in each. Among the known, statements that compare go before plain shares; one subject stands once in a
        column.
    """
    known = sorted(
        (claim for claim in claims if claim.known), key=lambda claim: claim.statement in {"level", "answered"}
    )
    unknown = [claim for claim in claims if not claim.known]
    return Columns(_first(known, most), _first(unknown, most))


def _first(claims: Sequence[Claim], most: int) -> tuple[Claim, ...]:
    by_subject: dict[str, Claim] = {}
    for claim in claims:
        by_subject.setdefault(claim.subject or claim.text, claim)
    return tuple(by_subject.values())[:most]


def told_once(claims: Sequence[Claim], language: Language = "sv") -> tuple[Told, ...]:
    """Give what readers of a list of statements see: a remark that holds for several of them is made at the first.

    Parameters
    ----------
    claims : sequence of Claim
        Statements in the order of the list.
    language : {"sv", "en"}, default "sv"
        Language.

    Returns
    -------
    tuple of Told
        One a statement. Only sentences of the catalogue that hold no number and no name are left out where they were said before:
        they say the same of every statement.
    """
    general = _general(language)
    said: set[str] = set()
    listed = []
    for claim in claims:
        told = claim.told(language)
        first, *others = _BETWEEN.split(told.text)
        kept = [sentence for sentence in others if sentence not in said]
        said |= general.intersection(others)
        listed.append(told._replace(text=" ".join((first, *kept))))
    return tuple(listed)


@lru_cache(maxsize=2)
def _general(language: Language) -> frozenset[str]:
    """Sentences of the catalogue without gaps."""
    sentences = (part for text in TEXTS.values() for part in _BETWEEN.split(getattr(text, language)))
    return frozenset(sentence for sentence in sentences if "{" not in sentence)
