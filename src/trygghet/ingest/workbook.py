"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) read by calamine."""

import datetime as dt
from collections.abc import Collection, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import python_calamine as calamine

from trygghet._files import require_readable
from trygghet.codebook import FileSpec
from trygghet.codebook.names import nearest
from trygghet.errors import IngestError, Problem
from trygghet.ingest.decode import code_text
from trygghet.ingest.delimited import EMPTY
from trygghet.ingest.header import find_header
from trygghet.ingest.raw import FileColumns, RawTable

Cell = str | float | int | bool | dt.date | dt.time | dt.timedelta


def read_workbook(
    path: Path, wanted: Collection[str], *, spec: FileSpec, declared: Collection[str] = ()
) -> RawTable:
    """Read one sheet of a workbook.

    Parameters
    ----------
    path : Path
        The workbook.
    wanted : collection of str
        Columns in the codebook, by name or question.
    spec : FileSpec
        What the codebook says about the layout.
    declared : collection of str
        Texts that the codebook declares, and that therefore are no empty cells.

    Returns
    -------
    RawTable
        All columns: floats where every cell is a number, else texts.

    Raises
    ------
    IngestError
        When the workbook is damaged or locked with a password, or has no such sheet.
    PermissionError
        When it is open elsewhere.
    """
    rows = _rows(path, spec.sheet)
    top = [[text_of(cell) for cell in row] for row in rows[:60]]
    header = find_header(top, header_rows=spec.header_rows)
    names = header.renamed(tuple(wanted))
    empty = {text for text in EMPTY if text not in declared}
    answers = [row for row in rows[header.first :] if any(cell != "" for cell in row)]
    columns = {
        name: _column([row[place] if place < len(row) else "" for row in answers], empty)
        for place, name in enumerate(names)
    }
    questions = {name: text for name, text in zip(names, header.questions, strict=True) if text}
    return RawTable(
        frame=pd.DataFrame(columns, copy=False),
        columns=FileColumns(names, questions=questions),
        format=path.suffix.lower().removeprefix("."),
        encoding="UTF-8",
        reader=f"python-calamine {version('python-calamine')}",
    )


def text_of(cell: Cell) -> str:
    """Write a cell as text: whole numbers without decimals, dates as ISO 8601.

    Parameters
    ----------
    cell : str, number, bool, date or time
        A cell.

    Returns
    -------
    str
        Its text; empty for an empty cell.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, (int, float)):
        return code_text(float(cell))
    if isinstance(cell, dt.timedelta):
        return str(cell)
    return cell.isoformat(sep=" ") if isinstance(cell, dt.datetime) else cell.isoformat()


def _rows(path: Path, sheet: str | None) -> list[list[Cell]]:
    require_readable(path)
    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            names = book.sheet_names
            if sheet is not None and sheet not in names:
                raise IngestError(_no_sheet(path.name, sheet, names))
            for name in [sheet] if sheet is not None else names:
                rows: list[list[Cell]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                if any(cell != "" for row in rows for cell in row):
                    return rows
    except (calamine.CalamineError, OSError, ValueError, OverflowError):
        raise IngestError(_damaged(path.name)) from None
    return []


def _column(cells: Sequence[Cell], empty: Collection[str]) -> Any:
    """Floats where every cell is a number or empty, else texts with None."""
    present = [None if isinstance(cell, str) and cell.strip() in empty else cell for cell in cells]
    if all(
        cell is None or (isinstance(cell, (int, float)) and not isinstance(cell, bool)) for cell in present
    ):
        return np.array([np.nan if cell is None else float(cell) for cell in present], dtype=np.float64)  # type: ignore[arg-type]
    return np.array([None if cell is None else text_of(cell) for cell in present], dtype=object)


def _damaged(file: str) -> Problem:
    return Problem(
        code="INL-26",
        what=f"{file} cannot be opened as a workbook.",
        why="It is damaged, cut off or locked by a password.",
        remedy="Open it in Excel or LibreOffice, save it again without a password.",
        facts={"file": file},
    )


def _no_sheet(file: str, sheet: str, names: Sequence[str]) -> Problem:
    guess = nearest(sheet, names)
    return Problem(
        code="INL-27",
        what=f"{file} has no sheet {sheet}.",
        remedy=f"Did you mean {guess}?" if guess else "See the sheets' names in the workbook.",
        facts={"file": file, "sheet": sheet, "guess": guess or "–"},
    )
