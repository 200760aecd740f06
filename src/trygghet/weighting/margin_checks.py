"""Whether margins fit the survey that they are for: names, ages and dates, all told at once."""

from datetime import date

from trygghet.errors import MarginError, Problem
from trygghet.ingest import Microdata
from trygghet.weighting.margins import Margins
from trygghet.weighting.membership import placement_problems
from trygghet.weighting.recipe import OLDEST, age_span
from trygghet.weighting.sample import aliases_of

OLD_AFTER_DAYS = 550
"""Margins of the last New Year are at most a year and a half old when they are used."""


def check_margins(margins: Margins, microdata: Microdata) -> tuple[Problem, ...]:
    """Compare margins with the survey: its labels, its declared ages and its dates.

    Parameters
    ----------
    margins : Margins
        Population totals.
    microdata : Microdata
        One stream.

    Returns
    -------
    tuple of Problem
        Notes on dates; nothing in them stops the work.

    Raises
    ------
    MarginError
        If a label of the sample has no total, nobody has a category, or a category of age reaches outside the surveyed ages;
        everything at once, and what there is to say of the dates with it.
    """
    dates = (*_different_dates(margins), *_old(margins, microdata))
    problems = margin_problems(margins, microdata)
    if problems:
        raise MarginError(*problems, *dates)
    return dates


def margin_problems(margins: Margins, microdata: Microdata) -> tuple[Problem, ...]:
    """List what keeps a stream from being weighted to margins.

    Parameters
    ----------
    margins : Margins
        Population totals.
    microdata : Microdata
        One stream.

    Returns
    -------
    tuple of Problem
        Ages that were not surveyed, labels without a total, categories that nobody has, variables that the codebook lacks.
    """
    placed = placement_problems(microdata, margins, aliases=aliases_of(microdata))
    return (*_age_problems(margins, microdata), *placed)


def _age_problems(margins: Margins, microdata: Microdata) -> list[Problem]:
    outside = _outside_ages(margins, microdata)
    if not outside:
        return []
    ages = microdata.codebook.population.ages if microdata.codebook.population else None
    low, high = ages or (0, None)
    return [
        Problem(
            code="VIKT-47",
            what=f"{len(outside)} margin categories reach outside the surveyed ages ({', '.join(outside[:5])}).",
            why="Respondents would stand for people who were never asked.",
            remedy="Take the population of the surveyed ages only.",
            facts={
                "antal": len(outside),
                "kategorier": ", ".join(outside[:5]),
                "aldrar": f"{low}–{high if high is not None else ''}",
            },
        )
    ]


def _outside_ages(margins: Margins, microdata: Microdata) -> list[str]:
    population = microdata.codebook.population
    if population is None or population.ages is None:
        return []
    low, high = population.ages
    top = OLDEST if high is None else high
    found = []
    for table in margins.tables:
        for position, name in enumerate(table.variables):
            labels = dict.fromkeys(category[position] for category in table.categories)
            spans = {label: age_span(label) for label in labels}
            if not all(spans.values()) or len(spans) < 2:
                continue
            for label, span in spans.items():
                first, last = span or (low, top)
                closed = OLDEST if last is None else last
                if first < low or (closed > top and last is not None):
                    found.append(f"{name}: {label}")
    return list(dict.fromkeys(found))


def _different_dates(margins: Margins) -> tuple[Problem, ...]:
    dates = sorted({table.reference_date for table in margins.tables if table.reference_date})
    if len(dates) < 2:
        return ()
    return (
        Problem(
            code="VIKT-58",
            what=f"The margin tables refer to different dates ({', '.join(dates[:5])}).",
            why="People move and grow older between them.",
            remedy="Take all tables for one date.",
            facts={"datum": ", ".join(dates[:5])},
        ),
    )


def _old(margins: Margins, microdata: Microdata) -> tuple[Problem, ...]:
    streams = [stream for stream in microdata.streams if stream.start or stream.end]
    dates = [_as_date(table.reference_date) for table in margins.tables]
    known = [one for one in dates if one is not None]
    if not streams or not known:
        return ()
    collected = streams[0].end or streams[0].start
    days = abs((collected - min(known)).days) if collected else 0
    if days <= OLD_AFTER_DAYS:
        return ()
    return (
        Problem(
            code="VIKT-59",
            what=f"The margins of {min(known)} lie {days} days from the end of the collection, {collected}.",
            why="The population may have changed.",
            remedy="Take the population nearest the collection.",
            facts={"datum": str(min(known)), "insamling": str(collected), "dagar": days},
        ),
    )


def _as_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
