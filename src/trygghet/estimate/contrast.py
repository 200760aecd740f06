"""Linear combinations of estimates, and rates standardised to one composition."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from trygghet._typing import FloatArray
from trygghet.design import SurveyDesign
from trygghet.errors import EstimateError, Problem
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.kernels import LinearKernel, PickedKernel
from trygghet.estimate.mean import mean
from trygghet.estimate.partitions import CROSSING, partitions_of


def contrast(estimates: Estimates, combinations: Mapping[str, FloatArray | Sequence[float]]) -> Estimates:
    """Linear combinations of estimates with their joint covariance.

    Parameters
    ----------
    estimates : Estimates
        Any estimates of one sample.
    combinations : mapping of str to array of float, shape (p,)
        Name and coefficients of each combination.

    Returns
    -------
    Estimates
        Estimand ``contrast``, one cell a combination; ``n`` and ``dof`` are the smallest among the cells that take part.

    Raises
    ------
    EstimateError
        SKATT-17 when the coefficients are not as many as the estimates.

    Notes
    -----
    ``V(L t) = L V L'`` with the full covariance of the estimates.

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> frame = pd.DataFrame({"size": 100, "a": [1, 0, 1, 1], "b": [0, 0, 1, 0]})
    >>> both = mean(SurveyDesign.from_frame(frame, population="size"), ["a", "b"])
    >>> contrast(both, {"a - b": [1, -1]}).values.tolist()
    [0.5]
    """
    rows = np.array([np.asarray(c, dtype=np.float64) for c in combinations.values()])
    if rows.shape != (len(combinations), len(estimates)):
        raise EstimateError(
            Problem(
                code="SKATT-17",
                what=f"the combinations have {rows.shape[-1]} coefficients for {len(estimates)} estimates",
                why="each estimate needs its coefficient, 0 where it takes no part",
                remedy="select the cells first, then give one coefficient each",
                facts={"koefficienter": rows.shape[-1], "celler": len(estimates)},
            )
        )
    used = rows != 0
    n = np.array([estimates.n[row].min() if row.any() else 0 for row in used], dtype=np.int64)
    dof = np.array([estimates.dof[row].min() if row.any() else np.nan for row in used])
    weighted = np.where(used, rows * np.where(used, estimates.values, 0.0), 0.0)
    count = len(combinations)
    values = weighted.sum(axis=1)
    cells = {"item": list(combinations), "category": [""] * count, "by": [""] * count, "domain": [""] * count}
    return Estimates(
        estimand="contrast",
        cells=pd.DataFrame(cells).astype("str"),
        values=values,
        n=n,
        numerator=np.full(count, -1, dtype=np.int64),
        dof=dof,
        design_effect=np.full(count, np.nan),
        status=np.where(np.isfinite(values), "ok", "empty").astype(np.object_),
        kernel=LinearKernel(estimates.kernel, rows),
        about=estimates.about,
    )


def standardised(
    design: SurveyDesign,
    items: str | Sequence[str],
    composition: Mapping[str, float],
    *,
    over: str,
    by: str = "",
) -> Estimates:
    """Means of each domain, had it the same composition: direct standardisation.

    Parameters
    ----------
    design : SurveyDesign
        The full sample.
    items : str or sequence of str
        Numeric items or indicators.
    composition : mapping of str to float
        Share or number of people of each category of ``over``.
    over : str
        Variable that is held fixed, such as the age group.
    by : str
        Domain variable; everyone when left out.

    Returns
    -------
    Estimates
        Estimand ``standardised``, one cell an item and domain; empty where a category with people is missing in the domain.

    Raises
    ------
    EstimateError
        SKATT-18 when the composition names other categories than ``over`` has.

    Notes
    -----
    ``sum_g P_g mean_dg`` with the joint covariance of the domain's means; a category of weight 0 may be empty.

    References
    ----------
    Breslow, N. E. and Day, N. E. (1987), Statistical Methods in Cancer Research II, IARC, ch. 2.
    """
    labels = partitions_of(design.columns, over, None)[0].labels
    if set(composition) != set(labels):
        other = ", ".join(sorted(set(composition) ^ set(labels))[:5])
        raise EstimateError(
            Problem(
                code="SKATT-18",
                what=f"the composition and {over} do not have the same categories ({other})",
                remedy="give each category of the variable its weight, 0 where it does not count",
                facts={"variabel": over, "kategorier": other},
            )
        )
    crossed = mean(design, items, by=f"{by}{CROSSING}{over}" if by else over)
    weights = np.array([composition[label] for label in labels], dtype=np.float64)
    weights = weights / weights.sum()
    whole = mean(design, items, by=by)
    width = len(labels)
    grouped = np.arange(len(crossed)).reshape(-1, width)
    used = np.flatnonzero(weights > 0)
    picked = PickedKernel(crossed.kernel, grouped[:, used].ravel())
    values = (crossed.values[grouped[:, used]] * weights[used]).sum(axis=1)
    rows = np.kron(np.eye(len(grouped)), weights[used])
    return Estimates(
        estimand="standardised",
        cells=whole.cells,
        values=values,
        n=whole.n,
        numerator=np.full(len(values), -1, dtype=np.int64),
        dof=whole.dof,
        design_effect=np.full(len(values), np.nan),
        status=np.where(np.isfinite(values), "ok", "empty").astype(np.object_),
        kernel=LinearKernel(picked, rows),
        about=whole.about,
    )
