"""Nothing of a withheld number leaves: the outputs are the same bytes whatever the withheld numbers are.

Two worlds differ only in what the rules withhold (values, weights, variances, ranks, sentences). If a single byte of any output
differs between them, something of a withheld number went through. Planted numbers are also looked for literally.
"""

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from made import by_area, cells

from trygghet.claims import CellKey, Claim
from trygghet.disclosure import Table, screen, write_publishable
from trygghet.estimate.estimates import About, Estimates
from trygghet.estimate.kernels import DenseKernel
from trygghet.ranking import RankOptions, rank, top_set

ITEMS = tuple(f"problem_{name}" for name in ("narkotika", "trafik", "inbrott", "klotter", "hot"))
LABELS = dict(zip(ITEMS, ("Narkotika", "Trafik", "Inbrott", "Klotter", "Hot"), strict=True))
DISTRICTS = {"Centrum": 240, "Lunden": 190, "Höjden": 150, "Sjöstaden": 23}
SEARCHED = {
    "svg",
    "png",
    "csv",
    "html",
    "xlsx",
    "docx",
    "json",
    "txt",
    "yaml",
    "parquet",
    "npz",
    "css",
    "ttf",
}
SECRETS = ((0.73519, 0.018263), (0.21847, 0.047391))


def made(values, n, cell_frame, *, numerator=None, secret_rows=(), spread=0.0, estimand="proportion"):
    values, n = np.asarray(values, dtype=float), np.asarray(n, dtype=np.int64)
    variance = 1.3 * np.clip(np.abs(values) * (1 - np.abs(values)), 0.02, None) / n
    variance[list(secret_rows)] = spread**2 if spread else variance[list(secret_rows)]
    positives = np.round(values * n).astype(np.int64) if numerator is None else np.asarray(numerator)
    return Estimates(
        estimand=estimand,
        cells=cell_frame,
        values=values,
        n=n,
        numerator=positives,
        dof=np.full(len(n), 300.0),
        design_effect=np.where(np.isin(np.arange(len(n)), secret_rows), 1.0 + 10 * spread, 1.3),
        status=np.full(len(n), "ok", dtype=object),
        kernel=DenseKernel(np.diag(variance)),
        about=About(stream="brev", wave="2026", labels=LABELS),
    )


def world(secret, spread):
    """Results of a wave; the last item, the last district and one count are withheld."""
    flat = cells([(item, "", "Alla") for item in ITEMS])
    crossed = cells([(item, "omrade", district) for item in ITEMS for district in DISTRICTS])
    shown = [0.44, 0.31, 0.38, 0.27, secret]
    positive = [264, 186, 228, 162, 2]
    n = [600] * 4 + [600]
    whole = made(shown, n, flat, numerator=positive, secret_rows=[4], spread=spread)
    level = [0.4 + 0.02 * k for k in range(len(crossed))]
    hidden = np.flatnonzero(
        (crossed["domain"] == "Sjöstaden").to_numpy() | (crossed["item"] == ITEMS[4]).to_numpy()
    )
    bases = [DISTRICTS[district] for district in crossed["domain"]]
    for row in hidden:
        level[row] = secret
        bases[row] = 23
    area = made(level, bases, crossed, secret_rows=hidden, spread=spread)
    gaps = made(
        [value - 0.4 for value in level],
        bases,
        crossed,
        numerator=[-1] * len(crossed),
        secret_rows=hidden,
        spread=spread,
        estimand="difference",
    )
    frame = pd.DataFrame(
        {
            "grupp_av": ["Kön"] * 2 + ["Stadsdel"] * 4,
            "grupp": ["Kvinna", "Man", *DISTRICTS],
            "svarande": [310, 293, 240, 190, 150, 23],
            "andel_ovagd": [0.514, 0.486, 0.398, 0.315, 0.249, secret],
            "andel_vagd": [0.5, 0.5, 0.35, 0.33, 0.25, secret],
            "andel_befolkning": [0.5, 0.5, 0.35, 0.33, 0.25, 0.07],
        }
    )
    response = Table(frame, ("svarande",), {"svarande": ("andel_ovagd", "andel_vagd")}, "", "2026", "brev")
    told = f"I Sjöstaden är andelen {100 * secret:.3f} %".replace(".", ",")
    use = CellKey(ITEMS[0], "", "omrade", "Sjöstaden", "2026", "brev")
    statement = Claim(
        "low", "supported", {"p": secret}, "regel", told, (use,), base=f"felmarginal {spread}", needed=told
    )
    return {
        "problems": whole,
        "priorities": top_set(whole, 2, RankOptions(seed=1)),
        "ranks": rank(whole, RankOptions(seed=1)),
        "areas": area,
        "contrasts": gaps,
        "response": response,
        "claim": statement,
    }


