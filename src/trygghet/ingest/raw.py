"""A file as its reader hands it over, before the codebook says what it means."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import pandas as pd


@dataclass(frozen=True, slots=True)
class ResponseSet:
    """A multiple-response set that the file itself declares.

    Parameters
    ----------
    name, label : str
        Its name and title.
    columns : tuple of str
        The columns that belong to it.
    counted : str, optional
        The value that means chosen; none for a set of category columns.
    """

    name: str
    label: str
    columns: tuple[str, ...]
    counted: str | None


@dataclass(frozen=True, slots=True)
class FileColumns:
    """What a file says about its own columns.

    Parameters
    ----------
    names : tuple of str
        Every column of the file.
    kinds : mapping of column to {"number", "text"}
        What the file calls each column; empty where it does not say.
    questions : mapping of column to str
        Column labels.
    labels : mapping of column to mapping of code to str
        Value labels.
    user_missing : mapping of column to (low, high) pairs
        Values and ranges that the file calls missing.
    sets : tuple of ResponseSet
        Multiple-response sets.
    """

    names: tuple[str, ...]
    kinds: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[float | str, str]] = field(default_factory=dict)
    user_missing: Mapping[str, tuple[tuple[float | str, float | str], ...]] = field(default_factory=dict)
    sets: tuple[ResponseSet, ...] = ()

    def renamed(self, names: Mapping[str, str]) -> "FileColumns":
        """Call columns by other names.

        Parameters
        ----------
        names : mapping of str to str
            The file's name to the new name.

        Returns
        -------
        FileColumns
            The same descriptions.
        """
        if not names:
            return self
        return FileColumns(
            names=tuple(names.get(name, name) for name in self.names),
            kinds={names.get(name, name): kind for name, kind in self.kinds.items()},
            questions={names.get(name, name): text for name, text in self.questions.items()},
            labels={names.get(name, name): labels for name, labels in self.labels.items()},
            user_missing={names.get(name, name): values for name, values in self.user_missing.items()},
            sets=tuple(
                replace(found, columns=tuple(names.get(n, n) for n in found.columns)) for found in self.sets
            ),
        )


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    """Columns as the reader gives them: floats with NaN, or texts with None.

    Parameters
    ----------
    frame : DataFrame
        The columns that were asked for and exist.
    columns : FileColumns
        What the file says about itself.
    format, encoding, reader, separator, file_label : str
        For the provenance.
    """

    frame: pd.DataFrame
    columns: FileColumns
    format: str
    encoding: str
    reader: str
    separator: str = ""
    file_label: str = ""


def as_wanted(names: Collection[str], wanted: Collection[str]) -> dict[str, str]:
    """Pair the file's names with the codebook's where they differ by case alone.

    Parameters
    ----------
    names : collection of str
        The file's columns.
    wanted : collection of str
        The codebook's.

    Returns
    -------
    dict of str to str
        The file's name to the codebook's, where one and only one fits.
    """
    folds: dict[str, list[str]] = {}
    for name in names:
        folds.setdefault(name.casefold(), []).append(name)
    same = {name: folds.get(name.casefold(), []) for name in wanted if name not in names}
    return {found[0]: name for name, found in same.items() if len(found) == 1 and found[0] not in wanted}
