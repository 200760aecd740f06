"""Two waves written by hand: shares with the variance of simple random samples times a design effect."""

import numpy as np
import pandas as pd

from trygghet.estimate import About, DenseKernel, Estimates


def wave(shares, *, n=1101, deff=1.0, name="2026", item="otrygg_kvall", dof=None, domains=None):
    shares = np.atleast_1d(np.asarray(shares, dtype=float))
    k = len(shares)
    domains = domains or (["Alla"] if k == 1 else [f"O{place}" for place in range(k)])
    bases = np.full(k, n) if np.isscalar(n) else np.asarray(n)
    variance = deff * shares * (1 - shares) / bases
    return Estimates(
        estimand="proportion",
        cells=pd.DataFrame(
            {"item": item, "category": "", "by": "" if k == 1 else "omrade", "domain": domains}, dtype=str
        ),
        values=shares,
        n=bases.astype(np.int64),
        numerator=np.rint(np.nan_to_num(shares) * bases).astype(np.int64),
        dof=(bases - 1.0) if dof is None else np.full(k, float(dof)),
        design_effect=np.full(k, float(deff)),
        status=np.full(k, "ok", dtype=object),
        kernel=DenseKernel(np.diag(variance)),
        about=About(stream="brev", wave=name, labels={item: "Otrygg ute sent på kvällen"}),
    )
