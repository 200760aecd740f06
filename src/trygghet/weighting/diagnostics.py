"""Tables by which a person decides whether to trust weights."""

from collections.abc import Sequence
from html import escape

import numpy as np
import pandas as pd

from trygghet._typing import Columns, FloatArray
from trygghet.errors import Problem
from trygghet.weighting.margins import Margins
from trygghet.weighting.membership import place_table, respelled
from trygghet.weighting.sample import aliases_of
from trygghet.weighting.tables import MarginTable, category_label
from trygghet.weighting.weights import Weights

_MINUS = "\N{MINUS SIGN}"
LARGEST_SHARE_GAP = 0.05
"""A weighted share within a district that lies further than this from the population's is told."""


def balance_table(weights: Weights) -> pd.DataFrame:
    """Each margin category before and after calibration, beside the population.

    Parameters
    ----------
    weights : Weights
        Calibrated weights.

    Returns
    -------
    DataFrame
        Columns ``category, respondents, population, before, after, asd_before, asd_after``: persons who answered, share of the
        population, weighted shares, and absolute standardised differences; one row a category, numeric totals left out. Empty
        when the weights are not calibrated.

    Notes
    -----
    ``ASD = |p - P| / sqrt(P (1 - P))`` with P the population's share.

    References
    ----------
    Austin, P. C. (2009). Balance diagnostics for comparing the distribution of baseline covariates between treatment groups.
    Statistics in Medicine 28, 3083-3107. doi:10.1002/sim.3697
    """
    columns = ["category", "respondents", "population", "before", "after", "asd_before", "asd_after"]
    if not weights.calibration:
        return pd.DataFrame(columns=columns)
    step = weights.calibration[-1]
    counts = np.asarray(step.matrix.T @ np.ones(len(weights)))
    counted = np.array(["sum(" not in name for name in weights.margin_names])
    total = float(weights.values.sum())
    population = weights.targets / total
    before = np.asarray(step.matrix.T @ step.before) / step.before.sum()
    after = np.asarray(step.matrix.T @ weights.values) / total
    table = pd.DataFrame(
        {
            "category": weights.margin_names,
            "respondents": counts,
            "population": population,
            "before": before,
            "after": after,
            "asd_before": _standardised(before, population),
            "asd_after": _standardised(after, population),
        },
        columns=columns,
    )
    return table[counted].reset_index(drop=True)


def share_gaps(columns: Columns, weights: Weights, margins: Margins) -> pd.DataFrame:
    """Weighted composition within each group against tables that were not calibrated to.

    Parameters
    ----------
    columns : Columns
        The weighted respondents.
    weights : Weights
        Their weights.
    margins : Margins
        Margins with check tables, such as district by age.

    Returns
    -------
    DataFrame
        Columns ``table, within, category, respondents, population, weighted, gap``: shares within the table's first variable.
        Empty when there are no check tables.
    """
    parts = [_gaps_of(columns, weights, table, margins=margins) for table in margins.checks]
    names = ["table", "within", "category", "respondents", "population", "weighted", "gap"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=names)


def weights_by_group(columns: Columns, weights: Weights, by: str) -> pd.DataFrame:
    """Design effect and effective sample size of unequal weights in each group.

    Parameters
    ----------
    columns : Columns
        The weighted respondents.
    weights : Weights
        Their weights.
    by : str
        Grouping variable.

    Returns
    -------
    DataFrame
        Columns ``group, n, effective_n, kish_deff, smallest, largest`` (weights relative to their overall mean).
    """
    groups = columns.groups(by)
    relative = weights.values / weights.values.mean()
    rows = []
    for code, label in enumerate(groups.labels):
        inside = relative[groups.codes == code]
        if len(inside):
            deff = float(len(inside) * (inside @ inside) / inside.sum() ** 2)
            rows.append(
                (str(label), len(inside), len(inside) / deff, deff, float(inside.min()), float(inside.max()))
            )
    return pd.DataFrame(rows, columns=["group", "n", "effective_n", "kish_deff", "smallest", "largest"])


def item_moves(columns: Columns, weights: Weights, items: Sequence[str]) -> pd.DataFrame:
    """What weighting does to each item: the mean unweighted, with the start weights and with the final weights.

    Parameters
    ----------
    columns : Columns
        The weighted respondents.
    weights : Weights
        Their weights.
    items : sequence of str
        Indicators or numeric variables.

    Returns
    -------
    DataFrame
        Columns ``item, n, unweighted, start, weighted, move`` (weighted less unweighted), the largest move first.
    """
    rows = []
    for item in items:
        values = columns.numeric(item)
        valid = np.isfinite(values)
        if not valid.any():
            continue
        means = [
            float(np.average(values[valid], weights=w[valid]))
            for w in (np.ones(len(values)), weights.start, weights.values)
        ]
        rows.append((item, int(valid.sum()), *means, means[2] - means[0]))
    table = pd.DataFrame(rows, columns=["item", "n", "unweighted", "start", "weighted", "move"])
    return table.sort_values("move", key=np.abs, ascending=False, kind="stable").reset_index(drop=True)


