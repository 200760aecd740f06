"""Tables of the page: limits as one range, directions with their signs, figures to the right, rows that stand as cards on a telephone."""

from collections.abc import Sequence
from dataclasses import dataclass

from trygghet.claims.numbers_sv import EN_DASH
from trygghet.report.columns import holds_figures
from trygghet.report.reading import bracketed
from trygghet.report.tables import Sheet, Unsure, Value
from trygghet.report.wording import NOT_ASKED, Wording

PHRASE, LONG_TEXT = 13, 26
MOST_BESIDE = 3


@dataclass(frozen=True, slots=True)
class HtmlTable:
    """A table as the page prints it: the first column heads each row.

    Parameters
    ----------
    name, caption : str
        Anchor and caption.
    columns : tuple of str
        Headings.
    rows : tuple of tuple of str
        Cells as written.
    notes : tuple of str, default ()
        Lines below the table.
    """

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kind of each column: ``figures``, short ``words``, a ``phrase`` or ``long`` texts."""
        return tuple(_kind([row[place] for row in self.rows]) for place in range(len(self.columns)))

    @property
    def stacked(self) -> bool:
        """Whether the rows stand as cards on a telephone, where the columns have no room beside each other."""
        return len(self.columns) > MOST_BESIDE or not {"phrase", "long"}.isdisjoint(self.kinds[1:])


def html_table(sheet: Sheet, name: str, caption: str, *, words: Wording, decimals: int = 0) -> HtmlTable:
    """Print a sheet without empty columns, and without stream and wave where they are the same in every row.

    Parameters
    ----------
    sheet : Sheet
        Table.
    name, caption : str
        Anchor and caption.
    words : Wording
        Language.
    decimals : int, default 0
        Decimals of shares.

    Returns
    -------
    HtmlTable
        The table as it is read: what a row is about comes first, two limits stand in one cell, a change has its sign, and an
        uncertain number its parentheses instead of a column.
    """
    told = [_written(column, words, decimals) for column in _joined(sheet, words)]
    constant = {words["column.stream"], words["column.wave"]}
    signs = {words["column.sign"], words["trend.column.sign"]}
    kept = [
        place
        for place, (head, cells) in enumerate(told)
        if head not in signs
        and any(cell not in {"", NOT_ASKED} for cell in cells)
        and (head not in constant or len(set(cells)) > 1)
    ]
    second = {words[key] for key in ("column.box", "column.family", "move.question")}
    if sheet.columns and sheet.columns[0] in second:
        kept = [kept[1], kept[0], *kept[2:]]
    shown = [told[place] for place in kept]
    rows = tuple(zip(*(cells for _, cells in shown), strict=True))
    return HtmlTable(name, caption, tuple(head for head, _ in shown), rows)


_Column = tuple[str, Sequence[Value]]


def _joined(sheet: Sheet, words: Wording) -> list[_Column]:
    """Headings with their cells; a lower and an upper limit become one range."""
    pairs = {
        words["column.low"]: words["word.margin"],
        words["trend.column.low"]: words["trend.column.margin"],
        words["composite.method.low"]: words["composite.method.range"],
    }
    cells = [[row[place] for row in sheet.rows] for place in range(len(sheet.columns))]
    found: list[_Column] = []
    for place, head in enumerate(sheet.columns):
        if head in pairs:
            ends = zip(cells[place], cells[place + 1], strict=True)
            found.append((pairs[head], [_range(low, high, words) for low, high in ends]))
        elif place == 0 or sheet.columns[place - 1] not in pairs:
            found.append((head, cells[place]))
    return found


def _range(low: Value, high: Value, words: Wording) -> str:
    """Two limits as one range; places and signs of nothing are written already."""
    if isinstance(low, str) or isinstance(high, str):
        return str(low) if low == high else f"{low}{EN_DASH}{high}"
    return words.span(low, high)


def _written(column: _Column, words: Wording, decimals: int) -> tuple[str, tuple[str, ...]]:
    """A heading with its cells as text; numbers with decimals are shares, and changes have their sign."""
    head, cells = column
    write = words.signed if head in {words["trend.column.points"], words["column.move"]} else words.number
    told = (
        cell
        if isinstance(cell, str)
        else bracketed(
            write(cell, decimals if isinstance(cell, float) else 0), unsure=isinstance(cell, Unsure)
        )
        for cell in cells
    )
    return head, tuple(told)


def _kind(cells: Sequence[str]) -> str:
    """Kind of a column."""
    if holds_figures(cells):
        return "figures"
    longest = max(map(len, cells), default=0)
    return "long" if longest > LONG_TEXT else "phrase" if longest > PHRASE else "words"
