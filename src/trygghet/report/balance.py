"""What weighting does: how far those who answered lie from the population, and how far it moves each item."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from trygghet.disclosure import Publishable, Table
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.shares import RespondentShares
from trygghet.report.captions import stream_line
from trygghet.report.group_rows import GroupPlan, group_plan
from trygghet.report.inputs import WaveFacts
from trygghet.report.look import PLAIN, Look
from trygghet.report.palette import INK, NOT_AMONG, QUIET, RULE, SMALL_SIZE, SURE
from trygghet.report.reading import Reading, readings
from trygghet.report.response import ResponseRow, response_rows
from trygghet.report.sheet import Caption
from trygghet.report.wording import Wording

Question = Literal["problem", "choices", "other"]
NOTABLE = 0.1
"""Standardised difference from which a group counts as notably over- or underrepresented (Austin 2009)."""


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """How far the share of one group lies from the population's, in standard deviations.

    Parameters
    ----------
    family, group : str
        What the grouping is by, and the group.
    before, after : float
        Absolute standardised difference before and after weighting.
    """

    family: str
    group: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Move:
    """What weighting does to one item.

    Parameters
    ----------
    question : {"problem", "choices", "other"}
        What kind of question it comes from: the same words may name a problem and a choice.
    label : str
        The item.
    before, after : float
        Share among those who answered, and weighted.
    margin : float
        Half the width of the weighted share's interval.
    n : int
        Respondents.
    uncertain : bool, default False
        Whether the weighted share is uncertain.
    """

    question: Question
    label: str
    before: float
    after: float
    margin: float
    n: int
    uncertain: bool = False

    @property
    def size(self) -> float:
        """Weighted less unweighted share."""
        return self.after - self.before

    @property
    def beyond(self) -> bool:
        """Whether weighting moves the item further than its margin of error."""
        return abs(self.size) > self.margin


def balance_rows(table: Table, words: Wording) -> tuple[BalanceRow, ...]:
    """Standardised differences of the groups whose population is known.

    Parameters
    ----------
    table : Table
        Screened table of who answered, as the response figure has it.
    words : Wording
        Language.

    Returns
    -------
    tuple of BalanceRow
        Rows in the order of the table; none where nothing is weighted or no population is known.

    Notes
    -----
    ``|p - P| / sqrt(P (1 - P))`` with P the population's share.

    References
    ----------
    Austin, P. C. (2009). Balance diagnostics for comparing the distribution of baseline covariates between treatment groups.
    Statistics in Medicine 28, 3083-3107. doi:10.1002/sim.3697
    """
    return tuple(
        BalanceRow(row.family, row.group, _asd(row.before, row), _asd(row.after, row))
        for row in response_rows(table, words)
        if 0 < row.population < 1 and not np.isnan(row.before) and not np.isnan(row.after)
    )


def item_shifts(
    pairs: Sequence[tuple[Publishable[Estimates], Publishable[RespondentShares]]], look: Look
) -> tuple[Move, ...]:
    """What weighting does to each item that is shown, the largest move first.

    Parameters
    ----------
    pairs : sequence of pairs of Publishable
        Screened shares after and before weighting.
    look : Look
        Level of the intervals.

    Returns
    -------
    tuple of Move
        Items that are shown both before and after.
    """
    moves = []
    for after, before in pairs:
        unweighted = {_key(cell): cell for cell in readings(before.result, look)}
        for cell in readings(after.result, look):
            earlier = unweighted.get(_key(cell))
            if earlier is not None and cell.shown and earlier.shown:
                margin = (cell.high - cell.low) / 2
                question = _question(cell.item, after.result)
                told = (earlier.value, cell.value, margin, cell.n)
                moves.append(Move(question, cell.label, *told, uncertain=cell.uncertain))
    return tuple(sorted(moves, key=lambda move: (-abs(move.size), move.label)))


def plot_balance(response: Table, *, ax: Axes | None = None, look: Look = PLAIN) -> Axes:
    """Draw how far each group lies from the population before and after weighting (a love plot).

    Parameters
    ----------
    response : Table
        Screened table of who answered, as the response figure has it.
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
    rows = balance_rows(response, look.words)
    plan = group_plan(rows, look, right=0.2)
    drawn = plan.new_axes() if ax is None else ax
    _dress(drawn, max((row.before for row in rows), default=NOTABLE), plan, look=look)
    _legend(drawn, look.words, left=plan.left)
    for row, middle in plan.headed(drawn, rows):
        drawn.plot([row.before, row.after], [middle, middle], color=RULE, linewidth=1.5, zorder=1)
        drawn.plot([row.after], [middle], zorder=3, clip_on=False, **_MARKS["after"])
        drawn.plot([row.before], [middle], zorder=2, clip_on=False, **_MARKS["before"])
    return drawn


