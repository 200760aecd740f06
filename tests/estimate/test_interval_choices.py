"""What intervals rest on by choice, and what they are where no variation was seen."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from trygghet.design import SurveyDesign
from trygghet.errors import EstimateError
from trygghet.estimate import (
    DenseKernel,
    Estimates,
    count,
    difference,
    mean,
    proportion,
    read_estimates,
    total,
    write_estimates,
)
from trygghet.estimate.intervals import share_limits
from trygghet.waves import change
from trygghet.weighting import Margins, rake


def people(n=240, seed=3):
    rng = np.random.default_rng(seed)
    block = np.arange(n) // 8
    lean = rng.normal(0, 0.7, n // 8)[block]
    frame = pd.DataFrame(
        {
            "block": block,
            "area": rng.choice(["a", "b"], n),
            "sex": rng.choice(["k", "m"], n),
            "w": rng.uniform(1, 9, n),
        }
    )
    for item, at in (("often", 0.4), ("seldom", -1.2), ("rare", -2.5)):
        frame[item] = (rng.logistic(size=n) < lean + at) * 1.0
    return frame.assign(never=0.0, always=1.0)


@pytest.fixture(scope="module")
def design():
    return SurveyDesign.from_frame(people(), weights="w", psu="block")


def test_the_coefficient_of_variation_and_the_effective_size(design):
    found = proportion(design, ["often", "never"], by="area")
    cv, n_eff = found.coefficient_of_variation, found.effective_n
    assert cv[0] == pytest.approx(found.standard_errors[0] / found.values[0])
    assert np.isnan(cv[2])
    p, se = found.values[0], found.standard_errors[0]
    # the design effect compares with p (1 - p) / (n - 1)
    assert n_eff[0] == pytest.approx(p * (1 - p) / se**2 * found.n[0] / (found.n[0] - 1))


def test_simple_random_samples_keep_their_size():
    frame = people()
    found = proportion(SurveyDesign.from_frame(frame), "often")
    assert found.effective_n[0] == pytest.approx(len(frame))


@pytest.mark.parametrize("method", ["wilson", "logit", "korn-graubard", "t"])
def test_smoothing_over_one_item_changes_nothing(design, method):
    found = proportion(design, "often")
    np.testing.assert_allclose(
        found.interval(0.95, method, design_effect="smoothed"), found.interval(0.95, method)
    )


def test_smoothed_limits_use_the_average_of_the_items_in_the_domain(design):
    found = proportion(design, ["often", "seldom", "rare"], by="area")
    low, high = found.interval(method="wilson", design_effect="smoothed")
    in_b = np.flatnonzero(found.cells["domain"] == "b")
    average = found.design_effect[in_b].mean()
    p, n = found.values[in_b], found.n[in_b]
    expected = share_limits(
        p, average * p * (1 - p) / (n - 1), n=n, dof=found.dof[in_b], level=0.95, method="wilson"
    )
    np.testing.assert_allclose((low[in_b], high[in_b]), expected)
    frame = found.to_frame(interval="wilson", design_effect="smoothed")
    np.testing.assert_allclose(frame["ci_low"], low)


@dataclass(frozen=True)
class WithWeights:
    errors: float
    effect: float

    def variances(self):
        return np.array([self.errors**2])

    def covariance(self, index):
        return np.diag(self.variances())[np.ix_(index, index)]

    def weight_effects(self):
        return np.array([self.effect])


@pytest.mark.parametrize(("dof", "limits"), [(174.0, (0.01730, 0.08975)), (6.0, (0.01434, 0.10659))])
def test_kishs_design_effect_gives_the_stated_check_figures(dof, limits):
    found = Estimates(
        estimand="proportion",
        cells=pd.DataFrame({"item": ["x"], "category": "", "by": "", "domain": "Alla"}),
        values=np.array([0.04]),
        n=np.array([180]),
        numerator=np.array([7]),
        dof=np.array([dof]),
        design_effect=np.array([0.9]),
        status=np.array(["ok"], dtype=object),
        kernel=WithWeights(0.01, 1.4),
    )
    low, high = found.interval(method="wilson", design_effect="kish")
    assert (low[0], high[0]) == (pytest.approx(limits[0], abs=5e-6), pytest.approx(limits[1], abs=5e-6))


def test_kishs_design_effect_is_that_of_the_cells_weights(design):
    frame = people()
    found = proportion(design, ["often", "rare"], by=["", "area"])
    effects = found.select(domain="b").kernel.weight_effects()
    w = frame.loc[frame.area == "b", "w"]
    assert effects == pytest.approx([len(w) * (w**2).sum() / w.sum() ** 2] * 2)
    own, kish = found.interval(), found.interval(design_effect="kish")
    assert (kish[1] - kish[0] >= own[1] - own[0] - 1e-12).all()


def test_a_stored_result_does_not_know_its_weights(design, tmp_path):
    write_estimates(proportion(design, "often"), tmp_path / "e.parquet")
    with pytest.raises(EstimateError, match="SKATT-47"):
        read_estimates(tmp_path / "e.parquet").interval(design_effect="kish")


def exact(n_eff, level=0.95):
    """Upper limit of a share of 0 (Clopper and Pearson)."""
    return stats.beta.ppf(1 - (1 - level) / 2, 1, n_eff)


def test_differences_of_nothing_have_a_width():
    design = SurveyDesign.from_frame(people())
    areas = proportion(design, "never", by="area")
    n = areas.n.astype(float)
    dof = areas.dof
    upper = exact(n * np.minimum(1, stats.t.ppf(0.975, n - 1) / stats.t.ppf(0.975, dof)) ** 2)
    for found in (difference(areas, "a", versus="b"), difference(areas, "a")):
        low, high = found.interval()
        assert found.standard_errors[0] == 0
        assert (low[0], high[0]) == (pytest.approx(-upper[1]), pytest.approx(upper[0]))


def test_a_difference_of_all_and_nobody_stays_inside_its_bounds():
    frame = people().assign(mixed=lambda f: (f.area == "a") * 1.0)
    gap = difference(proportion(SurveyDesign.from_frame(frame), "mixed", by="area"), "a", versus="b")
    low, high = gap.interval()
    assert gap.values[0] == high[0] == 1
    assert 0.9 < low[0] < 1


def test_differences_that_vary_keep_their_t_intervals(design):
    both = proportion(design, ["often", "never"], by="area")
    mixed = difference(both, "a", versus="b")
    alone = difference(both.select(item="often"), "a", versus="b")
    assert np.array(mixed.interval())[:, 0] == pytest.approx(np.array(alone.interval())[:, 0])
    half = stats.t.ppf(0.975, alone.dof) * alone.standard_errors
    assert alone.interval()[1] == pytest.approx(alone.values + half)


def test_a_change_from_nothing_to_nothing_has_a_width():
    waves = [proportion(SurveyDesign.from_frame(people(n)), "never") for n in (160, 240)]
    found = change(*waves)
    low, high = found.interval()
    assert (low[0], high[0]) == (pytest.approx(-exact(240)), pytest.approx(exact(160)))


def test_totals_of_nobody_have_an_upper_limit():
    frame = people().assign(kind=pd.Categorical(["x"] * 240, ["x", "y"]), N=4800.0)
    design = SurveyDesign.from_frame(frame, population="N")
    for found in (total(design, "never"), count(design, "kind").select(category="y")):
        low, high = found.interval()
        assert (low[0], high[0]) == (0, pytest.approx(4800 * exact(240)))


def test_a_known_total_stays_known():
    frame = people().assign(woman=lambda f: (f.sex == "k") * 1.0)
    design = SurveyDesign.from_frame(frame, weights="w")
    margins = Margins.from_dict({"sex": {"k": 600.0, "m": 500.0}})
    found = total(design.with_weights(rake(design, margins, tolerance=1e-12)), "woman")
    low, high = found.interval()
    assert (low[0], high[0]) == (pytest.approx(600), pytest.approx(600))


def test_a_dense_kernel_knows_no_weights():
    assert not hasattr(DenseKernel(np.eye(1)), "weight_effects")
    assert mean(SurveyDesign.from_frame(people()), "often").kernel.weight_effects() == pytest.approx([1.0])
