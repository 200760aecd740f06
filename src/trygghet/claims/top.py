"""Statements about an order: which are the m largest, where the line can be drawn, which is the largest."""

import numpy as np

from trygghet._distributions import normal_quantile
from trygghet.claims.bases import base_line, choice_line
from trygghet.claims.claim import CellKey, Claim, Number, Verdict
from trygghet.claims.context import Context
from trygghet.claims.draft import Draft, key_of, level_said
from trygghet.claims.needed import Needed, difference_needed
from trygghet.claims.phrases import PRIORITIES, Ranked, lower_first
from trygghet.claims.said import Both, Limits, Listing, Place, Said, Share, Words, name
from trygghet.claims.wording import Sentence
from trygghet.errors import ClaimError, Problem
from trygghet.ranking import RankSets, TopSet

_POWER = 0.80


def among_largest(top: TopSet, context: Context, *, words: Ranked = PRIORITIES) -> Claim:
    """State which units are surely among the m largest, and which of the others cannot be told apart.

    Parameters
    ----------
    top : TopSet
        The first m places in three boxes, from simultaneous rank sets.
    context : Context
        Streams, words, level.
    words : Ranked
        What is ranked.

    Returns
    -------
    Claim
        Supported when at least one unit is surely among the m largest, else cannot be shown.

    Raises
    ------
    ClaimError
        PAST-03 when nothing is ranked.

    Notes
    -----
    Surely among the m: the upper bound of the rank set is at most m. May belong: the lower bound is at most m and the upper one
    above. All three boxes hold together at the level of the ranking.
    """
    sure, maybe = _positions(top, "surely"), _positions(top, "maybe")
    _require_ranked(top.ranks)
    needed, size = ((), {}) if sure else _needed(top.ranks, top.m, words)
    return Draft(
        statement="among_largest",
        verdict="supported" if sure else "cannot_be_shown",
        text=_sure_text(top, sure, maybe, words=words, context=context),
        rule="among_largest",
        uses=_keys(top.ranks, [*sure, *maybe]),
        subject=f"vilka {Words(top.m).say('sv')} {words.many.sv} som flest {words.wanted.sv}",
        numbers=_numbers(top.ranks, [*sure, *maybe], context.level)
        | {"m": top.m, "surely": len(sure), "maybe": len(maybe)}
        | size,
        needed=needed,
        base=_base(top.ranks, context, words),
        settings={"level": level_said(top.ranks.options.level), "m": Words(top.m), "last": name(str(top.m))},
        family="prioriteringar",
    ).claim()


def cut_off(top: TopSet, context: Context, *, words: Ranked = PRIORITIES) -> Claim:
    """State whether the line between place m and m + 1 can be drawn.

    Parameters
    ----------
    top : TopSet
        The first m places.
    context : Context
        Streams, words, level.
    words : Ranked
        What is ranked.

    Returns
    -------
    Claim
        Supported when the data show which m units are inside, else cannot be shown.

    Raises
    ------
    ClaimError
        PAST-03 when nothing is ranked.
    """
    _require_ranked(top.ranks)
    maybe = _positions(top, "maybe")
    gaps: dict[str, Said] = {
        "m": Place(top.m),
        "next": Place(top.m + 1),
        "k": Words(len(maybe)),
        "many": words.many,
    }
    secure = top.cutoff_secure
    needed, size = ((), {}) if secure else _needed(top.ranks, top.m, words)
    shown = maybe or [*_positions(top, "surely"), *_positions(top, "out")]
    return Draft(
        statement="cut_off",
        verdict="supported" if secure else "cannot_be_shown",
        text=(Sentence("cutoff.secure" if secure else "cutoff.open", gaps),),
        rule="cut_off",
        uses=_keys(top.ranks, shown),
        subject=f"gränsen mellan plats {gaps['m'].say('sv')} och {gaps['next'].say('sv')}",
        numbers={"m": top.m, "maybe": len(maybe)} | size,
        needed=needed,
        base=_base(top.ranks, context, words),
        settings={"level": level_said(top.ranks.options.level), "m": Words(top.m), "last": name(str(top.m))},
        family="prioriteringar",
    ).claim()


