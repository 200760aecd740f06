import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from trygghet.codebook import Codebook
from trygghet.errors import CodebookError, IngestError
from trygghet.ingest import draft_codebook, read_kodbok, read_survey, violations, write_kodbok, write_spss
from trygghet.pipeline.codebook_commands import codebook as command

WAVE = Path(__file__).parents[2] / "data" / "raw" / "2026"


@pytest.fixture(scope="module")
def draft():
    return draft_codebook(WAVE / "survey.sav")


def without_marks(text):
    text = re.sub(r"^ +check: .*\n(?: {6,}.*\n)*", "", text, flags=re.MULTILINE)
    return re.sub(r"^check:\n(?:  .*\n)+", "", text, flags=re.MULTILINE)


def test_a_draft_finds_id_design_background_items_and_blocks(draft):
    book = Codebook.from_text(draft)
    assert book.id == "lopnr"
    assert (book.design.strata, book.design.population, book.design.weight) == (
        "stratum",
        ("stratum_n",),
        "vikt",
    )
    truth = Codebook.read(WAVE / "codebook.yaml")
    for name in ("kon", "fodelsear", "omrade", "trygg_kvall", "prob_nedskrapning"):
        assert book.variable(name).column == truth.variable(name).column
        assert book.variable(name).labels == truth.variable(name).labels
        assert book.variable(name).missing == truth.variable(name).missing
    assert book.indicator("otrygg_kvall").counts == truth.indicator("otrygg_kvall").counts
    (block,) = [b for b in book.multi_response.values() if "f30_1" in b.columns.values()]
    assert block.none == truth.block("prio").none
    assert set(block.columns.values()) == set(truth.block("prio").columns.values())


def test_every_guess_has_its_reason_and_what_is_not_used_is_listed(draft):
    assert draft.count("Motiv:") == len(Codebook.from_text(draft).variables)
    assert "# Används inte" in draft
    assert "f33" in draft.split("# Används inte")[1]


def test_reading_refuses_marks_that_are_left(draft):
    book = Codebook.from_text(draft)
    assert "streams" in book.marks
    assert book.children_streams == ("elevenkät",)
    with pytest.raises(IngestError) as caught:
        read_survey(WAVE / "survey.sav", codebook=book)
    assert {problem.code for problem in caught.value.problems} == {"INL-30"}
    assert len(caught.value.problems) == len(book.marks)
    survey = read_survey(WAVE / "survey.sav", codebook=Codebook.from_text(without_marks(draft)))
    assert len(survey) > 1000


def test_only_uncertain_guesses_carry_a_mark(draft):
    book = Codebook.from_text(draft)
    assert not book.variable("prob_nedskrapning").check
    assert len([name for name, variable in book.variables.items() if variable.check]) <= 4


def test_a_code_above_the_scale_without_a_text_is_doubted(tmp_path, rows, labels):
    rows.loc[0, "f12a"] = 97
    write_spss(
        tmp_path / "a.sav",
        rows,
        dictionary=replace(labels, questions={"f12a": "Hur trygg är du på kvällen?"}),
    )
    guess = Codebook.from_text(draft_codebook(tmp_path / "a.sav")).variable("trygg_kvall")
    assert guess.missing == {8: "dont_know", 9: "no_answer", 97: "no_answer"}
    assert "97" in guess.check


def test_answer_texts_instead_of_codes_become_labels(tmp_path):
    lines = "".join(
        f"{n},{'Mycket trygg' if n % 2 else 'Ganska otrygg'},fri text nummer {n}\n" for n in range(1, 9)
    )
    (tmp_path / "a.csv").write_text(
        "ResponseId,Hur trygg är du ute sent på kvällen?,Annat?\n" + lines, encoding="utf-8"
    )
    text = draft_codebook(tmp_path / "a.csv")
    book = Codebook.from_text(text)
    assert book.variable("trygg_kvall").categories == ("Mycket trygg", "Ganska otrygg")
    assert "fri text" not in text


