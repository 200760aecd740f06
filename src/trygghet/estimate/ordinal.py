"""The proportional-odds model of an ordered answer."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit, logit

from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.estimate.fitting import MOST_HALVINGS, MOST_STEPS, TOLERANCE, Effects, impossible
from trygghet.estimate.model_matrix import ModelMatrix, Part


@dataclass(frozen=True, slots=True, eq=False)
class OrdinalModel:
    """Cumulative logit model of one sample: ``logit P(Y <= k) = cut_k - x'b``.

    Parameters
    ----------
    outcome : str
        Name of the outcome, for messages.
    answers : tuple of str, length k
        Answers that somebody gave, in their order.
    y : ndarray of int, shape (n,)
        Place of each row's answer; 0 outside the domain.
    matrix : ModelMatrix
        Columns of the model, the constant first.
    X : ndarray, shape (n, p)
        Their values without the constant; 0 outside the domain.
    kept : ndarray of bool, shape (n,)
        Rows of the domain.

    Notes
    -----
    Coefficients are the p slopes and then the k - 1 cut points. A positive slope moves answers towards the last category. With
    ``a`` and ``c`` the cut points above and below the answer less ``x'b``, the log likelihood of a row is
    ``log F(a) + log F(-c) + log(1 - exp(c - a))``, which is concave in slopes and cut points (Pratt 1981).

    References
    ----------
    McCullagh, P. (1980). Regression models for ordinal data. JRSS-B 42, 109-142. doi:10.1111/j.2517-6161.1980.tb01109.x

    Pratt, J. W. (1981). Concavity of the log likelihood. JASA 76, 103-106. doi:10.1080/01621459.1981.10477613
    """

    outcome: str
    answers: tuple[str, ...]
    y: IntArray
    matrix: ModelMatrix
    X: FloatArray
    kept: BoolArray

    @property
    def names(self) -> tuple[str, ...]:
        """Name of each slope and cut point."""
        pairs = zip(self.answers[:-1], self.answers[1:], strict=True)
        return (*self.matrix.names[1:], *(f"{low}|{high}" for low, high in pairs))

    @property
    def terms(self) -> tuple[str, ...]:
        """Predictor of each slope; empty for the cut points."""
        return (*self.matrix.terms[1:], *("" for _ in self.answers[1:]))

    @property
    def effect_rows(self) -> tuple[tuple[str, str, str], ...]:
        """Predictor, its category and the answer of each effect."""
        parts = self.matrix.effects
        return tuple((part.variable, part.category, answer) for part in parts for answer in self.answers)

    def fit(self, weights: FloatArray) -> FloatArray:
        """Newton's method from the cut points that the answers have on their own.

        Parameters
        ----------
        weights : ndarray, shape (n,)
            Weights.

        Returns
        -------
        ndarray, shape (p + k - 1,)
            Slopes and cut points.

        Raises
        ------
        EstimateError
            SKATT-45 when they are not determined.
        """
        w = np.where(self.kept, weights, 0.0)
        shares = np.cumsum(np.bincount(self.y, w, minlength=len(self.answers)))[:-1] / w.sum()
        if np.any(np.diff(shares, prepend=0.0, append=1.0) <= 0):
            raise impossible(self.outcome, "ett svarsalternativ saknar svar")
        b = np.concatenate([np.zeros(self.X.shape[1]), logit(shares)])
        value = self._likelihood(w, b)
        for _ in range(MOST_STEPS):
            above, below = self._slopes(b)
            score = above[:, None] * self._above() + below[:, None] * self._below()
            try:
                step = np.asarray(np.linalg.solve(self._information(w, b), w @ score), dtype=np.float64)
            except np.linalg.LinAlgError as singular:
                raise impossible(self.outcome, "förklaringarna säger samma sak") from singular
            b, value = self._improved(w, (b, value), step)
            if np.max(np.abs(step)) <= TOLERANCE * max(1.0, float(np.max(np.abs(b)))):
                if np.linalg.cond(self._information(w, b)) > 1e15:
                    raise impossible(self.outcome, "förklaringarna säger samma sak")
                return b
        raise impossible(self.outcome, "svaren avgörs helt av en förklaring")

    def influence(self, weights: FloatArray, b: FloatArray) -> FloatArray:
        """Influence of each row on each slope and cut point, without the weight.

        Parameters
        ----------
        weights : ndarray, shape (n,)
            Weights.
        b : ndarray, shape (p + k - 1,)
            Slopes and cut points.

        Returns
        -------
        ndarray, shape (n, p + k - 1)
            Influence; 0 outside the domain.
        """
        above, below = self._slopes(b)
        score = above[:, None] * self._above() + below[:, None] * self._below()
        inverse = np.linalg.inv(self._information(np.where(self.kept, weights, 0.0), b))
        return np.asarray(np.where(self.kept[:, None], score, 0.0) @ inverse, dtype=np.float64)

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

    def without(self, at: list[int]) -> "OrdinalModel":
        """Leave some predictors' columns out of the model.

        Parameters
        ----------
        at : list of int
            Their places among the coefficients.

        Returns
        -------
        OrdinalModel
            The smaller model, for fitting and its likelihood.
        """
        return replace(self, X=np.delete(self.X, at, axis=1))

    def effects(self, weights: FloatArray, b: FloatArray) -> Effects:
        """Average marginal effects on the probability of each answer.

        Parameters
        ----------
        weights : ndarray, shape (n,)
            Weights.
        b : ndarray, shape (p + k - 1,)
            Slopes and cut points.

        Returns
        -------
        Effects
            One a number or category and answer; those of one of them sum to 0.
        """
        total = float(weights[self.kept].sum())
        w = np.where(self.kept, weights, 0.0) / total
        values, of_mean, gradients = [], [], []
        for part in self.matrix.effects:
            unit, gradient = self._unit_effects(w, b, part)
            average = w @ unit
            values.append(average)
            of_mean.append(np.where(self.kept[:, None], unit - average, 0.0) / total)
            gradients.append(gradient)
        if not values:
            return Effects(np.zeros(0), np.zeros((len(w), 0)), np.zeros((len(b), 0)))
        return Effects(np.concatenate(values), np.hstack(of_mean), np.hstack(gradients))

    def _unit_effects(self, w: FloatArray, b: FloatArray, part: Part) -> tuple[FloatArray, FloatArray]:
        """Effect of a predictor on each row's answers, shape (n, k), and the gradient of their averages, shape (p + k - 1, k)."""
        constant = np.hstack([np.where(self.kept, 1.0, 0.0)[:, None], self.X])
        if part.category:
            this, none = (switched[:, 1:] for switched in self.matrix.switched(constant, part))
            up, down = self._probabilities(w, b, this), self._probabilities(w, b, none)
            return up[0] - down[0], up[1] - down[1]
        slopes = self.X.shape[1]
        F = expit(b[slopes:] - (self.X @ b[:slopes])[:, None])
        density = F * (1 - F)
        curve = density * (1 - 2 * F)
        columns = self.matrix.slopes(constant, part)[:, 1:]
        steepness = columns @ b[:slopes]
        unit = -steepness[:, None] * _apart(density)
        by_row = (w * steepness)[:, None]
        of_slopes = (by_row * self.X).T @ _apart(curve) - (w[:, None] * columns).T @ _apart(density)
        return unit, np.vstack([of_slopes, -_apart_by_cut((w * steepness) @ curve)])

    def _probabilities(self, w: FloatArray, b: FloatArray, X: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Probability of each answer at some predictors, and the gradient of its average."""
        slopes = X.shape[1]
        F = expit(b[slopes:] - (X @ b[:slopes])[:, None])
        density = F * (1 - F)
        gradient = np.vstack([-(w[:, None] * X).T @ _apart(density), _apart_by_cut(w @ density)])
        edges = np.ones((len(X), 1))
        return np.diff(F, axis=1, prepend=0 * edges, append=edges), gradient

    def _ends(self, b: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Cut points above and below each row's answer less its linear predictor."""
        slopes = self.X.shape[1]
        cuts = np.concatenate([[-np.inf], b[slopes:], [np.inf]])
        eta = self.X @ b[:slopes]
        return cuts[self.y + 1] - eta, cuts[self.y] - eta

    def _slopes(self, b: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Derivatives of each row's log likelihood by its two ends."""
        a, c = self._ends(b)
        near = 1 / np.expm1(np.minimum(a - c, 700.0))
        above = np.where(np.isfinite(a), expit(-a) + near, 0.0)
        below = np.where(np.isfinite(c), -expit(c) - near, 0.0)
        return above, below

    def _information(self, w: FloatArray, b: FloatArray) -> FloatArray:
        a, c = self._ends(b)
        near = 1 / np.expm1(np.minimum(a - c, 700.0))
        mixed = np.where(np.isfinite(a) & np.isfinite(c), near * (1 + near), 0.0)
        above = np.where(np.isfinite(a), expit(a) * expit(-a), 0.0) + mixed
        below = np.where(np.isfinite(c), expit(c) * expit(-c), 0.0) + mixed
        A, C = self._above(), self._below()
        cross = A.T @ ((w * mixed)[:, None] * C)
        information = A.T @ ((w * above)[:, None] * A) + C.T @ ((w * below)[:, None] * C) - cross - cross.T
        return np.asarray(information, dtype=np.float64)

    def _above(self) -> FloatArray:
        """Derivative of each row's upper end by slopes and cut points."""
        return self._end_columns(self.y)

    def _below(self) -> FloatArray:
        """Derivative of each row's lower end by slopes and cut points."""
        return self._end_columns(self.y - 1)

    def _end_columns(self, cut: IntArray) -> FloatArray:
        slopes, cuts = self.X.shape[1], len(self.answers) - 1
        columns = np.zeros((len(self.y), slopes + cuts))
        columns[:, :slopes] = -self.X
        inside = np.flatnonzero((cut >= 0) & (cut < cuts))
        columns[inside, slopes + cut[inside]] = 1.0
        return columns

    def _likelihood(self, w: FloatArray, b: FloatArray) -> float:
        if np.any(np.diff(b[self.X.shape[1] :]) <= 0):
            return -np.inf
        a, c = self._ends(b)
        logs = -np.logaddexp(0.0, -a) - np.logaddexp(0.0, c) + np.log(-np.expm1(c - a))
        return float(w @ logs)

    def _improved(
        self, w: FloatArray, found: tuple[FloatArray, float], step: FloatArray
    ) -> tuple[FloatArray, float]:
        b, before = found
        for halvings in range(MOST_HALVINGS):
            candidate = b + step / 2**halvings
            value = self._likelihood(w, candidate)
            if value >= before - 1e-9 * abs(before):
                return candidate, value
        return b, before


def _apart(by_cut: FloatArray) -> FloatArray:
    """From cut points to answers: the value at the upper cut point less that at the lower one; shape (n, k)."""
    return np.diff(by_cut, axis=1, prepend=0.0, append=0.0)


def _apart_by_cut(averages: FloatArray) -> FloatArray:
    """Derivative of each answer's average by each cut point, shape (k - 1, k)."""
    cuts = len(averages)
    result = np.zeros((cuts, cuts + 1))
    result[np.arange(cuts), np.arange(cuts)] = averages
    result[np.arange(cuts), np.arange(cuts) + 1] = -averages
    return result
