"""What is not screened cannot be exported: the type checker says so, and so does the program."""

import subprocess
import sys
from pathlib import Path

import pytest
from made import by_area, estimates

from trygghet.disclosure import DisclosureRules, Publishable, screen
from trygghet.errors import DisclosureError, ReportError, TrygghetError

ROOT = Path(__file__).parents[2]
CHECKED = """
from datetime import date
from pathlib import Path

from trygghet.disclosure import Publishable, screen, write_publishable
from trygghet.estimate import Estimates
from trygghet.report import Stamp, export_figure, plot_problems

stamp = Stamp("Exempelstad", "KS 2026/00001", date(2026, 11, 22))


def allowed(found: Estimates) -> None:
    export_figure(screen({"x": found})["x"], plot_problems, Path("x"), stamp=stamp)
    write_publishable(Path("x"), "x", screen({"x": found})["x"])


def unscreened(found: Estimates) -> None:
    export_figure(found, plot_problems, Path("x"), stamp=stamp)  # error: arg-type
    write_publishable(Path("x"), "x", found)  # error: arg-type


def mixed(kept: Publishable[Estimates], found: Estimates) -> None:
    export_figure((kept, found), plot_problems, Path("x"), stamp=stamp)  # error: arg-type


def forged(found: Estimates) -> None:
    Publishable(found)  # error: call-arg
"""


def test_exporting_what_is_not_screened_is_a_type_error(tmp_path):
    snippet = tmp_path / "snippet.py"
    snippet.write_text(CHECKED, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(snippet)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = {
        int(line.split(":")[1]): line
        for line in told.stdout.splitlines()
        if ": error:" in line and "snippet" in line
    }
    expected = {n: text for n, text in enumerate(CHECKED.splitlines(), 1) if "# error:" in text}
    assert lines.keys() == expected.keys(), told.stdout[-2000:]
    for number, text in expected.items():
        assert f"[{text.rpartition(': ')[2]}]" in lines[number]


def unscreened():
    return estimates(by_area("hot", ["a", "b"]), [100, 200], [30, 40])


def test_exporting_what_is_not_screened_is_refused_at_run_time(tmp_path):
    import datetime as dt

    from trygghet.report import Stamp, export_figure, plot_problems

    stamp = Stamp("Exempelstad", "KS 2026/00001", dt.date(2026, 11, 22))
    kept = screen({"x": unscreened()})["x"]
    for given in (unscreened(), (kept, unscreened()), unscreened().to_frame(), None):
        with pytest.raises(TrygghetError) as refused:
            export_figure(given, plot_problems, tmp_path / "x", stamp=stamp)
        assert isinstance(refused.value, ReportError | DisclosureError)
    assert list(tmp_path.iterdir()) == []


def test_a_publishable_cannot_be_forged_or_changed():
    import dataclasses

    kept = screen({"x": unscreened()})["x"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        kept.result = unscreened()
    with pytest.raises((DisclosureError, TypeError, ValueError)):
        dataclasses.replace(kept, result=unscreened())
    with pytest.raises(DisclosureError):
        Publishable(unscreened(), (), (), DisclosureRules(), kept.digest, None)
