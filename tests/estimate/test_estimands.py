import numpy as np
import pandas as pd
import pytest

from trygghet.design import OpenSample, SurveyDesign
from trygghet.errors import EstimateError
from trygghet.estimate import (
    QuantileOptions,
    balance,
    contrast,
    count,
    cross_table,
    difference,
    index,
    mean,
    paired_difference,
    proportion,
    quantile,
    ratio,
    spread,
    standardised,
    total,
)
from trygghet.estimate.weighted_quantile import weighted_quantile


def answers(n=200, seed=4):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "size": 5000.0,
            "area": rng.choice(["N", "S"], n),
            "age": rng.choice(["u", "m", "ä"], n, p=[0.2, 0.5, 0.3]),
            "safe": pd.Categorical(
                rng.choice(["bra", "varken", "dåligt"], n, p=[0.4, 0.1, 0.5]), ["bra", "varken", "dåligt"]
            ),
            "q1": rng.integers(0, 4, n) * 1.0,
            "q2": rng.integers(0, 4, n) * 1.0,
        }
    )
    frame.loc[::7, "q1"] = np.nan
    return frame


@pytest.fixture(scope="module")
def design():
    return SurveyDesign.from_frame(answers(), population="size")


def test_a_balance_measure_has_its_negative_covariance(design):
    found = balance(design, "safe", positive=["bra"], negative=["dåligt"])
    n, f = 200, 200 / 5000
    p, q = proportion(design, "safe", category=["bra", "dåligt"]).values
    assert found.values[0] == pytest.approx(p - q)
    assert found.standard_errors[0] ** 2 == pytest.approx((1 - f) * (p + q - (p - q) ** 2) / (n - 1))
    apart = (proportion(design, "safe", category=["bra", "dåligt"]).standard_errors ** 2).sum()
    assert found.standard_errors[0] ** 2 > 1.5 * apart
    assert found.n[0] == n


def test_an_index_counts_those_who_answered_enough(design):
    frame = answers()
    both = index(design, ["q1", "q2"], "oro")
    one = index(design, ["q1", "q2"], "oro", minimum=1)
    assert both.n[0] == frame[["q1", "q2"]].notna().all(axis=1).sum()
    assert one.n[0] == 200
    assert one.values[0] == pytest.approx(frame[["q1", "q2"]].mean(axis=1).mean())
    with pytest.raises(EstimateError) as error:
        index(design, ["q1", "q2"], "oro", minimum=3)
    assert error.value.code == "SKATT-16"


def test_a_paired_difference_is_within_persons(design):
    found = paired_difference(design, "q1", "q2", by="area")
    valid = answers().dropna()
    first = valid[valid.area == "N"]
    assert found.values[0] == pytest.approx((first.q1 - first.q2).mean())
    frame = valid.reset_index(drop=True)
    again = SurveyDesign.from_frame(frame.assign(size=5000.0), population="size")
    joint = mean(again, ["q1", "q2"])
    by_contrast = contrast(joint, {"d": [1, -1]})
    assert paired_difference(again, "q1", "q2").standard_errors == pytest.approx(by_contrast.standard_errors)


def test_standardised_rates_by_hand(design):
    shares = {"u": 0.3, "m": 0.3, "ä": 0.4}
    found = standardised(design, "q2", shares, over="age", by="area")
    cells = mean(design, "q2", by="area * age")
    values = dict(zip(cells.cells.domain, cells.values, strict=True))
    expected = sum(share * values[f"N * {age}"] for age, share in shares.items())
    assert found.select(domain="N").values[0] == pytest.approx(expected)
    own = answers()[lambda f: f.area == "N"].age.value_counts(normalize=True).to_dict()
    same = standardised(design, "q2", own, over="age", by="area").select(domain="N")
    assert same.values == pytest.approx(mean(design, "q2", by="area").select(domain="N").values)
    with pytest.raises(EstimateError) as error:
        standardised(design, "q2", {"u": 1.0}, over="age")
    assert error.value.code == "SKATT-18"


def test_counts_add_up_and_tables_sum_to_one(design):
    assert count(design, "safe").values.sum() == pytest.approx(5000.0)
    assert cross_table(design, "area", "safe").values.sum() == pytest.approx(1.0)
    rows = cross_table(design, "area", "safe", base="row").to_frame().groupby("domain").estimate.sum()
    assert rows.to_numpy() == pytest.approx(1.0)
    columns = cross_table(design, "area", "safe", base="column").to_frame().groupby("domain").estimate.sum()
    assert columns.to_numpy() == pytest.approx(1.0)


@pytest.mark.trap(16)
@pytest.mark.parametrize("rule", ["math", "school", "hf4", "hf7"])
def test_trap_16_points_and_limits_follow_one_rule(design, rule):
    found = quantile(design, "q2", [0.25, 0.5], by="area", options=QuantileOptions(rule=rule))
    low, high = found.interval()
    assert ((low <= found.values) & (found.values <= high)).all()
    frame = answers()
    north = frame[frame.area == "N"].q2.to_numpy()
    direct = weighted_quantile(north, np.full(len(north), 25.0), np.array([0.25, 0.5]), rule=rule)
    assert found.select(domain="N").values == pytest.approx(direct)
    assert found.cells.category.unique().tolist() == ["p25", "p50"]
    with pytest.raises(EstimateError) as error:
        quantile(design, "q2", 1.5)
    assert error.value.code == "SKATT-15"


def test_quantiles_of_a_normal_have_their_error():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"y": rng.normal(0, 1, 4000), "w": 1.0})
    found = quantile(SurveyDesign.from_frame(frame, weights="w"), "y", [0.5])
    assert found.standard_errors[0] == pytest.approx(np.sqrt(np.pi / 2 / 4000), rel=0.15)
    assert found.covariance()[0, 0] == pytest.approx(found.standard_errors[0] ** 2)


def test_medians_can_be_compared(design):
    medians = quantile(design, "q2", [0.5], by="area")
    gap = difference(medians, "N", versus="S")
    assert gap.values[0] == medians.values[0] - medians.values[1]


def test_ratios_need_pairs(design):
    with pytest.raises(EstimateError) as error:
        ratio(design, ["q1", "q2"], "q1")
    assert error.value.code == "SKATT-13"
    with pytest.raises(EstimateError) as error:
        contrast(mean(design, ["q1", "q2"]), {"d": [1.0]})
    assert error.value.code == "SKATT-17"


def test_the_spread_of_a_variable_by_hand(design):
    assert spread(design, "q2").values[0] == pytest.approx(answers().q2.var())


def test_open_samples_take_the_same_verbs():
    web = OpenSample.from_frame(answers())
    for found in (
        balance(web, "safe", positive=["bra"], negative=["dåligt"]),
        index(web, ["q1", "q2"], "oro"),
        count(web, "safe"),
        cross_table(web, "area", "safe"),
        total(web, "q2"),
        ratio(web, "q1", "q2"),
    ):
        assert type(found).__name__ == "RespondentShares"
        assert "ci_low" not in found.to_frame()
