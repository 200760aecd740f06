"""The Word draft of a wave: what the survey gives, yellow boxes for what the group fills in, and what may not be written."""

from collections.abc import Mapping, Sequence

import numpy as np
from docx.document import Document

from trygghet.claims import Claim, columns, told_once
from trygghet.estimate.estimates import Estimates
from trygghet.ranking import TopSet
from trygghet.report.captions import base_line, items_kind
from trygghet.report.export import Rendered
from trygghet.report.figures import Planned
from trygghet.report.inputs import WaveReport
from trygghet.report.look import Look, foreseen
from trygghet.report.method import method_box, method_notes
from trygghet.report.power import power_note, power_rows, power_sheet
from trygghet.report.priorities import boxes_of, by_share
from trygghet.report.rank_tables import Laid, annex_tables, rank_tables
from trygghet.report.reading import Reading, bracketed, readings
from trygghet.report.screened import refuse_unless
from trygghet.report.tables import Unsure, Value
from trygghet.report.weighting_tables import moves_note, table_drawn, table_moves
from trygghet.report.word_parts import (
    BASE,
    MARK,
    SHORT,
    data_table,
    docx_bytes,
    fill_in,
    heading,
    keep_together,
    new_document,
    picture,
    two_columns,
    written,
)
from trygghet.report.wording import NOT_ASKED, Wording
from trygghet.waves import detectable_change, detectable_next_change, waves_of

MOST_SHEETS = 6
MOST_MOVES = 12


def word_draft(
    report: WaveReport, planned: Mapping[str, Planned], rendered: Mapping[str, Rendered], *, look: Look
) -> bytes:
    """Write the draft of a lägesbild.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    planned : mapping of str to Planned
        The wave's figures with their captions.
    rendered : mapping of str to Rendered
        The same figures drawn.
    look : Look
        Language and level.

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
    title = words["word.title"].format(wave=report.facts.wave, municipality=report.stamp.municipality)
    document = new_document(report.stamp, words, title=title, status=words["word.draft"])
    figures = _Figures(document, planned, rendered)
    claims = [each.result for each in report.claims]
    _cover(document, report, title, words=words)
    _summary(document, report, claims, words=words)
    heading(document, words["word.crime"])
    fill_in(document, words["word.fill"], words["word.crime.prompts"].split("|"))
    heading(document, words["word.safety"])
    _levels(document, report, look)
    _sentences(document, claims, {"level", "low", "high", "both", "answered"}, words=words)
    figures.add("problem")
    if not report.facts.by_area:
        figures.add("omraden")
    heading(document, words["word.areas"])
    _areas(document, report, figures, words=words)
    heading(document, words["word.children"])
    _children(document, report, words)
    heading(document, words["word.change"])
    figures.add("utveckling")
    _changes(document, report, look)
    chosen = _candidates(report, look)
    heading(document, words["word.analysis"], new_page=bool(chosen))
    _sheets(document, chosen, words)
    heading(document, words["word.focus"], new_page=bool(chosen))
    figures.add("prioritering")
    _focus(document, report, look)
    figures.add("sammanvagd")
    _laid(document, rank_tables(report, look))
    _sources(document, report, words)
    _method(document, report, figures, look=look)
    figures.add("placeringar")
    figures.add("par")
    _laid(document, annex_tables(report, words))
    _refused(document, claims, words)
    return docx_bytes(document)


class _Figures:
    """Adds the wave's figures to a document by name."""

    def __init__(
        self, document: Document, planned: Mapping[str, Planned], rendered: Mapping[str, Rendered]
    ) -> None:
        self._document, self._planned, self._rendered = document, planned, rendered

    def add(self, name: str) -> None:
        """Add a figure when the wave has it."""
        if name in self._rendered:
            caption, made = self._planned[name].caption, self._rendered[name]
            picture(self._document, made.png, caption=caption.title, alt=made.alt)


def _cover(document: Document, report: WaveReport, title: str, *, words: Wording) -> None:
    """Write the title page with status, registry number and date."""
    stamp = report.stamp
    written(document, words["word.draft"], MARK)
    written(document, title, "Title")
    for line in (
        report.facts.survey,
        words["word.diarienummer"].format(diarienummer=stamp.diarienummer) if stamp.diarienummer else "",
        words["page.made"].format(date=words.day(stamp.date)),
        words["page.part"],
    ):
        if line:
            written(document, line)
    if stamp.watermark:
        written(document, stamp.watermark, MARK)
    fill_in(document, words["word.fill"], words["word.cover.prompts"].split("|"))
    written(document, words["word.styles"], BASE)


