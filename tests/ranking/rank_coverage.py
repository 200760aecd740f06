"""Simulation of rank sets under raking: twelve options, choose up to three, six strata, unequal response.

``python tests/ranking/rank_coverage.py`` prints the table of docs/methods/ranks.md.
"""

import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet.design import SurveyDesign
from trygghet.estimate import multi_response
from trygghet.ranking import RankOptions, bounds_from
from trygghet.weighting import Margins, rake

OPTIONS = [f"p{j + 1:02d}" for j in range(12)]
SCENARIOS = {
    "all tied": np.full(12, 0.2133),
    "3 blocks of ties": np.repeat([0.3200, 0.2133, 0.1066], 4),
    "near ties": np.array(
        [0.3163, 0.2438, 0.2148, 0.1937, 0.2625, 0.2425, 0.1723, 0.1958, 0.1628, 0.1875, 0.2311, 0.1377]
    ),
    "spread": np.linspace(0.40, 0.0266, 12),
}
STRATA = np.array([9000, 7000, 6000, 6000, 5000, 3000]) * 1000.0  # so large that no correction is needed
SEX_AGE = np.array([0.11, 0.13, 0.14, 0.11, 0.11, 0.13, 0.14, 0.13])
EDUCATION = np.array([0.20, 0.45, 0.35])
RESPONSE = np.outer([0.20, 0.30, 0.45, 0.60, 0.25, 0.35, 0.50, 0.60], [0.7, 1.0, 1.3])
TILT = np.array([0.5, 0.3, -0.1, -0.5, 0.3, 0.2, -0.1, -0.3])


@dataclass(frozen=True)
class Share:
    """One scenario's coverage and mean length by method."""

    scenario: str
    n: int
    runs: int
    coverage: dict[str, float]
    length: dict[str, float]
    marginal_mean: dict[str, float]
    marginal_least: dict[str, float]


def true_sets(theta):
    first = 1 + (theta[None, :] > theta[:, None] + 1e-12).sum(axis=1)
    last = len(theta) - (theta[None, :] < theta[:, None] - 1e-12).sum(axis=1)
    return first, last


def draw_choices(rng, probability):
    """Systematic selection of options in random order: each option has exactly its probability."""
    rows, size = probability.shape
    order = rng.random((rows, size)).argsort(axis=1)
    steps = np.cumsum(np.take_along_axis(probability, order, axis=1), axis=1)
    start = rng.random((rows, 1))
    before = np.concatenate([np.zeros((rows, 1)), steps[:, :-1]], axis=1)
    hit = np.floor(steps - start) > np.floor(before - start)
    chosen = np.zeros((rows, size))
    np.put_along_axis(chosen, order, hit.astype(float), axis=1)
    return chosen


def draw_sample(rng, theta, n):
    cell = (SEX_AGE[:, None] * EDUCATION * RESPONSE).ravel()
    allocation = np.rint(n * np.sqrt(STRATA) / np.sqrt(STRATA).sum()).astype(int)
    stratum = np.repeat(np.arange(6), allocation)
    both = rng.choice(cell.size, size=stratum.size, p=cell / cell.sum())
    sex_age, education = both // 3, both % 3
    tilt = TILT - SEX_AGE @ TILT
    signs = np.where(np.arange(12) % 2 == 0, 1.0, -1.0)
    chosen = draw_choices(rng, theta * (1 + 0.6 * tilt[sex_age][:, None] * signs))
    frame = pd.DataFrame(chosen, columns=OPTIONS)
    return frame.assign(stratum=stratum, sex_age=sex_age, education=education, size=STRATA[stratum])


def margins():
    total = STRATA.sum()
    return Margins.from_dict(
        {
            "sex_age": {c: float(total * s) for c, s in enumerate(SEX_AGE)},
            "education": {c: float(total * s) for c, s in enumerate(EDUCATION)},
        }
    )


def bootstrap_sets(rng, values, V):
    """Percentile limits of ranks of replicates drawn around the estimates: what is done naively."""
    replicates = rng.multivariate_normal(values, V, size=500, method="eigh")
    ranks = 1 + (replicates[:, None, :] > replicates[:, :, None]).sum(axis=2)
    return np.quantile(ranks, 0.025, axis=0), np.quantile(ranks, 0.975, axis=0)


def simulate(scenario, n, runs, *, seed):
    theta = SCENARIOS[scenario]
    first, last = true_sets(theta)
    population = margins()
    hits, lengths, own = {}, {}, {}
    for run in range(runs):
        rng = np.random.default_rng([seed, n, run])
        sample = draw_sample(rng, theta, n)
        design = SurveyDesign.from_frame(sample, strata="stratum", population="size")
        design = design.with_weights(rake(design, population, start="design"))
        found = multi_response(design, OPTIONS)
        values, V = found.values, found.covariance()
        common = {"draws": 2000, "seed": run}
        sets = {
            "MRSW": bounds_from(values, V, RankOptions(**common), dof=design.dof),
            "diag(V)": bounds_from(values, np.diag(V), RankOptions(**common), dof=design.dof),
            "no step-down": bounds_from(values, V, RankOptions(steps="single", **common), dof=design.dof),
            "KWW": bounds_from(values, V, RankOptions(method="kww", **common), dof=design.dof),
            "MRSW marginal": bounds_from(values, V, RankOptions(joint=False, **common), dof=design.dof),
        }
        limits = {name: (s.lower, s.upper) for name, s in sets.items()}
        limits["naive bootstrap"] = bootstrap_sets(rng, values, V)
        for name, (lower, upper) in limits.items():
            covered = (lower <= first) & (upper >= last)
            hits.setdefault(name, []).append(covered.all())
            own.setdefault(name, []).append(covered)
            lengths.setdefault(name, []).append((np.asarray(upper) - lower + 1).mean())
        best = sets["MRSW"].tau_best(3)
        hits.setdefault("top 3 held", []).append(best[first <= 3].all())
        lengths.setdefault("top 3 held", []).append(best.sum())
    return Share(
        scenario,
        n,
        runs,
        {name: float(np.mean(h)) for name, h in hits.items()},
        {name: float(np.mean(h)) for name, h in lengths.items()},
        {name: float(np.mean(h)) for name, h in own.items()},
        {name: float(np.mean(h, axis=0).min()) for name, h in own.items()},
    )


def markdown(found):
    """One row of the table in docs/methods/ranks.md."""
    simultaneous = ("MRSW", "diag(V)", "no step-down", "KWW", "naive bootstrap")
    cells = [f"{found.coverage[m]:.3f} / {found.length[m]:.2f}" for m in simultaneous]
    cells.append(f"{found.marginal_mean['MRSW marginal']:.3f} ({found.marginal_least['MRSW marginal']:.3f})")
    cells.append(
        f"{found.marginal_mean['naive bootstrap']:.3f} ({found.marginal_least['naive bootstrap']:.3f})"
    )
    cells.append(f"{found.coverage['top 3 held']:.3f} / {found.length['top 3 held']:.1f}")
    return f"| {found.scenario} | {found.n} | {found.runs} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    for size, runs in ((1100, 1200), (300, 800)):
        for name in SCENARIOS:
            sys.stdout.write(markdown(simulate(name, size, runs, seed=2026)) + "\n")
            sys.stdout.flush()
