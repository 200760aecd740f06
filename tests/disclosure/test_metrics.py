"""Metrics are kept in version control and are not screened: they say what was done, not what came out."""

from types import SimpleNamespace

import pytest
from made import by_area, estimates
from worlds import SECRETS, world

from trygghet.claims import CellKey, Claim
from trygghet.codebook import Codebook
from trygghet.disclosure import DisclosureRules, screen
from trygghet.pipeline import published
from trygghet.pipeline.rankings import rank_metrics

BOOK = """
survey: Prov
wave: "1"
id: lopnr
streams: {whole_file: {name: brev, sampling: persons}}
variables:
  rok: {column: f1, kind: nominal, labels: {1: Ja, 2: Nej}}
indicators:
  utsatt: {from: rok, label: Utsatt, concept: trygghet, counts: [1], worse: high, version: "1", sensitive: true}
  annat: {from: rok, label: Annat, concept: trygghet, counts: [2], worse: high, version: "1"}
multi_response:
  brott: {columns: {hot: b1, ran: b2}, labels: {hot: Hot, ran: Rån}, selected: 1, worse: high, version: "1", sensitive: true}
  prio: {columns: {a: p1, b: p2}, labels: {a: A, b: B}, selected: 1, worse: high, version: "1"}
"""


def test_metrics_of_rankings_do_not_depend_on_withheld_places():
    found = [world(*secret) for secret in SECRETS]
    told = [rank_metrics({name: each[name] for name in ("ranks", "priorities")}) for each in found]
    assert found[0]["priorities"].box != found[1]["priorities"].box
    assert told[0] == told[1]
    assert told[0]["ranks.items"] == 5


@pytest.mark.parametrize("verdict", ["supported", "not_supported"])
def test_verdicts_are_counted_as_they_are_shown(verdict):
    areas = estimates(by_area("hot", ["a", "b"]), [100, 20], [31, 7])
    uses = tuple(CellKey("hot", "", "omrade", domain, "2026", "brev") for domain in ("a", "b"))
    claims = {
        f"c{k}": Claim("low", said, {"p": 0.3}, "regel", "Text.", (use,))
        for k, (use, said) in enumerate(zip(uses, ("supported", verdict), strict=True))
    }
    told = published.screen_metrics(screen({"areas": areas, **claims}))
    assert {name: value for name, value in told.items() if name.startswith("statements.")} == {
        "statements.not_allowed": 1,
        "statements.supported": 1,
    }


def test_sensitive_blocks_have_the_raised_floor_as_sensitive_indicators_have(monkeypatch):
    monkeypatch.setattr(published, "read_codebook", Codebook.from_text)
    project = SimpleNamespace(
        params=SimpleNamespace(waves=["1"], disclosure=DisclosureRules()),
        paths=SimpleNamespace(wave=lambda _wave: SimpleNamespace(microdata=BOOK)),
    )
    rules = published.declared_rules(project)
    assert rules.sensitive == ("brott", "utsatt")
    assert [rules.floor(item) for item in ("utsatt", "brott.hot", "brott", "prio.a", "annat")] == [
        50,
        50,
        50,
        30,
        30,
    ]
