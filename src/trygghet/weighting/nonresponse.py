"""Weights that make up for those who did not answer, with what the frame knows of everyone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet._typing import FloatArray, IntArray
from trygghet.errors import DesignError, Problem
from trygghet.weighting.response import InvitedSample
from trygghet.weighting.weights import Weights

THIN_CLASS = 20
"""Respondents in a response class below which its factor is unsure."""
_ROUNDS = 100


@dataclass(frozen=True, slots=True, eq=False)
class Propensities:
    """Estimated response propensities of the net sample.

    Parameters
    ----------
    values : ndarray
        Propensity of each eligible person (m,), in the order of the sample.
    terms : tuple of str
        Terms of the model.
    coefficients : ndarray
        Coefficient of each term.
    standard_errors : ndarray
        Its standard error.
    r_indicator : float
        ``1 - 2 S(rho)``: 1 when all groups answer alike, lower when they do not.
    """

    values: FloatArray
    terms: tuple[str, ...]
    coefficients: FloatArray
    standard_errors: FloatArray
    r_indicator: float


def response_classes(invited: InvitedSample, by: Sequence[str], *, minimum: int = THIN_CLASS) -> Weights:
    """Design weights of the respondents times the inverse response rate of their class.

    Parameters
    ----------
    invited : InvitedSample
        Everyone who was drawn.
    by : sequence of str
        Frame variables that together form the classes; a missing value is a class of its own.
    minimum : int
        Respondents below which a class is told as thin.

    Returns
    -------
    Weights
        Weights of the respondents with their ids; they sum to the weight of the net sample.

    Raises
    ------
    DesignError
        If a class has nobody who answered.

    Notes
    -----
    ``w = d sum_(eligible in c) d / sum_(respondents in c) d``.

    References
    ----------
    Little, R. J. A. (1986). Survey nonresponse adjustments for estimates of means. International Statistical Review 54, 139-157.
    doi:10.2307/1403140
    """
    eligible = invited.eligible
    classes, labels = _classes(invited.frame[eligible], by)
    return _by_class(
        invited, classes, labels=labels, method=f"response classes {' * '.join(by)}", minimum=minimum
    )


def response_propensities(
    invited: InvitedSample, model: Sequence[str], *, weighted: bool = False
) -> Propensities:
    """Logistic response propensities with frame variables; categories enter as indicators, numbers as they are.

    Parameters
    ----------
    invited : InvitedSample
        Everyone who was drawn.
    model : sequence of str
        Frame variables; ``"a * b"`` is their interaction.
    weighted : bool
        Whether design weights enter the model.

    Returns
    -------
    Propensities
        Propensities, the model, and the R-indicator.

    Raises
    ------
    DesignError
        If nobody or everybody answered, or a group answered wholly or not at all so that the model has no solution.

    References
    ----------
    Schouten, B., Cobben, F. and Bethlehem, J. (2009). Indicators for the representativeness of survey response. Survey
    Methodology 35, 101-113.
    """
    import statsmodels.api as sm  # noqa: PLC0415 - slow to import

    eligible = invited.eligible
    answered = invited.responded[eligible].astype(np.float64)
    matrix, terms = _model_matrix(invited.frame[eligible], model)
    weights = invited.weights[eligible]
    family = sm.families.Binomial()
    if 0 < answered.sum() < len(answered):
        scale = weights / weights.mean() if weighted else np.ones(len(weights))
        fitted = sm.GLM(answered, matrix, family=family, freq_weights=scale).fit(maxiter=_ROUNDS, tol=1e-12)
        values = np.asarray(fitted.fittedvalues, dtype=np.float64)
        if fitted.converged and values.min() > 1e-8 and values.max() < 1 - 1e-8:
            return Propensities(
                values,
                terms,
                np.asarray(fitted.params, dtype=np.float64),
                np.asarray(fitted.bse, dtype=np.float64),
                r_indicator(values, weights),
            )
    raise DesignError(
        Problem(
            code="VIKT-60",
            what="The response model has no solution: some group answered wholly or not at all.",
            why="Its propensity would be 0 or 1.",
            remedy="Use fewer or coarser variables.",
            facts={"modell": ", ".join(model)},
        )
    )


def propensity_weights(
    invited: InvitedSample, propensities: Propensities, *, classes: int | None = 5
) -> Weights:
    """Design weights of the respondents adjusted by estimated propensities.

    Parameters
    ----------
    invited : InvitedSample
        Everyone who was drawn.
    propensities : Propensities
        From :func:`response_propensities` of the same sample.
    classes : int or None
        Number of classes of equal size by propensity (more robust than the inverse itself); None for the inverse.

    Returns
    -------
    Weights
        Weights of the respondents with their ids; they sum to the weight of the net sample.

    Raises
    ------
    DesignError
        If a class has nobody who answered.

    References
    ----------
    Rosenbaum, P. R. and Rubin, D. B. (1984). Reducing bias in observational studies using subclassification on the propensity
    score. JASA 79, 516-524. doi:10.1080/01621459.1984.10478078
    """
    values = propensities.values
    if classes is None:
        eligible, answered = invited.eligible, invited.responded
        start = invited.weights[answered]
        factors = 1.0 / values[answered[eligible]]
        adjusted = start * factors
        total = invited.weights[eligible].sum()
        return Weights(
            adjusted * (total / adjusted.sum()),
            start,
            scale=invited.scale,
            method="inverse propensity",
            ids=invited.ids[answered],
        )
    cuts = np.quantile(values, np.arange(1, classes) / classes)
    where = np.searchsorted(cuts, values, side="right").astype(np.int64)
    used, where = np.unique(where, return_inverse=True)
    labels = tuple(f"propensity class {k + 1}" for k in used)
    return _by_class(
        invited, where.astype(np.int64), labels=labels, method="propensity classes", minimum=THIN_CLASS
    )


def r_indicator(propensities: FloatArray, weights: FloatArray) -> float:
    """Representativeness of the response, ``1 - 2 S(rho)``.

    Parameters
    ----------
    propensities : ndarray
        Response propensities of the net sample (m,).
    weights : ndarray
        Design weights (m,).

    Returns
    -------
    float
        Between 0 and 1; 1 when all propensities are the same.
    """
    mean = np.average(propensities, weights=weights)
    spread = float((weights * (propensities - mean) ** 2).sum() / (weights.sum() - weights.mean()))
    return 1.0 - 2.0 * float(np.sqrt(spread))


def r_indicators(invited: InvitedSample, by: Sequence[str]) -> dict[str, float]:
    """How evenly the categories of each frame variable answered.

    Parameters
    ----------
    invited : InvitedSample
        Everyone who was drawn.
    by : sequence of str
        Frame variables with categories; a missing value is a category of its own.

    Returns
    -------
    dict of str to float
        ``1 - 2 S`` of the weighted response rates of the categories, by variable; 1 when every category answered equally often.

    Notes
    -----
    The saturated response model of one variable, of which the propensities are the response rates of its categories.

    References
    ----------
    Schouten, B., Cobben, F. and Bethlehem, J. (2009). Indicators for the representativeness of survey response. Survey
    Methodology 35, 101-113.
    """
    eligible = invited.eligible
    weights, answered = invited.weights[eligible], invited.responded[eligible]
    found = {}
    for name in by:
        codes, labels = _classes(invited.frame[eligible], [name])
        rates = np.bincount(codes, weights * answered, len(labels)) / np.bincount(codes, weights, len(labels))
        found[name] = r_indicator(rates[codes], weights)
    return found


def _classes(frame: pd.DataFrame, by: Sequence[str]) -> tuple[IntArray, tuple[str, ...]]:
    texts = [frame[name].astype("str").where(frame[name].notna(), "Uppgift saknas") for name in by]
    joined = texts[0]
    for text in texts[1:]:
        joined = joined + " * " + text
    codes, labels = pd.factorize(joined, sort=True)
    return codes.astype(np.int64), tuple(str(label) for label in labels)


def _by_class(
    invited: InvitedSample, classes: IntArray, *, labels: tuple[str, ...], method: str, minimum: int
) -> Weights:
    eligible, answered = invited.eligible, invited.responded
    weights, here = invited.weights[eligible], answered[eligible]
    asked = np.bincount(classes, weights, len(labels))
    got = np.bincount(classes[here], weights[here], len(labels))
    counts = np.bincount(classes[here], minlength=len(labels))
    silent = [labels[k] for k in np.flatnonzero(got == 0)]
    if silent:
        raise DesignError(
            Problem(
                code="VIKT-61",
                what=f"Nobody answered in {len(silent)} response classes ({', '.join(silent[:5])}).",
                why="Nobody can stand for them.",
                remedy="Merge classes.",
                facts={"antal": len(silent), "klasser": ", ".join(silent[:5])},
            )
        )
    thin = [labels[k] for k in np.flatnonzero(counts < minimum)]
    notes: tuple[Problem, ...] = ()
    if thin:
        notes = (
            Problem(
                code="VIKT-62",
                what=f"{len(thin)} response classes have fewer than {minimum} respondents ({', '.join(thin[:5])}).",
                why="Their factors rest on few people.",
                remedy="Merge classes.",
                facts={"antal": len(thin), "grans": minimum, "klasser": ", ".join(thin[:5])},
            ),
        )
    start = weights[here]
    return Weights(
        start * (asked / got)[classes[here]],
        start,
        scale=invited.scale,
        method=method,
        ids=invited.ids[answered],
        notes=notes,
    )


def _model_matrix(frame: pd.DataFrame, model: Sequence[str]) -> tuple[FloatArray, tuple[str, ...]]:
    """Intercept, indicators of categories (the first left out) and numbers; interactions as products."""
    columns: list[FloatArray] = [np.ones(len(frame))]
    terms = ["(Intercept)"]
    for term in model:
        names = [name.strip() for name in term.split("*")]
        numeric = (
            len(names) == 1 and pd.api.types.is_float_dtype(frame[names[0]]) and frame[names[0]].notna().all()
        )
        if numeric:
            columns.append(frame[names[0]].to_numpy(dtype=np.float64))
            terms.append(term)
            continue
        codes, labels = _classes(frame, names)
        for code, label in enumerate(labels[1:], start=1):
            columns.append((codes == code).astype(np.float64))
            terms.append(f"{term}: {label}")
    return np.column_stack(columns), tuple(terms)
