"""The rest of the grammar: pairs, unchanged, declared words, both at once, references, effect; and families."""

import numpy as np
import pytest
from by_hand import CONTEXT, estimates

from trygghet import claims
from trygghet.claims import Context, Families, Family, Meaning, Reference
from trygghet.errors import ChangeError, ClaimError
from trygghet.waves import change

NBSP = "\N{NO-BREAK SPACE}"
ITEMS = ("otrygg_kvall", "otrygg_dag", "kann_lofte")


def answers(values, correlation=0.0, n=600):
    values = np.asarray(values)
    se = np.sqrt(values * (1 - values) / n)
    covariance = np.outer(se, se) * (correlation + (1 - correlation) * np.eye(len(values)))
    return estimates(values, items=ITEMS[: len(values)], n=n, covariance=covariance)


def test_evening_is_compared_with_day_among_the_same_persons():
    (claim,) = claims.more_than(answers([0.34, 0.08]), [("otrygg_kvall", "otrygg_dag")], CONTEXT)
    assert claim.verdict == "supported"
    assert claim.text.startswith("Andelen otrygga kvällstid är större än")
    assert "34" in claim.text
    assert claim.text.endswith("Samma personer har svarat på båda frågorna.")
    (other,) = claims.more_than(answers([0.08, 0.34]), [("otrygg_kvall", "otrygg_dag")], CONTEXT)
    assert other.verdict == "not_supported"


def test_the_covariance_decides():
    pair = [("otrygg_kvall", "otrygg_dag")]
    verdicts = [claims.more_than(answers([0.33, 0.30], r), pair, CONTEXT)[0].verdict for r in (0.0, 0.9)]
    assert verdicts == ["cannot_be_shown", "supported"]
    (refused,) = claims.more_than(answers([0.33, 0.30]), pair, CONTEXT)
    assert "behöver skillnaden vara omkring" in refused.needed


def test_a_pair_needs_both_items():
    with pytest.raises(ClaimError) as caught:
        claims.more_than(answers([0.3, 0.2]), [("otrygg_kvall", "fotboll")], CONTEXT)
    assert caught.value.code == "PAST-09"


def moved(new, old, se, **options):
    return change(estimates([new], se=se, **options), estimates([old], se=se, wave="2024", **options))


@pytest.mark.parametrize(
    ("new", "se", "verdict", "told"),
    [
        (0.31, 0.01, "supported", "är i stort sett oförändrad: förändringen är säkert mindre än 5"),
        (0.31, 0.03, "cannot_be_shown", "Om otryggheten är oförändrad kan inte beläggas"),
        (0.45, 0.01, "not_supported", "är inte oförändrad"),
    ],
)
def test_unchanged_is_shown_or_not_said(new, se, *, verdict, told):
    (claim,) = claims.unchanged(moved(new, 0.30, se), 0.05, CONTEXT)
    assert claim.verdict == verdict
    assert told in claim.text


def test_no_significant_change_is_not_unchanged():
    result = moved(0.32, 0.30, 0.03)
    assert claims.increased(result, CONTEXT)[0].verdict == "cannot_be_shown"
    (claim,) = claims.unchanged(result, 0.05, CONTEXT)
    assert claim.verdict == "cannot_be_shown"
    assert "först inom omkring" in claim.needed


def test_unchanged_needs_a_margin():
    with pytest.raises(ChangeError):
        claims.unchanged(moved(0.3, 0.3, 0.01), 0.0, CONTEXT)


@pytest.mark.parametrize(
    ("share", "verdict"), [(0.40, "supported"), (0.26, "cannot_be_shown"), (0.15, "not_supported")]
)
def test_many_means_what_was_declared(share, verdict):
    meaning = Meaning("många", "at_least", 0.25)
    (claim,) = claims.described(estimates([share]), "många", CONTEXT, meaning=meaning)
    assert claim.verdict == verdict
    assert f"”många” betyder minst 25{NBSP}%" in claim.text


def test_few_is_bounded_from_above():
    meaning = Meaning("få", "at_most", 0.25)
    assert claims.described(estimates([0.15]), "få", CONTEXT, meaning=meaning)[0].verdict == "supported"


def test_a_word_without_a_meaning_gives_way_to_the_figure():
    (claim,) = claims.described(estimates([0.34]), "många", CONTEXT, meaning=None)
    assert (claim.verdict, claim.reason) == ("not_allowed", "definition")
    assert f"34{NBSP}% av invånarna känner sig otrygga kvällstid" in claim.text


def test_trygg_and_orolig_at_once():
    first = estimates([0.66], items=("trygg",), n=600)
    among = estimates([0.2], items=("otrygg_kvall",), n=390)
    claim = claims.both(first, among, CONTEXT)
    assert claim.verdict == "supported"
    assert f"Bland dem känner sig 20{NBSP}% otrygga kvällstid" in claim.text
    with pytest.raises(ClaimError) as caught:
        claims.both(first, estimates([0.2], n=600), CONTEXT)
    assert caught.value.code == "PAST-10"


