import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_columns import Drawn, Table

from trygghet.errors import ConvergenceError, MarginError
from trygghet.weighting import Margins, WeightCap, calibrate, poststratify, rake, read_weights, write_weights

TABLES = {
    "kon": {"Kvinna": 5100.0, "Man": 4900.0},
    "alder": {"16-29": 2500.0, "30-64": 4500.0, "65+": 3000.0},
    "omrade": {"Centrum": 6000.0, "Lunden": 4000.0},
}
MARGINS = Margins.from_dict(TABLES)
EVERY = [
    ("raking", None),
    ("linear", None),
    ("logit", (0.2, 5.0)),
    ("raking", (0.3, 4.0)),
    ("linear", (0.3, 4.0)),
    ("sinh", None),
    ("sinh", (0.3, 4.0)),
]


def codes(error):
    return [problem.code for problem in error.value.problems]


def sums(weights, frame, tables):
    return {(v, c): weights.values[frame[v] == c].sum() for v, totals in tables.items() for c in totals}


@pytest.mark.parametrize(("method", "bounds"), EVERY)
@pytest.mark.trap(30)
def test_trap_30_every_category_is_on_target(people, method, bounds):
    weights = calibrate(people, MARGINS, method=method, bounds=bounds)
    expected = {(v, c): total for v, totals in TABLES.items() for c, total in totals.items()}
    assert sums(weights, people.columns.frame, TABLES) == pytest.approx(expected, rel=1e-9)
    assert weights.worst_margin_error <= 1e-9 < weights.worst_error_before


@pytest.mark.parametrize(("method", "bounds"), EVERY)
@pytest.mark.trap(24)
def test_trap_24_each_person_keeps_a_share_of_the_own_start_weight(people, method, bounds):
    weights = calibrate(people, MARGINS, method=method, bounds=bounds)
    cells = people.columns.frame.groupby(["kon", "alder", "omrade"]).ngroup().to_numpy()
    factors = pd.Series(weights.values / people.weights).groupby(cells)
    assert factors.std().max() < 1e-12
    assert weights.values[cells == 0].std() > 1


def test_one_margin_gives_poststratification_whatever_the_method(people):
    crossing = Margins.from_dict(
        {("kon", "omrade"): {(k, o): 2500.0 for k in ("Kvinna", "Man") for o in ("Centrum", "Lunden")}}
    )
    post = poststratify(people, crossing).values
    for method, bounds in EVERY:
        np.testing.assert_allclose(
            calibrate(people, crossing, method=method, bounds=bounds).values, post, rtol=1e-9
        )


def test_poststratification_takes_one_table(people):
    with pytest.raises(MarginError) as error:
        poststratify(people, MARGINS)
    assert codes(error) == ["VIKT-24"]


@pytest.mark.trap(25)
def test_trap_25_bounds_hold_and_margins_too(people):
    free = rake(people, MARGINS)
    low, high = free.g_range
    bounds = (low + 0.05, high - 0.05)
    for method in ("raking", "linear", "logit", "sinh"):
        weights = calibrate(people, MARGINS, method=method, bounds=bounds)
        assert bounds[0] - 1e-12 <= weights.g_range[0] <= weights.g_range[1] <= bounds[1] + 1e-12
        assert weights.worst_margin_error <= 1e-9


@pytest.mark.trap(25)
def test_trap_25_a_cap_on_weights_holds_inside_the_cycle(people):
    free = rake(people, MARGINS)
    cap = WeightCap(upper=0.85 * free.values.max(), lower=1.2 * free.values.min())
    weights = rake(people, MARGINS, bounds=cap)
    assert weights.values.max() <= cap.upper * (1 + 1e-12)
    assert weights.values.min() >= cap.lower * (1 - 1e-12)
    assert weights.worst_margin_error <= 1e-9
    np.testing.assert_array_equal(weights.start, people.weights)


def test_impossible_bounds_name_the_clash_and_bounds_that_work(people):
    bounds = (0.99, 1.01)
    with pytest.raises(MarginError) as error:
        rake(people, MARGINS, bounds=bounds)
    assert codes(error) == ["VIKT-21"]
    facts = error.value.problems[0].facts
    assert any(name in facts["marginaler"] for name in ("kon", "alder", "omrade"))
    low, high = (float(facts[key].replace(",", ".")) for key in ("lagst", "hogst"))
    assert rake(people, MARGINS, bounds=(low, high), max_iterations=1000).worst_margin_error <= 1e-9
    narrower = (low + 0.01 * (1 - low), high - 0.01 * (high - 1))
    with pytest.raises(MarginError):
        rake(people, MARGINS, bounds=narrower, max_iterations=1000)


