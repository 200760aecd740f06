"""Writing a new project without touching what is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from trygghet._files import write_bytes


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What was written and what was left alone.

    Parameters
    ----------
    written, kept : tuple of str
        Paths in the project folder.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]


def lay_out(root: Path, planned: Mapping[str, bytes]) -> LaidOut:
    """Write files that do not exist yet; what exists is never overwritten.

    Parameters
    ----------
    root : Path
        Project folder; made when it does not exist.
    planned : mapping of str to bytes
        Content by path in the folder.

    Returns
    -------
    LaidOut
        What was written and what was there before.
    """
    kept = tuple(path for path in planned if (root / path).exists())
    written = tuple(path for path in planned if path not in kept)
    for path in written:
        write_bytes(root / path, planned[path])
    return LaidOut(written, kept)
