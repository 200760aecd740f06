"""What the analyst waits for: the import, the whole run from scratch, and a run with nothing to do.

Budgets on two idle cores after installation: ``import trygghet`` 0.5 s above bare Python; ``dvc repro`` of a fresh clone (what
``make lagesbild`` runs) 60 s; a second ``dvc repro`` 3 s. Nothing is asserted of time. Each measurement is recorded in ``extra_info`` as
seconds, budget and their ratio, and ``make bench`` keeps them all in ``.benchmarks/latest.json``.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
STAGES = 18


def python(code):
    subprocess.run([sys.executable, "-c", code], check=True)


def seconds_of(code, *, rounds=5):
    """The least of several times: what a start costs where nothing else runs."""
    taken = []
    for _ in range(rounds):
        before = time.perf_counter()
        python(code)
        taken.append(time.perf_counter() - before)
    return min(taken)


def record(benchmark, seconds, *, budget=None):
    benchmark.extra_info["seconds"] = round(seconds, 3)
    if budget is not None:
        benchmark.extra_info.update(budget_seconds=budget, of_budget=round(seconds / budget, 2))


def environment(folder):
    return os.environ | {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(folder / "src"),
    }


def repro(folder):
    """Run `dvc repro` and tell how many stages ran."""
    done = subprocess.run(
        [str(BIN / "dvc"), "repro"],
        cwd=folder,
        env=environment(folder),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.count("Running stage")


@pytest.fixture
def clone(tmp_path):
    """A fresh clone, compiled as the installation compiles it."""
    target = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(target)], check=True)
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(target / "src")], check=True)
    return target


@pytest.mark.parametrize(
    ("code", "budget"),
    [
        ("import trygghet", 0.5),
        ("import trygghet as tg; tg.read_survey", None),
        ("import trygghet as tg; tg.rank", None),
    ],
)
def test_import_above_bare_python(benchmark, code, budget):
    bare = seconds_of("pass")
    benchmark.pedantic(python, args=(code,), rounds=5, warmup_rounds=1)
    if benchmark.stats:
        record(benchmark, benchmark.stats.stats.min - bare, budget=budget)


def test_whole_run_with_dvc_from_scratch(benchmark, clone):
    ran = benchmark.pedantic(repro, args=(clone,), rounds=1)
    assert ran >= STAGES, "from scratch: no stage was spared"
    if benchmark.stats:
        record(benchmark, benchmark.stats.stats.min, budget=60)


def test_run_with_nothing_to_do(benchmark, clone):
    repro(clone)
    ran = benchmark.pedantic(repro, args=(clone,), rounds=3)
    assert ran == 0, "nothing to do"
    if benchmark.stats:
        record(benchmark, benchmark.stats.stats.min, budget=3)


def test_whole_run_without_dvc(benchmark, clone):
    command = [str(BIN / "trygghet"), "run", str(clone)]
    benchmark.pedantic(
        subprocess.run, args=(command,), kwargs={"env": environment(clone), "check": True}, rounds=1
    )
    if benchmark.stats:
        record(benchmark, benchmark.stats.stats.min, budget=60)
