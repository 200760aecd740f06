"""Calibrates every replicate to the margins: on occupied cells, so that a bootstrap is never held as rows by replicates."""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import pandas as pd

from trygghet._typing import CalibrationMethod, Columns, FloatArray, IntArray
from trygghet.design.frame_columns import FrameColumns
from trygghet.design.making_replicates import ReplicateOptions
from trygghet.design.replicates import BootstrapSource, CellFactors, GivenSource, Replicates, WeightBlock
from trygghet.weighting import Margins, calibrate_replicates


class _Sample(Protocol):
    @property
    def columns(self) -> Columns: ...
    @property
    def weights(self) -> FloatArray: ...


@dataclass(frozen=True, slots=True, eq=False)
class _Cells:
    """Occupied cells of the margins as if each were a respondent."""

    columns: FrameColumns
    weights: FloatArray


def calibrated_replicates(
    sample: _Sample, made: Replicates, margins: Margins, *, how: tuple[CalibrationMethod, ReplicateOptions]
) -> Replicates:
    """Calibrate replicate weights.

    Parameters
    ----------
    sample : SurveyDesign
        The sample.
    made : Replicates
        Replicate weights before calibration.
    margins : Margins
        Population totals.
    how : tuple
        Calibration method and options (tolerance, iterations, bounds).

    Returns
    -------
    Replicates
        On target, the failures counted.

    Raises
    ------
    MarginError
        When margins and sample do not fit.
    """
    method, options = how
    source = made.source
    if isinstance(source, BootstrapSource) and not any(table.numeric for table in margins.tables):
        cells, cell = _margin_cells(sample, margins)
        sums = np.zeros((cells.weights.size, source.count))
        for rows, weights in source.blocks():
            _add_rows(sums, cell[rows], weights)
        found = calibrate_replicates(
            cells,
            margins,
            sums,
            method=method,
            bounds=options.bounds,
            tolerance=options.tolerance,
            max_iterations=options.max_iterations,
        )
        factors = found.factors[found.cell].astype(np.float32)
        return replace(
            made, source=replace(source, calibration=CellFactors(cell, factors)), failures=found.failures
        )
    matrix = made.matrix(len(sample.weights))
    found = calibrate_replicates(
        sample,
        margins,
        matrix,
        method=method,
        bounds=options.bounds,
        tolerance=options.tolerance,
        max_iterations=options.max_iterations,
    )
    return replace(made, source=GivenSource(found.apply(matrix)), failures=found.failures)


def _margin_cells(sample: _Sample, margins: Margins) -> tuple[_Cells, IntArray]:
    """One row a combination of the margins' categories that anybody has, and the combination of each respondent."""
    names = list(dict.fromkeys(name for table in margins.tables for name in table.variables))
    cell = np.zeros(len(sample.weights), dtype=np.int64)
    found: dict[str, tuple[IntArray, tuple[str, ...]]] = {}
    for name in names:
        groups = sample.columns.groups(name)
        found[name] = (groups.codes, tuple(str(label) for label in groups.labels))
        cell = cell * (len(groups.labels) + 1) + groups.codes + 1
    occupied, place = np.unique(cell, return_inverse=True)
    first = np.zeros(len(occupied), dtype=np.int64)
    first[place] = np.arange(len(place))
    columns = {
        name: pd.Categorical.from_codes(codes[first], categories=pd.Index(labels))
        for name, (codes, labels) in found.items()
    }
    return _Cells(FrameColumns(pd.DataFrame(columns)), np.ones(len(occupied))), place


def _add_rows(sums: FloatArray, cell: IntArray, weights: WeightBlock) -> None:
    """Add the rows of a block to their cells."""
    order = np.argsort(cell, kind="stable")
    ordered = cell[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    sums[ordered[starts]] += np.add.reduceat(weights[order], starts, axis=0, dtype=np.float64)
