"""Portable SPSS files (.por) with their user-missing values and Swedish letters."""

import codecs
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from trygghet.codebook import FileSpec
from trygghet.errors import IngestError
from trygghet.ingest.encoding import encoding_of, fits_utf8, repaired
from trygghet.ingest.portable_fields import BrokenPortableError, Fields
from trygghet.ingest.problems import unreadable, wrong_encoding
from trygghet.ingest.raw import FileColumns, RawTable, as_wanted

_NAME = re.compile(r"[^\W\d][\w.$#@]*|[$#@][\w.$#@]*")
_LONGEST_TEXT = 32767
_SINGLE, _LOW, _HIGH, _BETWEEN, _QUESTION = _BEHIND_A_COLUMN = "89ABC"
_NUMBER_OF_COLUMNS, _PRECISION, _COLUMN, _LABELS, _DOCUMENTS, _ANSWERS, _END = "457DEFZ"
_MAKERS_AND_WEIGHT = "1236"


@dataclass(slots=True)
class _Column:
    """A variable's record with what follows it."""

    name: str
    text: bool
    question: str = ""
    labels: dict[float | str, str] = field(default_factory=dict)
    missing: list[tuple[float | str, float | str]] = field(default_factory=list)

    def value(self, fields: Fields) -> float | str:
        return fields.string() if self.text else fields.number()


def read_portable(path: Path, wanted: Collection[str] | None = None, *, spec: FileSpec) -> RawTable:
    """Read the wanted columns, and all texts; user-missing values stay values.

    Parameters
    ----------
    path : Path
        A .por file.
    wanted : collection of str, optional
        Columns to read, however their case is (the format knows capitals only); all when left out.
    spec : FileSpec
        The encoding of the texts, where it cannot be told from them: the format does not say it.

    Returns
    -------
    RawTable
        The columns and what the file says about all of its columns.

    Raises
    ------
    IngestError
        When the file is damaged, cut off or of another format, or its texts are not of the declared encoding.

    Notes
    -----
    The C reader of the other SPSS formats gives user-missing values of this one as empty cells and knows no letter beyond ASCII, so this
    format is read here. Its structure is that of the PSPP developers' manual, chapter "Portable File Format" (Free Software Foundation):
    records by letter, numbers in base 30, texts with their length, one table of characters at the top.
    """
    folds = None if wanted is None else {name.casefold() for name in wanted}
    try:
        fields = Fields.of(path.read_bytes().removeprefix(codecs.BOM_UTF8))
        columns = _dictionary(fields)
        cells = _data(fields, columns, folds)
        encoding = _encoding(path.name, _texts(columns, cells), spec.encoding)
        about = _described(columns, encoding)
    except BrokenPortableError:
        raise IngestError(unreadable(path.name, "SPSS")) from None
    ours = as_wanted(about.names, wanted or ())
    arrays = {
        ours.get(name, name): np.array([repaired(str(cell), encoding) for cell in column], dtype=object)
        if about.kinds[name] == "text"
        else np.array(column, dtype=np.float64)
        for name, column in zip(about.names, cells, strict=True)
        if column is not None
    }
    return RawTable(
        frame=pd.DataFrame(arrays, copy=False),
        columns=about.renamed(ours),
        format="por",
        encoding=encoding,
        reader="trygghet",
    )


def _dictionary(fields: Fields) -> list[_Column]:
    """Everything before the data: the columns with questions, labels and missing values."""
    fields.take(1)
    fields.string()
    fields.string()
    declared = 0
    columns: dict[str, _Column] = {}
    while (tag := fields.take(1)) != _ANSWERS:
        if tag == _NUMBER_OF_COLUMNS:
            declared = fields.integer()
        elif tag == _COLUMN:
            column = _column(fields)
            if columns.setdefault(column.name, column) is not column:
                raise BrokenPortableError("two columns of one name")
        elif tag == _LABELS:
            _labels(fields, columns)
        else:
            _pass_over(tag, fields)
    if not columns or len(columns) != declared:
        raise BrokenPortableError("another number of columns than declared")
    return list(columns.values())


