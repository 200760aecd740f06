"""The Swedish catalogue of error messages, one module a room, keyed by the error's code."""

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from trygghet.errors import Problem, TrygghetError
from trygghet.pipeline.messages.message import Message, filled

_NOT_A_ROOM = "message"


def catalogue() -> dict[str, Message]:
    """Collect the messages of all rooms.

    Returns
    -------
    dict of str to Message
        Every message by its code.
    """
    texts: dict[str, Message] = {}
    for module in iter_modules(__path__):
        if module.name != _NOT_A_ROOM:
            texts.update(import_module(f"{__name__}.{module.name}").MESSAGES)
    return texts


def render(error: TrygghetError) -> str:
    """Write an error in plain Swedish: what, where, what to do, and the code.

    Parameters
    ----------
    error : TrygghetError
        The error; every problem of it is rendered.

    Returns
    -------
    str
        One block of lines a problem, separated by empty lines.
    """
    texts = catalogue()
    return "\n\n".join(_block(texts[problem.code], problem) for problem in error.problems)


def warning(problem: Problem) -> str:
    """Write a problem that does not stop the work, with what to do about it.

    Parameters
    ----------
    problem : Problem
        The problem.

    Returns
    -------
    str
        One block of lines.
    """
    return _block(catalogue()[problem.code], problem, status="VARNING")


def _block(message: Message, problem: Problem, *, status: str = "STOPP") -> str:
    vad, var, atgard = (filled(text, problem.facts) for text in (message.vad, message.var, message.atgard))
    return f"[{status}] {vad}\n        Var: {var}\n        Gör så här: {atgard} ({problem.code})"


def remarks(notices: Sequence[Problem]) -> str:
    """Write what the analyst should know, though nothing stops the work.

    Parameters
    ----------
    notices : sequence of Problem
        What a reader or a weighting wants said.

    Returns
    -------
    str
        One line each; empty where there are none.
    """
    texts = catalogue()
    return "\n".join(
        f"[INFO] {filled(texts[notice.code].vad, notice.facts)} ({notice.code})" for notice in notices
    )
