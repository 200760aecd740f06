"""From screened priorities to the seed of a promise: focus areas with evidence, baseline and smallest detectable change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from trygghet.disclosure import Publishable
from trygghet.errors import Problem, PromiseError
from trygghet.estimate.estimates import Estimates
from trygghet.estimate.shares import RespondentShares
from trygghet.promise.records import Evidence, Promise, PromiseBook
from trygghet.ranking import TopSet
from trygghet.waves import detectable_next_change

Shares = Estimates | RespondentShares
DECIMALS = 1
OPEN_PLACES = 4


@dataclass(frozen=True, slots=True)
class PromiseSources:
    """What a seed is made from; all of it screened.

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
    chosen : mapping of str to str, optional
        Indicator by area, where the municipality has decided.
    """

    priorities: Publishable[TopSet] | Publishable[RespondentShares]
    others: tuple[Publishable[RespondentShares], ...] = ()
    indicators: tuple[Publishable[Estimates] | Publishable[RespondentShares], ...] = ()
    by_area: tuple[Publishable[Estimates] | Publishable[RespondentShares], ...] = ()
    chosen: Mapping[str, str] | None = None


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
    sources: PromiseSources, stamp: PromiseStamp, *, figures: Sequence[str] = (), caveats: Sequence[str] = ()
) -> PromiseBook:
    """Propose focus areas by rank set, with what is known about each and empty fields for the rest.

    Parameters
    ----------
    sources : PromiseSources
        Screened results.
    stamp : PromiseStamp
        What stands on the seed.
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
    boxes = _boxes(result)
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
    promises = tuple(
        _promise(sources, shares, (position, labels[position], box), extra=(tuple(figures), tuple(caveats)))
        for position, box in boxes
    )
    return PromiseBook(
        municipality=stamp.municipality,
        diarienummer=stamp.diarienummer,
        wave=shares.about.wave,
        made=stamp.made,
        watermark=stamp.watermark,
        places=result.m if isinstance(result, TopSet) else OPEN_PLACES,
        promises=promises,
    )


def _boxes(result: TopSet | RespondentShares) -> list[tuple[int, str]]:
    """Positions of the areas to propose, with their box; the largest share first in each."""
    if isinstance(result, TopSet):
        values = np.nan_to_num(result.ranks.estimates.values)
        order = np.argsort(-values, kind="stable").tolist()
        sure = [(int(j), "surely") for j in order if result.surely[j]]
        return sure + [(int(j), "maybe") for j in order if result.maybe[j]]
    shown = np.isfinite(result.values)
    order = np.argsort(-np.nan_to_num(result.values), kind="stable").tolist()
    return [(int(j), "respondents") for j in order if shown[j]][: OPEN_PLACES + 2]


def _promise(
    sources: PromiseSources,
    shares: Shares,
    area: tuple[int, str, str],
    *,
    extra: tuple[tuple[str, ...], tuple[str, ...]],
) -> Promise:
    """Put together what is known about one area."""
    position, label, box = area
    item = str(shares.cells["item"].iloc[position])
    name = item.rpartition(".")[2]
    beside = [
        found for other in sources.others if (found := _evidence_of(other.result, item, label)) is not None
    ]
    candidates = _candidates(sources, name)
    wanted = (sources.chosen or {}).get(name, "")
    baseline = next((each for each in candidates if each.item == wanted), None)
    detectable, by_area = _detectable(sources, wanted) if baseline else (None, {})
    return Promise(
        area=name,
        label=label,
        box=box,
        evidence=(_evidence(shares, position, label), *beside),
        candidates=candidates,
        indicator=wanted if baseline else "",
        baseline=baseline,
        detectable_points=detectable,
        detectable_by_area=by_area,
        figures=extra[0],
        caveats=extra[1],
    )


def _candidates(sources: PromiseSources, area: str) -> tuple[Evidence, ...]:
    """Indicators that the municipality has chosen for an area, or whose name holds the area's."""
    wanted = (sources.chosen or {}).get(area)
    found = []
    for publishable in sources.indicators:
        result = publishable.result
        for position, item in enumerate(result.cells["item"].astype(str)):
            fits = item == wanted if wanted else area in item
            if fits and np.isfinite(result.values[position]):
                found.append(_evidence(result, position, result.about.label(item)))
    return tuple(found)


def _detectable(sources: PromiseSources, item: str) -> tuple[float | None, dict[str, float]]:
    """Smallest change that a next survey would normally show, for everybody and by district."""
    whole = next((size for size in _sizes(sources.indicators, item).values()), None)
    return whole, _sizes(sources.by_area, item)


def _sizes(
    publishables: Sequence[Publishable[Estimates] | Publishable[RespondentShares]], item: str
) -> dict[str, float]:
    """Smallest detectable change of an item in percentage points, by domain."""
    found: dict[str, float] = {}
    for publishable in publishables:
        result = publishable.result
        if not isinstance(result, Estimates):
            continue
        sizes = detectable_next_change(result)
        for position in np.flatnonzero((result.cells["item"] == item).to_numpy()):
            if np.isfinite(sizes[position]):
                found[str(result.cells["domain"].iloc[position])] = round(
                    100 * float(sizes[position]), DECIMALS
                )
    return found


def _evidence_of(result: Shares, item: str, label: str) -> Evidence | None:
    """The same item in another stream, when it may be shown there."""
    at = np.flatnonzero((result.cells["item"] == item).to_numpy() & np.isfinite(result.values))
    return _evidence(result, int(at[0]), label) if len(at) else None


def _evidence(result: Shares, position: int, label: str) -> Evidence:
    """A cell as evidence, in per cent."""
    low = high = None
    if isinstance(result, Estimates):
        limits = result.take(np.array([position])).interval()
        low, high = (round(100 * float(limit[0]), DECIMALS) for limit in limits)
    return Evidence(
        item=str(result.cells["item"].iloc[position]),
        label=label,
        stream=result.about.stream,
        wave=result.about.wave,
        share=round(100 * float(result.values[position]), DECIMALS),
        low=low,
        high=high,
        n=int(result.n[position]),
    )


def _labels(shares: RespondentShares) -> tuple[str, ...]:
    return tuple(shares.about.label(str(item)) for item in shares.cells["item"])
