import numpy as np
import pandas as pd
import pytest

from trygghet.design import ReplicateOptions, SurveyDesign, hadamard
from trygghet.estimate import difference, mean


@pytest.mark.parametrize("above", [1, 2, 3, 7, 8, 9, 12, 20, 27, 60, 100, 139])
def test_rows_are_orthogonal_and_the_order_is_small(above):
    matrix = hadamard(above)
    order = len(matrix)
    np.testing.assert_array_equal(matrix @ matrix.T, order * np.eye(order))
    np.testing.assert_array_equal(matrix[0], 1)
    np.testing.assert_array_equal(matrix[:, 0], 1)
    assert above < order <= 1 << int(np.ceil(np.log2(above + 1)))


@pytest.mark.parametrize("kind", ["brr", "fay"])
def test_half_samples_of_nine_strata_give_the_linear_variance_with_twelve_replicates(kind):
    rng = np.random.default_rng(5)
    frame = pd.DataFrame({"h": np.repeat(np.arange(9), 2), "psu": np.arange(18), "w": 1.0})
    frame["y"] = rng.normal(0, 1, 18)
    design = SurveyDesign.from_frame(frame, weights="w", strata="h", psu="psu")
    halves = design.resampled(kind, options=ReplicateOptions(rho=0.3))
    assert halves.replicates.source.count == 12
    # a mean over constant weights is linear: the half-samples give its variance exactly
    assert mean(halves, "y").standard_errors == pytest.approx(mean(design, "y").standard_errors, rel=1e-12)


def lonely(average="average"):
    rng = np.random.default_rng(6)
    frame = pd.DataFrame({"h": ["solo", *np.repeat(["a", "b", "c"], 30)], "w": rng.uniform(1, 2, 91)})
    frame["area"] = np.where(frame["h"] == "c", "c", np.where(frame["h"] == "solo", "ab", "ab"))
    frame["y"] = rng.normal(0, 1, 91)
    return SurveyDesign.from_frame(frame, weights="w", strata="h", lonely_psu=average)


def test_a_domain_is_raised_for_lonely_strata_that_it_touches_and_no_others():
    raised, plain = mean(lonely(), "y", by="area"), mean(lonely("certainty"), "y", by="area")
    factor = (raised.standard_errors / plain.standard_errors) ** 2
    # "ab" touches a, b and the lonely stratum: 3 strata over 2 with a variance; "c" touches itself
    assert dict(zip(raised.cells["domain"], factor, strict=True)) == pytest.approx({"ab": 1.5, "c": 1.0})


def test_the_joint_covariance_knows_the_same_factors():
    found = mean(lonely(), "y", by=["", "area"])
    assert np.sqrt(np.diagonal(found.covariance())) == pytest.approx(found.standard_errors, rel=1e-10)
    gap = difference(mean(lonely(), "y", by="area"), "ab", versus="c")
    assert np.isfinite(gap.standard_errors).all()
