"""Statements that compare two waves: increased, decreased, or which of the two it cannot be shown to be."""

from typing import Literal

import numpy as np

from trygghet.claims.bases import base_line, remarks
from trygghet.claims.claim import Claim, Number, Verdict
from trygghet.claims.context import Context
from trygghet.claims.draft import Draft, key_of, level_said, place_of
from trygghet.claims.families import METHODS, Adjustment
from trygghet.claims.level import refusal, subject_of
from trygghet.claims.needed import difference_needed, ends_of
from trygghet.claims.said import Both, Count, Limits, Points, Said, Share, Swing, Words, name
from trygghet.claims.wording import Sentence
from trygghet.errors import ClaimError, Problem
from trygghet.estimate.estimates import About, Estimates
from trygghet.estimate.families import Simultaneous, simultaneous
from trygghet.waves import Break, detectable_change, detectable_next_change, waves_of

Move = Literal["increased", "decreased", "changed"]
Waves = tuple[Estimates, Estimates]

_MOVED = {"increased": Both("ökat", "increased"), "decreased": Both("minskat", "decreased")}
_NEITHER = Both("förändrats", "changed")
_HALF_A_POINT = 0.005
_WHY = {
    "break": Both("mätningen ändrades", "the measurement was changed"),
    "source": Both("siffran bygger på en annan fråga", "the figure rests on another question"),
    "version": Both("frågan ställdes på olika sätt", "the question was worded differently"),
    "counts": Both("svarsalternativen är inte desamma", "the answers are not the same"),
    "base": Both("andelen räknas inte av samma personer", "the share is not taken of the same people"),
    "options": Both("det fanns olika saker att välja mellan", "there were different things to choose among"),
    "choose": Both("man fick välja olika många", "a different number could be chosen"),
    "sampling": Both("svaren samlades in på olika sätt", "answers were collected in different ways"),
    "ages": Both("mätningarna gäller olika åldrar", "the surveys concern different ages"),
}


def increased(
    change: Estimates,
    context: Context,
    *,
    levels: Waves | None = None,
    adjustment: Adjustment = "max-t",
) -> tuple[Claim, ...]:
    """State of every cell that it has increased.

    Parameters
    ----------
    change : Estimates
        Result of :func:`~trygghet.waves.change`; its cells are one family.
    context : Context
        Streams, words, level.
    levels : pair of Estimates, optional
        The later and the earlier wave, so that the sentence says both levels.
    adjustment : {"max-t", "holm", "none"}
        How the family is adjusted.

    Returns
    -------
    tuple of Claim
        One a cell: supported, not supported (it decreased), cannot be shown, or not allowed.

    Raises
    ------
    ClaimError
        PAST-06 when the result is no change.
    """
    return _moved(change, context, levels=levels, adjustment=adjustment, move="increased")


def decreased(
    change: Estimates,
    context: Context,
    *,
    levels: Waves | None = None,
    adjustment: Adjustment = "max-t",
) -> tuple[Claim, ...]:
    """State of every cell that it has decreased.

    Parameters
    ----------
    change : Estimates
        Result of :func:`~trygghet.waves.change`; its cells are one family.
    context : Context
        Streams, words, level.
    levels : pair of Estimates, optional
        The later and the earlier wave.
    adjustment : {"max-t", "holm", "none"}
        How the family is adjusted.

    Returns
    -------
    tuple of Claim
        One a cell: supported, not supported (it increased), cannot be shown, or not allowed.

    Raises
    ------
    ClaimError
        PAST-06 when the result is no change.
    """
    return _moved(change, context, levels=levels, adjustment=adjustment, move="decreased")


def changed(
    change: Estimates,
    context: Context,
    *,
    levels: Waves | None = None,
    adjustment: Adjustment = "max-t",
) -> tuple[Claim, ...]:
    """State of every cell what it did: increased or decreased, whichever its estimate says, as far as it can be shown.

    Parameters
    ----------
    change : Estimates
        Result of :func:`~trygghet.waves.change`; its cells are one family.
    context : Context
        Streams, words, level.
    levels : pair of Estimates, optional
        The later and the earlier wave.
    adjustment : {"max-t", "holm", "none"}
        How the family is adjusted.

    Returns
    -------
    tuple of Claim
        One a cell: supported, cannot be shown, or not allowed.

    Raises
    ------
    ClaimError
        PAST-06 when the result is no change.
    """
    return _moved(change, context, levels=levels, adjustment=adjustment, move="changed")


