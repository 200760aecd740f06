"""Integrated weights: one weight for all respondents of a household, meeting the margins of persons."""

import numpy as np

from trygghet._typing import CalibrationMethod
from trygghet.errors import MarginError, Problem
from trygghet.weighting.calibration import Bounds, check_bounds, fit, scaled_start
from trygghet.weighting.margins import Margins
from trygghet.weighting.membership import place_sample
from trygghet.weighting.sample import Sample, Start, prepare
from trygghet.weighting.solver import Stopping
from trygghet.weighting.weights import Weights


def calibrate_households(
    sample: Sample,
    margins: Margins,
    *,
    household: str,
    method: CalibrationMethod = "raking",
    start: Start | Weights = "design",
    bounds: Bounds = None,
    tolerance: float = 1e-9,
) -> Weights:
    """Weights that meet the margins of persons and are the same for all members of a household.

    Parameters
    ----------
    sample : Microdata or SurveyDesign
        Respondents; all members of a household that answered.
    margins : Margins
        Population totals of persons.
    household : str
        Column that tells households apart.
    method : {"raking", "linear", "logit", "sinh"}
        Distance.
    start : {"design", "supplied", "ones"} or Weights
        What to start from; the same within a household.
    bounds : tuple of float or WeightCap, optional
        Bounds of factors or weights.
    tolerance : float
        Largest relative error of any margin.

    Returns
    -------
    Weights
        One weight a household, repeated for its members.

    Raises
    ------
    MarginError
        If somebody has no household, or members of one start from different weights; else as :func:`calibrate`.
    ConvergenceError
        If the margins are not met.

    Notes
    -----
    Each person's auxiliary values are replaced by their mean over the household.

    References
    ----------
    Lemaitre, G. and Dufour, J. (1987). An integrated method for weighting persons and families. Survey Methodology 13, 199-207.
    """
    check_bounds(bounds)
    ready = scaled_start(prepare(sample, start), margins)
    codes = ready.columns.groups(household).codes
    lacking = int((codes < 0).sum())
    _, house = np.unique(codes, return_inverse=True)
    house = house.astype(np.int64)
    mean = np.bincount(house, ready.start) / np.bincount(house)
    unequal = int((np.abs(ready.start / mean[house] - 1.0) > 1e-9).sum())
    if lacking or unequal:
        raise MarginError(
            Problem(
                code="VIKT-64",
                what=f"{lacking} respondents have no household, and {unequal} start from another weight than their household.",
                why="Members of a household share one weight.",
                remedy="Fill in the household, and start from household weights.",
                facts={"utan": lacking, "olika": unequal, "kolumn": household},
            )
        )
    membership = place_sample(ready.columns, margins, aliases=ready.aliases)
    how = (method, Stopping(tolerance))
    return fit(ready, membership, margins=margins, bounds=bounds, how=how, household=house)
