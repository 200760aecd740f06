"""Trend figure: each item by wave with its interval, no line across a break, and the change beside the smallest detectable one."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from matplotlib.axes import Axes

from trygghet._sequence import in_time
from trygghet.estimate.estimates import Estimates
from trygghet.report.bars import SHEET_WIDTH
from trygghet.report.lettering import broken, line_height
from trygghet.report.look import PLAIN, Look
from trygghet.report.palette import INK, QUIET, RULE, SMALL_SIZE, TEXT_SIZE, WARNING
from trygghet.report.palette import PLAIN as BLUE
from trygghet.report.reading import Reading, readings
from trygghet.report.sheet import Lettering, Margins, new_axes, put
from trygghet.report.wording import Wording
from trygghet.waves import detectable_change, waves_of

MOST_ROWS = 8
LABELS = 1.6
TOLD = 1.75
ROW = 1.2
HEAD = 0.28
INSET = 0.28
DRAWN = 0.68
CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Step:
    """What is known of a move between two waves.

    Parameters
    ----------
    change : Reading
        The change with its limits.
    detectable : float
        Smallest change that the two waves would normally show.
    """

    change: Reading
    detectable: float


@dataclass(frozen=True, slots=True)
class Trend:
    """An item by wave.

    Parameters
    ----------
    item, label : str
        Key and reader's label.
    points : mapping of str to Reading
        What each wave shows, the newest last; a wave that did not ask is not there.
    steps : mapping of (str, str) to Step
        The comparable moves, by older and newer wave.
    """

    item: str
    label: str
    points: Mapping[str, Reading]
    steps: Mapping[tuple[str, str], Step]

    def told(self, words: Wording) -> str:
        """Tell the move to the newest wave in words, in parts separated by a bar.

        Parameters
        ----------
        words : Wording
            Language.

        Returns
        -------
        str
            Change with interval and the smallest detectable one, or that there is none to tell.
        """
        latest = list(self.points)[-1]
        step = next(((old, step) for (old, new), step in self.steps.items() if new == latest), None)
        return words["trend.none"] if step is None else step_text(step[1], step[0], words)


def trends_of(
    results: tuple[Estimates, ...], look: Look = PLAIN
) -> tuple[tuple[str, ...], tuple[Trend, ...]]:
    """Read levels and changes as trends.

    Parameters
    ----------
    results : tuple of Estimates
        Levels of several waves, and changes between them; where neither the changes nor the years in the names of waves tell what came
        first, the levels stand oldest first.
    look : Look
        Level, and the items to show in their order.

    Returns
    -------
    tuple of str
        Waves, oldest first.
    tuple of Trend
        Items of the newest wave that have been asked at least twice.
    """
    look = replace(look, marks=())
    changes = [each for each in results if each.estimand == CHANGE]
    pairs = [(old, new) for new, old in (waves_of(change.about) for change in changes)]
    given = {each.about.wave: None for each in results if each.estimand != CHANGE}
    waves = in_time(tuple(given), pairs)
    levels = sorted(
        (each for each in results if each.estimand != CHANGE), key=lambda each: waves.index(each.about.wave)
    )
    points: dict[str, dict[str, Reading]] = {}
    for level in levels:
        for cell in readings(level, look):
            points.setdefault(cell.item, {})[level.about.wave] = cell
    steps: dict[str, dict[tuple[str, str], Step]] = {}
    for change in changes:
        new, old = waves_of(change.about)
        sizes = detectable_change(change, level=look.change_level)
        for cell, size in zip(readings(change, look), sizes.tolist(), strict=True):
            if cell.shown:
                steps.setdefault(cell.item, {})[old, new] = Step(cell, size)
    newest = waves[-1] if waves else ""
    asked = [item for item, found in points.items() if newest in found and len(found) > 1]
    items = [item for item in look.order if item in asked] or asked[:MOST_ROWS]
    return waves, tuple(
        Trend(item, points[item][newest].label, points[item], steps.get(item, {})) for item in items
    )


def plot_trend(*results: Estimates, ax: Axes | None = None, look: Look = PLAIN) -> Axes:
    """Draw shares by wave with their intervals.

    Parameters
    ----------
    *results : Estimates
        Screened levels of several waves and the changes between them. Two waves are joined by a line only when a change
        between them is given: where it leaves an item out the question or the way of measuring has changed.
    ax : Axes, optional
        Axes to draw on; a new figure of the right size when left out.
    look : Look
        Language, level, and the items to show.

    Returns
    -------
    Axes
        The drawing; one unit of both scales is one inch on a new figure.
    """
    waves, trends = trends_of(results, look)
    width = SHEET_WIDTH["wide"] - 0.24
    height = HEAD + ROW * max(len(trends), 1)
    drawn = (
        new_axes(SHEET_WIDTH["wide"], height, Margins(left=0.12, right=0.12, bottom=0.05))
        if ax is None
        else ax
    )
    drawn.set_xlim(0, width)
    drawn.set_ylim(height, 0)
    drawn.set_axis_off()
    places = _places(waves, LABELS + INSET, width - TOLD - INSET)
    for wave, place in places.items():
        style = Lettering(across="center", size=TEXT_SIZE, weight="bold")
        put(drawn, (place, HEAD / 2), wave, at=drawn.transData, style=style)
    ends = [
        end
        for trend in trends
        for cell in trend.points.values()
        for end in (cell.high, cell.value)
        if cell.shown
    ]
    reach = max((end for end in ends if not math.isnan(end)), default=1.0)
    for row, trend in enumerate(trends):
        _row(drawn, (HEAD + row * ROW, reach), trend, places=places, words=look.words)
    return drawn


def _places(waves: tuple[str, ...], left: float, right: float) -> dict[str, float]:
    """Horizontal place of each wave: by year where the names are years, else evenly."""
    years = [float(wave) if wave.isdigit() else float(number) for number, wave in enumerate(waves)]
    if not all(wave.isdigit() for wave in waves):
        years = [float(number) for number in range(len(waves))]
    span = (years[-1] - years[0]) or 1.0 if years else 1.0
    return {
        wave: left + (year - years[0]) / span * (right - left)
        for wave, year in zip(waves, years, strict=True)
    }


def _row(
    ax: Axes, frame: tuple[float, float], trend: Trend, *, places: Mapping[str, float], words: Wording
) -> None:
    """Draw one item: label, points with intervals, lines where comparable, what has changed."""
    top, reach = frame
    base = top + ROW - 0.22

    def high(share: float) -> float:
        return base - DRAWN * share / reach

    left, right = min(places.values()) - INSET, max(places.values()) + INSET
    ax.plot([left, right], [base, base], color=RULE, linewidth=0.8, zorder=0.5)
    label = "\n".join(broken(trend.label, LABELS - 0.1))
    put(ax, (0, base - DRAWN / 2), label, at=ax.transData, style=Lettering())
    shown = [(wave, cell) for wave, cell in trend.points.items() if cell.shown]
    for (old, before), (new, after) in pairwise(shown):
        ends = [places[old], places[new]]
        if (old, new) in trend.steps:
            ax.plot(ends, [high(before.value), high(after.value)], color=BLUE, linewidth=1.4, zorder=2)
        else:
            middle = sum(ends) / 2
            ax.plot(
                [middle, middle], [base, base - DRAWN], color=WARNING, linewidth=1.0, linestyle=(0, (3, 2))
            )
            style = Lettering(size=SMALL_SIZE, colour=WARNING, across="center")
            put(ax, (middle, base - DRAWN - 0.09), words["trend.break"], at=ax.transData, style=style)
    for wave, cell in trend.points.items():
        _point(ax, (places[wave], base), cell, high=high, words=words)
    _told(ax, (max(places.values()) + INSET + 0.08, base - DRAWN / 2), trend, words=words)


def _point(ax: Axes, place: tuple[float, float], cell: Reading, *, high: object, words: Wording) -> None:
    """Draw one wave's value with its interval, or its sign."""
    x, base = place
    style = Lettering(size=SMALL_SIZE, across="center", weight="bold")
    if not cell.shown or not callable(high):
        put(ax, (x, base - DRAWN / 2), cell.mark, at=ax.transData, style=style)
        return
    if not math.isnan(cell.low):
        ax.plot([x, x], [high(cell.low), high(cell.high)], color=INK, linewidth=1.3, zorder=2.5)
    ax.plot([x], [high(cell.value)], "o", color=BLUE, markersize=3.6, zorder=3)
    base_style = Lettering(size=6.8, across="center", colour=QUIET)
    put(ax, (x, base + 0.09), f"n\N{NO-BREAK SPACE}{words.number(cell.n)}", at=ax.transData, style=base_style)
    above = high(cell.high if not math.isnan(cell.high) else cell.value) - 0.09
    put(ax, (x, above), cell.told(words.percent(cell.value)), at=ax.transData, style=style)


def _told(ax: Axes, place: tuple[float, float], trend: Trend, *, words: Wording) -> None:
    """Write the latest change with its interval, and the smallest that could have been seen."""
    x, middle = place
    lines = [
        line for part in trend.told(words).split("|") for line in broken(part, TOLD - INSET, size=SMALL_SIZE)
    ]
    top = middle - len(lines) * line_height(SMALL_SIZE) / 2
    style = Lettering(size=SMALL_SIZE, colour=QUIET, along="top")
    put(ax, (x, top), "\n".join(lines), at=ax.transData, style=style)


def step_text(step: Step, old: str, words: Wording) -> str:
    """Write a change in words, in parts separated by a bar.

    Parameters
    ----------
    step : Step
        The change.
    old : str
        The older wave.
    words : Wording
        Language.

    Returns
    -------
    str
        Change with interval, and the smallest detectable one.
    """
    points = words.signed(100 * step.change.value)
    told = step.change.told(points)
    one, many = words["trend.units"].split("|")
    return words["trend.step"].format(
        old=old,
        points=told,
        unit=one if points[1:] == "1" else many,
        limits=words.span(100 * step.change.low, 100 * step.change.high),
        detectable=words.number(100 * step.detectable),
    )
