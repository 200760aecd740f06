"""Statements against a figure from elsewhere: above or below it, developing like it, and effect against a comparison."""

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from trygghet.claims.bases import base_line, remarks
from trygghet.claims.claim import Claim, Number, Verdict
from trygghet.claims.context import Context
from trygghet.claims.draft import Draft, key_of, level_said
from trygghet.claims.families import METHODS
from trygghet.claims.level import refusal, subject_of
from trygghet.claims.needed import Needed, difference_needed, ends_of
from trygghet.claims.pairs import paired_difference
from trygghet.claims.said import Both, Count, Gap, Limits, Points, Said, Share, Words, name
from trygghet.claims.wording import Sentence
from trygghet.errors import ClaimError, Problem
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.families import Simultaneous, simultaneous
from trygghet.estimate.kernels import CovarianceKernel, DenseKernel
from trygghet.waves import detectable_change, equivalence_p_values, smallest_margin, waves_of


@dataclass(frozen=True, slots=True)
class Reference:
    """A published figure.

    Parameters
    ----------
    name : str
        What it is, for a sentence: "riket enligt NTU 2025".
    value : float
        A share, or a change of a share.
    standard_error : float
        Its standard error; 0 when none is published, and then the sentence says so.
    """

    name: str
    value: float
    standard_error: float = 0.0


def against_reference(
    estimates: Estimates, reference: Reference, context: Context, *, side: Literal["above", "below"]
) -> tuple[Claim, ...]:
    """State that shares lie above, or below, a published figure.

    Parameters
    ----------
    estimates : Estimates
        Shares; all of them are compared with the same figure and are one family.
    reference : Reference
        The figure.
    context : Context
        Streams, words, level.
    side : {"above", "below"}
        Which side is stated.

    Returns
    -------
    tuple of Claim
        One a cell: supported, not supported (the other side), cannot be shown, or not allowed.
    """
    moved = replace(
        estimates,
        estimand="difference",
        values=estimates.values - reference.value,
        numerator=np.full(len(estimates), -1, dtype=np.int64),
        kernel=_shared_error(estimates.kernel, reference.standard_error, len(estimates)),
    )
    told = simultaneous(moved, level=context.family_level)
    sizes = detectable_change(moved, level=1 - told.critical if told.judged else context.family_level)
    claims = []
    for place in range(len(estimates)):
        refused = refusal(estimates, place, context, statement=f"{side}_reference")
        if refused:
            claims.append(refused)
            continue
        d = float(moved.values[place])
        shown = bool((told.above if side == "above" else told.below)[place])
        opposite = bool((told.below if side == "above" else told.above)[place])
        verdict: Verdict = "supported" if shown else "not_supported" if opposite else "cannot_be_shown"
        ends = ends_of(told, place, level=context.family_level)
        needed, size = difference_needed(float(sizes[place]), "rest.needed")
        near, far = sorted(abs(end) for end in ends)
        noun = context.phrase(estimates.about, str(estimates.cells["item"].iloc[place])).noun
        gaps: dict[str, Said] = {
            "Noun": noun,
            "share": Share(float(estimates.values[place])),
            "other": Share(reference.value),
            "reference": name(reference.name),
            "side": Both("högre", "higher") if d > 0 else Both("lägre", "lower"),
            "points": Points(d),
            "limits": Limits(near, far),
            "family": Sentence("family.comparisons", {"k": Words(told.judged)})
            if told.judged > 1
            else Both("", ""),
        }
        key = {
            "supported": "reference.yes",
            "not_supported": "reference.opposite",
            "cannot_be_shown": "reference.no",
        }[verdict]
        bare = () if reference.standard_error else (Sentence("reference.uncertain", {}),)
        claims.append(
            Draft(
                statement=f"{side}_reference",
                verdict=verdict,
                text=(Sentence(key, gaps), *bare),
                rule="reference",
                uses=(key_of(estimates, place),),
                subject=f"{subject_of(estimates, place, context)} mot {reference.name}",
                numbers={
                    "share": float(estimates.values[place]),
                    "reference": reference.value,
                    "low": ends[0],
                    "high": ends[1],
                }
                | size,
                needed=needed if verdict == "cannot_be_shown" else (),
                base=base_line(estimates.about, int(estimates.n[place]), context),
                settings={"level": level_said(context.family_level), "method": METHODS[told.method]},
            ).claim()
        )
    return tuple(claims)


