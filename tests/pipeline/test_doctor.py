"""The doctor finds what stands in the way, says what to do, and touches nothing."""

import datetime as dt
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from trygghet.codebook import Stream
from trygghet.pipeline.cli import main
from trygghet.pipeline.doctor import Finding, examine
from trygghet.pipeline.doctor.interrupted import interrupted
from trygghet.pipeline.doctor.places import (
    answer_files,
    open_files,
    remote_copies,
    storage,
    synced_by,
    version_history,
)
from trygghet.pipeline.doctor.waves import untold
from trygghet.pipeline.doctor_commands import printed

TODAY = dt.date(2026, 11, 22)


def found(root, status, *words, today=TODAY):
    findings = [f for f in examine(root, today=today) if f.status == status]
    return [f for f in findings if all(word in f"{f.text} {f.remedy}" for word in words)]


def hashes(root):
    return {
        path: (path.stat().st_mtime_ns, path.stat().st_size) for path in root.rglob("*") if path.is_file()
    }


def test_a_whole_project_can_run_and_is_not_touched(workshop):
    root = workshop.waves("2026").save()
    before = hashes(root)
    result = CliRunner().invoke(main, ["doctor", str(root)])
    assert result.exit_code == 0, result.output
    assert "Klart att köra" in result.output
    assert "[STOPP]" not in result.output
    assert "brev 1112, webb 595, elev 265" in result.output
    assert hashes(root) == before


def test_marks_and_undeclared_codes_stop_with_their_place(workshop):
    book = workshop.waves("2026").codebook("2026")
    book["variables"]["trygg_kvall"]["missing"] = {}
    workshop.write_codebook("2026", book)
    (stop,) = found(workshop.save(), "STOPP")
    assert "f12a" in stop.text
    assert "INL-05" in stop.remedy
    book["check"] = {"streams": "vilka är slumpmässiga?"}
    workshop.write_codebook("2026", book)
    assert found(workshop.root, "STOPP", "vilka är slumpmässiga?")
    result = CliRunner().invoke(main, ["doctor", str(workshop.root)])
    assert result.exit_code == 1
    assert "att göra innan du kör. Inget har ändrats eller skickats." in result.output


def test_weights_margins_and_their_age(workshop):
    workshop.waves("2026").params["weighting"]["mode"] = "supplied"
    root = workshop.save()
    assert found(root, "STOPP", "anger ingen vikt")
    book = workshop.codebook("2026")
    book["design"] = {"weight": "vikt", "weight_scale": "population"}
    workshop.write_codebook("2026", book)
    margins = workshop.raw("2026") / "margins.csv"
    margins.write_text(
        margins.read_text(encoding="utf-8").replace("2026-09-01", "2021-12-31"), encoding="utf-8"
    )
    (old,) = found(root, "VARNING", "2021-12-31")
    assert "58 månader före enkäten" in old.text
    margins.unlink()
    (none,) = found(root, "VARNING", "Ingen befolkningstabell")
    assert "Institutets vikter används som de är" in none.text
    workshop.params["weighting"]["mode"] = "own"
    root = workshop.save()
    assert found(root, "STOPP", "Ingen befolkningstabell")
    assert found(root, "VARNING", "vikter, men de används inte")


def test_those_who_answered_another_sex_are_counted(workshop):
    root = workshop.waves("2026").save()
    assert found(root, "INFO", "SCB redovisar två kön", "vägs i proportion till befolkningen")
    workshop.params["weighting"]["unplaced"] = "as_respondents"
    assert found(workshop.save(), "INFO", "SCB redovisar två kön", "vägs som övriga svarande")
    margins = workshop.raw("2026") / "margins.csv"
    lines = [line for line in margins.read_text(encoding="utf-8").splitlines() if "proportionell" not in line]
    margins.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (warned,) = found(root, "VARNING", "SCB redovisar två kön")
    assert "proportionell" in warned.remedy


def test_what_would_stop_the_weighting_is_found_before_the_run(workshop):
    """All at once: a name without population, an area that nobody lives in, ages that nobody was asked in."""
    workshop.waves("2026").params["waves"]["2026"]["frame"] = "urval.csv"
    root = workshop.save()
    assert found(root, "OK", "Urvalsfilen", "2750 i urvalet")
    margins, frame = (workshop.raw("2026") / name for name in ("margins.csv", "urval.csv"))
    text = margins.read_text(encoding="utf-8").replace("omrade,Lunden", "omrade,Lund")
    margins.write_text(text.replace("65–84", "65–99"), encoding="utf-8")
    frame.write_text(frame.read_text().replace("10001,2,", "10002,2,"), encoding="utf-8")
    stops = {stop.remedy.rpartition("(")[2].rstrip(")") for stop in found(root, "STOPP")}
    assert {"VIKT-47", "VIKT-11", "VIKT-12", "INL-06"} <= stops


