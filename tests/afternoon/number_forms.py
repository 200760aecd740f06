"""How numbers may not be written for Swedish readers, looked for in everything that a run gives people to read."""

import re
import zipfile
from html import unescape
from html.parser import HTMLParser

import docx

OFFENCES = {
    "thousands or per cent after a plain space": re.compile(r"\d (?:\d{3}(?![\d-])|%)"),
    "per cent without a space, or a decimal point": re.compile(r"\d%|\d\.\d"),
    "a hyphen for a range": re.compile(r"\d-\d"),
    "a hyphen for a minus sign": re.compile(r"(?<![\w”)])-\d"),
    "a number that is none": re.compile(r"\b(?:nan|NaN|NaT|None|inf|-inf)\b"),
    "a nought with a sign": re.compile(r"[−-]0(?:,0+)?(?![\d,])"),
    "two full stops": re.compile(r"[\w)”%]\.\.(?!\.)"),
    "a gap that was not filled": re.compile(r"{\w*}"),
}
# Dates in tight space, registry numbers, file names and paths are written as they are.
PLAIN = re.compile(
    r"\d{4}-\d{2}-\d{2}|\b[A-Z]{2} \d{4}/\d+|\S*/\S*|\S+\.(?:sav|xlsx|csv|yaml|docx|html|png|json)\b|version [\d.]+"
)


def offences(text):
    """What is wrong, each with its surroundings."""
    text = PLAIN.sub("¤", text)
    return [
        f"{what}: {text[max(0, found.start() - 30) : found.end() + 30]!r}"
        for what, pattern in OFFENCES.items()
        for found in pattern.finditer(text)
    ]


class _Visible(HTMLParser):
    """The page's texts, each on a line of its own."""

    def __init__(self):
        super().__init__()
        self.hidden, self.lines = False, []

    def handle_starttag(self, tag, attrs):
        self.hidden = tag in {"style", "script"}
        self.lines += [value for name, value in attrs if name in {"alt", "aria-label", "title"} and value]

    def handle_endtag(self, tag):
        del tag
        self.hidden = False

    def handle_data(self, data):
        if not self.hidden:
            self.lines.append(data)


def page_text(path):
    """Text of a page with the alternative texts of its drawings."""
    reader = _Visible()
    reader.feed(path.read_text(encoding="utf-8"))
    return "\n".join(reader.lines)


def word_text(path):
    """Text of a Word file: paragraphs, cells, head, and the alternative texts of its pictures."""
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    alts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    head = [paragraph.text for section in document.sections for paragraph in section.header.paragraphs]
    return "\n".join([*head, *(paragraph.text for paragraph in document.paragraphs), *cells, *alts])


def workbook_text(path):
    """Texts of a workbook; its numbers are numbers, and Excel writes them."""
    with zipfile.ZipFile(path) as parts:
        shared = parts.read("xl/sharedStrings.xml").decode("utf-8")
    return "\n".join(
        unescape(text) for text in re.findall(r"<t(?: [^>]*)?>(.*?)</t>", shared, flags=re.DOTALL)
    )


READERS = {
    ".html": page_text,
    ".docx": word_text,
    ".xlsx": workbook_text,
    ".txt": lambda path: path.read_text("utf-8"),
}


def badly_written(folder):
    """Every offence in what a folder of reports gives people to read."""
    return [
        f"{path.name}: {told}"
        for path in sorted(folder.rglob("*"))
        if path.suffix in READERS
        for told in offences(READERS[path.suffix](path))
    ]


def without_alternative_text(folder):
    """Word files whose pictures lack a text."""
    lacking = []
    for path in sorted(folder.rglob("*.docx")):
        with zipfile.ZipFile(path) as parts:
            body = parts.read("word/document.xml").decode("utf-8")
        pictures = re.findall(r"<wp:docPr [^>]*>", body)
        lacking += [path.name for picture in pictures if not re.search(r'descr="[^"]+"', picture)]
    return lacking
