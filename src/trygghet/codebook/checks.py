"""Do the names and codes in a codebook refer to something? Every broken reference is one problem."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from trygghet.codebook.catalogue import catalogue
from trygghet.codebook.children import children_problems
from trygghet.codebook.frame import frame_problems
from trygghet.codebook.names import fits_a_file_name, nearest
from trygghet.codebook.variable import MissingKind, Variable
from trygghet.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trygghet.codebook.book import Codebook
    from trygghet.codebook.declared import Code

KIND_NAMES = frozenset(kind.name.lower() for kind in MissingKind if kind)


def broken_references(book: Codebook) -> list[Problem]:
    """List every name or code in a codebook that refers to nothing, and every name used twice.

    Parameters
    ----------
    book : Codebook
        A codebook whose parts are valid one by one.

    Returns
    -------
    list of Problem
        Empty when all is well.
    """
    return [
        *_doubled_names(book),
        *_no_file_names(book),
        *_derived(book),
        *_indicators(book),
        *_composites(book),
        *_breaks(book),
        *_catalogue_ids(book),
        *_areas_and_relation(book),
        *children_problems(book),
        *frame_problems(book),
    ]


def _doubled_names(book: Codebook) -> Iterator[Problem]:
    names = Counter(
        [*book.variables, *book.derived, *book.indicators, *book.multi_response, *book.balance, *book.indices]
    )
    for name in (name for name, uses in names.items() if uses > 1):
        yield Problem(
            code="KOD-08",
            what=f"The name {name} is used twice.",
            why="A variable, an indicator and a block must be told apart by their names.",
            remedy="Rename one of them.",
            facts={"name": name},
        )


def _no_file_names(book: Codebook) -> Iterator[Problem]:
    """Names that results are filed under must not lead out of their folder."""
    named = {
        "streams": [stream.name for stream in book.streams.declared] if book.streams else [],
        "variables": book.variables,
        "derived": book.derived,
        "indicators": book.indicators,
        "multi_response": book.multi_response,
        "balance": book.balance,
        "indices": book.indices,
    }
    for place, names in named.items():
        for name in names:
            if not fits_a_file_name(name):
                yield Problem(
                    code="KOD-25",
                    what=f"{place}: the name {name!r} cannot be part of a file name.",
                    why="Results are filed by these names; one with a path in it would lead out of the project.",
                    remedy="Use letters, digits and underscore.",
                    facts={"place": place, "name": name},
                )


def _derived(book: Codebook) -> Iterator[Problem]:
    known: dict[str, Variable] = dict(book.variables)
    for name, derived in book.derived.items():
        source = known.get(derived.from_)
        place = f"derived > {name} > from"
        if source is None:
            yield _no_variable(place, derived.from_, known)
        elif derived.groups:
            codes = [code for members in derived.groups.values() for code in members]
            yield from _undeclared(f"derived > {name} > groups", codes, source)
        elif source.kind in {"nominal", "text"}:
            yield _wrong_kind(place, derived.from_)
        known[name] = derived.variable


def _indicators(book: Codebook) -> Iterator[Problem]:
    known = book.all_variables
    off = book.switched_off
    for name, indicator in book.indicators.items():
        place = f"indicators > {name}"
        source = known.get(indicator.from_)
        if source is None and indicator.from_ not in off:
            yield _no_variable(f"{place} > from", indicator.from_, known)
        elif source is not None and source.kind == "continuous":
            yield _wrong_kind(f"{place} > from", indicator.from_)
        elif source is not None:
            yield from _undeclared(f"{place} > counts", indicator.counts, source)
            yield from _undeclared(f"{place} > base", indicator.base or (), source)


def _composites(book: Codebook) -> Iterator[Problem]:
    known = book.all_variables
    for name, balance in book.balance.items():
        source = known.get(balance.from_)
        if balance.from_ in book.switched_off:
            continue
        if source is None:
            yield _no_variable(f"balance > {name} > from", balance.from_, known)
        else:
            codes = (*balance.positive, *balance.negative, *(balance.base or ()))
            yield from _undeclared(f"balance > {name}", codes, source)
    for name, index in book.indices.items():
        for item in index.items:
            source = known.get(item)
            if item in book.switched_off:
                continue
            if source is None:
                yield _no_variable(f"indices > {name} > items", item, known)
            elif source.kind != "ordinal":
                yield _wrong_kind(f"indices > {name} > items", item)
            else:
                yield from _undeclared(f"indices > {name} > leave_out", index.leave_out.get(item, ()), source)


def _breaks(book: Codebook) -> Iterator[Problem]:
    known = {
        *book.variables,
        *book.derived,
        *book.indicators,
        *book.multi_response,
        *book.balance,
        *book.indices,
    }
    for name in (name for found in book.breaks for name in found.items if name not in known):
        yield _no_variable("breaks > items", name, known)


def _catalogue_ids(book: Codebook) -> Iterator[Problem]:
    for name, variable in book.variables.items():
        if variable.item is not None and variable.item not in catalogue():
            guess = nearest(variable.item, catalogue())
            yield Problem(
                code="KOD-15",
                what=f"variables > {name}: the catalogue has no item {variable.item}.",
                remedy=f"Did you mean {guess}?" if guess else "Leave item out.",
                facts={"place": f"variables > {name}", "name": variable.item, "guess": guess or "–"},
            )
        elif variable.item is not None and catalogue()[variable.item].published:
            yield Problem(
                code="KOD-24",
                what=f"variables > {name}: {variable.item} is a figure that the police publish, not a question.",
                why="How answers become that index is not known, so it cannot be computed from them.",
                remedy="Leave item out, and give the published figures as a table (sources/).",
                facts={"place": f"variables > {name}", "name": variable.item},
            )


def _areas_and_relation(book: Codebook) -> Iterator[Problem]:
    if book.relation is not None:
        source = book.variables.get(book.relation.variable)
        if source is None:
            yield _no_variable("relation > variable", book.relation.variable, book.variables)
        else:
            yield from _undeclared("relation > resident", book.relation.resident, source)
    if book.areas is None:
        return
    area = book.all_variables.get(book.areas.variable)
    if area is None:
        yield _no_variable("areas > variable", book.areas.variable, book.all_variables)
        return
    named = [(f"groups > {group}", label) for group, labels in book.areas.groups.items() for label in labels]
    named += [("aliases", label) for label in book.areas.aliases.values()]
    for wave, table in book.areas.changes.items():
        named += [(f"changes > {wave}", label) for label in table.values() if label is not None]
    for place, label in named:
        if label not in area.categories:
            guess = nearest(label, area.categories)
            yield Problem(
                code="KOD-10",
                what=f"areas > {place}: there is no area called {label}.",
                remedy=f"Did you mean {guess}?" if guess else "Use the labels of the area variable.",
                facts={"place": f"areas > {place}", "area": label, "guess": guess or "–"},
            )


def _undeclared(place: str, codes: Iterable[Code], source: Variable) -> Iterator[Problem]:
    unknown = [str(code) for code in codes if code not in source.labels and code not in KIND_NAMES]
    if unknown:
        yield Problem(
            code="KOD-09",
            what=f"{place}: the codes {', '.join(unknown)} have no label in the variable.",
            why="A share over a code without a meaning has no meaning.",
            remedy="Use declared codes, or add the label.",
            facts={"place": place, "codes": ", ".join(unknown)},
        )


def _no_variable(place: str, name: str, known: Iterable[str]) -> Problem:
    guess = nearest(name, known)
    return Problem(
        code="KOD-05",
        what=f"{place}: there is no variable called {name}.",
        remedy=f"Did you mean {guess}?" if guess else "Declare it under variables.",
        facts={"place": place, "name": name, "guess": guess or "–"},
    )


def _wrong_kind(place: str, name: str) -> Problem:
    return Problem(
        code="KOD-11",
        what=f"{place}: the variable {name} has a kind that cannot be used here.",
        why="An indicator needs codes with labels; age and bands need numbers.",
        remedy="Make bands or groups of it under derived, or change its kind.",
        facts={"place": place, "name": name},
    )
