import numpy as np
import pandas as pd
import pytest

from trygghet.design import ReplicateOptions, SurveyDesign
from trygghet.errors import DesignError
from trygghet.estimate import difference, mean, proportion, quantile, total
from trygghet.weighting import Margins, calibrate, rake

MARGINS = Margins.from_dict({"sex": {"Kvinna": 4700.0, "Man": 4300.0}, "age": {"u": 4000.0, "ä": 5000.0}})


def people(n=240, seed=8):
    rng = np.random.default_rng(seed)
    stratum = np.arange(n) % 3
    return pd.DataFrame(
        {
            "stratum": stratum,
            "size": np.array([1500.0, 2500.0, 5000.0])[stratum],
            "sex": rng.choice(["Kvinna", "Man"], n),
            "age": rng.choice(["u", "ä"], n),
            "area": rng.choice(["a", "b"], n),
            "y": rng.normal(10, 3, n) + stratum,
            "unsafe": (rng.random(n) < 0.3) * 1.0,
        }
    )


def pairs(strata=5, seed=3):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "stratum": np.repeat(np.arange(strata), 2),
            "psu": np.arange(2 * strata),
            "y": rng.normal(5, 2, 2 * strata),
            "w": 10.0,
        }
    )


@pytest.fixture(scope="module")
def design():
    return SurveyDesign.from_frame(people(), strata="stratum", population="size")


@pytest.mark.trap(11)
def test_trap_11_a_stratified_jackknife_is_taylor_for_means_in_strata(design):
    taylor = total(design, "y").standard_errors
    jackknife = total(design.resampled("jkn"), "y").standard_errors
    assert jackknife == pytest.approx(taylor, rel=1e-10)
    ratio = mean(design.resampled("jkn"), "y").standard_errors / mean(design, "y").standard_errors
    assert ratio[0] == pytest.approx(1.0, abs=1e-3)


@pytest.mark.trap(11)
def test_trap_11_the_centre_is_a_choice_that_matters(design):
    by_mean = mean(design.resampled("jkn"), "y").standard_errors[0]
    by_estimate = mean(
        design.resampled("jkn", options=ReplicateOptions(centre="estimate")), "y"
    ).standard_errors[0]
    assert by_estimate >= by_mean


@pytest.mark.trap(12)
@pytest.mark.parametrize("kind", ["brr", "fay"])
@pytest.mark.parametrize("strata", [2, 3, 4, 7, 8])
def test_trap_12_every_unit_takes_part_in_half_samples(kind, strata):
    frame = pairs(strata)
    design = SurveyDesign.from_frame(frame, weights="w", strata="stratum", psu="psu")
    taylor = total(design, "y").standard_errors
    assert total(design.resampled(kind), "y").standard_errors == pytest.approx(taylor, rel=1e-10)
    for unit in range(2 * strata):
        only = SurveyDesign.from_frame(
            frame.assign(y=(np.arange(2 * strata) == unit) * 1.0), weights="w", strata="stratum", psu="psu"
        )
        assert total(only.resampled(kind), "y").standard_errors == pytest.approx(10.0, rel=1e-9)


@pytest.mark.trap(12)
def test_trap_12_successive_differences_see_every_unit():
    rng = np.random.default_rng(2)
    frame = pd.DataFrame({"y": rng.normal(5, 1, 20), "w": 1.0})
    design = SurveyDesign.from_frame(frame, weights="w").resampled("sdr", options=ReplicateOptions(count=32))
    y = frame.y.to_numpy()
    weights = design.replicates.matrix(20)
    assert (np.abs(weights - 1).max(axis=1) > 0.5).all()
    theory = 0.5 * ((y - np.roll(y, -1)) ** 2).sum()
    assert total(design, "y").standard_errors[0] ** 2 == pytest.approx(theory)


@pytest.mark.trap(13)
def test_trap_13_given_weights_are_the_variance_and_nothing_else(design):
    matrix = design.resampled("jkn").replicates.matrix(design.n)
    rscales = design.resampled("jkn").replicates.rscales
    plain = SurveyDesign.from_frame(design.columns.frame.assign(w=design.weights), weights="w")
    given = plain.with_replicates(matrix, scale=1.0, rscales=rscales)
    assert mean(given, "y").standard_errors == pytest.approx(
        mean(design.resampled("jkn"), "y").standard_errors
    )
    assert given.dof == np.linalg.matrix_rank(matrix) - 1
    with pytest.raises(DesignError) as error:
        plain.with_replicates(matrix[:10], scale=1.0)
    assert error.value.code == "URV-09"


@pytest.mark.trap(14)
def test_trap_14_bootstrap_weights_know_the_population_and_stay_positive(design):
    options = ReplicateOptions(count=400, seed=5)
    boot = design.resampled("bootstrap", options=options)
    matrix = boot.replicates.matrix(design.n)
    assert (matrix >= 0).all()
    sums = pd.DataFrame(matrix).groupby(design.columns.frame.stratum.to_numpy()).sum()
    assert sums.to_numpy() == pytest.approx(np.array([[1500.0], [2500.0], [5000.0]]) * np.ones(400), rel=1e-5)
    ratio = total(boot, "y").standard_errors / total(design, "y").standard_errors
    assert ratio[0] == pytest.approx(1.0, abs=4 / np.sqrt(2 * 400))


