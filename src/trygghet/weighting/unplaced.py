"""Respondents without a category of their own: what they are taken for."""

from dataclasses import replace

import numpy as np

from trygghet.weighting.margins import Margins
from trygghet.weighting.membership import place_sample, respelled
from trygghet.weighting.sample import Sample, Start, prepare
from trygghet.weighting.weights import Weights


def share_as_respondents(sample: Sample, margins: Margins, *, start: Start | Weights = "design") -> Margins:
    """Margins by which respondents without a category are taken for what the others answered.

    By default a respondent without sex, age or district belongs to the possible categories in proportion to the population. That
    is the same as leaving the margin out for this person: the others meet the population's shares among themselves. Where those
    who lack an answer are rather like the others who answered, their membership is the respondents' own composition, by start
    weights, among the categories that agree with what is known of them.

    Parameters
    ----------
    sample : Microdata or SurveyDesign
        The respondents that will be weighted.
    margins : Margins
        Population totals.
    start : {"design", "supplied", "ones"} or Weights
        The weights that the calibration will start from.

    Returns
    -------
    Margins
        The same totals, with ``expected`` filled in; every calibration and every replicate to them uses it.

    Raises
    ------
    MarginError
        If margins and sample do not fit.

    Notes
    -----
    With one table and linear calibration, the factor of whoever lacks a category is the others' mean factor: these respondents keep
    the share of the weight that they had before. Totals are met either way: every respondent's memberships sum to one. Standard
    errors take the memberships as given. Where nobody agrees with what is known of a respondent, the population's shares count.

    References
    ----------
    Kennedy, L., Khanna, K., Simpson, D., Gelman, A., Jia, Y. and Teitler, J. (2020). Using sex and gender in survey adjustment.
    arXiv:2009.14401, on what an answer outside the population's categories may be taken for.

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> from trygghet.weighting import Margins, calibrate, share_as_respondents
    >>> design = SurveyDesign.from_frame(pd.DataFrame({"kon": ["K", "K", "K", "M", None]}))
    >>> margins = Margins.from_dict({"kon": {"K": 50.0, "M": 50.0}})
    >>> calibrate(design, margins).values.round(3)
    array([12.5, 12.5, 12.5, 37.5, 25. ])
    >>> calibrate(design, share_as_respondents(design, margins)).values.round(3)
    array([11.667, 11.667, 11.667, 45.   , 20.   ])
    """
    ready = prepare(sample, start)
    membership = place_sample(ready.columns, replace(margins, expected=()), aliases=ready.aliases)
    expected = []
    for table, place in zip(margins.tables, membership.places, strict=True):
        own = respelled(table, ready.aliases)
        placed = place.codes < len(own.totals)
        held = np.bincount(place.codes[placed], ready.start[placed], len(own.totals))
        expected.append(dict(zip(own.categories, held.tolist(), strict=True)))
    return replace(margins, expected=tuple(expected))
