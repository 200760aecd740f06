"""Speed of raking, linear and bounded logit calibration on the common workload L, and of 100 raked replicates, beside peers.

The workload is made by ``bench/workload.py`` of the shared folder (``TRYGGHET_SHARED``). Peers run in the same run on the same data:
svy with the Python named by ``TRYGGHET_PEER_PYTHON`` (an environment where svy is installed), R's survey where ``Rscript`` is found.
The ratio (peer's seconds over ours) is printed and stands in ``extra_info``. Budgets on an idle core: rake 0.05 s, linear 1 s, logit 3 s,
at most 500 MB above the loaded data. One BLAS thread.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trygghet.design import SurveyDesign
from trygghet.weighting import Margins, calibrate, calibrate_replicates, rake

SHARED = Path(os.environ.get("TRYGGHET_SHARED", Path(__file__).parents[2] / "shared")) / "bench"
PEER_PYTHON = os.environ.get("TRYGGHET_PEER_PYTHON")
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}
TASKS = {"a_rake": 0.05, "b_linear": 1.0, "b_logit": 3.0}
PEERS = {"a_rake": ("svy", "survey"), "b_linear": ("svy", "survey"), "b_logit": ("survey",)}


@pytest.fixture(scope="module")
def workload(tmp_path_factory):
    if not SHARED.is_dir():
        pytest.skip("the shared workload is not here")
    folder = tmp_path_factory.mktemp("workload")
    subprocess.run([sys.executable, SHARED / "workload.py", folder, "L"], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def margins(workload):
    given = json.loads((workload / "L_margins.json").read_text())
    return Margins.from_dict(
        {name: {int(code): total for code, total in totals.items()} for name, totals in given.items()}
    )


@pytest.fixture(scope="module")
def design(workload):
    columns = ["id", "stratum", "Nh", "d", "age4", "sex", "district"]
    frame = pd.read_parquet(workload / "L.parquet", columns=columns)
    return SurveyDesign.from_frame(frame, weights="d", strata="stratum", population="Nh")


def ours(task, design, margins):
    if task == "a_rake":
        return rake(design, margins, tolerance=1e-10)
    if task == "b_linear":
        return calibrate(design, margins, tolerance=1e-10)
    return calibrate(design, margins, method="logit", bounds=(0.4, 2.5), tolerance=1e-10)


def seconds_of_peer(peer, task, folder):
    """Seconds that a peer needs; None where it is not installed or cannot do the task."""
    if peer == "svy":
        if PEER_PYTHON is None:
            return None
        command = [PEER_PYTHON, SHARED / "peers.py", "svy", task, "L"]
    else:
        if shutil.which("Rscript") is None:
            return None
        command = ["Rscript", SHARED / "peers.R", peer, task, "L"]
    environment = os.environ | ONE_THREAD | {"BENCH_DATA": str(folder), "BENCH_OUT": str(folder / "out")}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    found = re.search(r"RESULT elapsed=([0-9.]+)", result.stdout)
    return float(found[1]) if found else None


@pytest.mark.parametrize("task", TASKS)
def test_calibration_of_200_000_people_to_296_totals(benchmark, workload, design, margins, task):  # noqa: PLR0917 - fixtures
    weights = benchmark.pedantic(ours, args=(task, design, margins), rounds=7, warmup_rounds=1)
    assert weights.worst_margin_error < 1e-9
    tracemalloc.start()
    ours(task, design, margins)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    assert peak < 500
    taken = benchmark.stats.stats.median
    benchmark.extra_info["peak_mb"] = round(peak)
    benchmark.extra_info["budget_seconds"] = TASKS[task]
    print(f"\n{task}: {taken:.3f} s (budget {TASKS[task]} s), peak {peak:.0f} MB above the data")
    for peer in PEERS[task]:
        seconds = seconds_of_peer(peer, task, workload)
        if seconds is not None:
            benchmark.extra_info[f"ratio_{peer}"] = round(seconds / taken, 1)
            print(f"  {peer}: {seconds:.3f} s, ratio {seconds / taken:.1f}")


def test_raking_100_replicates(benchmark, design, margins):
    rng = np.random.default_rng(1)
    replicates = design.weights[:, None] * rng.exponential(1.0, (len(design.weights), 100)).astype(np.float64)
    found = benchmark.pedantic(calibrate_replicates, args=(design, margins, replicates), rounds=1)
    assert found.failures == 0
    assert found.worst.max() < 1e-6
