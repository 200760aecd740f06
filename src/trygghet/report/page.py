"""The page of a wave: one self-contained accessible file whose first screen tells what is known and what is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from trygghet._signs import legible
from trygghet.claims import Claim, columns, told_once
from trygghet.report.captions import items_kind
from trygghet.report.figures import Drawn
from trygghet.report.inputs import StreamFacts, WaveReport
from trygghet.report.look import Look
from trygghet.report.method import MethodBox, method_box, method_notes
from trygghet.report.page_tables import HtmlTable, html_table
from trygghet.report.power import power_note, power_rows, power_sheet
from trygghet.report.rank_tables import Laid, annex_tables, rank_tables
from trygghet.report.screened import refuse_unless
from trygghet.report.weighting_tables import moves_note, table_drawn, table_moves
from trygghet.report.wording import NOT_ASKED, Wording

MOST_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A claim as the page prints it.

    Parameters
    ----------
    text : str
        What may be printed.
    base : str
        Base, stream and date.
    """

    text: str
    base: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page further down: its figure, where it is not on the first screen, and its table.

    Parameters
    ----------
    name, heading : str
        Anchor and heading.
    figure : Drawn, optional
        Figure in two widths.
    table : HtmlTable, optional
        Table.
    """

    name: str
    heading: str
    figure: Drawn | None
    table: HtmlTable | None


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the template prints.

    Parameters
    ----------
    words : Wording
        Language.
    title, made : str
        Heading of the page, and when it was made.
    known, unknown : tuple of Sentence
        The two columns.
    lead : Drawn, optional
        The figure on the first screen.
    box : MethodBox
        How the survey was done.
    sections : tuple of Section
        Parts further down.
    method : tuple of str
        Paragraphs of the method annex.
    power : HtmlTable, optional
        What the families of statements can show.
    annex : tuple of Section
        Parts of the method annex: possible places, pairs, what a composite is made of.
    tried : HtmlTable, optional
        All statements.
    missing : str
        What is not part of the input.
    """

    words: Wording
    title: str
    made: str
    known: tuple[Sentence, ...]
    unknown: tuple[Sentence, ...]
    lead: Drawn | None
    box: MethodBox
    sections: tuple[Section, ...]
    method: tuple[str, ...]
    power: HtmlTable | None
    annex: tuple[Section, ...]
    tried: HtmlTable | None
    missing: str


def page_html(report: WaveReport, figures: Mapping[str, Drawn], look: Look) -> str:
    """Write the page of a wave.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    figures : mapping of str to Drawn
        The wave's figures by name.
    look : Look
        Language, level and method of the intervals.

    Returns
    -------
    str
        HTML document.

    Raises
    ------
    ReportError
        RAPP-03 for anything but a report of screened results.
    """
    page = page_of(report, figures, look)
    html: str = _template().render(page=page, words=look.words, stamp=report.stamp, facts=report.facts)
    return "\n".join(line.rstrip() for line in html.splitlines() if line.strip()) + "\n"


def page_of(report: WaveReport, figures: Mapping[str, Drawn], look: Look) -> Page:
    """Decide what stands on the page.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    figures : mapping of str to Drawn
        The wave's figures by name.
    look : Look
        Language, level and method of the intervals.

    Returns
    -------
    Page
        Content of the template.

    Raises
    ------
    ReportError
        RAPP-03 for anything but a report of screened results.
    """
    refuse_unless(WaveReport, report)
    stamp, facts, words = report.stamp, report.facts, look.words
    claims = [each.result for each in report.claims]
    first = columns(claims, most=MOST_SENTENCES)
    lead_name = next((name for name in ("prioritering", "problem") if name in figures), "")
    return Page(
        words=words,
        title=words["page.title"].format(wave=facts.wave, municipality=stamp.municipality),
        made=words["page.made"].format(date=words.day(stamp.date)),
        known=_sentences(first.known, words),
        unknown=_sentences(first.unknown, words),
        lead=figures.get(lead_name),
        box=method_box(report, words),
        sections=_sections(report, figures, look=look, lead=lead_name),
        method=method_notes(report, look),
        power=_power(report, words),
        annex=_annex(report, figures, words),
        tried=_tried(claims, words) if claims else None,
        missing=_missing(report, words),
    )


def _sentences(claims: Sequence[Claim], words: Wording) -> tuple[Sentence, ...]:
    """Print a column of statements in the page's language."""
    return tuple(Sentence(told.text, told.base) for told in told_once(claims, words.language))


def _sections(
    report: WaveReport, figures: Mapping[str, Drawn], *, look: Look, lead: str
) -> tuple[Section, ...]:
    """Lay out one section a figure; the one on the first screen gives its table only."""
    words = look.words
    problems = report.problems is None or items_kind(report.problems.result) == "problem"
    among = "" if report.facts.focus_stream.probability else "open."
    listed = "problems" if problems else "items"
    names = {
        "prioritering": ("priorities", f"{among}priorities"),
        "problem": (listed, f"{among}{listed}"),
        "omraden": ("areas" if report.facts.by_area else "groups", "areas"),
        "utveckling": ("trend", "trend"),
        "svar_och_vikter": ("response", "response"),
        "viktning": ("weighting", "balance"),
    }
    sections = []
    for name, (key, told) in names.items():
        drawn = figures.get(name)
        if drawn is None:
            continue
        caption = words[f"table.{told}"].format(area=report.facts.area_word)
        made = (
            _wide_table(drawn, caption)
            if name == "omraden"
            else html_table(drawn.table, name, caption, words=words)
        )
        if name == "viktning":
            made = _moves(report, look) or made
        sections.append(Section(name, words[f"section.{key}"], None if name == lead else drawn, made))
        if name == "prioritering":
            sections += _priorities_beside(report, figures, look)
    asked = table_drawn(report, look)
    if asked is not None:
        table = html_table(asked, "svarsfrekvens", words["table.drawn"], words=words)
        sections.append(Section("svarsfrekvens", words["section.drawn"], None, table))
    streams = _streams(report.facts.streams, words)
    return (*sections, Section("strommar", streams.caption, None, streams))


