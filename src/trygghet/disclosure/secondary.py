"""Everything that is published together, protected together and then attacked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, IntArray, ObjectArray
from trygghet.disclosure.attack import remaining_ranges, too_narrow, widths
from trygghet.disclosure.comparisons import LEVEL, implied_levels, spread_to_comparisons
from trygghet.disclosure.counts import count_lattice
from trygghet.disclosure.lattice import Ranges, parts_of
from trygghet.disclosure.layers import Layer, layers_of, seen_by_each
from trygghet.disclosure.neighbours import Neighbours
from trygghet.disclosure.primary import marks_of
from trygghet.disclosure.relations import system_of
from trygghet.disclosure.released import Released
from trygghet.disclosure.rules import DisclosureRules
from trygghet.disclosure.structure import Structure
from trygghet.disclosure.suppression import Audits, protect
from trygghet.errors import DisclosureError, Problem

_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Exposure:
    """A withheld number that an outsider can find too closely.

    Parameters
    ----------
    wave : str
        Wave of the number.
    cell : str
        Wave, item, category and domain in words.
    layer : str
        How it is found: from the persons who gave the answer, from bases, inhabitants, sums or counts.
    width : float
        Width of the interval that remains.
    need : float
        Width that must remain.
    earlier : bool
        Whether earlier editions alone give it away, so that nothing withheld now can help.
    """

    wave: str
    cell: str
    layer: str
    width: float
    need: float
    earlier: bool


def secondary_reasons(
    cells: pd.DataFrame,
    reasons: ObjectArray,
    rules: DisclosureRules,
    *,
    structures: Mapping[str, Structure],
    released: Released,
) -> tuple[ObjectArray, tuple[Exposure, ...]]:
    """Withhold what would give withheld numbers away, and let an attacker try the rest.

    Parameters
    ----------
    cells : DataFrame
        Cells of a catalogue.
    reasons : array of str objects
        Why each cell is withheld for its own sake.
    rules : DisclosureRules
        Thresholds.
    structures : mapping of str to Structure
        What a reader knows beside, by wave.
    released : Released
        Cells of earlier editions.

    Returns
    -------
    tuple
        Reasons with ``"linked"`` and ``"derived"`` added, and what the attacker could still find.
    """
    levels = _levels(cells, reasons, rules, released=released)
    result = reasons.copy()
    published = levels["cell"].to_numpy() >= 0
    result[levels["cell"].to_numpy()[published]] = levels["reason"].to_numpy()[published]
    exposures: list[Exposure] = []
    for wave in sorted(levels["wave"].unique()):
        rows = np.flatnonzero((levels["wave"] == wave).to_numpy())
        part = levels.iloc[rows].reset_index(drop=True)
        linked, found = _protected_wave(part, rules, structures.get(str(wave), Structure()))
        exposures += found
        levels.loc[levels.index[rows[linked]], "reason"] = "linked"
        own = part["cell"].to_numpy()[linked]
        result[own[own >= 0]] = "linked"
    lattice, at = count_lattice(cells, rules)
    if len(at):
        layers = seen_by_each(Layer("counts", lattice), np.ones(len(at)))
        hidden, audits = protect([layer.lattice for layer in layers], result[at] != "")
        named = cells.iloc[at].reset_index(drop=True)
        exposures += [
            exposure
            for layer, ranges in zip(layers, audits, strict=True)
            for exposure in _exposures(layer, hidden, named, ranges=ranges)
        ]
        result[at[hidden & (result[at] == "")]] = "linked"
    unseen = levels.loc[(levels["cell"] < 0) & (levels["reason"] != ""), LEVEL]
    return spread_to_comparisons(cells, result, unseen), tuple(exposures)


def refuse_exposed(exposures: Sequence[Exposure]) -> None:
    """Stop when an attacker can find a withheld number and withholding more cannot prevent it.

    Parameters
    ----------
    exposures : sequence of Exposure
        What the attacker found.

    Raises
    ------
    DisclosureError
        SEK-09 unless every exposure was there before this edition.
    """
    new = [exposure for exposure in exposures if not exposure.earlier]
    if new:
        told = ", ".join(sorted({exposure.cell for exposure in new})[:_EXAMPLES])
        raise DisclosureError(
            Problem(
                code="SEK-09",
                what=f"{len(new)} withheld numbers can be worked out from what would be shown, such as {told}.",
                why="Everything that could be withheld beside them is published already.",
                remedy="Leave the result out, or publish it for larger groups.",
                facts={"antal": len(new), "exempel": told},
            )
        )


def _levels(
    cells: pd.DataFrame, reasons: ObjectArray, rules: DisclosureRules, *, released: Released
) -> pd.DataFrame:
    """Levels that are published, that comparisons give away, and that earlier editions gave or withheld."""
    marks = marks_of(cells, reasons, rules)
    every = cells.assign(cell=np.arange(len(cells)), reason=reasons, mark=marks)
    own = every[(every["quantity"] == "level") & (every["status"] != "not_asked")]
    implied = implied_levels(cells, reasons)
    implied = implied.assign(
        variant=0, value=0.5, numerator=np.maximum(implied["n"] // 2, 0), cell=-1, mark="", sampled=True
    )
    columns = [*LEVEL, "variant", "value", "n", "numerator", "cell", "reason", "mark", "sampled"]
    both = pd.concat([own[columns], implied[columns]], ignore_index=True)
    return released.joined_to(both, rules).sort_values([*LEVEL, "variant"], ignore_index=True)


def _protected_wave(
    part: pd.DataFrame, rules: DisclosureRules, structure: Structure
) -> tuple[IntArray, list[Exposure]]:
    """Rows of a wave's levels that must be withheld too, and what can still be found."""
    system = system_of(part, structure)
    row = system.nodes["row"].to_numpy()
    told, weakened = part, np.zeros(0, dtype=np.int64)
    hidden: BoolArray | None = None
    audits: Audits = ()
    while True:
        layers = layers_of(system, told, rules, populations=structure.populations)
        named = told.iloc[np.maximum(row, 0)].reset_index(drop=True)
        own = ((named["reason"] != "") & ~named["known"]).to_numpy(dtype=np.bool_)
        start: BoolArray = own | (row < 0)
        telling = _marks_at_odds(layers, start, named=named)
        if not telling.any():
            lattices = [layer.lattice for layer in layers]
            hidden, audits = protect(lattices, start, tried=hidden, known=audits)
            telling = _telling_marks(layers, hidden, audits, named=named)
            if not telling.any():
                break
        weakened = np.union1d(weakened, row[telling])
        told = told.assign(
            reason=np.where(np.isin(told.index, weakened), "linked", told["reason"]),
            mark=np.where(np.isin(told.index, weakened), "", told["mark"]),
        )
    found = [
        exposure
        for layer, ranges in zip(layers, audits, strict=True)
        for exposure in _exposures(layer, hidden, named, ranges=ranges)
    ]
    return np.union1d(row[hidden & ~start], weakened), found


