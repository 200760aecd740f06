"""Results as Jupyter shows them: the table, and under it what was done to get it."""

from collections.abc import Sequence
from html import escape

import numpy as np
import pandas as pd

from trygghet._typing import FloatArray, IntArray


def result_html(title: str, table: pd.DataFrame, told: Sequence[str]) -> str:
    """Lay a result out as a piece of HTML.

    Parameters
    ----------
    title : str
        What the result is.
    table : DataFrame
        Its figures; at most 60 rows are shown.
    told : sequence of str
        What a reader must know beside them.

    Returns
    -------
    str
        A heading, a table and a paragraph.
    """
    shown = table.to_html(max_rows=60, float_format="{:.4g}".format)
    return f"<div><p><strong>{escape(title)}</strong></p>{shown}<p>{escape('; '.join(told))}</p></div>"


def range_of(name: str, values: FloatArray | IntArray) -> str:
    """Say what values a column holds.

    Parameters
    ----------
    name : str
        What they are.
    values : array
        One value a cell; those that are not finite are left out.

    Returns
    -------
    str
        One value, or the smallest and the largest.

    Examples
    --------
    >>> range_of("n", np.array([40, 1100])), range_of("df", np.array([np.nan, 7.0]))
    ('n 40 to 1,100', 'df 7')
    """
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    if not known.size:
        return f"{name} unknown"
    low, high = (_number(value) for value in (known.min(), known.max()))
    return f"{name} {low}" if low == high else f"{name} {low} to {high}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
