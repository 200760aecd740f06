"""Workbooks and Word files are opened again: what stood in a label stands there as text, whole, and runs nowhere."""

import datetime as dt
import functools
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import estimates
from python_calamine import CalamineWorkbook

from trygghet._signs import legible, unseen
from trygghet.claims import CellKey, Claim
from trygghet.codebook import Codebook
from trygghet.disclosure import screen
from trygghet.errors import CodebookError
from trygghet.report import ReportSources, Stamp, StreamFacts, WaveFacts, WaveReport, Wording
from trygghet.report.look import PLAIN
from trygghet.report.word import word_draft
from trygghet.report.word_parts import data_table, docx_bytes, new_document, picture, two_columns
from trygghet.report.workbook import LONGEST_TEXT, workbook_bytes

WORDS = Wording()
STARTS = st.sampled_from(
    ["", "=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "'=", "{=", "＝", "=cmd|' /C calc'!A0"]
)
PIECES = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "]]>",
        "<![CDATA[",
        "&amp;",
        "&#x3c;",
        "_x0041_",
        'HYPERLINK("http://x")',
        "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe",
        "\x00\x01\x1b[31m",
        "\x7f\x85",
        "\u202e\u2066exe.",
        "\ufffe\ufdd0",
        "\ufeff",
        "é\u0301\u200d",
        "å" * 40_000,
        "\U00010000" * 20_000,
        "ord " * 9_000,
    ]
)
TEXT = st.text(max_size=12)
LABELS = st.builds("".join, st.tuples(STARTS, st.one_of(PIECES, TEXT), st.one_of(PIECES, TEXT))).filter(bool)
FEW = settings(max_examples=10, deadline=None)
FEWER = settings(max_examples=3, deadline=None)


def stamp(text="Exempelstad"):
    return Stamp(text, text, dt.date(2026, 11, 22), text)


def same(read, label, longest=None):
    """The label as it was, but for white space and the stand-in for what no file may hold; or as much of it as there is room for."""
    given_ = " ".join(legible(label).split())
    if longest is not None and len(legible(label).encode("utf-16-le")) > 2 * longest:
        return given_.startswith(" ".join(read.removesuffix("…").split())) and read.endswith("…")
    return " ".join(read.split()) == given_


