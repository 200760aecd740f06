"""Names in a draft: plain letters, each used once."""

import re
from collections.abc import Mapping
from typing import Any

from trygghet.codebook.names import folded


def plain(text: str) -> str:
    """Write a text with small plain letters, digits and underscores.

    Parameters
    ----------
    text : str
        A column's name, a question or an option.

    Returns
    -------
    str
        A name.
    """
    letters = folded(text).translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")


def free(name: str, taken: set[str]) -> str:
    """Take a name, with a number behind it where it is taken.

    Parameters
    ----------
    name : str
        Wanted name.
    taken : set of str
        Names that are taken; the new one is added.

    Returns
    -------
    str
        A name that was free.
    """
    found = next(n for n in (name, *(f"{name}_{number}" for number in range(2, 1000))) if n not in taken)
    taken.add(found)
    return found


def coded(codes: Mapping[float | str, str]) -> dict[Any, str]:
    """Write whole numbers as whole numbers.

    Parameters
    ----------
    codes : mapping of code to str
        Codes with their texts.

    Returns
    -------
    dict
        The same, ready for YAML.
    """
    return {
        int(code) if isinstance(code, float) and code.is_integer() else code: text
        for code, text in codes.items()
    }
