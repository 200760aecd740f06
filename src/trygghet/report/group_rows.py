"""Groups in rows under a heading for what they are grouped by: how the figures of who answered are laid out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from matplotlib.axes import Axes

from trygghet.report.bars import SHEET_WIDTH
from trygghet.report.lettering import broken, line_height
from trygghet.report.look import Look
from trygghet.report.palette import SMALL_SIZE
from trygghet.report.sheet import Lettering, Margins, beside, new_axes, put

ROW = 0.23
HEAD = 0.3
LEGEND = 0.32
LABELS = {"wide": 1.75, "narrow": 1.2}
LABEL_SIZE = SMALL_SIZE + 0.7


class Grouped(Protocol):
    """A row of such a figure."""

    @property
    def family(self) -> str:
        """What the grouping is by."""

    @property
    def group(self) -> str:
        """The group."""


Row = TypeVar("Row", bound=Grouped)


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """Room for the rows, in inches.

    Parameters
    ----------
    width : float
        Width of the figure.
    height : float
        Height of the axes, with the legend at the top.
    labels : float
        Room for labels to the left.
    right : float
        Room to the right.
    """

    width: float
    height: float
    labels: float
    right: float

    @property
    def first(self) -> float:
        """Bottom of the first heading, from the top of the axes."""
        return LEGEND + HEAD

    @property
    def left(self) -> float:
        """Left edge of the headings, in widths of the axes: negative, since they stand outside."""
        return -(self.labels + 0.08) / (self.width - self.labels - 0.2 - self.right)

    def new_axes(self) -> Axes:
        """Axes of the right size on a new figure.

        Returns
        -------
        Axes
            The axes.
        """
        return new_axes(
            self.width, self.height, Margins(left=self.labels + 0.2, right=self.right, bottom=0.25)
        )

    def headed(self, ax: Axes, rows: Sequence[Row]) -> Iterator[tuple[Row, float]]:
        """Write the headings and labels.

        Parameters
        ----------
        ax : Axes
            The drawing.
        rows : sequence of rows
            Groups in their order.

        Yields
        ------
        tuple of row and float
            Each row with its middle.
        """
        top = LEGEND
        for family in dict.fromkeys(row.family for row in rows):
            style = Lettering(weight="bold", along="bottom")
            put(ax, (0, top + HEAD - 0.04), family, at=beside(ax, -(self.labels + 0.08)), style=style)
            top += HEAD
            for row in (row for row in rows if row.family == family):
                lines = _lines(row, self.labels)
                step = _row_height(lines)
                style = Lettering(size=LABEL_SIZE, across="right")
                put(ax, (0, top + step / 2), "\n".join(lines), at=beside(ax, -0.08), style=style)
                yield row, top + step / 2
                top += step


def group_plan(rows: Sequence[Grouped], look: Look, *, right: float) -> GroupPlan:
    """Plan the room for some groups.

    Parameters
    ----------
    rows : sequence of rows
        Groups in their order.
    look : Look
        Width.
    right : float
        Room to the right, in inches.

    Returns
    -------
    GroupPlan
        The room.
    """
    labels = LABELS[look.width]
    families = len({row.family for row in rows})
    height = LEGEND + HEAD * families + sum(_row_height(_lines(row, labels)) for row in rows)
    return GroupPlan(SHEET_WIDTH[look.width], height, labels, right)


def _lines(row: Grouped, labels: float) -> tuple[str, ...]:
    return broken(row.group, labels - 0.05, size=LABEL_SIZE)


def _row_height(lines: tuple[str, ...]) -> float:
    return max(ROW, len(lines) * line_height(LABEL_SIZE) + 0.06)
