"""`dvc repro` on a fresh clone: everything once, then nothing, then only what a change touches."""

import csv
import hashlib
import html
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from PIL import Image
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    target = tmp_path_factory.mktemp("clone") / "trygghet åäö"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(target)], check=True)
    repro(target)
    return target


def repro(folder):
    environment = os.environ | {
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(folder / "src"),
        "DVC_NO_ANALYTICS": "1",
    }
    done = subprocess.run(
        [str(BIN / "dvc"), "repro"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return [line.split("'")[1] for line in done.stdout.splitlines() if line.startswith("Running stage")]


def hashes(folder):
    """What every output is; `.utkast.json` is the memory of which drafts the program itself wrote, and remembers the way here."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in ("reports", "data/joint/screened")
        for path in sorted((folder / part).rglob("*"))
        if path.is_file() and path.name not in {".gitignore", ".utkast.json"}
    }


def test_every_wave_gets_its_report(clone):
    for wave in ("2022", "2024", "2026"):
        assert (clone / "reports" / wave / "lagesbild.html").is_file()
        assert (clone / "reports" / wave / "manifest.json").is_file()
        assert len(list((clone / "reports" / wave / "figures").glob("*.png"))) >= 4


BASE = ["Andel, procent", "Felmarginal från", "Felmarginal till", "Antal svarande"]
COLUMNS = {
    "prioritering": ["Hör dit?", "Område att prioritera", *BASE, "Tecken", "Anmärkning", "Möjlig placering"],
    "problem": ["Problem", *BASE, "Tecken", "Anmärkning"],
    "omraden": ["Problem", "Grupp", *BASE, "Tecken", "Anmärkning", "Mot övriga invånare"],
    "svar_och_vikter": [
        "Indelning",
        "Grupp",
        "Antal svar",
        "Före viktning, procent",
        "Efter viktning, procent",
        "Befolkningen, procent",
        "Motsvarar antal svar med lika vikt",
    ],
}
STAMP = {
    "Kommun": "Exempelstad",
    "Diarienummer": "KS 2026/00001",
    "Framtagen": "2026-11-22",
    "Märkning": "SYNTETISKA DATA",
}


def table_of(figures, name):
    with (figures / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def letters(clone):
    """Raw answers of the residents who got a letter in 2026, with the weights that the run gave them."""
    raw, _ = pyreadstat.read_sav(clone / "data" / "raw" / "2026" / "survey.sav", user_missing=True)
    stored = pd.read_parquet(clone / "data" / "processed" / "2026" / "weights" / "brev.parquet")
    weight = stored.set_index(stored["id"].astype(float))["weight"]
    people = raw[(raw["strom"] == 1) & (raw["f3"] == 1)].set_index("lopnr")
    return people.assign(weight=weight)


@pytest.mark.parametrize("wave", ["2022", "2024", "2026"])
def test_each_figure_of_a_run_has_its_table(clone, wave):
    figures = clone / "reports" / wave / "figures"
    for name, columns in COLUMNS.items():
        rows = table_of(figures, name)
        assert rows, name
        sources = [] if name == "svar_och_vikter" else ["Svar från", "Mätning"]
        assert list(rows[0]) == [*columns, *sources, *STAMP], name
        for row in rows:
            assert {key: row[key] for key in STAMP} == STAMP
            assert None not in row, "no line is longer than the heading"
            if sources:
                assert (row["Svar från"], row["Mätning"]) == ("brev", wave)
    assert {path.stem for path in figures.glob("*.csv")} == {path.stem for path in figures.glob("*.png")}


def test_the_tables_hold_what_the_answers_and_the_weights_give(clone):
    """Recomputed from the raw file: litter is a rather big or a very big problem to those who have an opinion."""
    people = letters(clone)
    answered = people[people["f14a"].between(1, 4)]
    share = 100 * answered["weight"][answered["f14a"] >= 3].sum() / answered["weight"].sum()
    figures = clone / "reports" / "2026" / "figures"
    (row,) = [row for row in table_of(figures, "problem") if row["Problem"] == "Nedskräpning"]
    assert float(row["Andel, procent"].replace(",", ".")) == pytest.approx(share, abs=0.0501)
    assert int(row["Antal svarande"]) == len(answered)
    for code, sex in ((1, "Kvinna"), (2, "Man")):
        mine = people["weight"][people["f1"] == code]
        (row,) = [row for row in table_of(figures, "svar_och_vikter") if row["Grupp"] == sex]
        assert int(row["Antal svar"]) == len(mine)
        effective = mine.sum() ** 2 / (mine**2).sum()
        assert int(row["Motsvarar antal svar med lika vikt"]) == pytest.approx(effective, rel=0.006)


@pytest.mark.parametrize("wave", ["2022", "2024", "2026"])
def test_each_figure_of_a_run_says_in_words_what_it_shows(clone, wave):
    folder = clone / "reports" / wave
    page = html.unescape((folder / "lagesbild.html").read_text(encoding="utf-8"))
    for path in (folder / "figures").glob("*.alt.txt"):
        alt, name = path.read_text(encoding="utf-8").strip(), path.name.removesuffix(".alt.txt")
        svg = html.unescape((folder / "figures" / f"{name}.svg").read_text(encoding="utf-8"))
        with Image.open(folder / "figures" / f"{name}.png") as image:
            assert image.text["Description"] == alt
        assert f">{alt}</desc>" in svg
        assert "SYNTETISKA DATA" in alt
        assert alt in page or name not in COLUMNS, name
    for name in ("problem", "prioritering"):
        first = table_of(folder / "figures", name)[0]
        label = first.get("Problem") or first["Område att prioritera"]
        shown = round(float(first["Andel, procent"].replace(",", ".")))
        alt = (folder / "figures" / f"{name}.alt.txt").read_text(encoding="utf-8")
        assert f"{label} {shown}\N{NO-BREAK SPACE}%" in alt, alt


@pytest.mark.parametrize("wave", ["2022", "2024", "2026"])
def test_the_manifest_of_a_run_tells_what_went_in_and_came_out(clone, wave):
    folder, raw = clone / "reports" / wave, clone / "data" / "raw" / wave
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))

    def digest(path):
        return hashlib.sha256(path.read_bytes()).hexdigest()

    assert {"survey.sav", "codebook.yaml", "margins.csv", "urval.csv"} <= set(manifest["inputs"])
    for name, told in manifest["inputs"].items():
        assert digest(raw / name) == told, name
    made = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    figures = {name for name in made if name.startswith("figures/")}
    assert figures | {"lagesbild.html", "tabeller.xlsx"} <= set(manifest["outputs"]) <= made
    for name, told in manifest["outputs"].items():
        assert digest(folder / name) == told, name
    answers, _ = pyreadstat.read_sav(raw / "survey.sav", user_missing=True)
    counted = {stream["name"]: stream["answered"] for stream in manifest["streams"]}
    assert counted["brev"] == int(((answers["strom"] == 1) & (answers["f3"] == 1)).sum())
    assert counted["webb"] == int((answers["strom"] == 2).sum())
    params = YAML(typ="safe").load(clone / "params.yaml")
    assert manifest["parameters"]["weighting"]["bounds"] == params["weighting"]["bounds"]
    assert manifest["parameters"]["disclosure"]["base_floor"] == params["disclosure"]["base_floor"]
    assert (manifest["wave"], manifest["diarienummer"]) == (wave, params["report"]["diarienummer"])
    weights = manifest["weights"]
    assert weights["mode"] == "own"
    assert weights["kish_deff"] >= 1
    assert set(weights["kish_deff_by_group"]["Kön"]) >= {"Kvinna", "Man"}


def test_of_two_things_at_once_only_the_headline_indicator_gets_a_sentence(clone):
    page = (clone / "reports" / "2026" / "lagesbild.html").read_text(encoding="utf-8")
    stated = {each for each in page.split("<") if "Bland dem" in each}
    assert len(stated) == 1
    assert "överfall" in stated.pop()


def test_a_second_run_does_nothing(clone):
    assert repro(clone) == []


def test_a_changed_threshold_reruns_screen_and_report_alone(clone):
    before = hashes(clone)
    params = clone / "params.yaml"
    text = params.read_text(encoding="utf-8")
    params.write_text(
        text.replace("base_floor: 30", "base_floor: 130").replace(
            "sensitive_floor: 50", "sensitive_floor: 130"
        )
    )
    ran = repro(clone)
    assert {stage.partition("@")[0] for stage in ran} == {"screen", "report"}
    assert hashes(clone) != before
    params.write_text(text, encoding="utf-8")
    repro(clone)
    assert hashes(clone) == before


def test_a_run_from_scratch_without_dvc_gives_the_same_bytes(clone, tmp_path):
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(tmp_path / "p")], check=True)
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "p" / "src")}
    subprocess.run(
        [str(BIN / "trygghet"), "run", str(tmp_path / "p")], env=environment, check=True, capture_output=True
    )
    assert hashes(tmp_path / "p") == hashes(clone)
