"""Calibration: weights as close as possible to the start weights that meet every known population total."""

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from trygghet._typing import CalibrationMethod, FloatArray, IntArray, WeightScale
from trygghet.errors import ConvergenceError, MarginError, Problem, TrygghetError
from trygghet.weighting.distance import distance_of
from trygghet.weighting.feasibility import Room, examine
from trygghet.weighting.margins import Margins
from trygghet.weighting.membership import Membership, place_sample
from trygghet.weighting.notes import calibration_notes
from trygghet.weighting.sample import Ready, Sample, Start, prepare
from trygghet.weighting.solver import CellTask, Solution, Stopping, fit_proportionally, solve_dual
from trygghet.weighting.weights import CalibrationMatrix, CalibrationStep, Weights


@dataclass(frozen=True, slots=True)
class WeightCap:
    """Bounds of the weights themselves; the margins are met within them (trimming inside the calibration).

    Parameters
    ----------
    upper : float
        No weight is larger.
    lower : float
        No weight is smaller.
    """

    upper: float
    lower: float = 0.0


Bounds = tuple[float, float] | WeightCap | None


def rake(
    sample: Sample,
    margins: Margins,
    *,
    start: Start | Weights = "design",
    bounds: Bounds = None,
    tolerance: float = 1e-9,
    max_iterations: int = 200,
) -> Weights:
    """Weights that meet the margins by multiplying the start weights with one factor a category.

    Parameters
    ----------
    sample : Microdata or SurveyDesign
        Residents of one probability stream, or a design.
    margins : Margins
        Population totals.
    start : {"design", "supplied", "ones"} or Weights
        What to start from.
    bounds : tuple of float or WeightCap, optional
        Smallest and largest factor (g-weight), or bounds of the weights; solved as ``calibrate(method="raking")``. Factors are
        relative to the start weights, which are first scaled to N when they are known to have mean one.
    tolerance : float
        Largest relative error of any margin.
    max_iterations : int
        Sweeps or Newton steps.

    Returns
    -------
    Weights
        Positive weights on target, each proportional to its own start weight within a calibration cell.

    Raises
    ------
    MarginError
        If margins and sample do not fit, or no weights within the bounds meet the margins.
    ConvergenceError
        If the margins are not met within ``max_iterations``.

    References
    ----------
    Deming, W. E. and Stephan, F. F. (1940). Annals of Mathematical Statistics 11, 427-444. doi:10.1214/aoms/1177731829
    Deville, J.-C., Sarndal, C.-E. and Sautory, O. (1993). Generalized raking procedures in survey sampling. JASA 88,
    1013-1020. doi:10.1080/01621459.1993.10476369

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> from trygghet.weighting import Margins, rake
    >>> frame = pd.DataFrame({"kon": ["K", "K", "K", "M"], "omrade": ["A", "B", "B", "B"], "d": [20.0, 30.0, 30.0, 20.0]})
    >>> design = SurveyDesign.from_frame(frame, weights="d")
    >>> weights = rake(design, Margins.from_dict({"kon": {"K": 60.0, "M": 40.0}, "omrade": {"A": 30.0, "B": 70.0}}))
    >>> weights.values.round(6)
    array([30., 15., 15., 40.])
    """
    stopping = Stopping(tolerance, max_iterations)
    return _calibrated(sample, margins, start=start, bounds=bounds, how=("raking", stopping))


