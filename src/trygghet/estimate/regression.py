"""Design-based regression: linear, logistic, Poisson and ordinal models with the sample's own covariance."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from trygghet._distributions import f_above, t_above, t_quantile
from trygghet._typing import BoolArray, FloatArray
from trygghet.design import FrameColumns, SurveyDesign, plan_domains
from trygghet.estimate.association import TestResult
from trygghet.estimate.estimates import About
from trygghet.estimate.fitting import Model, impossible
from trygghet.estimate.mean_models import MeanFamily, MeanModel
from trygghet.estimate.mixtures import mixture_tail, saddlepoint_tail
from trygghet.estimate.model_matrix import model_matrix, same_term
from trygghet.estimate.ordinal import OrdinalModel
from trygghet.estimate.refitted import covariance_of
from trygghet.estimate.request import about_of
from trygghet.estimate.told import result_html

Family = Literal["linear", "logistic", "poisson", "ordinal"]
TermTest = Literal["wald", "likelihood-ratio", "likelihood-ratio-saddlepoint"]


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """A fitted model with its design-based covariance.

    Parameters
    ----------
    family : {"linear", "logistic", "poisson", "ordinal"}
        Identity, logit or log link of the mean, or cumulative logits.
    outcome : str
        Outcome.
    names : tuple of str, length p
        Coefficients; ``(konstant)``, the name of a number, ``variable: category``, these joined by ``×`` for a product, or
        ``answer|next answer`` for a cut point.
    terms : tuple of str, length p
        Predictor (``a:b`` for a product) that each coefficient belongs to; empty for the constant and the cut points.
    values : ndarray, shape (p,)
        Coefficients.
    covariance : ndarray, shape (p, p)
        Their covariance under the design.
    dof : float
        Design degrees of freedom less the coefficients beside constant and cut points.
    n : int
        Rows in the model.
    effects : DataFrame
        Average marginal effects: term, category, answer (of an ordinal model), effect, standard_error.
    about : About
        What was done.
    model : Model
        The model, for tests that fit it again.
    weights : ndarray, shape (n,)
        Weights of the sample.
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
    about: About
    model: Model = field(repr=False)
    weights: FloatArray = field(repr=False)

    def _repr_html_(self) -> str:
        told = self.about.told(np.array([self.n]), np.array([self.dof]))
        return result_html(f"{self.family} model of {self.outcome}", self.to_frame(), told)

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
        quantile = t_quantile(0.5 + level / 2, self.dof) if self.dof > 0 else np.nan
        return pd.DataFrame(
            {
                "name": list(self.names),
                "term": list(self.terms),
                "estimate": self.values,
                "standard_error": se,
                "t": t,
                "p_value": 2 * t_above(np.abs(t), self.dof) if self.dof > 0 else np.nan,
                "ci_low": self.values - quantile * se,
                "ci_high": self.values + quantile * se,
            }
        )

    def test_term(self, *terms: str, method: TermTest = "wald") -> TestResult:
        """Test that all coefficients of one or several predictors are 0.

        Parameters
        ----------
        *terms : str
            Predictors; ``a:b`` for a product.
        method : {"wald", "likelihood-ratio", "likelihood-ratio-saddlepoint"}
            Wald's test with an F reference; or Rao and Scott's working likelihood ratio, with the mixture of chi-squared variables that it
            follows under the design, exact or by the saddle point (R's ``regTermTest(method="LRT")``).

        Returns
        -------
        TestResult
            The test.

        Raises
        ------
        EstimateError
            SKATT-45 when the model has no such predictor.

        Notes
        -----
        Twice the gain in log pseudo likelihood, weights of mean one, follows ``sum_j e_j Z_j^2`` over a chi-squared mean on ``dof``
        degrees of freedom, with e the eigenvalues of ``V_0^-1 V``: the tested coefficients' covariance under the design, V, against the
        inverse information, V_0. Under separation or strong curvature the likelihood ratio keeps its sense where Wald's test loses it.

        References
        ----------
        Lumley, T. and Scott, A. (2014). Tests for regression models fitted to survey data. Australian and New Zealand Journal of
        Statistics 56, 1-14. doi:10.1111/anzs.12065
        """
        at = [place for place, name in enumerate(self.terms) if any(same_term(name, term) for term in terms)]
        missing = [term for term in terms if not any(same_term(name, term) for name in self.terms)]
        if missing or not at:
            raise impossible(self.outcome, f"{', '.join(missing) or 'inget'} finns inte i modellen")
        if method != "wald":
            return self._likelihood_ratio(at, method)
        b, k = self.values[at], len(at)
        f = float(b @ np.linalg.solve(self.covariance[np.ix_(at, at)], b)) / k
        return TestResult("wald", f, k, self.dof, f_above(f, k, self.dof))

    def _likelihood_ratio(self, at: list[int], method: TermTest) -> TestResult:
        weights = self.weights * (self.n / float(self.weights[self.model.kept].sum()))
        smaller = self.model.without(at)
        gain = self.model.likelihood(weights, self.values) - smaller.likelihood(weights, smaller.fit(weights))
        simple = np.linalg.inv(self.model.information(weights, self.values))[np.ix_(at, at)]
        effects = np.linalg.eigvals(np.linalg.solve(simple, self.covariance[np.ix_(at, at)])).real
        effects = np.sort(effects)[::-1].astype(np.float64)
        tail = mixture_tail if method == "likelihood-ratio" else saddlepoint_tail
        p = tail(2 * gain, effects, self.dof) if self.dof > 0 else np.nan
        return TestResult(method, 2 * gain, len(at), self.dof, p, tuple(effects.tolist()))


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
        A number; 0 and 1 (an indicator) for the logistic model, ordered categories for the ordinal one.
    predictors : sequence of str
        Numbers enter as they are; nominal and ordinal variables and texts by category against the first one that somebody in the domain
        has. ``a:b`` are the products of two predictors, ``a*b`` both and their products, as in R; further ones likewise.
    family : {"linear", "logistic", "poisson", "ordinal"}
        Model. ``ordinal`` is the proportional-odds model of an ordered answer: an ordinal variable, an ordered or numeric column.
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
    its influence adds that of the coefficients to that of the mean. A predictor's effect goes through its products too. The ordinal model, ``logit P(Y <= k) = cut_k - x'b``, solves its
    own score equations; its effects are on the probability of each answer.

    References
    ----------
    Binder, D. A. (1983). On the variances of asymptotically normal estimators from complex surveys. International Statistical Review 51,
    279-292. doi:10.2307/1402588

    McCullagh, P. (1980). Regression models for ordinal data. JRSS-B 42, 109-142. doi:10.1111/j.2517-6161.1980.tb01109.x

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> frame = pd.DataFrame({"y": [1.0, 2.0, 2.0, 4.0], "x": [0.0, 1.0, 2.0, 3.0], "w": 5.0})
    >>> fit = regression(SurveyDesign.from_frame(frame, weights="w"), "y", ["x"])
    >>> fit.values.round(2).tolist()
    [0.9, 0.9]
    """
    if len(set(predictors)) < len(predictors):
        raise impossible(outcome, "förklaringarna säger samma sak")
    mask = design.in_order(where)
    counted = design.weights > 0 if mask is None else mask & (design.weights > 0)
    model: MeanModel | OrdinalModel
    if family == "ordinal":
        model = _ordinal_model(design, outcome, predictors, counted=counted)
    else:
        model = _mean_model(design, outcome, predictors, how=(family, counted))
    b, covariance, effects = _fitted(design, model)
    return Regression(
        family=family,
        outcome=outcome,
        names=model.names,
        terms=model.terms,
        values=b,
        covariance=covariance,
        dof=_dof(design, model.kept) - sum(map(bool, model.terms)),
        n=int(model.kept.sum()),
        effects=effects,
        about=about_of(design, [outcome]),
        model=model,
        weights=design.weights,
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
        raise impossible(outcome, f"{group} har {len(fit.values)} grupper")
    row = fit.to_frame().iloc[1]
    return TestResult("t", float(row["t"]), 1, fit.dof, float(row["p_value"]))


def _fitted(design: SurveyDesign, model: Model) -> tuple[FloatArray, FloatArray, pd.DataFrame]:
    """Coefficients, their covariance, and average marginal effects with their standard errors."""
    weights = design.weights
    b = model.fit(weights)
    found = model.effects(weights, b)
    of_b = model.influence(weights, b)
    influence = np.hstack([of_b, found.of_mean + of_b @ found.gradient])

    def refit(other: FloatArray) -> FloatArray:
        again = model.fit(other)
        return np.concatenate([again, model.effects(other, again).values])

    joint = covariance_of(design, influence, np.concatenate([b, found.values]), refit=refit)
    effects = pd.DataFrame(model.effect_rows, columns=["term", "category", "answer"])
    errors = np.sqrt(np.diagonal(joint)[len(b) :])
    return b, joint[: len(b), : len(b)], effects.assign(effect=found.values, standard_error=errors)


def _mean_model(
    design: SurveyDesign, outcome: str, predictors: Sequence[str], *, how: tuple[MeanFamily, BoolArray]
) -> MeanModel:
    family, counted = how
    y = design.columns.numeric(outcome)
    counted &= np.isfinite(y)
    matrix = model_matrix(design, predictors, counted)
    kept = counted & matrix.complete
    _require_outcome(outcome, y[kept], family)
    X = np.where(kept[:, None], matrix.values, 0.0)
    return MeanModel(family, outcome, np.where(kept, y, 0.0), matrix, X, kept)


def _ordinal_model(
    design: SurveyDesign, outcome: str, predictors: Sequence[str], *, counted: BoolArray
) -> OrdinalModel:
    _require_order(design, outcome)
    groups = design.columns.groups(outcome)
    counted &= groups.codes >= 0
    matrix = model_matrix(design, predictors, counted)
    kept = counted & matrix.complete
    present = np.unique(groups.codes[kept])
    if len(present) < 2:
        raise impossible(outcome, "alla har samma svar")
    y = np.where(kept, np.searchsorted(present, groups.codes), 0)
    answers = tuple(groups.labels[code] for code in present)
    X = np.where(kept[:, None], matrix.values[:, 1:], 0.0)
    return OrdinalModel(outcome, answers, y, matrix, X, kept)


def _require_order(design: SurveyDesign, outcome: str) -> None:
    """Categories must have an order of their own: a declared ordinal variable, an ordered column, or numbers."""
    if design.codebook is not None:
        known = design.codebook.all_variables
        ordered = outcome in known and known[outcome].kind == "ordinal"
    elif isinstance(design.columns, FrameColumns):
        column = design.columns.column(outcome)
        ordered = pd.api.types.is_numeric_dtype(column) or isinstance(column.dtype, pd.CategoricalDtype)
    else:
        ordered = True
    if not ordered:
        raise impossible(outcome, "svarsalternativen har ingen ordning")


def _dof(design: SurveyDesign, kept: BoolArray) -> float:
    """Design degrees of freedom of the rows in the model; those of the replicates where there are any."""
    if design.replicates is not None:
        return float(design.dof)
    plan = plan_domains(design.variance, np.where(kept, 0, -1).astype(np.int64), 1)
    return float(plan.active(None)[1][0])


def _require_outcome(outcome: str, y: FloatArray, family: Family) -> None:
    if family == "logistic" and not np.isin(y, (0.0, 1.0)).all():
        raise impossible(outcome, "utfallet är inte 0 och 1")
    if family == "poisson" and (y < 0).any():
        raise impossible(outcome, "utfallet har negativa värden")
    if len(y) < 2 or np.ptp(y) == 0:
        raise impossible(outcome, "alla har samma svar")
