"""Caption, alternative text and table of the trend figure."""

from trygghet.estimate.estimates import Estimates
from trygghet.report.captions import population
from trygghet.report.inputs import WaveFacts
from trygghet.report.look import Look
from trygghet.report.reading import Reading
from trygghet.report.sheet import Caption
from trygghet.report.tables import Sheet, Value, shown_percent
from trygghet.report.trend import trends_of
from trygghet.report.wording import Wording


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
    return Caption(words["trend.title"], subtitle, (base, look.of_changes("trend.reading")))


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
        moved = trend.told(words).replace("|", " ")
        told.append(f"{trend.label}: {values}. {moved}.".replace("..", "."))
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
            moved: tuple[Value, ...] = ("", "", "", "")
            if step is not None:
                move = step.change
                moved = tuple(
                    shown_percent(each) for each in (move.value, move.low, move.high, step.detectable)
                )
            rows.append((trend.label, wave, *_measured(cell), *moved))
    names = ("low", "high", "n")
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
        ),
        tuple(rows),
    )


def _measured(cell: Reading) -> tuple[Value, ...]:
    """Share, limits and base, or the sign of the cell."""
    if not cell.shown:
        return (cell.mark,) * 4
    return (shown_percent(cell.value), shown_percent(cell.low), shown_percent(cell.high), cell.n)


def _value(cell: Reading, words: Wording) -> str:
    limits = words.limits(cell.low, cell.high)
    return f"{words.percent(cell.value)}{f' ({limits})' if limits else ''}" if cell.shown else cell.mark
