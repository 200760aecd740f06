"""A plain frame as calibration sees it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Grouped:
    codes: np.ndarray
    labels: tuple[str, ...]


class Table:
    """Plain columns, as calibration sees them."""

    def __init__(self, frame):
        self.frame = frame

    def __len__(self):
        return len(self.frame)

    def numeric(self, name):
        return self.frame[name].to_numpy(dtype=float)

    def groups(self, name):
        codes, values = pd.factorize(self.frame[name], sort=True)
        labels = tuple(str(int(v)) if isinstance(v, float) and v.is_integer() else str(v) for v in values)
        return Grouped(codes.astype(np.int64), labels)


@dataclass(frozen=True)
class Drawn:
    columns: Table
    weights: np.ndarray
