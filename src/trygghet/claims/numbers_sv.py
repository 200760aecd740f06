"""Numbers and dates as Swedish readers expect them; the one home of that form, also for figures and tables.

Decimal comma, a hard space (U+00A0) between thousands and before the percent sign, an en dash in ranges, a true minus
(U+2212), small numbers in words. Halves are rounded away from zero, and a rounded zero has no sign.
"""

import datetime as dt
import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\N{NO-BREAK SPACE}"
EN_DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"

_WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_ORDINALS = (
    "nollte",
    "första",
    "andra",
    "tredje",
    "fjärde",
    "femte",
    "sjätte",
    "sjunde",
    "åttonde",
    "nionde",
    "tionde",
    "elfte",
    "tolfte",
)
_MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


def _rounded(value: float, decimals: int) -> Decimal:
    """Round half away from zero, on the decimal digits that a reader would see."""
    step = Decimal(1).scaleb(-decimals)
    return Decimal(repr(round(float(value), 12))).quantize(step, rounding=ROUND_HALF_UP)


def number(value: float, decimals: int = 0) -> str:
    """Write a number with decimal comma, hard thousands space and true minus.

    Parameters
    ----------
    value : float
        A finite number.
    decimals : int
        Decimals to show.

    Returns
    -------
    str
        For example ``"1 101"``, ``"23,4"`` or ``"−2"`` (hard space, U+2212).

    Raises
    ------
    ValueError
        The value is not finite: what stands in an empty cell is decided elsewhere.

    Examples
    --------
    >>> number(-2.35, 1)
    '−2,4'
    """
    if not math.isfinite(value):
        raise ValueError("a number without a value has no written form")
    rounded = _rounded(value, decimals)
    digits = f"{abs(rounded):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    return MINUS + digits if rounded < 0 else digits


def count(value: int) -> str:
    """Write a count with a hard space between thousands.

    Parameters
    ----------
    value : int
        A count.

    Returns
    -------
    str
        For example ``"1 101"``.

    Examples
    --------
    >>> count(1101) == "1" + NBSP + "101"
    True
    """
    return number(value)


def percent(share: float, decimals: int = 0) -> str:
    """Write a share as a percentage with a hard space before the sign.

    Parameters
    ----------
    share : float
        A share, 0 to 1.
    decimals : int
        Decimals to show; whole percent unless asked otherwise.

    Returns
    -------
    str
        For example ``"47 %"``.

    Examples
    --------
    >>> percent(0.234, 1) == "23,4" + NBSP + "%"
    True
    """
    return f"{number(100 * share, decimals)}{NBSP}%"


def share_range(low: float, high: float, decimals: int = 0) -> str:
    """Write two shares as a range of percentages without the sign, as in "felmarginal 43–51".

    Parameters
    ----------
    low, high : float
        Shares, 0 to 1.
    decimals : int
        Decimals to show.

    Returns
    -------
    str
        For example ``"43–51"``.

    Examples
    --------
    >>> share_range(0.43, 0.51)
    '43–51'
    """
    return span(100 * low, 100 * high, decimals)


def percent_range(low: float, high: float, decimals: int = 0) -> str:
    """Write two shares as a range of percentages, as in "23–28 %".

    Parameters
    ----------
    low, high : float
        Shares, 0 to 1.
    decimals : int
        Decimals to show.

    Returns
    -------
    str
        For example ``"23–28 %"``.

    Examples
    --------
    >>> percent_range(0.23, 0.28) == "23–28" + NBSP + "%"
    True
    """
    return f"{share_range(low, high, decimals)}{NBSP}%"


def span(low: float, high: float, decimals: int = 0) -> str:
    """Write a range of numbers; with "till" where a minus would stand against the dash.

    Parameters
    ----------
    low, high : float
        Ends of the range.
    decimals : int
        Decimals to show.

    Returns
    -------
    str
        For example ``"4–28"`` or ``"−2 till 8"``.

    Examples
    --------
    >>> span(4, 28)
    '4–28'
    >>> span(-2, 8) == "−2 till 8".replace(" ", NBSP)
    True
    """
    ends = number(low, decimals), number(high, decimals)
    return f"{NBSP}till{NBSP}".join(ends) if MINUS in ends[0] + ends[1] else EN_DASH.join(ends)


