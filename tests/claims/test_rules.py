"""Every rule on results that support, contradict and do not decide."""

import numpy as np
import pytest
from by_hand import CONTEXT, estimates, ranking, shares, top
from scipy import stats

from trygghet import claims
from trygghet.claims import Context, Phrase, Source
from trygghet.errors import ClaimError
from trygghet.waves import Break, change

LOWER, UPPER = [1, 2, 2, 2, 2, 2, 7], [1, 6, 6, 6, 6, 6, 7]


def test_the_line_is_drawn_only_when_it_is_known():
    open_line = claims.cut_off(top(LOWER, UPPER), CONTEXT)
    assert open_line.verdict == "cannot_be_shown"
    assert "Gränsen mellan plats fyra och fem är inte statistiskt säkerställd: fem områden" in open_line.text
    sure = claims.cut_off(top([1, 2, 3, 4, 5, 5, 7], [1, 2, 3, 4, 6, 6, 7]), CONTEXT)
    assert sure.verdict == "supported"
    assert sure.text == "Gränsen mellan plats fyra och fem är statistiskt säkerställd."


def test_all_places_filled():
    claim = claims.among_largest(top([1, 1, 3, 4, 5, 5, 7], [2, 2, 3, 4, 6, 6, 7]), CONTEXT)
    assert claim.text.startswith("De fyra områden som flest vill prioritera är med god säkerhet narkotika (")
    assert claim.text.endswith("Gränsen till plats fem är statistiskt säkerställd.")


def test_one_place_left():
    claim = claims.among_largest(top([1, 2, 3, 4, 4, 6, 7], [1, 2, 3, 5, 5, 6, 7]), CONTEXT)
    assert (
        "två områden så nära varandra att undersökningen inte kan avgöra vilket av dem som också hör dit"
        in claim.text
    )


def test_nobody_surely_there():
    claim = claims.among_largest(top([1] * 7, [7] * 7), CONTEXT)
    assert claim.verdict == "cannot_be_shown"
    assert "kan inte avgöra vilka fyra områden" in claim.text


def test_largest_only_when_its_set_is_place_one_alone():
    first = claims.largest(ranking(LOWER, UPPER), CONTEXT)
    assert first.verdict == "supported"
    assert first.text.startswith("Det område som flest vill prioritera är narkotika (")
    tied = claims.largest(ranking([1, 1, 2, 2, 2, 2, 7], [2, 2, 6, 6, 6, 6, 7]), CONTEXT)
    assert tied.verdict == "cannot_be_shown"
    assert "narkotika" in tied.text
    assert "grov organiserad brottslighet" in tied.text
    other = claims.largest(ranking(LOWER, UPPER), CONTEXT, item="Trafik")
    assert other.verdict == "not_supported"
    assert "narkotika ligger säkert före" in other.text


def test_largest_needs_simultaneous_sets_and_a_known_item():
    with pytest.raises(ClaimError) as caught:
        claims.largest(ranking(LOWER, UPPER, joint=False), CONTEXT)
    assert caught.value.code == "PAST-04"
    with pytest.raises(ClaimError) as caught:
        claims.largest(ranking(LOWER, UPPER), CONTEXT, item="Fotboll")
    assert caught.value.code == "PAST-03"


@pytest.mark.parametrize(
    ("share", "verdict", "told"),
    [
        (0.12, "supported", "Det är lägre än"),
        (0.24, "cannot_be_shown", "avståndet är för litet"),
        (0.40, "not_supported", "Det är inte lågt"),
    ],
)
def test_low_is_refused_when_the_margin_crosses_the_threshold(share, verdict, told):
    (claim,) = claims.low(estimates([share], items=("kann_lofte",), n=486), 0.25, CONTEXT)
    assert claim.verdict == verdict
    assert told in claim.text
    assert claim.numbers["threshold"] == 0.25


def test_high_is_the_mirror_image():
    verdicts = [claims.high(estimates([s], n=486), 0.25, CONTEXT)[0].verdict for s in (0.40, 0.24, 0.12)]
    assert verdicts == ["supported", "cannot_be_shown", "not_supported"]


def two(new, old, se=0.015):
    pair = estimates([new], se=se), estimates([old], se=se, wave="2024")
    return change(*pair), pair


@pytest.mark.parametrize(
    ("new", "verdicts"),
    [
        (0.40, ("supported", "not_supported")),
        (0.31, ("cannot_be_shown", "cannot_be_shown")),
        (0.20, ("not_supported", "supported")),
    ],
)
def test_increase_and_decrease(new, verdicts):
    result, pair = two(new, 0.30)
    (up,), (down,) = (rule(result, CONTEXT, levels=pair) for rule in (claims.increased, claims.decreased))
    assert (up.verdict, down.verdict) == verdicts


