"""What it would have taken: at the stated size or number of answers the rule that judged shows it in eight surveys of ten."""

from dataclasses import replace

import numpy as np
import pytest
from by_hand import CONTEXT, estimates, top
from grammar import by_area, moved
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from trygghet import claims
from trygghet.claims import Meaning, Reference

TIED = ([1] * 7, [7] * 7)


def chance(n, share, threshold, *, level=0.95):
    """Of Wilson's limits keeping the threshold out; by statsmodels and scipy, many answers expected on both sides."""
    counts = np.arange(n + 1)
    low, high = proportion_confint(counts, n, alpha=1 - level, method="wilson")
    outside = high < threshold if share < threshold else low > threshold
    return float(stats.binom.pmf(counts, n, share)[outside].sum())


def seen(size, error, level=0.95):
    """Chance that a two-sided test shows a difference of a size."""
    return float(stats.norm.cdf(size / error - stats.norm.ppf(0.5 + level / 2)))


@pytest.mark.parametrize("rule", [claims.low, claims.high])
@pytest.mark.parametrize("share", [0.22, 0.27])
def test_a_threshold_is_told_apart_at_the_stated_answers_and_at_the_stated_distance(rule, share):
    (claim,) = rule(estimates([share], n=486), 0.25, CONTEXT)
    assert claim.verdict == "cannot_be_shown"
    answers, distance = claim.numbers["answers_needed"], claim.numbers["detectable"]
    assert chance(answers, share, 0.25) >= 0.8
    assert chance(round(0.85 * answers), share, 0.25) < 0.8
    beyond = 0.25 + np.sign(share - 0.25) * distance
    assert chance(486, beyond, 0.25) == pytest.approx(0.8, abs=0.02)
    assert f"omkring {100 * distance:.0f}\N{NO-BREAK SPACE}procentenheter" in claim.needed


def test_a_design_effect_costs_as_many_answers():
    plain, clustered = (
        claims.low(estimates([0.22], n=800, se=np.sqrt(effect * 0.22 * 0.78 / 800)), 0.25, CONTEXT)[0].numbers
        for effect in (1.6, 3.2)
    )
    assert chance(round(plain["answers_needed"] / 1.6), 0.22, 0.25) == pytest.approx(0.8, abs=0.03)
    assert clustered["answers_needed"] == pytest.approx(2 * plain["answers_needed"], rel=0.1)
    assert chance(500, 0.25 - plain["detectable"], 0.25) == pytest.approx(0.8, abs=0.02)


def test_the_level_of_the_family_is_that_of_what_is_needed():
    strict = replace(CONTEXT, families=5)
    numbers = claims.low(estimates([0.22], n=486), 0.25, strict)[0].numbers
    assert chance(numbers["answers_needed"], 0.22, 0.25, level=0.99) >= 0.8
    assert chance(486, 0.25 - numbers["detectable"], 0.25, level=0.99) == pytest.approx(0.8, abs=0.02)


def test_a_word_takes_what_its_threshold_takes():
    meaning = Meaning("många", "at_least", 0.25)
    (word,) = claims.described(estimates([0.27], n=486), "många", CONTEXT, meaning=meaning)
    (line,) = claims.high(estimates([0.27], n=486), 0.25, CONTEXT)
    assert word.needed == line.needed
    assert chance(word.numbers["answers_needed"], 0.27, 0.25) >= 0.8


def test_at_the_threshold_itself_no_number_of_answers_is_named():
    (claim,) = claims.low(estimates([0.25], n=486), 0.25, CONTEXT)
    assert "answers_needed" not in claim.numbers
    assert claim.needed.startswith("Med så här många svar behöver avståndet till gränsen vara omkring")
    assert "svar behövts" not in claim.needed


def test_a_few_answers_that_show_nothing_are_told_as_such():
    (claim,) = claims.low(estimates([0.02], n=9), 0.04, CONTEXT)
    assert "detectable" not in claim.numbers
    assert claim.needed.startswith("Med så här få svar går det normalt inte att avgöra")
    assert proportion_confint(0, 9, method="beta")[1] > 0.04  # not even nobody would have been low


