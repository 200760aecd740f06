"""What a promise still lacks before it can be signed and followed up."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from trygghet.promise.records import TO_FILL, Promise, PromiseBook

GapKind = Literal["undecided", "missing", "no_baseline", "small_target", "too_many"]


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a promise lacks.

    Parameters
    ----------
    kind : {"undecided", "missing", "no_baseline", "small_target", "too_many"}
        Not decided whether it becomes a focus area; a field is empty; the baseline is not that of the chosen
        indicator, so the seed must be made anew; the target is smaller
        than a next survey would show; more areas are chosen than there are places.
    area, label : str
        Key and reader's label of the focus area; empty where it concerns them all.
    field : str
        Field of ``promises.yaml``.
    district : str
        District of a target that is too small; empty for the whole municipality.
    """

    kind: GapKind
    area: str
    label: str
    field: str
    district: str = ""


def promise_gaps(book: PromiseBook) -> tuple[Gap, ...]:
    """List what is missing or cannot be followed up, area by area in the book's order.

    Parameters
    ----------
    book : PromiseBook
        Promises, filled in or not.

    Returns
    -------
    tuple of Gap
        Empty when everything is in place; an area that the group has declined lacks nothing.

    Examples
    --------
    >>> import datetime as dt
    >>> from trygghet.promise import Promise
    >>> area = Promise(area="trafik", label="Trafik", box="maybe", evidence=())
    >>> book = PromiseBook(municipality="Exempelstad", diarienummer="", wave="2026", made=dt.date(2026, 11, 22), places=1,
    ...                    promises=(area,))
    >>> [gap.kind for gap in promise_gaps(book)]
    ['undecided']
    """
    gaps = [gap for promise in book.promises for gap in _of_area(promise)]
    taken = sum(bool(promise.chosen) for promise in book.promises)
    return (*gaps, Gap("too_many", "", "", "chosen")) if taken > book.places else tuple(gaps)


def _of_area(promise: Promise) -> Iterator[Gap]:
    if promise.chosen is None:
        yield Gap("undecided", promise.area, promise.label, "chosen")
    if not promise.chosen:
        return
    for name in TO_FILL:
        if getattr(promise, name) in ("", None):
            yield Gap("missing", promise.area, promise.label, name)
    if promise.indicator and (promise.baseline is None or promise.baseline.item != promise.indicator):
        yield Gap("no_baseline", promise.area, promise.label, "indicator")
    yield from _small_targets(promise)


def _small_targets(promise: Promise) -> Iterator[Gap]:
    """Targets that a next survey of the same size would normally not show."""
    whole = promise.baseline.detectable_points if promise.baseline else None
    if promise.target_points is not None and whole is not None and abs(promise.target_points) < whole:
        yield Gap("small_target", promise.area, promise.label, "target_points")
    sizes = {district.name: district.detectable_points for district in promise.districts}
    for name, target in promise.target_by_district.items():
        size = sizes.get(name)
        if size is not None and abs(target) < size:
            yield Gap("small_target", promise.area, promise.label, "target_by_district", name)
