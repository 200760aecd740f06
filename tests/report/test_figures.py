import builders
import matplotlib as mpl
import numpy as np
import pytest
from builders import DISTRICTS, ITEMS, LABELS, PRIORITIES, PROBLEMS
from matplotlib.backends.backend_agg import FigureCanvasAgg

from trygghet.report import Look, figure_of, plot_heat, plot_problems, plot_response, plot_top_set
from trygghet.report.figures import planned_figures

PAD = 0.02


def texts(ax):
    return [text.get_text() for text in ax.texts]


def bars(ax):
    return [patch for patch in ax.patches if patch.get_height() == pytest.approx(0.17)]


def intervals(ax):
    return [line for line in ax.lines if len(line.get_xdata()) == 6]


def test_priorities_stand_in_three_boxes_without_place_numbers():
    ax = plot_top_set(builders.priorities())
    assert "SÄKERT BLAND DE FYRA" in texts(ax)
    assert "KAN HÖRA DIT (tre av dessa fem)" in texts(ax)
    assert "HÖR INTE DIT" in texts(ax)
    assert not {"1", "1.", "2", "2–6"} & set(texts(ax))


def test_bars_and_intervals_stand_where_the_shares_are():
    top = builders.priorities()
    ax = plot_top_set(top)
    assert sorted(bar.get_width() for bar in bars(ax)) == pytest.approx(sorted(PRIORITIES))
    low, high = top.ranks.estimates.interval()
    drawn = sorted((min(line.get_xdata()), max(line.get_xdata())) for line in intervals(ax))
    assert np.array(drawn) == pytest.approx(np.array(sorted(zip(low, high, strict=True))))
    assert ax.get_xlim()[0] == 0


def test_one_place_for_two_areas_is_said_in_words():
    from trygghet.ranking import RankOptions, top_set

    top = top_set(builders.estimates([0.5, 0.3, 0.29, 0.05], 400, ITEMS[:4]), 2, RankOptions(seed=1))
    assert "KAN HÖRA DIT (ett av dessa två)" in texts(plot_top_set(top))


def test_no_area_is_sure_when_all_are_alike():
    from trygghet.ranking import RankOptions, top_set

    top = top_set(builders.estimates([0.3, 0.3, 0.3, 0.29], 100, ITEMS[:4]), 2, RankOptions(seed=1))
    assert "inget område kan säkert placeras här" in texts(plot_top_set(top))


def test_open_form_has_no_boxes_and_no_intervals():
    ax = plot_top_set(builders.respondents(PRIORITIES, 874, ITEMS))
    assert intervals(ax) == []
    assert not any("KAN HÖRA" in text or "SÄKERT" in text for text in texts(ax))
    assert all(bar.get_hatch() for bar in bars(ax))


def test_problems_are_sorted_with_the_most_common_first():
    ax = plot_problems(builders.problems())
    by_height = sorted(bars(ax), key=lambda bar: bar.get_y())
    assert [bar.get_width() for bar in by_height] == pytest.approx(sorted(PROBLEMS, reverse=True))


def test_withheld_problem_has_a_sign_and_no_bar():
    from trygghet.disclosure import screen

    few = builders.estimates(PROBLEMS, [12, *[900] * 9], ITEMS)
    kept = screen({"p": few})["p"]
    figure = figure_of(kept, plot_problems, stamp=builders.STAMP)
    ax = figure.axes[0]
    assert len(bars(ax)) == len(ITEMS) - 1
    assert ".." in texts(ax)
    assert "44 %" not in texts(ax)


def test_heat_marks_only_what_holm_establishes():
    ax = plot_heat(builders.areas(), builders.contrasts())
    from scipy import stats

    contrast = builders.contrasts()
    p = 2 * stats.t.sf(np.abs(contrast.values) / contrast.standard_errors, 400)
    order = np.argsort(p)
    passed = 0
    while p[order[passed]] <= 0.05 / (len(p) - passed):
        passed += 1
    established = order[:passed]
    expected_up = int(np.sum(contrast.values[established] > 0))
    assert passed > 0
    assert sum("▲" in text for text in texts(ax)) == expected_up
    assert sum("▼" in text for text in texts(ax)) == passed - expected_up


@pytest.mark.trap(39)
def test_withheld_and_unasked_cells_are_white_and_have_their_signs():
    from dataclasses import replace

    from trygghet.disclosure import screen

    asked = builders.areas()
    status = asked.status.copy()
    values = asked.values.copy()
    status[0], values[0] = "not_asked", np.nan
    kept = screen({"a": replace(asked, status=status, values=values)})["a"]
    ax = figure_of(kept, plot_heat, stamp=builders.STAMP).axes[0]
    white = [patch for patch in ax.patches if patch.get_facecolor()[:3] == (1.0, 1.0, 1.0)]
    assert texts(ax).count("..") == len(ITEMS)
    assert texts(ax).count(".") == 1
    assert len(white) == len(ITEMS) + 1
    assert any(text.startswith("(") and text.endswith(")") for text in texts(ax))


