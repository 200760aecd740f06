import datetime as dt
import io
from dataclasses import replace

import builders
import docx
import pytest

from trygghet.disclosure import screen
from trygghet.errors import PromiseError
from trygghet.promise import (
    current_promises,
    edited_drafts,
    promise_gaps,
    promises_text,
    read_promises,
    write_draft,
    write_promises,
)
from trygghet.report import promise_book, write_promise_seed
from trygghet.report.inputs import AskedItem
from trygghet.waves import detectable_next_change


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


def test_baseline_stands_beside_the_smallest_detectable_change_also_by_district(wave_report):
    book = promise_book(wave_report)
    promise = book.promises[0]
    assert promise.indicator == "problem_narkotika"
    assert promise.baseline.share == pytest.approx(44.0)
    assert promise.baseline.low < 44 < promise.baseline.high
    assert (promise.baseline.n, promise.baseline.stream) == (1080, "brev")
    assert promise.baseline.start == wave_report.facts.streams[0].start
    size = 100 * detectable_next_change(wave_report.problems.result)[0]
    assert promise.baseline.detectable_points == pytest.approx(size, abs=0.05)
    districts = {district.name: district for district in promise.districts}
    assert "Sjöstaden" not in districts
    assert districts["Höjden"].detectable_points > promise.baseline.detectable_points
    cells = wave_report.areas.result.cells.assign(status=wave_report.areas.result.status)
    status = cells[cells["item"] == "problem_narkotika"].set_index("domain")["status"]
    assert all(share.uncertain == (status[name] == "uncertain") for name, share in districts.items())


def test_an_area_without_an_indicator_has_no_baseline(wave_report):
    promise = promise_book(replace(wave_report, problems=None, areas=None)).promises[0]
    assert promise.candidates == ()
    assert promise.indicator == ""
    assert promise.baseline is None
    assert promise.districts == ()


def test_declared_indicators_come_in_the_declared_order_and_tell_where_better_lies(wave_report):
    facts = replace(wave_report.facts, items={"problem_vald": AskedItem("Hur stort?", "low")})
    declared = {"problem_narkotika": ("problem_vald", "problem_inbrott", "finns_inte")}
    promise = promise_book(replace(wave_report, facts=facts), declared=declared).promises[0]
    assert [each.item for each in promise.candidates] == ["problem_vald", "problem_inbrott"]
    assert promise.indicator == "problem_vald"
    assert promise.direction == "increase"
    assert promise.baseline.question == "Hur stort?"
    assert promise.candidates[1].direction == "decrease"


def test_options_of_a_union_are_no_proposals_of_their_own(open_report):
    whole = promise_book(open_report).promises
    facts = replace(open_report.facts, joined=(whole[0].area,))
    areas = {promise.area for promise in promise_book(replace(open_report, facts=facts)).promises}
    assert whole[0].area not in areas
    assert {promise.area for promise in whole[1:]} <= areas


def test_open_form_gives_the_most_chosen_marked_as_respondents(open_report):
    book = promise_book(open_report)
    assert {promise.box for promise in book.promises} == {"respondents"}
    assert all(each.low is None for promise in book.promises for each in promise.evidence)


def filled(promise, **more):
    return promise.model_copy(update={
        "chosen": True, "target_points": 9.0, "owner": "Kommunen", "activity": "Belysning",
        "follow_up_date": dt.date(2027, 6, 1), "forum": "BRÅ", "channel": "webben", **more,
    })  # fmt: skip


def with_promises(book, *promises):
    return book.model_copy(update={"promises": promises})


def test_missing_fields_are_listed(wave_report):
    book = promise_book(wave_report)
    gaps = promise_gaps(book)
    lacking = {gap.field for gap in gaps if gap.kind == "missing" and gap.area == "problem_narkotika"}
    assert lacking == {"target_points", "owner", "activity", "follow_up_date", "forum", "channel"}
    assert sum(gap.kind == "undecided" for gap in gaps) == 5


def test_a_whole_promise_lacks_nothing_and_a_declined_one_neither(wave_report):
    book = promise_book(wave_report)
    declined = book.promises[1].model_copy(update={"chosen": False})
    assert promise_gaps(with_promises(book, filled(book.promises[0]), declined)) == ()


def test_a_follow_up_without_a_date_is_told(wave_report):
    book = promise_book(wave_report)
    gaps = promise_gaps(with_promises(book, filled(book.promises[0], follow_up_date=None)))
    assert [(gap.kind, gap.field, gap.label) for gap in gaps] == [("missing", "follow_up_date", "Narkotika")]


def test_targets_below_the_smallest_detectable_change_are_told(wave_report):
    book = promise_book(wave_report)
    small = filled(book.promises[0], target_points=1.0, target_by_district={"Höjden": 2.0, "Centrum": 60.0})
    gaps = promise_gaps(with_promises(book, small))
    assert [(gap.kind, gap.district) for gap in gaps] == [("small_target", ""), ("small_target", "Höjden")]


