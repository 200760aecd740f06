"""The table beside each figure: the same screened numbers, with base, stream, wave and stamp in every row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trygghet._signs import legible
from trygghet.disclosure import Table
from trygghet.estimate.estimates import About, Estimates
from trygghet.estimate.shares import RespondentShares
from trygghet.ranking import TopSet
from trygghet.report.captions import items_kind, spread_of
from trygghet.report.heat import grid_of
from trygghet.report.inputs import Stamp
from trygghet.report.look import Look
from trygghet.report.priorities import boxes_of, by_share
from trygghet.report.reading import Reading, Shares, readings
from trygghet.report.response import ResponseRow, response_rows
from trygghet.report.wording import NOT_ASKED, WITHHELD, Wording
from trygghet.waves import detectable_change


class Unsure(float):
    """A number that people meet within parentheses, because it is uncertain; in a file for machines it is a number as any other."""

    __slots__ = ()


Value = str | float | int
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
DECIMALS = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for people: headings and rows.

    Parameters
    ----------
    columns : tuple of str
        Headings.
    rows : tuple of tuple
        Values; shares as percentages.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def table_priorities(top: TopSet | RespondentShares, *, look: Look) -> Sheet:
    """Table beside the priority figure, with the possible places of each area.

    Parameters
    ----------
    top : TopSet or RespondentShares
        Screened result.
    look : Look
        Language and level.

    Returns
    -------
    Sheet
        One row an area.
    """
    words = look.words
    if isinstance(top, RespondentShares):
        return _bars(top, words["column.area"], look)
    boxes = boxes_of(top, look)
    places = _places(top)
    columns = (words["column.box"], words["column.area"], *_measure_columns(words), words["column.places"])
    rows = tuple(
        (
            words[f"box.{name}"].format(m=words.in_words(boxes.m)),
            cell.label,
            *_measures(cell, words),
            places.get(cell.label, "") if cell.shown else "",
            *_source(top.ranks.estimates.about),
        )
        for name in ("surely", "maybe", "out", "hidden")
        for cell in getattr(boxes, name)
    )
    return Sheet((*columns, words["column.stream"], words["column.wave"]), rows)


def table_problems(problems: Shares, *, look: Look) -> Sheet:
    """Table beside the problem bars.

    Parameters
    ----------
    problems : Estimates or RespondentShares
        Screened result.
    look : Look
        Language and level.

    Returns
    -------
    Sheet
        One row a problem.
    """
    return _bars(problems, look.words[f"column.{items_kind(problems)}"], look)


def table_heat(areas: Shares, contrasts: Estimates | None = None, *, look: Look) -> Sheet:
    """Table beside the heat table: one row a problem and district.

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
    Sheet
        Long form.
    """
    words = look.words
    grid = grid_of(areas, contrasts, look=look)
    measured = _measure_columns(words, with_limits=isinstance(areas, Estimates))
    against = (words["column.against"],) if contrasts is not None else ()
    columns = (words[f"column.{items_kind(areas)}"], words["column.domain"], *measured, *against)
    rows = []
    for item in grid.items:
        for domain in grid.domains:
            cell = grid.cells.get((item, domain))
            if cell is None:
                continue
            mark = (grid.marks.get((item, domain), ""),) if contrasts is not None else ()
            values = _measures(cell, words, with_limits=isinstance(areas, Estimates))
            rows.append((cell.label, domain, *values, *mark, *_source(areas.about)))
    return Sheet((*columns, words["column.stream"], words["column.wave"]), tuple(rows))


def table_response(response: Table, *, look: Look) -> Sheet:
    """Table beside the response figure.

    Parameters
    ----------
    response : Table
        Screened table.
    look : Look
        Language.

    Returns
    -------
    Sheet
        One row a group.
    """
    words = look.words
    spread = spread_of(response)
    before = "before" if spread in {"weighted", "both"} else "share"
    known = {"answered": (), "population": (2,), "weighted": (1,), "both": (1, 2)}[spread]
    names = (before, *(("before", "after", "population")[place] for place in known))
    weighted = spread in {"weighted", "both"}
    named = ("family", "group", "answered", *names, *(("effective",) if weighted else ()))
    columns = tuple(words[f"column.{name}"] for name in named)
    rows = tuple(
        (
            row.family,
            row.group,
            row.answered.replace("\N{NO-BREAK SPACE}", ""),
            *(_response_shares(row)[place] for place in (0, *known)),
            *((_effective(row),) if weighted else ()),
        )
        for row in response_rows(response, words)
    )
    return Sheet(columns, rows)


def table_changes(changes: Sequence[Estimates], *, look: Look) -> Sheet:
    """Table of the changes between two waves, beside the smallest that could have been seen.

    Parameters
    ----------
    changes : sequence of Estimates
        Screened changes.
    look : Look
        Language and level.

    Returns
    -------
    Sheet
        One row an item; percentage points.
    """
    words = look.words
    columns = tuple(words[f"word.change.{name}"] for name in ("item", "points"))
    limits = (
        words["column.low"],
        words["column.high"],
        words["word.change.detectable"],
        words["column.wave"],
    )
    rows = [
        (cell.label, *_shown_change(cell, float(size)), change.about.wave)
        for change in changes
        for cell, size in zip(
            readings(change, look), detectable_change(change, level=look.change_level), strict=True
        )
    ]
    return Sheet((*columns, *limits), tuple(rows))


def _shown_change(cell: Reading, size: float) -> tuple[Value, ...]:
    """A change, its limits and the smallest detectable one, or its sign."""
    if not cell.shown:
        return (cell.mark,) * 4
    limits = (shown_percent(value) for value in (cell.low, cell.high, size))
    return (shown_percent(cell.value, unsure=cell.uncertain), *limits)


def csv_bytes(sheet: Sheet, stamp: Stamp, words: Wording) -> bytes:
    """Write a table for Swedish Excel: semicolons, decimal comma, byte-order mark, and no text that acts as a formula.

    Parameters
    ----------
    sheet : Sheet
        Table.
    stamp : Stamp
        What every row carries.
    words : Wording
        Language of the stamp's headings.

    Returns
    -------
    bytes
        UTF-8 with byte-order mark and Windows line ends.
    """
    stamped: Mapping[str, str] = {
        words["column.municipality"]: stamp.municipality,
        words["column.diarienummer"]: stamp.diarienummer,
        words["column.date"]: stamp.date.isoformat(),
        **({words["column.watermark"]: stamp.watermark} if stamp.watermark else {}),
    }
    lines: list[tuple[Value, ...]] = [(*sheet.columns, *stamped)]
    lines += [(*row, *stamped.values()) for row in sheet.rows]
    text = "".join(";".join(_field(value) for value in line) + "\r\n" for line in lines)
    return b"\xef\xbb\xbf" + text.encode("utf-8")


def _bars(result: Shares, heading: str, look: Look) -> Sheet:
    """One row a bar."""
    words, with_limits = look.words, isinstance(result, Estimates)
    columns = (
        heading,
        *_measure_columns(words, with_limits=with_limits),
        words["column.stream"],
        words["column.wave"],
    )
    rows = tuple(
        (cell.label, *_measures(cell, words, with_limits=with_limits), *_source(result.about))
        for cell in by_share(list(readings(result, look)))
    )
    return Sheet(columns, rows)


def _measure_columns(words: Wording, *, with_limits: bool = True) -> tuple[str, ...]:
    limits = (words["column.low"], words["column.high"]) if with_limits else ()
    return (
        words["column.share" if with_limits else "column.share.open"],
        *limits,
        words["column.n"],
        words["column.sign"],
        words["column.mark"],
    )


def _measures(cell: Reading, words: Wording, *, with_limits: bool = True) -> tuple[Value, ...]:
    """Share, limits, base, sign and note of a cell; the sign of its kind of nothing where there is no value."""
    if not cell.shown:
        limits = (WITHHELD, WITHHELD) if with_limits else ()
        sign = cell.mark
        note = words["mark.withheld" if cell.status == "withheld" else "mark.not_asked"]
        return (sign, *(limits if cell.status == "withheld" else (sign,) * len(limits)), sign, sign, note)
    note = words["mark.uncertain"] if cell.uncertain else ""
    shown_limits = (shown_percent(cell.low), shown_percent(cell.high)) if with_limits else ()
    return (shown_percent(cell.value, unsure=cell.uncertain), *shown_limits, cell.n, cell.sign, note)


def _response_shares(row: ResponseRow) -> tuple[Value, ...]:
    """Shares of a group; withheld with its count, else not collected where unknown."""
    nothing = WITHHELD if row.answered == WITHHELD else NOT_ASKED
    return tuple(
        nothing if np.isnan(share) else shown_percent(share)
        for share in (row.before, row.after, row.population)
    )


def _effective(row: ResponseRow) -> Value:
    """Effective number of answers of a group; withheld with its count."""
    if np.isnan(row.effective):
        return WITHHELD if row.answered == WITHHELD else NOT_ASKED
    return round(row.effective)


def _places(top: TopSet) -> dict[str, str]:
    """Possible places of each area, such as ``2–6``."""
    ranks = top.ranks
    found = zip(ranks.labels, ranks.lower.tolist(), ranks.upper.tolist(), strict=True)
    return {label: f"{low}" if low == high else f"{low}–{high}" for label, low, high in found}


def _source(about: About) -> tuple[str, str]:
    return about.stream, about.wave


def shown_percent(share: float, *, unsure: bool = False) -> Value:
    """Share as a percentage; empty when unknown. It is rounded once, where it is written.

    Parameters
    ----------
    share : float
        Share.
    unsure : bool, default False
        Whether people meet it within parentheses.

    Returns
    -------
    float or str
        Percentage.
    """
    if np.isnan(share):
        return ""
    return Unsure(100 * share) if unsure else 100 * share


def rounded(value: float) -> float:
    """Round a number of a table as a file holds it; nought has no sign.

    Parameters
    ----------
    value : float
        Number, such as a percentage.

    Returns
    -------
    float
        With one decimal.
    """
    return round(value, DECIMALS) + 0.0


def _field(value: Value) -> str:
    """One field: decimal comma, quotes where needed, an apostrophe before text that a sheet would run."""
    if isinstance(value, float):
        return f"{rounded(value):.{DECIMALS}f}".replace(".", ",")
    text = legible(str(value))
    if isinstance(value, str) and text.startswith(FORMULA_STARTS):
        text = f"'{text}"
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(sign in text for sign in ';"\r\n') else text
