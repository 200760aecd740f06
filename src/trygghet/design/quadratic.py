"""The variance of a sum as a quadratic form in the weighted influence values."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from trygghet._typing import FloatArray, IntArray
from trygghet.design.stages import Stage

Matrix = Any
"""A dense array or a scipy.sparse array of the same shape; their common algebra has no static type."""


def quadratic_form(stages: Sequence[Stage], left: Matrix, right: Matrix) -> FloatArray:
    """Covariance of the totals of two sets of weighted influence values.

    Parameters
    ----------
    stages : sequence of Stage
        Stages of the sample.
    left, right : array or sparse array, shapes (n, p) and (n, r)
        Weight times influence of each row.

    Returns
    -------
    array of float, shape (p, r)
        ``sum over stages and strata of scale_h sum_c (l_c - centre)(r_c - centre)'``.

    Notes
    -----
    Written with sums alone, ``sum_c scale l_c r_c' - sum_h scale_h / n_h L_h R_h'``, so that sparse columns stay sparse.
    """
    same = left is right
    total = np.zeros((left.shape[1], right.shape[1]))
    for stage in stages:
        a = cluster_sums(stage, left)
        b = a if same else cluster_sums(stage, right)
        scale = stage.scale[stage.stratum]
        total += _dense(_transposed(a) @ _scaled(b, scale))
        strata_a = row_sums(stage.stratum, stage.strata, a)
        strata_b = strata_a if same else row_sums(stage.stratum, stage.strata, b)
        own = np.where(stage.grand, 0.0, stage.scale / np.maximum(stage.count, 1.0))
        total -= _dense(_transposed(strata_a) @ _scaled(strata_b, own))
        if stage.grand.any():
            total += _grand_centre(stage, _dense(strata_a), _dense(strata_b))
    return total


def cluster_sums(stage: Stage, columns: Matrix) -> Matrix:
    """Sum rows over the clusters of a stage.

    Parameters
    ----------
    stage : Stage
        The stage.
    columns : array or sparse array, shape (n, p)
        Values of each row.

    Returns
    -------
    array or sparse array, shape (m, p)
        Totals of each cluster.
    """
    return columns if stage.cluster is None else row_sums(stage.cluster, stage.clusters, columns)


def row_sums(codes: IntArray, groups: int, columns: Matrix) -> Matrix:
    """Sum rows over groups.

    Parameters
    ----------
    codes : array of int, shape (n,)
        Group of each row.
    groups : int
        Number of groups.
    columns : array or sparse array, shape (n, p)
        Values of each row.

    Returns
    -------
    array or sparse array, shape (groups, p)
        Totals.
    """
    rows = len(codes)
    member = sparse.csr_array((np.ones(rows), (codes, np.arange(rows))), shape=(groups, rows))
    result: Matrix = member @ columns
    return result


def _grand_centre(stage: Stage, a: FloatArray, b: FloatArray) -> FloatArray:
    """What changes when a lonely stratum is compared with the mean of all clusters."""
    scale = np.where(stage.grand, stage.scale, 0.0)
    mean_a, mean_b = a.sum(axis=0) / stage.clusters, b.sum(axis=0) / stage.clusters
    cross_a, cross_b = scale @ a, scale @ b
    change: FloatArray = scale.sum() * np.outer(mean_a, mean_b)
    change -= np.outer(cross_a, mean_b) + np.outer(mean_a, cross_b)
    return change


def _scaled(columns: Matrix, factor: FloatArray) -> Matrix:
    if isinstance(columns, np.ndarray):
        return columns * factor[:, None]
    result: Matrix = sparse.diags_array(factor) @ columns
    return result


def _transposed(columns: Matrix) -> Matrix:
    return columns.T if isinstance(columns, np.ndarray) else columns.T.tocsr()


def _dense(columns: Matrix) -> FloatArray:
    dense: FloatArray = columns if isinstance(columns, np.ndarray) else columns.toarray()
    return dense
