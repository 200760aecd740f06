"""One run at a time in a project: a lock of the operating system, which a process that dies lets go by itself."""

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from trygghet.errors import Problem, ProjectError
from trygghet.pipeline.paths import ProjectPaths

_LEFT_OVER = re.compile(r"\..+(\.\d+\.tmp(\.[^.]+)?|\.new|\.old)")


@contextmanager
def exclusive(root: Path) -> Iterator[None]:
    """Keep every other run out of a project for the length of the block, after clearing what a killed run left half-written.

    Parameters
    ----------
    root : Path
        Project folder; nothing is locked when it does not exist.

    Yields
    ------
    None
        While the lock is held.

    Raises
    ------
    ProjectError
        FIL-04 when another run holds the lock.
    """
    if not root.is_dir():
        yield
        return
    with ProjectPaths(root).lock.open("ab") as stream:
        if not _take(stream):
            raise ProjectError(
                Problem(
                    code="FIL-04",
                    what="Another run is working in the project.",
                    why="Two runs at once would write the same files.",
                    remedy="Wait until it has ended, or close its window.",
                    facts={"folder": root.resolve().name},
                )
            )
        clear_left_overs(root)
        yield


def clear_left_overs(root: Path) -> tuple[Path, ...]:
    """Remove the temporary files and folders of runs that were killed; only while no run is at work.

    Parameters
    ----------
    root : Path
        Project folder.

    Returns
    -------
    tuple of Path
        What was removed.
    """
    folders = [root / "data" / "processed", root / "data" / "joint", root / "reports"]
    found = sorted(
        path for folder in folders for path in folder.rglob(".*") if _LEFT_OVER.fullmatch(path.name)
    )
    for path in found:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return tuple(found)


if sys.platform == "win32":
    import msvcrt

    def _take(stream: IO[bytes]) -> bool:
        try:
            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _take(stream: IO[bytes]) -> bool:
        try:
            fcntl.lockf(
                stream, fcntl.LOCK_EX | fcntl.LOCK_NB
            )  # of this process: one that it forks does not hold it
        except (BlockingIOError, PermissionError):
            return False
        return True