def same_development(change: Estimates, reference: Reference, context: Context, *, margin: float) -> Claim:
    """State that a local change is the same as a published one ("samma sak som den nationella").

    Parameters
    ----------
    change : Estimates
        One local change.
    reference : Reference
        The published change of the same thing between the same years.
    context : Context
        Streams, words, level.
    margin : float
        Largest difference in change that still counts as none, declared beforehand.

    Returns
    -------
    Claim
        Supported when an equivalence test shows the difference in change to lie within the margin; not supported when the difference
        is shown to exist; cannot be shown otherwise.

    Raises
    ------
    ClaimError
        PAST-06 when the result is not one change.
    """
    _require_one_change(change)
    refused = refusal(change, 0, context, statement="same_as_reference")
    if refused:
        return refused
    error = math.hypot(float(change.standard_errors[0]), reference.standard_error)
    moved = replace(
        change, values=change.values - reference.value, kernel=DenseKernel(np.array([[error**2]]))
    )
    reach = float(smallest_margin(moved, level=context.family_level, power=0.80)[0])
    same = bool(equivalence_p_values(moved, margin)[0] <= 1 - context.family_level)
    told = simultaneous(moved, level=context.family_level, adjustment="none")
    differs = bool(told.above[0] or told.below[0])
    verdict: Verdict = "supported" if same else "not_supported" if differs else "cannot_be_shown"
    gaps = _change_gaps(change, float(moved.values[0]), told, context=context)
    gaps |= {"reference": name(reference.name), "margin": Points(margin)}
    key = {
        "supported": "national.same",
        "not_supported": "national.differs",
        "cannot_be_shown": "national.no",
    }[verdict]
    bare = () if reference.standard_error else (Sentence("reference.uncertain", {}),)
    return _change_draft(
        change,
        context,
        draft=("same_as_reference", verdict, (Sentence(key, gaps), *bare), "same_as_national"),
        numbers={"change": float(change.values[0]), "reference": reference.value, "margin": margin},
        needed=difference_needed(reach, "national.needed"),
        place=0,
    )


def effect(
    change: Estimates,
    target: str,
    context: Context,
    *,
    comparison: str | None,
    move: Literal["increased", "decreased"],
) -> Claim:
    """State that something had an effect in one area: only against a stated comparison.

    Parameters
    ----------
    change : Estimates
        Changes of one item by area.
    target : str
        Area where something was done.
    context : Context
        Streams, words, level.
    comparison : str or None
        Area that it is compared with; None when there is none, and then nothing can be said.
    move : {"increased", "decreased"}
        What the effect is said to be.

    Returns
    -------
    Claim
        Not allowed, reason ``"comparison"``, without a comparison. Else supported when the difference in change has the stated sign,
        not supported when it has the other, cannot be shown when neither is established.

    Raises
    ------
    ClaimError
        PAST-06 when the result is no change, PAST-09 when an area is not there exactly once.

    Notes
    -----
    Difference in differences: ``(new - old in the target) - (new - old in the comparison)``, with the joint covariance.
    """
    if change.estimand != "change":
        _require_one_change(change)
    if comparison is None:
        return Draft(
            statement="effect",
            verdict="not_allowed",
            text=(Sentence("effect.alone", {}),),
            needed=(Sentence("effect.lacking", {}),),
            rule="effect",
            uses=(),
            subject=f"effekten i {target}",
            settings={"level": level_said(context.family_level), "method": METHODS["none"]},
            reason="comparison",
        ).claim()
    places = [_area(change, area) for area in (target, comparison)]
    refused = next((r for p in places if (r := refusal(change, p, context, statement="effect"))), None)
    if refused:
        return refused
    difference = paired_difference(change, np.array(places[:1]), np.array(places[1:]))
    told = simultaneous(difference, level=context.family_level, adjustment="none")
    size = float(detectable_change(difference, level=context.family_level)[0])
    d, ends = float(difference.values[0]), ends_of(told, 0, level=context.family_level)
    shown, opposite = (
        (told.above[0], told.below[0]) if move == "increased" else (told.below[0], told.above[0])
    )
    verdict: Verdict = "supported" if shown else "not_supported" if opposite else "cannot_be_shown"
    gaps = _change_gaps(change.take(np.array(places[:1])), d, told, context=context)
    by = str(change.cells["by"].iloc[places[0]])
    others = context.group(by, comparison)
    gaps |= {
        "where": context.group(by, target),
        "others": Both(others.sv[:1].lower() + others.sv[1:], others.en[:1].lower() + others.en[1:]),
        "moved": Both("ökat", "increased") if move == "increased" else Both("minskat", "decreased"),
    }
    key = {"supported": "effect.yes", "not_supported": "effect.opposite", "cannot_be_shown": "effect.no"}[
        verdict
    ]
    return _change_draft(
        change,
        context,
        draft=("effect", verdict, (Sentence(key, gaps),), "effect"),
        numbers={"difference": d, "low": ends[0], "high": ends[1]},
        needed=difference_needed(size, "effect.needed"),
        place=places[0],
    )


