"""Design-based regression: linear, logistic and Poisson models with the sample's own covariance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

from trygghet._typing import BoolArray, FloatArray
from trygghet.design import SurveyDesign, plan_domains
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.association import TestResult
from trygghet.estimate.model_matrix import ModelMatrix, model_matrix
from trygghet.estimate.refitted import covariance_of

Family = Literal["linear", "logistic", "poisson"]
_TOLERANCE = 1e-13
_MOST_STEPS = 100


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """A fitted model with its design-based covariance.

    Parameters
    ----------
    family : {"linear", "logistic", "poisson"}
        Identity, logit or log link.
    outcome : str
        Outcome.
    names : tuple of str, length p
        Coefficients; ``(konstant)``, the name of a number, or ``variable: category``.
    terms : tuple of str, length p
        Predictor that each coefficient belongs to; empty for the constant.
    values : ndarray, shape (p,)
        Coefficients.
    covariance : ndarray, shape (p, p)
        Their covariance under the design.
    dof : float
        Design degrees of freedom less the coefficients beside the constant.
    n : int
        Rows in the model.
    effects : DataFrame
        Average marginal effects: term, category, effect, standard_error.
    """

    family: Family
    outcome: str
    names: tuple[str, ...]
    terms: tuple[str, ...]
    values: FloatArray
    covariance: FloatArray
    dof: float
    n: int
    effects: pd.DataFrame

    @property
    def standard_errors(self) -> FloatArray:
        """Standard error of each coefficient, shape (p,)."""
        return np.asarray(np.sqrt(np.diag(self.covariance)), dtype=np.float64)

    def to_frame(self, *, level: float = 0.95) -> pd.DataFrame:
        """Lay the coefficients out as a table.

        Parameters
        ----------
        level : float
            Confidence level.

        Returns
        -------
        DataFrame
            Columns name, term, estimate, standard_error, t, p_value, ci_low, ci_high; NaN tests without degrees of freedom.
        """
        se = self.standard_errors
        t = self.values / se
        quantile = stats.t.ppf(0.5 + level / 2, self.dof) if self.dof > 0 else np.nan
        return pd.DataFrame(
            {
                "name": list(self.names),
                "term": list(self.terms),
                "estimate": self.values,
                "standard_error": se,
                "t": t,
                "p_value": 2 * stats.t.sf(np.abs(t), self.dof) if self.dof > 0 else np.nan,
                "ci_low": self.values - quantile * se,
                "ci_high": self.values + quantile * se,
            }
        )

    def test_term(self, term: str) -> TestResult:
        """Test that all coefficients of a predictor are 0 (Wald, F reference).

        Parameters
        ----------
        term : str
            A predictor.

        Returns
        -------
        TestResult
            The test.

        Raises
        ------
        EstimateError
            SKATT-45 when the model has no such predictor.
        """
        at = [place for place, name in enumerate(self.terms) if name == term]
        if not at:
            raise _impossible(self.outcome, f"{term} finns inte i modellen")
        b, k = self.values[at], len(at)
        f = float(b @ np.linalg.solve(self.covariance[np.ix_(at, at)], b)) / k
        return TestResult("wald", f, k, self.dof, float(stats.f.sf(f, k, self.dof)))


def regression(
    design: SurveyDesign,
    outcome: str,
    predictors: Sequence[str],
    *,
    family: Family = "linear",
    where: BoolArray | None = None,
) -> Regression:
    """Fit a regression by pseudo maximum likelihood with design-based standard errors.

    Parameters
    ----------
    design : SurveyDesign
        The full sample.
    outcome : str
        A number; 0 and 1 (an indicator) for the logistic model.
    predictors : sequence of str
        Numbers enter as they are; nominal and ordinal variables and texts by category against their first one.
    family : {"linear", "logistic", "poisson"}
        Model.
    where : ndarray of bool, shape (n,), optional
        Domain, in the order of the table. Rows that lack the outcome or a predictor are outside the domain too.

    Returns
    -------
    Regression
        Coefficients with covariance, tests of terms and average marginal effects.

    Raises
    ------
    EstimateError
        SKATT-45 when the model cannot be fitted: predictors that say the same thing, separation, or an outcome of another kind.

    Notes
    -----
    The coefficients solve ``sum w (y - mu) x = 0``. Their influence is ``A^-1 x (y - mu)`` with ``A = sum w mu' x x'``, and its covariance
    comes from the design like any other: calibration, strata and clusters count. With replicates the model is fitted to each.
    The average marginal effect of a number is the weighted mean of ``dmu/dx``, of a category the mean difference from the first one;
    its influence adds that of the coefficients to that of the mean.

    References
    ----------
    Binder, D. A. (1983). On the variances of asymptotically normal estimators from complex surveys. International Statistical Review 51,
    279-292. doi:10.2307/1402588

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign, plan_domains
    >>> frame = pd.DataFrame({"y": [1.0, 2.0, 2.0, 4.0], "x": [0.0, 1.0, 2.0, 3.0], "w": 5.0})
    >>> fit = regression(SurveyDesign.from_frame(frame, weights="w"), "y", ["x"])
    >>> fit.values.round(2).tolist()
    [0.9, 0.9]
    """
    y = design.columns.numeric(outcome)
    matrix = model_matrix(design, predictors)
    mask = design.in_order(where)
    kept = np.isfinite(y) & matrix.complete & (np.ones(design.n, dtype=bool) if mask is None else mask)
    _require_outcome(outcome, y[kept], family)
    model = _Model(family, outcome, np.where(kept, y, 0.0), np.where(kept[:, None], matrix.values, 0.0), kept)
    b = model.fit(design.weights)
    influence = model.influence(design.weights, b)
    covariance = covariance_of(design, influence, b, refit=model.fit)
    return Regression(
        family=family,
        outcome=outcome,
        names=matrix.names,
        terms=matrix.terms,
        values=b,
        covariance=covariance,
        dof=_dof(design, kept) + 1 - len(b),
        n=int(kept.sum()),
        effects=_effects(design, model, matrix, b=b),
    )


def mean_difference_test(
    design: SurveyDesign, outcome: str, group: str, *, where: BoolArray | None = None
) -> TestResult:
    """Test whether two groups have the same mean: the t test of a complex sample.

    Parameters
    ----------
    design : SurveyDesign
        The full sample.
    outcome : str
        A number or an indicator.
    group : str
        A variable with two categories that have answers.
    where : ndarray of bool, shape (n,), optional
        Domain, in the order of the table.

    Returns
    -------
    TestResult
        Statistic with the sign of the second group less the first, and a two-sided p value.

    Raises
    ------
    EstimateError
        SKATT-45 when there are not exactly two groups with answers.
    """
    fit = regression(design, outcome, [group], where=where)
    if len(fit.values) != 2:
        raise _impossible(outcome, f"{group} har {len(fit.values)} grupper")
    row = fit.to_frame().iloc[1]
    return TestResult("t", float(row["t"]), 1, fit.dof, float(row["p_value"]))


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    family: Family
    outcome: str
    y: FloatArray
    X: FloatArray
    kept: BoolArray

    def mean(self, eta: FloatArray) -> FloatArray:
        """Expected outcome of a linear predictor."""
        match self.family:
            case "linear":
                return eta
            case "logistic":
                return 1 / (1 + np.exp(-eta))
            case "poisson":
                return np.exp(np.minimum(eta, 700.0))

    def slope(self, mu: FloatArray) -> FloatArray:
        """Derivative of the mean by the linear predictor, which is the variance function under the natural link."""
        match self.family:
            case "linear":
                return np.ones_like(mu)
            case "logistic":
                return mu * (1 - mu)
            case "poisson":
                return mu

    def information(self, weights: FloatArray, b: FloatArray) -> FloatArray:
        v = np.where(self.kept, weights * self.slope(self.mean(self.X @ b)), 0.0)
        return np.asarray((self.X * v[:, None]).T @ self.X, dtype=np.float64)

    def fit(self, weights: FloatArray) -> FloatArray:
        """Newton's method from a constant mean, with halved steps where the fit would get worse."""
        w = np.where(self.kept, weights, 0.0)
        b = np.zeros(self.X.shape[1])
        average = float(w @ self.y / w.sum())
        b[0] = {"linear": average, "logistic": _logit(average), "poisson": np.log(max(average, 1e-12))}[
            self.family
        ]
        score = self._score(w, b)
        for _ in range(_MOST_STEPS):
            try:
                step = np.asarray(np.linalg.solve(self.information(w, b), score), dtype=np.float64)
            except np.linalg.LinAlgError as singular:
                raise _impossible(self.outcome, "förklaringarna säger samma sak") from singular
            following, b_next = self._improved(w, b, step)
            b, score = b_next, following
            if np.max(np.abs(step)) <= _TOLERANCE * max(1.0, float(np.max(np.abs(b)))):
                if np.linalg.cond(self.information(w, b)) > 1e15:
                    raise _impossible(self.outcome, "förklaringarna säger samma sak")
                return b
        raise _impossible(self.outcome, "svaren avgörs helt av en förklaring")

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
        for halvings in range(30):
            candidate = b + step / 2**halvings
            if self._likelihood(w, candidate) >= before - 1e-9 * abs(before):
                return self._score(w, candidate), candidate
        return self._score(w, b), b

    def influence(self, weights: FloatArray, b: FloatArray) -> FloatArray:
        """Influence of each row on each coefficient, without the weight."""
        residual = np.where(self.kept, self.y - self.mean(self.X @ b), 0.0)
        inverse = np.linalg.inv(self.information(weights, b))
        return np.asarray((self.X * residual[:, None]) @ inverse, dtype=np.float64)


