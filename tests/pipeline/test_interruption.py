"""Runs that are killed, that find the disk full, or that meet another run: the next one recovers and nothing is half-written."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from interrupting import touches

from trygghet._files import sha256_of
from trygghet.errors import ProjectError
from trygghet.pipeline.lock import exclusive
from trygghet.pipeline.runner import STAGES, WAVE_STAGES, Task, all_tasks, open_project, run_task
from trygghet.pipeline.storage_errors import explained

HARNESS = Path(__file__).with_name("interrupting.py")
SEED = 2026
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


@pytest.fixture(scope="module")
def whole(tmp_path_factory, workshop_at):
    """A project that has run to its end, what every file of it holds, and how often each stage touches a file."""
    shop = workshop_at(tmp_path_factory.mktemp("hela") / "Trygghet å ä ö")
    shop.root.mkdir()
    shop.waves("2026").params["ranking"]["draws"] = 1000
    project = open_project(shop.save())
    paths = project.paths.wave("2026")
    for folder in (paths.processed, paths.reports / "metrics", paths.changes.parent, paths.claims.parent):
        folder.mkdir(
            parents=True
        )  # so that the first run touches no more than the later ones that are killed
    counted, now = Counter(), []
    sys.addaudithook(
        lambda event, arguments: (
            counted.update(now) if now and touches(event, arguments, str(shop.root)) else None
        )
    )
    for task in all_tasks(project):
        now[:] = [task.stage]
        run_task(project, task)
    now.clear()
    return shop.root, contents(shop.root), counted


def contents(root):
    """What every file of the project holds, but for the log and the lock."""
    return {
        path.relative_to(root).as_posix(): sha256_of(path)
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name not in {"trygghet.log", ".trygghet.lock"}
    }


def wave_of(stage):
    return "2026" if stage in {*WAVE_STAGES, "report"} else ""


def harness(root, stage, die_at):
    command = [sys.executable, str(HARNESS), str(root), stage, wave_of(stage), str(die_at)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def cli(*arguments, **more):
    command = [sys.executable, "-m", "trygghet.pipeline", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8", **more)


def rerun(root, stage):
    project = open_project(root)
    with exclusive(root):
        run_task(project, Task(stage, wave_of(stage) or None))


def temporary(name):
    return (
        any(part.startswith(".") and part.endswith((".new", ".old")) for part in name.split("/"))
        or ".tmp" in name
    )


def killed_once(whole, stage, die_at):
    """Kill a stage at a touch of a file, look at what is left, run again."""
    root, before, _ = whole
    killed = harness(root, stage, die_at)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    left = {name: digest for name, digest in contents(root).items() if not temporary(name)}
    assert {name for name, digest in left.items() if before.get(name) != digest} == set(), "half-written"
    rerun(root, stage)
    assert contents(root) == before


def points(whole, stage, count):
    """Points at which to kill a stage, drawn among all its touches of files."""
    touched = whole[2][stage]
    return random.Random(f"{SEED}{stage}").sample(range(1, touched + 1), min(touched, count))  # noqa: S311


QUICK = [pytest.param(stage, marks=pytest.mark.slow) if stage == "report" else stage for stage in STAGES]


@posix
@pytest.mark.parametrize("stage", QUICK)
def test_a_stage_that_is_killed_leaves_nothing_half_written_and_the_next_run_recovers(whole, stage):
    for point in points(whole, stage, 1):
        killed_once(whole, stage, point)


@posix
@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_recovers_from_many_points(whole, stage):
    for point in points(whole, stage, 12):
        killed_once(whole, stage, point)


@posix
def test_a_full_disk_is_told_in_swedish_and_leaves_everything_as_it_was(whole):
    import resource

    root, before, _ = whole
    limit = 8_000  # bytes a file: less than the answers take, more than the log
    small = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))}
    told = cli("ingest", "2026", "--root", str(root), **small)
    assert told.returncode == 1, told.stderr
    assert "[STOPP] Disken är full" in told.stderr
    assert "(FIL-02)" in told.stderr
    assert "Traceback" not in told.stderr + told.stdout
    assert contents(root) == before


@posix
def test_a_disk_that_fills_up_during_a_run_leaves_nothing_half_written(whole, tmp_path):
    """On a small disk of its own, where the system lets us mount one."""
    import shutil

    root, before, _ = whole
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small disk here")
    try:
        shutil.copytree(root / "data" / "raw", disk / "data" / "raw")
        shutil.copy(root / "params.yaml", disk)
        fill = disk / "fyllnad"
        room = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        fill.write_bytes(b"0" * (room - 24_000))
        told = cli("ingest", "2026", "--root", str(disk))
        assert told.returncode == 1, told.stderr
        assert "(FIL-02)" in told.stderr
        assert "Traceback" not in told.stderr
        assert not (disk / "data" / "processed" / "2026" / "microdata.parquet").exists()
        fill.unlink()
        assert cli("ingest", "2026", "--root", str(disk)).returncode == 0
        name = "data/processed/2026/microdata.parquet"
        assert contents(disk)[name] == before[name]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


HOLD = """
import sys, time
from pathlib import Path
from trygghet.pipeline.lock import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@contextlib.contextmanager
def another_run(root):
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(root)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "held\n"
        yield holder
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()


