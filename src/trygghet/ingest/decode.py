"""One column of a file to numbers and kinds of missing values, by the codebook."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from trygghet._typing import FloatArray
from trygghet.codebook import Code, MissingKind, Variable
from trygghet.codebook.names import folded

KindArray = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """A column after decoding.

    Parameters
    ----------
    numbers : ndarray of float, shape (n,)
        Codes or numbers; NaN where missing.
    kinds : ndarray of uint8, shape (n,)
        Why a value is missing; 0 where there is one.
    unknown : mapping of text to int
        Cells that the codebook does not know, with how many rows hold them.
    """

    numbers: FloatArray
    kinds: KindArray
    unknown: Mapping[str, int]


def decode(column: pd.Series, variable: Variable, *, aliases: Mapping[str, str] | None = None) -> Decoded:
    """Turn a column into numbers and kinds of missing values.

    Parameters
    ----------
    column : Series
        Floats with NaN, or texts.
    variable : Variable
        What the codes mean.
    aliases : mapping of str to str, optional
        Other spellings of labels.

    Returns
    -------
    Decoded
        Values, kinds and what the codebook does not know.
    """
    if pd.api.types.is_numeric_dtype(column) and (variable.coded or variable.kind == "continuous"):
        return _decode_numbers(column.to_numpy(dtype=np.float64), variable)
    return _decode_texts(column, variable, {folded(key): label for key, label in (aliases or {}).items()})


def as_number(text: str) -> float | None:
    """Read a number as Swedes or programs write it: decimal comma or point, hard spaces between thousands.

    Parameters
    ----------
    text : str
        The cell.

    Returns
    -------
    float or None
        The finite number, or None when the text is none.
    """
    plain = text.strip().replace("\u00a0", "").replace("\u202f", "").replace("\u2212", "-").replace(",", ".")
    if not plain or not any(character.isdigit() for character in plain) or "_" in plain:
        return None
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def as_numbers(column: pd.Series) -> FloatArray | None:
    """Read a column of numbers, with decimal commas or points.

    Parameters
    ----------
    column : Series
        Floats with NaN, or texts.

    Returns
    -------
    ndarray of float or None
        The numbers, NaN where a cell is empty; None where a text is no number.
    """
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(dtype=np.float64)
    positions, uniques = pd.factorize(column)
    texts = [str(cell) for cell in uniques]
    numbers = [as_number(text) for text in texts]
    if any(number is None and text.strip() for number, text in zip(numbers, texts, strict=True)):
        return None
    values = [np.nan if number is None else number for number in numbers]
    return np.array([*values, np.nan], dtype=np.float64)[positions]


def code_text(value: float) -> str:
    """Write a code as people do: 8 and not 8.0.

    Parameters
    ----------
    value : float
        A code.

    Returns
    -------
    str
        Its shortest form.
    """
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _decode_numbers(values: FloatArray, variable: Variable) -> Decoded:
    kinds = np.zeros(len(values), dtype=np.uint8)
    empty = np.isnan(values)
    kinds[empty] = MissingKind.named(variable.system_missing)
    declared = {
        number: kind for code, kind in variable.missing.items() if (number := _code_number(code)) is not None
    }
    present = pd.unique(values)
    drop = empty.copy()
    for number, kind in declared.items():
        if number in present:
            rows = values == number
            kinds[rows] = MissingKind.named(kind)
            drop |= rows
    unknown: dict[str, int] = {}
    if variable.kind != "continuous":
        known = {*variable.codes, *declared}
        for number in sorted(
            float(value) for value in present if not np.isnan(value) and float(value) not in known
        ):
            rows = values == number
            unknown[code_text(number)] = int(rows.sum())
            drop |= rows
    numbers = np.where(drop, np.nan, values) if (drop & ~empty).any() else values
    return Decoded(numbers, kinds, unknown)


def _decode_texts(column: pd.Series, variable: Variable, aliases: Mapping[str, str]) -> Decoded:
    positions, uniques = pd.factorize(column)
    reading = _Reading.of(variable, aliases)
    size = len(uniques) + 1
    values = np.full(size, np.nan)
    kinds = np.zeros(size, dtype=np.uint8)
    kinds[-1] = MissingKind.named(variable.system_missing)
    strange: dict[int, str] = {}
    for index, cell in enumerate(uniques):
        text = code_text(cell) if isinstance(cell, float) else str(cell)
        value, kind = reading.value(text), reading.kind(text)
        if kind is not None:
            kinds[index] = kind
        elif value is not None:
            values[index] = value
        elif variable.other is not None and as_number(text) is None:
            values[index] = variable.number(variable.other)
        else:
            strange[index] = text.strip()
    numbers = np.bincount(positions[positions >= 0], minlength=len(uniques))
    unknown: dict[str, int] = {}
    for index, text in strange.items():
        unknown[text] = unknown.get(text, 0) + int(numbers[index])
    return Decoded(values[positions], kinds[positions], unknown)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a text is read: as a code, a label, an alias or a declared kind of missing value."""

    numbers: Mapping[str, float]
    kinds: Mapping[str, MissingKind]
    system_missing: MissingKind
    continuous: bool

    @classmethod
    def of(cls, variable: Variable, aliases: Mapping[str, str]) -> "_Reading":
        by_label = {folded(text): variable.number(code) for code, text in variable.labels.items()}
        by_alias = {
            spelling: by_label[folded(label)]
            for spelling, label in aliases.items()
            if folded(label) in by_label
        }
        by_code = {key: variable.number(code) for code in variable.labels for key in keys_of(code)}
        kinds = {
            key: MissingKind.named(kind) for code, kind in variable.missing.items() for key in keys_of(code)
        }
        return cls(
            numbers=by_alias | by_label | by_code,
            kinds=kinds,
            system_missing=MissingKind.named(variable.system_missing),
            continuous=variable.kind == "continuous",
        )

    def value(self, text: str) -> float | None:
        if self.continuous:
            return as_number(text)
        return next((self.numbers[key] for key in keys_of(text) if key in self.numbers), None)

    def kind(self, text: str) -> MissingKind | None:
        if not text.strip():
            return self.system_missing
        return next((self.kinds[key] for key in keys_of(text) if key in self.kinds), None)


def _code_number(code: Code) -> float | None:
    return as_number(code) if isinstance(code, str) else float(code)


def keys_of(code: Code) -> tuple[str, ...]:
    """How a code or a cell is looked up: as written, then as the number that it is.

    Parameters
    ----------
    code : int, float or str
        A declared code, or a cell's text.

    Returns
    -------
    tuple of str
        Keys to try, in this order.
    """
    if not isinstance(code, str):
        return (code_text(code),)
    number = as_number(code)
    return (folded(code),) if number is None else (folded(code), code_text(number))
