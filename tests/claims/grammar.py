"""Every statement of the grammar, with every verdict that it can get: made by the rules from results written by hand."""

from dataclasses import replace
from functools import cache

import numpy as np
from by_hand import CONTEXT, PRIORITIES, estimates, ranking, shares, top

from trygghet import claims
from trygghet.claims import Meaning, Phrase, Reference, Source
from trygghet.ranking import RankBounds
from trygghet.waves import PUBLISHED, Break, change

ITEMS = ("otrygg_kvall", "otrygg_dag", "kann_lofte")
TWO = {"by": "omrade", "domains": ("Lunden", "Centrum")}
NAMED = replace(
    CONTEXT,
    phrases=CONTEXT.phrases
    | {
        "kann_lofte": Phrase(
            "andelen som känner till löftet",
            "känner till",
            "löftet",
            "kännedomen",
            "the share knowing",
            "löftet",
        ),
        "otrygg_dag": Phrase("andelen otrygga dagtid", share_en="the share unsafe by day"),
        "not_otrygg_kvall": Phrase("andelen trygga", "känner sig", "trygga", "tryggheten", "the share safe"),
    },
    sources=CONTEXT.sources
    | {("2026", "elev"): Source("census", "maj 2026"), ("2026", "råd"): Source("invited")},
)
COUNTRY = Reference("riket", 0.27, 0.005)


def moved(new, old, se=0.015, **options):
    return change(estimates([new], se=se, **options), estimates([old], se=se, wave="2024", **options))


def by_area(new, old, se=0.015):
    return change(estimates(new, se=se, **TWO), estimates(old, se=se, wave="2024", **TWO))


def gap(values, **options):
    return estimates(values, se=0.03, estimand="difference", **(TWO | options))


def unclear(ranked):
    """The same ranking without a critical value, as exact tests give it."""
    bounds = ranked.ranks.bounds
    blank = RankBounds(
        **{name: getattr(bounds, name) for name in RankBounds.__slots__ if name != "critical_values"},
        critical_values=np.full(len(bounds.rank), np.nan),
    )
    return replace(ranked, ranks=replace(ranked.ranks, bounds=blank))


def orders():
    some, tied, full = (
        ([1, 2, 2, 2, 2, 2, 7], [1, 6, 6, 6, 6, 6, 7]),
        ([1] * 7, [7] * 7),
        [1, 2, 3, 4, 5, 6, 7],
    )
    first = ([1, 1, 2, 2, 2, 2, 7], [2, 2, 6, 6, 6, 6, 7])
    yield from (claims.among_largest(top(*sets), NAMED) for sets in (some, (full, full), first, tied))
    yield from (claims.cut_off(top(*sets), NAMED) for sets in (some, (full, full)))
    yield claims.cut_off(unclear(top(*some)), NAMED)
    yield claims.largest(ranking(*some), NAMED)
    yield claims.largest(ranking(*some), NAMED, item="Trafik")
    yield claims.largest(ranking(*first), NAMED)


def levels():
    for share in (0.12, 0.24, 0.245, 0.40):
        for item in ("otrygg_kvall", "otrygg_dag", "kann_lofte"):
            cell = estimates([share], items=(item,), n=486)
            yield from (
                *claims.low(cell, 0.25, NAMED),
                *claims.high(cell, 0.25, NAMED),
                *claims.level(cell, NAMED),
            )
    yield from claims.low(estimates([0.02], n=9), 0.04, NAMED)
    yield from claims.level(estimates([0.34, 0.5], **TWO), NAMED)
    yield from claims.level(estimates([0.34, 0.5], items=("otrygg_dag",), **TWO), NAMED)
    yield from claims.level(estimates([np.nan], se=np.nan), NAMED)
    yield from claims.level(estimates([0.3], wave="", stream=""), NAMED)
    for share in (0.15, 0.26, 0.40):
        for bound in ("at_least", "at_most"):
            meaning = Meaning("många", bound, 0.25)
            yield from claims.described(estimates([share]), "många", NAMED, meaning=meaning)
    yield from claims.described(estimates([0.34]), "många", NAMED, meaning=None)


