"""The same cells as an attacker may count them: persons who gave the answer, bases, and shares times inhabitants."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse

from trygghet._typing import BoolArray, FloatArray
from trygghet.disclosure.lattice import Lattice
from trygghet.disclosure.places import CROSSING
from trygghet.disclosure.relations import System
from trygghet.disclosure.rules import DisclosureRules

Slack = tuple[FloatArray, FloatArray]
_DEAR_TOTAL, _DEAR_MARGIN = 30.0, 3.0
_OPEN_END = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One way to attack a system.

    Parameters
    ----------
    name : str
        ``"answers"``, ``"bases"``, ``"inhabitants"`` or ``"sums"``.
    lattice : Lattice
        Cells, relations, bounds and needs.
    inside : bool
        Whether the attacker is the only person of some cell, and so knows its value.
    """

    name: str
    lattice: Lattice
    inside: bool = False


def layers_of(
    system: System,
    cells: pd.DataFrame,
    rules: DisclosureRules,
    *,
    populations: Mapping[tuple[str, str], float],
) -> tuple[Layer, ...]:
    """Set up every way in which the withheld cells of a system can be attacked.

    Parameters
    ----------
    system : System
        Nodes and relations.
    cells : DataFrame
        The cells of the system with columns value, reason, mark and known (published for good before).
    rules : DisclosureRules
        Thresholds.
    populations : mapping of tuple of str to float
        Inhabitants by (by, domain).

    Returns
    -------
    tuple of Layer
        Persons who gave the answer; the bases of the cells that are withheld for their base; for calibrated shares,
        ``N p = sum N_d p_d`` with the inhabitants of each domain; and sums of values that are no shares. Each as the single
        persons in cells of one see it, where there are any, and then as outsiders see it.
    """
    nodes = _described(system, cells, populations)
    every = sparse.csr_array(sparse.vstack([system.sums, system.answers]))
    share = nodes["share"].to_numpy()
    layers = [
        Layer("answers", _answers(nodes, every, share, rules=rules)),
        Layer("bases", _bases(nodes, system.sums, rules)),
    ]
    if not share.all():
        layers.append(Layer("sums", _masses(nodes, system.sums, ~share, rules=rules)))
    if populations:
        layers.append(Layer("inhabitants", _inhabitants(nodes, system.sums, share, rules=rules)))
    persons = _known_inside(system.sums, nodes["alone"].to_numpy(dtype=np.bool_))
    left = 1.0 - persons / np.maximum(nodes["n"].to_numpy(dtype=np.float64), 1.0)
    return tuple(seen for layer in layers for seen in seen_by_each(layer, left))


def seen_by_each(layer: Layer, left: FloatArray) -> tuple[Layer, ...]:
    """The layer as single persons see it and as outsiders do; who is one of the persons of a cell doubts the others alone.

    Parameters
    ----------
    layer : Layer
        One way to attack.
    left : array of float
        Part of each cell that is left to doubt when its single persons are known.

    Returns
    -------
    tuple of Layer
        The outsiders' alone where no cell is of a single person.
    """
    lattice = layer.lattice
    if not lattice.alone.any():
        return (layer,)
    room = np.maximum(lattice.cap - lattice.floor, 0.0) * np.maximum(left, 0.0)
    inside = replace(lattice, need=np.minimum(lattice.need, room))
    outside = replace(lattice, alone=np.zeros_like(lattice.alone), follows=True)
    return replace(layer, lattice=inside, inside=True), replace(layer, lattice=outside)


def _known_inside(sums: sparse.csr_array, alone: BoolArray) -> FloatArray:
    """How many single persons each cell holds in its parts, and in the parts of those; 0 for their own cells."""
    parts, wholes = sums.maximum(0.0), sparse.coo_array(sums.minimum(0.0))
    inside = alone.astype(np.float64)
    while True:
        more = inside.copy()
        np.maximum.at(more, wholes.col, (parts @ inside)[wholes.row])
        if np.array_equal(more, inside):
            return np.where(alone, 0.0, inside)
        inside = more


def _described(
    system: System, cells: pd.DataFrame, populations: Mapping[tuple[str, str], float]
) -> pd.DataFrame:
    nodes = system.nodes
    row = nodes["row"].to_numpy()
    published = row >= 0
    told = cells.iloc[np.maximum(row, 0)].reset_index(drop=True)
    single = published & (nodes["n"].to_numpy() == 1)
    return nodes.assign(
        published=published,
        alone=single & ~_holding_a_single(system.sums, single),
        reason=np.where(published, told["reason"], ""),
        mark=np.where(published, told["mark"], ""),
        value=np.where(published, told["value"], np.nan),
        known=published & told["known"].to_numpy(),
        inhabitants=_inhabitants_of(nodes, populations),
    )


