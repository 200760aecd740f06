"""Confidence intervals that stay sensible for small shares, small bases and few clusters."""

from typing import Protocol, assert_never

import numpy as np
import pandas as pd

from trygghet._distributions import beta_quantile, t_quantile
from trygghet._typing import BoolArray, DesignEffect, FloatArray, IntArray, IntervalMethod
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.kernels import CovarianceKernel, LogitKernel, WeightedKernel
from trygghet.estimate.profile_limits import likelihood_limits

Limits = tuple[FloatArray, FloatArray]
FEW_EXPECTED = 10.0
"""Effective answers (or those lacking to all) below which the default limits of a share are Korn and Graubard's."""
SMALL_EFFECTIVE = 30.0
"""Effective sample size below which they are."""


class Estimated(Protocol):
    """What an interval needs to know of the estimates."""

    @property
    def cells(self) -> pd.DataFrame:
        """Columns item, category, by, domain."""

    @property
    def values(self) -> FloatArray:
        """Point estimates, shape (p,)."""

    @property
    def n(self) -> IntArray:
        """Unweighted bases, shape (p,)."""

    @property
    def dof(self) -> FloatArray:
        """Degrees of freedom, shape (p,)."""

    @property
    def numerator(self) -> IntArray:
        """Unweighted positives, -1 where the estimate is no share, shape (p,)."""

    @property
    def design_effect(self) -> FloatArray:
        """Design effects, shape (p,)."""

    @property
    def comparable_effect(self) -> FloatArray:
        """Average design effects of comparable cells, shape (p,)."""

    @property
    def standard_errors(self) -> FloatArray:
        """Standard errors, shape (p,)."""

    @property
    def kernel(self) -> CovarianceKernel:
        """Joint covariance on demand."""


def interval_limits(
    estimates: Estimated, *, level: float, method: IntervalMethod, design_effect: DesignEffect = "own"
) -> Limits:
    """Confidence limits of estimates, by the method for shares and by t for everything else.

    Parameters
    ----------
    estimates : Estimates
        Values, standard errors, bases and degrees of freedom.
    level : float
        Confidence level, between 0 and 1.
    method : str
        Interval method for shares.
    design_effect : {"own", "smoothed", "kish"}
        Variance of shares: the estimated one; ``p (1 - p) / (n - 1)`` times the average design effect of the comparable cells (same
        domain, else all); or at least ``p (1 - p) / n`` times Kish's design effect of the weights.

    Returns
    -------
    tuple of array of float, shape (p,)
        Lower and upper limits; NaN where the value is NaN or the domain has no degrees of freedom.

    Raises
    ------
    EstimateError
        SKATT-02 when the level is not between 0 and 1, SKATT-47 for ``kish`` when the weights are not known.

    Notes
    -----
    A share that its margins fix (standard error 0, value strictly between 0 and 1) is known: both limits equal it.
    At 0 and 1, where the estimated variance is 0 for want of variation, every method gives the Korn-Graubard limits with the
    average design effect of the comparable cells (same domain, else all), so that no interval has zero width.

    References
    ----------
    Franco, Little, Louis and Slud (2019), Journal of Survey Statistics and Methodology 7, doi:10.1093/jssam/smy019: intervals cover
    too little in clustered samples when the design effect is the simple design-based one.
    Kish, L. (1965), Survey Sampling, Wiley.
    """
    if not 0.0 < level < 1.0:
        raise EstimateError(
            Problem(
                code="SKATT-02",
                what=f"the confidence level {level} is not between 0 and 1",
                remedy="give a level such as 0.95",
                facts={"niva": level},
            )
        )
    values, errors, dof = estimates.values, estimates.standard_errors, estimates.dof
    share = estimates.numerator >= 0
    usable = np.isfinite(values) & np.isfinite(errors) & (dof > 0)
    t = np.full(len(values), np.nan)
    t[usable] = t_quantile(0.5 + level / 2, dof[usable])
    low, high = values - t * errors, values + t * errors
    inner = usable & share & (values > 0) & (values < 1) & (errors > 0)
    if inner.any():
        variances = _share_variances(
            estimates,
            _share_errors(estimates, errors, method),
            design_effect=design_effect,
        )
        low[inner], high[inner] = share_limits(
            values[inner],
            variances[inner],
            n=estimates.n[inner],
            dof=dof[inner],
            level=level,
            method=method,
        )
    edge = usable & share & ((values <= 0) | (values >= 1))
    if edge.any():
        n = estimates.n[edge].astype(np.float64)
        deff = estimates.comparable_effect[edge]
        if design_effect == "kish":
            deff = np.maximum(deff, _weight_effects(estimates)[edge])
        n_eff = np.minimum(n, n / deff * t_ratio(n, dof[edge], level) ** 2)
        low[edge], high[edge] = clopper_pearson(np.clip(values[edge], 0.0, 1.0), n_eff, level)
    return low, high


