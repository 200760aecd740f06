"""An earlier wave's areas in terms of a later wave's, by the declared table."""

import numpy as np

from trygghet.codebook import Codebook
from trygghet.codebook.names import folded, nearest
from trygghet.errors import CodebookError, Problem
from trygghet.ingest.microdata import GroupColumn, Microdata


def areas_as(earlier: Microdata, later: Codebook) -> GroupColumn:
    """Place an earlier wave's answers in a later wave's areas.

    Parameters
    ----------
    earlier : Microdata
        The earlier survey, with an area variable.
    later : Codebook
        The later wave's codebook; ``areas > changes`` says what became of areas that changed.

    Returns
    -------
    GroupColumn
        The later wave's areas; -1 where the area is missing or was divided.

    Raises
    ------
    CodebookError
        When either wave has no area variable, or an area neither kept its name nor stands in the table.
    """
    if earlier.codebook.areas is None or later.areas is None:
        raise CodebookError(
            Problem(
                code="KOD-16",
                what="Areas cannot be compared: a codebook declares no area variable.",
                remedy="Declare areas > variable in both codebooks.",
                facts={"waves": f"{earlier.codebook.wave}, {later.wave}"},
            )
        )
    before = earlier.groups(earlier.codebook.areas.variable)
    labels = later.variable(later.areas.variable).categories
    table = later.areas.changes.get(earlier.codebook.wave, {})
    places = {folded(label): place for place, label in enumerate(labels)}
    became: list[int] = []
    problems: list[Problem] = []
    for label in before.labels:
        target = table.get(label, label)
        if target is None:
            became.append(-1)
        elif folded(target) in places:
            became.append(places[folded(target)])
        else:
            problems.append(_unplaced(label, earlier.codebook.wave, nearest(label, labels)))
    if problems:
        raise CodebookError(*problems)
    return GroupColumn(np.array([*became, -1], dtype=np.int64)[before.codes], labels)


def _unplaced(label: str, wave: str, guess: str) -> Problem:
    return Problem(
        code="KOD-17",
        what=f"The area {label} of {wave} has no counterpart.",
        why="Waves can be compared by area only where the areas are the same.",
        remedy=f"Declare what became of it under areas > changes > {wave}.",
        facts={"area": label, "wave": wave, "guess": guess or "–"},
    )
