"""Reads the sampling design from the columns of a file: strata, units, population sizes and weights."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Protocol

import numpy as np

from trygghet._typing import Columns, FloatArray, IntArray, LonelyPsu, WeightScale
from trygghet.design.stages import Stage, StageColumns, build_stages
from trygghet.errors import DesignError, Problem


class SampleColumns(Protocol):
    """Names of the columns that hold the sampling design."""

    @property
    def strata(self) -> str | None:
        """Column of the stratum."""

    @property
    def psu(self) -> tuple[str, ...]:
        """Columns of the sampling units, outermost first."""

    @property
    def population(self) -> tuple[str, ...]:
        """Columns of the population sizes."""

    @property
    def weight(self) -> str | None:
        """Column of the weight."""

    @property
    def weight_scale(self) -> WeightScale:
        """What the weights sum to."""

    @property
    def lonely_psu(self) -> LonelyPsu:
        """What a stratum with one unit gets."""

    @property
    def nest(self) -> bool:
        """Whether unit labels start again in each stratum."""

    @property
    def collapse(self) -> Mapping[str, str]:
        """Strata that are merged with another."""


@dataclass(frozen=True, slots=True)
class DesignColumns:
    """Names of the columns of a plain table that hold the sampling design.

    Parameters
    ----------
    strata : str, optional
        Stratum.
    psu : tuple of str
        Sampling units, outermost stage first; none for a sample of rows.
    population : tuple of str
        Population size (or sampling fraction) of each stage's stratum.
    weight : str, optional
        Weight; population over sample size when left out.
    weight_scale : {"population", "mean_one", "unknown"}
        What the weights sum to.
    lonely_psu : {"fail", "certainty", "adjust", "average"}
        What happens to a stratum with one sampling unit.
    nest : bool
        Whether unit labels are unique only within their stratum.
    collapse : mapping of str to str
        Strata that are merged with another for the variance: label to the label they join.
    id : str, optional
        Column with a unique number a row: rows are summed in its order, so that their order in the table does not change a bit.
    """

    strata: str | None = None
    psu: tuple[str, ...] = ()
    population: tuple[str, ...] = ()
    weight: str | None = None
    weight_scale: WeightScale = "unknown"
    lonely_psu: LonelyPsu = "fail"
    nest: bool = False
    collapse: Mapping[str, str] = field(default_factory=dict)
    id: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SampleRead:
    """A sampling design as it was read.

    Parameters
    ----------
    stages : tuple of Stage
        Stages of the sample.
    weights : array of float, shape (n,)
        Weights from the columns; ones where others are to come.
    """

    stages: tuple[Stage, ...]
    weights: FloatArray


def read_sample(
    columns: Columns, spec: SampleColumns, *, finite_population: bool, weighted: bool
) -> SampleRead:
    """Read a sampling design.

    Parameters
    ----------
    columns : Columns
        The answers and the design columns.
    spec : SampleColumns
        Names of the design columns, and policy.
    finite_population : bool
        Whether sampling fractions reduce the variance.
    weighted : bool
        Whether the weights must come from the columns.

    Returns
    -------
    SampleRead
        Stages and weights.

    Raises
    ------
    DesignError
        When columns are missing or inconsistent, or there are no rows.
    """
    if len(columns) == 0:
        raise DesignError(
            Problem(
                code="URV-10",
                what="the sample has no rows",
                why="nothing can be estimated",
                remedy="check the selection",
            )
        )
    sampled = _stage_columns(columns, spec)
    stages = build_stages(
        tuple(replace(stage, population=size if finite_population else None) for stage, size in sampled),
        spec.lonely_psu,
    )
    weights = _weights(columns, spec, sampled) if weighted else np.ones(len(columns))
    return SampleRead(stages, weights)


def _stage_columns(columns: Columns, spec: SampleColumns) -> list[tuple[StageColumns, FloatArray | None]]:
    n = len(columns)
    if spec.strata is None:
        stratum = np.zeros(n, dtype=np.int64)
        labels: tuple[str, ...] = ("alla",)
    else:
        stratum, labels = _complete(columns, spec.strata)
    sizes = [columns.numeric(name) for name in spec.population[: max(len(spec.psu), 1)]]
    if spec.collapse:
        joined, labels = _collapsed(stratum, labels, spec.collapse)
        if sizes:
            sizes[0] = _joined_sizes(stratum, joined, sizes[0])
        stratum = joined
    stages: list[StageColumns] = []
    for name in spec.psu:
        code, names = _complete(columns, name)
        if stages or spec.nest:
            pairs, cluster = np.unique(stratum * len(names) + code, return_inverse=True)
            cluster_labels = tuple(f"{labels[p // len(names)]}/{names[p % len(names)]}" for p in pairs)
        else:
            _must_nest(code, stratum, name)
            cluster, cluster_labels = code, names
        stages.append(StageColumns(cluster, stratum, None, labels))
        stratum, labels = cluster, cluster_labels
    if not stages:
        stages.append(StageColumns(None, stratum, None, labels))
    return list(zip_longest(stages, sizes))


def _collapsed(
    stratum: IntArray, labels: tuple[str, ...], collapse: Mapping[str, str]
) -> tuple[IntArray, tuple[str, ...]]:
    """Strata after the declared merges."""
    unknown = [label for pair in collapse.items() for label in pair if label not in labels]
    if unknown:
        named = ", ".join(dict.fromkeys(unknown))
        raise DesignError(
            Problem(
                code="URV-16",
                what=f"strata to merge that do not exist: {named}",
                remedy=f"strata: {', '.join(labels[:10])}",
                facts={"strata": named, "finns": ", ".join(labels[:10])},
            )
        )
    kept = [label for label in labels if label not in collapse]
    place = [kept.index(collapse.get(label, label)) for label in labels]
    names = tuple(
        "+".join([label, *(old for old, new in collapse.items() if new == label)]) for label in kept
    )
    return np.array(place)[stratum], names


def _joined_sizes(stratum: IntArray, joined: IntArray, sizes: FloatArray) -> FloatArray:
    """Population sizes of merged strata: the sum of their parts."""
    first = np.unique(stratum, return_index=True)[1]
    totals = np.zeros(int(joined.max()) + 1)
    np.add.at(totals, joined[first], sizes[first])
    return totals[joined]


def _weights(
    columns: Columns, spec: SampleColumns, stages: list[tuple[StageColumns, FloatArray | None]]
) -> FloatArray:
    if spec.weight is not None:
        weights = columns.numeric(spec.weight).copy()
    else:
        weights = np.ones(len(columns))
        for stage, size in stages:
            if size is not None:
                weights *= 1 / size if (size <= 1).all() else size / _sampled(stage)
    bad = int((~np.isfinite(weights) | (weights < 0)).sum())
    if bad or not weights.any():
        raise DesignError(
            Problem(
                code="URV-06",
                what=f"{bad} weights are missing, negative or infinite",
                why="a weight is the number of people that an answer stands for",
                remedy="correct the weight column; give people outside the survey no row",
                facts={"antal": bad, "kolumn": spec.weight or "–"},
            )
        )
    return weights


def _sampled(stage: StageColumns) -> FloatArray:
    """Sampled clusters of each row's stratum."""
    if stage.cluster is None:
        return np.bincount(stage.stratum).astype(np.float64)[stage.stratum]
    of_cluster = np.zeros(int(stage.cluster.max()) + 1, dtype=np.int64)
    of_cluster[stage.cluster] = stage.stratum
    return np.bincount(of_cluster).astype(np.float64)[stage.stratum]


def _complete(columns: Columns, name: str) -> tuple[IntArray, tuple[str, ...]]:
    groups = columns.groups(name)
    missing = int((groups.codes < 0).sum())
    if missing:
        raise DesignError(
            Problem(
                code="URV-07",
                what=f"{missing} answers have no value in the design column {name!r}",
                why="every answer belongs to one stratum and one sampling unit",
                remedy="fill the column",
                facts={"antal": missing, "kolumn": name},
            )
        )
    return groups.codes, tuple(groups.labels)


def _must_nest(cluster: IntArray, stratum: IntArray, name: str) -> None:
    pairs = len(np.unique(cluster * (int(stratum.max()) + 1) + stratum))
    if pairs > len(np.unique(cluster)):
        raise DesignError(
            Problem(
                code="URV-11",
                what=f"labels of {name!r} stand in several strata",
                why="the same label could be one unit or two",
                remedy="declare nest: true when labels start again in each stratum",
                facts={"kolumn": name},
            )
        )
