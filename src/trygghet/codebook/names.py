"""The nearest known name, for errors that help."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

_LEADS_ELSEWHERE = re.compile(r'[/\\:*?"<>|\x00-\x1f]|--|^\.')


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


def fits_a_file_name(name: str) -> bool:
    r"""Whether a name can be part of the name of a file, in one folder and on any machine.

    Parameters
    ----------
    name : str
        Name of a stream, a variable, a block or a set of items: results are kept in files that are named by them.

    Returns
    -------
    bool
        False for a name with a path in it, with a sign that some system refuses, or with the ``--`` that parts names.

    Examples
    --------
    >>> [fits_a_file_name(name) for name in ("brev", "webb 2026", "../x", r"a\b", "a--b")]
    [True, True, False, False, False]
    """
    return _LEADS_ELSEWHERE.search(name) is None


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
