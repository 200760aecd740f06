"""Agreement between a codebook and what the file says about its own columns."""

from trygghet.codebook import Codebook
from trygghet.codebook.names import folded
from trygghet.errors import Problem
from trygghet.ingest.decode import as_number, code_text
from trygghet.ingest.raw import FileColumns


def contradictions(columns: FileColumns, book: Codebook) -> list[Problem]:
    """List where the codebook would turn answers round: a label at another code, or another value for a ticked option.

    Parameters
    ----------
    columns : FileColumns
        What the file says.
    book : Codebook
        What the codebook says.

    Returns
    -------
    list of Problem
        One for each variable or block; these stop the reading.
    """
    problems = []
    for name, variable in book.variables.items():
        file_labels = columns.labels.get(variable.column, {})
        if not variable.on or not variable.coded or not file_labels:
            continue
        ours = {folded(text): float(code) for code, text in variable.labels.items()}
        crossed = [
            code_text(float(code))
            for code, text in file_labels.items()
            if not isinstance(code, str) and folded(text) in ours and ours[folded(text)] != float(code)
        ]
        if crossed:
            problems.append(_crossed_labels(name, variable.column, crossed))
    for found in columns.sets:
        for name, block in book.multi_response.items():
            counted = as_number(found.counted) if found.counted is not None else None
            selected = [as_number(str(code)) for code in block.selected]
            if (
                counted is not None
                and set(block.columns.values()) & set(found.columns)
                and counted not in selected
            ):
                problems.append(_other_tick(name, found.counted or "", found.name))
    return problems


def disagreements(columns: FileColumns, book: Codebook) -> list[Problem]:
    """List the codes that the file calls missing and the codebook calls answers; these are said, and do not stop the reading.

    Parameters
    ----------
    columns : FileColumns
        What the file says.
    book : Codebook
        What the codebook says.

    Returns
    -------
    list of Problem
        One for each variable.
    """
    notices = []
    for name, variable in book.variables.items():
        ranges = columns.user_missing.get(variable.column, ())
        numbers = [code for code in variable.labels if not isinstance(code, str)]
        called_missing = [
            code_text(float(code))
            for code in numbers
            if any(
                not isinstance(low, str) and not isinstance(high, str) and low <= code <= high
                for low, high in ranges
            )
        ]
        if variable.on and called_missing:
            notices.append(_called_missing(name, variable.column, called_missing))
    return notices


def _crossed_labels(name: str, column: str, codes: list[str]) -> Problem:
    listed = ", ".join(codes)
    return Problem(
        code="INL-15",
        what=f"{name} ({column}): the file's labels contradict the codebook's at the codes {listed}.",
        why="The same label stands at another code, so answers would be turned round.",
        remedy="Compare the codebook with the file's value labels.",
        facts={"name": name, "column": column, "codes": listed},
    )


def _other_tick(name: str, counted: str, group: str) -> Problem:
    return Problem(
        code="INL-28",
        what=f"{name}: the file's response set {group} counts the value {counted}, which the codebook does not call selected.",
        why="Options that were chosen would count as not chosen.",
        remedy="Set selected in the codebook to the file's value.",
        facts={"name": name, "counted": counted, "group": group},
    )


def _called_missing(name: str, column: str, codes: list[str]) -> Problem:
    listed = ", ".join(codes)
    return Problem(
        code="INL-29",
        what=f"{name} ({column}): the file calls the codes {listed} missing, the codebook calls them answers.",
        why="One of the two is wrong.",
        remedy="Move the codes to missing in the codebook if they are no answers.",
        facts={"name": name, "column": column, "codes": listed},
    )