def parts(content):
    """Every part of a package; all of its XML well-formed."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        found = {name: package.read(name) for name in package.namelist()}
    for name, inner in found.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(inner)  # noqa: S314 - our own output
    return found


def assert_runs_nothing(found):
    for name, inner in found.items():
        assert not re.search(r"vba|macro|externalLink|embeddings|activeX|\.bin$", name), name
        if name.startswith("xl/worksheets/"):
            assert not re.search(rb"<(\w+:)?(f|hyperlink|oleObject|control|dataValidation)[ >/]", inner), name
        if name.startswith("word/"):
            fields = [text.strip() for text in re.findall(rb"<w:instrText[^>]*>([^<]*)<", inner)]
            assert {field.split()[0] for field in fields} <= {b"SEQ", b"PAGE"}, name
            assert not re.search(rb"<w:(fldSimple|hyperlink|object|altChunk|script)\b", inner), name
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in inner, name


@functools.cache
def drawing():
    from matplotlib.figure import Figure

    from trygghet.report.export import png_bytes

    return png_bytes(Figure((1, 1)), title="t", description="d")


def hostile_report(label, other):
    """A report in which a file decides every text: labels, districts, streams, statements, the stamp."""
    shown = estimates([("hot", "", label), ("hot", "omrade", other)], [400, 400], [100, 120])
    shown = replace(shown, about=replace(shown.about, labels={"hot": label}))
    key = CellKey("hot", "", "", label, "2026", "brev")
    said = Claim("level", "supported", {}, "regel", label, (key,), base=other)
    kept = screen({"levels": shown, "claim": said})
    facts = WaveFacts(
        "2026",
        label,
        (StreamFacts("brev", "persons", 400, drawn_by=label, frame=other),),
        "brev",
        notes=(other,),
    )
    return WaveReport(
        facts, stamp(label), ReportSources({}, {}), claims=(kept["claim"],), levels=kept["levels"]
    )


@FEW
@given(LABELS, LABELS)
def test_a_workbook_gives_every_label_back_as_text(label, other):
    content = workbook_bytes(hostile_report(label, other), {}, {}, look=PLAIN)
    assert_runs_nothing(parts(content))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    cells = [
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    assert any(same(cell, label, LONGEST_TEXT) for cell in cells)
    assert any(same(cell, other, LONGEST_TEXT) for cell in cells)


@FEW
@given(LABELS, LABELS)
def test_the_parts_of_a_word_file_give_every_label_back_as_text(label, other):
    document = new_document(stamp(label), WORDS, title=label, status=other)
    data_table(document, (label, "Andel"), [(other, label)], caption=other)
    two_columns(document, (label, other), ([(label, "Basrad")], [(other, "Basrad")]))
    content = docx_bytes(document)
    assert_runs_nothing(parts(content))
    back = docx.Document(io.BytesIO(content))
    head, row = back.tables[0].rows
    assert same(head.cells[0].text, label)
    assert same(row.cells[0].text, other)
    assert same(row.cells[1].text, label)
    assert same(back.tables[1].rows[1].cells[1].text, other)
    assert same(back.core_properties.title, label, 255)
    assert any(same(paragraph.text, f"Tabell 1. {other}") for paragraph in back.paragraphs)


@FEWER
@given(LABELS, LABELS)
def test_a_whole_word_draft_gives_every_label_back_as_text(label, other):
    content = word_draft(hostile_report(label, other), {}, {}, look=PLAIN)
    assert_runs_nothing(parts(content))
    back = docx.Document(io.BytesIO(content))
    texts = [paragraph.text for paragraph in back.paragraphs]
    texts += [cell.text for table in back.tables for row in table.rows for cell in row.cells]
    assert any(same(text, label) for text in texts)
    assert any(same(text, other) for text in texts)


@FEW
@given(LABELS)
def test_the_alternative_text_of_a_picture_is_the_label(label):
    document = new_document(stamp(), WORDS, title="T", status="UTKAST")
    picture(document, drawing(), caption=label, alt=label)
    found = parts(docx_bytes(document))
    assert_runs_nothing(found)
    tree = ET.fromstring(found["word/document.xml"])  # noqa: S314 - our own output
    (shape,) = [element for element in tree.iter() if element.tag.endswith("}docPr")]
    assert same(shape.get("descr"), label)


def test_the_search_would_find_what_runs(tmp_path):
    """The searches above see a formula, a field and a link where there is one."""
    import xlsxwriter

    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write(0, 0, "=1+1")
    with pytest.raises(AssertionError):
        assert_runs_nothing(parts(path.read_bytes()))
    document = docx.Document()
    document.part.relate_to("http://x", "http://y", is_external=True)
    with pytest.raises(AssertionError):
        assert_runs_nothing(parts(docx_bytes(document)))


@FEW
@given(LABELS)
def test_a_codebook_refuses_what_cannot_be_seen_and_says_where(label):
    escaped = "".join(f"\\U{ord(sign):08x}" for sign in label)
    text = f'survey: "{escaped}"\nwave: "1"\nid: x\nvariables: {{}}\n'
    if not unseen(label):
        assert Codebook.from_text(text).survey == label
        return
    with pytest.raises(CodebookError) as refused:
        Codebook.from_text(text)
    assert refused.value.code == "KOD-22"
    facts = refused.value.problems[0].facts
    assert facts["place"] == "survey"
    assert not unseen(str(refused.value))


def test_half_a_sign_from_a_broken_file_has_its_stand_in():
    assert legible("a\ud800b\udfff") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    document = new_document(stamp("\ud800"), WORDS, title="\udfff", status="UTKAST")
    assert (
        docx.Document(io.BytesIO(docx_bytes(document))).core_properties.title == "\N{REPLACEMENT CHARACTER}"
    )


def test_all_unseen_signs_of_a_codebook_are_told_at_once():
    text = (
        'survey: "a\\x01"\nwave: "1"\nid: x\n'
        'variables: {kon: {column: k, kind: nominal, labels: {1: "Kvinna\\u202e", 2: Man}}}\n'
    )
    with pytest.raises(CodebookError) as refused:
        Codebook.from_text(text)
    assert [(p.code, p.facts["place"], p.facts["signs"]) for p in refused.value.problems] == [
        ("KOD-22", "survey", "U+0001"),
        ("KOD-22", "variables > kon > labels > 1", "U+202E"),
    ]
