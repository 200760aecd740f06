"""Nothing of a withheld number leaves: the outputs are the same bytes whatever the withheld numbers are.

Two worlds differ only in what the rules withhold (``worlds``). If a single byte of any output differs between them, something of a
withheld number went through. Planted numbers are also looked for literally, in every part of every file.
"""

import pickle
import re
from dataclasses import fields, replace
from typing import get_args

import numpy as np
import pytest
from made import by_area, cells
from search import files, spellings, told, unpacked
from worlds import CHOICES, LEVELS, NAMES, SECRETS, made, reported, world

from trygghet.claims import Claim
from trygghet.disclosure import screen
from trygghet.disclosure.cells import Screenable
from trygghet.errors import DisclosureError
from trygghet.report import WaveReport

OPENED = {"svg", "png", "csv", "html", "xlsx", "docx", "json", "txt", "yaml", "parquet", "pdf"}
PARTS = [part.name for part in fields(WaveReport) if part.name not in {"facts", "stamp", "sources"}]


@pytest.fixture(scope="module")
def raw():
    return [world(*secret) for secret in SECRETS]


def flat(given):
    return [found for each in given for found in flat(each)] if isinstance(given, tuple) else [given]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_a_report_is_planted(part, raw, written_worlds):
    """A field that is added to the report fails here until the worlds differ in it, and its numbers are withheld."""
    kept = written_worlds[0][1]
    given = getattr(reported(kept), part)
    assert given, f"{part} is not planted"
    for publishable in flat(given):
        name = next(name for name, each in kept.items() if each is publishable)
        first, second = (pickle.dumps(each[name]) for each in raw)
        assert first != second, f"{name} is the same in both worlds"
        assert publishable.withheld or publishable.result.reason == "suppressed"


def test_every_type_that_can_leave_is_planted(written_worlds):
    assert {type(each.result) for each in written_worlds[0][1].values()} == set(get_args(Screenable))


def test_the_rules_withhold_what_differs(raw, written_worlds):
    (_, first), (_, second) = written_worlds
    assert first["problems"].marks[4] == ".."
    for name, publishable in first.items():
        assert publishable.marks == second[name].marks
        assert publishable.digest == second[name].digest, name
        assert publishable.withheld == second[name].withheld
    for name in ("claim", "claim of an item"):
        assert first[name].result.reason == "suppressed"
    for name in ("problems", "areas", "levels", "level_areas", "unweighted", "other_priorities", "contrasts"):
        shown = np.array([mark in {"", "()"} for mark in first[name].marks])
        one, other = (each[name] for each in raw)
        assert np.array_equal(one.values[shown], other.values[shown])
        assert np.array_equal(one.n[shown], other.n[shown])


def test_every_output_is_the_same_whatever_the_withheld_numbers_are(written_worlds):
    first, second = (files(folder) for folder, _ in written_worlds)
    assert {name.rpartition(".")[2] for name in first} == OPENED, "a kind of file that the search cannot open"
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_the_outputs_hold_every_part(written_worlds):
    """What is planted in a part would show: each of them stands in some output."""
    from python_calamine import CalamineWorkbook

    folder, _ = written_worlds[0]
    figures = {path.stem for path in (folder / "report" / "figures").glob("*.svg")}
    assert figures == {
        "prioritering", "problem", "omraden", "utveckling", "svar_och_vikter", "viktning", "sammanvagd", "placeringar", "par",
    }  # fmt: skip
    tabs = CalamineWorkbook.from_path(folder / "report" / "tabeller.xlsx").sheet_names
    for name in ("Ordning webb", "Områdesplacering", "Områdesplacering 2", "Källor och vikter", "Olika håll"):
        assert name in tabs
    assert len(tabs) >= 17
    promises = (folder / "promise" / "promises.yaml").read_text(encoding="utf-8")
    assert "stream: webb" in promises  # other_priorities
    assert re.search(r"item: oro_inbrott\n", promises)  # levels
    assert promises.count("name: Centrum") >= 2  # level_areas and areas
    assert "name: Sjöstaden" not in promises


def test_no_output_holds_a_planted_number(written_worlds):
    for (folder, _), secret in zip(written_worlds, SECRETS, strict=True):
        planted = [text for number in secret.planted for text in spellings(number)]
        assert len(planted) > 20
        for name, content in files(folder).items():
            for part, inner in unpacked(name, content):
                said = told(part, inner)
                assert not [text for text in planted if text in said], part


