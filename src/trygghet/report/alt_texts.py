"""Alternative texts: what kind of figure it is, its main message and its values, for those who cannot see it."""

from trygghet.disclosure import Table
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.shares import RespondentShares
from trygghet.ranking import TopSet
from trygghet.report.captions import spread_of
from trygghet.report.contrast_marks import HIGHER, LOWER
from trygghet.report.heat import Grid, grid_of
from trygghet.report.look import Look
from trygghet.report.priorities import boxes_of, by_share
from trygghet.report.reading import Reading, Shares, readings
from trygghet.report.response import response_rows
from trygghet.report.wording import Wording

LARGEST_SHIFTS = 3


def describe_priorities(top: TopSet | RespondentShares, *, look: Look) -> str:
    """Alternative text of the priority figure.

    Parameters
    ----------
    top : TopSet or RespondentShares
        Screened result.
    look : Look
        Language and level.

    Returns
    -------
    str
        A few sentences.
    """
    words = look.words
    if isinstance(top, RespondentShares):
        cells = by_share(list(readings(top, look)))
        return words["alt.bars.open"].format(values=_values(cells, words))
    boxes = boxes_of(top, look)
    parts = [words["alt.prio"].format(level=words.percent(look.level))]
    for name in ("surely", "maybe", "out", "hidden"):
        cells = getattr(boxes, name)
        if cells:
            parts.append(f"{boxes.heading(name, words).capitalize()}: {_values(cells, words)}.")
        elif name == "surely":
            parts.append(f"{boxes.heading(name, words).capitalize()}: {words['prio.surely.none']}.")
    if len(boxes.maybe) > 1:
        parts.append(words["prio.bracket.sentence"])
    return " ".join(parts)


def describe_problems(problems: Shares, *, look: Look) -> str:
    """Alternative text of the problem bars.

    Parameters
    ----------
    problems : Estimates or RespondentShares
        Screened result.
    look : Look
        Language and level.

    Returns
    -------
    str
        A few sentences.
    """
    words = look.words
    values = _values(by_share(list(readings(problems, look))), words)
    if isinstance(problems, RespondentShares):
        return words["alt.bars.open"].format(values=values)
    return words["alt.bars"].format(values=values, level=words.percent(look.level))


def describe_heat(areas: Shares, contrasts: Estimates | None = None, *, look: Look) -> str:
    """Alternative text of the heat table.

    Parameters
    ----------
    areas : Estimates or RespondentShares
        Screened shares by item and district.
    contrasts : Estimates, optional
        Screened differences against the rest.
    look : Look
        Language and level.

    Returns
    -------
    str
        A few sentences; the values themselves stand in the table beside.
    """
    words = look.words
    grid = grid_of(areas, contrasts, look=look)
    opening = words["alt.heat"].format(items=len(grid.items), domains=words.listing(grid.domains))
    if isinstance(areas, RespondentShares):
        return f"{opening} {words['heat.signs.open']} {_hidden_count(grid, words)}".strip()
    higher = _marked(grid, HIGHER, words["alt.heat.higher"])
    lower = _marked(grid, LOWER, words["alt.heat.lower"])
    told = " ".join(part for part in (higher, lower) if part) or words["alt.heat.none"]
    return f"{opening} {told} {_hidden_count(grid, words)}".strip()


def describe_response(response: Table, *, look: Look) -> str:
    """Alternative text of the response figure.

    Parameters
    ----------
    response : Table
        Screened table.
    look : Look
        Language.

    Returns
    -------
    str
        A few sentences: the groups that the weighting moves most, or without weights the share of each group.
    """
    words = look.words
    shown = [row for row in response_rows(response, words) if row.before == row.before]
    shares = ", ".join(f"{row.group} {words.percent(row.before)}" for row in shown)
    rows = [row for row in shown if row.after == row.after]
    moved = sorted(rows, key=lambda row: -abs(row.after - row.before))[:LARGEST_SHIFTS]
    shifts = tuple(
        words["alt.response.shift"].format(
            group=row.group, before=words.percent(row.before), after=words.percent(row.after)
        )
        for row in moved
        if row.after != row.before
    )
    opening = words[f"alt.response.{spread_of(response)}"].format(shares=shares)
    return f"{opening} {words['alt.response.most'].format(shifts='; '.join(shifts))}" if shifts else opening


def _values(cells: tuple[Reading, ...], words: Wording) -> str:
    """Every label with its value and interval."""
    return ", ".join(_value(cell, words) for cell in cells)


def _value(cell: Reading, words: Wording) -> str:
    if not cell.shown:
        return words["alt.hidden" if cell.status == "withheld" else "alt.not_asked"].format(label=cell.label)
    limits = words.limits(cell.low, cell.high)
    unsure = words["alt.uncertain"] if cell.status == "uncertain" else ""
    return f"{cell.label} {words.percent(cell.value)}{f' ({limits})' if limits else ''}{unsure}"


def _marked(grid: Grid, mark: str, template: str) -> str:
    """One sentence about all cells with a mark, by district."""
    labels = dict(zip(grid.items, grid.labels, strict=True))
    told = []
    for domain in grid.domains:
        items = [labels[item] for item in grid.items if grid.marks.get((item, domain)) == mark]
        if items:
            told.append(f"{domain} ({', '.join(items)})")
    return template.format(where="; ".join(told)) if told else ""


def _hidden_count(grid: Grid, words: Wording) -> str:
    hidden = sum(cell.status == "withheld" for cell in grid.cells.values())
    return words["alt.heat.hidden"].format(count=words.number(hidden)) if hidden else ""
