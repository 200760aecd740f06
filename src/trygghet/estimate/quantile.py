"""Quantiles in domains, with Woodruff's limits."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from trygghet._distributions import t_quantile
from trygghet._typing import BoolArray, Columns, FloatArray, IntArray, IntervalMethod
from trygghet.design import SurveyDesign
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.cell_kernel import CellKernel
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.intervals import Estimated, Limits, share_limits
from trygghet.estimate.items import NumericItem, Scores, names_of
from trygghet.estimate.kernels import LinearKernel, PickedKernel
from trygghet.estimate.limit_rules import KEPT_LEVELS, LevelLimits, limits_at
from trygghet.estimate.partitions import Partition, partitions_of
from trygghet.estimate.ratios import cell_figures
from trygghet.estimate.request import By, about_of, cells_of
from trygghet.estimate.weighted_quantile import QuantileRule, weighted_quantile


@dataclass(frozen=True, slots=True)
class QuantileOptions:
    """How quantiles and their limits are found.

    Parameters
    ----------
    rule : str
        Rule of the quantile, for the point and for the limits: see :func:`weighted_quantile`.
    interval : str
        Interval method of the share below the quantile.
    level : float
        Confidence level of the limits that the standard error is taken from.
    """

    rule: QuantileRule = "math"
    interval: IntervalMethod = "t"
    level: float = 0.95


def quantile(
    design: SurveyDesign,
    items: str | Sequence[str],
    probabilities: float | Sequence[float] = 0.5,
    *,
    by: By = None,
    where: BoolArray | None = None,
    options: QuantileOptions | None = None,
) -> Estimates:
    """Quantiles of each item in each domain.

    Parameters
    ----------
    design : SurveyDesign
        The full sample.
    items : str or sequence of str
        Numeric variables or columns.
    probabilities : float or sequence of float
        Levels; 0.5 is the median.
    by : str or sequence of str, optional
        Domain variables or crossings; everyone when left out.
    where : array of bool, optional
        Rows that count.
    options : QuantileOptions, optional
        Rule, interval of the share below, and level of the standard error.

    Returns
    -------
    Estimates
        One cell an item, probability (as category, such as ``p50``) and domain; limits are Woodruff's.

    Raises
    ------
    EstimateError
        SKATT-15 for a probability outside 0 to 1.

    Notes
    -----
    With ``F`` the share at or below the quantile and ``[a, b]`` its interval, the limits are the quantiles at a and b by the same
    rule; the standard error is their distance over ``2 t``. Covariances follow from the influence values of F.

    References
    ----------
    Woodruff, R. S. (1952), Confidence intervals for medians and other position measures, JASA 47,
    doi:10.1080/01621459.1952.10483443.

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> frame = pd.DataFrame({"size": 500, "age": [19, 24, 31, 38, 44, 52, 57, 63, 70, 81]})
    >>> median = quantile(SurveyDesign.from_frame(frame, population="size"), "age")
    >>> median.values.tolist(), [limit.tolist() for limit in median.interval()]
    ([44.0], [[24.0], [70.0]])
    """
    options = QuantileOptions() if options is None else options
    levels = np.atleast_1d(np.asarray(probabilities, dtype=np.float64))
    if not ((levels > 0) & (levels < 1)).all():
        raise EstimateError(
            Problem(
                code="SKATT-15",
                what=f"{int(((levels <= 0) | (levels >= 1)).sum())} probabilities are not between 0 and 1",
                remedy="0.5 is the median",
                facts={"varde": f"{levels.min():g}–{levels.max():g}"},
            )
        )
    partitions = partitions_of(design.columns, by, design.in_order(where))
    columns = [design.columns.numeric(name) for name in names_of(items)]
    marks = [
        _Mark(name, f"p{100 * p:g}", values, p)
        for name, values in zip(names_of(items), columns, strict=True)
        for p in levels
    ]
    sample = _Sample(design, tuple(marks), partitions, options)
    return sample.estimates()


@dataclass(frozen=True, slots=True, eq=False)
class _Mark:
    """One quantile of one item."""

    name: str
    category: str
    values: FloatArray
    probability: float
    share: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Below:
    """Whether a row is at or below its domain's quantile."""

    name: str
    category: str
    below: FloatArray
    share: bool = False

    def scores(self, columns: Columns) -> Scores:  # noqa: ARG002 -- computed with the quantile
        return self.below, None


