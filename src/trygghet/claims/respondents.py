"""Statements about people who chose themselves, or were invited: what they answered, and what that does not say."""

from collections.abc import Sequence

import numpy as np

from trygghet._typing import IntArray
from trygghet.claims.bases import base_line, choice_line, item_line
from trygghet.claims.claim import Claim
from trygghet.claims.context import Context
from trygghet.claims.draft import Draft, key_of
from trygghet.claims.phrases import PRIORITIES, Ranked, lower_first
from trygghet.claims.said import Both, Count, Listing, Place, Said, Share, name
from trygghet.claims.wording import Sentence
from trygghet.estimate.shares import RespondentShares
from trygghet.ranking import OrderStability

_MEANING = {"census": "census.meaning", "invited": "invited.meaning"}


def answered(shares: RespondentShares, context: Context) -> tuple[Claim, ...]:
    """Describe each share among those who answered.

    Parameters
    ----------
    shares : RespondentShares
        Shares of a stream that is no random sample.
    context : Context
        Streams and words.

    Returns
    -------
    tuple of Claim
        One a cell that somebody answered: describes respondents.
    """
    return tuple(_answered(shares, place, context) for place in _usable(shares))


def chosen_most(
    shares: RespondentShares,
    context: Context,
    *,
    m: int,
    adjusted: RespondentShares | OrderStability | None = None,
    adjusted_for: Sequence[str] = (),
    words: Ranked = PRIORITIES,
) -> Claim:
    """Describe what most of those who answered chose, and whether the order survives an adjustment.

    Parameters
    ----------
    shares : RespondentShares
        Shares of the options; unions of options are left out, as the context knows them.
    context : Context
        Streams and words.
    m : int
        Number of first places that matter.
    adjusted : RespondentShares or OrderStability, optional
        The same cells after raking to the population, or how their order fared; without a raked order nothing is said of it.
    adjusted_for : sequence of str
        What they were raked by, in words: "ålder", "kön", "stadsdel".
    words : Ranked
        What was chosen.

    Returns
    -------
    Claim
        Describes respondents. When the units in place m and m + 1 change places, or the first m are others, after the adjustment,
        the text says that the order should not be read.
    """
    options = np.flatnonzero(~shares.cells["item"].isin(context.unions).to_numpy())
    after = adjusted.take(options) if isinstance(adjusted, RespondentShares) else adjusted
    shares = shares.take(options)
    usable = _usable(shares)
    first = usable[np.argmax(shares.values[usable])]
    gaps: dict[str, Said] = {
        "n": Count(int(shares.n[first])),
        "item": _label(shares, int(first)),
        "share": Share(float(shares.values[first])),
        "m": Place(m),
        "next": Place(m + 1),
        "variables": Listing([name(variable) for variable in adjusted_for]),
    }
    text = [Sentence("open.first", gaps), _meaning(shares, context)]
    unstable = after is not None and _order_differs(shares, after, m)
    uses = [key_of(shares, int(first))]
    if unstable:
        text.append(Sentence("open.order", gaps))
        ordered = after.order.shares if isinstance(after, OrderStability) else shares
        line = np.argsort(-np.nan_to_num(ordered.values), kind="stable")[m - 1 : m + 1]
        uses += [key_of(ordered, int(place)) for place in line]
    return Draft(
        statement="chosen_most",
        verdict="describes_respondents",
        text=tuple(text),
        rule="respondents",
        uses=tuple(dict.fromkeys(uses)),
        subject=f"vad de svarande {words.wanted.sv}",
        numbers={
            "share": float(shares.values[first]),
            "n": int(shares.n[first]),
            "order_differs": int(unstable),
        },
        base=(*base_line(shares.about, int(shares.n[first]), context), *choice_line(context, words.many)),
    ).claim()


def not_of_population(shares: RespondentShares, context: Context) -> tuple[Claim, ...]:
    """Refuse statements on the inhabitants that rest on a stream that is no random sample.

    Parameters
    ----------
    shares : RespondentShares
        Shares of the stream.
    context : Context
        Words.

    Returns
    -------
    tuple of Claim
        One a cell: not allowed, reason ``"stream"``.
    """
    return tuple(
        Draft(
            statement="level",
            verdict="not_allowed",
            text=(Sentence("open.population", {"noun": _noun(shares, place, context)}),),
            rule="not_random",
            uses=(),
            subject=_noun(shares, place, context).sv,
            reason="stream",
        ).claim()
        for place in range(len(shares))
    )


def _answered(shares: RespondentShares, place: int, context: Context) -> Claim:
    row = shares.cells.iloc[place]
    item = str(row["item"])
    phrase = context.phrase(shares.about, item)
    group = context.group(str(row["by"]), str(row["domain"]))
    n, share = int(shares.n[place]), float(shares.values[place])
    gaps: dict[str, Said] = {
        "n": Count(n),
        "share": Share(share),
        "noun": phrase.noun,
        "verb": name(phrase.verb),
        "rest": name(phrase.rest),
        "where": Both(f"{group.sv}, " if group.sv else "", f"{group.en}, " if group.en else ""),
    }
    key = ("open.predicate" if phrase.verb else "open.noun") + (".group" if group.sv else "")
    return Draft(
        statement="answered",
        verdict="describes_respondents",
        text=(Sentence(key, gaps), _meaning(shares, context)),
        rule="respondents",
        uses=(key_of(shares, place),),
        subject=phrase.share,
        numbers={"share": share, "n": n},
        base=(*base_line(shares.about, n, context), *item_line(context, item)),
    ).claim()


def _meaning(shares: RespondentShares, context: Context) -> Sentence:
    sampling = context.source(shares.about.wave, shares.about.stream).sampling
    return Sentence(_MEANING.get(sampling, "open.meaning"), {})


def _usable(shares: RespondentShares) -> IntArray:
    return np.flatnonzero(
        np.isfinite(shares.values) & np.isin(shares.status.astype(str), ("ok", "uncertain"))
    )


def _order_differs(shares: RespondentShares, adjusted: RespondentShares | OrderStability, m: int) -> bool:
    """Whether the first m, or the units in place m and m + 1, are others after the adjustment."""
    if isinstance(adjusted, OrderStability):
        raked = next((check for check in adjusted.checks if check.kind == "raked" and check.known), None)
        if raked is None:
            return False
        values = adjusted.order.shares.values
        before = np.argsort(-np.nan_to_num(values), kind="stable")
        after = np.argsort(np.where(raked.place > 0, raked.place, len(values) + 1), kind="stable")
    else:
        before, after = (
            np.argsort(-np.nan_to_num(part.values), kind="stable") for part in (shares, adjusted)
        )
    return set(before[:m]) != set(after[:m]) or bool(np.any(before[m - 1 : m + 1] != after[m - 1 : m + 1]))


def _label(shares: RespondentShares, place: int) -> Both:
    row = shares.cells.iloc[place]
    label = shares.about.label(str(row["item"]))
    return name(lower_first(str(row["category"]) if row["category"] else label))


def _noun(shares: RespondentShares, place: int, context: Context) -> Both:
    return context.phrase(shares.about, str(shares.cells["item"].iloc[place])).noun
