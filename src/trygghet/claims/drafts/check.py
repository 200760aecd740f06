"""Hold a draft against the evidence: every statistical claim gets the verdict of the rule that it falls under."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import numpy as np

from trygghet.claims import numbers_sv
from trygghet.claims.areas import above_rest
from trygghet.claims.claim import Claim, Verdict
from trygghet.claims.described import described
from trygghet.claims.drafts.advice import ADVICE
from trygghet.claims.drafts.evidence import Evidence, Order, complement
from trygghet.claims.drafts.lacking import lacking
from trygghet.claims.drafts.lexicon import GROUP, MEASURED, NAMED_SOURCE, PLACE, REGISTER, TIME, YOUNG
from trygghet.claims.drafts.reading import Found, read_draft
from trygghet.claims.drafts.topics import Topic
from trygghet.claims.level import high, level, low
from trygghet.claims.pairs import more_than
from trygghet.claims.reference import effect, same_development
from trygghet.claims.respondents import answered, chosen_most
from trygghet.claims.steady import unchanged
from trygghet.claims.top import among_largest, largest
from trygghet.claims.waves import broken, decreased, increased
from trygghet.estimate.estimates import Estimates
from trygghet.ranking import TopSet
from trygghet.waves import detectable_next_change

CLOSING: Final = "Ingen anmärkning är inget godkännande."

_OF_EVERYBODY: Final = frozenset(
    {"increased", "decreased", "unchanged", "low", "high", "described", "share", "more_than", "both"}
)

_COMPARES_WAVES: Final = frozenset({"increased", "decreased", "unchanged", "same_as_reference", "effect"})

Judgement = Verdict | Literal["goal", "missing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A statistical claim in a draft, with what is known about it.

    Parameters
    ----------
    found : Found
        The claim as it stands in the draft.
    verdict : str
        A verdict, ``"goal"`` for a statement of purpose, or ``"missing"`` where no evidence was given at all.
    claims : tuple of Claim
        Claims that were tried: the evidence for or against.
    advice : str
        What is missing or what to write instead, in Swedish; empty when the claims say it all.
    """

    found: Found
    verdict: Judgement
    claims: tuple[Claim, ...] = ()
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """All statistical claims that were found in a draft.

    Parameters
    ----------
    findings : tuple of Finding
        In the order of the draft.
    closing : str
        The sentence that a review always ends with.
    """

    findings: tuple[Finding, ...]
    closing: str = CLOSING

    def __str__(self) -> str:
        parts = [f"”{f.found.sentence}” – {_TOLD[f.verdict]}. {_explained(f)}".strip() for f in self.findings]
        return "\n".join([*parts, self.closing])


_TOLD: Final[Mapping[Judgement, str]] = {
    "supported": "har stöd",
    "not_supported": "motsägs",
    "cannot_be_shown": "kan inte beläggas",
    "not_allowed": "bör inte skrivas så",
    "describes_respondents": "gäller bara dem som svarade",
    "goal": "är ett mål",
    "missing": "underlag saknas",
}


def check_text(text: str, evidence: Evidence | None = None) -> Review:
    """Find the statistical claims in a draft and list for each what evidence exists, is missing, or contradicts.

    Parameters
    ----------
    text : str
        Draft in Swedish.
    evidence : Evidence, optional
        Results, and what was declared beforehand, as :func:`~trygghet.claims.drafts.gather` makes it. Without it every claim is listed
        with the kind of evidence that it would take; causes and claims on register crime are refused as they are with any evidence.

    Returns
    -------
    Review
        A finding for each claim that rules can find. A text without findings is not thereby approved.

    Notes
    -----
    Words are matched by rules, not understood: a claim in other words passes unseen, which the closing sentence says.

    Examples
    --------
    >>> print(check_text("Otryggheten har ökat. Rådet träffas i mars."))
    ”Otryggheten har ökat.” – underlag saknas. Inget underlag är angivet. Det som behövs: två mätningar med slumpmässiga urval som har
    fått samma fråga på samma sätt.
    Ingen anmärkning är inget godkännande.
    """
    judge = _without_evidence if evidence is None else partial(_judged, evidence=evidence)
    findings = (judge(found) for found in read_draft(text))
    return Review(tuple(finding for finding in findings if finding is not None))


def _without_evidence(found: Found) -> Finding | None:
    """List what a claim would take; what no survey can show is refused whatever there is."""
    if found.kind == "cause":
        return _refused(found, "cause")
    if _of_registers(found):
        return _refused(found, "register")
    if found.kind == "source" and NAMED_SOURCE.search(found.sentence):
        return None
    advice = lacking(found)
    return Finding(found, "goal" if found.kind == "goal" else "missing", advice=advice) if advice else None


def _of_registers(found: Found) -> bool:
    """Whether a development, or a finding, is read off recorded crime."""
    return found.kind in {"increased", "decreased", "source"} and REGISTER.search(found.sentence) is not None


