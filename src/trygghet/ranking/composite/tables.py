"""Declared tables: one number an area, with what the numbers mean in every row."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from trygghet.errors import Problem, RankingError

TEXTS = ("unit", "period", "population", "coverage")
REQUIRED = ("area", "value", *TEXTS)


@dataclass(frozen=True, slots=True)
class SourceTable:
    """Numbers by area, as somebody declared them.

    Parameters
    ----------
    values : mapping of str to float
        Number of each area.
    unit, period, population, coverage : str
        Unit of the numbers, the period and the people that they are about, and what they do not cover.
    inhabitants : float or None
        People that counts are related to; None where the numbers are no counts.
    """

    values: Mapping[str, float]
    unit: str
    period: str
    population: str
    coverage: str
    inhabitants: float | None = None


def read_source_table(path: Path) -> SourceTable:
    """Read a declared table.

    Parameters
    ----------
    path : Path
        CSV file in UTF-8 with the columns area, value, unit, period, population, coverage and, for counts, inhabitants; further
        columns are not read. What is not about one area is the same in every row.

    Returns
    -------
    SourceTable
        Its numbers.

    Raises
    ------
    RankingError
        ``RANG-24`` with every problem of the file at once.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = [{k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(stream)]
    except (OSError, UnicodeDecodeError) as failure:
        raise RankingError(_problem(path, f"it cannot be read ({type(failure).__name__})")) from failure
    lacking = [name for name in REQUIRED if name not in rows[0]] if rows else ["rows"]
    if lacking:
        raise RankingError(_problem(path, f"it lacks {', '.join(lacking)}"))
    wrong = [*_not_constant(rows), *_not_numbers(rows), *_doubled(rows)]
    if wrong:
        raise RankingError(*(_problem(path, text) for text in wrong))
    first = rows[0]
    return SourceTable(
        values={row["area"]: float(_number(row["value"])) for row in rows},
        **{name: first[name] for name in TEXTS},
        inhabitants=float(_number(first["inhabitants"])) if first.get("inhabitants") else None,
    )


def _not_constant(rows: list[dict[str, str]]) -> list[str]:
    """Columns that should say one thing and do not."""
    told = []
    for name in (*TEXTS, "inhabitants"):
        said = {row.get(name, "") for row in rows}
        if len(said) > 1:
            told.append(f"{name} says {len(said)} different things")
        elif name != "inhabitants" and said == {""}:
            told.append(f"{name} is empty")
    return told


def _not_numbers(rows: list[dict[str, str]]) -> list[str]:
    """Values that are no numbers of 0 or more."""
    told = []
    for row in rows:
        for name in ("value", "inhabitants"):
            text = row.get(name, "")
            if (text or name == "value") and not _is_number(text):
                told.append(f"{name} of {row['area'] or '?'} is {text!r}")
    return told


def _doubled(rows: list[dict[str, str]]) -> list[str]:
    """Areas that stand more than once, or have no name."""
    names = [row["area"] for row in rows]
    return [
        f"{name or 'an empty name'} stands more than once"
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]


def _number(text: str) -> str:
    """A number with a decimal comma or point."""
    return text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")


def _is_number(text: str) -> bool:
    try:
        return 0 <= float(_number(text)) < float("inf")
    except ValueError:
        return False


def _problem(path: Path, found: str) -> Problem:
    return Problem(
        code="RANG-24",
        what=f"The source table {path.name} cannot be used: {found}.",
        why="A composite needs one number for each area, and has to say what it is.",
        remedy=f"Correct the file; its columns are {', '.join(REQUIRED)} and, for counts, inhabitants.",
        facts={"file": path.name, "found": found},
    )
