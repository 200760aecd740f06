"""Screening of a national survey: 290 municipalities x 60 items x 8 groups in at most 30 seconds and 1 GB."""

import subprocess
import sys

import pytest

MUNICIPALITIES, ITEMS, GROUPS = 290, 60, 8
SECONDS, GIGABYTES = 30.0, 1.0

SCRIPT = f"""
import resource, sys, time
import numpy as np, pandas as pd
from trygghet.disclosure import screening
from trygghet.estimate.estimates import About, Estimates

class Variances:
    def __init__(self, v): self.v = v
    def variances(self): return self.v
    def covariance(self, index): return np.diag(self.v[index])

def survey(by, labels, n, x):
    cells = pd.DataFrame(dict(item=np.repeat([f"item_{{i:02d}}" for i in range({ITEMS})], len(labels)), category="",
                              by=by, domain=np.tile(labels, {ITEMS})))
    n, x = n.ravel(), x.ravel()
    p = x / np.maximum(n, 1)
    return Estimates("proportion", cells, np.where(n > 0, p, np.nan), n, x, np.where(n > 0, n - 1.0, np.nan),
                     np.ones(len(n)), np.where(n > 0, "ok", "empty").astype(object),
                     Variances(np.clip(p * (1 - p), 0.01, None) / np.maximum(n, 1)), About("brev", "2026"))

rng = np.random.default_rng(7)
size = rng.lognormal(4.6, 0.8, {MUNICIPALITIES})
group = rng.dirichlet(np.full({GROUPS}, 12.0))
base = rng.poisson(np.outer(size * 3, group))
n = np.stack([rng.binomial(base, 0.96) for _ in range({ITEMS})])
x = rng.binomial(n, rng.uniform(0.05, 0.5, {ITEMS})[:, None, None])
kommun = [f"k{{i:03d}}" for i in range({MUNICIPALITIES})]
grupp = [f"g{{i}}" for i in range({GROUPS})]
results = dict(
    inner=survey("kommun * grupp", [f"{{k}} * {{g}}" for k in kommun for g in grupp], n, x),
    kommun=survey("kommun", kommun, n.sum(2), x.sum(2)),
    grupp=survey("grupp", grupp, n.sum(1), x.sum(1)),
    riket=survey("", ["Alla"], n.sum((1, 2)), x.sum((1, 2))),
)
start = time.perf_counter()
done = screening(results)
seconds = time.perf_counter() - start
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, time.process_time(), done.shown, dict(done.withheld))
"""


@pytest.mark.benchmark(group="disclosure")
def test_a_national_survey_is_screened_in_time(benchmark):
    def run():
        told = subprocess.run(
            [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
        ).stdout
        seconds, gigabytes = map(float, told.split()[:2])
        return seconds, gigabytes

    seconds, gigabytes = benchmark.pedantic(run, rounds=1, iterations=1)
    assert seconds <= SECONDS
    assert gigabytes <= GIGABYTES
