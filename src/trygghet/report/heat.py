"""Heat table: problems by district, with marks against the rest of the municipality and a sign for every kind of nothing."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from trygghet.claims.numbers_sv import EN_DASH
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.shares import RespondentShares
from trygghet.report.contrast_marks import marks_of
from trygghet.report.lettering import broken, line_height, width_of
from trygghet.report.look import PLAIN, Look
from trygghet.report.palette import (
    HEAT_HIGH,
    HEAT_LOW,
    INK,
    OPEN_HIGH,
    OPEN_LOW,
    QUIET,
    RULE,
    SMALL_SIZE,
)
from trygghet.report.reading import Reading, Shares, readings
from trygghet.report.sheet import Lettering, Margins, new_axes, put
from trygghet.report.wording import NOT_ASKED, Wording

SHEET = 6.3
LARGEST_SHEET = 9.9
LABELS = 1.8
CELL = 0.5
ROW = 0.28
BASE_SIZE = 6.8


@dataclass(frozen=True, slots=True)
class Grid:
    """The table that is drawn: items down, districts across.

    Parameters
    ----------
    items : tuple of str
        Item keys from the top.
    labels : tuple of str
        Their labels.
    domains : tuple of str
        Districts from the left.
    cells : mapping of (item, domain) to Reading
        What is known.
    marks : mapping of (item, domain) to str
        ▲, ▼ or nothing.
    """

    items: tuple[str, ...]
    labels: tuple[str, ...]
    domains: tuple[str, ...]
    cells: Mapping[tuple[str, str], Reading]
    marks: Mapping[tuple[str, str], str]

    def text(self, item: str, domain: str, words: Wording) -> str:
        """Text of a cell: the value with its mark, or the sign of its kind of nothing.

        Parameters
        ----------
        item, domain : str
            Keys.
        words : Wording
            Language.

        Returns
        -------
        str
            Such as ``"34 ▲"``, ``"(34)"``, ``".."`` or ``"."``.
        """
        cell = self.cells.get((item, domain))
        if cell is None:
            return NOT_ASKED
        if not cell.shown:
            return cell.mark
        value = cell.told(words.number(100 * cell.value))
        return f"{value} {self.marks.get((item, domain), '')}".rstrip()

    def limits(self, item: str, domain: str, words: Wording) -> str:
        """Interval of a cell, such as ``28–41``; empty where there is none or the value is not shown.

        Parameters
        ----------
        item, domain : str
            Keys.
        words : Wording
            Language.

        Returns
        -------
        str
            Interval.
        """
        cell = self.cells.get((item, domain))
        return words.limits(cell.low, cell.high) if cell is not None and cell.shown else ""

    def told(self, item: str, domain: str, words: Wording) -> str:
        """Text of a cell with its interval on a line below, where it has one.

        Parameters
        ----------
        item, domain : str
            Keys.
        words : Wording
            Language.

        Returns
        -------
        str
            Such as ``34 ▲`` with ``28–41`` below.
        """
        return "\n".join(
            part for part in (self.text(item, domain, words), self.limits(item, domain, words)) if part
        )

    def bases(self, domain: str) -> tuple[int, ...]:
        """Bases of the cells of a district that are shown.

        Parameters
        ----------
        domain : str
            District.

        Returns
        -------
        tuple of int
            Unweighted bases.
        """
        return tuple(cell.n for (_, where), cell in self.cells.items() if where == domain and cell.shown)


def grid_of(areas: Shares, contrasts: Estimates | None = None, *, look: Look = PLAIN) -> Grid:
    """Arrange the cells; items come in the look's order, the others by their mean over the districts, largest first.

    Parameters
    ----------
    areas : Estimates or RespondentShares
        Shares by item and district.
    contrasts : Estimates, optional
        Differences against the rest of the municipality.
    look : Look
        Level, order, and the mark of each cell of ``areas`` as the screen gave it.

    Returns
    -------
    Grid
        The table.
    """
    cells = {(cell.item, cell.domain): cell for cell in readings(areas, look)}
    labels = {cell.item: cell.label for cell in cells.values()}
    domains = tuple(dict.fromkeys(domain for _, domain in cells))
    wanted = [item for item in look.order if item in labels]
    rest = sorted(
        (item for item in labels if item not in wanted), key=lambda item: (-_mean(cells, item), labels[item])
    )
    items = (*wanted, *rest)
    return Grid(
        items,
        tuple(labels[item] for item in items),
        domains,
        cells,
        marks_of(contrasts, level=look.jointly or look.level) if contrasts is not None else {},
    )


def plot_heat(
    areas: Shares,
    contrasts: Estimates | None = None,
    *,
    ax: Axes | None = None,
    look: Look = PLAIN,
) -> Axes:
    """Draw problems by district as a table of shaded cells with their values.

    Parameters
    ----------
    areas : Estimates or RespondentShares
        Screened shares by item and district.
    contrasts : Estimates, optional
        Screened differences between each district and the rest; they give the marks ▲ and ▼.
    ax : Axes, optional
        Axes to draw on; a new figure of the right size when left out.
    look : Look
        Language, level and order; the table has one width.

    Returns
    -------
    Axes
        The drawing; one unit of both scales is one inch on a new figure.
    """
    grid = grid_of(areas, contrasts, look=look)
    shape = _shape(grid, look.words)
    drawn = shape.axes() if ax is None else ax
    _dress(drawn, shape)
    shades = [(OPEN_LOW, OPEN_HIGH), (HEAT_LOW, HEAT_HIGH)][not isinstance(areas, RespondentShares)]
    colours = LinearSegmentedColormap.from_list("shares", shades)
    top_share = max((cell.value for cell in grid.cells.values() if cell.shown), default=1.0) or 1.0
    for row, item in enumerate(grid.items):
        _write_label(drawn, shape, row)
        for column, domain in enumerate(grid.domains):
            cell = grid.cells.get((item, domain))
            share = cell.value / top_share if cell is not None and cell.shown else math.nan
            face = "white" if np.isnan(share) else colours(share)
            _draw_cell(drawn, (shape, row, column), face, text=grid.text(item, domain, look.words))
    for column, lines in enumerate(shape.heads):
        _write_head(drawn, shape, column, lines=lines)
    return drawn


@dataclass(frozen=True, slots=True)
class _Shape:
    """Measures of the table in inches."""

    labels: tuple[tuple[str, ...], ...]
    domains: tuple[str, ...]
    heads: tuple[tuple[str, ...], ...]
    tops: tuple[float, ...]
    heights: tuple[float, ...]
    cell: float
    head: float
    turned: bool

    @property
    def height(self) -> float:
        """Height of everything."""
        return self.tops[-1] + self.heights[-1] if self.tops else self.head

    @property
    def width(self) -> float:
        """Width of labels and cells."""
        return LABELS + self.cell * len(self.heads)

    def axes(self) -> Axes:
        """Make axes of the right size."""
        margins = Margins(left=0.12, right=0.12, bottom=0.05)
        return new_axes(self.width + margins.left + margins.right, self.height, margins)


def _mean(cells: Mapping[tuple[str, str], Reading], item: str) -> float:
    """Mean share of an item over the districts that are shown."""
    values = [cell.value for (key, _), cell in cells.items() if key == item and cell.shown]
    return sum(values) / len(values) if values else 0.0


def _shape(grid: Grid, words: Wording) -> _Shape:
    """Find the measures: cells fill Word's text width; headings stand upright when they do not fit."""
    columns = max(len(grid.domains), 1)
    cell = min(max((SHEET - 0.24 - LABELS) / columns, CELL), (LARGEST_SHEET - LABELS) / columns)
    longest = max(
        (width_of(word, SMALL_SIZE) for name in grid.domains for word in name.split(" ")), default=0.0
    )
    turned = longest > cell - 0.06
    heads = tuple(
        (
            *((name,) if turned else broken(name, cell - 0.06, size=SMALL_SIZE)),
            *_base_lines(grid, name, cell, words=words),
        )
        for name in grid.domains
    )
    head = (
        max((width_of(line, SMALL_SIZE) for lines in heads for line in lines), default=0.0) + 0.12
        if turned
        else max((len(lines) for lines in heads), default=1) * line_height(SMALL_SIZE) + 0.1
    )
    labels = tuple(broken(label, LABELS - 0.1) for label in grid.labels)
    heights = tuple(max(ROW, len(lines) * line_height() + 0.08) for lines in labels)
    tops = tuple(head + float(sum(heights[:row])) for row in range(len(heights)))
    return _Shape(labels, grid.domains, heads, tops, heights, cell, head, turned)


