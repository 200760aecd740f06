import json

import pytest
from by_hand import CONTEXT, estimates, top

from trygghet import claims
from trygghet.claims import CellKey, Claim
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
