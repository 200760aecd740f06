"""What a package can hide: each place of a workbook or a Word file where something stands that nobody sees."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile

FORMATS = {"0.0", '"("0.0")"', "#,##0"}  # each shows the number that stands in the cell
NAMED = re.compile(r"_xlnm\.(Print_Titles|_FilterDatabase)")
RANGE = re.compile(r"('[^']+'|[^!']+)!(\$[A-Z]+\$\d+:\$[A-Z]+\$\d+|\$\d+:\$\d+)")
WORKBOOK_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/(sharedStrings|styles|workbook)\.xml|xl/theme/theme1\.xml|xl/worksheets/sheet\d+\.xml"
)
SHEET_TAGS = {
    "worksheet", "sheetPr", "pageSetUpPr", "dimension", "sheetViews", "sheetView", "pane", "selection", "sheetFormatPr", "cols", "col",
    "sheetData", "row", "c", "v", "autoFilter", "pageMargins", "pageSetup",
}  # fmt: skip
WORD_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|docProps/thumbnail\.jpeg|customXml/.*|word/_rels/document\.xml\.rels"
    r"|word/(document|fontTable|footer1|header1|numbering|settings|styles|stylesWithEffects|webSettings|theme/theme1)\.xml"
    r"|word/media/image\d+\.png"
)
UNSEEN = (
    "vanish", "webHidden", "specVanish", "del", "ins", "moveFrom", "moveTo", "comment", "commentReference", "sdt", "object", "pict",
    "altChunk", "txbxContent", "dataBinding", "hidden", "bookmarkStart", "customXml", "smartTag", "docVar", "noPrint",
)  # fmt: skip
_DARK = 0.18  # luminance at which a text on white has a contrast of 4.5
_HIDDEN_ATTRIBUTES = {
    "hidden",
    "collapsed",
    "outlineLevel",
    "zeroHeight",
    "showZeros",
    "filterMode",
    "state",
    "veryHidden",
}


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def tree(content):
    return ET.fromstring(content)  # noqa: S314 - our own output


def local(element):
    return element.tag.rpartition("}")[2]


def luminance(colour):
    """Relative luminance of a colour such as ``FF9C1C1C`` (WCAG 2.2)."""
    parts = [int(colour[-6:][at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def hidden_in_workbook(content):
    """Say what a workbook hides."""
    parts = parts_of(content)
    yield from (f"part {name}" for name in parts if not WORKBOOK_PARTS.fullmatch(name))
    yield from _hidden_by_style(tree(parts["xl/styles.xml"]))
    for element in tree(parts["xl/workbook.xml"]).iter():
        if local(element) == "sheet" and "state" in element.attrib:
            yield f"sheet {element.get('name')}"
        if local(element) == "definedName" and not (
            NAMED.fullmatch(element.get("name")) and RANGE.fullmatch(element.text)
        ):
            yield f"name {element.get('name')} {element.text}"
    used = set()
    for name, inner in parts.items():
        if name.startswith("xl/worksheets/"):
            sheet = tree(inner)
            yield from (f"{name}: {told}" for told in _hidden_in_sheet(sheet))
            used |= {
                int(cell[0].text) for cell in sheet.iter() if local(cell) == "c" and cell.get("t") == "s"
            }
    texts = [element for element in tree(parts["xl/sharedStrings.xml"]) if local(element) == "si"]
    yield from (f"text {number} that no cell shows" for number in range(len(texts)) if number not in used)


def _hidden_by_style(styles):
    for element in styles.iter():
        if local(element) == "numFmt" and element.get("formatCode") not in FORMATS:
            yield f"format {element.get('formatCode')}"
        if local(element) == "xf" and 164 > int(element.get("numFmtId")) > 0:
            yield f"built-in format {element.get('numFmtId')}"
        if local(element) in {"dxf", "protection"}:
            yield local(element)
        if local(element) == "font":
            yield from _faint(element)
        if local(element) == "fgColor" and luminance(element.get("rgb")) < 0.8:
            yield f"background {element.get('rgb')}"
        if local(element) == "alignment" and {"shrinkToFit", "textRotation"} & element.attrib.keys():
            yield "text that is shrunk or turned"


def _faint(font):
    for part in font:
        if (
            local(part) == "color"
            and part.get("theme") != "1"
            and luminance(part.get("rgb", "FFFFFFFF")) > _DARK
        ):
            yield f"colour {part.attrib}"
        if local(part) == "sz" and float(part.get("val")) < 9:
            yield f"size {part.get('val')}"


def _hidden_in_sheet(sheet):
    widths = {}
    for element in sheet.iter():
        kind = local(element)
        if kind not in SHEET_TAGS:
            yield f"element {kind}"
        yield from (
            f"{kind} {name}" for name in element.attrib if name in _HIDDEN_ATTRIBUTES and kind != "pane"
        )
        if kind == "col":
            widths |= dict.fromkeys(
                range(int(element.get("min")), int(element.get("max")) + 1), float(element.get("width"))
            )
            if float(element.get("width")) < 10:
                yield f"column of width {element.get('width')}"
        if kind == "row" and float(element.get("ht", 15)) < 12:
            yield f"row of height {element.get('ht')}"
        if kind == "autoFilter" and len(element):
            yield "rows that a filter hides"


def hidden_in_word(content):
    """Say what a Word file hides."""
    parts = parts_of(content)
    yield from (f"part {name}" for name in parts if not WORD_PARTS.fullmatch(name))
    styles = {
        element.get(next(iter(_named(element, "styleId")))): element
        for element in tree(parts["word/styles.xml"])
        if local(element) == "style"
    }
    for name in {"word/document.xml", "word/header1.xml", "word/footer1.xml"} & parts.keys():
        seen = tree(parts[name])
        used = {
            value
            for element in seen.iter()
            if local(element) in {"pStyle", "rStyle", "tblStyle"}
            for value in element.attrib.values()
        }
        for part in (seen, *(styles[style] for style in _with_bases(used, styles))):
            yield from (f"{name}: {told}" for told in _hidden_in_text(part))
    told = tree(parts["docProps/app.xml"])
    yield from (
        f"{local(each)} {each.text}"
        for each in told
        if local(each) in {"Company", "Manager", "HyperlinkBase"} and (each.text or "").strip()
    )
    for name, inner in parts.items():
        if (
            name.startswith("customXml/item")
            and "sources" not in inner.decode(errors="replace").lower()
            and b"datastoreItem" not in inner
        ):
            yield f"data in {name}"


def _named(element, name):
    return [key for key in element.attrib if key.rpartition("}")[2] == name]


def _with_bases(used, styles):
    """The styles in use and those that they build upon."""
    todo, found = list(used), set()
    while todo:
        style = todo.pop()
        if style in styles and style not in found:
            found.add(style)
            todo += [
                value
                for element in styles[style]
                if local(element) == "basedOn"
                for value in element.attrib.values()
            ]
    return sorted(found)


def _hidden_in_text(part):
    for element in part.iter():
        kind, values = local(element), list(element.attrib.values())
        if kind in UNSEEN:
            yield kind
        if kind == "color" and re.fullmatch("[0-9A-Fa-f]{6}", values[0]) and luminance(values[0]) > 0.3:
            yield f"colour {values[0]}"
        if kind == "sz" and int(values[0]) < 16:
            yield f"size {values[0]}"
        if kind == "trHeight" and any(value.isdigit() and int(value) < 200 for value in values):
            yield "a row without height"