def calibrate(
    sample: Sample,
    margins: Margins,
    *,
    method: CalibrationMethod = "linear",
    start: Start | Weights = "design",
    bounds: Bounds = None,
    tolerance: float = 1e-9,
    max_iterations: int = 200,
) -> Weights:
    """Weights that meet the margins and are closest to the start weights by a chosen distance.

    Parameters
    ----------
    sample : Microdata or SurveyDesign
        Residents of one probability stream, or a design.
    margins : Margins
        Population totals of categories, crossings and numeric variables.
    method : {"linear", "raking", "logit", "sinh"}
        Chi-squared (the regression estimator), Kullback-Leibler, logit, or hyperbolic sine distance; all but logit are cut at
        ``bounds``. Raking lets large factors grow fastest; sinh punishes factors near 0 and large ones alike and is positive without
        bounds.
    start : {"design", "supplied", "ones"} or Weights
        What to start from.
    bounds : tuple of float or WeightCap, optional
        Smallest and largest factor (g-weight), or bounds of the weights; the logit method needs a tuple.
    tolerance : float
        Largest relative error of any margin.
    max_iterations : int
        Newton steps.

    Returns
    -------
    Weights
        Positive weights on target.

    Raises
    ------
    MarginError
        If margins and sample do not fit, no weights within the bounds meet the margins (with the margins that clash and bounds
        that would work), or linear calibration gives a weight that is not positive.
    ConvergenceError
        If the margins are not met within ``max_iterations``.

    Notes
    -----
    The factors are ``g(x'b)`` with b solving ``sum d g(x'b) x = T``; see :func:`trygghet.weighting.distance.distance_of`.

    References
    ----------
    Deville, J.-C. and Sarndal, C.-E. (1992). Calibration estimators in survey sampling. JASA 87, 376-382.
    doi:10.1080/01621459.1992.10475217

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> from trygghet.weighting import Margins, calibrate
    >>> frame = pd.DataFrame({"kon": ["K", "K", "M"], "barn": [0.0, 2.0, 1.0], "d": [30.0, 30.0, 40.0]})
    >>> margins = Margins.from_dict({"kon": {"K": 50.0, "M": 50.0}, "barn": 110.0})
    >>> calibrate(SurveyDesign.from_frame(frame, weights="d"), margins, method="linear").values.round(6)
    array([20., 30., 50.])
    """
    stopping = Stopping(tolerance, max_iterations)
    return _calibrated(sample, margins, start=start, bounds=bounds, how=(method, stopping))


def poststratify(sample: Sample, margins: Margins, *, start: Start | Weights = "design") -> Weights:
    """Weights scaled so that each category of one table meets its population total.

    Parameters
    ----------
    sample : Microdata or SurveyDesign
        Residents of one probability stream, or a design.
    margins : Margins
        A single table, crossed or not.
    start : {"design", "supplied", "ones"} or Weights
        What to start from.

    Returns
    -------
    Weights
        Start weights times ``N_c / sum of start weights`` of their category c.

    Raises
    ------
    MarginError
        If there is more than one table, or margins and sample do not fit.

    Examples
    --------
    >>> import pandas as pd
    >>> from trygghet.design import SurveyDesign
    >>> from trygghet.weighting import Margins, poststratify
    >>> design = SurveyDesign.from_frame(pd.DataFrame({"kon": ["K", "K", "M"], "d": [1.0, 3.0, 1.0]}), weights="d")
    >>> poststratify(design, Margins.from_dict({"kon": {"K": 60.0, "M": 40.0}})).values
    array([15., 45., 40.])
    """
    if len(margins.tables) != 1:
        raise MarginError(
            Problem(
                code="VIKT-24",
                what=f"Poststratification takes one table, not {len(margins.tables)}.",
                why="Several tables are met together by raking.",
                remedy="Cross the variables in one table, or rake.",
                facts={"antal": len(margins.tables)},
            )
        )
    return rake(sample, margins, start=start)


@dataclass(frozen=True, slots=True, eq=False)
class _Limits:
    """Bounds of the factor in each cell, and the cells that they need."""

    cell: IntArray
    lower: FloatArray
    upper: FloatArray


def _calibrated(
    sample: Sample,
    margins: Margins,
    *,
    start: Start | Weights,
    bounds: Bounds,
    how: tuple[CalibrationMethod, Stopping],
) -> Weights:
    method, stopping = how
    check_bounds(bounds)
    ready = scaled_start(prepare(sample, start), margins)
    membership = place_sample(ready.columns, margins, aliases=ready.aliases)
    return fit(ready, membership, margins=margins, bounds=bounds, how=(method, stopping))


def scaled_start(ready: Ready, margins: Margins) -> Ready:
    """Start weights of mean one scaled to the population, so that bounds of factors mean something.

    Parameters
    ----------
    ready : Ready
        A prepared sample.
    margins : Margins
        Population totals.

    Returns
    -------
    Ready
        The sample; as it was where the weights are on another scale or no table counts persons.
    """
    if ready.scale != "mean_one" or not np.isfinite(margins.total):
        return ready
    return replace(ready, start=ready.start * (margins.total / ready.start.sum()))


