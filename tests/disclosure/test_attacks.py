"""Attacks made by hand; each one worked on some published table of another office."""

from itertools import product

import numpy as np
import pytest
from attacker import Attacker
from made import by_area, counts, estimates
from random_tables import assert_safe, assert_wide, frame

from trygghet.disclosure import DisclosureRules, Structure, screen

AREAS = ["Centrum", "Lunden", "Höjden", "Sjöstaden"]


def whole(results, name="whole"):
    """The total of a result by one variable."""
    return frame("", ["Alla"], [results.n.sum()], [results.numerator.sum()])


def withheld(pub):
    cells = pub.result.cells[pub.result.status == "withheld"]
    return cells["domain"].tolist()


def test_a_single_withheld_district_gets_company_when_the_total_is_shown():
    area = estimates(by_area("hot", AREAS), [100, 20, 150, 120], [31, 7, 40, 44])
    kept = screen({"area": area, "whole": whole(area)})
    assert "Lunden" in withheld(kept["area"])
    assert len(withheld(kept["area"])) == 2
    assert withheld(kept["whole"]) == []
    bases = dict(zip((("omrade", a) for a in AREAS), [100, 20, 150, 120], strict=True))
    assert_wide(Attacker(kept, item="hot").ranges(bases), bases, {("omrade", a): ".." for a in AREAS})


def test_a_single_withheld_district_needs_no_company_without_a_total():
    area = estimates(by_area("hot", AREAS), [100, 20, 150, 120], [31, 7, 40, 44])
    assert withheld(screen({"area": area})["area"]) == ["Lunden"]


def test_persons_without_a_district_give_cover():
    area = estimates(by_area("hot", AREAS), [100, 20, 150, 120], [31, 7, 40, 44])
    everybody = frame("", ["Alla"], [area.n.sum() + 40], [area.numerator.sum() + 9])
    assert withheld(screen({"area": area, "whole": everybody})["area"]) == ["Lunden"]


@pytest.mark.trap(40)
def test_a_cell_without_positives_cannot_cover_alone():
    area = frame("omrade", list("abcd"), [300, 300, 300, 300], [2, 0, 0, 150])
    kept = screen({"area": area, "whole": whole(area)})
    bases = {("omrade", d): 300 for d in "abcd"}
    low, high = Attacker(kept, item="hot").ranges(bases)["omrade", "a"]
    assert high - low >= 3
    assert "d" in withheld(kept["area"])


@pytest.mark.trap(40)
@pytest.mark.parametrize("singles", [2, 3])
def test_singletons_do_not_cover_each_other(singles):
    n = [1] * singles + [80, 90, 100]
    x = [*(1, 0, 1)[:singles], 30, 40, 20]
    area = frame("omrade", list("abcdef")[: len(n)], n, x)
    kept = screen({"area": area, "whole": whole(area)})
    enemy = Attacker(kept, item="hot")
    bases = {("omrade", d): k for d, k in zip("abcdef", n, strict=False)}
    for person in range(singles):
        place = ("omrade", "abc"[person])
        others = enemy.ranges(bases, own={place: x[person]})
        others.pop(place)
        assert_wide(others, bases, enemy.hidden)


@pytest.mark.trap(40)
def test_linked_tables_are_protected_together():
    """Two tables share their margins: what is withheld in one may not come back through the other."""
    areas, sexes, ages = "abc", "KM", "yo"
    n = np.array([[[40, 60], [12, 70]], [[55, 50], [60, 61]], [[70, 44], [48, 52]]])
    x = n // 3
    results = {
        "area*sex": frame(
            "o * k", [f"{a} * {s}" for a, s in product(areas, sexes)], n.sum(2).ravel(), x.sum(2).ravel()
        ),
        "area*age": frame(
            "o * a", [f"{a} * {g}" for a, g in product(areas, ages)], n.sum(1).ravel(), x.sum(1).ravel()
        ),
        "sex*age": frame(
            "k * a", [f"{s} * {g}" for s, g in product(sexes, ages)], n.sum(0).ravel(), x.sum(0).ravel()
        ),
        "all": frame(
            "o * k * a",
            [" * ".join(key) for key in product(areas, sexes, ages)],
            n.ravel(),
            x.ravel(),
        ),
        "area": frame("o", list(areas), n.sum((1, 2)), x.sum((1, 2))),
        "whole": frame("", ["Alla"], [n.sum()], [x.sum()]),
    }
    kept = screen(results)
    bases = {
        (result.cells.loc[row, "by"], result.cells.loc[row, "domain"]): int(result.n[row])
        for result in results.values()
        for row in range(len(result))
    }
    enemy = Attacker(kept, item="hot")
    assert enemy.hidden
    assert_wide(enemy.ranges(bases), bases, enemy.hidden)


