"""The same bits whatever the number of threads and the order of rows; weights and labels that peers took for something else."""

import ast
import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_limits

import trygghet
from trygghet.design import DesignColumns, ReplicateOptions, SurveyDesign
from trygghet.estimate import difference, mean, proportion
from trygghet.estimate.regression import mean_difference_test, regression
from trygghet.weighting import Margins, rake

ITEMS = [f"y{k}" for k in range(30)]
MARGINS = Margins.from_dict({"sex": {"k": 9e3, "m": 9e3}, "age": {"a": 8e3, "b": 4e3, "c": 6e3}})


def people(n=6_000, seed=0):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "id": rng.permutation(n),
            "stratum": rng.integers(0, 20, n),
            "block": rng.integers(0, 400, n),
            "w": rng.uniform(1, 5, n),
            "sex": rng.choice(list("km"), n),
            "age": rng.choice(list("abc"), n),
            "area": rng.integers(0, 10, n),
            "x": rng.normal(size=n),
        }
    )
    return frame.assign(**{item: (rng.random(n) < 0.1 + 0.02 * k) * 1.0 for k, item in enumerate(ITEMS)})


SPEC = DesignColumns(strata="stratum", psu=("block",), weight="w", nest=True, id="id")


def design_of(frame, kind):
    design = SurveyDesign.from_columns(frame, SPEC)
    if kind == "raked":
        return design.with_weights(rake(design, MARGINS))
    if kind == "bootstrap":
        return design.resampled("bootstrap", options=ReplicateOptions(count=100, seed=1), margins=MARGINS)
    return design


def bits(design):
    """Every kind of figure, as bytes."""
    shares = proportion(design, ITEMS, by="area")
    found = [
        shares.values,
        shares.standard_errors,
        shares.covariance(np.arange(150)),
        mean(design, "x").values,
    ]
    if design.replicates is None:
        fit = regression(design, "y9", ["x", "sex", "age"], family="logistic")
        found += [fit.values, fit.covariance, difference(shares, "3").covariance()]
    return b"".join(np.ascontiguousarray(part).tobytes() for part in found)


@pytest.mark.parametrize("kind", ["plain", "raked", "bootstrap"])
def test_neither_threads_nor_the_order_of_rows_change_a_bit(kind):
    frame = people()
    found = []
    for threads, rows in ((1, frame), (2, frame), (2, frame.sample(frac=1, random_state=4))):
        with threadpool_limits(threads, user_api="blas"):
            found.append(bits(design_of(rows, kind)))
    assert found[0] == found[1] == found[2]


def test_given_replicate_weights_follow_the_table_where_rows_are_sorted_by_id():
    frame = people(300)
    unsorted = DesignColumns(weight="w")
    replicates = np.random.default_rng(1).uniform(0.5, 1.5, (300, 20)) * frame[["w"]].to_numpy()
    plain, by_id = (
        SurveyDesign.from_columns(frame, spec).with_replicates(replicates, scale=0.05)
        for spec in (unsorted, DesignColumns(weight="w", id="id"))
    )
    expected, found = mean(plain, "x"), mean(by_id, "x")
    assert found.values == pytest.approx(expected.values, rel=1e-12)
    assert found.standard_errors == pytest.approx(expected.standard_errors, rel=1e-10)


@pytest.mark.trap(21)
def test_trap_21_weights_are_no_numbers_of_answers():
    """A class that takes weights for frequencies makes errors shrink with their sum; no room uses it."""
    frame = people(400)
    one, many = (
        mean(SurveyDesign.from_frame(frame.assign(w=frame.w * scale), weights="w"), "x")
        for scale in (1, 1000)
    )
    assert many.standard_errors == pytest.approx(one.standard_errors, rel=1e-12)
    assert many.dof.tolist() == one.dof.tolist() == [399.0]
    names = {
        node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
        for path in Path(trygghet.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert "DescrStatsW" not in names
    assert {"SurveyDesign", "quadratic_form"} <= names


@pytest.mark.trap(23)
def test_trap_23_groups_are_those_of_the_rows_that_count():
    """Rows outside the domain have a group of their own that comes first; the sign is still the second group less the first."""
    rng = np.random.default_rng(2)
    frame = pd.DataFrame({"group": ["a"] * 40 + ["b"] * 60 + ["c"] * 60, "here": [0] * 40 + [1] * 120})
    frame["y"] = rng.normal(0, 1, 160) + np.where(frame.group == "c", 3.0, 0.0)
    design = SurveyDesign.from_frame(frame)
    inside = (frame.here == 1).to_numpy()
    found = mean_difference_test(design, "y", "group", where=inside)
    gap = difference(mean(design, "y", by="group", where=inside), "c", versus="b")
    assert gap.values[0] > 2
    assert found.statistic == pytest.approx((gap.values / gap.standard_errors)[0])
    labels = mean(design, "y", by="group", where=inside).cells["domain"].tolist()
    assert labels[-2:] == ["b", "c"]


def test_a_joint_covariance_costs_what_is_asked_for():
    """6,000 cells of 20,000 answers: their influence values would take 960 MB."""
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"area": rng.integers(0, 200, 20_000), "stratum": rng.integers(0, 10, 20_000)})
    frame = frame.assign(**{item: (rng.random(20_000) < 0.3) * 1.0 for item in ITEMS})
    found = proportion(SurveyDesign.from_frame(frame, strata="stratum"), ITEMS, by="area")
    assert len(found) == 6_000
    index = np.array([0, 5, 205, 5_999])
    tracemalloc.start()
    try:
        covariance = found.covariance(index)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 5e6
    assert np.sqrt(np.diagonal(covariance)) == pytest.approx(found.standard_errors[index])
    assert covariance[1, 2] != 0
    assert covariance[0, 3] == pytest.approx(0, abs=1e-6)
