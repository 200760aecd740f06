import datetime as dt

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from trygghet.disclosure import DisclosureRules, screen
from trygghet.ranking import RankOptions, rank, top_set
from trygghet.ranking.composite import (
    MethodFactors,
    PillarWeights,
    Source,
    SourceDeclaration,
    composite_priority,
)
from trygghet.report import (
    Stamp,
    export_figure,
    plot_composite,
    plot_pairs,
    plot_rank_sets,
)
from trygghet.report.look import PLAIN
from trygghet.report.rank_figures import cutoff_sentence, describe_pairs, describe_rank_sets

STAMP = Stamp("Exempelstad", "KS 2026/00001", dt.date(2026, 11, 22), "SYNTETISKA DATA")
NAMES = {"u1": "Narkotika", "u2": "Inbrott", "u3": "Buskörning och farlig trafik", "u4": "Klotter"}


@pytest.fixture
def top(made):
    return top_set(made([0.47, 0.31, 0.30, 0.10], np.full(4, 0.02**2), labels=NAMES), 2, RankOptions(seed=1))


def bars(ax):
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_each_set_is_a_bar_from_its_first_to_its_last_place(top):
    ax = plot_rank_sets(top)
    drawn = {round(bar.get_y()): (bar.get_x() + 0.4, bar.get_x() + bar.get_width() - 0.4) for bar in bars(ax)}
    for row, unit in enumerate(top.ranks.order):
        assert drawn[row] == pytest.approx((top.ranks.lower[unit], top.ranks.upper[unit]))
    dots = [list(line.get_xdata()) for line in ax.lines if line.get_marker() == "o"]
    assert dots == [[1, 2, 3, 4]]
    assert "gräns efter plats 2" in texts(ax)


def test_tiers_and_cutoff_are_lines(top):
    ax = plot_rank_sets(top)
    across = [line.get_ydata()[0] for line in ax.lines if list(line.get_xdata()) == [0, 1]]
    tiers = top.ranks.tiers[top.ranks.order]
    assert across == [row for row in range(1, 4) if tiers[row] != tiers[row - 1]] == [1, 3]
    down = [line.get_xdata()[0] for line in ax.lines if list(line.get_ydata()) == [0, 1]]
    assert down == [2.5]


def test_a_filled_cell_is_a_secure_pair(top):
    ax = plot_pairs(top)
    order = top.ranks.order
    (runs,) = (each for each in ax.collections if [to_hex(c) for c in each.get_facecolor()] == ["#164a7c"])
    middles = [[(row + 0.5, column + 0.5) for column in range(len(order))] for row in range(len(order))]
    filled = [
        [any(path.contains_point((x, y)) for path in runs.get_paths()) for y, x in row] for row in middles
    ]
    assert np.array_equal(filled, top.ranks.rejected[np.ix_(order, order)])
    assert not ax.images  # an SVG with a picture inside holds data that no reader sees as text


def test_the_alternative_text_states_the_result(top):
    told = describe_rank_sets(top, look=PLAIN)
    assert "Narkotika plats 1" in told
    assert "Inbrott plats 2–3" in told
    assert "Först kan vara: Narkotika." in told
    assert "inte säkerställd: Inbrott och Buskörning och farlig trafik kan inte skiljas åt" in told
    pairs = describe_pairs(top, look=PLAIN)
    assert "5 av 6 par kan skiljas åt" in pairs
    assert "Narkotika är säkert före Inbrott" in pairs


def test_the_sentence_on_the_line(made):
    clear = top_set(made([0.6, 0.5, 0.1], np.full(3, 0.02**2)), 2, RankOptions(seed=1))
    assert cutoff_sentence(clear, PLAIN.words) == "Gränsen mellan plats 2 och 3 är säkerställd."
    assert cutoff_sentence(clear.ranks, PLAIN.words) == ""
    # the neighbours of the line are told apart, but who else belongs inside is not
    wide = top_set(made([0.6, 0.33, 0.20, 0.31], [0.0004, 0.0001, 0.0001, 0.02]), 2, RankOptions(seed=1))
    assert not wide.cutoff_secure


