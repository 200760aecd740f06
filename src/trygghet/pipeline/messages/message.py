"""One entry of the Swedish error catalogue, and how its gaps are filled."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """What the analyst reads when an error with a given code stops the run.

    Each text is a template over the problem's ``facts``, see :func:`filled`.

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


def filled(template: str, facts: Mapping[str, Any]) -> str:
    r"""Fill a template; a gap with two words bends them after its number.

    Parameters
    ----------
    template : str
        As for :meth:`str.format`; ``{rows:person|personer}`` is the number with the word in the singular or the plural.
    facts : mapping of str to object
        What stands in the gaps.

    Returns
    -------
    str
        The text.

    Examples
    --------
    >>> filled("{rows:person är ensam|personer är ensamma} om sin {kind}.", {"rows": 1, "kind": "sort"})
    '1\xa0person är ensam om sin sort.'
    >>> filled("{rows:rad|rader} saknar löpnummer.", {"rows": 1200})
    '1\xa0200\xa0rader saknar löpnummer.'
    """
    return _BENDING.vformat(template, (), facts)


def counted(number: object, one: str, many: str) -> str:
    """Write a number with its word in the singular or the plural.

    Parameters
    ----------
    number : object
        A whole number, or its text.
    one, many : str
        What follows it when it is one, and else.

    Returns
    -------
    str
        Number and words with hard spaces between number and word, and between thousands.
    """
    written = f"{number:,}".replace(",", "\u00a0") if isinstance(number, int) else str(number)
    return f"{written}\u00a0{one if written == '1' else many}"


class _Bending(string.Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        one, bends, many = format_spec.partition("|")
        return counted(value, one, many) if bends else str(super().format_field(value, format_spec))


_BENDING = _Bending()
