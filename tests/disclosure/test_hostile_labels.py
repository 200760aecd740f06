"""Labels come from files: no output may run what stands in them."""

import csv
import datetime as dt
import io
import re
import xml.etree.ElementTree as ET
import zipfile

import pytest
from made import estimates

from trygghet.disclosure import screen, write_publishable
from trygghet.errors import DisclosureError

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://x","y")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "-2+3",
    "]]><svg onload=alert(1)>",
    "&lt;b&gt; $x_{2}$ {0}",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    from dataclasses import replace

    from trygghet.report import ReportSources, Stamp, StreamFacts, WaveFacts, WaveReport, write_report

    items = [f"problem_{k}" for k in range(len(HOSTILE))]
    labels = dict(zip(items, HOSTILE, strict=True))
    flat = estimates([(item, "", "Alla") for item in items], [400] * 8, range(40, 200, 20))
    crossed = [(item, "omrade", domain) for item in items[:3] for domain in HOSTILE]
    area = estimates(crossed, [200] * 24, range(40, 160, 5))
    flat, area = (replace(each, about=replace(each.about, labels=labels)) for each in (flat, area))
    kept = screen({"problems": flat, "areas": area})
    stamp = Stamp("Exempel<b>stad", "=KS 2026/1", dt.date(2026, 11, 22))
    facts = WaveFacts("2026", HOSTILE[0], (StreamFacts("brev", "persons", 400),), "brev")
    into = tmp_path_factory.mktemp("hostile")
    report = WaveReport(facts, stamp, ReportSources({}, {}), problems=kept["problems"], areas=kept["areas"])
    write_report(report, into)
    return into


def paths(folder, suffix):
    found = sorted(folder.rglob(f"*{suffix}"))
    assert found
    return found


def test_pages_hold_labels_as_text_only(folder):
    for path in paths(folder, ".html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script|<img[^>]+onerror|<svg[^>]+onload", text, re.IGNORECASE), path.name
        assert "&lt;script&gt;" in text


def test_drawings_hold_labels_as_text_only(folder):
    for path in paths(folder, ".svg"):
        tree = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own output
        for element in tree.iter():
            assert element.tag.rpartition("}")[2] not in {"script", "foreignObject"}
            assert not any(name.rpartition("}")[2].startswith("on") for name in element.attrib)


def is_number(text):
    return re.fullmatch(r"[-+−]?\d+([.,]\d+)?", text) is not None


def test_no_cell_of_a_table_is_a_formula(folder):
    for path in paths(folder, ".csv"):
        text = path.read_text(encoding="utf-8-sig")
        for row in csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","):
            for cell in row:
                assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r")) or is_number(cell), (
                    path.name,
                    cell,
                )
    for path in paths(folder, ".xlsx"):
        with zipfile.ZipFile(path) as package:
            for part in package.namelist():
                if part.startswith("xl/worksheets/sheet"):
                    assert b"<f>" not in package.read(part)
                assert "externalLink" not in part


def test_names_do_not_lead_out_of_the_folder(tmp_path):
    kept = screen({"x": estimates([("hot", "", "Alla")], [400], [40])})["x"]
    for name in (*HOSTILE, "../../x", "/etc/x", "x\0y"):
        with pytest.raises(DisclosureError):
            write_publishable(tmp_path / "in", name, kept)
    assert not list(tmp_path.rglob("*"))


def test_a_codebook_cannot_run_code():
    from trygghet.codebook import Codebook
    from trygghet.errors import CodebookError

    with pytest.raises(CodebookError):
        Codebook.from_text("survey: !!python/object/apply:os.system ['true']\nwave: '1'\nid: x\n")
