"""A sentence in both languages."""

from typing import NamedTuple


class Text(NamedTuple):
    """A template in both languages, with the same gaps."""

    sv: str
    en: str
