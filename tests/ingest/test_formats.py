"""An SPSS file and its twins in other formats give identical Microdata."""

import zipfile
from xml.sax.saxutils import escape

import numpy as np
import pandas as pd
import pyreadstat
import pytest
import xlsxwriter

from trygghet.codebook import Codebook
from trygghet.errors import IngestError
from trygghet.ingest import Microdata, read_survey

TEXTS = {
    "f1": {1: "Kvinna", 2: "Man", 9: "Ej svar"},
    "f3": {1: "Centrum", 2: "HOJDEN", 3: " sjöstaden ", 98: "Vet ej"},
    "f12a": {1: "Mycket trygg", 2: "Ganska  trygg", 3: "Otrygg", 8: "Vet ej", 9: "Ej svar"},
    "f0": {1: "Bor", 2: "Verkar"},
    "strom": {1: "brev", 2: "Webb"},
    "p1": {0: "Nej", 1: "Ja", 9: "Ej ställd"},
}
TEXTS |= dict.fromkeys(("p2", "p3", "p99"), TEXTS["p1"])


@pytest.fixture
def book(book):
    text = book.to_text()
    text = text.replace(
        "      8: dont_know\n      9: no_answer",
        "      8: dont_know\n      9: no_answer\n      Vet ej: dont_know\n      Ej svar: no_answer",
    )
    text = text.replace("      98: dont_know", "      98: dont_know\n      Vet ej: dont_know")
    text = text.replace(
        "    missing:\n      9: no_answer", "    missing:\n      9: no_answer\n      Ej svar: no_answer"
    )
    text = text.replace("      9: not_asked", "      9: not_asked\n      Ej ställd: not_asked")
    text = text.replace("    choose: 2", "    selected: [1, Ja]\n    unselected: [0, Nej]\n    choose: 2")
    return Codebook.from_text(text)


@pytest.fixture
def spss(survey_file, book):
    return read_survey(survey_file(), codebook=book)


def same(left, right):
    pd.testing.assert_frame_equal(left.frame, right.frame, check_exact=True)
    pd.testing.assert_frame_equal(left.missing, right.missing)
    return left.codebook == right.codebook


def with_texts(rows):
    texts = rows.astype("object")
    for column, labels in TEXTS.items():
        texts[column] = [labels.get(value, value) for value in rows[column]]
    return texts


def cells(rows):
    return [
        ["" if pd.isna(cell) else int(cell) if isinstance(cell, float) else cell for cell in row]
        for row in rows.to_numpy()
    ]


def write_csv(path, rows, *, separator=",", encoding="utf-8"):
    lines = [separator.join(f'"{name}"' for name in rows.columns)]
    lines += [
        separator.join(f'"{cell}"' if isinstance(cell, str) else str(cell) for cell in row)
        for row in cells(rows)
    ]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def write_xlsx(path, rows):
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Svar")
        for number, row in enumerate([list(rows.columns), *cells(rows)]):
            sheet.write_row(number, 0, row)
    return path


def write_ods(path, rows):
    def cell(value):
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    body = "".join(
        f"<table:table-row>{''.join(map(cell, row))}</table:table-row>"
        for row in [list(rows.columns), *cells(rows)]
    )
    names = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{key}:1.0"'
        for key in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Svar">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


