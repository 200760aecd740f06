"""Drafts that people edit: a draft is written anew only while nobody has touched it."""

import hashlib
import json
from pathlib import Path

from trygghet._files import sha256_of, write_bytes, write_json

RECORD = ".utkast.json"


def write_draft(target: Path, content: bytes) -> Path:
    """Write a draft, beside the old one when somebody has edited that.

    Parameters
    ----------
    target : Path
        Wanted path.
    content : bytes
        Content of the draft.

    Returns
    -------
    Path
        Where it was written: ``target``, or the first free or untouched ``name (2).docx``, ``name (3).docx`` and so on.
    """
    record = target.with_name(RECORD)
    known: dict[str, list[str]] = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    path, number = target, 1
    while _edited(path, known):
        number += 1
        path = target.with_name(f"{target.stem} ({number}){target.suffix}")
    # both hashes are known while the draft is written, so that a run that is killed here leaves no draft that looks edited
    there = [sha256_of(path)] if path.is_file() else []
    known[path.name] = list(dict.fromkeys([*there, hashlib.sha256(content).hexdigest()]))
    write_json(record, dict(sorted(known.items())))
    write_bytes(path, content)
    return path


def edited_drafts(folder: Path) -> tuple[str, ...]:
    """List the drafts in a folder that somebody has edited since they were written.

    Parameters
    ----------
    folder : Path
        Folder with drafts.

    Returns
    -------
    tuple of str
        File names.
    """
    record = folder / RECORD
    if not record.is_file():
        return ()
    known: dict[str, list[str]] = json.loads(record.read_text(encoding="utf-8"))
    return tuple(name for name in known if _edited(folder / name, known))


def _edited(path: Path, known: dict[str, list[str]]) -> bool:
    """Whether a file is there and is not as we wrote it."""
    return path.is_file() and sha256_of(path) not in known.get(path.name, [])
