import builders
import numpy as np
import pytest

from trygghet.disclosure import screen
from trygghet.report import Look, export_figure, plot_trend
from trygghet.report.trend import trends_of
from trygghet.report.wording import Wording
from trygghet.waves import change, detectable_change

ITEMS = builders.ITEMS[:3]


def level(wave, values, items=ITEMS):
    from dataclasses import replace

    made = builders.estimates(values, 800, items)
    return replace(made, about=replace(made.about, wave=wave))


@pytest.fixture(scope="module")
def waves():
    old, middle = level("2020", (0.25, 0.2, 0.4)), level("2024", (0.3, 0.22, 0.41))
    new = level("2026", (0.32, 0.3, 0.4))
    return old, middle, new, change(middle, old), change(new, middle)


def lines(ax):
    return [line for line in ax.lines if line.get_color() == "#2f6ca5" and len(line.get_xdata()) == 2]


def test_points_stand_by_year(waves):
    ax = plot_trend(*waves)
    first = sorted({round(float(line.get_xdata()[0]), 3) for line in ax.lines if line.get_marker() == "o"})
    assert len(first) == 3
    assert (first[1] - first[0]) / (first[2] - first[1]) == pytest.approx(2.0, abs=0.01)


def test_intervals_and_values_have_one_scale_from_zero(waves):
    ax = plot_trend(*waves)
    points = [line for line in ax.lines if line.get_marker() == "o"]
    base = max(
        line.get_ydata()[0]
        for line in ax.lines
        if line.get_color() == "#d0d0d0" and line.get_ydata()[0] < 1.6
    )
    heights = [base - point.get_ydata()[0] for point in points[:3]]
    assert heights[1] / heights[0] == pytest.approx(0.3 / 0.25)
    assert heights[2] / heights[0] == pytest.approx(0.32 / 0.25)


def test_no_line_across_a_break(waves):
    old, middle, new, first, second = waves
    joined = len(lines(plot_trend(old, middle, new, first, second)))
    broken = second.take(np.array([0, 1]))
    ax = plot_trend(old, middle, new, first, broken)
    assert joined == 6
    assert len(lines(ax)) == 5
    assert sum(text.get_text() == "går inte att jämföra" for text in ax.texts) == 1


def test_change_is_told_with_interval_and_smallest_detectable(waves):
    told = "\n".join(text.get_text() for text in plot_trend(*waves).texts).replace("\n", " ")
    size = 100 * detectable_change(waves[4])[0]
    assert "Sedan 2024: +2" in told
    assert f"Minsta upptäckbara: {size:.0f}" in told


def test_withheld_wave_has_a_sign_and_no_point(waves):
    few = level("2026", (0.3, 0.3, 0.3))
    few.n[:] = 12
    few.numerator[:] = 4
    kept = screen({"a": waves[0], "b": waves[1], "c": few})
    ax = plot_trend(*(each.result for each in kept.values()))
    assert sum(text.get_text() == ".." for text in ax.texts) == 3


def test_waves_without_a_year_stand_as_the_changes_tell():
    first, last = level("vår", (0.25, 0.2, 0.4)), level("höst", (0.3, 0.3, 0.4))
    for given in ((last, first), (first, last)):
        names, trends = trends_of((*given, change(last, first)))
        assert names == ("vår", "höst")
        assert list(trends[0].points) == ["vår", "höst"]
        assert trends[0].told(Wording()).startswith("Sedan vår: +5")


def test_a_change_between_earlier_waves_is_not_told_as_the_latest(waves):
    old, middle, new, first, _ = waves
    _, trends = trends_of((old, middle, new, first))
    assert trends[0].told(Wording()) == Wording()["trend.none"]


def test_only_asked_items_in_the_given_order(waves):
    _, trends = trends_of(waves, Look(order=(ITEMS[2], ITEMS[0], "okand")))
    assert [trend.item for trend in trends] == [ITEMS[2], ITEMS[0]]


def test_export_has_table_and_text(waves, tmp_path):
    kept = screen({str(place): each for place, each in enumerate(waves)})
    files = export_figure(tuple(kept.values()), plot_trend, tmp_path / "utveckling", stamp=builders.STAMP)
    table = files[2].read_bytes().decode("utf-8-sig").splitlines()
    assert len(table) == 1 + 9
    assert "2020 25" in files[3].read_text(encoding="utf-8")
