"""Tests of association between two categorical variables in a complex sample."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from trygghet._distributions import chi2_above, f_above
from trygghet._typing import BoolArray, FloatArray
from trygghet.design import SurveyDesign
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.mixtures import mixture_tail, saddlepoint_tail
from trygghet.estimate.refitted import covariance_of

AssociationMethod = Literal[
    "rao-scott-f", "rao-scott-chi2", "rao-scott-mixture", "rao-scott-saddlepoint", "wald", "adjusted-wald"
]


@dataclass(frozen=True, slots=True)
class TestResult:
    """A test of a hypothesis.

    Parameters
    ----------
    method : str
        Which test.
    statistic : float
        Test statistic.
    numerator_dof : float
        Degrees of freedom of the hypothesis.
    dof : float
        Degrees of freedom of the variance; infinite for a chi-squared reference.
    p_value : float
        Probability of a statistic at least as large when the hypothesis holds.
    design_effects : tuple of float
        Generalised design effects of the hypothesis, largest first, where the test rests on them (all are 1 in a simple random
        sample).
    """

    method: str
    statistic: float
    numerator_dof: float
    dof: float
    p_value: float
    design_effects: tuple[float, ...] = ()

    __test__ = False


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Weighted cell shares of a two-way table with their covariance, cells by row of the table."""

    shares: FloatArray
    covariance: FloatArray
    n: int

    @property
    def expected(self) -> FloatArray:
        """Shares under independence, shape (rows, columns)."""
        return np.outer(self.shares.sum(axis=1), self.shares.sum(axis=0))


def association(
    design: SurveyDesign,
    row: str,
    column: str,
    *,
    where: BoolArray | None = None,
    method: AssociationMethod = "rao-scott-f",
) -> TestResult:
    """Test whether two categorical variables are independent in the population.

    Parameters
    ----------
    design : SurveyDesign
        The full sample.
    row, column : str
        The two variables; rows that lack either are outside the domain.
    where : ndarray of bool, shape (n,), optional
        Domain, in the order of the table.
    method : str
        ``rao-scott-f``: Pearson's statistic over the trace of the design effects, with the second-order F reference of Thomas and Rao;
        ``rao-scott-chi2``: the first-order correction with a chi-squared reference; ``rao-scott-mixture``: Pearson's statistic with
        its own reference, the chi-squared variables weighted by the design effects, computed exactly, and
        ``rao-scott-saddlepoint``: the same approximated (R's ``lincom`` and ``saddlepoint``); ``wald`` and ``adjusted-wald``: a Wald
        test of the differences between observed and expected cell totals, as F and with the denominator's correction.

    Returns
    -------
    TestResult
        The test.

    Raises
    ------
    EstimateError
        SKATT-44 when a variable has fewer than two categories with answers.

    Notes
    -----
    With cell shares p, their covariance V under the design and ``P = (diag(p) - p p') / n`` under simple random sampling, the design
    effects of the hypothesis are the eigenvalues of ``D = (C' diag(1/p) P diag(1/p) C)^-1 C' diag(1/p) V diag(1/p) C`` for contrasts C that are orthogonal
    to the main effects. ``F = X^2 / tr D`` has ``d = (tr D)^2 / tr D^2`` and ``d f`` degrees of freedom, f those of the design.
    The mixture is ``sum_j e_j Z_j^2`` over a chi-squared mean on ``d f`` degrees of freedom, e the eigenvalues of D; it differs from F
    where the design effects are unequal and the p value is small.

    References
    ----------
    Rao, J. N. K. and Scott, A. J. (1984). On chi-squared tests for multiway contingency tables with cell proportions estimated from
    survey data. Annals of Statistics 12, 46-60. doi:10.1214/aos/1176346391

    Thomas, D. R. and Rao, J. N. K. (1987). Small-sample comparisons of level and power for simple goodness-of-fit statistics under
    cluster sampling. JASA 82, 630-636. doi:10.1080/01621459.1987.10478476

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> frame = pd.DataFrame({"sex": list("ababababab"), "unsafe": list("xyxyxxxyyy"), "w": 2.0})
    >>> found = association(SurveyDesign.from_frame(frame, weights="w"), "sex", "unsafe")
    >>> print(f"{found.statistic:.2f} {found.p_value:.2f}")
    3.24 0.11
    """
    counted = _counted(design, row, column, where=where)
    if method in {"wald", "adjusted-wald"}:
        return _wald(counted, design, adjusted=method == "adjusted-wald")
    table = _shares(counted, design)
    shares = table.shares.ravel()
    expected = table.expected.ravel()
    pearson = table.n * float(((shares - expected) ** 2 / expected).sum())
    contrasts = _interaction(*table.shares.shape)
    inverse = np.divide(1.0, shares, out=np.zeros_like(shares), where=shares > 0)
    scaled = inverse[:, None] * contrasts
    # C'1 = 0, so that the covariance under simple random sampling reduces to its diagonal
    simple = contrasts.T @ scaled / table.n
    effects: FloatArray = np.linalg.solve(simple, scaled.T @ table.covariance @ scaled).astype(np.float64)
    return _rao_scott(pearson, effects, design.dof, method=method)


