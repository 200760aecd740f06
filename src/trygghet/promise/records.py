"""The record of a promise: what it rests on, where it starts, what it aims at, who does what and when it is followed up."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Box = Literal["surely", "maybe", "respondents"]
Direction = Literal["decrease", "increase"]
TO_FILL = ("indicator", "target_points", "owner", "activity", "follow_up_date", "forum", "channel")


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(_Record):
    """One share with its base: in per cent, with limits only from a random sample.

    Parameters
    ----------
    item, label : str
        Key and reader's label of the item.
    stream, wave : str
        Who answered, and when.
    share : float
        Per cent.
    low, high : float, optional
        Limits of the margin of error in per cent; None for answers that are not from a random sample.
    n : int
        Unweighted base.
    """

    item: str
    label: str
    stream: str
    wave: str
    share: float
    low: float | None = None
    high: float | None = None
    n: int


class Promise(_Record):
    """One focus area on its way to a promise; empty fields are for the group to fill in.

    Parameters
    ----------
    area, label : str
        Key and reader's label of the focus area.
    box : {"surely", "maybe", "respondents"}
        Surely among the prioritised, one that the group must choose among, or most chosen by self-selected respondents.
    evidence : tuple of Evidence
        Share who want the area prioritised, one a stream; streams are never pooled.
    candidates : tuple of Evidence
        Indicators that may follow the promise up, as they stand now.
    indicator : str
        Item of the candidate that the group has chosen.
    baseline : Evidence, optional
        The chosen indicator as it stands now.
    direction : {"decrease", "increase"}
        Where the indicator shall go.
    target_points : float, optional
        Aim in percentage points.
    detectable_points : float, optional
        Smallest change, in percentage points, that a next survey like this one would normally show.
    detectable_by_area : dict of str to float
        The same by district.
    owner, activity, forum, channel : str
        Who does what; where it is followed up and how it is told to citizens.
    follow_up_date : date, optional
        When it is followed up.
    figures : tuple of str
        Files that show it.
    caveats : tuple of str
        What a reader must know.
    """

    area: str
    label: str
    box: Box
    evidence: tuple[Evidence, ...]
    candidates: tuple[Evidence, ...] = ()
    indicator: str = ""
    baseline: Evidence | None = None
    direction: Direction = "decrease"
    target_points: float | None = None
    detectable_points: float | None = None
    detectable_by_area: dict[str, float] = {}
    owner: str = ""
    activity: str = ""
    follow_up_date: date | None = None
    forum: str = ""
    channel: str = ""
    figures: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields that the group has not filled in."""
        return tuple(name for name in TO_FILL if getattr(self, name) in ("", None))


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

    @property
    def missing(self) -> dict[str, tuple[str, ...]]:
        """Fields that are not filled in, by area."""
        return {promise.area: promise.missing for promise in self.promises if promise.missing}
