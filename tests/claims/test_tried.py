"""How a report's statements share its risk: every part of every family, counted by hand."""

from dataclasses import replace

import numpy as np
import pytest
from by_hand import CONTEXT, estimates, top

from trygghet.claims import (
    Compared,
    Declared,
    Families,
    Family,
    Meaning,
    WaveResults,
    shared_risk,
    tried,
)
from trygghet.errors import ClaimError
from trygghet.ranking import RankOptions
from trygghet.waves import Break, change

FIVE = Families(
    (
        Family("priorities", "priorities", tuple("abcd")),
        Family("headline", "headline", ("otrygg_kvall:low", "kann_lofte:low")),
        Family("districts", "districts", ("A", "B")),
        Family("follow_up", "follow_up", ("otrygg_kvall", "kann_lofte")),
        Family("district_table", "district_table", ("A", "B"), 20),
    )
)
DECLARED = Declared(FIVE, headline=("otrygg_kvall", "kann_lofte"), districts=("otrygg_kvall",))


def two(values=(0.30, 0.20), **others):
    return estimates(list(values), items=("otrygg_kvall", "kann_lofte"), **others)


def run(results, declared=DECLARED):
    return list(tried(results, declared, CONTEXT))


def test_a_family_is_judged_at_its_share_of_the_risk():
    new, old = two(), two((0.31, 0.21), wave="2024")
    (rise, know, *levels) = run(WaveResults(levels=(new,), changes=(Compared(change(new, old), new, old),)))
    assert "99\N{NO-BREAK SPACE}%" in rise.rule
    assert rise.numbers["compared"] == know.numbers["compared"] == 2
    assert [claim.statement for claim in levels] == ["level", "level"]
    assert "95\N{NO-BREAK SPACE}%" in levels[0].rule


def test_a_family_in_two_results_is_divided_again_and_no_item_is_told_twice():
    new, old = two(), two((0.31, 0.21), wave="2024")
    one, other = new.take(np.array([0])), new
    parts = tuple(Compared(change(a, b), a, b) for a, b in ((one, old.take(np.array([0]))), (other, old)))
    claims = run(WaveResults(changes=parts))
    assert [claim.uses[0].item for claim in claims] == ["otrygg_kvall", "kann_lofte"]
    assert all("99,5\N{NO-BREAK SPACE}%" in claim.rule for claim in claims)


def test_a_test_of_no_change_shares_the_risk_with_the_changes():
    new, old = two(), two((0.31, 0.21), wave="2024")
    declared = replace(DECLARED, margins={"otrygg_kvall": 0.08, "kann_lofte": 0.05})
    claims = run(WaveResults(changes=(Compared(change(new, old), new, old),)), declared)
    assert [claim.statement for claim in claims] == ["decreased", "decreased", "unchanged", "unchanged"]
    assert claims[2].numbers["margin"] == 0.08
    assert claims[3].numbers["margin"] == 0.05
    assert all("99,66\N{NO-BREAK SPACE}%" in claim.rule for claim in claims)  # 1 - 0.01 / 3


def test_thresholds_and_words_divide_their_family():
    declared = replace(
        DECLARED,
        low={"kann_lofte": 0.25},
        high={"otrygg_kvall": 0.25},
        meanings=(
            Meaning("relativt trygga", "at_most", 0.4, "otrygg_kvall"),
            Meaning("många", "at_least", 0.2),
        ),
    )
    low, high, word, *_ = run(WaveResults(levels=(two(),)), declared)
    assert [claim.statement for claim in (low, high, word)] == ["low", "high", "described"]
    assert all("99,66\N{NO-BREAK SPACE}%" in claim.rule for claim in (low, high, word))
    assert [claim.verdict for claim in (low, high, word)] == ["supported"] * 3


def test_areas_are_compared_by_the_declared_indicators_alone():
    areas = {"by": "omrade", "domains": ("A", "B")}
    shares = estimates([0.5, 0.3, 0.2, 0.2], items=("otrygg_kvall", "kann_lofte"), **areas)
    gap = estimates(
        [0.2, -0.2, 0.0, 0.0], items=("otrygg_kvall", "kann_lofte"), se=0.03, estimand="difference", **areas
    )
    claims = run(WaveResults(areas=(Compared(gap, shares),)))
    assert {key.item for claim in claims for key in claim.uses} == {"otrygg_kvall"}
    assert [claim.verdict for claim in claims] == ["supported", "supported"]
    assert all("99\N{NO-BREAK SPACE}%" in claim.rule for claim in claims)


def test_a_ranking_at_a_lower_level_than_its_family_is_refused():
    loose = top([1, 1], [2, 2], values=(0.4, 0.3))
    with pytest.raises(ClaimError) as caught:
        run(WaveResults(rankings=(loose,)))
    assert caught.value.code == "PAST-12"
    bounds = replace(loose.ranks.bounds, options=RankOptions(seed=1, level=0.99))
    strict = replace(loose, ranks=replace(loose.ranks, bounds=bounds))
    assert [claim.statement for claim in run(WaveResults(rankings=(strict,)))] == ["among_largest", "cut_off"]


def test_the_first_wave_and_a_broken_wave_are_told():
    (only, *_) = run(WaveResults(levels=(two(),), first=True))
    assert "bara en mätning" in only.text
    whole = Break("", "sampling", "2026", "2024")
    refused = [c for c in run(WaveResults(levels=(two(),), breaks=(whole,))) if c.reason == "break"]
    assert len(refused) == 2


def test_the_division_is_told_in_both_languages():
    told = shared_risk(FIVE)
    assert "högst 5\N{NO-BREAK SPACE}%" in told.say("sv")
    assert "fem familjer" in told.say("sv")
    assert "nivån 99\N{NO-BREAK SPACE}%" in told.say("sv")
    assert "at most 5%" in told.say("en")
    assert "at the level 99%" in told.say("en")


@pytest.mark.parametrize(
    ("families", "told"), [(1, "95"), (3, "98,33"), (4, "98,75"), (5, "99"), (6, "99,16")]
)
def test_a_level_is_printed_with_its_decimals_and_never_rounded_upwards(families, told):
    from trygghet.claims.draft import level_in_words

    assert level_in_words(replace(CONTEXT, families=families).family_level) == f"{told}\N{NO-BREAK SPACE}%"


def test_a_meaning_turned_round_says_the_same():
    turned = Meaning("relativt trygga", "at_most", 0.4, "otrygg_kvall").turned()
    assert (turned.bound, turned.threshold) == ("at_least", 0.6)
    assert turned.turned().threshold == pytest.approx(0.4)
