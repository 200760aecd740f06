import json
import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trygghet.estimate import About, DenseKernel, Estimates

sys.path.insert(0, str(Path(__file__).parent))
ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("TRYGGHET_SHARED", ROOT.parent / "shared"))
ORACLE = Path(os.environ.get("TRYGGHET_ORACLE", SHARED / "oracle"))


@pytest.fixture(scope="session")
def reference():
    """Open a file of the published rankings, or skip where they are absent."""

    def opened(name, *, folder="ranking"):
        for root in (ORACLE, SHARED / "oracle"):
            path = root / folder / name
            if path.exists():
                return json.loads(path.read_text()) if path.suffix == ".json" else pd.read_csv(path)
        pytest.skip(f"reference figures {folder}/{name} are not at hand")

    return opened


@pytest.fixture
def made():
    """Build estimates from arrays: items by default, or districts of one item."""

    def build(values, covariance, *, districts=False, n=400, dof=399.0, stream="brev", labels=None):
        values = np.asarray(values, dtype=float)
        size = len(values)
        covariance = np.asarray(covariance, dtype=float)
        covariance = np.diag(covariance) if covariance.ndim == 1 else covariance
        names = [f"u{j + 1}" for j in range(size)]
        cells = pd.DataFrame(
            {
                "item": ["otrygg"] * size if districts else names,
                "category": [""] * size,
                "by": ["omrade"] * size if districts else [""] * size,
                "domain": names if districts else ["Alla"] * size,
            }
        )
        counts = np.broadcast_to(np.asarray(n), size).astype(np.int64)
        return Estimates(
            estimand="proportion",
            cells=cells,
            values=values,
            n=counts,
            numerator=np.where(np.isfinite(values), np.round(np.nan_to_num(values) * counts), -1).astype(
                np.int64
            ),
            dof=np.broadcast_to(np.asarray(dof, dtype=float), size).copy(),
            design_effect=np.ones(size),
            status=np.array(["ok" if np.isfinite(value) else "empty" for value in values], dtype=object),
            kernel=DenseKernel(covariance),
            about=About(stream=stream, wave="2026", labels=labels or {}),
        )

    return build
