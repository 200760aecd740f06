"""Reading PX files (PC-Axis), the file form of statistical agencies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from trygghet._typing import FloatArray
from trygghet.errors import MarginError, Problem
from trygghet.weighting.cube import Cube, Dimension, total_code

_STATEMENT = re.compile(
    r"""\s*(?P<word>[A-Za-z0-9_\-]+)(?:\[(?P<language>[^\]]*)\])?"""
    r"""(?:\((?P<keys>(?:"[^"]*"|[^")])*)\))?\s*=\s*(?P<value>(?:"[^"]*"|[^";])*);""",
    re.DOTALL,
)
_TEXT = re.compile(r'"([^"]*)"')
_GLUE = re.compile(r'"\s*[\r\n]+\s*"')
_DATA = re.compile(r"(?:^|;)\s*DATA\s*=", re.IGNORECASE)
_CELL = re.compile(r'"([^"]*)"|([^\s",;]+)')
_NIL = "-"
_CODEPAGES = {"ansi": "cp1252", "oem": "cp850", "": "cp1252"}


@dataclass(slots=True)
class _Keywords:
    """Keywords of a PX file in its main language."""

    language: str = ""
    words: dict[tuple[str, tuple[str, ...]], list[str]] = field(default_factory=dict)

    def texts(self, word: str, *keys: str) -> list[str]:
        return self.words.get((word, keys), [])

    def text(self, word: str, *keys: str) -> str:
        return " ".join(self.texts(word, *keys))


def parse_px(content: bytes, name: str) -> Cube:
    """Table of a PX file.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        Its name, for messages.

    Returns
    -------
    Cube
        The table in the file's main language; symbols for missing numbers become NaN, the nil symbol 0.

    Raises
    ------
    MarginError
        If the file is no PX file, or its numbers do not fill its dimensions.
    """
    text = _decoded(content)
    start = _DATA.search(text)
    if start is None:
        raise _wrong(name, "it has no DATA")
    words = _keywords(text[: start.start() + 1])
    names = [*words.texts("STUB"), *words.texts("HEADING")]
    dimensions = tuple(_dimension(words, one) for one in names)
    empty = [dimension.label for dimension in dimensions if not dimension.codes]
    if not names or empty:
        raise _wrong(name, f"the dimensions {', '.join(empty) or 'STUB and HEADING'} have no values")
    shape = tuple(len(dimension.codes) for dimension in dimensions)
    body = text[start.end() :]
    keyed = [one for one in words.texts("STUB") if words.text("KEYS", one)]
    if keyed:
        values = _keyed_values(body, (words, dimensions), name=name)
    else:
        values = np.array([_number(cell) for cell in _cells(body)])
        if len(values) != int(np.prod(shape)):
            raise _wrong(name, f"it has {len(values)} numbers for {int(np.prod(shape))} places")
    return Cube(
        dimensions,
        values.reshape(shape),
        title=words.text("TITLE") or words.text("CONTENTS"),
        source=words.text("SOURCE"),
        updated=words.text("LAST-UPDATED"),
    )


def _decoded(content: bytes) -> str:
    if content.startswith(b"\xef\xbb\xbf"):
        return content[3:].decode("utf-8", errors="replace")
    head = content[:4000].decode("latin-1")
    page = re.search(r'CODEPAGE\s*=\s*"([^"]*)"', head, re.IGNORECASE)
    charset = re.search(r'CHARSET\s*=\s*"([^"]*)"', head, re.IGNORECASE)
    named = (
        page.group(1)
        if page
        else _CODEPAGES.get((charset.group(1) if charset else "oem").casefold(), "cp1252")
    )
    try:
        return content.decode(named)
    except (LookupError, UnicodeDecodeError):
        return content.decode("latin-1")


def _keywords(head: str) -> _Keywords:
    found = _Keywords()
    head = _GLUE.sub("", head)
    statements = list(_STATEMENT.finditer(head))
    for statement in statements:
        if statement["word"].upper() == "LANGUAGE":
            found.language = "".join(_TEXT.findall(statement["value"]))
    for statement in statements:
        language = (statement["language"] or "").strip('"')
        if language and language != found.language:
            continue
        keys = tuple(_TEXT.findall(statement["keys"] or ""))
        value = statement["value"].strip()
        texts = _TEXT.findall(value) or ([value] if value else [])
        found.words.setdefault((statement["word"].upper(), keys), texts)
    return found


def _dimension(words: _Keywords, name: str) -> Dimension:
    labels = tuple(words.texts("VALUES", name))
    codes = tuple(words.texts("CODES", name))
    codes = codes if len(codes) == len(labels) and len(set(codes)) == len(codes) else labels
    declared = words.text("ELIMINATION", name)
    total = total_code(codes, labels, "" if declared.upper() in {"YES", "NO"} else declared)
    return Dimension(words.text("VARIABLECODE", name) or name, name, codes, labels, total)


def _cells(body: str) -> Iterator[str]:
    end = body.rfind(";")
    for cell in _CELL.finditer(body[: end if end >= 0 else len(body)]):
        yield cell[1] if cell[2] is None else cell[2]


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return 0.0 if cell.strip() == _NIL else np.nan


def _keyed_values(body: str, about: tuple[_Keywords, tuple[Dimension, ...]], *, name: str) -> FloatArray:
    """Numbers of a file that names the stub of each row; rows that are left out are zero."""
    words, dimensions = about
    stub = len(words.texts("STUB"))
    row_shape = tuple(len(dimension.codes) for dimension in dimensions[:stub])
    width = int(np.prod([len(dimension.codes) for dimension in dimensions[stub:]]))
    places = []
    for dimension in dimensions[:stub]:
        by_code = words.text("KEYS", dimension.label).upper() == "CODES"
        places.append({key: k for k, key in enumerate(dimension.codes if by_code else dimension.labels)})
    cells = list(_cells(body))
    step = stub + width
    if len(cells) % step:
        raise _wrong(name, f"its rows do not have {stub} keys and {width} numbers")
    values = np.zeros((int(np.prod(row_shape)), width))
    for begin in range(0, len(cells), step):
        keys = cells[begin : begin + stub]
        if any(key not in place for key, place in zip(keys, places, strict=True)):
            raise _wrong(name, f"row {begin // step + 1} names a category that does not exist")
        row = np.ravel_multi_index([place[key] for key, place in zip(keys, places, strict=True)], row_shape)
        values[row] = [_number(cell) for cell in cells[begin + stub : begin + step]]
    return values


def _wrong(name: str, reason: str) -> MarginError:
    return MarginError(
        Problem(
            code="VIKT-31",
            what=f"{name} is no whole PX file: {reason}.",
            why="Numbers and categories must fit each other.",
            remedy="Download the table again.",
            facts={"fil": name, "form": "PX"},
        )
    )
