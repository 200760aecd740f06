"""Columns of a printed table: how wide each has to be for few lines, how many lines each row takes, and which hold figures."""

import re
from collections.abc import Sequence

import numpy as np

from trygghet._typing import FloatArray, IntArray

PAGE_WIDTH = 453.5
STEP = 9.0
CELL = 12.0
SLACK = 1.06
TO_FILL_IN = 60.0
BOLD = 1.06
_LETTER = 4.75
_NARROW, _CAPITAL, _BROAD = 2.8, 5.6, 7.4
_LETTERS = {
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZÅÄÖ", _CAPITAL),
    **dict.fromkeys("iljtfrI.,:;'!|-()[] \N{NO-BREAK SPACE}", _NARROW),
    **dict.fromkeys("mwMW%▲▼", _BROAD),
}
_BREAKS = re.compile(r"[ \n]")
_NOT_FIGURES = re.compile(r"[^\W\d_]")
_SAID = re.compile(r"\b(?:till|under|över|ingen|to|below|above|none)\b")


def fitting_widths(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Widths that keep words whole and give the table as few lines as they can.

    Parameters
    ----------
    columns : sequence of str
        Headings.
    rows : sequence of sequence of str
        Cells.

    Returns
    -------
    tuple of float
        Widths in points, of the same sum as the page's text: first the longest word of each column, then room where it saves most lines.
        Where not even the words have room, all columns give way alike.

    Examples
    --------
    >>> short, long = fitting_widths(("n", "Omdöme"), [("5", "Det är en lång mening som behöver plats")])
    >>> short < long / 3
    True
    """
    widths = np.array([_longest_word(column) + CELL for column in zip(columns, *rows, strict=True)])
    if widths.sum() >= PAGE_WIDTH:
        return tuple((widths * PAGE_WIDTH / widths.sum()).tolist())
    lengths = _measure(columns, rows)
    while widths.sum() + STEP <= PAGE_WIDTH:
        lines = _lines(lengths, widths)
        highest = lines.max(axis=1, keepdims=True)
        holding = ((lines == highest) & (highest > 1)).sum(axis=0)
        if not holding.any():
            break
        widths[np.lexsort((widths, -holding))[0]] += STEP
    return tuple((widths * PAGE_WIDTH / widths.sum()).tolist())


def line_counts(
    columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
) -> tuple[int, ...]:
    """Count the lines that the heading and each row take.

    Parameters
    ----------
    columns : sequence of str
        Headings.
    rows : sequence of sequence of str
        Cells.
    widths : sequence of float
        Relative widths of the columns.

    Returns
    -------
    tuple of int
        Lines of the heading, then of each row.
    """
    points = np.asarray(widths, dtype=np.float64) * PAGE_WIDTH / sum(widths)
    return tuple(_lines(_measure(columns, rows), points).max(axis=1).tolist())


def holds_figures(cells: Sequence[str]) -> bool:
    """Tell whether a column holds figures, which stand to the right under each other.

    Parameters
    ----------
    cells : sequence of str
        Cells of a column.

    Returns
    -------
    bool
        True when some cell has a digit and none has other words than those of limits.

    Examples
    --------
    >>> holds_figures(["30", "−3 till 5", "..", "över 99"]), holds_figures(["30", "brev"]), holds_figures([".."])
    (True, False, False)
    """
    return any(any(sign.isdigit() for sign in cell) for cell in cells) and not any(
        _NOT_FIGURES.search(_SAID.sub("", cell)) for cell in cells
    )


def _measure(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> FloatArray:
    """Points that each cell takes on one line; the heading is bold, and a cell to fill in has room to write."""
    head = [BOLD * _width(text) for text in columns]
    return np.array([head, *([_width(cell) if cell else TO_FILL_IN for cell in row] for row in rows)])


def _longest_word(cells: Sequence[str]) -> float:
    """Points of a column's longest word."""
    head, *others = cells
    bold = [BOLD * _letters(word) for word in _BREAKS.split(head)]
    plain = (_letters(word) for cell in others for word in _BREAKS.split(cell))
    return max(*bold, *plain, 0.0 if all(others) else TO_FILL_IN)


def _width(text: str) -> float:
    """Points of a text on one line, with what is lost at the ends of lines where it has several words."""
    return SLACK * _letters(text) if " " in text else _letters(text)


def _letters(text: str) -> float:
    """Points of some letters in the table's type, rather too many than too few."""
    return sum(_LETTERS.get(letter, _LETTER) for letter in text)


def _lines(lengths: FloatArray, widths: FloatArray) -> IntArray:
    """Lines of each cell."""
    return np.maximum(1, np.ceil(lengths / (widths - CELL) - 1e-9)).astype(np.int64)
