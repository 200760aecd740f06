"""The frame file: who was drawn, matched to the answers; on Exempelstad, where the truth is known."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trygghet.codebook import Codebook, frame_codebook
from trygghet.datasets import exempelstad
from trygghet.datasets.writing import write_wave
from trygghet.errors import CodebookError, DesignError, IngestError, PersonalDataError
from trygghet.ingest import read_frame, read_survey
from trygghet.weighting import (
    Margins,
    NonresponsePlan,
    WeightingPlan,
    base_weights,
    invited_sample,
    nonresponse_weights,
    response_frame,
    weight_stream,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wave")
    write_wave(exempelstad("2026"), folder)
    return folder


@pytest.fixture(scope="module")
def survey(folder):
    return read_survey(folder / "survey.sav", codebook=Codebook.read(folder / "codebook.yaml"))


@pytest.fixture(scope="module")
def frame(folder, survey):
    return read_frame(folder / "urval.csv", survey=survey)


@pytest.fixture(scope="module")
def letters(survey):
    return survey.stream("brev")


@pytest.fixture(scope="module")
def invited(frame, letters):
    return invited_sample(frame, letters)


def codes(error):
    return [problem.code for problem in error.value.problems]


@pytest.fixture
def reread(folder, survey, tmp_path):
    """Read the frame again after a change to its table."""

    def read(edit):
        table = edit(pd.read_csv(folder / "urval.csv"))
        table.to_csv(tmp_path / "urval.csv", index=False)
        return read_frame(tmp_path / "urval.csv", survey=survey)

    return read


def test_the_rates_are_those_of_the_simulation(invited, letters):
    truth = exempelstad("2026").sample["status"].value_counts()
    rates = invited.rates()
    assert rates.gross == truth.sum()
    assert rates.ineligible == truth["naturligt bortfall"]
    assert rates.respondents == truth["svarande"] == len(letters)
    assert rates.net_response_rate == truth["svarande"] / (truth["svarande"] + truth["bortfall"])


def test_the_response_table_is_the_simulations(invited, frame):
    sample = exempelstad("2026").sample
    table = response_frame(invited, frame, ["omrade", "kon", "alder4"])
    women = sample[(sample["kon"] == 1) & (sample["status"] != "naturligt bortfall")]
    row = table[table["grupp"] == "Kvinna"].iloc[0]
    assert (row["netto"], row["svar"]) == (len(women), (women["status"] == "svarande").sum())
    old = sample[sample["alder"].between(65, 84) & (sample["status"] != "naturligt bortfall")]
    row = table[table["grupp"] == "65–84"].iloc[0]
    assert row["svarsandel"] == (old["status"] == "svarande").mean()
    assert table[table["grupp_av"] == "Område"]["grupp"].tolist()[:2] == ["Centrum", "Lunden"]
    assert "Annat" not in table["grupp"].tolist(), "nobody of that group was drawn"


def test_drawn_weights_sum_to_the_inhabitants(invited):
    assert invited.weights.sum() == pytest.approx(36_010)


def test_classes_by_stratum_give_the_design_weights_of_respondents(invited, letters):
    """Without ineligibles N_h/n_h over the response rate is N_h over the respondents."""
    adjusted = nonresponse_weights(invited, letters, NonresponsePlan(("omrade",)))
    plain = base_weights(letters, "own")
    strata = letters.groups("stratum").codes
    gone = np.bincount(invited.frame["omrade"].cat.codes[~invited.eligible], minlength=7) / np.bincount(
        invited.frame["omrade"].cat.codes, minlength=7
    )
    np.testing.assert_allclose(adjusted.values, plain.values * (1 - gone[strata]), rtol=1e-12)


@pytest.mark.parametrize("method", ["classes", "propensities"])
def test_adjustment_repairs_the_age_composition_before_any_margin(invited, letters, method):
    """Age drives the response in the simulation, so that design weights alone leave the old too heavy."""
    plan = NonresponsePlan(("kon", "alder4"), method)
    people = exempelstad("2026").people
    truth = np.mean(people.age[people.relation == 1] >= 65)
    old = letters.numeric("alder") >= 65
    shares = {
        name: np.average(old, weights=weights.values)
        for name, weights in {
            "plain": base_weights(letters, "own"),
            "adjusted": nonresponse_weights(invited, letters, plan),
        }.items()
    }
    assert abs(shares["adjusted"] - truth) < 0.35 * abs(shares["plain"] - truth)


def test_calibration_starts_from_the_adjusted_weights(folder, invited, letters):
    margins = Margins.read(folder / "margins.csv")
    plan = WeightingPlan(nonresponse=NonresponsePlan(("omrade", "alder4")))
    weights = weight_stream(letters, plan, margins, invited=invited)
    start = nonresponse_weights(invited, letters, NonresponsePlan(("omrade", "alder4")))
    np.testing.assert_array_equal(weights.start, start.values)
    assert weights.worst_margin_error < 1e-9
    assert weights.method == "response classes omrade * alder4, raking"


def test_trap_26_an_undeclared_outcome_stops_the_run(reread):
    with pytest.raises(IngestError) as error:
        reread(lambda table: table.assign(utfall=table["utfall"].replace(3, 9)))
    assert codes(error) == ["INL-05"]


def test_trap_26_an_empty_outcome_is_nobodys_answer(reread, letters):
    frame = reread(lambda table: table.assign(utfall=table["utfall"].where(table.index > 4)))
    with pytest.raises(DesignError) as error:
        invited_sample(frame, letters)
    assert codes(error) == ["VIKT-48"]


def test_a_frame_of_another_delivery_is_told(reread, letters):
    frame = reread(lambda table: table.assign(lopnr=table["lopnr"] + 1))
    with pytest.raises(DesignError) as error:
        invited_sample(frame, letters)
    assert codes(error) == ["VIKT-74"]
    facts = error.value.problems[0].facts
    assert facts["okanda"] > 0
    assert facts["saknas"] > 0


def test_identities_that_are_personal_data_cannot_be_matched(reread):
    def personal(table):
        numbers = [f"{1940 + place // 900}0101{place % 900:03d}" for place in range(len(table))]
        return table.assign(lopnr=[_valid(number) for number in numbers])

    with pytest.raises(PersonalDataError) as error:
        reread(personal)
    assert codes(error) == ["INL-45"]


def _valid(number):
    """The number with the check digit of a personnummer."""
    digits = number[2:11]
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    check = -sum(value // 10 + value % 10 for value in doubled) % 10
    return f"{number[:11]}{check}"


def test_without_a_frame_section_the_file_means_nothing(folder, survey):
    book = survey.codebook.model_copy(update={"frame": None})
    with pytest.raises(CodebookError) as error:
        read_frame(folder / "urval.csv", survey=replace(survey, codebook=book))
    assert codes(error) == ["KOD-21"]


def test_adjustment_needs_the_frame_and_mode_own(folder, invited, letters):
    margins = Margins.read(folder / "margins.csv")
    plan = WeightingPlan(nonresponse=NonresponsePlan(("omrade",)))
    with pytest.raises(DesignError) as error:
        weight_stream(letters, plan, margins)
    assert codes(error) == ["VIKT-76"]
    with pytest.raises(DesignError) as error:
        nonresponse_weights(invited, letters, NonresponsePlan(("inkomst",)))
    assert codes(error) == ["VIKT-75"]


def test_the_frame_survives_the_workbook_and_the_yaml(survey, tmp_path):
    from trygghet.ingest import read_kodbok, write_kodbok

    book = survey.codebook
    write_kodbok(book, tmp_path / "kodbok.xlsx")
    assert read_kodbok(tmp_path / "kodbok.xlsx") == book
    assert Codebook.from_text(book.to_text()) == book


def test_a_frame_that_names_nothing_is_refused():
    text = """
