"""The frame file beside the answers: who was drawn, who answered, and start weights that make up for those who did not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from trygghet._typing import FloatArray
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
        VIKT-48 when an outcome is empty; else all at once: VIKT-74 when the frame and the answers do not name the same
        respondents, VIKT-77 when a respondent's stratum is another in the frame, VIKT-78 when the codebook's ``invited`` is
        another number.
    """
    spec = answers.codebook.declared_frame
    columns: dict[str, object] = {_ID: frame.frame[_ID].to_numpy(dtype=object)}
    weights = _drawn_weights(frame)
    if weights is not None:
        columns[_WEIGHT] = weights
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
        weights=_WEIGHT if _WEIGHT in columns else None,
    )
    _check_matched(invited, frame, answers)
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
    names = tuple(dict.fromkeys(name.strip() for term in plan.by for name in term.split("*")))
    unknown = sorted(set(names) - set(invited.frame.columns))
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
        adjusted = response_classes(invited, names)
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


def _drawn_weights(frame: Microdata) -> FloatArray | None:
    """Design weights of everyone who was drawn; None where the frame has nothing to make them of."""
    design = frame.codebook.design
    if design.weight is not None:
        return base_weights(frame, "supplied").values
    return base_weights(frame, "own").values if design.population else None


def _check_matched(invited: InvitedSample, frame: Microdata, answers: Microdata) -> None:
    """Refuse a frame that does not agree with the answers: all that is wrong at once.

    Strata are compared where the files name the same persons; else their differences only follow from that.
    """
    persons = _unmatched(invited, answers) or _moved(frame, answers)
    problems = [*persons, *_miscounted(invited, answers)]
    if problems:
        raise DesignError(*problems)


def _unmatched(invited: InvitedSample, answers: Microdata) -> list[Problem]:
    """Others answered according to the frame than those whose answers are there."""
    drawn = {str(one): bool(said) for one, said in zip(invited.ids, invited.responded, strict=True)}
    there = {str(one) for one in answers.frame[_ID]}
    unknown = len(there - drawn.keys())
    silent = sum(not drawn[one] for one in there & drawn.keys())
    lost = sum(said and one not in there for one, said in drawn.items())
    if not (unknown or silent or lost):
        return []
    return [
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
    ]


def _moved(frame: Microdata, answers: Microdata) -> list[Problem]:
    """Respondents who were drawn in another stratum than the file of answers says."""
    columns = frame.codebook.design.strata, answers.codebook.design.strata
    if columns[0] is None or columns[1] is None:
        return []
    drawn, told = _stratum_by_id(frame, columns[0]), _stratum_by_id(answers, columns[1])
    if not set(drawn.values()) & set(told.values()):
        return []  # the two files name their strata differently
    wrong = sum(drawn.get(one, stratum) != stratum for one, stratum in told.items())
    if not wrong:
        return []
    return [
        Problem(
            code="VIKT-77",
            what=f"{wrong} of {len(told)} respondents are of another stratum in the frame than in the answers.",
            why="Weights and response rates would be of different strata; a stratum may have more answers than were drawn.",
            remedy="Find out which file has the stratum of the draw, and use it in both.",
            facts={"antal": wrong, "alla": len(told)},
        )
    ]


def _stratum_by_id(data: Microdata, column: str) -> dict[str, str]:
    group = data.groups(column)
    return {
        str(one): str(group.labels[code]) if code >= 0 else ""
        for one, code in zip(data.frame[_ID], group.codes, strict=True)
    }


def _miscounted(invited: InvitedSample, answers: Microdata) -> list[Problem]:
    """The codebook's own number of those who were asked is not the frame's."""
    stated = next((stream.invited for stream in answers.streams if stream.invited is not None), None)
    if stated is None or stated == len(invited.ids):
        return []
    return [
        Problem(
            code="VIKT-78",
            what=f"The codebook says that {stated} were asked, and the frame lists {len(invited.ids)}.",
            why="The response rate has one denominator.",
            remedy="Leave out invited where there is a frame file, or fetch the whole frame.",
            facts={"kodboken": stated, "urvalet": len(invited.ids)},
        )
    ]
