"""What must hold of any estimator here, whatever the data."""

import numpy as np
import pandas as pd
import pytest

from trygghet.design import DesignColumns, SurveyDesign, linearised_covariance
from trygghet.design.covariance import SampleArrays
from trygghet.estimate import difference, mean, proportion, ratio, total
from trygghet.weighting import Margins, calibrate, rake


def people(seed=1, n=400):
    rng = np.random.default_rng(seed)
    stratum = rng.integers(0, 4, n)
    frame = pd.DataFrame(
        {
            "stratum": np.array(["a", "b", "c", "d"])[stratum],
            "size": np.array([900.0, 1400.0, 2500.0, 4000.0])[stratum],
            "psu": stratum * 10 + rng.integers(0, 8, n),
            "psus": 40.0,
            "sex": np.array(["Kvinna", "Man"])[rng.integers(0, 2, n)],
            "age": np.array(["16-29", "30-64", "65-"])[rng.choice(3, n, p=[0.2, 0.5, 0.3])],
            "area": np.array(["Norr", "Söder", "Väst"])[rng.integers(0, 3, n)],
            "worry": rng.normal(5, 2, n),
        }
    )
    frame["unsafe"] = (rng.random(n) < 0.2 + 0.1 * (frame.sex == "Kvinna")).astype(float)
    frame["theft"] = (rng.random(n) < 0.3).astype(float)
    frame.loc[rng.random(n) < 0.05, "unsafe"] = np.nan
    return frame


MARGINS = Margins.from_dict(
    {"sex": {"Kvinna": 4500.0, "Man": 4300.0}, "age": {"16-29": 2000.0, "30-64": 4300.0, "65-": 2500.0}}
)


def stratified(frame):
    return SurveyDesign.from_frame(frame, strata="stratum", population="size")


def clustered(frame):
    return SurveyDesign.from_frame(
        frame.assign(w=frame["size"] / 100), weights="w", strata="stratum", psu="psu"
    )


DESIGNS = pytest.mark.parametrize("build", [stratified, clustered])
RAKED = pytest.mark.parametrize("raked", [False, True])


def design_of(build, raked, frame=None):
    frame = people() if frame is None else frame
    design = build(frame)
    return design.with_weights(rake(design, MARGINS, tolerance=1e-12)) if raked else design


@DESIGNS
@pytest.mark.trap(1)
@pytest.mark.parametrize("method", ["raking", "linear", "logit", "sinh"])
def test_trap_01_a_calibrated_total_has_no_error(build, method):
    frame = people()
    frame["woman"], frame["young"] = (frame.sex == "Kvinna") * 1.0, (frame.age == "16-29") * 1.0
    frame["one"] = 1.0
    plain = build(frame)
    bounds = (0.1, 10.0) if method == "logit" else None
    design = plain.with_weights(calibrate(plain, MARGINS, method=method, bounds=bounds, tolerance=1e-12))
    known = total(design, ["woman", "young", "one"])
    assert known.values == pytest.approx([4500, 2000, 8800])
    assert known.standard_errors == pytest.approx(0.0, abs=1e-12)
    before, after = total(plain, "woman").standard_errors, mean(design, "worry").standard_errors
    assert before[0] > 1
    assert after[0] > 0


@DESIGNS
@RAKED
def test_a_domain_mean_is_a_ratio_of_totals(build, raked):
    frame = people()
    frame["in_north"] = (frame.area == "Norr") * 1.0
    frame["worry_north"] = frame.worry * frame.in_north
    design = design_of(build, raked, frame)
    by = mean(design, "worry", by="area").select(domain="Norr")
    other = ratio(design, "worry_north", "in_north")
    assert by.values == pytest.approx(other.values, rel=1e-12)
    assert by.standard_errors == pytest.approx(other.standard_errors, rel=1e-10)


@DESIGNS
@RAKED
@pytest.mark.trap(3)
def test_trap_03_by_and_where_give_the_same_cell_the_same_figures(build, raked):
    design = design_of(build, raked)
    where = design.columns.frame["area"].to_numpy() == "Norr"
    by = (
        proportion(design, "unsafe", by="area")
        .select(domain="Norr")
        .to_frame()
        .drop(columns=["by", "domain"])
    )
    masked = proportion(design, "unsafe", where=where).to_frame().drop(columns=["by", "domain"])
    pd.testing.assert_frame_equal(by, masked, rtol=1e-11)


@DESIGNS
@RAKED
def test_the_cells_sums_agree_with_the_matrix_of_residuals(build, raked):
    design = design_of(build, raked)
    estimates = mean(design, ["unsafe", "theft", "worry"], by=["", "area", "area * sex"])
    both = estimates.covariance()
    assert estimates.standard_errors == pytest.approx(np.sqrt(np.diagonal(both)), rel=1e-10)
    z = estimates.kernel.influence(np.arange(len(estimates)))
    z = z if isinstance(z, np.ndarray) else z.toarray()
    assert both == pytest.approx(design.covariance(z / design.weights[:, None]), rel=1e-9, abs=1e-12)


