"""Entries that a codebook gets from the catalogue: the share that a known question gives, and groups of ages."""

from collections.abc import Collection, Mapping
from typing import Any

from trygghet.codebook.catalogue import CatalogueItem, standard_answer
from trygghet.codebook.names import folded

_BANDS = {"16–29 år": [16, 29], "30–49 år": [30, 49], "50–64 år": [50, 64], "65 år och äldre": [65, None]}


def share_entry(
    item: CatalogueItem,
    variable: str,
    labels: Mapping[Any, str],
    *,
    about: str = "",
    missing: Collection[str] = (),
) -> dict[str, Any] | None:
    """Write the share that a known question gives: the catalogue says which answers count and how it is called.

    Parameters
    ----------
    item : CatalogueItem
        The known question.
    variable : str
        Our name of the variable.
    labels : mapping of code to str
        Its answers.
    about : str
        What the question is about in its own words, in a battery.
    missing : collection of str
        Kinds of missing answers that the variable has.

    Returns
    -------
    dict or None
        An entry of ``indicators``; None where none or all of the answers count.
    """
    counted = {folded(answer) for answer in item.counted}
    counts = [code for code, text in labels.items() if {folded(text), standard_answer(text)} & counted]
    if not counts or len(counts) == len(labels):
        return None
    words = about or (item.spellings[0] if item.spellings else "")
    own = words[:1].upper() if item.says.startswith("{}") else words[:1].lower()
    entry: dict[str, Any] = {
        "from": variable,
        "label": item.says.format(own + words[1:]) or item.label,
        "concept": item.concept,
        "counts": counts,
    }
    kinds = [kind for kind in item.base_missing if kind in missing]
    entry |= {"base": [*labels, *kinds]} if kinds else {}
    entry |= {"worse": "low"} if item.worse_direction == "low" else {}
    return entry | ({"sensitive": True} if item.sensitive else {})


def age_entries(source: str, *, born_until: int | None = None) -> dict[str, Any]:
    """Write ages and groups of ages.

    Parameters
    ----------
    source : str
        Variable with ages, or with years of birth.
    born_until : int, optional
        Year of the survey, where ``source`` holds years of birth.

    Returns
    -------
    dict
        Entries of ``derived``.
    """
    groups = {"label": "Åldersgrupp", "bands": _BANDS, "outside": "invalid"}
    if born_until is None:
        return {"alder4": {"from": source, **groups}}
    age = {"from": source, "label": "Ålder", "age_in": born_until}
    return {"alder": age, "alder4": {"from": "alder", **groups}}
