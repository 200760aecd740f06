"""From screened priorities to the seed of a promise: focus areas with evidence, baseline and smallest detectable change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from trygghet._typing import IntervalMethod
from trygghet.disclosure import Publishable
from trygghet.disclosure.publishable import refuse_unscreened
from trygghet.errors import Problem, PromiseError
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.shares import RespondentShares
from trygghet.promise.records import (
    Box,
    Candidate,
    Direction,
    District,
    Evidence,
    Promise,
    PromiseBook,
    Share,
)
from trygghet.ranking import TopSet
from trygghet.waves import detectable_next_change

Shares = Estimates | RespondentShares
DECIMALS = 1
OPEN_PLACES = 4
FILLED = (
    "chosen", "target_points", "target_by_district", "owner", "activity", "follow_up_date", "forum", "channel",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PromiseSources:
    """What a seed is made from; all numbers are screened.

    Parameters
    ----------
    priorities : Publishable of TopSet or of RespondentShares
        Which areas most people want prioritised.
    others : tuple of Publishable of RespondentShares, default ()
        The same question in other streams; they stand beside, never pooled.
    indicators : tuple of Publishable, default ()
        Shares for everybody together that can follow a promise up.
    by_area : tuple of Publishable, default ()
        The same by district.
    declared : mapping of str to tuple of str, optional
        Indicators that may follow an area up, by area, as the municipality has declared them.
    asked : mapping of str to (str, direction), optional
        Wording of each indicator's question, and where better lies.
    collected : mapping of str to (date, date), optional
        First and last day of collection by stream.
    joined : tuple of str, default ()
        Areas that are no proposal of their own, because a union stands for them.
    level : float, default 0.95
        Level of the limits.
    change_level : float, default 0.95
        Level of one comparison that the smallest detectable changes are for: the one by which a follow-up will be judged.
    interval : str, default "wilson-korn-graubard"
        Method of the limits.

    Raises
    ------
    DisclosureError
        SEK-15 when a result has not been screened.
    """

    priorities: Publishable[TopSet] | Publishable[RespondentShares]
    others: tuple[Publishable[RespondentShares], ...] = ()
    indicators: tuple[Publishable[Estimates] | Publishable[RespondentShares], ...] = ()
    by_area: tuple[Publishable[Estimates] | Publishable[RespondentShares], ...] = ()
    declared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked: Mapping[str, tuple[str, Direction]] = field(default_factory=dict)
    collected: Mapping[str, tuple[date | None, date | None]] = field(default_factory=dict)
    joined: tuple[str, ...] = ()
    level: float = 0.95
    change_level: float = 0.95
    interval: IntervalMethod = "wilson-korn-graubard"

    def __post_init__(self) -> None:
        refuse_unscreened((self.priorities, self.others, self.indicators, self.by_area))


@dataclass(frozen=True, slots=True)
class PromiseStamp:
    """What stands on the seed.

    Parameters
    ----------
    municipality, diarienummer : str
        Whose, and under which registry number.
    made : date
        Date of the draft, from the parameters.
    watermark : str, default ""
        Such as ``SYNTETISKA DATA``.
    """

    municipality: str
    diarienummer: str
    made: date
    watermark: str = ""


def seed_promises(
    sources: PromiseSources,
    stamp: PromiseStamp,
    *,
    former: PromiseBook | None = None,
    figures: Sequence[str] = (),
    caveats: Sequence[str] = (),
) -> PromiseBook:
    """Propose focus areas by rank set, with what is known about each and empty fields for the rest.

    Parameters
    ----------
    sources : PromiseSources
        Screened results.
    stamp : PromiseStamp
        What stands on the seed.
    former : PromiseBook, optional
        An earlier seed; what the group filled in there is kept, and an area that it chose stays even when it is no longer proposed.
    figures : sequence of str, default ()
        Figure files, relative to the seed.
    caveats : sequence of str, default ()
        Sentences that a reader must know.

    Returns
    -------
    PromiseBook
        Areas that are surely among the prioritised, then those that the group must choose among; without a random sample
        the most chosen areas, marked as such.

    Raises
    ------
    PromiseError
        LOFTE-01 when no area may be shown.
    """
    result = sources.priorities.result
    shares: Shares = result.ranks.estimates if isinstance(result, TopSet) else result
    boxes = _boxes(result, sources.joined)
    if not boxes:
        raise PromiseError(
            Problem(
                code="LOFTE-01",
                what="No focus area may be shown.",
                why="All of them rest on too few answers, or the question was not asked.",
                remedy="Choose focus areas by other evidence, and write promises.yaml by hand.",
            )
        )
    labels = result.ranks.labels if isinstance(result, TopSet) else _labels(result)
    kept = {promise.area: promise for promise in former.promises} if former else {}
    proposed = []
    for position, box in boxes:
        area = str(shares.cells["item"].iloc[position]).rpartition(".")[2]
        at = _evidence(sources, shares, position, label=labels[position])
        seed = _promise(sources, at, area, box=box, wanted=_wanted(kept.get(area)))
        seed = seed.model_copy(update={"figures": tuple(figures), "caveats": tuple(caveats)})
        proposed.append(_filled(seed, kept.pop(area, None)))
    return PromiseBook(
        municipality=stamp.municipality,
        diarienummer=stamp.diarienummer,
        wave=shares.about.wave,
        made=stamp.made,
        watermark=stamp.watermark,
        places=result.m if isinstance(result, TopSet) else OPEN_PLACES,
        promises=(*proposed, *(promise for promise in kept.values() if promise.chosen)),
    )


def _boxes(result: TopSet | RespondentShares, joined: Sequence[str]) -> list[tuple[int, Box]]:
    """Positions of the areas to propose, with their box; the largest share first in each."""
    if isinstance(result, TopSet):
        values = np.nan_to_num(result.ranks.estimates.values)
        order = np.argsort(-values, kind="stable").tolist()
        sure: list[tuple[int, Box]] = [(int(j), "surely") for j in order if result.surely[j]]
        return [*sure, *((int(j), "maybe") for j in order if result.maybe[j])]
    apart = [item.rpartition(".")[2] not in joined for item in result.cells["item"].astype(str)]
    shown = np.isfinite(result.values) & np.array(apart)
    order = np.argsort(-np.nan_to_num(result.values), kind="stable").tolist()
    found: list[tuple[int, Box]] = [(int(j), "respondents") for j in order if shown[j]]
    return found[: OPEN_PLACES + 2]


def _promise(sources: PromiseSources, first: Evidence, area: str, *, box: Box, wanted: str) -> Promise:
    """Put together what is known about one area."""
    beside = [found for other in sources.others if (found := _same(sources, other.result, first)) is not None]
    every = tuple(_every_candidate(sources))
    near = _near(every, area, sources.declared.get(area, ()))
    baseline = (
        next((each for each in every if each.item == wanted), None) if wanted else next(iter(near), None)
    )
    return Promise(
        area=area,
        label=first.label,
        box=box,
        chosen=True if box == "surely" else None,
        evidence=(first, *beside),
        candidates=near,
        indicator=wanted or (baseline.item if baseline else ""),
        baseline=baseline,
        districts=tuple(_districts(sources, baseline.item)) if baseline else (),
        direction=baseline.direction if baseline else "decrease",
    )


def _labels(shares: RespondentShares) -> tuple[str, ...]:
    return tuple(shares.about.label(str(item)) for item in shares.cells["item"])


def _wanted(former: Promise | None) -> str:
    """The indicator that the group has taken; empty where it left the program's proposal as it was."""
    if former is None:
        return ""
    proposal = former.candidates[0].item if former.candidates else ""
    return former.indicator if former.indicator != proposal else ""


