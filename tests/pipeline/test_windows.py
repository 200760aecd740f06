"""Files as Windows leaves them: backslashes, CRLF, byte-order marks, other encodings, and files that another program holds."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from trygghet.codebook import Codebook
from trygghet.pipeline.cli import main
from trygghet.pipeline.composite_file import read_composite
from trygghet.pipeline.params import read_params
from trygghet.weighting import Margins

NARRATIVE = re.compile(r"\[STOPP\] .+\n +Var: .+\n +Gör så här: .+ \(FIL-01\)", re.DOTALL)


def as_windows(path):
    """A text file as Notepad and Excel save it."""
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


def test_line_ends_and_byte_order_marks_change_nothing(workshop):
    root = workshop.waves("2026").save()
    raw = workshop.raw("2026")

    def read():
        margins = Margins.read(raw / "margins.csv")
        tables = [
            (table.variables, dict(zip(table.categories, table.totals, strict=True)))
            for table in margins.tables
        ]
        return read_params(root / "params.yaml"), Codebook.read(raw / "codebook.yaml"), tables

    before = read()
    for path in (root / "params.yaml", raw / "codebook.yaml", raw / "margins.csv"):
        as_windows(path)
        assert b"\r\n" in path.read_bytes()
    assert read() == before


def test_backslashes_name_the_same_file(workshop):
    workshop.waves("2026").params["waves"]["2026"] = {
        "survey": "från institutet\\svar 2026.sav",
        "frame": "urval\\urval.csv",
        "published": {"wave": "2024", "file": "tryckt\\publicerat.xlsx"},
    }
    root = workshop.save()
    params = read_params(root / "params.yaml")
    wave = params.waves["2026"]
    assert (wave.survey, wave.frame) == ("från institutet/svar 2026.sav", "urval/urval.csv")
    assert wave.published.file == "tryckt/publicerat.xlsx"
    declared = root / "data" / "raw" / "2026" / "sources" / "composite.yaml"
    text = declared.read_text(encoding="utf-8")
    declared.write_text(text.replace("dialogroster_syntetisk.csv", "dialog\\röster.csv"), encoding="utf-8")
    assert read_composite(declared).sources["dialogröster"].file == "dialog/röster.csv"


def test_a_path_that_yaml_takes_for_an_escape_is_told(workshop):
    root = workshop.waves("2026").save()
    params = root / "params.yaml"
    text = params.read_text(encoding="utf-8").replace("survey: survey.sav", 'survey: "C:\\Users\\svar.sav"')
    params.write_text(text, encoding="utf-8")
    told = CliRunner().invoke(main, ["run", str(root)])
    assert (told.exit_code, "(PROJ-04)" in told.stderr) == (1, True)
    assert "vanligt snedstreck" in told.stderr


@pytest.mark.parametrize("content", [b"", b"- a\n", b"waves: \x07\n", "waves: {å: 1}\n".encode("cp1252")])
def test_settings_that_are_no_settings_are_told_and_never_burst(workshop, content):
    root = workshop.waves("2026").save()
    (root / "params.yaml").write_bytes(content)
    told = CliRunner().invoke(main, ["run", str(root)])
    assert told.exit_code == 1
    assert re.search(r"\(PROJ-(04|25)\)", told.stderr)


@pytest.fixture
def held(monkeypatch):
    """Let another program hold a file, as Excel does."""
    real = Path.open

    def hold(name):
        def opened(path, *arguments, **named):
            if path.name == name:
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *arguments, **named)

        monkeypatch.setattr(Path, "open", opened)

    return hold


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("survey.sav", "run {root}"),
        ("codebook.yaml", "run {root}"),
        ("params.yaml", "run {root}"),
        ("params.yaml", "promise seed --root {root}"),
        ("params.yaml", "gallra 2026 --root {root}"),
        ("codebook.yaml", "codebook diff {raw}/codebook.yaml {raw}/codebook.yaml"),
        ("codebook.yaml", "codebook xlsx {raw}/codebook.yaml {root}/kodbok.xlsx"),
        ("kodbok.xlsx", "codebook yaml {raw}/kodbok.xlsx {root}/bok.yaml"),
        ("svar.xlsx", "codebook draft {raw}/svar.xlsx"),
        ("svar.xlsx", "codebook check {raw}/codebook.yaml {raw}/svar.xlsx"),
        ("utkast.txt", "granska {root}/utkast.txt --root {root}"),
    ],
)
def test_a_file_that_is_open_elsewhere_is_a_message(workshop, held, monkeypatch, *, name, command):
    root, raw = workshop.waves("2026").save(), workshop.raw("2026")
    monkeypatch.chdir(root)
    for made in (root / "utkast.txt", raw / "svar.xlsx", raw / "kodbok.xlsx"):
        made.write_bytes(b"PK")
    held(name)
    told = CliRunner().invoke(main, [word.format(root=root, raw=raw) for word in command.split(" ")])
    assert told.exit_code == 1, told.output
    assert NARRATIVE.search(told.stderr), told.stderr
    assert f"Filen {name} går inte att öppna eller skriva" in told.stderr
    assert "Traceback" not in told.output
    assert "PermissionError" in (root / "trygghet.log").read_bytes().decode("utf-8")


def test_a_result_that_is_open_elsewhere_goes_by_its_own_name(workshop, monkeypatch):
    root = workshop.waves("2026").save()

    def replaced(*_):
        temporary, target = (
            str(root / "reports" / "2026" / name) for name in (".tabeller.7.tmp.xlsx", "tabeller.xlsx")
        )
        raise PermissionError(13, "Permission denied", temporary, None, target)

    monkeypatch.setattr("trygghet.pipeline.runner.run_task", replaced)
    told = CliRunner().invoke(main, ["run", str(root)])
    assert NARRATIVE.search(told.stderr)
    assert "Filen tabeller.xlsx" in told.stderr
    assert "Var: reports/2026" in told.stderr
