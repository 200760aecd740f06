"""Design effects against simple random sampling without replacement, and changes of the degrees of freedom."""

from dataclasses import replace
from typing import Literal

import numpy as np

from trygghet._typing import FloatArray
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.difference import cell_root
from trygghet.estimate.edge_limits import DifferenceLimits
from trygghet.estimate.effective_dof import satterthwaite_dof
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.newcombe_limits import NewcombeLimits


def design_effects(estimates: Estimates) -> FloatArray:
    """Variance over that of a simple random sample of the same size, drawn without replacement.

    Parameters
    ----------
    estimates : Estimates
        Means, proportions or totals, straight from a design.

    Returns
    -------
    array of float, shape (p,)
        Design effects; those with replacement stand in ``estimates.design_effect``.

    Raises
    ------
    EstimateError
        SKATT-14 when the weights do not sum to the population, so that its size is unknown.

    Notes
    -----
    ``V / (S^2 / n * (1 - n / N))`` with N the sum of the domain's weights.
    """
    root, positions = cell_root(estimates.kernel, np.arange(len(estimates)))
    size = root.figures.size.ravel()[positions]
    if root.design.weight_scale == "mean_one" or bool(np.any(size < estimates.n)):
        raise EstimateError(
            Problem(
                code="SKATT-14",
                what="the population is smaller than the sample by these weights",
                why="a sampling fraction needs weights that sum to the population",
                remedy="use the design effect with replacement, or weights on the population's scale",
            )
        )
    result: FloatArray = estimates.design_effect / (1 - estimates.n / size)
    return result


def with_dof(estimates: Estimates, dof: float | FloatArray | Literal["satterthwaite"]) -> Estimates:
    """Give the estimates other degrees of freedom, such as those of the whole design.

    Parameters
    ----------
    estimates : Estimates
        Estimates with the degrees of freedom of their domains.
    dof : float, array of float or "satterthwaite"
        Degrees of freedom of all cells, or of each; or what each variance has by its own strata, fewer where a few strata carry most of
        it (:func:`~trygghet.estimate.effective_dof.effective_dof`).

    Returns
    -------
    Estimates
        The same figures; intervals follow the new degrees of freedom.

    Raises
    ------
    EstimateError
        SKATT-50 when ``satterthwaite`` is asked of estimates that do not come straight from a sample's strata.
    """
    given = satterthwaite_dof(estimates) if isinstance(dof, str) else np.asarray(dof, dtype=np.float64)
    found = np.broadcast_to(given, (len(estimates),)).copy()
    rule = estimates.limit_rule
    if isinstance(rule, DifferenceLimits):
        rule = DifferenceLimits(rule.first.with_dof(found), rule.second.with_dof(found))
    if isinstance(rule, NewcombeLimits):
        rule = rule.with_dof(found)
    return replace(estimates, dof=found, limit_rule=rule)
