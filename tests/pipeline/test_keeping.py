"""What has been published: does it still hold, and what goes when a wave's time is up."""

import itertools
import json
import shutil
import subprocess
import zipfile

import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest
from click.testing import CliRunner

from trygghet.ingest import write_spss
from trygghet.pipeline.cli import main
from trygghet.pipeline.erasure import erased_waves, plan_erasure
from trygghet.pipeline.runner import open_project

PLANTED = {
    "f33": (
        "Ring mig på 070-123 45 67",
        "mitt nr är 811218-9876",
        "bilen ABC 12D står där",
        "skriv till bo.ek@exempel.se",
    ),
    "kommentar": ("grannen i 811278-9873 bråkar", "vid 59.32938, 18.06871", "08-123 456 78 går till mamma"),
    "Namn": ("Berta Ekström", "Sixten Ekström"),
}


def plant(path):
    """Give a survey's file free texts and a column that hold identifiers."""
    rows = pyreadstat.read_sav(path, user_missing=True)[0]
    texts = {
        name: [text for _row, text in zip(range(len(rows)), itertools.cycle(said), strict=False)]
        for name, said in PLANTED.items()
    }
    write_spss(path, pd.DataFrame(rows.to_dict("series") | texts))


@pytest.fixture(scope="module")
def made(tmp_path_factory, workshop_at):
    """A project of one wave that has run to its end; identifiers are planted in its survey's file."""
    shop = workshop_at(tmp_path_factory.mktemp("arkiv") / "Mappen å ä ö")
    shop.root.mkdir()
    shop.waves("2026").params["ranking"]["draws"] = 1000
    plant(shop.raw("2026") / "survey.sav")
    ran = run("run", shop.save())
    assert ran.exit_code == 0, ran.output
    (shop.root.parent / "said.txt").write_text(ran.output + ran.stderr, encoding="utf-8")
    return shop.root


@pytest.fixture
def root(made, tmp_path):
    return shutil.copytree(made, tmp_path / "Trygghet 2026", ignore=shutil.ignore_patterns(".trygghet.lock"))


def run(*arguments, **more):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **more)


def content(path):
    """Everything that stands in a file, unpacked."""
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        return f"{table.to_pandas().to_csv()}{table.schema}{table.schema.metadata}"
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts = b"".join(archive.read(name) for name in archive.namelist())
    else:
        parts = path.read_bytes()
    return parts.decode("utf-8", errors="replace")


def test_identifiers_in_free_texts_come_out_nowhere(made, root):
    """What was processed, every report, table, picture and document, what was said, and the log of a run that such texts stopped."""
    book = root / "data" / "raw" / "2026" / "codebook.yaml"
    text = book.read_text(encoding="utf-8")
    book.write_text(
        text.replace("variables:\n", "variables:\n  kommentar: {labels: {1: Ja}}\n", 1), encoding="utf-8"
    )
    stopped = run("run", root)
    assert "(INL-05)" in stopped.stderr
    places = [path for path in made.rglob("*") if path.is_file() and "raw" not in path.parts]
    places += [root / "trygghet.log", made.parent / "said.txt"]
    assert {path.suffix for path in places} >= {
        *(".parquet", ".html", ".docx", ".xlsx", ".csv"),
        *(".svg", ".png", ".json", ".log", ".txt"),
    }
    said = "\n".join([stopped.output, stopped.stderr, *map(content, places)])
    assert "(INL-40)" in said
    for text in itertools.chain(*PLANTED.values()):
        assert text not in said
    for part in ("Ekström", "070-123", "811218-", "811278-", "ABC 12D", "exempel.se", "59.32938,", "08-123"):
        assert part not in said


FIGURE = "reports/2026/figures/prioritering.png"


def test_a_figure_that_still_follows_from_data_and_parameters_holds(root):
    told = run("verify", root / FIGURE)
    assert told.exit_code == 0, told.output
    assert "figures/prioritering.png i rapporten 2026, KS 2026/00001" in told.output
    assert "[OK] survey.sav är densamma." in told.output
    assert "[OK] De röjandekontrollerade resultaten ger samma fil igen." in told.output
    assert told.output.rstrip().endswith("Stämmer: data och inställningar ger fortfarande den här filen.")


def changed_file(root):
    (root / FIGURE).write_bytes(b"en annan bild")


def changed_answers(root):
    with (root / "data" / "raw" / "2026" / "survey.sav").open("ab") as stream:
        stream.write(b"\0")


def changed_parameter(root):
    path = root / "params.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("level: 0.95", "level: 0.9", 1), encoding="utf-8"
    )


def changed_result(root):
    name = next((root / "data" / "joint" / "screened" / "2026").glob("rank--brev--prio--*.json"))
    content = json.loads(name.read_text(encoding="utf-8"))
    name.write_text(json.dumps(content | {"digest": "0" * 64}), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (changed_file, "[STOPP] Filen har ändrats eller tagits bort sedan den skrevs."),
        (changed_answers, "[STOPP] survey.sav har ändrats eller saknas."),
        (changed_parameter, "[STOPP] Inställningen estimate.level har ändrats."),
        (changed_result, "[STOPP] De röjandekontrollerade resultaten ger inte längre samma fil."),
    ],
)
def test_what_has_changed_is_named(root, monkeypatch, *, change, line):
    change(root)
    if change is not changed_result:
        from trygghet.pipeline import verifying

        again = verifying.Finding("screened", "unknown", FIGURE)
        monkeypatch.setattr(verifying, "_drawn_again", lambda *_, **__: again)
    told = run("verify", FIGURE, "--root", root)
    assert told.exit_code == 1
    assert [text for text in told.output.splitlines() if text.startswith("[STOPP]")] == [line]
    assert "Stämmer inte" in told.output


