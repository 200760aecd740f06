"""What can be wrong with a survey file, as problems; never with a person's value."""

from collections.abc import Iterable, Mapping

from trygghet.codebook import Code, Stream
from trygghet.codebook.names import nearest
from trygghet.errors import Problem

_OFTEN = 5


def shown(unknown: Mapping[str, int], known: Iterable[str]) -> str:
    """List unknown cells with their counts, holding back texts that could be something a person wrote.

    Codes (up to four characters that are a number), texts near a known label and texts that many rows share are shown.

    Parameters
    ----------
    unknown : mapping of text to int
        Cells and how many rows hold them.
    known : iterable of str
        Declared labels.

    Returns
    -------
    str
        For example ``"96 (3 rader), 97 (1)"``.
    """
    labels = list(known)
    safe = {
        text: rows
        for text, rows in unknown.items()
        if (len(text) <= 4 and text.lstrip("-").isdigit())
        or (
            len(text) <= 60
            and "@" not in text
            and sum(map(str.isdigit, text)) < 6
            and (rows >= _OFTEN or nearest(text, labels))
        )
    }
    parts = [f"{text} ({rows})" for text, rows in safe.items()]
    hidden = len(unknown) - len(safe)
    if hidden:
        parts.append(f"{hidden} till som inte visas")
    return ", ".join(parts)


def missing_columns(names: Iterable[str], present: Iterable[str]) -> list[Problem]:
    """Columns that the codebook names and the file lacks.

    Parameters
    ----------
    names : iterable of str
        Columns in the codebook.
    present : iterable of str
        Columns in the file.

    Returns
    -------
    list of Problem
        One for each missing column, with the nearest name in the file.
    """
    there = list(present)
    problems = []
    for name in names:
        if name in there:
            continue
        guess = nearest(name, there)
        problems.append(
            Problem(
                code="INL-04",
                what=f"The file has no column {name}.",
                why="The codebook describes it.",
                remedy=f"Did the file mean {guess}?"
                if guess
                else "Correct the codebook or fetch a complete file.",
                facts={"column": name, "guess": guess or "–"},
            )
        )
    return problems


def undeclared_codes(name: str, column: str, *, unknown: Mapping[str, int], labels: Iterable[str]) -> Problem:
    """Codes without a meaning in the codebook.

    Parameters
    ----------
    name, column : str
        Our name and the file's.
    unknown : mapping of text to int
        The codes and how many rows hold them.
    labels : iterable of str
        Declared labels.

    Returns
    -------
    Problem
        With all codes.
    """
    return Problem(
        code="INL-05",
        what=f"{name} ({column}) holds codes without a meaning: {shown(unknown, labels)}.",
        why="An undeclared code such as 97 would silently become an answer.",
        remedy="Declare each code under labels or under missing in the codebook.",
        facts={
            "name": name,
            "column": column,
            "codes": shown(unknown, labels),
            "rows": sum(unknown.values()),
        },
    )


def unknown_areas(name: str, column: str, *, unknown: Mapping[str, int], labels: Iterable[str]) -> Problem:
    """Area names that the codebook does not have.

    Parameters
    ----------
    name, column : str
        Our name and the file's.
    unknown : mapping of text to int
        The names and how many rows hold them.
    labels : iterable of str
        Declared areas.

    Returns
    -------
    Problem
        With all names that may be shown.
    """
    return Problem(
        code="INL-09",
        what=f"{name} ({column}) holds areas that are not declared: {shown(unknown, labels)}.",
        why="An area that is spelled in two ways would be split in two.",
        remedy="Add the spelling under areas > aliases, or the area under labels.",
        facts={
            "name": name,
            "column": column,
            "areas": shown(unknown, labels),
            "rows": sum(unknown.values()),
        },
    )


def counted(code: str, name: str, *, rows: int, what: str, remedy: str) -> Problem:
    """A problem that is told by its number of rows alone.

    Parameters
    ----------
    code : str
        Stable code.
    name : str
        Variable or column.
    rows : int
        How many rows.
    what, remedy : str
        What was found and what to do.

    Returns
    -------
    Problem
        With ``name`` and ``rows`` as facts.
    """
    return Problem(
        code=code, what=f"{name}: {rows} rows {what}.", remedy=remedy, facts={"name": name, "rows": rows}
    )


def unreadable(file: str, program: str) -> Problem:
    """A file that is not what its name says.

    Parameters
    ----------
    file : str
        Its name.
    program : str
        Whose format its name promises.

    Returns
    -------
    Problem
        Without its content.
    """
    return Problem(
        code="INL-02",
        what=f"{file} cannot be read as a {program} file.",
        why="It is damaged, cut off, or of another format than its name says.",
        remedy="Open it in the program that made it and save it again, or export it as CSV.",
        facts={"file": file, "format": program},
    )


def gave_up(file: str, program: str) -> Problem:
    """A file over which its reader died, ran out of memory or did not end.

    Parameters
    ----------
    file : str
        Its name.
    program : str
        Whose format its name promises.

    Returns
    -------
    Problem
        Without its content.
    """
    return Problem(
        code="INL-22",
        what=f"{file} cannot be read as a {program} file.",
        why="Its reader died, ran out of memory or did not end.",
        remedy="Open it in the program that made it and save it again, or export it as CSV.",
        facts={"file": file, "format": program},
    )


def wrong_encoding(file: str, encoding: str) -> Problem:
    """Texts that are not encoded as the codebook says.

    Parameters
    ----------
    file : str
        The file's name.
    encoding : str
        The encoding in the codebook.

    Returns
    -------
    Problem
        Without the texts.
    """
    return Problem(
        code="INL-23",
        what=f"{file} is not encoded as {encoding}.",
        remedy="Leave out file > encoding in the codebook, or save the file as UTF-8.",
        facts={"file": file, "encoding": encoding},
    )


def more_than_asked(streams: Mapping[Code, Stream], answers: Mapping[Code, int]) -> list[Problem]:
    """Streams with more answers than were asked.

    Parameters
    ----------
    streams : mapping of code to Stream
        Declared streams, by their value in the file.
    answers : mapping of code to int
        Answers of each value.

    Returns
    -------
    list of Problem
        One for each value whose answers are more than ``invited``.
    """
    return [
        Problem(
            code="INL-46",
            what=f"Stream {stream.name} has {answers[code]} answers, and {stream.invited} were asked.",
            why="More cannot answer than were asked: the response rate would be above 100 per cent.",
            remedy="Correct invited, or find the answers that belong to another stream.",
            facts={
                "name": stream.name,
                "answers": answers[code],
                "invited": stream.invited,
                "value": str(code) or "–",
            },
        )
        for code, stream in streams.items()
        if stream.invited is not None and answers[code] > stream.invited
    ]
