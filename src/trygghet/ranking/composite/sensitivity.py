"""Which choice matters most for the order: Sobol indices of a composite, and an outranking check."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet._typing import FloatArray, IntArray
from trygghet.estimate.told import result_html
from trygghet.ranking.composite.factors import MethodFactors
from trygghet.ranking.composite.methods import inputs_of, places_of, scenario_scores
from trygghet.ranking.composite.score import CompositePriority
from trygghet.ranking.composite.sobol import sobol_indices
from trygghet.ranking.draws import fresh_seed


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """How much of the variation of the order each choice explains.

    Parameters
    ----------
    choices : tuple of str
        The inputs: the weight of each source, scale, aggregation, dropped source.
    first_order : ndarray, shape (inputs,)
        Share of the variance of the mean rank shift that an input explains by itself.
    total_order : ndarray, shape (inputs,)
        Share that it explains with all its interactions.
    top_first_order, top_total_order : ndarray, shape (inputs,)
        The same for the place of the problem that is first at the declared choices.
    mean_shift : float
        Mean over scenarios of the mean absolute rank shift from the declared choices.
    seed : int
        Seed of the design.
    """

    choices: tuple[str, ...]
    first_order: FloatArray
    total_order: FloatArray
    top_first_order: FloatArray
    top_total_order: FloatArray
    mean_shift: float
    seed: int

    @property
    def most_influential(self) -> str:
        """The choice with the largest total index."""
        return self.choices[int(np.argmax(self.total_order))]

    def _repr_html_(self) -> str:
        return result_html(
            "What the order of the composite depends on",
            self.to_frame(),
            (
                f"largest: {self.most_influential}",
                f"mean rank shift {self.mean_shift:.2f}",
                f"seed {self.seed}",
            ),
        )

    def to_frame(self) -> pd.DataFrame:
        """Lay the indices out, largest total first.

        Returns
        -------
        DataFrame
            Columns choice, first_order, total_order, top_first_order, top_total_order.
        """
        frame = pd.DataFrame(
            {
                "choice": list(self.choices),
                "first_order": self.first_order,
                "total_order": self.total_order,
                "top_first_order": self.top_first_order,
                "top_total_order": self.top_total_order,
            }
        )
        return frame.sort_values("total_order", ascending=False, ignore_index=True)


def sensitivity(
    found: CompositePriority, factors: MethodFactors | None = None, *, size: int = 1024
) -> Sensitivity:
    """Find first-order and total Sobol indices of the mean rank shift and of the first problem's place.

    Parameters
    ----------
    found : CompositePriority
        The composite at its declared choices.
    factors : MethodFactors or None
        What is varied, ``scenarios`` apart; None takes the composite's own.
    size : int
        Base size of the design; ``size * (inputs + 2)`` scenarios are computed.

    Returns
    -------
    Sensitivity
        Indices; 0 where the order never changes.

    References
    ----------
    Saltelli, A., Annoni, P., Azzini, I., Campolongo, F., Ratto, M. and Tarantola, S. (2010). Variance based sensitivity analysis of
    model output. Computer Physics Communications 181, 259-270. doi:10.1016/j.cpc.2009.09.018.

    Saisana, M., Saltelli, A. and Tarantola, S. (2005). Uncertainty and sensitivity analysis techniques as tools for the quality
    assessment of composite indicators. JRSS A 168, 307-323. doi:10.1111/j.1467-985X.2005.00350.x.
    """
    factors = factors or found.factors
    seed = fresh_seed() if factors.seed is None else factors.seed
    reference = places_of(found.scores[found.shown][None])[0]
    leader = int(np.argmin(reference))
    shifts: list[float] = []

    def outputs(inputs: FloatArray) -> FloatArray:
        places = places_of(scenario_scores(found, factors, inputs))
        shift = np.abs(places - reference).mean(axis=1)
        shifts.append(float(shift.mean()))
        return np.stack([shift, places[:, leader].astype(np.float64)])

    first, total = sobol_indices(
        outputs, inputs=inputs_of(found), size=size, rng=np.random.default_rng([seed, 3])
    )
    names = (
        *(f"weight of {source.name}" for source in found.sources),
        "scale",
        "aggregation",
        "dropped source",
    )
    return Sensitivity(names, first[0], total[0], first[1], total[1], float(np.mean(shifts)), seed)


def copeland(found: CompositePriority) -> IntArray:
    """Places by pairwise votes of the sources: a third view that never adds up numbers.

    Parameters
    ----------
    found : CompositePriority
        The composite.

    Returns
    -------
    ndarray of int, shape (k,)
        Place of each problem with a score, 0 for the others; ties share the best place.

    Notes
    -----
    Problem j beats k if the sources that place it higher weigh more than those that place it lower. Problems are ordered by wins
    less defeats.

    References
    ----------
    Munda, G. (2008). Social multi-criteria evaluation for a sustainable economy. Springer. doi:10.1007/978-3-540-73703-2.
    """
    u = found.normalised[found.shown]
    w = found.weights[found.shown].mean(axis=0)
    with np.errstate(invalid="ignore"):
        support = ((u[:, None] > u) * w).sum(axis=2)
    wins = np.sign(support - support.T).sum(axis=1)
    places = np.zeros(len(found.problems), dtype=np.int64)
    places[found.shown] = places_of(wins[None])[0]
    return places
