"""The Fay-Herriot model on arrays: variance between areas, coefficients, predictors and their mean squared errors."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import scipy  # scipy.optimize is loaded when it is first used

from trygghet._typing import FloatArray
from trygghet.errors import EstimateError, Problem

AreaMethod = Literal["reml", "ml", "adjusted"]


@dataclass(frozen=True, slots=True, eq=False)
class AreaFit:
    """A fitted area model.

    Parameters
    ----------
    method : {"reml", "ml", "adjusted"}
        Method that gave the variance; ``adjusted`` where the one asked for gave 0.
    variance : float
        Variance between areas, A.
    coefficients : ndarray, shape (q,)
        Generalised least squares coefficients.
    covariance : ndarray, shape (q, q)
        Their covariance, ``(X'V^-1 X)^-1``.
    values : ndarray, shape (d,)
        Predictors of the areas.
    mse : ndarray, shape (d,)
        Their mean squared errors.
    shrinkage : ndarray, shape (d,)
        ``A / (A + psi)``.
    """

    method: AreaMethod
    variance: float
    coefficients: FloatArray
    covariance: FloatArray
    values: FloatArray
    mse: FloatArray
    shrinkage: FloatArray


def fit_area_model(y: FloatArray, psi: FloatArray, X: FloatArray, *, method: AreaMethod = "reml") -> AreaFit:
    """Fit ``y = X b + v + e`` with ``v ~ N(0, A)`` and ``e ~ N(0, psi)``, psi known.

    Parameters
    ----------
    y, psi : ndarray, shape (d,)
        Direct estimates and their sampling variances, above 0.
    X : ndarray, shape (d, q)
        Covariates with the constant.
    method : {"reml", "ml", "adjusted"}
        Restricted or full likelihood, by the root of its score; or the restricted likelihood times A, whose maximum is never 0. Where
        ``reml`` or ``ml`` gives 0, the adjusted estimate takes its place and the fit says so.

    Returns
    -------
    AreaFit
        The fit.

    Raises
    ------
    EstimateError
        SKATT-42 when there are too few areas for the coefficients, or a variance is not positive.

    Notes
    -----
    ``mse = g1 + g2 + 2 g3`` with ``g1 = A psi / (A + psi)``, ``g2 = (1 - gamma)^2 x'(X'V^-1X)^-1 x`` and
    ``g3 = psi^2 (A + psi)^-3 * 2 / sum (A + psi)^-2``; for ML less ``b(A) (1 - gamma)^2`` with the bias b of A.

    References
    ----------
    Datta, G. S. and Lahiri, P. (2000). A unified measure of uncertainty of estimated best linear unbiased predictors. Statistica
    Sinica 10, 613-627.

    Li, H. and Lahiri, P. (2010). An adjusted maximum likelihood method for solving small area estimation problems. Journal of
    Multivariate Analysis 101, 882-892. doi:10.1016/j.jmva.2009.10.009

    Examples
    --------
    >>> import numpy as np
    >>> y, psi = np.array([0.2, 0.4, 0.6, 0.3]), np.full(4, 0.01)
    >>> fit = fit_area_model(y, psi, np.ones((4, 1)))
    >>> print(f"{fit.variance:.6f}")
    0.019167
    """
    _require(y, psi, X)
    variance = _adjusted(y, psi, X) if method == "adjusted" else _scored(y, psi, X, method=method)
    used: AreaMethod = method
    if variance <= 0:
        used, variance = "adjusted", _adjusted(y, psi, X)
    w = 1 / (variance + psi)
    covariance: FloatArray = np.asarray(np.linalg.inv((X * w[:, None]).T @ X), dtype=np.float64)
    b = covariance @ (X.T @ (w * y))
    gamma = variance * w
    return AreaFit(
        method=used,
        variance=variance,
        coefficients=b,
        covariance=covariance,
        values=gamma * y + (1 - gamma) * (X @ b),
        mse=_mse(psi, X, w=w, fit=(variance, covariance, used)),
        shrinkage=gamma,
    )


def _mse(
    psi: FloatArray, X: FloatArray, *, w: FloatArray, fit: tuple[float, FloatArray, AreaMethod]
) -> FloatArray:
    variance, covariance, method = fit
    rest = psi * w
    g1 = variance * rest
    g2 = rest**2 * np.einsum("dq,qr,dr->d", X, covariance, X)
    information = float((w**2).sum())
    g3 = psi**2 * w**3 * 2 / information
    bias = 0.0
    if method == "ml":
        bias = -float(np.trace(covariance @ ((X * (w**2)[:, None]).T @ X))) / information
    if method == "adjusted":
        bias = 2 / variance / information
    result: FloatArray = g1 + g2 + 2 * g3 - bias * rest**2
    return result


def _scored(y: FloatArray, psi: FloatArray, X: FloatArray, *, method: AreaMethod) -> float:
    """Root of the score of A; 0 where the likelihood falls from there."""

    def score(variance: float) -> float:
        w = 1 / (variance + psi)
        covariance = np.linalg.inv((X * w[:, None]).T @ X)
        projected = w * (y - X @ (covariance @ (X.T @ (w * y))))
        trace = float(w.sum())
        if method == "reml":
            trace -= float(np.trace((X * (w**2)[:, None]).T @ X @ covariance))
        return float(projected @ projected) - trace

    if score(0.0) <= 0:
        return 0.0
    upper = float(np.var(y)) + float(psi.max())
    while score(upper) > 0:
        upper *= 2
    return float(scipy.optimize.brentq(score, 0.0, upper, xtol=1e-300, rtol=1e-14))


def _adjusted(y: FloatArray, psi: FloatArray, X: FloatArray) -> float:
    """Maximum of A times the restricted likelihood: above 0 by construction."""

    def minus_log(root: float) -> float:
        variance = float(np.exp(root))
        w = 1 / (variance + psi)
        information = (X * w[:, None]).T @ X
        residual = y - X @ np.linalg.solve(information, X.T @ (w * y))
        fit = np.log(w).sum() - np.linalg.slogdet(information)[1] - float(w @ residual**2)
        return -(root + 0.5 * float(fit))

    reach = np.log(float(psi.min())) - 15, np.log(float(np.var(y)) + float(psi.max())) + 5
    found = scipy.optimize.minimize_scalar(
        minus_log, bounds=reach, method="bounded", options={"xatol": 1e-12}
    )
    return float(np.exp(found.x))


def _require(y: FloatArray, psi: FloatArray, X: FloatArray) -> None:
    areas, q = X.shape
    if areas <= q + 1 or np.linalg.matrix_rank(X) < q or not np.all(psi > 0) or not np.all(np.isfinite(y)):
        raise EstimateError(
            Problem(
                code="SKATT-42",
                what=f"{areas} areas cannot carry {q} coefficients, or a sampling variance is not positive.",
                why="The variance between areas cannot be told from noise.",
                remedy="Use fewer covariates, merge areas, or show direct estimates.",
                facts={"antal": areas, "koefficienter": q},
            )
        )
