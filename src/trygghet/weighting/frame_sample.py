"""The frame file beside the answers: who was drawn, who answered, and start weights that make up for those who did not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from trygghet.codebook import OUTCOME
from trygghet.errors import DesignError, Problem
from trygghet.ingest import Microdata
from trygghet.weighting.base import base_weights, household_factor
from trygghet.weighting.nonresponse import propensity_weights, response_classes, response_propensities
from trygghet.weighting.response import InvitedSample
from trygghet.weighting.weights import Weights

_ID, _WEIGHT = "_id", "_weight"


@dataclass(frozen=True, slots=True)
class NonresponsePlan:
    """How design weights make up for those who did not answer, before calibration.

    Parameters
    ----------
    by : tuple of str
        Variables of the frame.
    method : {"classes", "propensities"}
        Inverse response rates in the crossing of the variables, or a logistic model in them.
    classes : int or None
        For ``"propensities"``: number of classes of equal size by estimated propensity; None for the inverse propensity itself.
    """

    by: tuple[str, ...]
    method: Literal["classes", "propensities"] = "classes"
    classes: int | None = 5


def invited_sample(frame: Microdata, answers: Microdata) -> InvitedSample:
    """Everyone who was drawn, with the frame's variables as the codebook labels them, matched to the answers.

    Parameters
    ----------
    frame : Microdata
        The frame, from :func:`trygghet.ingest.read_frame`.
    answers : Microdata
        All answers of the stream that was drawn from it.

    Returns
    -------
    InvitedSample
        With design weights of the drawn sample: N_h over the number drawn, the frame's own weight, or equal ones where the
        frame names neither.

    Raises
    ------
    DesignError
        VIKT-74 when the frame and the answers do not name the same respondents, VIKT-48 when an outcome is empty; all at once.
    """
    spec = answers.codebook.declared_frame
    columns: dict[str, object] = {
        _ID: frame.frame[_ID].to_numpy(dtype=object),
        _WEIGHT: _drawn_weights(frame),
    }
    for name, variable in frame.codebook.all_variables.items():
        if variable.kind == "continuous":
            columns[name] = frame.numeric(name)
        else:
            groups = frame.groups(name)
            columns[name] = pd.Categorical.from_codes(
                groups.codes.tolist(), categories=pd.Index(list(groups.labels), dtype="object")
            )
    invited = InvitedSample.from_frame(
        pd.DataFrame(columns),
        outcome=OUTCOME,
        codes={str(code): outcome for code, outcome in spec.outcomes.items()},
        id=_ID,
        weights=_WEIGHT,
    )
    _check_matched(invited, answers)
    return invited


def nonresponse_weights(invited: InvitedSample, people: Microdata, plan: NonresponsePlan) -> Weights:
    """Design weights of the drawn sample times the adjustment for nonresponse, for the respondents in use.

    Parameters
    ----------
    invited : InvitedSample
        Everyone who was drawn.
    people : Microdata
        The respondents that are weighted.
    plan : NonresponsePlan
        How.

    Returns
    -------
    Weights
        Start weights of these respondents in their order; a sample of households has the household's size in them.

    Raises
    ------
    DesignError
        If the frame lacks a variable of the plan, a class has nobody who answered, or the model has no solution.
    """
    names = {name.strip() for term in plan.by for name in term.split("*")}
    unknown = sorted(names - set(invited.frame.columns))
    if unknown or not plan.by:
        known = ", ".join(name for name in invited.frame.columns if not name.startswith("_"))
        raise DesignError(
            Problem(
                code="VIKT-75",
                what=f"The frame has no variable {', '.join(unknown) or '(none named)'}; it has {known}.",
                why="Only what is known of everyone who was drawn can say who did not answer.",
                remedy="Name variables of frame > variables in the codebook.",
                facts={"namn": ", ".join(unknown) or "–", "finns": known},
            )
        )
    if plan.method == "classes":
        adjusted = response_classes(invited, plan.by)
    else:
        propensities = response_propensities(invited, plan.by)
        adjusted = propensity_weights(invited, propensities, classes=plan.classes)
    here = adjusted.for_ids(people.frame[_ID].to_numpy(dtype=object))
    size, notes = household_factor(people)
    values = here.values * size
    return replace(here, values=values, start=values, notes=(*here.notes, *notes))


def response_frame(invited: InvitedSample, frame: Microdata, by: Sequence[str]) -> pd.DataFrame:
    """Who answered of those who were drawn, by groups of the frame, as it is shown.

    Parameters
    ----------
    invited : InvitedSample
        Everyone who was drawn.
    frame : Microdata
        The frame, whose codebook labels the groups.
    by : sequence of str
        Variables with categories.

    Returns
    -------
    DataFrame
        One row a group: ``grupp_av`` (label of the variable), ``grupp``, ``netto`` (drawn, without the ineligible),
        ``svar`` (who answered) and ``svarsandel``; groups of which nobody was drawn are left out.
    """
    table = invited.table(by)
    table = table[(table["by"] != "") & (table["net"] > 0)]
    return pd.DataFrame(
        {
            "grupp_av": [frame.codebook.label_of(name) for name in table["by"]],
            "grupp": table["group"].to_numpy(),
            "netto": table["net"].to_numpy(),
            "svar": table["respondents"].to_numpy(),
            "svarsandel": table["response_rate"].to_numpy(),
        }
    )


def _drawn_weights(frame: Microdata) -> np.ndarray:
    design = frame.codebook.design
    if design.weight is not None:
        return base_weights(frame, "supplied").values
    return base_weights(frame, "own").values if design.population else np.ones(len(frame))


def _check_matched(invited: InvitedSample, answers: Microdata) -> None:
    """Refuse a frame that says that others answered than those whose answers are there."""
    drawn = {str(one): bool(said) for one, said in zip(invited.ids, invited.responded, strict=True)}
    there = {str(one) for one in answers.frame[_ID]}
    unknown = len(there - drawn.keys())
    silent = sum(not drawn[one] for one in there & drawn.keys())
    lost = sum(said and one not in there for one, said in drawn.items())
    if unknown or silent or lost:
        raise DesignError(
            Problem(
                code="VIKT-74",
                what=(
                    f"{unknown} answers are of nobody in the frame, {silent} of persons whose outcome is not answered, and "
                    f"{lost} persons who answered according to the frame have no answer in the file."
                ),
                why="Response rates and weights would count other persons than those who answered.",
                remedy="Check that both files have the same running numbers and are of the same delivery.",
                facts={"okanda": unknown, "tysta": silent, "saknas": lost},
            )
        )
