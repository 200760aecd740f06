"""Files of statistics programs: SPSS (.sav, .zsav), read with their user-missing values."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pyreadstat

from trygghet.errors import IngestError, Problem
from trygghet.ingest.raw import FileColumns, RawTable, ResponseSet

READER = f"pyreadstat {pyreadstat.__version__}"


def describe_spss(path: Path) -> FileColumns:
    """Read what an SPSS file says about its columns, without the answers.

    Parameters
    ----------
    path : Path
        A .sav or .zsav file.

    Returns
    -------
    FileColumns
        Names, questions, labels, missing values and response sets.

    Raises
    ------
    IngestError
        When the file cannot be read.
    """
    _frame, meta = _read(path, metadataonly=True)
    return _columns(meta)


def read_spss(path: Path, wanted: Collection[str]) -> RawTable:
    """Read the wanted columns of an SPSS file; user-missing values stay values.

    Parameters
    ----------
    path : Path
        A .sav or .zsav file.
    wanted : collection of str
        Columns to read; those that the file lacks are left out.

    Returns
    -------
    RawTable
        The columns and what the file says about all of its columns.

    Raises
    ------
    IngestError
        When the file cannot be read.
    """
    _none, about = _read(path, metadataonly=True)
    chosen = [name for name in about.column_names if name in wanted]
    frame, meta = _read(path, usecols=chosen) if chosen else (_none[[]], about)
    return RawTable(
        frame=frame,
        columns=_columns(about),
        format="zsav" if path.suffix.lower() == ".zsav" else "sav",
        encoding=str(meta.file_encoding or "okänd"),
        reader=READER,
        file_label=str(meta.file_label or "").strip(),
    )


def _read(path: Path, **options: Any) -> tuple[Any, Any]:
    """Call the reader; dates stay numbers, so that an impossible date cannot stop the reading."""
    try:
        return pyreadstat.read_sav(str(path), user_missing=True, disable_datetime_conversion=True, **options)
    except (
        pyreadstat.ReadstatError,
        pyreadstat.PyreadstatError,
        UnicodeDecodeError,
        ValueError,
        OverflowError,
    ) as error:
        raise IngestError(
            Problem(
                code="INL-02",
                what=f"{path.name} cannot be read as an SPSS file.",
                why="It is damaged, cut off, or of another format than its name says.",
                remedy="Export or fetch the file again.",
                facts={"file": path.name, "format": "SPSS"},
            )
        ) from error


def _columns(meta: Any) -> FileColumns:
    questions = {name: text for name, text in meta.column_names_to_labels.items() if text}
    missing = {
        name: tuple((piece["lo"], piece["hi"]) for piece in pieces)
        for name, pieces in meta.missing_ranges.items()
    }
    sets = tuple(
        ResponseSet(
            name=name,
            label=str(found["label"] or ""),
            columns=tuple(found["variable_list"]),
            counted=str(found["counted_value"]) if found["is_dichotomy"] else None,
        )
        for name, found in (meta.mr_sets or {}).items()
    )
    return FileColumns(tuple(meta.column_names), questions, dict(meta.variable_value_labels), missing, sets)
