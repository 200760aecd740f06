"""What the analyst reads when something is wrong: what, where, what to do, and a code; English only in the log."""

import re

import pytest
from click.testing import CliRunner

from trygghet.pipeline.cli import main

NARRATIVE = re.compile(r"\[STOPP\] .+\n +Var: .+\n +Gör så här: .+ \([A-Z]+-\d\d\)", re.DOTALL)


def run(root):
    return CliRunner().invoke(main, ["run", str(root)])


def stopped(root, code):
    result = run(root)
    assert result.exit_code == 1
    assert NARRATIVE.search(result.stderr), result.stderr
    assert f"({code})" in result.stderr
    assert "Traceback" not in result.stderr
    return result.stderr


def test_a_folder_without_a_project(tmp_path):
    assert "params.yaml saknas" in stopped(tmp_path, "PROJ-01")


def test_an_unknown_setting_names_the_nearest(workshop):
    workshop.waves("2026").params["estimate"]["levle"] = 0.9
    assert "Menade du ”level”?" in stopped(workshop.save(), "PROJ-02")


def test_all_wrong_settings_are_told_at_once(workshop):
    workshop.waves("2026").params["estimate"]["level"] = 95
    workshop.params["weighting"]["mode"] = "own weights"
    assert stopped(workshop.save(), "PROJ-02").count("[STOPP]") == 2


def test_parameters_that_are_no_yaml(workshop):
    root = workshop.waves("2026").save()
    (root / "params.yaml").write_text("waves: [\n", encoding="utf-8")
    stopped(root, "PROJ-04")


def test_a_survey_file_that_is_not_there(workshop):
    workshop.waves("2026").params["waves"]["2026"]["survey"] = "enkät 2026.sav"
    assert "enkät 2026.sav" in stopped(workshop.save(), "PROJ-05")


def test_a_survey_file_outside_the_project(workshop):
    workshop.waves("2026").params["waves"]["2026"]["survey"] = "../../../secret.sav"
    stopped(workshop.save(), "PROJ-09")


def test_a_missing_population_table(workshop):
    root = workshop.waves("2026").save()
    (workshop.raw("2026") / "margins.csv").unlink()
    assert "margins.csv" in stopped(root, "PROJ-05")


def test_a_previous_wave_that_is_not_declared(workshop):
    workshop.waves("2026").params["waves"]["2026"]["previous"] = "2020"
    stopped(workshop.save(), "PROJ-07")


def test_waves_that_come_before_themselves(workshop):
    workshop.waves("2024", "2026").params["waves"]["2024"]["previous"] = "2026"
    assert "2024, 2026" in stopped(workshop.save(), "PROJ-26")


def test_a_misspelt_item_is_not_left_out_silently(workshop):
    workshop.waves("2026").params["claims"]["families"]["headline"] = ["otryg_kvall"]
    assert "Menade du ”otrygg_kvall”?" in stopped(workshop.save(), "PROJ-08")


def test_undeclared_codes_are_all_listed(workshop):
    book = workshop.waves("2026").codebook("2026")
    for name in ("trygg_kvall", "trygg_dag"):
        book["variables"][name]["missing"] = {}
    workshop.write_codebook("2026", book)
    text = stopped(workshop.save(), "INL-05")
    assert "f12a" in text
    assert "f12b" in text


def test_population_figures_for_another_district(workshop):
    root = workshop.waves("2026").save()
    margins = workshop.raw("2026") / "margins.csv"
    margins.write_text(margins.read_text(encoding="utf-8").replace("Lunden", "Lundbo"), encoding="utf-8")
    result = run(root)
    assert result.exit_code == 1
    assert "Lundbo" in result.stderr
    assert NARRATIVE.search(result.stderr)


def test_bounds_that_cannot_be_met_name_bounds_that_can(workshop):
    workshop.waves("2026").params["weighting"]["bounds"] = [0.99, 1.01]
    result = run(workshop.save())
    assert result.exit_code == 1
    assert NARRATIVE.search(result.stderr)


def test_english_and_the_traceback_are_in_the_log_alone(workshop):
    workshop.waves("2026").params["waves"]["2026"]["survey"] = "none.sav"
    root = workshop.save()
    stopped(root, "PROJ-05")
    log = (root / "trygghet.log").read_text(encoding="utf-8")
    assert "is missing" in log
    assert "stages.py" in log


def test_what_nobody_foresaw_is_told_without_its_message(workshop, monkeypatch):
    def burst(*_):
        raise RuntimeError("".join(["1912"] * 3))

    monkeypatch.setattr("trygghet.pipeline.runner.run_task", burst)
    root = workshop.waves("2026").save()
    result = run(root)
    assert result.exit_code == 2
    assert "FEL-01" in result.stderr
    everything = result.stdout + result.stderr + (root / "trygghet.log").read_text(encoding="utf-8")
    assert "191219121912" not in everything


@pytest.mark.parametrize("stage", ["weight", "estimate", "rank", "report"])
def test_a_stage_before_its_turn(workshop, stage):
    from trygghet.errors import ProjectError
    from trygghet.pipeline.messages import render
    from trygghet.pipeline.runner import Task, open_project, run_task

    project = open_project(workshop.waves("2026").save())
    with pytest.raises(ProjectError) as caught:
        run_task(project, Task(stage, "2026"))
    assert "(PROJ-06)" in render(caught.value)
