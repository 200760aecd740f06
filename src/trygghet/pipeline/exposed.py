"""Withheld numbers that earlier editions alone give away: what the analyst is told, and what she can do."""

import json
from collections.abc import Sequence
from pathlib import Path

from trygghet._files import write_json
from trygghet.disclosure import Exposure
from trygghet.errors import Problem

_FILE = "exposed.json"
_EXAMPLES = 5


def write_exposed(folder: Path, exposures: Sequence[Exposure], wave: str) -> tuple[str, ...]:
    """Write which cells of a wave earlier editions give away, without their numbers.

    Parameters
    ----------
    folder : Path
        Folder of the wave's screened results.
    exposures : sequence of Exposure
        What the audit found.
    wave : str
        Name of the wave.

    Returns
    -------
    tuple of str
        The cells, in words.
    """
    cells = tuple(dict.fromkeys(each.cell for each in exposures if each.wave == wave))
    write_json(folder / _FILE, {"cells": list(cells)})
    return cells


def read_exposed(folder: Path) -> tuple[str, ...]:
    """Read which cells of a wave earlier editions give away.

    Parameters
    ----------
    folder : Path
        Folder of the wave's screened results.

    Returns
    -------
    tuple of str
        Wave, item and domain of each; empty before the stage screen has run.
    """
    path = folder / _FILE
    return tuple(json.loads(path.read_text(encoding="utf-8"))["cells"]) if path.is_file() else ()


def exposed_problem(cells: Sequence[str]) -> Problem:
    """Say that earlier editions give cells away, which no new edition can mend.

    Parameters
    ----------
    cells : sequence of str
        The cells.

    Returns
    -------
    Problem
        SEK-14.
    """
    told = ", ".join(cells[:_EXAMPLES])
    return Problem(
        code="SEK-14",
        what=f"{len(cells)} withheld numbers can be worked out from earlier editions alone, such as {told}.",
        why="What is published cannot be taken back by withholding more now.",
        remedy="Withdraw the edition that shows too much, or have the risk judged by whoever is responsible for the personal data.",
        facts={"antal": len(cells), "exempel": told},
    )
