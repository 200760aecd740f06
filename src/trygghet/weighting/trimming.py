"""Trimming after calibration: large weights are cut and what is cut off is shared among the others."""

from dataclasses import replace

import numpy as np

from trygghet._typing import FloatArray
from trygghet.errors import MarginError, Problem
from trygghet.weighting.calibration import WeightCap, check_bounds
from trygghet.weighting.sample import Sample, Start, prepare
from trygghet.weighting.weights import CalibrationStep, Weights


def trim_weights(
    sample: Sample, cap: WeightCap, *, start: Start | Weights = "design", strict: bool = True
) -> Weights:
    """Cut weights at a cap and share what is cut off equally among the other respondents.

    **Do not trim calibrated weights with this verb if you can calibrate within the cap**:
    ``rake(sample, margins, bounds=WeightCap(upper=...))`` keeps both the cap and the margins, or says why it cannot. Weights that are
    trimmed afterwards miss the margins (``worst_margin_error`` says by how much), so that known totals are no longer reproduced.
    Trimming is for weights without margins, such as an institute's, and for comparison with what others did.

    Parameters
    ----------
    sample : Microdata or SurveyDesign
        The sample that the weights belong to.
    cap : WeightCap
        Largest and smallest weight.
    start : {"design", "supplied", "ones"} or Weights
        The weights to trim.
    strict : bool
        Whether sharing goes on until no weight is outside the cap; else it is done once, and weights that were just within the cap may
        end outside it.

    Returns
    -------
    Weights
        Weights with the same sum, with a note that says how many were cut; those given where none is outside. Their standard errors
        are residuals from the calibration before the cut.

    Raises
    ------
    MarginError
        VIKT-19 if the cap makes no sense, VIKT-71 if the mean weight is outside it, so that nobody can take what is cut off; as
        :func:`calibrate` where the weights do not fit the sample.

    Notes
    -----
    Cut to ``min(max(w, lower), upper)``, the surplus is added in equal parts to the weights that were within. Repeating this ends at
    ``min(w + c, upper)`` with the one c that keeps the sum (``max(w + c, lower)`` where weights were lifted), which is computed
    directly.

    References
    ----------
    Potter, F. (1990). A study of procedures to identify and trim extreme sampling weights. Proceedings of the Section on Survey
    Research Methods, American Statistical Association, 225-230.

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> from trygghet.weighting import WeightCap, trim_weights
    >>> design = SurveyDesign.from_frame(pd.DataFrame({"d": [10.0, 20.0, 38.0, 72.0]}), weights="d")
    >>> trim_weights(design, WeightCap(upper=40.0)).values
    array([25., 35., 40., 40.])
    >>> trim_weights(design, WeightCap(upper=50.0), strict=False).values.round(2)
    array([17.33, 27.33, 45.33, 50.  ])
    """
    check_bounds(cap)
    ready = prepare(sample, start)
    given = start if isinstance(start, Weights) else None
    values = ready.start
    outside = int(_outside(values, cap).sum())
    made = given or Weights(values=values, start=values, scale=ready.scale, ids=ready.ids, notes=ready.notes)
    if not outside:
        return made
    trimmed = _trimmed(values, cap, strict=strict)
    steps = _kept(made.calibration, values)
    return replace(
        made,
        values=trimmed,
        calibration=steps,
        method=f"{made.method}, trimmed",
        worst_margin_error=_worst(steps, trimmed, made.targets),
        notes=(*made.notes, _told(outside, len(values), cap)),
    )


