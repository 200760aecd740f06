"""A project of one wave, small enough to run in every test."""

import shutil
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from ruamel.yaml import YAML

sys.path.insert(0, str(Path(__file__).parent))
ROOT = Path(__file__).parents[2]


class Workshop:
    """A project folder whose settings a test may change before it runs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.yaml = YAML()
        self.yaml.width = 4096  # a key that is broken over two lines cannot be read back
        self.params = self.yaml.load(ROOT / "params.yaml")

    def waves(self, *names: str) -> "Workshop":
        for name in names:
            shutil.copytree(ROOT / "data" / "raw" / name, self.raw(name))
        self.params["waves"] = {name: {"survey": "survey.sav"} for name in names}
        for previous, name in pairwise(names):
            self.params["waves"][name]["previous"] = previous
        return self

    def raw(self, wave: str) -> Path:
        return self.root / "data" / "raw" / wave

    def codebook(self, wave: str):
        """The codebook as YAML that a test may change; write it back with `write_codebook`."""
        return self.yaml.load(self.raw(wave) / "codebook.yaml")

    def write_codebook(self, wave: str, book) -> None:
        with (self.raw(wave) / "codebook.yaml").open("w", encoding="utf-8") as stream:
            self.yaml.dump(book, stream)

    def save(self) -> Path:
        with (self.root / "params.yaml").open("w", encoding="utf-8") as stream:
            self.yaml.dump(self.params, stream)
        return self.root

    def run(self):
        from trygghet.pipeline.runner import all_tasks, open_project, run_task

        project = open_project(self.save())
        for task in all_tasks(project):
            run_task(project, task)
        return project


@pytest.fixture
def workshop(tmp_path):
    return Workshop(tmp_path)


@pytest.fixture(scope="session")
def workshop_at():
    """Open a project in a folder of one's own choice."""
    return Workshop
