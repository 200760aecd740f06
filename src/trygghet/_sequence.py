"""Waves in time: their declared order, else the years in their names; never the order of the alphabet."""

import re
from collections.abc import Iterable, Sequence

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def in_time(waves: Sequence[str], pairs: Iterable[tuple[str, str]] = ()) -> tuple[str, ...]:
    """Order waves, oldest first.

    Parameters
    ----------
    waves : sequence of str
        Names of waves; where nothing else decides, they stand oldest first.
    pairs : iterable of (str, str)
        What is known for certain: an earlier and a later wave.

    Returns
    -------
    tuple of str
        Each wave once. Certain pairs come first, then the first year in each name where every name has one, then the given order.

    Raises
    ------
    ValueError
        When a wave would come before itself.

    Examples
    --------
    >>> in_time(["2026", "2022", "2024"])
    ('2022', '2024', '2026')
    >>> in_time(["hösten 2024", "våren 2024"], [("våren 2024", "hösten 2024")])
    ('våren 2024', 'hösten 2024')
    """
    left = list(dict.fromkeys(waves))
    before = {wave: {old for old, new in pairs if new == wave and old in left} for wave in left}
    years = {wave: year_of(wave) for wave in left}
    if None not in years.values():
        left.sort(key=lambda wave: years[wave] or 0)
    found: list[str] = []
    while left:
        following = next((wave for wave in left if before[wave] <= set(found)), None)
        if following is None:
            raise ValueError(f"waves in a circle: {', '.join(left)}")
        found.append(following)
        left.remove(following)
    return tuple(found)


def at_or_before(wave: str, other: str, order: Sequence[str] = ()) -> bool | None:
    """Tell whether a wave came no later than another one.

    Parameters
    ----------
    wave, other : str
        Names of waves.
    order : sequence of str
        Names of waves, oldest first, where their order is declared.

    Returns
    -------
    bool or None
        None where neither the order nor the years in the names tell.

    Examples
    --------
    >>> at_or_before("9", "10", order=("9", "10"))
    True
    >>> at_or_before("våren", "hösten") is None
    True
    """
    if wave == other:
        return True
    if wave in order and other in order:
        return order.index(wave) < order.index(other)
    first, second = year_of(wave), year_of(other)
    return None if first is None or second is None or first == second else first < second


def year_of(wave: str) -> int | None:
    """Read the first year in the name of a wave.

    Parameters
    ----------
    wave : str
        Name.

    Returns
    -------
    int or None
        None where there is none.

    Examples
    --------
    >>> year_of("2013-14"), year_of("hösten 2024"), year_of("första")
    (2013, 2024, None)
    """
    found = _YEAR.search(wave)
    return int(found.group()) if found else None
