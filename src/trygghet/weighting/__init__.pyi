from .base import base_weights
from .calibration import WeightCap, calibrate, poststratify, rake
from .diagnostics import (
    balance_table,
    item_moves,
    share_gaps,
    summary_html,
    weights_by_group,
)
from .frame_sample import (
    NonresponsePlan,
    invited_sample,
    nonresponse_weights,
    response_frame,
)
from .households import calibrate_households
from .margins import Margins
from .nonresponse import (
    Propensities,
    propensity_weights,
    r_indicator,
    r_indicators,
    response_classes,
    response_propensities,
)
from .raking import RakingFactors, raking_factors
from .replicates import ReplicateFactors, calibrate_replicates
from .response import InvitedSample, ResponseRates
from .storage import read_weights, write_weights
from .stream import WeightingPlan, weight_stream, weighted_rows
from .tables import MarginTable
from .trimming import trim_replicates, trim_weights
from .unplaced import share_as_respondents
from .weights import CalibrationStep, Weights

__all__ = [
    "CalibrationStep",
    "InvitedSample",
    "MarginTable",
    "Margins",
    "NonresponsePlan",
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
    "invited_sample",
    "item_moves",
    "nonresponse_weights",
    "poststratify",
    "propensity_weights",
    "r_indicator",
    "r_indicators",
    "rake",
    "raking_factors",
    "read_weights",
    "response_classes",
    "response_frame",
    "response_propensities",
    "share_as_respondents",
    "share_gaps",
    "summary_html",
    "trim_replicates",
    "trim_weights",
    "weight_stream",
    "weighted_rows",
    "weights_by_group",
    "write_weights",
]