def test_a_shown_increase_says_nothing_of_causes():
    result, pair = two(0.40, 0.30)
    (claim,) = claims.changed(result, CONTEXT, levels=pair)
    assert claim.statement == "increased"
    assert "otryggheten har ökat med 10\N{NO-BREAK SPACE}procentenheter (6–14)" in claim.text
    assert claim.text.endswith("Undersökningen säger inte vad förändringen beror på.")


def test_the_opposite_is_said_outright():
    result, pair = two(0.20, 0.30)
    (claim,) = claims.increased(result, CONTEXT, levels=pair)
    assert "Otryggheten har inte ökat. Tvärtom har otryggheten minskat med 10" in claim.text


def test_without_levels_the_change_stands_alone():
    result, _ = two(0.40, 0.30)
    (claim,) = claims.changed(result, CONTEXT)
    assert claim.text.startswith("Skillnaden är statistiskt säkerställd")
    assert claim.base.startswith("Bas: minst 1\N{NO-BREAK SPACE}101 svarande respektive år")


def test_an_item_that_the_other_wave_does_not_have_is_told_as_such():
    new = estimates([0.40, 0.13], items=("otrygg_kvall", "kann_lofte"))
    old = estimates([0.30], wave="2024")
    *_, lacking = claims.changed(change(new, old, samples="independent"), CONTEXT, levels=(new, old))
    assert (lacking.verdict, lacking.reason) == ("not_allowed", "comparison")
    assert lacking.text.endswith("kan inte jämföras mellan 2026 och 2024: för 2024 finns ingen sådan siffra.")


def test_one_wave_shows_no_increase():
    (claim,) = claims.one_wave(estimates([0.34]), CONTEXT, move="increased")
    assert claim.verdict == "cannot_be_shown"
    assert claim.text.startswith(
        "Om otryggheten har ökat kan inte beläggas: det finns bara en mätning att utgå från. "
        "Det som behövs är en mätning till med samma fråga."
    )


def test_a_broken_question_is_not_compared():
    about = estimates([0.34]).about
    claim = claims.broken(Break("otrygg_kvall", "version", "2026", "2024"), about, CONTEXT)
    assert (claim.verdict, claim.reason) == ("not_allowed", "break")
    assert (
        claim.text
        == "Andelen otrygga kvällstid kan inte jämföras mellan 2026 och 2024: frågan ställdes på olika sätt."
    )


def test_below_the_rest_and_whichever_side():
    difference = estimates([-0.16, 0.16], by="omrade", domains=("A", "B"), se=0.03, estimand="difference")
    verdicts = {
        d: [c.verdict for c in claims.above_rest(difference, CONTEXT, direction=d)]
        for d in ("above", "below")
    }
    assert verdicts == {"above": ["not_supported", "supported"], "below": ["supported", "not_supported"]}
    either = claims.above_rest(difference, CONTEXT, direction="either")
    assert [c.statement for c in either] == ["below_rest", "above_rest"]
    assert {c.verdict for c in either} == {"supported"}


def test_only_a_difference_is_compared_with_the_rest():
    with pytest.raises(ClaimError) as caught:
        claims.above_rest(estimates([0.3]), CONTEXT)
    assert caught.value.code == "PAST-05"
    with pytest.raises(ClaimError) as caught:
        claims.increased(estimates([0.3]), CONTEXT)
    assert caught.value.code == "PAST-06"


def test_a_cell_without_an_estimate_is_refused_with_its_reason():
    empty = estimates([np.nan, 0.3], by="omrade", domains=("A", "B"), se=[np.nan, 0.02], status="ok")
    claim, other = claims.level(empty, CONTEXT)
    assert (claim.verdict, claim.reason) == ("not_allowed", "base")
    assert claim.text == "Andelen otrygga kvällstid kan inte redovisas i A: ingen eller för få har svarat."
    assert other.verdict == "supported"


def test_groups_that_are_no_areas_are_spoken_of_as_people():
    told = claims.level(estimates([0.4, 0.2], by="kon", domains=("Kvinna", "Man")), CONTEXT)
    assert told[0].text.startswith("Bland kvinnor känner sig 40")
    ages = claims.level(estimates([0.4], by="alder4", domains=("16–29",)), CONTEXT)
    assert ages[0].text.startswith("I åldern 16–29 år")


def test_an_approximate_design_says_so():
    (claim,) = claims.level(estimates([0.34], approximate=True), CONTEXT)
    assert claim.base.endswith("Felmarginalerna är ungefärliga.")


@pytest.mark.trap(4)
def test_trap_04_no_degrees_of_freedom_means_no_sentence():
    (claim,) = claims.level(estimates([0.34], dof=0.0), CONTEXT)
    assert claim.verdict == "not_allowed"


