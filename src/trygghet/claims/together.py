"""The statement that two things hold at once in the same people, such as feeling safe and worrying."""

from trygghet.claims.bases import base_line
from trygghet.claims.claim import Claim
from trygghet.claims.context import Context
from trygghet.claims.draft import Draft, key_of, level_said
from trygghet.claims.level import level_sentence, refusal
from trygghet.claims.needed import nobody_needed
from trygghet.claims.said import Limits, Said, Share, name
from trygghet.claims.wording import Sentence
from trygghet.errors import ClaimError, Problem
from trygghet.estimate.estimates import Estimates


def both(first: Estimates, among: Estimates, context: Context) -> Claim:
    """State that some of those who have the first thing have the second one too.

    Parameters
    ----------
    first : Estimates
        One share of everybody, such as trygg.
    among : Estimates
        One share of those people, such as orolig among the trygga: estimated with ``where=`` on the same design.
    context : Context
        Streams, words, level.

    Returns
    -------
    Claim
        Supported when the interval of the second share lies above zero and somebody has both; cannot be shown otherwise.

    Raises
    ------
    ClaimError
        PAST-10 when a result holds anything but one share, or the bases show that ``among`` was not taken of the first's people.
    """
    if len(first) != 1 or len(among) != 1 or among.n[0] > first.numerator[0]:
        raise ClaimError(
            Problem(
                code="PAST-10",
                what=f"{len(first)} and {len(among)} shares were given, or the second is not of those who have the first",
                why="that two things hold at once needs the share of the second among those who have the first",
                remedy="estimate the second with where= the first holds, one share each",
                facts={"antal": len(first) + len(among)},
            )
        )
    refused = refusal(first, 0, context, statement="both") or refusal(among, 0, context, statement="both")
    if refused:
        return refused
    sentence, numbers = level_sentence(first, 0, context)
    low, high = (float(ends[0]) for ends in among.interval(context.family_level))
    phrase = context.phrase(among.about, str(among.cells["item"].iloc[0]))
    shown = bool(low > 0 and among.numerator[0] > 0)
    gaps: dict[str, Said] = {
        "level": sentence,
        "noun": phrase.noun,
        "verb": name(phrase.verb or "är"),
        "rest": name(phrase.rest or phrase.share),
        "share": Share(float(among.values[0])),
        "limits": Limits(low, high),
    }
    needed, size = ((), {}) if shown else nobody_needed(among)
    return Draft(
        statement="both",
        verdict="supported" if shown else "cannot_be_shown",
        text=(Sentence("both.yes" if shown else "both.none", gaps),),
        rule="both",
        uses=(key_of(first, 0), key_of(among, 0)),
        subject=f"{context.phrase(first.about, str(first.cells['item'].iloc[0])).share} och {phrase.share}",
        numbers=numbers
        | {"among": float(among.values[0]), "among_low": low, "among_high": high, "among_n": int(among.n[0])}
        | size,
        needed=needed,
        base=base_line(first.about, int(first.n[0]), context),
        settings={"level": level_said(context.family_level)},
    ).claim()
