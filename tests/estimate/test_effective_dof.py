"""Satterthwaite's degrees of freedom: identities, what they repair, and where they cannot be had."""

import numpy as np
import pandas as pd
import pytest

from trygghet.design import SurveyDesign
from trygghet.errors import EstimateError
from trygghet.estimate import (
    contrast,
    difference,
    mean,
    proportion,
    quantile,
    read_estimates,
    total,
    with_dof,
    write_estimates,
)
from trygghet.weighting import Margins, rake


def strata(sizes, spread, columns=1, *, seed=0):
    """Rows of strata of equal weight in the population, whose values have a spread of their own."""
    rng = np.random.default_rng(seed)
    of_row = np.repeat(np.arange(len(sizes)), sizes)
    values = rng.normal(size=(len(of_row), columns)) * np.repeat(spread, sizes)[:, None]
    items = pd.DataFrame(values, columns=[f"y{k}" for k in range(columns)])
    weights = np.repeat(1200 / np.asarray(sizes), sizes)
    return pd.concat([pd.DataFrame({"stratum": of_row, "w": weights}), items], axis=1)


def same_in_all(frame):
    """Give every stratum the first one's values, shifted."""
    first = frame.loc[frame.stratum == 0, "y0"].to_numpy()
    return frame.assign(y0=np.tile(first, frame.stratum.nunique()) + 3.0 * frame.stratum)


def test_equal_strata_have_units_less_strata():
    design = SurveyDesign.from_frame(same_in_all(strata([5] * 8, [1.0] * 8)), weights="w", strata="stratum")
    found = with_dof(mean(design, "y0"), "satterthwaite")
    assert found.dof[0] == pytest.approx(40 - 8) == design.dof
    np.testing.assert_array_equal(found.interval(), mean(design, "y0").interval())


def test_one_stratum_has_its_units_less_one_whatever_the_calibration():
    frame = strata([60], [1.0]).assign(block=np.arange(60) // 3, sex=list("km") * 30)
    rows, blocks = SurveyDesign.from_frame(frame), SurveyDesign.from_frame(frame, psu="block")
    raked = rows.with_weights(rake(rows, Margins.from_dict({"sex": {"k": 33.0, "m": 27.0}})))
    for design, dof in ((rows, 59), (blocks, 19), (raked, 59)):
        assert with_dof(mean(design, "y0"), "satterthwaite").dof[0] == pytest.approx(dof)


def test_a_domain_counts_the_units_that_it_touches():
    frame = same_in_all(strata([6] * 5, [1.0] * 5)).assign(area=["a", "a", "a", "a", "b", "b"] * 5)
    found = mean(SurveyDesign.from_frame(frame, weights="w", strata="stratum"), "y0", by="area")
    own = with_dof(found, "satterthwaite")
    assert (own.dof <= found.dof + 1e-9).all()
    assert (own.dof > 1).all()


def test_the_stratum_that_carries_the_variance_decides():
    """One stratum of four with 5 units: its share of the variance goes to 1, the degrees of freedom to 4."""
    dofs = []
    for spread in (1.0, 5.0, 50.0):
        design = SurveyDesign.from_frame(
            strata([5, 40, 40, 40], [spread, 1, 1, 1], seed=3), weights="w", strata="stratum"
        )
        dofs.append(with_dof(mean(design, "y0"), "satterthwaite").dof[0])
    assert dofs[0] > dofs[1] > dofs[2]
    assert dofs[2] == pytest.approx(4, rel=0.02)


def test_coverage_where_one_stratum_carries_the_variance():
    """3,000 samples at once, a column each: 121 nominal degrees of freedom, about 4 in truth."""
    frame = strata([5, 40, 40, 40], [8.0, 1.0, 1.0, 1.0], 3000, seed=11)
    found = mean(
        SurveyDesign.from_frame(frame, weights="w", strata="stratum"), [f"y{k}" for k in range(3000)]
    )
    plain, own = found.interval(), with_dof(found, "satterthwaite").interval()
    coverage = [float(((low <= 0) & (high >= 0)).mean()) for low, high in (plain, own)]
    error = np.sqrt(0.95 * 0.05 / 3000)
    assert coverage[0] < 0.92
    assert abs(coverage[1] - 0.95) < 3 * error


def test_coverage_is_kept_where_the_strata_are_alike():
    frame = strata([3] * 12, [1.0] * 12, 3000, seed=5)
    found = mean(
        SurveyDesign.from_frame(frame, weights="w", strata="stratum"), [f"y{k}" for k in range(3000)]
    )
    own = with_dof(found, "satterthwaite")
    low, high = own.interval()
    assert 0.94 < ((low <= 0) & (high >= 0)).mean() < 0.975
    assert (own.dof <= found.dof + 1e-9).all()


def test_stages_below_add_their_own_strata():
    rng = np.random.default_rng(2)
    frame = pd.DataFrame({"block": np.repeat(np.arange(8), 5), "person": np.arange(40)})
    frame = frame.assign(blocks=10, persons=50, y=rng.normal(size=40) + rng.normal(size=8)[frame.block])
    design = SurveyDesign.from_frame(frame, psu=["block", "person"], population=["blocks", "persons"])
    found = with_dof(total(design, "y"), "satterthwaite")
    first, second = design.stages
    z = frame.y.to_numpy() * design.weights
    blocks = np.bincount(frame.block, z)
    parts = [first.scale[0] * ((blocks - blocks.mean()) ** 2).sum()]
    inside = z - (blocks / 5)[frame.block]
    parts += (second.scale * np.bincount(frame.block, inside**2)).tolist()
    assert sum(parts) == pytest.approx(found.standard_errors[0] ** 2)
    expected = sum(parts) ** 2 / (parts[0] ** 2 / 7 + sum(part**2 / 4 for part in parts[1:]))
    assert found.dof[0] == pytest.approx(expected)


def test_comparisons_have_their_own():
    frame = strata([8] * 6, [4, 1, 1, 1, 1, 1.0], seed=7).assign(area=list("ab") * 24, u=list("1011") * 12)
    design = SurveyDesign.from_frame(frame, weights="w", strata="stratum")
    areas = mean(design, "y0", by="area")
    gap = with_dof(difference(areas, "a", versus="b"), "satterthwaite")
    by_hand = with_dof(contrast(areas, {"gap": [1.0, -1.0]}), "satterthwaite")
    assert gap.dof == pytest.approx(by_hand.dof)
    assert 1 < gap.dof[0] < 42
    larger = difference(proportion(design, "u", by="area"), "a", variance="larger")
    assert (with_dof(larger, "satterthwaite").dof > 1).all()
    assert with_dof(quantile(design, "y0", [0.5]), "satterthwaite").dof[0] > 1


def test_replicates_and_files_have_none(tmp_path):
    design = SurveyDesign.from_frame(strata([8] * 3, [1.0] * 3), weights="w", strata="stratum")
    write_estimates(mean(design, "y0"), tmp_path / "m")
    for found in (mean(design.resampled("jkn"), "y0"), read_estimates(tmp_path / "m")):
        with pytest.raises(EstimateError, match="SKATT-50"):
            with_dof(found, "satterthwaite")