def fit(
    ready: Ready,
    membership: Membership,
    *,
    margins: Margins,
    bounds: Bounds,
    how: tuple[CalibrationMethod, Stopping],
    household: IntArray | None = None,
) -> Weights:
    """Calibrate a prepared sample.

    Parameters
    ----------
    ready : Ready
        Columns and start weights.
    membership : Membership
        The sample's place in the margins.
    margins : Margins
        Population totals.
    bounds : tuple of float or WeightCap or None
        Bounds of factors or weights.
    how : tuple
        The method and when to stop.
    household : ndarray, optional
        Household of each respondent (n,), where its members share one weight.

    Returns
    -------
    Weights
        Positive weights on target.

    Raises
    ------
    MarginError, ConvergenceError
        As :func:`calibrate`.
    """
    method, stopping = how
    layout = _layout(membership, household)
    limits = _limits(bounds, layout.cell, ready.start)
    first = np.zeros(int(limits.cell.max()) + 1, dtype=np.int64)
    first[limits.cell] = layout.cell
    task = CellTask(layout.matrix[first], _sums(limits.cell, ready.start), membership.targets)
    before = float(np.abs(task.errors(np.ones(len(task.start)))).max())
    if method == "raking" and bounds is None and layout.codes:
        solution = fit_proportionally(task, layout.codes, stopping)
    else:
        solution = solve_dual(task, distance_of(method, limits.lower, limits.upper), stopping)
    if not solution.worst <= stopping.tolerance:
        raise _unmet(task, solution, limits, names=membership.names, bounds=bounds)
    if np.any(solution.factors <= 0):
        raise _not_positive(int(np.isin(limits.cell, np.flatnonzero(solution.factors <= 0)).sum()))
    values = ready.start * solution.factors[limits.cell]
    shared = layout.matrix.shape[0] < len(values)
    step = CalibrationStep(_by_row(membership, layout), ready.start, layout.cell if shared else None)
    return Weights(
        values=values,
        start=ready.start,
        calibration=(*ready.earlier, step),
        scale=_scale_after(ready, margins),
        method=method if bounds is None else f"{method}, bounded",
        iterations=solution.iterations,
        worst_margin_error=solution.worst,
        worst_error_before=before,
        margin_names=membership.names,
        targets=membership.targets,
        ids=ready.ids,
        unplaced=dict(membership.unplaced),
        gap=margins.gap,
        notes=(*ready.notes, *calibration_notes(membership, margins, rows=len(values))),
    )


def _scale_after(ready: Ready, margins: Margins) -> WeightScale:
    if not ready.by_chance:
        return "unknown"
    return "population" if np.isfinite(margins.total) else ready.scale


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """The cells that share their factor, and their auxiliary values.

    ``codes`` holds the category of each cell in each table where proportional fitting is possible, else nothing.
    """

    cell: IntArray
    matrix: CalibrationMatrix
    codes: tuple[IntArray, ...] = ()


def _layout(membership: Membership, household: IntArray | None) -> _Layout:
    """Calibration cells; single rows where a table is numeric, households where they share a weight."""
    row_codes = tuple(place.codes for place in membership.places)
    if household is not None:
        sizes = np.bincount(household).astype(np.float64)
        mean = sparse.csr_array((1.0 / sizes[household], (household, np.arange(len(household)))))
        matrix = mean @ membership.matrix(row_codes)
        return _Layout(household, matrix if isinstance(matrix, np.ndarray) else sparse.csr_array(matrix))
    if any(place.values is not None for place in membership.places):
        return _Layout(np.arange(len(row_codes[0])), membership.matrix(row_codes))
    cell, codes = membership.cells()
    return _Layout(cell, membership.matrix(codes), codes if membership.whole else ())


def _by_row(membership: Membership, layout: _Layout) -> CalibrationMatrix:
    """Auxiliary values of each respondent."""
    if layout.codes:
        return membership.matrix(tuple(place.codes for place in membership.places))
    return layout.matrix[layout.cell]


def _sums(cell: IntArray, weights: FloatArray) -> FloatArray:
    """Sum of the weights of each cell."""
    return np.asarray(np.bincount(cell, weights), dtype=np.float64)


