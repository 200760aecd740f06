"""What it would have taken to show a statement that could not be shown, by the variance that judged it."""

import math

import numpy as np

from trygghet.claims.claim import Number
from trygghet.claims.power import answers_to_tell, told_normally
from trygghet.claims.said import Count, Points, Said
from trygghet.claims.wording import Sentence
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.families import Simultaneous

Needed = tuple[tuple[Sentence, ...], dict[str, Number]]

_NORMALLY = 0.8
_TOO_NEAR = 0.005
_HUNDRED = 100


def difference_needed(size: float, key: str, gaps: dict[str, Said] | None = None) -> Needed:
    """Say how large a difference would have had to be.

    Parameters
    ----------
    size : float
        Smallest difference that is normally detected; NaN or 0 where answers do not vary, so that there is none.
    key : str
        Key of the sentence, with the gap ``needed``.
    gaps : dict of str to Said, optional
        Further gaps of the sentence.

    Returns
    -------
    tuple of Sentence and dict
        The sentence, and its number ``detectable`` where there is one.
    """
    if not (math.isfinite(size) and size > 0):
        return (Sentence("needed.alike", {}),), {}
    return (Sentence(key, (gaps or {}) | {"needed": Points(size)}),), {"detectable": size}


def threshold_needed(estimates: Estimates, place: int, *, threshold: float, level: float) -> Needed:
    """Say how far from a threshold a share would have had to lie, and how many answers would have told it apart.

    Parameters
    ----------
    estimates : Estimates
        Shares.
    place : int
        Position of the cell.
    threshold : float
        Threshold that the share is held against.
    level : float
        Level of the limits that judged.

    Returns
    -------
    tuple of Sentence and dict
        Sentences and their numbers: ``detectable``, the distance that a survey like this normally tells apart, and
        ``answers_needed`` for the share as estimated, rounded upwards to two digits and left out where it lies within half a
        percentage point of the threshold.

    Notes
    -----
    Power 80 per cent, by the limits that judged (:func:`~trygghet.claims.power.chance_of_telling`), with the cell's own design effect
    and degrees of freedom. Distances are counted on the side where the estimate lies.
    """
    share, n, dof = float(estimates.values[place]), int(estimates.n[place]), float(estimates.dof[place])
    effect = _design_effect(estimates, place)
    size = told_normally(
        n, threshold=threshold, above=share > threshold, level=level, design_effect=effect, dof=dof
    )
    if math.isfinite(size):
        told, numbers = difference_needed(size, "threshold.distance")
    else:
        told, numbers = (Sentence("threshold.never", {}),), {}
    if abs(share - threshold) < _TOO_NEAR:
        return told, numbers
    answers = _upwards(answers_to_tell(share, threshold, level=level, design_effect=effect, dof=dof))
    if not answers:
        return told, numbers
    return (*told, Sentence("threshold.answers", {"n": Count(answers)})), numbers | {
        "answers_needed": answers
    }


def nobody_needed(among: Estimates) -> Needed:
    """Say how common something would have had to be for anybody to have it among those who were asked.

    Parameters
    ----------
    among : Estimates
        One share, of which nobody was counted.

    Returns
    -------
    tuple of Sentence and dict
        The sentence and its number ``one_in``.

    Notes
    -----
    Of ``m`` answers, effectively, at least one has something of share ``x`` with the chance ``1 - (1 - x)^m``, which is 80 per cent at
    ``x = 1 - 0.2^(1/m)``. ``one_in`` is ``1 / x`` rounded downwards.
    """
    effective = float(among.n[0]) / _design_effect(among, 0)
    share = 1 - (1 - _NORMALLY) ** (1 / max(1.0, effective))
    one_in = max(1, math.floor(1 / share))
    return (Sentence("both.needed", {"k": Count(one_in)}),), {"one_in": one_in}


def ends_of(told: Simultaneous, place: int, *, level: float) -> tuple[float, float]:
    """Give the limits that a sentence on a difference shows.

    Parameters
    ----------
    told : Simultaneous
        The family that judged it.
    place : int
        Position of the difference.
    level : float
        Level of the family.

    Returns
    -------
    tuple of float
        Simultaneous limits; where answers do not vary, so that nothing was judged, the difference's own limits.
    """
    ends = float(told.low[place]), float(told.high[place])
    if all(map(math.isfinite, ends)):
        return ends
    low, high = told.estimates.interval(level)
    return float(low[place]), float(high[place])


def _design_effect(estimates: Estimates, place: int) -> float:
    """Design effect of a share's limits: at least 1, of comparable shares where answers do not vary."""
    p, n = float(estimates.values[place]), int(estimates.n[place])
    if not 0.0 < p < 1.0:
        return max(1.0, float(estimates.comparable_effect[place]))
    return max(1.0, float(estimates.standard_errors[place]) ** 2 * n / (p * (1 - p)))


def _upwards(answers: int) -> int:
    """Round upwards to two digits."""
    step = 10 ** max(0, int(np.log10(max(answers, 1))) - 1)
    return -(-answers // step) * step if answers >= _HUNDRED else answers
