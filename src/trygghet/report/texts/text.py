"""One text in both languages."""

from typing import NamedTuple


class Text(NamedTuple):
    """One text in both languages.

    Parameters
    ----------
    sv, en : str
        Swedish and English template with the same placeholders.
    """

    sv: str
    en: str
