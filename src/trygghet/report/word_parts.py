"""Parts of a Word document: real styles, table headings, numbered captions, pictures with alternative text, boxes to fill in."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from trygghet._signs import legible
from trygghet.report.columns import fitting_widths, holds_figures, line_counts
from trygghet.report.inputs import Stamp
from trygghet.report.wording import Wording

PROGRAM, SHORT, OWN, BASE, MARK = "Programtext", "Programtext tät", "Egen text", "Basrad", "Märkning"
CELLS = "Tabelltext"
TEXT_WIDTH = Cm(16)
LINE, ROW_ROOM = 0.39, 0.17
SHORT_TABLE, WIDOWS = 11.0, 2
NOTE_GAP = 3
YELLOW = "FFF2CC"
GREY = "EDEFF2"
FONT = "Calibri"
LONGEST_PROPERTY = 255
_SERIES = {"en-GB": {"Figur": "Figure", "Tabell": "Table"}}
_EPOCH = (1980, 1, 1, 0, 0, 0)


def new_document(stamp: Stamp, words: Wording, *, title: str, status: str) -> Document:
    """Open a document on A4 with its styles, its language, and the stamp at the head and foot of every page.

    Parameters
    ----------
    stamp : Stamp
        What every output carries.
    words : Wording
        Language.
    title : str
        Title, also in the document's properties.
    status : str
        Such as ``UTKAST``.

    Returns
    -------
    Document
        Empty document.
    """
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.3)
    _styles(document, "sv-SE" if words.language == "sv" else "en-GB")
    part = document.part  # python-docx searches all styles anew for every paragraph
    part.get_style_id = cache(part.get_style_id)  # type: ignore[method-assign]
    properties = document.core_properties
    properties.title, properties.author, properties.subject = (
        _property(text) for text in (title, stamp.municipality, stamp.diarienummer)
    )
    properties.comments, properties.keywords = _property(stamp.watermark), _property(status)
    properties.last_modified_by = _property(stamp.municipality)
    made = datetime(stamp.date.year, stamp.date.month, stamp.date.day)  # noqa: DTZ001
    properties.created = properties.modified = made
    properties.language = "sv-SE" if words.language == "sv" else "en-GB"
    parts = (status, stamp.municipality, stamp.diarienummer, stamp.watermark)
    section.header.paragraphs[0].text = legible(" · ".join(part for part in parts if part))
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{words['word.page']} ")
    _field(foot, "PAGE", "1")
    return document


def heading(document: Document, text: str, level: int = 1, *, new_page: bool = False) -> Paragraph:
    """Add a heading in the document's heading style.

    Parameters
    ----------
    document : Document
        Document.
    text : str
        Heading.
    level : int, default 1
        Level.
    new_page : bool, default False
        Whether it opens a page.

    Returns
    -------
    Paragraph
        The heading.
    """
    made: Paragraph = document.add_heading(legible(text), level)
    made.paragraph_format.page_break_before = new_page
    return made


def written(document: Document, text: str, style: str = PROGRAM) -> Paragraph:
    """Add a paragraph in a style.

    Parameters
    ----------
    document : Document
        Document.
    text : str
        Text.
    style : str, default "Programtext"
        Name of the style.

    Returns
    -------
    Paragraph
        The paragraph.
    """
    return document.add_paragraph(legible(text), style=style)


def fill_in(document: Document, label: str, prompts: Sequence[str]) -> None:
    """Add a yellow box with what the group fills in; the label says so, not the colour alone.

    Parameters
    ----------
    document : Document
        Document.
    label : str
        Such as ``Fyll i``.
    prompts : sequence of str
        What to fill in, one a line.
    """
    box = document.add_table(rows=1, cols=1)
    box.style = "Table Grid"
    cell = box.cell(0, 0)
    _shade(cell, YELLOW)
    first = cell.paragraphs[0]
    first.style = OWN
    first.add_run(f"{label}: ").bold = True
    first.add_run(legible(prompts[0]))
    for prompt in prompts[1:]:
        cell.add_paragraph(legible(prompt), style=OWN)
    _set_widths(box, (1.0,))
    document.add_paragraph(style=BASE)


def data_table(
    document: Document,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    caption: str,
    widths: Sequence[float] = (),
    notes: Sequence[str] = (),
) -> WordTable:
    """Add a captioned table whose heading row is repeated on every page, with what has to stand beside it.

    Parameters
    ----------
    document : Document
        Document.
    columns : sequence of str
        Headings.
    rows : sequence of sequence of str
        Cells; an empty cell is shaded yellow, to be filled in.
    caption : str
        Caption, above the table.
    widths : sequence of float, default ()
        Relative widths of the columns; what gives few lines when left out.
    notes : sequence of str, default ()
        Lines below, on the same page as the last rows.

    Returns
    -------
    Table
        The table. A short one stays whole on a page; a longer one never leaves a single row behind.
    """
    numbered(document, "Tabell", caption, above=True)
    table: WordTable = document.add_table(rows=1, cols=len(columns))
    table.style = "Table Grid"
    shares = widths or fitting_widths(columns, rows)
    figures = [holds_figures([row[place] for row in rows]) for place in range(len(columns))]
    lines = line_counts(columns, rows, shares)
    bound = _bound_rows(lines, noted=bool(notes))
    _heading_row(table, columns, figures)
    form = any(not value for row in rows for value in row)
    for row, keeps in zip(rows, bound[1:], strict=True):
        cells = table.add_row().cells  # type: ignore[no-untyped-call]
        for cell, value, figure in zip(cells, row, figures, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.style = BASE if form else CELLS
            paragraph.add_run(legible(value))
            _place(paragraph, right=figure, keeps=keeps)
            if not value:
                _shade(cell, YELLOW)
    _set_widths(table, shares)
    gap = document.add_paragraph(style=BASE)
    if notes:
        gap.paragraph_format.keep_with_next = True
        gap.paragraph_format.line_spacing = Pt(NOTE_GAP)
    for note in notes:
        written(document, note, BASE).paragraph_format.keep_with_next = note is not notes[-1]
    return table


def _bound_rows(lines: Sequence[int], *, noted: bool) -> list[bool]:
    """Tell of the heading and of each row whether it stays with what follows."""
    count = len(lines)
    high = sum(ROW_ROOM + LINE * line for line in lines)
    if high <= SHORT_TABLE:
        return [*(True for _ in range(count - 1)), noted]
    return [
        place < WIDOWS or count - WIDOWS <= place < count - 1 or (noted and place == count - 1)
        for place in range(count)
    ]


def _place(paragraph: Paragraph, *, right: bool, keeps: bool) -> None:
    """Set figures to the right, and keep a cell with what follows."""
    if right:
        paragraph._p.get_or_add_pPr().jc_val = WD_ALIGN_PARAGRAPH.RIGHT  # noqa: SLF001 - the same as alignment
    if keeps:
        paragraph.paragraph_format.keep_with_next = True


def keep_together(document: Document, table: WordTable) -> None:
    """Keep the last table whole on a page, so that a form to fill in is not torn apart, with no room after it.

    Parameters
    ----------
    document : Document
        Document that ends with the table.
    table : Table
        Table that is shorter than a page.
    """
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    _flat(document.paragraphs[-1])


def keep_whole(document: Document, first: Paragraph) -> None:
    """Keep everything from a heading to the document's last table on one page.

    Parameters
    ----------
    document : Document
        Document that ends with the table.
    first : Paragraph
        Heading of a part that is shorter than a page.
    """
    for element in first._p.itersiblings():  # noqa: SLF001
        if element is document.tables[-1]._tbl:  # noqa: SLF001
            break
        for paragraph in element.iter(qn("w:p")):
            Paragraph(paragraph, document).paragraph_format.keep_with_next = True


def answer_grid(document: Document, answers: Sequence[str], rows: Sequence[str], *, mark: str) -> None:
    """Add a grid to tick in: a row a statement, a column an answer, its heading repeated on every page.

    Parameters
    ----------
    document : Document
        Document.
    answers : sequence of str
        Headings of the columns.
    rows : sequence of str
        Statements.
    mark : str
        What stands in the cells, such as an empty box.
    """
    table = document.add_table(rows=1, cols=1 + len(answers))
    table.style = "Table Grid"
    _heading_row(table, ("", *answers))
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, (row, *([mark] * len(answers))), strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.style = BASE
            paragraph.add_run(legible(text))
            paragraph.paragraph_format.keep_with_next = row != rows[-1]
            if text is mark:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set_widths(table, (3.0, *(1.0,) * len(answers)))


def two_columns(
    document: Document, headings: Sequence[str], columns: Sequence[Sequence[tuple[str, str]]]
) -> None:
    """Add columns of equal width side by side, each with its heading and its paragraphs.

    Parameters
    ----------
    document : Document
        Document.
    headings : sequence of str
        Heading of each column, in the document's heading style.
    columns : sequence of sequence of (str, str)
        Paragraphs of each column: text and style.
    """
    table = document.add_table(rows=2, cols=len(headings))
    table.style = "Table Grid"
    for place, (text, paragraphs) in enumerate(zip(headings, columns, strict=True)):
        head, body = table.cell(0, place), table.cell(1, place)
        head.paragraphs[0].style = "Heading 2"
        head.paragraphs[0].add_run(legible(text))
        _shade(head, GREY)
        for number, (content, style) in enumerate(paragraphs):
            paragraph = body.add_paragraph() if number else body.paragraphs[0]
            paragraph.style = style
            paragraph.add_run(legible(content))
    _on(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001
    _set_widths(table, (1.0,) * len(headings), whole=False)
    document.add_paragraph(style=BASE)


def picture(document: Document, content: bytes, *, caption: str, alt: str) -> None:
    """Add a figure in text width with its alternative text and a numbered caption.

    Parameters
    ----------
    document : Document
        Document.
    content : bytes
        PNG file.
    caption : str
        Caption, below the figure.
    alt : str
        Alternative text.
    """
    paragraph = document.add_paragraph(style=BASE)
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(content), width=TEXT_WIDTH)
    properties = shape._inline.docPr  # noqa: SLF001
    properties.set("descr", legible(alt))
    properties.set("title", legible(caption))
    numbered(document, "Figur", caption, above=False)


def numbered(document: Document, kind: str, text: str, *, above: bool) -> None:
    """Add a caption that Word numbers.

    Parameters
    ----------
    document : Document
        Document.
    kind : {"Figur", "Tabell"}
        Name of the series.
    text : str
        Caption.
    above : bool
        Whether it stands above what it names, and so stays with it.
    """
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = above
    kind = _SERIES.get(document.core_properties.language, {}).get(kind, kind)
    paragraph.add_run(f"{kind} ")
    series = f"SEQ {kind} \\* ARABIC"
    before = sum(series in node.text for node in document.element.body.iter(qn("w:instrText")) if node.text)
    _field(paragraph, series, str(before + 1))
    paragraph.add_run(legible(f". {text}"))


def docx_bytes(document: Document) -> bytes:
    """Save a document so that the same content gives the same bytes; the paragraph that Word wants after a last table takes no room.

    Parameters
    ----------
    document : Document
        Document.

    Returns
    -------
    bytes
        Word file whose parts carry no clock time.
    """
    if document.paragraphs and not document.paragraphs[-1].text:
        _flat(document.paragraphs[-1])
    saved, fixed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(part.filename))
    return fixed.getvalue()


def _flat(paragraph: Paragraph) -> None:
    """Let an empty paragraph take no room."""
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(1)


def _styles(document: Document, language: str) -> None:
    """Set the styles: what the program wrote, what the group writes, bases, marks; and the language of them all."""
    styles = document.styles
    _font(styles["Normal"], size=11)
    for name, size, colour in (
        (PROGRAM, 11, "1A1A1A"),
        (SHORT, 9, "1A1A1A"),
        (OWN, 11, "5B3A00"),
        (BASE, 9, "404040"),
        (CELLS, 9, "1A1A1A"),
        (MARK, 14, "9C1C1C"),
    ):
        style: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _font(style, size=size, colour=colour)
        style.paragraph_format.space_after = Pt(6 if name in {BASE, OWN, MARK} else 2)
    styles[MARK].font.bold = True
    styles[OWN].font.italic = True
    for level, size in ((1, 16), (2, 13)):
        _font(styles[f"Heading {level}"], size=size, colour="164A7C")
    _font(styles["Title"], size=26, colour="164A7C")
    _font(styles["Caption"], size=9.5, colour="1A1A1A")
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)


def _font(style: Any, *, size: float, colour: str = "1A1A1A") -> None:
    """Set a style's type everywhere that Word looks for it."""
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def _heading_row(table: WordTable, columns: Sequence[str], figures: Sequence[bool] = ()) -> None:
    """Write the heading row, tell Word that it is one, and keep it with the first row."""
    right = figures or (False,) * len(columns)
    for cell, text, figure in zip(table.rows[0].cells, columns, right, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = BASE
        paragraph.add_run(legible(text)).bold = True
        _place(paragraph, right=figure, keeps=True)
        _shade(cell, GREY)
    _on(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")  # noqa: SLF001


def _property(text: str) -> str:
    """A text as Word's properties can hold it: at most 255 signs, the last of a longer one a sign of omission."""
    plain = legible(text)
    return plain if len(plain) <= LONGEST_PROPERTY else plain[: LONGEST_PROPERTY - 1] + "…"


def _set_widths(table: WordTable, widths: Sequence[float], *, whole: bool = True) -> None:
    """Give the columns their widths, and keep rows whole on a page."""
    table.autofit = False
    _roomy(table)
    total = sum(widths)
    for row in table.rows:
        if whole:
            _on(row._tr.get_or_add_trPr(), "w:cantSplit")  # noqa: SLF001
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Emu(int(TEXT_WIDTH * width / total))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(int(TEXT_WIDTH * width / total))


def _roomy(table: WordTable) -> None:
    """Leave a little room above the text of every cell; below it the paragraph's own room is enough."""
    properties = table._tbl.tblPr  # noqa: SLF001
    margins = OxmlElement("w:tblCellMar")
    top = OxmlElement("w:top")
    top.set(qn("w:w"), "40")
    top.set(qn("w:type"), "dxa")
    margins.append(top)
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


def _shade(cell: Any, colour: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)  # noqa: SLF001


def _on(properties: Any, name: str) -> None:
    """Switch a property on."""
    properties.append(OxmlElement(name))


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Add a field that Word updates, with a value for programs that do not."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        if kind == "shown":
            continue
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = f" {text} "
        run._r.append(mark)  # noqa: SLF001
