"""How the survey was done, in one box, and how its numbers were made, in the annex."""

from dataclasses import dataclass

from trygghet.claims import shared_risk
from trygghet.claims.wording import paragraph
from trygghet.estimate.estimates import Estimates
from trygghet.ranking import TopSet
from trygghet.report.captions import stream_line, weight_lines
from trygghet.report.disclosure_lines import disclosure_lines
from trygghet.report.inputs import StreamFacts, WaveFacts, WaveReport, WeightFacts
from trygghet.report.look import Look
from trygghet.report.wording import Wording
from trygghet.weighting.response import OUTCOMES

MOST_WEAKNESSES = 3
UNEVEN_WEIGHTS = 1.25


@dataclass(frozen=True, slots=True)
class MethodBox:
    """How the survey was done.

    Parameters
    ----------
    rows : tuple of (str, str)
        Question and answer; an answer that nobody has given is empty.
    weaknesses : tuple of str
        At most three, the most important first.
    """

    rows: tuple[tuple[str, str], ...]
    weaknesses: tuple[str, ...]


def method_box(report: WaveReport, words: Wording) -> MethodBox:
    """Tell who was asked, how many answered, when, by whom, and the largest weaknesses.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    words : Wording
        Language.

    Returns
    -------
    MethodBox
        The box.
    """
    facts = report.facts
    focus = facts.focus_stream
    answered = [stream_line(stream, words) for stream in facts.streams]
    if len(facts.streams) > 1:
        answered.append(words["method.separate"].format(focus=focus.name))
    rows = (
        (words["method.asked"], _asked(facts, words)),
        (words["method.answered"], ". ".join(line.rstrip(".") for line in answered) + "."),
        (words["method.when"], words.months(focus.start, focus.end)),
        (words["method.who"], focus.drawn_by),
    )
    return MethodBox(rows, weaknesses(report, words)[:MOST_WEAKNESSES])


def weaknesses(report: WaveReport, words: Wording) -> tuple[str, ...]:
    """List the survey's weaknesses, the most important first.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    words : Wording
        Language.

    Returns
    -------
    tuple of str
        Sentences.
    """
    facts = report.facts
    focus, weights = facts.focus_stream, facts.weights
    found: list[str] = []
    if focus.sampling in {"self_selected", "invited"}:
        found.append(words["weak.open"])
    elif focus.sampling == "census":
        found.append(words["weak.census"])
    elif focus.response_rate is not None:
        found.append(words["weak.nonresponse"].format(rate=words.percent(focus.response_rate)))
    else:
        found.append(words["weak.unknown_rate"])
    if any(_approximate(result.result) for result in report.results.values()):
        found.append(words["weak.approximate"])
    if focus.sampling == "households":
        found.append(words["weak.households"])
    if weights is None or weights.mode == "none":
        found.append(words["weak.unweighted"])
    elif weights.kish_deff >= UNEVEN_WEIGHTS:
        effective, n = words.number(weights.effective_n), words.number(focus.answered)
        found.append(words["weak.weights"].format(effective=effective, n=n))
    withheld = {each.cell for result in report.results.values() for each in result.withheld}
    hidden = sum(cell.wave == facts.wave for cell in withheld)
    if hidden:
        count = words.in_words(hidden)
        told = words["weak.hidden.one"] if hidden == 1 else words["weak.hidden"].format(count=count)
        found.append(told[:1].upper() + told[1:])
    return tuple(dict.fromkeys(found))


def method_notes(report: WaveReport, look: Look) -> tuple[str, ...]:
    """Paragraphs of the method annex: only those that concern what this report shows.

    Parameters
    ----------
    report : WaveReport
        Screened results and facts.
    look : Look
        Language, level and method of the intervals.

    Returns
    -------
    tuple of str
        Paragraphs.
    """
    facts, words = report.facts, look.words
    notes: list[str] = []
    if facts.focus_stream.probability:
        times, method = words.number(100 * look.level), words[f"interval.{look.interval}"]
        notes.append(words["method.intervals"].format(times=times, method=method))
        if facts.families is not None and facts.families.declared:
            notes.append(paragraph((shared_risk(facts.families),), words.language))
    if report.priorities is not None and isinstance(report.priorities.result, TopSet):
        options, m = report.priorities.result.ranks.options, report.priorities.result.m
        level, draws = words.level(options.level), words.number(options.draws)
        told = {"level": level, "draws": draws, "seed": options.seed, "m": words.in_words(m), "place": m}
        notes.append(words["method.ranks"].format(**told))
    if report.contrasts is not None:
        jointly = facts.families.family_level if facts.families is not None else look.level
        notes.append(words["method.contrasts"].format(level=words.level(jointly)))
    notes.extend(_rates(stream, words) for stream in facts.streams if stream.rates is not None)
    if facts.weights is not None:
        notes.append(_weighting(facts, facts.weights, words))
    notes.extend(facts.notes)
    for first in tuple(report.results.values())[:1]:
        notes.extend(disclosure_lines(first.rules, words, exposed=facts.exposed))
    return tuple(dict.fromkeys(notes))


def _approximate(result: object) -> bool:
    """Whether a result's margins of error are approximate."""
    return isinstance(result, Estimates) and result.about.approximate


def _weighting(facts: WaveFacts, weights: WeightFacts, words: Wording) -> str:
    """How the answers were weighted, by the mode of the run."""
    method = words[f"method.calibration.{weights.method}"] if weights.method else ""
    bounded = words["method.bounded"] if weights.bounded else ""
    nonresponse = ""
    if weights.nonresponse:
        by = words.listing(weights.nonresponse_by)
        nonresponse = words[f"method.nonresponse.{weights.nonresponse}"].format(by=by)
    return words[f"method.weighting.{weights.mode}"].format(
        method=", ".join(part for part in (method, bounded) if part),
        nonresponse=nonresponse,
        told=" ".join(weight_lines(facts, words)),
    )


def _rates(stream: StreamFacts, words: Wording) -> str:
    """What became of everyone who was drawn, with SOM's and AAPOR's names of the rates."""
    rates = stream.rates
    assert rates is not None  # noqa: S101
    counts = {kind: words.number(rates.counts.get(kind, 0)) for kind in OUTCOMES}
    shares = {f"rr{key[-1]}": words.percent(share, 1) for key, share in rates.aapor().items()}
    return words["method.rates"].format(
        name=stream.name,
        gross=words.number(rates.gross),
        ineligible=counts["ineligible"],
        net=words.number(rates.net),
        answered=words.number(rates.respondents),
        refused=counts["refused"],
        silent=counts["not_reached"],
        other=counts["other"],
        unknown=counts["unknown"],
        rate=words.percent(rates.net_response_rate, 1),
        **shares,
    )


def _asked(facts: WaveFacts, words: Wording) -> str:
    """Whom the focus stream asked."""
    focus = facts.focus_stream
    frame = words["method.frame"].format(frame=focus.frame) if focus.frame else ""
    ages = f" {facts.ages}" if facts.ages else ""
    return words[f"method.asked.{focus.sampling}"].format(ages=ages, frame=frame, name=focus.name)