survey: Prov
wave: "1"
id: nr
streams: {whole_file: {name: webb, sampling: self_selected}}
frame: {stream: webb, outcome: utfall, outcomes: {1: answered}, variables: {alder: alder}}
variables: {trygg: {kind: ordinal, labels: {1: Trygg, 2: Otrygg}}}
"""
    with pytest.raises(CodebookError) as error:
        Codebook.from_text(text)
    assert codes(error) == ["KOD-05"]
    with pytest.raises(CodebookError) as error:
        frame_codebook(Codebook.from_text(text.replace("alder: alder", "trygg: trygg")))
    assert codes(error) == ["KOD-20"]


def test_committed_frames_are_what_the_simulation_draws(tmp_path):
    raw = Path(__file__).parents[2] / "data" / "raw"
    for wave in ("2022", "2024", "2026"):
        exempelstad(wave).register.to_csv(tmp_path / "urval.csv", index=False, lineterminator="\n")
        assert (tmp_path / "urval.csv").read_bytes() == (raw / wave / "urval.csv").read_bytes()


def test_a_stratum_is_the_same_in_both_files(reread, letters):
    """Three respondents whom the frame puts elsewhere, and a number of asked that is not the frame's: both are told."""
    frame = reread(lambda table: table)
    there = letters.frame["_id"].to_numpy()[:3]

    def moved(table):
        return table.assign(
            stratum=table["stratum"].where(~table["lopnr"].astype(str).isin(there), table["stratum"] % 7 + 1),
            stratum_n=1000,
        )

    book = letters.codebook
    streams = {
        code: stream.model_copy(update={"invited": 9}) if stream.name == "brev" else stream
        for code, stream in book.streams.by_code.items()
    }
    counted = book.model_copy(update={"streams": book.streams.model_copy(update={"by_code": streams})})
    with pytest.raises(DesignError) as error:
        invited_sample(reread(moved), replace(letters, codebook=counted))
    assert codes(error) == ["VIKT-77", "VIKT-78"]
    assert error.value.problems[0].facts == {"antal": 3, "alla": len(letters)}
    assert error.value.problems[1].facts == {"kodboken": 9, "urvalet": len(frame)}


def test_a_frame_of_equal_chances_counts_persons_and_calibrates_within_bounds(folder, survey, letters):
    """Nothing in the frame says how many inhabitants a person stands for: no totals before the margins say it."""
    spec = survey.codebook.frame.model_copy(update={"strata": None, "population": None})
    plain = replace(survey, codebook=survey.codebook.model_copy(update={"frame": spec}))
    invited = invited_sample(read_frame(folder / "urval.csv", survey=plain), letters)
    assert (invited.scale, set(invited.weights)) == ("mean_one", {1.0})
    plan = NonresponsePlan(("omrade", "kon * alder4"))
    start = nonresponse_weights(invited, letters, plan)
    assert start.scale == "mean_one"
    assert start.values.sum() == pytest.approx(invited.eligible.sum())
    margins = Margins.read(folder / "margins.csv")
    weights = weight_stream(
        letters, WeightingPlan(bounds=(0.2, 5.0), nonresponse=plan), margins, invited=invited
    )
    assert (weights.scale, weights.worst_margin_error < 1e-9) == ("population", True)
    assert weights.values.sum() == pytest.approx(margins.total)


def test_a_crossing_makes_the_same_classes_as_its_variables(invited, letters):
    crossed = nonresponse_weights(invited, letters, NonresponsePlan(("omrade", "kon * alder4")))
    apart = nonresponse_weights(invited, letters, NonresponsePlan(("omrade", "kon", "alder4")))
    np.testing.assert_array_equal(crossed.values, apart.values)