def broken(found: Break, about: About, context: Context, *, item: str = "") -> Claim:
    """Refuse a comparison between waves because the question is not the same.

    Parameters
    ----------
    found : Break
        The break.
    about : About
        Of the later wave's result, for the item's label and the stream.
    context : Context
        Words.
    item : str
        Item that would have been compared, when the break concerns more than one.

    Returns
    -------
    Claim
        Not allowed, reason ``"break"``.
    """
    item = item or found.item
    phrase = context.phrase(about, item)
    gaps: dict[str, Said] = {
        "noun": phrase.noun,
        "new_wave": name(found.new_wave),
        "old_wave": name(found.old_wave),
        "why": Both(found.text.rstrip("."), _WHY[found.kind].en) if found.text else _WHY[found.kind],
    }
    return Draft(
        statement="changed",
        verdict="not_allowed",
        text=(Sentence("change.break", gaps),),
        rule="break",
        uses=(),
        subject=phrase.share,
        reason="break",
    ).claim()


def one_wave(
    estimates: Estimates, context: Context, *, move: Literal["increased", "decreased"]
) -> tuple[Claim, ...]:
    """Refuse a statement on change because there is only one wave.

    Parameters
    ----------
    estimates : Estimates
        The only wave.
    context : Context
        Words.
    move : {"increased", "decreased"}
        What would have been stated.

    Returns
    -------
    tuple of Claim
        One a cell: cannot be shown, with the change that another survey of the same size would normally detect.
    """
    wanted = detectable_next_change(estimates, level=context.change_level or context.family_level)
    claims = []
    for place, item in enumerate(estimates.cells["item"]):
        size, known = float(wanted[place]), bool(wanted[place] > 0)
        another = Sentence("change.next", {"needed": Points(size)}) if known else None
        claims.append(
            Draft(
                statement=move,
                verdict="cannot_be_shown",
                text=(
                    Sentence(
                        "change.one_wave",
                        {"what": context.phrase(estimates.about, str(item)).what, "moved": _MOVED[move]},
                    ),
                ),
                rule="break",
                uses=(key_of(estimates, place),) if another else (),
                numbers={"detectable": size} if another else {},
                base=base_line(estimates.about, int(estimates.n[place]), context) if another else (),
                needed=(Sentence("change.another", {}), *((another,) if another else ())),
                subject=subject_of(estimates, place, context),
            ).claim()
        )
    return tuple(claims)


def _moved(
    change: Estimates, context: Context, *, levels: Waves | None, adjustment: Adjustment, move: Move
) -> tuple[Claim, ...]:
    if change.estimand != "change":
        raise ClaimError(
            Problem(
                code="PAST-06",
                what=f"{change.estimand} was given where a change between two waves is needed",
                why="an increase or a decrease is a statement about two waves",
                remedy="use change(new, old)",
                facts={"slag": change.estimand},
            )
        )
    family = simultaneous(change, level=context.family_level, adjustment=adjustment)
    level = 1 - family.critical if family.judged else context.family_level
    needed = detectable_change(change, level=context.change_level or level)
    return tuple(
        _one(change, place, context, levels=levels, move=move, family=(family, needed))
        for place in range(len(change))
    )


