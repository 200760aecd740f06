"""Array aliases, option literals and the protocols that let rooms see each other without importing upwards."""

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
ObjectArray = npt.NDArray[np.object_]

IntervalMethod = Literal[
    "wilson-korn-graubard", "wilson", "logit", "t", "korn-graubard", "beta", "log", "arcsine", "likelihood"
]
DesignEffect = Literal["own", "smoothed", "kish"]
LonelyPsu = Literal["fail", "certainty", "adjust", "average"]
WeightScale = Literal["population", "mean_one", "unknown"]
CalibrationMethod = Literal["linear", "raking", "logit", "sinh"]
WeightingMode = Literal["none", "supplied", "supplied+calibrate", "own"]
UnplacedRule = Literal["proportional", "as_respondents"]
Projection = Literal["joint", "sequential"]
First = Literal["highest", "lowest"]
Transform = Literal["none", "log1p"]
Worse = Literal["high", "low"]
Missing = Literal["fail", "renormalise", "exclude"]
ScoreScale = Literal["declared", "zscore"]
SourceKind = Literal["survey", "register", "respondents", "votes", "table"]
Outcome = Literal["answered", "partial", "refused", "not_reached", "other", "unknown", "ineligible"]


class Groups(Protocol):
    """A categorical column: integer codes into labels, -1 where missing."""

    @property
    def codes(self) -> IntArray:
        """Position of each row's category in ``labels``; -1 where missing; shape (n,)."""

    @property
    def labels(self) -> Sequence[str]:
        """Category labels in their declared order."""


class Columns(Protocol):
    """Whatever a design or a calibration reads its columns from: a survey with its codebook, or a plain frame."""

    def __len__(self) -> int:
        """Count the rows."""

    def numeric(self, name: str) -> FloatArray:
        """Values of an indicator (0/1), a numeric variable or a plain column; NaN where out of base; shape (n,)."""

    def groups(self, name: str) -> Groups:
        """Categories of a nominal or ordinal variable or of a plain column."""
