"""What the report says of its weighting: the love plot, each item before and after, who answered, and what is told of the weights."""

from dataclasses import replace

import builders
import numpy as np
import pytest
from matplotlib.colors import same_color

from trygghet.disclosure import DisclosureRules, screen
from trygghet.report import Look, plot_balance
from trygghet.report.balance import NOTABLE, balance_rows, caption_balance, describe_balance, item_shifts
from trygghet.report.export import Rendered
from trygghet.report.figures import drawn_for_page, planned_figures
from trygghet.report.kinds import kind_of
from trygghet.report.page import page_of
from trygghet.report.palette import NOT_AMONG, SURE
from trygghet.report.weighting_tables import moves_note, table_balance, table_drawn, table_moves
from trygghet.report.wording import WITHHELD, Wording

LOOK = Look()
SV = Wording("sv")
# |p - P| / sqrt(P (1 - P)) of the response table in builders, before and after, by hand
BY_HAND = {
    "Kvinna": (0.0760, 0.0040),
    "Man": (0.0760, 0.0040),
    "16–29 år": (0.2699, 0.0024),
    "30–49 år": (0.1426, 0.0022),
    "50–84 år": (0.3567, 0.0040),
}


def sections(report, language="sv"):
    look = Look(words=Wording(language))
    planned = planned_figures(report, look)
    rendered = {
        name: Rendered(
            "<svg></svg>",
            b"",
            b"",
            "",
            kind_of(plan.plot).table(*(each.result for each in plan.publishables), look=plan.look),
        )
        for name, plan in planned.items()
    }
    page = page_of(report, drawn_for_page(planned, rendered, {}), look)
    return {section.name: section for section in page.sections}


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def marks(ax):
    """Positions of the marks before (white inside) and after weighting, in rows from the top."""
    points = [line for line in ax.lines if line.get_marker() == "o"]
    white = [line for line in points if line.get_markerfacecolor() == "white"]
    full = [line for line in points if line.get_markerfacecolor() != "white"]
    assert all(same_color(line.get_markeredgecolor(), NOT_AMONG) for line in white)
    assert all(same_color(line.get_color(), SURE) for line in full)
    return [[(line.get_xdata()[0], line.get_ydata()[0]) for line in kind] for kind in (white, full)]


def test_standardised_differences_are_those_by_hand():
    rows = balance_rows(builders.response(), SV)
    assert [row.group for row in rows] == list(BY_HAND)
    for row in rows:
        assert (row.before, row.after) == pytest.approx(BY_HAND[row.group], abs=5e-5)


@pytest.mark.parametrize("column", ["andel_befolkning", "andel_vagd", "andel_ovagd"])
def test_a_group_of_which_something_is_unknown_or_withheld_is_not_drawn(column):
    table = builders.response()
    table.frame.loc[1, column] = np.nan
    assert [row.group for row in balance_rows(table, SV)] == [name for name in BY_HAND if name != "Man"]


def test_a_group_that_is_everyone_has_no_spread():
    table = builders.response()
    table.frame.loc[0, "andel_befolkning"] = 1.0
    table.frame.loc[1, "andel_befolkning"] = 0.0
    assert len(balance_rows(table, SV)) == 3


def test_the_love_plot_draws_both_marks_where_they_are():
    ax = plot_balance(builders.response())
    before, after = marks(ax)
    assert [x for x, _ in before] == pytest.approx([pair[0] for pair in BY_HAND.values()], abs=5e-5)
    assert [x for x, _ in after] == pytest.approx([pair[1] for pair in BY_HAND.values()], abs=5e-5)
    assert [y for _, y in before] == [y for _, y in after] == sorted(y for _, y in after)
    low, high = ax.get_xlim()
    assert low == 0
    assert high >= max(x for x, _ in before)
    texts = {text.get_text() for text in ax.texts}
    assert {"Kön", "Ålder", *BY_HAND} <= texts
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["före viktning", "efter viktning"]


def test_a_dashed_line_stands_where_a_difference_is_notable():
    ax = plot_balance(builders.response())
    dashed = [lines for lines in ax.collections if lines.get_linestyle()[0][1] is not None]
    assert [segment[0][0] for lines in dashed for segment in lines.get_segments()] == [NOTABLE]
    caption = caption_balance(builders.response(), builders.facts(), LOOK)
    assert "10 procent" in plain(" ".join(caption.notes)) or "10 %" in plain(" ".join(caption.notes))
    assert "brev" in caption.subtitle


def test_the_love_plot_of_small_differences_still_reaches_the_line():
    table = builders.response()
    table.frame["andel_ovagd"] = table.frame["andel_befolkning"]
    assert plot_balance(table).get_xlim()[1] > NOTABLE


def test_the_alternative_text_names_the_farthest_groups():
    told = plain(describe_balance(builders.response(), look=LOOK))
    assert "50–84 år (36 %)" in told
    nothing = builders.response()
    nothing.frame["andel_befolkning"] = np.nan
    assert describe_balance(nothing, look=LOOK) == SV["alt.balance"]
    assert not marks(plot_balance(nothing))[0]


def test_the_table_beside_the_love_plot_has_its_numbers():
    sheet = table_balance(builders.response(), look=LOOK)
    assert [row[1] for row in sheet.rows] == list(BY_HAND)
    for row in sheet.rows:
        assert row[2:] == pytest.approx([100 * value for value in BY_HAND[row[1]]], abs=0.06)