def test_a_group_of_districts_is_a_sum_too():
    area = estimates(by_area("hot", AREAS), [100, 20, 150, 120], [31, 7, 40, 44])
    groups = {"omrade": {"utsatt": ("Lunden", "Höjden")}}
    group = frame("omrade:utsatt", ["utsatt", "övriga"], [170, 220], [47, 75])
    kept = screen(
        {"area": area, "group": group, "whole": whole(area)}, structures={"2026": Structure(groups=groups)}
    )
    bases = dict(zip((("omrade", a) for a in AREAS), [100, 20, 150, 120], strict=True))
    bases |= {("omrade:utsatt", "utsatt"): 170, ("omrade:utsatt", "övriga"): 220}
    enemy = Attacker(kept, item="hot", groups=groups)
    assert_wide(enemy.ranges(bases), bases, enemy.hidden)


def test_answers_that_sum_to_one_cover_each_other():
    """A withheld answer is one less the others; one more of them has to go."""
    answers = estimates(
        [("trygg", answer, "", "Alla") for answer in ("mycket", "ganska", "inte", "inte alls")],
        [200] * 4,
        [100, 60, 38, 2],
    )
    kept = screen({"svar": answers})["svar"].result
    hidden = kept.cells["category"][kept.status == "withheld"].tolist()
    assert "inte alls" in hidden
    assert len(hidden) >= 2


def test_complementary_items_are_withheld_together():
    rows = [("trygg", "", "Alla"), ("otrygg", "", "Alla"), ("annat", "", "Alla")]
    both = estimates(rows, [200, 200, 200], [150, 48, 2])
    known = {"2026": Structure(complete=(("trygg", "otrygg", "annat"),))}
    hidden = screen({"x": both}, structures=known)["x"].result.status == "withheld"
    assert hidden.sum() == 2
    assert hidden[2]


def test_an_option_and_its_union_bound_each_other():
    """With the union shown at 3 and another option at 3, a withheld option of 1 or 2 lies within the union."""
    rows = [("p.a", "", "Alla"), ("p.b", "", "Alla"), ("p.u", "", "Alla"), ("p.c", "", "Alla")]
    options = estimates(rows, [200] * 4, [2, 20, 20, 90])
    known = {"2026": Structure(within=(("p.a", "p.u"), ("p.b", "p.u")), covered={"p.u": ("p.a", "p.b")})}
    assert screen({"x": options}, structures=known)["x"].result.status.tolist()[0] == "withheld"
    tight = estimates(rows, [200] * 4, [2, 18, 20, 90])
    found = screen({"x": tight}, structures=known)["x"].result.status.tolist()
    assert found == ["withheld", "ok", "ok", "ok"]
    tighter = estimates([*rows[:1], *rows[2:3]], [200] * 2, [2, 2])
    assert screen({"x": tighter})["x"].result.status.tolist() == ["withheld", "withheld"]


def test_a_difference_with_the_rest_gives_nothing_back():
    area = estimates(by_area("hot", AREAS), [100, 20, 150, 120], [31, 7, 40, 44])
    gaps = estimates(
        by_area("hot", AREAS), [100, 20, 150, 120], [-1] * 4, estimand="difference", values=[0.1] * 4
    )
    kept = screen({"area": area, "gaps": gaps, "whole": whole(area)})
    assert set(withheld(kept["gaps"])) == set(withheld(kept["area"]))


def test_a_difference_without_its_level_counts_as_the_level():
    """Total and difference give the district: where districts are not shown, their differences must be protected."""
    area = estimates(by_area("hot", AREAS), [100, 20, 150, 120], [31, 7, 40, 44])
    gaps = estimates(
        by_area("hot", AREAS), [100, 20, 150, 120], [-1] * 4, estimand="difference", values=[0.1] * 4
    )
    kept = screen({"gaps": gaps, "whole": whole(area)})
    assert "Lunden" in withheld(kept["gaps"])
    assert len(withheld(kept["gaps"])) == 2


def test_a_difference_between_two_districts_is_withheld_with_either():
    area = estimates(by_area("hot", AREAS), [100, 20, 150, 120], [31, 7, 40, 44])
    against = area.values[2] - area.values[1]
    gap = estimates(by_area("hot", ["Höjden"]), [20 + 80], [-1], estimand="difference", values=[against])
    assert withheld(screen({"area": area, "gap": gap})["gap"]) == ["Höjden"]


