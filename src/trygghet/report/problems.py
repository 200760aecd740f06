"""Problem bars: share with its interval, the most common first."""

from matplotlib.axes import Axes

from trygghet.estimate.shares import RespondentShares
from trygghet.report.bars import OPEN, Bar, bar_axes, draw_bars, laid_out
from trygghet.report.look import PLAIN, Look
from trygghet.report.palette import PLAIN as PLAIN_COLOUR
from trygghet.report.priorities import by_share
from trygghet.report.reading import Shares, readings


def plot_problems(problems: Shares, *, ax: Axes | None = None, look: Look = PLAIN) -> Axes:
    """Draw the share who see each problem, the most common first.

    Parameters
    ----------
    problems : Estimates or RespondentShares
        Screened result; respondent shares are drawn in grey hatch without intervals.
    ax : Axes, optional
        Axes to draw on; a new figure of the right size when left out.
    look : Look
        Width and language.

    Returns
    -------
    Axes
        The drawing.
    """
    colour = OPEN if isinstance(problems, RespondentShares) else PLAIN_COLOUR
    cells = by_share(list(readings(problems, look)))
    layout = laid_out([Bar(cell, colour) for cell in cells], look.width)
    drawn = bar_axes(layout) if ax is None else ax
    draw_bars(drawn, layout, look.words)
    return drawn
