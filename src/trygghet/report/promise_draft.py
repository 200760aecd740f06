"""The draft of a promise: ``promises.yaml`` and ``lofte_utkast.docx``, with what is known and yellow fields for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docx.document import Document

from trygghet.errors import Problem, PromiseError
from trygghet.promise import (
    Candidate,
    Evidence,
    Promise,
    PromiseBook,
    PromiseSources,
    PromiseStamp,
    current_promises,
    read_promises,
    seed_promises,
    write_draft,
    write_promises,
)
from trygghet.promise.files import NAME
from trygghet.promise.records import Direction, Share
from trygghet.report.figures import Planned, planned_figures, rendered_figures
from trygghet.report.inputs import WaveReport
from trygghet.report.look import PLAIN, Look, foreseen
from trygghet.report.method import weaknesses
from trygghet.report.reading import bracketed
from trygghet.report.screened import refuse_unless
from trygghet.report.word_parts import (
    BASE,
    MARK,
    data_table,
    docx_bytes,
    fill_in,
    heading,
    keep_together,
    keep_whole,
    new_document,
    picture,
    written,
)
from trygghet.report.wording import Wording

DRAFT: Final = "lofte_utkast.docx"
FIGURES: Final = ("prioritering", "problem", "omraden", "utveckling")
_BETTER: Final[Mapping[str, Direction]] = {"high": "decrease", "low": "increase"}


def write_promise_seed(
    report: WaveReport,
    folder: Path,
    *,
    look: Look = PLAIN,
    declared: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Path, ...]:
    """Write the seed of a promise: the record to fill in, and the draft to discuss.

    What the group has filled in already is kept: it is read from the file that they edited and follows into the draft.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    folder : Path
        Folder of the drafts, beside the wave's ``figures``; a file that somebody has edited is left alone and the new one is written
        beside it.
    look : Look
        Language and level.
    declared : mapping of str to tuple of str, optional
        Indicators that may follow each area up, where the municipality has declared them.

    Returns
    -------
    tuple of Path
        ``promises.yaml`` and ``lofte_utkast.docx``, as they were named.

    Raises
    ------
    PromiseError
        LOFTE-01 when the wave has no priorities that may be shown; LOFTE-02 and LOFTE-03 when the file that the group edited is wrong.
    ReportError
        RAPP-03 for anything but a report of screened results.
    """
    refuse_unless(WaveReport, report)
    current = current_promises(folder)
    former = read_promises(current) if current else None
    book = promise_book(report, look=look, declared=declared, former=former)
    content = promise_document(book, report, look=look)
    record = current if current and book == former else write_promises(folder / NAME, book)
    return record, write_draft(folder / DRAFT, content)


def promise_book(
    report: WaveReport,
    *,
    look: Look = PLAIN,
    declared: Mapping[str, tuple[str, ...]] | None = None,
    former: PromiseBook | None = None,
) -> PromiseBook:
    """Seed the promises of a wave.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    look : Look
        Language and level.
    declared : mapping of str to tuple of str, optional
        Indicators that may follow each area up.
    former : PromiseBook, optional
        An earlier seed with what the group filled in.

    Returns
    -------
    PromiseBook
        Focus areas with evidence.

    Raises
    ------
    PromiseError
        LOFTE-01 when the wave has no priorities that may be shown.
    ReportError
        RAPP-03 for anything but a report of screened results.
    """
    refuse_unless(WaveReport, report)
    if report.priorities is None:
        raise PromiseError(
            Problem(
                code="LOFTE-01", what="The wave has no priorities.", remedy="Write promises.yaml by hand."
            )
        )
    stamp, facts = report.stamp, report.facts
    sources = PromiseSources(
        priorities=report.priorities,
        others=report.other_priorities,
        indicators=tuple(each for each in (report.problems, report.levels) if each is not None),
        by_area=tuple(each for each in (report.areas, report.level_areas) if each is not None),
        declared=declared or {},
        asked={name: (item.question, _BETTER[item.worse]) for name, item in facts.items.items()},
        collected={stream.name: (stream.start, stream.end) for stream in facts.streams},
        joined=facts.joined,
        level=look.level,
        change_level=foreseen(look, report.facts.families).change_level,
        interval=look.interval,
    )
    return seed_promises(
        sources,
        PromiseStamp(stamp.municipality, stamp.diarienummer, stamp.date, stamp.watermark),
        former=former,
        figures=tuple(f"../figures/{name}.png" for name in _attached(report, look)),
        caveats=weaknesses(report, look.words),
    )


def promise_document(book: PromiseBook, report: WaveReport, *, look: Look = PLAIN) -> bytes:
    """Write the draft of a promise.

    Parameters
    ----------
    book : PromiseBook
        Focus areas with evidence, filled in or not.
    report : WaveReport
        Facts of the survey, and the figures to attach.
    look : Look
        Language.

    Returns
    -------
    bytes
        Word file.

    Raises
    ------
    ReportError
        RAPP-03 for anything but a report of screened results.
    """
    refuse_unless(WaveReport, report)
    look, words = foreseen(look, report.facts.families), look.words
    title = words["promise.title"].format(municipality=book.municipality)
    document = new_document(report.stamp, words, title=title, status=words["word.draft"])
    figures = _Figures(document, report, look)
    written(document, words["word.draft"], MARK)
    written(document, title, "Title")
    written(document, words["promise.intro"].format(wave=book.wave, diarienummer=book.diarienummer))
    if book.watermark:
        written(document, book.watermark, MARK)
    for caveat in book.promises[0].caveats:
        written(document, caveat)
    figures.add(FIGURES[0])
    how = {stream.name: words[f"how.{stream.sampling}"] for stream in report.facts.streams}
    for box in ("surely", "maybe", "respondents"):
        _group(document, book, box, look=look, how=how)
    heading(document, words["promise.follow"])
    fill_in(document, words["word.fill"], words["promise.follow.prompts"].split("|"))
    if len(figures.names) > 1:
        heading(document, words["promise.figures"], new_page=True)
        files = words.listing(tuple(f"{name}.png" for name in figures.names))
        written(document, words["promise.figures.files"].format(files=files))
        for name in figures.names[1:]:
            figures.add(name)
    return docx_bytes(document)


def _attached(report: WaveReport, look: Look) -> dict[str, Planned]:
    """The wave's figures that a promise rests on."""
    planned = planned_figures(report, look)
    return {name: planned[name] for name in FIGURES if name in planned}