@pytest.mark.trap(15)
@pytest.mark.parametrize("kind", ["bootstrap", "generalised", "jkn"])
def test_trap_15_calibrated_replicates_give_the_calibrated_error(design, kind):
    calibrated = design.with_weights(rake(design, MARGINS, tolerance=1e-10))
    options = ReplicateOptions(count=500, seed=2, tau=3.0)
    replicated = calibrated.resampled(kind, options=options, margins=MARGINS)
    assert replicated.replicates.failures == 0
    frame = design.columns.frame
    weights = replicated.replicates.matrix(design.n)
    women = weights[(frame.sex == "Kvinna").to_numpy()].sum(axis=0)
    assert women == pytest.approx(4700.0, rel=1e-4)
    ratio = proportion(replicated, "unsafe", by="area").standard_errors
    ratio = ratio / proportion(calibrated, "unsafe", by="area").standard_errors
    assert ratio == pytest.approx(1.0, abs=0.15)
    with pytest.raises(DesignError) as error:
        calibrated.resampled(kind, options=options)
    assert error.value.code == "URV-14"


@pytest.mark.parametrize("kind", ["bootstrap", "jkn"])
@pytest.mark.parametrize("method", ["logit", "linear"])
def test_replicates_keep_the_bounds_of_the_samples_calibration(design, kind, method):
    """SE within the noise of 300 replicates of the linearised one, and no factor outside the bounds."""
    bounds = (0.5, 2.0)
    calibrated = design.with_weights(calibrate(design, MARGINS, method=method, bounds=bounds))
    options = ReplicateOptions(count=300, seed=2, bounds=bounds)
    replicated = calibrated.resampled(kind, options=options, margins=MARGINS, method=method)
    assert replicated.replicates.failures == 0
    before = design.resampled(kind, options=options).replicates.matrix(design.n)
    after = replicated.replicates.matrix(design.n)
    factors = after[before > 0] / before[before > 0]
    assert 0.5 * (1 - 1e-5) <= factors.min() < 1 < factors.max() <= 2.0 * (1 + 1e-5)
    ratio = mean(replicated, "y").standard_errors / mean(calibrated, "y").standard_errors
    assert ratio[0] == pytest.approx(1.0, abs=4 / np.sqrt(2 * 300))


@pytest.mark.parametrize("kind", ["bootstrap", "generalised", "jkn"])
def test_replicates_that_miss_the_margins_are_counted_and_told(design, kind):
    """A group of three that a replicate may lose: then no factor meets its total, and the column is off the margins."""
    rare = design.columns.frame["y"].rank(method="first") <= 3
    frame = design.columns.frame.assign(rare=np.where(rare, "ja", "nej"), w=design.weights)
    plain = SurveyDesign.from_frame(frame, weights="w", strata="stratum")
    margins = Margins.from_dict({"rare": {"ja": 200.0, "nej": 8800.0}})
    calibrated = plain.with_weights(rake(plain, margins))
    options = ReplicateOptions(count=200, seed=4, tau=3.0)
    replicated = calibrated.resampled(kind, options=options, margins=margins)
    before = plain.resampled(kind, options=options).replicates.matrix(plain.n)
    lost = int((before[rare.to_numpy()].sum(axis=0) <= 0).sum())
    assert replicated.replicates.failures == lost
    assert (kind == "bootstrap") == (lost > 0)
    told = mean(replicated, "y").about.method
    assert told.endswith(f", {lost} of them off the margins" if lost else "from their mean")


def test_one_interface_for_replicates(design):
    boot = design.resampled("bootstrap", options=ReplicateOptions(count=200, seed=1))
    areas = proportion(boot, ["unsafe"], by=["", "area"])
    both = areas.covariance()
    assert areas.standard_errors == pytest.approx(np.sqrt(np.diagonal(both)))
    gap = difference(areas, "a", versus="b")
    assert gap.standard_errors[0] == pytest.approx(np.sqrt(both[1, 1] + both[2, 2] - 2 * both[1, 2]))
    assert difference(areas, "a").values == pytest.approx(gap.values)
    assert quantile(boot, "y").standard_errors[0] > 0
    u = design.columns.frame[["y"]].to_numpy()
    assert np.sqrt(boot.covariance(u)[0, 0]) == pytest.approx(total(boot, "y").standard_errors[0], rel=1e-9)
    assert "200 replicates" in areas.about.method


def test_the_same_seed_draws_the_same_whatever_is_read(design):
    options = ReplicateOptions(count=50, seed=9)
    one, two = (design.resampled("bootstrap", options=options).replicates.matrix(design.n) for _ in range(2))
    assert (one == two).all()
    other = design.resampled("bootstrap", options=ReplicateOptions(count=50, seed=10)).replicates.matrix(
        design.n
    )
    assert (one != other).any()


@pytest.mark.parametrize("kind", ["jk1", "brr", "given"])
def test_kinds_that_do_not_fit_are_refused(design, kind):
    with pytest.raises(DesignError) as error:
        design.resampled(kind)
    assert error.value.code == "URV-13"
