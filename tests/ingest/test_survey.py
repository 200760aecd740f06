import numpy as np
import pytest

from trygghet.codebook import Codebook, MissingKind
from trygghet.errors import CodebookError, IngestError, TrygghetError
from trygghet.ingest import read_microdata, read_survey, write_microdata
from trygghet.pipeline.messages import catalogue, render

K = MissingKind


@pytest.fixture
def survey(survey_file, book):
    return read_survey(survey_file(), codebook=book)


def problems(path, book):
    with pytest.raises(IngestError) as caught:
        read_survey(path, codebook=book)
    assert render(caught.value)
    return caught.value.problems


def test_rows_are_sorted_by_id_and_carry_their_stream(survey):
    assert list(survey.frame["_id"]) == ["2", "3", "4", "5", "6", "10"]
    assert list(survey.frame["_stream"]) == ["brev", "brev", "webb", "webb", "brev", "brev"]
    assert [stream.name for stream in survey.streams] == ["brev", "webb"]
    assert len(survey.stream("brev")) == 4
    assert [stream.probability for stream in survey.streams] == [True, False]
    with pytest.raises(IngestError, match="brev"):
        survey.stream("bref")


def test_kinds_of_missing_values_are_kept_apart(survey):
    assert survey.missing_kind("trygg").tolist() == [0, K.DONT_KNOW, K.NO_ANSWER, K.NOT_ASKED, 0, 0]
    np.testing.assert_array_equal(survey.numeric("trygg"), [3, np.nan, np.nan, np.nan, 2, 1])
    assert survey.missing.dtypes.eq("uint8").all()


def test_each_kind_of_missing_value_has_its_code(tmp_path):
    """Numbers, texts and the empty cell, each of its own declared kind."""
    (tmp_path / "a.csv").write_text(
        "id;f\n1;1\n2;8\n3;9\n4;97\n5;flera kryss\n6;99\n7;vägrar\n8;\n", encoding="cp1252"
    )
    missing = (
        "{8: dont_know, 9: no_answer, 97: not_asked, Flera kryss: double_mark, 99: invalid, vägrar: refused}"
    )
    text = f"survey: a\nwave: 1\nid: id\nvariables: {{f: {{labels: {{1: Ja}}, missing: {missing}, system_missing: not_asked}}}}\n"
    survey = read_survey(tmp_path / "a.csv", codebook=Codebook.from_text(text))
    kinds = [K.VALID, K.DONT_KNOW, K.NO_ANSWER, K.NOT_ASKED, K.DOUBLE_MARK, K.INVALID, K.REFUSED, K.NOT_ASKED]
    assert survey.missing_kind("f").tolist() == kinds


def test_an_indicator_is_one_zero_or_outside_its_base(survey):
    np.testing.assert_array_equal(survey.numeric("otrygg"), [1, np.nan, np.nan, np.nan, 0, 0])
    np.testing.assert_array_equal(survey.numeric("osaker"), [1, 1, np.nan, np.nan, 0, 0])


@pytest.mark.trap(34)
def test_no_answer_to_a_block_is_missing_and_none_of_these_is_an_answer(survey):
    np.testing.assert_array_equal(survey.numeric("prio.narkotika"), [0, 0, 1, np.nan, np.nan, 1])
    assert survey.missing_kind("prio.narkotika").tolist() == [0, 0, 0, K.NOT_ASKED, K.NO_ANSWER, 0]


@pytest.mark.trap(35)
def test_a_union_counts_persons_and_every_option_of_it(survey):
    np.testing.assert_array_equal(survey.numeric("prio.ute"), [1, 0, 1, np.nan, np.nan, 0])


def test_who_chose_too_many_is_flagged_and_the_rule_is_followed(survey_file, book):
    survey = read_survey(survey_file(), codebook=book)
    assert survey.over_choosers("prio").tolist() == [False, False, True, False, False, False]
    assert "INL-18" in [notice.code for notice in survey.notices]
    strict = Codebook.from_text(book.to_text().replace("choose: 2", "choose: 2\n    over_choosers: drop"))
    dropped = read_survey(survey_file(), codebook=strict)
    assert dropped.missing_kind("prio.ordning")[2] == K.INVALID
    assert np.isnan(dropped.numeric("prio.ute")[2])
    assert dropped.over_choosers("prio").tolist() == survey.over_choosers("prio").tolist()


def test_age_and_bands_come_from_the_year_of_birth(survey):
    np.testing.assert_array_equal(survey.numeric("alder"), [76, 49, np.nan, 50, 16, 36])
    groups = survey.groups("alder2")
    assert groups.labels == ("16–49", "50–84")
    assert groups.codes.tolist() == [1, 0, -1, 1, 0, 0]


