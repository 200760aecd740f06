"""``tabeller.xlsx``: one sheet a table, with base, interval and notes, and a first sheet that tells what they are."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import xlsxwriter

from trygghet._signs import legible
from trygghet.report.captions import base_line, stream_line
from trygghet.report.export import Rendered, marked
from trygghet.report.figures import Planned
from trygghet.report.inputs import Stamp, WaveReport
from trygghet.report.look import Look, foreseen
from trygghet.report.method import method_notes
from trygghet.report.power import power_note, power_sheet
from trygghet.report.rank_tables import annex_tables, rank_tables
from trygghet.report.screened import refuse_unless
from trygghet.report.tables import Sheet, Unsure, Value, rounded, table_changes, table_problems
from trygghet.report.weighting_tables import moves_note, table_drawn, table_moves
from trygghet.report.wording import Wording

LONGEST_NAME = 31
LONGEST_TEXT = 32_767
LONGEST_PROPERTY = 255
WIDEST = 60
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_RESERVED = "history"


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet of the workbook.

    Parameters
    ----------
    name : str
        Name of the tab.
    title : str
        Heading.
    table : Sheet
        Columns and rows.
    notes : tuple of str
        Base, stream, date and signs.
    """

    name: str
    title: str
    table: Sheet
    notes: tuple[str, ...]


def workbook_bytes(
    report: WaveReport, planned: Mapping[str, Planned], rendered: Mapping[str, Rendered], *, look: Look
) -> bytes:
    """Write every table of a wave into one workbook.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    planned : mapping of str to Planned
        The wave's figures with their captions.
    rendered : mapping of str to Rendered
        The same figures with their tables.
    look : Look
        Language and level.

    Returns
    -------
    bytes
        Excel file; the same content gives the same bytes.

    Raises
    ------
    ReportError
        RAPP-03 for anything but a report of screened results.
    """
    refuse_unless(WaveReport, report)
    look, words, stamp = foreseen(look, report.facts.families), look.words, report.stamp
    tabs = _named(_tabs(report, planned, rendered, look=look), taken=words["tab.contents"])
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(content, options) as book:
        made = datetime(stamp.date.year, stamp.date.month, stamp.date.day)  # noqa: DTZ001
        title = words["page.title"].format(wave=report.facts.wave, municipality=stamp.municipality)
        told = {
            "title": title,
            "author": stamp.municipality,
            "subject": stamp.diarienummer,
            "comments": stamp.watermark,
        }
        cut = {name: legible(text)[:LONGEST_PROPERTY] for name, text in told.items()}
        book.set_properties({**cut, "created": made})
        forms = _Forms(book)
        _first(book, forms, (title, tabs, report), look=look)
        for tab in tabs:
            _write(book, forms, tab, stamp=stamp)
    return content.getvalue()


class _Forms:
    """Cell formats of the workbook."""

    def __init__(self, book: Any) -> None:
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EDEFF2"}
        )
        self.text = book.add_format({"valign": "top", "text_wrap": True})
        self.share = book.add_format({"num_format": "0.0", "valign": "top"})
        self.unsure = book.add_format({"num_format": '"("0.0")"', "valign": "top"})
        self.count = book.add_format({"num_format": "#,##0", "valign": "top"})
        self.note = book.add_format({"font_color": "#404040"})
        self.mark = book.add_format({"bold": True, "font_color": "#9C1C1C"})


def _tabs(
    report: WaveReport, planned: Mapping[str, Planned], rendered: Mapping[str, Rendered], *, look: Look
) -> tuple[Tab, ...]:
    """Gather the tables: those of the figures, the levels, the changes."""
    words = look.words
    sections = {
        "prioritering": "priorities",
        "problem": "problems",
        "omraden": "areas",
        "utveckling": "trend",
        "svar_och_vikter": "response",
        "sammanvagd": "composite",
        "placeringar": "places",
        "par": "pairs",
        "viktning": "balance",
    }
    tabs = [
        Tab(words[f"section.{sections[name]}"], plan.caption.title, rendered[name].table, plan.caption.notes)
        for name, plan in planned.items()
        if name in sections
    ]
    if report.levels is not None:
        result = report.levels.result
        table = table_problems(result, look=marked(look, report.levels))
        tabs.append(
            Tab(
                words["tab.levels"],
                words["word.safety.table"],
                table,
                (base_line(result, report.facts, words),),
            )
        )
    if report.changes:
        table = table_changes([each.result for each in report.changes], look=look)
        tabs.append(
            Tab(
                words["tab.changes"],
                words["tab.changes.title"],
                table,
                (look.of_changes("word.change.reading"),),
            )
        )
    tabs += [
        Tab(_tab_name(laid.name, words), laid.caption, laid.table, laid.notes)
        for laid in (*rank_tables(report, look), *annex_tables(report, words))
    ]
    power = power_sheet(report.facts, words)
    if power is not None:
        tabs.append(Tab(words["tab.power"], words["table.power"], power, (power_note(report.facts, words),)))
    moves, asked = table_moves(report, look), table_drawn(report, look)
    if moves is not None:
        tabs.append(Tab(words["tab.moves"], words["table.moves"], moves, (moves_note(report, look),)))
    if asked is not None:
        tabs.append(Tab(words["section.drawn"], words["table.drawn"], asked, ()))
    return tuple(tabs)


