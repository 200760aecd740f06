import numpy as np
import pytest
from letters_survey import HOUSEHOLDS, MARGINS, read, rows

from trygghet.errors import DesignError, MarginError
from trygghet.weighting import (
    Margins,
    WeightingPlan,
    base_weights,
    rake,
    share_gaps,
    weight_stream,
    weighted_rows,
    weights_by_group,
)
from trygghet.weighting.composition import composition

PROPORTIONAL = Margins.from_dict(MARGINS).with_proportional({"kon": ["Annat"]})


def letters(tmp_path, **options):
    return read(tmp_path, **options).stream("brev")


def codes(error):
    return [problem.code for problem in error.value.problems]


def test_own_weights_are_population_over_respondents(tmp_path):
    people = letters(tmp_path)
    people = people.rows(people.residents())
    weights = base_weights(people, "own")
    stratum = people.numeric("stratum")
    for code, size in ((1.0, 4000.0), (2.0, 1000.0)):
        inside = stratum == code
        np.testing.assert_allclose(weights.values[inside], size / inside.sum(), rtol=1e-15)
    assert weights.scale == "population"


def test_each_adult_of_a_household_stands_for_the_others(tmp_path):
    people = letters(tmp_path, stream=HOUSEHOLDS)
    weights, persons = base_weights(people, "own"), base_weights(letters(tmp_path), "own")
    sizes = people.numeric("vuxna")
    known = np.isfinite(sizes)
    np.testing.assert_allclose(weights.values[known], (persons.values * sizes)[known])
    np.testing.assert_allclose(weights.values[~known], persons.values[~known] * sizes[known].mean())
    assert [note.code for note in weights.notes] == ["VIKT-51"]
    assert weights.notes[0].facts["antal"] == (~known).sum() > 0


def test_a_household_sample_without_sizes_is_approximate(tmp_path):
    weights = base_weights(letters(tmp_path, stream="{name: brev, sampling: households}"), "own")
    assert [note.code for note in weights.notes] == ["VIKT-51"]


def test_who_answers_in_a_household_must_be_told(tmp_path):
    """Anyone may answer: the size is used and the note says that chances are unknown. All answer: each has the household's weight."""
    anyone = base_weights(
        letters(tmp_path, stream=HOUSEHOLDS.replace("who_answers: one_random", "who_answers: anyone")), "own"
    )
    assert [note.code for note in anyone.notes] == ["VIKT-51", "VIKT-52"]
    everyone = base_weights(letters(tmp_path, stream=HOUSEHOLDS.replace("one_random", "all")), "own")
    assert everyone.notes == ()
    np.testing.assert_array_equal(everyone.values, base_weights(letters(tmp_path), "own").values)


def test_supplied_weights_stay_as_they_are(tmp_path):
    people = letters(tmp_path)
    weights = weight_stream(people, WeightingPlan(mode="supplied"))
    np.testing.assert_array_equal(weights.values, people.numeric("vikt")[people.residents()])
    assert (weights.scale, weights.calibration, weights.notes) == ("population", (), ())


def test_an_undeclared_scale_is_told(tmp_path):
    weights = base_weights(letters(tmp_path, scale="unknown"), "supplied")
    assert weights.scale == "unknown"
    assert [note.code for note in weights.notes] == ["VIKT-50"]


def test_a_scale_that_cannot_be_true_is_told(tmp_path):
    assert [note.code for note in base_weights(letters(tmp_path, scale="mean_one"), "supplied").notes] == [
        "VIKT-50"
    ]


def test_no_weighting_gives_everyone_one(tmp_path):
    assert np.all(weight_stream(letters(tmp_path), WeightingPlan(mode="none")).values == 1.0)


@pytest.mark.parametrize("mode", ["own", "supplied+calibrate"])
@pytest.mark.parametrize("method", ["raking", "linear", "logit"])
def test_calibrated_modes_meet_the_population(tmp_path, mode, method):
    people = letters(tmp_path)
    plan = WeightingPlan(mode=mode, method=method, bounds=(0.1, 6.0))
    weights = weight_stream(people, plan, PROPORTIONAL)
    assert weights.values.sum() == pytest.approx(5000.0, rel=1e-9)
    matrix = weights.calibration[0].dense()
    np.testing.assert_allclose(weights.values @ matrix, weights.targets, rtol=1e-9)
    np.testing.assert_allclose(matrix.sum(axis=1), 2.0, rtol=1e-12)


def test_people_without_a_category_stay_and_are_counted(tmp_path):
    people = letters(tmp_path)
    people = people.rows(people.residents())
    weights = rake(people, PROPORTIONAL)
    unplaced = ~np.isin(people.numeric("kon"), [1.0, 2.0])
    assert weights.unplaced == {"kon": int(unplaced.sum())}
    assert unplaced.sum() > 3
    np.testing.assert_allclose(
        weights.calibration[0].dense()[unplaced, :2], np.tile([0.51, 0.49], (unplaced.sum(), 1))
    )
    assert "VIKT-54" in [note.code for note in weights.notes]