def outputs(results, folder):
    """Write everything that leaves: the report of the wave, the screened files, and what a notebook shows."""
    from trygghet.report import ReportSources, Stamp, StreamFacts, WaveFacts, WaveReport, write_report
    from trygghet.report.promise_draft import write_promise_seed

    kept = screen(results)
    stamp = Stamp("Exempelstad", "KS 2026/00001", dt.date(2026, 11, 22), "SYNTETISKA DATA")
    facts = WaveFacts("2026", "Trygghet", (StreamFacts("brev", "persons", 603),), "brev")
    given = {name: kept[name] for name in ("problems", "priorities", "areas", "contrasts", "response")}
    report = WaveReport(facts, stamp, ReportSources({}, {}), **given, claims=(kept["claim"],))
    write_report(report, folder / "report")
    write_promise_seed(report, folder / "promise")
    for name, publishable in kept.items():
        write_publishable(folder / "screened", name, publishable)
    shown = [repr(publishable) for publishable in kept.values()]
    for publishable in kept.values():
        result = publishable.result
        shown += [repr(result), publishable._repr_html_()]
        if hasattr(result, "_repr_html_"):
            shown.append(result._repr_html_())
        if hasattr(result, "to_frame"):
            shown.append(result.to_frame().to_csv())
    (folder / "notebook.txt").write_text("\n".join(shown), encoding="utf-8")
    return kept


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    made_in = []
    for number, (secret, spread) in enumerate(SECRETS):
        folder = tmp_path_factory.mktemp(f"world{number}")
        made_in.append((folder, outputs(world(secret, spread), folder)))
    return made_in


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def unpacked(name, content):
    """The bytes of a file and, where it is a package, of every part of it."""
    yield name, content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for part in package.namelist():
                yield f"{name}/{part}", package.read(part)


def test_the_rules_withhold_what_differs(worlds):
    (_, first), (_, second) = worlds
    assert first["problems"].marks[4] == ".."
    for name, publishable in first.items():
        assert publishable.marks == second[name].marks
        assert publishable.digest == second[name].digest
    assert first["claim"].result.reason == "suppressed"


def test_every_output_is_the_same_whatever_the_withheld_numbers_are(worlds):
    first, second = (files(folder) for folder, _ in worlds)
    assert len(first) > 20
    assert {name.rpartition(".")[2] for name in first} >= {
        "svg",
        "png",
        "csv",
        "html",
        "xlsx",
        "docx",
        "json",
        "txt",
        "yaml",
    }
    assert {name.rpartition("/")[2] for name in first} >= {
        "lagesbild_utkast.docx",
        "lofte_utkast.docx",
        "promises.yaml",
        "tabeller.xlsx",
        "manifest.json",
    }
    assert first.keys() == second.keys()
    assert {name.rpartition(".")[2] for name in first} <= SEARCHED, (
        "a kind of file that the search below cannot open"
    )
    different = [name for name in first if first[name] != second[name]]
    assert different == []


def spellings(number):
    """A number as text and as bytes, in the ways in which files hold numbers."""
    for digits in range(3, 6):
        for value in (number, 100 * number):
            text = f"{value:.{digits}f}"
            yield text.encode()
            yield text.replace(".", ",").encode()
    for kind in ("<f8", ">f8", "<f4"):
        yield np.array(number, dtype=kind).tobytes()


GEOMETRY = re.compile(
    rb'\s(?:d|x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|width|height|points|transform|viewBox|gradientTransform)="[^"]*"'
)


def told(name, content):
    """What a file says: of drawings all but the coordinates, whose bytes the test above compares between the worlds."""
    return GEOMETRY.sub(b"", content) if name.endswith((".svg", ".html")) else content


