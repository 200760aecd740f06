import io
from dataclasses import replace

import builders
import docx
import pytest

from trygghet.disclosure import screen
from trygghet.errors import PromiseError
from trygghet.promise import edited_drafts, promises_text, read_promises, write_draft, write_promises
from trygghet.report import promise_book, write_promise_seed
from trygghet.waves import detectable_next_change

CHOSEN = {"problem_narkotika": "problem_narkotika"}


def test_sure_areas_come_first_then_those_to_choose_among(wave_report):
    book = promise_book(wave_report)
    assert [promise.box for promise in book.promises] == ["surely", *["maybe"] * 5]
    assert book.promises[0].label == "Narkotika"
    assert book.places == 4
    assert book.to_choose == 3


def test_evidence_stands_by_stream_and_only_the_random_one_has_an_interval(wave_report):
    web = screen({"p": builders.respondents(builders.PRIORITIES, 874, builders.ITEMS)})["p"]
    book = promise_book(replace(wave_report, other_priorities=(web,)))
    letters, form = book.promises[0].evidence
    assert (letters.stream, form.stream) == ("brev", "webb")
    assert letters.low < letters.share < letters.high
    assert form.low is None
    assert form.high is None
    assert (letters.n, form.n) == (612, 874)


def test_chosen_indicator_gives_baseline_and_smallest_detectable_change_also_by_district(wave_report):
    book = promise_book(wave_report, chosen=CHOSEN)
    promise = book.promises[0]
    assert promise.indicator == "problem_narkotika"
    assert promise.baseline.share == pytest.approx(44.0)
    size = 100 * detectable_next_change(wave_report.problems.result)[0]
    assert promise.detectable_points == pytest.approx(size, abs=0.05)
    assert "Sjöstaden" not in promise.detectable_by_area
    assert promise.detectable_by_area["Höjden"] > promise.detectable_points


def test_without_a_choice_there_is_no_baseline(wave_report):
    promise = promise_book(wave_report).promises[0]
    assert promise.indicator == ""
    assert promise.baseline is None
    assert promise.detectable_points is None


def test_open_form_gives_the_most_chosen_marked_as_respondents(open_report):
    book = promise_book(open_report)
    assert {promise.box for promise in book.promises} == {"respondents"}
    assert all(each.low is None for promise in book.promises for each in promise.evidence)


def test_missing_fields_are_listed(wave_report):
    book = promise_book(wave_report, chosen=CHOSEN)
    assert "indicator" not in book.missing["problem_narkotika"]
    assert {"target_points", "owner", "activity", "follow_up_date", "forum", "channel"} == set(
        book.missing["problem_narkotika"]
    )


def test_yaml_comes_back_as_it_was_written(wave_report, tmp_path):
    book = promise_book(wave_report, chosen=CHOSEN)
    path = write_promises(tmp_path / "promises.yaml", book)
    assert read_promises(path) == book


def test_filled_in_fields_are_read(wave_report, tmp_path):
    path = write_promises(tmp_path / "promises.yaml", promise_book(wave_report, chosen=CHOSEN))
    text = path.read_text(encoding="utf-8").replace("owner: ''", "owner: Polisen och kommunen", 1)
    text = text.replace("follow_up_date:", "follow_up_date: 2027-06-01", 1).replace(
        "target_points:", "target_points: 7", 1
    )
    path.write_text(text, encoding="utf-8")
    promise = read_promises(path).promises[0]
    assert promise.owner == "Polisen och kommunen"
    assert promise.follow_up_date.isoformat() == "2027-06-01"
    assert promise.target_points == 7


def test_all_wrong_fields_are_told_at_once(wave_report, tmp_path):
    path = tmp_path / "promises.yaml"
    text = promises_text(promise_book(wave_report)).replace("forum: ''", "forumet: ''", 1)
    path.write_text(text.replace("follow_up_date:", "follow_up_date: snart", 1), encoding="utf-8")
    with pytest.raises(PromiseError) as error:
        read_promises(path)
    assert [problem.code for problem in error.value.problems] == ["LOFTE-03", "LOFTE-03"]


def test_broken_yaml_names_the_line(tmp_path):
    path = tmp_path / "promises.yaml"
    path.write_text("municipality: Exempelstad\n  wave: [2026\n", encoding="utf-8")
    with pytest.raises(PromiseError, match="no YAML"):
        read_promises(path)


def test_a_wave_without_priorities_has_no_seed(wave_report):
    with pytest.raises(PromiseError, match="no priorities"):
        promise_book(replace(wave_report, priorities=None))


def test_seed_writes_record_and_draft_and_never_over_an_edited_one(wave_report, tmp_path):
    first = write_promise_seed(wave_report, tmp_path)
    assert [path.name for path in first] == ["promises.yaml", "lofte_utkast.docx"]
    again = write_promise_seed(wave_report, tmp_path)
    assert again == first
    first[0].write_text("municipality: Annan\n", encoding="utf-8")
    beside = write_promise_seed(wave_report, tmp_path)
    assert beside[0].name == "promises (2).yaml"
    assert first[0].read_text(encoding="utf-8") == "municipality: Annan\n"
    assert edited_drafts(tmp_path) == ("promises.yaml",)


def test_an_unknown_file_in_the_way_is_left_alone(tmp_path):
    target = tmp_path / "utkast.docx"
    target.write_bytes(b"min egen text")
    assert write_draft(target, b"ny").name == "utkast (2).docx"
    assert target.read_bytes() == b"min egen text"


def test_draft_has_fields_to_fill_in_and_evidence_for_every_area(wave_report, tmp_path):
    _, path = write_promise_seed(wave_report, tmp_path, chosen=CHOSEN)
    document = docx.Document(io.BytesIO(path.read_bytes()))
    text = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    heads = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 2"]
    assert heads[0] == "Narkotika"
    assert len(heads) == 6
    assert "… i Höjden" in text
    assert any("plats för tre av dessa fem" in paragraph.text for paragraph in document.paragraphs)
