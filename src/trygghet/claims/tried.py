"""Which statements a report tries, in order of importance, and how they share its one risk of a false statement."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from trygghet.claims.areas import above_rest
from trygghet.claims.claim import Claim
from trygghet.claims.context import Context
from trygghet.claims.declared import Families
from trygghet.claims.described import Meaning, described
from trygghet.claims.level import high, level, low
from trygghet.claims.steady import unchanged
from trygghet.claims.top import among_largest, cut_off
from trygghet.claims.waves import broken, changed, one_wave
from trygghet.errors import ClaimError, Problem
from trygghet.estimate.estimates import Estimates
from trygghet.ranking import TopSet
from trygghet.waves import Break

_SAME_LEVEL = 1e-9
_Rule = Callable[[Estimates, Context], tuple[Claim, ...]]


@dataclass(frozen=True, slots=True)
class Declared:
    """What was decided before anybody looked at a result.

    Parameters
    ----------
    families : Families
        Families of statements, which share the report's risk.
    headline : tuple of str
        Indicators that get sentences, the most important first.
    districts : tuple of str
        Indicators that areas are compared by.
    low, high : mapping of str to float
        Share below which an indicator is called low, or above which it is called high.
    meanings : tuple of Meaning
        What words mean, each of an indicator.
    margins : mapping of str to float
        Largest change of an indicator that counts as none.
    """

    families: Families
    headline: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    low: Mapping[str, float] = field(default_factory=dict)
    high: Mapping[str, float] = field(default_factory=dict)
    meanings: tuple[Meaning, ...] = ()
    margins: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compared:
    """Results that are read together: a comparison, and the shares that it compares.

    Parameters
    ----------
    difference : Estimates
        Each area minus the rest, or a change since the wave before.
    new : Estimates
        Shares by area, or of this wave.
    old : Estimates, optional
        Shares of the wave before.
    """

    difference: Estimates
    new: Estimates
    old: Estimates | None = None


@dataclass(frozen=True, slots=True)
class WaveResults:
    """What a wave's statements rest on; everything from its random sample.

    Parameters
    ----------
    levels : sequence of Estimates
        Shares of everybody.
    rankings : sequence of TopSet
        Orders of priorities, at the level of a family.
    areas : sequence of Compared
        Areas against the rest.
    changes : sequence of Compared
        Changes since the wave before.
    breaks : sequence of Break
        What cannot be compared with the wave before.
    first : bool
        Whether there is no wave before.
    """

    levels: Sequence[Estimates] = ()
    rankings: Sequence[TopSet] = ()
    areas: Sequence[Compared] = ()
    changes: Sequence[Compared] = ()
    breaks: Sequence[Break] = ()
    first: bool = False


def tried(results: WaveResults, declared: Declared, context: Context) -> Iterator[Claim]:
    """Try every statement that a report of a random sample could make.

    Parameters
    ----------
    results : WaveResults
        What was estimated.
    declared : Declared
        What was decided beforehand.
    context : Context
        Streams, words, and the level of the report.

    Yields
    ------
    Claim
        Statements in order of importance: the order of priorities, areas, development, what was declared, and plain shares.

    Raises
    ------
    ClaimError
        PAST-12 when a ranking was made at a lower level than its family has.

    Notes
    -----
    The risk ``1 - level`` that the report holds any false statement is divided evenly over the declared families, whether a wave has
    them all or not. Within a family: the order holds jointly (simultaneous rank sets); areas and changes are adjusted by the joint
    max-t; where a family has several parts (results of several sets, shares against several thresholds, changes and tests of no
    change) the parts divide its risk evenly. A plain share with its margin of error compares nothing and takes no part.
    """
    families = declared.families
    shared = replace(
        context, families=len(families.declared), change_level=families.comparison_level("follow_up")
    )
    yield from _order(results.rankings, shared)
    yield from _areas(results.areas, declared, shared)
    yield from _development(results, declared, shared)
    yield from _against_declared(results.levels, declared, shared)
    for shares, at in _parts(results.levels, declared.headline):
        yield from level(shares.take(at), shared)


def _order(rankings: Sequence[TopSet], context: Context) -> Iterator[Claim]:
    part = context.divided(len(rankings))
    for top in rankings:
        if top.ranks.options.level < part.family_level - _SAME_LEVEL:
            raise ClaimError(
                Problem(
                    code="PAST-12",
                    what=f"a ranking at level {top.ranks.options.level} was given where the family has {part.family_level}",
                    why="the report would hold false statements more often than it says",
                    remedy="rank at the level of the declared families",
                    facts={"niva": top.ranks.options.level, "familj": part.family_level},
                )
            )
        yield among_largest(top, part)
        yield cut_off(top, part)


def _areas(areas: Sequence[Compared], declared: Declared, context: Context) -> Iterator[Claim]:
    parts = _parts([each.difference for each in areas], declared.districts)
    levels = {id(each.difference): each.new for each in areas}
    for difference, at in parts:
        claims = above_rest(
            difference.take(at),
            context.divided(len(parts)),
            levels=levels[id(difference)],
            direction="either",
        )
        yield from sorted(claims, key=lambda claim: not claim.known)


def _development(results: WaveResults, declared: Declared, context: Context) -> Iterator[Claim]:
    if results.first:
        for shares, at in _parts(results.levels, declared.headline[:1]):
            yield from one_wave(shares.take(at), context, move="increased")
        return
    parts = _parts([each.difference for each in results.changes], declared.headline)
    waves = {id(each.difference): (each.new, each.old) for each in results.changes}
    same = [
        (change, margin, np.array([place for place in at if _margin(change, place, declared) == margin]))
        for change, at in parts
        for margin in dict.fromkeys(_margin(change, place, declared) for place in at)
        if margin is not None
    ]
    part = context.divided(len(parts) + len(same))
    for change, at in parts:
        new, old = waves[id(change)]
        yield from changed(change.take(at), part, levels=None if old is None else (new, old))
    for change, margin, at in same:
        yield from unchanged(change.take(at), margin, part)
    for found in results.breaks:
        for item in (found.item,) if found.item else declared.headline:
            told = next((each.about for each in results.levels if item in set(each.cells["item"])), None)
            if told is not None:
                yield broken(found, told, context, item=item)


def _margin(change: Estimates, place: int, declared: Declared) -> float | None:
    return declared.margins.get(str(change.cells["item"].iat[place]))


def _against_declared(levels: Sequence[Estimates], declared: Declared, context: Context) -> Iterator[Claim]:
    """Hold shares against thresholds and meanings; every one of them is a part of the family."""
    wanted: list[tuple[str, _Rule]] = [
        *((item, partial(_low, at=at)) for item, at in declared.low.items()),
        *((item, partial(_high, at=at)) for item, at in declared.high.items()),
        *(
            (meaning.item, partial(_described, meaning=meaning))
            for meaning in declared.meanings
            if meaning.item
        ),
    ]
    found = [(shares.take(at), rule) for item, rule in wanted for shares, at in _parts(levels, (item,))]
    part = context.divided(len(found))
    for shares, rule in found:
        yield from rule(shares, part)


def _low(shares: Estimates, context: Context, *, at: float) -> tuple[Claim, ...]:
    return low(shares, at, context)


def _high(shares: Estimates, context: Context, *, at: float) -> tuple[Claim, ...]:
    return high(shares, at, context)


def _described(shares: Estimates, context: Context, *, meaning: Meaning) -> tuple[Claim, ...]:
    return described(shares, meaning.word, context, meaning=meaning)


def _parts(results: Sequence[Estimates], items: Sequence[str]) -> list[tuple[Estimates, np.ndarray]]:
    """Cells of the items, in the items' order, each item in the first result that has it."""
    parts = []
    left = list(items)
    for result in results:
        names = result.cells["item"].to_numpy()
        here = [item for item in left if (names == item).any()]
        left = [item for item in left if item not in here]
        if here:
            parts.append((result, np.concatenate([np.flatnonzero(names == item) for item in here])))
    return parts