def test_an_item_moves_by_the_difference_and_the_largest_move_stands_first(wave_report):
    moves = item_shifts(wave_report.moves, LOOK)
    shown = dict(zip(builders.ITEMS, builders.PROBLEMS, strict=True))
    labels = {builders.LABELS[item]: value for item, value in shown.items()}
    assert {move.label for move in moves} == set(labels)
    for move in moves:
        assert move.after == pytest.approx(labels[move.label])
        assert move.size == pytest.approx(move.after - move.before)
        assert move.question == "problem"
    sizes = [abs(move.size) for move in moves]
    assert sizes == sorted(sizes, reverse=True)
    assert moves[0].label == "Narkotika"
    assert moves[0].size == pytest.approx(-0.05)


def test_an_item_is_beyond_its_margin_of_error_only_when_it_moves_further(wave_report):
    moves = {move.label: move for move in item_shifts(wave_report.moves, LOOK)}
    # deff 1.4, n 1,080 and 0.44: a margin of about 3.5 percentage points
    assert moves["Narkotika"].margin == pytest.approx(1.96 * np.sqrt(1.4 * 0.44 * 0.56 / 1080), rel=0.02)
    assert {name for name, move in moves.items() if move.beyond} == {
        "Narkotika",
        "Grov organiserad brottslighet",
    }
    wide = item_shifts(wave_report.moves, Look(level=0.9999))
    assert sum(move.beyond for move in wide) < 2


def pairs(moved, n=500):
    """Items before and after weighting, screened together."""
    items = builders.ITEMS[: len(moved)]
    after = np.array(builders.PROBLEMS[: len(moved)])
    kept = screen(
        {
            "after": builders.estimates(after, n, items),
            "before": builders.respondents(after + moved, n, items, stream="brev"),
        },
        DisclosureRules(),
    )
    return ((kept["after"], kept["before"]),)


@pytest.mark.parametrize(
    ("moved", "language", "told"),
    [
        ([0.0, 0.0], "sv", "note.none"),
        ([0.2, 0.0], "sv", "note.one"),
        ([0.2, 0.2], "sv", "note"),
        ([0.2, 0.2], "en", "note"),
    ],
)
def test_one_sentence_says_how_many_items_hang_on_the_weighting(wave_report, *, moved, language, told):
    look = Look(words=Wording(language))
    note = moves_note(replace(wave_report, moves=pairs(moved)), look)
    expected = look.words[f"move.{told}"].format(
        count=look.words.in_words(len(np.flatnonzero(moved))), items=look.words.in_words(len(moved))
    )
    assert note == expected


def test_items_that_are_withheld_are_not_compared(wave_report):
    small = replace(wave_report, moves=pairs([0.1, 0.1], n=[500, 12]))
    assert [move.label for move in item_shifts(small.moves, LOOK)] == ["Narkotika"]


def test_nothing_weighted_gives_no_table_of_moves(wave_report):
    assert table_moves(replace(wave_report, moves=()), LOOK) is None


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_section_on_weighting_asks_its_question_and_shows_every_item(wave_report, language):
    words = Wording(language)
    section = sections(wave_report, language)["viktning"]
    assert section.heading == words["section.weighting"] != ""
    assert section.figure is not None
    assert section.table is not None
    assert section.table.caption == words["table.moves"]
    assert len(section.table.rows) == len(builders.ITEMS)
    assert section.table.notes == (moves_note(wave_report, Look(words=Wording(language))),)
    first = [plain(cell) for cell in section.table.rows[0]]
    comma = {"sv": ",", "en": "."}[language]
    assert [first[0], *first[2:5]] == ["Narkotika", f"49{comma}0", f"44{comma}0", f"\N{MINUS SIGN}5{comma}0"]


def test_the_section_on_response_has_the_whole_sample_first_and_withholds_two(wave_report):
    section = sections(wave_report)["svarsfrekvens"]
    assert section.heading == "Svarsfrekvens"
    assert section.figure is None
    rows = [[plain(cell) for cell in row] for row in section.table.rows]
    assert rows[0][2:] == ["2 680", "1 101", "41"]
    by_group = {row[0]: row[2:] for row in rows[1:]}
    assert by_group["Centrum"] == ["800", "420", "53"]
    withheld = [group for group, cells in by_group.items() if cells[1] == WITHHELD]
    assert "Åsbyn" in withheld
    assert len(withheld) == 2, "a single sign would be found by subtraction"
    assert all(by_group[group][2] == WITHHELD for group in withheld)


def test_nobody_knows_who_was_drawn_and_the_section_is_not_there(wave_report, open_report):
    assert table_drawn(replace(wave_report, drawn=None), LOOK) is None
    assert "svarsfrekvens" not in sections(replace(wave_report, drawn=None))
    shown = sections(open_report)
    assert "svarsfrekvens" not in shown
    assert "viktning" not in shown


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_told_of_the_weights_stands_in_the_method_annex(wave_report, language):
    words = Wording(language)
    told = words["weights.within"], words["weights.gap"].format(gap=words.percent(0.012, 1))
    facts = replace(wave_report.facts, notes=told)
    look = Look(words=Wording(language))
    annex = page_of(replace(wave_report, facts=facts), {}, look).method
    assert set(told) <= set(annex)
    assert not set(told) & set(page_of(wave_report, {}, look).method)
