"""One estimand a file; every one returns :class:`Estimates` with their joint covariance."""

from trygghet.estimate.design_effects import design_effects, with_dof
from trygghet.estimate.difference import difference
from trygghet.estimate.estimates import About, Estimates
from trygghet.estimate.kernels import CovarianceKernel, DenseKernel, LinearKernel, PickedKernel
from trygghet.estimate.mean import mean
from trygghet.estimate.multi_response import multi_response
from trygghet.estimate.proportion import proportion
from trygghet.estimate.ratio import ratio
from trygghet.estimate.shares import RespondentShares
from trygghet.estimate.storage import read_estimates, write_estimates
from trygghet.estimate.total import total

__all__ = [
    "About",
    "CovarianceKernel",
    "DenseKernel",
    "Estimates",
    "LinearKernel",
    "PickedKernel",
    "RespondentShares",
    "design_effects",
    "difference",
    "mean",
    "multi_response",
    "proportion",
    "ratio",
    "read_estimates",
    "total",
    "with_dof",
    "write_estimates",
]
