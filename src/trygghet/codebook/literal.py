"""A checked codebook as a Python literal: read a hundred times faster than YAML, with codes of the same type.

JSON would turn the code 1 into the text "1", and the two are different codes in a file of texts.
"""

from ast import literal_eval
from datetime import date
from typing import Any

from trygghet.codebook.book import Codebook


def codebook_to_literal(book: Codebook) -> str:
    """Write a codebook as one Python literal.

    Parameters
    ----------
    book : Codebook
        The codebook.

    Returns
    -------
    str
        Mappings, sequences, texts and numbers, without the defaults.
    """
    return repr(_plain(book.model_dump(by_alias=True, exclude_defaults=True)))


def codebook_from_literal(text: str) -> Codebook:
    """Read what :func:`codebook_to_literal` wrote.

    Parameters
    ----------
    text : str
        The literal.

    Returns
    -------
    Codebook
        Equal to the codebook that was written.

    Raises
    ------
    ValueError
        When the text is no literal, or no codebook.
    """
    try:
        return Codebook.model_validate(literal_eval(text))
    except (SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise ValueError("no codebook") from error


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value
