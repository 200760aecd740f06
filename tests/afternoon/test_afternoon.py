"""The exit test: from an empty folder to a Word draft and a promise seed, for the four kinds of survey that she may have."""

import os
import re
import shlex
import shutil
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from afternoon_case import Afternoon
from ruamel.yaml import YAML

from trygghet.datasets import exempelstad, write_survey

ROOT = Path(__file__).parents[2]
SURVEY = ROOT / "data" / "raw" / "2026" / "survey.sav"
SHARED = Path(os.environ.get("TRYGGHET_SHARED", Path(__file__).parents[3] / "shared"))
CSEW = SHARED / "data" / "csew1314" / "csew1314teachingopen.sav"


def page(reports):
    text = re.sub(
        r"<(style|script).*?</\1>",
        " ",
        (reports / "lagesbild.html").read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    return " ".join(re.sub(r"<[^>]+>", " ", text).split()).replace("\N{NO-BREAK SPACE}", " ")


def headings(reports):
    document = docx.Document(str(reports / "lagesbild_utkast.docx"))
    return [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]


def promises(day):
    day.types("promise", "seed", "--root", day.root)
    folder = day.root / "reports" / day.wave / "promise"
    assert (folder / "lofte_utkast.docx").is_file()
    return YAML(typ="safe").load(folder / "promises.yaml")["promises"]


def test_a_the_institutes_weights_and_no_population(tmp_path):
    day = Afternoon(tmp_path / "Åmåls trygghet (a)")
    day.begins(SURVEY, kommun="Exempelstad", diarienummer="KS 2026/00001")
    assert set(day.marks) == {"design", "streams", "multi_response > prio"}
    day.answers("design")
    day.answers(
        "streams",
        streams__values__1__sampling="persons",
        streams__values__1__drawn_by="kommunen",
        streams__values__1__frame="folkbokföringen",
        streams__values__3__sampling="census",
    )
    day.answers("multi_response > prio")
    day.keeps("fyra områden ska prioriteras")
    told = day.sees_the_doctor()
    assert "Institutets vikter används som de är" in told
    reports = day.runs()
    text = page(reports)
    assert "Befolkningstabell saknas" in text
    assert "felmarginal" in text
    assert any("Sammanfattning" in heading for heading in headings(reports))
    assert {promise["box"] for promise in promises(day)} <= {"surely", "maybe"}
    assert "saknar" in day.types("doctor", day.root)
    day.is_well_written()
    assert day.counts() <= 12


def commands():
    """The commands of the tutorial, in its order."""
    text = (ROOT / "docs" / "eftermiddagen.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    return [shlex.split(line) for language, block in blocks if not language for line in block.splitlines()]


def write_draft(path):
    """A text of her own, as the tutorial has her check."""
    written = docx.Document()
    written.add_paragraph("Otryggheten har ökat. Hälften av invånarna är otrygga ute sent på kvällen.")
    written.save(path)


def test_b_an_open_web_form_only_by_the_tutorial(tmp_path, form, monkeypatch):
    """Every command of the tutorial is run, in its order, and no other."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Hämtade filer").mkdir()
    shutil.copy(form, tmp_path / "Hämtade filer" / "svar.xlsx")
    day = Afternoon(tmp_path / "Trygghet 2026")
    for decision in ("kommun", "diarienummer", "vilken fil", "vilken mätning"):
        day.decides(decision)
    typed, answer = [], {}
    for program, *words in commands():
        if program == "cd":
            monkeypatch.chdir(tmp_path / words[0])
            continue
        assert program == "trygghet"
        if words[0] == "granska":
            written = docx.Document()
            written.add_paragraph(
                "Otryggheten har ökat. Hälften av invånarna är otrygga ute sent på kvällen."
            )
            written.save(words[1])
        answer[words[0]] = answer.get(words[0], "") + day.types(*words)
        typed.append(words[0])
        if words[0] == "codebook":
            assert set(day.marks) == {"streams"}
            day.answers("streams")
            day.keeps("fyra områden ska prioriteras")
    assert typed == ["init", "codebook", "doctor", "run", "promise", "doctor", "granska"]
    assert "Resultaten beskriver bara dem som svarade" in answer["doctor"]
    assert "inte bestämt om" in answer["doctor"]
    assert "Otryggheten har ökat" in answer["granska"]
    assert answer["granska"].rstrip().endswith("Ingen anmärkning är inget godkännande.")
    reports = day.root / "reports" / "2026"
    text = page(reports)
    assert "bland de svarande" in text.lower()
    assert not re.search(r"felmarginal[a-zé]*\s+(från|till|\d)", text.lower())
    for table in (reports / "figures").glob("*.csv"):
        assert "felmarginal" not in table.read_text(encoding="utf-8-sig").lower()
    assert any("Sammanfattning" in heading for heading in headings(reports))
    seed = YAML(typ="safe").load(reports / "promise" / "promises.yaml")
    assert {promise["box"] for promise in seed["promises"]} == {"respondents"}
    for path in day.root.rglob("*"):
        if path.is_file() and not {"raw", "prova"} & set(path.parts):
            assert b"anonymous" not in path.read_bytes()
    day.is_well_written()
    assert day.counts() == 6
    assert "| b. öppet webbformulär | 6 |" in (ROOT / "docs" / "eftermiddagen.md").read_text(encoding="utf-8")


@pytest.mark.skipif(not CSEW.is_file(), reason="the CSEW file is not here (TRYGGHET_SHARED)")
def test_c_a_foreign_survey_with_weights(tmp_path):
    day = Afternoon(tmp_path / "England och Wales (c)", wave="2014")
    day.begins(CSEW, kommun="England och Wales", diarienummer="EX 2014/00001")
    assert set(day.marks) == {"design", "streams", "variables > fraga_oro_inbrott"}
    day.answers("design")
    day.answers(
        "streams",
        streams__whole_file__sampling="persons",
        streams__whole_file__drawn_by="TNS BMRB",
        streams__whole_file__frame="Postcode Address File",
    )
    day.answers("variables > fraga_oro_inbrott")
    day.keeps("områdena som rangordnas")
    day.sees_the_doctor()
    reports = day.runs()
    assert "Otrygg ute ensam sent på kvällen" in page(reports)
    assert any("Sammanfattning" in heading for heading in headings(reports))
    assert "Hur skiljer sig grupperna?" in page(reports)
    assert not (reports / "figures" / "svar_och_vikter.png").exists()
    day.is_well_written()
    assert day.counts() <= 12


def filled_in(template):
    """The template with four figures of a printed report, as she would type them."""
    import xlsxwriter

    from trygghet.waves.published import COLUMNS, SHEET

    typed = {"otrygg_kvall": (27, 1050, 3.2), "otrygg_dag": (9, 1060, None), "kann_lofte": (15, 1020, 2.5)}
    with xlsxwriter.Workbook(str(template)) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, COLUMNS)
        for row, (name, (percent, n, margin)) in enumerate(typed.items(), start=1):
            sheet.write_row(
                row, 0, (name, "", "", percent, n, "" if margin is None else margin, "post och webb", 12)
            )


def test_d_the_wave_before_is_only_a_printed_report(tmp_path):
    day = Afternoon(tmp_path / "Två mätningar (d)")
    whole = exempelstad("2026")
    letters = replace(whole, frame=whole.frame[whole.frame["strom"] == 1].reset_index(drop=True))
    write_survey(letters, tmp_path / "svar 2026.sav")
    day.begins(tmp_path / "svar 2026.sav", kommun="Exempelstad", diarienummer="KS 2026/00001")
    day.answers("design")
    day.answers("streams", streams__values__1__sampling="persons", streams__values__1__drawn_by="kommunen")
    for place in [mark for mark in day.marks if mark.startswith("multi_response")]:
        day.answers(place)
    template = day.codebook.parent / "publicerat 2024.xlsx"
    day.types("codebook", "published", day.codebook, template)
    filled_in(template)
    day.decides("vilka siffror ur den tryckta rapporten")
    day.sets(
        "den tryckta rapporten",
        '{survey: "svar 2026.sav"}',
        '{survey: "svar 2026.sav", published: {wave: "2024", file: publicerat 2024.xlsx, collected: post och webb}}',
    )
    day.keeps("fyra områden ska prioriteras")
    day.sees_the_doctor()
    reports = day.runs()
    text = page(reports)
    assert "Det som sägs om 2024 är beräknat från publicerade tal" in text
    assert "31 % 2026 och 27 % 2024" in text
    assert "Med så här många svar behöver förändringen vara omkring" in text
    assert {promise["box"] for promise in promises(day)} <= {"surely", "maybe"}
    assert "för 2024 finns ingen sådan siffra" in page(reports)
    day.is_well_written()
    assert day.counts() <= 12
