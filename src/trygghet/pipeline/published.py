"""Everything that will be published, gathered for the screen, and the facts that stand beside it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
from pydantic import TypeAdapter

from trygghet._files import sha256_of, write_text
from trygghet.claims import Claim
from trygghet.codebook import UNKNOWN_STREAM, Codebook, Stream
from trygghet.disclosure import DisclosureRules, Publishable, Table
from trygghet.disclosure.cells import Screenable
from trygghet.disclosure.publishable import refuse_unscreened
from trygghet.estimate import read_estimates
from trygghet.ingest import Microdata, read_codebook, read_microdata
from trygghet.pipeline.analyses import focus_stream
from trygghet.pipeline.composite_file import read_composite
from trygghet.pipeline.declared import declared_families
from trygghet.pipeline.frames import RESPONSE, read_rates
from trygghet.pipeline.project import Project
from trygghet.pipeline.results import stored
from trygghet.pipeline.weight_notes import weight_remarks
from trygghet.pipeline.weighting import used_answers
from trygghet.ranking import ranking_from_json
from trygghet.report.inputs import AskedItem, StreamFacts, WaveFacts, WeightFacts
from trygghet.report.wording import Wording
from trygghet.weighting import read_weights
from trygghet.weighting.response import UNKNOWN_GROUP

COMPOSITION = "composition"
_FACTS, _INPUTS = "facts.json", "inputs.json"


def all_results(project: Project) -> dict[str, Screenable]:
    """Gather the results, rankings, changes, claims and tables of all waves.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    dict of str to result
        Everything that will be published, named ``wave/what``.
    """
    return {
        f"{wave}/{name}": result
        for wave in project.params.waves
        for name, result in _wave_results(project, wave)
    }


def _wave_results(project: Project, wave: str) -> Iterator[tuple[str, Screenable]]:
    paths = project.paths.wave(wave)
    for name, path in stored(paths.estimates, ".parquet"):
        if name.kind != "trend":
            yield str(name), read_estimates(path)
    for text, ranking in ranking_from_json(paths.ranks.read_text(encoding="utf-8")).items():
        yield f"rank--{text}", ranking
    for name, path in stored(paths.changes, ".parquet"):
        yield f"change--{name}", read_estimates(path)
    for name, path in stored(paths.changes / "printed", ".parquet"):
        yield f"printed--{name}", read_estimates(path)
    for path in sorted(paths.weights.glob(f"*.{COMPOSITION}.parquet")):
        stream = path.name.removesuffix(f".{COMPOSITION}.parquet")
        yield f"{COMPOSITION}--{stream}", composition_table(pd.read_parquet(path), wave, stream)
    for path in sorted(paths.weights.glob(f"*.{RESPONSE}.parquet")):
        stream = path.name.removesuffix(f".{RESPONSE}.parquet")
        yield f"{RESPONSE}--{stream}", response_table(pd.read_parquet(path), wave, stream)
    content = json.loads(paths.claims.read_text(encoding="utf-8"))
    for number, claim in content.items():
        yield f"claim--{number}", Claim.from_dict(claim)


def composition_table(frame: pd.DataFrame, wave: str, stream: str) -> Table:
    """Say which columns of the table of who answered are counts, and which follow from them.

    Parameters
    ----------
    frame : DataFrame
        Groups, persons and shares.
    wave, stream : str
        Whose answers.

    Returns
    -------
    Table
        Ready to be screened.
    """
    return Table(
        frame,
        counts=("svarande",),
        dependent={"svarande": ("andel_ovagd", "andel_vagd", "designeffekt")},
        sums_within="grupp_av",
        groups="grupp",
        unknown=UNKNOWN_GROUP,
        wave=wave,
        stream=stream,
    )


def response_table(frame: pd.DataFrame, wave: str, stream: str) -> Table:
    """Say which columns of the response table are counts of those who answered, and which follow from them.

    Parameters
    ----------
    frame : DataFrame
        Groups, drawn persons, respondents and response rates.
    wave, stream : str
        Whose answers.

    Returns
    -------
    Table
        Ready to be screened; how many were drawn is known beside the answers and gives none of them away.
    """
    return Table(
        frame,
        counts=("svar",),
        dependent={"svar": ("svarsandel",)},
        sums_within="grupp_av",
        groups="grupp",
        unknown=UNKNOWN_GROUP,
        wave=wave,
        stream=stream,
    )


def declared_rules(project: Project) -> DisclosureRules:
    """Add to the project's rules what any wave's codebook says of sensitive items and of children.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    DisclosureRules
        With the indicators and blocks of choices that are called sensitive, and the streams and groups of children; these by
        the names of their variables and, for tables of who answered, by their labels.
    """
    books = [read_codebook(project.paths.wave(wave).microdata) for wave in project.params.waves]
    indicators = {name for book in books for name, declared in book.indicators.items() if declared.sensitive}
    blocks = {name for book in books for name, block in book.multi_response.items() if block.sensitive}
    streams = {name for book in books for name in book.children_streams}
    groups = {
        (called, group)
        for book in books
        for variable, group in book.children_groups
        for called in (variable, book.label_of(variable))
    }
    return project.params.disclosure.with_sensitive([*indicators, *blocks]).with_children(streams, groups)


def screen_metrics(kept: Mapping[str, Publishable[object]]) -> dict[str, float | int | str]:
    """Count what is shown and what is withheld.

    Parameters
    ----------
    kept : mapping of str to Publishable
        Screened results.

    Returns
    -------
    dict of str to number
        Cells in all, cells withheld, and statements by the verdict that is shown.

    Raises
    ------
    DisclosureError
        SEK-15 when something has not been screened.
    """
    refuse_unscreened(list(kept.values()))
    verdicts = Counter(each.result.verdict for each in kept.values() if isinstance(each.result, Claim))
    return {
        "results": len(kept),
        "cells": sum(len(publishable.marks) for publishable in kept.values()),
        "withheld": sum(len(publishable.withheld) for publishable in kept.values()),
        **{f"statements.{verdict}": count for verdict, count in sorted(verdicts.items())},
    }


def write_facts(project: Project, wave: str, folder: Path, *, exposed: int = 0) -> None:
    """Write what the report has to say of a wave that is no estimate.

    Parameters
    ----------
    project : Project
        The project.
    wave : str
        Name of the wave.
    folder : Path
        Folder of the wave's screened results.
    exposed : int, default 0
        Number of withheld cells that earlier editions give away.
    """
    paths = project.paths.wave(wave)
    raw = [project.paths.inside(f"data/raw/{wave}", name) for name in _inputs(project, wave)]
    inputs = {path.relative_to(paths.raw).as_posix(): sha256_of(path) for path in raw if path.is_file()}
    facts = replace(_facts(project, wave, read_microdata(paths.microdata)), exposed=exposed)
    write_text(folder / _FACTS, TypeAdapter(WaveFacts).dump_json(facts, indent=2).decode() + "\n")
    write_text(folder / _INPUTS, json.dumps(inputs, indent=2, sort_keys=True) + "\n")


def _inputs(project: Project, wave: str) -> Iterator[str]:
    """Names of the files in the wave's raw folder that its results may rest on."""
    paths, declared = project.paths.wave(wave), project.params.waves[wave]
    printed = declared.published.file if declared.published else None
    yield from (name for name in (declared.survey, declared.frame, printed) if name)
    yield from (paths.codebook.name, paths.margins.name)
    composite = read_composite(paths.composite)
    if composite is not None:
        files = {source.file for source in composite.sources.values() if source.file} | {paths.composite.name}
        yield from (f"{paths.sources.name}/{name}" for name in sorted(files))


