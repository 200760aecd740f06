"""Which districts differ from the rest of the municipality, when every comparison of the table is counted."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from trygghet.estimate import simultaneous
from trygghet.estimate.estimates import Estimates

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
    judged = simultaneous(contrasts, level=level, adjustment="holm")
    keys = zip(contrasts.cells["item"].astype(str), contrasts.cells["domain"].astype(str), strict=True)
    signs = np.where(judged.above, HIGHER, np.where(judged.below, LOWER, ""))
    return dict(zip(keys, signs.tolist(), strict=True))
