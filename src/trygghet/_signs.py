"""Signs that no reader can see, or that turn the direction of reading: where they are, and a text without them."""

import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but not tab and line ends
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates of direction
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"  # no characters at all
)
_STANDS_FOR = "\N{REPLACEMENT CHARACTER}"


def unseen(text: str) -> tuple[str, ...]:
    r"""List the signs of a text that cannot be seen on paper and do not belong in a label.

    Parameters
    ----------
    text : str
        Text.

    Returns
    -------
    tuple of str
        Their code points such as ``"U+202E"``, each once, in order.

    Examples
    --------
    >>> unseen("Centrum\u202e"), unseen("Norr\tsöder")
    (('U+202E',), ())
    """
    return tuple(dict.fromkeys(f"U+{ord(sign):04X}" for sign in _UNSEEN.findall(text)))


def legible(text: str) -> str:
    r"""Put the sign for an unreadable one where a text has a sign that XML cannot hold or that turns the reading.

    Parameters
    ----------
    text : str
        Text from a file.

    Returns
    -------
    str
        Text of the same length, safe in every kind of file.

    Examples
    --------
    >>> legible("Norr\x00a")
    'Norr�a'
    """
    return _UNSEEN.sub(_STANDS_FOR, text)
