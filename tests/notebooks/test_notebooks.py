"""The notebooks run on the synthetic waves, are kept without outputs, and give the pipeline's numbers."""

import json
import pickle
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from ruamel.yaml import YAML

from trygghet.estimate import read_estimates
from trygghet.pipeline.results import ResultName
from trygghet.pipeline.runner import all_tasks, open_project, run_task
from trygghet.ranking import ranking_from_json
from trygghet.weighting import read_weights

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
NAMES = sorted(path.name for path in NOTEBOOKS.glob("*.ipynb"))
STAGES = {"ingest", "weight", "estimate", "rank", "follow"}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Two waves through the pipeline, as far as numbers are made."""
    root = tmp_path_factory.mktemp("projekt")
    yaml = YAML()
    yaml.width = 4096  # a key that is broken over two lines cannot be read back
    params = yaml.load(ROOT / "params.yaml")
    params["waves"] = {"2024": {"survey": "survey.sav"}, "2026": {"survey": "survey.sav", "previous": "2024"}}
    with (root / "params.yaml").open("w", encoding="utf-8") as stream:
        yaml.dump(params, stream)
    for wave in params["waves"]:
        shutil.copytree(ROOT / "data" / "raw" / wave, root / "data" / "raw" / wave)
    made = open_project(root)
    for task in all_tasks(made):
        if task.stage in STAGES:
            run_task(made, task)
    return made


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Run a notebook, and hand over what some expressions are worth when it has ended."""
    folder = tmp_path_factory.mktemp("notebooks")

    def run(name, **expressions):
        notebook = nbformat.read(NOTEBOOKS / name, as_version=4)
        target = folder / f"{name}.pickle"
        made = ", ".join(f"{key!r}: {expression}" for key, expression in expressions.items())
        keep = f"import pickle\nwith open({str(target)!r}, 'wb') as kept:\n    pickle.dump({{{made}}}, kept)"
        notebook.cells.append(nbformat.v4.new_code_cell(keep))
        client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOKS)}})
        client.execute()
        return pickle.loads(target.read_bytes())  # noqa: S301 - our own kernel wrote it

    return run


def estimated(project, name):
    return read_estimates(project.paths.wave("2026").estimates / str(name))


def same(found, expected):
    pd.testing.assert_frame_equal(found.reset_index(drop=True), expected.reset_index(drop=True), rtol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_notebooks_are_kept_without_outputs(name):
    text = (NOTEBOOKS / name).read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert code
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    nbformat.validate(nbformat.reads(text, as_version=4))


def test_there_are_four_notebooks_from_file_to_priorities():
    assert [name[:2] for name in NAMES] == ["01", "02", "03", "04"]


def test_reading_gives_the_pipeline_s_answers(ran, project):
    found = ran(NAMES[0], frame="survey.frame", sha="survey.provenance.sha256")
    ingested = json.loads((project.paths.wave("2026").metrics("ingest")).read_text(encoding="utf-8"))
    assert found["frame"]["_stream"].value_counts().to_dict() == {
        k: v for k, v in ingested.items() if k in {"brev", "webb", "elev"}
    }


def test_weighting_gives_the_pipeline_s_weights(ran, project):
    found = ran(NAMES[1], weights="weights.values", effect="effect", web="web_shares")
    weights = read_weights(project.paths.wave("2026").weights / "brev.parquet")
    assert found["weights"].tobytes() == weights.values.tobytes()
    shares = estimated(project, ResultName("webb", "trygghet")).select(item="otrygg_kvall").values
    assert found["web"]["estimate"].iloc[0] == shares[0]


def test_estimates_and_comparisons_are_the_pipeline_s(ran, project):
    found = ran(
        NAMES[2],
        total="total.to_frame()",
        unsafe="unsafe.to_frame()",
        gap="gap.to_frame()",
        change="change.to_frame()",
        verdicts="[each.verdict for each in review.findings]",
        bare="[each.verdict for each in tg.check_text(draft).findings]",
    )
    assert found["bare"] == ["missing", "missing", "not_allowed"]
    assert found["verdicts"] == ["cannot_be_shown", "supported", "not_allowed"]
    same(
        found["total"],
        estimated(project, ResultName("brev", "trygghet")).select(item="otrygg_kvall").to_frame(),
    )
    same(
        found["unsafe"],
        estimated(project, ResultName("brev", "trygghet", "omrade")).select(item="otrygg_kvall").to_frame(),
    )
    rest = estimated(project, ResultName("brev", "trygghet", "omrade", "rest")).select(
        item="otrygg_kvall", domain="Lunden"
    )
    same(found["gap"], rest.to_frame())
    changes = read_estimates(
        project.paths.wave("2026").changes / str(ResultName("brev", "trygghet", "", "trend"))
    )
    same(found["change"], changes.select(item="otrygg_kvall").to_frame())


def test_rankings_are_the_pipeline_s(ran, project):
    found = ran(NAMES[3], ranks="ranks.to_frame()", best="best.to_frame()", critical="ranks.critical_value")
    kept = ranking_from_json(project.paths.wave("2026").ranks.read_text(encoding="utf-8"))
    same(found["ranks"], kept[str(ResultName("brev", "problem"))].to_frame())
    same(found["best"], kept[str(ResultName("brev", "prio"))].to_frame())
