"""Statements that compare a group with all the others: above the rest, below the rest."""

from typing import Literal

import numpy as np

from trygghet.claims.bases import place_gaps, remarks
from trygghet.claims.claim import Claim, Number, Verdict
from trygghet.claims.context import Context
from trygghet.claims.draft import Draft, key_of, level_said, place_of
from trygghet.claims.families import METHODS, Adjustment
from trygghet.claims.level import refusal, subject_of
from trygghet.claims.needed import difference_needed
from trygghet.claims.said import Both, Count, Gap, Limits, Points, Said, Share, Words, name
from trygghet.claims.wording import Sentence
from trygghet.errors import ClaimError, Problem
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.families import Simultaneous, simultaneous
from trygghet.waves import detectable_change

Direction = Literal["above", "below", "either"]


def above_rest(
    difference: Estimates,
    context: Context,
    *,
    levels: Estimates | None = None,
    direction: Direction = "above",
    adjustment: Adjustment = "max-t",
) -> tuple[Claim, ...]:
    """State which groups lie above all the others taken together.

    Parameters
    ----------
    difference : Estimates
        Each group minus the rest, all groups and items that are compared: they are one family.
    context : Context
        Streams, words, level.
    levels : Estimates, optional
        Shares of the groups; with them the sentence says both levels and the base says both numbers of respondents.
    direction : {"above", "below", "either"}
        What is stated of every group; ``either`` takes the side on which its estimate lies.
    adjustment : {"max-t", "holm", "none"}
        How the family is adjusted.

    Returns
    -------
    tuple of Claim
        One a cell, in the order of the cells: supported, not supported (shown to lie on the other side), cannot be shown, or not
        allowed where nothing can be judged.

    Raises
    ------
    ClaimError
        PAST-05 when the result holds no differences.

    Notes
    -----
    See :func:`~trygghet.claims.families.simultaneous`. The interval in the sentence is the simultaneous one. Give differences with
    ``variance="larger"``, as the pipeline does: at small bases the observed variance shows too many groups to be below the rest.
    """
    if difference.estimand != "difference":
        raise ClaimError(
            Problem(
                code="PAST-05",
                what=f"{difference.estimand} was given where differences from the rest are needed",
                why="a group is compared with the others, not with a total that it is part of",
                remedy='use difference(estimates, domain, versus="rest", variance="larger")',
                facts={"slag": difference.estimand},
            )
        )
    family = simultaneous(difference, level=context.family_level, adjustment=adjustment)
    needed = detectable_change(
        difference, level=1 - family.critical if family.judged else context.family_level
    )
    return tuple(
        _one(difference, place, context, levels=levels, direction=direction, family=(family, needed))
        for place in range(len(difference))
    )


def _one(
    difference: Estimates,
    place: int,
    context: Context,
    *,
    levels: Estimates | None,
    direction: Direction,
    family: tuple[Simultaneous, np.ndarray],
) -> Claim:
    told, needed = family
    d = float(difference.values[place])
    wanted: Literal["above", "below"] = (
        ("above" if d > 0 else "below") if direction == "either" else direction
    )
    refused = refusal(difference, place, context, statement=f"{wanted}_rest")
    if refused or not np.isfinite(told.p_values[place]):
        return refused or _unjudged(difference, place, context)
    sign = 1 if wanted == "above" else -1
    shown = (told.above if wanted == "above" else told.below)[place]
    opposite = (told.below if wanted == "above" else told.above)[place]
    verdict: Verdict = "supported" if shown else "not_supported" if opposite else "cannot_be_shown"
    row = difference.cells.iloc[place]
    ends = float(told.low[place]), float(told.high[place])
    near, far = sorted(abs(end) for end in ends)
    gaps = place_gaps(context, str(row["by"]), str(row["domain"])) | {
        "points": Points(d),
        "limits": Limits(near, far),
        "gap": Gap(*ends),
        "direction": Both("högre" if d > 0 else "lägre", "higher" if d > 0 else "lower"),
        "family": _family_words(difference, context, judged=told.judged),
    }
    lacking, size = difference_needed(float(needed[place]), "rest.needed")
    key = {"supported": "rest.yes", "not_supported": "rest.opposite", "cannot_be_shown": "rest.no"}[verdict]
    start, numbers, base = _levels(difference, place, context, levels=levels, gaps=gaps)
    numbers |= {"difference": d, "low": ends[0], "high": ends[1], "p": float(told.p_values[place])}
    return Draft(
        statement=f"{wanted}_rest",
        verdict=verdict,
        text=(start, Sentence(key, gaps)),
        rule="above_rest",
        uses=(key_of(difference, place),),
        subject=subject_of(difference, place, context),
        numbers=numbers | {"compared": told.judged, "sign": sign} | size,
        base=base,
        needed=lacking if verdict == "cannot_be_shown" else (),
        settings={"level": level_said(context.family_level), "method": METHODS[told.method]},
        family="områden",
    ).claim()