def _rao_scott(pearson: float, effects: FloatArray, dof: float, *, method: AssociationMethod) -> TestResult:
    """Reference of Pearson's statistic by the matrix of design effects."""
    k, trace = len(effects), float(np.trace(effects))
    each = np.sort(np.linalg.eigvals(effects).real)[::-1]
    told = tuple(float(effect) for effect in each)
    if method == "rao-scott-chi2":
        return TestResult(method, pearson, k, np.inf, chi2_above(pearson * k / trace, k), told)
    d = trace**2 / float(np.trace(effects @ effects))
    if method in {"rao-scott-mixture", "rao-scott-saddlepoint"}:
        tail = mixture_tail if method == "rao-scott-mixture" else saddlepoint_tail
        return TestResult(method, pearson, k, d * dof, tail(pearson, each, d * dof), told)
    f = pearson / trace
    return TestResult(method, f, d, d * dof, f_above(f, d, d * dof), told)


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """Which cell each row of the domain is in: an indicator matrix, shape (n, rows * columns)."""

    indicator: FloatArray
    kept: BoolArray
    shape: tuple[int, int]


def _shares(counted: _Counted, design: SurveyDesign) -> _Table:
    indicator, kept = counted.indicator, counted.kept

    def shares(weights: FloatArray) -> FloatArray:
        sums: FloatArray = weights @ indicator
        return np.asarray(sums / sums.sum(), dtype=np.float64)

    p = shares(design.weights)
    influence = np.where(kept[:, None], indicator - p, 0.0) / float(design.weights[kept].sum())
    covariance = covariance_of(design, influence, p, refit=shares)
    return _Table(p.reshape(counted.shape), covariance, int(kept.sum()))


def _wald(counted: _Counted, design: SurveyDesign, *, adjusted: bool) -> TestResult:
    """Wald test of observed less expected totals; all cells but those of the first row and column."""
    indicator = counted.indicator

    def sums(weights: FloatArray) -> FloatArray:
        return np.asarray(weights @ indicator, dtype=np.float64)

    totals = sums(design.weights)
    covariance = covariance_of(design, indicator, totals, refit=sums)
    p = (totals / totals.sum()).reshape(counted.shape)
    by_row, by_column = p.sum(axis=1), p.sum(axis=0)
    i, j = (index.ravel() for index in np.indices(counted.shape))
    # derivative of T_ij - T_i. T_.j / T by each cell, which adds to its row, its column and the whole
    gradient = np.eye(len(totals)) - (
        (i[:, None] == i) * by_column[j][:, None]
        + (j[:, None] == j) * by_row[i][:, None]
        - np.outer(by_row[i] * by_column[j], np.ones(len(totals)))
    )
    kept = (i > 0) & (j > 0)
    gap = (p - np.outer(by_row, by_column)).ravel()[kept] * totals.sum()
    spread = (gradient @ covariance @ gradient.T)[np.ix_(kept, kept)]
    k, dof = int(kept.sum()), design.dof
    statistic = float(gap @ np.linalg.solve(spread, gap)) / k
    if not adjusted:
        return TestResult("wald", statistic, k, dof, f_above(statistic, k, dof))
    rest = dof - k + 1
    f = statistic * rest / dof
    return TestResult("adjusted-wald", f, k, rest, f_above(f, k, rest))


def _counted(design: SurveyDesign, row: str, column: str, *, where: BoolArray | None) -> _Counted:
    across, down = design.columns.groups(row), design.columns.groups(column)
    mask = design.in_order(where)
    kept = (across.codes >= 0) & (down.codes >= 0) & (np.ones(design.n, dtype=bool) if mask is None else mask)
    rows, first = np.unique(across.codes[kept], return_inverse=True)
    columns, second = np.unique(down.codes[kept], return_inverse=True)
    if len(rows) < 2 or len(columns) < 2:
        raise EstimateError(
            Problem(
                code="SKATT-44",
                what=f"{row} has {len(rows)} and {column} {len(columns)} categories with answers.",
                why="Independence is a statement about at least two categories of each.",
                remedy="Choose variables that vary.",
                facts={"rad": row, "kolumn": column, "rader": len(rows), "kolumner": len(columns)},
            )
        )
    indicator = np.zeros((design.n, len(rows) * len(columns)))
    indicator[np.flatnonzero(kept), first * len(columns) + second] = 1.0
    return _Counted(indicator, kept, (len(rows), len(columns)))


def _interaction(rows: int, columns: int) -> FloatArray:
    """Orthonormal contrasts of the cells that are orthogonal to both main effects."""
    ones = np.kron(np.eye(rows), np.ones((columns, 1))), np.kron(np.ones((rows, 1)), np.eye(columns))
    main = np.hstack(ones)
    left, sizes, _ = np.linalg.svd(main)
    rank = int((sizes > 1e-10).sum())
    return np.asarray(left[:, rank:], dtype=np.float64)