def _summary(document: Document, report: WaveReport, claims: Sequence[Claim], *, words: Wording) -> None:
    """Write the two columns of the first screen on a page of their own, then the method box."""
    first = columns(claims)
    heading(document, words["word.summary"], new_page=True)
    heads = (words["known.heading"], words["unknown.heading"])
    filled = (_paragraphs(first.known, "known", words), _paragraphs(first.unknown, "unknown", words))
    two_columns(document, heads, filled)
    box = method_box(report, words)
    heading(document, words["method.heading"], 2)
    weak = (words["method.weak"], " ".join(box.weaknesses))
    heads = (words["word.question"], words["word.answer"])
    data_table(document, heads, (*box.rows, weak), caption=words["word.method.table"], widths=(1, 3))


def _paragraphs(claims: Sequence[Claim], key: str, words: Wording) -> list[tuple[str, str]]:
    """Text and base line of some claims, each with its style."""
    if not claims:
        return [(words[f"{key}.none"], SHORT)]
    told: list[tuple[str, str]] = []
    for text, base, _ in told_once(claims, words.language):
        told += [(text, SHORT), (base, BASE)] if base else [(text, SHORT)]
    return told


def _sentences(document: Document, claims: Sequence[Claim], kinds: set[str], *, words: Wording) -> None:
    """Write every permitted statement of some kinds with its base line, one a subject."""
    chosen: dict[str, Claim] = {}
    for claim in claims:
        if claim.known and claim.statement in kinds:
            chosen.setdefault(claim.subject or claim.text, claim)
    for text, base, _ in told_once(tuple(chosen.values()), words.language):
        paragraph = written(document, text)
        paragraph.paragraph_format.left_indent = document.styles["List Bullet"].paragraph_format.left_indent
        paragraph.paragraph_format.keep_with_next = bool(base)
        if base:
            written(document, base, BASE)


def _areas(document: Document, report: WaveReport, figures: _Figures, *, words: Wording) -> None:
    """Write what the survey says of areas, or leave room for what the group knows where it says nothing."""
    if report.areas is None or not report.facts.by_area:
        written(document, words["word.areas.missing"])
        fill_in(document, words["word.fill"], words["word.areas.prompts"].split("|"))
        return
    figures.add("omraden")
    claims = [each.result for each in report.claims]
    _sentences(document, claims, {"above_rest", "below_rest"}, words=words)


def _levels(document: Document, report: WaveReport, look: Look) -> None:
    """Write the table of unsafety, worry and exposure."""
    words = look.words
    if report.levels is None:
        return
    result = report.levels.result
    random = isinstance(result, Estimates)
    rows = [
        (cell.label, *_measures(cell, words, limits=random))
        for cell in by_share(list(readings(result, look)))
    ]
    limits = (words["word.margin"],) if random else ()
    share = words["column.share" if random else "column.share.open"]
    heads = (words["word.item"], share, *limits, words["column.n"])
    caption = words["word.safety.problems" if items_kind(result) == "problem" else "word.safety.table"]
    data_table(document, heads, rows, caption=caption, notes=(base_line(result, report.facts, words),))


def _measures(cell: Reading, words: Wording, *, limits: bool) -> tuple[str, ...]:
    """Share, interval and base of a cell as text."""
    if not cell.shown:
        return (cell.mark, *((cell.mark,) if limits else ()), cell.mark)
    value = cell.told(words.number(100 * cell.value))
    interval = (words.limits(cell.low, cell.high),) if limits else ()
    return (value, *interval, words.number(cell.n))


def _children(document: Document, report: WaveReport, words: Wording) -> None:
    """Tell whether pupils answered, and leave room for what the group knows."""
    pupils = [
        stream for stream in report.facts.streams if stream.children and stream.name != report.facts.focus
    ]
    if pupils:
        for stream in pupils:
            written(
                document,
                words["word.children.have"].format(name=stream.name, n=words.number(stream.answered)),
            )
    else:
        written(document, words["word.children.missing"])
    fill_in(document, words["word.fill"], words["word.children.prompts"].split("|"))


