"""A result's own limits as columns of a table, and back."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.estimate.count_limits import CountLimits
from trygghet.estimate.edge_limits import DifferenceLimits, EdgeShares
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.limit_rules import KEPT_LEVELS, LevelLimits, LimitRule, limits_at

Columns = Mapping[str, FloatArray | IntArray | BoolArray]
_EDGES = ("values", "n", "dof", "effect")
_COUNTS = ("base", "cap", "fixed", "unseen", "size")


@dataclass(frozen=True, slots=True)
class StoredRule:
    """A rule as columns.

    Parameters
    ----------
    kind : {"", "differences", "counts", "levels"}
        Which rule; empty for none.
    columns : mapping of str to array, shape (p,)
        What it holds.
    """

    kind: str
    columns: Columns


def stored_rule(estimates: Estimates) -> StoredRule:
    """Lay the limits of a result out as columns.

    Parameters
    ----------
    estimates : Estimates
        Any result.

    Returns
    -------
    StoredRule
        Without columns where its limits follow from value and standard error.
    """
    if estimates.limit_rule is None:
        return StoredRule("", {})
    rule = estimates.limit_rule.kept(estimates)
    if isinstance(rule, DifferenceLimits):
        parts = {"first": rule.first, "second": rule.second}
        return StoredRule(
            "differences",
            {f"{side}_{name}": getattr(part, name) for side, part in parts.items() for name in _EDGES},
        )
    if isinstance(rule, CountLimits):
        return StoredRule("counts", {f"count_{name}": getattr(rule, name) for name in _COUNTS})
    levels = rule.at if isinstance(rule, LevelLimits) else limits_at(rule, estimates, KEPT_LEVELS)
    found = {level: dict(zip(("low", "high"), sides, strict=True)) for level, sides in levels.items()}
    return StoredRule(
        "levels", {f"{side}@{level!r}": found[level][side] for level in found for side in ("low", "high")}
    )


def rule_of(kind: str, columns: Columns) -> LimitRule | None:
    """Read limits back from columns.

    Parameters
    ----------
    kind : str
        Kind of :class:`StoredRule`.
    columns : mapping of str to array, shape (p,)
        Columns of the table, those of the rule among them.

    Returns
    -------
    LimitRule or None
        None where there was no rule.
    """
    if kind == "differences":
        first, second = (_edge_shares(columns, side) for side in ("first", "second"))
        return DifferenceLimits(first, second)
    if kind == "counts":
        base, cap, fixed, unseen, size = (columns[f"count_{name}"] for name in _COUNTS)
        flags = fixed.astype(np.bool_), unseen.astype(np.bool_)
        return CountLimits(base.astype(np.float64), cap.astype(np.float64), *flags, size.astype(np.float64))
    if kind == "levels":
        levels = [float(name.removeprefix("low@")) for name in columns if name.startswith("low@")]
        return LevelLimits(
            {level: (_side(columns, "low", level), _side(columns, "high", level)) for level in levels}
        )
    return None


def _edge_shares(columns: Columns, side: str) -> EdgeShares:
    values, n, dof, effect = (columns[f"{side}_{name}"] for name in _EDGES)
    return EdgeShares(
        values.astype(np.float64), n.astype(np.int64), dof.astype(np.float64), effect.astype(np.float64)
    )


def _side(columns: Columns, side: str, level: float) -> FloatArray:
    return columns[f"{side}@{level!r}"].astype(np.float64)
