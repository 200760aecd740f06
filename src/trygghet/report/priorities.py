"""The priority figure: three boxes with shares and intervals, and never a place number."""

from dataclasses import dataclass, replace

import numpy as np
from matplotlib.axes import Axes

from trygghet._typing import BoolArray
from trygghet.estimate.shares import RespondentShares
from trygghet.ranking import TopSet
from trygghet.report.bars import (
    OPEN,
    VALUE_ROOM,
    Bar,
    BarLayout,
    Heading,
    Placed,
    Row,
    bar_axes,
    draw_bars,
    frame_groups,
    laid_out,
)
from trygghet.report.lettering import broken
from trygghet.report.look import PLAIN, Look
from trygghet.report.palette import MAYBE, NOT_AMONG, QUIET, SMALL_SIZE, SURE
from trygghet.report.reading import Reading, readings
from trygghet.report.sheet import Lettering, beside, put
from trygghet.report.wording import Wording

BRACKET_ROOM = 1.12


@dataclass(frozen=True, slots=True)
class Boxes:
    """The areas in their boxes, each box sorted by share.

    Parameters
    ----------
    surely, maybe, out, hidden : tuple of Reading
        Surely among the m, may belong there, not among them, not shown.
    m : int
        How many places there are.
    places : int
        Places that are left for the areas in ``maybe``.
    """

    surely: tuple[Reading, ...]
    maybe: tuple[Reading, ...]
    out: tuple[Reading, ...]
    hidden: tuple[Reading, ...]
    m: int
    places: int

    def heading(self, box: str, words: Wording) -> str:
        """Heading of a box.

        Parameters
        ----------
        box : {"surely", "maybe", "out", "hidden"}
            Name of the box.
        words : Wording
            Language.

        Returns
        -------
        str
            Heading in capitals.
        """
        if box == "surely":
            return (
                words["prio.surely.one"]
                if self.m == 1
                else words["prio.surely"].format(m=words.in_words(self.m).upper())
            )
        if box == "maybe" and 0 < self.places < len(self.maybe) and not self.hidden:
            places = words["one.neuter"] if self.places == 1 else words.in_words(self.places)
            return words["prio.maybe"].format(places=places, areas=words.in_words(len(self.maybe)))
        return words[{"maybe": "prio.maybe.full", "out": "prio.out", "hidden": "prio.hidden"}[box]]


def boxes_of(top: TopSet, look: Look = PLAIN) -> Boxes:
    """Sort the areas of a top set into its boxes.

    Parameters
    ----------
    top : TopSet
        Screened top set.
    look : Look
        Level of the intervals, and the mark of each area as the screen gave it.

    Returns
    -------
    Boxes
        Areas by box.
    """
    found = zip(readings(top.ranks.estimates, look), top.ranks.labels, strict=True)
    cells = tuple(replace(cell, label=label) for cell, label in found)
    highest = top.ranks.options.first == "highest"

    def box(chosen: BoolArray) -> tuple[Reading, ...]:
        inside = [cell for cell, here in zip(cells, chosen, strict=True) if here and cell.shown]
        return by_share(inside, highest=highest)

    hidden = tuple(cell for cell in cells if not cell.shown)
    return Boxes(box(top.surely), box(top.maybe), box(top.out), hidden, top.m, int(top.places_left))


def by_share(cells: list[Reading], *, highest: bool = True) -> tuple[Reading, ...]:
    """Sort cells by share, then by label; those that are not shown come last.

    Parameters
    ----------
    cells : list of Reading
        Cells.
    highest : bool, default True
        Whether the largest comes first.

    Returns
    -------
    tuple of Reading
        Sorted cells.
    """
    sign = -1.0 if highest else 1.0
    return tuple(
        sorted(cells, key=lambda cell: (not cell.shown, sign * np.nan_to_num(cell.value), cell.label))
    )


def plot_top_set(top: TopSet | RespondentShares, *, ax: Axes | None = None, look: Look = PLAIN) -> Axes:
    """Draw which areas most people want prioritised: in three boxes, or as the order among self-selected respondents.

    Parameters
    ----------
    top : TopSet or RespondentShares
        Screened result; respondent shares are drawn in grey hatch without boxes and without intervals.
    ax : Axes, optional
        Axes to draw on; a new figure of the right size when left out.
    look : Look
        Width and language.

    Returns
    -------
    Axes
        The drawing.
    """
    if isinstance(top, RespondentShares):
        cells = by_share(list(readings(top, look)))
        layout = laid_out([Bar(cell, OPEN) for cell in cells], look.width)
        drawn = bar_axes(layout) if ax is None else ax
        draw_bars(drawn, layout, look.words)
        return drawn
    boxes = boxes_of(top, look)
    layout = laid_out(_rows(boxes, look), look.width)
    room = BRACKET_ROOM if look.width == "wide" and len(boxes.maybe) > 1 else 0.0
    drawn = bar_axes(layout, right=room) if ax is None else ax
    draw_bars(drawn, layout, look.words)
    frame_groups(drawn, layout, right=VALUE_ROOM + room)
    if room:
        _bracket(drawn, layout, boxes, words=look.words)
    return drawn


def _rows(boxes: Boxes, look: Look) -> list[Row]:
    """Headings and bars from the top."""
    words = look.words
    rows: list[Row] = [
        Heading(boxes.heading("surely", words), "" if boxes.surely else words["prio.surely.none"])
    ]
    rows += [Bar(cell, SURE) for cell in boxes.surely]
    if boxes.maybe:
        beneath = words["prio.bracket.sentence"] if look.width == "narrow" and len(boxes.maybe) > 1 else ""
        rows.append(Heading(boxes.heading("maybe", words), beneath))
        rows += [Bar(cell, MAYBE) for cell in boxes.maybe]
    if boxes.out:
        rows.append(Heading(boxes.heading("out", words)))
        rows += [Bar(cell, NOT_AMONG) for cell in boxes.out]
    if boxes.hidden:
        rows.append(Heading(boxes.heading("hidden", words)))
        rows += [Bar(cell, NOT_AMONG) for cell in boxes.hidden]
    return rows


def _bracket(ax: Axes, layout: BarLayout, boxes: Boxes, *, words: Wording) -> None:
    """Draw the bracket that says that the middle group cannot be ranked."""
    inside: list[Placed] = [
        placed for placed in layout.rows if isinstance(placed.row, Bar) and placed.row.reading in boxes.maybe
    ]
    top, bottom = inside[0].top + 0.05, inside[-1].top + inside[-1].height - 0.05
    line = beside(ax, VALUE_ROOM)
    corner = beside(ax, VALUE_ROOM - 0.06)
    for place in (top, bottom):
        ax.annotate(
            "",
            xy=(1, place),
            xycoords=line,
            xytext=(1, place),
            textcoords=corner,
            arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 1.0, "shrinkA": 0, "shrinkB": 0},
            annotation_clip=False,
        )
    ax.plot([1, 1], [top, bottom], transform=line, color=QUIET, linewidth=1.0, clip_on=False)
    text = "\n".join(broken(words["prio.bracket"], BRACKET_ROOM - 0.2, size=SMALL_SIZE))
    style = Lettering(size=SMALL_SIZE, colour=QUIET)
    put(ax, (1, (top + bottom) / 2), text, at=beside(ax, VALUE_ROOM + 0.07), style=style)
