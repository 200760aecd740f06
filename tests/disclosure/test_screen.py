import pickle

import numpy as np
import pytest
from made import by_area, counts, estimates, shares

from trygghet.claims import Claim
from trygghet.claims.claim import CellKey
from trygghet.disclosure import DisclosureRules, Publishable, screen
from trygghet.disclosure.cells import collect_cells
from trygghet.disclosure.primary import primary_reasons, shared_bound
from trygghet.errors import DisclosureError
from trygghet.estimate.estimates import Estimates
from trygghet.ranking import RankOptions, RankSets, TopSet, rank, top_set

AREAS = ["Centrum", "Lunden", "Höjden", "Sjöstaden"]


def reasons(n, positive, rules=None, *, item="hot"):
    est = estimates(by_area(item, [str(i) for i in range(len(n))]), n, positive)
    return primary_reasons(collect_cells({"x": est}).cells, rules or DisclosureRules()).tolist()


def test_bases_below_the_floor_are_withheld():
    assert reasons([29, 30, 31], [10, 10, 10]) == ["base", "", ""]


def test_sensitive_items_have_a_raised_floor():
    rules = DisclosureRules().with_sensitive(["hot"])
    assert reasons([49, 50], [10, 10], rules) == ["base", ""]
    assert reasons([49, 50], [10, 10], rules, item="hot.ran") == ["base", ""]
    assert reasons([49, 50], [10, 10], rules, item="annat") == ["", ""]


def test_small_numerators_and_complements_are_withheld():
    assert reasons([200] * 6, [1, 2, 3, 197, 198, 199]) == ["numerator"] * 2 + [""] * 2 + ["numerator"] * 2


def test_nobody_and_everybody_share_the_mark_on_small_bases_only():
    assert reasons([99, 100, 99, 100], [0, 0, 99, 100]) == ["numerator", "", "numerator", ""]


def test_an_empty_domain_has_nothing_to_withhold():
    assert reasons([0, 40], [0, 20]) == ["", ""]


def test_rule_can_be_turned_off():
    assert reasons([200], [1], DisclosureRules(small_numerator=0)) == [""]


@pytest.mark.parametrize(("n", "bound"), [(10, 30), (20, 15), (30, 10), (40, 8), (99, 4)])
def test_bound_of_the_shared_mark_holds_three_persons(n, bound):
    assert shared_bound(n, DisclosureRules()) == bound
    assert bound * n / 100 >= 3
    assert (bound - 1) * n / 100 < 3


def test_marks_tell_the_four_states_apart():
    est = estimates(by_area("hot", list("abcdefg")), [400, 400, 20, 40, 40, 60, 0], [100, 0, 5, 1, 39, 20, 0])
    kept = screen({"x": est})["x"]
    assert kept.marks == ("", "", "..", "<8\xa0%", ">92\xa0%", "()", ".")
    assert kept.result.status.tolist() == [
        "ok",
        "ok",
        "withheld",
        "withheld",
        "withheld",
        "uncertain",
        "empty",
    ]
    assert kept.result.values[1] == 0


def test_shared_mark_never_says_what_the_weighted_share_denies():
    est = estimates(by_area("hot", ["a"]), [40], [2], values=[0.11])
    assert screen({"x": est})["x"].marks == ("..",)


def test_withheld_numbers_are_gone_from_the_arrays():
    est = estimates(by_area("hot", AREAS), [100, 20, 150, 120], [31, 7, 40, 44])
    kept = screen({"x": est})["x"]
    found = kept.result
    assert isinstance(found, Estimates)
    assert np.isnan(found.values[1])
    assert np.isnan(found.standard_errors[1])
    assert (found.n[1], found.numerator[1]) == (0, 0)
    row = found.to_frame().loc[1]
    assert row["status"] == "withheld"
    assert row[["estimate", "standard_error", "ci_low", "ci_high", "dof", "design_effect"]].isna().all()
    assert np.float64(7 / 20).tobytes() not in pickle.dumps(kept.result)
    assert est.values[1] == 7 / 20


