"""The nearest known name, for errors that help."""

import difflib
import unicodedata
from collections.abc import Iterable


def folded(text: str) -> str:
    """Fold a text for matching: Unicode NFC, no surrounding or repeated space, no case.

    Parameters
    ----------
    text : str
        A label, an area name or a cell.

    Returns
    -------
    str
        The folded text.
    """
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most like ``name``, or an empty string when none is close.

    Parameters
    ----------
    name : str
        What was written.
    known : iterable of str
        What could have been meant.

    Returns
    -------
    str
        The nearest known name, or ``""``.
    """
    candidates = list(known)
    by_fold = {folded(candidate): candidate for candidate in candidates}
    found = difflib.get_close_matches(folded(name), by_fold, n=1, cutoff=0.5)
    return by_fold[found[0]] if found else ""
