"""The draft of a promise: ``promises.yaml`` and ``lofte_utkast.docx``, with what is known and yellow fields for the rest."""

from collections.abc import Mapping
from pathlib import Path

from docx.document import Document

from trygghet.errors import Problem, PromiseError
from trygghet.promise import (
    Evidence,
    Promise,
    PromiseBook,
    PromiseSources,
    PromiseStamp,
    seed_promises,
    write_draft,
    write_promises,
)
from trygghet.report.export import Rendered
from trygghet.report.figures import planned_figures, rendered_figures
from trygghet.report.inputs import StreamFacts, WaveReport
from trygghet.report.look import PLAIN, Look
from trygghet.report.method import weaknesses
from trygghet.report.word_parts import (
    BASE,
    MARK,
    data_table,
    docx_bytes,
    fill_in,
    heading,
    new_document,
    picture,
    written,
)
from trygghet.report.wording import Wording

FIGURE = "prioritering"


def write_promise_seed(
    report: WaveReport, folder: Path, *, look: Look = PLAIN, chosen: Mapping[str, str] | None = None
) -> tuple[Path, ...]:
    """Write the seed of a promise: the record to fill in, and the draft to discuss.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    folder : Path
        Folder of the drafts; a file that somebody has edited is left alone and the new one is written beside it.
    look : Look
        Language and level.
    chosen : mapping of str to str, optional
        Indicator that follows each area up, where the municipality has decided.

    Returns
    -------
    tuple of Path
        ``promises.yaml`` and ``lofte_utkast.docx``, as they were named.

    Raises
    ------
    PromiseError
        LOFTE-01 when the wave has no priorities that may be shown.
    """
    book = promise_book(report, look=look, chosen=chosen)
    planned = {name: plan for name, plan in planned_figures(report, look).items() if name == FIGURE}
    rendered = rendered_figures(report, planned)
    content = promise_document(book, report, rendered, look=look)
    return write_promises(folder / "promises.yaml", book), write_draft(folder / "lofte_utkast.docx", content)


def promise_book(
    report: WaveReport, *, look: Look = PLAIN, chosen: Mapping[str, str] | None = None
) -> PromiseBook:
    """Seed the promises of a wave.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    look : Look
        Language and level.
    chosen : mapping of str to str, optional
        Indicator that follows each area up.

    Returns
    -------
    PromiseBook
        Focus areas with evidence.

    Raises
    ------
    PromiseError
        LOFTE-01 when the wave has no priorities that may be shown.
    """
    if report.priorities is None:
        raise PromiseError(
            Problem(
                code="LOFTE-01", what="The wave has no priorities.", remedy="Write promises.yaml by hand."
            )
        )
    stamp = report.stamp
    sources = PromiseSources(
        priorities=report.priorities,
        others=report.other_priorities,
        indicators=tuple(each for each in (report.problems, report.levels) if each is not None),
        by_area=tuple(each for each in (report.areas, report.level_areas) if each is not None),
        chosen=chosen,
    )
    return seed_promises(
        sources,
        PromiseStamp(stamp.municipality, stamp.diarienummer, stamp.date, stamp.watermark),
        figures=(f"figures/{FIGURE}.png",),
        caveats=weaknesses(report, look.words),
    )


def promise_document(
    book: PromiseBook, report: WaveReport, rendered: Mapping[str, Rendered], *, look: Look = PLAIN
) -> bytes:
    """Write the draft of a promise.

    Parameters
    ----------
    book : PromiseBook
        Focus areas with evidence, filled in or not.
    report : WaveReport
        Facts of the survey.
    rendered : mapping of str to Rendered
        The wave's figures.
    look : Look
        Language.

    Returns
    -------
    bytes
        Word file.
    """
    words = look.words
    title = words["promise.title"].format(municipality=book.municipality)
    document = new_document(report.stamp, words, title=title, status=words["word.draft"])
    written(document, words["word.draft"], MARK)
    document.add_paragraph(title, style="Title")
    written(document, words["promise.intro"].format(wave=book.wave, diarienummer=book.diarienummer))
    if book.watermark:
        written(document, book.watermark, MARK)
    for caveat in book.promises[0].caveats:
        written(document, caveat)
    if FIGURE in rendered:
        made = rendered[FIGURE]
        picture(document, made.png, caption=words["section.priorities"], alt=made.alt)
    streams = {stream.name: stream for stream in report.facts.streams}
    _group(document, book, streams, words=words)
    heading(document, words["promise.follow"], new_page=True)
    fill_in(document, words["word.fill"], words["promise.follow.prompts"].split("|"))
    return docx_bytes(document)