def points(difference: float, decimals: int = 0) -> str:
    """Write the size of a difference between shares in percentage points, without its sign.

    Parameters
    ----------
    difference : float
        Difference between two shares, −1 to 1.
    decimals : int
        Decimals to show.

    Returns
    -------
    str
        For example ``"16 procentenheter"``.

    Examples
    --------
    >>> points(-0.01) == "1" + NBSP + "procentenhet"
    True
    """
    size = number(100 * abs(difference), decimals)
    return f"{size}{NBSP}procentenhet" if size == "1" else f"{size}{NBSP}procentenheter"


def signed(value: float, decimals: int = 0) -> str:
    """Write a number with its sign always shown, except at zero.

    Parameters
    ----------
    value : float
        A finite number.
    decimals : int
        Decimals to show.

    Returns
    -------
    str
        For example ``"+3"``, ``"−2"`` or ``"0"``.

    Examples
    --------
    >>> signed(2.6), signed(-2.6), signed(-0.2)
    ('+3', '−3', '0')
    """
    return ("+" if _rounded(value, decimals) > 0 else "") + number(value, decimals)


def in_words(value: int) -> str:
    """Write a count in words up to twelve, in digits above.

    Parameters
    ----------
    value : int
        A count, not negative.

    Returns
    -------
    str
        For example ``"fyra"`` or ``"13"``.

    Examples
    --------
    >>> in_words(4), in_words(13)
    ('fyra', '13')
    """
    return _WORDS[value] if 0 <= value < len(_WORDS) else count(value)


def lower_start(text: str) -> str:
    """Write a phrase as it stands inside a sentence.

    Parameters
    ----------
    text : str
        A phrase such as ``"I Lunden"``.

    Returns
    -------
    str
        With a small first letter.

    Examples
    --------
    >>> lower_start("I Lunden")
    'i Lunden'
    """
    return text[:1].lower() + text[1:]


def ordinal(value: int) -> str:
    """Write an ordinal in words up to twelfth, with digits above.

    Parameters
    ----------
    value : int
        A positive integer.

    Returns
    -------
    str
        For example ``"åttonde"`` or ``"20:e"``.

    Examples
    --------
    >>> ordinal(8), ordinal(20)
    ('åttonde', '20:e')
    """
    return _ORDINALS[value] if 0 <= value < len(_ORDINALS) else f"{value}:e"


def listing(parts: Sequence[str]) -> str:
    """Join words with commas and "och".

    Parameters
    ----------
    parts : sequence of str
        What to list, in order.

    Returns
    -------
    str
        For example ``"a, b och c"``; empty for no parts.

    Examples
    --------
    >>> listing(["narkotika", "trafik", "inbrott"])
    'narkotika, trafik och inbrott'
    """
    return " och ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def long_date(day: dt.date) -> str:
    """Write a date for running text.

    Parameters
    ----------
    day : datetime.date
        A day.

    Returns
    -------
    str
        For example ``"13 december 2013"``, with a hard space after the day.

    Examples
    --------
    >>> long_date(dt.date(2013, 12, 13)) == "13" + NBSP + "december 2013"
    True
    """
    return f"{day.day}{NBSP}{_MONTHS[day.month - 1]} {day.year}"


def short_date(day: dt.date) -> str:
    """Write a date where space is tight, as in 2013-12-13.

    Parameters
    ----------
    day : datetime.date
        A day.

    Returns
    -------
    str
        ISO form with hyphens.

    Examples
    --------
    >>> short_date(dt.date(2013, 12, 13))
    '2013-12-13'
    """
    return day.isoformat()


def period(start: dt.date | None, end: dt.date | None) -> str:
    """Write when something was collected, by month.

    Parameters
    ----------
    start, end : datetime.date or None
        First and last day; one of them may be unknown.

    Returns
    -------
    str
        For example ``"mars 2026"``, ``"mars–april 2026"`` or ``"november 2025–januari 2026"``; empty when both are unknown.

    Examples
    --------
    >>> period(dt.date(2026, 3, 2), dt.date(2026, 4, 8))
    'mars–april 2026'
    """
    first, last = start or end, end or start
    if first is None or last is None:
        return ""
    closing = f"{_MONTHS[last.month - 1]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return closing
    opening = (
        _MONTHS[first.month - 1] if first.year == last.year else f"{_MONTHS[first.month - 1]} {first.year}"
    )
    return f"{opening}{EN_DASH}{closing}"