def test_an_age_is_a_number_or_a_band_and_a_date_of_production_is_no_wave(tmp_path):
    lines = "".join(f"{n};01.02.2020;{('Mindre', 'Mer')[n % 2]};{20 + n}\n" for n in range(1, 9))
    (tmp_path / "a.csv").write_text(
        "ID;proddate;Hur aktiv är du jämfört med andra i samma ålder?;Vilken ålder har du?\n" + lines,
        encoding="utf-8",
    )
    book = Codebook.from_text(draft_codebook(tmp_path / "a.csv"))
    assert book.variable("alder").column == "Vilken ålder har du?"
    assert book.wave == "okänd"
    assert "wave" in book.marks


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (asked, found)
        for *asked, found in [
            ("Hur många av 100 i arbetsför ålder är arbetslösa?", ["0-4", "5-9", "50 eller fler"], False),
            ("Ålder?", ["0-4", "5-9", "50 eller fler"], False),
            ("Ålder?", ["Under 16 år", "16-29 år", "30 år eller äldre"], True),
            ("Ålder i år på ditt barn?", [14, 15, 16], False),
            ("Din ålder?", [14, 15, 16], True),
            ("Din ålder, där 0 är ung och 9 är gammal?", [0, 5, 9], False),
        ]
    ],
)
def test_a_question_with_the_word_age_is_an_age_where_its_answers_can_be_ages(tmp_path, asked, found):
    question, answers = asked
    lines = "".join(f"{n};{answers[n % 3]}\n" for n in range(1, 31))
    (tmp_path / "a.csv").write_text(f"ID;{question}\n{lines}", encoding="utf-8")
    assert ("alder" in Codebook.from_text(draft_codebook(tmp_path / "a.csv")).variables) is found


def test_of_several_columns_the_one_whose_question_says_least_else_is_taken(tmp_path):
    """Sex is asked of the respondent and of others, and named in questions about other matters."""
    head = "ID;Kön på den andra personen;Känner du dig diskriminerad för ditt kön?;Ditt kön;Vilket kön har din chef?"
    lines = "".join(
        f"{n};{('Kvinna', 'Man')[n % 2]};{('Ja', 'Nej')[n % 2]};{('Man', 'Kvinna')[n % 2]};Man\n"
        for n in range(1, 9)
    )
    (tmp_path / "a.csv").write_text(f"{head}\n{lines}", encoding="utf-8")
    book = Codebook.from_text(draft_codebook(tmp_path / "a.csv"))
    assert book.variable("kon").column == "Ditt kön"


@pytest.mark.parametrize("head", ["Svarsdatum", "Starttid", "Completion time", "RecordedDate"])
def test_the_time_of_an_answer_is_recognised_and_left_out(tmp_path, head):
    lines = "".join(f"{n};2026-09-{n:02d} 12:0{n}\n" for n in range(1, 9))
    (tmp_path / "a.csv").write_text(f"ID;{head}\n{lines}", encoding="utf-8")
    draft = draft_codebook(tmp_path / "a.csv")
    assert "svarsdatum" in draft.split("# Används inte")[1]
    assert not Codebook.from_text(draft).variables


@pytest.mark.parametrize("separator", [";", ", "])
def test_several_answers_in_one_cell_become_a_block(tmp_path, separator):
    cells = [
        ("Narkotika", "Nedskräpning"),
        ("Narkotika",),
        ("Inget av dessa",),
        ("Nedskräpning", "Narkotika"),
    ] * 3
    cells += [("Narkotika", "något eget som bara jag skrev")]
    lines = "".join(f'{n},"{separator.join(cell)}"\n' for n, cell in enumerate(cells, start=1))
    (tmp_path / "a.csv").write_text("ID,Vad ska prioriteras?\n" + lines, encoding="utf-8")
    text = draft_codebook(tmp_path / "a.csv")
    (block,) = Codebook.from_text(text).multi_response.values()
    assert (block.cell, block.separator, block.none) == ("Vad ska prioriteras?", separator, "Inget av dessa")
    assert set(block.labels.values()) == {"Narkotika", "Nedskräpning", "Annat"}
    assert block.other == "annat"
    assert "något eget" not in text
    survey = read_survey(tmp_path / "a.csv", codebook=Codebook.from_text(without_marks(text)))
    name = next(iter(survey.codebook.multi_response))
    assert survey.numeric(f"{name}.narkotika").sum() == 10
    assert survey.numeric(f"{name}.annat").sum() == 1


def test_kodbok_round_trips_without_loss(tmp_path):
    for book in (
        Codebook.read(WAVE / "codebook.yaml"),
        Codebook.from_text(draft_codebook(WAVE / "survey.sav")),
    ):
        write_kodbok(book, tmp_path / "kodbok.xlsx")
        first = (tmp_path / "kodbok.xlsx").read_bytes()
        assert read_kodbok(tmp_path / "kodbok.xlsx") == book
        write_kodbok(book, tmp_path / "kodbok.xlsx")
        assert (tmp_path / "kodbok.xlsx").read_bytes() == first