def _marks_at_odds(layers: Sequence[Layer], withheld: BoolArray, *, named: pd.DataFrame) -> BoolArray:
    """Cells whose mark ("<4 %") narrows another one in a single sum, however much of that sum is withheld."""
    marked = _is_marked(named)
    result = np.zeros(len(withheld), dtype=np.bool_)
    for layer in layers:
        lattice = replace(layer.lattice, need=np.where(withheld, layer.lattice.need, 0.0))
        most = Neighbours(lattice, withheld | ~lattice.locked)
        bare = most.bare(np.arange(lattice.relations.shape[0]))
        result |= marked & (abs(lattice.relations[np.flatnonzero(bare)]).sum(axis=0) > 0)
    return result


def _telling_marks(
    layers: Sequence[Layer], hidden: BoolArray, audits: Audits, *, named: pd.DataFrame
) -> BoolArray:
    """Cells whose mark may be what narrows another one: they get the plain mark instead, the nearest ones first."""
    part, marked = parts_of(layers[0].lattice), _is_marked(named)
    beside, linked = np.zeros(len(part), dtype=np.bool_), np.zeros(len(part), dtype=np.bool_)
    for layer, ranges in zip(layers, audits, strict=True):
        narrow = too_narrow(layer.lattice, hidden, ranges)
        relations = abs(layer.lattice.relations)
        beside |= relations.T @ (relations @ narrow.astype(np.float64)) > 0
        linked |= np.isin(part, part[narrow])
    nearest: BoolArray = marked & beside
    return nearest if nearest.any() else marked & linked


def _is_marked(named: pd.DataFrame) -> BoolArray:
    return named["mark"].astype(str).str.startswith(("<", ">")).to_numpy(dtype=np.bool_)


def _exposures(layer: Layer, hidden: BoolArray, named: pd.DataFrame, *, ranges: Ranges) -> list[Exposure]:
    """What the audit of the final pattern found in one layer."""
    lattice = layer.lattice
    narrow = np.flatnonzero(too_narrow(lattice, hidden, ranges))
    if not len(narrow):
        return []
    most = hidden | ~lattice.locked
    hopeless = too_narrow(lattice, most, remaining_ranges(lattice, most))
    published_before = "known" in named and bool(named["known"].any())
    width = widths(lattice, ranges)
    return [
        Exposure(
            str(named["wave"].iloc[cell]),
            _told(named, int(cell)),
            layer.name,
            float(width[cell]),
            float(lattice.need[cell]),
            earlier=published_before and bool(hopeless[cell]),
        )
        for cell in narrow
        if not (layer.inside and hopeless[cell])
    ]


def _told(named: pd.DataFrame, cell: int) -> str:
    parts = (str(named[key].iloc[cell]) for key in ("wave", "item", "category", "domain"))
    return " ".join(part for part in parts if part)
