"""Which answers are children's: declared streams and groups, and what the declared ages say by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trygghet.codebook.names import nearest
from trygghet.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trygghet.codebook.book import Codebook

ADULT = 18
_AGES = frozenset({"age", "alder", "ålder"})


def children_streams(book: Codebook) -> tuple[str, ...]:
    """Name the streams in which children answer.

    Parameters
    ----------
    book : Codebook
        Codebook of a wave.

    Returns
    -------
    tuple of str
        Those that are declared so (``children: true``), and those that say nothing of it where nobody in the population has
        reached 18.
    """
    ages = book.population.ages if book.population else None
    young = ages is not None and ages[1] is not None and ages[1] < ADULT
    return tuple(
        stream.name
        for stream in book.declared_streams
        if (young if stream.children is None else stream.children)
    )


def children_groups(book: Codebook) -> tuple[tuple[str, str], ...]:
    """Name the groups of children that answers are divided by.

    Parameters
    ----------
    book : Codebook
        Codebook of a wave.

    Returns
    -------
    tuple of tuple of str
        As (variable, label): those declared under ``population > children``, and bands of an age that end below 18.
    """
    declared = book.population.children if book.population else {}
    named = [(variable, label) for variable, labels in declared.items() for label in labels]
    for name, derived in book.derived.items():
        if derived.bands and _is_age(book, derived.from_):
            named += [
                (name, label)
                for label, (_, high) in derived.bands.items()
                if high is not None and high < ADULT
            ]
    return tuple(dict.fromkeys(named))


def children_problems(book: Codebook) -> Iterator[Problem]:
    """Find groups of children that are no groups.

    Parameters
    ----------
    book : Codebook
        A codebook whose parts are valid one by one.

    Yields
    ------
    Problem
        KOD-05 for an unknown variable, KOD-23 for an unknown label.
    """
    declared = book.population.children if book.population else {}
    place = "population > children"
    for variable, labels in declared.items():
        source = book.all_variables.get(variable)
        if source is None:
            guess = nearest(variable, book.all_variables)
            yield Problem(
                code="KOD-05",
                what=f"{place}: there is no variable called {variable}.",
                remedy=f"Did you mean {guess}?" if guess else "Declare it under variables.",
                facts={"place": place, "name": variable, "guess": guess or "–"},
            )
            continue
        for label in (label for label in labels if label not in source.categories):
            guess = nearest(label, source.categories)
            yield Problem(
                code="KOD-23",
                what=f"{place} > {variable}: there is no group called {label}.",
                why="The raised floor for children would not reach anybody.",
                remedy=f"Did you mean {guess}?" if guess else "Use the labels of the variable.",
                facts={"place": f"{place} > {variable}", "group": label, "guess": guess or "–"},
            )


def _is_age(book: Codebook, name: str) -> bool:
    """Whether a variable is an age: made from a year of birth, or called so."""
    derived = book.derived.get(name)
    if derived is not None:
        return derived.age_in is not None
    source = book.variables[name]
    return source.kind == "continuous" and not _AGES.isdisjoint({name.lower(), source.label.lower()})