def comparisons():
    pair = [("otrygg_kvall", "otrygg_dag")]
    for values in ([0.34, 0.08], [0.33, 0.30], [0.08, 0.34], [0.0, 0.0]):
        answers = estimates(values, items=ITEMS[:2], n=600)
        yield from claims.more_than(answers, pair, NAMED)
        yield from claims.more_than(
            estimates([*values, 0.2], items=ITEMS, n=600), [*pair, ("otrygg_kvall", "kann_lofte")], NAMED
        )
    for share in (0.0, 0.20, 0.28, 0.34):
        for side in ("above", "below"):
            for figure in (COUNTRY, Reference("riket", 0.27)):
                yield from claims.against_reference(estimates([share]), figure, NAMED, side=side)
    yield from claims.against_reference(estimates([0.4, 0.35], items=ITEMS[:2]), COUNTRY, NAMED, side="above")
    for direction in ("above", "below"):
        for item in ("otrygg_kvall", "otrygg_dag"):
            known = estimates([0.44, 0.30], items=(item,), **TWO)
            for values in ([0.16, -0.16], [0.02, -0.02]):
                yield from claims.above_rest(
                    gap(values, items=(item,)), NAMED, levels=known, direction=direction
                )
    yield from claims.above_rest(gap([0.16], domains=("Lunden",)), NAMED)
    yield from claims.above_rest(
        estimates([0.16], se=0.0, estimand="difference", by="kon", domains=("Man",)), NAMED
    )
    first = estimates([0.66], items=("not_otrygg_kvall",), n=600)
    for share in (0.2, 0.0):
        yield claims.both(first, estimates([share], n=390), NAMED)


def developments():
    rules = (claims.increased, claims.decreased, claims.changed)
    for rule in rules:
        for new in (0.20, 0.31, 0.40):
            pair = estimates([new], se=0.015), estimates([0.30], se=0.015, wave="2024")
            yield from rule(change(*pair), NAMED, levels=pair)
            yield from rule(change(*pair), NAMED)
        yield from rule(moved(0.0, 0.0, se=0.0), NAMED)
    new, old = estimates([0.4, 0.3], **TWO), estimates([0.3, 0.31], n=900, wave="2024", **TWO)
    yield from claims.changed(change(new, old), NAMED, levels=(new, old))
    yield from claims.changed(moved(0.40, 0.30, approximate=True), NAMED)
    printed = moved(0.40, 0.30)
    yield from claims.changed(replace(printed, about=replace(printed.about, method=PUBLISHED)), NAMED)
    wider = estimates([0.40, 0.13], items=("otrygg_kvall", "kann_lofte"))
    yield from claims.changed(
        change(wider, estimates([0.30], wave="2024")), NAMED, levels=(wider, estimates([0.30], wave="2024"))
    )
    for se, value in ((0.01, 0.31), (0.03, 0.31), (0.01, 0.45), (0.0, 0.0)):
        yield from claims.unchanged(moved(value, 0.30 if value else 0.0, se), 0.05, NAMED)
    for se, value in ((0.008, 0.33), (0.03, 0.33), (0.008, 0.50), (0.0, 0.0)):
        local = moved(value, 0.30 if value else 0.0, se)
        for figure in (Reference("riket", 0.03, 0.004), Reference("riket", 0.03)):
            yield claims.same_development(local, figure, NAMED, margin=0.05)
    for new_areas, old_areas in (
        ([0.30, 0.30], [0.45, 0.31]),
        ([0.30, 0.16], [0.45, 0.31]),
        ([0.50, 0.20], [0.35, 0.31]),
        ([0.0, 0.0], [0.0, 0.0]),
    ):
        for comparison in ("Centrum", None):
            for move in ("increased", "decreased"):
                areas = by_area(new_areas, old_areas, 0.015 if any(new_areas) else 0.0)
                yield claims.effect(areas, "Lunden", NAMED, comparison=comparison, move=move)
    yield from claims.one_wave(estimates([0.34]), NAMED, move="increased")
    yield from claims.one_wave(estimates([np.nan], se=np.nan), NAMED, move="decreased")
    yield claims.broken(Break("otrygg_kvall", "version", "2026", "2024"), new.about, NAMED)


def respondents():
    items = PRIORITIES[:5]
    first, other = [0.47, 0.41, 0.38, 0.36, 0.355], [0.46, 0.41, 0.38, 0.35, 0.36]
    raked = {"adjusted": shares(other, items=items), "adjusted_for": ["ålder", "kön"]}
    yield claims.chosen_most(shares(first, items=items), NAMED, m=4, **raked)
    for item in ("otrygg_kvall", "otrygg_dag"):
        whole = shares([0.4], items=(item,))
        yield from claims.answered(whole, NAMED)
        yield from claims.answered(shares([0.4, 0.3], items=(item,), **TWO), NAMED)
        yield from claims.not_of_population(whole, NAMED)
        for stream in ("elev", "råd"):
            yield from claims.answered(replace(whole, about=replace(whole.about, stream=stream)), NAMED)


@cache
def everything():
    """All of them."""
    return (*orders(), *levels(), *comparisons(), *developments(), *respondents())
