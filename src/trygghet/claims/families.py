"""Many statements at once: the risk of any false one among them is what the level promises."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from trygghet._distributions import t_above, t_quantile
from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.estimate.estimates import Estimates

Adjustment = Literal["max-t", "holm", "none"]

METHODS: dict[Adjustment, str] = {
    "max-t": "största gemensamma t-värdet, stegvis",
    "holm": "Holms metod",
    "none": "en enda jämförelse",
}
_SMALLEST_EIGENVALUE = 1e-12


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
        ``"max-t"``, ``"holm"`` or ``"none"``.
    critical : float
        Adjusted level of a single comparison in the first step.
    """

    low: FloatArray
    high: FloatArray
    p_values: FloatArray
    above: BoolArray
    below: BoolArray
    judged: int
    method: Adjustment
    critical: float


def simultaneous(
    estimates: Estimates,
    *,
    level: float = 0.95,
    adjustment: Adjustment = "max-t",
    draws: int = 10_000,
    seed: int = 2026,
) -> Simultaneous:
    """Judge all differences in a result as one family.

    Parameters
    ----------
    estimates : Estimates
        Differences or changes, with their joint covariance.
    level : float
        One minus the risk that any difference is wrongly shown, or shown in the wrong direction.
    adjustment : {"max-t", "holm", "none"}
        Step-down by the joint distribution of the t statistics; Holm, which needs no joint distribution; or none.
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
    rejected difference has the sign of its estimate.

    References
    ----------
    Romano and Wolf (2005), Journal of the American Statistical Association 100, doi:10.1198/016214504000000539.
    Holm (1979), Scandinavian Journal of Statistics 6, 65-70.
    Guilbaud (2008), Biometrical Journal 50, doi:10.1002/bimj.200710449 (limits that agree with a step-down).
    """
    values, errors, dof = estimates.values, estimates.standard_errors, estimates.dof
    usable = np.isfinite(values) & np.isfinite(errors) & (errors > 0) & (dof > 0)
    cells = np.flatnonzero(usable)
    result = _Blank(len(values))
    if not len(cells):
        return Simultaneous(*result.arrays, judged=0, method=adjustment, critical=float("nan"))
    d, s, f = values[cells], errors[cells], dof[cells]
    raw = _two_sided(np.abs(d) / s, f)
    minima = (
        _smallest(estimates.covariance(cells), f, draws=draws, seed=seed) if adjustment == "max-t" else None
    )
    adjusted, critical = _step_down(raw, minima, adjustment=adjustment, level=level)
    half = -t_quantile(critical / 2, f) * s
    low, high = d - half, d + half
    rejected = adjusted <= 1 - level + _SMALLEST_EIGENVALUE
    low[rejected & (d > 0)] = np.maximum(low[rejected & (d > 0)], 0.0)
    high[rejected & (d < 0)] = np.minimum(high[rejected & (d < 0)], 0.0)
    for whole, part in zip(
        result.arrays, (low, high, adjusted, rejected & (d > 0), rejected & (d < 0)), strict=True
    ):
        whole[cells] = part
    return Simultaneous(*result.arrays, judged=len(cells), method=adjustment, critical=critical)


def holm(p_values: FloatArray) -> FloatArray:
    """Holm's adjusted p-values, leaving out those that could not be computed.

    Parameters
    ----------
    p_values : array of float, shape (p,)
        P-values; NaN where there is none.

    Returns
    -------
    array of float, shape (p,)
        Adjusted p-values, at most 1; NaN where there was none.

    Notes
    -----
    ``max over i <= j of (m - i + 1) p_(i)`` in rising order of ``m`` p-values.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6, 65-70.

    Examples
    --------
    >>> print(holm(np.array([0.01, np.nan, 0.04])))
    [0.02  nan 0.04]
    """
    result = np.full(len(p_values), np.nan)
    known = np.flatnonzero(np.isfinite(p_values))
    if len(known):
        result[known] = _step_down(p_values[known], None, adjustment="holm", level=0.95)[0]
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


def _step_down(
    raw: FloatArray, minima: FloatArray | None, *, adjustment: Adjustment, level: float
) -> tuple[FloatArray, float]:
    """Adjusted p-values, and the level of one comparison in the first step."""
    alpha = 1 - level
    if adjustment == "none":
        return raw, alpha
    order: IntArray = np.argsort(raw, kind="stable")
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
