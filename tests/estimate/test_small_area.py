"""Fay-Herriot against published figures, an identity and a simulation."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trygghet.design import SurveyDesign
from trygghet.errors import EstimateError
from trygghet.estimate import proportion
from trygghet.estimate.fay_herriot import fit_area_model
from trygghet.estimate.small_area import SmallAreaEstimates, fay_herriot

MILK = (
    Path(os.environ.get("TRYGGHET_SHARED", Path(__file__).parents[3] / "shared"))
    / "oracle/smallarea/fh_milk.csv"
)


@pytest.fixture(scope="module")
def milk():
    if not MILK.is_file():
        pytest.skip("the milk data are not here")
    frame = pd.read_csv(MILK)
    X = pd.get_dummies(frame["MajorArea"]).to_numpy(dtype=float)
    return frame, frame["yi"].to_numpy(), frame["SD"].to_numpy() ** 2, X


@pytest.mark.parametrize("method", ["reml", "ml"])
def test_milk_expenditure_as_published(milk, method):
    """R's `sae` stopped its scoring at 1e-4, hence 1e-5 and not 1e-8."""
    frame, y, psi, X = milk
    fit = fit_area_model(y, psi, X, method=method)
    assert fit.variance == pytest.approx(frame[f"sigma2u_{method}"].iloc[0], rel=1e-4)
    np.testing.assert_allclose(fit.values, frame[f"eblup_{method}"], rtol=1e-5)
    np.testing.assert_allclose(fit.mse, frame[f"mse_{method}"], rtol=2e-5)


def test_converged_variances_of_the_milk_data(milk):
    """Converged figures of the same fifteen areas (0.0586211175 and 0.0438119282)."""
    _, y, psi, X = milk
    assert fit_area_model(y, psi, X, method="reml").variance == pytest.approx(0.0586211175, abs=2e-10)
    assert fit_area_model(y, psi, X, method="ml").variance == pytest.approx(0.0438119282, abs=2e-10)


def test_equal_variances_have_a_closed_form():
    rng = np.random.default_rng(1)
    y, psi = rng.normal(0.3, 0.2, 12), np.full(12, 0.01)
    fit = fit_area_model(y, psi, np.ones((12, 1)))
    assert fit.variance == pytest.approx(np.var(y, ddof=1) - 0.01, rel=1e-9)
    assert fit.coefficients[0] == pytest.approx(y.mean(), rel=1e-12)


def test_areas_that_do_not_differ_get_the_adjusted_variance():
    fit = fit_area_model(np.full(8, 0.3) + 1e-6 * np.arange(8), np.full(8, 0.01), np.ones((8, 1)))
    assert fit.method == "adjusted"
    assert fit.variance > 0


def test_the_stated_mean_squared_error_is_the_real_one():
    rng = np.random.default_rng(7)
    areas, A = 30, 0.02
    psi = rng.uniform(0.005, 0.05, areas)
    X = np.column_stack([np.ones(areas), rng.normal(size=areas)])
    squared, stated = np.zeros(areas), np.zeros(areas)
    for _ in range(600):
        theta = X @ [0.5, 0.1] + rng.normal(0, np.sqrt(A), areas)
        fit = fit_area_model(theta + rng.normal(0, np.sqrt(psi)), psi, X)
        squared += (fit.values - theta) ** 2 / 600
        stated += fit.mse / 600
    # a mean of 30 areas x 600 squared errors has a relative standard error of about sqrt(2 / 18000) = 0.011
    assert stated.mean() / squared.mean() == pytest.approx(1, abs=0.04)


@pytest.fixture(scope="module")
def shares():
    rng = np.random.default_rng(3)
    area = np.repeat(np.arange(15), rng.integers(15, 80, 15))
    p = 0.3 + 0.1 * rng.normal(size=15)
    frame = pd.DataFrame({"area": area, "unsafe": rng.random(len(area)) < p[area], "w": 10.0})
    frame["unsafe"] = frame["unsafe"].astype(float)
    return proportion(SurveyDesign.from_frame(frame, weights="w"), "unsafe", by="area")


@pytest.mark.parametrize("transform", ["none", "arcsine"])
def test_small_areas_are_drawn_towards_the_mean_and_typed_as_model_based(shares, transform):
    found = fay_herriot(shares, transform=transform)
    assert isinstance(found, SmallAreaEstimates)
    assert np.ptp(found.values) < np.ptp(shares.values)
    assert np.all((found.values > 0) & (found.values < 1))
    assert set(found.to_frame()["basis"]) == {"model-based"}
    assert np.all(
        found.mse < np.where(shares.standard_errors > 0, 1.5 * shares.standard_errors**2, np.inf).max()
    )


@pytest.mark.parametrize("how", ["ratio", "difference"])
def test_benchmarked_areas_give_the_whole(shares, how):
    size = shares.n / shares.n.sum()
    found = fay_herriot(shares).benchmarked(0.4, size, how=how)
    assert size @ found.values == pytest.approx(0.4, rel=1e-12)


def test_shares_that_do_not_sum_to_one_are_refused(shares):
    with pytest.raises(EstimateError, match="SKATT-41"):
        fay_herriot(shares).benchmarked(0.4, np.ones(len(shares)))


def test_too_few_areas_are_refused():
    with pytest.raises(EstimateError, match="SKATT-42"):
        fit_area_model(np.array([0.1, 0.2]), np.array([0.01, 0.01]), np.ones((2, 1)))
