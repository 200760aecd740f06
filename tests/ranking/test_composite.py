from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from trygghet.errors import RankingError
from trygghet.estimate import About, DenseKernel, Estimates, RespondentShares
from trygghet.ranking import RankOptions
from trygghet.ranking.composite import (
    NO_SURVEY_BASIS,
    MethodFactors,
    PillarWeights,
    Source,
    SourceDeclaration,
    combined_spread,
    composite_priority,
    copeland,
    method_uncertainty,
    sensitivity,
)

PROBLEMS = ("narkotika", "inbrott", "trafik", "klotter")
SEED = RankOptions(seed=1, draws=4000)


def declared(pillar, **changes):
    given = {
        "unit": "andel",
        "period": "2026",
        "population": "16–84 år",
        "coverage": "svarande",
        "goalposts": (0.0, 1.0),
    }
    return SourceDeclaration(pillar=pillar, **(given | changes))


def survey(share, worry, *, n=800, rho=0.4):
    """Two items a problem, answered by the same people: correlated within a problem."""
    values = np.concatenate([share, worry])
    size = len(share)
    variance = values * (1 - values) / n
    V = np.diag(variance)
    for j in range(size):
        V[j, size + j] = V[size + j, j] = rho * np.sqrt(variance[j] * variance[size + j])
    items = [f"prio.{p}" for p in PROBLEMS[:size]] + [f"oro_{p}" for p in PROBLEMS[:size]]
    return Estimates(
        "proportion",
        pd.DataFrame({"item": items, "category": "", "by": "", "domain": "Alla"}),
        values,
        np.full(2 * size, n),
        np.rint(values * n).astype(np.int64),
        np.full(2 * size, n - 1.0),
        np.ones(2 * size),
        np.full(2 * size, "ok", dtype=object),
        DenseKernel(V),
        About(stream="brev", wave="2026"),
    )


SHARE = np.array([0.45, 0.30, 0.28, 0.10])
WORRY = np.array([0.30, 0.40, 0.20, 0.15])


def make_sources(estimates=None, *, dispersion=1.0, problems=PROBLEMS):
    estimates = survey(SHARE, WORRY) if estimates is None else estimates
    counts = dict(zip(problems, (120.0, 300.0, 200.0, 80.0), strict=False))
    return [
        Source.from_survey(
            "prioriterar",
            estimates,
            {p: f"prio.{p}" for p in problems},
            declared=declared("enkät", goalposts=(0.0, 0.6)),
        ),
        Source.from_survey(
            "oro",
            estimates,
            {p: f"oro_{p}" for p in problems},
            declared=declared("enkät", goalposts=(0.0, 0.5)),
        ),
        Source.from_register(
            "anmälda",
            counts,
            population=36_000,
            dispersion=dispersion,
            declared=declared("register", unit="per 1 000", goalposts=(0.0, 20.0), transform="log1p"),
        ),
        Source.from_table(
            "dialog",
            dict(zip(problems, (12.0, 3.0, 9.0, 1.0), strict=False)),
            declared=declared("dialog", unit="röster", goalposts=(0.0, 25.0)),
            kind="votes",
        ),
    ]


def make_weights(**pillars):
    return PillarWeights(
        pillars or {"enkät": 0.5, "register": 0.3, "dialog": 0.2}, "styrgruppen", "2026-01-15"
    )


def test_score_by_hand():
    found = composite_priority(make_sources(), make_weights(), options=SEED)
    register = np.log1p(120 / 36) / np.log1p(20)
    first = 0.25 * 0.45 / 0.6 + 0.25 * 0.30 / 0.5 + 0.3 * register + 0.2 * 12 / 25
    assert found.scores[0] == pytest.approx(first)
    assert found.contributions.sum(axis=1) == pytest.approx(found.scores)
    assert found.weights.sum(axis=1) == pytest.approx(np.ones(4))
    shown = found._repr_html_()
    assert "<table" in shown
    assert f"weights set by {found.declared.set_by}, {found.declared.decided}" in shown


