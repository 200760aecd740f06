"""The population of a municipality from a statistics service, cut as a survey's codebook cuts it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from trygghet.codebook import Codebook
from trygghet.errors import MarginError, Problem
from trygghet.weighting.cube import Cube, Dimension
from trygghet.weighting.pxweb import PxWeb, Snapshot
from trygghet.weighting.recipe import Band, CubeRecipe, age_positions, age_span, cover, tables_of_cube
from trygghet.weighting.tables import MarginTable

MUNICIPALITY_TABLE = "TAB6471"
SMALL_AREA_TABLE = "TAB6574"
_SMALL_AREA = {
    "deso": re.compile(r"^(\d{4}[ABC]\d{4})(?:_.*)?$"),
    "regso": re.compile(r"^(\d{4}R\d{3})(?:_.*)?$"),
}


@dataclass(frozen=True, slots=True)
class PopulationRequest:
    """What population is wanted, and what the survey calls it.

    Parameters
    ----------
    municipality : str
        Four-digit code.
    year : str
        The population on 31 December of this year.
    ages : tuple of str and mapping
        Age variable and its bands.
    sexes : tuple of str and mapping
        Sex variable and its labels by first letter of the published category, such as ``{"m": "Man", "k": "Kvinna"}``.
    areas : tuple of str and mapping, optional
        Area variable and the district of each small area.
    level : str
        Kind of small area, ``"deso"`` or ``"regso"``.
    table : str
        Id of the table; empty for the usual one.
    """

    municipality: str
    year: str
    ages: tuple[str, Mapping[str, Band]]
    sexes: tuple[str, Mapping[str, str]]
    areas: tuple[str, Mapping[str, str]] | None = None
    level: str = "deso"
    table: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """A fetched population.

    Parameters
    ----------
    snapshot : Snapshot
        The numbers as they were published.
    tables : tuple of MarginTable
        Tables to calibrate to.
    checks : tuple of MarginTable
        Tables to compare with only.
    """

    snapshot: Snapshot
    tables: tuple[MarginTable, ...]
    checks: tuple[MarginTable, ...] = ()


def age_bands(codebook: Codebook, variable: str) -> dict[str, Band]:
    """Bands of an age variable, from its declared bands or its labels.

    Parameters
    ----------
    codebook : Codebook
        The survey's codebook.
    variable : str
        The age variable.

    Returns
    -------
    dict of str to tuple of int
        First and last age of each label.

    Raises
    ------
    MarginError
        If a label names no ages.
    CodebookError
        If there is no such variable.
    """
    derived = codebook.derived.get(variable)
    if derived is not None and derived.bands:
        return {
            label: (int(low or 0), None if high is None else int(high))
            for label, (low, high) in derived.bands.items()
        }
    labels = codebook.variable(variable).categories
    spans = {label: age_span(label) for label in labels}
    lost = [label for label, span in spans.items() if span is None]
    if lost:
        raise MarginError(
            Problem(
                code="VIKT-41",
                what=f"The labels {', '.join(lost[:5])} of {variable} name no ages.",
                why="The population is fetched by age.",
                remedy="Declare bands of age under derived, or name the variable that has them.",
                facts={"variabel": variable, "etiketter": ", ".join(lost[:5])},
            )
        )
    return {label: span for label, span in spans.items() if span is not None}


def sex_labels(codebook: Codebook, variable: str) -> dict[str, str]:
    """The codebook's labels of women and men, by first letter.

    Parameters
    ----------
    codebook : Codebook
        The survey's codebook.
    variable : str
        The variable of sex.

    Returns
    -------
    dict of str to str
        Labels under ``"k"`` and ``"m"``.

    Raises
    ------
    MarginError
        If the labels do not say which is which.
    CodebookError
        If there is no such variable.
    """
    found: dict[str, str] = {}
    for label in codebook.variable(variable).categories:
        word = label.casefold()
        if word.startswith("kvinn"):
            found["k"] = label
        elif word.startswith(("man", "män")):
            found["m"] = label
    if len(found) < 2:
        raise MarginError(
            Problem(
                code="VIKT-42",
                what=f"The labels of {variable} do not say which are women and men.",
                why="The population is fetched by sex.",
                remedy="Label the codes Kvinna and Man, or name the variable that has them.",
                facts={"variabel": variable},
            )
        )
    return found


def fetch_population(client: PxWeb, request: PopulationRequest) -> Population:
    """Population by sex and age of a municipality, and by district where small areas are keyed to districts.

    Parameters
    ----------
    client : PxWeb
        The statistics service.
    request : PopulationRequest
        What is wanted.

    Returns
    -------
    Population
        Sex by age, districts, and district by age as a check; from one table, so that they count the same people.

    Raises
    ------
    MarginError
        If the service does not answer, or its table does not have the municipality, the year or the ages; or if small areas have
        no district.
    """
    table = request.table or (SMALL_AREA_TABLE if request.areas else MUNICIPALITY_TABLE)
    known = client.metadata(table)
    region, time = known.dimensions[known.axis("Region")], known.dimensions[known.axis("Tid")]
    ages, sexes = known.dimensions[known.axis("Alder")], known.dimensions[known.axis("Kon")]
    small = _small_areas(region, request) if request.areas else {request.municipality: request.municipality}
    spans = age_positions(ages)
    wanted = [ages.codes[k] for band in request.ages[1].values() for k in cover(spans, band)]
    snapshot = client.fetch(
        table,
        {
            region.code: list(small),
            ages.code: wanted or [ages.codes[k] for k in spans],
            sexes.code: [code for code in sexes.codes if code != sexes.total],
            time.code: [_time(time, request.year)],
            **_contents(known),
        },
    )
    cube = replace(snapshot.cube, source=f"{snapshot.cube.source} {table}".strip())
    labels = {request.sexes[0]: _sexes(sexes, request.sexes[1])}
    variables = {request.sexes[0]: sexes.code, request.ages[0]: ages.code}
    crossed = (request.sexes[0], request.ages[0])
    recipe = CubeRecipe(
        variables=variables, labels=labels, ages={request.ages[0]: request.ages[1]}, tables=(crossed,)
    )
    if request.areas is None:
        return Population(snapshot, tables_of_cube(cube, recipe))
    name, key = request.areas
    recipe = CubeRecipe(
        variables=variables | {name: region.code},
        labels=labels | {name: {code: key[area] for code, area in small.items()}},
        ages=recipe.ages,
        tables=(crossed, (name,), (name, request.ages[0])),
    )
    *tables, check = tables_of_cube(cube, recipe)
    return Population(snapshot, tuple(tables), (check,))


def _small_areas(region: Dimension, request: PopulationRequest) -> dict[str, str]:
    """Published codes of the municipality's small areas, each with the code that the key uses."""
    form = _SMALL_AREA[request.level]
    key = request.areas[1] if request.areas else {}
    found = {
        code: match[1]
        for code in region.codes
        if (match := form.match(code)) and code.startswith(request.municipality)
    }
    newest = {area: code for code, area in sorted(found.items())}
    lost = sorted(set(newest) ^ set(key))
    if lost:
        raise MarginError(
            Problem(
                code="VIKT-43",
                what=f"{len(lost)} small areas stand in only one of the key and the table ({', '.join(lost[:5])}).",
                why="Each small area of the municipality belongs to one district.",
                remedy="Complete the key with the municipality's areas of today.",
                facts={"antal": len(lost), "koder": ", ".join(lost[:5])},
            )
        )
    return {code: area for area, code in newest.items()}


def _time(time: Dimension, year: str) -> str:
    """The category of 31 December of a year: the year itself or its December."""
    for code in (year, f"{year}M12"):
        if code in time.codes:
            return code
    return year


def _sexes(sexes: Dimension, labels: Mapping[str, str]) -> dict[str, str]:
    """Published category of sex to the codebook's label."""
    first = {"1": "m", "2": "k"}
    return {
        code: labels[first.get(code, label[:1].casefold())]
        for code, label in zip(sexes.codes, sexes.labels, strict=True)
        if code != sexes.total
    }


def _contents(known: Cube) -> dict[str, list[str]]:
    """The count of people among the kinds of numbers of a table: the first."""
    for dimension in known.dimensions:
        if dimension.code.casefold() == "contentscode":
            return {dimension.code: [dimension.codes[0]]}
    return {}