def test_the_search_would_find_a_number_that_is_shown(written_worlds):
    """In tables as text and as bytes, in drawings beside their coordinates, in the text chunks of pictures, in the text layer of a PDF."""
    folder, _ = written_worlds[0]
    held = files(folder)
    assert np.float64(0.44).tobytes() in held["screened/problems.cells.parquet"]
    for ending in (".csv", ".svg", ".html"):
        assert any(b"44" in told(name, content) for name, content in held.items() if name.endswith(ending))
    assert all(
        len(told(name, content)) < len(content) for name, content in held.items() if name.endswith(".svg")
    )
    parts = dict(unpacked("x.png", held["report/figures/problem.png"]))
    assert any(b"Narkotika 44" in content for name, content in parts.items() if name.endswith(".chunk"))
    word = dict(unpacked("x.docx", held["report/lagesbild_utkast.docx"]))
    assert any(
        re.search(r"media/.*png/\d+\.chunk$", name) and b"44" in content for name, content in word.items()
    )
    drawn = dict(unpacked("x.pdf", held["omraden.pdf"]))
    assert any(
        re.search(rb"\(44|\[.*\(4", content) for name, content in drawn.items() if name.endswith(".stream")
    )


def test_exceptions_name_no_number(written_worlds):
    kept = written_worlds[0][1]["problems"].result
    with pytest.raises(DisclosureError) as refused:
        kept.covariance()
    assert not re.search(r"\d\.\d", str(refused.value))


PLACES = (
    "rank",
    "lower",
    "upper",
    "tiers",
    "place",
    "box",
    "surely",
    "maybe",
    "expected_rank",
    "place_shares",
)


def places(result):
    """Every place, set, tier and box that a ranking tells, of its parts too."""
    found = {name: np.asarray(getattr(result, name)) for name in PLACES if hasattr(result, name)}
    for inner in ("ranks", "sets", "order"):
        if hasattr(getattr(result, inner, None), "to_frame"):
            found |= {f"{inner}.{name}": value for name, value in places(getattr(result, inner)).items()}
    if hasattr(result, "checks"):
        found |= {f"check {number}": check.place for number, check in enumerate(result.checks)}
    return found


@pytest.mark.parametrize(
    "name", ["ranks", "priorities", "area_sets", "area_ranks", "orders", "order", "composite"]
)
def test_ranks_and_tiers_do_not_reveal_a_withheld_place(name, raw, written_worlds):
    """The secret comes first in one world and among the last in the other; what is told of the others is the same, and has no gap."""
    before = [places(each[name]) for each in raw]
    assert any(
        not np.array_equal(before[0][key], before[1][key], equal_nan=before[0][key].dtype.kind == "f")
        for key in before[0]
    )
    (_, first), (_, second) = written_worlds
    one, other = (places(each[name].result) for each in (first, second))
    assert one.keys() == other.keys()
    for key, value in one.items():
        assert pickle.dumps(value.tolist()) == pickle.dumps(other[key].tolist()) or np.array_equal(
            value, other[key], equal_nan=True
        )
    for key in ("rank", "place", "ranks.rank", "sets.rank", "order.place"):
        told_places = sorted(int(place) for place in one.get(key, [1]) if place > 0)
        assert all(place <= 1 + sum(p < place for p in told_places) for place in told_places), key
    for key in ("upper", "ranks.upper", "sets.upper"):
        if key in one:
            assert one[key].max() <= (one[key.replace("upper", "rank")] > 0).sum()


def test_a_withheld_choice_is_no_focus_area_and_its_name_tells_nothing(written_worlds):
    top = written_worlds[0][1]["priorities"].result
    assert top.box[4] == "unranked"
    assert not top.surely[4]
    assert not top.maybe[4]
    assert len(CHOICES) == len(NAMES) == 5
    assert len(LEVELS) == 3


def test_masking_keeps_no_door_to_what_was_masked(written_worlds):
    """Nothing reachable from a masked result holds a withheld number, however deep one looks."""
    for (_, kept), secret in zip(written_worlds, SECRETS, strict=True):
        for name, publishable in kept.items():
            held = pickle.dumps(publishable.result)
            for number in secret.planted:
                assert np.float64(number).tobytes() not in held, name
                assert np.float64(number).astype(">f8").tobytes() not in held, name
            if isinstance(publishable.result, Claim):
                assert publishable.result.numbers == {}


def test_a_limit_rule_is_cut_off_too():
    class Rule:
        def __init__(self, answers):
            self.answers = answers

        def limits(self, of, *, level, method):  # noqa: ARG002 -- the protocol
            return np.full(2, level), np.full(2, 1.0)

    found = made(
        cells(by_area("alder", ["a", "b"])),
        [0.4, 0.6],
        [100, 20],
        numerator=[-1, -1],
        hidden=[False, False],
        secret=SECRETS[0],
    )
    kept = screen({"x": replace(found, estimand="quantile", limit_rule=Rule(np.array([0.123456])))})[
        "x"
    ].result
    assert np.isnan(kept.interval(0.95)[0]).tolist() == [False, True]
    assert np.float64(0.123456).tobytes() not in pickle.dumps(kept)