def _inhabitants_of(nodes: pd.DataFrame, populations: Mapping[tuple[str, str], float]) -> FloatArray:
    """Known number of inhabitants of each node's domain; NaN where it is unknown or the node is no domain."""
    at = pd.MultiIndex.from_tuples(list(populations), names=["by", "domain"])
    people = pd.Series(list(populations.values()), index=at, dtype=np.float64)
    known = people.reindex(pd.MultiIndex.from_frame(nodes[["by", "domain"]])).to_numpy()
    result: FloatArray = np.where(nodes["beside"], np.nan, known)
    return result


def _holding_a_single(sums: sparse.csr_array, single: BoolArray) -> BoolArray:
    """Whether the only person of a cell is the only person of one of its parts, and so knows nothing more by the cell."""
    parts, wholes = sums > 0, sums < 0
    with_single = parts @ single.astype(np.float64) > 0
    result: BoolArray = wholes.T @ with_single.astype(np.float64) > 0
    return result


def _answers(
    nodes: pd.DataFrame, relations: sparse.csr_array, share: BoolArray, *, rules: DisclosureRules
) -> Lattice:
    n, x = nodes["n"].to_numpy(), nodes["x"].to_numpy()
    low, high = _sides(nodes)
    floor = np.where(high, n - rules.small_numerator, 0.0)
    cap = np.where(low, rules.small_numerator, n)
    need = np.where(share, np.ceil(_need_share(nodes, rules) * n - 1e-9), 0.0)
    bounds = x, np.minimum(floor, x), np.maximum(cap, x)
    slack = rounding_of_counts(np.where(share, x, 0.0), np.where(share, n, 0.0), rules.rounding)
    return _lattice(nodes, relations, bounds, need=need, slack=slack, whole=True)


def _bases(nodes: pd.DataFrame, relations: sparse.csr_array, rules: DisclosureRules) -> Lattice:
    n = nodes["n"].to_numpy()
    need = np.where(nodes["reason"] == "base", float(rules.protection), 0.0)
    bounds = n, np.zeros(len(n)), np.full(len(n), _OPEN_END * n.max(initial=1.0) + rules.protection)
    return _lattice(nodes, relations, bounds, need=need, slack=_exactly(n), whole=True)


def _masses(
    nodes: pd.DataFrame, relations: sparse.csr_array, mean: BoolArray, *, rules: DisclosureRules
) -> Lattice:
    x = nodes["x"].to_numpy()
    reach = _OPEN_END * np.abs(x).max(initial=1.0)
    need = np.where(mean & nodes["published"], rules.share_protection * np.abs(x), 0.0)
    bounds = x, np.where(x >= 0, 0.0, -reach), np.full(len(x), reach)
    return _lattice(nodes, relations, bounds, need=need, slack=_exactly(x), whole=False)


def _inhabitants(
    nodes: pd.DataFrame, relations: sparse.csr_array, share: BoolArray, *, rules: DisclosureRules
) -> Lattice:
    """Only sums of which every part has a known number of inhabitants; a domain of unknown people covers the others."""
    people = nodes["inhabitants"].to_numpy(dtype=np.float64)
    counted = np.isfinite(people) & share & nodes["sampled"].to_numpy(dtype=np.bool_)
    beside = nodes["beside"].to_numpy(dtype=np.bool_)
    unknown = (abs(relations) @ (~counted & ~beside).astype(np.float64)) > 0
    sums = sparse.csr_array(
        relations[np.flatnonzero(~unknown)] @ sparse.diags_array((~beside).astype(np.float64))
    )
    sums.eliminate_zeros()
    weight = np.where(counted, people, 0.0)
    share_of = np.where(np.isfinite(nodes["value"]), nodes["value"], nodes["x"] / np.maximum(nodes["n"], 1.0))
    low, high = _sides(nodes)
    bound = np.ceil(100.0 * rules.protection / np.maximum(nodes["n"].to_numpy(), 1.0)) / 100.0
    truth = np.clip(share_of, 0.0, 1.0) * weight
    floor, cap = np.where(high, (1.0 - bound) * weight, 0.0), np.where(low, bound * weight, weight)
    need = np.where(counted, _need_share(nodes, rules) * weight, 0.0)
    slack = rounding_of_shares(share_of, weight, rules.rounding)
    bounds = truth, np.minimum(floor, truth), np.maximum(cap, truth)
    return _lattice(nodes, sums, bounds, need=need, slack=slack, whole=False)


