"""Covariance of anything that is computed from weights: by influence, or by computing it anew with each replicate's weights."""

from collections.abc import Callable

import numpy as np

from trygghet._typing import FloatArray
from trygghet.design import SurveyDesign


def covariance_of(
    design: SurveyDesign,
    influence: FloatArray,
    values: FloatArray,
    *,
    refit: Callable[[FloatArray], FloatArray],
) -> FloatArray:
    """Covariance of estimates that are functions of the weights.

    Parameters
    ----------
    design : SurveyDesign
        The full sample.
    influence : ndarray, shape (n, p)
        Influence of each row on each estimate, without the weight; 0 outside the domain.
    values : ndarray, shape (p,)
        Estimates with the full sample's weights.
    refit : callable
        Estimates, shape (p,), with other weights, shape (n,); used where the design has replicates.

    Returns
    -------
    ndarray, shape (p, p)
        Covariance.
    """
    replicates = design.replicates
    if replicates is None:
        return design.covariance(influence)
    weights = replicates.matrix(design.n)
    replicated = np.array([refit(weights[:, r]) for r in range(weights.shape[1])])
    deviations = replicates.deviations(replicated, values)
    return np.asarray(deviations.T @ deviations, dtype=np.float64)
