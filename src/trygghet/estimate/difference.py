"""Differences between domains of one wave: with the rest, or with another domain."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.design import plan_domains
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.cell_kernel import CellKernel
from trygghet.estimate.edge_limits import EdgeShares, difference_rule, edge_shares
from trygghet.estimate.equal_shares import larger_variance
from trygghet.estimate.estimates import Estimates, matching_cells
from trygghet.estimate.intervals import comparable_design_effect
from trygghet.estimate.items import valid_rows
from trygghet.estimate.kernels import CovarianceKernel, LinearKernel, PickedKernel
from trygghet.estimate.limit_rules import LimitRule
from trygghet.estimate.newcombe_limits import NewcombeLimits, correlation_of
from trygghet.estimate.partitions import Partition
from trygghet.estimate.ratios import CellFigures, cell_figures

DifferenceVariance = Literal["observed", "larger"]
LimitsOfDifference = Literal["t", "newcombe"]

REST = "rest"


def difference(
    estimates: Estimates,
    domain: str | None = None,
    *,
    versus: str = REST,
    variance: DifferenceVariance = "observed",
    limits: LimitsOfDifference = "t",
) -> Estimates:
    """Difference between each domain, or one of them, and the rest or another domain, for each item.

    Parameters
    ----------
    estimates : Estimates
        Estimates by one or more domain variables.
    domain : str, optional
        Label of the domain; every domain (but the one it is compared with) when left out.
    versus : str
        ``"rest"`` for everyone else in the domain variable, or the label of another domain.
    variance : {"observed", "larger"}
        The design variance at the observed shares; or, for shares, the larger of it and the one that they would have if they were
        equal, which is what a difference that is to be *shown* is judged by.
    limits : {"t", "newcombe"}
        Confidence limits at t standard errors, as tests of the difference have; or combined from the limits of the two shares, which
        cover better in groups of a few dozen (:class:`~trygghet.estimate.newcombe_limits.NewcombeLimits`).

    Returns
    -------
    Estimates
        Estimand ``difference``: one cell an item and domain variable; ``n`` is the smaller of the two bases.

    Raises
    ------
    EstimateError
        SKATT-01 when there is no such domain, SKATT-09 when the rest cannot be formed from a stored result.

    Notes
    -----
    An area is part of its municipality, so comparing it with the whole would compare it with itself; the rest is everyone
    outside it. Both come from one sample: ``V = V_d + V_r - 2 Cov``, with the covariance that strata, clusters and calibration
    give. The degrees of freedom are those of the two domains together. Where both shares are 0 or 1, so that no variation was seen,
    the limits come from those of the shares (:class:`~trygghet.estimate.edge_limits.DifferenceLimits`).

    ``variance="larger"``: see :func:`~trygghet.estimate.equal_shares.larger_variance`. ``limits="newcombe"`` rests on the observed variance
    in either case.

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> from trygghet.estimate import proportion
    >>> frame = pd.DataFrame({"area": list("aaabbbcc"), "unsafe": [1, 1, 0, 0, 0, 1, 0, 0], "w": 10.0})
    >>> gap = difference(proportion(SurveyDesign.from_frame(frame, weights="w"), "unsafe", by="area"), "a")
    >>> print(f"{gap.values[0]:.3f} {gap.standard_errors[0]:.3f}")
    0.467 0.348
    """
    if domain is None:
        index = np.flatnonzero(estimates.cells["domain"].to_numpy() != versus)
    else:
        index = matching_cells(estimates.cells, {"domain": domain})
    if versus == REST:
        return _versus_rest(estimates, index, variance).estimates(estimates, index, limits)
    other = _partners(estimates.cells, index, versus)
    both = np.concatenate([index, other])
    coefficients = np.hstack([np.eye(len(index)), -np.eye(len(index))])
    contrast = _Contrast(
        first=estimates.take(index),
        second=estimates.take(other),
        dof=_union_dof(estimates, index, other),
        observed=LinearKernel(PickedKernel(estimates.kernel, both), coefficients),
        variance=variance,
    )
    return contrast.estimates(estimates, index, limits)


@dataclass(frozen=True, slots=True, eq=False)
class _Contrast:
    first: Estimates
    second: Estimates
    dof: FloatArray
    observed: CovarianceKernel
    variance: DifferenceVariance

    def estimates(self, source: Estimates, index: IntArray, limits: LimitsOfDifference) -> Estimates:
        values = self.first.values - self.second.values
        parts = self._part(self.first), self._part(self.second)
        return Estimates(
            estimand="difference",
            cells=source.cells.iloc[index].reset_index(drop=True),
            values=values,
            n=np.minimum(self.first.n, self.second.n),
            numerator=np.full(len(index), -1, dtype=np.int64),
            dof=self.dof,
            design_effect=np.full(len(index), np.nan),
            status=np.where(np.isfinite(values), source.status[index], "empty").astype(np.object_),
            kernel=larger_variance(self.observed, *parts) if self.variance == "larger" else self.observed,
            about=source.about,
            limit_rule=self._newcombe() if limits == "newcombe" else difference_rule(*parts),
        )

    def _part(self, shares: Estimates) -> EdgeShares:
        return edge_shares(shares, np.arange(len(shares)))

    def _newcombe(self) -> LimitRule:
        errors = self.first.standard_errors, self.second.standard_errors
        own = np.sqrt(self.observed.variances())
        return NewcombeLimits(self.first, self.second, correlation_of(*errors, own))


def _versus_rest(estimates: Estimates, index: IntArray, variance: DifferenceVariance) -> _Contrast:
    root, positions = cell_root(estimates.kernel, index)
    places = [divmod(int(position), root.domains) for position in positions]
    used_items = tuple(dict.fromkeys(item for item, _ in places))
    used_domains = tuple(dict.fromkeys(domain for _, domain in places))
    parts = tuple(_split(root, domain) for domain in used_domains)
    items = tuple(root.items[item] for item in used_items)
    figures = cell_figures(root.design, items, parts, total=root.total)
    kernel = CellKernel(root.design, items, parts, figures, root.total)
    mine = np.array(
        [used_items.index(item) * kernel.domains + 2 * used_domains.index(domain) for item, domain in places]
    )
    coefficients = np.zeros((len(index), 2 * len(index)))
    pairs = np.stack([mine, mine + 1], axis=1).ravel()
    coefficients[np.arange(len(index)), 2 * np.arange(len(index))] = 1.0
    coefficients[np.arange(len(index)), 2 * np.arange(len(index)) + 1] = -1.0
    divided = [(item, _within(root, domain)[0]) for item, domain in places]
    known = {each: _dof(root, each[0], root.partitions[each[1]].codes >= 0) for each in set(divided)}
    first = estimates.take(index)
    return _Contrast(
        first=replace(first, values=figures.values.ravel()[mine]),
        second=_rest(first, figures, mine + 1, kernel=PickedKernel(kernel, mine + 1)),
        dof=np.array([known[each] for each in divided]),
        observed=LinearKernel(PickedKernel(kernel, pairs), coefficients),
        variance=variance,
    )


def _rest(first: Estimates, figures: CellFigures, at: IntArray, *, kernel: CovarianceKernel) -> Estimates:
    """The same items among everyone else."""
    values, effect = figures.values.ravel()[at], figures.design_effect.ravel()[at]
    share = first.numerator >= 0
    inner = share & (values > 0) & (values < 1)
    return replace(
        first,
        values=values,
        n=figures.n.ravel()[at],
        numerator=np.where(share, figures.numerator.ravel()[at], -1),
        dof=figures.dof.ravel()[at],
        design_effect=effect,
        kernel=kernel,
        limit_rule=None,
        of_comparable=comparable_design_effect(first.cells, effect, inner),
    )


def cell_root(kernel: CovarianceKernel, index: IntArray) -> tuple[CellKernel, IntArray]:
    """Find the design behind picked cells.

    Parameters
    ----------
    kernel : CovarianceKernel
        Kernel of some estimates.
    index : array of int
        Positions of cells.

    Returns
    -------
    tuple
        Kernel of the design, and the positions of the cells in it.

    Raises
    ------
    EstimateError
        SKATT-09 when the kernel holds a stored matrix, not a design.
    """
    if isinstance(kernel, PickedKernel):
        return cell_root(kernel.parent, kernel.index[index])
    if isinstance(kernel, CellKernel):
        return kernel, index
    raise EstimateError(
        Problem(
            code="SKATT-09",
            what="the rest cannot be formed from these estimates",
            why="they hold a covariance matrix, not the sample that it came from",
            remedy="estimate the difference before the estimates are stored",
        )
    )


def _split(root: CellKernel, domain: int) -> Partition:
    """The domain and everyone else in its partition."""
    at, place = _within(root, domain)
    part = root.partitions[at]
    codes = np.where(part.codes < 0, -1, (part.codes != place).astype(np.int64))
    return Partition(part.by, (part.labels[place], REST), codes)


def _within(root: CellKernel, domain: int) -> tuple[int, int]:
    """Position of a domain's partition, and of the domain in it."""
    for at, part in enumerate(root.partitions):
        if domain < len(part):
            return at, domain
        domain -= len(part)
    raise IndexError(domain)