def _effects(design: SurveyDesign, model: _Model, matrix: ModelMatrix, *, b: FloatArray) -> pd.DataFrame:
    """Average marginal effects with their standard errors."""
    w = np.where(model.kept, design.weights, 0.0)
    rows, columns = [], range(1, len(b))

    def effect(
        weights: FloatArray, coefficients: FloatArray, place: int
    ) -> tuple[float, FloatArray, FloatArray]:
        unit, gradient = _unit_effect(model, matrix, coefficients, place=place)
        inside = np.where(model.kept, weights, 0.0)
        total = inside.sum()
        return float(inside @ unit / total), unit, np.asarray(inside @ gradient / total, dtype=np.float64)

    influence = model.influence(design.weights, b)
    for place in columns:
        value, unit, gradient = effect(design.weights, b, place)
        of_mean = np.where(model.kept, unit - value, 0.0) / w.sum()

        def refit(weights: FloatArray, place: int = place) -> FloatArray:
            return np.array([effect(weights, model.fit(weights), place)[0]])

        joint = (of_mean + influence @ gradient)[:, None]
        variance = covariance_of(design, joint, np.array([value]), refit=refit)[0, 0]
        rows.append((matrix.terms[place], matrix.categories[place], value, float(np.sqrt(variance))))
    return pd.DataFrame(rows, columns=["term", "category", "effect", "standard_error"])


