import numpy as np
import pandas as pd
import pytest

from trygghet.errors import DesignError
from trygghet.weighting import (
    InvitedSample,
    Margins,
    ResponseRates,
    propensity_weights,
    r_indicator,
    r_indicators,
    rake,
    response_classes,
    response_propensities,
)

CODES = {
    1: "answered",
    2: "partial",
    3: "refused",
    4: "not_reached",
    5: "other",
    6: "unknown",
    7: "ineligible",
}


@pytest.fixture
def invited():
    rng = np.random.default_rng(5)
    n = 900
    frame = pd.DataFrame(
        {
            "lopnr": np.arange(n),
            "kon": rng.choice(["Kvinna", "Man"], n),
            "alder": rng.choice(["16-29", "30-64", "65+"], n),
            "inkomst": rng.gamma(4, 70, n),
            "d": rng.uniform(5, 30, n),
        }
    )
    chance = 0.25 + 0.2 * (frame["kon"] == "Kvinna") + 0.25 * (frame["alder"] == "65+")
    frame["status"] = np.where(rng.random(n) < chance, 1, rng.choice([3, 4, 5, 6, 7], n))
    return InvitedSample.from_frame(frame, outcome="status", codes=CODES, id="lopnr", weights="d")


def codes(error):
    return [problem.code for problem in error.value.problems]


def test_rates_by_hand():
    rates = ResponseRates(
        {
            "answered": 420,
            "partial": 30,
            "refused": 200,
            "not_reached": 250,
            "other": 20,
            "unknown": 40,
            "ineligible": 40,
        }
    )
    assert (rates.gross, rates.ineligible, rates.net, rates.respondents) == (1000, 40, 960, 450)
    assert rates.net_response_rate == 450 / 960
    e = 920 / 960
    assert rates.aapor() == pytest.approx(
        {
            "RR1": 420 / 960, "RR2": 450 / 960, "RR3": 420 / (920 + e * 40), "RR4": 450 / (920 + e * 40),
            "RR5": 420 / 920, "RR6": 450 / 920,
        }
    )  # fmt: skip


def test_the_response_table_adds_up(invited):
    table = invited.table(["kon", "alder"])
    everyone = table[table["by"] == ""].iloc[0]
    for name in ("kon", "alder"):
        part = table[table["by"] == name]
        for column in ("gross", "ineligible", "net", "respondents"):
            assert part[column].sum() == everyone[column]
    assert everyone["response_rate"] == everyone["respondents"] / (everyone["gross"] - everyone["ineligible"])


@pytest.mark.trap(26)
@pytest.mark.parametrize("value", [np.nan, 99])
def test_trap_26_unknown_status_is_never_a_respondent(value):
    frame = pd.DataFrame({"lopnr": [1, 2, 3], "status": [1, 3, value]})
    with pytest.raises(DesignError) as error:
        InvitedSample.from_frame(frame, outcome="status", codes=CODES, id="lopnr")
    assert codes(error) == ["VIKT-48"]
    assert error.value.problems[0].facts["antal"] == 1


def test_doubles_and_bad_weights_are_told_together():
    frame = pd.DataFrame({"lopnr": [1, 1, 3], "status": [1, 3, 3], "d": [1.0, 0.0, 2.0]})
    with pytest.raises(DesignError) as error:
        InvitedSample.from_frame(frame, outcome="status", codes=CODES, id="lopnr", weights="d")
    assert error.value.problems[0].facts == {"dubbla": 1, "vikter": 1}


def test_classes_give_back_the_net_sample_class_by_class(invited):
    weights = response_classes(invited, ["kon", "alder"])
    frame = invited.frame.assign(d=invited.weights)
    answered, eligible = frame[invited.responded], frame[invited.eligible]
    got = answered.assign(w=weights.values).groupby(["kon", "alder"])["w"].sum()
    asked = eligible.groupby(["kon", "alder"])["d"].sum()
    np.testing.assert_allclose(got, asked, rtol=1e-12)
    assert list(weights.ids) == list(answered["lopnr"])
    assert weights.scale == "population"


def test_a_class_without_answers_and_a_thin_class(invited):
    frame = invited.frame.assign(
        grupp=np.where(np.arange(900) < 3, "få", "många"), status=np.where(np.arange(900) < 3, "3", "1")
    )
    sample = InvitedSample.from_frame(
        frame, outcome="status", codes={"1": "answered", "3": "refused"}, id="lopnr"
    )
    with pytest.raises(DesignError) as error:
        response_classes(sample, ["grupp"])
    assert codes(error) == ["VIKT-61"]
    sample = InvitedSample.from_frame(
        frame.assign(status="1"), outcome="status", codes={"1": "answered"}, id="lopnr"
    )
    notes = response_classes(sample, ["grupp"]).notes
    assert [note.code for note in notes] == ["VIKT-62"]


