"""One estimand a file; every one returns :class:`Estimates` with their joint covariance."""

from trygghet.estimate.estimates import About, Estimates
from trygghet.estimate.kernels import CovarianceKernel, DenseKernel, LinearKernel, PickedKernel
from trygghet.estimate.shares import RespondentShares

__all__ = [
    "About",
    "CovarianceKernel",
    "DenseKernel",
    "Estimates",
    "LinearKernel",
    "PickedKernel",
    "RespondentShares",
]
