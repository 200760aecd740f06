"""The house keeps its own rules: imports run upwards only, and nothing names a machine."""

import re
import subprocess

from source import ROOT

_OPTIONS = (
    "index" + "-url",
    "find" + "-links",
)  # in two pieces, so that this file does not hold what it looks for
HOSTS = re.compile(
    "|".join([*_OPTIONS, r"https?://[^\s\"']*/" + "simple" + r"/?\b", r"(?<![\w./])/(root|home)/\w"])
)
SKIPPED = {"LICENSE"}


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and name not in SKIPPED]


def test_imports_run_upwards_only(monkeypatch):
    from importlinter.cli import lint_imports

    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


def test_nothing_names_a_registry_or_a_path_of_a_machine():
    found = []
    for path in tracked():
        if (
            path.suffix in {".sav", ".png", ".parquet", ".json", ".csv", ".zsav", ".dta", ".xlsx"}
            or not path.is_file()
        ):
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [f"{path.name}: {m.group()}" for m in HOSTS.finditer(text)]
    assert not found
