"""A sheet for a figure, laid out in inches: the drawing in the middle, texts above and below, nothing left to chance."""

from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Transform, offset_copy

from trygghet.report.inputs import Stamp
from trygghet.report.lettering import POINTS_PER_INCH, broken, line_height, width_of
from trygghet.report.palette import FAINT, FONT, INK, QUIET, SMALL_SIZE, TEXT_SIZE, TITLE_SIZE, WARNING
from trygghet.report.wording import SWEDISH, Wording

SIDE = 0.12
GAP = 0.1
TAG = 0.27
ASCENT, DESCENT, HALF_CAPITAL = 0.93, 0.24, 0.36


@dataclass(frozen=True, slots=True)
class Caption:
    """The texts around a figure.

    Parameters
    ----------
    title : str
        The question that the figure answers.
    subtitle : str, default ""
        What is measured, in which unit, among whom.
    notes : tuple of str, default ()
        Base, stream and date, and how to read the marks.
    """

    title: str
    subtitle: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a text is set.

    Parameters
    ----------
    size : float, default 9
        Type size in points.
    weight : str, default "normal"
        Weight of the type.
    colour : str
        Colour.
    across, along : str
        Horizontal and vertical alignment.
    """

    size: float = TEXT_SIZE
    weight: str = "normal"
    colour: str = INK
    across: Literal["left", "center", "right"] = "left"
    along: Literal["top", "center", "bottom"] = "center"


@dataclass(frozen=True, slots=True)
class Margins:
    """Room around the axes, in inches.

    Parameters
    ----------
    left, right, top, bottom : float
        Room for labels and values.
    """

    left: float
    right: float
    top: float = 0.05
    bottom: float = 0.3


def new_axes(width: float, height: float, margins: Margins) -> Axes:
    """Make a figure whose axes are ``height`` inches high, with room around them.

    Parameters
    ----------
    width : float
        Width of the figure in inches.
    height : float
        Height of the axes in inches.
    margins : Margins
        Room around the axes.

    Returns
    -------
    Axes
        Axes on a new figure without any global state.
    """
    full = height + margins.top + margins.bottom
    figure = Figure(figsize=(width, full), facecolor="white")
    box = (
        margins.left / width,
        margins.bottom / full,
        1 - (margins.left + margins.right) / width,
        height / full,
    )
    return figure.add_axes(box)


def figure_under(ax: Axes) -> Figure:
    """Figure that some axes stand on.

    Parameters
    ----------
    ax : Axes
        Axes.

    Returns
    -------
    Figure
        The whole figure.

    Raises
    ------
    ValueError
        When the axes have been taken off their figure.
    """
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("the axes stand on no figure")
    return figure


def beside(ax: Axes, inches: float) -> Transform:
    """Transform that places things a number of inches from an edge of the axes, at a data height.

    Parameters
    ----------
    ax : Axes
        Axes.
    inches : float
        Distance from the edge, positive to the right; give x as 0 for the left edge and as 1 for the right one.

    Returns
    -------
    Transform
        x in fractions of the axes plus the distance, y in data.
    """
    return offset_copy(ax.get_yaxis_transform(), fig=figure_under(ax), x=inches, y=0.0, units="inches")


def framed(ax: Axes, caption: Caption, stamp: Stamp, *, words: Wording = SWEDISH) -> Figure:
    """Grow the figure of some axes by its title, its notes and its stamp.

    Parameters
    ----------
    ax : Axes
        Drawn axes, alone on their figure.
    caption : Caption
        Texts around the drawing.
    stamp : Stamp
        What every output carries.
    words : Wording
        Language.

    Returns
    -------
    Figure
        The same figure, higher.
    """
    figure = figure_under(ax)
    width, height = figure.get_size_inches()
    room = width - 2 * SIDE
    head = _head_lines(caption, stamp, room)
    foot = _foot_lines(caption, _stamped(stamp, words), room)
    head_height = sum(step for *_, step in head) + 2 * GAP
    foot_height = sum(step for *_, step in foot) + 2 * GAP
    full = height + head_height + foot_height
    for each in figure.axes:
        box = each.get_position()
        each.set_position(
            (box.x0, (box.y0 * height + foot_height) / full, box.width, box.height * height / full)
        )
    figure.set_size_inches(width, full)
    _set_lines(figure, head, top=full - GAP)
    _set_lines(figure, foot, top=foot_height - GAP / 2)
    if stamp.watermark:
        _watermark(figure, stamp.watermark)
    return figure


def put(ax: Axes, place: tuple[float, float], text: str, *, at: Transform, style: Lettering) -> None:
    """Write text at a place without reading dollar signs as mathematics.

    Parameters
    ----------
    ax : Axes
        Axes.
    place : tuple of two floats
        Position in the transform's coordinates.
    text : str
        Text, possibly several lines.
    at : Transform
        Coordinates.
    style : Lettering
        Size, weight, colour and alignment.
    """
    lines = text.split("\n")
    step = line_height(style.size)
    for number, line in enumerate(lines):
        ax.text(
            *place,
            line,
            transform=offset_copy(
                at,
                fig=figure_under(ax),
                x=0.0,
                y=_rise(number, len(lines), step, style=style),
                units="inches",
            ),
            fontfamily=FONT,
            fontsize=style.size,
            fontweight=style.weight,
            color=style.colour,
            ha=style.across,
            va="baseline",
            clip_on=False,
            parse_math=False,
        )


def _rise(number: int, count: int, step: float, *, style: Lettering) -> float:
    """Height of a line's baseline above the place, so that lines stand alike whatever letters they have."""
    size = style.size / POINTS_PER_INCH
    if style.along == "top":
        return -size * ASCENT - number * step
    if style.along == "bottom":
        return size * DESCENT + (count - 1 - number) * step
    return ((count - 1) / 2 - number) * step - size * HALF_CAPITAL


