"""The text of a draft that somebody wrote: plain text, or a Word document with its tables."""

from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from trygghet.errors import Problem, ProjectError

PLAIN = (".txt", ".md")
WORD = ".docx"


def draft_text(path: Path) -> str:
    """Read a draft, a paragraph a line.

    Parameters
    ----------
    path : Path
        A ``.txt``, ``.md`` or ``.docx`` file.

    Returns
    -------
    str
        Its text in reading order; the cells of a table one by one.

    Raises
    ------
    ProjectError
        PROJ-11 when there is no such file, PROJ-12 when it is no text and no Word document.
    """
    if not path.is_file():
        raise ProjectError(
            Problem(
                code="PROJ-11",
                what=f"There is no file {path.name}.",
                remedy="Name the draft to be read.",
                facts={"file": path.name},
            )
        )
    if path.suffix.lower() in PLAIN:
        content = path.read_bytes()
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("cp1252", errors="replace")
    if path.suffix.lower() != WORD:
        raise _no_draft(path)
    try:
        document = Document(str(path))
    except (BadZipFile, PackageNotFoundError, KeyError, SyntaxError, ValueError) as broken:
        raise _no_draft(path) from broken
    return "\n".join(_paragraphs(document))


def _paragraphs(document: WordDocument) -> list[str]:
    told: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            told += [cell.text for row in block.rows for cell in row.cells]
        else:
            told.append(block.text)
    return told


def _no_draft(path: Path) -> ProjectError:
    return ProjectError(
        Problem(
            code="PROJ-12",
            what=f"{path.name} is neither plain text nor a Word document.",
            why="Only the text of a draft can be read.",
            remedy="Save it as .docx or .txt.",
            facts={"file": path.name},
        )
    )
