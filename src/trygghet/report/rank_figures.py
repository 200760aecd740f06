"""Figures of the method annex: rank sets as bars, and the matrix of pairs that are told apart."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Rectangle

from trygghet._typing import BoolArray, FloatArray
from trygghet.ranking import RankSets, TopSet
from trygghet.report.captions import base_line
from trygghet.report.inputs import WaveFacts
from trygghet.report.lettering import broken, line_height, width_of
from trygghet.report.look import PLAIN, Look
from trygghet.report.palette import FRAME, INK, MAYBE, NOT_AMONG, QUIET, RULE, SMALL_SIZE, SURE, TEXT_SIZE
from trygghet.report.palette import PLAIN as PLAIN_COLOUR
from trygghet.report.sheet import Caption, Lettering, Margins, beside, new_axes, put
from trygghet.report.tables import Sheet
from trygghet.report.wording import WITHHELD, Wording

SHEET = 6.3
LABELS = 1.95
ROW = 0.23
ROW_GAP = 0.04
HEADS = 1.5
LARGEST_HEIGHT = 14.0
BAR = 0.52
BOX_COLOURS = {"surely": SURE, "maybe": MAYBE, "out": NOT_AMONG}
MOST_PAIRS = 5

Ranked = RankSets | TopSet


@dataclass(frozen=True, slots=True)
class _Rows:
    """The ranked units from the top, and the room that each has."""

    ranks: RankSets
    positions: tuple[int, ...]
    hidden: tuple[int, ...]
    height: float
    size: float

    @property
    def labelled(self) -> bool:
        """Whether a label fits in a row."""
        return self.height >= line_height(self.size)

    @property
    def count(self) -> int:
        """Number of rows, with those whose place is not shown."""
        return len(self.positions) + len(self.hidden)


def plot_rank_sets(ranked: Ranked, *, ax: Axes | None = None, look: Look = PLAIN) -> Axes:
    """Draw the set of possible places of each unit as a bar, its place in the survey as a dot, tiers and the cut-off as lines.

    Parameters
    ----------
    ranked : RankSets or TopSet
        Screened ranking; a top set also gives the cut-off line and the colours of its boxes.
    ax : Axes, optional
        Axes to draw on; a new figure of the right size when left out.
    look : Look
        Language.

    Returns
    -------
    Axes
        The drawing; x is the place, y the row from the top.
    """
    rows = _rows(ranked)
    ranks, words = rows.ranks, look.words
    if ax is None:
        ax = new_axes(SHEET, rows.height * rows.count, Margins(left=LABELS + 0.22, right=0.3, bottom=0.42))
    boxes = ranked.box if isinstance(ranked, TopSet) else ("",) * len(ranks)
    _dress(ax, rows, words)
    for row, unit in enumerate(rows.positions):
        low, high = int(ranks.lower[unit]), int(ranks.upper[unit])
        colour = BOX_COLOURS.get(boxes[unit], PLAIN_COLOUR)
        ax.add_patch(
            Rectangle(
                (low - 0.4, row + (1 - BAR) / 2), high - low + 0.8, BAR, facecolor=colour, edgecolor="none"
            )
        )
    dots = [int(ranks.rank[unit]) for unit in rows.positions]
    heights = [row + 0.5 for row in range(len(dots))]
    size = 4 if rows.labelled else 1.5
    ax.plot(dots, heights, linestyle="", marker="o", markersize=size, color="white", markeredgecolor=INK)
    for number, unit in enumerate(rows.hidden):
        style = Lettering(size=SMALL_SIZE, colour=QUIET)
        put(
            ax,
            (1, len(rows.positions) + number + 0.5),
            f"{WITHHELD} {words['rank.hidden']}",
            at=ax.transData,
            style=style,
        )
        _write_label(ax, rows, (len(rows.positions) + number, unit))
    tiers = [int(ranks.tiers[unit]) for unit in rows.positions]
    for row in range(1, len(tiers)):
        if tiers[row] != tiers[row - 1]:
            ax.axhline(row, color=INK, linewidth=0.9)
    if isinstance(ranked, TopSet) and ranked.m < len(rows.positions):
        ax.axvline(ranked.m + 0.5, color=INK, linewidth=1.0, linestyle=(0, (4, 3)))
        style = Lettering(size=SMALL_SIZE, colour=INK, along="top")
        put(ax, (ranked.m + 0.6, 0.02), words["rank.cutoff"].format(m=ranked.m), at=ax.transData, style=style)
    return ax


def plot_pairs(ranked: Ranked, *, ax: Axes | None = None, look: Look = PLAIN) -> Axes:
    """Draw which units are shown to be before which others as a matrix.

    Parameters
    ----------
    ranked : RankSets or TopSet
        Screened ranking.
    ax : Axes, optional
        Axes to draw on; a new figure of the right size when left out.
    look : Look
        Language; the matrix has one width.

    Returns
    -------
    Axes
        The drawing; rows and columns in order of their place in the survey.
    """
    del look
    rows = _rows(ranked)
    units = rows.positions
    size = max(len(units), 1)
    cell = min(0.3, (SHEET - LABELS - 0.4) / size)
    shown = rows.labelled and cell >= line_height(SMALL_SIZE)
    heads = [_head(rows.ranks.labels[unit], cell) for unit in units] if shown else []
    head = max((width_of(line, SMALL_SIZE) for lines in heads for line in lines), default=0.0) + 0.12
    if ax is None:
        ax = new_axes(
            LABELS + 0.3 + cell * size,
            cell * size,
            Margins(left=LABELS + 0.15, right=0.15, top=head, bottom=0.1),
        )
    ax.set_axis_off()
    secure = rows.ranks.rejected[np.ix_(units, units)]
    for filled, colour in ((secure, SURE), (np.eye(len(units), dtype=np.bool_), RULE)):
        ax.add_collection(
            PolyCollection(_runs(filled), facecolors=colour, edgecolors=colour, linewidths=0.2), autolim=False
        )
    if shown:
        ax.hlines(range(size + 1), 0, size, color=FRAME, linewidth=0.6)
        ax.vlines(range(size + 1), 0, size, color=FRAME, linewidth=0.6)
    for row, above in enumerate(units):
        if shown:
            _write_label(ax, rows, (row, above))
            ax.text(
                row + 0.5,
                -0.15,
                "\n".join(heads[row]),
                linespacing=1.1,
                fontfamily="DejaVu Sans",
                fontsize=SMALL_SIZE,
                color=INK,
                rotation=90,
                ha="center",
                va="bottom",
                parse_math=False,
            )
    ax.set_xlim(0, size)
    ax.set_ylim(size, 0)
    return ax


def _runs(filled: BoolArray) -> list[FloatArray]:
    """Corners of one rectangle for each run of filled cells in a row: a drawing of shapes, without a picture inside."""
    corners = []
    for row, cells in enumerate(filled):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], cells, [False]])))
        for left, right in edges.reshape(-1, 2):
            corners.append(
                np.array([[left, row], [right, row], [right, row + 1], [left, row + 1]], dtype=np.float64)
            )
    return corners


def caption_rank_sets(ranked: Ranked, facts: WaveFacts, look: Look) -> Caption:
    """Texts around the rank plot.

    Parameters
    ----------
    ranked : RankSets or TopSet
        Screened ranking.
    facts : WaveFacts
        The survey.
    look : Look
        Language.

    Returns
    -------
    Caption
        Title, subtitle, and notes with the cut-off, tiers, borderline pairs and the method.
    """
    words, ranks = look.words, _ranks(ranked)
    family = words["rank.joint"] if ranks.options.joint else words["rank.marginal"]
    subtitle = words["rank.subtitle"].format(family=family, level=words.level(ranks.options.level))
    tiers = words["rank.tiers"] if int(ranks.tiers.max(initial=0)) > 1 else words["rank.notiers"]
    notes = (base_line(ranks.estimates, facts, words), cutoff_sentence(ranked, words), tiers)
    pairs = tuple(f"{one} – {other}" for one, other in ranks.borderline[:MOST_PAIRS])
    near = words["rank.borderline"].format(pairs="; ".join(pairs)) if pairs else ""
    return Caption(
        words["rank.title"], subtitle, tuple(n for n in (*notes, near, _method(ranks, words)) if n)
    )


def caption_pairs(ranked: Ranked, facts: WaveFacts, look: Look) -> Caption:
    """Texts around the matrix of pairs.

    Parameters
    ----------
    ranked : RankSets or TopSet
        Screened ranking.
    facts : WaveFacts
        The survey.
    look : Look
        Language.

    Returns
    -------
    Caption
        Title, subtitle and notes.
    """
    words, ranks = look.words, _ranks(ranked)
    level = words.level(ranks.options.level)
    text = words["pairs.subtitle"] if ranks.options.joint else words["pairs.subtitle.marginal"]
    return Caption(
        words["pairs.title"],
        text.format(level=level),
        (base_line(ranks.estimates, facts, words), _method(ranks, words)),
    )


def describe_rank_sets(ranked: Ranked, *, look: Look) -> str:
    """Alternative text of the rank plot: the result in sentences.

    Parameters
    ----------
    ranked : RankSets or TopSet
        Screened ranking.
    look : Look
        Language.

    Returns
    -------
    str
        The sets, who may be first, and the cut-off.
    """
    words, rows = look.words, _rows(ranked)
    sets = "; ".join(
        words["alt.rank.set"].format(label=rows.ranks.labels[unit], places=places_text(rows.ranks, unit))
        for unit in rows.positions
    )
    parts = [words["alt.rank"].format(level=words.level(rows.ranks.options.level), sets=sets)]
    if rows.positions:
        parts.append(words["alt.rank.first"].format(labels=words.listing(rows.ranks.could_be_first)))
    return " ".join(part for part in (*parts, cutoff_sentence(ranked, words)) if part)


def describe_pairs(ranked: Ranked, *, look: Look) -> str:
    """Alternative text of the matrix of pairs.

    Parameters
    ----------
    ranked : RankSets or TopSet
        Screened ranking.
    look : Look
        Language.

    Returns
    -------
    str
        How many pairs are told apart, and which.
    """
    words, rows = look.words, _rows(ranked)
    count = len(rows.positions)
    secure = count * (count - 1) // 2 - rows.ranks.unseparated
    parts = [words["alt.pairs"].format(secure=secure, pairs=count * (count - 1) // 2)]
    for unit in rows.positions:
        below = _below(rows, unit)
        if below:
            parts.append(
                words["alt.pairs.before"].format(label=rows.ranks.labels[unit], others=words.listing(below))
            )
    return " ".join(parts)


def table_rank_sets(ranked: Ranked, *, look: Look) -> Sheet:
    """Table beside the rank plot.

    Parameters
    ----------
    ranked : RankSets or TopSet
        Screened ranking.
    look : Look
        Language.

    Returns
    -------
    Sheet
        One row a unit with its possible places.
    """
    words, rows = look.words, _rows(ranked)
    about = rows.ranks.estimates.about
    found = tuple(
        (rows.ranks.labels[unit], places_text(rows.ranks, unit), about.stream, about.wave)
        for unit in (*rows.positions, *rows.hidden)
    )
    columns = (words["column.row"], words["column.places"], words["column.stream"], words["column.wave"])
    return Sheet(columns, found)


def table_pairs(ranked: Ranked, *, look: Look) -> Sheet:
    """Table beside the matrix of pairs.

    Parameters
    ----------
    ranked : RankSets or TopSet
        Screened ranking.
    look : Look
        Language.

    Returns
    -------
    Sheet
        One row a unit with those that it is surely before.
    """
    words, rows = look.words, _rows(ranked)
    about = rows.ranks.estimates.about
    found = tuple(
        (
            rows.ranks.labels[unit],
            ", ".join(_below(rows, unit)) or (words["pairs.nobody"] if rows.ranks.ranked[unit] else WITHHELD),
            about.stream,
            about.wave,
        )
        for unit in rows.positions
    )
    columns = (
        words["column.row"],
        words["column.before.surely"],
        words["column.stream"],
        words["column.wave"],
    )
    return Sheet(columns, found)


def cutoff_sentence(ranked: Ranked, words: Wording) -> str:
    """Say whether the line between place m and the next is established; nothing for a ranking without such a line.

    Parameters
    ----------
    ranked : RankSets or TopSet
        Ranking.
    words : Wording
        Language.

    Returns
    -------
    str
        One sentence, or an empty text.
    """
    if not isinstance(ranked, TopSet) or not ranked.cutoff.outside:
        return ""
    cutoff, numbers = ranked.cutoff, {"m": ranked.m, "next": ranked.m + 1}
    if cutoff.secure:
        return words["rank.secure"].format(**numbers)
    labels = ranked.ranks.labels
    apart = any(
        ranked.ranks.rejected[labels.index(one), labels.index(other)]
        for one in cutoff.inside
        for other in cutoff.outside
    )
    if apart:
        return words["rank.insecure.whole"].format(**numbers)
    inside, outside = words.listing(cutoff.inside), words.listing(cutoff.outside)
    return words["rank.insecure"].format(inside=inside, outside=outside, **numbers)


def places_text(ranks: RankSets, unit: int) -> str:
    """Possible places of a unit, such as ``2–6``; the withheld mark where there are none.

    Parameters
    ----------
    ranks : RankSets
        Ranking.
    unit : int
        Position of the unit.

    Returns
    -------
    str
        Places.
    """
    if not ranks.ranked[unit]:
        return WITHHELD
    low, high = int(ranks.lower[unit]), int(ranks.upper[unit])
    return f"{low}" if low == high else f"{low}–{high}"


def _ranks(ranked: Ranked) -> RankSets:
    return ranked.ranks if isinstance(ranked, TopSet) else ranked


def _rows(ranked: Ranked) -> _Rows:
    """Units in order, and how high their rows may be."""
    ranks = _ranks(ranked)
    positions = tuple(int(j) for j in ranks.order if ranks.ranked[j])
    hidden = tuple(int(j) for j in np.flatnonzero(~ranks.ranked))
    fits = all(width_of(label) <= LABELS for label in ranks.labels)
    size = TEXT_SIZE if fits else SMALL_SIZE
    lines = max((len(broken(label, LABELS, size=size)) for label in ranks.labels), default=1)
    wanted = max(ROW, lines * line_height(size) + ROW_GAP)
    return _Rows(ranks, positions, hidden, min(wanted, LARGEST_HEIGHT / max(len(ranks), 1)), size)


def _below(rows: _Rows, unit: int) -> tuple[str, ...]:
    """Labels of the units that one is shown to be before."""
    return tuple(rows.ranks.labels[other] for other in rows.positions if rows.ranks.rejected[unit, other])


def _method(ranks: RankSets, words: Wording) -> str:
    """Method, draws, seed and critical value."""
    options = ranks.options
    if np.isnan(ranks.critical_value):
        return words["rank.method.exact"].format(method=words[f"rank.name.{options.method}"])
    return words["rank.method"].format(
        method=words[f"rank.name.{options.method}"],
        draws=words.number(options.draws),
        seed=options.seed,
        critical=words.number(ranks.critical_value, 2),
    )


def _dress(ax: Axes, rows: _Rows, words: Wording) -> None:
    """Set the scales, the place numbers and the row labels."""
    count = len(rows.positions)
    ax.set_xlim(0.4, max(count, 1) + 0.6)
    ax.set_ylim(rows.count, 0)
    step = max(1, round(count / 15))
    ax.set_xticks(range(1, count + 1, step))
    ax.tick_params(axis="x", labelsize=SMALL_SIZE, length=2, colors=QUIET)
    ax.set_xlabel(words["rank.axis"], fontsize=SMALL_SIZE, color=QUIET, fontfamily="DejaVu Sans")
    ax.set_yticks([])
    ax.grid(axis="x", color=RULE, linewidth=0.6)
    ax.set_axisbelow(True)
    for name in ("top", "left", "right"):
        ax.spines[name].set_visible(False)
    ax.spines["bottom"].set_color(FRAME)
    for row, unit in enumerate(rows.positions):
        _write_label(ax, rows, (row, unit))


def _head(label: str, cell: float) -> tuple[str, ...]:
    """A column's heading, which stands upright, on as many lines as the column has room for."""
    most = max(1, int(cell / line_height(SMALL_SIZE)))
    room = HEADS
    while len(lines := broken(label, room, size=SMALL_SIZE)) > most:
        room *= 1.2
    return lines


def _write_label(ax: Axes, rows: _Rows, where: tuple[int, int]) -> None:
    """Write the label of a row where it has room."""
    if not rows.labelled:
        return
    row, unit = where
    lines = broken(rows.ranks.labels[unit], LABELS, size=rows.size)
    style = Lettering(size=rows.size, across="right")
    put(ax, (0, row + 0.5), "\n".join(lines), at=beside(ax, -0.1), style=style)
