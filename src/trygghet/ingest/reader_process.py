"""The process in which files of statistics programs are read: a damaged file can kill the C reader, but not the caller.

Started by :mod:`trygghet.ingest.reader` as a script of its own. It reads one request a line as JSON and answers one line as JSON;
the columns go through an Arrow file.
"""

import json
import sys
from typing import Any, TextIO

import pandas as pd
import pyarrow as pa
import pyreadstat

READERS: dict[str, Any] = {
    ".sav": pyreadstat.read_sav,
    ".zsav": pyreadstat.read_sav,
    ".dta": pyreadstat.read_dta,
}


def serve(requests: TextIO, answers: TextIO) -> None:
    """Answer requests until the input ends.

    Parameters
    ----------
    requests, answers : file
        Lines of JSON.
    """
    for line in requests:
        request = json.loads(line)
        try:
            answer = answer_to(request)
        except MemoryError:
            answer = {"error": "memory"}
        except OSError as error:
            answer = {"error": type(error).__name__, "errno": error.errno}
        except Exception as error:  # noqa: BLE001 - whatever the reader says, the file cannot be read
            answer = {"error": type(error).__name__}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def answer_to(request: dict[str, Any]) -> dict[str, Any]:
    """Read a file's description, and the wanted columns into an Arrow file.

    Parameters
    ----------
    request : dict
        ``path``, ``suffix``, ``memory`` in bytes, ``seconds`` of processor time, ``wanted`` columns (none for the description alone) and
        ``out``, the Arrow file.

    Returns
    -------
    dict
        The file's description.
    """
    limit(memory=request["memory"], seconds=request["seconds"])
    reader, path = READERS[request["suffix"]], request["path"]
    options = options_of(request["suffix"])
    _empty, meta = reader(path, metadataonly=True, **options)
    about = described(meta)
    wanted = request["wanted"]
    if wanted is None:
        return about
    wanted = {name.casefold() for name in wanted}
    types = meta.readstat_variable_types
    chosen = [name for name in meta.column_names if name.casefold() in wanted or types.get(name) == "string"]
    if chosen:
        frame, _meta = reader(path, usecols=chosen, **options)
        columns = {
            name: arrow(frame.pop(name), text=types.get(name) == "string") for name in list(frame.columns)
        }
        table = pa.table(columns)
    else:
        table = pa.table({})
    with pa.OSFile(request["out"], "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return about


def options_of(suffix: str) -> dict[str, Any]:
    """Options of the reader for a format; Stata's texts are taken byte by byte, because their encoding is not trusted.

    Parameters
    ----------
    suffix : str
        ``".sav"``, ``".zsav"`` or ``".dta"``.

    Returns
    -------
    dict
        Keyword arguments.
    """
    options: dict[str, Any] = {"disable_datetime_conversion": True, "user_missing": True}
    if suffix == ".dta":
        options["encoding"] = "latin1"
    return options


def limit(*, memory: int, seconds: int) -> None:
    """Let the process end rather than fill or block the machine when a damaged file declares a huge length.

    Parameters
    ----------
    memory : int
        Bytes of memory.
    seconds : int
        Seconds of processor time for this request. Both are without effect where the system has no such limits.
    """
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    spent = resource.getrusage(resource.RUSAGE_SELF)
    used = int(spent.ru_utime + spent.ru_stime) + 1
    for kind, soft in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_CPU, used + seconds)):
        resource.setrlimit(kind, (soft, resource.getrlimit(kind)[1]))


def described(meta: Any) -> dict[str, Any]:
    """What a file says about itself, as JSON.

    Parameters
    ----------
    meta : metadata_container
        The reader's metadata.

    Returns
    -------
    dict
        Names, types, questions, labels, user-missing values, response sets, encoding and title.

    Raises
    ------
    ValueError
        When a column has no name, or two have the same: the file is damaged.
    """
    names = list(meta.column_names)
    if not all(names) or len(set(names)) < len(names):
        raise ValueError("columns without a name of their own")
    return {
        "names": names,
        "types": dict(meta.readstat_variable_types),
        "questions": {name: text for name, text in meta.column_names_to_labels.items() if text},
        "labels": {
            name: [[code, text] for code, text in labels.items()]
            for name, labels in meta.variable_value_labels.items()
        },
        "ranges": {
            name: [[part["lo"], part["hi"]] for part in parts]
            for name, parts in (meta.missing_ranges or {}).items()
        },
        "tags": {name: list(tags) for name, tags in (meta.missing_user_values or {}).items()},
        "measures": dict(meta.variable_measure or {}),
        "sets": getattr(meta, "mr_sets", None) or {},
        "encoding": meta.file_encoding or "",
        "title": meta.file_label or "",
    }


def arrow(column: pd.Series, *, text: bool) -> pa.Array:
    """One column for the Arrow file: floats, or texts where a number carries tags such as ``.a``.

    Parameters
    ----------
    column : Series
        As the reader gives it.
    text : bool
        Whether the file calls the column a text.

    Returns
    -------
    Array
        float64 with NaN, or texts with nulls.
    """
    if pd.api.types.is_numeric_dtype(column):
        return pa.array(column.to_numpy(dtype="float64"))
    cells = column.astype("object").tolist()
    return pa.array([cell_text(cell, text=text) for cell in cells], type=pa.string())


def cell_text(cell: Any, *, text: bool) -> str | None:
    """A cell of a mixed column as text; a letter among numbers is a tagged missing value.

    Parameters
    ----------
    cell : object
        A number, a text or nothing.
    text : bool
        Whether the file calls the column a text.

    Returns
    -------
    str or None
        The text; None for an empty cell.
    """
    if cell is None or cell != cell:  # noqa: PLR0124 - NaN
        return None
    if isinstance(cell, str):
        return cell if text else f".{cell}"
    number = float(cell)
    return str(int(number)) if number.is_integer() else repr(number)


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
