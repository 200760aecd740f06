"""A plain table of counts, such as who answered, which is screened like everything else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from trygghet.estimate.told import result_html


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Counts of persons in groups, with the columns that would give a count away.

    Parameters
    ----------
    frame : DataFrame
        One row a group; index 0..p-1.
    counts : tuple of str
        Columns that hold numbers of persons who answered.
    dependent : mapping of str to tuple of str, optional
        For a count column, the columns that are computed from it and are withheld with it.
    sums_within : str, optional
        Column whose equal values mark rows that together make up everybody: the counts of such rows add up to a total
        that the reader knows, so a single withheld count among them would be found by subtraction.
    wave, stream : str, default ""
        Which answers the counts are of.
    groups : str, optional
        Column with the name of each row's group, once within each of those wholes; the row's number when left out.
    unknown : str, optional
        Name of the group of those whose group nobody knows, because they did not say. How many they are is withheld like any small
        count, and first of all to cover others, but it tells nothing about anybody and is not itself protected from subtraction.
    """

    frame: pd.DataFrame
    counts: tuple[str, ...]
    dependent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sums_within: str = ""
    wave: str = ""
    stream: str = ""
    groups: str = ""
    unknown: str = ""

    def __len__(self) -> int:
        return len(self.frame)

    def _repr_html_(self) -> str:
        named = f"{self.wave} {self.stream}".strip()
        return result_html(f"Table {named}".strip(), self.frame, (f"counts: {', '.join(self.counts)}",))
