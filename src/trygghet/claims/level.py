"""Statements about one share: the share itself, and low or high against a threshold that was declared beforehand."""

from typing import Literal

import numpy as np

from trygghet.claims import numbers_en, numbers_sv
from trygghet.claims.bases import base_line, item_line
from trygghet.claims.claim import Claim, Number, Verdict
from trygghet.claims.context import Context
from trygghet.claims.draft import Draft, key_of, level_said
from trygghet.claims.needed import threshold_needed
from trygghet.claims.said import Both, Limits, Said, Share, name
from trygghet.claims.wording import Sentence
from trygghet.estimate.estimates import Estimates

Side = Literal["low", "high"]

_EVERY = {2: "varannan", **{k: f"var {numbers_sv.ordinal(k)}" for k in range(3, 11)}}
_NEAR = 0.05


def level(estimates: Estimates, context: Context) -> tuple[Claim, ...]:
    """State each share with its margin of error, and nothing more.

    Parameters
    ----------
    estimates : Estimates
        Shares.
    context : Context
        Streams, words, level.

    Returns
    -------
    tuple of Claim
        One a cell: supported, or not allowed where there is no estimate or no margin of error.
    """
    return tuple(_level(estimates, place, context) for place in range(len(estimates)))


def low(estimates: Estimates, threshold: float, context: Context) -> tuple[Claim, ...]:
    """State that shares are low against a threshold that was declared beforehand.

    Parameters
    ----------
    estimates : Estimates
        Shares.
    threshold : float
        Share below which the municipality has said that it calls it low.
    context : Context
        Streams, words, level.

    Returns
    -------
    tuple of Claim
        One a cell: supported when the whole margin of error lies below the threshold, not supported when it lies above, cannot
        be shown when it crosses it.
    """
    return tuple(
        _against(estimates, place, context, threshold=threshold, side="low")
        for place in range(len(estimates))
    )


def high(estimates: Estimates, threshold: float, context: Context) -> tuple[Claim, ...]:
    """State that shares are high against a threshold that was declared beforehand.

    Parameters
    ----------
    estimates : Estimates
        Shares.
    threshold : float
        Share above which the municipality has said that it calls it high.
    context : Context
        Streams, words, level.

    Returns
    -------
    tuple of Claim
        One a cell: supported when the whole margin of error lies above the threshold, not supported when it lies below, cannot
        be shown when it crosses it.
    """
    return tuple(
        _against(estimates, place, context, threshold=threshold, side="high")
        for place in range(len(estimates))
    )


def fraction_of(share: float) -> str:
    """Say a share as one in so many, when it is near enough.

    Parameters
    ----------
    share : float
        A share, 0 to 1.

    Returns
    -------
    str
        For example ``"var åttonde"``; empty when no whole number from 2 to 10 is within 5 per cent.

    Examples
    --------
    >>> fraction_of(0.12), fraction_of(0.26), fraction_of(0.43)
    ('var åttonde', 'var fjärde', '')
    """
    if not 0.09 < share < 0.55:
        return ""
    k = round(1 / share)
    return _EVERY[k] if k in _EVERY and abs(1 / k - share) <= _NEAR * share else ""


def _level(estimates: Estimates, place: int, context: Context) -> Claim:
    refused = refusal(estimates, place, context, statement="level")
    if refused:
        return refused
    sentence, numbers = level_sentence(estimates, place, context)
    item = str(estimates.cells["item"].iloc[place])
    return Draft(
        statement="level",
        verdict="supported",
        text=(sentence,),
        rule="level",
        uses=(key_of(estimates, place),),
        subject=subject_of(estimates, place, context),
        numbers=numbers,
        base=(*base_line(estimates.about, int(estimates.n[place]), context), *item_line(context, item)),
        settings={"level": level_said(context.level)},
    ).claim()


