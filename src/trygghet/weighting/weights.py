"""The result of weighting: final weights with everything the variance engine and the reader need to know of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from trygghet._typing import FloatArray, IntArray, ObjectArray, WeightScale
from trygghet.errors import DesignError, Problem

CalibrationMatrix = FloatArray | sparse.csr_array


@dataclass(frozen=True, slots=True, eq=False)
class CalibrationStep:
    """One calibration as the residual technique needs it.

    Parameters
    ----------
    matrix : ndarray or csr_array
        Auxiliary values (n, q); one-hot for categories, fractional rows where a category is unknown. Columns may be linearly
        dependent (several full margins), so projections use a pseudo-inverse.
    before : ndarray
        Weights (n,) just before this step.
    cell : ndarray or None
        Calibration cell of each row (n,): rows of one cell have the same row of ``matrix``. None where nothing is shared.
    after : ndarray or None
        Weights (n,) just after this step, where something else than a calibration (trimming) changed them since; None where the next
        calibration, or the final weights, tell them.
    """

    matrix: CalibrationMatrix
    before: FloatArray
    cell: IntArray | None = None
    after: FloatArray | None = None

    def dense(self) -> FloatArray:
        """Auxiliary values as a dense array (n, q)."""
        matrix = self.matrix
        return matrix if isinstance(matrix, np.ndarray) else np.asarray(matrix.toarray(), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Final weights of one stream, with their origin.

    Parameters
    ----------
    values : ndarray
        Final weights (n,), finite and positive.
    start : ndarray
        Weights (n,) before the first calibration.
    calibration : tuple of CalibrationStep
        The calibrations in order; empty when the weights are not calibrated.
    scale : {"population", "mean_one", "unknown"}
        What the weights add up to.
    method : str
        How they were made, such as ``"raking"``.
    iterations : int
        Iterations of the last calibration; 0 when there was none.
    worst_margin_error : float
        Largest relative distance between a weighted and a population total after calibration.
    worst_error_before : float
        The same for the start weights.
    margin_names : tuple of str
        Name of each column of the last calibration matrix.
    targets : ndarray
        Population totals (q,) of these columns.
    ids : ndarray or None
        Identity of each row (n,), None for a plain frame.
    unplaced : mapping of str to int
        Respondents per margin variable who lack a category and got fractional membership.
    gap : float
        Largest relative distance between the totals of the margin tables before they were reconciled.
    notes : tuple of Problem
        What the reader must know; nothing here stops the work.
    """

    values: FloatArray
    start: FloatArray
    calibration: tuple[CalibrationStep, ...] = ()
    scale: WeightScale = "unknown"
    method: str = "none"
    iterations: int = 0
    worst_margin_error: float = 0.0
    worst_error_before: float = 0.0
    margin_names: tuple[str, ...] = ()
    targets: FloatArray = field(default_factory=lambda: np.empty(0))
    ids: ObjectArray | None = None
    unplaced: Mapping[str, int] = field(default_factory=dict)
    gap: float = 0.0
    notes: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        for name in ("values", "start", "targets"):
            frozen = np.asarray(getattr(self, name), dtype=np.float64).view()
            frozen.flags.writeable = False
            object.__setattr__(self, name, frozen)

    def __len__(self) -> int:
        return len(self.values)

    @property
    def kish_deff(self) -> float:
        """Design effect of unequal weights, ``n * sum(w^2) / sum(w)^2`` (Kish 1965)."""
        values = self.values
        return float(len(values) * np.dot(values, values) / values.sum() ** 2)

    @property
    def effective_n(self) -> float:
        """Kish's effective sample size, ``sum(w)^2 / sum(w^2)``."""
        return len(self.values) / self.kish_deff

    @property
    def g(self) -> FloatArray:
        """Calibration factors ``values / start`` (n,)."""
        return self.values / self.start

    @property
    def g_range(self) -> tuple[float, float]:
        """Smallest and largest calibration factor."""
        factors = self.g
        return float(factors.min()), float(factors.max())

    def for_ids(self, ids: ObjectArray) -> "Weights":
        """The weights of given persons in a given order, without calibration history.

        Parameters
        ----------
        ids : ndarray
            Identities, each once.

        Returns
        -------
        Weights
            Weights to start a calibration of these rows from.

        Raises
        ------
        DesignError
            If somebody has no weight.
        """
        known = {} if self.ids is None else {str(one): place for place, one in enumerate(self.ids)}
        places = [known.get(str(one), -1) for one in ids]
        lacking = places.count(-1)
        if lacking:
            raise DesignError(
                Problem(
                    code="VIKT-63",
                    what=f"{lacking} of {len(places)} persons have no weight.",
                    why="Each respondent needs a start weight.",
                    remedy="Make the weights from the same persons.",
                    facts={"antal": lacking, "alla": len(places)},
                )
            )
        order = np.array(places, dtype=np.int64)
        return replace(
            self,
            values=self.values[order],
            start=self.start[order],
            calibration=(),
            ids=np.asarray(ids, dtype=object),
        )

    def metrics(self) -> dict[str, float]:
        """Flat figures that two runs can be compared by.

        Returns
        -------
        dict of str to float
            Counts, design effect, range of factors and margin errors.
        """
        low, high = self.g_range
        return {
            "n": len(self.values),
            "sum_of_weights": float(self.values.sum()),
            "kish_deff": self.kish_deff,
            "effective_n": self.effective_n,
            "smallest_factor": low,
            "largest_factor": high,
            "iterations": self.iterations,
            "worst_margin_error": self.worst_margin_error,
            "worst_error_before": self.worst_error_before,
            "margin_gap": self.gap,
            "unplaced": sum(self.unplaced.values()),
            "top_percent_share": self.top_share,
        }

    @property
    def top_share(self) -> float:
        """Share of the sum of weights that the heaviest 1 % of the respondents hold."""
        count = max(1, round(0.01 * len(self.values)))
        return float(np.sort(self.values)[-count:].sum() / self.values.sum())

    def quantiles(self, levels: tuple[float, ...] = (0.0, 0.05, 0.5, 0.95, 1.0)) -> FloatArray:
        """Quantiles of the weights relative to their mean.

        Parameters
        ----------
        levels : tuple of float
            Levels between 0 and 1.

        Returns
        -------
        ndarray
            One value a level.
        """
        return np.asarray(np.quantile(self.values / self.values.mean(), levels), dtype=np.float64)

    def summary(self) -> str:
        """Lines that describe the weights for a person who decides whether to trust them.

        Returns
        -------
        str
            Method, effective sample size, ranges, margin errors and notes.
        """
        low, high = self.g_range
        points = ", ".join(f"{value:.2f}" for value in self.quantiles())
        lines = [
            f"Weights: {self.method}, {len(self.values):,} respondents, sum {self.values.sum():,.0f} ({self.scale})",
            f"  Kish design effect {self.kish_deff:.3f}, effective n {self.effective_n:,.0f}",
            f"  weights over their mean (min, 5 %, median, 95 %, max): {points}",
            f"  heaviest 1 % hold {self.top_share:.1%} of the weight",
        ]
        if self.calibration:
            lines += [
                f"  calibration factors {low:.3f} to {high:.3f}, {self.iterations} iterations",
                f"  worst margin error {self.worst_error_before:.1%} before, {self.worst_margin_error:.1e} after",
            ]
        else:
            lines.append("  not calibrated")
        return "\n".join([*lines, *(f"  note {note.code}: {note.what}" for note in self.notes)])

    def __repr__(self) -> str:
        return self.summary()

    def _repr_html_(self) -> str:
        from trygghet.weighting.diagnostics import summary_html  # noqa: PLC0415 - the tables are built on weights

        return summary_html(self)
