"""Estimates of every replicate: sums by domain and item in matrix products, a block of rows at a time."""

from collections.abc import Sequence

import numpy as np

from trygghet._threads import one_thread
from trygghet._typing import FloatArray, IntArray
from trygghet.design import SurveyDesign
from trygghet.estimate.items import Item, valid_rows
from trygghet.estimate.partitions import Partition

_DOUBLE_LIMIT = 400_000_000


def replicated_values(
    design: SurveyDesign, items: Sequence[Item], partitions: Sequence[Partition], *, total: bool
) -> FloatArray:
    """Estimate every item in every domain with each replicate's weights.

    Parameters
    ----------
    design : SurveyDesign
        A design with replicates.
    items : sequence of Item
        What to estimate.
    partitions : sequence of Partition
        Where.
    total : bool
        Totals instead of ratios.

    Returns
    -------
    array of float, shape (domains, R, items)
        Single precision where double would take more than 400 MB; NaN where a replicate has nobody in the domain.
    """
    replicates = design.replicates
    assert replicates is not None  # noqa: S101 -- the caller has looked
    domains, count = sum(map(len, partitions)), replicates.source.count
    kind = np.float64 if 16 * domains * count * len(items) <= _DOUBLE_LIMIT else np.float32
    top = np.empty((design.n, len(items)), dtype=kind)
    bottom = np.empty((design.n, len(items)), dtype=kind)
    for place, item in enumerate(items):
        y, x = item.scores(design.columns)
        valid = valid_rows(y, x, None)
        top[:, place] = np.where(valid, y, 0.0)
        bottom[:, place] = valid if x is None else np.where(valid, x, 0.0)
    sums = np.zeros((domains, count, len(items)), dtype=kind)
    sizes = sums if total else np.zeros_like(sums)
    with one_thread():
        for rows, weights in replicates.source.blocks():
            first = 0
            for part in partitions:
                for domain, mine in _segments(part.codes[rows]):
                    across = weights[mine].astype(kind, copy=False).T
                    inside = rows[mine]
                    sums[first + domain] += across @ top[inside]
                    if not total:
                        sizes[first + domain] += across @ bottom[inside]
                first += len(part)
    if not total:
        with np.errstate(divide="ignore", invalid="ignore"):
            np.divide(sums, sizes, out=sums)
    return sums


def _segments(codes: IntArray) -> list[tuple[int, IntArray]]:
    """Rows of a block by domain."""
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    changes = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    return [(int(codes[part[0]]), part) for part in np.split(order, changes) if codes[part[0]] >= 0]


def replicate_deviations(design: SurveyDesign, replicated: FloatArray, values: FloatArray) -> FloatArray:
    """Scaled deviations of some cells.

    Parameters
    ----------
    design : SurveyDesign
        A design with replicates.
    replicated : array of float, shape (R, p)
        Estimates of each replicate.
    values : array of float, shape (p,)
        Estimates of the full sample.

    Returns
    -------
    array of float, shape (R, p)
        Their cross products are the covariance. A replicate without anybody in a domain is left out of that cell, and the others
        count for more.
    """
    replicates = design.replicates
    assert replicates is not None  # noqa: S101 -- the caller has looked
    missing = ~np.isfinite(replicated)
    if not missing.any():
        return replicates.deviations(replicated, values)
    known = np.maximum((~missing).sum(axis=0), 1)
    filled = np.where(missing, np.where(missing, 0.0, replicated).sum(axis=0) / known, replicated)
    deviations = np.where(missing, 0.0, replicates.deviations(filled, values))
    result: FloatArray = deviations * np.sqrt(len(replicated) / known)
    return result
