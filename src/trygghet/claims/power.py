"""The chance that a report shows a true difference, by the variance that its rules judge with."""

import math
from functools import lru_cache
from typing import Literal

import numpy as np
from scipy import special

from trygghet._distributions import normal_below
from trygghet._typing import FloatArray

Judged = Literal["threshold", "waves", "rest", "options"]

_REACH = 8.0
_STEPS = 20
_NORMALLY = 0.8


@lru_cache(maxsize=4096)
def chance_of_seeing(
    judged: Judged, n: float, *, share: float, difference: float, critical: float, areas: int = 2
) -> float:
    """Chance that a true difference is shown, in its right direction.

    Parameters
    ----------
    judged : {"threshold", "waves", "rest", "options"}
        A share against a declared threshold; the change between two waves of equal size; an area against the rest, areas of
        equal size; two options of the same persons.
    n : float
        Answers over the design effect: of a simple random sample that is as precise.
    share : float
        Share of the one side: what is held against the threshold, the earlier wave, the rest, the one option.
    difference : float
        How much larger (negative: smaller) the threshold, the later wave, the area or the other option is.
    critical : float
        Normal critical value of one comparison.
    areas : int, default 2
        Number of areas, for ``"rest"``.

    Returns
    -------
    float
        Probability, 0 to 1; NaN where the other side would be no share.

    Notes
    -----
    Exact for independent binomial counts, except for two options. ``threshold``: Wilson's limits, which hold the threshold out when
    ``|p - t| > c sqrt(t (1 - t) / n)``. ``waves``: the variance at the observed shares. ``rest``: the larger of the variances at the
    observed and at equal shares (:func:`~trygghet.estimate.equal_shares.larger_variance`), so that a rare answer in a
    small area is not held for surer than it is. ``options``: normal, with the variance ``(p_1 + p_2 - d^2) / n`` of two options
    that nobody chooses both of, the least favourable case.

    Examples
    --------
    >>> below, above = (
    ...     chance_of_seeing("rest", 300, share=0.3, difference=d, critical=3.0, areas=7) for d in (-0.1, 0.1)
    ... )
    >>> below < above
    True
    """
    other = share + difference
    if not 0.0 <= other <= 1.0:
        return float("nan")
    if judged == "threshold":
        return _against_threshold(n, share, other, critical=critical)
    if judged == "options":
        error = math.sqrt(max(share + other - difference**2, 0.0) / n)
        return float(normal_below(abs(difference) / error - critical))
    sizes = (n, n) if judged == "waves" else (n / areas, n * (areas - 1) / areas)
    return _of_two(sizes, (other, share), critical=critical, larger=judged == "rest")


@lru_cache(maxsize=1024)
def seen_normally(judged: Judged, n: float, *, share: float, critical: float, areas: int = 2) -> float:
    """Smallest difference that is shown in eight surveys of ten, whichever direction it has.

    Parameters
    ----------
    judged : {"threshold", "waves", "rest", "options"}
        What is compared.
    n : float
        Answers over the design effect.
    share : float
        Share of the one side, at most a half.
    critical : float
        Normal critical value of one comparison.
    areas : int, default 2
        Number of areas, for ``"rest"``.

    Returns
    -------
    float
        Size of the difference; NaN where in one of the directions no difference is shown so often.
    """
    sizes = [
        _smallest(judged, n, share=share, critical=critical, areas=areas, sign=sign) for sign in (-1.0, 1.0)
    ]
    return max(sizes) if all(map(math.isfinite, sizes)) else float("nan")


def _smallest(judged: Judged, n: float, *, share: float, critical: float, areas: int, sign: float) -> float:
    low, high = 0.0, share if sign < 0 else 1.0 - share

    def chance(size: float) -> float:
        return chance_of_seeing(
            judged, n, share=share, difference=sign * size, critical=critical, areas=areas
        )

    if chance(high) < _NORMALLY:
        return float("nan")
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if chance(middle) >= _NORMALLY else (middle, high)
    return high


def _against_threshold(n: float, share: float, threshold: float, *, critical: float) -> float:
    counts, chances = _binomial(n, share)
    size = max(1, round(n))
    gap = counts / size - threshold
    right = gap < 0 if threshold > share else gap > 0
    shown = right & (np.abs(gap) > critical * math.sqrt(threshold * (1 - threshold) / size))
    return float(chances[shown].sum())


def _of_two(
    sizes: tuple[float, float], shares: tuple[float, float], *, critical: float, larger: bool
) -> float:
    """Sum over the counts of both sides."""
    (mine, chance), (theirs, others) = (_binomial(n, p) for n, p in zip(sizes, shares, strict=True))
    n, m = (max(1, round(size)) for size in sizes)
    p, q = (mine / n)[:, None], (theirs / m)[None, :]
    variance = p * (1 - p) / n + q * (1 - q) / m
    if larger:
        pooled = (n * p + m * q) / (n + m)
        variance = np.maximum(variance, pooled * (1 - pooled) * (1 / n + 1 / m))
    gap = p - q if shares[0] > shares[1] else q - p
    shown = (gap > critical * np.sqrt(variance)) & (variance > 0)
    return float((chance[:, None] * others[None, :])[shown].sum())


def _binomial(n: float, share: float) -> tuple[FloatArray, FloatArray]:
    """Counts that can come up, and their chances."""
    size = max(1, round(n))
    spread = _REACH * math.sqrt(size * share * (1 - share)) + 1
    counts = np.arange(
        max(0, math.floor(size * share - spread)), min(size, math.ceil(size * share + spread)) + 1.0
    )
    log = special.gammaln(size + 1) - special.gammaln(counts + 1) - special.gammaln(size - counts + 1)
    chances = np.exp(log + special.xlogy(counts, share) + special.xlog1py(size - counts, -share))
    return counts, chances
