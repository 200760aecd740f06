"""YAML 1.2 text to a checked model; every problem of a file in one error."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from trygghet._files import require_readable
from trygghet._signs import legible, unseen
from trygghet.codebook.names import nearest
from trygghet.errors import CodebookError, Problem

Model = TypeVar("Model", bound=BaseModel)


def read_yaml(text: str, *, name: str) -> dict[str, Any]:
    """Parse YAML 1.2 into plain mappings.

    Parameters
    ----------
    text : str
        The YAML text.
    name : str
        What to call it in an error.

    Returns
    -------
    dict
        The document.

    Raises
    ------
    CodebookError
        KOD-02 when the text is no YAML mapping, with the line; KOD-22 when texts hold signs that nobody can see.
    """
    try:
        document = YAML(typ="safe", pure=True).load(text)
        hidden = tuple(_unseen(document, name, ()))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        raise CodebookError(_syntax(name, line, error.problem or "")) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise CodebookError(_syntax(name, 0, type(error).__name__)) from error
    if not isinstance(document, dict):
        raise CodebookError(_syntax(name, 1, "not a mapping of keys"))
    if hidden:
        raise CodebookError(*hidden)
    return document


def write_yaml(document: Mapping[str, Any]) -> str:
    """Write plain mappings as YAML 1.2 in their own order.

    Parameters
    ----------
    document : mapping
        Mappings, sequences, texts, numbers and dates.

    Returns
    -------
    str
        YAML text that :func:`read_yaml` reads back.
    """
    writer = YAML(typ="safe", pure=True)
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    writer.allow_unicode = True
    writer.default_flow_style = False
    writer.width = 120
    stream = io.StringIO()
    writer.dump(_listed(document), stream)
    return stream.getvalue()


def read_text(path: Path) -> str:
    """Read a UTF-8 text file, with or without a byte-order mark.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    str
        Its text.

    Raises
    ------
    CodebookError
        When the file is missing or is not UTF-8.
    """
    require_readable(path)
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else "cannot be opened"
        raise CodebookError(
            Problem(
                code="KOD-01",
                what=f"The codebook {path.name} {reason}.",
                remedy="Check the name; save the file as UTF-8.",
                facts={"file": path.name},
            )
        ) from error


def validated(model: type[Model], document: Mapping[str, Any], *, name: str) -> Model:
    """Build a model, with every violation as one problem that names its place.

    Parameters
    ----------
    model : type
        The pydantic model.
    document : mapping
        What was read.
    name : str
        What to call the document in an error.

    Returns
    -------
    model
        The checked record.

    Raises
    ------
    CodebookError
        With one problem for each violation; an unknown key names the nearest known one.
    """
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise CodebookError(*_problems(model, error, name)) from error


def _listed(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {key: _listed(value) for key, value in part.items()}
    return [_listed(value) for value in part] if isinstance(part, (list, tuple)) else part


def _unseen(part: Any, name: str, place: tuple[str, ...]) -> Iterator[Problem]:
    """Texts with control characters, or signs that turn the direction of reading, wherever they stand."""
    if isinstance(part, Mapping):
        for key, value in part.items():
            yield from _unseen(str(key), name, (*place, "key"))
            yield from _unseen(value, name, (*place, legible(str(key))))
    elif isinstance(part, list):
        for value in part:
            yield from _unseen(value, name, place)
    elif isinstance(part, str) and (signs := unseen(part)):
        told, where = ", ".join(signs), " > ".join(place)
        yield Problem(
            code="KOD-22",
            what=f"{name}: {where} holds signs that cannot be seen: {told}.",
            why="They would break files, or make a label read as something else than it is.",
            remedy="Write the text anew by hand.",
            facts={"file": name, "place": where, "signs": told},
        )


def _syntax(name: str, line: int, reason: str) -> Problem:
    return Problem(
        code="KOD-02",
        what=f"{name} is not valid YAML at line {line}: {reason}.",
        remedy="Check indentation, colons and quotes on that line.",
        facts={"file": name, "line": line, "reason": reason},
    )


def _problems(model: type[BaseModel], error: ValidationError, name: str) -> Iterator[Problem]:
    for violation in error.errors(include_url=False, include_input=False):
        location = [str(part) for part in violation["loc"] if part != "[key]"]
        place = " > ".join(location)
        if violation["type"] == "extra_forbidden":
            known = _keys(_model_at(model, violation["loc"][:-1]))
            guess = nearest(location[-1], known)
            yield Problem(
                code="KOD-03",
                what=f"{name}: unknown key {place}.",
                why="A key that is not known would be ignored without a word.",
                remedy=f"Did you mean {guess}?" if guess else f"Known keys: {', '.join(known)}.",
                facts={"file": name, "place": place, "guess": guess or ", ".join(known)},
            )
        else:
            reason = violation["msg"].removeprefix("Value error, ")
            yield Problem(
                code="KOD-04",
                what=f"{name}: {place or 'the document'}: {reason}.",
                remedy="Correct the value at that place.",
                facts={"file": name, "place": place or "codebook", "reason": reason},
            )


def _keys(model: type[BaseModel] | None) -> list[str]:
    return [field.alias or key for key, field in model.model_fields.items()] if model else []


def _model_at(model: type[BaseModel], location: tuple[int | str, ...]) -> type[BaseModel] | None:
    """Follow an error's location down to the model that refused the key."""
    found: Any = model
    for part in location:
        if isinstance(found, type) and issubclass(found, BaseModel):
            by_key = {field.alias or key: field for key, field in found.model_fields.items()}
            if str(part) not in by_key:
                return None
            found = _without_none(by_key[str(part)].annotation)
        elif get_origin(found) in {dict, tuple, list}:
            found = _without_none(get_args(found)[-1 if get_origin(found) is dict else 0])
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in {Union, UnionType}:
        models = [part for part in get_args(annotation) if part is not type(None)]
        return models[0] if models else annotation
    return annotation
