"""Delimited text files: encoding, separator and header found, cells read by Arrow."""

import csv
import io
import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv

from trygghet.codebook import FileSpec
from trygghet.errors import IngestError, Problem
from trygghet.ingest.encoding import detected
from trygghet.ingest.header import Header, find_header
from trygghet.ingest.problems import wrong_encoding
from trygghet.ingest.raw import FileColumns, RawTable

EMPTY = ("", "NA", "N/A", "#N/A", "NaN", "nan", "#NULL!", "NULL", ".")
_SEPARATORS = {",": ",", ";": ";", "tab": "\t", "|": "|"}
_NAMES = {mark: name for name, mark in _SEPARATORS.items()}
_HEAD = 200_000
_LEADING_ZERO = re.compile(r"^\s*0\d+\s*$")


def read_delimited(
    path: Path, wanted: Collection[str], *, spec: FileSpec, declared: Collection[str] = ()
) -> RawTable:
    """Read a delimited text file.

    Parameters
    ----------
    path : Path
        A .csv, .tsv or .txt file.
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
        When the file is no table of texts, or rows have too many or too few cells.
    """
    content = path.read_bytes()
    encoding = spec.encoding or detected(content)
    body, head = _utf8(content, encoding, path.name)
    separator = _SEPARATORS[spec.separator] if spec.separator else _separator(head)
    records = list(itertools.islice(_records(head, separator), 60))
    header = find_header([cells for cells, _end in records], header_rows=spec.header_rows)
    if not header.names or header.first > len(records):
        raise IngestError(_no_table(path.name))
    skipped = len(head[: records[header.first - 1][1]].encode("utf-8")) if records else 0
    names = header.renamed(tuple(wanted))
    table = _table(
        pa.py_buffer(body).slice(skipped),
        names,
        texts=_texts(names, [cells for cells, _end in records[header.first :]]),
        separator=separator,
        empty=[text for text in EMPTY if text not in declared],
        file=path.name,
    )
    return RawTable(
        frame=pd.DataFrame({name: plain(table[name]) for name in names}, copy=False),
        columns=FileColumns(names, questions=_questions(header, names)),
        format=path.suffix.lower().removeprefix("."),
        encoding=encoding,
        reader=f"pyarrow {pa.__version__}",
        separator=_NAMES[separator],
    )


def _utf8(content: bytes, encoding: str, name: str) -> tuple[bytes, str]:
    """The file as UTF-8 bytes without a byte-order mark, and the text of its beginning."""
    if encoding == "utf-8":
        body = content
    else:
        try:
            body = content.decode(encoding).encode("utf-8")
        except UnicodeDecodeError:
            raise IngestError(wrong_encoding(name, encoding)) from None
    if b"\x00" in body[:_HEAD]:
        raise IngestError(_no_table(name))
    if body[:4].lower() == b"sep=":
        body = body[body.find(b"\n") + 1 :]
    return body, body[:_HEAD].decode("utf-8", errors="ignore")


def _records(head: str, separator: str) -> Iterator[tuple[list[str], int]]:
    """Each record of the beginning with the position where it ends; line breaks within quotes do not end a record."""
    start = end = 0
    for line in head.splitlines(keepends=True):
        end += len(line)
        if line[-1] not in "\r\n" and end < len(head):
            continue
        chunk = head[start:end]
        if chunk.count('"') % 2 and end < len(head):
            continue
        cells = next(csv.reader(io.StringIO(chunk, newline=""), delimiter=separator), [])
        yield cells, end
        start = end


def _separator(head: str) -> str:
    """The separator that cuts the first records into the most columns, evenly."""
    scores: dict[str, tuple[float, int]] = {}
    for mark in _SEPARATORS.values():
        widths = [len(cells) for cells, _end in itertools.islice(_records(head, mark), 30) if cells]
        widest = max(widths, default=1)
        even = sum(width == widest for width in widths) / max(len(widths), 1)
        scores[mark] = (even if widest > 1 else 0.0, widest)
    return max(scores, key=lambda mark: (scores[mark][0] > 0.5, scores[mark][1] * scores[mark][0]))


def _texts(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns that are read as texts because a leading zero would be lost."""
    return [
        name
        for place, name in enumerate(names)
        if any(place < len(row) and _LEADING_ZERO.match(row[place]) for row in rows)
    ]


def _table(
    body: pa.Buffer,
    names: Sequence[str],
    *,
    texts: Sequence[str],
    separator: str,
    empty: list[str],
    file: str,
) -> pa.Table:
    uneven: list[int] = []

    def count(_row: Any) -> str:
        uneven.append(1)
        return "skip"

    try:
        table = pacsv.read_csv(
            pa.BufferReader(body),
            read_options=pacsv.ReadOptions(column_names=list(names)),
            parse_options=pacsv.ParseOptions(
                delimiter=separator, newlines_in_values=True, invalid_row_handler=count
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(texts, pa.string()),
                null_values=empty,
                true_values=[],
                false_values=[],
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowException as error:
        if "Empty CSV" in str(error):
            return pa.table({name: pa.array([], type=pa.float64()) for name in names})
        raise IngestError(_no_table(file)) from None
    if uneven:
        raise IngestError(_uneven(file, len(uneven), len(names)))
    return table


def plain(column: pa.ChunkedArray) -> Any:
    """A column as floats with NaN where every cell is a number or empty, else as texts with None.

    Parameters
    ----------
    column : ChunkedArray
        As Arrow read it.

    Returns
    -------
    ndarray
        Floats or objects.
    """
    kind = column.type
    if pa.types.is_null(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return column.cast(pa.float64(), safe=False).to_numpy()
    return column.cast(pa.string()).to_numpy()


def _questions(header: Header, names: Sequence[str]) -> dict[str, str]:
    return {name: text for name, text in zip(names, header.questions, strict=True) if text}


def _no_table(file: str) -> Problem:
    return Problem(
        code="INL-24",
        what=f"{file} is no table of texts.",
        why="No header with columns was found.",
        remedy="Export the file again, or declare its layout under file in the codebook.",
        facts={"file": file},
    )


def _uneven(file: str, rows: int, columns: int) -> Problem:
    return Problem(
        code="INL-25",
        what=f"{file}: {rows} rows have not {columns} cells as the header has.",
        why="A line break or separator without quotes moves answers to the wrong column.",
        remedy="Export with quotes around texts, or declare the separator under file in the codebook.",
        facts={"file": file, "rows": rows, "columns": columns},
    )