@pytest.mark.parametrize("scale", ["declared", "zscore"])
def test_sampling_variance_is_the_delta_method_checked_by_differences(scale):
    sources = make_sources()
    found = composite_priority(sources, make_weights(), scale=scale, options=SEED)
    estimates = sources[0].estimates
    x = np.concatenate([estimates.values, [120.0, 300.0, 200.0, 80.0]])

    def score(values):
        moved = replace(estimates, values=values[:8])
        other = make_sources(moved)
        other[2] = replace(other[2], values={p: c / 36 for p, c in zip(PROBLEMS, values[8:], strict=True)})
        return composite_priority(other, make_weights(), scale=scale, options=SEED).scores

    J = np.stack(
        [
            (score(x + step) - score(x - step)) / (2 * step.max())
            for step in np.diag(np.r_[np.full(8, 1e-5), np.full(4, 1e-2)])
        ],
        axis=1,
    )
    V = np.zeros((12, 12))
    V[:8, :8] = estimates.covariance()
    V[8:, 8:] = np.diag([120.0, 300.0, 200.0, 80.0])
    np.testing.assert_allclose(found.covariance, J @ V @ J.T, rtol=1e-5, atol=1e-12)


def test_items_of_the_same_people_are_not_added_as_if_independent():
    positive = composite_priority(make_sources(survey(SHARE, WORRY, rho=0.6)), make_weights(), options=SEED)
    none = composite_priority(make_sources(survey(SHARE, WORRY, rho=0.0)), make_weights(), options=SEED)
    assert (np.diag(positive.covariance) > np.diag(none.covariance)).all()


def test_a_register_as_recorded_and_votes_have_no_sampling_error():
    recorded = composite_priority(make_sources(dispersion=0), make_weights(), options=SEED)
    varying = composite_priority(make_sources(dispersion=3), make_weights(), options=SEED)
    poisson = composite_priority(make_sources(dispersion=1), make_weights(), options=SEED)
    extra = np.diag(varying.covariance - recorded.covariance) / np.diag(
        poisson.covariance - recorded.covariance
    )
    assert extra == pytest.approx(np.full(4, 3.0))
    table = recorded.declaration().set_index("source")
    assert table["sampling_error"].to_dict() == {
        "prioriterar": True,
        "oro": True,
        "anmälda": False,
        "dialog": False,
    }


def test_without_any_sampling_error_there_are_no_rank_sets():
    shares = survey(SHARE, WORRY)
    described = RespondentShares(
        "proportion",
        shares.cells,
        shares.values,
        shares.n,
        shares.numerator,
        shares.status,
        About(stream="webb"),
    )
    web = Source.from_respondents(
        "webb", described, {p: f"prio.{p}" for p in PROBLEMS}, declared=declared("webb")
    )
    found = composite_priority(
        [web], PillarWeights.equal(["webb"], set_by="styrgruppen", decided="2026-01-15")
    )
    assert found.ranks is None
    assert (found.to_frame()["basis"] == NO_SURVEY_BASIS).all()
    assert found.to_frame()["rank"].isna().all()


def test_an_area_without_survey_answers_never_gets_a_place():
    sources = make_sources()
    sources[2] = replace(sources[2], values={**sources[2].values, "våldsbejakande extremism": 0.2})
    found = composite_priority(sources, make_weights(), missing="renormalise", options=SEED)
    frame = found.to_frame().set_index("problem")
    assert frame.loc["våldsbejakande extremism", "basis"] == "ingen enkätgrund"
    assert frame.loc["våldsbejakande extremism", ["score", "rank", "lower", "upper"]].isna().all()
    assert frame.loc["narkotika", "rank"] == 1
    assert int(found.ranks.ranked.sum()) == 4
    # nor does it fail a complete composite: it is not scored in any case
    composite_priority(sources, make_weights(), options=SEED)


def test_a_missing_number_is_an_error_or_a_declared_renormalisation():
    sources = make_sources()
    sources[3] = replace(sources[3], values={k: v for k, v in sources[3].values.items() if k != "klotter"})
    with pytest.raises(RankingError) as caught:
        composite_priority(sources, make_weights())
    assert caught.value.code == "RANG-21"
    assert caught.value.problems[0].facts["problems"] == "klotter"
    found = composite_priority(sources, make_weights(), missing="renormalise", options=SEED)
    assert found.status.tolist() == ["ok", "ok", "ok", "renormalised"]
    assert found.weights[3] == pytest.approx([0.25 / 0.8, 0.25 / 0.8, 0.3 / 0.8, 0.0])
    left = composite_priority(sources, make_weights(), missing="exclude", options=SEED)
    assert left.ranks.ranked.tolist() == [True, True, True, False]
    assert left.status[3] == "excluded"


@pytest.mark.parametrize(
    ("pillars", "part"),
    [
        ({"enkät": 0.5, "register": 0.5}, "dialog"),
        ({"enkät": 0.4, "register": 0.3, "dialog": 0.2, "barn": 0.1}, "barn"),
    ],
)
def test_a_missing_weight_or_source_is_an_error(pillars, part):
    with pytest.raises(RankingError, match=part) as caught:
        composite_priority(make_sources(), make_weights(**pillars))
    assert caught.value.code == "RANG-19"