@dataclass(frozen=True, slots=True, eq=False)
class _SharedError:
    """Covariance of shares of which the same uncertain figure has been subtracted."""

    parent: CovarianceKernel
    variance: float

    def variances(self) -> np.ndarray:
        return self.parent.variances() + self.variance

    def covariance(self, index: np.ndarray) -> np.ndarray:
        return self.parent.covariance(index) + self.variance


def _shared_error(kernel: CovarianceKernel, error: float, size: int) -> CovarianceKernel:
    return _SharedError(kernel, error**2) if error and size else kernel


def _require_one_change(change: Estimates) -> None:
    if change.estimand != "change" or len(change) != 1:
        raise ClaimError(
            Problem(
                code="PAST-06",
                what=f"{len(change)} cells of {change.estimand} were given where one change between two waves is needed",
                why="a development is a statement about two waves",
                remedy="use change(new, old) and select one cell",
                facts={"slag": change.estimand},
            )
        )


def _area(change: Estimates, area: str) -> int:
    found = np.flatnonzero(change.cells["domain"].to_numpy() == area)
    if len(found) != 1:
        raise ClaimError(
            Problem(
                code="PAST-09",
                what=f"the area {area!r} stands {len(found)} times in the result",
                why="a comparison needs one change of each area",
                remedy="select one item by area",
                facts={"namn": area},
            )
        )
    return int(found[0])


def _change_gaps(change: Estimates, d: float, told: Simultaneous, *, context: Context) -> dict[str, Said]:
    ends = ends_of(told, 0, level=context.family_level)
    near, far = sorted(abs(end) for end in ends)
    phrase = context.phrase(change.about, str(change.cells["item"].iloc[0]))
    return {"what": phrase.what, "points": Points(d), "limits": Limits(near, far), "gap": Gap(*ends)}


def _change_draft(
    change: Estimates,
    context: Context,
    *,
    draft: tuple[str, Verdict, tuple[Sentence, ...], str],
    numbers: dict[str, Number],
    needed: Needed,
    place: int,
) -> Claim:
    statement, verdict, text, rule = draft
    lacking, size = needed
    waves = waves_of(change.about)
    source = context.source(waves[0], change.about.stream)
    line = Sentence("base.least", {"n": Count(int(change.n[place])), "where": source.where})
    return Draft(
        statement=statement,
        verdict=verdict,
        text=text,
        rule=rule,
        uses=tuple(key_of(change, place, wave=wave) for wave in waves),
        subject=subject_of(change, place, context),
        numbers=numbers | size | {"n": int(change.n[place])},
        needed=lacking if verdict == "cannot_be_shown" else (),
        base=(line, *remarks(change.about)),
        settings={"level": level_said(context.family_level), "method": METHODS["none"]},
    ).claim()
