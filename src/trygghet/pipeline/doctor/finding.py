"""One finding of the doctor."""

from dataclasses import dataclass
from typing import Literal

from trygghet.errors import TrygghetError

_NOTHING = "Inget behöver göras"
Status = Literal["OK", "STOPP", "VARNING", "INFO"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and what to do about it.

    Parameters
    ----------
    status : {"OK", "STOPP", "VARNING", "INFO"}
        Whether it is in order, stops the work, deserves a look, or is good to know.
    text : str
        What was found.
    remedy : str
        What to do; empty where there is nothing to do.
    """

    status: Status
    text: str
    remedy: str = ""


def findings_of(error: TrygghetError, *, status: Status = "STOPP") -> tuple[Finding, ...]:
    """Turn the problems of an error into findings, in the words of the message catalogue.

    Parameters
    ----------
    error : TrygghetError
        The error.
    status : {"OK", "STOPP", "VARNING", "INFO"}
        How serious its problems are.

    Returns
    -------
    tuple of Finding
        One for each problem.
    """
    from trygghet.pipeline.messages import catalogue
    from trygghet.pipeline.messages.message import filled

    texts = catalogue()
    found = []
    for problem in error.problems:
        what, where, remedy = (
            filled(text, problem.facts)
            for text in (texts[problem.code].vad, texts[problem.code].var, texts[problem.code].atgard)
        )
        needed = not remedy.startswith(_NOTHING)
        code = "" if needed else f" ({problem.code})"
        told = f"{remedy[:1].lower()}{remedy[1:]} ({problem.code})" if needed else ""
        found.append(Finding(status, f"{what} [{where.rstrip('.')}]{code}", told))
    return tuple(found)