class _Figures:
    """Adds the figures that a promise rests on to a document."""

    def __init__(self, document: Document, report: WaveReport, look: Look) -> None:
        self._document = document
        self._planned = _attached(report, look)
        self._rendered = rendered_figures(report, self._planned)

    @property
    def names(self) -> tuple[str, ...]:
        """Figures that the wave has."""
        return tuple(self._planned)

    def add(self, name: str) -> None:
        """Add a figure when the wave has it."""
        if name in self._planned:
            caption, made = self._planned[name].caption, self._rendered[name]
            picture(self._document, made.png, caption=caption.title, alt=made.alt)


def _group(document: Document, book: PromiseBook, box: str, *, look: Look, how: Mapping[str, str]) -> None:
    """Write the areas of a box."""
    words = look.words
    inside = [promise for promise in book.promises if promise.box == box]
    if not inside:
        return
    heading(document, words[f"promise.box.{box}"], new_page=True)
    if box == "maybe":
        chosen, among = words.in_words(book.to_choose), words.in_words(len(inside))
        written(document, words["promise.choose"].format(places=chosen, areas=among))
    for number, promise in enumerate(inside):
        first = heading(document, promise.label, 2, new_page=number > 0 and bool(promise.candidates))
        _Area(document, look, how).write(promise)
        if not promise.candidates:
            keep_whole(document, first)


def _start_heads(sampled: bool) -> tuple[str, ...]:  # noqa: FBT001 - one thing to say
    """Headings of where a share stands."""
    return ("now", "n", "detectable") if sampled else ("now.open", "n")


