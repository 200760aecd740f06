"""Confidence limits of results that have a rule of their own: what such a rule is, and limits that are kept at a few levels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from trygghet._typing import IntArray, IntervalMethod
from trygghet.errors import EstimateError, Problem, TrygghetError
from trygghet.estimate.intervals import Estimated, Limits

KEPT_LEVELS = (0.9, 0.95, 0.99)
"""Levels at which limits are kept that cannot be computed again from what is stored."""


class LimitRule(Protocol):
    """Confidence limits that do not follow from a value and its standard error."""

    def limits(self, of: Estimated, *, level: float, method: IntervalMethod) -> Limits:
        """Lower and upper limits of every cell.

        Parameters
        ----------
        of : Estimated
            The result that the rule belongs to: its values, errors and degrees of freedom.
        level : float
            Confidence level.
        method : str
            Method for shares, where the rule knows methods.

        Returns
        -------
        tuple of array of float, shape (p,)
            Limits.
        """

    def take(self, index: IntArray) -> "LimitRule":
        """The rule of some of the cells.

        Parameters
        ----------
        index : array of int
            Positions.

        Returns
        -------
        LimitRule
            The same kind of rule.
        """

    def kept(self, of: Estimated) -> "LimitRule":
        """The rule without the answers of persons, so that it can be stored.

        Parameters
        ----------
        of : Estimated
            The result that the rule belongs to.

        Returns
        -------
        LimitRule
            A rule that holds nothing but figures of the cells.
        """


@dataclass(frozen=True, slots=True, eq=False)
class LevelLimits:
    """Limits at a few levels, without what they were computed from.

    Parameters
    ----------
    at : mapping of float to tuple of array of float, shape (p,)
        Lower and upper limits by level.
    """

    at: Mapping[float, Limits]

    def limits(self, of: Estimated, *, level: float, method: IntervalMethod) -> Limits:  # noqa: ARG002 -- kept as they were
        """Limits at one of the levels.

        Parameters
        ----------
        of : Estimated
            The result that the rule belongs to.
        level : float
            Confidence level.
        method : str
            Not used: the limits are kept as they were.

        Returns
        -------
        tuple of array of float, shape (p,)
            Lower and upper limits.

        Raises
        ------
        TrygghetError
            For a level that was not kept.
        """
        if level not in self.at:
            raise self.missing(level, ", ".join(f"{known:g}" for known in self.at))
        return self.at[level]

    def take(self, index: IntArray) -> "LevelLimits":
        """The limits of some of the cells.

        Parameters
        ----------
        index : array of int
            Positions.

        Returns
        -------
        LevelLimits
            At the same levels.
        """
        return type(self)({level: (low[index], high[index]) for level, (low, high) in self.at.items()})

    def kept(self, of: Estimated) -> "LevelLimits":  # noqa: ARG002 -- holds no answers
        """The same limits: they hold no answers.

        Parameters
        ----------
        of : Estimated
            The result that the rule belongs to.

        Returns
        -------
        LevelLimits
            Itself.
        """
        return self

    def missing(self, level: float, kept: str) -> TrygghetError:
        """What is said of a level that was not kept.

        Parameters
        ----------
        level : float
            The level that was asked for.
        kept : str
            Those that were kept.

        Returns
        -------
        EstimateError
            SKATT-49.
        """
        return EstimateError(
            Problem(
                code="SKATT-49",
                what=f"the limits at the level {level:g} were not stored; those at {kept} were",
                why="such limits come from the answers, which a stored result does not hold",
                remedy="use one of these levels, or make the limits before the result is stored",
                facts={"niva": level, "finns": kept},
            )
        )


def limits_at(rule: LimitRule, of: Estimated, levels: tuple[float, ...]) -> dict[float, Limits]:
    """Limits at a few levels.

    Parameters
    ----------
    rule : LimitRule
        The rule.
    of : Estimated
        The result that it belongs to.
    levels : tuple of float
        Confidence levels.

    Returns
    -------
    dict of float to tuple of array of float, shape (p,)
        Limits by the default method.
    """
    found = {level: rule.limits(of, level=level, method="wilson-korn-graubard") for level in levels}
    return {level: (np.array(low), np.array(high)) for level, (low, high) in found.items()}
