"""The command that says what stands between a project and its lägesbild."""

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from trygghet.claims.numbers_sv import in_words
from trygghet.pipeline.command_line import Command
from trygghet.pipeline.guard import guarded

if TYPE_CHECKING:
    from trygghet.pipeline.doctor import Finding

_INDENT = " " * 9
_WIDTH = 110


@click.command(cls=Command)
@click.argument("folder", metavar="[MAPP]", default=".", type=click.Path(path_type=Path, file_okay=False))
def doctor(folder: Path) -> None:
    """Kontrollera projektet i MAPP. Ändrar inget och skickar inget."""

    def work() -> None:
        from trygghet.pipeline.doctor import examine

        click.echo(f"Kontroll av {folder.resolve()}")
        findings = examine(folder, today=dt.datetime.now().astimezone().date())
        click.echo(printed(findings))
        if any(finding.status == "STOPP" for finding in findings):
            sys.exit(1)

    sys.exit(guarded(work, root=folder, stage="trygghet doctor"))


def printed(findings: "Sequence[Finding]") -> str:
    """Write findings as lines, with what to do under each, and end with how much there is to do.

    Parameters
    ----------
    findings : sequence of Finding
        What was found.

    Returns
    -------
    str
        Lines of text.
    """
    lines: list[str] = []
    for finding in findings:
        head = f"[{finding.status}]".ljust(len(_INDENT))
        text = wrap(
            finding.text,
            _WIDTH,
            initial_indent=f"{head} " if head[-1] != " " else head,
            subsequent_indent=_INDENT,
        )
        lines += text
        if finding.remedy:
            lines += wrap(
                f"Gör så här: {finding.remedy}",
                _WIDTH,
                initial_indent=_INDENT,
                subsequent_indent=_INDENT,
                break_on_hyphens=False,
            )
    stops = sum(finding.status == "STOPP" for finding in findings)
    if stops:
        things = "En sak" if stops == 1 else f"{in_words(stops).capitalize()} saker"
        lines.append(f"{things} att göra innan du kör. Inget har ändrats eller skickats.")
    else:
        lines.append("Klart att köra: trygghet run. Inget har ändrats eller skickats.")
    return "\n".join(lines)