def test_a_file_that_no_run_has_written_is_told(root):
    told = run("verify", "params.yaml", "--root", root)
    assert told.exit_code == 1
    assert "(VER-01)" in told.stderr


def files(root):
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def test_erasing_asks_first_and_changes_nothing_without_the_wave_s_name(root):
    before = files(root)
    told = run("gallra", "2026", "--root", root, input="ja\n")
    assert told.exit_code == 0
    assert "data/raw/2026/survey.sav" in told.output
    assert "data/processed/2026/microdata.parquet" in told.output
    assert "Avbrutet. Inget har ändrats." in told.output
    assert files(root) - {".trygghet.lock"} == before
    silent = run("gallra", "2026", "--root", root, input="")
    assert (silent.exit_code, "(KOM-06)" in silent.stderr) == (1, True)
    assert files(root) - {".trygghet.lock"} == before


def test_erasing_removes_answers_and_what_was_made_of_them_and_verify_survives(root):
    kept = {name for name in files(root) if name.startswith(("reports/", "data/joint/screened/"))}
    told = run("gallra", "2026", "--root", root, input="2026\n")
    assert told.exit_code == 0, told.output
    left = files(root)
    assert kept <= left
    gone = ("data/raw/2026", "data/processed/2026", "data/joint/changes/2026", "data/joint/claims/2026")
    assert not [name for name in left if name.startswith(gone)]
    assert "survey.sav" in erased_waves(root)["2026"]["inputs"]
    checked = run("verify", root / FIGURE)
    assert checked.exit_code == 0, checked.output
    assert "[INFO] Svarsfilerna för 2026 är gallrade" in checked.output
    assert "[OK] De röjandekontrollerade resultaten ger samma fil igen." in checked.output
    assert "Stämmer, så långt det går att kontrollera" in checked.output
    again = run("gallra", "2026", "--root", root)
    assert again.exit_code == 1
    assert "(GAL-01)" in again.stderr
    stopped = run("run", root)
    assert stopped.exit_code == 1
    assert "(GAL-02)" in stopped.stderr


@pytest.mark.parametrize("name", ["..", "../raw", "2026/..", "../../2026", "/etc", ".", "a\\..\\b", ""])
def test_a_wave_s_name_cannot_leave_the_project(root, name):
    outside = root.parent / "2026"
    outside.mkdir()
    (outside / "survey.sav").write_bytes(b"annans")
    before = files(root)
    told = run("gallra", "--ja", "--root", root, "--", name)
    assert told.exit_code == 1
    assert files(root) - {".trygghet.lock", "trygghet.log"} == before - {"trygghet.log"}
    assert (outside / "survey.sav").is_file()


def test_links_out_of_the_project_are_removed_and_not_followed(root):
    outside = root.parent / "annat"
    outside.mkdir()
    (outside / "svar.sav").write_bytes(b"annans")
    try:
        (root / "data" / "raw" / "2026" / "lank").symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("no right to make links here")
    assert run("gallra", "2026", "--ja", "--root", root).exit_code == 0
    assert (outside / "svar.sav").is_file()
    assert not (root / "data" / "raw" / "2026").exists()


def cached(root, digest, content=b"x"):
    path = root / ".dvc" / "cache" / "files" / "md5" / digest[:2] / digest[2:]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


LOCK = """schema: '2.0'
stages:
  ingest@2026:
    cmd: x
    deps:
    - {path: data/raw/2026/survey.sav, md5: aa01}
    outs:
    - {path: data/processed/2026/microdata.parquet, md5: aa02}
    - {path: data/processed/2026/estimates, md5: aa03.dir}
  ingest@2024:
    cmd: x
    outs:
    - {path: data/processed/2024/microdata.parquet, md5: bb01}
    - {path: data/processed/2024/estimates, md5: bb02.dir}
"""


def test_copies_in_the_dvc_cache_go_too_but_none_that_another_wave_uses(root):
    (root / "dvc.lock").write_text(LOCK, encoding="utf-8")
    (root / ".dvc").mkdir()
    (root / ".dvc" / "config").write_text("['remote \"lager\"']\n    url = /mnt/x\n", encoding="utf-8")
    folder = [{"relpath": "a.parquet", "md5": "aa04"}, {"relpath": "b.parquet", "md5": "cc01"}]
    other = [{"relpath": "b.parquet", "md5": "cc01"}]
    own = [cached(root, "aa02"), cached(root, "aa03.dir", json.dumps(folder).encode()), cached(root, "aa04")]
    kept = [cached(root, "bb01"), cached(root, "bb02.dir", json.dumps(other).encode()), cached(root, "cc01")]
    plan = plan_erasure(open_project(root).paths, "2026")
    assert set(plan.cached) == set(own)
    assert plan.remotes == ("lager",)
    told = run("gallra", "2026", "--ja", "--root", root)
    assert "3 kopior i DVC:s lager" in told.output
    assert "fjärrlager lager kan ha kopior" in told.output
    assert not any(path.exists() for path in own)
    assert all(path.exists() for path in kept)


def test_copies_that_only_git_remembers_go_too_and_answers_in_git_are_told(root):
    def git(*arguments):
        settings = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *settings, "-C", str(root), *arguments], check=True, capture_output=True)

    git("init")
    (root / "dvc.lock").write_text(LOCK, encoding="utf-8")
    former = cached(root, "aa02")
    git("add", "dvc.lock", "data/raw")
    git("commit", "-m", "a")
    (root / "dvc.lock").write_text(LOCK.replace("aa02", "aa09"), encoding="utf-8")
    now = cached(root, "aa09")
    plan = plan_erasure(open_project(root).paths, "2026")
    assert {former, now} <= set(plan.cached)
    assert plan.in_history