def _dof(root: CellKernel, item: int, rows: BoolArray) -> float:
    """Degrees of freedom of the rows that have a valid answer."""
    numerator, denominator = root.items[item].scores(root.design.columns)
    valid = rows & valid_rows(numerator, denominator, root.design.weights > 0)
    plan = plan_domains(root.design.variance, np.where(valid, 0, -1), 1)
    return float(plan.active(None)[1][0])


def _union_dof(estimates: Estimates, index: IntArray, other: IntArray) -> FloatArray:
    """Degrees of freedom of two domains together; the smaller of both where only a stored matrix is known."""
    try:
        root, left = cell_root(estimates.kernel, index)
        _, right = cell_root(estimates.kernel, other)
    except EstimateError:
        return np.minimum(estimates.dof[index], estimates.dof[other])
    result = np.empty(len(index))
    for place, (first, second) in enumerate(zip(left, right, strict=True)):
        rows = root.rows_of(int(first) % root.domains) | root.rows_of(int(second) % root.domains)
        result[place] = _dof(root, int(first) // root.domains, rows)
    return result


def _partners(cells: pd.DataFrame, index: IntArray, versus: str) -> IntArray:
    """Cell of the same item, category and domain variable in the other domain."""
    keys = ["item", "category", "by"]
    found = matching_cells(cells, {"domain": versus})
    positions = pd.Series(found, index=pd.MultiIndex.from_frame(cells.loc[found, keys]))
    wanted = pd.MultiIndex.from_frame(cells.loc[index, keys])
    partners = positions.reindex(wanted)
    if partners.isna().any():
        raise EstimateError(
            Problem(
                code="SKATT-10",
                what=f"the domains to compare do not belong to the same domain variable ({versus!r} is missing)",
                why="a difference needs two domains of one division",
                remedy="name two domains of the same variable",
                facts={"sokt": versus},
            )
        )
    return partners.to_numpy(dtype=np.int64)
