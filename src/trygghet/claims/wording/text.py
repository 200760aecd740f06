"""A sentence in both languages."""

from typing import NamedTuple


class Text(NamedTuple):
    """A template in both languages.

    Parameters
    ----------
    sv, en : str
        Swedish and English template with the same gaps.
    """

    sv: str
    en: str