def _base_lines(grid: Grid, domain: str, cell: float, *, words: Wording) -> tuple[str, ...]:
    """Base of a column, on two lines when it does not fit on one."""
    text = f"n\N{NO-BREAK SPACE}{words.base(grid.bases(domain))}"
    if width_of(text, BASE_SIZE) <= cell - 0.04 or EN_DASH not in text:
        return (text,)
    low, high = text.split(EN_DASH)
    return low + EN_DASH, high


def _dress(ax: Axes, shape: _Shape) -> None:
    """Set the scales to inches and take away everything else."""
    ax.set_xlim(0, shape.width)
    ax.set_ylim(shape.height, 0)
    ax.set_axis_off()


def _write_label(ax: Axes, shape: _Shape, row: int) -> None:
    """Write the label of a row."""
    middle = shape.tops[row] + shape.heights[row] / 2
    put(
        ax,
        (LABELS - 0.08, middle),
        "\n".join(shape.labels[row]),
        at=ax.transData,
        style=Lettering(across="right"),
    )


def _draw_cell(ax: Axes, where: tuple[_Shape, int, int], face: str | tuple[float, ...], *, text: str) -> None:
    """Draw one cell with its text."""
    shape, row, column = where
    left, top, high = LABELS + column * shape.cell, shape.tops[row], shape.heights[row]
    ax.add_patch(Rectangle((left, top), shape.cell, high, facecolor=face, edgecolor=RULE, linewidth=0.7))
    style = Lettering(across="center", size=SMALL_SIZE + 0.7, colour=INK)
    put(ax, (left + shape.cell / 2, top + high / 2), text, at=ax.transData, style=style)


def _write_head(ax: Axes, shape: _Shape, column: int, *, lines: tuple[str, ...]) -> None:
    """Write the heading of a column with its base below."""
    middle = LABELS + (column + 0.5) * shape.cell
    if not shape.turned:
        for up, line in enumerate(reversed(lines)):
            named = line in broken(shape.domains[column], shape.cell - 0.06, size=SMALL_SIZE)
            style = Lettering(
                across="center",
                along="bottom",
                size=SMALL_SIZE if named else BASE_SIZE,
                colour=INK if named else QUIET,
            )
            put(
                ax,
                (middle, shape.head - 0.06 - up * line_height(SMALL_SIZE)),
                line,
                at=ax.transData,
                style=style,
            )
        return
    for side, line in enumerate(lines):
        ax.text(
            middle + (side - 0.5) * line_height(SMALL_SIZE),
            shape.head - 0.05,
            line,
            fontfamily="DejaVu Sans",
            fontsize=SMALL_SIZE,
            color=QUIET if side else INK,
            rotation=90,
            ha="center",
            va="bottom",
            parse_math=False,
        )
