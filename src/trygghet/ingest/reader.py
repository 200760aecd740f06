"""The process that reads files of statistics programs, as its caller sees it; light, so that it can be started before all else."""

import atexit
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from trygghet.ingest.formats import STATISTICAL

_SCRIPT = Path(__file__).with_name("reader_process.py")


class Reader:
    """The reading process; started at the first file, and again after it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start the process if it is not running: it gets ready while the caller does something else."""
        with self._lock:
            self._started()

    def ask(self, request: dict[str, Any], *, seconds: float) -> dict[str, Any]:
        """Send a request; an empty answer means that the process died or was stopped for taking too long."""
        with self._lock:
            process = self._started()
            alarm = threading.Timer(seconds, process.kill)
            alarm.start()
            try:
                if process.stdin is None or process.stdout is None:
                    return {}
                process.stdin.write(json.dumps(request) + "\n")
                process.stdin.flush()
                line = process.stdout.readline()
            except (BrokenPipeError, OSError):
                line = ""
            finally:
                alarm.cancel()
            if not line.endswith("\n"):
                self._end()
                return {}
            answer: dict[str, Any] = json.loads(line)
            return answer

    def end(self) -> None:
        """End the process, so that its memory is given back."""
        with self._lock:
            self._end()

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(  # noqa: S603 - our own script
                [sys.executable, "-P", str(_SCRIPT)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
            )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


READER = Reader()
atexit.register(READER.end)


def prepare_reading(path: Path) -> None:
    """Start what will read a file, so that it is ready when :func:`~trygghet.ingest.read_survey` asks.

    Parameters
    ----------
    path : Path
        A survey file; for other formats than .sav, .zsav and .dta, or without a file, there is nothing to start.
    """
    if path.suffix.lower() in STATISTICAL and path.is_file():
        READER.start()
