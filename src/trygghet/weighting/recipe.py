"""From a published table to margins: which dimension is which variable, and how its categories become the codebook's."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from trygghet._files import require_readable
from trygghet.errors import MarginError, Problem
from trygghet.weighting.cube import Cube, Dimension
from trygghet.weighting.jsonstat import parse_jsonstat
from trygghet.weighting.px import parse_px
from trygghet.weighting.tables import MarginTable

Band = tuple[int, int | None]
_SPAN = re.compile(r"^\s*(\d+)\s*[-–]\s*(\d+)")
_OPEN = re.compile(r"^\s*(\d+)\s*(?:\+|[-–]\s*(?:år|w|years?)?\s*$|år\s*(?:och|eller)\s*äldre|or older)")
_BELOW = re.compile(r"^\s*[-–]\s*(\d+)")
_ONE = re.compile(r"^\s*(\d+)(?:\s*(?:år|years?))?\s*$")
OLDEST = 130


@dataclass(frozen=True, slots=True)
class CubeRecipe:
    """How a published table becomes margin tables.

    Parameters
    ----------
    variables : mapping of str to str
        Survey variable to dimension of the table; empty for every dimension with more than one category, under its own name.
    select : mapping of str to sequence of str
        Categories to keep of a dimension, by code or label.
    labels : mapping of str to mapping of str to str
        By variable: category of the table (code or label) to codebook label; several may have the same, "" leaves one out.
    ages : mapping of str to mapping of str to tuple of int
        By variable: codebook label to first and last age; ages outside all bands are left out.
    tables : tuple of tuple of str
        Crossings of the variables to make; empty for the full crossing.
    """

    variables: Mapping[str, str] = field(default_factory=dict)
    select: Mapping[str, Sequence[str]] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ages: Mapping[str, Mapping[str, Band]] = field(default_factory=dict)
    tables: tuple[tuple[str, ...], ...] = ()


def read_cube(path: Path) -> Cube:
    """Published table in a file.

    Parameters
    ----------
    path : Path
        A PX file (``.px``) or a JSON-stat file (``.json``).

    Returns
    -------
    Cube
        The table.

    Raises
    ------
    MarginError
        If the file is missing, or is no whole table.
    """
    require_readable(path)
    try:
        content = path.read_bytes()
    except OSError as cause:
        raise MarginError(
            Problem(
                code="VIKT-10",
                what=f"{path.name} cannot be read ({type(cause).__name__}).",
                why="The margins are taken from it.",
                remedy="Check that the file exists.",
                facts={"fil": path.name},
            )
        ) from cause
    if path.suffix.lower() == ".px":
        return parse_px(content, path.name)
    return parse_jsonstat(content.decode("utf-8-sig", errors="replace"), path.name)


def tables_of_cube(cube: Cube, recipe: CubeRecipe | None = None) -> tuple[MarginTable, ...]:
    """Margin tables of a published table.

    Parameters
    ----------
    cube : Cube
        The table.
    recipe : CubeRecipe, optional
        How its dimensions become variables.

    Returns
    -------
    tuple of MarginTable
        One table a wanted crossing.

    Raises
    ------
    MarginError
        If a dimension that is no variable is left with several categories, a category has no label, an age group crosses a band,
        or a needed number is missing; all at once.
    """
    recipe = recipe or CubeRecipe()
    for dimension, categories in recipe.select.items():
        cube = cube.select(dimension, list(categories))
    wanted = dict(recipe.variables) or _own_names(cube)
    problems: list[Problem] = []
    for variable, dimension in wanted.items():
        cube, found = _relabelled(cube, variable, dimension, recipe=recipe)
        problems += found
    cube, loose = _single(cube, [cube.axis(dimension) for dimension in wanted.values()])
    problems += loose
    if problems:
        raise MarginError(*problems)
    axes = [cube.axis(dimension) for dimension in wanted.values()]
    rest = tuple(k for k in range(cube.values.ndim) if k not in axes)
    values = np.transpose(cube.values, (*axes, *rest)).reshape([cube.values.shape[k] for k in axes])
    lacking = int(np.isnan(values).sum())
    if lacking:
        raise MarginError(
            Problem(
                code="VIKT-35",
                what=f"The published table lacks {lacking} of {values.size} numbers.",
                why="A hidden or missing count cannot be a population total.",
                remedy="Choose coarser categories.",
                facts={"antal": lacking, "alla": values.size},
            )
        )
    names = tuple(wanted)
    labels = [cube.dimensions[k].labels for k in axes]
    crossings = recipe.tables or (names,)
    return tuple(_crossing(crossing, names, (values, labels), cube=cube) for crossing in crossings)


def read_key(path: Path) -> dict[str, str]:
    """Key from small areas (DeSO, RegSO) to the survey's districts.

    Parameters
    ----------
    path : Path
        CSV with two columns: code of the small area, and the district's codebook label.

    Returns
    -------
    dict of str to str
        District of each small area.

    Raises
    ------
    MarginError
        If the file cannot be read, or an area has two districts.
    """
    require_readable(path)
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as cause:
        raise MarginError(
            Problem(
                code="VIKT-10",
                what=f"{path.name} cannot be read ({type(cause).__name__}).",
                why="The key says which district each small area belongs to.",
                remedy="Save it as CSV UTF-8.",
                facts={"fil": path.name},
            )
        ) from cause
    pairs = [(row[0].strip(), row[1].strip()) for row in rows[1:] if len(row) > 1 and row[0].strip()]
    twice = sorted({code for code, district in pairs if dict(pairs)[code] != district})
    if twice or not pairs:
        raise MarginError(
            Problem(
                code="VIKT-36",
                what=f"{path.name} has no pairs, or gives {len(twice)} areas two districts ({', '.join(twice[:5])}).",
                why="Each small area belongs to one district.",
                remedy="Write one row a small area: code, district.",
                facts={"fil": path.name, "antal": len(twice), "koder": ", ".join(twice[:5]) or "–"},
            )
        )
    return dict(pairs)


def age_span(label: str) -> Band | None:
    """First and last age of a category such as "16 år", "16-19 år" or "100+ år".

    Parameters
    ----------
    label : str
        Name of the category.

    Returns
    -------
    tuple of int or None
        The span; None for a last age without end; None instead of a span where the label names no age.
    """
    if found := _SPAN.match(label):
        return int(found[1]), int(found[2])
    if found := _OPEN.match(label):
        return int(found[1]), None
    if found := _BELOW.match(label):
        return 0, int(found[1])
    if found := _ONE.match(label):
        return int(found[1]), int(found[1])
    return None


def _own_names(cube: Cube) -> dict[str, str]:
    """Every dimension with more than one category besides its total, under its own name."""
    return {
        dimension.label: dimension.code
        for dimension in cube.without_totals().dimensions
        if len(dimension.codes) > 1
    }


def _relabelled(
    cube: Cube, variable: str, dimension: str, *, recipe: CubeRecipe
) -> tuple[Cube, list[Problem]]:
    given = cube.dimensions[cube.axis(dimension)]
    if variable in recipe.ages:
        return _banded(cube, given, variable, bands=recipe.ages[variable])
    if variable not in recipe.labels:
        rest = [code for code in given.codes if code != given.total]
        return cube.select(given.code, rest), []
    names = recipe.labels[variable]
    groups: dict[str, list[int]] = {}
    lost = []
    for position, (code, label) in enumerate(zip(given.codes, given.labels, strict=True)):
        name = names.get(code, names.get(label))
        if name:
            groups.setdefault(name, []).append(position)
        elif name is None and code != given.total:
            lost.append(label)
    if not lost:
        return cube.grouped(given.code, groups), []
    return cube, [
        Problem(
            code="VIKT-37",
            what=f"{len(lost)} categories of {given.label} have no label of {variable} ({', '.join(lost[:5])}).",
            why="Everyone in the population belongs to a category, or is left out by choice.",
            remedy='Give each a label, or "" to leave it out.',
            facts={"variabel": variable, "antal": len(lost), "kategorier": ", ".join(lost[:5])},
        )
    ]


def _banded(
    cube: Cube, given: Dimension, variable: str, *, bands: Mapping[str, Band]
) -> tuple[Cube, list[Problem]]:
    """Ages summed into bands, each age counted once although tables hold single years beside groups of years."""
    spans = age_positions(given)
    groups = {name: cover(spans, band) for name, band in bands.items()}
    lost = [name for name, positions in groups.items() if not positions]
    if not lost:
        return cube.grouped(given.code, groups), []
    return cube, [
        Problem(
            code="VIKT-38",
            what=f"The ages of {given.label} do not fit the bands {', '.join(lost[:5])} of {variable}.",
            why="A band is a sum of whole age groups, each counted once.",
            remedy="Take single years of age, or bands that follow the table's groups.",
            facts={"variabel": variable, "kategorier": ", ".join(lost[:5])},
        )
    ]


def age_positions(dimension: Dimension) -> dict[int, Band]:
    """Ages of the categories of a dimension, totals left out.

    Parameters
    ----------
    dimension : Dimension
        Ages.

    Returns
    -------
    dict of int to tuple of int
        First and last age of the categories that name ages, by position.
    """
    spans = ((k, age_span(label)) for k, label in enumerate(dimension.labels))
    return {k: span for k, span in spans if span is not None and dimension.codes[k] != dimension.total}


def cover(spans: Mapping[int, Band], band: Band) -> list[int]:
    """Categories that fill a band of ages, each age once, the finest first.

    Parameters
    ----------
    spans : mapping of int to tuple of int
        First and last age of each category.
    band : tuple of int
        First and last age wanted.

    Returns
    -------
    list of int
        Positions of the categories; empty where none fill the band exactly.
    """
    low, high = band
    top = OLDEST if high is None else high
    chosen: list[int] = []
    reached = low
    while reached <= top:
        ends = {k: OLDEST if last is None else last for k, (first, last) in spans.items() if first == reached}
        fitting = {k: end for k, end in ends.items() if end <= top}
        if not fitting:
            return chosen if high is None and chosen and not _beyond(spans, reached) else []
        best = min(fitting, key=fitting.__getitem__)
        chosen.append(best)
        reached = fitting[best] + 1
    return chosen


def _beyond(spans: Mapping[int, Band], age: int) -> bool:
    """Whether a table has somebody of an age or older."""
    return any((OLDEST if last is None else last) >= age for _, last in spans.values())


def _single(cube: Cube, variables: Sequence[int]) -> tuple[Cube, list[Problem]]:
    """The table with one category in each dimension that is no variable: the only one, or the total."""
    names = {cube.dimensions[k].code for k in variables}
    problems = []
    for dimension in cube.dimensions:
        if dimension.code in names or len(dimension.codes) == 1:
            continue
        if dimension.total:
            cube = cube.select(dimension.code, [dimension.total])
        else:
            problems.append(
                Problem(
                    code="VIKT-34",
                    what=f"Dimension {dimension.label} has {len(dimension.codes)} categories and none is chosen.",
                    why="A margin holds one date, one place and one kind of number.",
                    remedy=f"Choose one, such as {dimension.labels[-1]}.",
                    facts={
                        "dimension": dimension.label,
                        "antal": len(dimension.codes),
                        "exempel": dimension.labels[-1],
                    },
                )
            )
    return cube, problems


def _crossing(
    crossing: Sequence[str],
    names: Sequence[str],
    block: tuple[np.ndarray, Sequence[Sequence[str]]],
    *,
    cube: Cube,
) -> MarginTable:
    values, labels = block
    keep = [list(names).index(name) for name in crossing]
    summed = values.sum(axis=tuple(k for k in range(values.ndim) if k not in keep))
    order = [sorted(keep).index(k) for k in keep]
    summed = np.transpose(summed, order)
    categories = tuple(
        tuple(labels[k][place] for k, place in zip(keep, places, strict=True))
        for places in np.ndindex(summed.shape)
    )
    return MarginTable(
        tuple(crossing), categories, summed.ravel(), source=cube.source, reference_date=_date(cube)
    )


def _date(cube: Cube) -> str:
    """Date of a table with one time: 31 December of a year, the last day of a month."""
    for dimension in cube.dimensions:
        if dimension.code.casefold() in {"tid", "time", "period", "vuosi"} and len(dimension.codes) == 1:
            time = dimension.codes[0]
            if found := re.fullmatch(r"(\d{4})M(\d{2})", time):
                return _month_end(found[1], found[2])
            return f"{time}-12-31" if re.fullmatch(r"\d{4}", time) else time
    return ""


def _month_end(year: str, month: str) -> str:
    following = np.datetime64(f"{year}-{month}", "M") + 1
    return str(following.astype("datetime64[D]") - 1)
