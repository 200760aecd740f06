"""Every number that will be published together, as one table of cells: what the rules and the audit look at."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet._typing import IntArray
from trygghet.claims import Claim
from trygghet.disclosure.publishable import Cell
from trygghet.disclosure.tables import Table
from trygghet.errors import DisclosureError, Problem
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.shares import RespondentShares
from trygghet.ranking import Ranking, evidence_of

KEY = ["wave", "stream", "quantity", "item", "category", "by", "domain"]
ADDITIVE = frozenset({"mean", "proportion", "multi_response", "total"})

Screenable = Estimates | RespondentShares | Ranking | Claim | Table


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All cells of all results, each once.

    Parameters
    ----------
    cells : DataFrame
        Columns wave, stream, quantity, item, category, by, domain (together unique), variant (which of several
        different numbers under the same name), value, n, numerator (-1 where the value is no share), status, sampled
        (whether it rests on a probability sample), unknown (whether it counts those whose group nobody knows); index 0..p-1.
    rows : mapping of str to array of int
        For each result, the position in ``cells`` of each of its own cells.
    """

    cells: pd.DataFrame
    rows: Mapping[str, IntArray]

    def named(self, positions: IntArray) -> list[Cell]:
        """Name the cells at some positions.

        Parameters
        ----------
        positions : array of int
            Rows of ``cells``.

        Returns
        -------
        list of Cell
            Their names.
        """
        names = (self.cells[key].to_numpy(dtype=object)[positions].tolist() for key in KEY)
        return [Cell(*name) for name in zip(*names, strict=True)]


def collect_cells(results: Mapping[str, Screenable]) -> Catalogue:
    """Gather the cells of all results; a cell that stands in several results is one cell.

    Parameters
    ----------
    results : mapping of str to result
        What will be published together.

    Returns
    -------
    Catalogue
        Every cell once, and where each result has it. Numbers that share a name but differ in base or numerator
        (two subsets of the same answers) are different cells, told apart by ``variant``.
    """
    frames = {name: frame for name, result in results.items() if (frame := cells_of(result)) is not None}
    if not frames:
        return Catalogue(
            pd.DataFrame(
                columns=[*KEY, "variant", "value", "n", "numerator", "status", "sampled", "unknown"]
            ),
            {},
        )
    stacked = pd.concat(frames.values(), ignore_index=True)
    identity = [*KEY, "n", "numerator"]
    number = stacked.groupby(identity, sort=False, dropna=False).ngroup().to_numpy()
    first = np.unique(number, return_index=True)[1]
    cells = stacked.loc[first].reset_index(drop=True)
    cells.insert(len(KEY), "variant", cells.groupby(KEY, sort=False).cumcount())
    ends = np.cumsum([len(frame) for frame in frames.values()])
    return Catalogue(cells, dict(zip(frames, np.split(number, ends[:-1]), strict=True)))


def cells_of(result: Screenable) -> pd.DataFrame | None:
    """List the cells of one result.

    Parameters
    ----------
    result : Estimates, RespondentShares, a ranking, Claim or Table
        Result.

    Returns
    -------
    DataFrame or None
        One row a cell, in the result's own order; None for what has no cells of its own: a claim, or a composite of numbers
        without sampling error.

    Raises
    ------
    DisclosureError
        SEK-04 for another type.
    """
    if not isinstance(result, Screenable):
        raise unknown_type(result)
    if isinstance(result, Claim):
        return None
    if isinstance(result, Table):
        return _counts_of(result)
    estimates = result if isinstance(result, Estimates | RespondentShares) else evidence_of(result)
    if estimates is None:
        return None
    quantity = "level" if estimates.estimand in ADDITIVE else estimates.estimand
    return pd.DataFrame(
        {
            "wave": estimates.about.wave,
            "stream": estimates.about.stream,
            "quantity": quantity,
            **{column: estimates.cells[column].to_numpy() for column in ("item", "category", "by", "domain")},
            "value": estimates.values,
            "n": estimates.n,
            "numerator": estimates.numerator,
            "status": estimates.status,
            "sampled": isinstance(estimates, Estimates),
            "unknown": False,
        }
    )


def unknown_type(result: object) -> DisclosureError:
    """Refusal of a result whose numbers the screen does not know how to find.

    Parameters
    ----------
    result : object
        What was given.

    Returns
    -------
    DisclosureError
        SEK-04.
    """
    return DisclosureError(
        Problem(
            code="SEK-04",
            what=f"A {type(result).__name__} was given to the screen.",
            why="The screen knows which numbers it has to look at in its own types only.",
            remedy="Give Estimates, RespondentShares, a ranking, a Claim or a Table.",
            facts={"typ": type(result).__name__},
        )
    )


def _counts_of(table: Table) -> pd.DataFrame:
    within = table.frame[table.sums_within].astype(str) if table.sums_within else ""
    parts = []
    for column in table.counts:
        known = table.frame[column].notna()
        count = table.frame[column].fillna(0).astype(np.int64)
        part = pd.DataFrame(
            {"wave": table.wave, "stream": table.stream, "quantity": "count", "item": column, "category": ""},
            index=table.frame.index,
        )
        part["by"] = within
        part["domain"] = table.frame[table.groups].astype(str) if table.groups else table.frame.index.map(str)
        part["unknown"] = (part["domain"] == table.unknown) if table.groups and table.unknown else False
        part["value"], part["n"], part["numerator"] = count.astype(np.float64), count, -1
        part["status"] = np.where(known, "ok", "not_asked")
        part["sampled"] = False
        parts.append(part)
    return pd.concat(parts, ignore_index=True)