def test_a_declared_renormalisation_gives_the_weight_of_an_absent_pillar_to_the_others():
    pillars = {"enkät": 0.4, "register": 0.3, "dialog": 0.2, "barn": 0.1}
    found = composite_priority(make_sources(), make_weights(**pillars), missing="renormalise", options=SEED)
    assert found.weights[0] == pytest.approx([0.2 / 0.9, 0.2 / 0.9, 0.3 / 0.9, 0.2 / 0.9])


def test_weights_within_a_pillar():
    weights = replace(make_weights(), within={"enkät": {"prioriterar": 0.8, "oro": 0.2}})
    found = composite_priority(make_sources(), weights, options=SEED)
    assert found.weights[0] == pytest.approx([0.4, 0.1, 0.3, 0.2])
    with pytest.raises(RankingError, match="oro"):
        composite_priority(make_sources(), replace(make_weights(), within={"enkät": {"prioriterar": 1.0}}))


@pytest.mark.parametrize("wrong", [{"a": 0.5, "b": 0.4}, {"a": 1.2, "b": -0.2}])
def test_weights_that_do_not_sum_to_one_are_refused(wrong):
    with pytest.raises(RankingError) as caught:
        PillarWeights(wrong, "styrgruppen", "2026-01-15")
    assert caught.value.code == "RANG-19"
    with pytest.raises(RankingError, match="set_by"):
        PillarWeights({"a": 1.0}, " ", "2026-01-15")


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": ""},
        {"goalposts": None},
        {"goalposts": (1.0, 0.0)},
        {"reference": 2.0},
        {"goalposts": None, "reference": 0.0},
    ],
)
def test_an_undeclared_source_is_refused(wrong):
    with pytest.raises(RankingError) as caught:
        declared("enkät", **wrong)
    assert caught.value.code == "RANG-18"


def test_survey_sources_of_one_stream_come_from_one_call():
    one, two = survey(SHARE, WORRY), survey(SHARE, WORRY)
    sources = make_sources(one)
    sources[1] = make_sources(two)[1]
    with pytest.raises(RankingError) as caught:
        composite_priority(sources, make_weights())
    assert caught.value.code == "RANG-20"
    pupils = replace(two, about=About(stream="elev", wave="2026"))
    sources[1] = make_sources(pupils)[1]
    joined = composite_priority(sources, make_weights(), options=SEED)  # other people: independent
    none = composite_priority(make_sources(survey(SHARE, WORRY, rho=0.0)), make_weights(), options=SEED)
    np.testing.assert_allclose(joined.covariance, none.covariance)


def test_a_low_number_may_speak_for_priority_and_a_reference_replaces_goalposts():
    safe = Source.from_table("trygghet", {"a": 0.8, "b": 0.4}, declared=declared("enkät", worse="low"))
    rate = Source.from_table(
        "jämfört", {"a": 6.0, "b": 3.0}, declared=declared("register", goalposts=None, reference=3.0)
    )
    trust = Source.from_table(
        "index", {"a": 6.0, "b": 3.0}, declared=declared("dialog", goalposts=None, reference=3.0, worse="low")
    )
    found = composite_priority([safe, rate, trust], make_weights())
    assert found.normalised.tolist() == [[pytest.approx(0.2), 2.0, 0.5], [0.6, 1.0, 1.0]]


def test_numbers_beyond_a_goalpost_are_flagged():
    sources = make_sources(survey(np.array([0.7, 0.3, 0.28, 0.1]), WORRY))
    found = composite_priority(sources, make_weights(), options=SEED)
    assert found.clipped[:, 0].tolist() == [True, False, False, False]
    assert found.normalised[0, 0] == 1.0


def test_method_uncertainty_is_no_interval_and_keeps_to_itself():
    found = composite_priority(make_sources(), make_weights(), options=SEED)
    spread = method_uncertainty(found, MethodFactors(seed=3))
    assert "not a confidence interval" in spread.note
    assert not {"level", "ci_low", "lower", "upper"} & (set(dir(spread)) | set(spread.to_frame()))
    assert "not a confidence interval" in spread._repr_html_()
    again = method_uncertainty(found, MethodFactors(seed=3))
    assert np.array_equal(spread.places, again.places)
    assert spread.among_first(4).tolist() == [1.0] * 4
    holds = spread.order_holds()
    assert (holds + holds.T <= 1 + 1e-12).all()
    # more sampling error changes the sets and the combined spread, not the method's
    noisy = composite_priority(make_sources(survey(SHARE, WORRY, n=60)), make_weights(), options=SEED)
    assert np.array_equal(method_uncertainty(noisy, MethodFactors(seed=3)).places, spread.places)
    assert noisy.ranks.unseparated > found.ranks.unseparated
    both = combined_spread(noisy, MethodFactors(seed=3))
    assert both.kind == "combined"
    assert both.places.std(axis=0).sum() > spread.places.std(axis=0).sum()


