"""One estimand a file; every one returns :class:`Estimates` with their joint covariance."""

from trygghet.estimate.difference import difference
from trygghet.estimate.estimates import About, Estimates
from trygghet.estimate.kernels import CovarianceKernel, DenseKernel, LinearKernel, PickedKernel
from trygghet.estimate.mean import mean
from trygghet.estimate.multi_response import multi_response
from trygghet.estimate.proportion import proportion
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
    "difference",
    "mean",
    "multi_response",
    "proportion",
    "read_estimates",
    "total",
    "write_estimates",
]
