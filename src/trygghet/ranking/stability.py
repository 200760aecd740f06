"""Rank stability: how often each unit comes first when the estimates are shaken. A description, never an interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from trygghet._typing import First, FloatArray
from trygghet.errors import Problem, RankingError
from trygghet.estimate import Estimates
from trygghet.estimate.told import result_html
from trygghet.ranking.draws import BaseDraws, correlated, fresh_seed
from trygghet.ranking.options import RankOptions
from trygghet.ranking.verbs import rank, ranking_covariance

NOT_AN_INTERVAL = "Share of replicates; not a confidence statement. The percentiles of replicated ranks do not cover tied or nearly tied ranks."


@dataclass(frozen=True, slots=True, eq=False)
class RankStability:
    """Share of replicates in which each unit has each place.

    It has no bounds, no level and no covariance, and the screen does not know it: it cannot be published as an interval.

    Parameters
    ----------
    labels : tuple of str
        Names of the units.
    shares : ndarray, shape (k, k)
        Entry (j, r): share of the replicates in which unit j has place r + 1; ties share the best place.
    replicates : int
        Number of replicates.
    seed : int or None
        Seed of the replicates where they were drawn here.
    note : str
        What the shares are not.
    """

    labels: tuple[str, ...]
    shares: FloatArray
    replicates: int
    seed: int | None = None
    note: str = NOT_AN_INTERVAL

    def among_first(self, m: int) -> FloatArray:
        """Share of the replicates in which each unit is among the first m.

        Parameters
        ----------
        m : int
            Number of first places.

        Returns
        -------
        ndarray, shape (k,)
            Shares.
        """
        return np.asarray(self.shares[:, :m].sum(axis=1), dtype=np.float64)

    def _repr_html_(self) -> str:
        return result_html(
            "How often each unit has each place when the sample is drawn anew",
            self.to_frame(),
            (self.note, f"{self.replicates:,} replicates", f"seed {self.seed}"),
        )

    def to_frame(self, *, m: int = 1) -> pd.DataFrame:
        """Lay the shares out as a table.

        Parameters
        ----------
        m : int
            Number of first places to add up.

        Returns
        -------
        DataFrame
            Columns label, share_first, share_among_first, commonest_place.
        """
        return pd.DataFrame(
            {
                "label": list(self.labels),
                "share_first": self.shares[:, 0],
                "share_among_first": self.among_first(m),
                "commonest_place": self.shares.argmax(axis=1) + 1,
            }
        )


def rank_stability(estimates: Estimates, options: RankOptions | None = None) -> RankStability:
    """Share of draws around the estimates in which each unit has each place.

    Parameters
    ----------
    estimates : Estimates
        Items of one domain, or one item in several domains; every cell with an estimate.
    options : RankOptions or None
        Direction, draws and seed.

    Returns
    -------
    RankStability
        A description of the sample, not of the population.

    Raises
    ------
    RankingError
        As :func:`rank`; ``RANG-13`` if a cell has no estimate.

    Notes
    -----
    Replicates are drawn around the estimates as if these were the truth. The replicates break ties that the population has, so
    that percentile limits of these ranks cover tied items in 0 to 12 per cent of samples where 95 was meant (docs/methods/ranks.md).

    References
    ----------
    Xie, M., Singh, K. and Zhang, C.-H. (2009). Confidence intervals for population ranks in the presence of ties and near ties.
    JASA 104, 775-788. doi:10.1198/jasa.2009.0142.

    Hall, P. and Miller, H. (2009). Using the bootstrap to quantify the authority of an empirical ranking. Annals of Statistics 37,
    3929-3959. doi:10.1214/09-AOS699.
    """
    options = options or RankOptions()
    sets = rank(estimates, RankOptions(first=options.first, draws=200, seed=0))
    if not sets.ranked.all():
        raise _incomplete(int((~sets.ranked).sum()))
    seed = fresh_seed() if options.seed is None else options.seed
    base = BaseDraws.make(len(sets), options.draws, seed)
    drawn = correlated(base, ranking_covariance(estimates), np.full(len(sets), np.inf))
    unit = float(np.sqrt(np.diag(ranking_covariance(estimates)).max())) or 1.0
    replicates = np.asarray(estimates.values) + unit * drawn.T.astype(np.float64)
    found = stability_of(replicates, sets.labels, first=options.first)
    return RankStability(found.labels, found.shares, found.replicates, seed)


def stability_of(
    replicates: npt.ArrayLike, labels: Sequence[str], *, first: First = "highest"
) -> RankStability:
    """Share of given replicates in which each unit has each place.

    Parameters
    ----------
    replicates : array_like, shape (R, k)
        Replicated estimates.
    labels : sequence of str
        Names of the units.
    first : {"highest", "lowest"}
        Which end has rank 1.

    Returns
    -------
    RankStability
        The shares.

    Raises
    ------
    RankingError
        ``RANG-13`` if a replicate misses an estimate, ``RANG-04`` if the labels do not fit.
    """
    values = np.asarray(replicates, dtype=np.float64)
    if values.ndim != 2 or values.shape[1] != len(labels) or values.size == 0:
        raise RankingError(
            Problem(
                code="RANG-04",
                what=f"Replicates of shape {values.shape} were given with {len(labels)} labels.",
                why="There must be one column of replicates for each label.",
                remedy="Give replicates of shape (R, k).",
                facts={"values": str(values.shape), "covariance": f"({len(labels)},)"},
            )
        )
    if np.isnan(values).any():
        raise _incomplete(int(np.isnan(values).any(axis=0).sum()))
    size = values.shape[1]
    signed = values if first == "highest" else -values
    shares = np.zeros((size, size))
    for unit in range(size):
        places = (signed > signed[:, [unit]]).sum(axis=1)
        shares[unit] = np.bincount(places, minlength=size) / len(signed)
    return RankStability(tuple(labels), shares, len(signed))


def _incomplete(count: int) -> RankingError:
    """Tell that a unit has no estimate."""
    return RankingError(
        Problem(
            code="RANG-13",
            what=f"{count} units have no estimate in some replicate.",
            why="A place can only be counted among units that all have one.",
            remedy="Leave those units out first.",
            facts={"count": count},
        )
    )
