from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from trygghet.codebook import Codebook
from trygghet.design import OpenSample, SurveyDesign
from trygghet.errors import RankingError
from trygghet.estimate import multi_response
from trygghet.ingest import read_survey
from trygghet.ranking import (
    OrderStability,
    RankOptions,
    alternatives,
    by_stream,
    describe_order,
    order_stability,
    priorities,
    rank_choices,
    top_set,
)
from trygghet.ranking.respondents import exclusive_weights
from trygghet.weighting import Margins, Weights, rake

RAW = "data/raw/2026"
OPTIONS = RankOptions(seed=1, draws=2000)


@pytest.fixture(scope="module")
def survey(request):
    raw = request.config.rootpath / RAW
    return read_survey(raw / "survey.sav", codebook=Codebook.read(raw / "codebook.yaml"))


@pytest.fixture(scope="module")
def letters(survey):
    return SurveyDesign.from_data(survey.stream("brev"))


@pytest.fixture(scope="module")
def web(survey):
    return OpenSample.from_data(survey.stream("webb"))


def test_a_survey_and_its_designs_show_themselves(survey, letters, web):
    shown = survey._repr_html_()
    assert "Trygghet i Exempelstad 2026" in shown
    assert f"webb: {web.n} rows, self_selected" in shown
    design = letters._repr_html_()
    assert f"Survey design of brev 2026: {len(letters.weights):,} respondents" in design
    assert f"in {len(letters.stages[0].count)} strata" in design
    assert "array" not in repr(letters) + repr(web)
    assert "no margin of error" in web._repr_html_()


def test_a_union_counts_each_person_once_and_takes_the_place_of_its_options(survey, letters):
    block = survey.codebook.block("prio")
    everything = multi_response(letters, "prio")
    top = priorities(letters, "prio", m=4, options=OPTIONS)
    ranked = list(top.ranks.estimates.cells["item"])
    for union, options in block.unions.items():
        share = float(everything.select(item=f"prio.{union}").values[0])
        parts = [float(everything.select(item=f"prio.{option}").values[0]) for option in options]
        assert max(parts) <= share <= sum(parts)
        assert share < sum(parts)  # some persons chose both
        chosen = np.column_stack([survey.stream("brev").numeric(f"prio.{option}") for option in options])
        by_person = np.nanmax(np.where(np.isnan(chosen), 0, chosen), axis=1)
        base = ~np.isnan(chosen).any(axis=1)
        assert share == pytest.approx(np.average(by_person[base], weights=letters.weights[base]))
        assert f"prio.{union}" in ranked
        assert not set(ranked) & {f"prio.{option}" for option in options}


def test_priorities_are_the_top_set_of_the_alternatives(survey, letters):
    shares = alternatives(multi_response(letters, "prio"), survey.codebook, "prio")
    top = priorities(letters, "prio", m=4, options=OPTIONS)
    assert top.box == top_set(shares, 4, OPTIONS).box
    frame = top.to_frame()
    assert {"label", "estimate", "ci_low", "ci_high", "lower", "upper", "box"} <= set(frame)


def test_a_self_selected_stream_gets_an_order_and_nothing_more(survey, web):
    with pytest.raises(RankingError) as caught:
        priorities(web, "prio")
    assert caught.value.code == "RANG-02"
    assert caught.value.problems[0].facts["stream"] == "webb"
    order = describe_order(alternatives(multi_response(web, "prio"), survey.codebook, "prio"))
    assert order.heading == "bland de svarande"
    assert "bland de svarande" in order._repr_html_()
    frame = order.to_frame()
    assert not {"ci_low", "ci_high", "lower", "upper", "standard_error"} & set(frame)
    assert frame["share"].is_monotonic_decreasing
    assert frame["place"].tolist() == frame["share"].rank(ascending=False, method="min").astype(int).tolist()


def test_estimates_are_not_described_as_respondents(letters):
    with pytest.raises(RankingError) as caught:
        describe_order(multi_response(letters, "prio"))
    assert caught.value.code == "RANG-15"


def plain_open(rows):
    return OpenSample.from_frame(pd.DataFrame(rows, columns=["a", "b", "c"]))


def swapping(sample, *items, m):
    order = describe_order(multi_response(sample, list(items)))
    return order, OrderStability(order, m, (), exclusive_weights(sample, order)).selection


def test_selection_that_swaps_two_options_by_hand():
    rows = [[1, 0, 0]] * 30 + [[0, 1, 0]] * 25 + [[1, 1, 0]] * 7 + [[0, 0, 1]] * 2
    sample = plain_open(rows)
    order, found = swapping(sample, "a", "b", "c", m=1)
    assert order.first(1) == ("a",)
    assert (found.inside, found.outside, found.ratio) == ("a", "b", 30 / 25)
    # the answer is right: with those who chose a alone that much more willing, the options draw level
    willing = np.where([r == [1, 0, 0] for r in rows], 1 / found.ratio, 1.0)
    level = describe_order(multi_response(replace(sample, weights=willing), ["a", "b", "c"]))
    assert level.values[0] == pytest.approx(level.values[1])
    assert swapping(sample, "a", "b", "c", m=3)[1] is None
    assert swapping(plain_open([[1, 0, 0], [1, 1, 0]]), "a", "b", m=1)[1].ratio == float("inf")


