"""Known population totals: what the weights are calibrated to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Self

import numpy as np

from trygghet._html import told_html
from trygghet.errors import MarginError, Problem
from trygghet.weighting.margin_files import read_margin_file
from trygghet.weighting.reconcile import reconcile
from trygghet.weighting.tables import Category, MarginTable, as_category, category_label, table_problems

TableKey = str | tuple[str, ...]
TableTotals = Mapping[object, float] | float


@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """Population totals that the weights must reproduce, reconciled to one population size.

    Parameters
    ----------
    tables : tuple of MarginTable
        The tables after reconciliation; every table of persons sums to ``total``.
    total : float
        Population size N; NaN when no table counts persons.
    gap : float
        Largest relative distance between totals that should be equal, before they were reconciled.
    proportional : mapping of str to tuple of str
        Labels of a variable that have no population total (such as "annat") and get proportional membership.
    checks : tuple of MarginTable
        Tables that are compared with the weighted sample but not calibrated to.
    expected : tuple of mapping
        By table, how many of each category respondents without one are taken for, where :func:`share_as_respondents` was used; empty
        where they are shared out in proportion to the totals.

    Examples
    --------
    >>> margins = Margins.from_dict({"kon": {"Kvinna": 510.0, "Man": 490.0}, "alder": {"16-49": 600.0, "50+": 405.0}})
    >>> margins.total
    1000.0
    >>> round(margins.gap, 3)
    0.005
    """

    tables: tuple[MarginTable, ...]
    total: float
    gap: float = 0.0
    proportional: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    checks: tuple[MarginTable, ...] = ()
    expected: tuple[Mapping[Category, float], ...] = ()

    @classmethod
    def from_tables(
        cls,
        tables: Sequence[MarginTable],
        *,
        proportional: Mapping[str, tuple[str, ...]] | None = None,
        checks: Sequence[MarginTable] = (),
    ) -> Self:
        """Margins from tables as they were published, reconciled to one population size.

        Parameters
        ----------
        tables : sequence of MarginTable
            Tables to calibrate to; a table without variables, else the first one, sets the population size.
        proportional : mapping of str to tuple of str
            Labels without a population total, by variable.
        checks : sequence of MarginTable
            Tables to compare with only.

        Returns
        -------
        Margins
            The reconciled tables.

        Raises
        ------
        MarginError
            If there is no table, or the tables contradict each other by more than noise.
        """
        agreed = reconcile(tables)
        coarse = tuple(table.merged(table.merges) if table.merges else table for table in agreed.tables)
        return cls(
            coarse, agreed.total, agreed.gap, MappingProxyType(dict(proportional or {})), tuple(checks)
        )

    @classmethod
    def from_dict(
        cls, tables: Mapping[TableKey, TableTotals], *, source: str = "", reference_date: str = ""
    ) -> Self:
        """Margins from a dictionary of tables.

        Parameters
        ----------
        tables : mapping
            ``{"kon": {"Kvinna": 510.0}}`` for one variable, ``{("kon", "alder"): {("Kvinna", "16-49"): 300.0}}`` for a crossing,
            ``{(): 1000.0}`` for the population size, ``{"inkomst": 3.1e6}`` for the total of a numeric variable.
        source : str
            Where the totals come from.
        reference_date : str
            Date that the totals refer to.

        Returns
        -------
        Margins
            The reconciled tables.

        Raises
        ------
        MarginError
            If a total is no positive number, or the tables contradict each other.
        """
        made, problems = [], []
        for key, totals in tables.items():
            table = _table(key, totals, source=source, reference_date=reference_date)
            problems += table_problems(table)
            made.append(table)
        if problems:
            raise MarginError(*problems)
        return cls.from_tables(made)

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Margins from a file: ``margins.csv`` or the same columns in an Excel sheet, a PX file or a JSON-stat file.

        Parameters
        ----------
        path : str or Path
            The file. CSV is UTF-8 with the columns ``table,variables,categories,total,reference_date,source``; crossings are joined
            by `` * ``; ``sum(inkomst)`` among the variables means the total of a numeric variable.

        Returns
        -------
        Margins
            The reconciled tables.

        Raises
        ------
        MarginError
            With every problem of the file at once.
        """
        parts = read_margin_file(Path(path))
        return cls.from_tables(parts.tables, proportional=parts.proportional, checks=parts.checks)

    def with_proportional(self, labels: Mapping[str, Sequence[str]]) -> Self:
        """The same margins with labels declared to have no population total.

        Parameters
        ----------
        labels : mapping of str to sequence of str
            Labels by variable, such as ``{"kon": ["Annat", "Vill ej svara"]}``; their respondents get proportional membership.

        Returns
        -------
        Margins
            Margins with the declaration added.
        """
        merged = dict(self.proportional)
        for name, given in labels.items():
            merged[name] = tuple(dict.fromkeys((*merged.get(name, ()), *given)))
        return replace(self, proportional=MappingProxyType(merged))

    def collapse(self, variables: TableKey, mapping: Mapping[object, object]) -> Self:
        """The same margins with thin categories of one table merged by a declared table.

        Parameters
        ----------
        variables : str or tuple of str
            The table, by its variables.
        mapping : mapping
            Old category to new category, for instance ``{"70-79": "70+", "80+": "70+"}`` or pairs of labels for a crossing.

        Returns
        -------
        Margins
            Margins where that table is coarser; respondents follow, and the weights log it.

        Raises
        ------
        MarginError
            If the table or a category does not exist.
        """
        wanted = (variables,) if isinstance(variables, str) else tuple(variables)
        merges = {as_category(old): as_category(new) for old, new in mapping.items()}
        position = next(
            (k for k, table in enumerate(self.tables) if table.variables == wanted and not table.numeric),
            None,
        )
        known = set(self.tables[position].categories) if position is not None else set()
        lost = [category_label(old) for old in merges if old not in known]
        if position is None or lost:
            raise MarginError(
                Problem(
                    code="VIKT-05",
                    what=f"The margins have no category {', '.join(lost[:5]) or 'of this table'} in {category_label(wanted)}.",
                    why="Only existing categories can be merged.",
                    remedy="Write the variables and categories as they stand in the margins.",
                    facts={"tabell": category_label(wanted), "kategorier": ", ".join(lost[:5]) or "–"},
                )
            )
        tables = list(self.tables)
        tables[position] = tables[position].merged(merges)
        return replace(self, tables=tuple(tables), expected=())

    def __repr__(self) -> str:
        lines = [f"Margins: N = {self.total:,.0f}, largest gap between tables {self.gap:.2%}"]
        lines += [
            f"  {table.name}: {len(table.totals)} totals"
            + (f", {table.reference_date}" if table.reference_date else "")
            for table in self.tables
        ]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        title, *lines = repr(self).splitlines()
        return told_html(title, lines)


def _table(key: TableKey, totals: TableTotals, *, source: str, reference_date: str) -> MarginTable:
    """One entry of a dictionary of tables."""
    variables = (key,) if isinstance(key, str) else tuple(key)
    if isinstance(totals, Mapping):
        categories = tuple(as_category(label) for label in totals)
        values = np.array([float(total) for total in totals.values()])
        return MarginTable(variables, categories, values, source, reference_date)
    return MarginTable((), ((),), np.array([float(totals)]), source, reference_date, "".join(variables[:1]))
