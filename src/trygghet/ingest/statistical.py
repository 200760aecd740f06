"""Files of statistics programs (.sav, .zsav, .dta), read in a process of their own."""

import errno
import os
import tempfile
from collections.abc import Collection
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from trygghet.errors import IngestError
from trygghet.ingest.encoding import encoding_of, repaired
from trygghet.ingest.problems import gave_up, unreadable
from trygghet.ingest.raw import FileColumns, RawTable, ResponseSet, as_wanted
from trygghet.ingest.reader import READER

_SECONDS = 6
_BYTES_PER_SECOND = 500_000
_WALL_CLOCK = 10
_MEMORY = 600_000_000
_MEMORY_PER_BYTE = 40
_LARGE = 20_000_000
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PROGRAM = {".sav": "SPSS", ".zsav": "SPSS", ".dta": "Stata"}


def describe_statistical(path: Path) -> FileColumns:
    """Read what a file says about its columns, without the answers.

    Parameters
    ----------
    path : Path
        A .sav, .zsav or .dta file.

    Returns
    -------
    FileColumns
        Names, questions, labels, missing values and response sets.

    Raises
    ------
    IngestError
        When the file cannot be read.
    """
    return _columns(_ask(path, wanted=None, out=""), path.suffix.lower())[0]


def read_statistical(path: Path, wanted: Collection[str]) -> RawTable:
    """Read the wanted columns, and all texts; user-missing and tagged values stay values.

    Parameters
    ----------
    path : Path
        A .sav, .zsav or .dta file.
    wanted : collection of str
        Columns to read; those that the file lacks are left out.

    Returns
    -------
    RawTable
        The columns and what the file says about all of its columns.

    Raises
    ------
    IngestError
        When the file cannot be read, or kills or blocks its reader.
    """
    with tempfile.TemporaryDirectory(prefix="trygghet-") as folder:
        out = Path(folder) / "columns.arrow"
        about = _ask(path, wanted=sorted(wanted), out=str(out))
        with pa.OSFile(str(out)) as source:
            table = pa.ipc.open_file(source).read_all()
    if path.stat().st_size > _LARGE:
        READER.end()
    suffix = path.suffix.lower()
    ours = as_wanted(about["names"], wanted)
    columns, encoding = _columns(about, suffix)
    columns = columns.renamed(ours)
    arrays = {
        ours.get(name, name): _plain(table[name], repair=encoding if suffix == ".dta" else "")
        for name in table.column_names
    }
    return RawTable(
        frame=pd.DataFrame(arrays, copy=False),
        columns=columns,
        format=suffix.removeprefix("."),
        encoding=encoding,
        reader=f"pyreadstat {version('pyreadstat')}",
        file_label=str(about["title"]).strip(),
    )


def _ask(path: Path, *, wanted: list[str] | None, out: str) -> dict[str, Any]:
    size = path.stat().st_size
    seconds = _SECONDS + size // _BYTES_PER_SECOND
    request = {
        "path": str(path.resolve()),
        "suffix": path.suffix.lower(),
        "wanted": wanted,
        "out": out,
        "memory": _MEMORY + _MEMORY_PER_BYTE * size,
        "seconds": seconds,
    }
    answer = READER.ask(request, seconds=_WALL_CLOCK * seconds)
    if "names" in answer:
        return answer
    if (
        answer.get("errno") in _NO_ROOM
    ):  # the system refused the columns their file: nothing is wrong with the survey's
        raise OSError(answer["errno"], os.strerror(answer["errno"]))
    program = _PROGRAM[path.suffix.lower()]
    died = not answer or answer.get("error") == "memory"
    raise IngestError(gave_up(path.name, program) if died else unreadable(path.name, program))


def _plain(column: pa.ChunkedArray, *, repair: str) -> Any:
    if pa.types.is_floating(column.type):
        return column.to_numpy()
    if not repair:
        return column.to_numpy(zero_copy_only=False)
    encoded = column.combine_chunks().dictionary_encode()
    texts = pa.array(
        [None if text is None else repaired(text, repair) for text in encoded.dictionary.to_pylist()]
    )
    return texts.take(encoded.indices).to_numpy(zero_copy_only=False)


def _columns(about: dict[str, Any], suffix: str) -> tuple[FileColumns, str]:
    """The description, with Stata's texts in the encoding that fits all of them; returns that encoding too."""
    labels = {
        name: [(_code(code, about["types"].get(name)), text) for code, text in pairs]
        for name, pairs in about["labels"].items()
    }
    encoding = about["encoding"] or "okänd"
    questions: dict[str, str] = about["questions"]
    if suffix == ".dta":
        texts = [*questions.values(), *(text for pairs in labels.values() for _, text in pairs)]
        encoding = "UTF-8" if encoding_of(texts) == "utf-8" else "cp1252"
        questions = {name: repaired(text, encoding) for name, text in questions.items()}
        labels = {
            name: [(code, repaired(text, encoding)) for code, text in pairs] for name, pairs in labels.items()
        }
    missing: dict[str, tuple[tuple[float | str, float | str], ...]] = {
        name: tuple((low, high) for low, high in ranges) for name, ranges in about["ranges"].items()
    }
    missing |= {name: tuple((f".{tag}", f".{tag}") for tag in tags) for name, tags in about["tags"].items()}
    sets = tuple(
        ResponseSet(
            name=name,
            label=str(found["label"] or ""),
            columns=tuple(found["variable_list"]),
            counted=str(found["counted_value"]) if found["is_dichotomy"] else None,
        )
        for name, found in about["sets"].items()
    )
    kinds = {name: "text" if kind == "string" else "number" for name, kind in about["types"].items()}
    described = FileColumns(
        names=tuple(about["names"]),
        kinds=kinds,
        questions=questions,
        labels={name: dict(pairs) for name, pairs in labels.items()},
        user_missing=missing,
        sets=sets,
    )
    return described, encoding


def _code(code: float | str, kind: str | None) -> float | str:
    return f".{code}" if isinstance(code, str) and kind != "string" else code
