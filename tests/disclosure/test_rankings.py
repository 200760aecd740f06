"""Orders, model-based ranks and composites: the same screened result whatever a withheld number is, and read back as it was."""

import json
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from made import by_area, estimates, shares

from trygghet.design import OpenSample
from trygghet.disclosure import DisclosureRules, read_publishable, screen, write_publishable
from trygghet.errors import DisclosureError
from trygghet.estimate import multi_response
from trygghet.ranking import (
    OrderCheck,
    OrderStability,
    RankOptions,
    bayes_ranks,
    describe_order,
    multinomial_rank_bounds,
    rank,
    ranking_from_json,
    ranking_to_json,
)
from trygghet.ranking.composite import (
    MethodFactors,
    PillarWeights,
    Source,
    SourceDeclaration,
    composite_priority,
    method_uncertainty,
)
from trygghet.ranking.respondents import exclusive_weights, places_of

NAMES = [f"prio.{letter}" for letter in "abcde"]
LETTERS = [(name, "", "Alla") for name in NAMES]
AREAS = ["Centrum", "Lunden", "Höjden", "Sjöstaden", "Brovallen", "Ekbacken", "Åsbyn"]
SEED = RankOptions(seed=1, draws=1000)
# what is withheld: two of 400 gave the last answer, in one place of the order or another
SECRETS = (0.021, 0.999)


def open_order(secret):
    """Five options among 400 respondents; the last one is withheld, and comes first or last."""
    found = shares(LETTERS, [400] * 5, [200, 150, 120, 90, 2])
    found = replace(found, values=np.array([0.5, 0.375, 0.3, 0.225, secret]))
    return describe_order(found)


def letters(secret):
    values = [0.42, 0.40, 0.31, 0.2, secret]
    return estimates(LETTERS, [600] * 5, [252, 240, 186, 120, 2], values=values)


def stability(secret):
    order = open_order(secret)
    values = {
        ("raked", "", 360, "webb"): [0.45, 0.46, 0.2, 0.21, secret],
        ("without", "QR", 250, "webb"): [0.45, 0.46, 0.2, 0.21, secret],
        ("without", "affisch", 391, "webb"): [0.2, 0.3, 0.4, 0.5, secret],  # leaves out nine persons
        ("without", "epost", 12, "webb"): [0.2, 0.3, 0.4, 0.5, secret],
        ("stream", "brev", 600, "brev"): [0.42, 0.40, 0.31, 0.2, secret],
    }
    checks = tuple(
        OrderCheck(kind, detail, n, places_of(np.array(v)), "2026", stream)
        for (kind, detail, n, stream), v in values.items()
    )
    alone = np.full((5, 5), 90.0)
    alone[4], alone[:, 4] = 400 * secret, 400 * secret
    return OrderStability(order, 2, checks, alone)


def areas(secret):
    n = [240, 190, 150, 23, 200, 180, 160]
    values = np.array([0.30, 0.45, 0.33, secret, 0.22, 0.20, 0.25])
    return estimates(by_area("otrygg", AREAS), n, np.round(values * n), values=values)


def composite(secret, *, scale="declared"):
    told = {"unit": "andel", "period": "2026", "population": "alla", "coverage": "svarande"}
    items = dict(zip("abcde", NAMES, strict=True))
    sources = [
        Source.from_survey(
            "enkät", letters(secret), items, declared=SourceDeclaration("enkät", goalposts=(0.0, 0.6), **told)
        ),
        Source.from_register(
            "anmälda",
            dict(zip("abcdef", (90, 30, 200, 10, 60, 5), strict=True)),
            population=36_000,
            dispersion=1,
            declared=SourceDeclaration("register", goalposts=(0.0, 8.0), **told),
        ),
    ]
    weights = PillarWeights.equal(["enkät", "register"], set_by="styrgruppen", decided="2026-01-15")
    factors = MethodFactors(seed=1, scenarios=200)
    return composite_priority(
        sources, weights, scale=scale, missing="renormalise", options=SEED, factors=factors
    )