def _against(estimates: Estimates, place: int, context: Context, *, threshold: float, side: Side) -> Claim:
    refused = refusal(estimates, place, context, statement=side)
    if refused:
        return refused
    sentence, numbers = level_sentence(estimates, place, context)
    decided = 1 - (1 - context.family_level) / max(1, int(np.isfinite(estimates.values).sum()))
    lows, highs = estimates.interval(decided)
    below, above = bool(highs[place] < threshold), bool(lows[place] > threshold)
    holds, fails = (below, above) if side == "low" else (above, below)
    verdict: Verdict = "supported" if holds else "not_supported" if fails else "cannot_be_shown"
    gaps: dict[str, Said] = {
        "threshold": Share(threshold),
        "word": Both("låg", "low") if side == "low" else Both("hög", "high"),
    }
    key = f"threshold.{side}.yes" if holds else f"threshold.{side}.no" if fails else "threshold.open"
    needed, size = (
        threshold_needed(estimates, place, threshold=threshold, level=decided)
        if verdict == "cannot_be_shown"
        else ((), {})
    )
    item = str(estimates.cells["item"].iloc[place])
    return Draft(
        statement=side,
        verdict=verdict,
        text=(sentence, Sentence(key, gaps)),
        rule="threshold",
        uses=(key_of(estimates, place),),
        subject=subject_of(estimates, place, context),
        numbers=numbers | {"threshold": threshold} | size,
        base=(*base_line(estimates.about, int(estimates.n[place]), context), *item_line(context, item)),
        needed=needed,
        settings={"level": level_said(decided)},
    ).claim()


def level_sentence(estimates: Estimates, place: int, context: Context) -> tuple[Sentence, dict[str, Number]]:
    """Say one share with its margin of error.

    Parameters
    ----------
    estimates : Estimates
        Shares.
    place : int
        Position of the cell.
    context : Context
        Words and level.

    Returns
    -------
    tuple of Sentence and dict
        The sentence and its numbers: share, low, high, n.
    """
    low_limits, high_limits = estimates.interval(context.level)
    share, ends = float(estimates.values[place]), (float(low_limits[place]), float(high_limits[place]))
    row = estimates.cells.iloc[place]
    phrase = context.phrase(estimates.about, str(row["item"]))
    where = context.group(str(row["by"]), str(row["domain"]))
    fraction = fraction_of(share)
    gaps: dict[str, Said] = {
        "noun": phrase.noun,
        "share": Share(share),
        "limits": Limits(*ends),
        "verb": name(phrase.verb),
        "rest": name(phrase.rest),
        "rest_one": name(phrase.rest_one),
        "fraction": Both(fraction, f"one in {numbers_en.in_words(round(1 / share))}" if fraction else ""),
        "where": where,
    }
    if not phrase.verb:
        key = "level.noun.group" if where.sv else "level.noun"
    elif where.sv:
        key = "level.domain"
    else:
        key = "level.fraction" if fraction and phrase.rest_one else "level.predicate"
    numbers: dict[str, Number] = {
        "share": share,
        "low": ends[0],
        "high": ends[1],
        "n": int(estimates.n[place]),
    }
    return Sentence(key, gaps), numbers


def refusal(estimates: Estimates, place: int, context: Context, *, statement: str) -> Claim | None:
    """Refuse a statement on a cell that has no estimate or no margin of error.

    Parameters
    ----------
    estimates : Estimates
        Estimates.
    place : int
        Position of the cell.
    context : Context
        Words.
    statement : str
        Name of the statement.

    Returns
    -------
    Claim or None
        The refusal; None when the cell can be judged.
    """
    usable = estimates.status[place] in {"ok", "uncertain"} and estimates.dof[place] > 0
    if usable and np.isfinite(estimates.values[place]) and np.isfinite(estimates.standard_errors[place]):
        return None
    row = estimates.cells.iloc[place]
    phrase = context.phrase(estimates.about, str(row["item"]))
    group = context.group(str(row["by"]), str(row["domain"]))
    where = Both(
        f" {numbers_sv.lower_start(group.sv)}" if group.sv else "",
        f" {numbers_sv.lower_start(group.en)}" if group.en else "",
    )
    return Draft(
        statement=statement,
        verdict="not_allowed",
        text=(Sentence("refused.base", {"noun": phrase.noun, "where": where}),),
        rule="base",
        uses=(key_of(estimates, place),),
        subject=subject_of(estimates, place, context),
        reason="base",
    ).claim()


def subject_of(estimates: Estimates, place: int, context: Context) -> str:
    """Say what a cell is about, without numbers.

    Parameters
    ----------
    estimates : Estimates
        Estimates.
    place : int
        Position of the cell.
    context : Context
        Words.

    Returns
    -------
    str
        Such as "andelen otrygga ute sent på kvällen, Lunden".
    """
    row = estimates.cells.iloc[place]
    phrase = context.phrase(estimates.about, str(row["item"]))
    return f"{phrase.share}, {row['domain']}" if row["by"] else phrase.share
