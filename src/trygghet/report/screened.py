"""The door of the room: nothing is drawn, printed or written that has not been screened."""

from collections.abc import Sequence
from typing import Any

from trygghet.disclosure import Publishable
from trygghet.disclosure.publishable import unscreened_types
from trygghet.errors import Problem, ReportError


def screened(publishable: "Publishable[Any] | Sequence[Publishable[Any]]") -> tuple[Publishable[Any], ...]:
    """Take nothing but screened results.

    Parameters
    ----------
    publishable : Publishable or sequence of Publishable
        What is about to be written.

    Returns
    -------
    tuple of Publishable
        The same, at least one.

    Raises
    ------
    ReportError
        RAPP-03 for anything else.
    """
    given = (
        (publishable,)
        if isinstance(publishable, Publishable)
        else tuple(publishable)
        if isinstance(publishable, Sequence)
        else ()
    )
    if not given or not all(isinstance(each, Publishable) for each in given):
        raise _refused(type(publishable).__name__)
    return given


def refuse_unscreened(*given: object) -> None:
    """Stop what has not been screened, wherever in a report it stands.

    Parameters
    ----------
    *given : object
        Results, or lists and tuples of results at any depth.

    Raises
    ------
    ReportError
        RAPP-03 when any of it is no Publishable.
    """
    wrong = unscreened_types(given)
    if wrong:
        raise _refused(", ".join(wrong))


def refuse_unless(kind: type, given: object) -> None:
    """Stop a stand-in for the type that only screened results can be put into.

    Parameters
    ----------
    kind : type
        The type that is wanted.
    given : object
        What was given.

    Raises
    ------
    ReportError
        RAPP-03 when it is of another type.
    """
    if not isinstance(given, kind):
        raise _refused(type(given).__name__)


def _refused(kind: str) -> ReportError:
    return ReportError(
        Problem(
            code="RAPP-03",
            what=f"A {kind} was about to be written.",
            why="Only screened results may leave.",
            remedy="Screen it first: screen({name: result, ...}, rules).",
            facts={"typ": kind},
        )
    )
