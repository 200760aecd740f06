"""Every file of the samples is read rightly: values checked against what their makers document."""

import hashlib
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

from trygghet.codebook import Codebook, FileSpec
from trygghet.ingest import draft_codebook, read_survey
from trygghet.ingest.whole import read_whole

SHARED = Path(os.environ.get("TRYGGHET_SHARED", Path(__file__).parents[3] / "shared")) / "data"
FILES = sorted([*SHARED.glob("spss_samples/*"), *SHARED.glob("csv_samples/*")])

pytestmark = pytest.mark.skipif(not FILES, reason="the shared sample files are not here (TRYGGHET_SHARED)")


def whole(name):
    return read_whole(next(SHARED.glob(f"*/{name}")), spec=FileSpec())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_sample_is_read_and_drafted(path):
    raw = read_whole(path, spec=FileSpec())
    assert len(raw.frame) > 0
    assert list(raw.frame.columns) == list(raw.columns.names)
    assert Codebook.from_text(draft_codebook(path)).id


@pytest.mark.parametrize("name", ["sample.sav", "sample.zsav", "sample.por"])
def test_the_sample_of_pyreadstat(name):
    raw = whole(name)
    columns = {column.lower(): column for column in raw.frame}
    assert raw.frame[columns["mychar"]].dropna().tolist() == ["a", "b", "c", "d", "e"]
    np.testing.assert_allclose(raw.frame[columns["mynum"]][:3], [1.1, 1.2, -1000.3])
    assert raw.columns.labels[columns["mylabl"]] == {1: "Male", 2: "Female"}


def test_user_missing_values_and_ranges():
    raw = whole("sample_missing.sav")
    assert raw.columns.user_missing["mynum"] == ((2000.0, 3000.0), (-1.0, -1.0))
    assert raw.columns.user_missing["myord"] == ((-1.0, -1.0), (-2.0, -2.0), (-3.0, -3.0))
    assert whole("missing_char.sav").columns.user_missing["mychar"] == (("Z", "Z"),)


def test_response_sets_are_read_from_the_file():
    raw = whole("simple_alltypes.sav")
    dichotomies, categories = sorted(raw.columns.sets, key=lambda found: found.counted is None)
    assert (dichotomies.name, dichotomies.counted) == ("mymrset", "1")
    assert dichotomies.columns == ("bool1", "bool2", "bool3")
    assert (categories.name, categories.columns) == (
        "categorical_array",
        ("ca_subvar_1", "ca_subvar_2", "ca_subvar_3"),
    )
    book = Codebook.from_text(draft_codebook(next(SHARED.glob("*/simple_alltypes.sav"))))
    assert tuple(book.block("mymrset").columns.values()) == ("bool1", "bool2", "bool3")
    block = book.block("categorical_array")
    assert (block.categories, dict(block.codes), block.choose) == (
        categories.columns,
        {"a": "a", "b": "b", "c": "c", "d": "d"},
        3,
    )


@pytest.mark.parametrize("name", ["tagged-na-double.dta", "tagged-na-int.dta"])
def test_tagged_missing_values_stay_apart(name):
    path = next(SHARED.glob(f"*/{name}"))
    assert whole(name).frame["x"].tolist() == ["1", "2", "3", "4", "5", ".a", ".h", ".z"]
    book = Codebook.from_text(
        "survey: a\nwave: 1\nid: x\nvariables: {x: {kind: continuous, missing: {.a: refused, .h: not_asked, .z: dont_know}}}"
    )
    survey = read_survey(path, codebook=book)
    assert sorted(survey.missing["x"]) == [0, 0, 0, 0, 0, 1, 3, 4]


def test_letters_of_many_scripts():
    assert whole("umlauts.sav").columns.labels["var1"][1] == "the ä umlaut"
    assert whole("hebrews.sav").columns.names == ("ותק_ב",)
    assert "నేను" in whole("tegulu.sav").frame.iloc[0, 1]


def test_a_date_that_is_out_of_range_does_not_stop_the_reading():
    assert whole("datetime.sav").frame.shape == (2, 3)


@pytest.mark.trap(37)
def test_a_text_wider_than_a_spss_segment_is_whole():
    raw = whole("test_width.sav")
    assert raw.frame["ResponseId"].str.len().max() == 17
    assert raw.frame["StartDate"].str.len().eq(19).all()


def test_exports_of_qualtrics_and_r():
    new, old = whole("qualtrics_3header_sample.csv"), whole("qualtrics_legacy_sample.csv")
    assert new.columns.questions["Q1"] == old.columns.questions["Q1"] == "This is a multiple choice question."
    assert len(new.frame) == len(old.frame) == 1
    assert new.frame["Q1"][0] == old.frame["Q1"][0] == 2
    assert old.encoding == "utf-8-sig"
    indexed = whole("norwegian_personstemmer.csv")
    assert indexed.columns.names[:2] == ("unnamed_1", "id")
    assert len(indexed.frame) == 659
    assert whole("norwegian_ESS.csv").frame["prtvtcgb"].isna().sum() > 1000


CSEW = SHARED / "csew1314" / "csew1314teachingopen.sav"
EXAMPLE = Path(__file__).parents[2] / "examples" / "csew1314" / "data" / "raw" / "2013-14" / "codebook.yaml"


@pytest.mark.skipif(not CSEW.is_file(), reason="the shared crime survey is not here (TRYGGHET_SHARED)")
def test_the_crime_survey_and_its_twins_are_the_same_survey(tmp_path):
    """8,843 answers as SPSS file, as CSV with decimal commas in cp1252, and as a workbook, whose writer rounds to 16 digits."""
    book = Codebook.read(EXAMPLE)
    survey = read_survey(CSEW, codebook=book)
    rows = read_whole(CSEW, spec=FileSpec()).frame
    rows.to_csv(tmp_path / "a.csv", index=False, sep=";", decimal=",", encoding="cp1252")
    with xlsxwriter.Workbook(
        tmp_path / "a.xlsx", {"nan_inf_to_errors": True, "constant_memory": True}
    ) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate([list(rows), *rows.to_numpy().tolist()]):
            sheet.write_row(number, 0, ["" if cell is None or cell != cell else cell for cell in row])  # noqa: PLR0124 - NaN
    for name, digits in (("a.csv", 17), ("a.xlsx", 16)):
        twin = read_survey(tmp_path / name, codebook=book)
        weights = [float(f"{weight:.{digits}g}") for weight in survey.frame["IndivWgtx"]]
        expected = survey.frame.assign(IndivWgtx=weights)
        pd.testing.assert_frame_equal(twin.frame, expected, check_exact=True)
        pd.testing.assert_frame_equal(twin.missing, survey.missing)
        assert twin.provenance.rows == 8843
        assert twin.provenance.sha256 == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()


STATA = SHARED / "ess8_sweden" / "ESS8SE.dta"


@pytest.mark.skipif(not STATA.is_file(), reason="the shared Stata file is not here (TRYGGHET_SHARED)")
def test_stata_texts_are_utf8_without_mojibake():
    raw = read_whole(STATA, spec=FileSpec())
    texts = [
        *raw.columns.questions.values(),
        *(text for labels in raw.columns.labels.values() for text in labels.values()),
    ]
    assert raw.encoding == "UTF-8"
    assert not [text for text in texts if "Ã" in text or "\ufffd" in text]
    assert "SPÖ" in raw.columns.labels["prtvtbat"].values()
    assert raw.frame.shape == (1551, 535)
    assert set(raw.frame["aesfdrk"]) == {"1", "2", "3", "4", ".b", ".c"}
