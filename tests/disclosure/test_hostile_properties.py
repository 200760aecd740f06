"""Whatever stands in a label, no output runs it, and every reader gets the label back as text."""

import csv
import datetime as dt
import io
import json
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import estimates

from trygghet.codebook import Codebook
from trygghet.disclosure import screen, write_publishable
from trygghet.errors import CodebookError, DisclosureError, ProjectError
from trygghet.pipeline.paths import ProjectPaths
from trygghet.report import Stamp, Wording
from trygghet.report.tables import Sheet, csv_bytes

STARTS = st.sampled_from(
    ["", "=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "'=", '"=', "=1;=2", '";=', "＝"]
)
PIECES = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><svg onload=x>',
        "]]>",
        "&lt;",
        "&#x3c;",
        "--><!--",
        "{{ 7*7 }}",
        "{% raw %}",
        "${x}",
        "$x_{2}$",
        "%s",
        "\\N{BULLET}",
        'HYPERLINK("http://x")',
        "cmd|' /C calc'!A0",
        "å",
        "−",
    ]
)
TEXT = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"]), max_size=12)
LABELS = st.builds("".join, st.tuples(STARTS, st.one_of(PIECES, TEXT), st.one_of(PIECES, TEXT)))
FEW = settings(max_examples=25, deadline=None)
STAMP = Stamp("Exempelstad", "KS 2026/00001", dt.date(2026, 11, 22))


@FEW
@given(LABELS, LABELS)
def test_a_field_of_a_csv_comes_back_and_is_no_formula(label, other):
    sheet = Sheet((label, "Andel"), ((other, 0.5), ("a", 1)))
    text = csv_bytes(sheet, STAMP, Wording()).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert [len(row) for row in rows] == [5, 5, 5]
    for given_, read in ((label, rows[0][0]), (other, rows[1][0])):
        assert read in {given_, f"'{given_}"}
        assert not read.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


class Tags(HTMLParser):
    """What a browser would see."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text = set(), set(), ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.text += data


@FEW
@given(LABELS)
def test_what_a_notebook_shows_holds_labels_as_text(label):
    from dataclasses import replace

    made = estimates([("hot", "omrade", label), ("hot", "omrade", "b")], [200, 300], [40, 60])
    kept = screen({"x": replace(made, about=replace(made.about, labels={"hot": label}))})["x"]
    seen = Tags()
    seen.feed(kept.result._repr_html_())
    assert not seen.tags & {"script", "img", "svg", "iframe", "a", "style", "object"}
    assert not {name for name in seen.attributes if name.startswith("on")}


@FEW
@given(LABELS)
def test_a_drawing_holds_labels_as_text(label):
    from matplotlib.figure import Figure

    from trygghet.report.export import svg_text

    tree = ET.fromstring(svg_text(Figure((1, 1)), "f", title=label, description=label))  # noqa: S314 - our own output
    read = [element.text or "" for element in tree if element.tag.endswith(("}title", "}desc"))]
    assert [text.split() for text in read] == [label.split()] * 2
    assert {element.tag.rpartition("}")[2] for element in tree.iter()} <= {
        "svg",
        "title",
        "desc",
        "defs",
        "style",
        "g",
        "path",
        "clipPath",
        "rect",
        "use",
    }


PARTS = st.sampled_from(["..", ".", "", "a", "a.sav", "~", "C:", "//x", "å ä"])
LEADING = st.builds(
    "{}{}".format, st.sampled_from(["", "/", "../", "./"]), st.lists(PARTS, max_size=4).map("/".join)
)


@FEW
@given(LEADING)
def test_a_name_from_a_parameter_file_stays_in_its_folder(name):
    root = Path("/project")
    try:
        path = ProjectPaths(root).inside("data/raw/2026", name)
    except ProjectError:
        return
    assert path.resolve().is_relative_to(root / "data" / "raw" / "2026")


@FEW
@given(st.one_of(LEADING, LABELS, st.text(max_size=20)))
def test_a_name_of_a_result_is_a_file_name_or_refused(name):
    import tempfile

    kept = screen({"x": estimates([("hot", "", "Alla")], [400], [40])})["x"]
    with tempfile.TemporaryDirectory() as folder:
        inner = Path(folder) / "in"
        try:
            write_publishable(inner, name, kept)
        except DisclosureError:
            assert list(Path(folder).iterdir()) == []
            return
        assert all(path.parent == inner for path in Path(folder).rglob("*") if path.is_file())
        assert list(Path(folder).iterdir()) == [inner]


@FEW
@given(LABELS)
def test_a_label_of_a_codebook_comes_back_as_it_was_written(label):
    text = f"survey: {json.dumps(label, ensure_ascii=False)}\nwave: '1'\nid: x\nvariables: {{}}\n"
    try:
        book = Codebook.from_text(text)
    except CodebookError:
        return
    assert book.survey == label


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!!python/module:os", "!x"]
)
@pytest.mark.parametrize("place", ["survey: {} ['true']", "{} ['true']: 1", "notes: [{} ['true']]"])
def test_no_tag_makes_a_codebook_run_code(tag, place):
    with pytest.raises(CodebookError):
        Codebook.from_text(place.format(tag) + "\nwave: '1'\nid: x\n")
