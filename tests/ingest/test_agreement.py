"""The writer and the reader of SPSS files, and a codebook against what a file says about itself."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trygghet.codebook import Codebook, FileSpec
from trygghet.errors import IngestError
from trygghet.ingest import SpssDictionary, read_survey, write_spss
from trygghet.ingest.whole import read_whole

SHARED = Path(os.environ.get("TRYGGHET_SHARED", Path(__file__).parents[3] / "shared")) / "data"


def whole(path):
    return read_whole(path, spec=FileSpec())


@pytest.mark.trap(36)
@pytest.mark.parametrize("suffix", ["sav", "zsav"])
def test_missing_values_and_ranges_survive_writing_and_reading(tmp_path, suffix):
    frame = pd.DataFrame(
        {"a": [1.0, 96, 97, 99, 9999], "b": ["x", "ZZZ", "YY", "x", "x"], "c": [1.0, 2, 3, 4, 5]}
    )
    dictionary = SpssDictionary(user_missing={"a": [(96.0, 99.0), 9999.0], "b": ["ZZZ", "YY"]})
    write_spss(tmp_path / f"a.{suffix}", frame, dictionary=dictionary)
    raw = whole(tmp_path / f"a.{suffix}")
    assert raw.columns.user_missing == {
        "a": ((96.0, 99.0), (9999.0, 9999.0)),
        "b": (("ZZZ", "ZZZ"), ("YY", "YY")),
    }
    assert raw.frame["a"].tolist() == [1, 96, 97, 99, 9999]
    assert raw.frame["b"].tolist() == ["x", "ZZZ", "YY", "x", "x"]


@pytest.mark.trap(36)
def test_nullable_and_object_columns_are_written_so_that_they_can_be_read(tmp_path):
    frame = pd.DataFrame(
        {
            "f": pd.array([1.5, None, 3.0], dtype="Float64"),
            "i": pd.array([1, None, 3], dtype="Int64"),
            "b": pd.array([True, False, True], dtype="boolean"),
            "s": pd.array(["å", None, "ö"], dtype="string"),
            "o": pd.Series(["a", "", "c"], dtype="object"),
        }
    )
    write_spss(tmp_path / "a.sav", frame)
    raw = whole(tmp_path / "a.sav").frame
    np.testing.assert_array_equal(raw["f"], [1.5, np.nan, 3])
    np.testing.assert_array_equal(raw["i"], [1, np.nan, 3])
    np.testing.assert_array_equal(raw["b"], [1, 0, 1])
    assert [text or "" for text in raw["s"]] == ["å", "", "ö"]
    assert [text or "" for text in raw["o"]] == ["a", "", "c"]


@pytest.mark.trap(37)
@pytest.mark.parametrize("length", [255, 256, 700, 756, 757, 1500])
def test_long_texts_with_swedish_letters_are_whole(tmp_path, length):
    text = ("åäö" * length)[:length]
    write_spss(tmp_path / "a.sav", pd.DataFrame({"t": [text, "kort"]}))
    assert whole(tmp_path / "a.sav").frame["t"].tolist() == [text, "kort"]


def test_codes_that_the_file_calls_missing_are_said(survey_file, book):
    text = (
        book.to_text()
        .replace("      3: Otrygg\n", "      3: Otrygg\n      8: Vet ej\n", 1)
        .replace("      8: dont_know\n", "", 1)
    )
    text = text.replace("- dont_know", "- 8")
    survey = read_survey(survey_file(), codebook=Codebook.from_text(text))
    (notice,) = [notice for notice in survey.notices if notice.code == "INL-29"]
    assert notice.facts["codes"] == "8"
    assert "INL-29" not in {notice.code for notice in read_survey(survey_file(), codebook=book).notices}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample files are not here (TRYGGHET_SHARED)")
def test_a_response_set_that_counts_another_value_stops_the_reading():
    path = SHARED / "spss_samples" / "simple_alltypes.sav"
    text = "survey: a\nwave: 1\nid: x\nvariables: {}\nmulti_response: {m: {columns: {a: bool1, b: bool2, c: bool3}, selected: 0, unselected: 1}}"
    with pytest.raises(IngestError) as caught:
        read_survey(path, codebook=Codebook.from_text(text))
    assert "INL-28" in {problem.code for problem in caught.value.problems}


CSEW = SHARED / "csew1314" / "csew1314teachingopen.sav"
CSEW_BOOK = """
survey: CSEW
wave: "2013-14"
id: rowlabel
streams: {whole_file: {name: intervju, sampling: persons}}
variables:
  walkdark: {kind: ordinal, labels: {1: Very safe, 2: Fairly safe, 3: A bit unsafe, 4: Very unsafe}, missing: {8: refused, 9: dont_know},
    system_missing: not_asked}
  rubbcomm: {kind: ordinal, labels: {1: Very common, 2: Fairly common, 3: Not very common, 4: Not at all common}MISSING}
"""


@pytest.mark.skipif(not CSEW.is_file(), reason="the shared crime survey is not here (TRYGGHET_SHARED)")
def test_a_valid_code_that_means_not_coded_must_be_declared():
    """Code 5 is no declared missing value of the file, so an honest reading stops until the codebook says what it is."""
    with pytest.raises(IngestError) as caught:
        read_survey(CSEW, codebook=Codebook.from_text(CSEW_BOOK.replace("MISSING", "")))
    assert [problem.facts["name"] for problem in caught.value.problems] == ["rubbcomm"]
    survey = read_survey(
        CSEW, codebook=Codebook.from_text(CSEW_BOOK.replace("MISSING", ", missing: {5: not_asked}"))
    )
    counts = np.bincount(survey.missing_kind("walkdark"), minlength=5)
    assert len(survey) == 8843
    assert counts[3] == 6769
    assert counts[0] + counts[1] + counts[4] == 8843 - 6769
