"""Ratios and totals of many items over many domains in one pass a item: sums per cell, never rows times estimates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from trygghet._threads import one_thread
from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.design import DomainPlan, SurveyDesign, plan_domains
from trygghet.design.binary import BinaryPlan, ShareSums, plan_shares
from trygghet.design.domains import summed
from trygghet.estimate.items import Item, valid_rows
from trygghet.estimate.partitions import Partition
from trygghet.estimate.replicated import replicate_deviations, replicated_values


@dataclass(frozen=True, slots=True, eq=False)
class CellFigures:
    """Figures of every cell, items first and then domains; each of shape (items, domains).

    Parameters
    ----------
    values : array of float
        Ratios or totals; NaN in empty domains.
    size : array of float
        Weighted denominators (weighted bases for means).
    variances : array of float
        Design variances.
    n : array of int
        Unweighted bases.
    numerator : array of int
        Unweighted positives of shares, else -1.
    dof : array of float
        Design degrees of freedom.
    design_effect : array of float
        Variance over that of simple random sampling with replacement.
    replicated : array of float, shape (domains, R, items), or None
        Estimates of each replicate, for a design with replicates.
    """

    values: FloatArray
    size: FloatArray
    variances: FloatArray
    n: IntArray
    numerator: IntArray
    dof: FloatArray
    design_effect: FloatArray
    replicated: FloatArray | None = None

    @classmethod
    def empty(cls, items: int, domains: int) -> "CellFigures":
        """Room for the figures of a request.

        Parameters
        ----------
        items, domains : int
            Sizes.

        Returns
        -------
        CellFigures
            To be filled.
        """
        shape = (items, domains)
        floats = [np.full(shape, np.nan) for _ in range(5)]
        counts = [np.zeros(shape, dtype=np.int64), np.full(shape, -1, dtype=np.int64)]
        return cls(floats[0], floats[1], floats[2], counts[0], counts[1], floats[3], floats[4])


def cell_figures(
    design: SurveyDesign, items: Sequence[Item], partitions: Sequence[Partition], *, total: bool
) -> CellFigures:
    """Estimate every item in every domain with its variance, linearised or from replicates.

    Parameters
    ----------
    design : SurveyDesign
        The full sample.
    items : sequence of Item
        What to estimate.
    partitions : sequence of Partition
        Where.
    total : bool
        Totals of the numerators instead of ratios.

    Returns
    -------
    CellFigures
        Domains of all partitions side by side.
    """
    with one_thread():
        figures = _linearised(design, items, partitions, total=total)
    if design.replicates is None:
        return figures
    replicated = replicated_values(design, items, partitions, total=total)
    variances = np.empty_like(figures.variances)
    for domain in range(variances.shape[1]):
        deviations = replicate_deviations(design, replicated[domain], figures.values[:, domain])
        variances[:, domain] = np.einsum("rj,rj->j", deviations, deviations, dtype=np.float64)
    variances[~np.isfinite(figures.values)] = np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        effect = figures.design_effect * variances / figures.variances
    dof = figures.dof if design.replicates.dof is None else np.full_like(figures.dof, design.replicates.dof)
    return replace(figures, variances=variances, design_effect=effect, dof=dof, replicated=replicated)


def _linearised(
    design: SurveyDesign, items: Sequence[Item], partitions: Sequence[Partition], *, total: bool
) -> CellFigures:
    """Figures with linearised variances."""
    figures = CellFigures.empty(len(items), sum(map(len, partitions)))
    if not total and all(item.share for item in items):
        short = [
            plan_shares(design.variance, design.weights, part.codes, count=len(part)) for part in partitions
        ]
        if all(plan is not None for plan in short):
            _fill_shares(figures, design, items=items, plans=[plan for plan in short if plan is not None])
            return figures
    plans = [plan_domains(design.variance, part.codes, len(part)) for part in partitions]
    counted = None if (design.weights > 0).all() else design.weights > 0
    for row, item in enumerate(items):
        scores = _weighted_scores(design, item, counted)
        first = 0
        for plan in plans:
            _fill(figures, (row, slice(first, first + plan.count)), plan=plan, scores=scores, total=total)
            first += plan.count
    return figures


_ITEMS_AT_ONCE = 16


def _fill_shares(
    figures: CellFigures, design: SurveyDesign, *, items: Sequence[Item], plans: Sequence[BinaryPlan]
) -> None:
    """Write the figures of indicators, some items at a time so that memory does not grow with their number."""
    for start in range(0, len(items), _ITEMS_AT_ONCE):
        block = slice(start, min(start + _ITEMS_AT_ONCE, len(items)))
        values = [item.scores(design.columns)[0] for item in items[block]]
        first = 0
        for plan in plans:
            place = (block, slice(first, first + plan.count))
            _write_shares(figures, place, plan.sums(values))
            first += plan.count


def _write_shares(figures: CellFigures, place: tuple[slice, slice], sums: ShareSums) -> None:
    found = sums.n > 0
    base = sums.n.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        effect = sums.variance / (sums.share * (1 - sums.share) / (base - 1))
    figures.values[place] = np.where(found, sums.share, np.nan).T
    figures.size[place] = sums.size.T
    figures.variances[place] = np.where(found, sums.variance, np.nan).T
    figures.n[place] = sums.n.T
    figures.numerator[place] = sums.positive.T
    figures.dof[place] = sums.dof.T
    figures.design_effect[place] = np.where(np.isfinite(effect), effect, np.nan).T


@dataclass(frozen=True, slots=True, eq=False)
class _Scores:
    """Scores of an item with 0 outside its base, weighted and not."""

    valid: BoolArray | None
    share: bool
    y: FloatArray
    wy: FloatArray
    wx: FloatArray
    w: FloatArray
    plain: bool


def _weighted_scores(design: SurveyDesign, item: Item, counted: BoolArray | None) -> _Scores:
    y, x = item.scores(design.columns)
    weights = design.weights
    valid: BoolArray | None = valid_rows(y, x, counted)
    if valid is not None and valid.all():
        valid = None
    w = weights if valid is None else np.where(valid, weights, 0.0)
    if valid is not None:
        y = np.where(valid, y, 0.0)
        x = None if x is None else np.where(valid, x, 0.0)
    return _Scores(valid, item.share, y, w * y, w if x is None else w * x, w, x is None)


def _fill(
    figures: CellFigures, place: tuple[int, slice], *, plan: DomainPlan, scores: _Scores, total: bool
) -> None:
    """Write one item's figures over one partition."""
    codes, count = plan.codes, plan.count
    wy, wx, w = plan.inside(scores.wy), plan.inside(scores.wx), plan.inside(scores.w)
    size, sums = summed(codes, wx, count), summed(codes, wy, count)
    valid = None if scores.valid is None else plan.rows_inside(scores.valid)
    n, dof = plan.active(valid)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = sums / size
        inverse = 1.0 / size
        residual = wy - ratio[codes] * wx
        z = wy if total else residual * inverse[codes]
        z[~np.isfinite(z)] = 0.0
        variances = plan.variances(z)
        values = sums if total else ratio
        if scores.share:
            spread = ratio * (1 - ratio)
        else:
            squares = np.divide(residual * residual, w, out=np.zeros_like(w), where=w > 0)
            spread = summed(codes, squares, count) / summed(codes, w, count)
        base = n.astype(np.float64)
        srs = spread / (base - 1) * (size**2 if total else 1.0)
        if not (total or scores.plain):
            srs = srs * (summed(codes, w, count) / size) ** 2
        effect = variances / srs
    figures.values[place] = np.where(n > 0, values, np.nan)
    figures.size[place] = size
    figures.variances[place] = np.where((n > 0) & np.isfinite(values), variances, np.nan)
    figures.n[place] = n
    figures.dof[place] = dof
    figures.design_effect[place] = np.where(np.isfinite(effect), effect, np.nan)
    if scores.share:
        figures.numerator[place] = np.rint(summed(codes, plan.inside(scores.y), count)).astype(np.int64)
