"""`dvc repro` on a fresh clone: everything once, then nothing, then only what a change touches."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    target = tmp_path_factory.mktemp("clone") / "trygghet åäö"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(target)], check=True)
    repro(target)
    return target


def repro(folder):
    environment = os.environ | {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(folder / "src"),
        "DVC_NO_ANALYTICS": "1",
    }
    done = subprocess.run(
        [str(BIN / "dvc"), "repro"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [line.split("'")[1] for line in done.stdout.splitlines() if line.startswith("Running stage")]


def hashes(folder):
    """What every output is; `.utkast.json` is the memory of which drafts the program itself wrote, and remembers the way here."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in ("reports", "data/joint/screened")
        for path in sorted((folder / part).rglob("*"))
        if path.is_file() and path.name not in {".gitignore", ".utkast.json"}
    }


def test_every_wave_gets_its_report(clone):
    for wave in ("2022", "2024", "2026"):
        assert (clone / "reports" / wave / "lagesbild.html").is_file()
        assert (clone / "reports" / wave / "manifest.json").is_file()
        assert len(list((clone / "reports" / wave / "figures").glob("*.png"))) >= 4


def test_of_two_things_at_once_only_the_headline_indicator_gets_a_sentence(clone):
    page = (clone / "reports" / "2026" / "lagesbild.html").read_text(encoding="utf-8")
    stated = {each for each in page.split("<") if "Bland dem" in each}
    assert len(stated) == 1
    assert "överfall" in stated.pop()


def test_a_second_run_does_nothing(clone):
    assert repro(clone) == []


def test_a_changed_threshold_reruns_screen_and_report_alone(clone):
    before = hashes(clone)
    params = clone / "params.yaml"
    text = params.read_text(encoding="utf-8")
    params.write_text(
        text.replace("base_floor: 30", "base_floor: 130").replace(
            "sensitive_floor: 50", "sensitive_floor: 130"
        )
    )
    ran = repro(clone)
    assert {stage.partition("@")[0] for stage in ran} == {"screen", "report"}
    assert hashes(clone) != before
    params.write_text(text, encoding="utf-8")
    repro(clone)
    assert hashes(clone) == before


def test_a_run_from_scratch_without_dvc_gives_the_same_bytes(clone, tmp_path):
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(tmp_path / "p")], check=True)
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "p" / "src")}
    subprocess.run(
        [str(BIN / "trygghet"), "run", str(tmp_path / "p")], env=environment, check=True, capture_output=True
    )
    assert hashes(tmp_path / "p") == hashes(clone)
