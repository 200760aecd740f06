"""Screened results on disk: JSON and parquet, whole or not at all, and refused when they were changed."""

import json
import re
from pathlib import Path
from typing import Any, Final

import pandas as pd

from trygghet._files import atomic_path, sha256_of, write_json
from trygghet.disclosure.publishable import Publishable, refuse_unscreened, seal_result
from trygghet.disclosure.records import Record, digest_of, envelope_of, opened_envelope, record_of, result_of
from trygghet.errors import DisclosureError, Problem

FORMAT: Final = 1
_NAME = re.compile(r"[\w][\w.\-]*", re.UNICODE)


def write_publishable(folder: Path, name: str, publishable: Publishable[Any]) -> Path:
    """Write a screened result.

    Parameters
    ----------
    folder : Path
        Folder; made when it does not exist.
    name : str
        Name of the result: letters, digits, full stop, hyphen and underscore.
    publishable : Publishable
        What the screen made.

    Returns
    -------
    Path
        The JSON file; its tables stand beside it as ``<name>.<table>.parquet``.

    Raises
    ------
    DisclosureError
        SEK-05 when the name cannot be a file name; SEK-15 when the result has not been screened.
    """
    refuse_unscreened(publishable)
    if not _NAME.fullmatch(name):
        raise DisclosureError(
            Problem(
                code="SEK-05",
                what=f"The result name {name!r} cannot be a file name.",
                why="A name with a path in it could write outside its folder.",
                remedy="Use letters, digits, full stop, hyphen and underscore.",
                facts={"namn": name},
            )
        )
    record = record_of(publishable.result)
    hashes = {}
    for part, frame in record.frames.items():
        target = folder / f"{name}.{part}.parquet"
        with atomic_path(target) as temporary:
            frame.to_parquet(temporary, index=False)
        hashes[part] = sha256_of(target)
    content = {
        "format": FORMAT,
        "kind": record.kind,
        "digest": publishable.digest,
        "tables": hashes,
        "head": dict(record.head),
        **envelope_of(publishable.withheld, publishable.marks, publishable.rules),
    }
    target = folder / f"{name}.json"
    write_json(target, content)
    return target


def read_publishable(path: Path) -> Publishable[Any]:
    """Read a screened result back, and refuse it when a byte of its content was changed.

    Parameters
    ----------
    path : Path
        The JSON file that :func:`write_publishable` wrote.

    Returns
    -------
    Publishable
        With a result of the same type as the one that was written.

    Raises
    ------
    DisclosureError
        SEK-06 when a file is missing or unreadable; SEK-07 when the content is not what the screen wrote.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        tables = {part: path.with_name(f"{path.stem}.{part}.parquet") for part in content["tables"]}
        if any(sha256_of(tables[part]) != expected for part, expected in content["tables"].items()):
            raise _altered(path)
        frames = {part: pd.read_parquet(table) for part, table in tables.items()}
        withheld, marks, rules = opened_envelope(content)
        result = result_of(Record(content["kind"], content["head"], frames))
    except (OSError, ValueError, KeyError, TypeError) as failure:
        raise DisclosureError(
            Problem(
                code="SEK-06",
                what=f"The screened result {path.name} cannot be read ({type(failure).__name__}).",
                why="A part is missing or is not what the screen writes.",
                remedy="Run the stage screen again.",
                facts={"fil": path.name},
            )
        ) from failure
    if digest_of(result, withheld, marks, rules=rules) != content["digest"]:
        raise _altered(path)
    return seal_result(result, withheld, marks, rules=rules, digest=content["digest"])


def _altered(path: Path) -> DisclosureError:
    return DisclosureError(
        Problem(
            code="SEK-07",
            what=f"The screened result {path.name} was changed after the screen.",
            why="Nobody knows whether what it holds now may be shown.",
            remedy="Run the stage screen again; change rules or data, never screened files.",
            facts={"fil": path.name},
        )
    )
