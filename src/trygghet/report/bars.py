"""Horizontal bars in rows of given height: labels to the left, value and interval to the right, headings between."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.patheffects import Normal, Stroke

from trygghet.report.lettering import broken, line_height
from trygghet.report.look import Width
from trygghet.report.palette import FRAME, INK, OPEN_EDGE, OPEN_FACE, QUIET, RULE, SMALL_SIZE
from trygghet.report.reading import Reading
from trygghet.report.sheet import Lettering, Margins, beside, figure_under, new_axes, put
from trygghet.report.wording import Wording

OPEN = "open"
BAR = 0.17
PAD = 0.1
HEADING = 0.3
TICK_SIZE = 7.5
SHEET_WIDTH = {"wide": 6.3, "narrow": 3.0}
LABEL_WIDTH = {"wide": 1.95, "narrow": 2.65}
LABEL_ROOM = LABEL_WIDTH["wide"] + 0.16
VALUE_AT = 0.52
VALUE_ROOM = 1.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading between rows, with a line of text under it when there is something to say.

    Parameters
    ----------
    text : str
        Heading.
    under : str, default ""
        Text under the heading.
    """

    text: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row with a bar.

    Parameters
    ----------
    reading : Reading
        The cell.
    colour : str
        Fill of the bar; "open" draws the grey hatch of a self-selected stream.
    """

    reading: Reading
    colour: str


Row = Heading | Bar


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its place.

    Parameters
    ----------
    row : Heading or Bar
        The row.
    top : float
        Its upper edge in inches from the top of the axes.
    height : float
        Its height in inches.
    lines : tuple of str
        The label or heading, broken into lines.
    """

    row: Row
    top: float
    height: float
    lines: tuple[str, ...]

    @property
    def bar_at(self) -> float:
        """Height at which the bar is drawn."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class BarLayout:
    """Rows in their places.

    Parameters
    ----------
    rows : tuple of Placed
        Rows from the top.
    width : {"wide", "narrow"}
        Labels beside the bars, or above them.
    """

    rows: tuple[Placed, ...]
    width: Width

    @property
    def height(self) -> float:
        """Height of all rows in inches."""
        return self.rows[-1].top + self.rows[-1].height + 0.04 if self.rows else 0.2


def laid_out(rows: Sequence[Row], width: Width) -> BarLayout:
    """Place rows under each other, each as high as its label needs.

    Parameters
    ----------
    rows : sequence of Heading or Bar
        Rows from the top.
    width : {"wide", "narrow"}
        Labels beside the bars, or above them.

    Returns
    -------
    BarLayout
        Rows with their places.
    """
    placed: list[Placed] = []
    top = 0.04
    for row in rows:
        if isinstance(row, Heading):
            lines = broken(row.text, SHEET_WIDTH[width] - 0.3, weight="bold")
            under = broken(row.under, SHEET_WIDTH[width] - 0.3, size=SMALL_SIZE) if row.under else ()
            height = 0.15 + len(lines) * line_height() + len(under) * line_height(SMALL_SIZE) + 0.03
            placed.append(Placed(row, top, height, lines))
        else:
            lines = broken(row.reading.label, LABEL_WIDTH[width])
            text = len(lines) * line_height()
            height = max(BAR, text) + PAD if width == "wide" else text + BAR + PAD
            placed.append(Placed(row, top, height, lines))
        top += height
    return BarLayout(tuple(placed), width)


def bar_axes(layout: BarLayout, *, right: float = 0.0) -> Axes:
    """Make a figure for bars in their places.

    Parameters
    ----------
    layout : BarLayout
        Rows in their places.
    right : float, default 0
        Extra room to the right of the values in inches.

    Returns
    -------
    Axes
        Axes on a new figure.
    """
    left = LABEL_WIDTH["wide"] + 0.22 if layout.width == "wide" else 0.15
    margins = Margins(left=left, right=VALUE_ROOM + right, bottom=0.24)
    return new_axes(SHEET_WIDTH[layout.width], layout.height, margins)


def draw_bars(ax: Axes, layout: BarLayout, words: Wording) -> None:
    """Draw headings, labels, bars, intervals and values.

    Parameters
    ----------
    ax : Axes
        Axes.
    layout : BarLayout
        Rows in their places.
    words : Wording
        Language.
    """
    bars = [placed.row for placed in layout.rows if isinstance(placed.row, Bar)]
    _dress(ax, _reach([bar.reading for bar in bars]), layout.height, words=words)
    for placed in layout.rows:
        if isinstance(placed.row, Heading):
            _draw_heading(ax, placed, placed.row, width=layout.width)
        else:
            _draw_bar(ax, placed, placed.row, width=layout.width, words=words)


def frame_groups(ax: Axes, layout: BarLayout, *, right: float) -> None:
    """Draw a frame around each heading with its rows.

    Parameters
    ----------
    ax : Axes
        Drawn axes.
    layout : BarLayout
        Rows in their places.
    right : float
        Room to the right of the axes in inches.
    """
    width = ax.get_position().width * float(figure_under(ax).get_size_inches()[0])
    left = LABEL_ROOM if layout.width == "wide" else 0.08
    tops = [placed.top for placed in layout.rows if isinstance(placed.row, Heading)]
    ends = [*tops[1:], layout.height]
    for top, end in zip(tops, ends, strict=True):
        across = 1 + (left + right - 0.04) / width
        box = Rectangle((-left / width, top + 0.05), across, end - top - 0.05)
        box.set(
            transform=ax.get_yaxis_transform(),
            clip_on=False,
            fill=False,
            edgecolor=FRAME,
            linewidth=0.8,
            zorder=1,
        )
        ax.add_patch(box)


def _reach(cells: Sequence[Reading]) -> float:
    """Right end of the scale: the next ten per cent above everything drawn."""
    ends = [end for cell in cells for end in (cell.value, cell.high) if cell.shown and not math.isnan(end)]
    return min(1.0, math.ceil(max(ends, default=0.1) * 10 + 0.2) / 10)


def _dress(ax: Axes, reach: float, height: float, *, words: Wording) -> None:
    """Set the scale: zero-based, light rules, percent below."""
    ax.set_xlim(0, reach)
    ax.set_ylim(height, 0)
    step = 0.1 if reach <= 0.5 else 0.2
    ticks = [step * position for position in range(round(reach / step) + 1)]
    ax.set_xticks(ticks, [words.percent(tick) for tick in ticks], fontsize=TICK_SIZE, color=QUIET)
    ax.set_yticks([])
    ax.tick_params(axis="x", length=0, pad=3)
    ax.set_facecolor("none")
    ax.set_axisbelow(True)
    for spine in ax.spines.values():
        spine.set_visible(False)


def _rules(ax: Axes, span: tuple[float, float]) -> None:
    """Draw the zero line and the light vertical rules of one row."""
    ticks = ax.get_xticks()
    ax.vlines(ticks[1:], *span, color=RULE, linewidth=0.5, zorder=0.5, clip_on=False)
    ax.vlines(0, *span, color=QUIET, linewidth=0.8, zorder=2.5, clip_on=False)


def _draw_heading(ax: Axes, placed: Placed, heading: Heading, *, width: Width) -> None:
    """Draw a heading from the left edge of the sheet."""
    left = -(LABEL_WIDTH["wide"] + 0.08) if width == "wide" else 0.0
    top = placed.top + 0.13
    put(
        ax,
        (0, top),
        "\n".join(placed.lines),
        at=beside(ax, left),
        style=Lettering(weight="bold", along="top"),
    )
    if heading.under:
        under = broken(heading.under, SHEET_WIDTH[width] - 0.3, size=SMALL_SIZE)
        style = Lettering(size=SMALL_SIZE, colour=QUIET, along="top")
        below = top + len(placed.lines) * line_height()
        put(ax, (0, below), "\n".join(under), at=beside(ax, left), style=style)


def _draw_bar(ax: Axes, placed: Placed, bar: Bar, *, width: Width, words: Wording) -> None:
    """Draw one row: label, bar, interval, value."""
    cell = bar.reading
    if width == "wide":
        middle = placed.bar_at
        style = Lettering(across="right")
        put(ax, (0, middle), "\n".join(placed.lines), at=beside(ax, -0.1), style=style)
    else:
        text = len(placed.lines) * line_height()
        middle = placed.top + text + BAR / 2 + 0.02
        put(ax, (0, placed.top + text / 2), "\n".join(placed.lines), at=beside(ax, 0.0), style=Lettering())
    _rules(ax, (placed.top, placed.top + placed.height))
    _write_value(ax, middle, cell, words=words)
    if not cell.shown:
        return
    _fill(ax, middle, cell.value, colour=bar.colour)
    if not math.isnan(cell.low):
        _interval(ax, middle, (cell.low, cell.high))


def _fill(ax: Axes, middle: float, value: float, *, colour: str) -> None:
    """Draw the bar itself."""
    if colour == OPEN:
        ax.barh(
            middle,
            value,
            height=BAR,
            facecolor=OPEN_FACE,
            edgecolor=OPEN_EDGE,
            hatch="/////",
            linewidth=0.7,
            zorder=2,
        )
    else:
        ax.barh(middle, value, height=BAR, color=colour, linewidth=0, zorder=2)


def _interval(ax: Axes, middle: float, limits: tuple[float, float]) -> None:
    """Draw the margin of error as a dark line with ends, edged in white so that it shows on the bar."""
    effects = [Stroke(linewidth=3.4, foreground="white"), Normal()]
    low, high = limits
    end = BAR * 0.26
    ax.plot(
        [low, low, low, high, high, high],
        [middle - end, middle + end, middle, middle, middle - end, middle + end],
        color=INK,
        linewidth=1.3,
        path_effects=effects,
        solid_capstyle="butt",
        solid_joinstyle="miter",
        zorder=3,
    )


def _write_value(ax: Axes, middle: float, cell: Reading, *, words: Wording) -> None:
    """Write value and interval to the right of the scale."""
    at, style = VALUE_AT, Lettering(weight="bold", across="right")
    if not cell.shown:
        put(ax, (1, middle), cell.mark, at=beside(ax, at), style=style)
        return
    put(ax, (1, middle), cell.told(words.percent(cell.value)), at=beside(ax, at), style=style)
    limits = words.limits(cell.low, cell.high)
    if limits:
        put(ax, (1, middle), limits, at=beside(ax, at + 0.06), style=Lettering(size=SMALL_SIZE, colour=QUIET))
