"""Statements: which of them rest on a number that is withheld."""

from collections.abc import Mapping, Sequence

import pandas as pd

from trygghet._typing import ObjectArray
from trygghet.claims import CellKey, Claim
from trygghet.errors import DisclosureError, Problem

_EXAMPLES = 5


def withheld_levels(cells: pd.DataFrame, reasons: ObjectArray) -> dict[CellKey, bool]:
    """Tell of every level that a statement can rest on whether it is withheld.

    Parameters
    ----------
    cells : DataFrame
        Cells of a catalogue.
    reasons : array of str objects
        Why each cell is withheld; empty where it is shown.

    Returns
    -------
    dict of CellKey to bool
        Withheld or not; of different numbers under one name, whether any is withheld.
    """
    level = (cells["quantity"] == "level").to_numpy()
    names = zip(*(cells.loc[level, part].tolist() for part in CellKey._fields), strict=True)
    found: dict[CellKey, bool] = {}
    for name, reason in zip(names, reasons[level], strict=True):
        key = CellKey(*name)
        found[key] = found.get(key, False) or reason != ""
    return found


def reveals(claim: Claim, levels: Mapping[CellKey, bool]) -> bool:
    """Whether a statement rests on a withheld number.

    Parameters
    ----------
    claim : Claim
        Statement with the cells that it uses.
    levels : mapping of CellKey to bool
        What :func:`withheld_levels` found.

    Returns
    -------
    bool
        True when one of its cells is withheld; a cell is withheld in its stream, whatever is computed from it.

    Raises
    ------
    DisclosureError
        SEK-08 when a cell that the statement uses is not among the results that are screened with it.
    """
    if claim.verdict == "not_allowed":
        return False
    missing = [use for use in claim.uses if use not in levels]
    if missing:
        raise not_screened_together(claim.statement, _told(missing), count=len(missing))
    return any(levels[use] for use in claim.uses)


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


def _told(uses: Sequence[CellKey]) -> list[str]:
    return [
        " ".join(part for part in (use.wave, use.item, use.category, use.domain) if part)
        for use in uses[:_EXAMPLES]
    ]