@pytest.mark.parametrize(
    ("share", "side", "verdict"),
    [
        (0.34, "above", "supported"),
        (0.20, "above", "not_supported"),
        (0.28, "above", "cannot_be_shown"),
        (0.20, "below", "supported"),
    ],
)
def test_against_a_published_figure(share, side, verdict):
    (claim,) = claims.against_reference(
        estimates([share]), Reference("riket enligt NTU", 0.27, 0.005), CONTEXT, side=side
    )
    assert claim.verdict == verdict
    assert "riket enligt NTU" in claim.text


def test_a_reference_without_a_margin_says_so():
    (claim,) = claims.against_reference(estimates([0.34]), Reference("riket", 0.27), CONTEXT, side="above")
    assert claim.text.endswith("eftersom ingen felmarginal är angiven för det.")


@pytest.mark.parametrize(
    ("new", "se", "verdict"),
    [(0.33, 0.008, "supported"), (0.33, 0.03, "cannot_be_shown"), (0.50, 0.008, "not_supported")],
)
def test_same_development_as_the_country(new, se, verdict):
    claim = claims.same_development(
        moved(new, 0.30, se), Reference("riket", 0.03, 0.004), CONTEXT, margin=0.05
    )
    assert claim.verdict == verdict


def by_area(new, old, se=0.015):
    options = {"by": "omrade", "domains": ("Lunden", "Centrum"), "se": se}
    return change(estimates(new, **options), estimates(old, wave="2024", **options))


def test_effect_needs_a_comparison():
    result = by_area([0.30, 0.30], [0.45, 0.31])
    alone = claims.effect(result, "Lunden", CONTEXT, comparison=None, move="decreased")
    assert (alone.verdict, alone.reason) == ("not_allowed", "comparison")
    assert alone.text.startswith("Effekten kan inte avgöras")
    told = claims.effect(result, "Lunden", CONTEXT, comparison="Centrum", move="decreased")
    assert told.verdict == "supported"
    assert told.text.startswith("I Lunden har otryggheten minskat mer än i Centrum")
    both_fell = claims.effect(
        by_area([0.30, 0.16], [0.45, 0.31]), "Lunden", CONTEXT, comparison="Centrum", move="decreased"
    )
    assert both_fell.verdict == "cannot_be_shown"
    other_way = claims.effect(
        by_area([0.50, 0.20], [0.35, 0.31]), "Lunden", CONTEXT, comparison="Centrum", move="decreased"
    )
    assert other_way.verdict == "not_supported"


def test_at_most_twelve_headlines_and_no_name_twice():
    with pytest.raises(ClaimError) as caught:
        Families.from_names([f"i{k}" for k in range(13)])
    assert caught.value.code == "PAST-07"
    with pytest.raises(ClaimError) as caught:
        Families((Family("a", "headline", ("x",)), Family("b", "headline", ("x",))))
    assert caught.value.code == "PAST-08"


def test_what_is_not_declared_is_exploratory():
    families = Families.from_names(["otrygg_kvall"], districts={"omrade": ["A", "B"]})
    assert families.of("otrygg_kvall").kind == "headline"
    assert families.of("something") is None
    assert families.family_level == pytest.approx(0.975)


def test_the_risk_of_a_report_is_split_over_its_families():
    context = Context(families=4)
    assert context.family_level == pytest.approx(0.9875)
    result = moved(0.34, 0.30, 0.0135)
    assert claims.increased(result, CONTEXT)[0].verdict == "supported"
    assert claims.increased(result, context)[0].verdict == "cannot_be_shown"


def test_power_grows_with_answers_and_falls_with_the_family():
    families = Families.from_names(
        ["a", "b", "c"],
        priorities={"prio": [f"p{k}" for k in range(12)]},
        districts={"omrade": list("ABCDEFG")},
        follow_up=["a", "b", "c"],
    )
    table = families.power_table()
    assert table["n"].unique().tolist() == [300, 500, 1100]
    for _, part in table.groupby("family"):
        assert part["detectable"].is_monotonic_decreasing
        assert part["power_10"].is_monotonic_increasing
    single = Families.from_names(follow_up=["a"]).power_table(design_effect=1.5)
    planned = np.array([0.128, 0.099, 0.067])  # domain.md: normal, both waves at 30 per cent
    assert np.all(np.abs(single["detectable"] - planned) < 0.012)
    assert np.all(single["detectable"] > planned - 0.002)
    at = table.set_index(["family", "n"])["power_10"]
    assert at["headline", 1100] > at["follow_up", 1100] > at["omrade", 1100]
