"""No file hides anything behind what it shows: formats, colours, widths, names, comments, properties, attributes, other formats."""

import ast
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
import xlsxwriter
from hiding import hidden_in_word, hidden_in_workbook, parts_of, tree
from search import files

from trygghet.report.word_parts import docx_bytes

SOURCE = Path(__file__).parents[2] / "src" / "trygghet"


@pytest.fixture(scope="module")
def held(written_worlds):
    return files(written_worlds[0][0])


def of_kind(held, *endings):
    found = {name: content for name, content in held.items() if name.endswith(endings)}
    assert found
    return found


def test_workbooks_hide_nothing(held):
    for name, content in of_kind(held, ".xlsx").items():
        assert list(hidden_in_workbook(content)) == [], name


def test_what_a_workbook_tells_of_itself_is_its_stamp_and_its_tabs(held):
    for content in of_kind(held, ".xlsx").values():
        parts = parts_of(content)
        core = [element.text for element in tree(parts["docProps/core.xml"]) if element.text]
        assert set(core) == {
            "Underlag till lägesbild 2026 – Exempelstad", "KS 2026/00001", "Exempelstad", "SYNTETISKA DATA", "2026-11-22T00:00:00Z",
        }  # fmt: skip
        tabs = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"].decode())
        told = re.findall(r"<vt:lpstr>([^<]*)<", parts["docProps/app.xml"].decode())
        assert {text.removesuffix("!Print_Titles").strip("'") for text in told} == {
            "Worksheets",
            "Named Ranges",
            *tabs,
        }


HIDERS = {
    "format": lambda book, sheet: sheet.write(0, 0, 0.73519, book.add_format({"num_format": ";;;"})),
    "colour": lambda book, sheet: sheet.write(0, 0, 0.73519, book.add_format({"font_color": "#FFFFFF"})),
    "size": lambda book, sheet: sheet.write(0, 0, 0.73519, book.add_format({"font_size": 1})),
    "background": lambda book, sheet: sheet.write(0, 0, 1, book.add_format({"bg_color": "#000000"})),
    "text that is shrunk": lambda book, sheet: sheet.write(0, 0, 1, book.add_format({"shrink": True})),
    "protection": lambda book, sheet: sheet.write(0, 0, 1, book.add_format({"hidden": True})),
    "column of width": lambda _, sheet: sheet.set_column(3, 3, 0),
    "col hidden": lambda _, sheet: sheet.set_column(3, 3, 20, None, {"hidden": True}),
    "row of height": lambda _, sheet: sheet.set_row(3, 2),
    "row hidden": lambda _, sheet: sheet.set_row(3, 20, None, {"hidden": True}),
    "sheet ": lambda book, _: book.add_worksheet("x").hide(),
    "name ": lambda book, _: book.define_name("share", "=0.73519"),
    "part xl/comments": lambda _, sheet: sheet.write_comment(0, 0, "0.73519"),
    "part docProps/custom": lambda book, _: book.set_custom_property("share", 0.73519),
    "element conditionalFormatting": lambda _, sheet: sheet.conditional_format(0, 0, 1, 1, {"type": "no_blanks"}),
    "element dataValidation": lambda _, sheet: sheet.data_validation(0, 0, 1, 1, {"validate": "list", "source": ["73,519"]}),
    "element headerFooter": lambda _, sheet: sheet.set_header("&C73,519"),
    "element f": lambda _, sheet: sheet.write_formula(0, 0, "=1", None, 0.73519),
    "sheetView showZeros": lambda _, sheet: sheet.hide_zero(),
}  # fmt: skip


@pytest.mark.parametrize("told", HIDERS)
def test_the_search_sees_what_a_workbook_may_hide(told):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_string(9, 9, "text")
        HIDERS[told](book, sheet)
    assert any(told in found for found in hidden_in_workbook(content.getvalue()))


def test_word_files_hide_nothing(held):
    for name, content in of_kind(held, ".docx").items():
        assert list(hidden_in_word(content)) == [], name


def test_the_pictures_of_a_word_file_are_the_figures(held):
    figures = {
        content
        for name, content in held.items()
        if name.startswith("report/figures/") and name.endswith(".png")
    }
    for content in of_kind(held, ".docx").values():
        pictures = [inner for name, inner in parts_of(content).items() if name.startswith("word/media/")]
        assert pictures
        assert set(pictures) <= figures


def test_the_search_sees_what_a_word_file_may_hide():
    from docx.shared import Pt, RGBColor

    document = docx.Document()
    run = document.add_paragraph().add_run("73,519")
    run.font.hidden = True
    run.font.color.rgb = RGBColor(255, 255, 255)
    run.font.size = Pt(1)
    document.add_comment(run, "73,519")
    found = " ".join(hidden_in_word(docx_bytes(document)))
    for told in ("vanish", "colour FFFFFF", "size 2", "part word/comments.xml", "commentReference"):
        assert told in found


class Page(HTMLParser):
    """Every element, attribute and comment of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.comments = set(), [], []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_comment(self, data):
        self.comments.append(data.strip())


PAGE_TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "nav", "section", "h1", "h2", "h3", "p", "a", "ul", "li",
    "dl", "dt", "dd", "div", "span", "strong", "figure", "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
DRAWN_TAGS = {
    "svg",
    "title",
    "desc",
    "defs",
    "style",
    "g",
    "path",
    "clippath",
    "rect",
    "use",
    "pattern",
    "text",
}
PAGE_ATTRIBUTES = {"lang", "charset", "name", "content", "class", "href", "id", "tabindex", "role", "scope"}
DRAWN_ATTRIBUTES = {
    "width", "height", "viewbox", "version", "xmlns", "xmlns:xlink", "xlink:href", "style", "d", "x", "y", "transform", "clip-path", "type",
    "fill",
    "patternunits",
}  # fmt: skip


def test_pages_and_drawings_hold_no_data_beside_what_they_show(held):
    for name, content in of_kind(held, ".html", ".svg").items():
        seen = Page()
        seen.feed(content.decode())
        assert seen.tags <= PAGE_TAGS | DRAWN_TAGS, seen.tags - PAGE_TAGS - DRAWN_TAGS
        others = {attribute for _, attribute, _ in seen.attributes} - PAGE_ATTRIBUTES - DRAWN_ATTRIBUTES
        assert not [attribute for attribute in others if not attribute.startswith("aria-")], others
        for _, attribute, value in seen.attributes:
            assert not value.strip().lower().startswith(("data:", "javascript:", "vbscript:")), (
                name,
                attribute,
            )
            assert "href" not in attribute or value.startswith("#"), (name, value)


def test_the_library_writes_no_pdf(held):
    """There is no text layer of a PDF to search: no figure is saved as anything but SVG and PNG, and nothing makes PDF otherwise."""
    assert not [
        name for name in held if name.endswith(".pdf") and "/" in name
    ]  # our own two figures stand at the top
    saved = []
    texts = {path: path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py")}
    for path, text in texts.items():
        may = re.search(r"savefig|print_figure|pdf|reportlab|weasyprint", text, re.IGNORECASE)
        for node in ast.walk(ast.parse(text)) if may else ():
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"savefig", "print_figure"}:
                saved += [word.value.value for word in node.keywords if word.arg == "format"] or [path.name]
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [
                name for name in names if re.search(r"pdf|reportlab|weasyprint", name, re.IGNORECASE)
            ], path.name
    assert sorted(saved) == ["png", "svg"]