def trim_replicates(replicates: FloatArray, cap: WeightCap, *, strict: bool = True) -> FloatArray:
    """Trim every column of replicate weights as :func:`trim_weights` trims the sample's.

    Parameters
    ----------
    replicates : ndarray
        Replicate weights (n, R).
    cap : WeightCap
        Largest and smallest weight.
    strict : bool
        Whether sharing goes on until no weight is outside the cap.

    Returns
    -------
    ndarray
        Weights with the same column sums. A weight of 0 stays: the respondent is not in that replicate, and takes no part. Bootstrap
        weights are large where a unit is drawn several times; a cap meant for the sample's weights cuts them too.

    Raises
    ------
    MarginError
        VIKT-19 if the cap makes no sense, VIKT-71 if the mean weight of a replicate is outside it.

    Examples
    --------
    >>> import numpy as np
    >>> from trygghet.weighting import WeightCap, trim_replicates
    >>> trim_replicates(np.array([[0.0, 10.0], [30.0, 10.0], [50.0, 10.0]]), WeightCap(upper=45.0)).tolist()
    [[0.0, 10.0], [35.0, 10.0], [45.0, 10.0]]
    """
    check_bounds(cap)
    result = np.array(replicates, dtype=np.float64)
    for column in np.flatnonzero((_outside(result, cap) & (result > 0)).any(axis=0)):
        inside = result[:, column] > 0
        result[inside, column] = _trimmed(result[inside, column], cap, strict=strict)
    return result


def _outside(values: FloatArray, cap: WeightCap) -> np.ndarray:
    return np.asarray((values < cap.lower) | (values > cap.upper))


def _trimmed(values: FloatArray, cap: WeightCap, *, strict: bool) -> FloatArray:
    """One round of cutting and sharing, then the limit of all further rounds."""
    within = ~_outside(values, cap)
    cut = np.clip(values, cap.lower, cap.upper)
    surplus = float((values - cut).sum())
    mean = float(values.mean())
    if not within.any() or (strict and not cap.lower <= mean <= cap.upper):
        raise MarginError(
            Problem(
                code="VIKT-71",
                what=f"The mean weight is {mean:.4g}, and the cap is {cap.lower:g} to {cap.upper:g}.",
                why="What is cut off must be taken by weights within the cap.",
                remedy="Choose a cap with the mean weight well within it.",
                facts={"medel": f"{mean:.4g}".replace(".", ","), "tak": f"{cap.upper:g}".replace(".", ",")},
            )
        )
    once = np.where(within, cut + surplus / within.sum(), cut)
    if not strict or not _outside(once, cap).any():
        return once
    if surplus > 0:
        return _filled(once, cap.upper)
    return -_filled(-once, -cap.lower)


def _filled(values: FloatArray, upper: float) -> FloatArray:
    """``min(values + c, upper)`` with the sum of the values: the c at which the free ones take all that is cut."""
    order = np.sort(values)
    count = np.arange(1, len(order) + 1)
    # if the k smallest are free, they share what the others give up
    shift = (values.sum() - upper * (len(order) - count) - np.cumsum(order)) / count
    free = order + shift <= upper
    free[0] = True
    c = float(shift[np.flatnonzero(free)[-1]])
    return np.minimum(values + c, upper)


def _kept(steps: tuple[CalibrationStep, ...], values: FloatArray) -> tuple[CalibrationStep, ...]:
    """The calibrations, the last of which remembers the weights that it ended with."""
    if not steps or steps[-1].after is not None:
        return steps
    return (*steps[:-1], replace(steps[-1], after=values))


def _worst(steps: tuple[CalibrationStep, ...], values: FloatArray, targets: FloatArray) -> float:
    if not steps or not len(targets):
        return 0.0
    reached = np.asarray(steps[-1].matrix.T @ values)
    return float((np.abs(reached - targets) / np.maximum(np.abs(targets), 1.0)).max())


def _told(cut: int, rows: int, cap: WeightCap) -> Problem:
    return Problem(
        code="VIKT-72",
        what=f"{cut} of {rows} weights were cut to {cap.lower:g} to {cap.upper:g}.",
        why="Trimmed weights no longer meet the margins.",
        remedy="Give the cap to the calibration (bounds) instead.",
        facts={"antal": cut, "rader": rows, "tak": f"{cap.upper:g}".replace(".", ",")},
    )
