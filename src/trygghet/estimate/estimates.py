"""Estimates of a probability sample: cells, values, and a kernel that gives their joint covariance on demand."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from trygghet._typing import DesignEffect, FloatArray, IntArray, IntervalMethod, ObjectArray
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.intervals import comparable_design_effect, interval_limits
from trygghet.estimate.kernels import CovarianceKernel, PickedKernel
from trygghet.estimate.limit_rules import LimitRule
from trygghet.estimate.told import range_of, result_html

CELL_COLUMNS = ("item", "category", "by", "domain")
ALL = "Alla"


@dataclass(frozen=True, slots=True)
class About:
    """What was done to get a result: everything that a reader must be told beside the numbers.

    Parameters
    ----------
    stream : str
        Name of the stream that answered; empty for a plain frame.
    wave : str
        Wave of the survey; empty for a plain frame.
    method : str
        Variance method in one sentence.
    calibrated : bool
        Whether the weights, and so the standard errors, know population margins.
    finite_population : bool
        Whether the finite-population correction is on.
    approximate : bool
        Whether the design is not fully known, so that standard errors are approximate.
    labels : mapping of str to str
        Reader's label of each item.
    versions : mapping of str to str
        Version of each item's question; two waves compare only where it is the same.
    """

    stream: str = ""
    wave: str = ""
    method: str = ""
    calibrated: bool = False
    finite_population: bool = False
    approximate: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)

    def label(self, item: str) -> str:
        """Return the reader's label of an item, or its name when it has none.

        Parameters
        ----------
        item : str
            Item name.

        Returns
        -------
        str
            Label.
        """
        return self.labels.get(item, item)

    def told(self, n: IntArray, dof: FloatArray | None = None) -> tuple[str, ...]:
        """Say what was done: stream, bases, degrees of freedom, method and calibration.

        Parameters
        ----------
        n : array of int
            Unweighted bases of the result's cells.
        dof : array of float, optional
            Their degrees of freedom; left out for a description of respondents.

        Returns
        -------
        tuple of str
            One part a matter.
        """
        stream = f"stream {self.stream}" if self.stream else "a plain table, stream not declared"
        parts = [stream, f"wave {self.wave}" if self.wave else "", range_of("n", n)]
        if dof is not None:
            parts += [range_of("degrees of freedom", dof), self.method or "variance method not recorded"]
            parts.append("calibrated to population margins" if self.calibrated else "not calibrated")
        else:
            parts += [self.method or "description of the respondents", "no standard errors"]
        if self.approximate:
            parts.append("approximate: the sampling design is not fully known")
        return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Estimates with their joint covariance.

    Parameters
    ----------
    estimand : str
        What is estimated: ``"mean"``, ``"proportion"``, ``"total"``, ``"difference"``, ``"change"`` and so on.
    cells : DataFrame
        One row an estimate, with columns item, category, by, domain (strings); index 0..p-1.
    values : array of float, shape (p,)
        Point estimates; NaN where the domain is empty.
    n : array of int, shape (p,)
        Unweighted bases.
    numerator : array of int, shape (p,)
        Unweighted positives; -1 where the estimate is no share.
    dof : array of float, shape (p,)
        Design degrees of freedom of each domain.
    design_effect : array of float, shape (p,)
        Variance over that of a simple random sample with replacement of the same size.
    status : array of str objects, shape (p,)
        ok, empty, withheld, uncertain or not_asked.
    kernel : CovarianceKernel
        Joint covariance on demand.
    about : About
        What was done.
    limit_rule : LimitRule or None
        Confidence limits of estimates that have their own, such as quantiles.
    of_comparable : array of float, shape (p,), or None
        Average design effects, where the cells were taken from more of them; see :attr:`comparable_effect`.
    """

    estimand: str
    cells: pd.DataFrame
    values: FloatArray
    n: IntArray
    numerator: IntArray
    dof: FloatArray
    design_effect: FloatArray
    status: ObjectArray
    kernel: CovarianceKernel
    about: About = field(default_factory=About)
    limit_rule: LimitRule | None = None
    of_comparable: FloatArray | None = None

    def __len__(self) -> int:
        return len(self.values)

    def _repr_html_(self) -> str:
        return result_html(self.estimand, self.to_frame(), self.about.told(self.n, self.dof))

    @property
    def is_share(self) -> bool:
        """Whether every value is a share of persons between 0 and 1."""
        return len(self) > 0 and bool(np.all(self.numerator >= 0))

    @property
    def standard_errors(self) -> FloatArray:
        """Standard error of each cell; NaN where the domain is empty; shape (p,)."""
        result: FloatArray = np.sqrt(self.kernel.variances())
        return result

    def covariance(self, cells: IntArray | None = None) -> FloatArray:
        """Joint covariance of some or all cells.

        Parameters
        ----------
        cells : array of int, optional
            Positions of the cells; all of them when left out.

        Returns
        -------
        array of float, shape (len(cells), len(cells))
            Joint covariance; NaN in the rows and columns of empty domains.
        """
        index = np.arange(len(self)) if cells is None else np.asarray(cells, dtype=np.int64)
        return self.kernel.covariance(index)

    @property
    def comparable_effect(self) -> FloatArray:
        """Average design effect of the shares that are comparable to each cell (same domain, else all); shape (p,).

        Cells that are taken from a larger result keep that of the whole, so that their limits stay the same.
        """
        if self.of_comparable is not None:
            return self.of_comparable
        with np.errstate(invalid="ignore"):
            inner = (self.numerator >= 0) & (self.values > 0) & (self.values < 1) & (self.dof > 0)
        return comparable_design_effect(self.cells, self.design_effect, inner)

    @property
    def coefficient_of_variation(self) -> FloatArray:
        """Standard error over the absolute value of each cell; infinite at 0; shape (p,)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.standard_errors / np.abs(self.values), dtype=np.float64)

    @property
    def effective_n(self) -> FloatArray:
        """Size of a simple random sample with the same variance, ``n / design_effect``; infinite for a known share; shape (p,)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.n / self.design_effect, dtype=np.float64)

    def interval(
        self,
        level: float = 0.95,
        method: IntervalMethod = "wilson-korn-graubard",
        *,
        design_effect: DesignEffect = "own",
    ) -> tuple[FloatArray, FloatArray]:
        """Confidence limits of each cell, with the design degrees of freedom of its domain.

        Parameters
        ----------
        level : float
            Confidence level, between 0 and 1.
        method : str
            For shares ``wilson-korn-graubard`` (:func:`~trygghet.estimate.intervals.share_limits` says where which),
            ``wilson``, ``logit``, ``t`` and the others of ``IntervalMethod``; anything that is no share always gets the t interval.
        design_effect : {"own", "smoothed", "kish"}
            What the intervals of shares rest on: each cell's own variance; the average design effect of the items in the same
            domain, for clustered samples whose own design effects are unsteady; or the larger of the cell's own variance and that of
            Kish's design effect of its weights, for small samples with unequal weights.

        Returns
        -------
        tuple of array of float, shape (p,)
            Lower and upper limits; NaN where the domain is empty or has no degrees of freedom.

        Raises
        ------
        EstimateError
            SKATT-02 when the level is not between 0 and 1, SKATT-47 for ``kish`` when the weights are not known.
        """
        if self.limit_rule is not None:
            return self.limit_rule.limits(self, level=level, method=method)
        return interval_limits(self, level=level, method=method, design_effect=design_effect)

    def to_frame(
        self,
        *,
        level: float = 0.95,
        interval: IntervalMethod = "wilson-korn-graubard",
        design_effect: DesignEffect = "own",
    ) -> pd.DataFrame:
        """Lay the estimates out as a table, one row an estimate.

        Parameters
        ----------
        level : float
            Confidence level.
        interval : str
            Interval method; see :meth:`interval`.
        design_effect : {"own", "smoothed", "kish"}
            What the intervals of shares rest on; see :meth:`interval`.

        Returns
        -------
        DataFrame
            Columns item, category, by, domain, estimate, standard_error, ci_low, ci_high, dof, n, design_effect, status.
        """
        low, high = self.interval(level, interval, design_effect=design_effect)
        return self.cells.assign(
            estimate=self.values,
            standard_error=self.standard_errors,
            ci_low=low,
            ci_high=high,
            dof=self.dof,
            n=self.n,
            design_effect=self.design_effect,
            status=self.status,
        )

    def take(self, index: IntArray) -> "Estimates":
        """Keep the cells at some positions, in that order.

        Parameters
        ----------
        index : array of int
            Positions.

        Returns
        -------
        Estimates
            The same estimand for fewer cells.
        """
        index = np.asarray(index, dtype=np.int64)
        return replace(
            self,
            cells=self.cells.iloc[index].reset_index(drop=True),
            values=self.values[index],
            n=self.n[index],
            numerator=self.numerator[index],
            dof=self.dof[index],
            design_effect=self.design_effect[index],
            status=self.status[index],
            kernel=PickedKernel(self.kernel, index),
            limit_rule=None if self.limit_rule is None else self.limit_rule.take(index),
            of_comparable=self.comparable_effect[index] if bool(np.any(self.numerator >= 0)) else None,
        )

    def select(
        self,
        *,
        item: str | None = None,
        by: str | None = None,
        domain: str | None = None,
        category: str | None = None,
    ) -> "Estimates":
        """Keep the cells that match every name that is given.

        Parameters
        ----------
        item, by, domain, category : str, optional
            Value that the column of :attr:`cells` must have.

        Returns
        -------
        Estimates
            The matching cells.

        Raises
        ------
        EstimateError
            SKATT-01 when no cell matches.
        """
        wanted = {"item": item, "by": by, "domain": domain, "category": category}
        return self.take(matching_cells(self.cells, {k: v for k, v in wanted.items() if v is not None}))


def matching_cells(cells: pd.DataFrame, wanted: Mapping[str, str]) -> IntArray:
    """Find the cells whose columns have the wanted values.

    Parameters
    ----------
    cells : DataFrame
        Cells with columns item, category, by, domain.
    wanted : mapping of str to str
        Column name to value.

    Returns
    -------
    array of int
        Positions; never empty.

    Raises
    ------
    EstimateError
        SKATT-01 when no cell matches.
    """
    keep = np.ones(len(cells), dtype=np.bool_)
    for column, value in wanted.items():
        keep &= cells[column].to_numpy() == value
    if not keep.any():
        told = ", ".join(f"{column} {value!r}" for column, value in wanted.items())
        present = "; ".join(
            f"{column}: {', '.join(map(str, cells[column].unique()[:5]))}" for column in wanted
        )
        raise EstimateError(
            Problem(
                code="SKATT-01",
                what=f"no estimate with {told}",
                why="the result holds other cells",
                remedy=f"choose among those that are there ({present})",
                facts={"sokt": told, "finns": present},
            )
        )
    return np.flatnonzero(keep)
