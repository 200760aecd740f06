"""Personal data stop at the gate: nothing that was planted comes out anywhere."""

import logging

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from click.testing import CliRunner

from trygghet.codebook import Codebook
from trygghet.errors import PersonalDataError, TrygghetError
from trygghet.ingest import draft_codebook, read_survey, violations, write_kodbok, write_microdata, write_spss
from trygghet.ingest.personal_data import is_identity_number, is_personal_name, kinds_in
from trygghet.pipeline.codebook_commands import codebook as command
from trygghet.pipeline.messages import render

PLANTED = {
    "personnummer": [
        "811218-9876",
        "19811218-9876",
        "8112189876",
        "198112189876",
        "811218+9876",
        "mitt nr är 811218-9876.",
    ],
    "samordningsnummer": ["811278-9873", "19811278-9873"],
    "telefonnummer": [
        "070-123 45 67",
        "0701234567",
        "+46 70 123 45 67",
        "08-123 456 78",
        "0046701234567",
        "ring 0226-12345",
    ],
    "e-postadress": ["anna.svensson@exempel.se", "skriv till a_b+c@exempel.co"],
    "registreringsnummer": ["ABC123", "abc 12d", "bilen hade reg ABC 123"],
    "koordinat": ["59.32938, 18.06871", "6580822 674032", "59,3293 18,0686"],
    "nätadress": ["130.92.34.66"],
}
HARMLESS = [
    "Jag bor på plan 12",
    "kl 22.30",
    "den 18 december",
    "2026-09-01",
    "100 kr",
    "Sjöstaden 3",
    "åk 8",
    "1234567",
    "q1, q2",
]


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in PLANTED.items() for text in texts]
)
def test_planted_identifiers_are_found(kind, text):
    expected = "personnummer" if kind == "samordningsnummer" else kind
    assert expected in kinds_in(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_texts_are_not(text):
    assert kinds_in(text) == ()


def test_a_check_digit_and_a_date_make_an_identity_number():
    good = sum(is_identity_number(f"811218{tail:04d}") for tail in range(1000))
    assert good == 100
    assert not any(is_identity_number(f"811318{tail:04d}") for tail in range(1000))
    assert not any(is_identity_number(f"811250{tail:04d}") for tail in range(1000))
    assert sum(is_identity_number(f"811278{tail:04d}") for tail in range(1000)) == 100


def test_names_of_columns():
    assert all(
        map(
            is_personal_name,
            ["Namn", "E-post", "RecipientEmail", "IPAddress", "LocationLatitude", "Personnummer", "Telefon"],
        )
    )
    assert all(
        map(is_personal_name, ["Användarnamn", "Email Address", "E-postadress", "ipaddr", "IP-adress"])
    )
    assert not any(map(is_personal_name, ["Bostadsområde", "Hur trygg är du?", "f12a", "stadsdelsnamn"]))


TEXTS = [text for texts in PLANTED.values() for text in texts]


@pytest.fixture
def planted(tmp_path):
    rows = len(TEXTS)
    frame = pd.DataFrame(
        {
            "lopnr": np.arange(1.0, rows + 1),
            "Namn": [f"Anna Svensson{n}" for n in range(rows)],
            "trygg": [1.0, 2.0] * (rows // 2) + [1.0] * (rows % 2),
            "kommentar": [f"{text} hemligt" for text in TEXTS],
            "omrade": ["Centrum"] * (rows - 1) + [TEXTS[0]],
        }
    )
    write_spss(tmp_path / "a.sav", frame)
    frame.to_csv(tmp_path / "a.csv", index=False, sep=";")
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate([list(frame.columns), *frame.to_numpy().tolist()]):
            sheet.write_row(number, 0, row)
    return tmp_path


BOOK = "{survey: a, wave: '1', id: lopnr, variables: {trygg: {labels: {1: Ja, 2: Nej}}}}"
WITH_TEXT = BOOK.replace("variables: {", "variables: {kommentar: {kind: text}, ")
AREAS = BOOK.replace(
    "variables: {", "variables: {omrade: {labels: {1: Centrum}}, kommentar: {labels: {1: x}}, "
)


@pytest.mark.parametrize("name", ["a.sav", "a.csv", "a.xlsx"])
def test_planted_identifiers_come_out_nowhere(planted, name, caplog):
    caplog.set_level(logging.DEBUG)
    said = []
    survey = read_survey(planted / name, codebook=Codebook.from_text(WITH_TEXT))
    write_microdata(survey, planted / "m.parquet")
    table = pq.read_table(planted / "m.parquet")
    said += [
        table.to_pandas().to_csv(),
        str(table.schema.metadata),
        repr(survey),
        repr(survey["trygg"]),
        survey["trygg"]._repr_html_(),
    ]
    said += [str(notice) for notice in survey.notices] + [str(survey.provenance)]
    said.append(draft_codebook(planted / name))
    (planted / "c.yaml").write_text(AREAS, encoding="utf-8")
    problems = violations(planted / "c.yaml", planted / name)
    assert {problem.code for problem in problems} == {"INL-05"}
    said += [str(problem) for problem in problems] + [render(TrygghetError(*problems))]
    said.append(CliRunner().invoke(command, ["check", str(planted / "c.yaml"), str(planted / name)]).output)
    book = Codebook.from_text(draft_codebook(planted / name))
    write_kodbok(book, planted / "k.xlsx")
    said.append(book.to_text())
    said.append(caplog.text)
    everything = "\n".join(said)
    for text in [*TEXTS, "hemligt", "Svensson"]:
        assert text not in everything
    assert "811218" not in everything


def test_what_was_dropped_is_counted(planted):
    survey = read_survey(planted / "a.csv", codebook=Codebook.from_text(WITH_TEXT))
    (notice,) = [notice for notice in survey.notices if notice.code == "INL-40"]
    assert notice.facts["texts"] == 3
    assert notice.facts["columns"] == 1
    assert "e-postadress 2" in notice.facts["cells"]
    assert survey.provenance.dropped_columns == 3


OTHERS = {
    "one": ("q: {labels: {Ja: Ja, Annat: Annat}, other: Annat}", "", "q"),
    "column": (
        "",
        "multi_response: {m: {columns: {buller: m1, annat: m2}, selected: 1, unselected: 0, other: annat}}",
        "m1;m2",
    ),
    "cell": (
        "",
        "multi_response: {m: {cell: c, separator: ', ', labels: {buller: Buller, annat: Annat}, other: annat}}",
        "c",
    ),
}
ROWS = {
    "one": ["Ja", "ring 070-123 45 67", "min granne"],
    "column": ["1;0", "0;ring 070-123 45 67", "1;min granne"],
    "cell": ["Buller", "Buller, ring 070-123 45 67", "min granne"],
}


@pytest.mark.parametrize("shape", OTHERS)
def test_personal_data_among_answers_in_own_words_is_counted_and_dropped(tmp_path, shape):
    """A telephone number under "annat, nämligen" becomes the option and one more cell in the notice."""
    variable, block, head = OTHERS[shape]
    book = f"{{survey: a, wave: '1', id: lopnr, variables: {{{variable}}}, {block}}}".replace(", }", "}")
    rows = "".join(f"{number};{row}\n" for number, row in enumerate(ROWS[shape], 1))
    (tmp_path / "a.csv").write_text(f"lopnr;{head}\n{rows}", encoding="utf-8")
    survey = read_survey(tmp_path / "a.csv", codebook=Codebook.from_text(book))
    (notice,) = [notice for notice in survey.notices if notice.code == "INL-40"]
    assert notice.facts == {"texts": 0, "columns": 0, "cells": "telefonnummer 1"}
    name = {"one": "q"}.get(shape, "m.annat")
    expected = [1.0, 2.0, 2.0] if shape == "one" else [0.0, 1.0, 1.0]
    np.testing.assert_array_equal(survey.frame[name], expected)
    assert "070-123" not in survey.frame.to_csv() + str(survey.notices)
    (tmp_path / "a.csv").write_text(f"lopnr;{head}\n1;{ROWS[shape][0]}\n", encoding="utf-8")
    clean = read_survey(tmp_path / "a.csv", codebook=Codebook.from_text(book))
    assert "INL-40" not in [notice.code for notice in clean.notices]


def test_a_column_is_named_by_its_question_too(tmp_path):
    (tmp_path / "a.csv").write_text(
        "lopnr. Löpnummer;trygg. Trygg?;q9. Mobilnummer\n1;1;x\n2;2;y\n", encoding="utf-8"
    )
    survey = read_survey(tmp_path / "a.csv", codebook=Codebook.from_text(BOOK))
    assert [notice.facts["columns"] for notice in survey.notices if notice.code == "INL-40"] == [1]


@pytest.mark.parametrize(
    "numbers", [["8112189876", "8112789873", "8201019879"], ["811218-9876", "811278-9873", "820101-9879"]]
)
def test_ids_that_are_personal_data_become_pseudonyms(tmp_path, numbers):
    book = Codebook.from_text(BOOK)
    (tmp_path / "a.csv").write_text("lopnr,trygg\n" + "".join(f"{n},1\n" for n in numbers))
    survey = read_survey(tmp_path / "a.csv", codebook=book)
    assert sorted(survey.frame["_id"]) == ["1", "2", "3"]
    assert "INL-43" in [notice.code for notice in survey.notices]
    assert survey.frame.equals(read_survey(tmp_path / "a.csv", codebook=book).frame)


def test_a_kept_column_of_personal_data_stops_the_reading(tmp_path):
    (tmp_path / "a.csv").write_text("lopnr,trygg,pnr,kluster\n1,1,8112189876,a@b.se\n2,1,8112789873,c@d.se\n")
    book = BOOK.replace("variables: {", "design: {psu: kluster}, variables: {pnr: {kind: continuous}, ")
    with pytest.raises(PersonalDataError) as caught:
        read_survey(tmp_path / "a.csv", codebook=Codebook.from_text(book))
    assert {problem.facts["name"] for problem in caught.value.problems} == {"pnr", "kluster"}
    assert "8112" not in str(caught.value)


def test_combinations_that_single_people_out_are_warned_of(tmp_path):
    (tmp_path / "a.csv").write_text("lopnr,trygg,kon\n1,1,1\n2,1,1\n3,1,2\n4,1,2\n5,2,1\n")
    text = BOOK.replace(
        "variables: {trygg: {",
        "variables: {kon: {role: background, labels: {1: K, 2: M}}, trygg: {role: background, ",
    )
    survey = read_survey(tmp_path / "a.csv", codebook=Codebook.from_text(text))
    (notice,) = [notice for notice in survey.notices if notice.code == "INL-41"]
    assert notice.facts["rows"] == 1
