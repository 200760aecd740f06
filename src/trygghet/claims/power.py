"""The chance that a report shows a true difference, by the variance that its rules judge with."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

import numpy as np
from scipy import special

from trygghet._distributions import normal_below
from trygghet._typing import FloatArray
from trygghet.estimate.intervals import Limits, clopper_pearson, share_limits, t_ratio

Judged = Literal["threshold", "waves", "rest", "options"]

_REACH = 8.0
_STEPS = 20
_NORMALLY = 0.8
_MOST_ANSWERS = 1_000_000


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
    Exact for independent binomial counts, except for two options. ``threshold``: the default limits of a share, which are Wilson's or,
    where few answers are expected, Korn and Graubard's (:func:`~trygghet.estimate.intervals.share_limits`). ``waves``: the variance at the observed shares. ``rest``: the larger of the variances at the
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
        return chance_of_telling(n, share=share, threshold=other, level=float(2 * normal_below(critical) - 1))
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


def chance_of_telling(
    n: float,
    *,
    share: float,
    threshold: float,
    level: float,
    design_effect: float = 1.0,
    dof: float = math.inf,
) -> float:
    """Chance that the default limits of a share keep a threshold out, on the side where it is.

    Parameters
    ----------
    n : float
        Answers.
    share : float
        True share.
    threshold : float
        Threshold that it is held against.
    level : float
        Level of the limits.
    design_effect : float, default 1
        Variance over that of a simple random sample, at least 1.
    dof : float, default infinite
        Degrees of freedom of the design.

    Returns
    -------
    float
        Probability, 0 to 1.

    Notes
    -----
    The sum of the binomial chances of the counts of ``n / design_effect`` answers whose limits leave the threshold outside.

    Examples
    --------
    >>> print(f"{chance_of_telling(500, share=0.20, threshold=0.25, level=0.95):.2f}")
    0.77
    """
    counts, chances = _binomial(n / design_effect, share)
    low, high = _count_limits(counts, n, level=level, design_effect=design_effect, dof=dof)
    shown = high < threshold if threshold > share else low > threshold
    return float(chances[shown].sum())


@lru_cache(maxsize=256)
def told_normally(
    n: float,
    *,
    threshold: float,
    above: bool,
    level: float,
    design_effect: float = 1.0,
    dof: float = math.inf,
) -> float:
    """Smallest distance from a threshold at which a share is told apart from it in eight surveys of ten.

    Parameters
    ----------
    n : float
        Answers.
    threshold : float
        Threshold that the share is held against.
    above : bool
        Whether the share lies above the threshold.
    level : float
        Level of the limits.
    design_effect : float, default 1
        Variance over that of a simple random sample, at least 1.
    dof : float, default infinite
        Degrees of freedom of the design.

    Returns
    -------
    float
        The distance; NaN where no share on that side is told apart so often.
    """
    sign = 1.0 if above else -1.0

    def chance(size: float) -> float:
        share = threshold + sign * size
        return chance_of_telling(
            n, share=share, threshold=threshold, level=level, design_effect=design_effect, dof=dof
        )

    return _first(chance, 1.0 - threshold if above else threshold)


def answers_to_tell(
    share: float, threshold: float, *, level: float, design_effect: float = 1.0, dof: float = math.inf
) -> int:
    """Answers with which a share is told apart from a threshold in eight surveys of ten.

    Parameters
    ----------
    share : float
        The share.
    threshold : float
        Threshold that it is held against.
    level : float
        Level of the limits.
    design_effect : float, default 1
        Variance over that of a simple random sample, at least 1.
    dof : float, default infinite
        Degrees of freedom of the design.

    Returns
    -------
    int
        Answers; 0 where it would take more than a million.
    """

    def enough(n: int) -> bool:
        told = chance_of_telling(
            n, share=share, threshold=threshold, level=level, design_effect=design_effect, dof=dof
        )
        return told >= _NORMALLY

    high = 2
    while not enough(high):
        high *= 2
        if high > _MOST_ANSWERS:
            return 0
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _count_limits(counts: FloatArray, n: float, *, level: float, design_effect: float, dof: float) -> Limits:
    """Default limits of counts among ``n / design_effect`` answers, as :func:`interval_limits` makes them."""
    size = max(1, round(n / design_effect))
    p = counts / size
    base, degrees = np.full(len(p), max(float(n), size)), np.full(len(p), dof)
    low, high = np.zeros(len(p)), np.ones(len(p))
    inner = (counts > 0) & (counts < size)
    if inner.any():
        low[inner], high[inner] = share_limits(
            p[inner],
            p[inner] * (1 - p[inner]) / size,
            n=base[inner],
            dof=degrees[inner],
            level=level,
            method="wilson-korn-graubard",
        )
    if not inner.all():
        exact = np.minimum(base, size * t_ratio(base, degrees, level) ** 2)[~inner]
        low[~inner], high[~inner] = clopper_pearson(p[~inner], exact, level)
    return low, high


def _smallest(judged: Judged, n: float, *, share: float, critical: float, areas: int, sign: float) -> float:
    high = share if sign < 0 else 1.0 - share

    def chance(size: float) -> float:
        return chance_of_seeing(
            judged, n, share=share, difference=sign * size, critical=critical, areas=areas
        )

    return _first(chance, high)


def _first(chance: Callable[[float], float], high: float) -> float:
    """Smallest value from 0 to ``high`` with which something is normally shown; NaN where ``high`` is not enough."""
    low = 0.0
    if chance(high) < _NORMALLY:
        return float("nan")
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if chance(middle) >= _NORMALLY else (middle, high)
    return high


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
