"""What respondents without sex, age or district are taken for: the population, or the other respondents."""

import numpy as np
import pandas as pd
import pytest
from letters_survey import MARGINS as LETTER_MARGINS
from letters_survey import read

from trygghet.design import SurveyDesign
from trygghet.estimate import total
from trygghet.weighting import (
    Margins,
    WeightingPlan,
    calibrate,
    calibrate_replicates,
    rake,
    share_as_respondents,
    weight_stream,
)

SEX = {"Kvinna": 5100.0, "Man": 4900.0}
CROSSED = {
    ("kon", "alder"): {
        ("Kvinna", "16-29"): 1200.0,
        ("Kvinna", "30-64"): 2400.0,
        ("Kvinna", "65+"): 1500.0,
        ("Man", "16-29"): 1300.0,
        ("Man", "30-64"): 2300.0,
        ("Man", "65+"): 1300.0,
    },
    "omrade": {"Centrum": 6000.0, "Lunden": 4000.0},
}


@pytest.fixture
def lacking(drawn, people):
    """Of 240 people, thirty without sex and some of them without age."""
    frame = people.columns.frame.copy()
    frame.loc[:29, "kon"] = None
    frame.loc[20:34, "alder"] = None
    return drawn(frame, people.weights)


def held(frame, weights, name):
    """Weight of each category and of those without one."""
    return pd.Series(weights).groupby(frame[name].fillna("–").to_numpy()).sum()


def test_in_proportion_is_to_leave_the_margin_out_for_the_person(lacking):
    """The others meet the population's shares among themselves, whoever lacks an answer keeps the common factor."""
    frame = lacking.columns.frame
    weights = calibrate(lacking, Margins.from_dict({"kon": SEX}), method="raking", tolerance=1e-13)
    placed = frame["kon"].notna().to_numpy()
    after = held(frame, weights.values, "kon")
    assert after["Kvinna"] / weights.values[placed].sum() == pytest.approx(0.51, rel=1e-11)
    # alone in its class, a factor that solves the equations with the population's shares: the geometric mean of the others' factors
    women, men = (weights.g[(frame["kon"] == sex).to_numpy()][0] for sex in ("Kvinna", "Man"))
    np.testing.assert_allclose(weights.g[~placed], women**0.51 * men**0.49, rtol=1e-9)


def test_as_the_respondents_gives_the_shares_that_the_others_hold(lacking):
    frame, start = lacking.columns.frame, lacking.weights
    margins = share_as_respondents(lacking, Margins.from_dict({"kon": SEX}))
    weights = rake(lacking, margins, tolerance=1e-13)
    before, after = held(frame, start, "kon"), held(frame, weights.values, "kon")
    women = before["Kvinna"] / (before["Kvinna"] + before["Man"])
    assert abs(women - 0.51) > 0.03, "else the two rules could not be told apart"
    assert after["Kvinna"] + women * after["–"] == pytest.approx(5100.0, rel=1e-11)
    assert after["Man"] + (1 - women) * after["–"] == pytest.approx(4900.0, rel=1e-11)
    assert weights.values.sum() == pytest.approx(10_000.0, rel=1e-12)


def test_by_linear_calibration_they_keep_the_share_that_they_had(lacking):
    margins = share_as_respondents(lacking, Margins.from_dict({"kon": SEX}))
    weights = calibrate(lacking, margins, tolerance=1e-12)
    frame = lacking.columns.frame
    before, after = held(frame, lacking.weights, "kon"), held(frame, weights.values, "kon")
    assert after["–"] / after.sum() == pytest.approx(before["–"] / before.sum(), rel=1e-11)
    ours, theirs = (weights.g[frame["kon"].isna() == lacks] for lacks in (True, False))
    known = lacking.weights[frame["kon"].notna()]
    np.testing.assert_allclose(ours, np.average(theirs, weights=known), rtol=1e-11)


