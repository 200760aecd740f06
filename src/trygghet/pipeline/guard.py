"""The last door before the analyst: errors become messages, English and tracebacks go to the log."""

from collections.abc import Callable
from pathlib import Path

import click

from trygghet.errors import Problem, ProjectError, TrygghetError

_UNEXPECTED = (
    "[STOPP] Ett fel i programmet stoppade körningen.\n"
    "        Var: {stage}\n"
    "        Gör så här: skicka filen {log} till den som sköter programmet. Den innehåller inga svar. (FEL-01)"
)


def guarded(work: Callable[[], None], *, root: Path, stage: str) -> int:
    """Run some work and turn its errors into messages for the analyst; English and tracebacks go to the log.

    Parameters
    ----------
    work : callable
        What to run.
    root : Path
        Project folder; the log is written there.
    stage : str
        What is running, for the message.

    Returns
    -------
    int
        Exit code: 0, 1 after an error that was explained, 2 after one that nobody foresaw.
    """
    from trygghet.pipeline.log import log_to, record
    from trygghet.pipeline.messages import render

    with log_to(root) as log:
        try:
            work()
        except TrygghetError as error:
            record(error, stage=stage, text=str(error))
            click.echo(render(error), err=True)
            return 1
        except PermissionError as error:
            record(error, stage=stage, text="a file is open elsewhere, or may not be touched")
            click.echo(render(locked_file(error)), err=True)
            return 1
        except Exception as error:  # noqa: BLE001 - the last door before the analyst: nobody wants a traceback there
            record(error, stage=stage, text="(message left out: it might hold an answer)")
            click.echo(_UNEXPECTED.format(stage=stage, log=log.name), err=True)
            return 2
    return 0


def locked_file(error: PermissionError) -> ProjectError:
    """Tell that a file is open in another program, which Windows and Excel do not allow us to read or replace.

    Parameters
    ----------
    error : PermissionError
        What the system said.

    Returns
    -------
    ProjectError
        FIL-01 with the file that the analyst knows, also where a temporary file was to replace it.
    """
    named = error.filename2 or error.filename or "?"
    path = Path(str(named))
    return ProjectError(
        Problem(
            code="FIL-01",
            what=f"{path.name} cannot be opened or replaced.",
            why="It is open in another program, or permission is missing.",
            remedy="Close it and run again.",
            facts={"file": path.name, "folder": path.parent.as_posix()},
        )
    )
