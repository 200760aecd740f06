"""Method uncertainty of a composite: what other defensible choices would give. Never a confidence interval."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from trygghet._distributions import gamma_quantile
from trygghet._typing import FloatArray, IntArray
from trygghet.estimate.told import result_html
from trygghet.ranking.composite.factors import MethodFactors
from trygghet.ranking.composite.scaling import relative
from trygghet.ranking.composite.score import CompositePriority
from trygghet.ranking.draws import fresh_seed

GEOMETRIC_FLOOR = 0.01
NOT_A_CONFIDENCE_INTERVAL = "Spread over choices of method; not a confidence interval."


@dataclass(frozen=True, slots=True, eq=False)
class MethodUncertainty:
    """Places of each problem over many defensible ways to make the composite.

    Parameters
    ----------
    problems : tuple of str
        Problems with a score.
    places : ndarray of int, shape (scenarios, k)
        Place of each problem in each scenario.
    reference : ndarray of int, shape (k,)
        Place at the declared choices.
    factors : MethodFactors
        What was varied, with the seed that was used.
    kind : {"method", "combined"}
        ``combined``: each scenario also draws the sampled numbers anew.
    note : str
        What the spread is not.
    """

    problems: tuple[str, ...]
    places: IntArray
    reference: IntArray
    factors: MethodFactors
    kind: Literal["method", "combined"] = "method"
    note: str = NOT_A_CONFIDENCE_INTERVAL

    def among_first(self, m: int = 3) -> FloatArray:
        """Share of the scenarios in which each problem is among the first m.

        Parameters
        ----------
        m : int
            Number of first places.

        Returns
        -------
        ndarray, shape (k,)
            Shares.
        """
        return np.asarray((self.places <= m).mean(axis=0), dtype=np.float64)

    def order_holds(self) -> FloatArray:
        """Share of the scenarios in which the problem of the row comes before that of the column.

        Returns
        -------
        ndarray, shape (k, k)
            Shares.
        """
        return np.asarray((self.places[:, :, None] < self.places[:, None, :]).mean(axis=0), dtype=np.float64)

    def changes_among_first(self, m: int = 3) -> tuple[str, ...]:
        """Problems that are among the first m in some scenarios and not in others.

        Parameters
        ----------
        m : int
            Number of first places.

        Returns
        -------
        tuple of str
            Names.
        """
        shares = self.among_first(m)
        return tuple(p for p, share in zip(self.problems, shares, strict=True) if 0 < share < 1)

    def _repr_html_(self) -> str:
        return result_html(
            f"Places over {len(self.places):,} ways to make the composite",
            self.to_frame(),
            (self.note, f"{self.kind} uncertainty"),
        )

    def to_frame(self, *, m: int = 3) -> pd.DataFrame:
        """Lay the places out, one row a problem.

        Parameters
        ----------
        m : int
            Number of first places to add up.

        Returns
        -------
        DataFrame
            Columns problem, reference_place, smallest, low_5, median, high_95, largest, share_among_first. ``low_5`` and ``high_95`` are
            percentiles over scenarios.
        """
        low, middle, high = np.quantile(self.places, [0.05, 0.5, 0.95], axis=0)
        return pd.DataFrame(
            {
                "problem": list(self.problems),
                "reference_place": self.reference,
                "smallest": self.places.min(axis=0),
                "low_5": low,
                "median": middle,
                "high_95": high,
                "largest": self.places.max(axis=0),
                "share_among_first": self.among_first(m),
            }
        )


def method_uncertainty(found: CompositePriority, factors: MethodFactors | None = None) -> MethodUncertainty:
    """Vary weights, scale, aggregation and sources, at the numbers as they are.

    Parameters
    ----------
    found : CompositePriority
        The composite at its declared choices.
    factors : MethodFactors or None
        What to vary; None takes the composite's own.

    Returns
    -------
    MethodUncertainty
        Places by scenario.

    References
    ----------
    Saisana, M., Saltelli, A. and Tarantola, S. (2005). Uncertainty and sensitivity analysis techniques as tools for the quality
    assessment of composite indicators. JRSS A 168, 307-323. doi:10.1111/j.1467-985X.2005.00350.x.
    """
    factors, rng = _seeded(factors or found.factors)
    uniform = rng.random((factors.scenarios, inputs_of(found)))
    return MethodUncertainty(
        problems=_names(found),
        places=places_of(scenario_scores(found, factors, uniform)),
        reference=places_of(found.scores[found.shown][None])[0],
        factors=factors,
    )


def combined_spread(found: CompositePriority, factors: MethodFactors | None = None) -> MethodUncertainty:
    """Vary the method, and within each scenario the scores by their sampling error: both spreads together.

    Parameters
    ----------
    found : CompositePriority
        The composite at its declared choices.
    factors : MethodFactors or None
        What to vary; None takes the composite's own.

    Returns
    -------
    MethodUncertainty
        Of kind ``combined``; a picture, not an interval.

    Notes
    -----
    The sampling deviation of the scores at the declared choices is added to the scores of each scenario.
    """
    factors, rng = _seeded(factors or found.factors)
    uniform = rng.random((factors.scenarios, inputs_of(found)))
    scores = scenario_scores(found, factors, uniform)
    V = found.covariance[np.ix_(found.shown, found.shown)]
    noise = rng.multivariate_normal(np.zeros(len(V)), V, size=factors.scenarios, method="eigh")
    return MethodUncertainty(
        problems=_names(found),
        places=places_of(scores + noise),
        reference=places_of(found.scores[found.shown][None])[0],
        factors=factors,
        kind="combined",
    )


def inputs_of(found: CompositePriority) -> int:
    """Number of uniform inputs of a scenario: one a source's weight, and scale, aggregation, dropped source.

    Parameters
    ----------
    found : CompositePriority
        The composite.

    Returns
    -------
    int
        Number of sources and 3.
    """
    return len(found.sources) + 3


def scenario_scores(found: CompositePriority, factors: MethodFactors, uniform: FloatArray) -> FloatArray:
    """Scores of the scored problems in scenarios that uniform inputs choose.

    Parameters
    ----------
    found : CompositePriority
        The composite.
    factors : MethodFactors
        What is varied.
    uniform : ndarray, shape (scenarios, inputs)
        Inputs between 0 and 1.

    Returns
    -------
    ndarray, shape (scenarios, k)
        Scores.
    """
    count = len(found.sources)
    values = found.values[found.shown]
    declared = found.declared.of_sources(
        {s.name: s.declared.pillar for s in found.sources}, renormalise=found.rules[1] == "renormalise"
    )
    base = np.array([declared[source.name] for source in found.sources])
    shapes = np.maximum(factors.concentration * base, 1e-9)
    weights = np.where(base > 0, gamma_quantile(uniform[:, :count], shapes), 0.0)
    if factors.drop_one == "each" and count > 1:
        dropped = np.minimum((uniform[:, count + 2] * (count + 1)).astype(np.int64), count)
        weights = np.where(dropped[:, None] == np.arange(count), 0.0, weights)
    scales = np.stack(
        [
            np.stack([relative(values[:, s], found.sources[s].declared, n) for s in range(count)], axis=1)
            for n in factors.normalisations
        ]
    )
    chosen = scales[_pick(uniform[:, count], len(factors.normalisations))]
    used = np.where(np.isfinite(chosen), weights[:, None, :], 0.0)
    used = used / np.maximum(used.sum(axis=2, keepdims=True), np.finfo(np.float64).tiny)
    arithmetic = np.nansum(used * chosen, axis=2)
    geometric = np.exp(np.nansum(used * np.log(np.maximum(chosen, GEOMETRIC_FLOOR)), axis=2))
    ways = np.array([name == "geometric" for name in factors.aggregations])
    multiplied = ways[_pick(uniform[:, count + 1], len(ways))]
    return np.asarray(np.where(multiplied[:, None], geometric, arithmetic), dtype=np.float64)


def places_of(scores: FloatArray) -> IntArray:
    """Places in each scenario; ties share the best place.

    Parameters
    ----------
    scores : ndarray, shape (scenarios, k)
        Scores.

    Returns
    -------
    ndarray of int, shape (scenarios, k)
        1 for the highest.
    """
    out = np.empty(scores.shape, dtype=np.int64)
    for unit in range(scores.shape[1]):
        out[:, unit] = 1 + (scores > scores[:, [unit]]).sum(axis=1)
    return out


def _pick(uniform: FloatArray, choices: int) -> IntArray:
    """One of several choices, each as likely."""
    return np.minimum((uniform * choices).astype(np.int64), choices - 1)


def _seeded(factors: MethodFactors) -> tuple[MethodFactors, np.random.Generator]:
    """Factors with a recorded seed, and their generator."""
    seed = fresh_seed() if factors.seed is None else factors.seed
    return replace(factors, seed=seed), np.random.default_rng([seed, 2])


def _names(found: CompositePriority) -> tuple[str, ...]:
    """Problems with a score."""
    return tuple(p for p, shown in zip(found.problems, found.shown, strict=True) if shown)
