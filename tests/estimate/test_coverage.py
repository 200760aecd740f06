"""Coverage of the intervals: exact for simple random samples, simulated for raked and clustered ones."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from trygghet.design import SurveyDesign
from trygghet.estimate import DenseKernel, Estimates, proportion
from trygghet.weighting import Margins, rake

SHARES = (0.01, 0.05, 0.3)


@pytest.mark.parametrize("n", [40, 180, 1100])
@pytest.mark.parametrize(("method", "least"), [("wilson", 0.935), ("korn-graubard", 0.95), ("logit", 0.935)])
def test_exact_coverage_in_simple_random_samples(n, method, least):
    k = np.arange(n + 1)
    p = k / n
    found = Estimates(
        estimand="proportion",
        cells=pd.DataFrame({"item": "x", "category": "", "by": "k", "domain": k.astype(str)}),
        values=p,
        n=np.full(n + 1, n),
        numerator=k,
        dof=np.full(n + 1, n - 1.0),
        design_effect=np.where((k > 0) & (k < n), 1.0, np.nan),
        status=np.full(n + 1, "ok", dtype=object),
        kernel=DenseKernel(np.diag(p * (1 - p) / (n - 1))),
    )
    low, high = found.interval(0.95, method)
    for share in SHARES:
        covered = stats.binom.pmf(k, n, share)[(low <= share) & (share <= high)].sum()
        assert covered >= least


def population(rng, size=40_000):
    frame = pd.DataFrame(
        {
            "stratum": rng.choice(4, size, p=[0.1, 0.2, 0.3, 0.4]),
            "sex": rng.choice(["k", "m"], size),
            "age": rng.choice(["u", "m", "ä"], size, p=[0.25, 0.5, 0.25]),
        }
    )
    frame["block"] = np.arange(size) // 20
    effect = rng.normal(0, 0.5, size // 20)[frame.block]
    lean = 0.6 * (frame.sex == "k") - 0.4 * (frame.age == "ä") + effect
    for share in SHARES:
        cut = np.quantile(lean + rng.logistic(size=size), 1 - share)
        noise = rng.logistic(size=size)
        frame[f"y{share}"] = ((lean + noise) > cut) * 1.0
    return frame


def drawn(rng, people, design):
    if design == "clustered":
        blocks = rng.choice(people.block.max() + 1, 60, replace=False)
        sample = people[people.block.isin(blocks)].copy()
        sample["total"] = people.block.max() + 1.0
        return SurveyDesign.from_frame(sample, psu="block", population="total")
    n = int(design.split()[-1])
    rows = np.concatenate(
        [rng.choice(np.flatnonzero(people.stratum == h), n // 4, replace=False) for h in range(4)]
    )
    sample = people.iloc[rows].copy()
    sample["size"] = sample.stratum.map(people.stratum.value_counts()).astype(float)
    found = SurveyDesign.from_frame(sample, strata="stratum", population="size")
    if design.startswith("raked"):
        margins = {name: people[name].value_counts().astype(float).to_dict() for name in ("sex", "age")}
        found = found.with_weights(rake(found, Margins.from_dict(margins)))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("design", ["stratified 40", "raked 180", "raked 1100", "clustered"])
def test_simulated_coverage_of_the_default_interval(design):
    rng = np.random.default_rng(20260101)
    people = population(rng)
    truth = np.array([people[f"y{share}"].mean() for share in SHARES])
    rounds = 400
    hits = np.zeros(3)
    for _ in range(rounds):
        low, high = proportion(drawn(rng, people, design), [f"y{share}" for share in SHARES]).interval()
        hits += (low <= truth) & (truth <= high)
    bound = 0.95 - 3 * np.sqrt(0.95 * 0.05 / rounds) - (0.02 if design == "clustered" else 0.0)
    assert (hits / rounds >= bound).all(), dict(zip(SHARES, hits / rounds, strict=True))
