"""Readers keep what was published: every new edition is protected together with the earlier ones."""

import pytest
from attacker import Attacker
from made import by_area, estimates
from random_tables import assert_wide, frame

from trygghet.disclosure import (
    DisclosureRules,
    Released,
    Structure,
    read_released,
    screen,
    screening,
    write_released,
)
from trygghet.errors import DisclosureError

AREAS = ["Centrum", "Lunden", "Höjden", "Sjöstaden"]
N, X = [100, 20, 150, 120], [31, 7, 40, 44]


def areas():
    return estimates(by_area("hot", AREAS), N, X)


def whole():
    return frame("", ["Alla"], [sum(N)], [sum(X)])


def withheld(pub):
    return pub.result.cells["domain"][pub.result.status == "withheld"].tolist()


def test_a_total_that_comes_later_cannot_be_shown_when_the_districts_were():
    first = screen({"area": areas()})
    assert withheld(first["area"]) == ["Lunden"]
    released = Released.nothing().with_edition("2026-1", first)
    later = screen({"whole": whole()}, released=released)
    assert withheld(later["whole"]) == ["Alla"]
    assert withheld(screen({"whole": whole()})["whole"]) == []


def test_three_editions_together_give_nothing_away():
    """Districts, then a group of districts, then everybody: each is harmless alone."""
    groups = {"omrade": {"utsatt": ("Lunden", "Höjden")}}
    known = {"2026": Structure(groups=groups)}
    released = Released.nothing()
    shown = {}
    editions = (
        {"area": areas()},
        {"group": frame("omrade:utsatt", ["utsatt", "övriga"], [170, 220], [47, 75])},
        {"whole": whole()},
    )
    for number, results in enumerate(editions):
        kept = screen(results, structures=known, released=released)
        released = released.with_edition(f"2026-{number}", kept)
        shown |= kept
    enemy = Attacker(shown, item="hot", groups=groups)
    bases = dict(zip((("omrade", a) for a in AREAS), N, strict=True))
    bases |= {("omrade:utsatt", "utsatt"): 170, ("omrade:utsatt", "övriga"): 220, ("", "Alla"): sum(N)}
    assert ("omrade", "Lunden") in enemy.hidden
    assert_wide(enemy.ranges(bases), bases, enemy.hidden)


def test_what_was_withheld_stays_withheld():
    first = screen({"area": areas(), "whole": whole()})
    released = Released.nothing().with_edition("2026-1", first)
    again = screen({"area": areas(), "whole": whole()}, released=released)
    assert withheld(again["area"]) == withheld(first["area"])
    assert withheld(again["whole"]) == []
    alone = screen({"area": areas()}, released=released)
    assert withheld(alone["area"]) == withheld(first["area"])


def test_a_release_does_not_change_what_it_released():
    first = screen({"area": areas(), "whole": whole()})
    released = Released.nothing().with_edition("2026-1", first)
    again = screen({"area": areas(), "whole": whole()}, released=released)
    assert withheld(again["area"]) == withheld(first["area"])
    assert {name: pub.marks for name, pub in again.items()} == {
        name: pub.marks for name, pub in first.items()
    }


def test_what_earlier_editions_gave_away_is_told():
    """The districts without Lunden, and the total, were published when the floor was lower."""
    lenient = screen({"area": areas(), "whole": whole()}, DisclosureRules(base_floor=10, sensitive_floor=10))
    assert withheld(lenient["area"]) == []
    released = (
        Released.nothing()
        .with_edition("1", {"x": lenient["whole"]})
        .with_edition("2", screen({"x": areas().take([0, 2, 3])}))
    )
    found = screening({"area": areas()}, released=released)
    assert withheld(found.publishables["area"]) == ["Lunden"]
    assert {exposure.earlier for exposure in found.exposures} == {True}
    assert "Lunden" in found.exposures[0].cell


def test_the_registry_comes_back_and_holds_no_withheld_number(tmp_path):
    released = Released.nothing().with_edition("2026-1", screen({"area": areas(), "whole": whole()}))
    path = tmp_path / "released.json"
    write_released(path, released)
    back = read_released(path)
    assert back.editions == released.editions
    assert back.cells["domain"].tolist() == released.cells["domain"].tolist()
    assert back.cells["shown"].tolist() == released.cells["shown"].tolist()
    told = path.read_text(encoding="utf-8")
    assert "0.35" not in told
    write_released(tmp_path / "again.json", back)
    assert (tmp_path / "again.json").read_bytes() == path.read_bytes()


def test_no_registry_is_an_empty_one(tmp_path):
    assert len(read_released(tmp_path / "none.json").cells) == 0


def test_a_broken_registry_stops(tmp_path):
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    with pytest.raises(DisclosureError) as refused:
        read_released(tmp_path / "x.json")
    assert refused.value.code == "SEK-11"


def test_an_edition_cannot_be_changed_after_the_fact():
    released = Released.nothing().with_edition("2026-1", screen({"area": areas()}))
    assert released.with_edition("2026-1", screen({"area": areas()})).editions == released.editions
    with pytest.raises(DisclosureError) as refused:
        released.with_edition("2026-1", screen({"whole": whole()}))
    assert refused.value.code == "SEK-10"