def test_what_is_known_of_a_person_limits_what_the_person_may_be(lacking):
    """With an age, only the sexes of that age; with a sex, only its ages; with neither, all."""
    frame, start = lacking.columns.frame, lacking.weights
    weights = rake(lacking, share_as_respondents(lacking, Margins.from_dict(CROSSED)))
    shares = weights.calibration[0].dense()[:, :6]
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, rtol=1e-12)
    cells = list(CROSSED["kon", "alder"])
    full = frame["kon"].notna() & frame["alder"].notna()
    for row in (3, 25, 32):
        sex, age = frame.loc[row, ["kon", "alder"]]
        fits = [(pd.isna(sex) or s == sex) and (pd.isna(age) or a == age) for s, a in cells]
        mass = [
            fit * start[full & (frame["kon"] == s) & (frame["alder"] == a)].sum()
            for fit, (s, a) in zip(fits, cells, strict=True)
        ]
        np.testing.assert_allclose(shares[row], np.array(mass) / sum(mass), rtol=1e-12)


def test_where_nobody_agrees_the_population_counts(drawn):
    """The only two of 65+ both lack sex: nobody answered for them."""
    frame = pd.DataFrame(
        {"kon": ["K", "M", "K", None, None], "alder": ["16-64", "16-64", "16-64", "65+", "65+"]}
    )
    tables = {
        ("kon", "alder"): {
            ("K", "16-64"): 30.0,
            ("M", "16-64"): 30.0,
            ("K", "65+"): 30.0,
            ("M", "65+"): 10.0,
        }
    }
    weights = rake(drawn(frame), share_as_respondents(drawn(frame), Margins.from_dict(tables), start="ones"))
    np.testing.assert_allclose(weights.calibration[0].dense()[3:], [[0, 0, 0.75, 0.25]] * 2, rtol=1e-12)


def test_the_rules_agree_where_everybody_has_a_category(people):
    margins = Margins.from_dict(CROSSED)
    np.testing.assert_array_equal(
        rake(people, share_as_respondents(people, margins)).values, rake(people, margins).values
    )


def test_calibrated_totals_have_no_error_under_either_rule(lacking):
    """The membership of those without a category is part of what is calibrated, so the totals it adds up to are exact."""
    frame = lacking.columns.frame.copy()
    margins = Margins.from_dict({"kon": SEX})
    for chosen in (margins, share_as_respondents(lacking, margins)):
        design = SurveyDesign.from_frame(frame.assign(d=lacking.weights), weights="d")
        weights = calibrate(design, chosen, method="linear")
        frame["x"] = weights.calibration[0].dense()[:, 0]
        made = SurveyDesign.from_frame(frame.assign(d=lacking.weights), weights="d").with_weights(weights)
        found = total(made, "x")
        assert found.values[0] == pytest.approx(5100.0, rel=1e-9)
        assert found.standard_errors[0] < 1e-7


def test_replicates_are_calibrated_by_the_same_rule(lacking):
    margins = share_as_respondents(lacking, Margins.from_dict({"kon": SEX}))
    ones = np.random.default_rng(5).poisson(1.0, (240, 6)) * lacking.weights[:, None]
    found = calibrate_replicates(lacking, margins, ones, tolerance=1e-12)
    expected = rake(lacking, margins).calibration[0].dense()
    np.testing.assert_allclose(found.apply(ones).T @ expected, np.tile([5100.0, 4900.0], (6, 1)), rtol=1e-10)


def test_the_declared_rule_is_used_and_told(tmp_path):
    people = read(tmp_path).stream("brev")
    margins = Margins.from_dict(LETTER_MARGINS).with_proportional({"kon": ["Annat"]})
    default = weight_stream(people, WeightingPlan(), margins)
    chosen = weight_stream(people, WeightingPlan(unplaced="as_respondents"), margins)
    assert "VIKT-54" in [note.code for note in default.notes]
    (note,) = [note for note in chosen.notes if note.code in {"VIKT-54", "VIKT-81"}]
    assert (note.code, note.facts["antal"]) == ("VIKT-81", default.unplaced["kon"])
    assert chosen.unplaced == default.unplaced
    assert len(chosen) == len(default), "nobody leaves"
    residents = people.rows(people.residents())
    sex = residents.numeric("kon")
    lacks = ~np.isin(sex, [1.0, 2.0])
    women = chosen.start[sex == 1.0].sum() / chosen.start[~lacks].sum()
    np.testing.assert_allclose(
        chosen.calibration[-1].dense()[lacks, :2], np.tile([women, 1 - women], (lacks.sum(), 1)), rtol=1e-12
    )
