"""Reading margin tables from files: the project's own CSV form, and its twin in Excel."""

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import python_calamine as calamine

from trygghet._files import require_readable, write_text
from trygghet.errors import MarginError, Problem
from trygghet.weighting.recipe import read_cube, tables_of_cube
from trygghet.weighting.tables import Category, MarginTable, category_label, table_problems

COLUMNS = ("table", "variables", "categories", "total", "reference_date", "source")
_REQUIRED = ("variables", "categories", "total")
_PROPORTIONAL = {"proportionell", "proportional"}
_CHECK = {"kontroll", "check"}


@dataclass(frozen=True, slots=True)
class MarginParts:
    """What a margin file holds before it is reconciled.

    Parameters
    ----------
    tables : tuple of MarginTable
        Tables to calibrate to.
    checks : tuple of MarginTable
        Tables to compare with only.
    proportional : mapping of str to tuple of str
        Labels declared to have no population total, by variable.
    """

    tables: tuple[MarginTable, ...]
    checks: tuple[MarginTable, ...] = ()
    proportional: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the file: its number for messages and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def parts(self, column: str) -> Category:
        text = self.text(column)
        return tuple(part.strip() for part in text.split("*")) if text else ()


def read_margin_file(path: Path) -> MarginParts:
    """Tables of a margin file.

    Parameters
    ----------
    path : Path
        A CSV file or a workbook with the columns of :data:`COLUMNS`, a PX file or a JSON-stat file.

    Returns
    -------
    MarginParts
        Tables in the order of the file.

    Raises
    ------
    MarginError
        With every problem of the file at once.
    """
    suffix = path.suffix.lower()
    if suffix in {".px", ".json"}:
        return MarginParts(tables_of_cube(read_cube(path)))
    rows = _workbook_rows(path) if suffix in {".xlsx", ".xlsm", ".xls", ".ods"} else _csv_rows(path)
    return parts_of_rows(rows, path.name)


def parts_of_rows(rows: Sequence[_Row], file: str) -> MarginParts:
    """Tables from the rows of a margin file.

    Parameters
    ----------
    rows : sequence of rows
        Rows in the order of the file.
    file : str
        Name of the file, for messages.

    Returns
    -------
    MarginParts
        Tables in the order of their first row.

    Raises
    ------
    MarginError
        With every problem of the file at once.
    """
    absent = [column for column in _REQUIRED if not rows or column not in rows[0].cells]
    if absent:
        raise MarginError(
            Problem(
                code="VIKT-01",
                what=f"{file} has no rows, or lacks the columns {', '.join(absent)}.",
                why="Each row is one population total.",
                remedy=f"Use the columns {', '.join(COLUMNS)}.",
                facts={"fil": file, "kolumner": ", ".join(absent)},
            )
        )
    proportional: dict[str, tuple[str, ...]] = {}
    grouped: dict[tuple[bool, Category], list[_Row]] = {}
    for row in rows:
        if row.text("total").casefold() in _PROPORTIONAL:
            name = row.text("variables")
            proportional[name] = (*proportional.get(name, ()), row.text("categories"))
        else:
            key = (row.text("table").casefold() in _CHECK, row.parts("variables"))
            grouped.setdefault(key, []).append(row)
    tables: dict[bool, list[MarginTable]] = {False: [], True: []}
    problems = []
    for (only_check, variables), members in grouped.items():
        table, found = _table_of(variables, members, file)
        problems += found
        tables[only_check].append(table)
    if problems:
        raise MarginError(*problems)
    return MarginParts(tuple(tables[False]), tuple(tables[True]), proportional)


def _table_of(
    variables: tuple[str, ...], rows: Sequence[_Row], file: str
) -> tuple[MarginTable, list[Problem]]:
    numeric = [name[4:-1].strip() for name in variables if name.startswith("sum(") and name.endswith(")")]
    crossed = tuple(name for name in variables if not name.startswith("sum("))
    bad = [row.number for row in rows if _number(row.text("total")) is None]
    problems = []
    if bad:
        problems.append(
            Problem(
                code="VIKT-09",
                what=f"{file}: {len(bad)} totals cannot be read as numbers (rows {', '.join(map(str, bad[:5]))}).",
                why="A population total is a number.",
                remedy="Write a number, or 'proportionell' for a label without a population count.",
                facts={"fil": file, "antal": len(bad), "rader": ", ".join(map(str, bad[:5]))},
            )
        )
    good = [row for row in rows if row.number not in set(bad)]
    categories = tuple(row.parts("categories") if crossed else () for row in good)
    merges = {
        category: row.parts("collapse")
        for row, category in zip(good, categories, strict=True)
        if row.text("collapse")
    }
    table = MarginTable(
        variables=crossed,
        categories=categories,
        totals=np.array([_number(row.text("total")) or 0.0 for row in good]),
        source=rows[0].text("source"),
        reference_date=rows[0].text("reference_date"),
        numeric=numeric[0] if numeric else "",
        merges=merges,
    )
    if not bad:
        problems += table_problems(table)
    return table, problems


def _number(text: str) -> float | None:
    """A count as people write it: spaces between thousands, comma or point before decimals."""
    plain = "".join(text.split()).replace("\u00a0", "").replace("\u202f", "").replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None


def _csv_rows(path: Path) -> list[_Row]:
    require_readable(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as cause:
        raise MarginError(
            Problem(
                code="VIKT-10",
                what=f"{path.name} cannot be read ({type(cause).__name__}).",
                why="The margins are a UTF-8 text file.",
                remedy="Check that the file exists, and save it as CSV UTF-8.",
                facts={"fil": path.name},
            )
        ) from cause
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    return _rows_of(list(reader))


def _workbook_rows(path: Path) -> list[_Row]:
    """Rows of a workbook's first sheet with a column named total."""
    require_readable(path)
    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    except (calamine.CalamineError, OSError, ValueError) as cause:
        raise MarginError(
            Problem(
                code="VIKT-10",
                what=f"{path.name} cannot be opened as a workbook.",
                why="It is missing, damaged or locked.",
                remedy="Open it in Excel and save it again without a password.",
                facts={"fil": path.name},
            )
        ) from cause
    for sheet in sheets:
        rows = [["" if cell is None else _cell(cell) for cell in row] for row in sheet]
        if rows and "total" in {cell.strip().casefold() for cell in rows[0]}:
            return _rows_of(rows)
    return []


def _cell(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _rows_of(rows: Sequence[Sequence[str]]) -> list[_Row]:
    names = [name.strip().casefold() for name in rows[0]] if rows else []
    return [
        _Row(number, dict(zip(names, cells, strict=False)))
        for number, cells in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]


def write_margins_csv(
    tables: Sequence[MarginTable], path: Path, *, checks: Sequence[MarginTable] = ()
) -> None:
    """Write tables in the project's CSV form.

    Parameters
    ----------
    tables : sequence of MarginTable
        Tables to calibrate to.
    path : Path
        File to write.
    checks : sequence of MarginTable
        Tables to compare with only.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for table in (*tables, *checks):
        title = "kontroll" if table in checks else table.name
        names = (*table.variables, *([f"sum({table.numeric})"] if table.numeric else []))
        for category, total in zip(table.categories, table.totals, strict=True):
            written = int(total) if float(total).is_integer() else repr(float(total))
            writer.writerow(
                (
                    title,
                    category_label(names),
                    category_label(category),
                    written,
                    table.reference_date,
                    table.source,
                )
            )
    write_text(path, buffer.getvalue())
