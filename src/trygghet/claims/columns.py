"""The first screen: what we know beside what we cannot say, two columns of the same length."""

from collections.abc import Sequence
from dataclasses import dataclass

from trygghet.claims.claim import Claim

MOST = 5


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
