"""Rank sets and top sets as JSON: what ``ranks.json`` holds."""

import dataclasses
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.errors import Problem, RankingError
from trygghet.estimate import About, DenseKernel, Estimates
from trygghet.estimate.estimates import CELL_COLUMNS
from trygghet.ranking.bounds import Pairs, RankBounds
from trygghet.ranking.options import RankOptions
from trygghet.ranking.sets import RankSets
from trygghet.ranking.top import TopSet

FORMAT = 1


def ranking_to_json(rankings: Mapping[str, RankSets | TopSet]) -> str:
    """Write rankings as one JSON text; the same rankings always give the same text.

    Parameters
    ----------
    rankings : mapping of str to RankSets or TopSet
        Rankings by name.

    Returns
    -------
    str
        JSON with sorted keys.
    """
    tree = {"format": FORMAT, "rankings": {name: to_dict(found) for name, found in rankings.items()}}
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def ranking_from_json(text: str) -> dict[str, RankSets | TopSet]:
    """Read rankings back.

    Parameters
    ----------
    text : str
        What :func:`ranking_to_json` wrote.

    Returns
    -------
    dict of str to RankSets or TopSet
        The rankings, sorted by name.

    Raises
    ------
    RankingError
        ``RANG-09`` if the text is no ranking file of this format.
    """
    try:
        tree = json.loads(text)
        if tree["format"] != FORMAT:
            raise _unreadable(f"format {tree['format']}")
        return {name: from_dict(found) for name, found in sorted(tree["rankings"].items())}
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable(f"{type(error).__name__}: {error}") from error


def to_dict(found: RankSets | TopSet) -> dict[str, Any]:
    """Turn a ranking into plain values for JSON.

    Parameters
    ----------
    found : RankSets or TopSet
        Ranking.

    Returns
    -------
    dict
        Lists, numbers and texts only; NaN is None.
    """
    if isinstance(found, TopSet):
        return {"kind": "top_set", "m": found.m, "ranks": to_dict(found.ranks)}
    bounds = found.bounds
    return {
        "kind": "rank_sets",
        "labels": list(found.labels),
        "estimates": _estimates_to_dict(found.estimates),
        "options": dataclasses.asdict(bounds.options),
        "rank": bounds.rank.tolist(),
        "lower": bounds.lower.tolist(),
        "upper": bounds.upper.tolist(),
        "ranked": bounds.ranked.tolist(),
        "ahead": _rows(bounds.ahead),
        "behind": _rows(bounds.behind),
        "critical_values": _numbers(bounds.critical_values),
        "borderline": [list(pair) for pair in bounds.borderline],
        "inseparable": [list(pair) for pair in bounds.inseparable],
    }


def from_dict(tree: Mapping[str, Any]) -> RankSets | TopSet:
    """Make a ranking again from :func:`to_dict`.

    Parameters
    ----------
    tree : mapping
        Plain values.

    Returns
    -------
    RankSets or TopSet
        The ranking; its estimates hold their covariance as a matrix.

    Raises
    ------
    RankingError
        ``RANG-09`` if the tree is no ranking.
    """
    kind = tree.get("kind")
    if kind == "top_set":
        ranks = from_dict(tree["ranks"])
        if not isinstance(ranks, RankSets):
            raise _unreadable("top_set")
        return TopSet(ranks, tree["m"])
    if kind != "rank_sets":
        raise _unreadable(str(kind))
    count = len(tree["labels"])
    bounds = RankBounds(
        rank=_places(tree["rank"]),
        lower=_places(tree["lower"]),
        upper=_places(tree["upper"]),
        ahead=_matrix(tree["ahead"], count),
        behind=_matrix(tree["behind"], count),
        ranked=np.array(tree["ranked"], dtype=np.bool_),
        critical_values=_floats(tree["critical_values"]),
        borderline=_index_pairs(tree["borderline"]),
        inseparable=_index_pairs(tree["inseparable"]),
        options=RankOptions(**tree["options"]),
    )
    return RankSets(_estimates_from_dict(tree["estimates"]), tuple(tree["labels"]), bounds)


def _estimates_to_dict(estimates: Estimates) -> dict[str, Any]:
    """Plain values of estimates, the covariance as its lower triangle by rows."""
    covariance = estimates.covariance()
    return {
        "estimand": estimates.estimand,
        "cells": {str(name): [str(value) for value in column] for name, column in estimates.cells.items()},
        "values": _numbers(estimates.values),
        "n": estimates.n.tolist(),
        "numerator": estimates.numerator.tolist(),
        "dof": _numbers(estimates.dof),
        "design_effect": _numbers(estimates.design_effect),
        "status": [str(value) for value in estimates.status],
        "covariance": [_numbers(covariance[row, : row + 1]) for row in range(len(estimates))],
        "about": {**dataclasses.asdict(estimates.about), "labels": dict(estimates.about.labels)},
    }


def _estimates_from_dict(tree: Mapping[str, Any]) -> Estimates:
    """Estimates with a dense covariance."""
    count = len(tree["values"])
    covariance = np.full((count, count), np.nan)
    for row, numbers in enumerate(tree["covariance"]):
        covariance[row, : row + 1] = covariance[: row + 1, row] = _floats(numbers)
    return Estimates(
        estimand=tree["estimand"],
        cells=pd.DataFrame(tree["cells"], columns=list(CELL_COLUMNS)),
        values=_floats(tree["values"]),
        n=_places(tree["n"]),
        numerator=_places(tree["numerator"]),
        dof=_floats(tree["dof"]),
        design_effect=_floats(tree["design_effect"]),
        status=np.array(tree["status"], dtype=object),
        kernel=DenseKernel(covariance),
        about=About(**tree["about"]),
    )


def _numbers(values: FloatArray) -> list[float | str | None]:
    """Floats as JSON has them: NaN is None, infinity a text."""
    return [
        None if math.isnan(value) else str(value) if math.isinf(value) else value for value in values.tolist()
    ]


def _floats(numbers: Sequence[float | str | None]) -> FloatArray:
    """Back from :func:`_numbers`."""
    return np.array([math.nan if number is None else float(number) for number in numbers], dtype=np.float64)


def _places(numbers: Sequence[int]) -> IntArray:
    """Whole numbers as an array."""
    return np.array(numbers, dtype=np.int64)


def _rows(flags: BoolArray) -> list[str]:
    """A table of flags as one text a row."""
    return ["".join("1" if flag else "0" for flag in row) for row in flags]


def _matrix(rows: Sequence[str], count: int) -> BoolArray:
    """Back from :func:`_rows`."""
    return np.array([[mark == "1" for mark in row] for row in rows], dtype=np.bool_).reshape(count, count)


def _index_pairs(pairs: Sequence[Sequence[int]]) -> Pairs:
    """Pairs of positions."""
    return tuple((int(j), int(k)) for j, k in pairs)


def _unreadable(found: str) -> RankingError:
    """Tell that a ranking file cannot be read."""
    return RankingError(
        Problem(
            code="RANG-09",
            what=f"The ranking file holds {found} where a ranking was expected.",
            why="It was written by another version, or changed afterwards.",
            remedy="Run the stage rank again.",
            facts={"found": found},
        )
    )