def summary_html(weights: Weights) -> str:
    """The summary of weights and their balance table as a piece of HTML.

    Parameters
    ----------
    weights : Weights
        The weights.

    Returns
    -------
    str
        A paragraph and a table with a caption and header cells.
    """
    head, *lines = weights.summary().splitlines()
    items = "".join(f"<li>{escape(line.strip())}</li>" for line in lines)
    rows = "".join(
        f'<tr><th scope="row">{escape(str(row.category))}</th><td>{row.respondents:.0f}</td><td>{row.population:.1%}</td>'
        f"<td>{row.before:.1%}</td><td>{row.after:.1%}</td><td>{row.asd_before:.3f}</td></tr>"
        for row in balance_table(weights).itertuples()
    )
    names = ("category", "respondents", "population", "before", "after", "ASD before")
    header = "".join(f'<th scope="col">{name}</th>' for name in names)
    table = (
        f"<table><caption>Margins</caption><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
        if rows
        else ""
    )
    return f"<div><p><strong>{escape(head)}</strong></p><ul>{items}</ul>{table}</div>"


def gap_notes(
    columns: Columns, weights: Weights, margins: Margins, *, area: str | None = None
) -> tuple[Problem, ...]:
    """Notes on the composition within districts: gaps where it can be checked, and where it cannot.

    Parameters
    ----------
    columns : Columns
        The weighted respondents.
    weights : Weights
        Their weights.
    margins : Margins
        Margins, perhaps with check tables.
    area : str, optional
        The area variable.

    Returns
    -------
    tuple of Problem
        At most one note on the largest gap, and one if districts are not crossed with anything.
    """
    notes = []
    gaps = share_gaps(columns, weights, margins)
    if len(gaps) and gaps["gap"].abs().max() > LARGEST_SHARE_GAP:
        notes.append(_gap_note(gaps))
    crossed = any(
        area in table.variables and len(table.variables) > 1 for table in (*margins.tables, *margins.checks)
    )
    if area is not None and not crossed and any(area in table.variables for table in margins.tables):
        notes.append(
            Problem(
                code="VIKT-66",
                what=f"No margin crosses {area} with age or sex, so the composition within districts is unchecked.",
                why="District margins alone do not repair who answered within a district.",
                remedy="Add a table of district by age, to calibrate to or as a check.",
                facts={"omrade": area},
            )
        )
    return tuple(notes)


def _gap_note(gaps: pd.DataFrame) -> Problem:
    """The widest gap, and the widest of every district that has a wide one."""
    wide = gaps[gaps["gap"].abs() > LARGEST_SHARE_GAP].sort_values(
        "gap", key=np.abs, ascending=False, kind="stable"
    )
    worst, each = wide.iloc[0], wide.drop_duplicates("within")
    columns = zip(each["within"].head(5), each["category"].head(5), each["gap"].head(5), strict=True)
    listed = "; ".join(
        f"{within}, {category} {'+' if gap > 0 else _MINUS}{abs(100 * float(gap)):.0f}"
        for within, category, gap in columns
    )
    return Problem(
        code="VIKT-65",
        what=f"Within {worst['within']}, the weighted share of {worst['category']} is {worst['gap']:+.1%} from the population;"
        f" more than {LARGEST_SHARE_GAP:.0%} in {len(each)} ({listed}).",
        why="Margins that do not cross leave the composition within districts as it answered.",
        remedy="Rake to the crossing, with thin cells merged by a declared table.",
        facts={
            "inom": str(worst["within"]),
            "kategori": str(worst["category"]),
            "avstand": f"{abs(100 * worst['gap']):.0f}",
            "grans": f"{100 * LARGEST_SHARE_GAP:.0f}",
            "antal": len(each),
            "lista": listed,
        },
    )


def _gaps_of(columns: Columns, weights: Weights, table: MarginTable, *, margins: Margins) -> pd.DataFrame:
    table = respelled(table, aliases_of(columns))
    place = place_table(columns, table, margins)
    membership = place.patterns[place.codes]
    reached = np.asarray(membership.T @ weights.values)
    counts = place.respondents
    within = [category[0] for category in table.categories]
    frame = pd.DataFrame(
        {
            "table": table.name,
            "within": within,
            "category": [category_label(category[1:]) or category[0] for category in table.categories],
            "respondents": counts,
            "population": table.totals,
            "weighted": reached,
        }
    )
    if len(table.variables) == 1:
        frame["within"] = ""
    for name in ("population", "weighted"):
        frame[name] = frame[name] / frame.groupby("within")[name].transform("sum")
    return frame.assign(gap=frame["weighted"] - frame["population"])


def _standardised(shares: FloatArray, population: FloatArray) -> FloatArray:
    spread = np.sqrt(np.clip(population * (1.0 - population), 0.0, None))
    return np.divide(np.abs(shares - population), spread, out=np.zeros_like(shares), where=spread > 0)
