import json
from dataclasses import replace

import pytest
from by_hand import CONTEXT, estimates, top

from trygghet import claims
from trygghet.claims import CellKey, Claim, told_once
from trygghet.errors import ClaimError


def some_claim():
    return claims.among_largest(top([1, 2, 2, 2, 2, 2, 7], [1, 6, 6, 6, 6, 6, 7]), CONTEXT)


def test_no_text_without_a_verdict():
    with pytest.raises(ClaimError) as caught:
        Claim("increased", "", {}, "regel", "Otryggheten har ökat.", ())
    assert caught.value.code == "PAST-01"
    with pytest.raises(ClaimError):
        Claim("increased", "supported", {}, "regel", "", ())


def test_json_round_trip():
    claim = some_claim()
    assert Claim.from_dict(json.loads(json.dumps(claim.to_dict()))) == claim


def test_files_round_trip(tmp_path):
    told = (some_claim(), *claims.level(estimates([0.34]), CONTEXT))
    claims.write_claims(tmp_path / "2026.json", told)
    assert claims.read_claims(tmp_path / "2026.json") == told


def test_a_suppressed_claim_keeps_no_number():
    claim = some_claim().suppressed()
    assert claim.verdict == "not_allowed"
    assert claim.reason == "suppressed"
    assert not claim.numbers
    written = json.dumps(claim.to_dict(), ensure_ascii=False)
    assert "47" not in written
    assert "612" not in written
    assert "Narkotika" not in claim.text


def test_cells_are_named_as_in_the_result():
    (claim,) = claims.level(estimates([0.34]), CONTEXT)
    assert claim.uses == (CellKey("otrygg_kvall", "", "", "Alla", "2026", "brev"),)


def test_the_two_columns_hold_at_most_five_each():
    known = list(
        claims.level(
            estimates([0.3 + k / 100 for k in range(8)], by="omrade", domains=[f"O{k}" for k in range(8)]),
            CONTEXT,
        )
    )
    unknown = [some_claim().suppressed()]
    first_screen = claims.columns([*known, some_claim(), *unknown])
    assert len(first_screen.known) == 5
    assert first_screen.known[0].statement == "among_largest"
    assert first_screen.unknown == tuple(unknown)


def test_one_subject_stands_once_in_a_column():
    claim = claims.level(estimates([0.34]), CONTEXT)[0]
    assert len(claims.columns([claim, claim]).known) == 1


def test_a_remark_of_the_catalogue_is_made_once_in_a_list_and_numbers_are_never_left_out():
    remark = "De visar vad de svarande tycker, men inte hur stor andel av invånarna som tycker så."
    needed = (
        "Med så här många svar behöver skillnaden vara omkring 16 procentenheter för att normalt upptäckas."
    )
    listed = [
        Claim("answered", "describes_respondents", {}, "regel", f"{place} svarar ja. {needed} {remark}", ())
        for place in ("Lunden", "Höjden")
    ]
    first, second = told_once(listed)
    assert first.text == listed[0].text
    assert second.text == f"Höjden svarar ja. {needed}"


def test_what_a_reader_sees_follows_the_language():
    claim = Claim(
        "level", "supported", {}, "regel", "Text.", (), base="Bas.", text_en="Said.", rule_en="rule"
    )
    assert claim.told() == ("Text.", "Bas.", "regel")
    assert claim.told("en") == ("Said.", "", "rule")
    assert replace(claim, text_en="").told("en").text == "Text."