def test_weights_vary_as_the_declared_dirichlet():
    flat = [
        Source.from_survey(
            name, e, {"narkotika": "prio.narkotika", "inbrott": "prio.inbrott"}, declared=declared(name)
        )
        for name, e in (("a", survey(SHARE, WORRY)),)
    ]
    flat += [
        Source.from_table(name, {"narkotika": 1.0, "inbrott": 0.0}, declared=declared(name))
        for name in ("b", "c", "d")
    ]
    found = composite_priority(
        flat, PillarWeights.equal("abcd", set_by="styrgruppen", decided="2026-01-15"), options=SEED
    )
    from trygghet.ranking.composite.methods import inputs_of, scenario_scores

    only = MethodFactors(normalisations=("declared",), aggregations=("arithmetic",), drop_one="none", seed=1)
    uniform = np.random.default_rng(1).random((40_000, inputs_of(found)))
    scores = scenario_scores(found, only, uniform)
    weight_of_a = (1 - scores[:, 0]) / (1 - 0.45)  # the score of narkotika is 1 - w_a (1 - 0.45)
    assert weight_of_a.mean() == pytest.approx(0.25, abs=0.002)
    assert weight_of_a.std() == pytest.approx(np.sqrt(0.25 * 0.75 / 31), rel=0.02)


def test_sensitivity_finds_the_choice_that_matters():
    found = composite_priority(make_sources(), make_weights(), options=SEED)
    only = MethodFactors(
        normalisations=("declared",),
        aggregations=("arithmetic",),
        drop_one="each",
        seed=2,
        concentration=5000,
    )
    result = sensitivity(found, only, size=256)
    assert result.most_influential == "dropped source"
    assert "largest: dropped source" in result._repr_html_()
    table = result.to_frame().set_index("choice")
    assert table.loc["scale", "total_order"] == pytest.approx(0, abs=1e-9)
    assert table.loc["aggregation", "total_order"] == pytest.approx(0, abs=1e-9)
    assert table.loc["dropped source", "first_order"] == pytest.approx(1, abs=0.15)


def test_sensitivity_of_an_order_that_never_changes_is_nothing():
    sources = [
        Source.from_survey(
            "a", survey(SHARE, WORRY), {p: f"prio.{p}" for p in PROBLEMS}, declared=declared("enkät")
        ),
        Source.from_table(
            "b",
            dict(zip(PROBLEMS, (9.0, 7.0, 5.0, 1.0), strict=True)),
            declared=declared("dialog", goalposts=(0.0, 10.0)),
        ),
    ]
    found = composite_priority(sources, make_weights(enkät=0.5, dialog=0.5), options=SEED)
    result = sensitivity(found, MethodFactors(seed=2), size=64)
    assert result.mean_shift == 0
    assert (result.total_order == 0).all()


def test_outranking_by_hand():
    found = composite_priority(make_sources(), make_weights(), options=SEED)
    # narkotika beats trafik and klotter everywhere but in the register; inbrott wins on worry and register (0.55)
    assert copeland(found).tolist() == [2, 1, 3, 4]


def test_the_declaration_tells_everything_and_who_decided():
    table = composite_priority(make_sources(), make_weights(), options=SEED).declaration()
    assert set(table["set_by"]) == {"styrgruppen"}
    assert table["weight"].sum() == pytest.approx(1)
    assert {"unit", "period", "population", "coverage", "goalposts"} <= set(table)


@pytest.mark.parametrize(
    "wrong", [{"population": 0, "dispersion": 1}, {"population": 100, "dispersion": 0.5}]
)
def test_a_register_needs_people_and_a_declared_dispersion(wrong):
    with pytest.raises(RankingError) as caught:
        Source.from_register("r", {"a": 1.0}, declared=declared("register"), **wrong)
    assert caught.value.code == "RANG-20"


def test_factors_that_vary_nothing_are_refused():
    with pytest.raises(RankingError) as caught:
        MethodFactors(scenarios=0)
    assert caught.value.code == "RANG-22"
