"""Plain tables of counts: rows that together make up everybody."""

import numpy as np
import pandas as pd
from scipy import sparse

from trygghet._typing import FloatArray, IntArray
from trygghet.disclosure.lattice import Lattice
from trygghet.disclosure.primary import floors_of
from trygghet.disclosure.rules import DisclosureRules

_CHEAP, _DEAR = 0.01, 1000.0
_TABLE = ["wave", "stream", "variant", "item", "by"]


def count_lattice(cells: pd.DataFrame, rules: DisclosureRules) -> tuple[Lattice, IntArray]:
    """Set up the sums within tables of counts.

    Parameters
    ----------
    cells : DataFrame
        Cells of a catalogue.
    rules : DisclosureRules
        Thresholds.

    Returns
    -------
    tuple
        The lattice of all counts, and the position of each in ``cells``.

    Notes
    -----
    Everybody knows how many answered in all, so the counts that make up everybody have a known sum. Only small counts of a group
    need protection: a large one that covers them might have been shown alone. Those whose group nobody knows cover others first;
    that nobody is in a group is withheld last of all, where everybody is in another one.
    """
    at = np.flatnonzero(((cells["quantity"] == "count") & (cells["status"] != "not_asked")).to_numpy())
    counts = cells.iloc[at]
    n = counts["n"].to_numpy(dtype=np.float64)
    unknown = counts["unknown"].to_numpy(dtype=np.bool_)
    small = (n < floors_of(counts, rules)) & ~unknown
    table = counts.groupby(_TABLE, sort=False).ngroup().to_numpy()
    summed = np.flatnonzero((counts["by"] != "").to_numpy())
    shape = (int(table.max(initial=-1)) + 1, len(at))
    relations = sparse.csr_array((np.ones(len(summed)), (table[summed], summed)), shape=shape)
    total: FloatArray = np.bincount(table, weights=n, minlength=shape[0]).astype(np.float64)[table]
    lattice = Lattice(
        relations=relations,
        truth=n,
        floor=np.zeros(len(n)),
        cap=total,
        need=np.where(small, np.minimum(float(rules.protection), total), 0.0),
        cost=np.log2(2.0 + n) * np.where(unknown, _CHEAP, 1.0) * np.where(n == 0, _DEAR, 1.0),
        locked=total == 0,
        alone=n == 1,
        slack_down=np.zeros(len(n)),
        slack_up=np.zeros(len(n)),
        whole=True,
    )
    return lattice, at
