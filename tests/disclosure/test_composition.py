"""The table of who answered: few who did not state their group cost no other group its row, and hide no less."""

import numpy as np
import pandas as pd
import pytest

from trygghet.disclosure import DisclosureRules, read_publishable, screen, write_publishable
from trygghet.pipeline.published import composition_table, response_table
from trygghet.weighting.response import UNKNOWN_GROUP

RULES = DisclosureRules()


def table(counts, *, by="Kön", stream="brev"):
    frame = pd.DataFrame({"grupp_av": by, "grupp": list(counts), "svarande": list(counts.values())})
    frame["andel_ovagd"] = frame["andel_vagd"] = frame["svarande"] / frame["svarande"].sum()
    frame["designeffekt"] = 1.2
    frame["andel_befolkning"] = np.nan
    return composition_table(frame, "2026", stream)


def shown(counts):
    frame = screen({"x": table(counts)}, RULES)["x"].result.frame
    for column in ("andel_ovagd", "andel_vagd", "designeffekt"):
        assert frame[column].isna().tolist() == frame["svarande"].isna().tolist()
    return dict(zip(frame["grupp"], frame["svarande"].notna(), strict=True))


def span(counts, seen, group):
    """How far a reader who knows everybody's number can narrow one group down, by trying every number."""
    left = sum(counts.values()) - sum(counts[each] for each, there in seen.items() if there)
    others = sum(not there for each, there in seen.items() if each != group)
    possible = range(left + 1) if others else [left]
    return max(possible) - min(possible)


def test_few_without_a_stated_sex_hide_nobody_else():
    counts = {"Kvinna": 595, "Man": 503, UNKNOWN_GROUP: 6}
    assert shown(counts) == {"Kvinna": True, "Man": True, UNKNOWN_GROUP: False}


@pytest.mark.parametrize(("another", "unstated"), [(5, 9), (1, 6), (2, 2), (1, 2), (6, 3), (3, 1)])
def test_the_unstated_cover_a_small_group_so_that_the_large_are_shown(another, unstated):
    counts = {"Kvinna": 595, "Man": 503, "Annat": another, UNKNOWN_GROUP: unstated}
    seen = shown(counts)
    assert not seen["Annat"]
    assert not seen[UNKNOWN_GROUP]
    assert span(counts, seen, "Annat") >= min(RULES.protection, another + unstated)
    if unstated > 1:
        assert seen["Kvinna"]
        assert seen["Man"]


def test_a_small_group_of_whom_all_are_known_still_gets_company():
    counts = {"Kvinna": 595, "Man": 503, "Annat": 5, UNKNOWN_GROUP: 0}
    seen = shown(counts)
    assert (seen["Kvinna"], seen["Man"], seen["Annat"]) == (True, False, False)
    assert span(counts, seen, "Annat") >= RULES.protection


def test_one_person_of_another_sex_costs_one_row_and_not_all():
    """The large group beside her needs no protection of its own: it could have been shown alone."""
    counts = {"Kvinna": 595, "Man": 503, "Annat": 1}
    seen = shown(counts)
    assert (seen["Kvinna"], seen["Man"], seen["Annat"]) == (True, False, False)
    assert span(counts, seen, "Annat") >= RULES.protection


@pytest.mark.parametrize("answers", [[12, 0, 0], [1, 0], [1, 1], [29, 0, 0, 0, 0, 0, 0]])
def test_a_small_stream_in_one_place_does_not_stop_the_run(answers):
    counts = dict(zip("abcdefg", answers, strict=False))
    seen = shown(counts)
    hidden = [group for group, there in seen.items() if not there]
    for group in (group for group, n in counts.items() if n):
        assert group in hidden
        assert span(counts, seen, group) >= min(RULES.protection, sum(answers))
    assert len(hidden) == 2, "no more noughts than are needed"


def test_the_unstated_are_withheld_before_a_group_of_people():
    """Forty-nine in a district and fifty-four without one: the latter lend the small district cover."""
    counts = {"Centrum": 133, "Lunden": 133, "Brovallen": 49, "Åsbyn": 20, UNKNOWN_GROUP: 54}
    assert [group for group, there in shown(counts).items() if not there] == ["Åsbyn", UNKNOWN_GROUP]


def test_a_group_of_a_response_table_is_covered_in_the_same_way():
    frame = pd.DataFrame(
        {
            "grupp_av": "Kön",
            "grupp": ["Kvinna", "Man", UNKNOWN_GROUP],
            "netto": [900, 880, 12],
            "svar": [400, 380, 5],
        }
    ).assign(svarsandel=lambda each: each["svar"] / each["netto"])
    kept = screen({"x": response_table(frame, "2026", "brev")}, RULES)["x"].result.frame
    assert kept["svar"].isna().tolist() == [False, False, True]
    assert kept["svarsandel"].isna().tolist() == [False, False, True]


def test_groups_are_named_in_the_log_and_come_back_from_a_file(tmp_path):
    kept = screen({"x": table({"Kvinna": 595, "Man": 503, "Annat": 5, UNKNOWN_GROUP: 9})}, RULES)["x"]
    assert [each.cell.domain for each in kept.withheld] == ["Annat", UNKNOWN_GROUP]
    write_publishable(tmp_path, "x", kept)
    back = read_publishable(tmp_path / "x.json").result
    assert (back.groups, back.unknown) == ("grupp", UNKNOWN_GROUP)