def _one(
    change: Estimates,
    place: int,
    context: Context,
    *,
    levels: Waves | None,
    move: Move,
    family: tuple[Simultaneous, np.ndarray],
) -> Claim:
    told, needed = family
    d = float(change.values[place])
    stated: Literal["increased", "decreased"] = (
        ("increased" if d > 0 else "decreased") if move == "changed" else move
    )
    refused = refusal(change, place, context, statement=stated)
    if refused:
        return _absent(change, place, context, levels=levels, statement=stated) or refused
    shown = (told.above if stated == "increased" else told.below)[place]
    opposite = (told.below if stated == "increased" else told.above)[place]
    verdict: Verdict = "supported" if shown else "not_supported" if opposite else "cannot_be_shown"
    ends = ends_of(told, place, level=context.family_level)
    lacking, size = difference_needed(float(needed[place]), "change.needed")
    near, far = sorted(abs(end) for end in ends)
    row = change.cells.iloc[place]
    phrase = context.phrase(change.about, str(row["item"]))
    comparisons = (
        Sentence("family.comparisons", {"k": Words(told.judged)}) if told.judged > 1 else Both("", "")
    )
    gaps: dict[str, Said] = {
        "what": phrase.what,
        "moved": _NEITHER if move == "changed" and not shown and abs(d) < _HALF_A_POINT else _MOVED[stated],
        "opposite": _MOVED["decreased" if stated == "increased" else "increased"],
        "points": Points(d),
        "limits": Limits(near, far),
        "swing": Swing(*ends),
        "family": comparisons,
    }
    key = {"supported": "change.yes", "not_supported": "change.opposite", "cannot_be_shown": "change.no"}[
        verdict
    ]
    start, numbers, base = _levels(change, place, context, levels=levels)
    numbers |= {"change": d, "low": ends[0], "high": ends[1]} | size
    if np.isfinite(told.p_values[place]):
        numbers |= {"p": float(told.p_values[place])}
    return Draft(
        statement=stated,
        verdict=verdict,
        text=(*start, Sentence(key, gaps)),
        rule="change",
        uses=tuple(key_of(change, place, wave=wave) for wave in waves_of(change.about)),
        subject=subject_of(change, place, context),
        numbers=numbers | {"compared": told.judged},
        base=base,
        needed=lacking if verdict == "cannot_be_shown" else (),
        settings={"level": level_said(context.family_level), "method": METHODS[told.method]},
        family="utveckling",
    ).claim()


def _absent(
    change: Estimates, place: int, context: Context, *, levels: Waves | None, statement: str
) -> Claim | None:
    """Refuse a change of an item that only one of the waves has; None when that is not why it has no value."""
    waves = waves_of(change.about)
    lacking = [
        wave
        for wave, shares in zip(waves, levels or (), strict=False)
        if place_of(shares, key_of(change, place)) < 0
    ]
    if len(lacking) != 1:
        return None
    gaps: dict[str, Said] = {
        "noun": context.phrase(change.about, str(change.cells["item"].iloc[place])).noun,
        "new_wave": name(waves[0]),
        "old_wave": name(waves[1]),
        "absent": name(lacking[0]),
    }
    return Draft(
        statement=statement,
        verdict="not_allowed",
        text=(Sentence("change.absent", gaps),),
        rule="break",
        uses=(),
        subject=subject_of(change, place, context),
        reason="comparison",
    ).claim()


def _levels(
    change: Estimates, place: int, context: Context, *, levels: Waves | None
) -> tuple[tuple[Sentence, ...], dict[str, Number], tuple[Sentence, ...]]:
    """The opening sentence with both levels, its numbers, and the base line."""
    row = change.cells.iloc[place]
    waves = waves_of(change.about)
    source = context.source(waves[0], change.about.stream)
    gaps: dict[str, Said] = {"new_wave": name(waves[0]), "old_wave": name(waves[1]), "where": source.where}
    found = [place_of(wave, key_of(change, place)) for wave in levels or ()]
    if levels is None or min(found) < 0:
        bases = gaps | {"n": Count(int(change.n[place]))}
        return (), {"n": int(change.n[place])}, (Sentence("base.least", bases), *remarks(change.about))
    phrase = context.phrase(change.about, str(row["item"]))
    group = context.group(str(row["by"]), str(row["domain"]))
    new, old = (float(wave.values[at]) for wave, at in zip(levels, found, strict=True))
    n, old_n = (int(wave.n[at]) for wave, at in zip(levels, found, strict=True))
    opening = gaps | {"noun": phrase.noun, "new": Share(new), "old": Share(old), "where": group}
    numbers: dict[str, Number] = {"new": new, "old": old, "n": n, "n_old": old_n}
    bases = gaps | {"n": Count(n), "new_n": Count(n), "old_n": Count(old_n)}
    line = Sentence("base.same" if n == old_n else "base.waves", bases)
    return (
        (Sentence("change.levels.group" if group.sv else "change.levels", opening),),
        numbers,
        (line, *remarks(change.about)),
    )
