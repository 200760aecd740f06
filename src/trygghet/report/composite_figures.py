"""The composite priority taken apart: contributions of the sources, and two kinds of uncertainty drawn in two ways."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from trygghet.disclosure import Table
from trygghet.ranking.composite import NO_SURVEY_BASIS, CompositePriority, MethodUncertainty
from trygghet.report.inputs import WaveFacts
from trygghet.report.lettering import broken, line_height, width_of
from trygghet.report.look import PLAIN, Look
from trygghet.report.palette import INK, MAYBE, QUIET, RULE, SMALL_SIZE, TEXT_SIZE
from trygghet.report.sheet import Caption, Lettering, Margins, beside, new_axes, put
from trygghet.report.tables import Sheet
from trygghet.report.wording import Wording

SHEET = 6.3
LABELS = 1.8
ROW = 0.3
BAR = 0.5
SCORES = 2.3
GAP = 0.3
PLACES = 1.4
TONES = ("#164a7c", "#4d83b8", "#8fbbe0", "#7d7d7d", "#b9a25a", "#6b4f7a", "#3f7d5e", "#c4c4c4")
HATCHES = ("", "//", "..", "\\\\", "xx", "--", "oo", "||")
FIXED = ("problem", "respondents", "score", "lower", "upper", "method_low", "method_high", "basis")


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

    def score_at(self, score: float) -> float:
        """Where a score ends."""
        return SCORES * score / self.top_score

    def place_at(self, place: float) -> float:
        """Where a place stands."""
        return SCORES + GAP + PLACES * (place - 0.5) / max(self.places, 1)


def composite_table(found: CompositePriority, method: MethodUncertainty | None = None) -> Table:
    """Composite as a table that can be screened: scores, contributions, possible places, and the spread over methods.

    Parameters
    ----------
    found : CompositePriority
        Composite at the declared choices.
    method : MethodUncertainty, optional
        Places under other choices of method; the middle 90 % are kept.

    Returns
    -------
    Table
        One row a problem; the base is the smallest one among its survey items.
    """
    frame = pd.DataFrame({"problem": list(found.problems)})
    bases = (
        found.ranks.estimates.n if found.ranks is not None else np.zeros(len(found.problems), dtype=np.int64)
    )
    frame["respondents"] = bases.astype(np.int64)
    frame["score"] = found.scores
    for name in ("lower", "upper"):
        places = getattr(found.ranks, name) if found.ranks is not None else np.zeros(len(found.problems))
        frame[name] = np.where(places > 0, places, np.nan)
    for name, column in (("method_low", "low_5"), ("method_high", "high_95")):
        spread = (
            method.to_frame().set_index("problem")[column] if method is not None else pd.Series(dtype=float)
        )
        frame[name] = frame["problem"].map(spread).astype(np.float64)
    frame["basis"] = [
        NO_SURVEY_BASIS if status == "no_survey_basis" else str(status) for status in found.status
    ]
    parts = np.where(found.shown[:, None], found.contributions, np.nan)
    for number, source in enumerate(found.sources):
        frame[source.name] = parts[:, number]
    about = found.ranks.estimates.about if found.ranks is not None else None
    hidden = tuple(name for name in frame.columns if name not in {"problem", "respondents", "basis"})
    return Table(
        frame,
        counts=("respondents",),
        dependent={"respondents": hidden},
        wave=about.wave if about else "",
        stream=about.stream if about else "",
    )


def plot_composite(table: Table, *, ax: Axes | None = None, look: Look = PLAIN) -> Axes:
    """Draw contributions as stacked bars; to the right rank sets as bars, and the spread over methods as dashed lines.

    Parameters
    ----------
    table : Table
        Screened table of :func:`composite_table`.
    ax : Axes, optional
        Axes to draw on; a new figure of the right size when left out.
    look : Look
        Language.

    Returns
    -------
    Axes
        The drawing; x in inches, y the row from the top.
    """
    rows, sources = _rows(table), _sources(table)
    scores = [row.score for row in rows if row.scored]
    layout = _Layout(len(rows), max(scores, default=1.0) or 1.0, len(scores))
    legend = sum(len(broken(name, LABELS, size=SMALL_SIZE)) for name in sources)
    if ax is None:
        height = ROW * layout.rows + 0.3 + 0.2 * legend
        ax = new_axes(
            SHEET, height, Margins(left=LABELS + 0.25, right=SHEET - LABELS - 0.4 - SCORES - GAP - PLACES)
        )
        ax.set_ylim(layout.rows + (0.3 + 0.2 * legend) / ROW, 0)
    else:
        ax.set_ylim(layout.rows + 1 + legend, 0)
    ax.set_xlim(0, SCORES + GAP + PLACES)
    ax.set_axis_off()
    for number, row in enumerate(rows):
        _draw_row(ax, layout, (number, row), words=look.words)
    for place in range(1, layout.places + 1):
        style = Lettering(size=SMALL_SIZE * 0.85, colour=QUIET, across="center")
        put(ax, (layout.place_at(place), layout.rows + 0.35), str(place), at=ax.transData, style=style)
    _legend(ax, layout, sources)
    return ax


def caption_composite(table: Table, facts: WaveFacts, look: Look) -> Caption:
    """Texts around the composite figure.

    Parameters
    ----------
    table : Table
        Screened table of :func:`composite_table`.
    facts : WaveFacts
        The survey.
    look : Look
        Language.

    Returns
    -------
    Caption
        Title, subtitle, and how to read the two kinds of uncertainty.
    """
    del facts
    words = look.words
    method = words["composite.method"] if table.frame["method_low"].notna().any() else ""
    notes = tuple(text for text in (words["composite.sampling"], method) if text)
    return Caption(words["composite.title"], words["composite.subtitle"], notes)


def describe_composite(table: Table, *, look: Look) -> str:
    """Alternative text of the composite figure.

    Parameters
    ----------
    table : Table
        Screened table of :func:`composite_table`.
    look : Look
        Language.

    Returns
    -------
    str
        Every problem with its score and its possible places under both kinds of uncertainty.
    """
    words = look.words
    told = []
    for row in _rows(table):
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


def table_composite(table: Table, *, look: Look) -> Sheet:
    """Table beside the composite figure.

    Parameters
    ----------
    table : Table
        Screened table of :func:`composite_table`.
    look : Look
        Language.

    Returns
    -------
    Sheet
        One row a problem with the contributions of the sources.
    """
    words, sources = look.words, _sources(table)
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
            *(_two(part, words) for part in row.parts),
        )
        for row in _rows(table)
    )
    return Sheet(columns, rows)


def _rows(table: Table) -> tuple[_Row, ...]:
    """Problems from the highest score; those without one last."""
    frame, names = table.frame, _sources(table)
    order = np.argsort(-frame["score"].to_numpy(dtype=np.float64), kind="stable")
    numbers = {name: frame[name].to_numpy(dtype=np.float64) for name in (*FIXED[2:7], *names)}
    return tuple(
        _Row(
            label=str(frame["problem"].iloc[j]),
            score=float(numbers["score"][j]),
            lower=float(numbers["lower"][j]),
            upper=float(numbers["upper"][j]),
            method_low=float(numbers["method_low"][j]),
            method_high=float(numbers["method_high"][j]),
            basis=str(frame["basis"].iloc[j]),
            parts=tuple(float(numbers[name][j]) for name in names),
        )
        for j in order
    )


def _sources(table: Table) -> tuple[str, ...]:
    """Names of the sources' columns."""
    return tuple(str(name) for name in table.frame.columns if name not in FIXED)


def _absent(basis: str, words: Wording) -> str:
    """What stands in the place of a score."""
    return words["composite.nobasis"] if basis == NO_SURVEY_BASIS else ".."


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
    size = TEXT_SIZE if width_of(problem.label) <= LABELS else SMALL_SIZE
    lines = broken(problem.label, LABELS, size=size)[: max(1, int(ROW // line_height(size)))]
    put(ax, (0, row + 0.5), "\n".join(lines), at=beside(ax, -0.1), style=Lettering(size=size, across="right"))
    if not problem.scored:
        quiet = Lettering(size=SMALL_SIZE, colour=QUIET)
        put(ax, (0, row + 0.5), _absent(problem.basis, words), at=ax.transData, style=quiet)
        return
    left = 0.0
    for number, part in enumerate(problem.parts):
        width = layout.score_at(part)
        _draw_part(ax, (left, row + (1 - BAR) / 2, width, BAR), number)
        left += width
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
        style = Lettering(size=SMALL_SIZE, colour=INK)
        put(ax, (0.3, y + 0.22), name, at=ax.transData, style=style)
