"""Portable SPSS files: written here by hand after the format's description, and read by others for comparison."""

import string
from dataclasses import replace

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from trygghet.codebook import Codebook, FileSpec
from trygghet.errors import IngestError
from trygghet.ingest import draft_codebook, read_survey
from trygghet.ingest.whole import read_whole

DIGITS = string.digits + string.ascii_uppercase[:20]
ASCII = (
    "0" * 64
    + string.digits
    + string.ascii_uppercase
    + string.ascii_lowercase
    + " .<(+0&[]!$*);^-/|,%_>?`:#@'=\""
    + "000000~"
    + "0" * 21
    + "{}\\"
    + "0" * 69
)
FORMATS = "5/8/0/5/8/0/"
MISSING = {
    "F12A": "88/89/",  # MISSING VALUES F12A (8, 9)
    "F3": "838/",  # (98)
    "P1": "89/",
    "P2": "A9/",  # (9 THRU HI)
    "P3": "B9/9.T/8-1/",  # (9 THRU 9.9667, -1)
    "P99": "9-9/89/",  # (LO THRU -9, 9)
}


def number(value):
    """A whole number in base 30; an empty cell is *."""
    if pd.isna(value):
        return "*."
    digits, rest = "", abs(int(value))
    while rest or not digits:
        rest, digit = divmod(rest, 30)
        digits = DIGITS[digit] + digits
    return f"{'-' if value < 0 else ''}{digits}/"


def text(value, encoding):
    coded = value.encode(encoding).decode("latin-1")
    return f"{number(len(coded))}{coded}"


def portable(rows, dictionary, *, missing=MISSING, encoding="cp1252", trimmed=False):
    """A portable file as SPSS writes it: 80 characters a line, Z to the end of the last."""
    body = ASCII + "SPSSPORT" + "A" + "8/20260901" + "6/120000" + "1" + text("Prov", encoding)
    body += "4" + number(rows.shape[1]) + "5B/"
    for name in rows:
        wide = 0 if pd.api.types.is_numeric_dtype(rows[name]) else 20
        body += "7" + number(wide) + text(name.upper(), encoding)
        body += FORMATS if not wide else "1/K/0/1/K/0/"
        body += missing.get(name.upper(), "")
        body += "C" + text(dictionary.questions[name], encoding) if name in dictionary.questions else ""
    for name, labels in dictionary.labels.items():
        body += "D1/" + text(name.upper(), encoding) + number(len(labels))
        body += "".join(number(code) + text(label, encoding) for code, label in labels.items())
    body += "F"
    for row in rows.itertuples(index=False):
        body += "".join(text(cell, encoding) if isinstance(cell, str) else number(cell) for cell in row)
    body = "".join(f"{'ASCII SPSS PORT FILE':40}" for _ in range(5)) + body + "Z"
    body += "Z" * (-len(body) % 80)
    lines = [body[start : start + 80] for start in range(0, len(body), 80)]
    return "\r\n".join(line.rstrip(" ") if trimmed else line for line in [*lines, ""]).encode("latin-1")


@pytest.fixture
def plain_rows(rows):
    return rows.rename(columns={"stratum_n": "n_h"}).assign(fritext="Åsa går hem")


@pytest.fixture
def plain_book(book):
    return Codebook.from_text(book.to_text().replace("stratum_n", "n_h"))


@pytest.fixture
def file(tmp_path, plain_rows, labels):
    def write(**how):
        path = tmp_path / "a.por"
        path.write_bytes(portable(plain_rows, labels, **how))
        return path

    return write


def whole(path, **layout):
    return read_whole(path, spec=FileSpec(**layout))


@pytest.mark.trap(36)
def test_the_file_says_which_values_are_missing(file):
    """R 4.2.2 with foreign 0.8-84 (``read.spss(use.missings=FALSE)``, attribute missings) gives the same for these records."""
    assert whole(file()).columns.user_missing == {
        "F12A": ((8, 8), (9, 9)),
        "F3": ((98, 98),),
        "P1": ((9, 9),),
        "P2": ((9, np.inf),),
        "P3": ((9, 9 + 29 / 30), (-1, -1)),
        "P99": ((-np.inf, -9), (9, 9)),
    }


def test_missing_values_keep_their_kinds_as_in_the_twin(file, survey_file, book, *, plain_book):
    """The C reader gives the same file's missing values as empty cells, which would all be one kind."""
    path = file()
    portable_survey, system = (
        read_survey(path, codebook=plain_book),
        read_survey(survey_file(), codebook=book),
    )
    pd.testing.assert_frame_equal(portable_survey.missing, system.missing, check_names=False)
    for name in ("trygg", "kon", "omrade", "prio.ordning"):
        np.testing.assert_array_equal(portable_survey.numeric(name), system.numeric(name))
    assert pyreadstat.read_por(path)[0]["F12A"].isna().sum() == 3
    assert portable_survey.missing_kind("trygg").tolist() == system.missing_kind("trygg").tolist()
    assert set(portable_survey.missing_kind("trygg")) == {0, 1, 2, 3}


