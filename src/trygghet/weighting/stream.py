"""Weighting one stream as a project wants it: who is weighted, from what, to which totals."""

from dataclasses import dataclass, replace

import numpy as np

from trygghet._typing import CalibrationMethod, UnplacedRule, WeightingMode
from trygghet.errors import DesignError, MarginError, Problem
from trygghet.ingest import Microdata
from trygghet.weighting.base import base_weights
from trygghet.weighting.calibration import Bounds, calibrate
from trygghet.weighting.diagnostics import gap_notes
from trygghet.weighting.frame_sample import NonresponsePlan, nonresponse_weights
from trygghet.weighting.margin_checks import check_margins
from trygghet.weighting.margins import Margins
from trygghet.weighting.plausibility import check_plausible
from trygghet.weighting.response import InvitedSample
from trygghet.weighting.unplaced import share_as_respondents
from trygghet.weighting.weights import Weights


@dataclass(frozen=True, slots=True)
class WeightingPlan:
    """How base weights become final weights.

    Parameters
    ----------
    mode : {"none", "supplied", "supplied+calibrate", "own"}
        Equal weights; the institute's as they are; the institute's, calibrated; or design weights, calibrated.
    method : {"linear", "raking", "logit", "sinh"}
        Distance of the calibration.
    bounds : tuple of float or WeightCap, optional
        Bounds of the calibration factors, or of the weights.
    tolerance : float
        Largest relative error of any margin.
    max_iterations : int
        Sweeps or Newton steps.
    nonresponse : NonresponsePlan, optional
        Adjustment for nonresponse before calibration, with what the frame knows of everyone who was drawn; mode "own" only.
    unplaced : {"proportional", "as_respondents"}
        What respondents without sex, age or district, or with a label that the population lacks, are taken for: the population, or
        the other respondents (:func:`share_as_respondents`). They stay in every base.
    """

    mode: WeightingMode = "own"
    method: CalibrationMethod = "raking"
    bounds: Bounds = None
    tolerance: float = 1e-9
    max_iterations: int = 200
    nonresponse: NonresponsePlan | None = None
    unplaced: UnplacedRule = "proportional"


def weight_stream(
    microdata: Microdata,
    plan: WeightingPlan,
    margins: Margins | None = None,
    *,
    invited: InvitedSample | None = None,
) -> Weights:
    """Final weights of the residents of one probability stream.

    Only residents are weighted to the population; others (who work in or visit the municipality) get no weight and are counted.

    Parameters
    ----------
    microdata : Microdata
        One stream.
    plan : WeightingPlan
        How.
    margins : Margins, optional
        Population totals; needed where the plan calibrates.
    invited : InvitedSample, optional
        Everyone who was drawn; needed where the plan adjusts for nonresponse.

    Returns
    -------
    Weights
        Weights with the ids of their rows; :func:`weighted_rows` gives the rows.

    Raises
    ------
    DesignError
        If the stream is no probability sample or has no residents, or the design columns are wrong.
    MarginError, ConvergenceError
        As :func:`calibrate`.
    """
    streams = microdata.streams
    if len(streams) != 1 or not streams[0].probability:
        names = ", ".join(stream.name for stream in streams) or "–"
        raise DesignError(
            Problem(
                code="VIKT-26",
                what=f"Only one stream drawn by chance is weighted to the population, not {names}.",
                why="Self-selected answers stand for those who answered.",
                remedy="Take one probability stream, or describe the answers without weights.",
                facts={"strommar": names},
            )
        )
    resident = microdata.residents()
    if not resident.any():
        raise DesignError(
            Problem(
                code="VIKT-28",
                what=f"Stream {streams[0].name} has no residents.",
                why="Only residents are weighted to the population.",
                remedy="Check relation in the codebook.",
                facts={"strom": streams[0].name},
            )
        )
    people = microdata.rows(resident)
    if plan.nonresponse is not None and (invited is None or plan.mode != "own"):
        raise _no_frame(plan.mode)
    if plan.mode in {"none", "supplied"}:
        return base_weights(people, plan.mode)
    if margins is None:
        raise MarginError(
            Problem(
                code="VIKT-25",
                what=f"The weighting mode {plan.mode} needs population margins, and there are none.",
                why="Calibration meets known totals.",
                remedy="Add margins.csv, or choose mode supplied or none.",
                facts={"lage": plan.mode},
            )
        )
    notes = check_margins(margins, people)
    if plan.nonresponse is not None and invited is not None:
        start = nonresponse_weights(invited, people, plan.nonresponse)
    else:
        start = base_weights(people, plan.mode)
    check_plausible(margins, people, start.values)
    if plan.unplaced == "as_respondents":
        margins = share_as_respondents(people, margins, start=start)
    weights = calibrate(
        people,
        margins,
        method=plan.method,
        start=start,
        bounds=plan.bounds,
        tolerance=plan.tolerance,
        max_iterations=plan.max_iterations,
    )
    areas = people.codebook.areas
    gaps = gap_notes(people, weights, margins, area=None if areas is None else areas.variable)
    method = weights.method if plan.nonresponse is None else f"{start.method}, {weights.method}"
    return replace(weights, method=method, notes=(*weights.notes, *notes, *gaps))


def _no_frame(mode: WeightingMode) -> DesignError:
    return DesignError(
        Problem(
            code="VIKT-76",
            what=f"Adjustment for nonresponse needs the frame and mode own; the mode is {mode}.",
            why="The institute's weights have their own adjustment, and without a frame nobody knows who did not answer.",
            remedy="Name the wave's frame file and use mode own, or leave nonresponse out.",
            facts={"lage": mode},
        )
    )


def weighted_rows(microdata: Microdata, weights: Weights) -> Microdata:
    """The answers that weights were made for, in their order.

    Parameters
    ----------
    microdata : Microdata
        The survey or one stream of it.
    weights : Weights
        Weights with ids.

    Returns
    -------
    Microdata
        One row a weight.

    Raises
    ------
    DesignError
        If the weights were made for other answers.
    """
    ids = microdata.frame["_id"].to_numpy(dtype=object)
    wanted = np.array([], dtype=object) if weights.ids is None else weights.ids
    rows = microdata.rows(np.isin(ids.astype(str), wanted.astype(str)))
    if not np.array_equal(rows.frame["_id"].to_numpy(dtype=object).astype(str), wanted.astype(str)):
        raise DesignError(
            Problem(
                code="VIKT-29",
                what=f"{len(wanted)} weights fit {len(rows)} answers of this survey.",
                why="Each weight belongs to one answer.",
                remedy="Run the weighting again.",
                facts={"vikter": len(wanted), "svar": len(rows)},
            )
        )
    return rows
