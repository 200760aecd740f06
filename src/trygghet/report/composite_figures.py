"""The composite priority taken apart: contributions of the sources, and two kinds of uncertainty drawn in two ways."""

import math
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from trygghet.ranking.composite import CompositePriority, method_uncertainty
from trygghet.report.captions import stream_line
from trygghet.report.inputs import WaveFacts
from trygghet.report.lettering import broken, width_of
from trygghet.report.look import PLAIN, Look
from trygghet.report.palette import INK, MAYBE, QUIET, RULE, SMALL_SIZE, TEXT_SIZE
from trygghet.report.sheet import Caption, Lettering, Margins, beside, new_axes, put
from trygghet.report.tables import Sheet
from trygghet.report.wording import NOT_ASKED, WITHHELD, Wording

SHEET = 6.3
LABELS = 1.8
ROW = 0.3
BAR = 0.5
SCORES = 2.3
GAP = 0.3
PLACES = 1.4
MOST_PLACES = 9
TONES = ("#164a7c", "#4d83b8", "#8fbbe0", "#7d7d7d", "#b9a25a", "#6b4f7a", "#3f7d5e", "#c4c4c4")
HATCHES = ("", "//", "..", "\\\\", "xx", "--", "oo", "||")


@dataclass(frozen=True, slots=True)
class _Row:
    """One problem as it is drawn; NaN where there is no number."""

    label: str
    score: float
    lower: float
    upper: float
    method_low: float
    method_high: float
    basis: str
    parts: tuple[float, ...]

    @property
    def scored(self) -> bool:
        """Whether the problem has a score."""
        return not math.isnan(self.score)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Measures of the drawing in inches."""

    rows: int
    top_score: float
    places: int
    size: float

    def score_at(self, score: float) -> float:
        """Where a score ends."""
        return SCORES * score / self.top_score

    def place_at(self, place: float) -> float:
        """Where a place stands."""
        return SCORES + GAP + PLACES * (place - 0.5) / max(self.places, 1)


def plot_composite(found: CompositePriority, *, ax: Axes | None = None, look: Look = PLAIN) -> Axes:
    """Draw contributions as stacked bars; to the right rank sets as bars, and the spread over methods as dashed lines.

    Parameters
    ----------
    found : CompositePriority
        Screened composite.
    ax : Axes, optional
        Axes to draw on; a new figure of the right size when left out.
    look : Look
        Language.

    Returns
    -------
    Axes
        The drawing; x in inches, y the row from the top.
    """
    rows, sources = _rows(found), _sources(found)
    scores = [row.score for row in rows if row.scored]
    size = TEXT_SIZE if all(width_of(row.label) <= LABELS for row in rows) else SMALL_SIZE
    layout = _Layout(len(rows), max(scores, default=1.0) or 1.0, len(scores), size)
    legend = sum(len(broken(name, LABELS, size=SMALL_SIZE)) for name in sources)
    if ax is None:
        height = ROW * layout.rows + 0.3 + 0.2 * legend
        ax = new_axes(
            SHEET,
            height,
            Margins(left=LABELS + 0.25, right=SHEET - LABELS - 0.4 - SCORES - GAP - PLACES, bottom=0.1),
        )
        ax.set_ylim(layout.rows + (0.3 + 0.2 * legend) / ROW, 0)
    else:
        ax.set_ylim(layout.rows + 1 + legend, 0)
    ax.set_xlim(0, SCORES + GAP + PLACES)
    ax.set_axis_off()
    for number, row in enumerate(rows):
        _draw_row(ax, layout, (number, row), words=look.words)
    step = 1 if layout.places <= MOST_PLACES else 2
    for place in range(1, layout.places + 1, step):
        style = Lettering(size=SMALL_SIZE * 0.85, colour=QUIET, across="center")
        put(ax, (layout.place_at(place), layout.rows + 0.35), str(place), at=ax.transData, style=style)
    if scores:
        middle = (layout.place_at(1) + layout.place_at(layout.places)) / 2
        style = Lettering(size=SMALL_SIZE, colour=QUIET, across="center")
        put(ax, (middle, layout.rows + 0.85), look.words["rank.axis"], at=ax.transData, style=style)
    _legend(ax, layout, sources)
    return ax


def caption_composite(found: CompositePriority, facts: WaveFacts, look: Look) -> Caption:
    """Texts around the composite figure.

    Parameters
    ----------
    found : CompositePriority
        Screened composite.
    facts : WaveFacts
        The survey.
    look : Look
        Language.

    Returns
    -------
    Caption
        Title, subtitle, and how to read the two kinds of uncertainty.
    """
    words = look.words
    used = {cell.stream for source in found.sources for cell in source.uses.values()}
    bases = tuple(stream_line(stream, words) for stream in facts.streams if stream.name in used)
    sampling = (words["composite.sampling"],) if found.ranks is not None else ()
    method = (words["composite.method"],) if found.shown.any() else ()
    notes = (*bases, *sampling, *method, decided_by(found, words))
    return Caption(words["composite.title"], words["composite.subtitle"], notes)


def describe_composite(found: CompositePriority, *, look: Look) -> str:
    """Alternative text of the composite figure.

    Parameters
    ----------
    found : CompositePriority
        Screened composite.
    look : Look
        Language.

    Returns
    -------
    str
        Every problem with its score and its possible places under both kinds of uncertainty.
    """
    words = look.words
    told = []
    for row in _rows(found):
        if not row.scored:
            told.append(f"{row.label} {_absent(row.basis, words)}")
            continue
        text = words["alt.composite.row"].format(
            label=row.label, score=words.number(row.score, 2), places=_span(row.lower, row.upper)
        )
        if not math.isnan(row.method_low):
            spread = words["alt.composite.method"].format(places=_span(row.method_low, row.method_high))
            text += f" ({spread})"
        told.append(text)
    return words["alt.composite"].format(rows="; ".join(told))


def table_composite(found: CompositePriority, *, look: Look) -> Sheet:
    """Table beside the composite figure.

    Parameters
    ----------
    found : CompositePriority
        Screened composite.
    look : Look
        Language.

    Returns
    -------
    Sheet
        One row a problem with the contributions of the sources.
    """
    words, sources = look.words, _sources(found)
    columns = (
        words["column.problem"],
        words["composite.score"],
        words["column.places"],
        words["composite.method.low"],
        words["composite.method.high"],
        words["composite.basis"],
        *sources,
    )
    rows = tuple(
        (
            row.label,
            _two(row.score, words),
            _span(row.lower, row.upper),
            _span(row.method_low, row.method_low),
            _span(row.method_high, row.method_high),
            "" if row.scored else _absent(row.basis, words),
            *(_two(part, words) or (NOT_ASKED if row.scored else "") for part in row.parts),
        )
        for row in _rows(found)
    )
    return Sheet(columns, rows)


def decided_by(found: CompositePriority, words: Wording) -> str:
    """Say who set the weights, and when.

    Parameters
    ----------
    found : CompositePriority
        Composite.
    words : Wording
        Language.

    Returns
    -------
    str
        One sentence.
    """
    return words["composite.decided"].format(who=found.declared.set_by, when=found.declared.decided)


def _rows(found: CompositePriority) -> tuple[_Row, ...]:
    """Problems from the highest score; those without one last."""
    size = len(found.problems)
    limits = {name: np.full(size, np.nan) for name in ("lower", "upper", "method_low", "method_high")}
    if found.ranks is not None:
        for name in ("lower", "upper"):
            limits[name] = np.where(found.ranks.ranked, getattr(found.ranks, name), np.nan)
    if found.shown.any():
        spread = method_uncertainty(found).to_frame()
        for name, column in (("method_low", "low_5"), ("method_high", "high_95")):
            limits[name][found.shown] = spread[column]
    known = found.shown[:, None] & np.isfinite(found.values)
    parts = np.where(known, found.contributions, np.nan)
    order = np.argsort(-found.scores, kind="stable")
    return tuple(
        _Row(
            label=found.problems[j],
            score=float(found.scores[j]),
            **{name: float(values[j]) for name, values in limits.items()},
            basis=str(found.status[j]),
            parts=tuple(parts[j].tolist()),
        )
        for j in order
    )


def _sources(found: CompositePriority) -> tuple[str, ...]:
    """Names of the sources."""
    return tuple(source.name for source in found.sources)


def _absent(basis: str, words: Wording) -> str:
    """What stands in the place of a score."""
    return words["composite.nobasis"] if basis == "no_survey_basis" else WITHHELD


def _span(low: float, high: float) -> str:
    """Places from and to; empty where there are none."""
    if math.isnan(low):
        return ""
    return f"{low:.0f}" if round(low) == round(high) else f"{low:.0f}–{high:.0f}"


def _two(value: float, words: Wording) -> str:
    """Number with two decimals; empty where there is none."""
    return "" if math.isnan(value) else words.number(value, 2)


def _draw_row(ax: Axes, layout: _Layout, given: tuple[int, _Row], *, words: Wording) -> None:
    """Draw label, contributions and both kinds of uncertainty of one problem."""
    row, problem = given
    label = "\n".join(broken(problem.label, LABELS, size=layout.size))
    put(ax, (0, row + 0.5), label, at=beside(ax, -0.1), style=Lettering(size=layout.size, across="right"))
    if not problem.scored:
        quiet = Lettering(size=SMALL_SIZE, colour=QUIET)
        put(ax, (0, row + 0.5), _absent(problem.basis, words), at=ax.transData, style=quiet)
        return
    left = 0.0
    for number, part in enumerate(problem.parts):
        if math.isnan(part):
            continue
        width = layout.score_at(part)
        _draw_part(ax, (left, row + (1 - BAR) / 2, width, BAR), number)
        left += width
    outline = Rectangle((0, row + (1 - BAR) / 2), left, BAR, fill=False, edgecolor=QUIET, linewidth=0.6)
    ax.add_patch(outline)
    if not math.isnan(problem.lower):
        low, high = layout.place_at(problem.lower - 0.35), layout.place_at(problem.upper + 0.35)
        ax.add_patch(Rectangle((low, row + 0.2), high - low, 0.3, facecolor=MAYBE, edgecolor="none"))
    if not math.isnan(problem.method_low):
        ends = [layout.place_at(problem.method_low), layout.place_at(problem.method_high)]
        ax.plot(
            ends, [row + 0.72] * 2, color=INK, linewidth=1.0, linestyle=(0, (2, 2)), marker="|", markersize=5
        )
    ax.axhline(row + 1, color=RULE, linewidth=0.5)


def _draw_part(ax: Axes, box: tuple[float, float, float, float], number: int) -> None:
    """Draw a rectangle in the tone and hatch of a source."""
    left, top, width, height = box
    tone, hatch = TONES[number % len(TONES)], HATCHES[number % len(HATCHES)]
    ax.add_patch(
        Rectangle((left, top), width, height, facecolor=tone, hatch=hatch, edgecolor="white", linewidth=0.4)
    )


def _legend(ax: Axes, layout: _Layout, sources: tuple[str, ...]) -> None:
    """Name the sources under the bars, each with its tone and hatch."""
    for number, name in enumerate(sources):
        y = layout.rows + 1 + 0.7 * number
        _draw_part(ax, (0.0, y, 0.22, 0.45), number)
        ax.add_patch(Rectangle((0.0, y), 0.22, 0.45, fill=False, edgecolor=QUIET, linewidth=0.6))
        style = Lettering(size=SMALL_SIZE, colour=INK)
        put(ax, (0.3, y + 0.22), name, at=ax.transData, style=style)