def test_covariance_of_withheld_cells_is_refused():
    est = estimates(by_area("hot", AREAS), [100, 20, 150, 120], [31, 7, 40, 44])
    found = screen({"x": est})["x"].result
    assert found.covariance(np.array([0, 2])).shape == (2, 2)
    np.testing.assert_array_equal(found.covariance(np.array([3, 0])), est.covariance(np.array([3, 0])))
    with pytest.raises(DisclosureError) as refused:
        found.covariance()
    assert refused.value.code == "SEK-02"
    with pytest.raises(DisclosureError):
        found.take(np.array([1, 2])).covariance()


def test_shown_cells_keep_their_numbers_and_intervals():
    est = estimates(by_area("hot", AREAS), [100, 20, 150, 120], [31, 7, 40, 44])
    before, after = est.to_frame().drop(index=1), screen({"x": est})["x"].result.to_frame().drop(index=1)
    columns = ["estimate", "standard_error", "ci_low", "ci_high", "dof", "n"]
    np.testing.assert_array_equal(after[columns], before[columns])


def test_a_cell_withheld_in_one_result_is_withheld_in_all():
    whole = estimates(by_area("hot", AREAS), [100, 20, 150, 120], [31, 7, 40, 44])
    kept = screen({"a": whole, "b": whole.take(np.array([3, 1]))})
    assert kept["b"].result.status.tolist() == ["ok", "withheld"]


def test_respondents_are_screened_by_the_same_rules():
    kept = screen({"webb": shares(by_area("hot", ["a", "b", "c"]), [29, 40, 300], [5, 1, 30])})["webb"]
    assert kept.result.status.tolist() == ["withheld", "withheld", "ok"]
    assert np.isnan(kept.result.values[:2]).all()
    assert kept.result.n.tolist() == [0, 0, 300]
    assert "standard_error" not in kept.result.to_frame()


def test_counts_in_a_table_are_screened_with_what_is_computed_from_them():
    kept = screen({"svar": counts([120, 12, 80, 25])})["svar"].result
    hidden = kept.frame["svarande"].isna()
    assert hidden.tolist() == [False, True, False, True]
    assert kept.frame["andel"].isna().tolist() == hidden.tolist()


def items(n, positive):
    return estimates([(f"prio.{i}", "", "Alla") for i in range(len(n))], n, positive)


def test_a_withheld_place_leaves_no_gap_among_the_ranks():
    top = top_set(items([400] * 5, [200, 150, 2, 100, 50]), 2, RankOptions(seed=1, first="lowest"))
    assert top.ranks.rank.tolist() == [5, 4, 1, 3, 2]
    kept = screen({"prio": top})["prio"].result
    assert isinstance(kept, TopSet)
    assert kept.ranks.rank.tolist() == [4, 3, 0, 2, 1]
    assert not kept.ranks.rejected[2].any()
    assert not kept.ranks.rejected[:, 2].any()
    assert kept.box[2] == "unranked"
    assert np.isnan(kept.ranks.values[2])
    assert np.isnan(kept.ranks.to_frame().loc[2, "estimate"])
    assert kept.ranks.labels == top.ranks.labels


def test_ranks_are_those_of_a_ranking_without_the_withheld():
    options = RankOptions(seed=3)
    every = items([400, 400, 400, 400], [200, 190, 1, 60])
    kept = screen({"r": rank(every, options)})["r"].result
    assert isinstance(kept, RankSets)
    alone = rank(every.take(np.array([0, 1, 3])), options)
    assert kept.upper[[0, 1, 3]].tolist() == alone.upper.tolist()
    assert kept.lower[[0, 1, 3]].tolist() == alone.lower.tolist()


def claim(*uses, verdict="supported"):
    return Claim("low", verdict, {"p": 0.23456}, "regel", "Andelen är 23 %.", uses, base="n = 34")


