"""The record of a promise: what it rests on, where it starts, what it aims at, who does what and when it is followed up."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Box = Literal["surely", "maybe", "respondents"]
Direction = Literal["decrease", "increase"]
TO_FILL = ("indicator", "target_points", "owner", "activity", "follow_up_date", "forum", "channel")


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Share(_Record):
    """A share in per cent with its base; limits only from a random sample.

    Parameters
    ----------
    share : float
        Per cent.
    low, high : float, optional
        Limits of the margin of error in per cent; None for answers that are not from a random sample.
    n : int
        Unweighted base.
    uncertain : bool
        Whether the share rests on few answers, so that it stands within parentheses.
    """

    share: float
    low: float | None = None
    high: float | None = None
    n: int
    uncertain: bool = False


class _Asked(_Record):
    """What was asked, of whom and when; first in the file."""

    item: str
    label: str
    stream: str
    wave: str
    start: date | None = None
    end: date | None = None


class _Place(_Record):
    """A district; first in the file."""

    name: str


class Evidence(Share, _Asked):
    """A share, whose it is and when it was asked.

    Parameters
    ----------
    item, label : str
        Key and reader's label of the item.
    stream, wave : str
        Who answered, and in which survey.
    start, end : date, optional
        First and last day of collection.
    """


class Candidate(Evidence):
    """An indicator that may follow a promise up, as it stands now.

    Parameters
    ----------
    question : str
        Wording of the question.
    direction : {"decrease", "increase"}
        Where better lies.
    detectable_points : float, optional
        Smallest change, in percentage points, that a next survey like this one would normally show.
    """

    question: str = ""
    direction: Direction = "decrease"
    detectable_points: float | None = None


class District(Share, _Place):
    """The chosen indicator in one district.

    Parameters
    ----------
    name : str
        District.
    detectable_points : float, optional
        Smallest change there, in percentage points, that a next survey like this one would normally show.
    """

    detectable_points: float | None = None


class Promise(_Record):
    """One focus area on its way to a promise; empty fields are for the group to fill in.

    Parameters
    ----------
    area, label : str
        Key and reader's label of the focus area.
    box : {"surely", "maybe", "respondents"}
        Surely among the prioritised, one that the group must choose among, or most chosen by self-selected respondents.
    chosen : bool, optional
        Whether it becomes a focus area; None until the group has decided.
    evidence : tuple of Evidence
        Share who want the area prioritised, one a stream; streams are never pooled.
    candidates : tuple of Candidate
        Indicators that may follow the promise up, as they stand now.
    indicator : str
        Item of the candidate that follows it up; the first candidate until the group takes another.
    baseline : Candidate, optional
        That indicator as it stands now.
    districts : tuple of District
        The same by district.
    direction : {"decrease", "increase"}
        Where the indicator shall go.
    target_points : float, optional
        Aim in percentage points.
    target_by_district : dict of str to float
        Aim in percentage points in the districts that have one of their own.
    owner, activity, forum, channel : str
        Who does what; where it is followed up and how it is told to citizens.
    follow_up_date : date, optional
        When it is followed up.
    figures : tuple of str
        Files that show it, relative to this one.
    caveats : tuple of str
        What a reader must know.
    """

    area: str
    label: str
    box: Box
    chosen: bool | None = None
    evidence: tuple[Evidence, ...]
    candidates: tuple[Candidate, ...] = ()
    indicator: str = ""
    baseline: Candidate | None = None
    districts: tuple[District, ...] = ()
    direction: Direction = "decrease"
    target_points: float | None = None
    target_by_district: dict[str, float] = {}
    owner: str = ""
    activity: str = ""
    follow_up_date: date | None = None
    forum: str = ""
    channel: str = ""
    figures: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


class PromiseBook(_Record):
    """The promises of a municipality, as in ``promises.yaml``.

    Parameters
    ----------
    municipality, diarienummer : str
        Whose, and under which registry number.
    wave : str
        Survey that they rest on.
    made : date
        Date of the draft.
    watermark : str
        Such as ``SYNTETISKA DATA``.
    places : int
        How many areas shall be prioritised.
    promises : tuple of Promise
        Focus areas, the sure ones first.
    """

    municipality: str
    diarienummer: str
    wave: str
    made: date
    watermark: str = ""
    places: int = Field(ge=1)
    promises: tuple[Promise, ...]

    @property
    def to_choose(self) -> int:
        """Places that are left for the areas that the group must choose among."""
        return max(0, self.places - sum(promise.box == "surely" for promise in self.promises))