def test_heat_tells_the_base_of_every_shown_column():
    from trygghet.disclosure import screen

    kept = screen({"a": builders.areas()})["a"]
    ax = figure_of(kept, plot_heat, stamp=builders.STAMP).axes[0]
    for district, n in DISTRICTS.items():
        assert any(
            text.replace("\N{NO-BREAK SPACE}", " ") == f"n {n if n >= 30 else '..'}" for text in texts(ax)
        ), district


def test_response_shows_three_marks_a_group():
    ax = plot_response(builders.response())
    after = [
        line.get_xdata()[0]
        for line in ax.lines
        if line.get_marker() == "o" and line.get_markerfacecolor() != "white"
    ]
    assert after == pytest.approx([0.50, 0.50, 0.22, 0.31, 0.47])


def test_response_without_population_shows_no_population_mark():
    table = builders.response()
    table.frame["andel_befolkning"] = np.nan
    ax = plot_response(table)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["före viktning", "efter viktning"]


@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize("which", ["wave_report", "open_report"])
def test_no_text_is_clipped(which, width, request):
    report = request.getfixturevalue(which)
    for name, plan in planned_figures(report, Look(width=width)).items():
        figure = figure_of(
            plan.publishables, plan.plot, stamp=report.stamp, caption=plan.caption, look=plan.look
        )
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        wide, high = figure.bbox.width, figure.bbox.height
        for text in (text for owner in (figure, *figure.axes) for text in owner.texts):
            if text.get_rotation() == 20:
                continue
            box = text.get_window_extent(canvas.get_renderer())
            assert box.x0 >= -PAD * wide, (name, text.get_text())
            assert box.x1 <= wide * (1 + PAD), (name, text.get_text())
            assert box.y0 >= 0, (name, text.get_text())
            assert box.y1 <= high, (name, text.get_text())


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_no_two_texts_of_the_drawing_overlap(wave_report, width):
    for name, plan in planned_figures(wave_report, Look(width=width)).items():
        figure = figure_of(
            plan.publishables, plan.plot, stamp=wave_report.stamp, caption=plan.caption, look=plan.look
        )
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        found = [
            text for owner in (figure, *figure.axes) for text in owner.texts if text.get_rotation() != 20
        ]
        boxes = [
            (text.get_text(), text.get_window_extent(canvas.get_renderer()))
            for text in found
            if text.get_text()
        ]
        for place, (text, box) in enumerate(boxes):
            for other, against in boxes[place + 1 :]:
                across = min(box.x1, against.x1) - max(box.x0, against.x0)
                along = min(box.y1, against.y1) - max(box.y0, against.y0)
                assert across <= 1 or along <= 3, (name, text, other)


def test_long_labels_and_dollar_signs_are_written_as_they_are():
    from dataclasses import replace

    long = {
        ITEMS[0]: "Ungdomsgrupper som stör och kostar $5 eller $6 per invånare utanför centrumanläggningen"
    }
    problems = builders.problems()
    problems = replace(problems, about=replace(problems.about, labels={**LABELS, **long}))
    ax = plot_problems(problems)
    assert any("$5" in text for text in texts(ax))


def test_figures_leave_the_global_settings_alone(wave_report):
    import sys

    before = dict(mpl.rcParams)
    plan = planned_figures(wave_report, Look())["problem"]
    figure_of(plan.publishables, plan.plot, stamp=wave_report.stamp)
    assert dict(mpl.rcParams) == before
    assert "matplotlib.pyplot" not in {name for name in sys.modules if name.startswith("trygghet")}


def test_every_figure_is_stamped(wave_report):
    for plan in planned_figures(wave_report, Look()).values():
        figure = figure_of(
            plan.publishables, plan.plot, stamp=wave_report.stamp, caption=plan.caption, look=plan.look
        )
        told = [text.get_text() for text in figure.texts]
        assert told.count("SYNTETISKA DATA") == 2
        assert any("KS 2026/00001" in text and "Exempelstad" in text for text in told)


def test_every_figure_tells_its_base(wave_report, open_report):
    for report in (wave_report, open_report):
        for name, plan in planned_figures(report, Look()).items():
            told = " ".join(plan.caption.notes)
            assert "Bas:" in told or "svar" in told, name