def largest(ranks: RankSets, context: Context, *, item: str = "", words: Ranked = PRIORITIES) -> Claim:
    """State which unit is the largest ("flest", "främst"), or that this cannot be told.

    Parameters
    ----------
    ranks : RankSets
        Simultaneous rank sets.
    context : Context
        Streams, words, level.
    item : str
        Label of the unit that is said to be the largest; whichever has the highest estimate when left out.
    words : Ranked
        What is ranked.

    Returns
    -------
    Claim
        Supported when the unit's rank set is place 1 alone; not supported when its lower bound is above 1; else cannot be shown.

    Raises
    ------
    ClaimError
        PAST-03 when nothing is ranked or the unit is not among those ranked; PAST-04 when the sets are not simultaneous.
    """
    _require_ranked(ranks)
    if not ranks.options.joint:
        raise ClaimError(
            Problem(
                code="PAST-04",
                what="marginal rank sets were given",
                why="that one is the largest is a statement about all of them at once",
                remedy="rank with joint=True",
                facts={"antal": len(ranks)},
            )
        )
    place = _place_of(ranks, item)
    gaps: dict[str, Said] = {
        "one": words.one,
        "wanted_one": words.wanted_one,
        "item": _name(ranks, place, words),
    }
    candidates = [int(j) for j in ranks.order if ranks.ranked[j] and ranks.lower[j] == 1]
    verdict: Verdict
    if ranks.upper[place] == 1:
        verdict, key, uses = "supported", "largest.yes", [place]
        low, high = ranks.estimates.interval(context.level)
        gaps |= {"share": Share(ranks.values[place]), "limits": Limits(low[place], high[place])}
    elif ranks.lower[place] > 1:
        ahead = [int(j) for j in ranks.order if ranks.rejected[j, place]]
        verdict, key, uses = "not_supported", "largest.not", [place, *ahead]
        gaps["ahead"] = Listing([_name(ranks, j, words) for j in ahead])
    else:
        verdict, key, uses = "cannot_be_shown", "largest.no", candidates
        gaps["candidates"] = Listing([_item(ranks, j, words) for j in candidates])
    needed, size = _needed(ranks, 1, words) if verdict == "cannot_be_shown" else ((), {})
    return Draft(
        statement="largest",
        verdict=verdict,
        text=(Sentence(key, gaps),),
        rule="largest",
        uses=_keys(ranks, uses),
        subject=f"vilket {words.one.sv} som flest {words.wanted_one.sv}",
        numbers=_numbers(ranks, uses, context.level) | size,
        base=_base(ranks, context, words),
        needed=needed,
        settings={"level": level_said(ranks.options.level)},
        family="prioriteringar",
    ).claim()


def _needed(ranks: RankSets, first: int, words: Ranked) -> Needed:
    """Difference between two neighbours that a survey like this would normally tell apart, with the family's critical value."""
    known = [int(j) for j in ranks.order if ranks.ranked[j]]
    if len(known) <= first or not np.isfinite(ranks.critical_value):
        return (Sentence("ranked.few", {"many": words.many}),), {}
    pair = np.array(known[first - 1 : first + 1])
    V = ranks.estimates.covariance(pair)
    error = float(np.sqrt(V[0, 0] + V[1, 1] - 2 * V[0, 1]))
    size = (ranks.critical_value + normal_quantile(_POWER)) * error
    return difference_needed(size, "ranked.needed", {"many": words.many})