def _filled(seed: Promise, former: Promise | None) -> Promise:
    """A fresh seed with what the group filled in before."""
    if former is None:
        return seed
    kept = {name: value for name in FILLED if (value := getattr(former, name)) not in ("", None, {})}
    turned = former.baseline is not None and former.direction != former.baseline.direction
    return seed.model_copy(update=kept | ({"direction": former.direction} if turned else {}))


def _every_candidate(sources: PromiseSources) -> Iterator[Candidate]:
    """Every indicator that may be shown, as it stands now."""
    for publishable in sources.indicators:
        result = publishable.result
        sizes = (
            detectable_next_change(result, level=sources.change_level)
            if isinstance(result, Estimates)
            else np.full(len(result), np.nan)
        )
        for position, item in enumerate(result.cells["item"].astype(str)):
            if np.isfinite(result.values[position]):
                shown = _evidence(sources, result, position, label=result.about.label(item))
                question, direction = sources.asked.get(item, ("", "decrease"))
                yield Candidate(
                    **shown.model_dump(),
                    question=question,
                    direction=direction,
                    detectable_points=_points(sizes[position]),
                )


def _near(every: Sequence[Candidate], area: str, declared: Sequence[str]) -> tuple[Candidate, ...]:
    """Indicators that are declared for an area, or else those whose name holds the area's."""
    if declared:
        by_item = {each.item: each for each in every}
        return tuple(by_item[item] for item in declared if item in by_item)
    return tuple(each for each in every if area in each.item)


def _districts(sources: PromiseSources, item: str) -> Iterator[District]:
    """An indicator by district, with the smallest change that a next survey would show there."""
    for publishable in sources.by_area:
        result = publishable.result
        sizes = (
            detectable_next_change(result, level=sources.change_level)
            if isinstance(result, Estimates)
            else np.full(len(result), np.nan)
        )
        for position in np.flatnonzero((result.cells["item"] == item).to_numpy()):
            if np.isfinite(result.values[position]):
                yield District(
                    **_share(sources, result, int(position)).model_dump(),
                    name=str(result.cells["domain"].iloc[position]),
                    detectable_points=_points(sizes[position]),
                )


def _points(size: float) -> float | None:
    return round(100 * float(size), DECIMALS) if np.isfinite(size) else None


def _same(sources: PromiseSources, result: Shares, first: Evidence) -> Evidence | None:
    """The same item in another stream, when it may be shown there."""
    at = np.flatnonzero((result.cells["item"] == first.item).to_numpy() & np.isfinite(result.values))
    return _evidence(sources, result, int(at[0]), label=first.label) if len(at) else None


def _evidence(sources: PromiseSources, result: Shares, position: int, *, label: str) -> Evidence:
    """A cell as evidence, in per cent."""
    start, end = sources.collected.get(result.about.stream, (None, None))
    return Evidence(
        **_share(sources, result, position).model_dump(),
        item=str(result.cells["item"].iloc[position]),
        label=label,
        stream=result.about.stream,
        wave=result.about.wave,
        start=start,
        end=end,
    )


def _share(sources: PromiseSources, result: Shares, position: int) -> Share:
    """A cell in per cent, with limits where it has any."""
    low = high = None
    if isinstance(result, Estimates):
        limits = result.take(np.array([position])).interval(sources.level, sources.interval)
        low, high = (round(100 * float(limit[0]), DECIMALS) for limit in limits)
    return Share(
        share=round(100 * float(result.values[position]), DECIMALS),
        low=low,
        high=high,
        n=int(result.n[position]),
        uncertain=str(result.status[position]) == "uncertain",
    )
