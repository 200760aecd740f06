"""Claims on disk: one JSON file, in order of importance."""

import json
from collections.abc import Sequence
from pathlib import Path

from trygghet._files import write_json
from trygghet.claims.claim import Claim


def write_claims(path: Path, claims: Sequence[Claim]) -> None:
    """Write claims, atomically.

    Parameters
    ----------
    path : Path
        JSON file.
    claims : sequence of Claim
        The claims.
    """
    write_json(path, {"claims": [claim.to_dict() for claim in claims]})


def read_claims(path: Path) -> tuple[Claim, ...]:
    """Read claims that :func:`write_claims` wrote.

    Parameters
    ----------
    path : Path
        JSON file.

    Returns
    -------
    tuple of Claim
        Equal to those that were written.

    Raises
    ------
    ClaimError
        PAST-01 when one has no verdict or no text.
    """
    return tuple(Claim.from_dict(each) for each in json.loads(path.read_text(encoding="utf-8"))["claims"])