def _unit_effect(
    model: _Model, matrix: ModelMatrix, b: FloatArray, *, place: int
) -> tuple[FloatArray, FloatArray]:
    """Marginal effect of each row, shape (n,), and its gradient by the coefficients, shape (n, p)."""
    X = model.X
    if not matrix.categories[place]:
        mu = model.mean(X @ b)
        v = model.slope(mu)
        curvature = {"linear": np.zeros_like(mu), "logistic": v * (1 - 2 * mu), "poisson": mu}[model.family]
        gradient = b[place] * curvature[:, None] * X
        gradient[:, place] += v
        return v * b[place], gradient
    same = [other for other, term in enumerate(matrix.terms) if term == matrix.terms[place]]
    none, this = X.copy(), X.copy()
    none[:, same], this[:, same] = 0.0, 0.0
    this[:, place] = 1.0
    high, low = model.mean(this @ b), model.mean(none @ b)
    gradient = model.slope(high)[:, None] * this - model.slope(low)[:, None] * none
    return high - low, gradient


def _dof(design: SurveyDesign, kept: BoolArray) -> float:
    """Design degrees of freedom of the rows in the model; those of the replicates where there are any."""
    if design.replicates is not None:
        return float(design.dof)
    plan = plan_domains(design.variance, np.where(kept, 0, -1).astype(np.int64), 1)
    return float(plan.active(None)[1][0])


def _require_outcome(outcome: str, y: FloatArray, family: Family) -> None:
    if family == "logistic" and not np.isin(y, (0.0, 1.0)).all():
        raise _impossible(outcome, "utfallet är inte 0 och 1")
    if family == "poisson" and (y < 0).any():
        raise _impossible(outcome, "utfallet har negativa värden")
    if len(y) < 2 or np.ptp(y) == 0:
        raise _impossible(outcome, "alla har samma svar")


def _logit(p: float) -> float:
    p = min(max(p, 1e-12), 1 - 1e-12)
    return float(np.log(p / (1 - p)))


def _impossible(outcome: str, found: str) -> EstimateError:
    return EstimateError(
        Problem(
            code="SKATT-45",
            what=f"The model of {outcome} cannot be fitted ({found}).",
            why="Its coefficients are not determined by the data.",
            remedy="Leave out predictors that say the same thing or that decide the answer.",
            facts={"utfall": outcome, "fann": found},
        )
    )
