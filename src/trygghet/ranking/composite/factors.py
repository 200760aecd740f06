"""Which choices of method a composite is tried under."""

from dataclasses import dataclass
from typing import Literal

from trygghet.errors import Problem, RankingError
from trygghet.ranking.composite.scaling import Normalisation

Aggregation = Literal["arithmetic", "geometric"]


@dataclass(frozen=True, slots=True)
class MethodFactors:
    """Which choices are varied.

    Parameters
    ----------
    concentration : float
        Weights vary as Dirichlet(concentration times the declared weights); 30 gives a weight of 0.25 a spread of 0.078.
    normalisations : tuple of str
        Scales to choose among: declared, zscore, minmax, ranks.
    aggregations : tuple of str
        arithmetic and geometric (which lets one source make up less for another).
    drop_one : {"each", "none"}
        Whether one source at a time is left out, each as often as none.
    scenarios : int
        Number of scenarios.
    seed : int or None
        Seed of the scenarios; None takes a fresh one, recorded in the result.
    """

    concentration: float = 30.0
    normalisations: tuple[Normalisation, ...] = ("declared", "minmax", "ranks")
    aggregations: tuple[Aggregation, ...] = ("arithmetic", "geometric")
    drop_one: Literal["each", "none"] = "each"
    scenarios: int = 2000
    seed: int | None = None

    def __post_init__(self) -> None:
        if not (self.concentration > 0 and self.scenarios >= 1 and self.normalisations and self.aggregations):
            raise RankingError(
                Problem(
                    code="RANG-22",
                    what="The method factors of a composite leave nothing to vary.",
                    why="Concentration and number of scenarios must be above 0, and each list hold a choice.",
                    remedy="Correct MethodFactors.",
                    facts={"concentration": self.concentration, "scenarios": self.scenarios},
                )
            )
