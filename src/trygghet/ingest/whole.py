"""All columns of a file, for drafts and checks."""

from pathlib import Path

from trygghet.codebook import FileSpec
from trygghet.ingest.delimited import read_delimited
from trygghet.ingest.formats import DELIMITED, PORTABLE, STATISTICAL, require_known
from trygghet.ingest.portable import read_portable
from trygghet.ingest.raw import RawTable
from trygghet.ingest.statistical import describe_statistical, read_statistical
from trygghet.ingest.workbook import read_workbook


def read_whole(path: Path, *, spec: FileSpec) -> RawTable:
    """Read all columns of a file, without a codebook.

    Parameters
    ----------
    path : Path
        The file.
    spec : FileSpec
        Layout of a delimited file or a workbook.

    Returns
    -------
    RawTable
        The columns and what the file says about them.

    Raises
    ------
    IngestError
        When the file is missing, of an unknown format, or cannot be read.
    """
    require_known(path)
    suffix = path.suffix.lower()
    if suffix in STATISTICAL:
        return read_statistical(path, describe_statistical(path).names)
    if suffix in PORTABLE:
        return read_portable(path, spec=spec)
    return (read_delimited if suffix in DELIMITED else read_workbook)(path, (), spec=spec)