@pytest.mark.trap(38)
def test_both_ends_of_a_band_belong_to_it(survey):
    assert survey.groups("alder2").codes[[1, 3, 4]].tolist() == [0, 1, 0]


def test_what_is_derived_from_a_sensitive_variable_is_off_too(survey_file, book):
    text = book.to_text().replace("    column: f2\n", "    column: f2\n    sensitive: true\n")
    survey = read_survey(survey_file(), codebook=Codebook.from_text(text))
    assert not {"fodelsear", "alder", "alder2"} & set(survey.frame.columns)
    for name in ("fodelsear", "alder", "alder2"):
        with pytest.raises(CodebookError) as caught:
            survey.numeric(name)
        assert caught.value.code == "KOD-07"


def test_areas_group_by_label_and_by_declared_group(survey):
    assert survey.groups("omrade").codes.tolist() == [1, 2, -1, 1, 0, 0]
    group = survey.groups("omrade:utsatt")
    assert group.labels == ("utsatt", "övriga")
    assert group.codes.tolist() == [0, 0, -1, 0, 1, 1]
    assert survey.groups("stratum").labels == ("1", "2")
    assert survey.groups("_stream").labels == ("brev", "webb")
    with pytest.raises(CodebookError, match="utsatt"):
        survey.groups("omrade:utsat")
    with pytest.raises(CodebookError, match="bands"):
        survey.groups("alder")


def test_residents(survey):
    assert survey.residents().tolist() == [True, False, True, True, True, True]


def test_texts_and_columns_outside_the_codebook_are_not_kept(survey):
    assert "fritext" not in survey.frame.columns
    assert survey.provenance.dropped_columns == 1
    assert survey.provenance.file_label == "Prov 2026"
    assert survey.provenance.rows == 6
    assert survey.provenance.file_name == "survey.sav"


def test_cards_count(survey):
    card = survey["trygg"]
    assert card.counts == (("1", "Mycket trygg", 1), ("2", "Ganska trygg", 1), ("3", "Otrygg", 1))
    assert card.missing == (("dont_know", 1), ("no_answer", 1), ("not_asked", 1))
    assert "Hur trygg?" in repr(card)
    assert "<table" in card._repr_html_()
    assert survey["prio"].counts[1] == ("ordning", "ordning", 2)
    assert survey["otrygg"].name == "trygg"
    assert survey["alder"].counts[0][2] == 5
    assert "brev 4" in repr(survey)


def test_every_violation_of_a_file_comes_in_one_error(survey_file, book, rows):
    rows.loc[0, "f12a"] = 96
    rows.loc[1, "f12a"] = 97
    rows.loc[2, "f1"] = 7
    rows.loc[3, "lopnr"] = 2
    rows.loc[4, "lopnr"] = None
    rows.loc[1, "f2"] = 1850
    rows.loc[5, "f2"] = 2020
    rows.loc[0, "strom"] = 3
    rows.loc[0, "p1"] = 5
    found = problems(survey_file(rows), book)
    codes = [problem.code for problem in found]
    assert sorted(codes) == sorted(
        ["INL-05", "INL-05", "INL-05", "INL-06", "INL-07", "INL-08", "INL-10", "INL-12", "INL-13"]
    )
    trygg = next(problem for problem in found if problem.facts.get("name") == "trygg")
    assert trygg.facts["codes"] == "96 (1), 97 (1)"


def test_missing_columns_are_all_named_with_the_nearest(survey_file, book, rows):
    found = problems(survey_file(rows.rename(columns={"f12a": "f12_a", "p1": "p01"})), book)
    assert {problem.facts["column"] for problem in found} == {"f12a", "p1"}
    assert {problem.facts["guess"] for problem in found} == {"f12_a", "p01"}


def test_missing_columns_do_not_hide_what_else_is_wrong(survey_file, book, rows):
    rows.loc[0, "f12a"] = 96
    found = problems(survey_file(rows.drop(columns=["lopnr", "strom", "f2", "p1", "stratum"])), book)
    assert [problem.code for problem in found] == ["INL-04"] * 5 + ["INL-05"]


def test_a_codebook_that_turns_the_scale_round_is_refused(survey_file, book):
    turned = book.to_text().replace("1: Mycket trygg", "1: X").replace("3: Otrygg", "3: Mycket trygg")
    (problem,) = problems(survey_file(), Codebook.from_text(turned.replace("X", "Otrygg")))
    assert problem.code == "INL-15"


