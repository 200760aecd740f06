"""A stored result shows the limits that it had when it was made."""

import numpy as np
import pandas as pd
import pytest

from trygghet.design import SurveyDesign
from trygghet.errors import EstimateError
from trygghet.estimate import (
    QuantileOptions,
    count,
    difference,
    proportion,
    quantile,
    read_estimates,
    total,
    with_dof,
    write_estimates,
)
from trygghet.waves import change

LEVELS = (0.8, 0.9, 0.95, 1 - 0.05 / 7)


def sample(seed, n=150):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"area": rng.choice(["a", "b"], n), "block": np.arange(n) // 3, "N": 5 * n})
    frame["some"] = (rng.random(n) < 0.15) * 1.0
    frame["inside_a"] = ((rng.random(n) < 0.3) & (frame.area == "a")) * 1.0
    frame["age"] = rng.integers(16, 80, n).astype(float)
    frame["kind"] = pd.Categorical(rng.choice(["x", "y"], n), ["x", "y", "z"])
    return SurveyDesign.from_frame(frame.assign(never=0.0), weights=None, population="N")


def results():
    new, old = sample(1), sample(2)
    shares = proportion(new, ["some", "never", "inside_a"], by=["", "area"])
    return {
        "shares": shares,
        "one share of 0": shares.select(item="never", domain="b"),
        "differences": difference(proportion(new, ["some", "never"], by="area"), "a", versus="b"),
        "from the rest": difference(proportion(new, ["some", "never"], by="area"), variance="larger"),
        "a change": change(proportion(new, ["some", "never"]), proportion(old, ["some", "never"])),
        "totals": total(new, ["some", "never", "age"], by=["", "area"]),
        "counts": count(new, "kind", by="area"),
        "some counts": count(new, "kind", by="area").take(np.array([5, 0])),
    }


@pytest.mark.parametrize("name", results())
def test_limits_come_back(name, tmp_path):
    found = results()[name]
    write_estimates(found, tmp_path / "x")
    again = read_estimates(tmp_path / "x")
    for level in LEVELS:
        np.testing.assert_allclose(again.interval(level), found.interval(level), rtol=1e-12, atol=1e-15)
    low, high = again.interval()
    assert (high > low).all()
    write_estimates(again, tmp_path / "y")
    for suffix in (".parquet", ".npz"):
        assert (tmp_path / f"x{suffix}").read_bytes() == (tmp_path / f"y{suffix}").read_bytes()


def test_limits_of_quantiles_come_back_at_their_levels(tmp_path):
    options = QuantileOptions(level=0.8)
    found = quantile(sample(3), "age", [0.25, 0.5], by="area", options=options).take(np.array([2, 1]))
    write_estimates(found, tmp_path / "age")
    again = read_estimates(tmp_path / "age")
    for level in (0.8, 0.9, 0.95, 0.99):
        np.testing.assert_array_equal(again.interval(level), found.interval(level))
    assert found.interval()[0].tolist() != (found.values - 1.96 * found.standard_errors).tolist()
    with pytest.raises(EstimateError, match="SKATT-49"):
        again.interval(0.7)
    np.testing.assert_array_equal(again.take(np.array([1])).interval()[0], found.interval()[0][1:])


@pytest.mark.parametrize("name", ["shares", "differences", "totals"])
def test_other_degrees_of_freedom_move_every_limit(name):
    found = results()[name]
    few = with_dof(found, 3.0)
    narrow, wide = np.array(found.interval()), np.array(few.interval())
    assert (wide[1] - wide[0] > narrow[1] - narrow[0]).all()