def _group(
    document: Document, book: PromiseBook, streams: Mapping[str, StreamFacts], *, words: Wording
) -> None:
    """Write the areas box by box, each with its own page part."""
    for box in ("surely", "maybe", "respondents"):
        inside = [promise for promise in book.promises if promise.box == box]
        if not inside:
            continue
        told = words[f"promise.box.{box}"]
        heading(document, told, new_page=True)
        if box == "maybe":
            chosen, among = words.in_words(book.to_choose), words.in_words(len(inside))
            written(document, words["promise.choose"].format(places=chosen, areas=among))
        for number, promise in enumerate(inside):
            heading(document, promise.label, 2, new_page=number > 0)
            _area(document, promise, streams, words=words)


def _area(
    document: Document, promise: Promise, streams: Mapping[str, StreamFacts], *, words: Wording
) -> None:
    """Write one area: evidence a stream, baseline, fields to fill in."""
    heads = tuple(words[f"promise.{name}"] for name in ("stream", "share", "margin", "n", "when"))
    rows = [_evidence_row(each, streams, words) for each in promise.evidence]
    caption = words["promise.evidence"].format(area=promise.label)
    data_table(document, heads, rows, caption=caption, widths=(2.2, 0.8, 1.3, 1.2, 1.5))
    if promise.candidates:
        rows = [(each.label, *_evidence_row(each, streams, words)) for each in promise.candidates]
        heads = (words["promise.indicator"], *heads)
        caption = words["promise.candidates"].format(area=promise.label)
        data_table(document, heads, rows, caption=caption, widths=(1.9, 1.8, 0.8, 1.3, 1.2, 1.3))
    detectable = (
        words["promise.detectable.value"].format(points=words.number(promise.detectable_points, 1))
        if promise.detectable_points is not None
        else words["promise.detectable.unknown"]
    )
    fields = [
        (words["promise.field.indicator"], promise.indicator),
        (words["promise.field.direction"], words[f"promise.direction.{promise.direction}"]),
        (words["promise.field.detectable"], detectable),
        *(
            (
                words["promise.field.district"].format(area=area),
                words["promise.detectable.value"].format(points=words.number(size, 1)),
            )
            for area, size in promise.detectable_by_area.items()
        ),
        (words["promise.field.target"], _points(promise.target_points, words)),
        (words["promise.field.owner"], promise.owner),
        (words["promise.field.activity"], promise.activity),
        (words["promise.field.date"], words.day(promise.follow_up_date) if promise.follow_up_date else ""),
        (words["promise.field.forum"], promise.forum),
        (words["promise.field.channel"], promise.channel),
    ]
    heads = (words["promise.field"], words["word.answer"])
    data_table(
        document, heads, fields, caption=words["promise.fields"].format(area=promise.label), widths=(1, 1.6)
    )
    if promise.box != "respondents":
        written(document, words["word.focus.reading"], BASE)


def _points(points: float | None, words: Wording) -> str:
    return "" if points is None else words["promise.detectable.value"].format(points=words.number(points, 1))


def _evidence_row(evidence: Evidence, streams: Mapping[str, StreamFacts], words: Wording) -> tuple[str, ...]:
    """One stream's share; an interval only where there is one."""
    stream = streams.get(evidence.stream)
    how = words[f"how.{stream.sampling}"] if stream else ""
    when = words.months(stream.start, stream.end) if stream else ""
    low, high = evidence.low, evidence.high
    limits = (
        words.limits(low / 100, high / 100)
        if low is not None and high is not None
        else words["promise.margin.none"]
    )
    return (
        f"{evidence.stream} ({how})" if how else evidence.stream,
        words.percent(evidence.share / 100),
        limits,
        words.number(evidence.n),
        when or evidence.wave,
    )
