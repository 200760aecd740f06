"""Simulated coverage of the default intervals: samples from one population, by design, size and estimand."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from trygghet.design import SurveyDesign
from trygghet.errors import MarginError
from trygghet.estimate import DenseKernel, Estimates, difference, mean, proportion, quantile, total
from trygghet.weighting import Margins, rake

SHARES = (0.01, 0.05, 0.3)
ITEMS = tuple(f"y{share}" for share in SHARES)
DESIGNS = ("stratified", "stratified, raked", "clustered", "clustered, raked")
SIZES = (40, 180, 1100)
CLUSTERS = {40: (10, 4), 180: (30, 6), 1100: (100, 11)}  # blocks, and persons of each
PEOPLE, BLOCK = 40_000, 50
ROUNDS = 600
SEED = 20260101
FIGURES = (
    *(f"share {share}" for share in SHARES),
    *(f"share {share}, smoothed" for share in SHARES),
    *(f"share {share}, Kish" for share in SHARES),
    *(f"share {share}, Wilson" for share in SHARES),
    *(f"share {share}, Korn-Graubard" for share in SHARES),
    *(f"difference {share}" for share in SHARES),
    *(f"difference {share}, Newcombe" for share in SHARES),
    *(f"persons {share}" for share in SHARES),
    *(f"persons {share}, t" for share in SHARES),
    "mean",
    "median",
)


@dataclass(frozen=True)
class Population:
    """Everyone, and what is true of them."""

    people: pd.DataFrame
    strata: list[np.ndarray]
    margins: Margins
    truth: np.ndarray

    @classmethod
    def made(cls, rng):
        """Four strata that are sampled equally, blocks of 50 that are alike, and items that sex, age and block explain."""
        frame = pd.DataFrame(
            {
                "stratum": rng.choice(4, PEOPLE, p=[0.1, 0.2, 0.3, 0.4]),
                "sex": rng.choice(["k", "m"], PEOPLE),
                "age": rng.choice(["u", "m", "ä"], PEOPLE, p=[0.25, 0.5, 0.25]),
                "block": np.arange(PEOPLE) // BLOCK,
                "blocks": PEOPLE / BLOCK,
                "persons": float(BLOCK),
            }
        )
        frame["size"] = frame.stratum.map(frame.stratum.value_counts()).astype(float)
        of_block = rng.normal(0, 0.5, PEOPLE // BLOCK)[frame.block]
        lean = 0.6 * (frame.sex == "k") - 0.4 * (frame.age == "ä") + 0.2 * frame.stratum + of_block
        for item, share in zip(ITEMS, SHARES, strict=True):
            latent = lean + rng.logistic(size=PEOPLE)
            frame[item] = (latent > np.quantile(latent, 1 - share)) * 1.0
        frame["worry"] = lean + rng.logistic(size=PEOPLE)
        margins = {name: frame[name].value_counts().astype(float).to_dict() for name in ("sex", "age")}
        shares = frame[list(ITEMS)].mean().to_numpy()
        by_sex = frame.groupby("sex")[list(ITEMS)].mean()
        people = shares * PEOPLE
        gaps = (by_sex.loc["k"] - by_sex.loc["m"]).to_numpy()
        truth = [*[shares] * 5, gaps, gaps, people, people]
        ends = [frame.worry.mean(), frame.worry.median()]
        strata = [np.flatnonzero(frame.stratum == h) for h in range(4)]
        return cls(frame, strata, Margins.from_dict(margins), np.concatenate([*truth, ends]))

    def drawn(self, rng, design, n):
        """One sample; raked ones may lack a category, which is refused."""
        if design.startswith("clustered"):
            many, each = CLUSTERS[n]
            blocks = rng.choice(PEOPLE // BLOCK, many, replace=False)
            rows = np.concatenate([b * BLOCK + rng.choice(BLOCK, each, replace=False) for b in blocks])
            sample = self.people.iloc[rows].assign(person=rows)
            found = SurveyDesign.from_frame(sample, psu=["block", "person"], population=["blocks", "persons"])
        else:
            rows = np.concatenate([rng.choice(part, n // 4, replace=False) for part in self.strata])
            found = SurveyDesign.from_frame(self.people.iloc[rows], strata="stratum", population="size")
        return found.with_weights(rake(found, self.margins)) if design.endswith("raked") else found


def limits_of(design):
    """Default limits of every figure."""
    items = list(ITEMS)
    shares = proportion(design, items)
    by_sex = proportion(design, items, by="sex")
    people = total(design, items)
    found = [
        shares.interval(),
        shares.interval(design_effect="smoothed"),
        shares.interval(design_effect="kish"),
        shares.interval(method="wilson"),
        shares.interval(method="korn-graubard"),
        difference(by_sex, "k", versus="m").interval(),
        difference(by_sex, "k", versus="m", limits="newcombe").interval(),
        people.interval(),
        people.interval(method="t"),
        mean(design, "worry").interval(),
        quantile(design, "worry", [0.5]).interval(),
    ]
    return tuple(np.concatenate(side) for side in zip(*found, strict=True))


def simulate(population, design, n):
    """Share of samples whose limits hold the truth, one a figure, and the number of samples."""
    rng = np.random.default_rng([SEED, DESIGNS.index(design), n])
    hits, drawn = np.zeros(len(FIGURES)), 0
    for _ in range(ROUNDS):
        try:
            sample = population.drawn(rng, design, n)
        except MarginError:
            continue
        low, high = limits_of(sample)
        hits += (low <= population.truth) & (population.truth <= high)
        drawn += 1
    return pd.Series(hits / drawn, index=list(FIGURES)), drawn


def exact(method, n, share):
    """Coverage in simple random samples, by summing binomial probabilities."""
    return float(exact_at(method, n, np.array([share]))[0])


def worst(method, n):
    """Smallest exact coverage of any share from a twentieth of a person in the sample to one half."""
    return float(exact_at(method, n, np.geomspace(0.05 / n, 0.5, 1500)).min())


def exact_at(method, n, shares):
    """Exact coverage at some shares."""
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
    share = shares[:, None]
    return (stats.binom.pmf(k, n, share) * ((low <= share) & (share <= high))).sum(axis=1)