@pytest.mark.parametrize("shape", ["codes", "texts"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_delimited_twins(tmp_path, rows, book, *, spss, shape, encoding, separator):
    rows["fritext"] = ["å, ä; ö", 'en\nrad "till"'.replace('"', '""'), "c", "d", "e", "f"]
    if encoding == "cp1252":
        rows.loc[0, "fritext"] = "– och €"
    table = rows if shape == "codes" else with_texts(rows)
    twin = read_survey(
        write_csv(tmp_path / "a.csv", table, separator=separator, encoding=encoding), codebook=book
    )
    assert same(spss, twin)
    assert twin.provenance.encoding == encoding
    assert twin.provenance.separator == {"\t": "tab"}.get(separator, separator)
    assert twin.provenance.rows == 6
    assert len(twin.provenance.sha256) == 64


@pytest.mark.parametrize("shape", ["codes", "texts"])
def test_workbook_twins(tmp_path, rows, book, *, spss, shape):
    table = rows if shape == "codes" else with_texts(rows)
    assert same(spss, read_survey(write_xlsx(tmp_path / "a.xlsx", table), codebook=book))
    assert same(spss, read_survey(write_ods(tmp_path / "a.ods", table), codebook=book))


def test_other_statistics_programs(tmp_path, rows, book, *, spss, survey_file):
    assert same(spss, read_survey(survey_file(name="survey.zsav"), codebook=book))
    pyreadstat.write_dta(rows, str(tmp_path / "a.dta"))
    assert same(spss, read_survey(tmp_path / "a.dta", codebook=book))
    text = book.to_text().replace("stratum_n", "n_h")
    pyreadstat.write_por(rows.rename(columns={"stratum_n": "n_h"}), str(tmp_path / "a.por"))
    portable = read_survey(tmp_path / "a.por", codebook=Codebook.from_text(text))
    same(survey_as(spss, "stratum_n", "n_h"), portable)


def survey_as(survey, old, new):
    return Microdata(
        survey.frame.rename(columns={old: new}),
        survey.missing,
        codebook=survey.codebook,
        provenance=survey.provenance,
    )


def test_decimal_commas_and_hard_spaces_are_numbers(tmp_path):
    book = Codebook.from_text(
        "{survey: a, wave: 1, id: id, variables: {vikt: {kind: continuous}, inkomst: {kind: continuous}}}"
    )
    (tmp_path / "a.csv").write_text("id;vikt;inkomst\n1;1,25;1\u00a0234,5\n2;0,5;\n3;;−3\n", encoding="utf-8")
    survey = read_survey(tmp_path / "a.csv", codebook=book)
    np.testing.assert_array_equal(survey.numeric("vikt"), [1.25, 0.5, np.nan])
    np.testing.assert_array_equal(survey.numeric("inkomst"), [1234.5, np.nan, -3])


def test_weights_and_ids_may_have_decimal_commas(tmp_path):
    text = (
        "{survey: a, wave: 1, id: id, design: {weight: vikt, strata: st}, variables: {x: {labels: {1: a}}}}"
    )
    (tmp_path / "a.csv").write_text("id;vikt;st;x\n12,0;1,25;a;1\n7,0;0,5;b;1\n8,0;;b;1\n", encoding="utf-8")
    survey = read_survey(tmp_path / "a.csv", codebook=Codebook.from_text(text))
    assert list(survey.frame["_id"]) == ["7", "8", "12"]
    np.testing.assert_array_equal(survey.frame["vikt"].astype(float), [0.5, np.nan, 1.25])
    assert survey.frame["vikt"].dtype == np.float64
    assert list(survey.frame["st"]) == ["b", "b", "a"]


QUALTRICS = """StartDate,ResponseId,Q1,Q2_1,Q2_2
Startdatum,Svars-ID,"Hur trygg är du,
kvällstid?",Narkotika,Ordning
"{""ImportId"":""startDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3""}"
2026-09-01 08:28:09,R_1,Trygg,1,
2026-09-01 08:29:09,R_2,Otrygg,,1
"""
LEGACY = """\ufeffV1,V8,Q1,Q2_1,Q2_2,
ResponseID,StartDate,Hur trygg är du?,Narkotika,Ordning,
R_1,2026-09-01,Trygg,1,,
R_2,2026-09-01,Otrygg,,1,
"""
LIMESURVEY = """"id. Response ID","Q1. Hur trygg är du, kvällstid?","Q2[1]. Vad ska prioriteras? [Narkotika]","Q2[2]. Vad ska prioriteras? [Ordning]"
"R_1","Trygg","1",""
"R_2","Otrygg","","1"
"""
NETIGATE = """Id;Q1;Q2_1;Q2_2
Svarandens id i systemet;Hur trygg är du?;Ska narkotika prioriteras här?;Ska ordning prioriteras här?
R_1;Trygg;1;
R_2;Otrygg;;1
"""
INDEXED = """"",id,Q1,Q2_1,Q2_2
"1","R_1","Trygg",1,NA
"2","R_2","Otrygg",NA,1
"""
SHAPES = {
    "qualtrics": (QUALTRICS, "ResponseId", "Q2_1", "Q2_2"),
    "qualtrics legacy": (LEGACY, "V1", "Q2_1", "Q2_2"),
    "limesurvey": (LIMESURVEY, "id. Response ID", "Q2[1]", "Q2[2]"),
    "netigate": (NETIGATE, "Id", "Q2_1", "Q2_2"),
    "index column": (INDEXED, "id", "Q2_1", "Q2_2"),
    "by question": (NETIGATE, "svarandens id i systemet", "Ska narkotika prioriteras här?", "Q2_2"),
}


@pytest.mark.parametrize(("text", "number", "first", "second"), SHAPES.values(), ids=SHAPES)
def test_exports_of_survey_tools(tmp_path, *, text, number, first, second):
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    book = Codebook.from_text(
        f"survey: a\nwave: 1\nid: '{number}'\nvariables: {{trygg: {{column: Q1, labels: {{1: Trygg, 2: Otrygg}}}}}}\n"
        f"multi_response: {{prio: {{columns: {{a: '{first}', b: '{second}'}}}}}}\n"
    )
    survey = read_survey(tmp_path / "a.csv", codebook=book)
    assert list(survey.frame["_id"]) == ["R_1", "R_2"]
    np.testing.assert_array_equal(survey.numeric("trygg"), [1, 2])
    np.testing.assert_array_equal(survey.numeric("prio.a"), [1, 0])


FORMS = """
survey: a
wave: 1
id: ID
variables:
  trygg: {column: Hur trygg är du?, labels: {1: Trygg, 2: Otrygg, 3: "Annat, nämligen"}, other: 3}
multi_response:
  prio:
    cell: Vad ska vi prioritera?
    labels: {narkotika: Narkotika, skrap: "Nedskräpning, klotter", annat: Annat}
    separator: SEPARATOR
    other: annat
    none: Inget av dessa
"""


@pytest.mark.parametrize(
    ("separator", "answers"),
    [
        (";", ["Narkotika;Nedskräpning, klotter;", "Narkotika;egen text;", "Inget av dessa;", ""]),
        (", ", ["Narkotika, Nedskräpning, klotter", "Narkotika, egen text", "Inget av dessa", ""]),
    ],
)
def test_forms_put_several_answers_in_one_cell(tmp_path, separator, answers):
    header = "ID,Starttid,Slutförandetid,E-post,Namn,Hur trygg är du?,Vad ska vi prioritera?"
    choices = ["Trygg", "Otrygg", "jag bor på landet", ""]
    lines = [
        f'{n},t,t,a@b.se,Anna,"{c}","{a}"'
        for n, (c, a) in enumerate(zip(choices, answers, strict=True), start=1)
    ]
    (tmp_path / "a.csv").write_text("\n".join([header, *lines]), encoding="utf-8")
    survey = read_survey(
        tmp_path / "a.csv", codebook=Codebook.from_text(FORMS.replace("SEPARATOR", f'"{separator}"'))
    )
    np.testing.assert_array_equal(survey.numeric("trygg"), [1, 2, 3, np.nan])
    np.testing.assert_array_equal(survey.numeric("prio.narkotika"), [1, 1, 0, np.nan])
    np.testing.assert_array_equal(survey.numeric("prio.skrap"), [1, 0, 0, np.nan])
    np.testing.assert_array_equal(survey.numeric("prio.annat"), [0, 1, 0, np.nan])


def test_columns_of_categories(tmp_path):
    book = Codebook.from_text(
        "survey: a\nwave: 1\nid: id\nvariables: {x: {labels: {1: a}}}\nmulti_response:\n"
        "  prio: {categories: [c1, c2], codes: {narkotika: 1, ordning: 2}, none: 7, missing: {9: refused}}\n"
    )
    (tmp_path / "a.csv").write_text("id,x,c1,c2\n1,1,1,2\n2,1,2,\n3,1,7,\n4,1,,\n5,1,9,9\n")
    survey = read_survey(tmp_path / "a.csv", codebook=book)
    np.testing.assert_array_equal(survey.numeric("prio.narkotika"), [1, 0, 0, np.nan, np.nan])
    np.testing.assert_array_equal(survey.numeric("prio.ordning"), [1, 1, 0, np.nan, np.nan])
    assert survey.missing_kind("prio.ordning").tolist() == [0, 0, 0, 2, 4]
    (tmp_path / "b.csv").write_text("id,x,c1,c2\n1,1,1,5\n")
    with pytest.raises(IngestError, match="5"):
        read_survey(tmp_path / "b.csv", codebook=book)


def test_ids_keep_their_zeros_and_sort_as_numbers_do(tmp_path):
    book = Codebook.from_text("{survey: a, wave: 1, id: id, variables: {x: {labels: {1: a}}}}")
    (tmp_path / "a.csv").write_text("id,x\n007,1\n7,1\n10,1\n")
    assert list(read_survey(tmp_path / "a.csv", codebook=book).frame["_id"]) == ["007", "10", "7"]
    (tmp_path / "b.csv").write_text("id,x\n10,1\n9,1\n")
    assert list(read_survey(tmp_path / "b.csv", codebook=book).frame["_id"]) == ["9", "10"]


BROKEN = {
    "uneven rows": (b"id,x\n1,1\n2,1,hemlig text\n", "INL-25"),
    "no rows": (b"id,x\n", "INL-20"),
    "empty": (b"", "INL-24"),
    "binary": (bytes(range(256)) * 4, "INL-24"),
    "wrong columns": (b"a,b\n1,2\n", "INL-04"),
}


@pytest.mark.parametrize(("content", "code"), BROKEN.values(), ids=BROKEN)
def test_broken_text_files_are_refused_without_their_content(tmp_path, content, code):
    book = Codebook.from_text("{survey: a, wave: 1, id: id, variables: {x: {labels: {1: a}}}}")
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(IngestError) as caught:
        read_survey(tmp_path / "a.csv", codebook=book)
    assert caught.value.code == code
    assert "hemlig" not in str(caught.value)


def test_a_declared_layout_is_followed(tmp_path):
    text = "{survey: a, wave: 1, id: id, file: {separator: '|', encoding: cp1252, header_rows: 2}, variables: {x: {labels: {1: a}}}}"
    (tmp_path / "a.csv").write_bytes("id|x\nnummer|fråga\n1|1\n".encode("cp1252"))
    survey = read_survey(tmp_path / "a.csv", codebook=Codebook.from_text(text))
    assert len(survey) == 1
    with pytest.raises(IngestError) as caught:
        read_survey(tmp_path / "a.csv", codebook=Codebook.from_text(text.replace("cp1252", "utf-8-sig")))
    assert caught.value.code == "INL-23"


def test_a_sheet_is_named_or_the_first_with_rows(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
        workbook.add_worksheet("Tom")
        workbook.add_worksheet("Svar").write_column(0, 0, ["id", 1])
        workbook.get_worksheet_by_name("Svar").write_column(0, 1, ["x", 1])
    text = "{survey: a, wave: 1, id: id, variables: {x: {labels: {1: a}}}}"
    assert len(read_survey(tmp_path / "a.xlsx", codebook=Codebook.from_text(text))) == 1
    with pytest.raises(IngestError) as caught:
        read_survey(
            tmp_path / "a.xlsx",
            codebook=Codebook.from_text(text.replace("id: id,", "id: id, file: {sheet: Svr},")),
        )
    assert caught.value.problems[0].facts["guess"] == "Svar"
    (tmp_path / "b.xlsx").write_bytes((tmp_path / "a.xlsx").read_bytes()[:900])
    with pytest.raises(IngestError) as caught:
        read_survey(tmp_path / "b.xlsx", codebook=Codebook.from_text(text))
    assert caught.value.code == "INL-26"