def _sure_text(
    top: TopSet, sure: list[int], maybe: list[int], *, words: Ranked, context: Context
) -> tuple[Sentence, ...]:
    ranks = top.ranks
    left = top.places_left
    gaps: dict[str, Said] = {
        "m": Words(top.m),
        "next": Place(top.m + 1),
        "many": words.many,
        "wanted": words.wanted,
        "k": Words(len(maybe)),
        "maybe": Listing([_item(ranks, j, words) for j in maybe]),
        "which": Both("vilket" if left == 1 else f"vilka {Words(left).say('sv')}", ""),
        "left": Words(left),
        "detail": Both("", ""),
    }
    details = [_detail(ranks, j, context.level) for j in sure]
    if not sure:
        return Sentence("among.none", gaps), Sentence("among.near", gaps)
    with_detail = Listing(
        [
            Both(f"{_name(ranks, j, words).sv}{d.say('sv')}", f"{_name(ranks, j, words).en}{d.say('en')}")
            for j, d in zip(sure, details, strict=True)
        ]
    )
    if top.cutoff_secure:
        return (Sentence("among.all", gaps | {"sure": with_detail}),)
    if len(sure) == 1:
        first = Sentence(
            "among.some",
            gaps
            | {
                "sure": _name(ranks, sure[0], words),
                "detail": Both(details[0].say("sv"), details[0].say("en")),
            },
        )
    else:
        first = Sentence("among.some", gaps | {"sure": with_detail})
    return first, Sentence("among.open", gaps)


def _detail(ranks: RankSets, place: int, level: float) -> Sentence:
    low, high = ranks.estimates.interval(level)
    return Sentence(
        "ranked.detail", {"share": Share(ranks.values[place]), "limits": Limits(low[place], high[place])}
    )


def _item(ranks: RankSets, place: int, words: Ranked) -> Sentence:
    return Sentence("ranked.item", {"item": _name(ranks, place, words), "share": Share(ranks.values[place])})


def _name(ranks: RankSets, place: int, words: Ranked) -> Both:
    return name(lower_first(ranks.labels[place].removeprefix(words.prefix)))


def _positions(top: TopSet, box: str) -> list[int]:
    boxes = top.box
    return [int(j) for j in top.ranks.order if boxes[j] == box]


def _place_of(ranks: RankSets, item: str) -> int:
    if not item:
        return int(ranks.order[0])
    wanted = item.casefold()
    found = [j for j, label in enumerate(ranks.labels) if label.casefold() == wanted and ranks.ranked[j]]
    if not found:
        raise ClaimError(
            Problem(
                code="PAST-03",
                what=f"{item!r} is not among the {len(ranks)} that are ranked",
                why="a statement on an order needs a place in it",
                remedy="use one of the labels of the ranking",
                facts={"namn": item},
            )
        )
    return found[0]


def _require_ranked(ranks: RankSets) -> None:
    if not ranks.ranked.any():
        raise ClaimError(
            Problem(
                code="PAST-03",
                what="nothing is ranked",
                why="no unit has an estimate with a standard error",
                remedy="rank a question that people have answered",
                facts={"namn": "rangordningen"},
            )
        )


def _keys(ranks: RankSets, places: list[int]) -> tuple[CellKey, ...]:
    return tuple(key_of(ranks.estimates, j) for j in places)


def _numbers(ranks: RankSets, places: list[int], level: float) -> dict[str, Number]:
    low, high = ranks.estimates.interval(level)
    found: dict[str, Number] = {}
    for j in places:
        cell = key_of(ranks.estimates, j)
        item = f"{cell.item}|{cell.category}|{cell.domain}"
        found |= {
            f"{item}|share": float(ranks.values[j]),
            f"{item}|low": float(low[j]),
            f"{item}|high": float(high[j]),
        }
        found |= {f"{item}|rank_low": int(ranks.lower[j]), f"{item}|rank_high": int(ranks.upper[j])}
    return found


def _base(ranks: RankSets, context: Context, words: Ranked) -> tuple[Sentence, ...]:
    n = int(np.max(ranks.estimates.n[ranks.ranked]))
    line = base_line(ranks.estimates.about, n, context)
    return (*line, *choice_line(context, words.many)) if words == PRIORITIES else line
