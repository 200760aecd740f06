"""Coverage of the rank sets, and the failure of the naive methods beside them. Bounds from binomial error."""

import numpy as np
import pytest
from rank_coverage import SCENARIOS, draw_choices, simulate, true_sets


def least(runs, level=0.95):
    return level - 3 * np.sqrt(level * (1 - level) / runs)


def test_the_simulation_draws_the_shares_it_says():
    rng = np.random.default_rng(4)
    theta = SCENARIOS["near ties"]
    chosen = draw_choices(rng, np.broadcast_to(theta, (60_000, 12)))
    assert chosen.sum(axis=1).max() <= 3
    np.testing.assert_allclose(chosen.mean(axis=0), theta, atol=4 * 0.5 / np.sqrt(60_000))
    assert chosen[:, 0] @ chosen[:, 1] > 0


def test_true_sets_of_ties_span_them():
    first, last = true_sets(SCENARIOS["3 blocks of ties"])
    assert first.tolist() == [1] * 4 + [5] * 4 + [9] * 4
    assert last.tolist() == [4] * 4 + [8] * 4 + [12] * 4


@pytest.mark.slow
@pytest.mark.parametrize("scenario", list(SCENARIOS))
def test_simultaneous_sets_cover_at_n_1100(scenario):
    found = simulate(scenario, 1100, 1200, seed=20240213)
    assert found.coverage["MRSW"] >= least(1200)
    assert found.marginal_mean["MRSW marginal"] >= least(1200)
    assert found.marginal_least["MRSW marginal"] >= least(1200) - 0.01  # the smallest of twelve
    assert found.coverage["KWW"] >= found.coverage["MRSW"]
    assert found.length["MRSW"] <= found.length["no step-down"] <= found.length["KWW"] + 0.01
    assert found.coverage["top 3 held"] >= least(1200)
    if scenario == "all tied":
        assert found.coverage["diag(V)"] < found.coverage["MRSW"]  # negative correlations left out
        assert found.coverage["naive bootstrap"] < 0.05
    if scenario == "3 blocks of ties":
        assert found.coverage["naive bootstrap"] < 0.5


@pytest.mark.slow
@pytest.mark.parametrize("scenario", ["3 blocks of ties", "near ties"])
def test_simultaneous_sets_cover_at_n_300(scenario):
    found = simulate(scenario, 300, 800, seed=20240213)
    assert found.coverage["MRSW"] >= least(800)
    assert found.coverage["naive bootstrap"] < 0.95
