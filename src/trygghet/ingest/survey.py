"""Read a survey file by its codebook."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from trygghet._files import sha256_of
from trygghet.codebook import Codebook
from trygghet.ingest.assemble import assemble, columns_used
from trygghet.ingest.delimited import read_delimited
from trygghet.ingest.formats import DELIMITED, PORTABLE, STATISTICAL, require_known
from trygghet.ingest.microdata import Microdata
from trygghet.ingest.portable import read_portable
from trygghet.ingest.provenance import Provenance
from trygghet.ingest.raw import RawTable
from trygghet.ingest.statistical import read_statistical
from trygghet.ingest.workbook import read_workbook


def read_survey(path: str | Path, *, codebook: Codebook) -> Microdata:
    """Read a survey file: every value becomes labelled, declared missing or in range, or the reading stops.

    Parameters
    ----------
    path : str or Path
        A .sav, .zsav, .por, .dta, .csv, .tsv, .txt, .xlsx or .ods file.
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
    used = columns_used(codebook)
    require_known(path)
    with ThreadPoolExecutor(1) as beside:
        sha256 = beside.submit(sha256_of, path)
        raw = read_raw(path, used, codebook=codebook)
    provenance = Provenance(
        file_name=path.name,
        sha256=sha256.result(),
        rows=len(raw.frame),
        encoding=raw.encoding,
        format=raw.format,
        reader=raw.reader,
        file_label=raw.file_label,
        separator=raw.separator,
        dropped_columns=len(set(raw.columns.names) - set(used)),
    )
    return assemble(raw, codebook, provenance=provenance)


def read_raw(path: Path, wanted: Sequence[str], *, codebook: Codebook) -> RawTable:
    """Read a file's columns by its format.

    Parameters
    ----------
    path : Path
        The file.
    wanted : sequence of str
        Columns to read.
    codebook : Codebook
        Layout of the file, and the texts that mean something.

    Returns
    -------
    RawTable
        The columns.

    Raises
    ------
    IngestError
        When the file is missing, of an unknown format, or cannot be read.
    """
    require_known(path)
    suffix = path.suffix.lower()
    if suffix in STATISTICAL:
        return read_statistical(path, wanted)
    if suffix in PORTABLE:
        return read_portable(path, wanted, spec=codebook.file)
    read = read_delimited if suffix in DELIMITED else read_workbook
    return read(path, wanted, spec=codebook.file, declared=_declared_texts(codebook))


def _declared_texts(codebook: Codebook) -> frozenset[str]:
    """Texts that stand in the codebook as codes, labels or missing values."""
    variables = codebook.variables.values()
    texts = {text for variable in variables for text in variable.labels.values()}
    texts |= {
        code
        for variable in variables
        for code in (*variable.labels, *variable.missing)
        if isinstance(code, str)
    }
    return frozenset(texts)
