"""A published statistical table: dimensions with codes and labels, and a block of numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from trygghet._typing import FloatArray
from trygghet.errors import MarginError, Problem


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension of a table.

    Parameters
    ----------
    code : str
        Code of the dimension, such as ``"Kon"``.
    label : str
        Its name in words.
    codes : tuple of str
        Codes of its categories.
    labels : tuple of str
        Names of its categories.
    total : str
        Code of the category that sums the others, empty where none is known.
    """

    code: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    total: str = ""

    def position(self, wanted: str) -> int:
        """Position of a category given by code or label.

        Parameters
        ----------
        wanted : str
            Code or label.

        Returns
        -------
        int
            Position, -1 where there is none.
        """
        for names in (self.codes, self.labels):
            if wanted in names:
                return names.index(wanted)
        return -1


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """A published table.

    Parameters
    ----------
    dimensions : tuple of Dimension
        Dimensions in the order of the axes of ``values``.
    values : ndarray
        One number a combination; NaN where the table has none.
    title : str
        Name of the table.
    source : str
        Who published it.
    updated : str
        When it was updated.
    """

    dimensions: tuple[Dimension, ...]
    values: FloatArray
    title: str = ""
    source: str = ""
    updated: str = ""

    def axis(self, wanted: str) -> int:
        """Position of a dimension given by code or label, without regard to case.

        Parameters
        ----------
        wanted : str
            Code or label.

        Returns
        -------
        int
            Position of the axis.

        Raises
        ------
        MarginError
            If the table has no such dimension.
        """
        for position, dimension in enumerate(self.dimensions):
            if wanted.casefold() in {dimension.code.casefold(), dimension.label.casefold()}:
                return position
        known = ", ".join(dimension.code for dimension in self.dimensions)
        raise MarginError(
            Problem(
                code="VIKT-32",
                what=f"The table has no dimension {wanted}; it has {known}.",
                why="A margin needs its dimension.",
                remedy="Name a dimension by its code or label.",
                facts={"dimension": wanted, "kanda": known},
            )
        )

    def select(self, wanted: str, categories: Sequence[str]) -> Self:
        """The table with only some categories of a dimension.

        Parameters
        ----------
        wanted : str
            Dimension.
        categories : sequence of str
            Codes or labels, in the wanted order.

        Returns
        -------
        Cube
            The smaller table.

        Raises
        ------
        MarginError
            If a category does not exist.
        """
        axis = self.axis(wanted)
        dimension = self.dimensions[axis]
        positions = [dimension.position(category) for category in categories]
        lost = [category for category, position in zip(categories, positions, strict=True) if position < 0]
        if lost:
            raise MarginError(
                Problem(
                    code="VIKT-33",
                    what=f"Dimension {dimension.code} has no category {', '.join(lost[:5])}.",
                    why="The choice must exist in the table.",
                    remedy=f"It has {', '.join(dimension.labels[:5])} and so on ({len(dimension.codes)}).",
                    facts={"dimension": dimension.code, "kategorier": ", ".join(lost[:5])},
                )
            )
        kept = replace(
            dimension,
            codes=tuple(dimension.codes[k] for k in positions),
            labels=tuple(dimension.labels[k] for k in positions),
            total=dimension.total if dimension.total in {dimension.codes[k] for k in positions} else "",
        )
        return self._with(axis, kept, np.take(self.values, positions, axis=axis))

    def ordered(self, wanted: Sequence[str]) -> Self:
        """The table with its dimensions in another order.

        Parameters
        ----------
        wanted : sequence of str
            Every dimension once.

        Returns
        -------
        Cube
            The turned table.

        Raises
        ------
        MarginError
            If the table has no such dimension.
        """
        axes = [self.axis(name) for name in wanted]
        return replace(
            self, dimensions=tuple(self.dimensions[k] for k in axes), values=np.transpose(self.values, axes)
        )

    def grouped(self, wanted: str, groups: Mapping[str, Sequence[int]]) -> Self:
        """The table with categories of a dimension summed into groups.

        Parameters
        ----------
        wanted : str
            Dimension.
        groups : mapping of str to sequence of int
            Positions of the categories of each new category.

        Returns
        -------
        Cube
            The coarser table.

        Raises
        ------
        MarginError
            If the table has no such dimension.
        """
        axis = self.axis(wanted)
        sums = [
            np.take(self.values, list(positions), axis=axis).sum(axis=axis) for positions in groups.values()
        ]
        names = tuple(groups)
        dimension = replace(self.dimensions[axis], codes=names, labels=names, total="")
        return self._with(axis, dimension, np.stack(sums, axis=axis))

    def without_totals(self) -> Self:
        """The table without the categories that sum the others.

        Returns
        -------
        Cube
            A table whose categories add up.
        """
        cube = self
        for dimension in self.dimensions:
            rest = [code for code in dimension.codes if code != dimension.total]
            if dimension.total and rest:
                cube = cube.select(dimension.code, rest)
        return cube

    def _with(self, axis: int, dimension: Dimension, values: FloatArray) -> Self:
        dimensions = (*self.dimensions[:axis], dimension, *self.dimensions[axis + 1 :])
        return replace(self, dimensions=dimensions, values=np.asarray(values, dtype=np.float64))


_TOTALS = ("tot", "totalt", "total", "samtliga", "summa", "yhteensä", "both sexes", "båda könen")


def total_code(codes: Sequence[str], labels: Sequence[str], declared: str = "") -> str:
    """Code of the category that sums the others.

    Parameters
    ----------
    codes, labels : sequence of str
        Codes and names of the categories.
    declared : str
        What the file says: a code or a name.

    Returns
    -------
    str
        The code; empty where the file declares none and no name says "total".
    """
    for code, label in zip(codes, labels, strict=True):
        if declared and declared in {code, label}:
            return code
    for code, label in zip(codes, labels, strict=True):
        first = label.casefold().replace(",", " ").split()
        if len(codes) > 1 and (label.casefold() in _TOTALS or (first and first[0] in _TOTALS[:4])):
            return code
    return ""