def _pass_over(tag: str, fields: Fields) -> None:
    """Records that say nothing about the columns: who made the file with what, precision, weight, documents."""
    if tag == _PRECISION:
        fields.integer()
    elif tag in _MAKERS_AND_WEIGHT:
        fields.string()
    elif tag == _DOCUMENTS:
        for _line in range(fields.integer()):
            fields.string()
    else:
        raise BrokenPortableError("an unknown record")


def _column(fields: Fields) -> _Column:
    width = fields.integer()
    if width > _LONGEST_TEXT:
        raise BrokenPortableError("an impossible width")
    column = _Column(fields.string(), text=width > 0)
    for _part_of_formats in range(6):
        fields.number()
    while (tag := fields.tag()) in _BEHIND_A_COLUMN:
        fields.take(1)
        if tag == _QUESTION:
            column.question = fields.string()
            continue
        low = -np.inf if tag == _LOW else column.value(fields)
        high = np.inf if tag == _HIGH else low if tag == _SINGLE else column.value(fields)
        if column.text != isinstance(low, str) or column.text != isinstance(high, str):
            raise BrokenPortableError("texts have no order")
        column.missing.append((low, high))
    return column


def _labels(fields: Fields, by_name: Mapping[str, _Column]) -> None:
    names = [fields.string() for _name in range(fields.integer())]
    if not names or not set(names) <= by_name.keys():
        raise BrokenPortableError("labels of an unknown column")
    kinds = {by_name[name].text for name in names}
    if len(kinds) > 1:
        raise BrokenPortableError("the same labels for texts and numbers")
    for _label in range(fields.integer()):
        value = by_name[names[0]].value(fields)
        text = fields.string()
        for name in names:
            by_name[name].labels[value] = text


def _data(
    fields: Fields, columns: list[_Column], folds: Collection[str] | None
) -> list[list[float | str] | None]:
    """The answers column by column; None for a column of numbers that nobody asked for."""
    cells: list[list[float | str] | None] = [
        [] if column.text or folds is None or column.name.casefold() in folds else None for column in columns
    ]
    plan = [
        (fields.string if column.text else fields.number, kept)
        for column, kept in zip(columns, cells, strict=True)
    ]
    while fields.tag() != _END:
        for take, kept in plan:
            value = take()
            if kept is not None:
                kept.append(value)
    if fields.text[fields.place :].strip(" Z"):
        raise BrokenPortableError("goes on behind its end")
    return cells


def _texts(columns: list[_Column], cells: list[list[float | str] | None]) -> set[str]:
    texts = {column.question for column in columns} | {column.name for column in columns}
    texts |= {text for column in columns for text in column.labels.values()}
    for column, kept in zip(columns, cells, strict=True):
        if column.text:
            texts |= {str(value) for value in [*(kept or ()), *column.labels]}
    return texts


def _encoding(file: str, texts: Collection[str], declared: str | None) -> str:
    if declared is None:
        return encoding_of(texts)
    encoding = declared.removesuffix("-sig")
    if encoding == "utf-16" or (encoding == "utf-8" and not all(map(fits_utf8, texts))):
        raise IngestError(wrong_encoding(file, declared))
    return encoding


def _described(columns: list[_Column], encoding: str) -> FileColumns:
    def read(value: float | str) -> float | str:
        return repaired(value, encoding) if isinstance(value, str) else value

    names = [repaired(column.name, encoding) for column in columns]
    if not all(map(_NAME.fullmatch, names)):
        raise BrokenPortableError("a column without a name")
    named = list(zip(names, columns, strict=True))
    return FileColumns(
        names=tuple(names),
        kinds={name: "text" if column.text else "number" for name, column in named},
        questions={name: repaired(column.question, encoding) for name, column in named if column.question},
        labels={
            name: {read(code): repaired(text, encoding) for code, text in column.labels.items()}
            for name, column in named
            if column.labels
        },
        user_missing={
            name: tuple((read(low), read(high)) for low, high in column.missing)
            for name, column in named
            if column.missing
        },
    )