def test_respondents_are_described_without_a_margin_of_error():
    (claim,) = claims.answered(shares([0.34]), CONTEXT)
    assert claim.verdict == "describes_respondents"
    assert claim.text.startswith(
        "Bland de 1\N{NO-BREAK SPACE}101 som svarade känner sig 34\N{NO-BREAK SPACE}% otrygga kvällstid."
    )
    assert "felmarginal" not in claim.text
    assert "low" not in claim.numbers
    (refused,) = claims.not_of_population(shares([0.34]), CONTEXT)
    assert (refused.verdict, refused.reason) == ("not_allowed", "stream")


def test_a_stable_order_among_respondents_needs_no_warning():
    items = ("prio.narkotika", "prio.grov", "prio.ordning")
    claim = claims.chosen_most(
        shares([0.5, 0.4, 0.3], items=items),
        CONTEXT,
        m=2,
        adjusted=shares([0.5, 0.45, 0.2], items=items),
        adjusted_for=["ålder"],
    )
    assert "Ordningen" not in claim.text


def test_an_invited_stream_is_not_called_open():
    context = Context(sources={("2026", "webb"): Source("invited")})
    (claim,) = claims.answered(shares([0.34]), context)
    assert "inbjudna grupper" in claim.text
    assert "öppen" not in claim.text


def test_a_level_outside_its_range_is_refused():
    with pytest.raises(ClaimError) as caught:
        Context(level=95)
    assert caught.value.code == "PAST-02"


@pytest.mark.parametrize(
    ("item", "label", "share"),
    [
        ("otrygg_dag", "Otrygg ute dagtid", "andelen otrygga ute dagtid"),
        (
            "problem_nedskrapning",
            "Nedskräpning",
            "andelen som ser nedskräpning som ett stort problem där de bor",
        ),
        ("oro_ran", "Oro för rån", "andelen som ofta känner oro för rån"),
        ("utsatt_hot", "Utsatt för hot", "andelen som har utsatts för hot"),
        ("fortroende_polis", "Stort förtroende för polisen", "andelen med stort förtroende för polisen"),
        ("avstar", "Avstår ofta från att gå ut", "andelen som avstår ofta från att gå ut"),
        ("plats", "Känner sig otrygg på någon plats", "andelen som känner sig otrygga på någon plats"),
        ("prio.narkotika", "Narkotika", "andelen som valde narkotika"),
        ("tid", "Mest otrygg på natten", "andelen ”Mest otrygg på natten”"),
    ],
)
def test_words_for_items_are_read_off_their_labels(item, label, share):
    from trygghet.claims.phrases import phrase_of

    assert phrase_of(item, label).share == share
    assert phrase_of(item, label, {item: Phrase("andelen X")}).share == "andelen X"


def test_no_direction_is_named_where_the_figures_look_alike():
    result, pair = two(0.302, 0.30)
    (claim,) = claims.changed(result, CONTEXT, levels=pair)
    assert "säga att otryggheten har förändrats" in claim.text


def test_a_union_of_options_does_not_compete_with_them():
    from dataclasses import replace

    items = ("prio.narkotika", "prio.grov", "prio.bada")
    context = replace(CONTEXT, unions=frozenset({"prio.bada"}))
    claim = claims.chosen_most(shares([0.5, 0.4, 0.7], items=items), context, m=2)
    assert "valde flest narkotika" in claim.text


def test_printed_margins_keep_their_level_when_the_risk_is_split():
    from dataclasses import replace

    split = replace(CONTEXT, families=4)
    single, shared = (claims.among_largest(top(LOWER, UPPER), c).text for c in (CONTEXT, split))
    assert single == shared


def test_what_would_have_been_needed_is_told_with_every_refusal_that_more_answers_could_mend():
    order = claims.largest(ranking([1, 1, 2, 2, 2, 2, 7], [2, 2, 6, 6, 6, 6, 7]), CONTEXT)
    line = claims.cut_off(top(LOWER, UPPER), CONTEXT)
    result, pair = two(0.31, 0.30)
    (change_claim,) = claims.increased(result, CONTEXT, levels=pair)
    for claim in (order, line, change_claim):
        assert claim.verdict == "cannot_be_shown"
        assert claim.needed
        assert claim.text.endswith(claim.needed)
        assert claim.numbers["detectable"] > 0


def test_the_detectable_gap_of_a_ranking_uses_its_critical_value():

    ranks = ranking([1, 1, 2, 2, 2, 2, 7], [2, 2, 6, 6, 6, 6, 7])
    error = np.sqrt(sum(v * (1 - v) / 612 for v in (0.47, 0.41)))
    expected = (3.0 + stats.norm.ppf(0.8)) * error
    assert claims.largest(ranks, CONTEXT).numbers["detectable"] == pytest.approx(expected)
