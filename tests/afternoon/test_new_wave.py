"""A survey file enters a project: copied, drafted, and with settings that fit."""

import pytest
from click.testing import CliRunner

from trygghet.pipeline.cli import main
from trygghet.pipeline.params import read_params


@pytest.fixture
def project(tmp_path):
    CliRunner().invoke(main, ["init", str(tmp_path), "--kommun", "Malå", "--wave", "2026", "--utan-prova"])
    return tmp_path


def draft(survey, project, wave="2026"):
    return CliRunner().invoke(
        main, ["codebook", "draft", str(survey), "--wave", wave, "--root", str(project)]
    )


def test_the_settings_fit_the_survey_and_the_comments_stay(form, project):
    before = (project / "params.yaml").read_text(encoding="utf-8")
    result = draft(form, project)
    assert result.exit_code == 0, result.stderr
    assert "1\u00a0fråga till dig" in result.output
    params = read_params(project / "params.yaml")
    assert params.waves["2026"].survey == form.name
    assert params.estimate.domains[0] == "omrade"
    assert (params.ranking.priorities, params.ranking.items, params.ranking.top) == ("prio", "problem", 4)
    assert params.weighting.mode == "none"
    assert params.claims.families.headline[0] == "otrygg_kvall"
    after = (project / "params.yaml").read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if line.strip().startswith("#")] == [
        line for line in after.splitlines() if line.strip().startswith("#")
    ]


def test_a_second_wave_follows_the_first_and_keeps_its_settings(form, project):
    draft(form, project)
    params = project / "params.yaml"
    params.write_text(params.read_text(encoding="utf-8").replace("top: 4", "top: 3"), encoding="utf-8")
    assert draft(form, project, "2028").exit_code == 0
    found = read_params(params)
    assert found.waves["2028"].previous == "2026"
    assert found.ranking.top == 3


def test_a_wave_follows_the_one_before_it_in_time(form, project):
    for wave in ("2026", "2028", "2022", "2027"):
        assert draft(form, project, wave).exit_code == 0
    found = read_params(project / "params.yaml")
    before = {wave: declared.previous for wave, declared in found.waves.items()}
    assert before == {"2026": None, "2028": "2026", "2022": None, "2027": "2026"}


def test_a_codebook_that_is_there_is_never_overwritten(form, project):
    draft(form, project)
    book = project / "data" / "raw" / "2026" / "codebook.yaml"
    book.write_text("# mitt arbete\n", encoding="utf-8")
    result = draft(form, project)
    assert result.exit_code == 1
    assert "(PROJ-21)" in result.stderr
    assert book.read_text(encoding="utf-8") == "# mitt arbete\n"
    other = CliRunner().invoke(main, ["codebook", "draft", str(form), "--out", str(book)])
    assert "(PROJ-21)" in other.stderr


def test_without_a_project_nothing_is_copied(form, tmp_path):
    result = draft(form, tmp_path)
    assert "(PROJ-01)" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["trygghet.log"]
