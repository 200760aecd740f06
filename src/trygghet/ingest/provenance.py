"""What a survey was read from."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a survey was read from; the file's name only, never its folder.

    Parameters
    ----------
    file_name, sha256 : str
        Name and hash of the file.
    rows : int
        Rows in the file.
    encoding, format, separator : str
        How it was read; the separator is empty for files that are no delimited text.
    file_label : str
        The file's own title, where it has one.
    reader : str
        Reader and its version.
    dropped_columns : int
        Columns of the file that the codebook does not use; they are not kept.
    """

    file_name: str
    sha256: str
    rows: int
    encoding: str
    format: str
    reader: str
    file_label: str = ""
    separator: str = ""
    dropped_columns: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as a mapping that JSON can hold.

        Returns
        -------
        dict
            The fields.
        """
        return asdict(self)