def test_the_array_level_gives_the_same():
    frame = people()
    design = stratified(frame)
    weights = rake(design, MARGINS, tolerance=1e-12)
    u = (frame.worry.to_numpy() - 5.0) / 8800
    sample = SampleArrays(strata=frame.stratum.to_numpy(), population=frame["size"].to_numpy())
    direct = linearised_covariance(u[:, None], weights.values, sample=sample, calibration=weights.calibration)
    assert design.with_weights(weights).covariance(u[:, None]) == pytest.approx(direct, rel=1e-10)


@DESIGNS
@RAKED
def test_order_of_rows_does_not_matter(build, raked):
    frame = people()
    shuffled = frame.sample(frac=1.0, random_state=3)
    one = proportion(design_of(build, raked, frame), ["unsafe", "theft"], by="area").to_frame()
    two = proportion(design_of(build, raked, shuffled), ["unsafe", "theft"], by="area").to_frame()
    pd.testing.assert_frame_equal(one, two, rtol=1e-9)


@DESIGNS
@pytest.mark.trap(8)
def test_trap_08_scale_of_values_and_weights_never_chooses_the_estimator(build):
    frame = people()
    frame["percent"] = frame.theft * 100
    design = build(frame)
    plain, percent = mean(design, "theft", by="area"), mean(design, "percent", by="area")
    assert percent.values == pytest.approx(100 * plain.values, rel=1e-12)
    assert percent.standard_errors == pytest.approx(100 * plain.standard_errors, rel=1e-12)
    light = SurveyDesign.from_frame(
        frame.assign(w=design.weights / design.weights.mean()), weights="w", strata="stratum"
    )
    heavy = SurveyDesign.from_frame(frame.assign(w=design.weights), weights="w", strata="stratum")
    a, b = mean(light, "theft", by="area"), mean(heavy, "theft", by="area")
    assert a.standard_errors == pytest.approx(b.standard_errors, rel=1e-12)


@DESIGNS
@RAKED
def test_a_share_and_its_complement_mirror_each_other(build, raked):
    frame = people()
    frame["safe"] = 1 - frame.unsafe
    design = design_of(build, raked, frame)
    one, other = proportion(design, "unsafe", by="area"), proportion(design, "safe", by="area")
    for method in ("wilson", "logit", "korn-graubard", "arcsine", "t", "beta"):
        low, high = one.interval(0.95, method)
        low_other, high_other = other.interval(0.95, method)
        assert low == pytest.approx(1 - high_other, abs=1e-10)
        assert high == pytest.approx(1 - low_other, abs=1e-10)


@DESIGNS
@RAKED
def test_differences_follow_from_the_joint_covariance(build, raked):
    design = design_of(build, raked)
    areas = proportion(design, "theft", by="area")
    v = areas.covariance()
    gap = difference(areas, "Norr", versus="Söder")
    assert gap.values[0] == pytest.approx(areas.values[0] - areas.values[1])
    assert gap.standard_errors[0] == pytest.approx(np.sqrt(v[0, 0] + v[1, 1] - 2 * v[0, 1]), rel=1e-10)
    rest = difference(areas, "Norr")
    frame = people()
    halves = design_of(build, raked, frame.assign(part=np.where(frame.area == "Norr", "a", "b")))
    direct = difference(proportion(halves, "theft", by="part"), "a", versus="b")
    assert rest.values == pytest.approx(direct.values, rel=1e-12)
    assert rest.standard_errors == pytest.approx(direct.standard_errors, rel=1e-10)
    assert rest.dof == pytest.approx(direct.dof)


def test_one_margin_raked_is_poststratified():
    frame = people()
    design = stratified(frame)
    sex = Margins.from_dict({"sex": {"Kvinna": 4500.0, "Man": 4300.0}})
    raked = design.with_weights(rake(design, sex))
    linear = design.with_weights(calibrate(design, sex, method="linear"))
    a, b = mean(raked, "worry", by="area"), mean(linear, "worry", by="area")
    assert a.values == pytest.approx(b.values, rel=1e-9)
    assert a.standard_errors == pytest.approx(b.standard_errors, rel=1e-8)


def test_a_design_without_finite_population_is_with_replacement():
    frame = people()
    spec = DesignColumns(strata="stratum", population=("size",))
    on = SurveyDesign.from_columns(frame, spec)
    off = SurveyDesign.from_columns(frame, spec, finite_population=False)
    assert on.weights == pytest.approx(off.weights)
    assert mean(on, "worry").standard_errors[0] < mean(off, "worry").standard_errors[0]
    assert on.finite_population
    assert not off.finite_population
