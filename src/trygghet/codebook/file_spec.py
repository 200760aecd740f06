"""How a file of texts is laid out, where it cannot be told from the file."""

from typing import Literal

from pydantic import Field

from trygghet.codebook.declared import Declared


class FileSpec(Declared):
    """The layout of a delimited file, a workbook or a portable file; what is left out is found from the file itself.

    Parameters
    ----------
    sheet : str, optional
        Name of the sheet in a workbook; the first sheet with rows when left out.
    separator : {",", ";", "tab", "|"}, optional
        Between the cells of a delimited file.
    encoding : str, optional
        Encoding of a delimited file, or of the texts of a portable SPSS file (.por); cp850 is that of DOS.
    header_rows : int, optional
        Number of header rows: names, then questions, then rows to skip.
    """

    sheet: str | None = None
    separator: Literal[",", ";", "tab", "|"] | None = None
    encoding: Literal["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "cp850"] | None = None
    header_rows: int | None = Field(default=None, ge=1, le=5)
