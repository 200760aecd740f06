"""Statements that one share is larger than another among the same people, such as evening against day."""

from collections.abc import Sequence

import numpy as np

from trygghet._typing import FloatArray, IntArray
from trygghet.claims.bases import base_line
from trygghet.claims.claim import Claim, Verdict
from trygghet.claims.context import Context
from trygghet.claims.draft import Draft, key_of, level_said
from trygghet.claims.families import METHODS, Adjustment
from trygghet.claims.level import refusal
from trygghet.claims.needed import difference_needed, ends_of
from trygghet.claims.said import Both, Gap, Limits, Points, Said, Share, Words
from trygghet.claims.wording import Sentence
from trygghet.errors import ClaimError, Problem
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.families import Simultaneous, simultaneous
from trygghet.estimate.kernels import LinearKernel, PickedKernel
from trygghet.waves import detectable_change

Pair = tuple[str, str]


def more_than(
    estimates: Estimates, pairs: Sequence[Pair], context: Context, *, adjustment: Adjustment = "max-t"
) -> tuple[Claim, ...]:
    """State that the share of the first item of each pair is larger than that of the second, among the same people.

    Parameters
    ----------
    estimates : Estimates
        Items of one domain, answered by the same people, with their joint covariance.
    pairs : sequence of pair of str
        Items: first the one that is said to be larger.
    context : Context
        Streams, words, level.
    adjustment : {"max-t", "holm", "none"}
        How the pairs, which are one family, are adjusted.

    Returns
    -------
    tuple of Claim
        One a pair: supported, not supported (the other is larger), cannot be shown, or not allowed.

    Raises
    ------
    ClaimError
        PAST-09 when an item is not there exactly once.

    Notes
    -----
    ``Var(a - b) = V_a + V_b - 2 C_ab``: the covariance of answers by the same people is what makes the comparison sharp.
    """
    first, second = (_places(estimates, [pair[side] for pair in pairs]) for side in (0, 1))
    difference = paired_difference(estimates, first, second)
    told = simultaneous(difference, level=context.family_level, adjustment=adjustment)
    needed = detectable_change(difference, level=1 - told.critical if told.judged else context.family_level)
    places = zip(first, second, strict=True)
    return tuple(
        _one(estimates, (int(a), int(b)), context, judged=(told, float(needed[at])), at=at)
        for at, (a, b) in enumerate(places)
    )


def paired_difference(estimates: Estimates, first: IntArray, second: IntArray) -> Estimates:
    """Differences between cells of one result, by its joint covariance.

    Parameters
    ----------
    estimates : Estimates
        The result.
    first, second : array of int, shape (p,)
        Positions of the cells: first minus second.

    Returns
    -------
    Estimates
        Estimand ``"difference"``; cells are named as the first ones; the smaller degrees of freedom of the two.
    """
    both = np.concatenate([first, second])
    coefficients: FloatArray = np.hstack([np.eye(len(first)), -np.eye(len(first))])
    return Estimates(
        estimand="difference",
        cells=estimates.cells.iloc[first].reset_index(drop=True),
        values=estimates.values[first] - estimates.values[second],
        n=np.minimum(estimates.n[first], estimates.n[second]),
        numerator=np.full(len(first), -1, dtype=np.int64),
        dof=np.minimum(estimates.dof[first], estimates.dof[second]),
        design_effect=np.full(len(first), np.nan),
        status=np.full(len(first), "ok", dtype=object),
        kernel=LinearKernel(PickedKernel(estimates.kernel, both), coefficients),
        about=estimates.about,
    )


def _one(
    estimates: Estimates,
    places: tuple[int, int],
    context: Context,
    *,
    judged: tuple[Simultaneous, float],
    at: int,
) -> Claim:
    a, b = places
    refused = refusal(estimates, a, context, statement="more_than") or refusal(
        estimates, b, context, statement="more_than"
    )
    if refused:
        return refused
    told, needed = judged
    shown, opposite = bool(told.above[at]), bool(told.below[at])
    verdict: Verdict = "supported" if shown else "not_supported" if opposite else "cannot_be_shown"
    nouns = [
        context.phrase(estimates.about, str(estimates.cells["item"].iloc[place])).noun for place in places
    ]
    ends = ends_of(told, at, level=context.family_level)
    lacking, size = difference_needed(needed, "rest.needed")
    near, far = sorted(abs(end) for end in ends)
    counted = Sentence("family.comparisons", {"k": Words(told.judged)}) if told.judged > 1 else Both("", "")
    gaps: dict[str, Said] = {
        "First": Both(*(text[:1].upper() + text[1:] for text in (nouns[0].sv, nouns[0].en))),
        "first": nouns[0],
        "second": nouns[1],
        "share": Share(float(estimates.values[a])),
        "other": Share(float(estimates.values[b])),
        "points": Points(float(estimates.values[a] - estimates.values[b])),
        "limits": Limits(near, far),
        "gap": Gap(*ends),
        "family": counted,
    }
    key = {"supported": "more.yes", "not_supported": "more.opposite", "cannot_be_shown": "more.no"}[verdict]
    return Draft(
        statement="more_than",
        verdict=verdict,
        text=(Sentence(key, gaps), Sentence("more.persons", {})),
        rule="more_than",
        uses=tuple(key_of(estimates, place) for place in places),
        subject=f"{nouns[0].sv} jämfört med {nouns[1].sv}",
        numbers={
            "share": float(estimates.values[a]),
            "other": float(estimates.values[b]),
            "low": ends[0],
            "high": ends[1],
            "compared": told.judged,
        }
        | size,
        base=base_line(estimates.about, int(min(estimates.n[a], estimates.n[b])), context),
        needed=lacking if verdict == "cannot_be_shown" else (),
        settings={"level": level_said(context.family_level), "method": METHODS[told.method]},
        family="par",
    ).claim()


def _places(estimates: Estimates, items: Sequence[str]) -> IntArray:
    names = estimates.cells["item"].tolist()
    wrong = sorted({item for item in items if names.count(item) != 1})
    if wrong:
        raise ClaimError(
            Problem(
                code="PAST-09",
                what=f"the items {', '.join(wrong)} do not stand exactly once in the result",
                why="a pair needs one share of each",
                remedy="estimate both items in one call, for one domain",
                facts={"namn": ", ".join(wrong)},
            )
        )
    return np.array([names.index(item) for item in items], dtype=np.int64)
