"""Titles, subtitles and notes of the figures: the question, what is measured among whom, base, stream and date."""

from typing import Literal

import numpy as np

from trygghet.disclosure import Table
from trygghet.estimate.shares import RespondentShares
from trygghet.ranking import TopSet
from trygghet.report.inputs import StreamFacts, WaveFacts
from trygghet.report.look import Look
from trygghet.report.reading import Shares, readings
from trygghet.report.sheet import Caption
from trygghet.report.wording import SWEDISH, Wording


def caption_priorities(top: TopSet | RespondentShares, facts: WaveFacts, look: Look) -> Caption:
    """Texts around the priority figure.

    Parameters
    ----------
    top : TopSet or RespondentShares
        Screened result.
    facts : WaveFacts
        The survey.
    look : Look
        Language and level.

    Returns
    -------
    Caption
        Title, subtitle and notes.
    """
    words = look.words
    choose = words["prio.choose"].format(k=words.in_words(facts.choose)) if facts.choose else ""
    question = _question(facts.priority_question, words)
    if isinstance(top, RespondentShares):
        return Caption(
            words["prio.title.open"],
            words["prio.subtitle.open"],
            _kept(base_line(top, facts, words), choose, question, signs_line(top, words=words)),
        )
    title = words["prio.title.one"] if top.m == 1 else words["prio.title"].format(m=words.in_words(top.m))
    subtitle = words["prio.subtitle"].format(
        population=population(facts, words), level=words.percent(look.level)
    )
    shares = top.ranks.estimates
    notes = _kept(base_line(shares, facts, words), choose, question, signs_line(shares, words=words))
    return Caption(title, subtitle, notes)


def caption_problems(problems: Shares, facts: WaveFacts, look: Look) -> Caption:
    """Texts around the problem bars.

    Parameters
    ----------
    problems : Estimates or RespondentShares
        Screened result.
    facts : WaveFacts
        The survey.
    look : Look
        Language and level.

    Returns
    -------
    Caption
        Title, subtitle and notes.
    """
    words = look.words
    base = base_line(problems, facts, words)
    question = _question(facts.problem_question, words)
    kind = items_kind(problems)
    measure, signs = words[f"measure.{kind}"], signs_line(problems, words=words)
    if isinstance(problems, RespondentShares):
        subtitle = words["problem.subtitle.open"].format(measure=measure)
        return Caption(words[f"bars.title.open.{kind}"], subtitle, _kept(base, question, signs))
    subtitle = words["problem.subtitle"].format(
        population=population(facts, words), measure=measure, level=words.percent(look.level)
    )
    return Caption(
        words[f"bars.title.{kind}"], subtitle, _kept(base, question, words["problem.reading"], signs)
    )


def caption_heat(areas: Shares, facts: WaveFacts, look: Look) -> Caption:
    """Texts around the heat table.

    Parameters
    ----------
    areas : Estimates or RespondentShares
        Screened result.
    facts : WaveFacts
        The survey.
    look : Look
        Language.

    Returns
    -------
    Caption
        Title, subtitle and notes.
    """
    words = look.words
    base = base_line(areas, facts, words, several=True)
    question = _question(facts.problem_question, words)
    signs = words["heat.signs"]
    kind = items_kind(areas)
    measure = words[f"measure.{kind}"]
    among = "open." if isinstance(areas, RespondentShares) else ""
    title = words[f"heat.title.{among}{kind}" if facts.by_area else "heat.title.groups"]
    if isinstance(areas, RespondentShares):
        subtitle = words["heat.subtitle.open"].format(area=facts.area_word, measure=measure)
        return Caption(title, subtitle, _kept(words["heat.signs.open"], signs, base, question))
    subtitle = words["heat.subtitle"].format(
        population=population(facts, words), measure=measure, area=facts.area_word
    )
    return Caption(title, subtitle, _kept(words["heat.marks"], signs, base, question))


def caption_response(response: Table, facts: WaveFacts, look: Look) -> Caption:
    """Texts around the response and weights figure: number of answers of every stream, and what the weights cost.

    Parameters
    ----------
    response : Table
        Screened table of who answered.
    facts : WaveFacts
        The survey.
    look : Look
        Language.

    Returns
    -------
    Caption
        Title, subtitle and notes.
    """
    words = look.words
    streams = tuple(stream_line(stream, words) for stream in facts.streams)
    subtitle = words[f"response.subtitle.{spread_of(response)}"].format(stream=facts.focus)
    return Caption(words["response.title"], subtitle, (*streams, *weight_lines(facts, words)))


