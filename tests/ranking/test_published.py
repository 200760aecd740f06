"""Rankings that others have published, or that R's csranks gives."""

import numpy as np
import pytest

from trygghet.ranking import RankOptions, bounds_from, rank_bounds
from trygghet.ranking.intervals import separated, sidak_quantiles

SEED = 20240213  # one seed for all comparisons, not chosen by its results


def covariance_of(tree):
    return np.array(tree["Sigma"]["diag"] if isinstance(tree["Sigma"], dict) else tree["Sigma"])


def test_pisa_mathematics_simultaneous_sets_of_37_countries(reference):
    data, expected = (
        reference("pisa37_math.csv"),
        reference("pisa37_math_expected.json")["simul"]["published"],
    )
    found = rank_bounds(data.math_score, data.math_se**2, seed=SEED)
    got = {name: [int(found.lower[i]), int(found.upper[i])] for i, name in enumerate(data.jurisdiction)}
    assert got == expected


def test_pisa_mathematics_marginal_sets_differ_by_monte_carlo_noise_at_most(reference):
    data, expected = reference("pisa37_math.csv"), reference("pisa37_math_expected.json")["marg"]["published"]
    found = rank_bounds(data.math_score, data.math_se**2, seed=SEED, joint=False, draws=40_000)
    ends = np.array([expected[name] for name in data.jurisdiction])
    assert np.abs(found.lower - ends[:, 0]).max() <= 1
    assert np.abs(found.upper - ends[:, 1]).max() <= 1
    assert (np.c_[found.lower, found.upper] == ends).all(axis=1).sum() >= 34


def test_pisa_2018_best_sets(reference):
    data, expected = reference("pisa2018.csv"), reference("pisa2018_math_expected.json")
    score, variance = data.math_score, data.math_se**2
    best = {level: set() for level in (0.95, 0.9)}
    for level in best:
        found = rank_bounds(score, variance, level=level, seed=SEED, draws=40_000)
        best[level] = set(data.jurisdiction[found.tau_best(5)])
    assert best[0.95] == set(expected["published"]["top5_95"]) - {"United Kingdom"}  # the twelve of the prose
    assert best[0.9] == set(expected["published"]["top5_90"])


def test_pisa_2018_simultaneous_sets(reference):
    data, expected = reference("pisa2018.csv"), reference("pisa2018_math_expected.json")
    found = rank_bounds(data.math_score, data.math_se**2, seed=SEED, draws=20_000)
    ranges = expected["seed_range_B1000"]
    for i, name in enumerate(data.jurisdiction):
        for end, got, place in (("L", found.lower, 0), ("U", found.upper, 1)):
            low, high = ranges[name][end]
            wanted = expected["reference_B20000_simul95"][name][place]
            assert int(got[i]) == wanted or (low != high and low - 1 <= got[i] <= high + 1), name


def test_travel_time_to_work_of_51_states(reference):
    data, expected = reference("kww_acs2011.csv"), reference("kww_acs2011_expected.json")
    quantile = sidak_quantiles(np.full(51, np.inf), level=expected["level"], family=51)[0]
    assert quantile == pytest.approx(expected["z"], abs=1e-6)
    error = data["MOE.1dec"].to_numpy() / sidak_quantiles(np.full(1, np.inf), level=0.9, family=1)[0]
    low = np.round(data["Estimate.1dec"].to_numpy() - quantile * error, 1)
    high = np.round(data["Estimate.1dec"].to_numpy() + quantile * error, 1)
    above = separated(low, high)  # rank 1 is the shortest time
    got = {s: [1 + int(above[i].sum()), 51 - int(above[:, i].sum())] for i, s in enumerate(data.Abbreviation)}
    assert got == expected["rank_sets"]


def test_simultaneous_sets_lie_within_those_of_klein_wright_and_wieczorek(reference):
    data = reference("kww_acs2011.csv")
    values, variance = data["Estimate.1dec"], (data["MOE.1dec"] / 1.6449) ** 2
    options = {"level": 0.9, "first": "lowest", "seed": SEED}
    wide = bounds_from(values, variance, RankOptions(method="kww", **options))
    short = bounds_from(values, variance, RankOptions(**options))
    assert (short.lower >= wide.lower).all()
    assert (short.upper <= wide.upper).all()


@pytest.mark.parametrize("name", ["pisa2018_math", "pisa2018_reading", "mun_problems", "syn6", "syn15_corr"])
def test_csranks(reference, name):
    tree = reference("csranks_public.json")["sets"][name]
    V = covariance_of(tree)
    checked = 0
    for result in tree["results"]:
        if result["fn"] != "csranks":
            continue
        options = RankOptions(
            level=result["coverage"],
            joint=result["simul"],
            seed=SEED,
            sides="both" if result["cstype"] == "two-sided" else result["cstype"],
            steps="stepdown" if result["stepdown"] else "single",
        )
        found = bounds_from(tree["x"], V, options)
        assert found.rank.tolist() == result["rank"]
        for end, got in (("L", found.lower), ("U", found.upper)):
            low = np.array(result[f"{end}_min"]) - 1
            high = np.array(result[f"{end}_max"]) + 1
            assert ((got >= low) & (got <= high)).all(), (name, result["cstype"], end)
        checked += 1
    assert checked >= 9


@pytest.mark.parametrize("name", ["pisa2018_math", "pisa2018_reading", "mun_problems", "syn6", "syn15_corr"])
def test_csranks_best_and_worst_sets(reference, name):
    tree = reference("csranks_public.json")["sets"][name]
    found = bounds_from(tree["x"], covariance_of(tree), RankOptions(seed=SEED))
    near = {unit for pair in found.borderline for unit in pair}
    for result in tree["results"]:
        if result["fn"] not in ("cstaubest", "cstauworst"):
            continue
        got = found.tau_best(result["tau"]) if result["fn"] == "cstaubest" else found.tau_worst(result["tau"])
        stable = np.array(result["stable"])
        differ = set(np.flatnonzero((got != np.array(result["set"])) & stable).tolist())
        assert differ <= near


def test_ties_rank_as_csranks_ranks_them(reference):
    tree = reference("csranks_public.json")
    for case in tree["ties"].values():
        assert rank_bounds(case["x"], np.ones(len(case["x"])), seed=SEED).rank.tolist() == case["irank"]
    for name, data in tree["sets"].items():
        for result in data["results"]:
            if result["fn"] == "irank":
                high = rank_bounds(data["x"], covariance_of(data), seed=SEED, draws=200)
                low = rank_bounds(data["x"], covariance_of(data), seed=SEED, draws=200, first="lowest")
                assert high.rank.tolist() == result["values"], name
                assert low.rank.tolist() == result["increasing"], name
