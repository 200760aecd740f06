"""What the analyst waits for: the import, the whole run, and a run with nothing to do.

Budgets: `import trygghet` under 0.5 s above bare Python; the main job under 60 s after installation; a second `dvc repro` under 3 s.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


def python(code):
    subprocess.run([sys.executable, "-c", code], check=True)


def repro(folder):
    environment = os.environ | {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(folder / "src"),
    }
    subprocess.run([str(BIN / "dvc"), "repro", "--quiet"], cwd=folder, env=environment, check=True)


@pytest.fixture
def clone(tmp_path):
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(tmp_path / "clone")], check=True)
    return tmp_path / "clone"


@pytest.mark.parametrize(
    "code",
    ["pass", "import trygghet", "import trygghet as tg; tg.read_survey", "import trygghet as tg; tg.rank"],
)
def test_start_up(benchmark, code):
    benchmark.pedantic(python, args=(code,), rounds=5, warmup_rounds=1)


def test_whole_run_with_dvc(benchmark, clone):
    benchmark.pedantic(repro, args=(clone,), rounds=1)


def test_run_with_nothing_to_do(benchmark, clone):
    repro(clone)
    benchmark.pedantic(repro, args=(clone,), rounds=3)


def test_whole_run_without_dvc(benchmark, clone):
    environment = os.environ | {"PYTHONPATH": str(clone / "src")}
    command = [str(BIN / "trygghet"), "run", str(clone)]
    benchmark.pedantic(subprocess.run, args=(command,), kwargs={"env": environment, "check": True}, rounds=1)
