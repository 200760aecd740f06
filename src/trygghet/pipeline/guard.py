"""The last door before the analyst: errors become messages, English and tracebacks go to the log."""

from collections.abc import Callable
from pathlib import Path

import click

from trygghet.errors import TrygghetError

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
    from trygghet.pipeline.storage_errors import explained

    with log_to(root) as log:
        try:
            work()
        except (click.ClickException, click.Abort):
            raise  # a question without an answer; the command line tells it
        except Exception as error:  # noqa: BLE001 - the last door before the analyst: nobody wants a traceback there
            told = explained(error, root) if isinstance(error, OSError) else error
            if isinstance(told, TrygghetError):
                record(error, stage=stage, text=str(told))
                click.echo(render(told), err=True)
                return 1
            record(error, stage=stage, text="(message left out: it might hold an answer)")
            click.echo(_UNEXPECTED.format(stage=stage, log=log.name), err=True)
            return 2
    return 0