@pytest.mark.parametrize("method", ["raking", "linear", "logit"])
def test_only_the_margins_that_clash_are_named(people, method):
    """Sex is asked for as it already is; a third of one age group is asked for, which bounds of a half to two cannot give."""
    frame, start = people.columns.frame, people.weights
    women = start[frame["kon"] == "Kvinna"].sum()
    tables = {"kon": {"Kvinna": women, "Man": 10_000.0 - women}}
    shares = {age: start[frame["alder"] == age].sum() / 10_000 for age in ("16-29", "30-64", "65+")}
    third = shares["65+"] / 3
    rest = (1 - third) / (1 - shares["65+"])
    ages = {age: 10_000 * (third if age == "65+" else share * rest) for age, share in shares.items()}
    with pytest.raises(MarginError) as error:
        calibrate(people, Margins.from_dict(tables | {"alder": ages}), method=method, bounds=(0.5, 2.0))
    facts = error.value.problems[0].facts
    assert codes(error) == ["VIKT-21"]
    assert facts["marginaler"].startswith("alder: 65+")
    assert "kon" not in facts["marginaler"]
    # a third of the weight needs a factor of a third, and both bounds are widened in step
    assert float(facts["lagst"].replace(",", ".")) == pytest.approx(1 / 3, abs=1e-3)
    assert float(facts["hogst"].replace(",", ".")) == pytest.approx(1 + (1 - 1 / 3) / 0.5, abs=1e-3)


def test_an_impossible_cap_names_a_cap_that_works(people):
    cap = WeightCap(upper=1.02 * 10_000 / 240, lower=0.98 * 10_000 / 240)
    with pytest.raises(MarginError) as error:
        rake(people, MARGINS, bounds=cap)
    low, high = (float(error.value.problems[0].facts[key].replace(",", ".")) for key in ("lagst", "hogst"))
    assert rake(people, MARGINS, bounds=WeightCap(high, low), max_iterations=1000).worst_margin_error <= 1e-9


@pytest.mark.parametrize("bounds", [(1.1, 2.0), (0.5, 0.9), (-1.0, 3.0), WeightCap(1.0, 2.0)])
def test_bounds_that_make_no_sense_are_refused(people, bounds):
    with pytest.raises(MarginError) as error:
        rake(people, MARGINS, bounds=bounds)
    assert codes(error) == ["VIKT-19"]


def test_logit_needs_bounds(people):
    with pytest.raises(MarginError) as error:
        calibrate(people, MARGINS, method="logit")
    assert codes(error) == ["VIKT-19"]


@pytest.mark.trap(27)
def test_trap_27_too_few_sweeps_are_an_error_however_well_the_last_margin_fits(people):
    with pytest.raises(ConvergenceError) as error:
        rake(people, MARGINS, max_iterations=1)
    assert codes(error) == ["VIKT-20"]


@pytest.mark.trap(27)
def test_trap_27_margins_are_matched_by_label_not_by_position(people):
    turned = {name: dict(reversed(totals.items())) for name, totals in reversed(TABLES.items())}
    np.testing.assert_allclose(
        rake(people, Margins.from_dict(turned)).values, rake(people, MARGINS).values, rtol=1e-8
    )


@pytest.mark.trap(28)
def test_trap_28_a_missing_category_never_counts_as_met(drawn, people):
    frame = people.columns.frame.copy()
    frame.loc[:19, "kon"] = None
    weights = rake(drawn(frame, people.weights), MARGINS)
    membership = weights.calibration[0].dense()
    np.testing.assert_allclose(weights.values @ membership, weights.targets, rtol=1e-9)
    assert weights.unplaced == {"kon": 20}
    assert weights.values.sum() == pytest.approx(10_000.0)


@pytest.mark.trap(32)
def test_trap_32_zero_cells_and_gaps_in_codes_are_no_obstacle(drawn):
    frame = pd.DataFrame({"a": [1.0, 1, 3, 3, 7], "b": [10.0, 20, 10, 10, 20]})
    tables = {"a": {1: 40.0, 3: 40.0, 7: 20.0}, "b": {10: 55.0, 20: 45.0}}
    weights = rake(drawn(frame), Margins.from_dict(tables), tolerance=1e-12)
    assert sums(weights, frame, tables) == pytest.approx(
        {("a", 1): 40.0, ("a", 3): 40.0, ("a", 7): 20.0, ("b", 10): 55.0, ("b", 20): 45.0}
    )