def test_margins_in_a_workbook_are_used_and_two_files_are_one_too_many(workshop, tmp_path):
    import csv

    import xlsxwriter

    from trygghet.pipeline.params import read_params
    from trygghet.pipeline.paths import ProjectPaths
    from trygghet.pipeline.weighting import read_margins

    root = workshop.waves("2026").save()
    paths = ProjectPaths(root).wave("2026")
    params = read_params(root / "params.yaml").weighting
    plain = read_margins(paths.margins, params)
    with xlsxwriter.Workbook(str(paths.raw / "margins.xlsx")) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(csv.reader(paths.margins.read_text(encoding="utf-8").splitlines())):
            sheet.write_row(number, 0, row)
    (stop,) = found(root, "STOPP", "flera filer")
    assert "margins.csv, margins.xlsx" in stop.text
    paths.margins.unlink()
    assert paths.margins.name == "margins.xlsx"
    book = read_margins(paths.margins, params)
    assert [table.name for table in book.tables] == [table.name for table in plain.tables]
    assert [table.totals.tolist() for table in book.tables] == [
        table.totals.tolist() for table in plain.tables
    ]
    assert not found(root, "STOPP")
    assert paths.margins not in answer_files(root)


def test_an_old_survey_is_told_in_months(workshop):
    root = workshop.waves("2026").save()
    assert not found(root, "INFO", "månader gammal")
    (old,) = found(root, "INFO", "månader gammal", today=dt.date(2029, 1, 2))
    assert "27 månader" in old.text


def test_what_the_box_on_the_survey_lacks_is_told():
    asked = Stream(name="brev", sampling="persons", drawn_by="kommunen", start=dt.date(2026, 3, 1))
    open_form = Stream(name="webb", sampling="self_selected", start=dt.date(2026, 3, 1))
    assert not list(untold((asked, open_form), "2026"))
    (one,) = untold((open_form,), "2026")
    assert "Kodboken 2026 säger inte vem som gjorde mätningen (webb)." in one.text
    (both,) = untold((asked.model_copy(update={"start": None, "drawn_by": ""}),), "2026")
    assert "när svaren samlades in (brev) eller vem som gjorde" in both.text
    assert "drawn_by" in both.remedy


def test_settings_that_no_codebook_knows(workshop):
    workshop.waves("2026").params["estimate"]["domains"] = ["omrode"]
    (stop,) = found(workshop.save(), "STOPP", "omrode")
    assert "Menade du ”omrade”?" in stop.remedy


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (r"C:\Users\anna\OneDrive - Exempelstad\Trygghet 2026", "OneDrive"),
        ("E:/Dropbox/trygghet", "Dropbox"),
        ("/Library/Mobile Documents/trygghet", "iCloud"),
        (r"G:\Min enhet\trygghet", "Google Drive"),
        (r"D:\Projekt\trygghet", ""),
    ],
)
def test_synced_folders_are_known_by_their_names(path, service):
    assert synced_by(Path(path), {}) == service


def test_a_redirected_folder_is_known_by_the_environment(tmp_path):
    assert synced_by(tmp_path / "Dokument", {"OneDriveCommercial": str(tmp_path)}) == "OneDrive"


def answers(root):
    raw = root / "data" / "raw" / "2026"
    raw.mkdir(parents=True)
    (raw / "svar å.sav").write_bytes(b"x")
    (raw / "margins.csv").write_text("x", encoding="utf-8")
    return root


def test_synced_answers_stop_until_approved(tmp_path):
    root = answers(tmp_path / "OneDrive - Exempelstad" / "Trygghet")
    assert [path.name for path in answer_files(root)] == ["svar å.sav"]
    (stop,) = storage(root, synthetic=False)
    assert stop.status == "STOPP"
    assert "godkand_lagring" in stop.remedy
    assert not list(storage(root, synthetic=True))
    (root / "projekt.yaml").write_bytes(b"godkand_lagring: ja\r\n")
    (info,) = storage(root, synthetic=False)
    assert info.status == "INFO"


def test_answers_in_a_history_that_leaves_the_house(tmp_path):
    def git(*arguments):
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True, capture_output=True)

    root = answers(tmp_path)
    git("init", "--quiet")
    (loose,) = version_history(root, synthetic=False)
    assert (loose.status, "gitignore" in loose.remedy) == ("VARNING", True)
    git("add", "data")
    (kept,) = version_history(root, synthetic=False)
    assert kept.status == "VARNING"
    git("remote", "add", "origin", "https://example.invalid/x.git")
    (gone,) = version_history(root, synthetic=False)
    assert (gone.status, "git rm --cached" in gone.remedy) == ("STOPP", True)
    git("rm", "--quiet", "--cached", "-r", "data")
    (tmp_path / ".gitignore").write_text("/data/raw/\n", encoding="utf-8")
    assert not list(version_history(root, synthetic=False))


