"""The invented municipality: its people, its three waves and the files in data/raw."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trygghet.codebook import Codebook, MissingKind
from trygghet.datasets import Fieldwork, exempelstad, write_wave
from trygghet.datasets.forms import column_order
from trygghet.datasets.options import PRIORITIES
from trygghet.datasets.places import DISTRICTS, WAVES
from trygghet.datasets.questions import ITEMS
from trygghet.datasets.spss_labels import dictionary_of
from trygghet.ingest import read_survey

RAW = Path(__file__).parents[2] / "data" / "raw"
PROBLEMS = tuple(item.measure.name for item in ITEMS if item.scale == "problem")
OPTIONS = tuple(f"prio.{option.key}" for option in PRIORITIES)


@pytest.fixture(scope="module")
def waves():
    return {wave: exempelstad(wave) for wave in WAVES}


@pytest.fixture(scope="module")
def survey(waves, tmp_path_factory):
    folder = tmp_path_factory.mktemp("2026")
    write_wave(waves["2026"], folder)
    return read_survey(folder / "survey.sav", codebook=Codebook.read(folder / "codebook.yaml"))


def test_the_municipality_has_about_36_000_inhabitants_in_seven_unequal_districts(waves):
    people = waves["2026"].people
    inhabitants = np.bincount(people.district[people.district >= 0])
    assert len(inhabitants) == 7
    assert abs(inhabitants.sum() - 36_000) < 500
    assert inhabitants.min() < 2_200
    assert inhabitants.max() > 3.5 * inhabitants.min()
    age = people.age[people.district >= 0]
    assert (age.min(), age.max()) == (16, 84)


@pytest.mark.parametrize("wave", WAVES)
def test_each_wave_has_about_1100_letters_600_open_and_250_pupils(waves, wave):
    number = waves[wave].frame["strom"].value_counts()
    assert 1_000 <= number[1] <= 1_200
    assert 540 <= number[2] <= 680
    assert 220 <= number[3] <= 300


def test_the_story_is_partly_supportable_and_partly_not(waves):
    truth = {wave: waves[wave].truth for wave in WAVES}
    order = truth["2026"].order(*OPTIONS)
    assert order[0] == "prio.narkotika"
    shares = [truth["2026"].value(option) for option in order]
    assert shares[0] - shares[4] > 0.1
    assert shares[3] - shares[5] < 0.03
    districts = {d.name: truth["2026"].value("otrygg_kvall", by="omrade", domain=d.name) for d in DISTRICTS}
    assert max(districts, key=districts.get) == "Lunden"
    *_, second, worst = sorted(districts.values())
    assert worst - second > 0.12
    assert abs(truth["2026"].value("otrygg_kvall") - truth["2024"].value("otrygg_kvall")) < 0.01
    assert truth["2026"].value("kann_lofte") == pytest.approx(0.12, abs=0.01)


def test_a_union_lies_between_its_largest_option_and_their_sum(waves):
    truth = waves["2026"].truth
    for by, domain in (("", "Alla"), ("omrade", "Lunden")):
        parts = [truth.value(f"prio.{key}", by=by, domain=domain) for key in ("ordning", "nedskrapning")]
        assert max(parts) < truth.value("prio.ordning_och_nedskrapning", by=by, domain=domain) < sum(parts)


def test_district_values_average_to_the_total(waves):
    cells = waves["2026"].truth.cells
    for item in ("otrygg_kvall", *PROBLEMS, *OPTIONS):
        rows = cells[(cells["item"] == item) & (cells["by"] == "omrade")]
        total = np.average(rows["value"], weights=rows["population"])
        assert total == pytest.approx(waves["2026"].truth.value(item), abs=1e-12)


def test_unknown_cells_and_waves_are_refused(waves):
    with pytest.raises(KeyError):
        waves["2026"].truth.value("otrygg_kvall", by="omrade", domain="Ingenstans")
    with pytest.raises(ValueError, match="2022, 2024, 2026"):
        exempelstad("2023")


def test_the_same_seed_gives_the_same_file_and_another_seed_another(waves):
    again = exempelstad("2026")
    pd.testing.assert_frame_equal(again.frame, waves["2026"].frame)
    assert not exempelstad("2026", seed=1).frame.equals(again.frame)


def test_every_column_has_a_label_and_every_code_a_text(waves):
    frame, dictionary = waves["2026"].frame, dictionary_of("2026")
    assert list(frame.columns) == column_order()
    assert set(frame.columns) == set(dictionary.questions)
    for column, texts in dictionary.labels.items():
        codes = set(frame[column].dropna().unique())
        scored = column in {"f2", "f13"}
        assert scored or codes <= set(texts), column


def test_the_codebook_reads_and_declares_the_streams_for_what_they_are(waves):
    book = waves["2026"].codebook
    streams = {stream.name: stream.sampling for stream in book.declared_streams}
    assert streams == {"brev": "persons", "webb": "self_selected", "elev": "census"}
    assert len(book.indicators_like("problem_*")) == len(book.block("prio").options) == 12
    assert book.areas.groups == {"utsatt_omrade": ("Lunden", "Höjden", "Sjöstaden")}
    assert book.indicator("utsatt_misshandel").concept == "sakerhet"


def test_one_question_changed_its_wording_in_2026_and_nothing_else(waves):
    books = {wave: waves[wave].codebook for wave in WAVES}
    assert {indicator.version for indicator in books["2022"].indicators.values()} == {"1"}
    changed = [
        name
        for name, i in books["2026"].indicators.items()
        if i.version != books["2024"].indicator(name).version
    ]
    assert changed == ["fortroende_kommun"]
    question = "fraga_fortroende_kommun"
    assert books["2026"].variable(question).question != books["2024"].variable(question).question


def test_routed_and_unshown_questions_are_not_asked_and_blank_ones_no_answer(survey):
    place, time = survey["otrygg_plats"], survey.missing_kind("otrygg_tid")
    assert place is not None
    letters = survey.frame["_stream"] == "brev"
    web = survey.frame["_stream"] == "webb"
    no_place = (survey.frame["otrygg_plats"] == 2) & (letters | web)
    assert (time[no_place] == MissingKind.NOT_ASKED).all()
    assert (survey.missing_kind("fraga_fortroende_polis")[web] == MissingKind.NOT_ASKED).all()
    assert (survey.missing_kind("fraga_fortroende_polis")[letters] != MissingKind.NOT_ASKED).all()
    assert (survey.missing_kind("trygg_kvall")[letters] == MissingKind.NO_ANSWER).any()


def test_skipped_priorities_are_no_answer_for_adults_and_not_asked_of_pupils(survey):
    pupils = survey.frame["_stream"].to_numpy() == "elev"
    values = survey.numeric("prio.narkotika")
    assert np.isnan(values[pupils]).all()
    assert 0 < np.isnan(values[~pupils]).sum() < 150
    answered = ~np.isnan(values)
    chosen = np.column_stack([survey.numeric(option)[answered] for option in OPTIONS]).sum(axis=1)
    assert set(np.unique(chosen)) == {0.0, 1.0, 2.0, 3.0}


def test_only_the_open_link_has_people_from_elsewhere(survey):
    residents = survey.residents()
    streams = survey.frame["_stream"].to_numpy()
    assert residents[streams == "brev"].all()
    assert 0 < (~residents[streams == "webb"]).sum() < 150


def test_margins_hold_one_population_and_leave_annat_without_a_total(waves):
    margins = waves["2026"].margins
    assert list(margins.columns) == ["table", "variables", "categories", "total", "reference_date", "source"]
    numbers = margins[margins["total"] != "proportionell"]
    totals = numbers.assign(total=numbers["total"].astype(float)).groupby("variables")["total"].sum()
    assert totals["kon * alder4"] == totals["omrade"] == (waves["2026"].people.relation == 1).sum()
    assert margins.loc[margins["total"] == "proportionell", "categories"].tolist() == ["Annat"]


def test_stratum_sizes_and_institute_weights_sum_to_the_population(waves):
    for wave in waves.values():
        letters = wave.frame[wave.frame["strom"] == 1]
        inhabitants = (wave.people.relation == 1).sum()
        assert letters.groupby("stratum")["stratum_n"].first().sum() == inhabitants
        assert letters["vikt"].sum() == pytest.approx(inhabitants, rel=1e-5)
        assert (
            wave.frame.loc[wave.frame["strom"] != 1, ["stratum", "stratum_n", "vikt"]].isna().all(axis=None)
        )


def test_response_differs_by_age_and_the_gross_sample_is_known(waves):
    sample = waves["2026"].sample
    assert len(sample) == sum(district.invited for district in DISTRICTS)
    eligible = sample[sample["status"] != "naturligt bortfall"]
    answers = (eligible["status"] == "svarande").groupby(eligible["alder"] >= 50).mean()
    assert answers[True] - answers[False] > 0.1
    assert (sample["status"] == "svarande").sum() == (waves["2026"].frame["strom"] == 1).sum()


def test_the_open_link_exaggerates_unsafety(waves):
    for wave in waves.values():
        web = wave.frame.loc[wave.frame["strom"] == 2, "f12a"]
        share = web.isin([3, 4, 5]).sum() / web.between(1, 6).sum()
        assert share > wave.truth.value("otrygg_kvall") + 0.08


def test_a_census_of_everyone_finds_the_truth(waves):
    everyone = exempelstad(
        "2026",
        fieldwork=Fieldwork(
            response=50, unsafety=0, woman=0, age=0, ineligible=0, item_nonresponse=0, pupils=1.1
        ),
    )
    pupils = everyone.frame[everyone.frame["strom"] == 3]
    assert len(pupils) == 780
    share = pupils["e3"].isin([3, 4]).mean()
    assert share == pytest.approx(everyone.truth.value("otrygg_skola", stream="elev"))


@pytest.mark.parametrize("wave", WAVES)
def test_the_committed_files_are_what_the_generator_writes(waves, wave, tmp_path):
    write_wave(waves[wave], tmp_path)
    for name in ("codebook.yaml", "margins.csv"):
        assert (tmp_path / name).read_bytes() == (RAW / wave / name).read_bytes(), name
    book = Codebook.read(RAW / wave / "codebook.yaml")
    fresh, kept = (read_survey(folder / "survey.sav", codebook=book) for folder in (tmp_path, RAW / wave))
    pd.testing.assert_frame_equal(fresh.frame, kept.frame)
    pd.testing.assert_frame_equal(fresh.missing, kept.missing)
    assert fresh.provenance.file_label == kept.provenance.file_label


@pytest.mark.parametrize("wave", WAVES)
def test_the_committed_files_look_like_an_institutes_export(wave):
    import pyreadstat

    frame, meta = pyreadstat.read_sav(RAW / wave / "survey.sav", user_missing=True)
    declared = {name: {each["lo"] for each in ranges} for name, ranges in meta.missing_ranges.items()}
    assert {8.0, 9.0} in declared.values()
    assert any({98.0, 99.0} <= codes for codes in declared.values())
    assert "f12a" in frame.columns
    assert meta.variable_value_labels["f12a"][1.0] == "Mycket trygg"
    assert any("å" in label or "ö" in label for label in meta.column_labels if label)
