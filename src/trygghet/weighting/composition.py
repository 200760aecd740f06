"""Who answered against who lives here: groups before and after weighting beside the population."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from trygghet._typing import FloatArray, IntArray
from trygghet.ingest import Microdata
from trygghet.weighting.margins import Margins
from trygghet.weighting.membership import respelled
from trygghet.weighting.response import UNKNOWN_GROUP
from trygghet.weighting.sample import aliases_of
from trygghet.weighting.tables import as_category
from trygghet.weighting.weights import Weights


def composition(
    data: Microdata,
    variables: Sequence[str],
    *,
    weights: Weights | None = None,
    margins: Margins | None = None,
) -> pd.DataFrame:
    """Shares of groups among those who answered, after weighting, and in the population.

    Parameters
    ----------
    data : Microdata
        One stream's answers.
    variables : sequence of str
        Background variables, such as sex, age band and district.
    weights : Weights, optional
        Final weights of the same rows.
    margins : Margins, optional
        Population totals; a variable without a table of its own gets NaN.

    Returns
    -------
    DataFrame
        One row a group: ``grupp_av`` (label of the variable), ``grupp``, ``svarande`` (persons), ``andel_ovagd``, ``andel_vagd``
        and ``andel_befolkning`` (shares between 0 and 1), and ``designeffekt``, Kish's design effect of the weights within the group
        (two decimals); NaN where there are no weights or no population figures.

    Raises
    ------
    CodebookError
        When a variable is unknown or has no categories.
    """
    values = np.ones(len(data)) if weights is None else weights.values
    tables = [_one(data, name, values) for name in variables]
    for name, table in zip(variables, tables, strict=True):
        table["andel_befolkning"] = _population(margins, name, table["grupp"], aliases=aliases_of(data))
        if weights is None:
            table[["andel_vagd", "designeffekt"]] = np.nan
    return pd.concat(tables, ignore_index=True)


def _one(data: Microdata, name: str, values: FloatArray) -> pd.DataFrame:
    column = data.groups(name)
    codes: IntArray = np.where(column.codes < 0, len(column.labels), column.codes)
    labels = (*column.labels, UNKNOWN_GROUP)
    counts = np.bincount(codes, minlength=len(labels))
    weighted = np.bincount(codes, weights=values, minlength=len(labels))
    frame = pd.DataFrame(
        {
            "grupp_av": data.codebook.label_of(name),
            "grupp": labels,
            "svarande": counts,
            "andel_ovagd": counts / counts.sum(),
            "andel_vagd": weighted / weighted.sum(),
            "designeffekt": _kish(codes, values, counts=counts),
        }
    )
    return frame[(counts > 0) | (np.arange(len(labels)) < len(column.labels))].reset_index(drop=True)


def _kish(codes: IntArray, values: FloatArray, *, counts: IntArray) -> FloatArray:
    """``n * sum(w^2) / sum(w)^2`` within each group (groups,); NaN where there is nobody."""
    total, squares = (np.bincount(codes, weights=part, minlength=len(counts)) for part in (values, values**2))
    effects = np.full(len(counts), np.nan)
    np.divide(counts * squares, total**2, out=effects, where=counts > 0)
    return np.round(effects, 2)


def _population(
    margins: Margins | None, name: str, labels: "pd.Series[str]", *, aliases: Mapping[str, Mapping[str, str]]
) -> FloatArray:
    table = next((t for t in margins.tables if name in t.variables), None) if margins else None
    if table is None:
        return np.full(len(labels), np.nan)
    totals = respelled(table, aliases).collapsed((name,))
    all_totals = sum(totals.values())
    return np.array([totals.get(as_category(label), np.nan) / all_totals for label in labels])