def _judged(found: Found, evidence: Evidence) -> Finding | None:
    if _of_registers(found):
        return _refused(found, "register")
    if found.kind in _COMPARES_WAVES and not YOUNG.search(found.sentence):
        across = _across_a_break(found, evidence)
        if across is not None:
            return across
    if found.kind in _OF_EVERYBODY and GROUP.search(found.sentence):
        return _refused(found, "group", "cannot_be_shown")
    if found.kind in _OF_EVERYBODY and evidence.places(found.sentence):
        return _in_area(found, evidence)
    return _JUDGES[found.kind](found, evidence)


def _in_area(found: Found, evidence: Evidence) -> Finding | None:
    """Judge a statement on named areas by the areas' own figures, never by those of the whole municipality."""
    places, topics = evidence.places(found.sentence), evidence.topic(found.sentence)
    if not topics:
        return None
    if found.kind in {"increased", "decreased"} and not YOUNG.search(found.sentence):
        for change in evidence.area_changes:
            same = change.take(np.flatnonzero((change.cells["item"] == topics[0].item).to_numpy()))
            if set(places) <= set(same.cells["domain"]):
                turned = complement(same) if topics[0].reverse else same
                claims = (increased if found.kind == "increased" else decreased)(turned, evidence.context)
                named = [c for c, area in zip(claims, same.cells["domain"], strict=True) if area in places]
                return _told(found, tuple(named))
    return _refused(found, "group", "cannot_be_shown")


def _across_a_break(found: Found, evidence: Evidence) -> Finding | None:
    """Refuse any comparison of two waves that did not ask the same, of the whole municipality or of a part of it."""
    for topic in evidence.topic(found.sentence)[:1]:
        shares = evidence.level(Topic("", topic.item))
        for broke in evidence.breaks:
            if shares is not None and broke.concerns(topic.item):
                return _told(found, (broken(broke, shares.about, evidence.context, item=topic.item),))
    return None


def _refused(found: Found, key: str, verdict: Judgement = "not_allowed", **gaps: str) -> Finding:
    return Finding(found, verdict, advice=ADVICE[key].format(**{"words": found.words, **gaps}))


def _told(found: Found, claims: tuple[Claim, ...], advice: str = "") -> Finding:
    """Sum claims up: contradicted when one is, supported only when all are."""
    verdicts = [claim.verdict for claim in claims]
    order: tuple[Verdict, ...] = (
        "not_allowed",
        "not_supported",
        "cannot_be_shown",
        "describes_respondents",
        "supported",
    )
    return Finding(found, next(v for v in order if v in verdicts), claims, advice)


def _cause(found: Found, evidence: Evidence) -> Finding:
    del evidence
    return _refused(found, "cause")


def _goal(found: Found, evidence: Evidence) -> Finding:
    topics = evidence.topic(found.sentence)
    baseline = evidence.level(topics[0]) if topics else None
    if baseline is None:
        return _refused(found, "goal", "goal", baseline=ADVICE["goal.none"])
    claims = level(baseline, evidence.context)
    told = ADVICE["goal.baseline"].format(level=claims[0].text, next=_next_survey(baseline, evidence))
    return Finding(found, "goal", claims, ADVICE["goal"].format(baseline=told))


def _next_survey(baseline: Estimates, evidence: Evidence) -> str:
    """Say which change another survey of the same size would normally detect; nothing where there is no margin of error."""
    wanted = evidence.context.change_level or evidence.context.family_level
    size = float(detectable_next_change(baseline, level=wanted)[0])
    return ADVICE["next"].format(needed=numbers_sv.points(size)) if size > 0 else ""


def _untried(found: Found, evidence: Evidence, topic: Topic) -> Finding:
    """Tell that a change was not tried, or that there is only one survey, and then what another one would detect."""
    if evidence.changes:
        return _refused(found, "untried", "cannot_be_shown")
    shares = evidence.level(Topic("", topic.item))
    told = ADVICE["one_wave"] if shares is None else f"{ADVICE['one_wave']} {_next_survey(shares, evidence)}"
    return Finding(found, "cannot_be_shown", advice=told.strip())


def _effect(found: Found, evidence: Evidence) -> Finding:
    topics, places = evidence.topic(found.sentence), evidence.places(found.sentence)
    changes = [c for t in topics for c in evidence.area_changes if (c.cells["item"] == t.item).any()]
    if not (changes and places and evidence.comparison):
        return _refused(found, "effect")
    rows = changes[0].take(np.flatnonzero(changes[0].cells["item"].to_numpy() == topics[0].item))
    move: Literal["increased", "decreased"] = (
        "increased" if not topics[0].item.startswith("otrygg") else "decreased"
    )
    claim = effect(rows, places[0], evidence.context, comparison=evidence.comparison, move=move)
    return _told(found, (claim,))


