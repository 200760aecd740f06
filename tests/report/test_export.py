import csv
import io
import re

import builders
import pytest
from PIL import Image

from trygghet.disclosure import screen
from trygghet.errors import ReportError
from trygghet.report import Look, export_figure, plot_problems, plot_top_set
from trygghet.report.tables import Sheet, csv_bytes
from trygghet.report.wording import SWEDISH

NAMES = ("prioritering", "problem", "omraden", "svar_och_vikter", "viktning", "placeringar", "par")


def rows_of(path):
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_every_figure_has_four_files(written):
    made = {path.name for path in (written / "figures").iterdir()}
    assert made == {f"{name}{suffix}" for name in NAMES for suffix in (".svg", ".png", ".csv", ".alt.txt")}


def test_nothing_unscreened_is_exported(tmp_path):
    with pytest.raises(ReportError, match="Only screened"):
        export_figure(builders.problems(), plot_problems, tmp_path / "p", stamp=builders.STAMP)
    assert not list(tmp_path.iterdir())


def test_a_figure_without_alternative_text_is_not_exported(tmp_path):
    kept = screen({"p": builders.problems()})["p"]
    with pytest.raises(ReportError, match="alternative text"):
        export_figure(kept, lambda result, look: None, tmp_path / "p", stamp=builders.STAMP)  # noqa: ARG005


@pytest.mark.parametrize("name", NAMES)
def test_alternative_text_stands_in_svg_and_png_and_beside(written, name):
    alt = (written / "figures" / f"{name}.alt.txt").read_text(encoding="utf-8").strip()
    svg = (written / "figures" / f"{name}.svg").read_text(encoding="utf-8")
    with Image.open(written / "figures" / f"{name}.png") as image:
        assert image.text["Description"] == alt
    assert f'role="img" aria-labelledby="{name}-title {name}-desc"' in svg
    assert f'<desc id="{name}-desc">' in svg
    assert "SYNTETISKA DATA" in alt
    assert "KS 2026/00001" in alt


def test_same_bytes_again_and_no_figure_of_an_earlier_run(wave_report, written, tmp_path):
    from trygghet.report import write_report

    figures = tmp_path / "figures"
    figures.mkdir()
    for name in ("sedan_borttagen.svg", "sedan_borttagen.alt.txt", "egna anteckningar.docx"):
        (figures / name).write_text("")
    again = write_report(wave_report, tmp_path)
    left = set(figures.iterdir()) - set(again)
    assert {path.name for path in left} == {"egna anteckningar.docx"}
    for path in again:
        assert path.read_bytes() == (written / path.relative_to(tmp_path)).read_bytes(), path.name


def test_files_tell_nothing_about_machine_or_time(written):
    for path in written.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert str(written).encode() not in content
            assert b"Matplotlib v" not in content
            assert b"dc:date" not in content


@pytest.mark.parametrize("name", NAMES)
def test_csv_opens_in_swedish_excel(written, name):
    raw = (written / "figures" / f"{name}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    head, *rows = rows_of(written / "figures" / f"{name}.csv")
    assert head[-4:] == ["Kommun", "Diarienummer", "Framtagen", "Märkning"]
    assert {tuple(row[-4:]) for row in rows} == {
        ("Exempelstad", "KS 2026/00001", "2026-11-22", "SYNTETISKA DATA")
    }
    assert all(len(row) == len(head) for row in rows)
    if name not in {"placeringar", "par"}:  # their values are places and names
        assert any(re.fullmatch(r"\d+,\d", value) for row in rows for value in row)


def test_csv_of_an_open_form_has_no_interval(written_open):
    for name in ("prioritering", "problem", "omraden"):
        head, *_ = rows_of(written_open / "figures" / f"{name}.csv")
        assert not any("elmarginal" in column for column in head)
        assert "Andel bland de svarande, procent" in head


def test_withheld_cells_have_no_number_anywhere(written):
    head, *rows = rows_of(written / "figures" / "omraden.csv")
    hidden = [row for row in rows if row[1] == "Sjöstaden"]
    assert len(hidden) == len(builders.ITEMS)
    share, low, n = (head.index(name) for name in ("Andel, procent", "Felmarginal från", "Antal svarande"))
    assert all(row[share] == row[low] == row[n] == ".." for row in hidden)


def test_possible_places_stand_in_the_table_only(written):
    head, *rows = rows_of(written / "figures" / "prioritering.csv")
    places = {row[1]: row[head.index("Möjlig placering")] for row in rows}
    assert places["Narkotika"].startswith("1")
    alt = (written / "figures" / "prioritering.alt.txt").read_text(encoding="utf-8")
    assert "placering" not in alt


def test_text_that_a_sheet_would_run_is_disarmed():
    content = csv_bytes(Sheet(("A", "B"), (("=1+1", -2.5), ('a;"b"', 3))), builders.STAMP, SWEDISH).decode(
        "utf-8-sig"
    )
    assert "'=1+1;-2,5;" in content
    assert '"a;""b""";3;' in content


def test_english_switch_changes_words_and_number_forms(wave_report, tmp_path):
    from dataclasses import replace

    from trygghet.report import Wording, write_report

    short = replace(wave_report, areas=None, contrasts=None, problems=None)
    write_report(short, tmp_path, look=Look(words=Wording("en")))
    alt = (tmp_path / "figures" / "prioritering.alt.txt").read_text(encoding="utf-8")
    page = (tmp_path / "lagesbild.html").read_text(encoding="utf-8")
    assert "Surely among the four: Narkotika 47%" in alt
    assert '<html lang="en">' in page
    assert "What we cannot say (and why)" in page


def test_jupyter_export_needs_no_facts(tmp_path):
    kept = screen({"best": builders.priorities()})["best"]
    files = export_figure(kept, plot_top_set, tmp_path / "prioritering", stamp=builders.STAMP)
    alt = files[-1].read_text(encoding="utf-8")
    assert "Bas: 612 svarande i det slumpmässiga urvalet (brev), 2026." in alt