def _family_words(difference: Estimates, context: Context, *, judged: int) -> Sentence | Both:
    """What the adjustment takes into account, in words; nothing for a single comparison."""
    if judged < 2:
        return Both("", "")
    cells = difference.cells
    gaps: dict[str, Said] = {
        "k": Words(judged),
        "groups": place_gaps(context, str(cells["by"].iloc[0]), "")["groups"],
    }
    one_item = all(cells[column].nunique() == 1 for column in ("item", "category", "by"))
    return Sentence("family.domains" if one_item else "family.comparisons", gaps)


def _levels(
    difference: Estimates, place: int, context: Context, *, levels: Estimates | None, gaps: dict[str, Said]
) -> tuple[Sentence, dict[str, Number], tuple[Sentence, ...]]:
    """The opening sentence, its numbers, and the base line: with both levels where they are known."""
    row = difference.cells.iloc[place]
    phrase = context.phrase(difference.about, str(row["item"]))
    gaps = gaps | {"noun": phrase.noun, "verb": name(phrase.verb), "rest": name(phrase.rest)}
    source = context.source(difference.about.wave, difference.about.stream)
    gaps |= {"where": gaps["where"], "when": source.date(difference.about.wave)}
    at = place_of(levels, key_of(difference, place)) if levels is not None else -1
    if levels is None or at < 0:
        base = Sentence(
            "base", {"n": Count(int(difference.n[place])), "where": source.where, "when": gaps["when"]}
        )
        return (
            Sentence("rest.bare", gaps),
            {"n": int(difference.n[place])},
            (base, *remarks(difference.about)),
        )
    share = float(levels.values[at])
    other = share - float(difference.values[place])
    same = (
        (levels.cells["item"] == row["item"])
        & (levels.cells["category"] == row["category"])
        & (levels.cells["by"] == row["by"])
    )
    n, other_n = int(levels.n[at]), int(levels.n[same.to_numpy()].sum() - levels.n[at])
    gaps |= {"share": Share(share), "other": Share(other)}
    base_gaps: dict[str, Said] = {
        "n": Count(n),
        "other_n": Count(other_n),
        "where": source.where,
        "when": gaps["when"],
        "Area": gaps["Area"],
    }
    numbers: dict[str, Number] = {"share": share, "rest": other, "n": n, "n_rest": other_n}
    key = "rest.predicate" if phrase.verb else "rest.noun"
    return Sentence(key, gaps), numbers, (Sentence("base.pair", base_gaps), *remarks(levels.about))


def _unjudged(difference: Estimates, place: int, context: Context) -> Claim:
    row = difference.cells.iloc[place]
    phrase = context.phrase(difference.about, str(row["item"]))
    return Draft(
        statement="above_rest",
        verdict="not_allowed",
        text=(Sentence("refused.base", {"noun": phrase.noun, "where": name("")}),),
        rule="base",
        uses=(key_of(difference, place),),
        subject=subject_of(difference, place, context),
        reason="base",
    ).claim()
