"""The stages of a sample as the variance sees them: clusters, their strata, and what a stratum's spread is multiplied by."""

from dataclasses import dataclass

import numpy as np

from trygghet._typing import BoolArray, FloatArray, IntArray, LonelyPsu
from trygghet.errors import DesignError, LonelyPsuError, Problem


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One stage of sampling.

    Parameters
    ----------
    cluster : array of int, shape (n,), or None
        Cluster of each row, 0..m-1; None when every row is its own cluster.
    stratum : array of int, shape (m,)
        Stratum of each cluster, 0..S-1.
    count : array of float, shape (S,)
        Clusters in each stratum of the full sample.
    scale : array of float, shape (S,)
        Multiplier of a stratum's sum of squares around its mean: ``(1 - f) n / (n - 1)`` times the sampling fractions of the
        stages above.
    grand : array of bool, shape (S,)
        Strata whose single cluster is compared with the mean of all clusters instead of its own.
    averaged : array of bool, shape (S,)
        Strata whose single cluster gets the average of the others; ``scale`` holds the factor for the whole sample.

    Notes
    -----
    With cluster totals ``z_c`` the stage contributes ``sum_h scale_h sum_{c in h} (z_c - centre_h)^2``.
    """

    cluster: IntArray | None
    stratum: IntArray
    count: FloatArray
    scale: FloatArray
    grand: BoolArray
    averaged: BoolArray

    @property
    def clusters(self) -> int:
        """Number of clusters."""
        return len(self.stratum)

    @property
    def strata(self) -> int:
        """Number of strata."""
        return len(self.count)

    def average_factor(self, touched: BoolArray) -> FloatArray:
        """What a domain's variance is multiplied by, where lonely strata get the average of the others.

        Parameters
        ----------
        touched : array of bool, shape (S, domains)
            Which strata a domain has somebody in.

        Returns
        -------
        array of float, shape (domains,)
            Strata over strata with a variance, of those that the domain touches, relative to the whole sample's; NaN where the domain
            has lonely strata alone.
        """
        whole = np.array([self.count > 0]).T
        here, sample = (
            np.divide(
                each.sum(axis=0),
                (rest := (each & ~self.averaged[:, None]).sum(axis=0)),
                out=np.full(each.shape[1], np.nan),
                where=rest > 0,
            )
            for each in (touched, whole)
        )
        return np.where(touched.any(axis=0), here / sample, 1.0)

    def stratum_of_row(self) -> IntArray:
        """Stratum of each row; shape (n,)."""
        return self.stratum if self.cluster is None else self.stratum[self.cluster]


@dataclass(frozen=True, slots=True, eq=False)
class StageColumns:
    """One stage as the columns of a file give it.

    Parameters
    ----------
    cluster : array of int, shape (n,), or None
        Cluster of each row, unique over the whole file; None for rows.
    stratum : array of int, shape (n,)
        Stratum of each row at this stage.
    population : array of float, shape (n,), or None
        Clusters that the stratum has in the population; None for sampling with replacement.
    labels : tuple of str
        Stratum labels, for messages.
    """

    cluster: IntArray | None
    stratum: IntArray
    population: FloatArray | None
    labels: tuple[str, ...]


def build_stages(columns: tuple[StageColumns, ...], lonely_psu: LonelyPsu) -> tuple[Stage, ...]:
    """Turn the stages of a file into what the variance needs.

    Parameters
    ----------
    columns : tuple of StageColumns
        First stage first.
    lonely_psu : str
        What a stratum with one cluster (of more in the population) gets: ``fail``, ``certainty`` (no variance), ``adjust``
        (distance to the mean of all clusters) or ``average`` (the mean of the other strata).

    Returns
    -------
    tuple of Stage
        Stages with a positive multiplier.

    Raises
    ------
    LonelyPsuError
        URV-03 for lonely clusters under ``fail``, naming their strata.
    DesignError
        URV-04 when a stratum holds more than its population, URV-05 when its population size is missing or varies.

    Notes
    -----
    The second stage counts only as far as the first was sampled: its multiplier carries the factor ``n_h / N_h``.
    """
    stages: list[Stage] = []
    rows = len(columns[0].stratum)
    above = np.ones(rows)
    for column in columns:
        of_cluster, of_row = _clusters(column)
        count = np.bincount(of_cluster, minlength=len(column.labels)).astype(np.float64)
        fraction = _fractions(column, count)
        parent = np.zeros(len(count))
        parent[column.stratum] = above
        open_ = (1 - fraction > 1e-7) & (parent > 0) & (count > 0)
        lonely = open_ & (count == 1)
        if lonely.any() and lonely_psu == "fail":
            raise lonely_error(tuple(np.asarray(column.labels, dtype=np.object_)[lonely]))
        scale = np.where(open_ & ~lonely, (1 - fraction) * count / np.maximum(count - 1, 1), 0.0)
        if lonely_psu == "adjust":
            scale = np.where(lonely, 1 - fraction, scale)
        if lonely_psu == "average" and lonely.any():
            kinds = int((count > 0).sum())
            scale = scale * kinds / (kinds - int(lonely.sum()))
        grand, averaged = lonely & (lonely_psu == "adjust"), lonely & (lonely_psu == "average")
        stages.append(Stage(of_row, of_cluster, count, scale * parent, grand, averaged))
        above = above * fraction[column.stratum]
        if not above.any():
            break
    return tuple(stages)


def lonely_error(strata: tuple[str, ...]) -> LonelyPsuError:
    """Error that names the strata with one sampled cluster.

    Parameters
    ----------
    strata : tuple of str
        Labels of the strata.

    Returns
    -------
    LonelyPsuError
        URV-03.
    """
    named = ", ".join(map(str, strata[:5])) + (" …" if len(strata) > 5 else "")
    return LonelyPsuError(
        Problem(
            code="URV-03",
            what=f"{len(strata)} strata have only one sampling unit: {named}",
            why="one unit says nothing about the spread inside its stratum",
            remedy="merge the stratum with a like one, or choose lonely_psu: adjust, certainty or average",
            facts={"antal": len(strata), "strata": named},
        )
    )


def _clusters(column: StageColumns) -> tuple[IntArray, IntArray | None]:
    """Stratum of each cluster, and cluster of each row (None where rows are clusters)."""
    if column.cluster is None:
        return column.stratum, None
    of_cluster = np.zeros(int(column.cluster.max()) + 1, dtype=np.int64)
    of_cluster[column.cluster] = column.stratum
    return of_cluster, column.cluster


def _fractions(column: StageColumns, count: FloatArray) -> FloatArray:
    """Sampling fraction of each stratum, 0 where sampling was with replacement."""
    if column.population is None:
        return np.zeros(len(count))
    present = np.flatnonzero(np.bincount(column.stratum, minlength=len(count)))
    of_stratum = np.full(len(count), np.nan)
    of_stratum[column.stratum] = column.population
    own = of_stratum[column.stratum]
    odd = ~(np.abs(column.population - own) <= 1e-9 * np.abs(own))
    if odd.any():
        bad = [column.labels[i] for i in np.unique(column.stratum[odd])]
        named = ", ".join(bad[:5])
        raise DesignError(
            Problem(
                code="URV-05",
                what=f"the population size is missing or varies inside strata: {named}",
                why="every row of a stratum must carry the stratum's one population size",
                remedy="correct the column, or leave the population out",
                facts={"strata": named},
            )
        )
    fraction = np.zeros(len(count))
    high = of_stratum[present]
    size = count[present] / high if (column.population <= 1).all() else high
    over = count[present] > size * (1 + 1e-9)
    if over.any():
        named = ", ".join(column.labels[i] for i in present[over][:5])
        raise DesignError(
            Problem(
                code="URV-04",
                what=f"more answers than people in {int(over.sum())} strata: {named}",
                why="a sample cannot be larger than its population",
                remedy="correct the population sizes; they are the people at the sampling date, of the surveyed ages",
                facts={"antal": int(over.sum()), "strata": named},
            )
        )
    fraction[present] = count[present] / size
    return fraction
