"""Small areas by the Fay-Herriot model: typed as model-based, never an :class:`Estimates`."""

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd

from trygghet._distributions import normal_quantile
from trygghet._typing import FloatArray, IntArray
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.estimates import About, Estimates
from trygghet.estimate.fay_herriot import AreaFit, AreaMethod, fit_area_model
from trygghet.estimate.told import result_html

Transform = Literal["none", "arcsine"]
MODEL_BASED = "Model-based estimates (Fay-Herriot); intervals rest on the model and are no design-based confidence intervals."


@dataclass(frozen=True, slots=True, eq=False)
class SmallAreaEstimates:
    """Model-based estimates of areas, beside the direct ones.

    Parameters
    ----------
    labels : tuple of str, length d
        Areas.
    values : ndarray, shape (d,)
        Model-based estimates (empirical best linear unbiased predictors).
    mse : ndarray, shape (d,)
        Estimated mean squared errors, on the scale of the values.
    direct : ndarray, shape (d,)
        Direct estimates; NaN for an area without answers, whose value is the model's prediction alone.
    shrinkage : ndarray, shape (d,)
        Weight of the direct estimate in the value, between 0 and 1.
    fit : AreaFit
        Fitted model.
    transform : {"none", "arcsine"}
        Scale on which the model was fitted.
    benchmark : float or None
        Value of the whole that the areas were adjusted to.
    note : str
        What the estimates rest on.
    n : ndarray of int, shape (d,)
        Unweighted bases of the direct estimates.
    dof : ndarray, shape (d,)
        Degrees of freedom of the direct estimates.
    about : About
        What was done to get the direct estimates.
    """

    labels: tuple[str, ...]
    values: FloatArray
    mse: FloatArray
    direct: FloatArray
    shrinkage: FloatArray
    fit: AreaFit
    transform: Transform
    benchmark: float | None = None
    note: str = MODEL_BASED
    n: IntArray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    dof: FloatArray = field(default_factory=lambda: np.zeros(0))
    about: About = field(default_factory=About)

    def __len__(self) -> int:
        return len(self.values)

    def _repr_html_(self) -> str:
        told = [
            self.note,
            f"fitted by {self.fit.method.upper()}, variance between areas {self.fit.variance:.4g}",
            f"scale of the model: {self.transform}",
            "not benchmarked" if self.benchmark is None else f"benchmarked to {self.benchmark:.4g}",
            f"model degrees of freedom {len(self.fit.values) - len(self.fit.coefficients)} (areas less coefficients); normal intervals",
            "direct estimates: " + ", ".join(self.about.told(self.n, self.dof)),
        ]
        return result_html("Small areas, model-based", self.to_frame(), told)

    def to_frame(self, *, level: float = 0.95) -> pd.DataFrame:
        """Lay the estimates out as a table.

        Parameters
        ----------
        level : float
            Level of the prediction intervals.

        Returns
        -------
        DataFrame
            Columns domain, estimate, root_mse, low, high, direct, shrinkage, basis.
        """
        half = normal_quantile(0.5 + level / 2) * np.sqrt(self.mse)
        return pd.DataFrame(
            {
                "domain": list(self.labels),
                "estimate": self.values,
                "root_mse": np.sqrt(self.mse),
                "low": self.values - half,
                "high": self.values + half,
                "direct": self.direct,
                "shrinkage": self.shrinkage,
                "basis": "model-based",
            }
        )

    def benchmarked(
        self, total: float, shares: FloatArray, *, how: Literal["ratio", "difference"] = "ratio"
    ) -> "SmallAreaEstimates":
        """Adjust the areas so that, weighted by their population shares, they give the value of the whole.

        Parameters
        ----------
        total : float
            Estimate of the whole municipality, from the full sample.
        shares : ndarray, shape (d,)
            Population share of each area; sums to 1.
        how : {"ratio", "difference"}
            Multiply every area by one factor, or add one constant.

        Returns
        -------
        SmallAreaEstimates
            Adjusted values; the mean squared errors are those before the adjustment.

        Raises
        ------
        EstimateError
            SKATT-41 when the shares do not sum to 1.
        """
        weights = np.asarray(shares, dtype=np.float64)
        if weights.shape != self.values.shape or abs(weights.sum() - 1) > 1e-6:
            raise _wrong(
                f"{len(weights)} population shares with sum {weights.sum():.4g} for {len(self)} areas"
            )
        model = float(weights @ self.values)
        values = self.values * (total / model) if how == "ratio" else self.values + (total - model)
        return replace(self, values=values, benchmark=total)


