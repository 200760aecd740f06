"""Designs against the textbook's recursion, written out by hand, and replicates against theirs."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from trygghet.design import DesignColumns, ReplicateOptions, SurveyDesign
from trygghet.estimate import mean, proportion, quantile, total, with_dof
from trygghet.weighting import Margins, rake


def three_stages(seed=5):
    rng = np.random.default_rng(seed)
    rows = [
        {"stratum": h, "psu": f"{h}{i}", "ssu": f"{h}{i}{j}", "row": k, "y": rng.normal(3 + h, 2)}
        for h, many in enumerate((3, 4))
        for i in range(many)
        for j in range(2 + i % 2)
        for k in range(3)
    ]
    sizes = {"n1": [6.0, 9.0], "n2": 5.0, "n3": 8.0}
    frame = pd.DataFrame(rows).assign(n2=sizes["n2"], n3=sizes["n3"])
    return frame.assign(n1=np.array(sizes["n1"])[frame.stratum])


def spread(totals, fraction):
    totals = np.asarray(totals)
    n = len(totals)
    return (1 - fraction) * n / (n - 1) * ((totals - totals.mean()) ** 2).sum()


def recursion(frame, stages):
    """Variance of a total of ``z``: clusters' spread, and a sampled share of what is inside each (Sarndal et al. 1992, 4.3)."""
    (unit, size), *inner = stages
    groups = [part for _, part in frame.groupby(unit)]
    fraction = len(groups) / float(frame[size].iloc[0])
    own = spread([part.z.sum() for part in groups], fraction)
    return own + (fraction * sum(recursion(part, inner) for part in groups) if inner else 0.0)


def test_three_stages_with_a_population_at_each():
    frame = three_stages()
    spec = DesignColumns(
        strata="stratum", psu=("psu", "ssu", "row"), population=("n1", "n2", "n3"), nest=True
    )
    design = SurveyDesign.from_columns(frame, spec)
    z = frame.assign(z=design.weights * frame.y)
    stages = [("psu", "n1"), ("ssu", "n2"), ("row", "n3")]
    by_hand = sum(recursion(part, stages) for _, part in z.groupby("stratum"))
    assert total(design, "y").standard_errors[0] ** 2 == pytest.approx(by_hand)
    sampled = frame.groupby("stratum").psu.nunique()[frame.stratum].to_numpy()
    second = frame.groupby("psu").ssu.nunique()[frame.psu].to_numpy()
    assert design.weights == pytest.approx(frame.n1 / sampled * frame.n2 / second * frame.n3 / 3)


def test_fractions_at_each_stage_are_sizes():
    frame = three_stages()
    spec = DesignColumns(
        strata="stratum", psu=("psu", "ssu", "row"), population=("n1", "n2", "n3"), nest=True
    )
    sampled = frame.groupby("stratum").psu.nunique()[frame.stratum].to_numpy()
    second = frame.groupby("psu").ssu.nunique()[frame.psu].to_numpy()
    shares = frame.assign(n1=sampled / frame.n1, n2=second / frame.n2, n3=3 / frame.n3)
    sizes, fractions = SurveyDesign.from_columns(frame, spec), SurveyDesign.from_columns(shares, spec)
    assert fractions.weights == pytest.approx(sizes.weights)
    assert mean(fractions, "y").standard_errors == pytest.approx(mean(sizes, "y").standard_errors)


def test_units_taken_with_certainty_add_only_what_is_inside_them():
    frame = three_stages().assign(n1=lambda f: np.where(f.stratum == 0, 3.0, 9.0))
    spec = DesignColumns(strata="stratum", psu=("psu", "ssu"), population=("n1", "n2"), nest=True)
    design = SurveyDesign.from_columns(frame, spec)
    z = frame.assign(z=design.weights * frame.y)
    sure = z[z.stratum == 0]
    inside = sum(
        spread(part.groupby("ssu").z.sum(), part.ssu.nunique() / 5) for _, part in sure.groupby("psu")
    )
    chance = recursion(z[z.stratum == 1], [("psu", "n1"), ("ssu", "n2")])
    assert total(design, "y").standard_errors[0] ** 2 == pytest.approx(inside + chance)
    alone = frame.drop(columns="stratum").assign(stratum=lambda f: np.where(f.psu == "00", "sure", "rest"))
    one = alone.assign(n1=np.where(alone.stratum == "sure", 1.0, 20.0))
    assert np.isfinite(total(SurveyDesign.from_columns(one, spec), "y").standard_errors[0])


def test_probabilities_proportional_to_size_with_replacement():
    """Hansen and Hurwitz (1943): the spread of the totals over their chances of a draw."""
    rng = np.random.default_rng(1)
    draws, chance = 6, rng.uniform(0.02, 0.1, 6)
    frame = pd.DataFrame({"psu": np.repeat(np.arange(draws), 4), "y": rng.normal(10, 3, 24)})
    frame["w"] = np.repeat(1 / (draws * chance), 4) * 5
    design = SurveyDesign.from_frame(frame, weights="w", psu="psu")
    each = (frame.y * 5).groupby(frame.psu).sum().to_numpy() / chance
    assert total(design, "y").values[0] == pytest.approx(each.mean())
    assert total(design, "y").standard_errors[0] ** 2 == pytest.approx(each.var(ddof=1) / draws)
    assert design.dof == 5
    assert not design.finite_population


