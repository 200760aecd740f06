"""Change between two waves: the later value minus the earlier one, with its own standard error."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, get_args

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray, IntArray, ObjectArray
from trygghet.errors import ChangeError, Problem
from trygghet.estimate.edge_limits import EdgeShares, difference_rule, edge_shares
from trygghet.estimate.estimates import CELL_COLUMNS, About, Estimates
from trygghet.waves.breaks import Break
from trygghet.waves.kernel import IndependentKernel

Samples = Literal["independent"]

WAVES_JOINED = " mot "
_WORST_FIRST = ("not_asked", "withheld", "empty", "uncertain", "ok")


def change(
    new: Estimates, old: Estimates, *, samples: Samples = "independent", breaks: Sequence[Break] = ()
) -> Estimates:
    """Change of every cell that a later and an earlier wave share.

    Parameters
    ----------
    new, old : Estimates
        The same estimand for the later and for the earlier wave. Switch the finite-population correction off in both: a change
        is a statement about two years, not about the people who happened to live here.
    samples : {"independent"}
        How the samples hang together: drawn apart from each other.
    breaks : sequence of Break
        Breaks between the waves, from :func:`~trygghet.waves.breaks_between`.

    Returns
    -------
    Estimates
        Estimand ``"change"``, one cell for each cell of either wave; a cell that one wave lacks is NaN with status
        ``"not_asked"``. ``n`` is the smaller base of the two.

    Raises
    ------
    ChangeError
        JMF-01 when a result is no estimate of a random sample, JMF-02 when the estimands differ, JMF-03 when no cell is shared,
        JMF-04 when a cell's question is broken between the waves, JMF-05 for an unknown relation between samples.

    Notes
    -----
    ``d = new - old`` with ``Var(d) = V_new + V_old`` and Satterthwaite's degrees of freedom
    ``(V_new + V_old)^2 / (V_new^2 / f_new + V_old^2 / f_old)``. The design effect is the variance over that of two simple random
    samples of the same sizes.

    References
    ----------
    Satterthwaite (1946), Biometrics Bulletin 2, doi:10.2307/3002019.

    Examples
    --------
    >>> from trygghet.waves import change
    >>> from trygghet.design import SurveyDesign
    >>> from trygghet.estimate import proportion
    >>> waves = [SurveyDesign.from_frame(pd.DataFrame({"unsafe": [1] * k + [0] * (100 - k)})) for k in (34, 31)]
    >>> later, earlier = (proportion(wave, "unsafe", category="1") for wave in waves)
    >>> print(f"{change(later, earlier).values[0]:.2f}")
    0.03
    """
    _require_estimates(new, old)
    if samples not in get_args(Samples):
        raise ChangeError(
            Problem(
                code="JMF-05",
                what=f"samples={samples!r} is not known",
                why="the covariance of a change depends on how the samples hang together",
                remedy="use samples='independent'",
                facts={"samples": str(samples)},
            )
        )
    cells = _union(new.cells, old.cells)
    at = _positions(cells, new.cells), _positions(cells, old.cells)
    both = (at[0] >= 0) & (at[1] >= 0)
    _require_comparable(cells, both, breaks)
    values = _picked(new.values, at[0]) - _picked(old.values, at[1])
    parts = _picked(new.kernel.variances(), at[0]), _picked(old.kernel.variances(), at[1])
    kernel = IndependentKernel(new.kernel, old.kernel, *at)
    dof = satterthwaite(parts, (_picked(new.dof, at[0]), _picked(old.dof, at[1])))
    return Estimates(
        estimand="change",
        cells=cells,
        values=values,
        n=np.where(both, np.minimum(new.n[at[0]], old.n[at[1]]), 0).astype(np.int64),
        numerator=np.full(len(cells), -1, dtype=np.int64),
        dof=dof,
        design_effect=_design_effect(parts, (new, old), at),
        status=_status(new, old, at),
        kernel=kernel,
        about=_about(new.about, old.about),
        limit_rule=difference_rule(*_edge_parts(new, old, at)),
    )


def _edge_parts(
    new: Estimates, old: Estimates, at: tuple[IntArray, IntArray]
) -> tuple[EdgeShares, EdgeShares]:
    """Shares of both waves; NaN for cells that one of them lacks."""
    found = [
        replace(shares, values=np.where(places >= 0, shares.values, np.nan))
        for shares, places in zip((edge_shares(new, at[0]), edge_shares(old, at[1])), at, strict=True)
    ]
    return found[0], found[1]


def satterthwaite(variances: Sequence[FloatArray], dof: Sequence[FloatArray]) -> FloatArray:
    """Degrees of freedom of a sum of independent variance estimates.

    Parameters
    ----------
    variances : sequence of array of float, shape (p,)
        The variances that are added.
    dof : sequence of array of float, shape (p,)
        Their degrees of freedom.

    Returns
    -------
    array of float, shape (p,)
        ``(sum V)^2 / sum(V^2 / f)``; the smallest ``f`` where every variance is 0; NaN where one is.

    References
    ----------
    Satterthwaite (1946), Biometrics Bulletin 2, doi:10.2307/3002019.

    Examples
    --------
    >>> print(satterthwaite([np.array([2.0]), np.array([2.0])], [np.array([10.0]), np.array([10.0])]))
    [20.]
    """
    total = np.sum(variances, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sum([v**2 / f for v, f in zip(variances, dof, strict=True)], axis=0)
        result: FloatArray = np.where(total > 0, total**2 / spread, np.min(dof, axis=0))
    return np.where(np.isnan(total) | np.any(np.isnan(dof), axis=0), np.nan, result)


def waves_of(about: About) -> tuple[str, str]:
    """Names of the later and the earlier wave of a change.

    Parameters
    ----------
    about : About
        What was done to get the change.

    Returns
    -------
    tuple of str
        Later and earlier wave; empty strings where they have no name.
    """
    new, _, old = about.wave.partition(WAVES_JOINED)
    return new, old


def _require_estimates(new: object, old: object) -> None:
    for result in (new, old):
        if not isinstance(result, Estimates):
            raise ChangeError(
                Problem(
                    code="JMF-01",
                    what=f"a change was asked for of {type(result).__name__}",
                    why="only estimates of a random sample have a standard error, and without one no change can be told from chance",
                    remedy="compare the random streams; describe each open survey by itself",
                    facts={"typ": type(result).__name__},
                )
            )
    if isinstance(new, Estimates) and isinstance(old, Estimates) and new.estimand != old.estimand:
        raise ChangeError(
            Problem(
                code="JMF-02",
                what=f"the later wave holds {new.estimand} and the earlier one {old.estimand}",
                why="a difference between two kinds of number has no meaning",
                remedy="estimate the same thing for both waves",
                facts={"nu": new.estimand, "da": old.estimand},
            )
        )


def _require_comparable(cells: pd.DataFrame, both: BoolArray, breaks: Sequence[Break]) -> None:
    if not both.any():
        raise ChangeError(
            Problem(
                code="JMF-03",
                what="the two waves share no cell",
                why="nothing can be compared",
                remedy="choose items and domains that both waves have, under the same names",
                facts={"antal": len(cells)},
            )
        )
    shared = cells.loc[both, "item"].unique()
    broken = {item: found for item in shared for found in breaks if found.concerns(item)}
    if broken:
        raise ChangeError(
            *(
                Problem(
                    code="JMF-04",
                    what=f"{item} is not the same question in {found.new_wave} and {found.old_wave} ({found.kind})",
                    why="a difference would mix a real change with the change of the question",
                    remedy="leave the item out of the comparison, or show the two waves apart",
                    facts={"fraga": item, "nu": found.new_wave, "da": found.old_wave, "slag": found.kind},
                )
                for item, found in broken.items()
            )
        )


def _union(new: pd.DataFrame, old: pd.DataFrame) -> pd.DataFrame:
    """Cells of either wave, those of the later one first."""
    names = list(CELL_COLUMNS)
    return pd.concat([new[names], old[names]]).drop_duplicates(ignore_index=True)


def _positions(cells: pd.DataFrame, wave: pd.DataFrame) -> IntArray:
    names = list(CELL_COLUMNS)
    return (
        pd.MultiIndex.from_frame(wave[names])
        .get_indexer(pd.MultiIndex.from_frame(cells[names]))
        .astype(np.int64)
    )


def _picked(values: FloatArray, at: IntArray) -> FloatArray:
    return np.where(at >= 0, values[at], np.nan)


def _design_effect(
    variances: tuple[FloatArray, FloatArray],
    waves: tuple[Estimates, Estimates],
    at: tuple[IntArray, IntArray],
) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        simple = [v / _picked(w.design_effect, a) for v, w, a in zip(variances, waves, at, strict=True)]
        result: FloatArray = np.sum(variances, axis=0) / np.sum(simple, axis=0)
    return result


def _status(new: Estimates, old: Estimates, at: tuple[IntArray, IntArray]) -> ObjectArray:
    """The worse state of the two waves; a cell that one lacks was not asked."""
    states = [np.where(a >= 0, wave.status[a], "not_asked") for wave, a in zip((new, old), at, strict=True)]
    worst = [min(pair, key=_WORST_FIRST.index) for pair in zip(*states, strict=True)]
    return np.array(worst, dtype=object)


def _about(new: About, old: About) -> About:
    return About(
        stream=new.stream,
        wave=f"{new.wave}{WAVES_JOINED}{old.wave}",
        method=new.method if new.method == old.method else f"{new.method}; {old.method}",
        calibrated=new.calibrated and old.calibrated,
        finite_population=new.finite_population or old.finite_population,
        approximate=new.approximate or old.approximate,
        labels={**old.labels, **new.labels},
    )