def fay_herriot(
    estimates: Estimates,
    covariates: FloatArray | None = None,
    *,
    method: AreaMethod = "reml",
    transform: Transform = "none",
) -> SmallAreaEstimates:
    """Borrow strength between areas for one item: direct estimates are drawn towards a regression on area covariates.

    Parameters
    ----------
    estimates : Estimates
        One item in several areas.
    covariates : ndarray, shape (d, q), optional
        Area covariates without a constant, known for the population; none draws towards a common mean.
    method : {"reml", "ml", "adjusted"}
        How the variance between areas is estimated; ``adjusted`` never gives 0.
    transform : {"none", "arcsine"}
        ``arcsine`` models ``asin(sqrt(p))`` with variance ``1 / (4 n_eff)`` and takes the expectation back.

    Returns
    -------
    SmallAreaEstimates
        Typed as model-based: it cannot be ranked, compared or screened as if it were a survey estimate.

    Raises
    ------
    EstimateError
        SKATT-41 when there are too few areas, several items, or no sampling variance.

    Notes
    -----
    ``theta = gamma y + (1 - gamma) x'b`` with ``gamma = A / (A + psi)``; the mean squared error is ``g1 + g2 + 2 g3`` (for ML less the
    bias of A). On the arcsine scale ``E sin^2(t) = (1 - exp(-2 s^2) cos(2 m)) / 2`` for ``t ~ N(m, s^2)``, with ``s^2`` the variance
    of the prediction, and the mean squared error follows by the delta method.

    References
    ----------
    Fay, R. E. and Herriot, R. A. (1979). Estimates of income for small places. JASA 74, 269-277. doi:10.1080/01621459.1979.10482505

    Prasad, N. G. N. and Rao, J. N. K. (1990). The estimation of the mean squared error of small-area estimators. JASA 85, 163-171.
    doi:10.1080/01621459.1990.10475320
    """
    items = estimates.cells[["item", "category"]].drop_duplicates()
    if len(items) != 1:
        raise _wrong(f"{len(items)} items; the model takes one item in several areas")
    y, psi = estimates.values, estimates.standard_errors**2
    if transform == "arcsine":
        if not estimates.is_share:
            raise _wrong("an estimate that is no share was given to the arcsine transformation")
        y, psi = _on_arcsine_scale(estimates)
    known = np.isfinite(y) & np.isfinite(psi) & (psi > 0)
    X = _with_constant(covariates, len(estimates))
    fit = fit_area_model(y[known], psi[known], X[known], method=method)
    return _predicted(estimates, (y, psi, X), fit, transform=transform)


def _predicted(
    estimates: Estimates,
    model: tuple[FloatArray, FloatArray, FloatArray],
    fit: AreaFit,
    *,
    transform: Transform,
) -> SmallAreaEstimates:
    y, psi, X = model
    known = np.isfinite(y) & np.isfinite(psi) & (psi > 0)
    synthetic = X @ fit.coefficients
    values, gamma = synthetic.copy(), np.zeros(len(y))
    mse = fit.variance + np.einsum("dq,qr,dr->d", X, fit.covariance, X)
    values[known], mse[known], gamma[known] = fit.values, fit.mse, fit.shrinkage
    if transform == "arcsine":
        spread = np.where(known, gamma * np.where(known, psi, 0.0), fit.variance)
        slope = np.sin(2 * values)
        values, mse = (1 - np.exp(-2 * spread) * np.cos(2 * values)) / 2, slope**2 * mse
    return SmallAreaEstimates(
        labels=tuple(estimates.cells["domain"].astype(str)),
        values=values,
        mse=mse,
        direct=estimates.values,
        shrinkage=gamma,
        fit=fit,
        transform=transform,
        n=estimates.n,
        dof=estimates.dof,
        about=estimates.about,
    )


def _on_arcsine_scale(estimates: Estimates) -> tuple[FloatArray, FloatArray]:
    effect = estimates.design_effect[np.isfinite(estimates.design_effect) & (estimates.design_effect > 0)]
    n_eff = estimates.n / (float(effect.mean()) if effect.size else 1.0)
    with np.errstate(divide="ignore"):
        return np.arcsin(np.sqrt(np.clip(estimates.values, 0.0, 1.0))), 1 / (4 * n_eff)


def _with_constant(covariates: FloatArray | None, areas: int) -> FloatArray:
    constant = np.ones((areas, 1))
    if covariates is None:
        return constant
    given = np.asarray(covariates, dtype=np.float64).reshape(areas, -1) if len(covariates) == areas else None
    if given is None or not np.all(np.isfinite(given)):
        raise _wrong(f"covariates of {len(covariates)} areas, or unknown ones, for {areas} areas")
    return np.hstack([constant, given])


def _wrong(found: str) -> EstimateError:
    return EstimateError(
        Problem(
            code="SKATT-41",
            what=f"The area model was given {found}.",
            why="It takes one item, several areas with sampling variances, and covariates known for each.",
            remedy="Select one item and give one row of covariates an area.",
            facts={"fann": found},
        )
    )
