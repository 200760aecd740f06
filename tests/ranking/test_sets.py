import dataclasses

import numpy as np
import pytest

from trygghet.errors import RankingError
from trygghet.estimate import About, RespondentShares
from trygghet.ranking import (
    RankOptions,
    rank,
    rank_bounds,
    rank_each,
    ranking_from_json,
    ranking_to_json,
    top_set,
)
from trygghet.ranking.verbs import ranking_covariance

TIGHT = 0.004**2


def test_items_get_their_labels_and_the_same_sets_as_the_arrays(made):
    values, V = [0.47, 0.41, 0.22], np.full(3, 0.02**2)
    sets = rank(made(values, V, labels={"u1": "Narkotika"}), RankOptions(seed=3))
    arrays = rank_bounds(values, V, seed=3, dof=399)
    assert sets.labels == ("Narkotika", "u2", "u3")
    assert np.array_equal(sets.lower, arrays.lower)
    assert sets.critical_value == arrays.critical_value


def test_districts_with_an_empty_one_are_ranked_without_it(made):
    estimates = made([0.5, np.nan, 0.2], [TIGHT, np.nan, TIGHT], districts=True, dof=[90, 0, 70])
    sets = rank(estimates, RankOptions(seed=1))
    assert sets.ranked.tolist() == [True, False, True]
    assert sets.labels == ("u1", "u2", "u3")
    frame = sets.to_frame()
    assert frame["rank"].isna().tolist() == [False, True, False]
    assert frame["upper"].dropna().tolist() == [1, 2]


def test_a_district_where_nobody_said_yes_is_not_known_to_be_best(made):
    values, V = [0.0, 0.08, 0.5], [0.0, 0.05**2, 0.07**2]
    estimates = made(values, V, districts=True, n=[12, 40, 50], dof=[11, 39, 49])
    assert ranking_covariance(estimates)[0, 0] == pytest.approx(2 / 16 * 14 / 16 / 12)
    sets = rank(estimates, RankOptions(seed=1))
    assert sets.lower[0] == 2  # not told apart from 8 per cent, although its estimated variance is 0


def test_self_selected_answers_are_refused_by_type(made):
    estimates = made([0.4, 0.3], [TIGHT, TIGHT])
    shares = RespondentShares(
        "proportion",
        estimates.cells,
        estimates.values,
        estimates.n,
        estimates.numerator,
        estimates.status,
        About(stream="webb"),
    )
    for verb in (lambda: rank(shares), lambda: top_set(shares, 1), lambda: rank_each(shares)):
        with pytest.raises(RankingError) as caught:
            verb()
        assert caught.value.code == "RANG-02"
        assert caught.value.problems[0].facts["stream"] == "webb"


def test_streams_are_never_ranked_together(made):
    letters, pupils = made([0.4, 0.3], [TIGHT] * 2), made([0.4, 0.3], [TIGHT] * 2, stream="elev")
    with pytest.raises(RankingError, match="brev, elev"):
        rank([letters, pupils])


def test_items_in_several_domains_need_a_choice(made):
    one = made([0.4, 0.3, 0.4, 0.1], np.full(4, TIGHT))
    cells = one.cells.assign(item=["a", "b", "a", "b"], by="omrade", domain=["X", "X", "Y", "Y"])
    both = dataclasses.replace(one, cells=cells)
    with pytest.raises(RankingError) as caught:
        rank(both)
    assert caught.value.code == "RANG-03"
    each = rank_each(both, RankOptions(seed=4))
    assert list(each) == ["X", "Y"]
    alone = rank(both.select(domain="Y"), RankOptions(seed=4))
    assert np.array_equal(each["Y"].lower, alone.lower)
    assert each["Y"].critical_value == alone.critical_value
    assert list(rank_each(both, RankOptions(seed=4), within="item")) == ["a", "b"]


