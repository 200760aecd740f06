"""Known population totals: what the weights are calibrated to."""

from dataclasses import dataclass

from trygghet._typing import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class MarginTable:
    """One table of population totals.

    Parameters
    ----------
    variables : tuple of str
        Variables that the table crosses; empty for a total of the whole population.
    categories : tuple of tuple of str
        One label a variable for each total, in the order of ``totals``.
    totals : ndarray
        Population totals, one a category.
    source : str
        Where the totals come from.
    reference_date : str
        Date that the totals refer to, ISO form.
    numeric : str
        Numeric variable that is summed; empty where persons are counted.
    """

    variables: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    totals: FloatArray
    source: str = ""
    reference_date: str = ""
    numeric: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """Population totals that the weights must reproduce, reconciled to one population size.

    Parameters
    ----------
    tables : tuple of MarginTable
        The tables after reconciliation.
    total : float
        Population size N.
    gap : float
        Largest relative distance between the totals of the tables before they were reconciled.
    """

    tables: tuple[MarginTable, ...]
    total: float
    gap: float = 0.0