@pytest.mark.parametrize("plot", [plot_rank_sets, plot_pairs])
def test_ranking_figures_are_exported_with_text_and_table(top, plot, tmp_path):
    kept = screen({"prio": top, "sets": rank(top.ranks.estimates, RankOptions(seed=1))}, DisclosureRules())
    for name in ("prio", "sets"):
        files = export_figure(kept[name], plot, tmp_path / name, stamp=STAMP)
        assert [path.suffix for path in files] == [".svg", ".png", ".csv", ".txt"]
        assert "Narkotika" in files[3].read_text(encoding="utf-8")
        assert "Narkotika" in files[2].read_text(encoding="utf-8-sig")


def test_a_withheld_unit_has_a_mark_and_no_bar(made, tmp_path):
    estimates = made([0.5, 0.4, 0.2], np.full(3, 0.03**2), districts=True, n=[300, 12, 300])
    kept = screen({"sets": rank(estimates, RankOptions(seed=1))}, DisclosureRules())
    result = kept["sets"].result
    shown = int(result.ranked.sum())
    assert shown < 3
    ax = plot_rank_sets(result)
    assert len(bars(ax)) == shown
    assert any("placering redovisas inte" in text for text in texts(ax))


def test_290_areas_fit_on_a_sheet(made):
    rng = np.random.default_rng(1)
    sets = rank(
        made(rng.uniform(0.2, 0.5, 290), np.full(290, 0.02**2), districts=True),
        RankOptions(seed=1, draws=500),
    )
    for plot in (plot_rank_sets, plot_pairs):
        ax = plot(sets)
        assert max(ax.figure.get_size_inches()) < 16


def composite(made):
    estimates = made([0.47, 0.31, 0.30, 0.10], np.full(4, 0.02**2))
    about = {"unit": "andel", "period": "2026", "population": "alla", "coverage": "svarande"}
    items = dict(zip(["narkotika", "inbrott", "trafik", "klotter"], ["u1", "u2", "u3", "u4"], strict=True))
    sources = [
        Source.from_survey(
            "enkäten", estimates, items, declared=SourceDeclaration("enkät", goalposts=(0.0, 0.6), **about)
        ),
        Source.from_register(
            "anmälda brott",
            {"narkotika": 90, "inbrott": 200, "trafik": 60, "klotter": 30, "extremism": 5},
            population=36_000,
            dispersion=1,
            declared=SourceDeclaration("register", goalposts=(0.0, 8.0), **about),
        ),
    ]
    weights = PillarWeights.equal(["enkät", "register"], set_by="styrgruppen", decided="2026-01-15")
    factors = MethodFactors(seed=1, scenarios=500)
    options = RankOptions(seed=1)
    found = composite_priority(sources, weights, missing="renormalise", options=options, factors=factors)
    return screen({"enkät": estimates, "sammanvägd": found}, DisclosureRules())["sammanvägd"]


def test_composite_figure_shows_contributions_and_keeps_the_two_uncertainties_apart(made, tmp_path):
    kept = composite(made)
    ax = plot_composite(kept.result)
    dashed = [line for line in ax.lines if line.get_linestyle() == "--"]
    solid = [
        bar
        for bar in bars(ax)
        if bar.get_facecolor()[:3] == pytest.approx((0x4D / 255, 0x83 / 255, 0xB8 / 255)) and bar.get_x() > 2
    ]
    assert len(dashed) == len(solid) == 4
    assert "ingen enkätgrund" in texts(ax)
    files = export_figure(kept, plot_composite, tmp_path / "sammanvägd", stamp=STAMP)
    alt = files[3].read_text(encoding="utf-8")
    assert "extremism ingen enkätgrund" in alt
    assert "inget konfidensintervall" in files[0].read_text(encoding="utf-8") or "möjlig plats" in alt
    rows = pd.read_csv(files[2], sep=";", encoding="utf-8-sig")
    assert rows.loc[rows.iloc[:, 0] == "extremism", "Underlag"].tolist() == ["ingen enkätgrund"]
    largest = [bar for bar in bars(ax) if round(bar.get_y() - 0.25, 6) == 0 and bar.get_x() < 2.3]
    (outline,) = (bar for bar in largest if not bar.get_fill())
    widths = sum(bar.get_width() for bar in largest if bar.get_fill())
    assert widths == outline.get_width() == pytest.approx(2.3)  # the largest score fills the scale