def _priorities_beside(report: WaveReport, figures: Mapping[str, Drawn], look: Look) -> tuple[Section, ...]:
    """Lay out what stands beside the priorities: other streams, whether orders hold, several sources together."""
    words = look.words
    laid = tuple(_laid(each, words) for each in rank_tables(report, look))
    drawn = figures.get("sammanvagd")
    if drawn is None:
        return laid
    table = html_table(drawn.table, "sammanvagd", words["table.composite"], words=words)
    return (*laid, Section("sammanvagd", words["section.composite"], drawn, table))


def _annex(report: WaveReport, figures: Mapping[str, Drawn], words: Wording) -> tuple[Section, ...]:
    """Lay out the figures and tables of the method annex."""
    drawn = []
    for name, key, told in (("placeringar", "rank.title", "places"), ("par", "pairs.title", "pairs")):
        if name in figures:
            made = html_table(figures[name].table, name, words[f"section.{told}"], words=words)
            drawn.append(Section(name, words[key], figures[name], made))
    return (*drawn, *(_laid(each, words) for each in annex_tables(report, words)))


def _laid(laid: Laid, words: Wording) -> Section:
    """Print a table of its own."""
    table = html_table(laid.brief, laid.name, laid.caption, words=words)
    return Section(laid.name, laid.heading, None, replace(table, notes=laid.notes))


def _moves(report: WaveReport, look: Look) -> HtmlTable | None:
    """Print what weighting does to each item."""
    moves = table_moves(report, look)
    if moves is None:
        return None
    table = html_table(moves, "viktning", look.words["table.moves"], words=look.words, decimals=1)
    return replace(table, notes=(moves_note(report, look),))


def _wide_table(drawn: Drawn, caption: str) -> HtmlTable:
    """Print the heat table as a table: problems down, districts across."""
    assert drawn.cross is not None  # noqa: S101
    return HtmlTable(
        "omraden",
        caption,
        drawn.cross.columns,
        tuple(tuple(map(str, row)) for row in drawn.cross.rows),
        drawn.notes,
    )


def _streams(streams: Sequence[StreamFacts], words: Wording) -> HtmlTable:
    """Print how many answered in each stream."""
    rows = tuple(
        (
            stream.name,
            words[f"how.{stream.sampling}"],
            words.number(stream.invited) if stream.invited else NOT_ASKED,
            words.number(stream.rates.ineligible) if stream.rates else NOT_ASKED,
            words.number(stream.answered),
            NOT_ASKED if stream.response_rate is None else words.number(100 * stream.response_rate),
        )
        for stream in streams
    )
    names = ("streams", "how", "invited", "ineligible", "answered", "rate")
    kept = [place for place in range(len(names)) if any(row[place] != NOT_ASKED for row in rows)]
    heads = tuple(words[f"column.{names[place]}"] for place in kept)
    shown = tuple(tuple(row[place] for place in kept) for row in rows)
    return HtmlTable("strommar", words["table.streams"], heads, shown)


def _power(report: WaveReport, words: Wording) -> HtmlTable | None:
    """Print what the families of statements can show."""
    sheet = power_sheet(report.facts, words)
    if sheet is None:
        return None
    rows = power_rows(sheet, words)
    return HtmlTable("styrka", words["table.power"], sheet.columns, rows, (power_note(report.facts, words),))


def _tried(claims: Sequence[Claim], words: Wording) -> HtmlTable:
    """Print every statement with its verdict and rule."""
    rows = tuple(
        (told.text, words[f"verdict.{claim.verdict}"], told.rule)
        for claim in claims
        for told in (claim.told(words.language),)
    )
    heads = tuple(words[f"column.{name}"] for name in ("statement", "verdict", "rule"))
    return HtmlTable("pastaenden", words["table.tried"], heads, rows)


def _missing(report: WaveReport, words: Wording) -> str:
    """Name the parts of a lägesbild that this input does not hold."""
    absent = [name for name in ("priorities", "problems", "areas") if getattr(report, name) is None]
    parts = tuple(words[f"missing.{name}"] for name in (*absent, "reference", "register"))
    return words["links.missing"].format(parts=words.listing(parts))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_legible,
    )
    environment.filters["drawing"] = Markup
    return environment


def _legible(value: object) -> object:
    """Texts from files without signs that turn the reading of the page; drawings have gone through it already."""
    return legible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _template() -> Template:
    """Read the page's template."""
    text = files("trygghet.report").joinpath("templates/lagesbild.html.j2").read_text(encoding="utf-8")
    return _environment().from_string(text)
