"""Statements: which of them rest on a number that is withheld."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from trygghet._typing import ObjectArray
from trygghet.claims import Claim
from trygghet.errors import DisclosureError, Problem

_CELL = ["item", "category", "by", "domain", "wave", "stream"]
_EXAMPLES = 5


def reveals(claim: Claim, cells: pd.DataFrame, reasons: ObjectArray) -> bool:
    """Whether a statement rests on a withheld number.

    Parameters
    ----------
    claim : Claim
        Statement with the cells that it uses.
    cells : DataFrame
        Cells of a catalogue.
    reasons : array of str objects
        Why each cell is withheld; empty where it is shown.

    Returns
    -------
    bool
        True when one of its cells is withheld; a cell is withheld in its stream, whatever is computed from it.

    Raises
    ------
    DisclosureError
        SEK-08 when a cell that the statement uses is not among the results that are screened with it.
    """
    if claim.verdict == "not_allowed" or not claim.uses:
        return False
    about = cells.loc[cells["quantity"] == "level", _CELL]
    uses = pd.DataFrame(list(claim.uses), columns=list(claim.uses[0]._fields))[_CELL]
    found = uses.reset_index(names="use").merge(about.reset_index(names="row"), on=_CELL)
    missing = uses.loc[~uses.index.isin(found["use"])]
    if len(missing):
        raise not_screened_together(claim.statement, [*_told(missing)], count=len(missing))
    return bool(np.any(reasons[found["row"].to_numpy()] != ""))


def not_screened_together(what: str, examples: Sequence[str], *, count: int | None = None) -> DisclosureError:
    """Refusal of what rests on numbers that are not screened together with it.

    Parameters
    ----------
    what : str
        What rests on them.
    examples : sequence of str
        Some of the numbers.
    count : int, optional
        How many there are; as many as the examples when left out.

    Returns
    -------
    DisclosureError
        SEK-08.
    """
    told, total = ", ".join(examples), len(examples) if count is None else count
    return DisclosureError(
        Problem(
            code="SEK-08",
            what=f"{what!r} uses {total} cells that are not screened with it: {told}.",
            why="Without the result nobody can tell whether the number may be shown.",
            remedy="Screen the results that it rests on together with it.",
            facts={"pastaende": what, "antal": total, "exempel": told},
        )
    )


def _told(cells: pd.DataFrame) -> list[str]:
    return [
        " ".join(str(part) for part in (row.wave, row.item, row.category, row.domain) if part)
        for row in cells.head(_EXAMPLES).itertuples()
    ]
