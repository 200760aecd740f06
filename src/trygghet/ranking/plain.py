"""Rankings in plain parts: JSON-ready values apart from the estimates that they rest on."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.estimate import Estimates, RespondentShares
from trygghet.ranking.bayes import BayesRanks
from trygghet.ranking.bounds import Pairs, RankBounds
from trygghet.ranking.composite.declared import PillarWeights, SourceDeclaration
from trygghet.ranking.composite.factors import MethodFactors
from trygghet.ranking.composite.score import CompositePriority
from trygghet.ranking.composite.source import Source, UsedCell
from trygghet.ranking.options import RankOptions
from trygghet.ranking.order_stability import OrderCheck, OrderStability
from trygghet.ranking.respondents import RespondentOrder
from trygghet.ranking.sets import RankSets
from trygghet.ranking.top import TopSet

Ranking = RankSets | TopSet | BayesRanks | RespondentOrder | OrderStability | CompositePriority
Evidence = Estimates | RespondentShares | None
_BAYES_ARRAYS = ("mean", "spread", "expected_rank", "place_shares")
_COMPOSITE_ARRAYS = ("values", "normalised", "weights", "scores", "covariance")


def evidence_of(ranking: Ranking) -> Evidence:
    """What a ranking rests on.

    Parameters
    ----------
    ranking : one of the rankings
        Any result of this room that can be stored.

    Returns
    -------
    Estimates, RespondentShares or None
        Its cells; None for a composite without sampling error.
    """
    match ranking:
        case TopSet():
            return ranking.ranks.estimates
        case BayesRanks():
            return ranking.sets.estimates
        case RespondentOrder():
            return ranking.shares
        case OrderStability():
            return ranking.order.shares
        case CompositePriority():
            return ranking.ranks.estimates if ranking.ranks is not None else None
        case RankSets():
            return ranking.estimates


def plain_of(ranking: Ranking) -> dict[str, Any]:
    """Everything of a ranking but its evidence, JSON-ready.

    Parameters
    ----------
    ranking : one of the rankings
        Any result of this room that can be stored.

    Returns
    -------
    dict
        Lists, numbers and texts; NaN is None. A composite leaves out the estimates of its sources.
    """
    match ranking:
        case TopSet():
            return {"m": ranking.m, **_sets(ranking.ranks)}
        case BayesRanks():
            arrays = {name: numbers(getattr(ranking, name)) for name in _BAYES_ARRAYS}
            told = {name: getattr(ranking, name) for name in ("between", "variances", "draws", "seed")}
            known = None if ranking.covariates is None else numbers(ranking.covariates)
            return {**_sets(ranking.sets), **arrays, **told, "covariates": known}
        case RespondentOrder():
            return _order(ranking)
        case OrderStability():
            checks = [{**dataclasses.asdict(c), "place": c.place.tolist()} for c in ranking.checks]
            return {
                **_order(ranking.order),
                "m": ranking.m,
                "checks": checks,
                "alone": numbers(ranking.alone),
            }
        case CompositePriority():
            return _composite(ranking)
        case RankSets():
            return _sets(ranking)


def assembled(kind: str, plain: Mapping[str, Any], evidence: Evidence) -> Ranking:
    """Put a ranking together again.

    Parameters
    ----------
    kind : str
        Name of its type.
    plain : mapping
        What :func:`plain_of` gave.
    evidence : Estimates, RespondentShares or None
        What :func:`evidence_of` gave.

    Returns
    -------
    one of the rankings
        The ranking.

    Raises
    ------
    KeyError
        For another kind, or where a part is missing.
    """
    if kind == "CompositePriority":
        return _composite_from(plain, evidence)
    if isinstance(evidence, RespondentShares):
        order = RespondentOrder(evidence, tuple(plain["labels"]), places(plain["place"]))
        if kind == "RespondentOrder":
            return order
        checks = tuple(OrderCheck(**{**c, "place": places(c["place"])}) for c in plain["checks"])
        return OrderStability(order, plain["m"], checks, floats(plain["alone"]))
    if not isinstance(evidence, Estimates):
        raise KeyError(kind)
    sets = _sets_from(plain, evidence)
    if kind == "RankSets":
        return sets
    if kind == "TopSet":
        return TopSet(sets, plain["m"])
    arrays: dict[str, Any] = {name: floats(plain[name]) for name in _BAYES_ARRAYS}
    told = {name: plain[name] for name in ("between", "variances", "draws", "seed")}
    known = None if plain["covariates"] is None else floats(plain["covariates"])
    return BayesRanks(sets, **arrays, **told, covariates=known)


def numbers(values: FloatArray) -> list[Any]:
    """Floats as JSON has them, in the shape of the array: NaN is None, infinity a text.

    Parameters
    ----------
    values : ndarray
        Floats.

    Returns
    -------
    list
        Nested as the array is.
    """
    if values.ndim > 1:
        return [numbers(row) for row in values]
    return [
        None if math.isnan(value) else str(value) if math.isinf(value) else value for value in values.tolist()
    ]


def floats(listed: Sequence[Any]) -> FloatArray:
    """Back from :func:`numbers`.

    Parameters
    ----------
    listed : sequence
        Nested lists.

    Returns
    -------
    ndarray
        Floats.
    """
    if listed and isinstance(listed[0], list):
        return np.stack([floats(row) for row in listed])
    return np.array([math.nan if number is None else float(number) for number in listed], dtype=np.float64)


def places(listed: Sequence[int]) -> IntArray:
    """Whole numbers as an array.

    Parameters
    ----------
    listed : sequence of int
        Numbers.

    Returns
    -------
    ndarray of int
        The same.
    """
    return np.array(listed, dtype=np.int64)


def _order(order: RespondentOrder) -> dict[str, Any]:
    """Plain values of an order among respondents."""
    return {"labels": list(order.labels), "place": order.place.tolist()}


def _sets(ranks: RankSets) -> dict[str, Any]:
    """Plain values of rank sets."""
    bounds = ranks.bounds
    return {
        "labels": list(ranks.labels),
        "options": dataclasses.asdict(bounds.options),
        "rank": bounds.rank.tolist(),
        "lower": bounds.lower.tolist(),
        "upper": bounds.upper.tolist(),
        "ranked": bounds.ranked.tolist(),
        "ahead": _rows(bounds.ahead),
        "behind": _rows(bounds.behind),
        "critical_values": numbers(bounds.critical_values),
        "borderline": [list(pair) for pair in bounds.borderline],
        "inseparable": [list(pair) for pair in bounds.inseparable],
    }


def _sets_from(plain: Mapping[str, Any], estimates: Estimates) -> RankSets:
    """Rank sets again."""
    count = len(plain["labels"])
    bounds = RankBounds(
        rank=places(plain["rank"]),
        lower=places(plain["lower"]),
        upper=places(plain["upper"]),
        ahead=_matrix(plain["ahead"], count),
        behind=_matrix(plain["behind"], count),
        ranked=np.array(plain["ranked"], dtype=np.bool_),
        critical_values=floats(plain["critical_values"]),
        borderline=_index_pairs(plain["borderline"]),
        inseparable=_index_pairs(plain["inseparable"]),
        options=RankOptions(**plain["options"]),
    )
    return RankSets(estimates, tuple(plain["labels"]), bounds)


def _composite(found: CompositePriority) -> dict[str, Any]:
    """Plain values of a composite."""
    return {
        "problems": list(found.problems),
        "sources": [
            {
                "name": source.name,
                "kind": source.kind,
                "declared": dataclasses.asdict(source.declared),
                "values": dict(
                    zip(source.values, numbers(np.array(list(source.values.values()))), strict=True)
                ),
                "variances": dict(source.variances),
                "uses": {problem: list(use) for problem, use in source.uses.items()},
            }
            for source in found.sources
        ],
        "declared": dataclasses.asdict(found.declared),
        **{f"array_{name}": numbers(getattr(found, name)) for name in _COMPOSITE_ARRAYS},
        "status": [str(status) for status in found.status],
        "clipped": _rows(found.clipped),
        "ranks": None if found.ranks is None else _sets(found.ranks),
        "rules": list(found.rules),
        "factors": dataclasses.asdict(found.factors),
    }


def _composite_from(plain: Mapping[str, Any], evidence: Evidence) -> CompositePriority:
    """A composite again; its sources know their numbers, but no longer their covariance."""
    count, listed = len(plain["problems"]), plain["sources"]
    ranks = None
    if plain["ranks"] is not None and isinstance(evidence, Estimates):
        ranks = _sets_from(plain["ranks"], evidence)
    scale, missing = plain["rules"]
    factors: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in plain["factors"].items()
    }
    return CompositePriority(
        problems=tuple(plain["problems"]),
        sources=tuple(_source_from(source) for source in listed),
        declared=PillarWeights(**plain["declared"]),
        **{
            name: floats(plain[f"array_{name}"]).reshape(
                (count,) if name == "scores" else (count, count if name == "covariance" else len(listed))
            )
            for name in _COMPOSITE_ARRAYS
        },
        status=np.array(plain["status"], dtype=object),
        clipped=_matrix(plain["clipped"], len(listed)),
        ranks=ranks,
        rules=(scale, missing),
        factors=MethodFactors(**factors),
    )


def _source_from(plain: Mapping[str, Any]) -> Source:
    """A source without the estimates that its numbers came from."""
    declared = dict(plain["declared"])
    if declared["goalposts"] is not None:
        declared["goalposts"] = tuple(declared["goalposts"])
    return Source(
        name=plain["name"],
        kind=plain["kind"],
        declared=SourceDeclaration(**declared),
        values=dict(zip(plain["values"], floats(list(plain["values"].values())).tolist(), strict=True)),
        variances=plain["variances"],
        uses={problem: UsedCell(*use) for problem, use in plain["uses"].items()},
    )


def _rows(flags: BoolArray) -> list[str]:
    """A table of flags as one text a row."""
    return ["".join("1" if flag else "0" for flag in row) for row in flags]


def _matrix(rows: Sequence[str], width: int) -> BoolArray:
    """Back from :func:`_rows`."""
    return np.array([[mark == "1" for mark in row] for row in rows], dtype=np.bool_).reshape(len(rows), width)


def _index_pairs(pairs: Sequence[Sequence[int]]) -> Pairs:
    """Pairs of positions."""
    return tuple((int(j), int(k)) for j, k in pairs)