def test_a_file_without_declared_streams_is_self_selected_and_says_so(survey_file, book):
    text = book.to_text()
    start, end = text.index("streams:"), text.index("relation:")
    survey = read_survey(survey_file(), codebook=Codebook.from_text(text[:start] + text[end:]))
    assert [stream.sampling for stream in survey.streams] == ["self_selected"]
    assert "INL-17" in [notice.code for notice in survey.notices]


def test_order_of_rows_does_not_matter(survey_file, book, rows):
    turned = read_survey(survey_file(rows.iloc[::-1], name="b.sav"), codebook=book)
    straight = read_survey(survey_file(), codebook=book)
    assert turned.frame.equals(straight.frame)
    assert turned.missing.equals(straight.missing)


def test_a_file_without_rows_without_name_and_of_another_kind_is_refused(survey_file, book, tmp_path):
    assert problems(survey_file(survey_file.rows.iloc[:0]), book)[0].code == "INL-20"
    assert problems(tmp_path / "finns_inte.sav", book)[0].code == "INL-21"
    (tmp_path / "a.pdf").write_bytes(b"x")
    assert problems(tmp_path / "a.pdf", book)[0].code == "INL-03"
    (tmp_path / "b.sav").write_bytes(b"$FL2 nonsense")
    assert problems(tmp_path / "b.sav", book)[0].code == "INL-02"


def test_parquet_gives_the_same_survey_and_the_same_bytes(survey, tmp_path):
    write_microdata(survey, tmp_path / "a.parquet")
    write_microdata(survey, tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    again = read_microdata(tmp_path / "a.parquet")
    assert again.frame.equals(survey.frame)
    assert again.missing.equals(survey.missing)
    assert again.codebook == survey.codebook
    assert again.provenance == survey.provenance
    assert again.notices == survey.notices
    (tmp_path / "c.parquet").write_bytes(b"PAR1")
    for name in ("c.parquet", "finns_inte.parquet"):
        with pytest.raises(IngestError) as caught:
            read_microdata(tmp_path / name)
        assert caught.value.code == "INL-16"


def test_reading_never_changes_what_was_given_out(survey):
    values = survey.numeric("trygg")
    values[:] = 0
    assert survey.numeric("trygg")[0] == 3


def test_every_problem_told_by_rows_has_its_swedish_text():
    from inspect import getsource

    from trygghet.ingest import assemble

    codes = {word for word in getsource(assemble).replace('"', " ").split() if word.startswith("INL-")}
    assert codes <= set(catalogue())
    assert issubclass(IngestError, TrygghetError)


def asked(book, streams):
    text = book.to_text()
    start, end = text.index("streams:"), text.index("relation:")
    return Codebook.from_text(f"{text[:start]}streams: {streams}\n{text[end:]}")


def test_more_answers_than_were_asked_stop_with_every_other_problem(survey_file, book, rows):
    """The file has four answers of brev and two of the group; the undeclared area code is told in the same breath."""
    streams = (
        "{column: strom, values: {1: {name: brev, sampling: persons, invited: 3},"
        " 2: {name: grupp, sampling: invited, invited: 1}}}"
    )
    found = problems(survey_file(rows.assign(f3=[1.0, 2, 3, 77, 2, 1])), asked(book, streams))
    assert [problem.code for problem in found] == ["INL-46", "INL-46", "INL-09"]
    assert [problem.facts["answers"] for problem in found[:2]] == [4, 2]
    assert [problem.facts["invited"] for problem in found[:2]] == [3, 1]
    enough = asked(book, streams.replace("invited: 3", "invited: 4").replace("invited: 1}", "invited: 2}"))
    assert len(read_survey(survey_file(), codebook=enough)) == 6


def test_the_whole_file_has_no_more_answers_than_were_asked(survey_file, book):
    (found,) = problems(
        survey_file(), asked(book, "{whole_file: {name: elev, sampling: census, invited: 5}}")
    )
    assert (found.code, found.facts["answers"], found.facts["invited"]) == ("INL-46", 6, 5)


def test_those_who_were_asked_are_counted_over_the_values_of_a_stream(survey_file, book):
    """A school a value: each is held to its own number, and the stream has both."""
    values = "{column: strom, values: {1: {name: elev, sampling: census, invited: 4}, 2: {name: elev, sampling: census, invited: 9}}}"
    survey = read_survey(survey_file(), codebook=asked(book, values))
    assert [stream.invited for stream in survey.streams] == [13]
    (found,) = problems(survey_file(), asked(book, values.replace("invited: 4", "invited: 3")))
    assert (found.code, found.facts["invited"], found.facts["value"]) == ("INL-46", 3, "1")
    unknown = asked(book, values.replace(", invited: 9", ""))
    assert read_survey(survey_file(), codebook=unknown).streams[0].invited is None
