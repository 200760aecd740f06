"""Comparisons: a difference or a change tells a withheld number to whoever knows the other one."""

import numpy as np
import pandas as pd

from trygghet._typing import ObjectArray
from trygghet.change import waves_of
from trygghet.disclosure.cells import KEY
from trygghet.estimate.estimates import ALL, About

_CELL = ["item", "category", "by", "domain"]
_LEVEL_KEY = ["wave", "stream", *_CELL]


def parents_of(cells: pd.DataFrame) -> pd.DataFrame:
    """Find the levels that each comparison compares.

    Parameters
    ----------
    cells : DataFrame
        Cells of a catalogue.

    Returns
    -------
    DataFrame
        Columns child and parent: positions of a comparison and of a level that it is made of, or that together with
        it gives such a level: for a difference between a domain and the rest, the domain and the whole; for a change,
        the cell in both waves.
    """
    levels = cells.loc[cells["quantity"] == "level", _LEVEL_KEY].reset_index(names="parent")
    wanted = pd.concat([_of_differences(cells), _of_changes(cells)], ignore_index=True)
    return wanted.merge(levels, on=_LEVEL_KEY)[["child", "parent"]]


def spread_to_comparisons(cells: pd.DataFrame, reasons: ObjectArray) -> ObjectArray:
    """Withhold every comparison of a withheld number.

    Parameters
    ----------
    cells : DataFrame
        Cells of a catalogue.
    reasons : array of str objects
        Why each cell is withheld; empty where it is shown.

    Returns
    -------
    array of str objects
        The same with ``"derived"`` for the comparisons.
    """
    family = parents_of(cells)
    hidden = family.loc[reasons[family["parent"]] != "", "child"].to_numpy()
    result = reasons.copy()
    result[hidden] = np.where(result[hidden] == "", "derived", result[hidden])
    return result


def _of_differences(cells: pd.DataFrame) -> pd.DataFrame:
    own = (
        cells.loc[cells["quantity"] == "difference", KEY].drop(columns="quantity").reset_index(names="child")
    )
    return pd.concat([own, own.assign(by="", domain=ALL)], ignore_index=True)


def _of_changes(cells: pd.DataFrame) -> pd.DataFrame:
    own = cells.loc[cells["quantity"] == "change", KEY].drop(columns="quantity").reset_index(names="child")
    waves = {joined: waves_of(About(wave=joined)) for joined in own["wave"].unique()}
    return pd.concat(
        [own.assign(wave=own["wave"].map(lambda joined, part=part: waves[joined][part])) for part in (0, 1)],
        ignore_index=True,
    )
