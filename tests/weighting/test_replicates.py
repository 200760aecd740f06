import numpy as np
import pytest
from plain_columns import Drawn, Table

from trygghet.errors import MarginError
from trygghet.weighting import Margins, calibrate, calibrate_replicates

TABLES = {
    "kon": {"Kvinna": 5100.0, "Man": 4900.0},
    "alder": {"16-29": 2500.0, "30-64": 4500.0, "65+": 3000.0},
}
MARGINS = Margins.from_dict(TABLES)


@pytest.fixture
def replicates(people):
    rng = np.random.default_rng(1)
    draws = rng.multinomial(239, np.full(240, 1 / 240), 30).T
    return people.weights[:, None] * draws * 240 / 239


@pytest.mark.parametrize(
    "how", [("raking", None), ("linear", None), ("logit", (0.1, 8.0)), ("raking", (0.2, 5.0))], ids=str
)
def test_each_column_is_calibrated_as_if_it_were_alone(people, replicates, how):
    method, bounds = how
    found = calibrate_replicates(
        people, MARGINS, replicates, method=method, bounds=bounds, tolerance=1e-12, max_iterations=500
    )
    assert found.failures == 0
    values = found.apply(replicates)
    for column in (0, 7, 29):
        here = replicates[:, column] > 0
        frame = people.columns.frame[here].reset_index(drop=True)
        alone = calibrate(
            Drawn(Table(frame), replicates[here, column]),
            MARGINS,
            method=method,
            bounds=bounds,
            tolerance=1e-12,
        )
        np.testing.assert_allclose(values[here, column], alone.values, rtol=1e-9)
        assert np.all(values[~here, column] == 0)


def test_a_replicate_that_lost_a_category_is_counted(people, replicates):
    replicates = replicates.copy()
    replicates[people.columns.frame["alder"] == "65+", 4] = 0.0
    found = calibrate_replicates(people, MARGINS, replicates)
    assert found.failures == 1
    assert not found.converged[4]
    assert found.iterations[4] == 50
    assert found.iterations[[0, 1, 2]].max() < 50


def test_factors_are_kept_on_cells(people, replicates):
    found = calibrate_replicates(people, MARGINS, replicates)
    assert found.factors.shape == (6, 30)


def test_numeric_totals_work_row_by_row(people, replicates):
    margins = Margins.from_dict(TABLES | {"inkomst": 2_850_000.0})
    found = calibrate_replicates(people, margins, replicates, method="linear")
    assert found.failures == 0
    np.testing.assert_allclose(
        people.columns.numeric("inkomst") @ found.apply(replicates), 2_850_000.0, rtol=1e-6
    )


def test_jackknife_weights_of_r_raked_again(oracle, drawn):
    """R: the 15 jackknife columns of apiclus1 re-raked give SE 26.8740 of mean api00 and 463582.2 of total enroll."""
    frame = oracle.frame("apiclus1")
    totals = {
        name: {row[v]: row["Freq"] for row in oracle.totals[key]}
        for name, key, v in (("stype", "popt", "stype"), ("sch.wide", "pops", "sch.wide"))
    }
    margins = Margins.from_dict(totals)
    districts, where = np.unique(frame["dnum"], return_inverse=True)
    m = len(districts)
    pw = frame["pw"].to_numpy(float)
    jackknife = np.stack([np.where(where == k, 0.0, pw * m / (m - 1)) for k in range(m)], axis=1)
    found = calibrate_replicates(drawn(frame, pw), margins, jackknife, tolerance=1e-12, max_iterations=500)
    weights = found.apply(jackknife)
    scale = (m - 1) / m * (1 - m / 757)
    means = frame["api00"].to_numpy(float) @ weights / weights.sum(axis=0)
    sums = frame["enroll"].to_numpy(float) @ weights
    assert np.sqrt(scale * ((means - means.mean()) ** 2).sum()) == pytest.approx(26.8740, abs=5e-5)
    assert np.sqrt(scale * ((sums - sums.mean()) ** 2).sum()) == pytest.approx(463582.2, abs=0.05)


def test_negative_replicates_are_refused(people, replicates):
    with pytest.raises(MarginError) as error:
        calibrate_replicates(people, MARGINS, replicates - 50.0)
    assert error.value.code == "VIKT-30"
