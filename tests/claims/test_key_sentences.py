"""The key sentences for readers, to the letter where the texts give them, with hard spaces."""

import numpy as np
from by_hand import CONTEXT, PRIORITIES, estimates, shares, top

from trygghet import claims
from trygghet.ranking import OrderCheck, OrderStability, RespondentOrder
from trygghet.waves import change


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_priorities_whose_line_cannot_be_drawn():
    claim = claims.among_largest(top([1, 2, 2, 2, 2, 2, 7], [1, 6, 6, 6, 6, 6, 7]), CONTEXT)
    assert claim.verdict == "supported"
    assert plain(claim.text) == (
        "Narkotika hör med god säkerhet till de fyra områden som flest vill prioritera (47 %, felmarginal 43–51). "
        "Därefter ligger fem områden så nära varandra att undersökningen inte kan avgöra vilka tre av dem som också hör dit: "
        "grov organiserad brottslighet (41 %), ordningsstörningar (38 %), sexualbrott (36 %), nedskräpning (34 %) och trafik (33 %). "
        "Valet mellan de fem är er bedömning, inte ett mätresultat."
    )
    assert plain(claim.base) == (
        "Bas: 612 svarande i det slumpmässiga urvalet, mars 2026. Varje person fick välja högst tre områden."
    )
    assert {key.item for key in claim.uses} == set(PRIORITIES[:6])
    assert {key.wave for key in claim.uses} == {"2026"}


def test_priorities_of_an_open_web_survey():
    items = PRIORITIES[:5]
    answers = shares([0.47, 0.41, 0.38, 0.36, 0.355], items=items)
    adjusted = shares([0.46, 0.41, 0.38, 0.35, 0.36], items=items)
    claim = claims.chosen_most(
        answers, CONTEXT, m=4, adjusted=adjusted, adjusted_for=["ålder", "kön", "stadsdel"]
    )
    assert claim.verdict == "describes_respondents"
    assert plain(claim.text) == (
        "Bland de 1 101 som svarade valde flest narkotika (47 %). Svaren kommer från en öppen enkät som alla kunde fylla i. "
        "De visar vad de svarande tycker, men inte hur stor andel av invånarna som tycker så. Ordningen mellan plats fyra och fem "
        "ändras när svaren räknas om efter ålder, kön och stadsdel, så den bör inte tolkas."
    )
    assert "felmarginal" not in claim.text


def test_the_order_of_an_open_web_survey_is_judged_by_the_order_table():
    """The same sentence from what the stage rank has tried; none where the order holds or nothing could be reweighted."""
    items = PRIORITIES[:5]
    answers = shares([0.47, 0.41, 0.38, 0.36, 0.355], items=items)
    order = RespondentOrder(answers, items, np.array([1, 2, 3, 4, 5]))
    said = {}
    for name, kind, place in (
        ("swapped", "raked", [1, 2, 3, 5, 4]),
        ("held", "raked", [2, 1, 3, 4, 5]),
        ("unknown", "raked", [0, 0, 0, 0, 0]),
        ("stream", "stream", [1, 2, 3, 5, 4]),
    ):
        found = OrderStability(
            order, 4, (OrderCheck(kind, "", 900, np.array(place)),), np.full((5, 5), np.nan)
        )
        said[name] = claims.chosen_most(answers, CONTEXT, m=4, adjusted=found, adjusted_for=["ålder", "kön"])
    told = "Ordningen mellan plats fyra och fem ändras när svaren räknas om efter ålder och kön, så den bör inte tolkas."
    assert {name: told in plain(claim.text) for name, claim in said.items()} == {
        "swapped": True,
        "held": False,
        "unknown": False,
        "stream": False,
    }
    assert {key.item for key in said["swapped"].uses} == {items[0], items[3], items[4]}
    assert {key.item for key in said["held"].uses} == {items[0]}