@pytest.mark.parametrize("protected", [True, False])
def test_calibrated_shares_with_known_inhabitants(protected):
    """N p = sum N_d p_d gives a withheld district back even when the bases of the districts do not add up."""
    n = np.array([100, 20, 150, 120])
    area = estimates(by_area("hot", AREAS), n, [31, 7, 40, 44])
    people = dict(zip((("omrade", a) for a in AREAS), [9000.0, 2000.0, 14000.0, 11000.0], strict=True))
    total = float(np.dot(list(people.values()), area.values) / 36000)
    everybody = estimates([("hot", "", "Alla")], [430], [129], values=[total])
    known = {"2026": Structure(populations={**people, ("", "Alla"): 36000.0})} if protected else None
    kept = screen({"area": area, "whole": everybody}, structures=known)
    if not protected:
        assert withheld(kept["area"]) == ["Lunden"]
        shown = np.delete(np.array(list(people.values())) * area.values, 1).sum()
        assert (36000 * total - shown) / 2000 == pytest.approx(0.35)
    assert (len(withheld(kept["area"])) >= 2) == protected


@pytest.mark.parametrize(
    ("unit", "smallest", "lost"), [(0.01, 200.0, 1), (0.01, 9000.0, 2), (None, 200.0, 2)]
)
def test_rounding_covers_only_where_it_is_coarse(unit, smallest, lost):
    """Whole per cents of 36,000 leave a district of 200 people open, and one of 9,000 within some points."""
    n = np.array([400, 20, 450, 420])
    area = estimates(by_area("hot", AREAS), n, [131, 7, 140, 144])
    people = [9000.0, smallest, 14000.0, 27000.0 - 14000.0 - smallest]
    total = float(np.dot(people, area.values) / sum(people))
    everybody = estimates([("hot", "", "Alla")], [1400], [430], values=[total])
    places = dict(zip((("omrade", a) for a in AREAS), people, strict=True)) | {("", "Alla"): sum(people)}
    rules = DisclosureRules(rounding=unit)
    kept = screen({"a": area, "w": everybody}, rules, structures={"2026": Structure(populations=places)})
    assert len(withheld(kept["a"])) == lost


def test_withheld_counts_of_a_table_get_company():
    kept = screen({"svar": counts([120, 12, 80, 95])})["svar"].result
    assert kept.frame["svarande"].isna().sum() == 2
    assert kept.frame["andel"].isna().sum() == 2


@pytest.mark.trap(40)
def test_the_order_of_the_results_does_not_matter():
    area = estimates(by_area("hot", AREAS), [100, 20, 100, 100], [31, 7, 31, 31])
    other = estimates(by_area("oro", AREAS), [100, 20, 100, 100], [31, 7, 31, 31])
    results = {"area": area, "whole": whole(area), "other": other}
    turned = {
        "other": other.take(np.array([3, 1, 0, 2])),
        "whole": whole(area),
        "area": area.take(np.array([2, 3, 1, 0])),
    }
    first, second = screen(results), screen(turned)
    assert set(withheld(first["area"])) == set(withheld(second["area"]))


def test_a_shared_mark_that_narrows_another_cell_becomes_plain():
    """0 of 5 and 2 of 74: "<4 %" of the 79 together would tell that at most 2 of the 5 said yes."""
    inner = frame("o * k", ["a * x", "a * y", "b * x", "b * y"], [5, 74, 80, 90], [0, 2, 30, 40])
    rows = frame("o", ["a", "b"], [79, 170], [2, 70])
    kept = screen({"inner": inner, "rows": rows, "whole": frame("", ["Alla"], [249], [72])})
    bases = {
        ("o * k", d): n for d, n in zip(["a * x", "a * y", "b * x", "b * y"], [5, 74, 80, 90], strict=True)
    }
    bases |= {("o", "a"): 79, ("o", "b"): 170, ("", "Alla"): 249}
    enemy = Attacker(kept, item="hot")
    low, high = enemy.ranges(bases)["o * k", "a * x"]
    assert high - low >= 3
    assert kept["rows"].marks[0] == ".."


@pytest.mark.parametrize("seed", range(30))
def test_random_tables_hold(seed):
    assert_safe(seed)


def test_a_person_who_knows_her_own_answer_doubts_all_the_others():
    """A district of three, one of them alone in her group: she may not find what the other two said."""
    inner = frame(
        "o * k",
        ["a * x", "a * y", "b * x", "b * y", "c * x", "c * y"],
        [1, 2, 60, 81, 55, 70],
        [0, 1, 30, 37, 16, 25],
    )
    rows = frame("o", list("abc"), [3, 141, 125], [1, 67, 41])
    kept = screen({"inner": inner, "rows": rows, "whole": whole(rows)})
    enemy = Attacker(kept, item="hot")
    bases = {("o", d): n for d, n in zip("abc", [3, 141, 125], strict=True)}
    bases |= {("o * k", d): int(n) for d, n in zip(inner.cells["domain"], inner.n, strict=True)}
    assert enemy.ranges(bases)["o", "a"] == (0, 3)
    assert enemy.ranges(bases, own={("o * k", "a * x"): 0})["o", "a"] == (0, 2)
