"""A municipality's own project: laid out whole, never over what is there, and safe to keep in git."""

import subprocess
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from trygghet.codebook import Codebook, questionnaire
from trygghet.pipeline.cli import main
from trygghet.pipeline.params import read_params
from trygghet.pipeline.runner import all_tasks, open_project, run_task

ROOT = Path(__file__).parents[2]


def init(folder, *options):
    named = ["--kommun", "Malå", "--wave", "2027", "--datum", "2027-03-01"]
    return CliRunner().invoke(main, ["init", str(folder), *named, *options])


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("Säkerhet & trygghet") / "Malå 2027"
    assert init(folder, "--dvc").exit_code == 0
    return folder


def test_a_folder_holds_what_she_needs(project):
    for path in (
        "params.yaml",
        "projekt.yaml",
        "LASMIG.md",
        "enkat/frageformular.docx",
        ".gitignore",
        "dvc.yaml",
    ):
        assert (project / path).is_file()
    assert sorted(path.name for path in (project / "data" / "raw" / "2027").iterdir()) == [
        "codebook_mall.yaml"
    ]
    assert "{{" not in (project / "LASMIG.md").read_text(encoding="utf-8")
    assert 'date: "2027-03-01"' in (project / "params.yaml").read_text(encoding="utf-8")


def test_the_trial_can_be_read_at_once(project):
    params = read_params(project / "prova" / "params.yaml")
    for wave, declared in params.waves.items():
        assert (project / "prova" / "data" / "raw" / wave / declared.survey).is_file()


def test_the_trial_runs_up_to_what_may_be_published(project):
    trial = open_project(project / "prova")
    for task in all_tasks(trial):
        if task.stage != "report":
            run_task(trial, task)
    for wave in trial.params.waves:
        assert list(trial.paths.wave(wave).screened.glob("claim--*.json"))
    assert list(trial.paths.wave("2026").screened.glob("change--*.json"))


def test_nothing_that_exists_is_overwritten(tmp_path):
    (tmp_path / "params.yaml").write_text("egna: inställningar\n", encoding="utf-8")
    result = init(tmp_path, "--utan-prova")
    assert result.exit_code == 0
    assert "Fanns redan, ändrades inte: params.yaml" in result.output
    assert (tmp_path / "params.yaml").read_text(encoding="utf-8") == "egna: inställningar\n"
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert "Klart: 0\u00a0filer" in init(tmp_path, "--utan-prova").output
    assert before == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert "prova" not in (tmp_path / "LASMIG.md").read_text(encoding="utf-8").lower()
    assert not (tmp_path / "dvc.yaml").exists()


def test_a_name_with_odd_letters_is_kept(tmp_path):
    name = 'Malå "Lappmark" \\ Norra'
    CliRunner().invoke(main, ["init", str(tmp_path), "--kommun", name, "--utan-prova"])
    assert YAML(typ="safe").load(tmp_path / "params.yaml")["report"]["municipality"] == name


RAW = (
    "svar.sav",
    "svar.xlsx",
    "codebook.yaml",
    "margins.csv",
    "margins.xlsx",
    "margins.ods",
    "sources/composite.yaml",
    "sources/brott.csv",
)
UNWANTED = (
    ".trygghet.lock",
    "trygghet.log",
    ".dvc/cache/files/md5/aa/01",
    ".dvc/tmp/rwlock",
    "data/joint/claims/2027.json",
    "enkat/~$frageformular.docx",
    "enkat/.~lock.frageformular.docx#",
)


def test_git_never_takes_the_answers(project):
    def git(*arguments):
        return subprocess.run(
            ["git", "-C", str(project), *arguments], capture_output=True, text=True, check=False
        )

    git("init", "--quiet")
    raw = project / "data" / "raw" / "2027"
    (raw / "sources").mkdir()
    for name in RAW:
        (raw / name).write_text("x", encoding="utf-8")
    for name in UNWANTED:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("x", encoding="utf-8")
    shown = git("-c", "core.quotepath=off", "status", "--porcelain", "--untracked-files=all").stdout
    files = {line[3:].strip('"') for line in shown.splitlines()}
    assert ".dvc/.gitignore" in files
    assert {"data/raw/2027/codebook.yaml", "data/released.json"} <= files
    assert {f"data/raw/2027/margins.{ending}" for ending in ("csv", "xlsx", "ods")} <= files
    assert "data/raw/2027/sources/composite.yaml" in files
    assert "data/raw/2027/sources/brott.csv" not in files
    assert not [name for name in files if name.startswith(("prova", "data/processed")) or "svar" in name]
    assert not files & set(UNWANTED)
    for name in RAW:
        (raw / name).unlink()
    for name in UNWANTED:
        (project / name).unlink()


def test_git_keeps_binary_files_and_line_ends_whole(project):
    names = ["a.sav", "a.dta", "a.xlsx", "a.docx", "a.png", "a.parquet", "params.yaml"]
    shown = subprocess.run(
        ["git", "-C", str(project), "check-attr", "text", "eol", "--", *names],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    told = dict(line.rsplit(": ", 1) for line in shown.splitlines())
    assert {told[f"{name}: text"] for name in names[:-1]} == {"unset"}
    assert (told["params.yaml: text"], told["params.yaml: eol"]) == ("auto", "lf")


def test_the_stages_for_dvc_are_those_of_the_repository(project):
    own, ours = (YAML(typ="safe").load(path / "dvc.yaml")["stages"] for path in (project, ROOT))
    assert list(own) == list(ours)
    for name, stage in own.items():
        mine, theirs = stage.get("do", stage), ours[name].get("do", ours[name])
        assert mine["cmd"] == theirs["cmd"]
        assert mine["outs"] == theirs["outs"]
        assert set(theirs.get("params", [])) <= set(mine.get("params", []))
        shared = {dep for dep in theirs["deps"] if not dep.startswith(("src/", "data/raw/"))}
        assert shared <= set(mine["deps"])
        assert not [dep for dep in mine["deps"] if dep.startswith("src/")]
        assert ("foreach" in stage) == ("foreach" in ours[name])


def test_the_template_of_the_codebook_fits_the_questionnaire():
    book = Codebook.from_text(questionnaire().codebook_text(municipality="Malå", wave="2027"))
    columns = {name for name, _, _ in questionnaire().columns()}
    assert {variable.column for variable in book.variables.values()} <= columns
    assert set(book.block("prio").columns.values()) | {book.block("prio").none} <= columns
    assert set(book.marks) == {"streams", "areas"}
    assert book.block("prio").choose == 3


def test_every_question_of_the_form_stands_in_the_word_file(project):
    with zipfile.ZipFile(project / "enkat" / "frageformular.docx") as parts:
        text = parts.read("word/document.xml").decode("utf-8")
    for question in questionnaire().questions:
        assert question.text in text
    assert "Malå" in text


def test_a_project_without_a_survey_says_so(project):
    result = CliRunner().invoke(main, ["run", str(project)])
    assert result.exit_code == 1
    assert "codebook draft" in result.stderr
    assert "(PROJ-20)" in result.stderr
