"""From who answered to who lives here: base weights, margins, calibration and its diagnostics."""

from trygghet.weighting.margins import Margins, MarginTable
from trygghet.weighting.weights import CalibrationStep, WeightNote, Weights

__all__ = ["CalibrationStep", "MarginTable", "Margins", "WeightNote", "Weights"]
