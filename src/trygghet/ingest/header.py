"""Where a table of texts begins, and what its columns are called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trygghet.codebook.names import folded

_CODE_AND_TEXT = re.compile(
    r"^\s*([A-Za-zÅÄÖåäö_]*\d\w*(?:\[\w+\])*(?:\.\w+)?)\s*[.:)–-]\s+(\S.*)$", re.DOTALL
)
_CODE_IN_BRACKETS = re.compile(r"^\s*\[?([A-Za-z_]*\d\w*)\]\s*(\S.*)$", re.DOTALL)
_CODE_AND_DOT = re.compile(r"^\s*([^\W\d]\w*(?:\[[^\]]*\])*)\.(?:\s+(.*))?$", re.DOTALL)
_NAME = re.compile(r"^[A-Za-zÅÄÖåäö_$][\w$.\[\]:-]{0,40}$")
_IMPORT_ID = '{"ImportId"'
_PROSE_WORDS = 3
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table of texts.

    Parameters
    ----------
    names : tuple of str
        Unique names.
    questions : tuple of str
        Question texts, empty where there is none.
    written : tuple of str
        The first header row as it stands.
    first : int
        Position of the first row of answers.
    """

    names: tuple[str, ...]
    questions: tuple[str, ...]
    written: tuple[str, ...]
    first: int

    def place(self, name: str) -> int | None:
        """Find a column by its name, however its case and spaces are, by its question, or by its header as it stands.

        Parameters
        ----------
        name : str
            What the codebook calls the column.

        Returns
        -------
        int or None
            Its position.
        """
        if name in self.names:
            return self.names.index(name)
        wanted = folded(name)
        for texts in (self.names, self.questions, self.written):
            places = [place for place, text in enumerate(texts) if folded(text) == wanted]
            if len(places) == 1:
                return places[0]
        return None

    def renamed(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """Call each wanted column what the codebook calls it.

        Parameters
        ----------
        wanted : sequence of str
            Columns in the codebook.

        Returns
        -------
        tuple of str
            One name for each column.
        """
        names = list(self.names)
        for name in wanted:
            place = self.place(name)
            if place is not None:
                names[place] = name
        return tuple(names)


def find_header(rows: Sequence[Sequence[str]], *, header_rows: int | None = None) -> Header:
    """Find the header of a table: one row, a row of codes and a row of questions, or the three rows of Qualtrics.

    Parameters
    ----------
    rows : sequence of rows
        The first rows, as texts.
    header_rows : int, optional
        Number of header rows, where the codebook says so.

    Returns
    -------
    Header
        Names, questions and the position of the first answer.
    """
    top = _top(rows)
    width = max((len(row) for row in rows[top:]), default=0)
    heads = [_padded(row, width) for row in rows[top : top + _LOOKED_AT]] or [[""] * width]
    number = header_rows or _header_rows(heads)
    names, questions = list(heads[0]), list(heads[1]) if number > 1 and len(heads) > 1 else [""] * width
    if number == 1:
        names, questions = _split(names)
    return Header(
        names=_unique(names),
        questions=tuple(question.strip() for question in questions),
        written=tuple(heads[0]),
        first=top + number,
    )


def _top(rows: Sequence[Sequence[str]]) -> int:
    """The first row that is as wide as a header: titles and empty rows above it are passed over."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    widest = max(filled, default=0)
    return next((place for place, cells in enumerate(filled) if cells and 2 * cells >= widest), 0)


def _header_rows(heads: Sequence[Sequence[str]]) -> int:
    if len(heads) > 2 and sum(cell.startswith(_IMPORT_ID) for cell in heads[2]) * 2 > len(heads[2]):
        return 3
    if len(heads) > 1 and _is_legacy(heads[0], heads[1]):
        return 2
    if len(heads) < 3 or not all(_NAME.match(cell.strip()) for cell in heads[0] if cell.strip()):
        return 1
    later = [_prose(row) for row in heads[2:]]
    return 2 if _prose(heads[1]) >= 0.5 and max(later) < 0.5 * _prose(heads[1]) else 1


def _is_legacy(first: Sequence[str], second: Sequence[str]) -> bool:
    """Qualtrics' older export: V1, V2, … above ResponseID, …."""
    return bool(first) and first[0] == "V1" and folded(second[0]) == "responseid"


def _prose(row: Sequence[str]) -> float:
    cells = [cell for cell in row if cell.strip()]
    return sum(len(cell.split()) >= _PROSE_WORDS for cell in cells) / len(row) if cells else 0.0


def _split(heads: Sequence[str]) -> tuple[list[str], list[str]]:
    """Headers such as "F12a. Hur trygg …?" to a code and a question, when that keeps the codes unique.

    A code without digits, as in "trygg. Hur trygg …?", is taken for one where every header of the file begins like that.
    """
    dotted = [_CODE_AND_DOT.match(head) for head in heads if head.strip()]
    whole_file = len(dotted) > 1 and all(dotted)
    names, questions = [], []
    for head in heads:
        found = (
            (whole_file and _CODE_AND_DOT.match(head))
            or _CODE_AND_TEXT.match(head)
            or _CODE_IN_BRACKETS.match(head)
        )
        names.append(found[1] if found else head.strip())
        questions.append(
            (found[2] or "") if found else head.strip() if len(head.split()) >= _PROSE_WORDS else ""
        )
    filled = [name for name in names if name]
    if len({folded(name) for name in filled}) < len(filled):
        return [head.strip() for head in heads], list(heads)
    return names, questions


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row, *([""] * (width - len(row)))]


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    taken: dict[str, int] = {}
    unique = []
    for place, name in enumerate(names, start=1):
        plain = " ".join(name.split()) or f"unnamed_{place}"
        taken[plain] = taken.get(plain, 0) + 1
        unique.append(plain if taken[plain] == 1 else f"{plain}.{taken[plain]}")
    return tuple(unique)
