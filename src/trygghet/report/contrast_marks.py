"""Which districts differ from the rest of the municipality, when every comparison of the table is counted."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from scipy import stats

from trygghet._typing import BoolArray, FloatArray
from trygghet.estimate.estimates import Estimates
from trygghet.report.reading import is_shown

HIGHER: Final = "▲"
LOWER: Final = "▼"


def marks_of(contrasts: Estimates, *, level: float = 0.95) -> Mapping[tuple[str, str], str]:
    """Mark the comparisons that are established by Holm's step-down over all comparisons shown.

    Parameters
    ----------
    contrasts : Estimates
        One difference an item and district: the district minus the rest of the municipality.
    level : float, default 0.95
        One minus the family-wise error.

    Returns
    -------
    mapping of (item, domain) to str
        ``▲`` higher, ``▼`` lower, empty when not established.

    References
    ----------
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. *Scandinavian Journal of Statistics*,
    6(2), 65-70.
    """
    errors = contrasts.standard_errors
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.abs(contrasts.values) / errors
    p_values = np.asarray(2.0 * stats.t.sf(statistic, contrasts.dof), dtype=np.float64)
    tested = is_shown(contrasts) & np.isfinite(p_values)
    rejected = np.zeros(len(contrasts), dtype=np.bool_)
    rejected[tested] = _holm(p_values[tested], 1.0 - level)
    keys = zip(contrasts.cells["item"].astype(str), contrasts.cells["domain"].astype(str), strict=True)
    signs = np.where(rejected, np.where(contrasts.values > 0, HIGHER, LOWER), "")
    return dict(zip(keys, signs.tolist(), strict=True))


def _holm(p_values: FloatArray, alpha: float) -> BoolArray:
    """Reject by Holm: the smallest p against alpha/k, the next against alpha/(k-1), until one fails."""
    order = np.argsort(p_values, kind="stable")
    limits = alpha / (len(p_values) - np.arange(len(p_values)))
    passed = np.logical_and.accumulate(p_values[order] <= limits)
    rejected = np.zeros(len(p_values), dtype=np.bool_)
    rejected[order] = passed
    return rejected