def read_facts(folder: Path) -> tuple[WaveFacts, dict[str, str]]:
    """Read what :func:`write_facts` wrote.

    Parameters
    ----------
    folder : Path
        Folder of the wave's screened results.

    Returns
    -------
    tuple of WaveFacts and dict of str to str
        The facts, and the hash of each raw file by its name.
    """
    facts = TypeAdapter(WaveFacts).validate_json((folder / _FACTS).read_bytes())
    return facts, json.loads((folder / _INPUTS).read_text(encoding="utf-8"))


def _facts(project: Project, wave: str, survey: Microdata) -> WaveFacts:
    book, params, paths = survey.codebook, project.params, project.paths.wave(wave)
    focus, words = focus_stream(survey), Wording(params.report.language)
    block = book.multi_response.get(params.ranking.priorities or "")
    ages = book.population.ages if book.population else None
    first = next(iter(params.estimate.domains), "")
    by_area = not first or (book.areas is not None and book.areas.variable == first)
    return WaveFacts(
        wave=wave,
        survey=book.survey,
        streams=tuple(_stream_facts(survey, stream, paths.weights) for stream in survey.streams),
        focus=focus,
        ages=_ages(ages, words) if ages else "",
        area_word=words["note.area" if by_area else "note.group"],
        by_area=by_area,
        priority_question=(block.question or "") if block else "",
        choose=block.choose if block else None,
        weights=_weight_facts(project, wave, focus),
        notes=(*_notes(project, wave, survey), *_weight_notes(project, wave, focus), *book.notes),
        headline=params.claims.families.headline,
        families=declared_families(params, book),
        items={
            name: AskedItem(book.variable(declared.from_).question, declared.worse)
            for name, declared in book.indicators.items()
        },
        joined=tuple(option for options in block.unions.values() for option in options) if block else (),
    )


