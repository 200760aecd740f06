"""Writing that is atomic: a reader, or a run that was killed, never sees half a file."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def atomic_path(target: Path) -> Iterator[Path]:
    """Give a temporary path beside ``target`` that replaces it when the block ends without an error.

    Parameters
    ----------
    target : Path
        File to write; its folder is made when it does not exist.

    Yields
    ------
    Path
        The temporary file's path, in the same folder and with the same suffix.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.stem}.{os.getpid()}.tmp{target.suffix}")
    try:
        yield temporary
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def fresh_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder beside ``target`` that replaces it, with all it held, when the block ends without an error.

    Parameters
    ----------
    target : Path
        Folder to make anew.

    Yields
    ------
    Path
        The temporary folder's path.
    """
    temporary = target.with_name(f".{target.name}.new")
    former = target.with_name(f".{target.name}.old")
    for left_over in (temporary, former):
        shutil.rmtree(left_over, ignore_errors=True)
    temporary.mkdir(parents=True)
    try:
        yield temporary
        if target.exists():
            target.replace(former)
        temporary.replace(target)
    finally:
        for left_over in (temporary, former):
            shutil.rmtree(left_over, ignore_errors=True)


def write_text(target: Path, text: str) -> None:
    """Write UTF-8 text with Unix line ends, atomically.

    Parameters
    ----------
    target : Path
        File to write.
    text : str
        Content.
    """
    write_bytes(target, text.encode("utf-8"))


def write_bytes(target: Path, content: bytes) -> None:
    """Write bytes, atomically.

    Parameters
    ----------
    target : Path
        File to write.
    content : bytes
        Content.
    """
    with atomic_path(target) as temporary:
        temporary.write_bytes(content)


def write_json(target: Path, content: Mapping[str, Any]) -> None:
    """Write a mapping as indented JSON with a final line end, atomically; NaN is refused.

    Parameters
    ----------
    target : Path
        File to write.
    content : mapping
        JSON-ready content; key order is kept.
    """
    write_text(target, json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def require_readable(path: Path) -> None:
    """Open a file and close it again, so that one that another program holds is told as such, whoever reads it next.

    Parameters
    ----------
    path : Path
        File to read; one that does not exist is left to its reader.

    Raises
    ------
    PermissionError
        When it is open elsewhere, or permission is missing.
    """
    if path.is_file():
        path.open("rb").close()


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal.

    Parameters
    ----------
    path : Path
        File to read.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