def results(secret):
    return {
        "ordning": open_order(secret),
        "stabilitet": stability(secret),
        "brev": letters(secret),
        "områden": bayes_ranks(areas(secret), options=SEED),
        "sammanvägd": composite(secret),
        "rang": rank(letters(secret), SEED),
    }


@pytest.fixture(scope="module")
def worlds():
    return [screen(results(secret)) for secret in SECRETS]


@pytest.mark.parametrize("name", list(results(SECRETS[0])))
def test_the_result_is_the_same_whatever_the_withheld_number_is(worlds, name):
    raw = (
        [json.loads(ranking_to_json({"x": r[name]})) for r in map(results, SECRETS)]
        if name != "brev"
        else [0, 1]
    )
    assert raw[0] != raw[1]
    assert worlds[0][name].digest == worlds[1][name].digest


@pytest.mark.parametrize("name", list(results(SECRETS[0])))
def test_a_screened_ranking_comes_back_as_it_was(worlds, name, tmp_path):
    kept = worlds[0][name]
    back = read_publishable(write_publishable(tmp_path, "x", kept))
    assert type(back.result) is type(kept.result)
    assert back.digest == kept.digest
    if hasattr(kept.result, "to_frame"):
        pd.testing.assert_frame_equal(back.result.to_frame(), kept.result.to_frame())


def test_rankings_come_back_from_the_file_of_the_stage_and_screen_alike():
    given = {name: r for name, r in results(SECRETS[0]).items() if name != "brev"}
    text = ranking_to_json(given)
    back = ranking_from_json(text)
    assert ranking_to_json(back) == text
    first, second = screen(results(SECRETS[0])), screen({**back, "brev": letters(SECRETS[0])})
    assert {name: kept.digest for name, kept in first.items()} == {n: second[n].digest for n in first}


def test_a_withheld_option_has_no_place_in_any_way_to_count(worlds):
    order = worlds[0]["ordning"].result
    assert order.place.tolist() == [1, 2, 3, 4, 0]
    assert np.isnan(order.values[4])
    found = worlds[0]["stabilitet"].result
    assert found.order.place[4] == 0
    assert all(check.place[4] == 0 for check in found.checks)
    assert all(check.place.max() <= found.m for check in found.checks)
    assert found.first() == ("prio.a", "prio.b")
    assert found.first(found.checks[0]) == ("prio.b", "prio.a")
    assert np.isfinite(found.alone).sum() == 2  # the line between place 2 and 3 alone
    assert (found.selection.inside, found.selection.outside) == ("prio.b", "prio.c")


def test_a_way_to_count_that_tells_of_a_few_persons_is_withheld(worlds):
    checks = {check.scenario: check for check in worlds[0]["stabilitet"].result.checks}
    assert checks["without QR"].known
    for told in ("without affisch", "without epost"):
        assert not checks[told].known
        assert checks[told].n == 0


@pytest.mark.parametrize(("both", "shown"), [(60, True), (149, False), (150, True)])
def test_a_small_cell_at_the_line_hides_the_whole_table(both, shown):
    """150 chose b and 120 + both chose c too: one who chose b alone would be told."""
    rng = np.array([[1, 1]] * both + [[1, 0]] * (150 - both) + [[0, 1]] * 40 + [[0, 0]] * 160)
    frame = pd.DataFrame(rng, columns=["b", "c"]).assign(a=1)
    sample = OpenSample.from_frame(frame)
    order = describe_order(multi_response(sample, ["a", "b", "c"]))
    m = int(order.place[1]) if order.place[1] < 3 else 2
    kept = screen({"x": OrderStability(order, m, (), exclusive_weights(sample, order))})["x"].result
    assert (kept.selection is not None) == shown


def test_an_order_is_not_screened_without_the_streams_it_is_checked_against():
    with pytest.raises(DisclosureError) as caught:
        screen({"x": stability(SECRETS[0])})
    assert caught.value.code == "SEK-08"