def _changes(document: Document, report: WaveReport, look: Look) -> None:
    """Write the changes since the wave before, beside the smallest that could have been seen."""
    words = look.words
    rows = []
    wanted = set(report.levels.result.cells["item"]) if report.levels is not None else set()
    for publishable in report.changes:
        change = publishable.result
        sizes = detectable_change(change, level=look.change_level)
        for cell, size in zip(readings(change, look), sizes, strict=True):
            if cell.shown and np.isfinite(size) and (not wanted or cell.item in wanted):
                rows.append((cell.label, *_moved(cell, words), words.number(100 * size)))
    if rows:
        new, old = waves_of(report.changes[0].result.about)
        heads = tuple(words[f"word.change.{name}"] for name in ("item", "points", "margin", "detectable"))
        caption = words["word.change.table"].format(new=new, old=old)
        data_table(document, heads, rows, caption=caption, notes=(look.of_changes("word.change.reading"),))
    else:
        written(document, words["word.change.missing"])
    claims = [each.result for each in report.claims]
    _sentences(document, claims, {"increased", "decreased", "changed", "unchanged"}, words=words)
    fill_in(document, words["word.fill"], words["word.change.prompts"].split("|"))


def _moved(cell: Reading, words: Wording) -> tuple[str, str]:
    """A change and its interval in percentage points."""
    return cell.told(words.signed(100 * cell.value)), words.span(100 * cell.low, 100 * cell.high)


def _sheets(document: Document, chosen: Sequence[Reading], words: Wording) -> None:
    """Leave an empty problem sheet for each area that may be prioritised, with the share filled in; else one without an area."""
    written(document, words["word.analysis.intro"])
    questions = words["word.analysis.questions"].split("|")
    heads = (words["word.question"], words["word.answer"])
    if not chosen:
        asked = (words["word.analysis.area"], *questions[:-2], questions[-1], questions[-2])
        rows = [(question, "") for question in asked]
        data_table(document, heads, rows, caption=words["word.analysis.blank"], widths=(1, 2))
    for cell in chosen[:MOST_SHEETS]:
        heading(document, cell.label, 2)
        key = "word.analysis.known" if np.isfinite(cell.low) else "word.analysis.known.open"
        known = words[key].format(
            share=cell.told(words.percent(cell.value)),
            limits=words.limits(cell.low, cell.high),
            n=words.number(cell.n),
        )
        rows = [(question, "") for question in questions[:-1]]
        rows.insert(len(questions) - 2, (questions[-1], known))
        caption = words["word.analysis.sheet"].format(area=cell.label)
        keep_together(document, data_table(document, heads, rows, caption=caption, widths=(1, 2.4)))


def _candidates(report: WaveReport, look: Look) -> tuple[Reading, ...]:
    """Areas that are surely, or may be, among the prioritised ones; without a random sample the most chosen."""
    if report.priorities is None:
        return ()
    result = report.priorities.result
    if isinstance(result, TopSet):
        boxes = boxes_of(result, look)
        return (*boxes.surely, *boxes.maybe)
    return tuple(cell for cell in by_share(list(readings(result, look))) if cell.shown)[:MOST_SHEETS]


def _focus(document: Document, report: WaveReport, look: Look) -> None:
    """Propose focus areas with their baseline, beside the smallest change that a next survey could show."""
    words = look.words
    if report.priorities is None:
        written(document, words["word.focus.missing"])
        fill_in(document, words["word.fill"], words["word.focus.prompts"].split("|"))
        return
    result = report.priorities.result
    if isinstance(result, TopSet):
        boxes = boxes_of(result, look)
        sizes = dict(
            zip(
                result.ranks.labels,
                detectable_next_change(result.ranks.estimates, level=look.change_level),
                strict=True,
            )
        )
        rows: list[tuple[str, ...]] = [
            (
                cell.label,
                words[f"box.{name}"].format(m=words.in_words(boxes.m)),
                _baseline(cell, words),
                words.number(100 * float(sizes[cell.label])),
                "",
            )
            for name in ("surely", "maybe")
            for cell in getattr(boxes, name)
        ]
        heads = tuple(
            words[f"word.focus.{name}"] for name in ("area", "box", "baseline", "detectable", "target")
        )
    else:
        rows = [(cell.label, _baseline(cell, words), "") for cell in _candidates(report, look)]
        heads = tuple(words[f"word.focus.{name}"] for name in ("area", "share", "target"))
    random = isinstance(result, TopSet)
    note = look.of_changes("word.focus.reading") if random else words["weak.open"]
    data_table(document, heads, rows, caption=words["word.focus.table"], notes=(note,))
    fill_in(document, words["word.fill"], words["word.focus.prompts"].split("|"))


