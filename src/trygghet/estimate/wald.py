"""Wald tests of hypotheses about several estimates of one sample."""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from trygghet._distributions import f_above
from trygghet._typing import FloatArray
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.association import TestResult
from trygghet.estimate.contrast import contrast
from trygghet.estimate.estimates import Estimates

WaldMethod = Literal["wald", "adjusted-wald"]
_SINGULAR = 1e-10


def wald_test(
    estimates: Estimates,
    combinations: Mapping[str, FloatArray | Sequence[float]] | None = None,
    *,
    method: WaldMethod = "wald",
) -> TestResult:
    """Test that all estimates are equal, or that all given combinations of them are 0.

    Parameters
    ----------
    estimates : Estimates
        Estimates of one sample, such as one item in every area; empty cells are left out.
    combinations : mapping of str to array of float, shape (p,), optional
        Name and coefficients of each combination; the differences from the first estimate when left out.
    method : {"wald", "adjusted-wald"}
        ``W / k`` against F with k and f degrees of freedom, as R's ``regTermTest``; or ``W (f - k + 1) / (f k)`` against F with k and
        f - k + 1, which keeps its level when f is small beside k (Korn and Graubard 1990).

    Returns
    -------
    TestResult
        The test; k is the rank of the combinations' covariance, f the smallest degrees of freedom among the estimates. Its p-value
        is NaN when there are no degrees of freedom left.

    Raises
    ------
    EstimateError
        SKATT-17 when the coefficients are not as many as the estimates, SKATT-46 when nothing can be tested.

    Notes
    -----
    ``W = t' V^- t`` with t the combinations and V their joint covariance under the design.

    References
    ----------
    Korn, E. L. and Graubard, B. I. (1990). Simultaneous testing of regression coefficients with complex survey data: use of
    Bonferroni t statistics. The American Statistician 44, 270-276. doi:10.1080/00031305.1990.10475737

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> from trygghet.estimate import proportion
    >>> frame = pd.DataFrame({"area": list("aaaabbbbcccc"), "unsafe": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0], "w": 10.0})
    >>> found = wald_test(proportion(SurveyDesign.from_frame(frame, weights="w"), "unsafe", by="area"))
    >>> print(f"{found.statistic:.2f} {found.numerator_dof:.0f} {found.p_value:.2f}")
    1.63 2 0.33
    """
    if combinations is None:
        known = np.flatnonzero(np.isfinite(estimates.values) & np.isfinite(estimates.standard_errors))
        estimates = estimates.take(known)
        apart = np.hstack([-np.ones((max(len(known) - 1, 0), 1)), np.eye(max(len(known) - 1, 0))])
        combinations = {str(row): coefficients for row, coefficients in enumerate(apart)}
    if not combinations:
        raise _nothing(len(estimates))
    tested = contrast(estimates, combinations)
    covariance = tested.covariance()
    if not (np.isfinite(tested.values).all() and np.isfinite(covariance).all()):
        raise _nothing(int(np.isfinite(tested.values).sum()))
    scale = np.sqrt(np.diagonal(covariance))
    if not (scale > 0).any():
        raise _nothing(0)
    scale = np.where(scale > 0, scale, 1.0)
    sizes, vectors = np.linalg.eigh(covariance / np.outer(scale, scale))
    used = sizes > _SINGULAR * sizes.max()
    k, dof = int(used.sum()), float(np.min(tested.dof))
    statistic = float(((vectors[:, used].T @ (tested.values / scale)) ** 2 / sizes[used]).sum()) / k
    if method == "wald":
        return TestResult(method, statistic, k, dof, f_above(statistic, k, dof) if dof > 0 else np.nan)
    rest = dof - k + 1
    f = statistic * rest / dof if dof > 0 else np.nan
    return TestResult(method, f, k, rest, f_above(f, k, rest) if rest > 0 else np.nan)


def _nothing(usable: int) -> EstimateError:
    return EstimateError(
        Problem(
            code="SKATT-46",
            what=f"a joint test has {usable} usable estimates",
            why="it needs estimates with a standard error, and at least two to compare",
            remedy="choose cells that have answers that vary",
            facts={"antal": usable},
        )
    )
