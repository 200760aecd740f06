"""The codebook as a workbook, kodbok.xlsx: one row a variable, dropdowns, and back again without loss."""

import datetime as dt
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import python_calamine as calamine
import xlsxwriter

from trygghet._files import atomic_path, require_readable
from trygghet.codebook import Codebook, Variable
from trygghet.codebook.reading import read_yaml, validated, write_yaml
from trygghet.errors import IngestError, Problem

_VARIABLES = "Variabler"
_ANSWERS = "Svarstexter"
_SECTIONS = "Övrigt"
_TEXTS = ("column", "kind", "question", "label", "system_missing", "role", "item", "reason", "check")
_FLAGS = ("sensitive", "allowed")
_OTHERS = ("other", "range")
_CHOICES = {
    "kind": ["nominal", "ordinal", "continuous", "text"],
    "system_missing": ["dont_know", "no_answer", "not_asked", "refused", "invalid", "double_mark"],
    "role": ["item", "background"],
    "sensitive": ["ja", "nej"],
    "allowed": ["ja", "nej"],
}
_MEANINGS = ["svar", *_CHOICES["system_missing"]]
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so that the same codebook gives the same bytes


def write_kodbok(codebook: Codebook, path: str | Path) -> None:
    """Write a codebook as a workbook that an analyst can edit.

    Parameters
    ----------
    codebook : Codebook
        The codebook.
    path : str or Path
        The .xlsx file.
    """
    document = codebook.model_dump(by_alias=True, exclude_defaults=True)
    document.pop("variables")
    answers = [
        [name, code, meaning, text]
        for name, variable in codebook.variables.items()
        for code, meaning, text in _answers(variable)
    ]
    sections = [[part, key, text] for part, entry in document.items() for key, text in _parts(entry)]
    with (
        atomic_path(Path(path)) as temporary,
        xlsxwriter.Workbook(str(temporary), {"strings_to_formulas": False, "strings_to_urls": False}) as book,
    ):
        book.set_properties({"title": f"Kodbok {codebook.survey} {codebook.wave}", "created": _CREATED})
        heads = ["name", *_TEXTS, *_FLAGS, *_OTHERS]
        rows = [_row(name, variable) for name, variable in codebook.variables.items()]
        sheet = _sheet(book, _VARIABLES, heads, rows=rows)
        for head, choices in _CHOICES.items():
            place = heads.index(head)
            sheet.data_validation(1, place, len(rows) + 200, place, {"validate": "list", "source": choices})
        sheet = _sheet(book, _ANSWERS, ["name", "code", "meaning", "text"], rows=answers)
        sheet.data_validation(1, 2, len(answers) + 500, 2, {"validate": "list", "source": _MEANINGS})
        _sheet(book, _SECTIONS, ["section", "key", "yaml"], rows=sections)


def read_kodbok(path: str | Path) -> Codebook:
    """Read a codebook from a workbook that :func:`write_kodbok` made and an analyst may have edited.

    Parameters
    ----------
    path : str or Path
        The .xlsx file.

    Returns
    -------
    Codebook
        The checked codebook.

    Raises
    ------
    IngestError
        When the workbook cannot be read or lacks a sheet.
    CodebookError
        With every problem of the codebook.
    """
    path = Path(path)
    sheets = _sheets(path)
    variables = {row["name"]: _variable(row) for row in sheets[_VARIABLES] if row["name"] != ""}
    for row in sheets[_ANSWERS]:
        if row["name"] in variables:
            part = "labels" if row["meaning"] == "svar" else "missing"
            value = str(row["text"]) if part == "labels" else row["meaning"]
            variables[row["name"]].setdefault(part, {})[_code(row["code"])] = value
    document: dict[str, Any] = {}
    for row in sheets[_SECTIONS]:
        value = read_yaml(_below(str(row["yaml"])), name=path.name)["value"]
        if row["key"] == "":
            document[row["section"]] = value
        else:
            document.setdefault(row["section"], {})[_code(row["key"])] = value
    return validated(Codebook, document | {"variables": variables}, name=path.name)


def _answers(variable: Variable) -> list[tuple[Any, str, str]]:
    answers: list[tuple[Any, str, str]] = [(code, "svar", text) for code, text in variable.labels.items()]
    return answers + [(code, kind, "") for code, kind in variable.missing.items()]


def _row(name: str, variable: Variable) -> list[Any]:
    texts = [getattr(variable, key) or "" for key in _TEXTS]
    flags = ["ja" if getattr(variable, key) else "nej" for key in _FLAGS]
    limits = (
        ""
        if variable.range is None
        else " – ".join("" if end is None else repr(end) for end in variable.range)
    )
    return [name, *texts, *flags, "" if variable.other is None else variable.other, limits]


def _variable(row: Mapping[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = {key: str(row[key]) for key in _TEXTS if row[key] != ""}
    entry |= {key: str(row[key]).strip().casefold() == "ja" for key in _FLAGS}
    if row["other"] != "":
        entry["other"] = _code(row["other"])
    if str(row["range"]).strip():
        ends = [end.strip() for end in str(row["range"]).split("–")]
        entry["range"] = [None if not end else end.replace(",", ".") for end in ends]
    return entry


def _parts(entry: Any) -> list[tuple[str, str]]:
    """A section's cells: one for each named entry of a section of records, else one for the whole."""
    if isinstance(entry, Mapping) and entry and all(isinstance(value, Mapping) for value in entry.values()):
        return [(str(key), _snippet(value)) for key, value in entry.items()]
    return [("", _snippet(entry))]


def _snippet(value: Any) -> str:
    return textwrap.dedent(write_yaml({"value": value}).removeprefix("value:")).strip()


def _below(text: str) -> str:
    """A snippet as the value of a key."""
    return "value:\n" + textwrap.indent(text.strip(), "  ")


def _sheet(book: Any, title: str, heads: Sequence[str], *, rows: Sequence[Sequence[Any]]) -> Any:
    sheet = book.add_worksheet(title)
    sheet.write_row(0, 0, heads, book.add_format({"bold": True, "bottom": 1}))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, (int, float)):
                sheet.write_number(number, place, cell, wrapped)
            elif cell != "":
                sheet.write_string(number, place, str(cell), wrapped)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
    sheet.set_column(0, len(heads) - 1, 18)
    sheet.set_column(len(heads) - 1, len(heads) - 1, 40)
    return sheet


def _sheets(path: Path) -> dict[str, list[dict[str, Any]]]:
    require_readable(path)
    try:
        with calamine.CalamineWorkbook.from_path(str(path)) as book:
            found = {
                name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for name in (_VARIABLES, _ANSWERS, _SECTIONS)
            }
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise IngestError(
            Problem(
                code="INL-31",
                what=f"{path.name} is no codebook workbook.",
                why=f"It needs the sheets {_VARIABLES}, {_ANSWERS} and {_SECTIONS}.",
                remedy="Make it with trygghet codebook xlsx.",
                facts={"file": path.name, "sheets": f"{_VARIABLES}, {_ANSWERS}, {_SECTIONS}"},
            )
        ) from error
    return {
        name: [
            dict(zip(map(str, rows[0]), row, strict=True))
            for row in rows[1:]
            if any(cell != "" for cell in row)
        ]
        for name, rows in found.items()
    }


def _code(cell: Any) -> Any:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
