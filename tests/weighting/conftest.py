import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from plain_columns import Drawn, Table

ORACLE = Path(os.environ.get("TRYGGHET_ORACLE", Path(__file__).parents[1] / "oracle" / "r_survey"))


@pytest.fixture
def drawn():
    """A sample of a plain frame with given weights."""

    def make(frame, weights=None):
        values = np.ones(len(frame)) if weights is None else np.asarray(weights, dtype=float)
        return Drawn(Table(frame), values)

    return make


@pytest.fixture
def people(drawn):
    """240 people with sex, age and district; weights unequal within every cell."""
    rng = np.random.default_rng(7)
    frame = pd.DataFrame(
        {
            "kon": rng.choice(["Kvinna", "Man"], 240, p=[0.6, 0.4]),
            "alder": rng.choice(["16-29", "30-64", "65+"], 240, p=[0.2, 0.4, 0.4]),
            "omrade": rng.choice(["Centrum", "Lunden"], 240),
            "inkomst": rng.gamma(4.0, 70.0, 240),
        }
    )
    start = rng.uniform(5.0, 40.0, 240)
    return drawn(frame, start * 10_000 / start.sum())


@pytest.fixture(scope="session")
def oracle():
    """Cases of the reference results by id, with their data sets and totals."""
    if not ORACLE.is_dir():
        pytest.skip("reference results of R survey are not here")
    files = {
        name: json.loads((ORACLE / name).read_text())
        for name in ("oracle_public.json", "oracle_calibrate.json")
    }
    cases = {case["id"]: case for content in files.values() for case in content["cases"]}
    datasets = {name: given for content in files.values() for name, given in content["datasets"].items()}
    designs = {name: given for content in files.values() for name, given in content["designs"].items()}
    totals = json.loads((ORACLE / "totals.json").read_text())
    return Reference(cases, datasets, designs, totals)


@dataclass(frozen=True)
class Reference:
    cases: dict
    datasets: dict
    designs: dict
    totals: dict

    def frame(self, dataset):
        return pd.read_csv(ORACLE / self.datasets[dataset]["file"])

    def weights(self, case):
        return self.cases[case]["result"]["weights"]

    def sample(self, design):
        """Columns of a design's data and the weights that R gave it."""
        given = self.designs[design]
        frame = self.frame(given["dataset"])
        record = given.get("weights.1", given["weights"])
        if isinstance(record, dict) and "weights" in record:
            return Drawn(Table(frame), np.array(record["weights"]))
        return Drawn(Table(frame), frame["d"].to_numpy(dtype=float))