def test_kodbok_has_a_row_a_variable_dropdowns_and_frozen_headings(tmp_path):
    book = Codebook.read(WAVE / "codebook.yaml")
    write_kodbok(book, tmp_path / "kodbok.xlsx")
    with CalamineWorkbook.from_path(str(tmp_path / "kodbok.xlsx")) as workbook:
        rows = workbook.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["name", *book.variables]
    with zipfile.ZipFile(tmp_path / "kodbok.xlsx") as archive:
        sheets = [archive.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2, 3)]
    assert all('state="frozen"' in sheet for sheet in sheets)
    choices = re.findall(
        r'<dataValidation type="list"[^>]*sqref="([A-Z]+)2:\1\d+"[^>]*><formula1>"([^"]+)"', sheets[0]
    )
    offered = {rows[0][ord(place) - ord("A")]: values.split(",") for place, values in choices}
    assert offered["kind"] == ["nominal", "ordinal", "continuous", "text"]
    assert "double_mark" in offered["system_missing"]


def test_kodbok_keeps_odd_codes_and_layouts(tmp_path, book):
    text = book.to_text() + (
        "notes:\n- 'a: b'\n- '- c'\n- |\n  två\n  rader\npopulation:\n  text: '[x]'\n  ages: [16, null]\n"
        "breaks:\n- {items: [trygg], since: '2024', text: '{hej}'}\n"
    )
    text = text.replace(
        "variables:\n",
        "variables:\n  kod: {labels: {'0180': Stockholm, '01': Län, 3: tre, 2.5: halv}, missing: {.a: refused}, range: [0, null]}\n",
        1,
    )
    odd = Codebook.from_text(text)
    write_kodbok(odd, tmp_path / "kodbok.xlsx")
    assert read_kodbok(tmp_path / "kodbok.xlsx") == odd
    (tmp_path / "b.xlsx").write_bytes(b"PK")
    with pytest.raises(IngestError) as caught:
        read_kodbok(tmp_path / "b.xlsx")
    assert caught.value.code == "INL-31"


def test_violations_are_listed(tmp_path, survey_file, rows, *, book):
    (tmp_path / "c.yaml").write_text(book.to_text(), encoding="utf-8")
    assert violations(tmp_path / "c.yaml", survey_file()) == ()
    rows.loc[0, "f12a"] = 96
    rows.loc[0, "f1"] = 7
    assert [problem.code for problem in violations(tmp_path / "c.yaml", survey_file(rows))] == [
        "INL-05",
        "INL-05",
    ]
    (tmp_path / "d.yaml").write_text(book.to_text() + "okänd: 1\n", encoding="utf-8")
    assert [problem.code for problem in violations(tmp_path / "d.yaml", survey_file())] == ["KOD-03"]


def test_commands(tmp_path, survey_file, rows, *, book):
    run = CliRunner().invoke
    good, bad = tmp_path / "c.yaml", tmp_path / "d.yaml"
    good.write_text(book.to_text(), encoding="utf-8")
    bad.write_text(
        book.to_text().replace("Otrygg", "Mycket otrygg").replace("wave: '2026'", "wave: '2028'"),
        encoding="utf-8",
    )
    path = survey_file()
    assert "Inga fel" in run(command, ["check", str(good), str(path)]).output
    rows.loc[0, "f12a"] = 96
    found = run(command, ["check", str(good), str(survey_file(rows, name="b.sav"))])
    assert found.exit_code == 1
    assert "96 (1)" in found.output
    assert run(command, ["draft", str(path), "--out", str(tmp_path / "u.yaml")]).exit_code == 0
    assert Codebook.read(tmp_path / "u.yaml").variables
    assert "variables:" in run(command, ["draft", str(path)]).output
    assert run(command, ["draft", str(tmp_path / "x.sav")]).exit_code == 1
    assert run(command, ["xlsx", str(good), str(tmp_path / "k.xlsx")]).exit_code == 0
    assert run(command, ["yaml", str(tmp_path / "k.xlsx"), str(tmp_path / "e.yaml")]).exit_code == 0
    assert Codebook.read(tmp_path / "e.yaml") == book
    assert "trygg: inte jämförbar (svarsskala)" in run(command, ["diff", str(good), str(bad)]).output


def test_an_unknown_part_of_the_workbook_is_told(tmp_path, book):
    write_kodbok(book, tmp_path / "k.xlsx")
    assert read_kodbok(tmp_path / "k.xlsx").survey == "Prov"
    with pytest.raises(CodebookError):
        Codebook.from_text(book.to_text() + "x: 1\n")