def _count(found: Found, evidence: Evidence) -> Finding:
    if not evidence.answered:
        return _refused(found, "count.none", "cannot_be_shown")
    told = {**evidence.answered, "totalt": sum(evidence.answered.values())}
    words = numbers_sv.listing([f"{numbers_sv.count(n)} svar ({name})" for name, n in told.items()])
    right = found.number in told.values()
    return _refused(
        found,
        "count.right" if right else "count.wrong",
        "supported" if right else "not_supported",
        told=words,
    )


def _share(found: Found, evidence: Evidence) -> Finding | None:
    topics = evidence.topic(found.sentence)
    shares = evidence.level(topics[0]) if topics else None
    if shares is None or found.number is None:
        return None
    (claim,) = level(shares, evidence.context)
    if claim.verdict != "supported":
        return Finding(found, claim.verdict, (claim,))
    low_end, high_end = (float(end[0]) for end in shares.interval(evidence.context.level))
    right = low_end - 0.005 <= found.number <= high_end + 0.005
    advice = ADVICE["share.right" if right else "share.wrong"].format(level=claim.text)
    return Finding(found, "supported" if right else "not_supported", (claim,), advice)


def _same_as_reference(found: Found, evidence: Evidence) -> Finding:
    candidates = evidence.topic(found.sentence) or [Topic("", item) for item in evidence.references]
    usable = [
        t
        for t in candidates
        if t.item in evidence.references and evidence.change(Topic("", t.item)) is not None
    ]
    if not usable:
        return _refused(found, "reference", "cannot_be_shown")
    changes = [
        (evidence.change(Topic("", topic.item)), topic.item, evidence.margin_of(topic.item))
        for topic in usable
    ]
    claims = [
        same_development(change, evidence.references[item], evidence.context, margin=margin)
        for change, item, margin in changes
        if change is not None and margin is not None
    ]
    if not claims:
        return _refused(found, "margin")
    return _told(found, tuple(claims))


def _source(found: Found, evidence: Evidence) -> Finding | None:
    del evidence
    return None if NAMED_SOURCE.search(found.sentence) else _refused(found, "source")


def _both(found: Found, evidence: Evidence) -> Finding:
    items = {topic.item for topic in evidence.topic(found.sentence)}
    for pair, claim in evidence.together.items():
        if items >= set(pair):
            return _told(found, (claim,))
    return _refused(found, "both", "cannot_be_shown")


def _moved(found: Found, evidence: Evidence) -> Finding:
    if YOUNG.search(found.sentence):
        return _refused(found, "young")
    topics = evidence.topic(found.sentence)
    if not topics:
        return _refused(found, "topic", "cannot_be_shown")
    family = evidence.family(topics[0])
    if family is None:
        if evidence.level(Topic("", topics[0].item)) is None and _respondents(topics[0], evidence):
            return _refused(found, "stream")
        return _untried(found, evidence, topics[0])
    changes, place = family
    rule = increased if found.kind == "increased" else decreased
    return _told(found, (rule(changes, evidence.context)[place],))


def _unchanged(found: Found, evidence: Evidence) -> Finding:
    topics = evidence.topic(found.sentence)
    change = evidence.change(topics[0]) if topics else None
    if change is None:
        return _untried(found, evidence, topics[0]) if topics else _refused(found, "topic", "cannot_be_shown")
    margin = evidence.margin_of(topics[0].item)
    if margin is None:
        return _refused(found, "margin")
    return _told(found, unchanged(change, margin, evidence.context))


def _largest(found: Found, evidence: Evidence) -> Finding | None:
    order = next((o for o in evidence.orders if _mentions(o, found.sentence)), None)
    places, topics = evidence.places(found.sentence), evidence.topic(found.sentence)
    if order is None and places and topics:
        return _areas(found, evidence, places=places, topic=topics[0])
    if order is None:
        tried = _by_time(found, evidence) or _answered_first(found, evidence)
        spoken_of = bool(
            topics
            or places
            or PLACE.search(found.sentence)
            or MEASURED.search(found.sentence)
            or "priorit" in found.sentence.lower()
        )
        return tried or (_refused(found, "order", "cannot_be_shown") if spoken_of else None)
    item = order.item_in(found.sentence)
    if isinstance(order.top, TopSet) and not item:
        return _told(found, (among_largest(order.top, evidence.context, words=order.words),))
    claim = largest(order.ranks, evidence.context, item=item, words=order.words)
    if not item:
        return Finding(found, "cannot_be_shown", (claim,), ADVICE["order.item"])
    return _told(found, (claim,))


