"""Which files are read, and by which reader."""

from pathlib import Path

from trygghet.errors import IngestError, Problem

STATISTICAL = frozenset({".sav", ".zsav", ".dta"})
PORTABLE = frozenset({".por"})
DELIMITED = frozenset({".csv", ".tsv", ".txt"})
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})


def require_known(path: Path) -> None:
    """Refuse a file that is missing or of an unknown format.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    IngestError
        When it is.
    """
    if path.suffix.lower() not in STATISTICAL | PORTABLE | DELIMITED | WORKBOOKS:
        raise IngestError(_unknown_format(path))
    if not path.is_file():
        raise IngestError(_no_file(path))


def _no_file(path: Path) -> Problem:
    return Problem(
        code="INL-21",
        what=f"There is no file {path.name}.",
        remedy="Check the name and the folder.",
        facts={"file": path.name},
    )


def _unknown_format(path: Path) -> Problem:
    known = ".sav, .zsav, .por, .dta, .csv, .tsv, .txt, .xlsx, .ods"
    return Problem(
        code="INL-03",
        what=f"{path.name} is of a format that is not read.",
        remedy=f"Formats: {known}.",
        facts={"file": path.name, "known": known},
    )
