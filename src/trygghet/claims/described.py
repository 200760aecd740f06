"""Words that need a meaning: "många", "få", "relativt trygga", "positiv bild" are written only as declared."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from trygghet.claims.bases import base_line, item_line
from trygghet.claims.claim import Claim, Verdict
from trygghet.claims.context import Context
from trygghet.claims.draft import Draft, key_of, level_said
from trygghet.claims.level import level_sentence, refusal, subject_of
from trygghet.claims.needed import threshold_needed
from trygghet.claims.said import Both, Said, Share, name
from trygghet.claims.wording import Sentence
from trygghet.estimate.estimates import Estimates


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word means, decided before anyone looked at the result.

    Parameters
    ----------
    word : str
        The word: "många", "få", "relativt trygga", "positiv bild".
    bound : {"at_least", "at_most"}
        Whether the share has to be at least, or at most, the threshold.
    threshold : float
        Share, 0 to 1.
    item : str
        Indicator that the share is of; any that a sentence speaks of when left out.
    """

    word: str
    bound: Literal["at_least", "at_most"]
    threshold: float
    item: str = ""

    def turned(self) -> "Meaning":
        """The same meaning, told of the share of everybody else.

        Returns
        -------
        Meaning
            At most a quarter unsafe is at least three quarters safe.
        """
        bound: Literal["at_least", "at_most"] = "at_most" if self.bound == "at_least" else "at_least"
        return Meaning(self.word, bound, 1 - self.threshold, self.item)


def described(
    estimates: Estimates, word: str, context: Context, *, meaning: Meaning | None
) -> tuple[Claim, ...]:
    """Use a word for shares, if its declared meaning holds.

    Parameters
    ----------
    estimates : Estimates
        Shares.
    word : str
        The word.
    context : Context
        Streams, words, level.
    meaning : Meaning or None
        What the word means; None when nobody decided.

    Returns
    -------
    tuple of Claim
        One a cell: supported when the whole interval meets the meaning, not supported when none of it does, cannot be shown when it
        crosses the threshold. Without a meaning the word is not allowed, reason ``"definition"``, and the text gives the share.
    """
    return tuple(
        _one(estimates, place, context, word=word, meaning=meaning) for place in range(len(estimates))
    )


def _one(estimates: Estimates, place: int, context: Context, *, word: str, meaning: Meaning | None) -> Claim:
    refused = refusal(estimates, place, context, statement="described")
    if refused:
        return refused
    sentence, numbers = level_sentence(estimates, place, context)
    decided = 1 - (1 - context.family_level) / max(1, int(np.isfinite(estimates.values).sum()))
    verdict: Verdict = "not_allowed"
    needed: tuple[Sentence, ...] = ()
    text: tuple[Sentence, ...] = (Sentence("word.undefined", {"word": name(word), "level": sentence}),)
    if meaning is not None:
        verdict, key = _verdict(estimates, place, meaning=meaning, decided=decided)
        gaps: dict[str, Said] = {
            "word": name(word),
            "bound": Both("minst", "at least") if meaning.bound == "at_least" else Both("högst", "at most"),
            "threshold": Share(meaning.threshold),
        }
        text = (sentence, Sentence(key, gaps))
        numbers |= {"threshold": meaning.threshold}
        if verdict == "cannot_be_shown":
            needed, size = threshold_needed(estimates, place, threshold=meaning.threshold, level=decided)
            numbers |= size
    item = str(estimates.cells["item"].iloc[place])
    return Draft(
        statement="described",
        verdict=verdict,
        text=text,
        rule="word",
        uses=(key_of(estimates, place),),
        subject=f"{subject_of(estimates, place, context)}: ”{word}”",
        numbers=numbers,
        base=(*base_line(estimates.about, int(estimates.n[place]), context), *item_line(context, item)),
        needed=needed,
        settings={"level": level_said(decided)},
        reason="" if meaning is not None else "definition",
    ).claim()


def _verdict(estimates: Estimates, place: int, *, meaning: Meaning, decided: float) -> tuple[Verdict, str]:
    low, high = (float(ends[place]) for ends in estimates.interval(decided))
    above, below = low >= meaning.threshold, high <= meaning.threshold
    holds, fails = (above, below) if meaning.bound == "at_least" else (below, above)
    if holds:
        return "supported", "word.yes"
    return ("not_supported", "word.not") if fails else ("cannot_be_shown", "word.no")