def test_places_that_dvc_may_send_the_answers_to(tmp_path):
    (tmp_path / ".dvc").mkdir()
    (tmp_path / ".dvc" / "config").write_text("['remote \"lager\"']\n    url = /mnt/x\n", encoding="utf-8")
    assert not list(remote_copies(tmp_path, synthetic=False))
    (tmp_path / "dvc.yaml").write_text("stages: {}\n", encoding="utf-8")
    (warned,) = remote_copies(tmp_path, synthetic=False)
    assert (warned.status, "dvc remote remove lager" in warned.remedy) == ("VARNING", True)
    assert not list(remote_copies(tmp_path, synthetic=True))


@pytest.mark.parametrize(
    ("mark", "name", "program"),
    [
        ("~$tabeller.xlsx", "tabeller.xlsx", "Excel"),
        ("~$gesbild_utkast.docx", "lagesbild_utkast.docx", "Word"),
        (".~lock.tabeller.xlsx#", "tabeller.xlsx", "LibreOffice"),
    ],
)
def test_files_that_are_open_elsewhere(tmp_path, mark, name, *, program):
    folder = tmp_path / "reports" / "2026"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(b"x")
    assert not list(open_files(tmp_path))
    (folder / mark).write_bytes(b"x")
    (stop,) = open_files(tmp_path)
    assert stop == Finding("STOPP", f"Filen {name} är öppen i {program}.", "stäng den och kör igen.")


def test_a_file_that_windows_has_locked(tmp_path, monkeypatch):
    raw = answers(tmp_path) / "data" / "raw" / "2026"
    real = Path.open

    def locked(path, *arguments, **named):
        if path.name == "svar å.sav":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", locked)
    (stop,) = open_files(tmp_path)
    assert "svar å.sav går inte att öppna" in stop.text
    assert raw.is_dir()


def test_the_layout_is_that_of_the_specification():
    text = printed(
        [Finding("OK", "Programmet är komplett."), Finding("STOPP", "Filen är öppen.", "stäng den.")]
    )
    assert text.splitlines() == [
        "[OK]     Programmet är komplett.",
        "[STOPP]  Filen är öppen.",
        "         Gör så här: stäng den.",
        "En sak att göra innan du kör. Inget har ändrats eller skickats.",
    ]


@pytest.mark.parametrize(
    ("content", "status", "word"),
    [
        ('{"wri', "STOPP", "inte hel"),
        ("", "STOPP", "inte hel"),
        (
            '{"write": {"a": {"pid": 77, "cmd": "dvc repro"}}, "read": {"b": [{"pid": 78, "cmd": "x"}]}}',
            "INFO",
            "77, 78",
        ),
    ],
)
def test_what_a_killed_run_of_dvc_leaves_behind(tmp_path, content, status, *, word):
    lock = tmp_path / ".dvc" / "tmp" / "rwlock"
    lock.parent.mkdir(parents=True)
    assert not list(interrupted(tmp_path))
    lock.write_text("{}", encoding="utf-8")
    assert not list(interrupted(tmp_path))
    lock.write_text(content, encoding="utf-8")
    (found,) = interrupted(tmp_path)
    assert (found.status, word in found.text) == (status, True)
    assert "ta bort filen .dvc/tmp/rwlock" in found.remedy


def test_a_half_written_record_of_dvc(tmp_path):
    (tmp_path / "dvc.lock").write_text("schema: '2.0'\nstages:\n  a: {}\n", encoding="utf-8")
    assert not list(interrupted(tmp_path))
    (tmp_path / "dvc.lock").write_text("schema: '2.0'\nstages:\n  a: {cmd", encoding="utf-8")
    (stop,) = interrupted(tmp_path)
    assert (stop.status, "ta bort dvc.lock" in stop.remedy) == ("STOPP", True)


def test_a_file_that_is_open_elsewhere_stops_the_examination_of_its_wave_alone(workshop, monkeypatch):
    root = workshop.waves("2024", "2026").save()
    real = Path.open

    def locked(path, *arguments, **named):
        if path.name == "margins.csv" and "2024" in path.parts:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", locked)
    findings = examine(root, today=TODAY)
    (stop,) = [each for each in findings if each.status == "STOPP"]
    assert "margins.csv går inte att öppna" in stop.text
    assert [each for each in findings if "Mätningen 2026 går att läsa" in each.text]


def test_settings_that_an_old_editor_saved(workshop):
    root = workshop.waves("2026").save()
    (root / "projekt.yaml").write_bytes("godkand_lagring: ja # å\n".encode("cp1252"))
    text = (root / "params.yaml").read_text(encoding="utf-8")
    (root / "params.yaml").write_bytes(text.replace("Exempelstad", "Åmål").encode("cp1252"))
    (stop,) = found(root, "STOPP")
    assert "UTF-8" in stop.remedy
    assert "PROJ-25" in stop.remedy


def test_an_empty_folder_is_no_project(tmp_path):
    (stop,) = found(tmp_path, "STOPP")
    assert "PROJ-01" in stop.remedy
