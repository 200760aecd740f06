"""A plain table as the columns of a design: no codebook, values as they stand."""

import difflib
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from trygghet._typing import FloatArray, IntArray
from trygghet.errors import DesignError, Problem


@dataclass(frozen=True, slots=True)
class FrameGroups:
    """Categories of a plain column.

    Parameters
    ----------
    codes : array of int, shape (n,)
        Position of each row's category; -1 where missing.
    labels : tuple of str
        Category labels, in the order of a categorical column or sorted.
    """

    codes: IntArray
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class FrameColumns:
    """Columns of a DataFrame, read when they are asked for.

    Parameters
    ----------
    frame : DataFrame
        The table; one row a respondent.
    """

    frame: pd.DataFrame

    def __len__(self) -> int:
        return len(self.frame)

    def numeric(self, name: str) -> FloatArray:
        """Return the values of a column as floats.

        Parameters
        ----------
        name : str
            Column name.

        Returns
        -------
        array of float, shape (n,)
            Values; NaN where missing.

        Raises
        ------
        DesignError
            URV-01 for an unknown column, URV-02 for one that holds texts.
        """
        column = self.column(name)
        if not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column)):
            raise DesignError(
                Problem(
                    code="URV-02",
                    what=f"the column {name!r} holds texts, not numbers",
                    why="a mean or a total needs numbers",
                    remedy="ask for its proportions, or for one category of it",
                    facts={"kolumn": name},
                )
            )
        return column.to_numpy(dtype=np.float64, na_value=np.nan)

    def groups(self, name: str) -> FrameGroups:
        """Return the categories of a column.

        Parameters
        ----------
        name : str
            Column name.

        Returns
        -------
        FrameGroups
            Codes and labels.

        Raises
        ------
        DesignError
            URV-01 for an unknown column.
        """
        column = self.column(name)
        if isinstance(column.dtype, pd.CategoricalDtype):
            codes, values = column.cat.codes.to_numpy(), column.cat.categories
        else:
            codes, values = pd.factorize(column, sort=True)
        return FrameGroups(codes.astype(np.int64), tuple(_plain(value) for value in values))

    def column(self, name: str) -> "pd.Series[Any]":
        """Return a column as it stands.

        Parameters
        ----------
        name : str
            Column name.

        Returns
        -------
        Series
            The column.

        Raises
        ------
        DesignError
            URV-01 for an unknown column, naming the nearest known one.
        """
        if name not in self.frame.columns:
            known = [str(column) for column in self.frame.columns]
            near = ", ".join(difflib.get_close_matches(name, known, n=1) or known[:5])
            raise DesignError(
                Problem(
                    code="URV-01",
                    what=f"there is no column {name!r}",
                    remedy=f"nearest: {near}",
                    facts={"kolumn": name, "nara": near},
                )
            )
        return self.frame[name]


def _plain(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
