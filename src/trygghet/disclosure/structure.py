"""What everybody knows about how published numbers hang together, beside the numbers themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, permutations
from typing import Self

from trygghet.codebook import Codebook, Indicator
from trygghet.weighting import Margins

ALL_PLACES = ("", "Alla")


@dataclass(frozen=True, slots=True)
class Structure:
    """How the cells of one wave add up, as a reader can know it from the questionnaire and the population register.

    Domains of one variable, crossings and their margins, and the answers of one question are found from the cells
    themselves.

    Parameters
    ----------
    groups : mapping of str to mapping of str to tuple of str
        For a domain variable, its named groups and the domains in each; the cells of group ``g`` of ``omrade`` are by
        ``"omrade:g"``, domain ``"g"``.
    complete : tuple of tuple of str
        Items of which everybody in the base is counted in exactly one.
    within : tuple of tuple of str
        Pairs of items of which whoever is counted in the first is counted in the second.
    covered : mapping of str to tuple of str
        For an item, items of which whoever is counted in it is counted in at least one.
    populations : mapping of tuple of str to float
        Number of inhabitants by (by, domain); with them a share is a number of persons that adds up over domains. The margins
        of a crossing are known with it.

    Examples
    --------
    >>> known = Structure(groups={"omrade": {"utsatt_omrade": ("Lunden", "Höjden")}})
    >>> known.groups["omrade"]["utsatt_omrade"]
    ('Lunden', 'Höjden')
    """

    groups: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    complete: tuple[tuple[str, ...], ...] = ()
    within: tuple[tuple[str, str], ...] = ()
    covered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    populations: Mapping[tuple[str, str], float] = field(default_factory=dict)

    @classmethod
    def from_codebook(cls, book: Codebook, margins: Margins | None = None) -> Self:
        """Read the structure of a wave from its codebook and its population margins.

        Parameters
        ----------
        book : Codebook
            Codebook: groups of areas, indicators of the same variable, unions of options.
        margins : Margins, optional
            Population totals.

        Returns
        -------
        Structure
            What a reader can know.
        """
        groups = {book.areas.variable: dict(book.areas.groups)} if book.areas and book.areas.groups else {}
        covered, within = {}, list(_within(book))
        for name, block in book.multi_response.items():
            for union, options in block.unions.items():
                covered[f"{name}.{union}"] = tuple(f"{name}.{option}" for option in options)
                within += [(f"{name}.{option}", f"{name}.{union}") for option in options]
        return cls(groups, tuple(_complete(book)), tuple(within), covered, _populations(margins))


def _within(book: Codebook) -> Iterator[tuple[str, str]]:
    for one, other in _same_question(book):
        for (name, inner), (container, outer) in (((one), (other)), ((other), (one))):
            if set(inner.counts) < set(outer.counts):
                yield name, container


def _complete(book: Codebook) -> Iterator[tuple[str, ...]]:
    """Pairs of indicators of one question that are each other's complement."""
    for (one, left), (other, right) in _same_question(book):
        base = left.base if left.base is not None else tuple(book.variable(left.from_).labels)
        if not set(left.counts) & set(right.counts) and {*left.counts, *right.counts} == set(base):
            yield one, other


def _same_question(book: Codebook) -> Iterator[tuple[tuple[str, Indicator], tuple[str, Indicator]]]:
    for one, other in combinations(book.indicators.items(), 2):
        if one[1].from_ == other[1].from_ and one[1].base == other[1].base:
            yield one, other


def _populations(margins: Margins | None) -> dict[tuple[str, str], float]:
    if margins is None:
        return {}
    known = {ALL_PLACES: float(margins.total)} if margins.total == margins.total else {}
    for table in margins.tables:
        if not table.numeric:
            for kept in _in_any_order(table.variables):
                by = " * ".join(kept)
                known |= {(by, " * ".join(key)): total for key, total in table.collapsed(kept).items()}
    return known


def _in_any_order(variables: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every choice of some variables: whoever knows a crossing knows its margins, whatever stands first."""
    for count in range(1, len(variables) + 1):
        yield from permutations(variables, count)