def test_three_boxes_and_the_places_left(made):
    values = [0.60, 0.41, 0.40, 0.39, 0.10]
    top = top_set(made(values, np.full(5, 0.02**2)), 2, RankOptions(seed=1))
    assert top.box == ("surely", "maybe", "maybe", "maybe", "out")
    assert top.places_left == 1
    assert not top.cutoff_secure
    assert top.cutoff.inside == ("u2",)
    assert top.cutoff.outside == ("u3",)
    assert top.labels_in("maybe") == ("u2", "u3", "u4")


def test_a_clear_line_between_place_m_and_the_next(made):
    top = top_set(made([0.60, 0.59, 0.20, 0.19], np.full(4, 0.02**2)), 2, RankOptions(seed=1))
    assert top.box == ("surely", "surely", "out", "out")
    assert top.cutoff_secure
    assert top.places_left == 0
    assert top_set(top.ranks.estimates, 4, RankOptions(seed=1)).surely.all()


def test_boxes_partition_whatever_m(made):
    rng = np.random.default_rng(8)
    estimates = made(rng.uniform(0.1, 0.5, 9), np.full(9, 0.03**2))
    for m in range(1, 10):
        top = top_set(estimates, m, RankOptions(seed=2, draws=500))
        assert (top.surely.astype(int) + top.maybe + top.out == 1).all()
        assert top.surely.sum() <= m <= top.surely.sum() + top.maybe.sum()
        assert top.places_left == m - top.surely.sum()


def test_a_top_set_needs_sets_that_hold_together(made):
    estimates = made([0.4, 0.3], [TIGHT] * 2)
    with pytest.raises(RankingError) as caught:
        top_set(estimates, 1, RankOptions(joint=False))
    assert caught.value.code == "RANG-08"
    with pytest.raises(RankingError) as caught:
        top_set(estimates, 0)
    assert caught.value.code == "RANG-07"


def test_tiers_and_runs_that_are_not_told_apart(made):
    sets = rank(made([0.60, 0.59, 0.30, 0.29, 0.05], np.full(5, 0.01**2)), RankOptions(seed=1))
    assert sets.tiers.tolist() == [1, 1, 2, 2, 3]
    assert sets.alike == (("u1", "u2"), ("u3", "u4"), ("u5",))
    assert sets.could_be_first == ("u1", "u2")
    assert sets.unseparated == 2
    chain = rank(made([0.40, 0.36, 0.32], np.full(3, 0.015**2)), RankOptions(seed=1))
    assert chain.alike == (("u1", "u2"), ("u2", "u3"))
    assert chain.tiers.tolist() == [1, 1, 1]


def test_json_gives_the_same_back(made):
    values = [0.5, np.nan, 0.2, 0.21]
    V = np.diag([TIGHT, np.nan, TIGHT, TIGHT])
    V[0, 2] = V[2, 0] = TIGHT / 3
    estimates = made(values, V, districts=True, dof=[90, 0, 70, np.inf])
    sets = rank(estimates, RankOptions(seed=1))
    top = top_set(estimates, 2, RankOptions(seed=1))
    text = ranking_to_json({"omrade": sets, "prio": top})
    back = ranking_from_json(text)
    assert ranking_to_json(back) == text
    assert back["prio"].box == top.box
    assert back["omrade"].options == sets.options
    np.testing.assert_array_equal(back["omrade"].estimates.covariance(), sets.estimates.covariance())
    np.testing.assert_array_equal(back["omrade"].to_frame()["ci_low"], sets.to_frame()["ci_low"])


@pytest.mark.parametrize(
    "text", ["{", "{}", '{"format": 99, "rankings": {}}', '{"format": 1, "rankings": {"a": {}}}']
)
def test_a_spoilt_ranking_file_is_refused(text):
    with pytest.raises(RankingError) as caught:
        ranking_from_json(text)
    assert caught.value.code == "RANG-09"


def test_html_names_level_seed_and_critical_value(made):
    top = top_set(made([0.6, 0.4, 0.1], np.full(3, 0.01**2)), 1, RankOptions(seed=41))
    assert "seed 41" in top.ranks._repr_html_()
    assert "<table" in top._repr_html_()
    assert "joint 0.95" in repr(top.ranks)
