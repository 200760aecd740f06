"""What people who chose themselves answered: shares among the respondents, with nothing that claims a population."""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from trygghet._typing import FloatArray, IntArray, ObjectArray
from trygghet.estimate.estimates import About, matching_cells
from trygghet.estimate.told import result_html


@dataclass(frozen=True, slots=True, eq=False)
class RespondentShares:
    """Description of a self-selected stream: the same cells as :class:`Estimates`, but no standard error and no interval.

    Parameters
    ----------
    estimand : str
        What is described.
    cells : DataFrame
        Columns item, category, by, domain.
    values : array of float, shape (p,)
        Values among those who answered; NaN where nobody did.
    n : array of int, shape (p,)
        Respondents in the base.
    numerator : array of int, shape (p,)
        Respondents who gave the answer; -1 where the value is no share.
    status : array of str objects, shape (p,)
        ok, empty, withheld or not_asked.
    about : About
        What was done.
    """

    estimand: str
    cells: pd.DataFrame
    values: FloatArray
    n: IntArray
    numerator: IntArray
    status: ObjectArray
    about: About = field(default_factory=About)

    def __len__(self) -> int:
        return len(self.values)

    def _repr_html_(self) -> str:
        return result_html(f"{self.estimand} among the respondents", self.to_frame(), self.about.told(self.n))

    def to_frame(self) -> pd.DataFrame:
        """Lay the description out as a table, one row a cell.

        Returns
        -------
        DataFrame
            Columns item, category, by, domain, estimate, n, status.
        """
        return self.cells.assign(estimate=self.values, n=self.n, status=self.status)

    def take(self, index: IntArray) -> "RespondentShares":
        """Keep the cells at some positions, in that order.

        Parameters
        ----------
        index : array of int
            Positions.

        Returns
        -------
        RespondentShares
            The same description of fewer cells.
        """
        index = np.asarray(index, dtype=np.int64)
        return replace(
            self,
            cells=self.cells.iloc[index].reset_index(drop=True),
            values=self.values[index],
            n=self.n[index],
            numerator=self.numerator[index],
            status=self.status[index],
        )

    def select(
        self,
        *,
        item: str | None = None,
        by: str | None = None,
        domain: str | None = None,
        category: str | None = None,
    ) -> "RespondentShares":
        """Keep the cells that match every name that is given.

        Parameters
        ----------
        item, by, domain, category : str, optional
            Value that the column of :attr:`cells` must have.

        Returns
        -------
        RespondentShares
            The matching cells.

        Raises
        ------
        EstimateError
            SKATT-01 when no cell matches.
        """
        wanted = {"item": item, "by": by, "domain": domain, "category": category}
        return self.take(matching_cells(self.cells, {k: v for k, v in wanted.items() if v is not None}))
