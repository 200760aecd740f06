"""Settings that people write by hand, as frozen, checked records: what is wrong is told all at once, in its own words."""

from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from trygghet.codebook.names import nearest
from trygghet.errors import Problem, ProjectError
from trygghet.pipeline.settings_text import settings_text

Settings = TypeVar("Settings", bound=BaseModel)

STRICT = ConfigDict(
    extra="forbid", frozen=True
)  # no key that a section does not know, and nothing changes afterwards
ProjectFile = Annotated[
    str, AfterValidator(lambda path: path.replace("\\", "/"))
]  # a path from Windows means the same everywhere


def checked(model: type[Settings], document: dict[str, Any], file: str) -> Settings:
    """Check what a settings file says.

    Parameters
    ----------
    model : type of BaseModel
        What may stand in it.
    document : dict
        What stands in it.
    file : str
        Its name, for messages.

    Returns
    -------
    BaseModel
        The checked settings.

    Raises
    ------
    ProjectError
        PROJ-02 for every unknown key and impossible value.
    """
    try:
        return model.model_validate(document)
    except ValidationError as invalid:
        raise ProjectError(*(_problem(details, model, file) for details in invalid.errors())) from invalid


def load_settings(path: Path) -> dict[str, Any]:
    """Read a settings file as a mapping.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    dict
        What stands in it.

    Raises
    ------
    ProjectError
        PROJ-04 when it is not YAML or holds no names with values.
    """
    try:
        document = YAML(typ="safe", pure=True).load(settings_text(path))
    except (YAMLError, ValueError, RecursionError) as broken:
        mark = broken.problem_mark if isinstance(broken, MarkedYAMLError) else None
        line = mark.line + 1 if mark else 1
        raise _no_yaml(path, line) from broken
    if not isinstance(document, dict):
        raise _no_yaml(path, 1)
    return document


def _no_yaml(path: Path, line: int) -> ProjectError:
    return ProjectError(
        Problem(
            code="PROJ-04",
            what=f"{path.name} is not YAML: line {line}.",
            remedy="Check indentation, colons and quotes.",
            facts={"file": path.name, "line": line},
        )
    )


def _problem(details: ErrorDetails, model: type[BaseModel], file: str) -> Problem:
    key = ".".join(str(part) for part in details["loc"])
    suggestion = _nearest_key(details, model)
    return Problem(
        code="PROJ-02",
        what=f"The setting {key!r} cannot be used: {details['msg']}.",
        remedy=f"Correct it in {file}.{suggestion}",
        facts={
            "key": key,
            "reason": _REASONS.get(details["type"], _OTHERWISE),
            "file": file,
            "suggestion": suggestion,
        },
    )


_REASONS = {
    "extra_forbidden": "den finns inte",
    "missing": "den saknas",
    "too_short": "den ska ha minst ett värde",
    "tuple_type": "värdet ska vara en lista inom hakparenteser",
    "too_long": "listan har för många värden",
    "dict_type": "här ska det stå namn och värden, med kolon emellan",
    "model_type": "här ska det stå namn och värden, med kolon emellan",
    "source": "en undersökning ska ha items och stream, allt annat en file",
    "literal_error": "värdet är inte ett av de tillåtna",
    "string_type": "värdet ska vara text; sätt citattecken om det",
    "int_parsing": "värdet ska vara ett heltal",
    "int_type": "värdet ska vara ett heltal",
    "float_parsing": "värdet ska vara ett tal",
    "float_type": "värdet ska vara ett tal",
    "bool_parsing": "värdet ska vara true eller false",
    "greater_than": "talet är för litet",
    "greater_than_equal": "talet är för litet",
    "less_than_equal": "talet är för stort",
    "file_name": "namnet blir del av ett filnamn; använd bokstäver, siffror och understreck",
    "one_before": "skriv antingen previous eller published",
    "one_bound": "skriv antingen at_least eller at_most",
    "less_than": "talet är för stort; 25 procent skrivs 0.25",
    "date_from_datetime_parsing": "datumet ska skrivas som 2026-11-22",
    "date_type": "datumet ska skrivas som 2026-11-22",
}


_OTHERWISE = "värdet passar inte"


def _nearest_key(details: ErrorDetails, model: type[BaseModel]) -> str:
    if details["type"] != "extra_forbidden":
        return ""
    section: Any = model
    for part in details["loc"][:-1]:
        section = _within(section, str(part))
    known = list(section.model_fields) if hasattr(section, "model_fields") else []
    near = nearest(str(details["loc"][-1]), known)
    return f" Menade du ”{near}”?" if near else ""


def _within(section: Any, key: str) -> Any:
    """What a key of a section holds; a mapping holds the same under every key."""
    if hasattr(section, "model_fields"):
        field = section.model_fields.get(key)
        return field.annotation if field else None
    return get_args(section)[-1] if get_args(section) else None
