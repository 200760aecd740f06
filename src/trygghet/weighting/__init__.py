"""From who answered to who lives here: base weights, margins, calibration and its diagnostics."""

from trygghet.weighting.base import base_weights
from trygghet.weighting.calibration import WeightCap, calibrate, poststratify, rake
from trygghet.weighting.margins import Margins
from trygghet.weighting.replicates import ReplicateFactors, calibrate_replicates
from trygghet.weighting.storage import read_weights, write_weights
from trygghet.weighting.stream import WeightingPlan, weight_stream, weighted_rows
from trygghet.weighting.tables import MarginTable
from trygghet.weighting.weights import CalibrationStep, Weights

__all__ = [
    "CalibrationStep",
    "MarginTable",
    "Margins",
    "ReplicateFactors",
    "WeightCap",
    "WeightingPlan",
    "Weights",
    "base_weights",
    "calibrate",
    "calibrate_replicates",
    "poststratify",
    "rake",
    "read_weights",
    "weight_stream",
    "weighted_rows",
    "write_weights",
]