_Line = tuple[str, "Lettering", float]


def _head_lines(caption: Caption, stamp: Stamp, room: float) -> list[_Line]:
    """Lines above the drawing: title and subtitle, beside the watermark's tag, or below it where the title would break for its sake."""
    tag = width_of(stamp.watermark, SMALL_SIZE, "bold") + 0.35 if stamp.watermark else 0.0
    title = Lettering(size=TITLE_SIZE, weight="bold")
    quiet = Lettering(size=TEXT_SIZE, colour=QUIET)
    whole, beside_tag = (
        broken(caption.title, width, size=TITLE_SIZE, weight="bold") for width in (room, room - tag)
    )
    above: list[_Line] = [("", title, TAG)] if len(beside_tag) > len(whole) else []
    lines = [(line, title) for line in (whole if above else beside_tag)]
    if caption.subtitle:
        lines += [(line, quiet) for line in broken(caption.subtitle, room)]
    return above + [(text, style, line_height(style.size)) for text, style in lines]


def _stamped(stamp: Stamp, words: Wording) -> str:
    """The stamp in one line: municipality, registry number, date."""
    return " · ".join(
        part for part in (stamp.municipality, stamp.diarienummer, words.day(stamp.date)) if part
    )


def _foot_lines(caption: Caption, stamped_line: str, room: float) -> list[_Line]:
    """Lines below the drawing: notes, then the stamp."""
    small = Lettering(size=SMALL_SIZE, colour=QUIET)
    strong = Lettering(size=SMALL_SIZE, colour=INK)
    notes = [(line, small) for note in caption.notes for line in broken(note, room, size=SMALL_SIZE)]
    stamped = [(line, strong) for line in broken(stamped_line, room, size=SMALL_SIZE)]
    return [(text, style, line_height(style.size)) for text, style in (*notes, *stamped)]


def _set_lines(figure: Figure, lines: list[_Line], *, top: float) -> None:
    """Write lines downwards from a height in inches."""
    width, height = figure.get_size_inches()
    y = top
    for text, style, step in lines:
        if not text:
            y -= step
            continue
        figure.text(
            SIDE / width,
            (y - ASCENT * style.size / POINTS_PER_INCH) / height,
            text,
            fontfamily=FONT,
            fontsize=style.size,
            fontweight=style.weight,
            color=style.colour,
            ha="left",
            va="baseline",
            parse_math=False,
        )
        y -= step


def _watermark(figure: Figure, text: str) -> None:
    """Write the watermark as a tag in the corner and faintly across the whole sheet."""
    width, height = figure.get_size_inches()
    figure.text(
        1 - SIDE / width,
        1 - (GAP + 0.02) / height,
        text,
        fontfamily=FONT,
        fontsize=SMALL_SIZE,
        fontweight="bold",
        color=WARNING,
        ha="right",
        va="top",
        parse_math=False,
        bbox={"boxstyle": "square,pad=0.3", "facecolor": "white", "edgecolor": WARNING, "linewidth": 0.8},
    )
    figure.text(
        0.5,
        0.5,
        text,
        fontfamily=FONT,
        fontsize=min(40.0, 40.0 * width / (width_of(text, 40.0, "bold") * 1.2)),
        fontweight="bold",
        color=FAINT,
        alpha=0.22,
        ha="center",
        va="center",
        rotation=20,
        zorder=5,
        parse_math=False,
    )