def test_a_label_without_population_total_stops_unless_declared(tmp_path):
    with pytest.raises(MarginError) as error:
        weight_stream(letters(tmp_path), WeightingPlan(), Margins.from_dict(MARGINS))
    assert codes(error) == ["VIKT-11"]
    assert error.value.problems[0].facts["etiketter"] == "Annat"


def test_only_residents_are_weighted(tmp_path):
    survey = read(tmp_path)
    weights = weight_stream(survey.stream("brev"), WeightingPlan(), PROPORTIONAL)
    weighted = weighted_rows(survey, weights)
    assert weighted.residents().all()
    assert len(weighted) == len(weights) < len(survey.stream("brev"))
    assert list(weighted.frame["_id"].astype(str)) == list(weights.ids.astype(str))


def test_weights_of_other_answers_are_refused(tmp_path):
    weights = weight_stream(letters(tmp_path), WeightingPlan(), PROPORTIONAL)
    with pytest.raises(DesignError) as error:
        weighted_rows(letters(tmp_path, frame=rows().iloc[10:]), weights)
    assert codes(error) == ["VIKT-29"]


def test_self_selected_answers_are_not_weighted_to_the_population(tmp_path):
    with pytest.raises(DesignError) as error:
        weight_stream(read(tmp_path).stream("webb"), WeightingPlan(), PROPORTIONAL)
    assert codes(error) == ["VIKT-26"]


def test_calibration_without_margins_is_refused(tmp_path):
    with pytest.raises(MarginError) as error:
        weight_stream(letters(tmp_path), WeightingPlan())
    assert codes(error) == ["VIKT-25"]


@pytest.mark.parametrize(
    "change",
    [("stratum_n", 3999.0, "VIKT-17"), ("stratum_n", np.nan, "VIKT-17"), ("stratum", np.nan, "VIKT-16")],
    ids=["two sizes", "no size", "no stratum"],
)
def test_inconsistent_strata_stop(tmp_path, change):
    column, value, code = change
    frame = rows()
    frame.loc[0, column] = value
    with pytest.raises(DesignError) as error:
        weight_stream(letters(tmp_path, frame=frame), WeightingPlan(), PROPORTIONAL)
    assert codes(error) == [code]


def test_more_respondents_than_inhabitants_stop(tmp_path):
    frame = rows()
    frame["stratum_n"] = 20.0
    with pytest.raises(DesignError) as error:
        weight_stream(letters(tmp_path, frame=frame), WeightingPlan(), PROPORTIONAL)
    assert codes(error) == ["VIKT-18"]


def test_a_missing_supplied_weight_stops(tmp_path):
    frame = rows()
    frame.loc[[0, 1], "vikt"] = [np.nan, 0.0]
    with pytest.raises(DesignError) as error:
        weight_stream(letters(tmp_path, frame=frame), WeightingPlan(mode="supplied"))
    assert codes(error) == ["VIKT-15"]
    assert error.value.problems[0].facts["antal"] == 2


def test_another_spelling_of_an_area_is_declared_in_the_codebook(tmp_path):
    other = MARGINS | {"omrade": {"Centrum": 4000.0, "lunden": 1000.0}}
    margins = Margins.from_dict(other).with_proportional({"kon": ["Annat"]})
    weights = weight_stream(letters(tmp_path), WeightingPlan(), margins)
    assert weights.worst_margin_error < 1e-9
    table = composition(weighted_rows(letters(tmp_path), weights), ["omrade"], margins=margins)
    assert table.set_index("grupp")["andel_befolkning"].to_dict() == {"Centrum": 0.8, "Lunden": 0.2}


def test_the_design_effect_of_each_group_stands_beside_its_share(tmp_path):
    people = letters(tmp_path)
    weights = weight_stream(people, WeightingPlan(), PROPORTIONAL)
    rows = weighted_rows(people, weights)
    table = composition(rows, ["kon"], weights=weights).set_index("grupp")["designeffekt"]
    sex = rows.numeric("kon")
    for code, label in ((1.0, "Kvinna"), (2.0, "Man")):
        w = weights.values[sex == code]
        assert table[label] == round(len(w) * (w**2).sum() / w.sum() ** 2, 2)
    listed = weights_by_group(rows, weights, "kon").set_index("group")["kish_deff"]
    assert table["Kvinna"] == round(listed["Kvinna"], 2)
    assert composition(rows, ["kon"])["designeffekt"].isna().all(), (
        "nothing is told where nothing is weighted"
    )


def with_population(tmp_path, extra):
    import letters_survey

    text = letters_survey.BOOK.replace('wave: "2026"', 'wave: "2026"\n' + extra)
    people = read(tmp_path)
    return type(people)(people.frame, people.missing, letters_survey.Codebook.from_text(
        text.format(stream="{name: brev, sampling: persons, start: 2026-01-10, end: 2026-02-28}", scale="population")
    ), people.provenance).stream("brev")  # fmt: skip


