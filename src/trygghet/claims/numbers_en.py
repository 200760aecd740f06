"""Numbers as English readers expect them: the same roundings as the Swedish forms, in English dress."""

from collections.abc import Sequence

from trygghet.claims import numbers_sv
from trygghet.claims.numbers_sv import EN_DASH, MINUS, NBSP

_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_ORDINALS = (
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_FORM = str.maketrans({",": ".", NBSP: ","})


def number(value: float, decimals: int = 0) -> str:
    """Write a number with decimal point and thousands commas.

    Parameters
    ----------
    value : float
        A finite number.
    decimals : int
        Decimals to show.

    Returns
    -------
    str
        For example ``"1,101"``.

    Examples
    --------
    >>> number(1101), number(-2.35, 1)
    ('1,101', '−2.4')
    """
    return numbers_sv.number(value, decimals).translate(_FORM)


def percent(share: float, decimals: int = 0) -> str:
    """Write a share as a percentage.

    Parameters
    ----------
    share : float
        A share, 0 to 1.
    decimals : int
        Decimals to show.

    Returns
    -------
    str
        For example ``"47%"``.

    Examples
    --------
    >>> percent(0.47)
    '47%'
    """
    return f"{number(100 * share, decimals)}%"


def span(low: float, high: float, decimals: int = 0) -> str:
    """Write a range of numbers; with "to" where a minus would stand against the dash.

    Parameters
    ----------
    low, high : float
        Ends of the range.
    decimals : int
        Decimals to show.

    Returns
    -------
    str
        For example ``"4–28"`` or ``"−2 to 8"``.

    Examples
    --------
    >>> span(-2, 8)
    '−2 to 8'
    """
    ends = number(low, decimals), number(high, decimals)
    return " to ".join(ends) if MINUS in ends[0] + ends[1] else EN_DASH.join(ends)


def points(difference: float, decimals: int = 0) -> str:
    """Write the size of a difference between shares in percentage points, without its sign.

    Parameters
    ----------
    difference : float
        Difference between two shares.
    decimals : int
        Decimals to show.

    Returns
    -------
    str
        For example ``"16 percentage points"``.

    Examples
    --------
    >>> points(0.16)
    '16 percentage points'
    """
    size = number(100 * abs(difference), decimals)
    return f"{size} percentage point" if size == "1" else f"{size} percentage points"


def in_words(value: int) -> str:
    """Write a count in words up to twelve, in digits above.

    Parameters
    ----------
    value : int
        A count, not negative.

    Returns
    -------
    str
        For example ``"four"``.

    Examples
    --------
    >>> in_words(4), in_words(1101)
    ('four', '1,101')
    """
    return _WORDS[value] if 0 <= value < len(_WORDS) else number(value)


def ordinal(value: int) -> str:
    """Write an ordinal in words up to twelfth, with digits above.

    Parameters
    ----------
    value : int
        A positive integer.

    Returns
    -------
    str
        For example ``"fifth"`` or ``"20th"``.

    Examples
    --------
    >>> ordinal(5), ordinal(20), ordinal(21)
    ('fifth', '20th', '21st')
    """
    if 0 <= value < len(_ORDINALS):
        return _ORDINALS[value]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th") if value // 10 % 10 != 1 else "th"
    return f"{value}{ending}"


def listing(parts: Sequence[str]) -> str:
    """Join words with commas and "and".

    Parameters
    ----------
    parts : sequence of str
        What to list, in order.

    Returns
    -------
    str
        For example ``"a, b and c"``.

    Examples
    --------
    >>> listing(["drugs", "traffic", "burglary"])
    'drugs, traffic and burglary'
    """
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
