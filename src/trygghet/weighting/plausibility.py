"""Whether a sample can have come from the population that the margins count."""

import numpy as np

from trygghet._distributions import poisson_above, poisson_at_most
from trygghet._typing import FloatArray
from trygghet.errors import MarginError, Problem
from trygghet.ingest import Microdata
from trygghet.weighting.margins import Margins
from trygghet.weighting.membership import place_table, respelled
from trygghet.weighting.sample import aliases_of
from trygghet.weighting.tables import MarginTable, category_label

FOLD = 4.0
"""Times more or fewer than expected that no difference in response explains."""
CHANCE = 1e-6
"""Probability below which chance does not explain it either."""


def check_plausible(margins: Margins, microdata: Microdata, start: FloatArray) -> None:
    """Compare the start-weighted sample with every table of persons, calibrated or only compared with.

    Calibration would hide a column whose codes mean something else than the population table's: it always meets its totals.

    Parameters
    ----------
    margins : Margins
        Population totals.
    microdata : Microdata
        Residents of one stream.
    start : array of float, shape (n,)
        Weights before calibration.

    Raises
    ------
    MarginError
        VIKT-70 with one problem a table that has a category with more than four times, or less than a quarter of, the
        respondents that its share of the population gives, and where chance does not explain the gap.

    Notes
    -----
    With n respondents and a population share p, np are expected; the start-weighted count is held against the Poisson
    distribution of mean np.
    """
    tables = [table for table in (*margins.tables, *margins.checks) if table.variables and not table.numeric]
    problems = [
        problem for table in tables for problem in _compared(table, margins, microdata=microdata, start=start)
    ]
    if problems:
        raise MarginError(*problems)


def _compared(
    table: MarginTable, margins: Margins, *, microdata: Microdata, start: FloatArray
) -> list[Problem]:
    own = respelled(table, aliases_of(microdata))
    place = place_table(microdata, own, margins)
    weighted = np.bincount(place.codes, weights=start, minlength=place.patterns.shape[0])
    found = (place.patterns.T @ weighted) * (len(start) / start.sum())
    expected = own.totals * (len(start) / own.totals.sum())
    far = (found > FOLD * expected) | (found < expected / FOLD)
    chance = np.minimum(
        poisson_above(np.floor(found) - 1, expected), poisson_at_most(np.ceil(found), expected)
    )
    wrong = np.flatnonzero(far & (chance < CHANCE))
    if not len(wrong):
        return []
    worst = int(wrong[np.argmax(np.abs(np.log(np.maximum(found[wrong], 0.5) / expected[wrong])))])
    name = category_label(own.categories[worst])
    return [
        Problem(
            code="VIKT-70",
            what=f"{len(wrong)} categories of {category_label(table.variables)} do not fit the population;"
            f" worst {name}: {found[worst]:.0f} respondents where {expected[worst]:.0f} are expected.",
            why="Neither chance nor nonresponse explains that: the codes of the file probably mean something else.",
            remedy="Ask whoever made the file what the codes mean, or calibrate to a coarser division.",
            facts={
                "tabell": category_label(table.variables),
                "antal": len(wrong),
                "kategori": name,
                "svarande": round(float(found[worst])),
                "vantat": round(float(expected[worst])),
            },
        )
    ]