def test_no_output_holds_a_planted_number(worlds):
    for (folder, _), secret in zip(worlds, SECRETS, strict=True):
        planted = [text for number in (*secret, secret[0] - 0.4) for text in spellings(number)]
        assert len(planted) > 20
        for name, content in files(folder).items():
            for part, inner in unpacked(name, content):
                if not part.endswith(".png"):
                    assert not [text for text in planted if text in told(part, inner)], part


def test_pictures_hold_no_text_but_their_title_and_source(worlds):
    """Compressed text chunks of a PNG are opened too."""
    import struct
    import zlib

    for (folder, _), secret in zip(worlds, SECRETS, strict=True):
        planted = [text for number in secret for text in spellings(number)]
        for name, content in files(folder).items():
            if name.endswith(".png"):
                at, chunks = 8, []
                while at < len(content):
                    size, kind = struct.unpack(">I4s", content[at : at + 8])
                    body = content[at + 8 : at + 8 + size]
                    chunks += [body] if kind in {b"tEXt", b"iTXt", b"eXIf"} else []
                    chunks += [zlib.decompress(body.split(b"\0", 1)[1][1:])] if kind == b"zTXt" else []
                    at += 12 + size
                assert not [text for text in planted for chunk in chunks if text in chunk], name


def test_drawn_text_and_its_coordinates_are_told_apart(worlds):
    """What the search leaves out are coordinates; a number that is shown is found in what it keeps."""
    folder, _ = worlds[0]
    for name, content in files(folder).items():
        if name.endswith(".svg"):
            assert len(told(name, content)) < len(content)
    assert any(
        b"44" in told(name, content) for name, content in files(folder).items() if name.endswith(".svg")
    )


def test_the_search_would_find_a_number_that_is_shown(worlds):
    folder, _ = worlds[0]
    held = files(folder)
    assert any(
        b"0.44" in content or b"44" in content for name, content in held.items() if name.endswith(".csv")
    )
    assert np.float64(0.44).tobytes() in held["screened/problems.cells.parquet"]


def test_workbooks_hide_nothing(worlds):
    folder, _ = worlds[0]
    for name, content in files(folder).items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                book = package.read("xl/workbook.xml").decode()
                assert not re.search(r"<sheet [^>]*state=", book)
                for part in package.namelist():
                    if part.startswith("xl/worksheets/sheet"):
                        sheet = package.read(part).decode()
                        assert not re.search(r'hidden="1"', sheet), part
                        assert "<f>" not in sheet


def test_pages_hold_no_data_in_scripts(worlds):
    folder, _ = worlds[0]
    for name, content in files(folder).items():
        if name.endswith((".html", ".svg")):
            assert b"<script" not in content.lower(), name
            assert not re.search(rb"\sdata-[a-z]+=", content), name


def test_exceptions_name_no_number(worlds):
    from trygghet.errors import DisclosureError

    kept = worlds[0][1]["problems"].result
    with pytest.raises(DisclosureError) as refused:
        kept.covariance()
    assert not re.search(r"\d\.\d", str(refused.value))


def test_a_withheld_place_cannot_be_read_from_the_ranks(worlds):
    """The withheld item comes first in one world and last in the other."""
    raw = [world(*secret)["ranks"].rank[4] for secret in SECRETS]
    assert raw == [1, 5]
    (_, first), (_, second) = worlds
    assert first["ranks"].result.rank.tolist() == second["ranks"].result.rank.tolist()
    assert first["priorities"].result.box == second["priorities"].result.box


def test_masking_keeps_no_door_to_what_was_masked(worlds):
    """Nothing reachable from a masked result holds a withheld number, however deep one looks."""
    import pickle

    secret = SECRETS[0][0]
    for name, publishable in worlds[0][1].items():
        assert np.float64(secret).tobytes() not in pickle.dumps(publishable.result), name


def test_a_limit_rule_is_cut_off_too():
    class Rule:
        def __init__(self, answers):
            self.answers = answers

        def limits(self, of, *, level, method):  # noqa: ARG002 -- the protocol
            return np.full(2, level), np.full(2, 1.0)

    import pickle

    found = made([0.4, 0.6], [100, 20], cells(by_area("alder", ["a", "b"])), numerator=[-1, -1])
    kept = screen({"x": replace(found, estimand="quantile", limit_rule=Rule(np.array([0.123456])))})[
        "x"
    ].result
    assert np.isnan(kept.interval(0.95)[0]).tolist() == [False, True]
    assert np.float64(0.123456).tobytes() not in pickle.dumps(kept)
