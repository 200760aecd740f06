"""One estimand a file; every one returns :class:`Estimates` with their joint covariance."""

from trygghet.estimate.contrast import contrast, standardised
from trygghet.estimate.counts import count, cross_table
from trygghet.estimate.design_effects import design_effects, with_dof
from trygghet.estimate.difference import difference
from trygghet.estimate.estimates import About, Estimates
from trygghet.estimate.families import Simultaneous, adjust_p_values, simultaneous
from trygghet.estimate.kernels import CovarianceKernel, DenseKernel, LinearKernel, PickedKernel
from trygghet.estimate.mean import mean
from trygghet.estimate.multi_response import multi_response
from trygghet.estimate.proportion import proportion
from trygghet.estimate.quantile import QuantileOptions, quantile
from trygghet.estimate.ratio import ratio
from trygghet.estimate.scores import balance, index, paired_difference, spread
from trygghet.estimate.shares import RespondentShares
from trygghet.estimate.storage import read_estimates, write_estimates
from trygghet.estimate.total import total
from trygghet.estimate.wald import wald_test

__all__ = [
    "About",
    "CovarianceKernel",
    "DenseKernel",
    "Estimates",
    "LinearKernel",
    "PickedKernel",
    "QuantileOptions",
    "RespondentShares",
    "Simultaneous",
    "adjust_p_values",
    "balance",
    "contrast",
    "count",
    "cross_table",
    "design_effects",
    "difference",
    "index",
    "mean",
    "multi_response",
    "paired_difference",
    "proportion",
    "quantile",
    "ratio",
    "read_estimates",
    "simultaneous",
    "spread",
    "standardised",
    "total",
    "wald_test",
    "with_dof",
    "write_estimates",
]
