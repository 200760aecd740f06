"""How a ranking is made: direction, level, family, draws and seed."""

from dataclasses import dataclass
from typing import Literal, get_args

from trygghet._typing import First
from trygghet.errors import Problem, RankingError

RankMethod = Literal["mrsw", "kww", "multinomial", "mcnemar"]
Sides = Literal["both", "lower", "upper"]
Steps = Literal["stepdown", "single"]

FEWEST_DRAWS = 200


@dataclass(frozen=True, slots=True)
class RankOptions:
    """What a ranking shall promise, and how its critical value is found.

    Parameters
    ----------
    first : {"highest", "lowest"}
        Which end of the values has rank 1.
    level : float
        Coverage of the rank sets, at least 0.5 and below 1.
    joint : bool
        True: all sets hold together (simultaneous). False: each set holds alone (marginal).
    draws : int
        Number of draws from the estimated joint distribution, at least 200.
    seed : int or None
        Seed of the draws. None takes a fresh one, which the result records.
    method : {"mrsw", "kww", "multinomial", "mcnemar"}
        ``mrsw``: Mogstad, Romano, Shaikh and Wilhelm, from the joint covariance. ``kww``: Klein, Wright and Wieczorek,
        from the standard errors alone; wider, and no draws. ``multinomial`` and ``mcnemar``: exact tests of unweighted
        answers, by ``rank_choices`` only; no draws.
    sides : {"both", "lower", "upper"}
        ``lower`` bounds ranks from below only (upper bound k), ``upper`` from above only (lower bound 1).
    steps : {"stepdown", "single"}
        ``single`` stops after the first critical value (Bonferroni instead of Holm for the exact methods): wider sets,
        kept for comparison.

    Raises
    ------
    RankingError
        ``RANG-01`` if a value is outside its range.
    """

    first: First = "highest"
    level: float = 0.95
    joint: bool = True
    draws: int = 10_000
    seed: int | None = None
    method: RankMethod = "mrsw"
    sides: Sides = "both"
    steps: Steps = "stepdown"

    def __post_init__(self) -> None:
        problems = [
            _outside(name, value, allowed)
            for name, value, allowed, right in (
                ("first", self.first, ", ".join(get_args(First)), self.first in get_args(First)),
                ("level", self.level, "[0.5; 1)", 0.5 <= self.level < 1),
                ("draws", self.draws, f">= {FEWEST_DRAWS}", self.draws >= FEWEST_DRAWS),
                ("method", self.method, ", ".join(get_args(RankMethod)), self.method in get_args(RankMethod)),
                ("sides", self.sides, ", ".join(get_args(Sides)), self.sides in get_args(Sides)),
                ("steps", self.steps, ", ".join(get_args(Steps)), self.steps in get_args(Steps)),
                ("seed", str(self.seed), ">= 0", self.seed is None or self.seed >= 0),
            )
            if not right
        ]
        if problems:
            raise RankingError(*problems)


def _outside(name: str, value: str | float, allowed: str) -> Problem:
    """Tell that a ranking option is outside its range."""
    return Problem(
        code="RANG-01",
        what=f"The ranking option {name} is {value!r}.",
        why=f"It must be one of or within {allowed}.",
        remedy="Correct it in params.yaml under ranking, or in RankOptions.",
        facts={"name": name, "value": value, "allowed": allowed},
    )
