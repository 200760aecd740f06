"""Orders among respondents without the places of withheld options, in any of the ways that they are counted."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray, IntArray, ObjectArray
from trygghet.disclosure.primary import floors_of
from trygghet.disclosure.rules import DisclosureRules
from trygghet.disclosure.statements import not_screened_together
from trygghet.estimate.shares import RespondentShares
from trygghet.ranking import OrderCheck, OrderStability, RespondentOrder
from trygghet.ranking.respondents import places_of


def mask_order(order: RespondentOrder, withheld: BoolArray, shares: RespondentShares) -> RespondentOrder:
    """Place the shown options anew; a gap in the places would tell between which values a withheld option lies.

    Parameters
    ----------
    order : RespondentOrder
        Order of all options.
    withheld : array of bool, shape (k,)
        Options to take out.
    shares : RespondentShares
        The same options, already masked.

    Returns
    -------
    RespondentOrder
        The withheld options have no place.
    """
    return replace(order, shares=shares, place=_placed_anew(order.place, ~withheld))


def hidden_elsewhere(
    found: OrderStability, cells: pd.DataFrame, reasons: ObjectArray
) -> dict[tuple[str, str], BoolArray]:
    """Options that are withheld in the streams that an order is checked against.

    Parameters
    ----------
    found : OrderStability
        Order with its checks.
    cells : DataFrame
        Cells of a catalogue.
    reasons : array of str objects
        Why each cell is withheld; empty where it is shown.

    Returns
    -------
    dict of (str, str) to array of bool, shape (k,)
        By wave and stream of the checks.

    Raises
    ------
    DisclosureError
        SEK-08 when a stream's shares are not screened with the order.
    """
    items = found.order.shares.cells["item"].to_numpy()
    whole = (cells["quantity"] == "level") & (cells["by"] == "")
    hidden = {}
    for check in found.checks:
        here = whole & (cells["wave"] == check.wave) & (cells["stream"] == check.stream)
        if not np.isin(items, cells.loc[here, "item"]).all():
            raise not_screened_together("ordningen bland de svarande", [f"{check.wave} {check.stream}"])
        hidden[check.wave, check.stream] = np.asarray(
            np.isin(items, cells.loc[here & (reasons != ""), "item"]), dtype=np.bool_
        )
    return hidden


def mask_stability(
    found: OrderStability,
    withheld: BoolArray,
    shares: RespondentShares,
    *,
    elsewhere: Mapping[tuple[str, str], BoolArray],
    rules: DisclosureRules,
) -> OrderStability:
    """Take withheld options out of every way to count, and whatever rests on too few.

    Parameters
    ----------
    found : OrderStability
        Order with its checks.
    withheld : array of bool, shape (k,)
        Options to take out.
    shares : RespondentShares
        The same options, already masked.
    elsewhere : mapping of (str, str) to array of bool, shape (k,)
        By wave and stream, the options that are withheld there.
    rules : DisclosureRules
        Thresholds.

    Returns
    -------
    OrderStability
        Checks without places beyond m. A check with too few answers, or that leaves out too few, has no places and no base, since
        the order as answered beside it would tell of those few. How many chose one option and not another is kept for the line
        between place m and the next alone, and only where no cell of that two by two table is small.
    """
    order = mask_order(found.order, withheld, shares)
    masked = replace(found, order=order, checks=(), alone=np.full_like(found.alone, np.nan))
    base = int(found.order.shares.n.max(initial=0))
    cells = found.order.shares.cells.assign(stream=found.order.shares.about.stream)
    floor = int(floors_of(cells, rules).max(initial=rules.base_floor))
    checks = []
    for check in found.checks:
        hidden = withheld | elsewhere.get((check.wave, check.stream), np.zeros_like(withheld))
        few = check.n < floor or (check.kind == "without" and 0 < base - check.n < floor)
        checks.append(_mask_check(check, hidden | few, m=found.m))
    return replace(masked, checks=tuple(checks), alone=_line_alone(masked, found, rules))


def _mask_check(check: OrderCheck, hidden: BoolArray, *, m: int) -> OrderCheck:
    """Places of the shown options up to m."""
    place = _placed_anew(check.place, ~hidden)
    return replace(check, place=np.where(place <= m, place, 0), n=0 if hidden.all() else check.n)


def _placed_anew(place: IntArray, kept: BoolArray) -> IntArray:
    """Places among some options, from their places among all."""
    return places_of(np.where(kept & (place > 0), -place.astype(np.float64), np.nan))


def _line_alone(masked: OrderStability, found: OrderStability, rules: DisclosureRules) -> FloatArray:
    """Numbers of those who chose one option at the line and not the other, where the two by two table may be known."""
    alone = masked.alone.copy()
    if masked.line is None:
        return alone
    inside, outside = masked.line
    shares = found.order.shares
    first, second = found.alone[inside, outside], found.alone[outside, inside]
    both = shares.numerator[inside] - first
    table = np.array([first, second, both, shares.n[inside] - first - second - both])
    if np.all((table == 0) | (table > rules.small_numerator)):
        alone[inside, outside], alone[outside, inside] = first, second
    return alone
