"""What the operating system refuses, as errors that the analyst can act on: a full disk, a file that is open elsewhere."""

import errno
from pathlib import Path

from trygghet.errors import Problem, ProjectError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.ETXTBSY}
_TEMPORARY = ".tmp"


def explained(error: OSError, root: Path) -> ProjectError | None:
    """Explain an error of the operating system.

    Parameters
    ----------
    error : OSError
        What was raised.
    root : Path
        Project folder; files in it are named from there.

    Returns
    -------
    ProjectError or None
        FIL-01 for a file that is open elsewhere or write-protected, FIL-02 for a full disk, FIL-03 for a path that is too
        long; None for anything else.
    """
    name = _named(error, root)
    if error.errno in _FULL:
        problem = Problem(
            code="FIL-02",
            what="The disk is full.",
            why="The results could not be written; those of the last whole run are left as they were.",
            remedy="Make room and run again.",
            facts={"fil": name},
        )
    elif error.errno in _CLOSED:
        return locked_file(error, root)
    elif error.errno == errno.ENAMETOOLONG:
        problem = Problem(
            code="FIL-03",
            what=f"The path of {name} is too long.",
            why="The operating system does not take it.",
            remedy="Move the project to a shorter path and run again.",
            facts={"fil": name},
        )
    else:
        return None
    return ProjectError(problem)


def locked_file(error: OSError, root: Path) -> ProjectError:
    """Tell that a file is open in another program, which Windows and Excel do not allow us to read or replace.

    Parameters
    ----------
    error : OSError
        What the system said.
    root : Path
        Project folder.

    Returns
    -------
    ProjectError
        FIL-01 with the file that the analyst knows, also where a temporary file was to replace it.
    """
    name = _named(error, root)
    return ProjectError(
        Problem(
            code="FIL-01",
            what=f"{name} cannot be opened or replaced.",
            why="It is open in another program, or permission is missing.",
            remedy="Close it and run again.",
            facts={"file": Path(name).name, "folder": Path(name).parent.as_posix()},
        )
    )


def _named(error: OSError, root: Path) -> str:
    """Name the file that an error is about, from the project folder; a temporary file goes by the name that it was to have."""
    given = error.filename2 or error.filename
    if not isinstance(given, str | Path):
        return "resultaten"
    path = Path(given)
    if _TEMPORARY in path.name:
        path = path.with_name(path.name.lstrip(".").split(".")[0] + path.suffix)
    inside = path.resolve().is_relative_to(root.resolve())
    return path.resolve().relative_to(root.resolve()).as_posix() if inside else path.name
