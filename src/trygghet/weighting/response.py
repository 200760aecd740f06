"""Who answered of those who were asked: outcomes, response rates and the response table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray, ObjectArray, Outcome, WeightScale
from trygghet.errors import DesignError, Problem

OUTCOMES: tuple[Outcome, ...] = (
    "answered",
    "partial",
    "refused",
    "not_reached",
    "other",
    "unknown",
    "ineligible",
)
"""Answered; answered in part; refused; not reached; other eligible; eligibility unknown; naturligt bortfall."""
UNKNOWN_GROUP = "Uppgift saknas"


@dataclass(frozen=True, slots=True)
class ResponseRates:
    """Counts of outcomes and the rates that follow.

    Parameters
    ----------
    counts : mapping of str to int
        Persons by outcome.

    Notes
    -----
    With I answered, P partial, R refused, NC not reached, O other, U unknown eligibility: RR1 = I/(I+P+R+NC+O+U),
    RR2 = (I+P)/(I+P+R+NC+O+U), RR3 and RR4 have e U in place of U with e the eligible share among those of known eligibility,
    RR5 and RR6 leave U out. The net response rate of Swedish surveys (svarande / nettourval) is RR2.

    References
    ----------
    The American Association for Public Opinion Research (2023). Standard Definitions, 10th edition.
    """

    counts: Mapping[Outcome, int]

    @property
    def gross(self) -> int:
        """Everyone who was asked (bruttourval)."""
        return sum(self.counts.values())

    @property
    def ineligible(self) -> int:
        """Naturligt bortfall: dead, moved away, not in the population."""
        return self.counts.get("ineligible", 0)

    @property
    def net(self) -> int:
        """Gross sample without the ineligible (nettourval)."""
        return self.gross - self.ineligible

    @property
    def respondents(self) -> int:
        """Who answered, wholly or in part."""
        return self.counts.get("answered", 0) + self.counts.get("partial", 0)

    @property
    def net_response_rate(self) -> float:
        """Answers over the net sample (nettosvarsfrekvens)."""
        return self.respondents / self.net if self.net else float("nan")

    @property
    def eligible_share(self) -> float:
        """Share eligible among those of known eligibility (e)."""
        known = self.net - self.counts.get("unknown", 0)
        return known / (known + self.ineligible) if known + self.ineligible else float("nan")

    def aapor(self) -> dict[str, float]:
        """Response rates 1 to 6 by AAPOR's names.

        Returns
        -------
        dict of str to float
            ``RR1`` to ``RR6``.
        """
        whole, either = self.counts.get("answered", 0), self.respondents
        unknown = self.counts.get("unknown", 0)
        known = self.net - unknown
        sizes = {"12": known + unknown, "34": known + self.eligible_share * unknown, "56": known}
        return {
            f"RR{digit}": numerator / size if size else float("nan")
            for pair, size in sizes.items()
            for digit, numerator in zip(pair, (whole, either), strict=True)
        }


@dataclass(frozen=True, slots=True, eq=False)
class InvitedSample:
    """Everyone who was drawn, with the frame's variables and what became of them.

    Parameters
    ----------
    frame : DataFrame
        One row a person, with the frame's variables.
    outcome : ndarray
        Outcome of each person, one of :data:`OUTCOMES` (n,).
    weights : ndarray
        Design weights of the drawn sample (n,).
    ids : ndarray
        Identity of each person as in the survey file (n,).
    scale : {"population", "mean_one"}
        Whether the design weights count inhabitants, or everyone who was drawn counts one.
    """

    frame: pd.DataFrame
    outcome: ObjectArray
    weights: FloatArray
    ids: ObjectArray
    scale: WeightScale = "population"

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        *,
        outcome: str,
        codes: Mapping[object, Outcome],
        id: str,  # noqa: A002 - the codebook's word
        weights: str | None = None,
    ) -> Self:
        """Invited sample from a table of the institute or the register.

        Parameters
        ----------
        frame : DataFrame
            One row a drawn person.
        outcome : str
            Column with the result of each person.
        codes : mapping of object to str
            What each code in that column means.
        id : str
            Column with the identity that the survey file has too.
        weights : str, optional
            Column with design weights, inhabitants that each person stands for; everyone counts one when left out.

        Returns
        -------
        InvitedSample
            The sample.

        Raises
        ------
        DesignError
            If a person has no outcome, or one that is not declared: nobody becomes a respondent by default; or if an identity
            occurs twice, or a weight is not positive; all at once.
        """
        given = frame[outcome]
        kinds = given.map(dict(codes)).to_numpy(dtype=object)
        strange = pd.isna(kinds)
        problems = []
        if strange.any():
            found = sorted({str(value) for value in given[strange] if not pd.isna(value)})
            named = ", ".join(found[:5]) or "–"
            problems.append(
                Problem(
                    code="VIKT-48",
                    what=f"{int(strange.sum())} persons have no outcome or one that is not declared ({named}).",
                    why="Somebody whose result is unknown must not count as a respondent.",
                    remedy="Declare every code of the column, and fill in the empty ones.",
                    facts={
                        "antal": int(strange.sum()),
                        "kolumn": outcome,
                        "koder": named,
                    },
                )
            )
        twice = int(frame[id].duplicated().sum())
        values = np.ones(len(frame)) if weights is None else frame[weights].to_numpy(dtype=np.float64)
        bad = int((~(np.isfinite(values) & (values > 0))).sum())
        if twice or bad:
            problems.append(
                Problem(
                    code="VIKT-49",
                    what=f"{twice} identities occur twice, and {bad} weights are not positive.",
                    why="Each drawn person is one row with a weight.",
                    remedy="Remove duplicates and fill in the weights.",
                    facts={"dubbla": twice, "vikter": bad},
                )
            )
        if problems:
            raise DesignError(*problems)
        ids = frame[id].to_numpy(dtype=object)
        return cls(frame.reset_index(drop=True), kinds, values, ids, "population" if weights else "mean_one")

    @property
    def responded(self) -> BoolArray:
        """Whether each person answered, wholly or in part (n,)."""
        return np.isin(self.outcome.astype(str), ["answered", "partial"])

    @property
    def eligible(self) -> BoolArray:
        """Whether each person belongs to the net sample (n,)."""
        return np.asarray(self.outcome.astype(str) != "ineligible", dtype=np.bool_)

    def rates(self) -> ResponseRates:
        """Counts and response rates of the whole sample.

        Returns
        -------
        ResponseRates
            The rates.
        """
        return _rates(self.outcome)

    def table(self, by: Sequence[str]) -> pd.DataFrame:
        """Response table: one row a group of each variable, and one for all.

        Parameters
        ----------
        by : sequence of str
            Variables of the frame, such as district, sex and age.

        Returns
        -------
        DataFrame
            Columns ``by, group, gross, ineligible, net, respondents, response_rate``; categories in their own order.
        """
        rows = [_row("", "Alla", self.rates())]
        for name in by:
            given = self.frame[name]
            column = given.astype("str").where(given.notna(), UNKNOWN_GROUP)
            known = (
                given.cat.categories
                if isinstance(given.dtype, pd.CategoricalDtype)
                else sorted(column.unique())
            )
            groups = [
                *(str(each) for each in known if each != UNKNOWN_GROUP),
                *([UNKNOWN_GROUP] if given.isna().any() else []),
            ]
            rows += [
                _row(name, group, _rates(self.outcome[(column == group).to_numpy()])) for group in groups
            ]
        return pd.DataFrame(rows)


def _rates(outcome: ObjectArray) -> ResponseRates:
    kinds = outcome.astype(str)
    return ResponseRates({kind: int((kinds == kind).sum()) for kind in OUTCOMES})


def _row(name: str, group: str, rates: ResponseRates) -> dict[str, str | int | float]:
    return {
        "by": name,
        "group": group,
        "gross": rates.gross,
        "ineligible": rates.ineligible,
        "net": rates.net,
        "respondents": rates.respondents,
        "response_rate": rates.net_response_rate,
    }
