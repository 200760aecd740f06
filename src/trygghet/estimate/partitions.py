"""Domains: the categories of a variable or of a crossing, as codes over the whole sample, which is never subset."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trygghet._typing import BoolArray, Columns, IntArray
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.estimates import ALL

CROSSING = " * "


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """A division of the sample into domains.

    Parameters
    ----------
    by : str
        Name of the variable or crossing; empty for everyone.
    labels : tuple of str
        Label of each domain.
    codes : array of int, shape (n,)
        Domain of each row; -1 outside every domain.
    """

    by: str
    labels: tuple[str, ...]
    codes: IntArray

    def __len__(self) -> int:
        return len(self.labels)


def partitions_of(
    columns: Columns, by: str | Sequence[str] | None, where: BoolArray | None
) -> tuple[Partition, ...]:
    """Read the domains that are asked for.

    Parameters
    ----------
    columns : Columns
        The answers.
    by : str, sequence of str or None
        Variables, or crossings such as ``"omrade * kon"``; the empty string is everyone, as is None.
    where : array of bool, shape (n,), or None
        Rows that count; the others belong to no domain but stay in the sample.

    Returns
    -------
    tuple of Partition
        One each, in the order asked for.

    Raises
    ------
    EstimateError
        SKATT-03 when ``where`` has another length than the sample or is no mask.
    """
    names = ("",) if by is None else (by,) if isinstance(by, str) else tuple(by)
    outside = None if where is None else ~_mask(where, len(columns))
    return tuple(_partition(columns, name, outside) for name in names)


def _partition(columns: Columns, by: str, outside: BoolArray | None) -> Partition:
    codes = np.zeros(len(columns), dtype=np.int64)
    labels: tuple[str, ...] = (ALL,)
    for position, name in enumerate(part.strip() for part in by.split(CROSSING.strip()) if part.strip()):
        groups = columns.groups(name)
        missing = (codes < 0) | (groups.codes < 0)
        codes = np.where(missing, -1, codes * len(groups.labels) + groups.codes)
        labels = (
            tuple(groups.labels)
            if position == 0
            else tuple(f"{left}{CROSSING}{right}" for left in labels for right in groups.labels)
        )
    if outside is not None:
        codes = np.where(outside, -1, codes)
    return Partition(by, labels, codes)


def _mask(where: BoolArray, rows: int) -> BoolArray:
    mask = np.asarray(where)
    if mask.dtype != np.bool_ or mask.shape != (rows,):
        raise EstimateError(
            Problem(
                code="SKATT-03",
                what=f"where= has {mask.size} values of type {mask.dtype} for {rows} answers",
                why="it must say true or false for every answer, in the order of the rows",
                remedy="compare a column with a value, such as frame['age'] > 30",
                facts={"langd": int(mask.size), "svar": rows},
            )
        )
    return mask
