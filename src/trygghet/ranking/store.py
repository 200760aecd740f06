"""Rankings as JSON: what ``ranks.json`` holds."""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from trygghet.errors import Problem, RankingError
from trygghet.estimate import About, DenseKernel, Estimates, RespondentShares
from trygghet.estimate.estimates import CELL_COLUMNS
from trygghet.ranking.plain import (
    Evidence,
    Ranking,
    assembled,
    evidence_of,
    floats,
    numbers,
    places,
    plain_of,
)

FORMAT = 2


def ranking_to_json(rankings: Mapping[str, Ranking]) -> str:
    """Write rankings as one JSON text; the same rankings always give the same text.

    Parameters
    ----------
    rankings : mapping of str to RankSets, TopSet, BayesRanks, RespondentOrder, OrderStability or CompositePriority
        Rankings by name.

    Returns
    -------
    str
        JSON with sorted keys.
    """
    tree = {"format": FORMAT, "rankings": {name: to_dict(found) for name, found in rankings.items()}}
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def ranking_from_json(text: str) -> dict[str, Ranking]:
    """Read rankings back.

    Parameters
    ----------
    text : str
        What :func:`ranking_to_json` wrote.

    Returns
    -------
    dict of str to ranking
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


def to_dict(found: Ranking) -> dict[str, Any]:
    """Turn a ranking into plain values for JSON.

    Parameters
    ----------
    found : RankSets, TopSet, BayesRanks, RespondentOrder, OrderStability or CompositePriority
        Ranking.

    Returns
    -------
    dict
        Lists, numbers and texts only; NaN is None.
    """
    return {
        "kind": type(found).__name__,
        "ranking": plain_of(found),
        "evidence": _evidence(evidence_of(found)),
    }


def from_dict(tree: Mapping[str, Any]) -> Ranking:
    """Make a ranking again from :func:`to_dict`.

    Parameters
    ----------
    tree : mapping
        Plain values.

    Returns
    -------
    one of the rankings
        The ranking; its estimates hold their covariance as a matrix.

    Raises
    ------
    RankingError
        ``RANG-09`` if the tree is no ranking.
    """
    kinds = {kind.__name__ for kind in Ranking.__args__}
    if tree.get("kind") not in kinds:
        raise _unreadable(str(tree.get("kind")))
    return assembled(tree["kind"], tree["ranking"], _evidence_from(tree["evidence"]))


def _evidence(evidence: Evidence) -> dict[str, Any] | None:
    """Plain values of estimates, the covariance as its lower triangle by rows; of shares the same without errors."""
    if evidence is None:
        return None
    plain = {
        "estimand": evidence.estimand,
        "cells": {str(name): [str(value) for value in column] for name, column in evidence.cells.items()},
        "values": numbers(evidence.values),
        "n": evidence.n.tolist(),
        "numerator": evidence.numerator.tolist(),
        "status": [str(value) for value in evidence.status],
        "about": {**dataclasses.asdict(evidence.about), "labels": dict(evidence.about.labels)},
    }
    if isinstance(evidence, RespondentShares):
        return plain
    covariance = evidence.covariance()
    return {
        **plain,
        "dof": numbers(evidence.dof),
        "design_effect": numbers(evidence.design_effect),
        "covariance": [numbers(covariance[row, : row + 1]) for row in range(len(evidence))],
    }


def _evidence_from(tree: Mapping[str, Any] | None) -> Evidence:
    """Estimates with a dense covariance, or shares without errors."""
    if tree is None:
        return None
    cells = pd.DataFrame(tree["cells"], columns=list(CELL_COLUMNS))
    values, n, numerator = floats(tree["values"]), places(tree["n"]), places(tree["numerator"])
    status, about = np.array(tree["status"], dtype=object), About(**tree["about"])
    if "covariance" not in tree:
        return RespondentShares(tree["estimand"], cells, values, n, numerator, status, about)
    count = len(values)
    covariance = np.full((count, count), np.nan)
    for row, listed in enumerate(tree["covariance"]):
        covariance[row, : row + 1] = covariance[: row + 1, row] = floats(listed)
    return Estimates(
        estimand=tree["estimand"],
        cells=cells,
        values=values,
        n=n,
        numerator=numerator,
        dof=floats(tree["dof"]),
        design_effect=floats(tree["design_effect"]),
        status=status,
        kernel=DenseKernel(covariance),
        about=about,
    )


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
