"""Run one stage in a process of its own that dies, without a word, at its k-th touch of a file of the project."""

import os
import signal
import sys
from pathlib import Path

TOUCHING = {"open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree"}


def touches(event: str, arguments: tuple, root: str) -> bool:
    """Whether an audited event writes, moves or removes something of the project."""
    if event not in TOUCHING or not str(arguments[0]).startswith(root):
        return False
    return event != "open" or bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))


def main(root: str, stage: str, wave: str, *, die_at: int) -> None:
    from trygghet.pipeline.lock import exclusive
    from trygghet.pipeline.runner import Task, open_project, run_task

    project = open_project(Path(root))
    touched = 0

    def count(event: str, arguments: tuple) -> None:
        nonlocal touched
        if touches(event, arguments, root):
            touched += 1
            if touched == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    with exclusive(project.paths.root):
        sys.addaudithook(count)
        run_task(project, Task(stage, wave or None))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], die_at=int(sys.argv[4]))
