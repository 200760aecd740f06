def test_two_equal_columns_stand_side_by_side_on_a_desktop(measured):
    found = measured(1280)
    assert found["widths"][0] == found["widths"][1]
    assert found["tops"][0] == found["tops"][1]
    assert found["scroll"] == 0
    assert found["sideways"] == []
    assert found["box"] < 900


def test_a_telephone_needs_no_sideways_scrolling(measured):
    found = measured(320)
    assert found["scroll"] == 0
    assert found["sideways"] == []
    assert found["tops"][0] < found["tops"][1]


def test_each_figure_is_shown_once_at_every_width(measured):
    assert measured(1280)["drawings"] == 7
    assert measured(320)["drawings"] == 4