def test_values_are_those_that_others_read(file, plain_rows):
    others = pyreadstat.read_por(file(missing={}))[0]
    ours = whole(file()).frame
    assert list(ours) == list(others)
    for name in plain_rows.select_dtypes("number"):
        np.testing.assert_array_equal(ours[name.upper()], others[name.upper()])


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
@pytest.mark.parametrize("trimmed", [False, True])
def test_swedish_letters_and_lost_spaces(file, encoding, trimmed):
    raw = whole(file(encoding=encoding, trimmed=trimmed))
    assert raw.columns.labels["F3"][2] == "Höjden"
    assert set(raw.frame["FRITEXT"]) == {"Åsa går hem"}
    assert raw.encoding == ("utf-8" if encoding == "utf-8" else "latin-1")


def test_the_letters_of_dos_are_declared(file, tmp_path):
    path = file(encoding="cp850")
    assert whole(path, encoding="cp850").columns.labels["F3"][2] == "Höjden"
    with pytest.raises(IngestError) as caught:
        whole(path, encoding="utf-8")
    assert caught.value.code == "INL-23"


def test_another_character_set_is_translated_by_the_files_own_table(file):
    """As files from large computers: every byte is written in EBCDIC, without line breaks."""
    path = file()
    ascii_only = (
        path.read_bytes().replace(b"\r\n", b"").decode("latin-1").translate(str.maketrans("öåÅ", "oaA"))
    )
    path.write_bytes(ascii_only.encode("cp037"))
    raw = whole(path)
    assert raw.columns.labels["F3"][2] == "Hojden"
    assert raw.frame["F12A"].dropna().tolist() == [1, 3, 8, 9, 2]


NUMBERS = {
    "1.3/": 1.1,
    "-13A.9/": -1000.3,
    "CO+2/": (12 * 30 + 24) * 900.0,
    ".F/": 0.5,
    "-3-1/": -0.1,
    "  A/": 10.0,
    "A.AAAAAAAAAAAAAAAAAAAAAAAA/": 10 + 10 / 29,
}


@pytest.mark.parametrize("written", NUMBERS)
def test_numbers_in_base_30(tmp_path, labels, written):
    content = portable(pd.DataFrame({"x": [0.0]}), labels.__class__(), missing={}).replace(b"\r\n", b"")
    (tmp_path / "a.por").write_bytes(content.replace(b"F0/Z", f"F{written}Z".encode()))
    assert whole(tmp_path / "a.por").frame["X"][0] == NUMBERS[written]


def test_a_draft_knows_the_missing_codes(tmp_path, plain_rows, labels):
    asked = replace(labels, questions={"f12a": "Hur trygg är du ute ensam sent på kvällen?"})
    (tmp_path / "a.por").write_bytes(portable(plain_rows, asked))
    variable = Codebook.from_text(draft_codebook(tmp_path / "a.por")).variable("trygg_kvall")
    assert variable.missing == {8: "dont_know", 9: "no_answer"}


def test_a_file_that_was_cut_off_anywhere_is_refused(file, tmp_path):
    content = file().read_bytes().rstrip(b"\r\nZ")
    for end in [*range(0, len(content), 7), len(content)]:
        (tmp_path / "b.por").write_bytes(content[:end])
        with pytest.raises(IngestError) as caught:
            whole(tmp_path / "b.por")
        assert caught.value.code == "INL-02"


HOSTILE = {
    "a text longer than the file": (b"1/xZ", b"TTT/xZ"),
    "a number beyond all measure": (b"F0/", b"F1+TT/"),
    "a number of endless digits": (b"F0/", b"F" + b"T" * 5000 + b"/"),
    "a number without digits": (b"F0/", b"F-./"),
    "a column twice": (b"70/1/C", b"70/1/B"),
    "more columns than declared": (b"43/5B/", b"42/5B/"),
    "labels of another column": (b"D1/1/B", b"D1/1/X"),
    "a name that is none": (b"70/1/C", b"70/1/ "),
    "an unknown record": (b"D1/", b"Y1/"),
    "a range of texts": (b"1/K/0/1/K/0/", b"1/K/0/1/K/0/91/a"),
    "no mark": (b"SPSSPORT", b"SPSSPOST"),
    "digits that look alike": (b"00123456789ABC", b"00112345678ABC"),
    "line breaks alone": (b"F0/", b"F" + b"\n" * 100_000),
    "more behind the end": (b"ZZ", b"Z0/0/0/Z"),
}


@pytest.mark.parametrize(("old", "new"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused(tmp_path, labels, *, old, new):
    rows = pd.DataFrame({"a": ["x"], "b": [0.0], "c": [1.0]}).iloc[:, [1, 2, 0]]
    dictionary = labels.__class__(labels={"b": {1: "Hemligt"}})
    content = portable(rows, dictionary, missing={}).replace(b"\r\n", b"")
    assert content.count(old) >= 1
    (tmp_path / "a.por").write_bytes(content)
    assert len(whole(tmp_path / "a.por").frame) == 1
    (tmp_path / "a.por").write_bytes(content.replace(old, new, 1))
    with pytest.raises(IngestError) as caught:
        whole(tmp_path / "a.por")
    assert caught.value.code == "INL-02"
    assert "Hemligt" not in str(caught.value)
