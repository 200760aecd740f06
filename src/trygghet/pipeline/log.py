"""The log of a run: English texts and tracebacks, without the values of variables."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trygghet.pipeline.paths import ProjectPaths

_FORMAT = "%(asctime)s %(levelname)s %(message)s"


class _Log(logging.FileHandler):
    """A log file that a full disk silences."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say nothing: the screen is for the analyst."""


@contextmanager
def log_to(root: Path) -> Iterator[Path]:
    """Send the package's log to the project's log file for the length of the block.

    Parameters
    ----------
    root : Path
        Project folder; nothing is written when it does not exist.

    Yields
    ------
    Path
        The log file.
    """
    path = ProjectPaths(root).log
    logger = logging.getLogger("trygghet")
    handler: logging.Handler = (
        _Log(path, encoding="utf-8", delay=True) if root.is_dir() else logging.NullHandler()
    )
    handler.setFormatter(logging.Formatter(_FORMAT))
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield path
    finally:
        logger.removeHandler(handler)
        handler.close()


def record(error: Exception, *, stage: str, text: str) -> None:
    """Write an error to the log: its type, a text and the lines of code that it passed, never the values of variables.

    Parameters
    ----------
    error : Exception
        The error.
    stage : str
        What was running.
    text : str
        What may be said of it.
    """
    lines = "".join(traceback.format_tb(error.__traceback__))
    logging.getLogger("trygghet").error("%s stopped by %s: %s\n%s", stage, type(error).__name__, text, lines)
