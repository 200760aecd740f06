from hypothesis import given
from hypothesis import strategies as st

from trygghet.report.columns import PAGE_WIDTH, fitting_widths, holds_figures, line_counts

LONG = "Grupper som stör ordningen, narkotika, sexualbrott och inbrott"
CELLS = st.lists(st.text("abåmW 12,", min_size=1, max_size=40), min_size=3, max_size=3)


def test_a_column_of_long_texts_gets_more_room_than_one_of_short_ones():
    short, long = fitting_widths(("Ja", "Vilka"), [("nej", LONG)])
    assert long > 2 * short


@given(st.lists(CELLS, min_size=1, max_size=6))
def test_the_columns_fill_the_page_and_keep_words_whole(rows):
    heads = ("Uppgift", "Andel, procent", "Antal svarande")
    widths = fitting_widths(heads, rows)
    assert abs(sum(widths) - PAGE_WIDTH) < 1e-6
    for place, column in enumerate(zip(heads, *rows, strict=True)):
        for word in " ".join(column).split(" "):
            words = ["1"] * 3
            words[place] = word or "1"
            assert line_counts(("1", "1", "1"), [words], widths)[1] == 1


def test_room_goes_where_it_saves_lines():
    heads, rows = ("Text", "Besked"), [(LONG + LONG, "ja"), (LONG, "nej"), (LONG, "går inte att avgöra")]
    widths = fitting_widths(heads, rows)
    assert sum(line_counts(heads, rows, widths)) < sum(line_counts(heads, rows, (1, 1)))


def test_the_longest_word_has_room_on_one_line():
    words = ("medborgardialogerna", "Slumpfel", "anmälda")
    widths = fitting_widths(words, [("a", "b", LONG), ("c", LONG, "d")])
    assert line_counts(words, [("a", "b", "c")], widths) == (1, 1)


def test_more_words_than_a_page_has_room_for_still_fill_it():
    heads = tuple(f"Utvecklingsindikator{number}" for number in range(12))
    assert abs(sum(fitting_widths(heads, [heads])) - PAGE_WIDTH) < 1e-6


def test_a_cell_to_fill_in_has_room_to_write():
    left, right = fitting_widths(("Mål", "Uppgift"), [("", "x"), ("", "y")])
    assert left > right


def test_figures_are_told_from_texts():
    assert holds_figures(("30", "−3 till 5", "..", "(34)", "under\N{NO-BREAK SPACE}1", "1 067", "43–51"))
    assert holds_figures(("4,2", "", "."))
    assert not holds_figures(("30", "brev"))
    assert not holds_figures(("..", "."))
    assert not holds_figures(("53 % vill prioritera", "2"))
