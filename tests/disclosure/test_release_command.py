import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from made import by_area, estimates

from trygghet.disclosure import read_released, screen, write_publishable
from trygghet.pipeline.editions import REGISTRY
from trygghet.pipeline.release_commands import release

ROOT = Path(__file__).parents[2]
AREAS = ["Centrum", "Lunden", "Höjden", "Sjöstaden"]


@pytest.fixture
def project(tmp_path):
    shutil.copy(ROOT / "params.yaml", tmp_path)
    return tmp_path


def put(project, positive):
    folder = project / "data" / "joint" / "screened" / "2026"
    kept = screen({"omraden": estimates(by_area("hot", AREAS), [100, 20, 150, 120], positive)})
    write_publishable(folder, "omraden", kept["omraden"])
    (folder / "facts.json").write_text(json.dumps({"wave": "2026"}), encoding="utf-8")


def run(project, edition):
    return CliRunner().invoke(release, [edition, "--root", str(project)])


def test_a_release_enters_what_was_shown_and_what_was_not(project):
    put(project, [31, 7, 40, 44])
    told = run(project, "2026-1")
    assert told.exit_code == 0, told.output
    assert "2026-1" in told.output
    registry = read_released(project / REGISTRY)
    assert registry.cells["shown"].tolist() == [True, True, False, True]
    before = (project / REGISTRY).read_bytes()
    assert run(project, "2026-1").exit_code == 0
    assert (project / REGISTRY).read_bytes() == before


def test_an_edition_that_changed_is_refused_in_swedish(project):
    put(project, [31, 7, 40, 44])
    run(project, "2026-1")
    put(project, [32, 7, 40, 44])
    told = run(project, "2026-1")
    assert told.exit_code == 1
    assert "SEK-10" in told.output
    assert "nytt namn" in told.output


def test_nothing_screened_is_told(project):
    told = run(project, "2026-1")
    assert told.exit_code == 1
    assert "SEK-13" in told.output
