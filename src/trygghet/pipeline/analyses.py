"""Which results a stream gives: every declared set of items and every multi-response block, whole and by domain."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase

import numpy as np

from trygghet.codebook import Codebook, MissingKind
from trygghet.design import OpenSample, SurveyDesign
from trygghet.estimate import Estimates, RespondentShares, difference, multi_response, proportion
from trygghet.ingest import Microdata
from trygghet.pipeline.params import EstimateParams
from trygghet.pipeline.results import ResultName
from trygghet.weighting import Weights

Result = Estimates | RespondentShares

TOGETHER, NOT_COUNTED = "tillsammans", "ej"


def item_sets(book: Codebook, params: EstimateParams) -> dict[str, tuple[str, ...]]:
    """Resolve the sets of items against a wave's codebook.

    Parameters
    ----------
    book : Codebook
        The wave's codebook.
    params : EstimateParams
        Patterns by the name of their set.

    Returns
    -------
    dict of str to tuple of str
        Indicators by the name of their set, in the codebook's order; a set that the wave lacks is left out.
    """
    found = {name: matching(book, patterns) for name, patterns in params.items.items()}
    return {name: items for name, items in found.items() if items}


def matching(book: Codebook, patterns: tuple[str, ...]) -> tuple[str, ...]:
    """List the indicators that match at least one pattern.

    Parameters
    ----------
    book : Codebook
        The wave's codebook.
    patterns : tuple of str
        Names, with ``*`` for any text.

    Returns
    -------
    tuple of str
        Indicators in the codebook's order.
    """
    return tuple(name for name in book.indicators if any(fnmatchcase(name, pattern) for pattern in patterns))


def stream_results(
    data: Microdata, weights: Weights | None, params: EstimateParams
) -> Iterator[tuple[ResultName, Result]]:
    """Estimate everything that one stream can give.

    Parameters
    ----------
    data : Microdata
        The stream's answers; only residents when the stream is a random sample.
    weights : Weights or None
        Final weights of a random sample; None for every other stream, which gets shares without intervals.
    params : EstimateParams
        Sets of items and domains.

    Yields
    ------
    tuple of ResultName and Estimates or RespondentShares
        Each result under its name.
    """
    stream = data.streams[0].name
    sample = (
        OpenSample.from_data(data)
        if weights is None
        else SurveyDesign.from_data(data, weights=weights, finite_population=params.finite_population)
    )
    domains = ("", *(name for name in params.domains if _answered(data, name)))
    for what, items in item_sets(data.codebook, params).items():
        asked = tuple(item for item in items if _asked(data, item))
        for by in domains if asked else ():
            yield ResultName(stream, what, by), proportion(sample, asked, by=by or None)
    for block in data.codebook.multi_response:
        for by in domains if _asked(data, f"{block}.") else ():
            yield ResultName(stream, block, by), multi_response(sample, block, by=by or None)
    if isinstance(sample, SurveyDesign):
        yield from _together(sample, data, params)
    if weights is not None:
        yield from _comparisons(data, weights, params)
    if weights is not None and weights.method != "none":
        yield from _unweighted(data, params)


def _comparisons(
    data: Microdata, weights: Weights, params: EstimateParams
) -> Iterator[tuple[ResultName, Estimates]]:
    """What is compared, between districts or waves, is no finite population of its own: no correction there.

    A district's difference from the rest has the variance that marks and sentences are judged by, so that tables, figures and
    sentences agree.
    """
    stream = data.streams[0].name
    design = SurveyDesign.from_data(data, weights=weights, finite_population=False)
    for what, items in item_sets(data.codebook, params).items():
        asked = tuple(item for item in items if _asked(data, item))
        if asked:
            yield ResultName(stream, what, "", "trend"), proportion(design, asked)
        for by in params.domains if asked else ():
            if _answered(data, by):
                levels = proportion(design, asked, by=by)
                yield ResultName(stream, what, by, "rest"), difference(levels, variance="larger")
    for block in data.codebook.multi_response:
        if _asked(data, f"{block}."):
            yield ResultName(stream, block, "", "trend"), multi_response(design, block)


def _together(
    design: SurveyDesign, data: Microdata, params: EstimateParams
) -> Iterator[tuple[ResultName, Estimates]]:
    """Shares among the people whom an indicator does not count, such as worry among those who feel safe."""
    stream = data.streams[0].name
    for indicator, patterns in params.together.items():
        if indicator not in data.codebook.indicators or not _asked(data, indicator):
            continue
        others = (item for item in matching(data.codebook, patterns) if item != indicator)
        asked = tuple(item for item in others if _asked(data, item))
        outside = data.numeric(indicator) == 0
        if asked and outside.any():
            found = proportion(design, asked, where=outside)
            cells = found.cells.assign(by=indicator, domain=NOT_COUNTED)
            yield ResultName(stream, TOGETHER, indicator, "among"), replace(found, cells=cells)


def _unweighted(data: Microdata, params: EstimateParams) -> Iterator[tuple[ResultName, Result]]:
    """The same shares before weighting, so that the report can show what weighting does to each."""
    stream, answers = data.streams[0].name, OpenSample.from_data(data)
    for what, items in item_sets(data.codebook, params).items():
        asked = tuple(item for item in items if _asked(data, item))
        if asked:
            yield ResultName(stream, what, "", "unweighted"), proportion(answers, asked)
    for block in data.codebook.multi_response:
        if _asked(data, f"{block}."):
            yield ResultName(stream, block, "", "unweighted"), multi_response(answers, block)


def _asked(data: Microdata, name: str) -> bool:
    return bool(np.any(data.missing_kind(name) != MissingKind.NOT_ASKED))


def _answered(data: Microdata, name: str) -> bool:
    return bool(np.any(data.groups(name).codes >= 0))


def focus_stream(data: Microdata) -> str:
    """Name the stream that a report shows first: the first random sample, or else the largest stream.

    Parameters
    ----------
    data : Microdata
        A wave's answers.

    Returns
    -------
    str
        Name of a stream that has answers.
    """
    random = [stream.name for stream in data.streams if stream.probability]
    if random:
        return random[0]
    sizes: Mapping[str, int] = {stream.name: len(data.stream(stream.name)) for stream in data.streams}
    return max(sizes, key=lambda name: sizes[name])