def test_the_model_has_not_seen_a_withheld_area(worlds):
    kept = worlds[0]["områden"].result
    seen = kept.sets.ranked
    assert not seen[3]
    alone = bayes_ranks(areas(SECRETS[0]).take(np.flatnonzero(seen)), options=SEED)
    np.testing.assert_allclose(kept.mean[seen], alone.mean)
    np.testing.assert_allclose(kept.place_shares[seen][:, : seen.sum()], alone.place_shares)
    assert np.isnan(kept.to_frame().loc[3, ["estimate", "model_mean", "expected_rank"]].astype(float)).all()


def test_too_few_shown_areas_give_no_model():
    n = [240, 190, 150, 20, 20, 20, 20]
    values = np.array([0.3, 0.45, 0.33, 0.2, 0.2, 0.25, 0.3])
    found = bayes_ranks(
        estimates(by_area("otrygg", AREAS), n, np.round(values * n), values=values), options=SEED
    )
    kept = screen({"x": found}, DisclosureRules())["x"].result
    if kept.sets.ranked.sum() <= 3:
        assert np.isnan(kept.mean).all()
    assert np.isnan(kept.mean[3:]).all()


def test_a_problem_with_a_withheld_number_is_out_of_the_composite(worlds):
    kept, found = worlds[0]["sammanvägd"].result, composite(SECRETS[0])
    assert kept.status.tolist()[4] == "withheld"
    assert np.isnan(kept.scores[4])
    assert np.isnan(kept.values[4]).all()
    assert not kept.ranks.ranked[4]
    assert (
        kept.ranks.rank[:4].tolist() == (1 + (kept.scores[:4] > kept.scores[:4, None]).sum(axis=1)).tolist()
    )
    np.testing.assert_allclose(kept.scores[:4], found.scores[:4])
    assert all("e" not in source.values and source.estimates is None for source in kept.sources)
    assert worlds[0]["sammanvägd"].withheld[0].reason == "derived"
    assert "e" not in method_uncertainty(kept).problems
    assert kept.status[5] == "no_survey_basis"
    assert not kept.ranks.ranked[5]


def test_a_score_has_the_degrees_of_freedom_of_its_own_numbers(monkeypatch):
    """Those of an item that few answered would tell of its base in the sets of all the others."""
    few = letters(0.02)
    few.dof[:] = [599, 599, 599, 599, 24]
    monkeypatch.setattr(sys.modules[__name__], "letters", lambda _secret: few)
    assert composite(0.02).ranks.estimates.dof[:5].tolist() == [599, 599, 599, 599, 24]
    assert composite(0.02, scale="zscore").ranks.estimates.dof[:5].tolist() == [24] * 5


def test_scores_relative_to_the_other_problems_leave_together():
    kept = screen({"x": composite(0.02, scale="zscore"), "brev": letters(0.02)})["x"].result
    assert np.isnan(kept.scores).all()


def test_a_composite_is_not_screened_without_its_numbers():
    with pytest.raises(DisclosureError) as caught:
        screen({"x": composite(0.02)})
    assert caught.value.code == "SEK-08"


def test_a_rounded_composite_gives_no_finer_share_away():
    kept = screen({"x": composite(0.02), "brev": letters(0.02)}, DisclosureRules(rounding=0.01))["x"].result
    told = kept.sources[0].values
    assert all(value == pytest.approx(round(value, 2), abs=1e-12) for value in told.values())
    share = kept.contributions[:4, 0] / kept.weights[:4, 0] * 0.6
    np.testing.assert_allclose(share, [told[problem] for problem in "abcd"])


def test_exact_tests_keep_what_they_told_apart_among_the_shown():
    counts = np.array([231, 150, 60, 2])
    found = estimates([(name, "", "Alla") for name in NAMES[:4]], [443] * 4, counts)
    sets = replace(rank(found, SEED), bounds=multinomial_rank_bounds(counts))
    kept = screen({"x": sets})["x"].result
    assert kept.rank.tolist() == [1, 2, 3, 0]
    assert (kept.lower.tolist(), kept.upper.tolist()) == ([1, 2, 3, 0], [1, 2, 3, 0])
    assert not kept.rejected[3].any()
    assert not kept.rejected[:, 3].any()
    assert all(3 not in pair for pair in (*kept.bounds.borderline, *kept.bounds.inseparable))
    assert kept.tiers.tolist() == [1, 2, 3, 0]
