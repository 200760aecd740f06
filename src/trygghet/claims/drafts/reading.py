"""Sentences of a draft and the statistical claims in them."""

import re
from dataclasses import dataclass, replace

from trygghet.claims.drafts.lexicon import (
    ACTIVITY,
    CAUSAL,
    DISCLAIMER,
    GOAL,
    INFINITIVE,
    PATTERNS,
    SINCE,
    Kind,
)

_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÅÄÖ”\"])|\n+")
_CHANGE = ("increased", "decreased")
_SEVERAL = ("described", "share")


@dataclass(frozen=True, slots=True)
class Found:
    """A statistical claim in a draft.

    Parameters
    ----------
    sentence : str
        The sentence that holds it.
    words : str
        The words that make it a claim.
    kind : str
        Kind of claim.
    number : float or None
        Number that is stated: persons, or a percentage as a share.
    start : int
        Position of the words in the sentence.
    """

    sentence: str
    words: str
    kind: Kind
    number: float | None = None
    start: int = 0


def read_draft(text: str) -> tuple[Found, ...]:
    """Find the statistical claims in a draft, as far as rules can.

    Parameters
    ----------
    text : str
        Swedish text.

    Returns
    -------
    tuple of Found
        In the order of the text. A statement of purpose ("ska öka") is found as a goal, not as a claim of change.

    Examples
    --------
    >>> [found.kind for found in read_draft("Tryggheten ska öka. Otryggheten har ökat.")]
    ['goal', 'increased']
    """
    sentences = (part.strip() for part in _END.split(text))
    return tuple(found for sentence in sentences if sentence for found in _in_sentence(sentence))


def _in_sentence(sentence: str) -> list[Found]:
    """Find the claims of one sentence; the fixed reservation about causes is none, what stands beside it may be one."""
    sentence = sentence.replace("\N{NO-BREAK SPACE}", " ")
    said = DISCLAIMER.sub(lambda fixed: " " * len(fixed.group()), sentence)
    found = [replace(each, sentence=sentence) for each in _claims_of(said)]
    return found or ([Found(sentence, "", "area")] if said == sentence else [])


def _claims_of(sentence: str) -> list[Found]:
    cause = CAUSAL.search(sentence)
    found = [Found(sentence, cause.group(), "cause", start=cause.start())] if cause else []
    goal = GOAL.search(sentence) or INFINITIVE.search(sentence)
    if goal:
        found.append(Found(sentence, goal.group().strip(' ”"'), "goal", start=goal.start()))
    for kind, pattern in PATTERNS:
        if goal and kind in {*_CHANGE, "described"}:
            continue
        if kind in _CHANGE and ACTIVITY.search(sentence):
            continue
        matches = list(pattern.finditer(sentence))
        for match in matches if kind in _SEVERAL else matches[:1]:
            number = _number(match.groupdict().get("number"), kind)
            found.append(Found(sentence, match.group().strip(), kind, number, match.start()))
    kinds = {each.kind for each in found}
    if "same_as_reference" in kinds or "both" in kinds:
        silent = {"low", "high"} | ({"described"} if "same_as_reference" in kinds else set())
        found = [each for each in found if each.kind not in silent]
    if kinds & set(_CHANGE) and SINCE.search(sentence):
        found = [each for each in found if each.kind != "more_than"]
    return sorted(found, key=lambda each: each.start)


def _number(written: str | None, kind: Kind) -> float | None:
    if written is None:
        return None
    value = float(re.sub(r"\s", "", written).replace(",", "."))
    return value / 100 if kind == "share" else value