def test_a_saturated_model_is_the_response_rate_of_each_class(invited):
    found = response_propensities(invited, ["kon * alder"])
    frame = invited.frame[invited.eligible].assign(svar=invited.responded[invited.eligible], p=found.values)
    for _, group in frame.groupby(["kon", "alder"]):
        np.testing.assert_allclose(group["p"], group["svar"].mean(), rtol=1e-8)


def test_the_score_equations_hold_with_a_number_in_the_model(invited):
    found = response_propensities(invited, ["kon", "inkomst"])
    residual = invited.responded[invited.eligible] - found.values
    frame = invited.frame[invited.eligible]
    assert abs(residual.sum()) < 1e-7
    assert abs((residual * frame["inkomst"]).sum()) < 1e-5
    assert abs(residual[frame["kon"] == "Man"].sum()) < 1e-7
    assert found.terms == ("(Intercept)", "kon: Man", "inkomst")


@pytest.mark.parametrize("classes", [None, 1, 5])
def test_propensity_weights_sum_to_the_net_sample(invited, classes):
    weights = propensity_weights(invited, response_propensities(invited, ["kon", "alder"]), classes=classes)
    assert weights.values.sum() == pytest.approx(invited.weights[invited.eligible].sum())
    if classes == 1:
        np.testing.assert_allclose(weights.g, weights.g[0])


def test_a_group_that_never_answers_has_no_propensity(invited):
    frame = invited.frame.assign(status=np.where(invited.frame["kon"] == "Man", 3, invited.frame["status"]))
    sample = InvitedSample.from_frame(frame, outcome="status", codes=CODES, id="lopnr")
    with pytest.raises(DesignError) as error:
        response_propensities(sample, ["kon"])
    assert codes(error) == ["VIKT-60"]


def test_the_r_indicator_by_hand():
    assert r_indicator(np.full(10, 0.4), np.ones(10)) == 1.0
    assert r_indicator(np.array([0.2, 0.6]), np.ones(2)) == pytest.approx(1 - 2 * np.sqrt(0.08))


def test_adjusted_weights_start_a_calibration(invited, drawn):
    start = response_classes(invited, ["alder"])
    frame = invited.frame[invited.responded].sample(frac=1, random_state=1).reset_index(drop=True)
    margins = Margins.from_dict({"kon": {"Kvinna": 8000.0, "Man": 7000.0}})
    weights = rake(drawn(frame), margins, start=start.for_ids(frame["lopnr"].to_numpy()))
    assert weights.values[frame["kon"] == "Man"].sum() == pytest.approx(7000.0)
    with pytest.raises(DesignError) as error:
        start.for_ids(np.array([-1, 5]))
    assert codes(error) == ["VIKT-63"]


@pytest.mark.slow
def test_response_classes_take_away_the_bias_of_unequal_response():
    rng = np.random.default_rng(11)
    naive, adjusted = [], []
    for _ in range(400):
        group = rng.integers(0, 2, 1500)
        y = rng.random(1500) < np.where(group == 0, 0.2, 0.5)
        answered = rng.random(1500) < np.where(group == 0, 0.3, 0.6)
        frame = pd.DataFrame({"id": np.arange(1500), "g": group.astype(str), "s": np.where(answered, 1, 3)})
        sample = InvitedSample.from_frame(frame, outcome="s", codes=CODES, id="id")
        weights = response_classes(sample, ["g"]).values
        naive.append(y[answered].mean())
        adjusted.append(np.average(y[answered], weights=weights))
    error = np.std(adjusted) / np.sqrt(400)
    assert abs(np.mean(adjusted) - 0.35) < 4 * error
    assert np.mean(naive) - 0.35 > 10 * error


def test_the_r_indicator_of_a_variable_is_that_of_its_saturated_model(invited):
    found = r_indicators(invited, ["alder", "kon"])
    for name, value in found.items():
        model = response_propensities(invited, [name])
        answered, net = invited.responded[invited.eligible], invited.frame[invited.eligible]
        rates = pd.Series(answered).groupby(net[name].to_numpy()).mean()
        np.testing.assert_allclose(model.values, rates.loc[net[name]].to_numpy(), rtol=1e-6)
        weights = invited.weights[invited.eligible]
        weighted = pd.DataFrame({"d": weights, "a": weights * answered}).groupby(net[name].to_numpy()).sum()
        shares = weighted["d"] / weighted["d"].sum()
        p = weighted["a"] / weighted["d"]
        spread = (
            (shares * (p - (shares * p).sum()) ** 2).sum() * weights.sum() / (weights.sum() - weights.mean())
        )
        assert value == pytest.approx(1 - 2 * np.sqrt(spread))