def test_two_runs_at_once_are_told_apart_and_a_dead_one_leaves_no_lock(whole):
    root, before, _ = whole
    with another_run(root) as other:
        with pytest.raises(ProjectError, match="FIL-04"), exclusive(root):
            pass
        told = cli("claim", "--root", str(root))
        assert told.returncode == 1
        assert "En annan körning pågår redan" in told.stderr
        assert contents(root) == before
        other.kill()
        other.wait()
        for _ in range(50):
            with contextlib.suppress(ProjectError), exclusive(root):
                break
            time.sleep(0.1)
        else:
            pytest.fail("the lock of a dead run is still held")
    assert (root / ".trygghet.lock").is_file()
    assert cli("claim", "--root", str(root)).returncode == 0


def test_left_overs_of_a_killed_run_are_cleared_and_nothing_else(tmp_path):
    gone = [
        "data/processed/2026/.microdata.77.tmp.parquet",
        "data/joint/.screened.new/a.json",
        "reports/2026/.page.9.tmp",
    ]
    kept = [
        "data/raw/2026/.survey.1.tmp.sav",
        "reports/2026/promise/.utkast.json",
        "reports/2026/min.tmp.docx",
    ]
    for name in (*gone, *kept):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    with exclusive(tmp_path):
        pass
    assert set(contents(tmp_path)) == set(kept)


@pytest.mark.parametrize(
    ("error", "code", "fil"),
    [
        (PermissionError(13, "open", "{root}/reports/.tabeller.12.tmp.xlsx", None, "{root}/reports/tabeller.xlsx"),
         "FIL-01", "reports/tabeller.xlsx"),
        (PermissionError(13, "open", "{root}/data/raw/2026/survey.xlsx"), "FIL-01", "data/raw/2026/survey.xlsx"),
        (OSError(28, "no space", "{root}/reports/.sida.12.tmp.html"), "FIL-02", "reports/sida.html"),
        (OSError(36, "long", "/annan/plats.txt"), "FIL-03", "plats.txt"),
    ],
)  # fmt: skip
def test_what_the_system_refuses_is_explained_by_the_file_s_own_name(tmp_path, error, *, code, fil):
    names = [
        str(given).format(root=tmp_path) if given else None for given in (error.filename, error.filename2)
    ]
    again = type(error)(error.errno, error.strerror, names[0], None, names[1])
    told = explained(again, tmp_path)
    assert told.code == code
    facts = told.problems[0].facts
    assert facts.get("fil", f"{facts.get('folder')}/{facts.get('file')}") == fil


def test_other_errors_of_the_system_are_not_explained_away(tmp_path):
    assert explained(OSError(5, "input/output error"), tmp_path) is None