def rounding_of_counts(x: FloatArray, n: FloatArray, unit: float | None) -> Slack:
    """How many fewer, and how many more, persons could have given the answer for the share to be rounded to the same number.

    Parameters
    ----------
    x, n : array of float
        Persons who gave the answer, and bases.
    unit : float or None
        Unit that shares are rounded to.

    Returns
    -------
    tuple of array of float
        Fewer and more; 0 where shares are not rounded.

    Examples
    --------
    >>> rounding_of_counts(np.array([101.0]), np.array([250.0]), 0.01)
    (array([2.]), array([0.]))
    """
    if unit is None:
        return _exactly(x)
    base = np.maximum(n, 1.0)
    shown = np.round(x / base / unit)
    lowest = np.clip(np.ceil(base * unit * (shown - 0.5) - 1e-9), 0.0, n)
    highest = np.clip(np.floor(base * unit * (shown + 0.5) + 1e-9), 0.0, n)
    lowest += np.round(lowest / base / unit) != shown
    highest -= np.round(highest / base / unit) != shown
    return np.maximum(x - lowest, 0.0), np.maximum(highest - x, 0.0)


def rounding_of_shares(share: FloatArray, people: FloatArray, unit: float | None) -> Slack:
    """How much lower and higher a share times inhabitants could be for the share to be rounded to the same number.

    Parameters
    ----------
    share, people : array of float
        Shares before rounding, and inhabitants.
    unit : float or None
        Unit that shares are rounded to.

    Returns
    -------
    tuple of array of float
        Lower and higher; 0 where shares are not rounded.
    """
    if unit is None:
        return _exactly(share)
    inside = np.clip(share, 0.0, 1.0)
    shown = np.round(inside / unit) * unit
    lowest, highest = np.maximum(shown - unit / 2, 0.0), np.minimum(shown + unit / 2, 1.0)
    return np.maximum(inside - lowest, 0.0) * people, np.maximum(highest - inside, 0.0) * people


def _exactly(values: FloatArray) -> Slack:
    """Shown as they are."""
    return np.zeros(len(values)), np.zeros(len(values))


def _sides(nodes: pd.DataFrame) -> tuple[BoolArray, BoolArray]:
    """Whether the mark itself says that few, or nearly all, gave the answer."""
    marks = nodes["mark"].astype(str)
    low, high = (marks.str.startswith(sign).to_numpy(dtype=np.bool_) for sign in ("<", ">"))
    return low, high


def _need_share(nodes: pd.DataFrame, rules: DisclosureRules) -> FloatArray:
    """Width, as a share of the base, that must remain around a cell if it is withheld."""
    n = np.maximum(nodes["n"].to_numpy(dtype=np.float64), 1.0)
    persons = np.where(nodes["published"], rules.protection / n, 0.0)
    wide = np.where(nodes["reason"] == "base", rules.share_protection, 0.0)
    result: FloatArray = np.minimum(np.maximum(persons, wide), 1.0)
    return result


def _lattice(
    nodes: pd.DataFrame,
    relations: sparse.csr_array,
    bounds: tuple[FloatArray, FloatArray, FloatArray],
    *,
    need: FloatArray,
    slack: Slack,
    whole: bool,
) -> Lattice:
    truth, floor, cap = (np.asarray(bound, dtype=np.float64) for bound in bounds)
    n = nodes["n"].to_numpy(dtype=np.float64)
    crossing = nodes["by"].str.contains(CROSSING, regex=False).to_numpy(dtype=np.bool_)
    dear = np.where(nodes["by"] == "", _DEAR_TOTAL, np.where(crossing, 1.0, _DEAR_MARGIN))
    published = nodes["published"].to_numpy(dtype=np.bool_)
    known = nodes["known"].to_numpy(dtype=np.bool_)
    return Lattice(
        relations=relations,
        truth=truth,
        floor=floor,
        cap=cap,
        need=np.where(known, 0.0, np.minimum(need, cap - floor)),
        cost=np.log2(2.0 + n) * dear,
        locked=(published & (n == 0)) | known,
        alone=nodes["alone"].to_numpy(dtype=np.bool_),
        slack_down=np.where(published, slack[0], 0.0),
        slack_up=np.where(published, slack[1], 0.0),
        whole=whole,
    )
