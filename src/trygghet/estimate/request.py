"""From a request (items, domains) to :class:`Estimates` of a design or :class:`RespondentShares` of an open sample."""

from collections.abc import Mapping, Sequence
from typing import overload

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, Columns, FloatArray, IntArray, ObjectArray
from trygghet.codebook import Codebook, MissingKind
from trygghet.design import OpenSample, SurveyDesign
from trygghet.design.domains import summed
from trygghet.errors import CodebookError
from trygghet.estimate.cell_kernel import CellKernel
from trygghet.estimate.count_limits import count_rule
from trygghet.estimate.estimates import About, Estimates
from trygghet.estimate.items import Item, valid_rows
from trygghet.estimate.partitions import Partition, partitions_of
from trygghet.estimate.ratios import cell_figures
from trygghet.estimate.shares import RespondentShares
from trygghet.ingest import Microdata

By = str | Sequence[str] | None


@overload
def estimate_items(
    design: SurveyDesign, items: Sequence[Item], *, by: By, where: BoolArray | None, estimand: str
) -> Estimates: ...
@overload
def estimate_items(
    design: OpenSample, items: Sequence[Item], *, by: By, where: BoolArray | None, estimand: str
) -> RespondentShares: ...
@overload
def estimate_items(
    design: SurveyDesign | OpenSample,
    items: Sequence[Item],
    *,
    by: By,
    where: BoolArray | None,
    estimand: str,
) -> Estimates | RespondentShares: ...


def estimate_items(
    design: SurveyDesign | OpenSample,
    items: Sequence[Item],
    *,
    by: By,
    where: BoolArray | None,
    estimand: str,
) -> Estimates | RespondentShares:
    """Estimate items in domains: with variances for a design, without for an open sample.

    Parameters
    ----------
    design : SurveyDesign or OpenSample
        The full sample.
    items : sequence of Item
        What to estimate.
    by : str, sequence of str or None
        Domain variables and crossings.
    where : array of bool or None
        Rows that count.
    estimand : str
        Name of the estimand; ``total`` sums, every other is a ratio.

    Returns
    -------
    Estimates or RespondentShares
        By the type of the sample.
    """
    inside = design.in_order(where) if isinstance(design, SurveyDesign) else where
    partitions = partitions_of(design.columns, by, inside)
    cells = cells_of(items, partitions)
    about = about_of(design, [item.name for item in items])
    total = estimand == "total"
    if isinstance(design, OpenSample):
        values, n, numerator = _respondents(design, items, partitions, total=total)
        status = _status(design.columns, n, items=items, partitions=partitions)
        return RespondentShares(estimand, cells, values, n, numerator, status, about)
    figures = cell_figures(design, items, partitions, total=total)
    return Estimates(
        estimand=estimand,
        cells=cells,
        values=figures.values.ravel(),
        n=figures.n.ravel(),
        numerator=figures.numerator.ravel(),
        dof=figures.dof.ravel(),
        design_effect=figures.design_effect.ravel(),
        status=_status(design.columns, figures.n.ravel(), items=items, partitions=partitions),
        kernel=CellKernel(design, tuple(items), partitions, figures, total),
        about=about,
        limit_rule=count_rule(design, items, partitions, figures=figures) if total else None,
    )


def cells_of(items: Sequence[Item], partitions: Sequence[Partition]) -> pd.DataFrame:
    """Names of the cells: items first, then partitions, then their domains.

    Parameters
    ----------
    items : sequence of Item
        Items.
    partitions : sequence of Partition
        Partitions.

    Returns
    -------
    DataFrame
        Columns item, category, by, domain.
    """
    lengths = [len(part) for part in partitions]
    count = sum(lengths)
    item = np.repeat(np.arange(len(items)), count)
    part = np.tile(np.repeat(np.arange(len(partitions)), lengths), len(items))
    domain = np.tile(np.arange(count), len(items))
    labels = [label for part in partitions for label in part.labels]
    return pd.DataFrame(
        {
            "item": pd.array([i.name for i in items], dtype="str").take(item),
            "category": pd.array([i.category for i in items], dtype="str").take(item),
            "by": pd.array([p.by for p in partitions], dtype="str").take(part),
            "domain": pd.array(labels, dtype="str").take(domain),
        }
    )