def test_margins_that_the_sample_cannot_meet_together_are_named(drawn):
    frame = pd.DataFrame({"a": ["x", "x", "y"], "b": ["p", "p", "q"]})
    with pytest.raises(MarginError) as error:
        rake(drawn(frame), Margins.from_dict({"a": {"x": 60.0, "y": 40.0}, "b": {"p": 50.0, "q": 50.0}}))
    assert codes(error) == ["VIKT-22"]
    named = set(error.value.problems[0].facts["marginaler"].split("; "))
    assert named in ({"a: x", "b: p"}, {"a: y", "b: q"}), "they are the same people"


@pytest.mark.trap(33)
def test_trap_33_nothing_that_was_given_is_changed(people):
    frame, start = people.columns.frame.copy(), people.weights.copy()
    rake(people, MARGINS)
    pd.testing.assert_frame_equal(people.columns.frame, frame)
    np.testing.assert_array_equal(people.weights, start)


def test_a_weight_that_is_not_positive_is_refused(drawn):
    frame = pd.DataFrame({"x": [1.0, 1, 1, 1, 50]})
    with pytest.raises(MarginError) as error:
        calibrate(drawn(frame), Margins.from_dict({(): 5.0, "x": 4.0}))
    assert codes(error) == ["VIKT-23"]


@pytest.mark.parametrize("value", [0.0, np.nan, -1.0])
def test_start_weights_must_be_positive(drawn, people, value):
    start = people.weights.copy()
    start[3] = value
    with pytest.raises(MarginError) as error:
        rake(drawn(people.columns.frame, start), MARGINS)
    assert codes(error) == ["VIKT-13"]


def test_margins_per_region_are_crossings_with_the_region(people):
    tables = {
        ("omrade", "kon"): {("Centrum", "Kvinna"): 3000, ("Centrum", "Man"): 3000, ("Lunden", "Kvinna"): 2100, ("Lunden", "Man"): 1900},
        ("omrade", "alder"): {
            ("Centrum", "16-29"): 2000, ("Centrum", "30-64"): 2500, ("Centrum", "65+"): 1500,
            ("Lunden", "16-29"): 1000, ("Lunden", "30-64"): 1800, ("Lunden", "65+"): 1200,
        },
    }  # fmt: skip
    together = rake(people, Margins.from_dict(tables)).values
    frame = people.columns.frame
    for region in ("Centrum", "Lunden"):
        inside = (frame["omrade"] == region).to_numpy()
        part = type(people)(
            type(people.columns)(frame[inside].reset_index(drop=True)), people.weights[inside]
        )
        alone = {n[1]: {c[1]: t for c, t in totals.items() if c[0] == region} for n, totals in tables.items()}
        np.testing.assert_allclose(together[inside], rake(part, Margins.from_dict(alone)).values, rtol=1e-7)


def test_the_total_of_a_numeric_variable_within_a_category(people, tmp_path):
    path = tmp_path / "margins.csv"
    path.write_text(
        "variables,categories,total\nkon,Kvinna,5100\nkon,Man,4900\nkon * sum(inkomst),Kvinna,1400000\nkon * sum(inkomst),Man,1300000\n"
    )
    weights = calibrate(people, Margins.read(path))
    frame = people.columns.frame
    for label, total in (("Kvinna", 1_400_000), ("Man", 1_300_000)):
        inside = frame["kon"] == label
        assert (weights.values * frame["inkomst"])[inside].sum() == pytest.approx(total, rel=1e-9)


def test_an_unknown_income_counts_as_the_mean(drawn, people):
    frame = people.columns.frame.copy()
    frame.loc[:9, "inkomst"] = np.nan
    weights = calibrate(
        drawn(frame, people.weights), Margins.from_dict({(): 10_000.0, "inkomst": 2_800_000.0})
    )
    assert weights.unplaced == {"inkomst": 10}
    filled = frame["inkomst"].fillna(280.0)
    assert (weights.values * filled).sum() == pytest.approx(2_800_000.0)


def test_bounds_are_relative_to_the_population_when_weights_have_mean_one(people):
    weights = rake(people, MARGINS, start="ones", bounds=(0.4, 2.5))
    assert weights.worst_margin_error <= 1e-9
    np.testing.assert_allclose(weights.start, 10_000 / 240)


def test_two_calibrations_in_order_keep_both_steps(people):
    first = rake(people, Margins.from_dict({"kon": TABLES["kon"]}))
    second = rake(people, MARGINS, start=first)
    assert len(second.calibration) == 2
    np.testing.assert_array_equal(second.calibration[1].before, first.values)
    np.testing.assert_array_equal(second.calibration[0].before, people.weights)


