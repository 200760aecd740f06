"""What the reader must know of a calibration that worked: gaps, unplaced respondents, thin categories."""

import numpy as np

from trygghet.errors import Problem
from trygghet.weighting.margins import Margins
from trygghet.weighting.membership import Membership
from trygghet.weighting.tables import MarginTable, category_label

THIN_CATEGORY = 20
"""Respondents in a margin category below which its factor is unsure."""
THIN_SAMPLE = 20
"""Respondents per independent total below which calibrated standard errors run low."""


def calibration_notes(membership: Membership, margins: Margins, *, rows: int) -> tuple[Problem, ...]:
    """Notes on a calibration.

    Parameters
    ----------
    membership : Membership
        The sample's place in the margins.
    margins : Margins
        Population totals.
    rows : int
        Respondents.

    Returns
    -------
    tuple of Problem
        Notes; nothing in them stops the work.
    """
    notes = []
    if margins.gap > 0:
        notes.append(
            Problem(
                code="VIKT-53",
                what=f"The margin tables differed by up to {margins.gap:.2%} and were fitted to N = {margins.total:,.0f}.",
                why="Published tables carry noise, so that parts need not sum to their total.",
                facts={"avstand": _percent(margins.gap), "antal": round(margins.total)},
            )
        )
    numeric = {table.numeric for table in margins.tables}
    notes += [
        _unplaced(name, count, as_respondents=bool(margins.expected) and name not in numeric)
        for name, count in membership.unplaced.items()
    ]
    notes += [
        Problem(
            code="VIKT-55",
            what=f"Table {table.name}: {len(table.merges)} categories were merged by a declared table ({_merged(table)}).",
            facts={"tabell": table.name, "antal": len(table.merges), "sammanslagna": _merged(table)},
        )
        for table in margins.tables
        if table.merges
    ]
    return (*notes, *_thin(membership, rows))


def _unplaced(name: str, count: int, *, as_respondents: bool) -> Problem:
    """Respondents without a category, and what they are taken for."""
    facts: dict[str, str | int | float] = {"variabel": name, "antal": count}
    if as_respondents:
        return Problem(
            code="VIKT-81",
            what=f"{count} respondents have no category of {name}; they belong to all as the other respondents do.",
            why="They stay in every base.",
            facts=facts,
        )
    return Problem(
        code="VIKT-54",
        what=f"{count} respondents have no category of {name}; they belong to all in proportion to the population.",
        why="They stay in every base.",
        facts=facts,
    )


def _merged(table: MarginTable) -> str:
    """Every merge of a table, such as "16-29, 30-64 → 16-64"."""
    parts: dict[str, list[str]] = {}
    for old, new in table.merges.items():
        parts.setdefault(category_label(new), []).append(category_label(old))
    return "; ".join(f"{', '.join(old)} → {new}" for new, old in parts.items())


def _thin(membership: Membership, rows: int) -> tuple[Problem, ...]:
    counts = np.concatenate([place.respondents for place in membership.places])
    counted = np.concatenate(
        [np.full(place.patterns.shape[1], place.values is None) for place in membership.places]
    )
    thin = np.flatnonzero((counts < THIN_CATEGORY) & counted)
    notes = []
    if len(thin):
        names = "; ".join(membership.names[int(k)] for k in thin[:5])
        notes.append(
            Problem(
                code="VIKT-56",
                what=f"{len(thin)} margin categories have fewer than {THIN_CATEGORY} respondents ({names}).",
                why="Their weights rest on few people.",
                remedy="Merge them by a declared collapse.",
                facts={"antal": len(thin), "grans": THIN_CATEGORY, "kategorier": names},
            )
        )
    independent = len(membership.targets) - len(membership.places) + 1
    if rows < THIN_SAMPLE * independent:
        notes.append(
            Problem(
                code="VIKT-57",
                what=f"{rows} respondents are calibrated to {independent} independent totals.",
                why=f"Below {THIN_SAMPLE} respondents a total the standard errors run low.",
                remedy="Use fewer or coarser margins.",
                facts={"rader": rows, "antal": independent, "grans": THIN_SAMPLE},
            )
        )
    return tuple(notes)


def _percent(share: float) -> str:
    return f"{100 * share:.2f}".replace(".", ",") + "\u00a0%"