def test_a_claim_on_a_withheld_cell_is_refused_without_its_numbers():
    est = estimates(by_area("hot", AREAS), [100, 20, 150, 120], [31, 7, 40, 44])
    shown = claim(CellKey("hot", "", "omrade", "Centrum", "2026", "brev"))
    hidden = claim(CellKey("hot", "", "omrade", "Lunden", "2026", "brev"))
    kept = screen({"x": est, "shown": shown, "hidden": hidden})
    assert kept["shown"].result == shown
    assert (kept["hidden"].result.verdict, kept["hidden"].result.reason) == ("not_allowed", "suppressed")
    assert "23" not in repr(kept["hidden"].result)


def test_a_claim_on_numbers_that_are_not_screened_stops():
    est = estimates(by_area("hot", AREAS), [100, 200, 150, 120], [31, 70, 40, 44])
    with pytest.raises(DisclosureError) as refused:
        screen({"x": est, "c": claim(CellKey("oro", "", "", "Alla", "2026", "brev"))})
    assert refused.value.code == "SEK-08"


def test_a_difference_is_withheld_with_the_domain_that_it_tells_about():
    whole = estimates([("hot", "", "Alla")], [390], [122])
    area = estimates(by_area("hot", AREAS), [100, 90, 150, 50], [31, 2, 40, 49])
    gaps = estimates(
        by_area("hot", AREAS), [100, 90, 150, 50], [-1] * 4, estimand="difference", values=[0.1] * 4
    )
    kept = screen({"whole": whole, "area": area, "gaps": gaps})["gaps"].result
    assert kept.status[1] == "withheld"
    assert np.isnan(kept.values[1])


def test_a_change_is_withheld_when_either_wave_is():
    rows = by_area("hot", AREAS[:3])
    new = estimates(rows, [100, 100, 100], [30, 2, 30])
    old = estimates(rows, [100, 100, 100], [30, 30, 1], wave="2024")
    gap = estimates(rows, [100] * 3, [-1] * 3, estimand="change", values=[0.1] * 3, wave="2026 mot 2024")
    kept = screen({"new": new, "old": old, "change": gap})["change"].result
    assert kept.status.tolist()[1:] == ["withheld", "withheld"]


def test_only_the_screen_makes_a_publishable():
    with pytest.raises(DisclosureError) as refused:
        Publishable("x", (), (), DisclosureRules(), "0" * 64, object())
    assert refused.value.code == "SEK-01"


def test_a_publishable_shows_neither_numbers_nor_reasons():
    est = estimates(by_area("hot", AREAS), [100, 20, 150, 120], [31, 7, 40, 44])
    shown = repr(screen({"x": est})["x"])
    assert "Lunden" not in shown
    assert "base" not in shown


def test_what_is_no_result_is_refused():
    with pytest.raises(DisclosureError) as refused:
        screen({"x": object()})
    assert refused.value.code == "SEK-04"


@pytest.mark.parametrize(
    "wrong", [{"base_floor": 9}, {"sensitive_floor": 20}, {"protection": 2}, {"unknown": 1}], ids=str
)
def test_rules_refuse_what_cannot_protect(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        DisclosureRules(**wrong)


def test_rounded_results_give_no_finer_number_away():
    est = estimates(by_area("hot", AREAS), [333, 200, 150, 127], [101, 70, 40, 44])
    found = screen({"x": est}, DisclosureRules(rounding=0.01))["x"].result
    np.testing.assert_allclose(found.values * 100, np.round(found.values * 100), atol=1e-9)
    np.testing.assert_allclose(found.standard_errors * 100, np.round(found.standard_errors * 100), atol=1e-9)
    assert (found.standard_errors >= est.standard_errors).all()
    assert found.numerator[0] == round(0.30 * 333)
    low, high = found.interval()
    assert ((low < est.values) & (est.values < high)).all()