def _stream_facts(survey: Microdata, stream: Stream, weights: Path) -> StreamFacts:
    rates = read_rates(weights, stream.name)
    return StreamFacts(
        name=stream.name,
        sampling=stream.sampling,
        answered=len(used_answers(survey, stream)),
        invited=rates.gross if rates else stream.invited,
        outcomes=rates.counts if rates else {},
        drawn_by=stream.drawn_by or "",
        frame=stream.frame or "",
        start=stream.start,
        end=stream.end,
        children=stream.name in survey.codebook.children_streams,
    )


def _ages(ages: tuple[int, int | None], words: Wording) -> str:
    """The ages that the population covers, in words."""
    low, high = ages
    return (
        words["note.older"].format(low=low) if high is None else words["note.ages"].format(low=low, high=high)
    )


def _weight_facts(project: Project, wave: str, stream: str) -> WeightFacts | None:
    path = project.paths.wave(wave).weights / f"{stream}.parquet"
    if not path.is_file():
        return None
    weights, params = read_weights(path), project.params.weighting
    book = read_codebook(project.paths.wave(wave).microdata)
    nonresponse = params.nonresponse
    return WeightFacts(
        mode=params.mode,
        method=params.method if weights.calibration else "",
        bounded=bool(weights.calibration) and params.bounds is not None,
        nonresponse=nonresponse.method if nonresponse else "",
        nonresponse_by=tuple(_term(book, term) for term in nonresponse.by) if nonresponse else (),
        kish_deff=weights.kish_deff,
        effective_n=weights.effective_n,
        g_range=weights.g_range,
        worst_margin_error=weights.worst_margin_error if weights.calibration else None,
    )


def _weight_notes(project: Project, wave: str, stream: str) -> Iterator[str]:
    """What the method annex says of the weights' making."""
    paths = project.paths.wave(wave)
    path = paths.weights / f"{stream}.parquet"
    if path.is_file():
        words = Wording(project.params.report.language)
        yield from weight_remarks(read_weights(path), read_codebook(paths.microdata), words)


def _term(book: Codebook, term: str) -> str:
    """A variable of the response model, or a crossing of several, by its labels."""
    return " × ".join(book.label_of(name.strip()) for name in term.split("*"))


def _notes(project: Project, wave: str, survey: Microdata) -> Iterator[str]:
    mode, words = project.params.weighting.mode, Wording(project.params.report.language)
    random = [stream for stream in survey.streams if stream.probability]
    printed = project.params.waves[wave].published
    if printed is not None:
        yield words["note.printed"].format(wave=printed.wave)
    if UNKNOWN_STREAM in survey.streams:
        yield words["note.undeclared"]
    if random and mode == "supplied" and survey.codebook.design.strata is None:
        yield words["note.supplied"]
    if random and mode == "none":
        yield words["note.unweighted"]
    if random and not project.paths.wave(wave).margins.is_file():
        yield words["note.population"]
    outside = sum(len(survey.stream(s.name)) - len(used_answers(survey, s)) for s in random)
    if outside:
        yield words["note.outside"].format(count=words.number(outside))