def test_another_indicator_than_the_baseline_s_and_too_many_areas_are_told(wave_report):
    book = promise_book(wave_report).model_copy(update={"places": 1})
    first, second = (filled(promise) for promise in book.promises[:2])
    gaps = promise_gaps(with_promises(book, first, second.model_copy(update={"indicator": "annat"})))
    assert [gap.kind for gap in gaps] == ["no_baseline", "too_many"]


def test_yaml_comes_back_as_it_was_written(wave_report, tmp_path):
    book = promise_book(wave_report)
    path = write_promises(tmp_path / "promises.yaml", book)
    assert read_promises(path) == book


def test_filled_in_fields_are_read(wave_report, tmp_path):
    path = write_promises(tmp_path / "promises.yaml", promise_book(wave_report))
    text = path.read_text(encoding="utf-8").replace("owner: ''", "owner: Polisen och kommunen", 1)
    text = text.replace("follow_up_date:", "follow_up_date: 2027-06-01", 1).replace(
        "target_points:", "target_points: 7", 1
    )
    path.write_text(text, encoding="utf-8")
    promise = read_promises(path).promises[0]
    assert promise.owner == "Polisen och kommunen"
    assert promise.follow_up_date.isoformat() == "2027-06-01"
    assert promise.target_points == 7


def test_what_the_group_filled_in_follows_into_the_next_seed_and_the_draft(wave_report, tmp_path, drawn):
    path, _ = write_promise_seed(wave_report, tmp_path)
    assert "*id" not in path.read_text(encoding="utf-8")
    text = path.read_text(encoding="utf-8").replace("owner: ''", "owner: Polisen och kommunen", 1)
    text = text.replace("indicator: problem_narkotika", "indicator: problem_vald", 1)
    path.write_text(
        text.replace("target_by_district: {}", "target_by_district: {Centrum: 8}", 1), encoding="utf-8"
    )
    beside, draft = write_promise_seed(wave_report, tmp_path)
    assert path.read_text(encoding="utf-8").count("Polisen och kommunen") == 1
    promise = read_promises(beside).promises[0]
    assert promise.owner == "Polisen och kommunen"
    assert promise.indicator == promise.baseline.item == "problem_vald"
    assert promise.target_by_district == {"Centrum": 8.0}
    assert (beside.name, current_promises(tmp_path)) == ("promises (2).yaml", path)
    cells = [
        cell.text for table in docx.Document(str(draft)).tables for row in table.rows for cell in row.cells
    ]
    assert "Polisen och kommunen" in cells
    assert "8,0" in cells
    assert write_promise_seed(wave_report, tmp_path)[0] == beside
    text = beside.read_text(encoding="utf-8").replace("forum: ''", "forum: BRÅ", 1)
    beside.write_text(text, encoding="utf-8")
    assert current_promises(tmp_path) == beside
    assert write_promise_seed(wave_report, tmp_path)[0] == beside


def test_an_area_that_the_group_chose_stays_when_it_is_no_longer_proposed(wave_report):
    book = promise_book(wave_report)
    own = filled(book.promises[0], area="vald_nara", label="Våld i nära relationer", box="maybe")
    again = promise_book(wave_report, former=with_promises(book, *book.promises, own))
    assert again.promises[-1] == own


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


def test_seed_writes_record_and_draft_and_never_over_an_edited_one(wave_report, tmp_path, drawn):
    first = write_promise_seed(wave_report, tmp_path)
    assert [path.name for path in first] == ["promises.yaml", "lofte_utkast.docx"]
    again = write_promise_seed(wave_report, tmp_path)
    assert again == first
    first[1].write_bytes(b"vi har skrivit i den")
    beside = write_promise_seed(wave_report, tmp_path)
    assert beside[1].name == "lofte_utkast (2).docx"
    assert first[1].read_bytes() == b"vi har skrivit i den"
    assert edited_drafts(tmp_path) == ("lofte_utkast.docx",)
    first[0].write_text("municipality: Annan\n", encoding="utf-8")
    with pytest.raises(PromiseError):
        write_promise_seed(wave_report, tmp_path)
    assert first[0].read_text(encoding="utf-8") == "municipality: Annan\n"


def test_an_unknown_file_in_the_way_is_left_alone(tmp_path):
    target = tmp_path / "utkast.docx"
    target.write_bytes(b"min egen text")
    assert write_draft(target, b"ny").name == "utkast (2).docx"
    assert target.read_bytes() == b"min egen text"


def test_draft_has_fields_to_fill_in_and_evidence_for_every_area(wave_report, tmp_path, drawn):
    _, path = write_promise_seed(wave_report, tmp_path)
    document = docx.Document(io.BytesIO(path.read_bytes()))
    text = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    heads = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 2"]
    assert heads[0] == "Narkotika"
    assert len(heads) == 6
    assert "Höjden" in text
    assert "44\xa0% (" in text
    assert any("plats för tre av dessa fem" in paragraph.text for paragraph in document.paragraphs)