def test_order_stability_counts_each_scenario(survey, letters, web):
    weights = np.where(np.asarray(survey.stream("webb").groups("kon").codes) == 0, 3.0, 1.0)
    raked = Weights(values=weights, start=np.ones(web.n))
    found = order_stability(
        web,
        "prio",
        m=4,
        weights=raked,
        channel="omrade",
        others={"brev": multi_response(letters, "prio")},
    )
    names = [check.scenario for check in found.checks]
    assert names[0] == "raked"
    assert "without Centrum" in names
    assert names[-1] == "brev"
    table = found.to_frame()
    assert ("not the same in every way" in found._repr_html_()) != found.stable
    assert found.stable == table["same_members"].all()
    for row in table.itertuples():
        assert row.same_members == (not row.entered and not row.left)
        assert not row.same_order or row.same_members
    without = next(check for check in found.checks if check.scenario == "without Centrum")
    codes = survey.stream("webb").groups("omrade")
    kept = np.asarray(codes.codes) != list(codes.labels).index("Centrum")
    by_hand = multi_response(web, "prio", where=kept)
    assert without.n == by_hand.n.max()
    assert found.selection.ratio >= 1
    assert list(found.to_frame()["scenario"]) == names


def test_raking_may_cover_the_residents_alone(survey, request):
    """Only residents are weighted to the population; the others have no place in that scenario."""
    data = survey.stream("webb")
    residents = data.rows(data.residents())
    margins = Margins.read(request.config.rootpath / RAW / "margins.csv")
    weights = rake(residents, margins, start="ones", bounds=(0.1, 10.0))
    found = order_stability(OpenSample.from_data(data), "prio", weights=weights)
    alone = order_stability(OpenSample.from_data(residents), "prio", weights=weights)
    assert found.checks[0].n == alone.checks[0].n < found.order.shares.n.max()
    assert np.array_equal(found.checks[0].place, alone.checks[0].place)


def test_weights_of_other_rows_are_refused(web):
    short = Weights(values=np.ones(3), start=np.ones(3))
    with pytest.raises(RankingError) as caught:
        order_stability(web, "prio", weights=short)
    assert caught.value.code == "RANG-16"


def test_streams_side_by_side_are_never_pooled(survey, letters, web):
    top = priorities(letters, "prio", m=4, options=OPTIONS)
    order = describe_order(alternatives(multi_response(web, "prio"), survey.codebook, "prio"))
    both = by_stream({"brev": top, "webb": order})
    assert "streams are never pooled" in both._repr_html_()
    frame = both.to_frame()
    assert len(frame) == len(top) + len(order)
    described = frame[frame["stream"] == "webb"]
    assert described[["ci_low", "ci_high", "lower", "upper"]].isna().all(axis=None)
    assert frame[frame["stream"] == "brev"]["place"].isna().all()
    for label in both.labels:
        box = top.box[top.ranks.labels.index(label)]
        inside = label in order.first(4)
        expected = (
            "cannot_be_shown" if box == "maybe" else "everywhere" if inside and box == "surely" else None
        )
        if expected:
            assert both.agreement(label) == expected
        if box == "out":
            assert both.agreement(label) == ("differs" if inside else "nowhere")
    with pytest.raises(RankingError) as caught:
        by_stream({"webb": order})
    assert caught.value.code == "RANG-17"
    assert by_stream({"webb": order}, m=3).m == 3


def chosen_frame(size, seed=2):
    rng = np.random.default_rng(seed)
    rows = (rng.random((size, 5)) + np.array([0.4, 0.2, 0.0, 0.0, -0.2])).argsort(axis=1).argsort(axis=1) >= 3
    return pd.DataFrame(rows.astype(float), columns=list("abcde"))


def test_exact_ranks_of_plain_answers():
    frame = chosen_frame(300).assign(size=9000)
    design = SurveyDesign.from_frame(frame, population="size")
    sets = rank_choices(design, list("abcde"))
    assert sets.options.method == "mcnemar"
    large = top_set(multi_response(design, list("abcde")), 2, RankOptions(seed=3)).ranks
    assert np.array_equal(sets.rank, large.rank)
    assert np.abs(sets.lower - large.lower).max() <= 1
    assert np.abs(sets.upper - large.upper).max() <= 1


def test_one_choice_each_may_be_ranked_by_the_multinomial_test():
    frame = pd.DataFrame({"valt": np.repeat(["a", "b", "c"], [60, 30, 10]), "size": 5000})
    design = SurveyDesign.from_frame(frame, population="size")
    sets = rank_choices(design, "valt", RankOptions(method="multinomial"))
    assert dict(zip(sets.labels, sets.upper.tolist(), strict=True)) == {"a": 1, "b": 2, "c": 3}


@pytest.mark.parametrize("reason", ["weights", "strata", "psu", "method", "choices"])
def test_exact_ranks_are_refused_where_they_are_not_exact(reason):
    frame = chosen_frame(60).assign(size=9000, one=np.repeat([1.0, 2.0], 30), area=np.repeat([1, 2], 30))
    frame["school"] = np.repeat(np.arange(12), 5)
    design = SurveyDesign.from_frame(
        frame,
        weights="one" if reason == "weights" else None,
        strata="area" if reason == "strata" else None,
        psu="school" if reason == "psu" else None,
        population=None if reason == "weights" else "size",
    )
    method = {"method": "mrsw", "choices": "multinomial"}.get(reason, "mcnemar")
    with pytest.raises(RankingError) as caught:
        rank_choices(design, list("abcde"), RankOptions(method=method))
    assert caught.value.code == "RANG-11"


def test_exact_ranks_of_self_selected_answers_are_refused(web):
    with pytest.raises(RankingError) as caught:
        rank_choices(web, "prio")
    assert caught.value.code == "RANG-02"


def test_priorities_need_a_codebook():
    design = SurveyDesign.from_frame(chosen_frame(30).assign(size=900), population="size")
    with pytest.raises(RankingError) as caught:
        priorities(design, "prio")
    assert caught.value.code == "RANG-14"
    with pytest.raises(RankingError) as caught:
        order_stability(OpenSample.from_frame(chosen_frame(30)), "prio")
    assert caught.value.code == "RANG-14"
