"""Models of an expected outcome with its natural link: linear, logistic and Poisson."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from trygghet._typing import BoolArray, FloatArray
from trygghet.estimate.fitting import MOST_HALVINGS, MOST_STEPS, TOLERANCE, Effects, impossible
from trygghet.estimate.model_matrix import ModelMatrix, Part

MeanFamily = Literal["linear", "logistic", "poisson"]


@dataclass(frozen=True, slots=True, eq=False)
class MeanModel:
    """A generalised linear model of one sample.

    Parameters
    ----------
    family : {"linear", "logistic", "poisson"}
        Identity, logit or log link.
    outcome : str
        Name of the outcome, for messages.
    y : ndarray, shape (n,)
        Outcome; 0 outside the domain.
    matrix : ModelMatrix
        Columns of the model.
    X : ndarray, shape (n, p)
        Their values; 0 outside the domain.
    kept : ndarray of bool, shape (n,)
        Rows of the domain.
    """

    family: MeanFamily
    outcome: str
    y: FloatArray
    matrix: ModelMatrix
    X: FloatArray
    kept: BoolArray

    @property
    def names(self) -> tuple[str, ...]:
        """Name of each coefficient."""
        return self.matrix.names

    @property
    def terms(self) -> tuple[str, ...]:
        """Predictor of each coefficient."""
        return self.matrix.terms

    @property
    def effect_rows(self) -> tuple[tuple[str, str, str], ...]:
        """Predictor, its category and an empty answer for each effect."""
        return tuple((part.variable, part.category, "") for part in self.matrix.effects)

    def mean(self, eta: FloatArray) -> FloatArray:
        """Expected outcome of a linear predictor.

        Parameters
        ----------
        eta : ndarray, shape (n,)
            Linear predictor.

        Returns
        -------
        ndarray, shape (n,)
            Means.
        """
        match self.family:
            case "linear":
                return eta
            case "logistic":
                return 1 / (1 + np.exp(-eta))
            case "poisson":
                return np.exp(np.minimum(eta, 700.0))

    def slope(self, mu: FloatArray) -> FloatArray:
        """Derivative of the mean by the linear predictor, which is the variance function under the natural link.

        Parameters
        ----------
        mu : ndarray, shape (n,)
            Means.

        Returns
        -------
        ndarray, shape (n,)
            Slopes.
        """
        match self.family:
            case "linear":
                return np.ones_like(mu)
            case "logistic":
                return mu * (1 - mu)
            case "poisson":
                return mu

    def fit(self, weights: FloatArray) -> FloatArray:
        """Newton's method from a constant mean, with halved steps where the fit would get worse.

        Parameters
        ----------
        weights : ndarray, shape (n,)
            Weights.

        Returns
        -------
        ndarray, shape (p,)
            Coefficients.

        Raises
        ------
        EstimateError
            SKATT-45 when they are not determined.
        """
        w = np.where(self.kept, weights, 0.0)
        b = np.zeros(self.X.shape[1])
        average = float(w @ self.y / w.sum())
        starts = {
            "linear": average,
            "logistic": _logit(average),
            "poisson": float(np.log(max(average, 1e-12))),
        }
        b[0] = starts[self.family]
        score = self._score(w, b)
        for _ in range(MOST_STEPS):
            try:
                step = np.asarray(np.linalg.solve(self._information(w, b), score), dtype=np.float64)
            except np.linalg.LinAlgError as singular:
                raise impossible(self.outcome, "förklaringarna säger samma sak") from singular
            following, b_next = self._improved(w, b, step)
            b, score = b_next, following
            if np.max(np.abs(step)) <= TOLERANCE * max(1.0, float(np.max(np.abs(b)))):
                if np.linalg.cond(self._information(w, b)) > 1e15:
                    raise impossible(self.outcome, "förklaringarna säger samma sak")
                return b
        raise impossible(self.outcome, "svaren avgörs helt av en förklaring")

    def influence(self, weights: FloatArray, b: FloatArray) -> FloatArray:
        """Influence of each row on each coefficient, without the weight.

        Parameters
        ----------
        weights : ndarray, shape (n,)
            Weights.
        b : ndarray, shape (p,)
            Coefficients.

        Returns
        -------
        ndarray, shape (n, p)
            Influence; 0 outside the domain.
        """
        residual = np.where(self.kept, self.y - self.mean(self.X @ b), 0.0)
        inverse = np.linalg.inv(self._information(weights, b))
        return np.asarray((self.X * residual[:, None]) @ inverse, dtype=np.float64)

    def likelihood(self, weights: FloatArray, b: FloatArray) -> float:
        """Log pseudo likelihood, but for a constant.

        Parameters
        ----------
        weights : ndarray, shape (n,)
            Weights.
        b : ndarray, shape (p,)
            Coefficients.

        Returns
        -------
        float
            Weighted sum over the domain.
        """
        return self._likelihood(np.where(self.kept, weights, 0.0), b)

    def information(self, weights: FloatArray, b: FloatArray) -> FloatArray:
        """Information matrix of the coefficients.

        Parameters
        ----------
        weights : ndarray, shape (n,)
            Weights.
        b : ndarray, shape (p,)
            Coefficients.

        Returns
        -------
        ndarray, shape (p, p)
            Minus the second derivative of the log pseudo likelihood.
        """
        return self._information(np.where(self.kept, weights, 0.0), b)

    def without(self, at: list[int]) -> "MeanModel":
        """Leave some predictors' columns out of the model.

        Parameters
        ----------
        at : list of int
            Their places among the coefficients.

        Returns
        -------
        MeanModel
            The smaller model, for fitting and its likelihood.
        """
        return replace(self, X=np.delete(self.X, at, axis=1))

    def effects(self, weights: FloatArray, b: FloatArray) -> Effects:
        """Average marginal effects of every number and category.

        Parameters
        ----------
        weights : ndarray, shape (n,)
            Weights.
        b : ndarray, shape (p,)
            Coefficients.

        Returns
        -------
        Effects
            In the order of ``effect_rows``.
        """
        w = np.where(self.kept, weights, 0.0)
        w = w / w.sum()
        count = len(self.matrix.effects)
        values, gradients = np.empty(count), np.empty((len(b), count))
        of_mean = np.empty((len(w), count))
        for place, part in enumerate(self.matrix.effects):
            unit, gradient = self._unit_effect(b, part)
            values[place] = w @ unit
            gradients[:, place] = w @ gradient
            of_mean[:, place] = np.where(self.kept, unit - values[place], 0.0)
        return Effects(values, of_mean / float(weights[self.kept].sum()), gradients)

    def _unit_effect(self, b: FloatArray, part: Part) -> tuple[FloatArray, FloatArray]:
        """Marginal effect of each row, shape (n,), and its gradient by the coefficients, shape (n, p)."""
        X = self.X
        if not part.category:
            mu = self.mean(X @ b)
            v = self.slope(mu)
            curvature = {"linear": np.zeros_like(mu), "logistic": v * (1 - 2 * mu), "poisson": mu}
            slopes = self.matrix.slopes(X, part)
            steepness = slopes @ b
            gradient = (steepness * curvature[self.family])[:, None] * X + v[:, None] * slopes
            return v * steepness, gradient
        this, none = self.matrix.switched(X, part)
        high, low = self.mean(this @ b), self.mean(none @ b)
        gradient = self.slope(high)[:, None] * this - self.slope(low)[:, None] * none
        return high - low, gradient

    def _information(self, weights: FloatArray, b: FloatArray) -> FloatArray:
        v = np.where(self.kept, weights * self.slope(self.mean(self.X @ b)), 0.0)
        return np.asarray((self.X * v[:, None]).T @ self.X, dtype=np.float64)

    def _score(self, w: FloatArray, b: FloatArray) -> FloatArray:
        return np.asarray(self.X.T @ (w * (self.y - self.mean(self.X @ b))), dtype=np.float64)

    def _likelihood(self, w: FloatArray, b: FloatArray) -> float:
        eta = self.X @ b
        match self.family:
            case "linear":
                return -float(w @ (self.y - eta) ** 2) / 2
            case "logistic":
                return float(w @ (self.y * eta - np.logaddexp(0.0, eta)))
            case "poisson":
                return float(w @ (self.y * eta - np.exp(np.minimum(eta, 700.0))))

    def _improved(self, w: FloatArray, b: FloatArray, step: FloatArray) -> tuple[FloatArray, FloatArray]:
        before = self._likelihood(w, b)
        for halvings in range(MOST_HALVINGS):
            candidate = b + step / 2**halvings
            if self._likelihood(w, candidate) >= before - 1e-9 * abs(before):
                return self._score(w, candidate), candidate
        return self._score(w, b), b


def _logit(p: float) -> float:
    p = min(max(p, 1e-12), 1 - 1e-12)
    return float(np.log(p / (1 - p)))