def _by_time(found: Found, evidence: Evidence) -> Finding | None:
    """Evening against day, the same people."""
    shares = next(
        (r for r in evidence.levels if {"otrygg_kvall", "otrygg_dag"} <= set(r.cells["item"])), None
    )
    if (
        shares is None
        or not TIME.search(found.sentence)
        or "otrygg_kvall" not in {topic.item for topic in evidence.topic(found.sentence)}
    ):
        return None
    everyone = shares.take(np.flatnonzero(shares.cells["by"].to_numpy() == ""))
    return _told(found, more_than(everyone, [("otrygg_kvall", "otrygg_dag")], evidence.context))


def _answered_first(found: Found, evidence: Evidence) -> Finding | None:
    """What most respondents chose, where there is no random sample that was asked."""
    options = next(
        (r for r in evidence.respondents if r.cells["item"].str.contains(".", regex=False).all()), None
    )
    if options is None or "priorit" not in found.sentence.lower():
        return None
    return _told(found, (chosen_most(options, evidence.context, m=4),), ADVICE["stream"])


def _areas(found: Found, evidence: Evidence, *, places: list[str], topic: Topic) -> Finding:
    contrast = evidence.contrast(topic.item)
    if contrast is None:
        return _refused(found, "group", "cannot_be_shown")
    difference, levels = contrast
    direction: Literal["above", "below"] = "below" if topic.reverse else "above"
    claims = above_rest(difference, evidence.context, levels=levels, direction=direction)
    named = tuple(
        c for c, domain in zip(claims, difference.cells["domain"], strict=True) if str(domain) in places
    )
    parts = ADVICE["places"] if "delar av" in found.sentence.lower() else ""
    return _told(found, named, parts)


def _area(found: Found, evidence: Evidence) -> Finding | None:
    places, topics = evidence.places(found.sentence), evidence.topic(found.sentence)
    return _areas(found, evidence, places=places, topic=topics[0]) if places and topics else None


def _more_than(found: Found, evidence: Evidence) -> Finding:
    items = [topic.item for topic in evidence.topic(found.sentence)]
    shares = next(
        (r for r in evidence.levels if len(items) > 1 and set(items[:2]) <= set(r.cells["item"])), None
    )
    if shares is None:
        return _refused(found, "pair", "cannot_be_shown")
    everyone = shares.take(np.flatnonzero(shares.cells["by"].to_numpy() == ""))
    return _told(found, more_than(everyone, [(items[0], items[1])], evidence.context))


def _threshold(found: Found, evidence: Evidence) -> Finding | None:
    topics = evidence.topic(found.sentence)
    if not topics:
        return None
    shares = evidence.level(topics[0])
    if shares is None:
        return _respondents(topics[0], evidence, found) or _refused(found, "level", "cannot_be_shown")
    turned = {"low": "high", "high": "low"}[found.kind] if topics[0].reverse else found.kind
    threshold = (evidence.thresholds if turned == "low" else evidence.highs).get(topics[0].item)
    if threshold is None:
        told = level(shares, evidence.context)
        return Finding(found, "not_allowed", told, ADVICE["threshold"].format(level=told[0].text))
    itself = evidence.level(Topic("", topics[0].item)) or shares
    return _told(found, (low if turned == "low" else high)(itself, threshold, evidence.context))


def _described(found: Found, evidence: Evidence) -> Finding:
    topics = evidence.topic(found.sentence)
    shares = evidence.level(topics[0]) if topics else None
    if shares is None:
        among = _respondents(topics[0], evidence, found) if topics else None
        return among or _refused(found, "definition.none")
    meaning = evidence.meaning(found.words, topics[0])
    return _told(found, described(shares, found.words, evidence.context, meaning=meaning))


def _respondents(topic: Topic, evidence: Evidence, found: Found | None = None) -> Finding | None:
    """What respondents who are no random sample answered, where they are all there is."""
    for result in evidence.respondents:
        keep = np.flatnonzero((result.cells["item"] == topic.item).to_numpy())
        if len(keep):
            claims = answered(result.take(keep[:1]), evidence.context)
            return Finding(
                found or Found("", "", "described"), "describes_respondents", claims, ADVICE["stream"]
            )
    return None


def _mentions(order: Order, sentence: str) -> bool:
    return re.search(order.about, sentence, re.IGNORECASE) is not None


def _explained(finding: Finding) -> str:
    return " ".join([finding.advice, *(claim.text for claim in finding.claims)]).strip()


_JUDGES: Final[Mapping[str, Callable[[Found, Evidence], Finding | None]]] = {
    "cause": _cause,
    "effect": _effect,
    "count": _count,
    "share": _share,
    "same_as_reference": _same_as_reference,
    "source": _source,
    "both": _both,
    "increased": _moved,
    "decreased": _moved,
    "unchanged": _unchanged,
    "largest": _largest,
    "more_than": _more_than,
    "low": _threshold,
    "high": _threshold,
    "described": _described,
    "area": _area,
    "goal": _goal,
}