def _baseline(cell: Reading, words: Wording) -> str:
    """Share with interval and base."""
    limits = words.limits(cell.low, cell.high)
    share = cell.told(words.percent(cell.value))
    share = f"{share}, {limits}" if limits and cell.uncertain else f"{share} ({limits})" if limits else share
    return words["word.focus.start"].format(share=share, n=words.number(cell.n))


def _laid(document: Document, tables: Sequence[Laid]) -> None:
    """Write tables of their own with what has to stand beside them."""
    for laid in tables:
        heading(document, laid.heading, 2)
        rows = [tuple(str(value) or NOT_ASKED for value in row) for row in laid.brief.rows]
        data_table(document, laid.brief.columns, rows, caption=laid.caption, notes=laid.notes)


def _sources(document: Document, report: WaveReport, words: Wording) -> None:
    """Write the annex of sources."""
    heading(document, words["word.sources"], new_page=True)
    rows: list[tuple[str, ...]] = [
        (
            stream.name,
            words[f"how.{stream.sampling}"],
            words.months(stream.start, stream.end),
            words.number(stream.answered),
            words["word.sources.used" if stream.name == report.facts.focus else "word.sources.apart"],
        )
        for stream in report.facts.streams
    ]
    rows += [(source, "", "", "", "") for source in words["word.sources.more"].split("|")]
    heads = tuple(words[f"word.sources.{name}"] for name in ("source", "how", "when", "n", "use"))
    data_table(document, heads, rows, caption=words["word.sources.table"])


def _method(document: Document, report: WaveReport, figures: "_Figures", *, look: Look) -> None:
    """Write the annex of method: how it was done, who answered of those asked, and what weighting does to each item."""
    words = look.words
    heading(document, words["word.method"])
    for note in method_notes(report, look):
        written(document, note)
    _power(document, report, words)
    asked, moves = table_drawn(report, look), table_moves(report, look)
    if asked is not None:
        rows = [_texts(row, words) for row in asked.rows]
        data_table(document, asked.columns, rows, caption=words["table.drawn"])
    figures.add("viktning")
    if moves is not None:
        rows = [
            (*_texts(row[:4], words), words.signed(float(row[4]), 1), *_texts(row[5:], words))
            for row in moves.rows[:MOST_MOVES]
        ]
        heads = tuple(
            words[f"word.moves.{name}"]
            for name in ("question", "item", "before", "after", "move", "margin", "n")
        )
        notes = [moves_note(report, look)]
        if len(moves.rows) > MOST_MOVES:
            notes.append(words["word.moves.rest"].format(count=words.in_words(MOST_MOVES)))
        data_table(document, heads, rows, caption=words["word.moves.table"], notes=notes)


def _texts(row: Sequence[Value], words: Wording) -> tuple[str, ...]:
    """The cells of a row as they are written; shares with one decimal."""
    return tuple(
        cell
        if isinstance(cell, str)
        else bracketed(
            words.number(cell, 1 if isinstance(cell, float) else 0), unsure=isinstance(cell, Unsure)
        )
        for cell in row
    )


def _refused(document: Document, claims: Sequence[Claim], words: Wording) -> None:
    """Write the annex of the sentences that may not be written."""
    heading(document, words["word.refused"], new_page=True)
    refused = [claim for claim in claims if not claim.known]
    if not refused:
        written(document, words["unknown.none"])
        return
    heads = tuple(words[f"column.{name}"] for name in ("statement", "verdict", "rule"))
    told = [
        (each.text, words[f"verdict.{claim.verdict}"], each.rule)
        for claim in refused
        for each in (claim.told(words.language),)
    ]
    data_table(document, heads, told, caption=words["word.refused.table"])


def _power(document: Document, report: WaveReport, words: Wording) -> None:
    """Write what the families of statements can show."""
    sheet = power_sheet(report.facts, words)
    if sheet is not None:
        rows = power_rows(sheet, words)
        note = power_note(report.facts, words)
        data_table(document, sheet.columns, rows, caption=words["table.power"], notes=(note,))
