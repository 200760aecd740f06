"""What is installed is what is here: templates, catalogue, type stubs; the build takes the whole package but for ignored files."""

import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "trygghet"


def test_the_build_takes_the_whole_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["build-system"]["build-backend"] == "hatchling.build"
    assert project["tool"]["hatch"] == {"build": {"targets": {"wheel": {"packages": ["src/trygghet"]}}}}


def test_nothing_in_the_package_is_ignored_by_git_and_so_left_out_of_the_wheel():
    ignored = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "--others", "--ignored", "--exclude-standard", "src/trygghet"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert [name for name in ignored if "__pycache__" not in name] == []


def test_every_template_of_a_project_is_there():
    from trygghet.pipeline.new_project import contents

    named = {*contents._TEMPLATES.values(), *contents._FOR_DVC.values(), "trial_params.yaml"}
    folder = PACKAGE / "pipeline" / "new_project" / "templates"
    assert {path.name for path in folder.iterdir()} == named


@pytest.mark.parametrize(
    "name",
    [
        "py.typed",
        "codebook/catalogue.yaml",
        "codebook/questionnaire.yaml",
        "report/templates/lagesbild.html.j2",
    ],
)
def test_what_the_package_reads_at_run_time_is_tracked(name):
    tracked = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", f"src/trygghet/{name}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert tracked.strip() == f"src/trygghet/{name}"


def test_every_lazy_face_has_its_stub():
    lazy = [
        path for path in PACKAGE.rglob("__init__.py") if "lazy_loader" in path.read_text(encoding="utf-8")
    ]
    assert len(lazy) > 1
    assert [path for path in lazy if not path.with_suffix(".pyi").is_file()] == []
