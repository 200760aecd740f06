"""Weights of R's survey: rake, postStratify and calibrate, figure by figure."""

import numpy as np
import pytest

from trygghet.weighting import Margins, calibrate, poststratify, rake

API = ["srs", "clus1", "clus2", "srs_w"]
EXACT = {"tolerance": 1e-13, "max_iterations": 1000}


def table(totals, name, variable):
    return {variable: {row[variable]: row["Freq"] for row in totals[name]}}


def stype(oracle):
    return table(oracle.totals, "popt", "stype")


def sch_wide(oracle):
    return table(oracle.totals, "pops", "sch.wide")


def comp_imp(oracle):
    return table(oracle.totals, "popc", "comp.imp")


def with_api99(oracle):
    return Margins.from_dict(stype(oracle) | {"api99": oracle.totals["PT99"]["api99"]})


def close(weights, record):
    ours = weights.values
    if "weights" in record:
        np.testing.assert_allclose(ours, record["weights"], rtol=1e-8)
    else:
        np.testing.assert_allclose(ours[:100], record["first100"], rtol=1e-8)
        np.testing.assert_allclose(ours[-20:], record["last20"], rtol=1e-8)
    assert ours.sum() == pytest.approx(record["sum"], rel=1e-8)
    assert ours @ ours == pytest.approx(record["sumsq"], rel=1e-8)


@pytest.mark.parametrize("design", API)
def test_poststratification(oracle, design):
    weights = poststratify(oracle.sample(design), Margins.from_dict(stype(oracle)))
    close(weights, oracle.weights(f"{design}.ps.weights"))


@pytest.mark.parametrize("design", API)
def test_poststratification_by_a_crossing(oracle, design):
    crossing = {(row["stype"], row["sch.wide"]): row["Freq"] for row in oracle.totals["ps_partial"]}
    margins = Margins.from_dict({("stype", "sch.wide"): crossing})
    close(poststratify(oracle.sample(design), margins), oracle.weights(f"{design}.ps_partial.weights"))


@pytest.mark.parametrize("design", API)
@pytest.mark.parametrize("bounds", [None, (1e-6, 1e6)], ids=["proportional", "newton"])
def test_raking_to_two_and_three_margins(oracle, design, bounds):
    sample = oracle.sample(design)
    two = Margins.from_dict(stype(oracle) | sch_wide(oracle))
    three = Margins.from_dict(stype(oracle) | sch_wide(oracle) | comp_imp(oracle))
    close(rake(sample, two, bounds=bounds, **EXACT), oracle.weights(f"{design}.rake.weights"))
    close(rake(sample, three, bounds=bounds, **EXACT), oracle.weights(f"{design}.rake3.weights"))


@pytest.mark.parametrize("design", API)
def test_linear_calibration_to_categories(oracle, design):
    weights = calibrate(oracle.sample(design), Margins.from_dict(stype(oracle)), **EXACT)
    close(weights, oracle.weights(f"{design}.cal_lin_cat.weights"))


@pytest.mark.parametrize("design", API)
@pytest.mark.parametrize("how", [("cal_lin", "linear"), ("cal_raking", "raking")], ids=str)
def test_calibration_with_a_continuous_total(oracle, design, how):
    case, method = how
    weights = calibrate(oracle.sample(design), with_api99(oracle), method=method, **EXACT)
    close(weights, oracle.weights(f"{design}.{case}.weights"))


@pytest.mark.parametrize("design", API)
@pytest.mark.parametrize("how", [("cal_logit", "logit"), ("cal_linbd", "linear")], ids=str)
def test_bounded_calibration_with_a_continuous_total(oracle, design, how):
    case, method = how
    wide = design == "clus1" or (design == "clus2" and case == "cal_linbd")
    bounds = (0.3, 3.0) if wide else (0.5, 1.8) if method == "logit" else (0.6, 1.6)
    weights = calibrate(oracle.sample(design), with_api99(oracle), method=method, bounds=bounds, **EXACT)
    close(weights, oracle.weights(f"{design}.{case}.weights"))


@pytest.mark.parametrize(("method", "bounds"), [("linear", None), ("raking", None), ("logit", (0.3, 3.0))])
def test_the_synthetic_municipality(oracle, method, bounds):
    given = oracle.datasets["municip1cal"]["margins"]
    margins = Margins.from_dict({name: dict(enumerate(totals, start=1)) for name, totals in given.items()})
    weights = calibrate(oracle.sample("cal"), margins, method=method, bounds=bounds, **EXACT)
    close(weights, oracle.weights(f"cal.{method}.weights"))


def test_the_raked_municipality(oracle):
    given = oracle.datasets["municip1"]["margins"]
    margins = Margins.from_dict(
        {name: {int(k): v for k, v in totals.items()} for name, totals in given.items()}
    )
    close(rake(oracle.sample("mun"), margins, **EXACT), oracle.weights("mun.rake.weights"))
