from html import unescape

import numpy as np
import pytest
from scipy import integrate, stats

from trygghet.errors import RankingError
from trygghet.ranking import RankOptions, bayes_ranks
from trygghet.ranking.bayes import fay_herriot_draws

Y = np.array([0.21, 0.34, 0.29, 0.40, 0.25, 0.31, 0.18, 0.37])
PSI = np.array([0.0004, 0.0016, 0.0009, 0.0004, 0.0025, 0.0009, 0.0016, 0.0004])
ONE = np.ones((8, 1))


def exact_posterior():
    """Posterior means and spreads by numerical integration over A, with the common mean integrated out in closed form."""

    def density(A):
        # y = 1 b + e with flat b: the likelihood of the contrasts with the first area
        V = np.diag(A + PSI)
        C = np.c_[-np.ones(7), np.eye(7)]
        return stats.multivariate_normal(np.zeros(7), C @ V @ C.T).pdf(C @ Y)

    def conditional(A):
        w = 1 / (A + PSI)
        b, variance = (w * Y).sum() / w.sum(), 1 / w.sum()
        gamma = A * w
        return gamma * Y + (1 - gamma) * b, gamma * PSI + (1 - gamma) ** 2 * variance

    def moments(A):
        mean, variance = conditional(A)
        return density(A) * np.concatenate([[1.0], mean, variance + mean**2])

    found = integrate.quad_vec(moments, 0, 1.0, points=[0.002, 0.01, 0.05], epsrel=1e-6)[0]
    mean, square = found[1:9] / found[0], found[9:] / found[0]
    return mean, np.sqrt(square - mean**2)


def test_draws_have_the_posterior_that_numerical_integration_gives():
    mean, spread = exact_posterior()
    theta, _ = fay_herriot_draws(Y, PSI, ONE, draws=40_000, rng=np.random.default_rng(1))
    np.testing.assert_allclose(theta.mean(axis=0), mean, atol=4 * spread.max() / np.sqrt(40_000))
    np.testing.assert_allclose(theta.std(axis=0), spread, rtol=0.03)


def test_milk_expenditure_is_near_the_published_eblup(reference):
    data = reference("fh_milk.csv", folder="smallarea")
    levels = sorted(data["MajorArea"].unique())[1:]
    X = np.c_[np.ones(len(data)), np.stack([data["MajorArea"] == level for level in levels], axis=1)].astype(
        float
    )
    theta, A = fay_herriot_draws(
        data["yi"].to_numpy(), data["SD"].to_numpy() ** 2, X, draws=40_000, rng=np.random.default_rng(1)
    )
    # a flat prior's posterior lies above REML's mode; the area means are close to the EBLUP all the same
    assert np.quantile(A, 0.05) < data["sigma2u_reml"].iloc[0] < np.quantile(A, 0.7)
    gap = np.abs(theta.mean(axis=0) - data["eblup_reml"].to_numpy())
    assert (gap < 0.25 * np.sqrt(data["mse_reml"].to_numpy())).all()


def districts(made, values, errors, **more):
    return made(values, np.asarray(errors) ** 2, districts=True, **more)


def test_sharp_estimates_keep_their_order_and_vague_ones_share_it(made):
    sharp = bayes_ranks(districts(made, Y, np.full(8, 1e-4)), variances="direct", options=RankOptions(seed=1))
    assert sharp.expected_rank == pytest.approx(sharp.sets.rank, abs=1e-3)
    assert sharp.among_first(3).tolist() == [0, 1, 0, 1, 0, 0, 0, 1]
    assert sharp.sucra.max() == pytest.approx(1)
    vague = bayes_ranks(districts(made, Y, np.full(8, 5.0)), variances="direct", options=RankOptions(seed=1))
    assert np.abs(vague.expected_rank - 4.5).max() < 0.3


def test_places_add_up(made):
    found = bayes_ranks(districts(made, Y, np.sqrt(PSI)), options=RankOptions(seed=1))
    np.testing.assert_allclose(found.place_shares.sum(axis=0), 1)
    np.testing.assert_allclose(found.place_shares.sum(axis=1), 1)
    assert found.expected_rank.sum() == pytest.approx(36)
    low = bayes_ranks(districts(made, Y, np.sqrt(PSI)), options=RankOptions(seed=1, first="lowest"))
    assert low.expected_rank == pytest.approx(9 - found.expected_rank)


