"""Making margin tables agree: one population size, and one total where two tables count the same people."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trygghet._typing import FloatArray, IntArray
from trygghet.errors import MarginError, Problem
from trygghet.weighting.tables import Category, MarginTable, category_label

LARGEST_GAP = 0.02
"""Tables may differ by noise and a few weeks of moving, not by another population."""
_SWEEPS = 2_000
_CLOSE = 1e-12


@dataclass(frozen=True, slots=True)
class Agreed:
    """Tables that no longer contradict each other.

    Parameters
    ----------
    tables : tuple of MarginTable
        Tables in their given order.
    total : float
        Population size; NaN when no table counts persons.
    gap : float
        Largest relative distance between totals that should have been equal.
    """

    tables: tuple[MarginTable, ...]
    total: float
    gap: float


@dataclass(frozen=True, slots=True)
class _Constraint:
    """Totals of a coarser table that a finer one must reproduce."""

    position: IntArray
    totals: FloatArray


def reconcile(tables: Sequence[MarginTable]) -> Agreed:
    """Tables scaled to one population size, finer ones fitted to the coarser ones that they share variables with.

    Published tables need not agree: noise is added to each cell, and parts do not sum to their total.

    Parameters
    ----------
    tables : sequence of MarginTable
        Tables as published.

    Returns
    -------
    Agreed
        The tables in their order, the population size and the largest gap.

    Raises
    ------
    MarginError
        If there is no table, two tables are the same, or they differ by more than :data:`LARGEST_GAP`.
    """
    persons = [table for table in tables if not table.numeric]
    problems = _shape_problems(tables)
    if problems:
        raise MarginError(*problems)
    if not persons:
        return Agreed(tuple(tables), float("nan"), 0.0)
    leading = next((table for table in persons if not table.variables), persons[0])
    total = float(leading.totals.sum())
    gap, agreed = 0.0, dict[int, MarginTable]()
    for position in sorted(range(len(tables)), key=lambda k: len(tables[k].variables)):
        table = tables[position]
        if table.numeric:
            agreed[position] = table
            continue
        distance = abs(float(table.totals.sum()) / total - 1)
        if distance > LARGEST_GAP:
            problems.append(_size_problem(table, leading, distance))
            continue
        gap = max(gap, distance)
        coarser = [
            done
            for done in agreed.values()
            if not done.numeric and set(done.variables) & set(table.variables)
        ]
        scaled = table.with_totals(table.totals * (total / float(table.totals.sum())))
        fitted, largest, found = _fit(scaled, coarser)
        problems += found
        gap = max(gap, largest)
        agreed[position] = fitted
    if problems:
        raise MarginError(*problems)
    return Agreed(tuple(agreed[k] for k in range(len(tables))), total, gap)


def _fit(table: MarginTable, coarser: Sequence[MarginTable]) -> tuple[MarginTable, float, list[Problem]]:
    """One table fitted proportionally to the shared totals of the tables before it."""
    constraints, problems, largest = [], list[Problem](), 0.0
    for other in coarser:
        shared = tuple(name for name in other.variables if name in table.variables)
        theirs, ours = other.collapsed(shared), table.collapsed(shared)
        only = sorted(category_label(key) for key in set(theirs) ^ set(ours))
        if only:
            problems.append(_names_problem(table, other, only))
            continue
        distance = max(abs(ours[key] / theirs[key] - 1) for key in theirs)
        if distance > LARGEST_GAP:
            problems.append(_shared_problem(table, other, distance))
            continue
        largest = max(largest, distance)
        places = {key: k for k, key in enumerate(theirs)}
        keep = [table.variables.index(name) for name in shared]
        position = np.array(
            [places[tuple(category[k] for k in keep)] for category in table.categories], dtype=np.int64
        )
        constraints.append(_Constraint(position, np.array(list(theirs.values()))))
    if problems or largest <= _CLOSE:
        return table, largest, problems
    totals = table.totals.copy()
    for _ in range(_SWEEPS):
        worst = 0.0
        for constraint in constraints:
            ratio = constraint.totals / np.bincount(constraint.position, totals, len(constraint.totals))
            worst = max(worst, float(np.abs(ratio - 1).max()))
            totals *= ratio[constraint.position]
        if worst <= _CLOSE:
            return table.with_totals(totals), largest, []
    return table, largest, [_shared_problem(table, coarser[-1], largest)]


def _shape_problems(tables: Sequence[MarginTable]) -> list[Problem]:
    if not tables:
        return [
            Problem(
                code="VIKT-01",
                what="There is no margin table.",
                why="Weights are fitted to known population totals.",
                remedy="Give at least one table.",
                facts={"fil": "margins", "kolumner": "table, variables, categories, total"},
            )
        ]
    problems = []
    seen: set[str] = set()
    for table in tables:
        twice = _repeated(table.categories) + ([table.name] if table.name in seen else [])
        seen.add(table.name)
        if twice:
            problems.append(
                Problem(
                    code="VIKT-03",
                    what=f"Table {table.name} has {len(twice)} categories twice ({', '.join(twice[:5])}).",
                    why="It is not known which total holds.",
                    remedy="Keep one row a category and one table a crossing.",
                    facts={"tabell": table.name, "kategorier": ", ".join(twice[:5])},
                )
            )
    return problems


def _repeated(categories: Sequence[Category]) -> list[str]:
    seen: set[Category] = set()
    twice = []
    for category in categories:
        if category in seen:
            twice.append(category_label(category))
        seen.add(category)
    return twice


def _size_problem(table: MarginTable, leading: MarginTable, distance: float) -> Problem:
    ours, theirs = float(table.totals.sum()), float(leading.totals.sum())
    return Problem(
        code="VIKT-06",
        what=f"Table {table.name} sums to {ours:,.0f} but {leading.name} to {theirs:,.0f} ({distance:.1%} apart).",
        why=f"Tables may differ by noise, at most {LARGEST_GAP:.0%}; more means another population, date or age range.",
        remedy="Take all tables for the same people: the surveyed ages, one area, one date.",
        facts={
            "tabell": table.name,
            "summa": round(ours),
            "annan": leading.name,
            "annan_summa": round(theirs),
        },
    )


def _shared_problem(table: MarginTable, other: MarginTable, distance: float) -> Problem:
    return Problem(
        code="VIKT-07",
        what=f"Tables {table.name} and {other.name} count a shared category up to {distance:.1%} apart.",
        why="Weights cannot meet both.",
        remedy="Take both tables from the same source and date, or leave the coarser one out.",
        facts={
            "tabell": table.name,
            "annan": other.name,
            "avstand": f"{distance:.1%}".replace(".", ",").replace("%", "\u00a0%"),
        },
    )


def _names_problem(table: MarginTable, other: MarginTable, only: Sequence[str]) -> Problem:
    return Problem(
        code="VIKT-08",
        what=f"Tables {table.name} and {other.name} do not have the same categories ({', '.join(only[:5])}).",
        why="A shared variable must be cut in the same categories.",
        remedy="Write the categories alike, or declare a collapse.",
        facts={"tabell": table.name, "annan": other.name, "kategorier": ", ".join(only[:5])},
    )
