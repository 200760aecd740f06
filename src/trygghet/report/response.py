"""Response and weights: how those who answered are spread before and after weighting, against the population."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from trygghet.disclosure import Table
from trygghet.errors import Problem, ReportError
from trygghet.report.group_rows import group_plan
from trygghet.report.look import PLAIN, Look
from trygghet.report.palette import INK, NOT_AMONG, QUIET, RULE, SMALL_SIZE, SURE
from trygghet.report.sheet import Lettering, beside, put
from trygghet.report.wording import WITHHELD, Wording

COLUMNS = ("grupp_av", "grupp", "svarande", "andel_ovagd", "andel_vagd", "andel_befolkning", "designeffekt")
COUNTS = 0.55


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One group of those who answered; shares are NaN where unknown.

    Parameters
    ----------
    family, group : str
        What the grouping is by, and the group.
    answered : str
        Number of answers as it is written.
    before, after, population : float
        Shares before and after weighting, and in the population.
    effective : float
        How many equally weighted answers give the precision of these, ``n`` over Kish's design effect.
    """

    family: str
    group: str
    answered: str
    before: float
    after: float
    population: float
    effective: float


def response_rows(table: Table, words: Wording) -> tuple[ResponseRow, ...]:
    """Read the response table.

    Parameters
    ----------
    table : Table
        Screened table with the columns of ``COLUMNS``.
    words : Wording
        Language.

    Returns
    -------
    tuple of ResponseRow
        Rows in the order of the table.

    Raises
    ------
    ReportError
        RAPP-02 when a column is missing.
    """
    frame: pd.DataFrame = table.frame
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise ReportError(
            Problem(
                code="RAPP-02",
                what=f"The response table lacks the columns {', '.join(missing)}.",
                why="The figure needs the groups, their counts and their shares before and after weighting.",
                remedy=f"Give it the columns {', '.join(COLUMNS)}.",
                facts={"saknas": ", ".join(missing), "kolumner": ", ".join(COLUMNS)},
            )
        )
    rows = frame.loc[:, list(COLUMNS)].itertuples(index=False, name=None)
    return tuple(
        ResponseRow(
            str(family),
            str(group),
            WITHHELD if np.isnan(float(answered)) else words.number(float(answered)),
            float(before),
            float(after),
            float(population),
            float(answered) / float(effect),
        )
        for family, group, answered, before, after, population, effect in rows
    )


def plot_response(response: Table, *, ax: Axes | None = None, look: Look = PLAIN) -> Axes:
    """Draw the shares of each group before weighting, after weighting and in the population.

    Parameters
    ----------
    response : Table
        Screened table with columns ``grupp_av, grupp, svarande, andel_ovagd, andel_vagd, andel_befolkning,
        designeffekt``.
    ax : Axes, optional
        Axes to draw on; a new figure of the right size when left out.
    look : Look
        Width and language.

    Returns
    -------
    Axes
        The drawing.

    Raises
    ------
    ReportError
        RAPP-02 when a column is missing.
    """
    rows = response_rows(response, look.words)
    right = COUNTS + 0.1
    plan = group_plan(rows, look, right=right)
    drawn = plan.new_axes() if ax is None else ax
    shares = [
        share for row in rows for share in (row.before, row.after, row.population) if not np.isnan(share)
    ]
    _dress(drawn, (max(shares, default=0.5), plan.height), look)
    _legend(drawn, rows, look, left=plan.left)
    style = Lettering(size=SMALL_SIZE, colour=QUIET, across="right", along="bottom")
    put(drawn, (1, plan.first - 0.04), look.words["response.count"], at=beside(drawn, COUNTS), style=style)
    for row, middle in plan.headed(drawn, rows):
        _draw_row(drawn, middle, row)
    return drawn


def _dress(ax: Axes, measures: tuple[float, float], look: Look) -> None:
    """Set the scale in per cent from zero."""
    largest, height = measures
    words = look.words
    reach = min(1.0, np.ceil(largest * 10 + 0.3) / 10)
    ax.set_xlim(0, reach)
    ax.set_ylim(height, 0)
    step = 0.1 if reach <= (0.5 if look.width == "wide" else 0.2) else 0.2
    ticks = [step * position for position in range(int(reach / step + 0.01) + 1)]
    ax.set_xticks(ticks, [words.percent(tick) for tick in ticks], fontsize=SMALL_SIZE, color=QUIET)
    ax.set_yticks([])
    ax.tick_params(axis="x", length=0, pad=3)
    ax.set_facecolor("none")
    ax.vlines(ticks, 0.34, height, color=RULE, linewidth=0.5, zorder=0.5)
    for spine in ax.spines.values():
        spine.set_visible(False)


def _draw_row(ax: Axes, middle: float, row: ResponseRow) -> None:
    """Draw one group: three marks of different shape, number of answers."""
    style = Lettering(size=SMALL_SIZE + 0.7, across="right")
    put(ax, (1, middle), row.answered, at=beside(ax, COUNTS), style=style)
    known = [share for share in (row.before, row.after) if not np.isnan(share)]
    if len(known) == 2:
        ax.plot(known, [middle, middle], color=RULE, linewidth=1.5, zorder=1)
    if not np.isnan(row.population):
        ax.plot([row.population] * 2, [middle - 0.08, middle + 0.08], color=INK, linewidth=1.6, zorder=3)
    if not np.isnan(row.after):
        ax.plot([row.after], [middle], "o", color=SURE, markersize=5.2, zorder=2.5)
    if not np.isnan(row.before):
        ax.plot(
            [row.before],
            [middle],
            "o",
            markerfacecolor="white",
            markeredgecolor=NOT_AMONG,
            markersize=5.2,
            zorder=2,
        )


def _legend(ax: Axes, rows: tuple[ResponseRow, ...], look: Look, *, left: float) -> None:
    """Explain the three marks above the drawing, from the left edge of its labels; only those that occur."""
    weighted = any(not np.isnan(row.after) for row in rows)
    kinds: list[tuple[str, dict[str, Any], str]] = [
        (
            "response.before" if weighted else "response.answered",
            {"marker": "o", "markerfacecolor": "white", "markeredgecolor": NOT_AMONG},
            "before",
        ),
        ("response.after", {"marker": "o", "color": SURE}, "after"),
        (
            "response.population",
            {"marker": "|", "color": INK, "markeredgewidth": 1.6, "markersize": 9},
            "population",
        ),
    ]
    shown = [kind for kind in kinds if any(not np.isnan(getattr(row, kind[2])) for row in rows)]
    handles = [Line2D([], [], linestyle="none", **{"markersize": 5.2, **style}) for _, style, _ in shown]
    ax.legend(
        handles,
        [look.words[key] for key, *_ in shown],
        loc="upper left",
        bbox_to_anchor=(left, 1.0),
        ncols=len(shown),
        fontsize=SMALL_SIZE,
        frameon=False,
        handlelength=1.2,
        handletextpad=0.3,
        columnspacing=0.8,
        borderaxespad=0.0,
        borderpad=0.2,
    )