@pytest.mark.parametrize("error", [0.0, 0.02])
def test_a_difference_from_a_reference_counts_both_errors(error):
    (claim,) = claims.against_reference(
        estimates([0.28], se=0.0175), Reference("riket", 0.27, error), CONTEXT, side="above"
    )
    # 10,000 draws give the critical value: three standard errors of the chance that follows
    assert seen(claim.numbers["detectable"], np.hypot(0.0175, error)) == pytest.approx(0.8, abs=0.016)
    assert claim.needed.startswith("Med så här många svar behöver skillnaden vara omkring")


def test_the_same_development_is_shown_within_the_stated_margin_in_eight_surveys_of_ten():
    """Equivalence is shown when the estimate is within the margin by z SE; nothing differs in truth."""
    claim = claims.same_development(
        moved(0.33, 0.30, 0.03), Reference("riket", 0.03, 0.004), CONTEXT, margin=0.05
    )
    error = np.hypot(np.sqrt(2) * 0.03, 0.004)
    shown = 2 * stats.norm.cdf(claim.numbers["detectable"] / error - stats.norm.ppf(0.95)) - 1
    assert shown == pytest.approx(0.8, abs=1e-6)


def test_an_effect_takes_a_difference_between_four_shares():
    claim = claims.effect(
        by_area([0.30, 0.16], [0.45, 0.31]), "Lunden", CONTEXT, comparison="Centrum", move="decreased"
    )
    assert seen(claim.numbers["detectable"], 2 * 0.015) == pytest.approx(0.8, abs=1e-6)


def test_an_effect_without_a_comparison_says_what_is_lacking():
    claim = claims.effect(
        by_area([0.3, 0.3], [0.4, 0.3]), "Lunden", CONTEXT, comparison=None, move="decreased"
    )
    assert claim.needed.startswith("Det som saknas är ett jämförbart område")
    assert claim.needed_en.startswith("What is lacking is a comparable area")


@pytest.mark.parametrize("effect", [1.0, 2.0])
def test_what_nobody_has_would_have_been_seen_if_it_were_this_common(effect):
    nobody = replace(estimates([0.0], n=390), of_comparable=np.array([effect]))
    claim = claims.both(estimates([0.66], items=("trygg",), n=600), nobody, CONTEXT)
    assert claim.verdict == "cannot_be_shown"
    one_in = claim.numbers["one_in"]
    hit = [1 - (1 - 1 / k) ** (390 / effect) for k in (one_in, one_in + 1)]
    assert hit[0] >= 0.8 > hit[1]
    assert f"minst en av {one_in} av dem" in claim.needed


def test_another_survey_of_the_same_size_is_foreseen():
    (claim,) = claims.one_wave(estimates([0.34], se=0.0175), CONTEXT, move="increased")
    assert seen(claim.numbers["detectable"], np.sqrt(2) * 0.0175) == pytest.approx(0.8, abs=1e-6)
    assert [key.item for key in claim.uses] == ["otrygg_kvall"]
    assert claim.base.startswith("Bas: 1\N{NO-BREAK SPACE}101 svarande")


def test_an_order_in_which_nobody_is_sure_tells_the_gap_at_its_line():
    """Between places four and five, at the critical value of the ranking, which is 3."""
    claim = claims.among_largest(top(*TIED), CONTEXT)
    error = np.sqrt(sum(share * (1 - share) / 612 for share in (0.36, 0.34)))
    assert stats.norm.cdf(claim.numbers["detectable"] / error - 3.0) == pytest.approx(0.8, abs=1e-6)


def test_where_everybody_answers_alike_it_is_said_so_and_nothing_breaks():
    alike = moved(0.0, 0.0, se=0.0)
    told = [
        *claims.increased(alike, CONTEXT),
        *claims.unchanged(alike, 0.05, CONTEXT),
        *claims.against_reference(estimates([0.0]), Reference("riket", 0.27), CONTEXT, side="above"),
        claims.same_development(alike, Reference("riket", 0.03), CONTEXT, margin=0.05),
    ]
    for claim in told:
        assert claim.verdict == "cannot_be_shown"
        assert claim.needed == "Vad som hade behövts går inte att räkna fram, eftersom alla svarade lika."
        assert all(np.isfinite(number) for number in claim.numbers.values())
