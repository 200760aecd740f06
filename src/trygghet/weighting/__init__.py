"""From who answered to who lives here: base weights, margins, calibration and its diagnostics."""

from trygghet.weighting.base import base_weights
from trygghet.weighting.calibration import WeightCap, calibrate, poststratify, rake
from trygghet.weighting.margins import Margins
from trygghet.weighting.tables import MarginTable
from trygghet.weighting.weights import CalibrationStep, Weights

__all__ = [
    "CalibrationStep",
    "MarginTable",
    "Margins",
    "WeightCap",
    "Weights",
    "base_weights",
    "calibrate",
    "poststratify",
    "rake",
]
