"""What the families of statements can show at several numbers of answers: a table for the method annex."""

import math
from collections.abc import Sequence
from typing import Final

from trygghet.claims import FAMILY_NAMES
from trygghet.report.inputs import WaveFacts
from trygghet.report.tables import Sheet, Value
from trygghet.report.wording import Wording

ANSWERS: Final = (300, 500, 1100)
DIFFERENCES: Final = (0.05, 0.10, 0.15)
SHARE: Final = 0.30
_HARDLY = 0.5


def power_sheet(facts: WaveFacts, words: Wording) -> Sheet | None:
    """Lay out what each family of statements can show.

    Parameters
    ----------
    facts : WaveFacts
        The survey, with its families and its weights.
    words : Wording
        Language.

    Returns
    -------
    Sheet or None
        One row a family and number of answers; None where nothing is declared or there is no random sample.
    """
    if facts.families is None or not facts.focus_stream.probability:
        return None
    table = facts.families.power_table(
        answers=ANSWERS, share=SHARE, differences=DIFFERENCES, design_effect=design_effect(facts)
    )
    if table.empty:
        return None
    told = [f"power_{100 * d:.0f}" for d in DIFFERENCES]
    points = [words["column.power"].format(points=words.number(100 * d)) for d in DIFFERENCES]
    names: Sequence[str] = ("claims", "comparisons", "answers", "detectable")
    heads = (*(words[f"column.{name}"] for name in names), *points)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            _capital(FAMILY_NAMES[row["kind"]].say(words.language)),
            int(row["comparisons"]),
            int(row["n"]),
            _size(float(row["detectable"]), words),
            *(100 * float(row[column]) for column in told),
        )
        for row in table.to_dict("records")
    )
    return Sheet(heads, rows)


def power_rows(sheet: Sheet, words: Wording) -> tuple[tuple[str, ...], ...]:
    """Write the table for people: no chance is said to be 0 or 100 per cent.

    Parameters
    ----------
    sheet : Sheet
        What :func:`power_sheet` gave.
    words : Wording
        Language.

    Returns
    -------
    tuple of tuple of str
        Rows as text.
    """
    first = len(sheet.columns) - len(DIFFERENCES)
    return tuple(
        (
            *(value if isinstance(value, str) else words.number(value) for value in row[:first]),
            *(_chance(float(value), words) for value in row[first:]),
        )
        for row in sheet.rows
    )


def _size(difference: float, words: Wording) -> Value:
    """A difference in percentage points; a word where none is normally seen in both directions."""
    return 100 * difference if math.isfinite(difference) else words["power.never"]


def _chance(percent: float, words: Wording) -> str:
    if percent < _HARDLY:
        return words["power.hardly"]
    return words["power.nearly"] if percent > 100 - _HARDLY else words.number(percent)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def power_note(facts: WaveFacts, words: Wording) -> str:
    """Say what the table of power was computed for.

    Parameters
    ----------
    facts : WaveFacts
        The survey, with its families and its weights.
    words : Wording
        Language.

    Returns
    -------
    str
        One paragraph; empty where nothing is declared.
    """
    if facts.families is None:
        return ""
    return words["power.note"].format(
        share=words.percent(SHARE),
        deff=words.number(design_effect(facts), 2),
        level=words.level(facts.families.family_level),
    )


def design_effect(facts: WaveFacts) -> float:
    """Give the design effect of the survey's weights; 1 without weights.

    Parameters
    ----------
    facts : WaveFacts
        The survey.

    Returns
    -------
    float
        Kish's design effect.
    """
    return facts.weights.kish_deff if facts.weights is not None else 1.0
