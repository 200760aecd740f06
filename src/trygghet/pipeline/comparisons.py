"""Waves against each other: which items can be compared, and their changes."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from trygghet.codebook import Codebook
from trygghet.codebook.names import nearest
from trygghet.errors import Problem, ProjectError
from trygghet.estimate import Estimates, read_estimates
from trygghet.ingest import read_codebook
from trygghet.pipeline.analyses import Result, matching
from trygghet.pipeline.params import ClaimsParams, Params
from trygghet.pipeline.printed import printed_wave
from trygghet.pipeline.project import Project
from trygghet.pipeline.results import ResultName, stored
from trygghet.waves import Break, breaks_between, change


def codebooks(project: Project) -> dict[str, Codebook]:
    """Give the codebook that every wave was read by.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    dict of str to Codebook
        Codebooks by wave.
    """
    return {wave: read_codebook(project.paths.wave(wave).microdata) for wave in project.params.waves}


def check_settings(params: Params, books: Mapping[str, Codebook]) -> None:
    """Refuse settings that name what no wave has: a misspelt item would otherwise vanish without a word.

    Parameters
    ----------
    params : Params
        The parameters.
    books : mapping of str to Codebook
        Codebooks by wave.

    Raises
    ------
    ProjectError
        With every name that no codebook knows.
    """
    indicators = {name for book in books.values() for name in book.indicators}
    blocks = {name for book in books.values() for name in book.multi_response}
    variables = {name for book in books.values() for name in book.all_variables}
    lacking = [
        *(
            (f"estimate.items.{name}", pattern, indicators)
            for name, patterns in params.estimate.items.items()
            for pattern in patterns
            if not any(matching(book, (pattern,)) for book in books.values())
        ),
        *(
            ("estimate.together", name, indicators)
            for name in params.estimate.together
            if "together" in params.estimate.model_fields_set and name not in indicators
        ),
        *(("estimate.domains", name, variables) for name in params.estimate.domains if name not in variables),
        *(
            ("ranking.priorities", name, blocks)
            for name in _named(params.ranking.priorities)
            if name not in blocks
        ),
        *(
            ("ranking.items", name, set(params.estimate.items))
            for name in _named(params.ranking.items)
            if name not in params.estimate.items
        ),
        *_unknown_in_claims(params.claims, indicators),
        *(
            (f"promise.indicators.{area}", name, indicators)
            for area, names in params.promise.indicators.items()
            for name in names
            if name not in indicators
        ),
    ]
    if lacking:
        waves = ", ".join(books)
        raise ProjectError(*(_unknown(*each, waves=waves) for each in lacking))
    exploratory = _not_headline(params.claims)
    if exploratory:
        raise ProjectError(*(_no_sentence(*each) for each in exploratory))


def wave_changes(
    project: Project, wave: str, books: Mapping[str, Codebook]
) -> Iterator[tuple[ResultName, Estimates]]:
    """Compare a wave with the one before it, where the same random stream answered the same question.

    Parameters
    ----------
    project : Project
        The project.
    wave : str
        Name of the later wave.
    books : mapping of str to Codebook
        Codebooks by wave.

    Yields
    ------
    tuple of ResultName and Estimates
        Changes of the items that can be compared.
    """
    previous = project.params.waves[wave].previous
    if previous is None:
        printed = printed_wave(project, wave, books[wave])
        if printed is not None:
            now = trends(project.paths.wave(wave).estimates)
            yield from changes_between(now, printed.trends, printed.breaks)
        return
    now, then = (trends(project.paths.wave(name).estimates) for name in (wave, previous))
    yield from changes_between(
        now, then, breaks_between(books[wave], books[previous], order=project.params.order)
    )


def trends(folder: Path) -> dict[ResultName, Result]:
    """Read the shares of a wave that may be compared with another wave.

    Parameters
    ----------
    folder : Path
        Folder of the wave's estimates.

    Returns
    -------
    dict of ResultName to Estimates or RespondentShares
        Shares without finite-population correction.
    """
    return {name: read_estimates(path) for name, path in stored(folder, ".parquet") if name.kind == "trend"}


def changes_between(
    now: Mapping[ResultName, Result], then: Mapping[ResultName, Result], breaks: tuple[Break, ...]
) -> Iterator[tuple[ResultName, Estimates]]:
    """Compare the shares of two waves, item by item where the question is the same.

    Parameters
    ----------
    now, then : mapping of ResultName to Estimates or RespondentShares
        Results of the later and of the earlier wave; only those that may be compared with another wave are.
    breaks : tuple of Break
        What cannot be compared.

    Yields
    ------
    tuple of ResultName and Estimates
        Changes of the items that can be compared.
    """
    for name, result in now.items():
        if name.kind == "trend" and name in then:
            new, old = _comparable(result, breaks), _comparable(then[name], breaks)
            if new is not None and old is not None and set(new.cells["item"]) & set(old.cells["item"]):
                yield name, change(new, old, samples="independent", breaks=breaks)


def _comparable(result: object, breaks: tuple[Break, ...]) -> Estimates | None:
    if not isinstance(result, Estimates):
        return None
    whole = [not any(found.concerns(item) for found in breaks) for item in result.cells["item"]]
    return result.take(np.flatnonzero(whole)) if any(whole) else None


def _unknown_in_claims(claims: ClaimsParams, indicators: set[str]) -> Iterator[tuple[str, str, set[str]]]:
    named = {
        "families.headline": claims.families.headline,
        "families.districts": claims.families.compared,
        "thresholds": claims.thresholds,
        "meanings": claims.meanings,
        "margins": claims.margins,
        "phrases": claims.phrases,
    }
    for setting, names in named.items():
        yield from ((f"claims.{setting}", name, indicators) for name in names if name not in indicators)


def _not_headline(claims: ClaimsParams) -> list[tuple[str, str]]:
    """What is declared of indicators that get no sentences: it would have no effect."""
    named = {
        "families.districts": claims.families.compared,
        "thresholds": claims.thresholds,
        "meanings": claims.meanings,
        "margins": claims.margins,
    }
    headline = claims.families.headline
    return [
        (f"claims.{setting}", name)
        for setting, names in named.items()
        for name in names
        if name not in headline
    ]


def _no_sentence(setting: str, name: str) -> Problem:
    return Problem(
        code="PROJ-10",
        what=f"{setting} names {name!r}, which is no headline indicator.",
        why="Indicators outside the declared families are exploratory and get no sentences.",
        remedy="Add it to claims: families: headline, at most twelve, or remove the setting.",
        facts={"setting": setting, "name": name, "file": "params.yaml"},
    )


def _named(name: str | None) -> tuple[str, ...]:
    return () if name is None else (name,)


def _unknown(setting: str, name: str, known: set[str], *, waves: str) -> Problem:
    guess = nearest(name, sorted(known))
    return Problem(
        code="PROJ-08",
        what=f"{setting} names {name!r}, which no codebook of the waves {waves} knows.",
        why="It would be left out without a word.",
        remedy=f"Did you mean {guess}?" if guess else "Correct the name, or declare it.",
        facts={
            "setting": setting,
            "name": name,
            "wave": waves,
            "file": "params.yaml",
            "suggestion": f" Menade du ”{guess}”?" if guess else "",
        },
    )
