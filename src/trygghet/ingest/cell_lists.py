"""Columns that hold several answers in one cell, as web forms export them."""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from trygghet.ingest.personal_data import findings, is_personal_name

_SEPARATORS = (";", ", ")
_OFTEN = 3
_LONGEST = 80
_MOST = 30


@dataclass(frozen=True, slots=True)
class CellList:
    """A column of lists.

    Parameters
    ----------
    column : str
        The file's name.
    separator : str
        Between the answers.
    answers : tuple of str
        Answers that recur, the most frequent first.
    rare : bool
        Whether there are other texts that do not recur ("annat, nämligen").
    """

    column: str
    separator: str
    answers: tuple[str, ...]
    rare: bool


def cell_list(column: pd.Series) -> CellList | None:
    """Tell whether a column holds lists of answers.

    Parameters
    ----------
    column : Series
        A column of texts.

    Returns
    -------
    CellList or None
        The separator and the recurring answers, or None.
    """
    name = str(column.name)
    if pd.api.types.is_numeric_dtype(column) or is_personal_name(name) or findings(column):
        return None
    cells = [" ".join(str(cell).split()) for cell in column.dropna()]
    for separator in _SEPARATORS:
        lists = [[part.strip() for part in cell.split(separator) if part.strip()] for cell in cells]
        counts = Counter(part for parts in lists for part in set(parts))
        answers = tuple(
            text for text, rows in counts.most_common() if rows >= _OFTEN and len(text) <= _LONGEST
        )
        several = sum(len(parts) > 1 for parts in lists)
        covered = sum(counts[text] for text in answers)
        if (
            2 <= len(answers) <= _MOST
            and 5 * several >= len(cells)
            and 10 * covered >= 7 * sum(counts.values())
        ):
            return CellList(name, separator, answers, rare=covered < sum(counts.values()))
    return None