def about_of(design: SurveyDesign | OpenSample, names: Sequence[str]) -> About:
    """Say what was done.

    Parameters
    ----------
    design : SurveyDesign or OpenSample
        The sample.
    names : sequence of str
        Items, whose labels the codebook knows.

    Returns
    -------
    About
        Stream, wave, method and labels.
    """
    stream = "" if design.stream is None else design.stream.name
    labels, versions = _labels(design.codebook, names), _versions(design.codebook, names)
    if isinstance(design, OpenSample):
        return About(
            stream=stream,
            wave=design.wave,
            method="description of the respondents",
            labels=labels,
            versions=versions,
        )
    return About(
        stream=stream,
        wave=design.wave,
        method=design.method,
        calibrated=design.calibrated,
        finite_population=design.finite_population,
        approximate=design.approximate,
        labels=labels,
        versions=versions,
    )


def _labels(codebook: Codebook | None, names: Sequence[str]) -> Mapping[str, str]:
    if codebook is None:
        return {}
    labels = {}
    for name in dict.fromkeys(names):
        try:
            labels[name] = codebook.label_of(name)
        except CodebookError:
            labels[name] = name
    return labels


def _versions(codebook: Codebook | None, names: Sequence[str]) -> Mapping[str, str]:
    """Versions of the questions behind indicators and options."""
    if codebook is None:
        return {}
    blocks = {name: name.partition(".")[0] for name in names}
    found = {
        name: codebook.multi_response[block].version
        for name, block in blocks.items()
        if block in codebook.multi_response
    }
    return found | {name: codebook.indicators[name].version for name in names if name in codebook.indicators}


def _respondents(
    design: OpenSample, items: Sequence[Item], partitions: Sequence[Partition], *, total: bool
) -> tuple[FloatArray, IntArray, IntArray]:
    """Values, bases and positives of an open sample, items first."""
    values: list[FloatArray] = []
    bases: list[IntArray] = []
    positives: list[IntArray] = []
    for item in items:
        y, x = item.scores(design.columns)
        valid = valid_rows(y, x, None)
        for part in partitions:
            rows = np.flatnonzero(valid & (part.codes >= 0))
            codes, weights = part.codes[rows], design.weights[rows]
            n = np.bincount(codes, minlength=len(part))
            sums = summed(codes, weights * y[rows], len(part))
            size = summed(codes, weights if x is None else weights * x[rows], len(part))
            with np.errstate(divide="ignore", invalid="ignore"):
                value = np.where(n > 0, sums if total else sums / size, np.nan)
            values.append(value)
            bases.append(n.astype(np.int64))
            chosen = np.rint(summed(codes, y[rows], len(part))).astype(np.int64)
            positives.append(chosen if item.share else np.full(len(part), -1))
    return np.concatenate(values), np.concatenate(bases), np.concatenate(positives)


def _status(
    columns: Columns, n: IntArray, *, items: Sequence[Item], partitions: Sequence[Partition]
) -> ObjectArray:
    """Say of each cell whether it has a base, and where it has none whether the question was asked there."""
    status = np.full(len(n), "ok", dtype=np.object_)
    empty = n == 0
    status[empty] = "empty"
    if not empty.any() or not isinstance(columns, Microdata):
        return status
    codes = [part.codes for part in partitions]
    for number, item in enumerate(items):
        first = number * sum(map(len, partitions))
        not_asked = columns.missing_kind(item.name) == MissingKind.NOT_ASKED
        for part, code in zip(partitions, codes, strict=True):
            inside = code >= 0
            rows = np.bincount(code[inside], minlength=len(part))
            unasked = np.bincount(code[inside], not_asked[inside], minlength=len(part))
            place = np.arange(first, first + len(part))
            status[place[empty[place] & (rows > 0) & (unasked == rows)]] = "not_asked"
            first += len(part)
    return status
