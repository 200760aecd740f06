"""Read a survey file by its codebook."""

from pathlib import Path

from trygghet._files import sha256_of
from trygghet.codebook import Codebook
from trygghet.errors import IngestError, Problem
from trygghet.ingest.assemble import assemble, columns_used
from trygghet.ingest.microdata import Microdata
from trygghet.ingest.provenance import Provenance
from trygghet.ingest.statistical import read_spss

_READERS = {".sav": read_spss, ".zsav": read_spss}


def read_survey(path: str | Path, *, codebook: Codebook) -> Microdata:
    """Read a survey file: every value becomes labelled, declared missing or in range, or the reading stops.

    Parameters
    ----------
    path : str or Path
        The file.
    codebook : Codebook
        What its columns mean.

    Returns
    -------
    Microdata
        The answers, sorted by id.

    Raises
    ------
    IngestError
        With every problem of the file: it cannot be read, columns are missing, codes are undeclared, ids are missing or
        repeated, values are impossible, areas or streams are unknown.
    """
    path = Path(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise IngestError(_unknown_format(path))
    if not path.is_file():
        raise IngestError(_no_file(path))
    raw = reader(path, columns_used(codebook))
    provenance = Provenance(
        file_name=path.name,
        sha256=sha256_of(path),
        rows=len(raw.frame),
        encoding=raw.encoding,
        format=raw.format,
        reader=raw.reader,
        file_label=raw.file_label,
        separator=raw.separator,
        dropped_columns=len(raw.columns.names) - len(raw.frame.columns),
    )
    return assemble(raw, codebook, provenance=provenance)


def _no_file(path: Path) -> Problem:
    return Problem(
        code="INL-21",
        what=f"There is no file {path.name}.",
        remedy="Check the name and the folder.",
        facts={"file": path.name},
    )


def _unknown_format(path: Path) -> Problem:
    known = ", ".join(sorted(_READERS))
    return Problem(
        code="INL-03",
        what=f"{path.name} is of a format that is not read.",
        remedy=f"Formats: {known}.",
        facts={"file": path.name, "known": known},
    )
