"""Write an SPSS file with labels, user-missing values, questions and measurement levels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyreadstat

from trygghet._files import atomic_path

Measure = Literal["nominal", "ordinal", "scale"]


@dataclass(frozen=True, slots=True)
class SpssDictionary:
    """What an SPSS file says about its columns.

    Parameters
    ----------
    questions : mapping of column to str
        Column labels.
    labels : mapping of column to mapping of code to str
        Value labels.
    user_missing : mapping of column to list of values or (low, high) ranges
        At most three values, or one range and one value.
    measures : mapping of column to {"nominal", "ordinal", "scale"}
        Measurement levels.
    file_label : str
        The file's title.
    """

    questions: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[float | str, str]] = field(default_factory=dict)
    user_missing: Mapping[str, list[float | str | tuple[float, float]]] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    file_label: str = ""


def write_spss(path: str | Path, frame: pd.DataFrame, *, dictionary: SpssDictionary | None = None) -> None:
    """Write a frame as an SPSS file, atomically.

    Parameters
    ----------
    path : str or Path
        A .sav or .zsav file.
    frame : DataFrame
        Columns of numbers or texts.
    dictionary : SpssDictionary, optional
        Labels, missing values, questions and measurement levels.

    Notes
    -----
    A .sav file is compressed row by row, as SPSS itself does (a fifth of the size), and a .zsav file by zlib. Numbers are written
    as floats and texts as plain objects, because nullable types can give files that SPSS refuses.
    """
    dictionary = dictionary or SpssDictionary()
    plain = {
        name: column.astype("float64") if pd.api.types.is_numeric_dtype(column) else column.astype("object")
        for name, column in frame.items()
    }
    missing: dict[str, Any] = {
        name: [{"lo": value[0], "hi": value[1]} if isinstance(value, tuple) else value for value in values]
        for name, values in dictionary.user_missing.items()
    }
    labels: dict[str, Any] = {name: dict(texts) for name, texts in dictionary.labels.items()}
    path = Path(path)
    packed = path.suffix.lower() == ".zsav"
    with atomic_path(path) as temporary:
        pyreadstat.write_sav(
            pd.DataFrame(plain),
            str(temporary),
            file_label=dictionary.file_label,
            column_labels=dict(dictionary.questions),
            compress=packed,
            row_compress=not packed,
            missing_ranges=missing or None,
            variable_value_labels=labels,
            variable_measure=dict(dictionary.measures),
        )
