"""Results made by hand: unweighted shares with the covariance of independent simple samples."""

import numpy as np
import pandas as pd

from trygghet.disclosure import Table
from trygghet.estimate.estimates import About, Estimates
from trygghet.estimate.kernels import DenseKernel
from trygghet.estimate.shares import RespondentShares


def cells(rows):
    """Cells from (item, by, domain) or (item, category, by, domain)."""
    full = [row if len(row) == 4 else (row[0], "", *row[1:]) for row in rows]
    return pd.DataFrame(full, columns=["item", "category", "by", "domain"]).astype(str)


def estimates(rows, n, positive, *, wave="2026", stream="brev", estimand="proportion", values=None):
    n, positive = np.asarray(n, dtype=np.int64), np.asarray(positive, dtype=np.int64)
    with np.errstate(invalid="ignore"):
        p = positive / n if values is None else np.asarray(values, dtype=np.float64)
        variance = np.where(n > 0, np.clip(p * (1 - p), 0.01, None) / np.maximum(n, 1), np.nan)
    return Estimates(
        estimand=estimand,
        cells=cells(rows),
        values=p,
        n=n,
        numerator=positive,
        dof=np.where(n > 0, n - 1.0, np.nan),
        design_effect=np.where(n > 0, 1.0, np.nan),
        status=np.where(n > 0, "ok", "empty").astype(object),
        kernel=DenseKernel(np.diag(variance)),
        about=About(stream=stream, wave=wave, labels={"hot": "Hot"}),
    )


def shares(rows, n, positive, *, wave="2026", stream="webb"):
    n, positive = np.asarray(n, dtype=np.int64), np.asarray(positive, dtype=np.int64)
    status = np.where(n > 0, "ok", "empty").astype(object)
    return RespondentShares(
        "proportion", cells(rows), positive / n, n, positive, status, About(stream=stream, wave=wave)
    )


def by_area(item, domains):
    return [(item, "omrade", domain) for domain in domains]


def counts(values, *, groups=None, within=""):
    frame = pd.DataFrame({"grupp": groups or [f"g{i}" for i in range(len(values))], "svarande": values})
    frame["av"] = within or "Stadsdel"
    frame["andel"] = frame["svarande"] / frame["svarande"].sum()
    return Table(frame, ("svarande",), {"svarande": ("andel",)}, sums_within="av", wave="2026", stream="brev")