def test_it_is_typed_as_model_based_and_stands_beside_the_sets(made):
    found = bayes_ranks(districts(made, Y, np.sqrt(PSI)), options=RankOptions(seed=1))
    frame = found.to_frame()
    assert set(frame["basis"]) == {"model-based"}
    assert "Not a rank set" in found.note
    assert found.note in unescape(found._repr_html_())
    assert frame["lower"].tolist() == found.sets.lower.tolist()
    assert not {"lower", "upper", "level"} & set(dir(found))


def test_an_area_without_estimate_is_left_out(made):
    values, errors = np.append(Y, np.nan), np.append(np.sqrt(PSI), np.nan)
    found = bayes_ranks(districts(made, values, errors), variances="direct", options=RankOptions(seed=1))
    assert np.isnan(found.expected_rank[8])
    assert found.expected_rank[:8].sum() == pytest.approx(36)


def test_smoothed_variances_do_not_trust_a_lucky_small_area(made):
    estimates = districts(made, Y, [0.001, *np.sqrt(PSI)[1:]], n=[15, 400, 400, 400, 400, 400, 400, 400])
    direct = bayes_ranks(estimates, variances="direct", options=RankOptions(seed=1))
    smoothed = bayes_ranks(estimates, options=RankOptions(seed=1))
    assert smoothed.spread[0] > 5 * direct.spread[0]
    assert abs(smoothed.mean[0] - Y.mean()) < abs(direct.mean[0] - Y.mean())


def test_covariates_pull_areas_to_their_line(made):
    x = np.linspace(0, 1, 8)
    values = 0.1 + 0.4 * x + np.array([0.02, -0.03, 0.03, -0.02, 0.02, -0.03, 0.02, -0.01])
    estimates = districts(made, values, np.full(8, 0.03))
    found = bayes_ranks(estimates, covariates=x, variances="direct", options=RankOptions(seed=1))
    line = np.polyval(np.polyfit(x, values, 1), x)
    assert (np.abs(found.mean - line) < np.abs(values - line)).all()


@pytest.mark.parametrize("wrong", ["items", "few", "correlated", "covariates", "twice", "certain"])
def test_what_the_model_does_not_fit_is_refused(made, wrong):
    V = np.diag(PSI)
    covariates = None
    if wrong == "correlated":
        V = V + 0.5 * np.sqrt(np.outer(PSI, PSI)) * (1 - np.eye(8))
    if wrong == "covariates":
        covariates = np.ones(3)
    if wrong == "twice":
        covariates = np.c_[np.arange(8.0), np.arange(8.0)]
    if wrong == "certain":
        V[0, 0] = 0.0
    size = 3 if wrong == "few" else 8
    estimates = made(Y[:size], V[:size, :size], districts=wrong != "items")
    with pytest.raises(RankingError) as caught:
        bayes_ranks(
            estimates, covariates=covariates, variances="direct", options=RankOptions(seed=1, draws=200)
        )
    assert caught.value.code == "RANG-23"


def test_probabilities_mean_what_they_say_when_the_model_holds(made):
    rng = np.random.default_rng(6)
    predicted, true = [], []
    for _ in range(100):
        theta = 0.3 + 0.05 * rng.standard_normal(10)
        errors = rng.uniform(0.02, 0.06, 10)
        estimates = districts(made, theta + errors * rng.standard_normal(10), errors)
        found = bayes_ranks(estimates, variances="direct", options=RankOptions(seed=1, draws=400))
        predicted.append(found.among_first(3))
        true.append((-theta).argsort().argsort() < 3)
    predicted, true = np.concatenate(predicted), np.concatenate(true)
    for low, high in ((0.0, 0.2), (0.2, 0.5), (0.5, 1.01)):
        inside = (predicted >= low) & (predicted < high)
        error = 0.5 / np.sqrt(inside.sum())
        assert abs(predicted[inside].mean() - true[inside].mean()) < 3 * error
