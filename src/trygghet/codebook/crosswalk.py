"""What changed between two waves' codebooks, and what may still be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from trygghet._sequence import at_or_before
from trygghet.codebook.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trygghet.codebook.book import Codebook
    from trygghet.codebook.indicator import Indicator
    from trygghet.codebook.multi_response import MultiResponse
    from trygghet.codebook.variable import Variable

Comparability = Literal["comparable", "with_caution", "not_comparable", "new", "closed"]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """How one name differs between two waves.

    Parameters
    ----------
    part : {"variable", "indicator", "multi_response"}
        What the name stands for.
    name, was : str
        The name in the later and in the earlier codebook; one is empty for a closed or a new item.
    comparability : {"comparable", "with_caution", "not_comparable", "new", "closed"}
        What a comparison of the two waves is worth.
    changes : tuple of str
        What changed: ``wording``, ``scale``, ``codes``, ``missing``, ``base``, ``counts``, ``version``, ``source``, ``options``, ``choose``, ``period``
        or ``break``.
    """

    part: Literal["variable", "indicator", "multi_response"]
    name: str
    was: str
    comparability: Comparability
    changes: tuple[str, ...] = ()


_HARMLESS = frozenset({"codes"})
_CAUTION = frozenset({"wording", "missing", "period"})


def crosswalk(old: Codebook, new: Codebook, *, order: Sequence[str] = ()) -> tuple[ItemChange, ...]:
    """Compare two waves' codebooks, item by item.

    Parameters
    ----------
    old, new : Codebook
        The earlier and the later wave; the later one's ``was`` names items that were called otherwise.
    order : sequence of str
        Names of all waves, oldest first, for breaks that are declared since a wave whose name tells no year.

    Returns
    -------
    tuple of ItemChange
        Variables, indicators and blocks of the later wave in their order, then the closed ones.

    Notes
    -----
    A changed scale, version, base or count, and a declared break, make an item not comparable. A changed wording, reference period or set of
    missing answers calls for caution. Codes that were renumbered with the same texts in the same order change nothing. A break that was
    declared since a wave that nobody can place in time holds: a comparison that is wrongly refused does less harm than one that is wrong.
    """
    broken = _broken(old, new, order)
    changes: list[ItemChange] = []
    scale_changed: dict[str, tuple[str, ...]] = {}
    for name, variable in new.variables.items():
        was = new.was.get(name, name)
        before = old.variables.get(was)
        if before is None:
            changes.append(ItemChange("variable", name, "", "new"))
            continue
        found = (*_variable_changes(before, variable), *(("break",) if name in broken else ()))
        scale_changed[name] = found
        changes.append(ItemChange("variable", name, was, _worth(found), found))
    for name, indicator in new.indicators.items():
        was = new.was.get(name, name)
        earlier = old.indicators.get(was)
        if earlier is None:
            changes.append(ItemChange("indicator", name, "", "new"))
            continue
        found = tuple(_indicator_changes(earlier, indicator, old_book=old, new_book=new))
        found = (
            *found,
            *(
                change
                for change in scale_changed.get(indicator.from_, ())
                if change not in found and change != "scale"
            ),
        )
        declared = bool(broken & {name, indicator.from_})
        found = (*found, *(("break",) if declared and "break" not in found else ()))
        changes.append(ItemChange("indicator", name, was, _worth(found), found))
    for name, block in new.multi_response.items():
        was = new.was.get(name, name)
        previous = old.multi_response.get(was)
        if previous is None:
            changes.append(ItemChange("multi_response", name, "", "new"))
            continue
        found = (*_block_changes(previous, block), *(("break",) if name in broken else ()))
        changes.append(ItemChange("multi_response", name, was, _worth(found), found))
    return (*changes, *_closed(old, new))


def _broken(old: Codebook, new: Codebook, order: Sequence[str]) -> set[str]:
    """What was declared as broken since the earlier wave, and what is derived from it."""
    broken = {
        name
        for found in new.breaks
        if not at_or_before(found.since, old.wave, order)
        and at_or_before(found.since, new.wave, order) is not False
        for name in found.items
    }
    for name, derived in new.derived.items():  # a source stands above what is derived from it
        if derived.from_ in broken:
            broken.add(name)
    return broken


def _closed(old: Codebook, new: Codebook) -> list[ItemChange]:
    def gone(
        part: Literal["variable", "indicator", "multi_response"], before: Iterable[str], after: Iterable[str]
    ) -> list[ItemChange]:
        kept = {new.was.get(name, name) for name in after}
        return [ItemChange(part, "", name, "closed") for name in before if name not in kept]

    return [
        *gone("variable", old.variables, new.variables),
        *gone("indicator", old.indicators, new.indicators),
        *gone("multi_response", old.multi_response, new.multi_response),
    ]


def _worth(changes: tuple[str, ...]) -> Comparability:
    serious = set(changes) - _HARMLESS
    if not serious:
        return "comparable"
    return "with_caution" if serious <= _CAUTION else "not_comparable"


def _variable_changes(old: Variable, new: Variable) -> tuple[str, ...]:
    found = []
    if folded(old.question) != folded(new.question):
        found.append("wording")
    if old.kind != new.kind or _texts(old) != _texts(new):
        found.append("scale")
    elif old.labels != new.labels:
        found.append("codes")
    if sorted(set(old.missing.values())) != sorted(set(new.missing.values())):
        found.append("missing")
    return tuple(found)


def _texts(variable: Variable) -> list[str]:
    return [folded(text) for text in variable.categories]


def _indicator_changes(
    old: Indicator, new: Indicator, *, old_book: Codebook, new_book: Codebook
) -> list[str]:
    found = []
    before, after = old_book.all_variables.get(old.from_), new_book.all_variables.get(new.from_)
    if new_book.was.get(new.from_, new.from_) != old.from_:
        found.append("source")
    if old.version != new.version:
        found.append("version")
    if folded(old.reference_period) != folded(new.reference_period):
        found.append("period")
    if before is not None and after is not None:
        if _meant(old.counts, before) != _meant(new.counts, after):
            found.append("counts")
        if _meant(old.base or tuple(before.labels), before) != _meant(new.base or tuple(after.labels), after):
            found.append("base")
    return found


def _meant(codes: tuple[int | float | str, ...], variable: Variable) -> set[str]:
    """Codes as the texts they stand for, so that renumbering changes nothing."""
    return {folded(variable.labels.get(code, str(code))) for code in codes}


def _block_changes(old: MultiResponse, new: MultiResponse) -> tuple[str, ...]:
    found = []
    if folded(old.question) != folded(new.question):
        found.append("wording")
    if {name: folded(old.label_of(name)) for name in old.options} != {
        name: folded(new.label_of(name)) for name in new.options
    }:
        found.append("options")
    if old.choose != new.choose:
        found.append("choose")
    if old.version != new.version:
        found.append("version")
    return tuple(found)
