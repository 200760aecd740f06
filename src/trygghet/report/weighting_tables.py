"""Tables of what weighting does and of who answered of those who were drawn."""

import numpy as np

from trygghet.disclosure import Table
from trygghet.report.balance import balance_rows, item_shifts
from trygghet.report.inputs import WaveReport
from trygghet.report.look import Look
from trygghet.report.tables import Sheet, shown_percent
from trygghet.report.wording import WITHHELD, Wording


def table_balance(response: Table, *, look: Look) -> Sheet:
    """Table beside the figure of what weighting does to the composition.

    Parameters
    ----------
    response : Table
        Screened table of who answered.
    look : Look
        Language.

    Returns
    -------
    Sheet
        One row a group, with standardised differences before and after weighting.
    """
    words = look.words
    columns = tuple(words[f"column.{name}"] for name in ("family", "group", "asd.before", "asd.after"))
    rows = tuple(
        (row.family, row.group, shown_percent(row.before), shown_percent(row.after))
        for row in balance_rows(response, words)
    )
    return Sheet(columns, rows)


def table_moves(report: WaveReport, look: Look) -> Sheet | None:
    """Each item before and after weighting, the largest move first.

    Parameters
    ----------
    report : WaveReport
        Screened results.
    look : Look
        Language and level.

    Returns
    -------
    Sheet or None
        One row an item; None where nothing was weighted.
    """
    words = look.words
    moves = item_shifts(report.moves, look)
    if not moves:
        return None
    names = (
        "move.question",
        "word.item",
        "column.before",
        "column.after",
        "column.move",
        "column.beyond",
        "column.n",
    )
    rows = tuple(
        (
            words[f"move.question.{move.question}"],
            move.label,
            shown_percent(move.before),
            shown_percent(move.after, unsure=move.uncertain),
            100 * move.size,
            words["move.beyond" if move.beyond else "move.within"],
            move.n,
        )
        for move in moves
    )
    return Sheet(tuple(words[name] for name in names), rows)


def moves_note(report: WaveReport, look: Look) -> str:
    """How many items weighting moves further than their margin of error, in one sentence.

    Parameters
    ----------
    report : WaveReport
        Screened results.
    look : Look
        Language and level.

    Returns
    -------
    str
        The sentence.
    """
    words = look.words
    moves = item_shifts(report.moves, look)
    beyond = sum(move.beyond for move in moves)
    key = "move.note.none" if not beyond else "move.note.one" if beyond == 1 else "move.note"
    return words[key].format(count=words.in_words(beyond), items=words.in_words(len(moves)))


def table_drawn(report: WaveReport, look: Look) -> Sheet | None:
    """Who answered of those who were drawn, by groups of the frame.

    Parameters
    ----------
    report : WaveReport
        Screened results.
    look : Look
        Language.

    Returns
    -------
    Sheet or None
        One row a group; None where nobody knows who was drawn.
    """
    if report.drawn is None:
        return None
    words = look.words
    names = ("family", "group", "net", "answered", "rate")
    frame = report.drawn.result.frame
    groups = zip(
        frame["grupp_av"], frame["grupp"], frame["netto"], frame["svar"], frame["svarsandel"], strict=True
    )
    rows = tuple(
        (
            str(family),
            str(group),
            int(net),
            WITHHELD if np.isnan(float(answered)) else int(answered),
            WITHHELD if np.isnan(float(rate)) else shown_percent(float(rate)),
        )
        for family, group, net, answered, rate in groups
    )
    return Sheet(tuple(words[f"column.{name}"] for name in names), (*_total(report, words), *rows))


def _total(report: WaveReport, words: Wording) -> tuple[tuple[str | int | float, ...], ...]:
    rates = report.facts.focus_stream.rates
    if rates is None:
        return ()
    share = shown_percent(rates.net_response_rate)
    return ((words["drawn.all"], words["drawn.all"], rates.net, rates.respondents, share),)