def _limits(bounds: Bounds, cell: IntArray, start: FloatArray) -> _Limits:
    """Bounds by cell; a cap on weights splits the cells by start weight."""
    if isinstance(bounds, WeightCap):
        _, split = np.unique(np.column_stack([cell, start]), axis=0, return_inverse=True)
        split = np.asarray(split, dtype=np.int64).ravel()
        common = np.zeros(int(split.max()) + 1)
        common[split] = start
        return _Limits(split, bounds.lower / common, bounds.upper / common)
    low, high = bounds or (-np.inf, np.inf)
    count = int(cell.max()) + 1
    return _Limits(cell, np.full(count, low), np.full(count, high))


def check_bounds(bounds: Bounds) -> None:
    """Refuse bounds that no calibration can keep.

    Parameters
    ----------
    bounds : tuple of float or WeightCap or None
        Bounds of factors or weights.

    Raises
    ------
    MarginError
        If the bounds of factors do not lie around 1, or those of weights are not in order.
    """
    if bounds is None:
        return
    capped = isinstance(bounds, WeightCap)
    low, high = (bounds.lower, bounds.upper) if isinstance(bounds, WeightCap) else bounds
    good = low >= 0 and high > low if capped else 0 <= low < 1 < high
    if not good:
        raise MarginError(
            Problem(
                code="VIKT-19",
                what=f"The bounds {low:g} and {high:g} cannot hold any calibration.",
                why="Factors lie around 1, weights are positive.",
                remedy="Give bounds such as (0.3, 3.0).",
                facts={"granser": f"{low:g}–{high:g}".replace(".", ",")},
            )
        )


def _unmet(
    task: CellTask, solution: Solution, limits: _Limits, *, names: tuple[str, ...], bounds: Bounds
) -> TrygghetError:
    """The error of margins that are not met: infeasible bounds told apart from too few iterations."""
    lower, upper = np.maximum(limits.lower, 0.0), limits.upper
    capped = isinstance(bounds, WeightCap)
    room = Room(
        lower,
        upper,
        *((lower, upper) if capped else (1.0 - lower, np.where(np.isfinite(upper), upper - 1.0, 1.0))),
    )
    verdict = examine(task, room)
    clash = "; ".join(names[k] for k in verdict.clashing)
    if not verdict.clashing:
        return ConvergenceError(
            Problem(
                code="VIKT-20",
                what=f"After {solution.iterations} iterations a margin is still {solution.worst:.2g} off (relative).",
                why="Weights are used only when every margin is met.",
                remedy="Allow more iterations, widen the bounds, or merge thin categories.",
                facts={"varv": solution.iterations, "fel": f"{solution.worst:.2g}".replace(".", ",")},
            )
        )
    if verdict.widening is None or bounds is None:
        return MarginError(
            Problem(
                code="VIKT-22",
                what=f"No positive weights meet these margins together: {clash}.",
                why="The combinations that the margins ask for are not in the sample.",
                remedy="Merge categories, or leave one of the tables out.",
                facts={"marginaler": clash},
            )
        )
    low, high = _widened(bounds, verdict.widening)
    return MarginError(
        Problem(
            code="VIKT-21",
            what=f"No weights within the bounds meet the margins; these clash: {clash}.",
            why=f"The narrowest bounds that work are {low} to {high}.",
            remedy="Widen the bounds, or merge the categories that clash.",
            facts={"marginaler": clash, "lagst": low.replace(".", ","), "hogst": high.replace(".", ",")},
        )
    )


def _widened(bounds: tuple[float, float] | WeightCap, widening: float) -> tuple[str, str]:
    """Bounds that work, rounded outwards to three decimals."""
    if isinstance(bounds, WeightCap):
        low, high = bounds.lower * (1.0 - widening), bounds.upper * (1.0 + widening)
    else:
        low, high = bounds[0] - widening * (1.0 - bounds[0]), bounds[1] + widening * (bounds[1] - 1.0)
    return f"{max(np.floor(low * 1000) / 1000, 0.0):.3f}", f"{np.ceil(high * 1000) / 1000:.3f}"


def _not_positive(count: int) -> MarginError:
    return MarginError(
        Problem(
            code="VIKT-23",
            what=f"Linear calibration gives {count} respondents a weight that is not positive.",
            why="A respondent cannot stand for fewer than nobody.",
            remedy="Give bounds such as (0.3, 3.0), or choose raking.",
            facts={"antal": count},
        )
    )