def test_an_increase_that_cannot_be_shown():
    new, old = estimates([0.34], se=0.0175), estimates([0.31], se=0.0171, wave="2024")
    (claim,) = claims.increased(change(new, old), CONTEXT, levels=(new, old))
    assert claim.verdict == "cannot_be_shown"
    assert plain(claim.text) == (
        "Andelen otrygga kvällstid var 34 % 2026 och 31 % 2024. Skillnaden är för liten för att vi ska kunna säga att otryggheten "
        "har ökat: förändringen kan vara allt från en minskning med 2 procentenheter till en ökning med 8. "
        "Det betyder inte att otryggheten är oförändrad. "
        "Med så här många svar behöver förändringen vara omkring 7 procentenheter för att normalt upptäckas."
    )
    assert plain(claim.base) == (
        "Bas: 1 101 svarande respektive år i det slumpmässiga urvalet, samma fråga och samma insamlingssätt."
    )
    assert [key.wave for key in claim.uses] == ["2026", "2024"]


def test_low_awareness_against_a_declared_threshold():
    (claim,) = claims.low(estimates([0.12], items=("kann_lofte",), n=486, se=0.0165), 0.25, CONTEXT)
    assert claim.verdict == "supported"
    assert plain(claim.text) == (
        "Ungefär var åttonde invånare känner till medborgarlöftet (12 %, felmarginal 9–16). Det är lägre än den nivå som kommunen "
        "själv har satt som låg (25 %)."
    )
    assert plain(claim.base) == (
        "Bas: 486 svarande i det slumpmässiga urvalet, mars 2026. Här ingår de som svarat ”vet ej”."
    )


def test_without_a_threshold_only_the_first_sentence_is_written():
    (claim,) = claims.level(estimates([0.12], items=("kann_lofte",), n=486, se=0.0165), CONTEXT)
    assert claim.verdict == "supported"
    assert (
        plain(claim.text)
        == "Ungefär var åttonde invånare känner till medborgarlöftet (12 %, felmarginal 9–16)."
    )


def test_a_district_worse_off_than_the_rest():
    domains = ("Norra stadsdelen", "Centrum", "Söder")
    levels = estimates([0.43, 0.28, 0.26], by="omrade", domains=domains, n=[140, 500, 405])
    difference = estimates(
        [0.16, 0.01, -0.02],
        by="omrade",
        domains=domains,
        n=[140, 500, 405],
        se=[0.0503, 0.03, 0.03],
        estimand="difference",
    )
    claim, *others = claims.above_rest(difference, CONTEXT, levels=levels)
    assert claim.verdict == "supported"
    assert plain(claim.text) == (
        "I Norra stadsdelen känner sig 43 % otrygga kvällstid, jämfört med 27 % i resten av kommunen. "
        "Skillnaden är statistiskt säkerställd: 16 procentenheter (4–28), även när vi tar hänsyn till att tre områden har jämförts. "
        "Undersökningen säger inte vad skillnaden beror på."
    )
    assert plain(claim.base) == (
        "Bas: 140 respektive 905 svarande i det slumpmässiga urvalet, mars 2026. Området ingår inte i jämförelsetalet."
    )
    assert [each.verdict for each in others] == ["cannot_be_shown", "cannot_be_shown"]
    assert "Centrum kan ligga allt från" in others[0].text
    assert "behöver skillnaden vara omkring" in plain(others[0].needed)


def test_every_sentence_has_an_english_twin_with_the_same_numbers():
    import re

    new, old = estimates([0.34], se=0.0175), estimates([0.31], se=0.0171, wave="2024")
    (rise,) = claims.increased(change(new, old), CONTEXT, levels=(new, old))
    (low,) = claims.low(estimates([0.43], n=486, se=0.0165), 0.25, CONTEXT)
    for claim in (rise, low):
        assert claim.text_en
        numbers = [
            re.findall(r"\d+", text.replace("\N{NO-BREAK SPACE}", "")) for text in (claim.text, claim.text_en)
        ]
        assert sorted(numbers[0]) == sorted(numbers[1])
        assert not re.search("[åäöÅÄÖ]", claim.text_en)


def test_numbers_behind_a_text_are_kept_unrounded():
    new, old = estimates([0.3412], se=0.0175), estimates([0.31], se=0.0171, wave="2024")
    (claim,) = claims.increased(change(new, old), CONTEXT, levels=(new, old))
    np.testing.assert_allclose(claim.numbers["change"], 0.0312)
    assert claim.numbers["new"] == 0.3412
