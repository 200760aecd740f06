"""Tables of rankings: priorities by stream, whether an order holds, districts, and what a composite is made of."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from trygghet.ranking import (
    BayesRanks,
    OrderCheck,
    OrderStability,
    RankSets,
    RespondentOrder,
    TopSet,
    by_stream,
)
from trygghet.ranking.composite import CompositePriority, method_uncertainty, sensitivity
from trygghet.report.composite_figures import decided_by
from trygghet.report.inputs import WaveReport
from trygghet.report.look import Look
from trygghet.report.rank_figures import places_text
from trygghet.report.reading import bracketed
from trygghet.report.tables import Sheet, Value
from trygghet.report.wording import NOT_ASKED, WITHHELD, Wording

SENSITIVITY_SIZE = 512
DISTRICTS_FIRST = 3
_ITSELF = ("–", "–")


@dataclass(frozen=True, slots=True)
class Laid:
    """A table of its own, with what has to stand beside it.

    Parameters
    ----------
    name : str
        Name of the part.
    heading : str
        Its heading.
    caption : str
        Caption of the table.
    table : Sheet
        The table.
    notes : tuple of str
        Lines below.
    short : Sheet, optional
        The same in fewer columns, for a page.
    """

    name: str
    heading: str
    caption: str
    table: Sheet
    notes: tuple[str, ...]
    short: Sheet | None = None

    @property
    def brief(self) -> Sheet:
        """The table as a page has room for it."""
        return self.short or self.table


def rank_tables(report: WaveReport, look: Look) -> tuple[Laid, ...]:
    """Lay out what a report has of priorities beside its first figure: streams side by side, and whether orders hold.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    look : Look
        Language, level and method of the intervals.

    Returns
    -------
    tuple of Laid
        Tables for readers.
    """
    words = look.words
    streams: dict[str, TopSet | RespondentOrder] = {}
    if report.priorities is not None and isinstance(report.priorities.result, TopSet):
        streams[report.facts.focus] = report.priorities.result
    orders = [each.result for each in report.orders]
    streams |= {found.order.shares.about.stream: found.order for found in orders}
    m = next((found.m for found in orders), None)
    told = [_side_by_side(streams, look, m=m)] if len(streams) > 1 and m is not None else []
    return (*told, *(_holding(found, report, words=words) for found in orders))


def annex_tables(report: WaveReport, words: Wording) -> tuple[Laid, ...]:
    """Lay out what belongs to the method annex: what a composite is made of, and districts by the model.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    words : Wording
        Language.

    Returns
    -------
    tuple of Laid
        Tables for the annex.
    """
    composite = () if report.composite is None else (_made_of(report.composite.result, words),)
    return (
        *composite,
        *(_districts(each.result, report.facts.area_word, words) for each in report.area_ranks),
    )


def _side_by_side(streams: dict[str, TopSet | RespondentOrder], look: Look, *, m: int | None) -> Laid:
    """The same question in every stream, nothing pooled."""
    found, words = by_stream(streams, m=m), look.words
    number = words.in_words(found.m)
    heads = [words["column.area"]]
    columns: list[dict[str, tuple[Value, ...]]] = []
    names: tuple[str, ...]
    for stream, result in streams.items():
        if isinstance(result, TopSet):
            names = ("share", "margin", "box")
            columns.append(_sampled(result, found.labels, look, m=number))
        else:
            names = ("share.open", "place.open")
            columns.append(_described(result, found.labels, words))
        heads += [words[f"streams.{name}"].format(stream=stream) for name in names]
    agreed = {label: words[f"agreement.{found.agreement(label)}"].format(m=number) for label in found.labels}
    rows = tuple(
        (label, *(value for c in columns for value in c[label]), agreed[label]) for label in found.labels
    )
    heads.append(words["streams.agreement"].format(m=number))
    sampled = [name for name, result in streams.items() if isinstance(result, TopSet)]
    note = (
        words["streams.note"].format(stream=words.listing(tuple(sampled)))
        if sampled
        else words["streams.note.open"]
    )
    return Laid(
        "olika_hall",
        words["section.streams"],
        words["table.bystream"],
        Sheet(tuple(heads), rows),
        (note,),
    )


def _sampled(top: TopSet, labels: tuple[str, ...], look: Look, *, m: str) -> dict[str, tuple[Value, ...]]:
    """Share, interval and box of each option in a random sample."""
    words = look.words
    frame = top.to_frame(level=look.level, interval=look.interval).set_index("label")
    unsure = dict(zip(top.ranks.labels, top.ranks.estimates.status == "uncertain", strict=True))
    told: dict[str, tuple[Value, ...]] = dict.fromkeys(labels, (NOT_ASKED,) * 3)
    for label, row in frame.iterrows():
        if not math.isfinite(row["estimate"]):
            told[str(label)] = (WITHHELD,) * 3
            continue
        box = words[f"box.{row['box']}"].format(m=m) if row["box"] != "unranked" else WITHHELD
        limits = words.limits(row["ci_low"], row["ci_high"])
        share = bracketed(words.number(100 * row["estimate"]), unsure=bool(unsure[str(label)]))
        told[str(label)] = (share, limits, box)
    return told


def _described(
    order: RespondentOrder, labels: tuple[str, ...], words: Wording
) -> dict[str, tuple[Value, ...]]:
    """Share and place among the respondents of each option."""
    told: dict[str, tuple[Value, ...]] = dict.fromkeys(labels, (NOT_ASKED,) * 2)
    for j, label in enumerate(order.labels):
        value, place = float(order.values[j]), int(order.place[j])
        unsure = str(order.shares.status[j]) == "uncertain"
        told[label] = (
            (bracketed(words.number(100 * value), unsure=unsure), str(place))
            if place
            else (WITHHELD, WITHHELD)
        )
    return told


def _holding(found: OrderStability, report: WaveReport, *, words: Wording) -> Laid:
    """Whether the first places among respondents hold under other ways to count."""
    m, stream = words.in_words(found.m), found.order.shares.about.stream
    columns = tuple(words[f"order.{name}"].format(m=m) for name in ("way", "n", "first", "members", "same"))
    ns = found.order.shares.n
    rows: list[tuple[Value, ...]] = [
        (words["order.plain"], words.number(int(ns.max(initial=0))), _numbered(found.first()), *_ITSELF)
    ]
    rows += [_way(found, check, report, words=words) for check in found.checks]
    if not found.checks:
        columns, rows = columns[:3], [row[:3] for row in rows]
    known = [check for check in found.checks if check.known]
    notes = []
    if known:
        notes.append(
            words["order.stable" if all(map(found.same_members, known)) else "order.unstable"].format(m=m)
        )
    if not any(check.kind == "raked" for check in found.checks):
        notes.append(words["order.unraked"])
    line = found.selection
    if line is not None and math.isfinite(line.ratio):
        ratio = words.number(line.ratio, 2)
        notes.append(words["order.selection"].format(inside=line.inside, outside=line.outside, ratio=ratio))
    return Laid(
        f"ordning_{stream}",
        words["section.order"].format(stream=stream),
        words["table.order"].format(m=m, stream=stream),
        Sheet(columns, tuple(rows)),
        tuple(notes),
    )


def _way(
    found: OrderStability, check: OrderCheck, report: WaveReport, *, words: Wording
) -> tuple[Value, ...]:
    """One other way to count."""
    random = {stream.name for stream in report.facts.streams if stream.probability}
    key = "sample" if check.kind == "stream" and check.detail in random else check.kind
    told = words[f"order.{key}"].format(detail=check.detail)
    if not check.known:
        return (told, *(WITHHELD,) * 4)
    first = found.first(check)
    answers = (
        words["yes"] if same else words["no"] for same in (found.same_members(check), first == found.first())
    )
    return (told, words.number(check.n), _numbered(first), *answers)


def _numbered(labels: tuple[str, ...]) -> str:
    """Labels in order; ``1 Narkotika, 2 Trafik``; no place stands alone at the end of a line."""
    return ", ".join(f"{place}\N{NO-BREAK SPACE}{label}" for place, label in enumerate(labels, start=1))


def _districts(found: BayesRanks | RankSets, area_word: str, words: Wording) -> Laid:
    """Districts by an indicator: rank sets, and the model beside where there is one."""
    sets = found.sets if isinstance(found, BayesRanks) else found
    item = sets.estimates.about.label(str(sets.estimates.cells["item"].iloc[0]))
    heads = [area_word.capitalize(), words["column.share"], words["column.places"]]
    notes = [words["districts.sets"].format(level=words.level(sets.options.level))]
    if isinstance(found, BayesRanks):
        m = words.in_words(DISTRICTS_FIRST)
        heads += [words[f"districts.{name}"].format(m=m) for name in ("mean", "expected", "first")]
        notes.append(words["districts.model"])
    rows: list[tuple[Value, ...]] = []
    for j in sets.order:
        shown = bool(sets.ranked[j])
        unsure = str(sets.estimates.status[j]) == "uncertain"
        share = bracketed(words.number(100 * float(sets.values[j])), unsure=unsure) if shown else WITHHELD
        model = _model_cells(found, int(j), words) if isinstance(found, BayesRanks) else ()
        rows.append((sets.labels[j], share, places_text(sets, int(j)), *model))
    name = f"omradesplacering_{sets.estimates.cells['item'].iloc[0]}"
    title = words["section.districts"].format(item=item)
    return Laid(name, title, title, Sheet(tuple(heads), tuple(rows)), tuple(notes))


def _model_cells(found: BayesRanks, j: int, words: Wording) -> tuple[Value, ...]:
    """What the model says of one district."""
    if not math.isfinite(found.mean[j]):
        return (WITHHELD,) * 3
    chance = 100 * float(found.among_first(DISTRICTS_FIRST)[j])
    told = (
        words["power.hardly"]
        if chance < 1
        else words["power.nearly"]
        if chance > 99
        else words.number(chance)
    )
    return words.number(100 * float(found.mean[j])), words.number(float(found.expected_rank[j]), 1), told


def _made_of(found: CompositePriority, words: Wording) -> Laid:
    """The sources of a composite with everything that was declared, and which choice matters most."""
    names = ("source", "pillar", "weight", "unit", "period", "population", "coverage", "scale", "error")
    rows: list[tuple[str, ...]] = []
    for row in found.declaration().to_dict("records"):
        told = [str(row[name]) for name in ("unit", "period", "population", "coverage")]
        weight, error = words.number(100 * row["weight"]), words["yes" if row["sampling_error"] else "no"]
        rows.append((row["source"], row["pillar"], weight, *told, _scale(row, words), error))
    heading = words["section.sources"]
    heads = tuple(words[f"sources.{name}"] for name in names)
    return Laid(
        "sammanvagningens_kallor",
        heading,
        heading,
        Sheet(heads, tuple(rows)),
        _composite_notes(found, words),
        _short_sources(rows, words),
    )


def _short_sources(rows: Sequence[tuple[str, ...]], words: Wording) -> Sheet:
    """The sources in the columns that a page has room for: what belongs together stands together."""
    heads = tuple(
        words[f"sources.{name}"]
        for name in ("source", "weight", "counted", "population", "coverage", "scale", "error")
    )
    short = tuple(
        (f"{source} ({pillar})", weight, f"{unit}, {period}", *told)
        for source, pillar, weight, unit, period, *told in rows
    )
    return Sheet(heads, short)


@lru_cache(maxsize=4)
def _most_influential(found: CompositePriority) -> str:
    """The choice that moves the order most; page, workbook and Word draft ask for the same composite."""
    return sensitivity(found, size=SENSITIVITY_SIZE).most_influential


def _scale(row: Mapping[Any, Any], words: Wording) -> str:
    """Which numbers are 0 and 1 on the scale, or what they are relative to."""
    if row["goalposts"] is None:
        return words["sources.reference"].format(value=words.number(row["reference"], 1))
    low, high = (words.number(post, 1) for post in row["goalposts"])
    return words["sources.posts"].format(low=low, high=high)


def _composite_notes(found: CompositePriority, words: Wording) -> tuple[str, ...]:
    """Who decided, what happens where a number is missing, and which choices move the order."""
    notes = [decided_by(found, words), words["sources.sum"]]
    lacking = tuple(p for p, s in zip(found.problems, found.status, strict=True) if s == "renormalised")
    if lacking:
        notes.append(words["sources.renormalised"].format(areas=words.listing(lacking)))
    if found.shown.any():
        first = min(DISTRICTS_FIRST, int(found.shown.sum()))
        unsure = method_uncertainty(found).changes_among_first(first)
        if unsure:
            notes.append(words["sources.unsure"].format(m=words.in_words(first), areas=words.listing(unsure)))
        choice = _most_influential(found)
        if choice.startswith("weight of "):
            told = words["choice.weight"].format(source=choice.removeprefix("weight of "))
        else:
            told = words[f"choice.{choice}"]
        notes.append(words["sources.influence"].format(choice=told))
    return tuple(notes)