def test_old_margins_and_different_dates_are_told(tmp_path):
    people = with_population(tmp_path, "")
    tables = [
        Margins.from_dict({name: totals}, reference_date=date).tables[0]
        for (name, totals), date in zip(MARGINS.items(), ("2023-12-31", "2025-12-31"), strict=True)
    ]
    margins = Margins.from_tables(tables, proportional={"kon": ("Annat",)})
    notes = {note.code: note for note in weight_stream(people, WeightingPlan(), margins).notes}
    assert notes["VIKT-58"].facts["datum"] == "2023-12-31, 2025-12-31"
    assert notes["VIKT-59"].facts["dagar"] == 790


def test_ages_outside_the_survey_stop(tmp_path):
    people = with_population(tmp_path, "population: {{ages: [16, 84]}}")
    margins = Margins.from_dict(MARGINS | {"alder": {"0-15": 1000.0, "16-84": 4000.0}})
    with pytest.raises(MarginError) as error:
        weight_stream(people, WeightingPlan(), margins.with_proportional({"kon": ["Annat"]}))
    assert codes(error) == ["VIKT-47", "KOD-06"], "the ages, and that the codebook has no such variable"
    assert error.value.problems[0].facts["kategorier"] == "alder: 0-15"


def test_people_who_live_elsewhere_never_get_population_weights(tmp_path):
    with pytest.raises(DesignError) as error:
        rake(letters(tmp_path), PROPORTIONAL)
    assert codes(error) == ["VIKT-68"]


def test_streams_are_never_pooled(tmp_path):
    survey = read(tmp_path)
    with pytest.raises(DesignError) as error:
        rake(survey.rows(survey.residents()), PROPORTIONAL, start="ones")
    assert codes(error) == ["VIKT-26"]


def test_weights_of_self_selected_answers_say_nothing_of_the_population(tmp_path):
    web = read(tmp_path).stream("webb")
    weights = rake(web.rows(web.residents()), Margins.from_dict({"omrade": MARGINS["omrade"]}), start="ones")
    assert weights.scale == "unknown"
    assert "VIKT-69" in [note.code for note in weights.notes]


def test_weights_cannot_be_changed(tmp_path):
    weights = weight_stream(letters(tmp_path), WeightingPlan(), PROPORTIONAL)
    with pytest.raises(ValueError, match="read-only"):
        weights.values[0] = 3.0


def by_hand(variables, totals, **more):
    return Margins.from_dict({variables: totals}, **more).tables


def test_everything_that_does_not_fit_is_told_at_once(tmp_path):
    """Unknown names, empty categories, unknown variables, ages and dates of several tables, also of those only compared with."""
    people = with_population(tmp_path, "population: {{ages: [16, 84]}}")
    tables = (
        *by_hand("kon", {"Kvinnor": 2550.0, "Man": 2450.0}, reference_date="2023-12-31"),
        *by_hand("omrade", {"Centrum": 4000.0, "Lunden": 900.0, "Höjden": 100.0}),
        *by_hand("alder", {"0-15": 1000.0, "16-84": 4000.0}),
    )
    checks = by_hand(("omrade", "kon"), {("Centrum", "Kvinna"): 2000.0, ("Centrum", "Man"): 3000.0})
    margins = Margins.from_tables(tables, checks=checks, proportional={"kon": ("Annat",)})
    with pytest.raises(MarginError) as error:
        weight_stream(people, WeightingPlan(), margins)
    assert codes(error) == ["VIKT-47", "VIKT-11", "VIKT-12", "VIKT-12", "KOD-06", "VIKT-11", "VIKT-59"]
    facts = [problem.facts for problem in error.value.problems]
    assert facts[1]["etiketter"] == "Kvinna"
    assert [facts[place]["kategorier"] for place in (2, 3)] == ["Kvinnor", "Höjden"]
    assert (facts[5]["tabell"], facts[5]["etiketter"]) == ("omrade * kon", "Lunden")


def test_a_table_to_compare_with_may_have_empty_categories_and_other_spellings(tmp_path):
    """That no man of Lunden answered is a gap to tell where nothing is calibrated to it, and no reason to stop."""
    cells = {("Centrum", "Kvinna"): 2050.0, ("Centrum", "Man"): 1950.0, ("lunden", "Kvinna"): 1000.0}
    frame = rows()
    frame.loc[(frame["f3"] == 2) & (frame["f1"] == 2), "f1"] = 1.0
    checks = by_hand(("omrade", "kon"), cells | {("lunden", "Man"): 10.0})
    margins = Margins.from_tables(PROPORTIONAL.tables, checks=checks, proportional={"kon": ("Annat",)})
    weights = weight_stream(letters(tmp_path, frame=frame), WeightingPlan(), margins)
    assert weights.worst_margin_error < 1e-9
    assert (
        share_gaps(weighted_rows(letters(tmp_path, frame=frame), weights), weights, margins).set_index(
            ["within", "category"]
        )["weighted"]["Lunden", "Man"]
        < 0.2
    )