def _share_errors(estimates: Estimated, errors: FloatArray, method: IntervalMethod) -> FloatArray:
    """Standard errors, on the logit scale those that replicates give there, brought back by the slope."""
    if method != "logit" or not isinstance(estimates.kernel, LogitKernel):
        return errors
    own = estimates.kernel.logit_errors()
    if own is None:
        return errors
    scaled = own * estimates.values * (1 - estimates.values)
    return np.where(np.isfinite(scaled), scaled, errors)


def _share_variances(estimates: Estimated, errors: FloatArray, *, design_effect: DesignEffect) -> FloatArray:
    """Variances that the limits of shares rest on."""
    variances: FloatArray = errors**2
    if design_effect == "own":
        return variances
    n = estimates.n.astype(np.float64)
    binomial = estimates.values * (1 - estimates.values)
    if design_effect == "smoothed":
        return np.asarray(estimates.comparable_effect * binomial / np.maximum(n - 1, 1), dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.maximum(variances, _weight_effects(estimates) * binomial / n), dtype=np.float64)


def _weight_effects(estimates: Estimated) -> FloatArray:
    """Kish's design effects of the cells."""
    kernel = estimates.kernel
    found = kernel.weight_effects() if isinstance(kernel, WeightedKernel) else None
    if found is None:
        raise EstimateError(
            Problem(
                code="SKATT-47",
                what="the weights behind these estimates are not known",
                why="Kish's design effect is one of the weights, and a stored result holds none",
                remedy="make the intervals before the estimates are stored, or choose another design effect",
            )
        )
    return found


def share_limits(  # noqa: PLR0911 -- one return a method
    p: FloatArray,
    variance: FloatArray,
    *,
    n: IntArray | FloatArray,
    dof: FloatArray,
    level: float,
    method: IntervalMethod,
) -> Limits:
    """Confidence limits of shares strictly between 0 and 1 with positive variance.

    Parameters
    ----------
    p : array of float, shape (p,)
        Shares.
    variance : array of float, shape (p,)
        Design variances.
    n : array of int or float, shape (p,)
        Unweighted bases.
    dof : array of float, shape (p,)
        Design degrees of freedom, positive.
    level : float
        Confidence level.
    method : str
        ``wilson-korn-graubard`` (default elsewhere), ``wilson``, ``logit``, ``t``, ``korn-graubard``, ``beta``, ``log``, ``arcsine`` or ``likelihood``.

    Returns
    -------
    tuple of array of float, shape (p,)
        Lower and upper limits.

    Notes
    -----
    ``wilson`` uses ``n_eff = min(n, p (1 - p) / V)`` and the t quantile with the design's degrees of freedom; no further t ratio.
    ``wilson-korn-graubard`` is ``korn-graubard`` where ``n_eff min(p, 1 - p) < 10`` or ``n_eff < 30``, and ``wilson`` elsewhere: with
    few expected answers Wilson's limit towards the edge lies too far in, and coverage falls to 0.84 (``docs/methods/coverage.md``).
    ``korn-graubard`` is Clopper-Pearson at ``min(n, p (1 - p) / V * (t_{n-1} / t_dof)^2)``; ``beta`` is the same without the
    cap, as in R's ``svyciprop``. ``likelihood``: see :func:`trygghet.estimate.profile_limits.likelihood_limits`. ``logit``, ``log`` and ``arcsine`` are t intervals on the transformed scale.

    References
    ----------
    Franco, Little, Louis and Slud (2019), Journal of Survey Statistics and Methodology 7, doi:10.1093/jssam/smy019.
    Korn and Graubard (1998), Survey Methodology 24, 193-201.
    Brown, Cai and DasGupta (2001), Statistical Science 16, 101-133, doi:10.1214/ss/1009213286: Wilson's coverage near 0 and 1.
    Parker et al. (2017), National Center for Health Statistics, Vital and Health Statistics 2(175): Korn and Graubard's limits, and
    an effective sample size of 30 as the smallest that needs no warning.

    Examples
    --------
    >>> import numpy as np
    >>> p, n = np.array([0.5]), np.array([40])
    >>> low, high = share_limits(p, 1.2 * p * (1 - p) / n, n=n, dof=np.array([39.0]), level=0.95, method="wilson")
    >>> print(f"{low[0]:.5f} {high[0]:.5f}")
    0.33468 0.66532
    """
    t = t_quantile(0.5 + level / 2, dof)
    se = np.sqrt(variance)
    base = n.astype(np.float64)
    match method:
        case "t":
            return p - t * se, p + t * se
        case "wilson":
            return wilson(p, np.minimum(base, p * (1 - p) / variance), t)
        case "wilson-korn-graubard":
            n_eff = np.minimum(base, p * (1 - p) / variance)
            low, high = wilson(p, n_eff, t)
            below = 1 - 1e-9  # whole counts lie on the bounds: p and 1 - p must fall on the same side
            few = (n_eff * np.minimum(p, 1 - p) < below * FEW_EXPECTED) | (n_eff < below * SMALL_EFFECTIVE)
            exact = np.minimum(base, p * (1 - p) / variance * t_ratio(base, dof, level) ** 2)[few]
            low[few], high[few] = clopper_pearson(p[few], exact, level)
            return low, high
        case "logit":
            logit, half = np.log(p / (1 - p)), t * se / (p * (1 - p))
            return 1 / (1 + np.exp(half - logit)), 1 / (1 + np.exp(-half - logit))
        case "log":
            return p * np.exp(-t * se / p), np.minimum(p * np.exp(t * se / p), 1.0)
        case "arcsine":
            angle, half = np.arcsin(np.sqrt(p)), t * se / (2 * np.sqrt(p * (1 - p)))
            return np.sin(np.maximum(angle - half, 0.0)) ** 2, np.sin(
                np.minimum(angle + half, np.pi / 2)
            ) ** 2
        case "korn-graubard":
            n_eff = np.minimum(base, p * (1 - p) / variance * t_ratio(base, dof, level) ** 2)
            return clopper_pearson(p, n_eff, level)
        case "beta":
            return clopper_pearson(p, p * (1 - p) / variance * t_ratio(base, dof, level) ** 2, level)
        case "likelihood":
            return likelihood_limits(p, variance, n=n, dof=dof, level=level)
        case _:
            assert_never(method)


