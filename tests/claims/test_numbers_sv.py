import datetime as dt

import pytest

from trygghet.claims import numbers_sv as sv


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1101, 0, "1\u00a0101"),
        (1234567.891, 1, "1\u00a0234\u00a0567,9"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-0.4, 0, "0"),
        (-2.5, 0, "\u22123"),
        (0.15, 1, "0,2"),
        (2.675, 2, "2,68"),
    ],
)
def test_number(value, decimals, text):
    assert sv.number(value, decimals) == text


def test_a_number_without_a_value_has_no_form():
    with pytest.raises(ValueError, match="no written form"):
        sv.number(float("nan"))


def test_signs_and_spaces():
    assert sv.percent(0.234, 1) == "23,4\u00a0%"
    assert sv.percent_range(0.23, 0.28) == "23\u201328\u00a0%"
    assert sv.span(-2, 8) == "\u22122\u00a0till\u00a08"
    assert sv.points(0.16) == "16\u00a0procentenheter"
    assert sv.points(0.012) == "1\u00a0procentenhet"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (dt.date(2026, 3, 1), dt.date(2026, 3, 30), "mars 2026"),
        (dt.date(2026, 3, 1), dt.date(2026, 4, 30), "mars–april 2026"),
        (dt.date(2025, 11, 1), dt.date(2026, 1, 3), "november 2025–januari 2026"),
        (None, dt.date(2026, 4, 30), "april 2026"),
        (None, None, ""),
    ],
)
def test_period(start, end, text):
    assert sv.period(start, end) == text
