"""Comparisons: a difference or a change tells a withheld number to whoever knows the other one."""

import numpy as np
import pandas as pd

from trygghet._typing import ObjectArray
from trygghet.disclosure.cells import KEY
from trygghet.estimate.estimates import ALL, About
from trygghet.waves import waves_of

LEVEL = ["wave", "stream", "item", "category", "by", "domain"]
_DECIMALS = 9


def sides_of(cells: pd.DataFrame) -> pd.DataFrame:
    """Name the levels that each comparison compares, or gives away.

    Parameters
    ----------
    cells : DataFrame
        Cells of a catalogue.

    Returns
    -------
    DataFrame
        Column child (position of a comparison) and the names of a level: for a difference between a domain and the
        rest, the domain and the whole; for a change, the cell in both waves.
    """
    return pd.concat([_of_differences(cells), _of_changes(cells)], ignore_index=True)


def parents_of(cells: pd.DataFrame) -> pd.DataFrame:
    """Find the published levels that each comparison compares, or gives away.

    Parameters
    ----------
    cells : DataFrame
        Cells of a catalogue.

    Returns
    -------
    DataFrame
        Columns child and parent: positions of a comparison and of a level. Beside those of :func:`sides_of`, a domain
        of the same division is a parent when its value is what the difference leaves of the domain's own.
    """
    levels = cells.loc[cells["quantity"] == "level", [*LEVEL, "value"]].reset_index(names="parent")
    named = sides_of(cells).merge(levels, on=LEVEL)[["child", "parent"]]
    own = _of_differences(cells).query("by != ''").merge(levels, on=LEVEL)
    own["left"] = own["value"] - cells["value"].to_numpy()[own["child"]]
    division = [name for name in LEVEL if name != "domain"]
    versus = [
        own.assign(key=_nearest(own["left"], shift)).merge(
            levels.assign(key=_nearest(levels["value"], 0.0)), on=[*division, "key"], suffixes=("_own", "")
        )[["child", "parent"]]
        for shift in (-0.5, 0.0, 0.5)
    ]
    return pd.concat([named, *versus], ignore_index=True).drop_duplicates(ignore_index=True)


def spread_to_comparisons(cells: pd.DataFrame, reasons: ObjectArray, unseen: pd.DataFrame) -> ObjectArray:
    """Withhold every comparison of a withheld number.

    Parameters
    ----------
    cells : DataFrame
        Cells of a catalogue.
    reasons : array of str objects
        Why each cell is withheld; empty where it is shown.
    unseen : DataFrame
        Names of levels that are not published themselves and must stay unknown.

    Returns
    -------
    array of str objects
        The same with ``"derived"`` for the comparisons.
    """
    family = parents_of(cells)
    children = family.loc[reasons[family["parent"]] != "", "child"].to_numpy(dtype=np.int64)
    giving = (
        sides_of(cells).merge(unseen[LEVEL].drop_duplicates(), on=LEVEL)["child"].to_numpy(dtype=np.int64)
    )
    every = np.union1d(children, giving)
    result = reasons.copy()
    result[every] = np.where(result[every] == "", "derived", result[every])
    return result


def implied_levels(cells: pd.DataFrame, reasons: ObjectArray) -> pd.DataFrame:
    """Levels that are not published, but that a comparison gives away.

    Parameters
    ----------
    cells : DataFrame
        Cells of a catalogue.
    reasons : array of str objects
        Why each cell is withheld; empty where it is shown.

    Returns
    -------
    DataFrame
        Names of the levels, child (a comparison that gives it away, shown if any is), n (-1 where the comparison does not
        tell it) and reason (empty when it is given away).
    """
    sides = sides_of(cells)
    levels = cells.loc[cells["quantity"] == "level", LEVEL].drop_duplicates()
    absent = sides.merge(levels, on=LEVEL, how="left", indicator=True).query("_merge == 'left_only'")
    absent = absent.drop(columns="_merge")
    absent["reason"] = reasons[absent["child"]]
    absent["n"] = np.where(absent["domain"] == ALL, -1, cells["n"].to_numpy()[absent["child"]])
    shown_first = absent.sort_values(["reason", "child"], kind="stable")
    return shown_first.drop_duplicates(LEVEL, ignore_index=True)


def _nearest(values: "pd.Series[float]", shift: float) -> "pd.Series[float]":
    return (values * 10.0**_DECIMALS + 0.5 + shift).floordiv(1.0)


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