@dataclass(frozen=True, slots=True)
class _Area:
    """Writes one area: evidence a stream, indicators, baseline beside target, and the fields to fill in."""

    document: Document
    look: Look
    how: Mapping[str, str]

    @property
    def words(self) -> Wording:
        """Language."""
        return self.look.words

    def write(self, promise: Promise) -> None:
        """Write an area."""
        words = self.words
        heads = tuple(words[f"promise.{name}"] for name in ("stream", "share", "margin", "n", "when"))
        rows = [self._evidence_row(each) for each in promise.evidence]
        caption = words["promise.evidence"].format(area=promise.label)
        data_table(self.document, heads, rows, caption=caption, widths=(2.8, 0.7, 1.4, 1.1, 1.6))
        if promise.candidates:
            self._candidates(promise)
        else:
            written(self.document, words["promise.candidates.none"])
        if promise.baseline is not None:
            self._targets(promise, promise.baseline)
        fields = [(words[f"promise.field.{name}"], told) for name, told in self._fields(promise).items()]
        heads = (words["promise.field"], words["word.answer"])
        caption = words["promise.fields"].format(area=promise.label)
        keep_together(
            self.document, data_table(self.document, heads, fields, caption=caption, widths=(1.1, 1.6))
        )

    def _candidates(self, promise: Promise) -> None:
        """Indicators that may follow the promise up, as they stand now."""
        words = self.words
        sampled = any(each.low is not None for each in promise.candidates)
        rows = [
            (each.label, *self._start(each, each.detectable_points, sampled=sampled))
            for each in promise.candidates
        ]
        heads = tuple(words[f"promise.{name}"] for name in ("indicator", *_start_heads(sampled)))
        caption = words["promise.candidates"].format(area=promise.label)
        widths = (2.1, 1.5, 1.05, 1.9) if sampled else (2.1, 1.5, 1.05)
        data_table(self.document, heads, rows, caption=caption, widths=widths)

    def _targets(self, promise: Promise, baseline: Candidate) -> None:
        """The baseline and the smallest detectable change beside a target, for the whole municipality and by district."""
        words = self.words
        aims = promise.target_by_district
        sampled = baseline.low is not None
        whole = self._start(baseline, baseline.detectable_points, sampled=sampled)
        rows = [(words["promise.whole"], *whole, self._points(promise.target_points))]
        for each in promise.districts:
            start = self._start(each, each.detectable_points, sampled=sampled)
            rows.append((each.name, *start, self._points(aims.get(each.name))))
        heads = tuple(words[f"promise.{name}"] for name in ("place", *_start_heads(sampled), "target"))
        caption = words["promise.targets"].format(indicator=baseline.label)
        widths = (1.4, 1.35, 1.0, 1.65, 1.6) if sampled else (1.6, 1.6, 1.0, 1.6)
        data_table(self.document, heads, rows, caption=caption, widths=widths)
        source, when = self._source(baseline), self._when(baseline)
        notes = [words["promise.source"].format(source=source, when=when)]
        if baseline.question:
            notes.append(words["question"].format(question=baseline.question))
        if baseline.detectable_points is not None:
            notes.append(self.look.of_changes("word.focus.reading"))
        written(self.document, " ".join(notes), BASE)

    def _start(self, share: Share, size: float | None, *, sampled: bool) -> tuple[str, ...]:
        """Where a share stands, its base, and in a random sample the smallest change that a next survey would show."""
        unknown = self.words["promise.detectable.unknown"]
        detectable = (self._points(size) or unknown,) if sampled else ()
        return self._shown(share), self.words.number(share.n), *detectable

    def _fields(self, promise: Promise) -> dict[str, str]:
        """What the group fills in, and what stands there now."""
        words = self.words
        decided = {None: "", True: words["promise.chosen.yes"], False: words["promise.chosen.no"]}
        return {
            "chosen": decided[promise.chosen],
            "indicator": promise.baseline.label if promise.baseline else promise.indicator,
            "direction": words[f"promise.direction.{promise.direction}"] if promise.indicator else "",
            "owner": promise.owner,
            "activity": promise.activity,
            "date": words.day(promise.follow_up_date) if promise.follow_up_date else "",
            "forum": promise.forum,
            "channel": promise.channel,
        }

    def _evidence_row(self, evidence: Evidence) -> tuple[str, ...]:
        """One stream's share; an interval only where there is one."""
        words = self.words
        share = words.percent(evidence.share / 100)
        return (
            self._source(evidence),
            bracketed(share, unsure=evidence.uncertain),
            self._limits(evidence) or words["promise.margin.none"],
            words.number(evidence.n),
            self._when(evidence),
        )

    def _source(self, evidence: Evidence) -> str:
        how = self.how.get(evidence.stream, "")
        return f"{evidence.stream} ({how})" if how else evidence.stream

    def _when(self, evidence: Evidence) -> str:
        return self.words.months(evidence.start, evidence.end) or evidence.wave

    def _limits(self, share: Share) -> str:
        if share.low is None or share.high is None:
            return ""
        return self.words.limits(share.low / 100, share.high / 100)

    def _shown(self, share: Share) -> str:
        """A share with its limits on one line, within parentheses where it rests on few answers."""
        limits, told = self._limits(share), self.words.percent(share.share / 100)
        told = bracketed(told, unsure=share.uncertain)
        return f"{told} ({limits})" if limits and not share.uncertain else told

    def _points(self, points: float | None) -> str:
        return "" if points is None else self.words.number(points, 1)