def _named(tabs: Sequence[Tab], *, taken: str) -> tuple[Tab, ...]:
    """Give every tab a name that Excel takes and that no other has; those of several districts or streams are numbered."""
    used, named = {taken.casefold()}, []
    for tab in tabs:
        wanted = " ".join(_NOT_IN_A_NAME.sub(" ", legible(tab.name)).split()).strip("' ") or "-"
        name, number = _fitting(wanted, LONGEST_NAME), 1
        while name.casefold() in used or name.casefold() == _RESERVED:
            number += 1
            name = f"{_fitting(wanted, LONGEST_NAME - len(f' {number}'))} {number}"
        used.add(name.casefold())
        named.append(replace(tab, name=name))
    return tuple(named)


def _tab_name(name: str, words: Wording) -> str:
    """Name of the tab of a table of its own; the stream or item of those that there are several of."""
    kind, _, detail = name.partition("_")
    keys = {
        "olika": "streams",
        "ordning": "order",
        "omradesplacering": "districts",
        "sammanvagningens": "sources",
    }
    return words[f"tab.{keys[kind]}"].format(stream=detail)


def _first(book: Any, forms: _Forms, content: tuple[str, Sequence[Tab], WaveReport], *, look: Look) -> None:
    """Write the sheet that tells what the others are."""
    words = look.words
    title, tabs, report = content
    sheet = book.add_worksheet(words["tab.contents"])
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 110)
    _text(sheet, (0, 0), title, form=forms.title)
    rows = [
        (words["column.municipality"], report.stamp.municipality),
        (words["column.diarienummer"], report.stamp.diarienummer),
        (words["column.date"], report.stamp.date.isoformat()),
        *((tab.name, tab.title) for tab in tabs),
        *((words["column.streams"], stream_line(stream, words)) for stream in report.facts.streams),
        *((words["section.method"], note) for note in method_notes(report, look)),
    ]
    for number, (name, text) in enumerate(rows, start=2):
        _text(sheet, (number, 0), name, form=forms.text)
        _text(sheet, (number, 1), text, form=forms.text)
    if report.stamp.watermark:
        _text(sheet, (1, 0), report.stamp.watermark, form=forms.mark)


def _write(book: Any, forms: _Forms, tab: Tab, *, stamp: Stamp) -> None:
    """Write one table on its own sheet."""
    sheet = book.add_worksheet(tab.name)
    _text(sheet, (0, 0), tab.title, form=forms.title)
    origin = " · ".join(part for part in (stamp.municipality, stamp.diarienummer, stamp.watermark) if part)
    _text(sheet, (1, 0), origin, form=forms.mark if stamp.watermark else forms.note)
    for place, column in enumerate(tab.table.columns):
        _text(sheet, (3, place), column, form=forms.head)
        longest = max((len(str(row[place])) for row in tab.table.rows), default=0)
        sheet.set_column(place, place, min(max(longest, 12) + 2, WIDEST))
    for number, row in enumerate(tab.table.rows, start=4):
        for place, value in enumerate(row):
            _cell(sheet, (number, place), value, forms=forms)
    for number, note in enumerate(tab.notes, start=5 + len(tab.table.rows)):
        _text(sheet, (number, 0), note, form=forms.note)
    sheet.freeze_panes(4, 1)
    if tab.table.rows:
        sheet.autofilter(3, 0, 3 + len(tab.table.rows), len(tab.table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)


def _text(sheet: Any, place: tuple[int, int], text: str, *, form: Any) -> None:
    """Write a text as a text; of one that Excel cannot hold as much as it can, and a sign that something is left out."""
    sheet.write_string(*place, _fitting(legible(text), LONGEST_TEXT), form)


def _fitting(text: str, room: int) -> str:
    """Cut a text to the room that Excel has for it, which it counts in units of UTF-16: signs beyond U+FFFF take two."""
    if 2 * len(text) <= room or len(units := text.encode("utf-16-le")) <= 2 * room:
        return text
    return units[: 2 * (room - 1)].decode("utf-16-le", errors="ignore") + "…"


def _cell(sheet: Any, place: tuple[int, int], value: Value, *, forms: _Forms) -> None:
    """Write a number as a number and a text as a text."""
    if isinstance(value, float):
        sheet.write_number(*place, rounded(value), forms.unsure if isinstance(value, Unsure) else forms.share)
    elif isinstance(value, int):
        sheet.write_number(*place, value, forms.count)
    else:
        _text(sheet, place, value, form=forms.text)