def caption_balance(result: Table, facts: WaveFacts, look: Look) -> Caption:
    """Texts around the figure.

    Parameters
    ----------
    result : Table
        Screened table.
    facts : WaveFacts
        The survey.
    look : Look
        Language.

    Returns
    -------
    Caption
        Title, subtitle and notes.
    """
    words = look.words
    del result
    notable = words["balance.reading"].format(notable=words.percent(NOTABLE))
    subtitle = words["balance.subtitle"].format(stream=facts.focus)
    return Caption(words["balance.title"], subtitle, (stream_line(facts.focus_stream, words), notable))


def describe_balance(response: Table, *, look: Look) -> str:
    """Alternative text of the figure.

    Parameters
    ----------
    response : Table
        Screened table.
    look : Look
        Language.

    Returns
    -------
    str
        The largest difference before weighting, and the largest after.
    """
    words = look.words
    rows = balance_rows(response, words)
    if not rows:
        return words["alt.balance"]
    worst, left = max(rows, key=lambda row: row.before), max(rows, key=lambda row: row.after)
    told = words["alt.balance.largest"].format(
        before=words.percent(worst.before),
        group=worst.group,
        after=words.percent(left.after),
        other=left.group,
    )
    return f"{words['alt.balance']} {told}"


_MARKS: dict[str, dict[str, Any]] = {
    "before": {"marker": "o", "markersize": 5.2, "markerfacecolor": "white", "markeredgecolor": NOT_AMONG},
    "after": {"marker": "o", "markersize": 5.2, "color": SURE},
}


def _asd(share: float, row: ResponseRow) -> float:
    return abs(share - row.population) / float(np.sqrt(row.population * (1 - row.population)))


def _question(item: str, result: Estimates) -> Question:
    if result.estimand == "multi_response":
        return "choices"
    return "problem" if item.startswith("problem_") else "other"


def _key(cell: Reading) -> tuple[str, str]:
    return cell.item, cell.label


def _dress(ax: Axes, largest: float, plan: GroupPlan, *, look: Look) -> None:
    """Set the scale from zero, with a dashed line where a difference becomes notable."""
    reach = max(1.5 * NOTABLE, float(np.ceil(largest * 20 + 0.2)) / 20)
    step = 0.05 if reach <= (0.3 if look.width == "wide" else 0.15) else 0.1
    ticks = [step * position for position in range(int(reach / step + 0.01) + 1)]
    ax.set_xlim(0, reach)
    ax.set_ylim(plan.height, 0)
    ax.set_xticks(ticks, [look.words.percent(tick) for tick in ticks], fontsize=SMALL_SIZE, color=QUIET)
    ax.set_yticks([])
    ax.tick_params(axis="x", length=0, pad=3)
    ax.set_facecolor("none")
    ax.vlines(ticks, 0.34, plan.height, color=RULE, linewidth=0.5, zorder=0.5)
    ax.vlines([NOTABLE], 0.34, plan.height, color=INK, linewidth=1.0, linestyle=(0, (4, 3)), zorder=0.8)
    for spine in ax.spines.values():
        spine.set_visible(False)


def _legend(ax: Axes, words: Wording, *, left: float) -> None:
    """Explain the two marks above the drawing, from the left edge of its labels."""
    handles = [Line2D([], [], linestyle="none", **_MARKS[name]) for name in ("before", "after")]
    ax.legend(
        handles,
        [words[f"response.{name}"] for name in ("before", "after")],
        loc="upper left",
        bbox_to_anchor=(left, 1.0),
        ncols=2,
        fontsize=SMALL_SIZE,
        frameon=False,
        handlelength=1.2,
        handletextpad=0.3,
        columnspacing=0.8,
        borderaxespad=0.0,
        borderpad=0.2,
    )
