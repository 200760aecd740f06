"""The line under every sentence: how many answered, who they are, when."""

from trygghet.claims.context import Context
from trygghet.claims.said import Both, Count, Said, Words, name
from trygghet.claims.wording import Sentence
from trygghet.estimate.estimates import About
from trygghet.waves import PUBLISHED


def base_line(about: About, n: int, context: Context) -> tuple[Sentence, ...]:
    """Say how many answered, in which stream and when.

    Parameters
    ----------
    about : About
        Of the result.
    n : int
        Unweighted base.
    context : Context
        Knows the streams.

    Returns
    -------
    tuple of Sentence
        The base, and a remark when the design is not fully known.
    """
    source = context.source(about.wave, about.stream)
    gaps: dict[str, Said] = {"n": Count(n), "where": source.where, "when": source.date(about.wave)}
    dated = bool(gaps["when"].say("sv"))
    return (Sentence("base" if dated else "base.undated", gaps), *remarks(about))


def choice_line(context: Context, many: Both) -> tuple[Sentence, ...]:
    """Say how many things a person could choose, when that is known.

    Parameters
    ----------
    context : Context
        Knows the limit.
    many : Both
        The things.

    Returns
    -------
    tuple of Sentence
        One sentence, or none.
    """
    return (
        (Sentence("base.choose", {"choose": Words(context.choose), "many": many}),) if context.choose else ()
    )


def item_line(context: Context, item: str) -> tuple[Sentence, ...]:
    """Say that people who answered "don't know" are in the base, where they are.

    Parameters
    ----------
    context : Context
        Knows the items.
    item : str
        Name of the item.

    Returns
    -------
    tuple of Sentence
        One sentence, or none.
    """
    return (Sentence("base.dont_know", {}),) if item in context.dont_know else ()


def remarks(about: About) -> tuple[Sentence, ...]:
    """Say that standard errors are approximate or that figures were taken from print, where that is so.

    Parameters
    ----------
    about : About
        Of the result.

    Returns
    -------
    tuple of Sentence
        One sentence, or none.
    """
    if PUBLISHED in about.method:
        return (Sentence("base.published", {}),)
    return (Sentence("base.approximate", {}),) if about.approximate else ()


def place_gaps(context: Context, by: str, domain: str) -> dict[str, Said]:
    """Say where or among whom a cell is: the gaps that name a group and those it is compared with.

    Parameters
    ----------
    context : Context
        Knows the words for groups.
    by, domain : str
        Of the cell.

    Returns
    -------
    dict of str to Said
        ``where`` ("I Lunden"), ``area`` ("Lunden"), ``others`` ("i resten av kommunen"), ``others_gen``, ``groups``.
    """
    group = context.group(by, domain)
    area = context.is_area(by)
    return {
        "where": group,
        "area": name(domain) if area else Both("gruppen", "the group"),
        "others": Both("i resten av kommunen", "in the rest of the municipality")
        if area
        else Both("bland övriga", "among the others"),
        "others_gen": Both("resten av kommunen", "the rest of the municipality")
        if area
        else Both("övriga", "the others"),
        "groups": Both("områden", "areas") if area else Both("grupper", "groups"),
        "Area": Both("Området", "The area") if area else Both("Gruppen", "The group"),
    }