def clusters(seed=2):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"psu": np.repeat(np.arange(24), 5), "w": 2.0})
    frame["stratum"] = frame.psu // 8
    frame["area"] = np.where(frame.psu % 8 < 3, "few", "many")
    frame.loc[frame.stratum == 2, "area"] = "many"
    return frame.assign(y=(rng.random(120) < 0.4) * 1.0)


def test_degrees_of_freedom_are_the_domains_units_less_strata_or_those_of_the_design():
    design = SurveyDesign.from_frame(clusters(), weights="w", strata="stratum", psu="psu")
    areas = proportion(design, "y", by="area")
    assert areas.dof.tolist() == [3 + 3 - 2, 5 + 5 + 8 - 3]
    whole = with_dof(areas, design.dof)
    assert whole.dof.tolist() == [21, 21]
    low, high = whole.interval(0.95, "t")
    half = stats.t.ppf(0.975, 21) * areas.standard_errors
    assert low == pytest.approx(areas.values - half)
    assert high == pytest.approx(areas.values + half)


@pytest.mark.trap(4)
@pytest.mark.parametrize("method", ["wilson", "t", "logit", "korn-graubard", "beta", "log", "arcsine"])
def test_trap_04_one_unit_a_stratum_of_the_domain_gives_no_interval(method):
    frame = clusters().assign(area=lambda f: np.where(f.psu.isin([0, 8]), "lone", "rest"))
    design = SurveyDesign.from_frame(frame, weights="w", strata="stratum", psu="psu")
    found = proportion(design, "y", by="area")
    assert found.dof[0] == 0
    low, high = found.interval(0.95, method)
    assert np.isnan(low[0])
    assert np.isnan(high[0])
    assert np.isfinite(low[1])
    for other in (
        mean(design, "y", by="area"),
        total(design, "y", by="area"),
        quantile(design, "y", by="area"),
    ):
        assert np.isnan(other.interval()[0][0])


def fpc_clusters():
    return SurveyDesign.from_frame(clusters().assign(many=60.0), psu="psu", population="many")


def test_one_jackknife_of_a_total_is_the_linearised_error():
    design = fpc_clusters()
    assert total(design.resampled("jk1"), "y").standard_errors == pytest.approx(
        total(design, "y").standard_errors
    )


def test_the_centre_of_a_jackknife_differs_by_the_bias_squared():
    design = fpc_clusters()
    made = design.resampled("jk1").replicates
    by_mean = mean(design.resampled("jk1"), "y").standard_errors[0] ** 2
    options = ReplicateOptions(centre="estimate")
    by_estimate = mean(design.resampled("jk1", options=options), "y").standard_errors[0] ** 2
    weights, y = made.matrix(design.n), design.columns.numeric("y")
    values = weights.T @ y / weights.sum(axis=0)
    bias = values.mean() - mean(design, "y").values[0]
    assert by_estimate - by_mean == pytest.approx(made.scale * len(values) * bias**2, abs=1e-15)


def test_a_jackknife_raked_anew_gives_rs_figures():
    """R survey: as.svrepdesign(apiclus1, JK1), rake() by stype and sch.wide; mean api00 and total enroll."""
    path = Path(__file__).parents[1] / "oracle/r_survey/data/apiclus1.csv"
    design = SurveyDesign.from_frame(pd.read_csv(path), weights="pw", psu="dnum", population="fpc")
    margins = Margins.from_dict(
        {"stype": {"E": 4421.0, "H": 755.0, "M": 1018.0}, "sch.wide": {"No": 1072.0, "Yes": 5122.0}}
    )
    raked = design.with_weights(rake(design, margins, tolerance=1e-12))
    options = ReplicateOptions(tolerance=1e-10, max_iterations=200)
    jack = raked.resampled("jk1", options=options, margins=margins)
    assert mean(jack, "api00").standard_errors[0] == pytest.approx(26.8740, abs=5e-5)
    assert total(jack, "enroll").standard_errors[0] == pytest.approx(463582.2, abs=0.05)


def test_successive_differences_know_the_sampling_fraction():
    rng = np.random.default_rng(4)
    frame = pd.DataFrame({"y": rng.normal(5, 1, 20), "N": 50.0})
    design = SurveyDesign.from_frame(frame, population="N")
    found = total(design.resampled("sdr", options=ReplicateOptions(count=32)), "y")
    gaps = 2.5**2 * 0.5 * ((frame.y - np.roll(frame.y, -1)) ** 2).sum()
    assert found.standard_errors[0] ** 2 == pytest.approx((1 - 20 / 50) * gaps)


@pytest.mark.parametrize("kind", ["bootstrap", "generalised"])
def test_bootstraps_of_clusters_have_the_linearised_covariance(kind):
    frame = clusters().assign(many=np.array([12.0, 30.0, 90.0])[clusters().stratum], x=np.arange(120) % 7)
    design = SurveyDesign.from_frame(frame, strata="stratum", psu="psu", population="many")
    count = 4000
    boot = design.resampled(kind, options=ReplicateOptions(count=count, seed=3))
    both, linear = total(boot, ["y", "x"]).covariance(), total(design, ["y", "x"]).covariance()
    # a variance from R replicates has a relative standard error of about sqrt(2 / R)
    assert np.diag(both) == pytest.approx(np.diag(linear), rel=4 * np.sqrt(2 / count))
    correlation = linear[0, 1] / np.sqrt(linear[0, 0] * linear[1, 1])
    assert both[0, 1] / np.sqrt(both[0, 0] * both[1, 1]) == pytest.approx(correlation, abs=4 / np.sqrt(count))
    assert (boot.replicates.matrix(design.n) >= 0).all()