@dataclass(frozen=True, slots=True, eq=False)
class _Sample:
    design: SurveyDesign
    marks: tuple[_Mark, ...]
    partitions: tuple[Partition, ...]
    options: QuantileOptions
    rows: dict[tuple[int, int], list[IntArray]] = field(default_factory=dict)

    def estimates(self) -> Estimates:
        points, below = self._points()
        figures = cell_figures(self.design, below, self.partitions, total=False)
        kernel = CellKernel(self.design, tuple(below), self.partitions, figures, total=False)
        own = self._own(kernel.domains)
        share, variance = figures.values.ravel()[own], figures.variances.ravel()[own]
        n, dof = figures.n.ravel()[own], figures.dof.ravel()[own]
        rule = _Woodruff(self, share, variance, n, np.arange(len(n)))
        low, high = rule.values(dof, self.options.level)
        t = t_quantile(0.5 + self.options.level / 2, np.where(dof > 0, dof, np.nan))
        with np.errstate(divide="ignore", invalid="ignore"):
            scale = (high - low) / (2 * t) / np.sqrt(variance)
        names = [NumericItem(mark.name, category=mark.category) for mark in self.marks]
        return Estimates(
            estimand="quantile",
            cells=cells_of(names, self.partitions),
            values=points,
            n=n,
            numerator=np.full(len(points), -1, dtype=np.int64),
            dof=dof,
            design_effect=np.full(len(points), np.nan),
            status=np.where(n > 0, "ok", "empty").astype(np.object_),
            kernel=LinearKernel(PickedKernel(kernel, own), np.diag(scale)),
            about=about_of(self.design, [mark.name for mark in self.marks]),
            limit_rule=rule,
        )

    def quantiles(self, mark: _Mark, rows: IntArray, probabilities: FloatArray) -> FloatArray:
        weights = self.design.weights[rows]
        return weighted_quantile(mark.values[rows], weights, probabilities, rule=self.options.rule)

    def domain_rows(self, mark: _Mark, part: Partition) -> list[IntArray]:
        """Rows of each domain with a value and a weight; kept, as the limits ask again."""
        key = (id(mark.values), id(part))
        if key not in self.rows:
            valid = np.flatnonzero(~np.isnan(mark.values) & (part.codes >= 0) & (self.design.weights > 0))
            order = valid[np.argsort(part.codes[valid], kind="stable")]
            ends = np.cumsum(np.bincount(part.codes[valid], minlength=len(part)))
            self.rows[key] = np.split(order, ends[:-1])
        return self.rows[key]

    def _points(self) -> tuple[FloatArray, list[_Below]]:
        """Quantiles of every cell, and an item for the share below, one a mark and partition."""
        points: list[FloatArray] = []
        below: list[_Below] = []
        for mark in self.marks:
            for part in self.partitions:
                at = np.array([mark.probability])
                found = np.array([self.quantiles(mark, rows, at)[0] for rows in self.domain_rows(mark, part)])
                points.append(found)
                limit = np.where(part.codes < 0, np.nan, found[part.codes])
                less = np.where(np.isnan(mark.values), np.nan, (mark.values <= limit).astype(np.float64))
                below.append(_Below(mark.name, mark.category, less))
        return np.concatenate(points), below

    def _own(self, domains: int) -> IntArray:
        """Cells of each mark's own partition among all marks, partitions and domains."""
        cells: list[IntArray] = []
        for number in range(len(self.marks) * len(self.partitions)):
            place = number % len(self.partitions)
            first = sum(len(part) for part in self.partitions[:place])
            cells.append(number * domains + first + np.arange(len(self.partitions[place])))
        return np.concatenate(cells)


@dataclass(frozen=True, slots=True, eq=False)
class _Woodruff:
    """Limits of the share below, turned into values."""

    sample: _Sample
    share: FloatArray
    variance: FloatArray
    n: IntArray
    index: IntArray
    """Cells of the sample's that are asked for."""

    def limits(self, of: Estimated, *, level: float, method: IntervalMethod) -> Limits:  # noqa: ARG002 -- the method of the options
        return self.values(of.dof, level)

    def values(self, dof: FloatArray, level: float) -> Limits:
        low, high = np.full(len(self.index), np.nan), np.full(len(self.index), np.nan)
        usable = (self.variance > 0) & (dof > 0)
        low[usable], high[usable] = share_limits(
            self.share[usable],
            self.variance[usable],
            n=self.n[usable],
            dof=dof[usable],
            level=level,
            method=self.sample.options.interval,
        )
        rows = [
            (mark, rows)
            for mark in self.sample.marks
            for part in self.sample.partitions
            for rows in self.sample.domain_rows(mark, part)
        ]
        for place, cell in enumerate(self.index):
            both = np.array([low[place], high[place]])
            low[place], high[place] = self.sample.quantiles(rows[cell][0], rows[cell][1], both)
        return low, high

    def take(self, index: IntArray) -> "_Woodruff":
        return _Woodruff(
            self.sample, self.share[index], self.variance[index], self.n[index], self.index[index]
        )

    def kept(self, of: Estimated) -> LevelLimits:
        levels = tuple(sorted({*KEPT_LEVELS, self.sample.options.level}))
        return LevelLimits(limits_at(self, of, levels))