def test_weights_survive_the_disk(people, tmp_path):
    for margins in (MARGINS, Margins.from_dict(TABLES | {"inkomst": 2_800_000.0})):
        weights = calibrate(people, margins)
        write_weights(weights, tmp_path / "w.parquet")
        first = (tmp_path / "w.parquet").read_bytes()
        again = read_weights(tmp_path / "w.parquet")
        np.testing.assert_array_equal(again.values, weights.values)
        np.testing.assert_array_equal(again.calibration[0].dense(), weights.calibration[0].dense())
        np.testing.assert_array_equal(again.calibration[0].before, weights.start)
        assert again.metrics() == weights.metrics()
        assert (again.margin_names, again.notes, again.scale) == (
            weights.margin_names,
            weights.notes,
            weights.scale,
        )
        write_weights(again, tmp_path / "w.parquet")
        assert (tmp_path / "w.parquet").read_bytes() == first


def test_summary_tells_what_matters(people):
    weights = rake(people, MARGINS)
    text = weights.summary()
    for part in ("raking", "240 respondents", f"{weights.kish_deff:.3f}", "worst margin error", "VIKT-"):
        if part != "VIKT-" or weights.notes:
            assert part in text
    values = weights.values
    assert weights.kish_deff == pytest.approx(1 + values.var() / values.mean() ** 2)
    assert weights.effective_n * weights.kish_deff == pytest.approx(240)


def test_thin_margins_are_told(drawn):
    frame = pd.DataFrame({"a": ["x"] * 30 + ["y"] * 5, "b": ["p", "q", "r", "s", "t"] * 7})
    tables = {"a": {"x": 60.0, "y": 40.0}, "b": dict.fromkeys("pqrst", 20.0)}
    notes = {note.code: note for note in rake(drawn(frame), Margins.from_dict(tables)).notes}
    assert notes["VIKT-56"].facts["antal"] == 6
    assert notes["VIKT-57"].facts["antal"] == 6


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.2, 20.0), st.sampled_from(["raking", "linear"]))
def test_order_and_scale_of_the_start_weights_do_not_matter(seed, scale, method):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {"kon": rng.choice(["Kvinna", "Man"], 150), "omrade": rng.choice(["Centrum", "Lunden"], 150)}
    )
    start = rng.uniform(30, 100, 150)
    margins = Margins.from_dict({name: TABLES[name] for name in ("kon", "omrade")})
    plain = calibrate(Drawn(Table(frame), start), margins, method=method)
    order = rng.permutation(150)
    turned = calibrate(
        Drawn(Table(frame.iloc[order].reset_index(drop=True)), start[order]), margins, method=method
    )
    np.testing.assert_allclose(turned.values, plain.values[order], rtol=1e-9)
    scaled = calibrate(Drawn(Table(frame), scale * start), margins, method=method)
    np.testing.assert_allclose(scaled.values, plain.values, rtol=1e-8)


def random_problem(seed):
    """A small sample, and margins that lie more or less far from it."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(20, 300))
    sizes = [int(rng.integers(2, 6)) for _ in range(3)]
    frame = pd.DataFrame(
        {
            f"v{k}": rng.choice([f"c{j}" for j in range(size)], n, p=rng.dirichlet(np.full(size, 3.0)))
            for k, size in enumerate(sizes)
        }
    )
    start = rng.uniform(1, 20, n)
    start *= 1000 / start.sum()
    tables = {}
    for name in frame:
        counts = frame[name].value_counts().sort_index()
        tables[name] = dict(zip(counts.index, 1000 * rng.dirichlet(30 * counts / n + 0.5), strict=True))
    return (
        Drawn(Table(frame), start),
        Margins.from_dict(tables),
        (rng.uniform(0.1, 0.8), rng.uniform(1.3, 4.0)),
    )


@pytest.mark.parametrize("seed", [*range(10), 142, 220])
def test_all_bounded_methods_agree_on_what_can_be_met(seed):
    sample, margins, bounds = random_problem(seed)
    outcomes = []
    for method in ("raking", "linear", "logit"):
        try:
            weights = calibrate(sample, margins, method=method, bounds=bounds)
        except MarginError as error:
            outcomes.append(error.code)
        else:
            outcomes.append("met")
            low, high = weights.g_range
            assert bounds[0] - 1e-9 <= low <= high <= bounds[1] + 1e-9
    assert len(set(outcomes)) == 1
