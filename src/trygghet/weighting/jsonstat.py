"""Reading JSON-stat, versions 1 and 2."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from trygghet._typing import FloatArray
from trygghet.errors import MarginError, Problem
from trygghet.weighting.cube import Cube, Dimension, total_code


def parse_jsonstat(text: str, name: str) -> Cube:
    """Table of a JSON-stat text.

    Parameters
    ----------
    text : str
        The text.
    name : str
        File or address, for messages.

    Returns
    -------
    Cube
        The table.

    Raises
    ------
    MarginError
        If the text is cut, no JSON-stat data set, or its numbers do not fill its dimensions.
    """
    try:
        content: Any = json.loads(text)
        content = content.get("dataset", content)
        if "id" not in content:
            content = content | {"id": content["dimension"]["id"], "size": content["dimension"]["size"]}
        dimensions = tuple(_dimension(code, content["dimension"][code]) for code in content["id"])
        shape = tuple(len(dimension.codes) for dimension in dimensions)
        values = _values(content["value"], int(np.prod(shape)))
        if shape != tuple(int(size) for size in content["size"]):
            raise ValueError("sizes")  # noqa: TRY301 - told below together with the other ways of being wrong
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError) as cause:
        raise MarginError(
            Problem(
                code="VIKT-31",
                what=f"{name} is no whole JSON-stat data set ({type(cause).__name__}: {cause}).",
                why="Numbers and categories must fit each other.",
                remedy="Fetch the table again.",
                facts={"fil": name, "form": "JSON-stat"},
            )
        ) from cause
    return Cube(
        dimensions,
        values.reshape(shape),
        title=str(content.get("label", "")),
        source=str(content.get("source", "")),
        updated=str(content.get("updated", "")),
    )


def _dimension(code: str, given: Mapping[str, Any]) -> Dimension:
    category = given["category"]
    labels = {str(key): str(label) for key, label in category.get("label", {}).items()}
    index = category.get("index", list(labels))
    order = sorted(index, key=index.__getitem__) if isinstance(index, dict) else list(index)
    if isinstance(index, dict) and len(set(index.values())) < len(index):
        raise ValueError(f"{code}: two categories have one place")
    codes = tuple(str(key) for key in order)
    names = tuple(labels.get(key, key) for key in codes)
    declared = str((given.get("extension") or {}).get("eliminationValueCode", "") or "")
    return Dimension(
        str(code), str(given.get("label", code)), codes, names, total_code(codes, names, declared)
    )


def _values(given: Any, count: int) -> FloatArray:
    values = np.full(count, np.nan)
    if isinstance(given, dict):
        for position, value in given.items():
            place = int(position)
            if place < 0:
                raise ValueError(f"a number at place {place}")
            values[place] = np.nan if value is None else float(value)
    else:
        if len(given) != count:
            raise ValueError(f"{len(given)} numbers for {count} places")
        values[:] = [np.nan if value is None else float(value) for value in given]
    return values
