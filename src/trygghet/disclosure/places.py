"""Sums over domains: which domains make up which larger domain, whatever item is looked at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from trygghet.disclosure.structure import ALL_PLACES

CROSSING = " * "
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sum:
    """A domain and the domains that make it up.

    Parameters
    ----------
    whole : tuple of str
        The larger domain, as (by, domain).
    parts : tuple of tuple of str
        The domains that make it up.
    """

    whole: Place
    parts: tuple[Place, ...]


def sums_over(places: Iterable[Place], groups: Mapping[str, Mapping[str, Sequence[str]]]) -> tuple[Sum, ...]:
    """Every sum over domains that the published domains take part in.

    Parameters
    ----------
    places : iterable of tuple of str
        Published domains, as (by, domain).
    groups : mapping of str to mapping of str to sequence of str
        Named groups of domains of a variable.

    Returns
    -------
    tuple of Sum
        The domains of a variable make up everyone; those of a crossing make up each of its margins, which are added to
        the list themselves; the members of a group make up the group.

    Examples
    --------
    >>> for total in sums_over([("kon", "Kvinna"), ("kon", "Man")], {}):
    ...     print(total.whole, total.parts)
    ('', 'Alla') (('kon', 'Kvinna'), ('kon', 'Man'))
    """
    known = set(places) - {ALL_PLACES}
    sums: list[Sum] = []
    done: set[str] = set()
    while todo := sorted({by for by, _ in known} - done, key=lambda by: (-by.count(CROSSING), by)):
        by = todo[0]
        inside = sorted(place for place in known if place[0] == by)
        found = _margins(by, inside) if CROSSING in by else [Sum(ALL_PLACES, tuple(inside))]
        sums += found
        known |= {total.whole for total in found} - {ALL_PLACES}
        done.add(by)
    for by, named in groups.items():
        for group, members in named.items():
            whole = (f"{by}:{group}", group)
            if whole in known:
                sums.append(Sum(whole, tuple((by, member) for member in members)))
    return tuple(sums)


def _margins(by: str, inside: list[Place]) -> list[Sum]:
    names = by.split(CROSSING)
    found = []
    for left_out in range(len(names)):

        def margin(place: Place, left_out: int = left_out) -> str:
            return CROSSING.join(_without(place[1].split(CROSSING), left_out))

        whole_by = CROSSING.join(_without(names, left_out))
        fitting = [place for place in inside if len(place[1].split(CROSSING)) == len(names)]
        for domain, parts in groupby(sorted(fitting, key=lambda place: (margin(place), place)), key=margin):
            found.append(Sum((whole_by, domain), tuple(parts)))
    return found


def _without(parts: list[str], position: int) -> list[str]:
    return [part for place, part in enumerate(parts) if place != position]
