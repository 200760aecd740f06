"""Trimming after calibration: against its own definition by rounds, and against the calibration within the cap."""

import numpy as np
import pandas as pd
import pytest

from trygghet.design import SurveyDesign
from trygghet.errors import MarginError
from trygghet.estimate import mean, total
from trygghet.weighting import (
    Margins,
    WeightCap,
    rake,
    read_weights,
    trim_replicates,
    trim_weights,
    write_weights,
)

MARGINS = Margins.from_dict(
    {"kon": {"Kvinna": 5100.0, "Man": 4900.0}, "omrade": {"Centrum": 6000.0, "Lunden": 4000.0}}
)


def by_rounds(values, lower, upper):
    """Cut and share again and again: the definition, slow."""
    values = values.copy()
    for _ in range(10_000):
        outside = (values < lower) | (values > upper)
        if not outside.any():
            break
        cut = np.clip(values, lower, upper)
        cut[~outside] += (values - cut).sum() / (~outside).sum()
        values = cut
    return values


@pytest.mark.parametrize(
    ("lower", "upper"), [(0.0, 60.0), (0.0, 45.0), (20.0, 110.0), (33.0, 110.0), (22.0, 55.0), (38.0, 50.0)]
)
def test_strict_trimming_is_the_limit_of_cutting_and_sharing(people, lower, upper):
    trimmed = trim_weights(people, WeightCap(upper, lower))
    np.testing.assert_allclose(trimmed.values, by_rounds(people.weights, lower, upper), rtol=1e-9)
    assert trimmed.values.sum() == pytest.approx(people.weights.sum(), rel=1e-12)
    assert lower * (1 - 1e-12) <= trimmed.values.min()
    assert trimmed.values.max() <= upper * (1 + 1e-12)


def test_order_among_weights_is_kept(people):
    trimmed = trim_weights(people, WeightCap(50.0)).values
    order = np.argsort(people.weights)
    assert (np.diff(trimmed[order]) >= -1e-12).all()


def test_once_is_the_first_round_only(people):
    once = trim_weights(people, WeightCap(50.0), strict=False).values
    high = people.weights > 50.0
    assert (once[high] == 50.0).all()
    shared = (people.weights[high] - 50.0).sum() / (~high).sum()
    np.testing.assert_allclose(once[~high], people.weights[~high] + shared, rtol=1e-12)
    assert once.max() > 50.0


def test_a_cap_that_nobody_passes_changes_nothing(people):
    raked = rake(people, MARGINS)
    assert trim_weights(people, WeightCap(raked.values.max()), start=raked) is raked


def test_trimmed_weights_say_how_far_they_miss_the_margins_and_a_cap_inside_does_not(people):
    raked = rake(people, MARGINS)
    cap = WeightCap(upper=0.8 * float(raked.values.max()))
    after, inside = trim_weights(people, cap, start=raked), rake(people, MARGINS, bounds=cap)
    women = people.columns.frame["kon"].to_numpy() == "Kvinna"
    areas = people.columns.frame["omrade"].to_numpy() == "Centrum"
    missed = max(
        abs(after.values[w].sum() / t - 1)
        for w, t in ((women, 5100.0), (~women, 4900.0), (areas, 6000.0), (~areas, 4000.0))
    )
    assert after.worst_margin_error == pytest.approx(missed)
    assert after.worst_margin_error > 1e-4
    assert inside.worst_margin_error < 1e-9
    assert [note.code for note in after.notes] == ["VIKT-72"]


def test_a_mean_outside_the_cap_is_refused(people):
    with pytest.raises(MarginError) as error:
        trim_weights(people, WeightCap(float(people.weights.mean()) * 0.99))
    assert error.value.code == "VIKT-71"
    with pytest.raises(MarginError) as error:
        trim_weights(people, WeightCap(10.0, 20.0))
    assert error.value.code == "VIKT-19"


def test_replicates_are_trimmed_column_by_column_and_zeros_stay(people):
    rng = np.random.default_rng(3)
    matrix = people.weights[:, None] * rng.integers(0, 3, (len(people.weights), 5))
    trimmed = trim_replicates(matrix, WeightCap(75.0, 8.0))
    assert ((trimmed == 0) == (matrix == 0)).all()
    for column in range(5):
        some = matrix[:, column] > 0
        np.testing.assert_allclose(
            trimmed[some, column], by_rounds(matrix[some, column], 8.0, 75.0), rtol=1e-9
        )


def sample():
    rng = np.random.default_rng(11)
    frame = pd.DataFrame(
        {
            "kon": rng.choice(["Kvinna", "Man"], 300, p=[0.6, 0.4]),
            "omrade": rng.choice(["Centrum", "Lunden"], 300),
            "d": rng.uniform(5.0, 60.0, 300),
        }
    )
    frame["y"] = rng.normal(0, 1, 300) + (frame["kon"] == "Man")
    return SurveyDesign.from_frame(frame, weights="d")


def test_the_errors_of_trimmed_weights_are_residuals_from_the_calibration_before_them():
    design = sample()
    raked = rake(design, MARGINS)
    cap = WeightCap(upper=0.9 * float(raked.values.max()))
    trimmed = trim_weights(design, cap, start=raked)
    found = total(design.with_weights(trimmed), "y")
    # the same by hand: w_trimmed y less the calibrated weight times the regression of (w_trimmed / w_raked) y
    x = raked.calibration[0].dense()[:, :3]
    ratio = trimmed.values / raked.values
    y = design.columns.frame["y"].to_numpy()
    d = design.weights
    b = np.linalg.solve(x.T @ (d[:, None] * x), x.T @ (d * ratio * y))
    z = trimmed.values * y - raked.values * (x @ b)
    n = len(z)
    by_hand = n / (n - 1) * ((z - z.mean()) ** 2).sum()
    assert found.standard_errors[0] == pytest.approx(np.sqrt(by_hand), rel=1e-9)


def test_trimmed_weights_survive_the_disk_with_their_errors(tmp_path):
    design = sample()
    raked = rake(design, MARGINS)
    trimmed = trim_weights(design, WeightCap(0.9 * float(raked.values.max())), start=raked)
    write_weights(trimmed, tmp_path / "w.parquet")
    again = read_weights(tmp_path / "w.parquet")
    one, other = (mean(design.with_weights(w), "y").standard_errors for w in (trimmed, again))
    np.testing.assert_array_equal(one, other)
