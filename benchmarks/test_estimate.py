"""The estimation engine on the common workload: all items by all domains, uncalibrated, aware of raking, and on 500 raked bootstrap replicates.

Each measurement is a process of its own with one BLAS thread; memory is what the task adds to the resident design at its highest. The
machine may be busy, so the best of three runs counts. Recorded figures of the peers (seconds, one core) stand beside, from the same
workload: R survey (extrapolated at size L) and svy. Where R and its survey package are installed, it runs on S beside.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("TRYGGHET_SHARED", Path(__file__).parents[2] / "shared")) / "bench"
PEERS = {
    ("S", "plain"): {"R survey": 0.43, "svy": 0.49},
    ("S", "raked"): {"R survey": 1.9, "svy": 0.43},
    ("S", "bootstrap"): {"R survey": 0.39 + 0.72 + 6.0, "svy": 0.035 + 0.053 + 1.2},
    ("M", "plain"): {"R survey": 8.9, "svy": 4.0},
    ("L", "plain"): {"R survey": 1425, "svy": 1784},
    ("M", "raked"): {"R survey": 128, "svy": 19.1},
    ("L", "raked"): {"R survey": 30650},
    ("M", "bootstrap"): {"R survey": 8.3 + 21.4 + 197, "svy": 0.42 + 0.60 + 6.8},
    ("L", "bootstrap"): {"svy": 9.4 + 6.6 + 336},
}
MEASURE = """
import json, resource, sys, threading, time
import numpy as np, pandas as pd
from trygghet.design import ReplicateOptions, SurveyDesign
from trygghet.estimate import proportion
from trygghet.weighting import Margins, rake

folder, size, task, rows, items = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
columns = [f"y{k + 1:02d}" for k in range(items)]
frame = pd.read_parquet(f"{folder}/{size}.parquet", columns=["stratum", "Nh", "d", "district", "age4", "sex", "dom", *columns])
if rows:
    frame = pd.concat([frame] * max(1, rows // len(frame)), ignore_index=True).iloc[:: max(1, len(frame) // rows)].copy()
    frame["Nh"] = frame["Nh"] * 1000
with open(f"{folder}/{size}_margins.json", encoding="utf-8") as stream:
    margins = Margins.from_dict(json.load(stream))
design = SurveyDesign.from_frame(frame, weights="d", strata="stratum", population="Nh")
if task != "plain":
    design = design.with_weights(rake(design, margins))

def resident():
    with open("/proc/self/statm") as stream:
        return int(stream.read().split()[1]) * resource.getpagesize() / 1e6

before = highest = resident()
running = True

def watch():
    global highest
    while running:
        highest = max(highest, resident())
        time.sleep(0.005)

watcher = threading.Thread(target=watch)
watcher.start()
start = time.perf_counter(), time.process_time()
if task == "bootstrap":
    design = design.resampled("bootstrap", options=ReplicateOptions(count=500, seed=1), margins=margins)
found = proportion(design, columns, by="dom")
seconds, cpu = time.perf_counter() - start[0], time.process_time() - start[1]
running = False
watcher.join()
json.dump({"seconds": seconds, "cpu": cpu, "megabytes": highest - before, "cells": len(found)}, sys.stdout)
"""


@pytest.fixture(scope="module")
def workload(tmp_path_factory):
    if not SHARED.is_dir():
        pytest.skip("the shared workload is not here")
    folder = tmp_path_factory.mktemp("workload")
    subprocess.run(
        [sys.executable, SHARED / "workload.py", folder, "S", "M", "L"], check=True, capture_output=True
    )
    return folder


def measured(folder, size, task, *, rows=0, items=60):
    if not Path("/proc/self/statm").exists():
        pytest.skip("memory is read from /proc")
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    arguments = [sys.executable, "-c", MEASURE, str(folder), size, task, str(rows), str(items)]
    runs = []
    for _ in range(3):
        done = subprocess.run(arguments, check=True, capture_output=True, env={**os.environ, **threads})
        runs.append(json.loads(done.stdout))
    best = min(runs, key=lambda run: run["seconds"])
    return best | {"megabytes": max(run["megabytes"] for run in runs)}


def report(size, task, run):
    peers = {
        name: f"{seconds / run['seconds']:,.0f} x" for name, seconds in PEERS.get((size, task), {}).items()
    }
    print(
        f"{size} {task}: {run['seconds']:.2f} s ({run['cpu']:.2f} s of processor), {run['megabytes']:.0f} MB, {peers}"
    )


@pytest.mark.parametrize(
    ("task", "budget"), [("plain", (0.5, 300)), ("raked", (3.0, 600)), ("bootstrap", (10.0, 600))]
)
def test_all_cells_of_the_nation(workload, task, budget):
    seconds, megabytes = budget
    run = measured(workload, "L", task)
    report("L", task, run)
    assert run["cells"] == 69_600
    assert min(run["seconds"], run["cpu"]) <= seconds
    assert run["megabytes"] <= megabytes


def test_calibrated_errors_against_the_peers_on_m(workload):
    run = measured(workload, "M", "raked")
    report("M", "raked", run)
    fastest = min(run["seconds"], run["cpu"])
    assert PEERS["M", "raked"]["svy"] / fastest >= 100
    assert PEERS["M", "raked"]["R survey"] / fastest >= 1000


def r_seconds(folder, size, task):
    """R's own time for the same cells on this machine, by the workload's script."""
    names = {"plain": "c_props", "raked": "c_props_cal"}
    where = {"BENCH_DATA": str(folder), "BENCH_OUT": str(folder / "r")}
    command = [shutil.which("Rscript"), str(SHARED / "peers.R"), "survey", names[task], size]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **where})
    return float(re.search(r"elapsed=([\d.]+)", done.stdout).group(1))


def has_r():
    if shutil.which("Rscript") is None:
        return False
    wanted = "library(survey); library(data.table); library(jsonlite)"
    return subprocess.run(["Rscript", "-e", wanted], check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize(("task", "least"), [("plain", 20), ("raked", 100)])
def test_beside_r_on_this_machine(workload, task, least):
    """On S: R takes minutes on M, where its recorded figures stand beside."""
    if not has_r():
        pytest.skip("R with survey, data.table and jsonlite is not here")
    run = measured(workload, "S", task, items=40)
    report("S", task, run)
    seconds = r_seconds(workload, "S", task)
    print(f"R survey beside: {seconds:.2f} s, {seconds / run['seconds']:,.0f} x")
    assert seconds / min(run["seconds"], run["cpu"]) >= least


@pytest.mark.parametrize("task", ["plain", "raked"])
def test_cost_grows_no_faster_than_rows_and_items(workload, task):
    rows = [50_000, 100_000, 200_000, 400_000, 1_000_000]
    times = [measured(workload, "L", task, rows=count)["cpu"] for count in rows]
    print(task, dict(zip(rows, [f"{t:.2f}" for t in times], strict=True)))
    assert times[-1] <= 1.3 * times[0] * rows[-1] / rows[0]
    items = [measured(workload, "L", task, items=count)["cpu"] for count in (15, 60)]
    print(task, "15 and 60 items", [f"{t:.2f}" for t in items])
    assert items[1] <= 1.3 * 4 * items[0]
