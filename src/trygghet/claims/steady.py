"""The statement that something is unchanged: shown within a margin that was declared beforehand, or not at all."""

import numpy as np

from trygghet._distributions import t_above
from trygghet._typing import FloatArray
from trygghet.claims.bases import remarks
from trygghet.claims.claim import Claim, Verdict
from trygghet.claims.context import Context
from trygghet.claims.draft import Draft, key_of, level_said
from trygghet.claims.level import refusal, subject_of
from trygghet.claims.needed import difference_needed
from trygghet.claims.said import Count, Points, Said, Swing, name
from trygghet.claims.wording import Sentence
from trygghet.errors import ClaimError, Problem
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.families import adjust_p_values
from trygghet.waves import equivalence_p_values, smallest_margin, waves_of


def unchanged(change: Estimates, margin: float, context: Context) -> tuple[Claim, ...]:
    """State of every cell that it is unchanged, within a margin that was declared beforehand.

    Parameters
    ----------
    change : Estimates
        Result of :func:`~trygghet.waves.change`; its cells are one family.
    margin : float
        Largest change that still counts as none, as a share: 0.05 is five percentage points.
    context : Context
        Streams, words, level.

    Returns
    -------
    tuple of Claim
        One a cell: supported when the change is shown to lie within the margin, not supported when it is shown to lie outside,
        cannot be shown otherwise, with the margin that surveys like these could show.

    Raises
    ------
    ClaimError
        PAST-06 when the result is no change.
    ChangeError
        JMF-06 when the margin is not positive.

    Notes
    -----
    Two one-sided tests, adjusted over the cells by Holm. That a change is not significant never supports the statement.
    """
    if change.estimand != "change":
        raise ClaimError(
            Problem(
                code="PAST-06",
                what=f"{change.estimand} was given where a change between two waves is needed",
                why="that something is unchanged is a statement about two waves",
                remedy="use change(new, old)",
                facts={"slag": change.estimand},
            )
        )
    alpha = 1 - context.family_level
    within = adjust_p_values(equivalence_p_values(change, margin))
    outside = adjust_p_values(_outside(change, margin))
    reach = smallest_margin(change, level=context.family_level, power=0.80)
    judged = (within <= alpha, outside <= alpha, reach)
    return tuple(_one(change, place, context, margin=margin, judged=judged) for place in range(len(change)))


def _one(
    change: Estimates,
    place: int,
    context: Context,
    *,
    margin: float,
    judged: tuple[np.ndarray, np.ndarray, FloatArray],
) -> Claim:
    refused = refusal(change, place, context, statement="unchanged")
    if refused:
        return refused
    verdict: Verdict = (
        "supported" if judged[0][place] else "not_supported" if judged[1][place] else "cannot_be_shown"
    )
    low, high = change.interval(2 * context.family_level - 1)
    ends = float(low[place]), float(high[place])
    lacking, size = difference_needed(float(judged[2][place]), "same.needed")
    phrase = context.phrase(change.about, str(change.cells["item"].iloc[place]))
    waves = waves_of(change.about)
    gaps: dict[str, Said] = {
        "what": phrase.what,
        "margin": Points(margin),
        "swing": Swing(*ends),
        "n": Count(int(change.n[place])),
        "where": context.source(waves[0], change.about.stream).where,
        "new_wave": name(waves[0]),
    }
    key = {"supported": "same.yes", "not_supported": "same.not", "cannot_be_shown": "same.no"}[verdict]
    return Draft(
        statement="unchanged",
        verdict=verdict,
        text=(Sentence(key, gaps),),
        rule="unchanged",
        uses=tuple(key_of(change, place, wave=wave) for wave in waves),
        subject=subject_of(change, place, context),
        numbers={
            "change": float(change.values[place]),
            "low": ends[0],
            "high": ends[1],
            "margin": margin,
        }
        | ({"smallest_margin": size["detectable"]} if size else {}),
        base=(Sentence("base.least", gaps), *remarks(change.about)),
        needed=lacking if verdict == "cannot_be_shown" else (),
        settings={"level": level_said(context.family_level)},
        family="utveckling",
    ).claim()


def _outside(change: Estimates, margin: float) -> FloatArray:
    """Two-sided p-values of the hypothesis that the change lies within the margin."""
    errors = change.standard_errors
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = (np.abs(change.values) - margin) / errors
    return np.asarray(2 * t_above(statistic, np.where(change.dof > 0, change.dof, np.nan)), dtype=np.float64)
