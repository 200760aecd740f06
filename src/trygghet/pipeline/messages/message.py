"""One entry of the Swedish error catalogue."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """What the analyst reads when an error with a given code stops the run.

    Each text is a :meth:`str.format` template over the problem's ``facts``.

    Parameters
    ----------
    vad : str
        What happened, in plain Swedish.
    var : str
        Where: file, column, setting or stage.
    atgard : str
        What to do.
    """

    vad: str
    var: str
    atgard: str
