"""Many comparisons at once: what the level promises of the whole family."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from trygghet._distributions import t_above, t_quantile
from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.told import range_of, result_html

Adjustment = Literal["max-t", "holm", "bh", "none"]
PValueAdjustment = Literal["holm", "bh"]

_SMALLEST_EIGENVALUE = 1e-12
_PROMISES: dict[Adjustment, str] = {
    "max-t": "joint max-t, step-down: the risk of any false difference",
    "holm": "Holm: the risk of any false difference",
    "bh": "Benjamini and Hochberg: the expected share of false ones among those shown, exploratory",
    "none": "each comparison by itself, no adjustment",
}


@dataclass(frozen=True, slots=True, eq=False)
class Simultaneous:
    """Differences judged together.

    Parameters
    ----------
    low, high : array of float, shape (p,)
        Simultaneous confidence limits; NaN for a cell that could not be judged.
    p_values : array of float, shape (p,)
        Adjusted p-values, two-sided.
    above, below : array of bool, shape (p,)
        Whether the difference is shown to be above, or below, zero.
    judged : int
        Number of cells in the family.
    method : str
        ``"max-t"``, ``"holm"``, ``"bh"`` or ``"none"``.
    critical : float
        Level of a single comparison that the limits rest on.
    estimates : Estimates
        The differences.
    """

    low: FloatArray
    high: FloatArray
    p_values: FloatArray
    above: BoolArray
    below: BoolArray
    judged: int
    method: Adjustment
    critical: float
    estimates: Estimates

    def to_frame(self) -> pd.DataFrame:
        """Lay the family out as a table, one row a difference.

        Returns
        -------
        DataFrame
            Columns item, category, by, domain, estimate, standard_error, low, high, p_value (adjusted), above, below.
        """
        return self.estimates.cells.assign(
            estimate=self.estimates.values,
            standard_error=self.estimates.standard_errors,
            low=self.low,
            high=self.high,
            p_value=self.p_values,
            above=self.above,
            below=self.below,
        )

    def _repr_html_(self) -> str:
        told = [_PROMISES[self.method], range_of("comparisons judged", np.array([self.judged]))]
        told += self.estimates.about.told(self.estimates.n, self.estimates.dof)
        return result_html(f"{self.estimates.estimand}, judged as one family", self.to_frame(), told)


def simultaneous(
    estimates: Estimates,
    *,
    level: float = 0.95,
    adjustment: Adjustment = "max-t",
    draws: int = 10_000,
    seed: int = 2026,
) -> Simultaneous:
    """Judge all differences in a result as one family: joint max-t, Holm, or Benjamini and Hochberg.

    Parameters
    ----------
    estimates : Estimates
        Differences or changes, with their joint covariance.
    level : float
        One minus the risk that any difference is wrongly shown, or shown in the wrong direction; for ``"bh"`` one minus the expected
        share of false ones among those that are shown.
    adjustment : {"max-t", "holm", "bh", "none"}
        Step-down by the joint distribution of the t statistics; Holm, which needs no joint distribution; Benjamini and Hochberg, for
        screening many areas (say that it is exploratory); or none.
    draws : int
        Draws for ``"max-t"``.
    seed : int
        Seed of the draws.

    Returns
    -------
    Simultaneous
        Limits, adjusted p-values and decisions, which agree with each other.

    Notes
    -----
    Statistics are compared by their p-values, each with its own degrees of freedom ``f_j``: ``p_j = 2 P(t_{f_j} > |d_j| / s_j)``.
    ``max-t`` draws ``Z ~ N(0, R)`` with ``R`` the correlation of the differences, divides by ``sqrt(chi2_f / f)`` (one chi-square a
    draw where all ``f_j`` are equal, else one each) and takes the distribution of the smallest p-value among the hypotheses that
    remain (Westfall and Young's step-down, Romano and Wolf 2005). Limits use the first step, ``d_j ± t_{f_j}(c) s_j``; a difference
    that only a later step rejects has its nearer limit at zero, which is what the step-down shows of it. Directions: every
    rejected difference has the sign of its estimate. With ``bh`` the limits have level ``1 - (1 - level) R / m`` for R rejected of m
    (at least one), which keeps the expected share of shown limits that miss at ``1 - level`` (Benjamini and Yekutieli 2005).

    References
    ----------
    Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, doi:10.1111/j.2517-6161.1995.tb02031.x.
    Benjamini and Yekutieli (2005), Journal of the American Statistical Association 100, doi:10.1198/016214504000001907.
    Romano and Wolf (2005), Journal of the American Statistical Association 100, doi:10.1198/016214504000000539.
    Holm (1979), Scandinavian Journal of Statistics 6, 65-70.
    Guilbaud (2008), Biometrical Journal 50, doi:10.1002/bimj.200710449 (limits that agree with a step-down).

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> from trygghet.estimate import difference, proportion
    >>> frame = pd.DataFrame({"area": list("aaaabbbbcccc"), "unsafe": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0], "w": 10.0})
    >>> gaps = difference(proportion(SurveyDesign.from_frame(frame, weights="w"), "unsafe", by="area"))
    >>> simultaneous(gaps, adjustment="holm").to_frame()[["domain", "p_value"]].round(2).values.tolist()
    [['a', 0.3], ['b', 0.82], ['c', 0.82]]
    """
    values, errors, dof = estimates.values, estimates.standard_errors, estimates.dof
    usable = np.isfinite(values) & np.isfinite(errors) & (errors > 0) & (dof > 0)
    cells = np.flatnonzero(usable)
    result = _Blank(len(values))
    if not len(cells):
        return Simultaneous(
            *result.arrays, judged=0, method=adjustment, critical=float("nan"), estimates=estimates
        )
    d, s, f = values[cells], errors[cells], dof[cells]
    raw = _two_sided(np.abs(d) / s, f)
    minima = (
        _smallest(estimates.covariance(cells), f, draws=draws, seed=seed) if adjustment == "max-t" else None
    )
    adjusted, critical = _adjusted(raw, minima, adjustment=adjustment, level=level)
    half = -t_quantile(critical / 2, f) * s
    low, high = d - half, d + half
    rejected = adjusted <= 1 - level + _SMALLEST_EIGENVALUE
    low[rejected & (d > 0)] = np.maximum(low[rejected & (d > 0)], 0.0)
    high[rejected & (d < 0)] = np.minimum(high[rejected & (d < 0)], 0.0)
    for whole, part in zip(
        result.arrays, (low, high, adjusted, rejected & (d > 0), rejected & (d < 0)), strict=True
    ):
        whole[cells] = part
    return Simultaneous(
        *result.arrays, judged=len(cells), method=adjustment, critical=critical, estimates=estimates
    )


def adjust_p_values(p_values: FloatArray | Sequence[float], method: PValueAdjustment = "holm") -> FloatArray:
    """Adjust the p-values of a family of tests, leaving out those that could not be computed.

    Parameters
    ----------
    p_values : array of float, shape (p,)
        P-values; NaN where there is none.
    method : {"holm", "bh"}
        Holm: the risk of any false rejection. ``bh``, Benjamini and Hochberg: the expected share of false ones among the rejected.

    Returns
    -------
    array of float, shape (p,)
        Adjusted p-values, at most 1; NaN where there was none.

    Notes
    -----
    Of ``m`` p-values in rising order, Holm gives ``max over i <= j of (m - i + 1) p_(i)`` and Benjamini and Hochberg
    ``min over i >= j of m p_(i) / i``.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6, 65-70.
    Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, doi:10.1111/j.2517-6161.1995.tb02031.x.

    Examples
    --------
    >>> adjust_p_values([0.01, np.nan, 0.04])
    array([0.02,  nan, 0.04])
    >>> adjust_p_values([0.01, 0.02, 0.5], "bh")
    array([0.03, 0.03, 0.5 ])
    """
    raw = np.asarray(p_values, dtype=np.float64)
    result = np.full(len(raw), np.nan)
    known = np.flatnonzero(np.isfinite(raw))
    if len(known):
        result[known] = _adjusted(raw[known], None, adjustment=method, level=0.95)[0]
    return result


class _Blank:
    """Arrays of a family before it is judged."""

    def __init__(self, size: int) -> None:
        self.arrays: tuple[FloatArray, FloatArray, FloatArray, BoolArray, BoolArray] = (
            np.full(size, np.nan),
            np.full(size, np.nan),
            np.full(size, np.nan),
            np.zeros(size, dtype=np.bool_),
            np.zeros(size, dtype=np.bool_),
        )


def _smallest(covariance: FloatArray, dof: FloatArray, *, draws: int, seed: int) -> FloatArray:
    """P-values of the family under the joint null, one row a draw; shape (draws, p)."""
    scale = np.sqrt(np.diag(covariance))
    eigenvalues, vectors = np.linalg.eigh(covariance / np.outer(scale, scale))
    kept = eigenvalues > _SMALLEST_EIGENVALUE
    factor = vectors[:, kept] * np.sqrt(eigenvalues[kept])
    generator = np.random.default_rng(seed)
    z = generator.standard_normal((draws, int(kept.sum()))) @ factor.T
    finite = np.where(np.isfinite(dof), dof, 1e9)
    if np.ptp(finite) == 0:
        z /= np.sqrt(generator.chisquare(finite[0], (draws, 1)) / finite[0])
    else:
        z /= np.sqrt(generator.chisquare(finite, z.shape) / finite)
    return _two_sided(np.abs(z), finite)


def _two_sided(statistics: FloatArray, dof: FloatArray) -> FloatArray:
    return 2 * t_above(statistics, dof)


def _adjusted(
    raw: FloatArray, minima: FloatArray | None, *, adjustment: Adjustment, level: float
) -> tuple[FloatArray, float]:
    """Adjusted p-values, and the level of one comparison that the limits rest on."""
    alpha = 1 - level
    if adjustment == "none":
        return raw, alpha
    order: IntArray = np.argsort(raw, kind="stable")
    if adjustment == "bh":
        scaled = raw[order] * len(raw) / np.arange(1, len(raw) + 1)
        shares = np.empty(len(raw))
        shares[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
        return shares, alpha * max(1, int(np.sum(shares <= alpha))) / len(raw)
    steps = np.empty(len(raw))
    if minima is None:
        steps = raw[order] * np.arange(len(raw), 0, -1)
        critical = alpha / len(raw)
    else:
        running = np.full(len(minima), np.inf)
        for place in range(len(raw) - 1, -1, -1):
            running = np.minimum(running, minima[:, order[place]])
            steps[place] = (1 + np.sum(running <= raw[order[place]])) / (len(minima) + 1)
        critical = float(np.sort(running)[max(0, int(alpha * (len(minima) + 1)) - 1)])
    adjusted = np.empty(len(raw))
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(steps))
    return adjusted, critical
