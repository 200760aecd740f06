import io
import zipfile
from dataclasses import replace
from itertools import pairwise

import builders
import docx
import pytest
from docx.oxml.ns import qn

from trygghet.disclosure import screen
from trygghet.report import Look, word_parts
from trygghet.report.figures import planned_figures, rendered_figures
from trygghet.report.word import word_draft
from trygghet.report.wording import Wording

PARTS = (
    "Sammanfattning",
    "1 Kartläggning av brottsligheten",
    "2 Trygghet och oro",
    "3 Områden",
    "4 Barn och unga",
    "5 Jämförelse och utveckling",
    "6 Analys",
    "7 Förslag till fokusområden",
    "Bilaga: Källförteckning",
    "Bilaga: Metod",
    "Bilaga: Meningar som inte fick skrivas",
)


@pytest.fixture(scope="module")
def figures(wave_report):
    planned = planned_figures(wave_report, Look())
    return planned, rendered_figures(wave_report, planned)


@pytest.fixture(scope="module")
def content(wave_report, figures):
    return word_draft(wave_report, *figures, look=Look())


@pytest.fixture(scope="module")
def document(content):
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def open_document(open_report):
    return docx.Document(io.BytesIO(word_draft(open_report, {}, {}, look=Look())))


def everything(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_parts_stand_in_order_with_real_heading_styles(document):
    heads = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert heads == list(PARTS)


def test_every_picture_has_an_alternative_text_and_a_numbered_caption(document):
    shapes = document.inline_shapes
    assert len(shapes) == 6
    for shape in shapes:
        assert "SYNTETISKA DATA" in shape._inline.docPr.get("descr")
        assert shape.width == docx.shared.Cm(16)
    captions = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    assert sum(text.startswith("Figur ") for text in captions) == 6
    numbers = [text.split(".")[0] for text in captions if text.startswith("Tabell ")]
    assert numbers == [f"Tabell {number}" for number in range(1, len(numbers) + 1)]


def test_every_data_table_has_a_heading_row(document):
    for table in document.tables:
        if len(table.rows) > 1:
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_boxes_to_fill_in_say_so_in_words_and_have_their_own_style(document):
    boxes = [table for table in document.tables if len(table.rows) == 1]
    assert len(boxes) >= 5
    for box in boxes:
        assert box.cell(0, 0).text.startswith("Fyll i:")
        assert {paragraph.style.name for paragraph in box.cell(0, 0).paragraphs} == {"Egen text"}
    assert not any(paragraph.style.name == "Egen text" for paragraph in document.paragraphs)


def test_refused_sentences_stand_in_the_annex_with_their_rule(document):
    text = [cell.text for cell in document.tables[-1].column_cells(0)]
    assert any("Skillnaden är för liten" in each for each in text)
    assert document.tables[-1].rows[1].cells[2].text


def test_known_sentences_do_not_stand_among_the_refused(document):
    assert not any("Narkotika hör säkert" in cell.text for cell in document.tables[-1].column_cells(0))


def test_draft_is_marked_and_in_swedish(document):
    assert (
        document.sections[0].header.paragraphs[0].text
        == "UTKAST · Exempelstad · KS 2026/00001 · SYNTETISKA DATA"
    )
    languages = {element.get(qn("w:val")) for element in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    assert document.core_properties.language == "sv-SE"


def test_focus_areas_have_baseline_and_smallest_detectable_change(document):
    table = next(
        table for table in document.tables if table.rows[0].cells[-1].text == "Mål (fyll\N{NO-BREAK SPACE}i)"
    )
    first = [cell.text for cell in table.rows[1].cells]
    assert first[0] == "Narkotika"
    assert first[1] == "Säkert bland de fyra"
    assert first[2].endswith("), 612 svarande")
    assert int(first[3]) > 0
    assert first[4] == ""


def test_same_bytes_again_and_no_clock_inside(wave_report, figures, content):
    assert word_draft(wave_report, *figures, look=Look()) == content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert docx.Document(io.BytesIO(content)).core_properties.modified.year == 2026


def test_open_form_has_no_interval_and_no_detectable_change(open_document):
    text = everything(open_document)
    assert "elmarginal 4" not in text
    assert "Minsta upptäckbara förändring, procentenheter" not in text
    assert "Andel bland de svarande" in text
    assert "Saknas: undersökningen har ingen egen del för barn och unga." in text


def test_withheld_numbers_stand_nowhere(wave_report):
    hidden = builders.estimates(builders.PROBLEMS, [12, *[900] * 9], builders.ITEMS)
    kept = screen({"levels": hidden})["levels"]
    report = replace(wave_report, levels=kept, priorities=None, areas=None, contrasts=None, problems=None)
    document = docx.Document(io.BytesIO(word_draft(report, {}, {}, look=Look())))
    row = next(row for table in document.tables for row in table.rows if row.cells[0].text == "Narkotika")
    assert [cell.text for cell in row.cells[1:]] == [".."] * 3


@pytest.mark.parametrize(
    ("language", "series"),
    [("sv", ["Tabell 1. Ett", "Figur 1. Två"]), ("en", ["Table 1. Ett", "Figure 1. Två"])],
)
def test_captions_are_numbered_in_the_document_s_language(language, series):
    document = word_parts.new_document(builders.STAMP, Wording(language), title="Titel", status="UTKAST")
    word_parts.numbered(document, "Tabell", "Ett", above=True)
    word_parts.numbered(document, "Figur", "Två", above=False)
    told = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    assert told == series


def kept(table):
    """Tell of each row whether it stays on the page of the next."""
    return [
        all(p.paragraph_format.keep_with_next for c in row.cells for p in c.paragraphs) for row in table.rows
    ]


def a_table(count, notes=()):
    document = word_parts.new_document(builders.STAMP, Wording("sv"), title="Titel", status="UTKAST")
    rows = [(f"Uppgift {number}", str(number)) for number in range(count)]
    return document, word_parts.data_table(document, ("Uppgift", "Antal"), rows, caption="Ett", notes=notes)


def test_a_short_table_stays_whole_with_its_caption_and_notes():
    document, table = a_table(5, notes=("Bas: alla.", "Mer."))
    assert kept(table) == [True] * 6
    after = document.paragraphs[-3:]
    assert [paragraph.paragraph_format.keep_with_next for paragraph in after] == [True, True, False]
    _, bare = a_table(5)
    assert kept(bare) == [True] * 5 + [False]


def test_a_long_table_may_break_but_leaves_no_row_alone():
    _, table = a_table(60)
    keeps = kept(table)
    assert keeps[:3] == [True, True, False]
    assert keeps[-3:] == [False, True, False]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_figures_stand_to_the_right_with_their_heading():
    _, table = a_table(3)
    sides = [[cell.paragraphs[0].alignment for cell in row.cells] for row in table.rows]
    assert sides == [[None, docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT]] * 4


def test_a_sentence_stays_on_the_page_of_its_base(wave_report):
    said = replace(builders.claim("supported", "30 % känner sig otrygga."), statement="level")
    source = builders.estimates(builders.PROBLEMS, 900, builders.ITEMS)
    screened = screen({"problems": source, "said": said})["said"]
    report = replace(wave_report, claims=(screened,), levels=None, areas=None, contrasts=None)
    document = docx.Document(io.BytesIO(word_draft(report, {}, {}, look=Look())))
    sentence, base = next(pair for pair in pairwise(document.paragraphs) if pair[0].text == said.text)
    assert base.text == said.base
    assert sentence.paragraph_format.keep_with_next