def wilson(p: FloatArray, n: FloatArray, t: FloatArray) -> Limits:
    """Score limits for a share of an effective sample size.

    Parameters
    ----------
    p : array of float
        Shares.
    n : array of float
        Effective sample sizes.
    t : array of float
        Quantiles of the standardised share.

    Returns
    -------
    tuple of array of float
        Lower and upper limits.
    """
    middle = (p + t**2 / (2 * n)) / (1 + t**2 / n)
    half = t / (1 + t**2 / n) * np.sqrt(p * (1 - p) / n + t**2 / (4 * n**2))
    return middle - half, middle + half


def clopper_pearson(p: FloatArray, n: FloatArray, level: float) -> Limits:
    """Exact binomial limits for a share of an effective sample size that need not be whole.

    Parameters
    ----------
    p : array of float
        Shares, 0 and 1 included.
    n : array of float
        Effective sample sizes.
    level : float
        Confidence level.

    Returns
    -------
    tuple of array of float
        Lower and upper limits; 0 below a share of 0 and 1 above a share of 1.
    """
    tail = (1 - level) / 2
    x = n * p
    low = np.zeros(len(p))
    high = np.ones(len(p))
    positive, below = p > 0, p < 1
    low[positive] = beta_quantile(tail, x[positive], n[positive] - x[positive] + 1)
    high[below] = beta_quantile(1 - tail, x[below] + 1, n[below] - x[below])
    return low, high


def comparable_design_effect(cells: pd.DataFrame, design_effect: FloatArray, inner: BoolArray) -> FloatArray:
    """Average design effect of the cells that are comparable to each cell.

    Parameters
    ----------
    cells : DataFrame
        Cells with columns by and domain.
    design_effect : array of float, shape (p,)
        Design effects.
    inner : array of bool, shape (p,)
        Cells whose design effect is estimated: shares strictly between 0 and 1.

    Returns
    -------
    array of float, shape (p,)
        Mean over the same domain; where it has none, over all cells; where there are none, 1.
    """
    known = np.where(inner & np.isfinite(design_effect) & (design_effect > 0), design_effect, np.nan)
    overall = float(np.nanmean(known)) if np.isfinite(known).any() else 1.0
    means = pd.Series(known).groupby([cells["by"].to_numpy(), cells["domain"].to_numpy()]).transform("mean")
    return means.fillna(overall).to_numpy(dtype=np.float64)


def t_ratio(n: FloatArray, dof: FloatArray, level: float) -> FloatArray:
    """Quotient t_{n-1} / t_dof: what Korn and Graubard pay for estimating the effective sample size.

    Parameters
    ----------
    n : array of float
        Unweighted bases.
    dof : array of float
        Degrees of freedom.
    level : float
        Confidence level.

    Returns
    -------
    array of float
        Quotients.
    """
    upper = 0.5 + level / 2
    return t_quantile(upper, np.maximum(n - 1, 1.0)) / t_quantile(upper, dof)
