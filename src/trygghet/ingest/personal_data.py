"""Finds personal data: Swedish identity numbers, telephone numbers, e-mail, plates, coordinates and network addresses.

Nothing here returns or keeps a value; findings are kinds and counts.
"""

import re
from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd

from trygghet._typing import FloatArray, IntArray
from trygghet.codebook.names import folded

_NUMBER = re.compile(r"(?<!\d)(?:1[89]|20)?(\d{2})(0[1-9]|1[0-2])(\d{2})[-+ ]?(\d{4})(?!\d)")
_PATTERNS = {
    "e-postadress": re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}"),
    "telefonnummer": re.compile(
        r"(?<!\d)(?:\+46|0046|0)[\s-]?(?:7[02369](?:[\s-]?\d){7}|[1-9]\d{0,2}[\s-]\d(?:[\s-]?\d){4,7})(?!\d)"
    ),
    "registreringsnummer": re.compile(r"\b[A-HJ-PR-UW-Z]{3}\s?\d{2}[A-HJ-PR-UW-Z0-9]\b", re.IGNORECASE),
    "koordinat": re.compile(
        r"\b(?:5[5-9]|6\d)[.,]\d{3,}\D{1,6}(?:1\d|2[0-4])[.,]\d{3,}|\b[67]\d{6}\D{1,6}[2-9]\d{5}\b"
    ),
    "nätadress": re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b"),
}
_COLUMN_NAMES = re.compile(
    r"^(för|efter|användar)?namn|name$|e-?post|e-?mail|mejl|telefon|mobilnummer|phone|adress|address|personn(umme)?r|"
    r"latitud|longitud|breddgrad|längdgrad|koordinat|ip-?addr|ip-?adress|\bssn\b"
)
_HARMLESS_NAMES = re.compile(r"filnamn|område|stadsdel|skolans namn|filename")
_SHARE = 0.2


def is_identity_number(digits: str) -> bool:
    """Tell whether ten digits are a personnummer or a samordningsnummer: a date (the day perhaps plus 60) and a Luhn check digit.

    Parameters
    ----------
    digits : str
        Ten digits: YYMMDDNNNC.

    Returns
    -------
    bool
        True when they are.

    Examples
    --------
    >>> is_identity_number("8112189876")
    True
    >>> is_identity_number("8112189875")
    False
    """
    if len(digits) != 10 or not digits.isdecimal():
        return False
    day = int(digits[4:6])
    if not 1 <= int(digits[2:4]) <= 12 or not (1 <= day <= 31 or 61 <= day <= 91):
        return False
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def kinds_in(text: str) -> tuple[str, ...]:
    """Name the kinds of personal data in a text.

    Parameters
    ----------
    text : str
        A cell.

    Returns
    -------
    tuple of str
        Swedish names of kinds, each once; empty when nothing was found.
    """
    if "@" not in text and not any(character.isdigit() for character in text):
        return ()
    numbers = (found[1] + found[2] + found[3] + found[4] for found in _NUMBER.finditer(text))
    kinds = ["personnummer"] if any(map(is_identity_number, numbers)) else []
    return (*kinds, *(kind for kind, pattern in _PATTERNS.items() if pattern.search(text)))


def is_personal_name(column: str) -> bool:
    """Tell whether a column's name says that it holds personal data.

    Parameters
    ----------
    column : str
        Name or question.

    Returns
    -------
    bool
        True for names such as ``E-post`` and ``RecipientEmail``.
    """
    name = folded(column)
    return len(name) <= 40 and _COLUMN_NAMES.search(name) is not None and _HARMLESS_NAMES.search(name) is None


def findings(column: pd.Series) -> Counter[str]:
    """Count the cells of a column that hold personal data, by kind.

    Parameters
    ----------
    column : Series
        Texts, or numbers that may be identity numbers.

    Returns
    -------
    Counter
        Cells by kind.
    """
    if pd.api.types.is_numeric_dtype(column):
        number = _identity_numbers(column.to_numpy(dtype=np.float64))
        return Counter({"personnummer": number} if number else {})
    counts = column.dropna().value_counts()
    found: Counter[str] = Counter()
    for text, rows in zip(counts.index, counts.tolist(), strict=True):
        for kind in kinds_in(str(text)):
            found[kind] += int(rows)
    return found


def is_identifying(column: pd.Series) -> str:
    """Name the kind of personal data that a column is made of, if it is.

    Parameters
    ----------
    column : Series
        A column whose values would be kept.

    Returns
    -------
    str
        The kind that more than a fifth of the cells hold; empty when none does.
    """
    filled = int(column.notna().sum())
    found = findings(column).most_common(1)
    return found[0][0] if found and found[0][1] > _SHARE * filled else ""


def singled_out(columns: Iterable[FloatArray]) -> int:
    """Count the rows that are alone with their combination of values.

    Parameters
    ----------
    columns : iterable of ndarray, shape (n,)
        Background columns; NaN is a value of its own.

    Returns
    -------
    int
        Rows in combinations of one.
    """
    combined: IntArray | None = None
    for values in columns:
        codes, uniques = pd.factorize(values, use_na_sentinel=False)
        mixed = codes if combined is None else combined * len(uniques) + codes
        combined = pd.factorize(mixed)[0].astype(np.int64)
    if combined is None:
        return 0
    return int((np.bincount(combined) == 1).sum())


def _identity_numbers(values: FloatArray) -> int:
    """Count the whole numbers of nine, ten or twelve digits that are identity numbers; nine is ten with a lost zero."""
    large = values[(values >= 1e8) & (values < 1e12)]
    whole = large[large == np.floor(large)]
    texts = (f"{int(value):010d}" for value in whole.tolist())
    return sum(
        is_identity_number(text[-10:]) for text in texts if len(text) == 10 or text[:2] in {"18", "19", "20"}
    )
