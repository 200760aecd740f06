"""What a regression model must be able to do: fit itself to weights, and say how each row influences what it found."""

from dataclasses import dataclass
from typing import Protocol

from trygghet._typing import BoolArray, FloatArray
from trygghet.errors import EstimateError, Problem

MOST_STEPS = 100
TOLERANCE = 1e-13
MOST_HALVINGS = 30


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Average marginal effects of a fitted model.

    Parameters
    ----------
    values : array of float, shape (e,)
        Effects.
    of_mean : array of float, shape (n, e)
        Influence of each row on the averages, the coefficients held fixed; without the weight.
    gradient : array of float, shape (p, e)
        Derivative of the effects by the coefficients.
    """

    values: FloatArray
    of_mean: FloatArray
    gradient: FloatArray


class Model(Protocol):
    """A regression model of one sample."""

    @property
    def names(self) -> tuple[str, ...]:
        """Name of each coefficient."""

    @property
    def terms(self) -> tuple[str, ...]:
        """Predictor of each coefficient; empty for constants and thresholds."""

    @property
    def kept(self) -> BoolArray:
        """Rows of the domain, shape (n,)."""

    @property
    def effect_rows(self) -> tuple[tuple[str, str, str], ...]:
        """Predictor, its category and the answer of each average marginal effect."""

    def fit(self, weights: FloatArray) -> FloatArray:
        """Coefficients with some weights, shape (p,)."""

    def influence(self, weights: FloatArray, b: FloatArray) -> FloatArray:
        """Influence of each row on each coefficient, without the weight; shape (n, p)."""

    def effects(self, weights: FloatArray, b: FloatArray) -> Effects:
        """Average marginal effects."""

    def likelihood(self, weights: FloatArray, b: FloatArray) -> float:
        """Log pseudo likelihood, but for a constant."""

    def information(self, weights: FloatArray, b: FloatArray) -> FloatArray:
        """Information matrix of the coefficients, shape (p, p)."""

    def without(self, at: list[int]) -> "Model":
        """Leave the columns of some coefficients out of the model."""


def impossible(outcome: str, found: str) -> EstimateError:
    """Error of a model that the data do not determine.

    Parameters
    ----------
    outcome : str
        Outcome of the model.
    found : str
        What is the matter, in Swedish.

    Returns
    -------
    EstimateError
        SKATT-45.
    """
    return EstimateError(
        Problem(
            code="SKATT-45",
            what=f"The model of {outcome} cannot be fitted ({found}).",
            why="Its coefficients are not determined by the data.",
            remedy="Leave out predictors that say the same thing or that decide the answer.",
            facts={"utfall": outcome, "fann": found},
        )
    )
