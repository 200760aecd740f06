"""``promises.yaml``: written once as a seed, filled in by people, read back and checked."""

import io
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from trygghet.errors import Problem, PromiseError
from trygghet.promise.drafts import edited_drafts, write_draft
from trygghet.promise.records import PromiseBook

NAME = "promises.yaml"
HEAD = """# Underlag till medborgarlöfte. Ni fyller i: chosen (true eller false: blir området ett löfte?), indicator (ett mått
# bland candidates), target_points (mål i procentenheter), target_by_district (mål för enskilda områden, till exempel
# {Centrum: 8}), owner, activity, follow_up_date (ÅÅÅÅ-MM-DD), forum, channel. Övriga fält är gjorda av programmet.
# Spara, och kör sedan trygghet promise seed igen: det som ni har skrivit följer med till Wordutkastet.
# box: surely = hör till de prioriterade, maybe = ni väljer bland dem, respondents = de svarandes val i en öppen enkät.
# detectable_points: minsta upptäckbara förändring i procentenheter, den som en lika stor undersökning normalt visar
# när utvecklingen bedöms så som rapporten gör det.
"""


def promises_text(book: PromiseBook) -> str:
    """Write promises as YAML with a heading that tells what to fill in.

    Parameters
    ----------
    book : PromiseBook
        Promises.

    Returns
    -------
    str
        YAML document.
    """
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.width = 120
    yaml.representer.ignore_aliases = lambda value: not isinstance(value, dict | list)
    yaml.indent(mapping=2, sequence=4, offset=2)
    buffer = io.StringIO()
    yaml.dump(_plain(book.model_dump(mode="python")), buffer)
    return HEAD + buffer.getvalue()


def write_promises(path: Path, book: PromiseBook) -> Path:
    """Write a seed, never over a file that somebody has edited.

    Parameters
    ----------
    path : Path
        Wanted path.
    book : PromiseBook
        Promises.

    Returns
    -------
    Path
        Where it was written.
    """
    return write_draft(path, promises_text(book).encode("utf-8"))


def current_promises(folder: Path) -> Path | None:
    """Find the promises that count: the latest file that somebody has edited, or else the latest seed.

    Parameters
    ----------
    folder : Path
        Folder of the drafts.

    Returns
    -------
    Path or None
        None where there is no file.
    """
    stem, suffix = NAME.split(".")
    found = [folder / NAME, *sorted(folder.glob(f"{stem} (*).{suffix}"), key=_number)]
    there = [path for path in found if path.is_file()]
    edited = set(edited_drafts(folder))
    return next(iter([path for path in reversed(there) if path.name in edited] or reversed(there)), None)


def _number(path: Path) -> tuple[int, str]:
    """Order ``promises (10).yaml`` after ``promises (9).yaml``."""
    number = path.stem.partition("(")[2].rstrip(")")
    return (int(number) if number.isdigit() else 0, path.name)


def read_promises(path: Path) -> PromiseBook:
    """Read promises that people have filled in.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    PromiseBook
        Checked promises.

    Raises
    ------
    PromiseError
        LOFTE-02 when the file is no YAML, LOFTE-03 for every field that is unknown or wrong, LOFTE-04 when it is not UTF-8.
    """
    try:
        content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise PromiseError(
            Problem(
                code="LOFTE-04",
                what=f"{path.name} is not saved as UTF-8.",
                why="Its letters cannot be read.",
                remedy="Save it with the encoding UTF-8.",
                facts={"fil": path.name},
            )
        ) from error
    except (YAMLError, ValueError, RecursionError) as error:
        marked = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        line = marked.line + 1 if marked else 0
        raise PromiseError(
            Problem(
                code="LOFTE-02",
                what=f"{path.name} is no YAML (line {line}).",
                why="The file cannot be read.",
                remedy="Compare the line's indentation with the lines around it.",
                facts={"fil": path.name, "rad": line},
            )
        ) from error
    try:
        return PromiseBook.model_validate(content)
    except ValidationError as error:
        problems = [_problem(path.name, each["loc"], str(each["msg"])) for each in error.errors()]
        raise PromiseError(*problems) from error


def _problem(name: str, place: tuple[Any, ...], message: str) -> Problem:
    """Tell that one field is wrong."""
    field = ".".join(str(part) for part in place)
    return Problem(
        code="LOFTE-03",
        what=f"{name}: {field}: {message}.",
        why="The field is unknown, or its value does not fit.",
        remedy="Correct the field.",
        facts={"fil": name, "falt": field},
    )


def _plain(value: Any) -> Any:
    """Lists for tuples, so that YAML needs no tags."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