def spread_of(response: Table) -> Literal["answered", "population", "weighted", "both"]:
    """Say what stands beside the groups of those who answered.

    Parameters
    ----------
    response : Table
        Screened table of who answered.

    Returns
    -------
    {"answered", "population", "weighted", "both"}
        Nothing, the population, the weighted shares, or both.
    """
    weighted, known = (
        bool(response.frame[name].notna().any()) for name in ("andel_vagd", "andel_befolkning")
    )
    if weighted:
        return "both" if known else "weighted"
    return "population" if known else "answered"


def weight_lines(facts: WaveFacts, words: Wording = SWEDISH) -> tuple[str, ...]:
    """What the weighting did, in plain sentences.

    Parameters
    ----------
    facts : WaveFacts
        The survey.
    words : Wording
        Language.

    Returns
    -------
    tuple of str
        Sentences.
    """
    weights = facts.weights
    if weights is None or weights.mode == "none":
        return (words["response.unweighted"],)
    precision = words["response.precision"].format(
        n=words.number(facts.focus_stream.answered),
        effective=words.number(weights.effective_n),
        deff=words.number(weights.kish_deff, 1),
    )
    low, high = weights.g_range
    spread = words["response.range"].format(low=words.number(low, 1), high=words.number(high, 1))
    return (precision, spread) if weights.mode != "supplied" else (precision,)


def stream_line(stream: StreamFacts, words: Wording = SWEDISH) -> str:
    """One stream with its answers, response rate where known, and how people came into it.

    Parameters
    ----------
    stream : StreamFacts
        Stream.
    words : Wording
        Language.

    Returns
    -------
    str
        One line.
    """
    how = words[f"how.{stream.sampling}"]
    answered = words.number(stream.answered)
    if stream.rates is not None:
        return words["response.stream.net"].format(
            name=_opening(stream.name),
            answered=answered,
            invited=words.number(stream.rates.gross),
            ineligible=words.number(stream.rates.ineligible),
            rate=words.percent(stream.rates.net_response_rate),
            how=how,
        )
    if stream.invited:
        rate = words.percent(stream.answered / stream.invited)
        return words["response.stream.rate"].format(
            name=_opening(stream.name),
            answered=answered,
            invited=words.number(stream.invited),
            rate=rate,
            how=how,
        )
    return words["response.stream"].format(name=_opening(stream.name), answered=answered, how=how)


def signs_line(*results: Shares, words: Wording = SWEDISH) -> str:
    """What the signs in a figure mean, where there are any.

    Parameters
    ----------
    *results : Estimates or RespondentShares
        Screened results that the figure shows.
    words : Wording
        Language.

    Returns
    -------
    str
        The key; empty where every value is shown as it is.
    """
    plain = all(np.all(result.status == "ok") for result in results)
    return "" if plain else words["heat.signs"]


def base_line(result: Shares, facts: WaveFacts, words: Wording = SWEDISH, *, several: bool = False) -> str:
    """Base, stream and date of a result.

    Parameters
    ----------
    result : Estimates or RespondentShares
        Screened result.
    facts : WaveFacts
        The survey.
    words : Wording
        Language.
    several : bool, default False
        Whether the bases stand in the figure, a column each, so that the line leaves them out.

    Returns
    -------
    str
        Such as ``Bas: 612 svarande i det slumpmässiga urvalet (brev), mars 2026``.
    """
    stream = facts.focus_stream
    kind = "random" if stream.probability else "census" if stream.sampling == "census" else "open"
    where = words[f"base.{kind}"].format(name=stream.name)
    months = words.months(stream.start, stream.end) or facts.wave
    key = "base.columns" if several else "base"
    ns = tuple(cell.n for cell in readings(result) if cell.shown)
    return words[key].format(n=words.base(ns), stream=where, when=f", {months}")


def population(facts: WaveFacts, words: Wording = SWEDISH) -> str:
    """Whom the shares are about.

    Parameters
    ----------
    facts : WaveFacts
        The survey.
    words : Wording
        Language.

    Returns
    -------
    str
        Such as ``av invånarna 16–84 år``.
    """
    return words["population.ages"].format(ages=facts.ages) if facts.ages else words["population"]


def _question(question: str, words: Wording) -> str:
    return words["question"].format(question=question) if question else ""


def _kept(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _opening(name: str) -> str:
    """A name as it opens a line."""
    return name[:1].upper() + name[1:]


def items_kind(result: Shares) -> Literal["problem", "item"]:
    """Say whether the items are problems of the item catalogue or something else.

    Parameters
    ----------
    result : Estimates or RespondentShares
        Screened result.

    Returns
    -------
    {"problem", "item"}
        What to call them.
    """
    return "problem" if all(item.startswith("problem_") for item in result.cells["item"]) else "item"
