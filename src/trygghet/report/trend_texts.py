"""Caption, alternative text and table of the trend figure."""

from trygghet.estimate.estimates import Estimates
from trygghet.report.captions import population, signs_line
from trygghet.report.inputs import WaveFacts
from trygghet.report.look import Look
from trygghet.report.reading import Reading
from trygghet.report.sheet import Caption
from trygghet.report.tables import Sheet, Value, shown_percent
from trygghet.report.trend import trends_of
from trygghet.report.wording import NOT_ASKED, WITHHELD, Wording


def caption_trend(newest: Estimates, facts: WaveFacts, look: Look) -> Caption:
    """Texts around the trend figure.

    Parameters
    ----------
    newest : Estimates
        Levels of one wave.
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
    subtitle = words["trend.subtitle"].format(
        population=population(facts, words), level=words.percent(look.level)
    )
    base = words["trend.base"].format(stream=newest.about.stream)
    signs = signs_line(newest, words=words)
    notes = (base, look.of_changes("trend.reading"), *((signs,) if signs else ()))
    return Caption(words["trend.title"], subtitle, notes)


def describe_trend(*results: Estimates, look: Look) -> str:
    """Alternative text of the trend figure.

    Parameters
    ----------
    *results : Estimates
        Screened levels and changes.
    look : Look
        Language and level.

    Returns
    -------
    str
        A few sentences.
    """
    words = look.words
    waves, trends = trends_of(results, look)
    told = [words["alt.trend"].format(waves=words.listing(waves))]
    for trend in trends:
        values = ", ".join(f"{wave} {_value(cell, words)}" for wave, cell in trend.points.items())
        moved = trend.told(words).replace("|", " ").rstrip(".")
        told.append(f"{trend.label}: {values}. {moved}.")
    return " ".join(told)


def table_trend(*results: Estimates, look: Look) -> Sheet:
    """Table beside the trend figure: one row an item and wave.

    Parameters
    ----------
    *results : Estimates
        Screened levels and changes.
    look : Look
        Language and level.

    Returns
    -------
    Sheet
        Shares in per cent with limits and base, and the change since the wave before in percentage points.
    """
    words = look.words
    _, trends = trends_of(results, look)
    rows: list[tuple[Value, ...]] = []
    for trend in trends:
        for wave, cell in trend.points.items():
            step = next((step for (_, new), step in trend.steps.items() if new == wave), None)
            moved: tuple[Value, ...] = ("", "", "", "", "")
            if step is not None:
                move = step.change
                limits = (shown_percent(each) for each in (move.low, move.high, step.detectable))
                moved = (shown_percent(move.value, unsure=move.uncertain), *limits, move.sign)
            rows.append((trend.label, wave, *_measured(cell), *moved))
    names = ("low", "high", "n", "sign")
    return Sheet(
        (
            words["word.change.item"],
            words["column.wave"],
            words["column.share"],
            *(words[f"column.{name}"] for name in names),
            words["trend.column.points"],
            words["trend.column.low"],
            words["trend.column.high"],
            words["word.change.detectable"],
            words["trend.column.sign"],
        ),
        tuple(rows),
    )


def _measured(cell: Reading) -> tuple[Value, ...]:
    """Share, limits, base and sign; the sign alone where there is no value."""
    if not cell.shown:
        return (cell.mark,) * 5
    share = shown_percent(cell.value, unsure=cell.uncertain)
    return (share, shown_percent(cell.low), shown_percent(cell.high), cell.n, cell.sign)


def _value(cell: Reading, words: Wording) -> str:
    if not cell.shown:
        kinds = {WITHHELD: "mark.withheld", NOT_ASKED: "mark.not_asked"}
        return words[kinds[cell.mark]] if cell.mark in kinds else cell.mark
    limits = words.limits(cell.low, cell.high)
    unsure = words["alt.uncertain"] if cell.uncertain else ""
    return f"{words.percent(cell.value)}{f' ({limits})' if limits else ''}{unsure}"
