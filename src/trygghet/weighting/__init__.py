"""From who answered to who lives here: base weights, margins, calibration and its diagnostics."""

from trygghet.weighting.base import base_weights
from trygghet.weighting.calibration import WeightCap, calibrate, poststratify, rake
from trygghet.weighting.diagnostics import (
    balance_table,
    item_moves,
    share_gaps,
    summary_html,
    weights_by_group,
)
from trygghet.weighting.households import calibrate_households
from trygghet.weighting.margins import Margins
from trygghet.weighting.nonresponse import (
    Propensities,
    propensity_weights,
    r_indicator,
    response_classes,
    response_propensities,
)
from trygghet.weighting.raking import RakingFactors, raking_factors
from trygghet.weighting.replicates import ReplicateFactors, calibrate_replicates
from trygghet.weighting.response import InvitedSample, ResponseRates
from trygghet.weighting.storage import read_weights, write_weights
from trygghet.weighting.stream import WeightingPlan, weight_stream, weighted_rows
from trygghet.weighting.tables import MarginTable
from trygghet.weighting.trimming import trim_replicates, trim_weights
from trygghet.weighting.weights import CalibrationStep, Weights

__all__ = [
    "CalibrationStep",
    "InvitedSample",
    "MarginTable",
    "Margins",
    "Propensities",
    "RakingFactors",
    "ReplicateFactors",
    "ResponseRates",
    "WeightCap",
    "WeightingPlan",
    "Weights",
    "balance_table",
    "base_weights",
    "calibrate",
    "calibrate_households",
    "calibrate_replicates",
    "item_moves",
    "poststratify",
    "propensity_weights",
    "r_indicator",
    "rake",
    "raking_factors",
    "read_weights",
    "response_classes",
    "response_propensities",
    "share_gaps",
    "summary_html",
    "trim_replicates",
    "trim_weights",
    "weight_stream",
    "weighted_rows",
    "weights_by_group",
    "write_weights",
]
