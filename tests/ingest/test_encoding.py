import pandas as pd
import pyreadstat
import pytest

from trygghet.codebook import FileSpec
from trygghet.ingest.encoding import detected, fits_utf8, repaired
from trygghet.ingest.whole import read_whole


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("åäö".encode(), "utf-8"),
        ("åäö".encode("utf-8-sig"), "utf-8-sig"),
        ("åäö".encode("utf-16"), "utf-16"),
        ("åäö".encode("latin-1"), "latin-1"),
        ("åäö – €".encode("cp1252"), "cp1252"),
        (b"\xe5\x81", "latin-1"),
        (b"abc", "utf-8"),
        (b"", "utf-8"),
    ],
)
def test_the_encoding_is_detected(content, encoding):
    assert detected(content) == encoding


def test_a_character_cut_at_the_end_is_left_out():
    whole = "höchster Abschluß"
    for length in range(len(whole.encode()) + 1):
        text = whole.encode()[:length].decode("latin-1")
        assert fits_utf8(text)
        assert whole.startswith(repaired(text, "UTF-8"))
    assert not fits_utf8("å".encode("cp1252").decode("latin-1") + "a")


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "UTF-8"), ("cp1252", "cp1252")])
def test_stata_files_with_cut_labels(tmp_path, encoding, name):
    """An old Stata file whose label was cut in the middle of a character at 80 bytes."""
    label = "x" * 79
    pyreadstat.write_dta(
        pd.DataFrame({"a": [1.0], "b": ["yyyyyy"]}),
        str(tmp_path / "a.dta"),
        column_labels={"a": label},
        version=10,
    )
    content = (tmp_path / "a.dta").read_bytes()
    cut = (
        ("x" * 76 + "Åö").encode(encoding)[:79].ljust(79, b"x")
        if encoding == "cp1252"
        else b"x" * 76 + "Åö".encode()[:3]
    )
    content = content.replace(label.encode(), cut).replace(b"yyyyyy", "Malmö".encode(encoding).ljust(6, b" "))
    (tmp_path / "a.dta").write_bytes(content)
    raw = read_whole(tmp_path / "a.dta", spec=FileSpec())
    assert raw.encoding == name
    assert raw.columns.questions["a"] == ("x" * 76 + "Å" if encoding == "utf-8" else "x" * 76 + "Åöx")
    assert raw.frame["b"].tolist()[0].strip() == "Malmö"
