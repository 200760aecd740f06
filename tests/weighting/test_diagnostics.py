from html.parser import HTMLParser

import numpy as np
import pytest

from trygghet.weighting import (
    Margins,
    balance_table,
    base_weights,
    calibrate,
    item_moves,
    rake,
    share_gaps,
    summary_html,
    weights_by_group,
)
from trygghet.weighting.diagnostics import gap_notes

TABLES = {"kon": {"Kvinna": 5000.0, "Man": 5000.0}, "omrade": {"Centrum": 6000.0, "Lunden": 4000.0}}


@pytest.fixture
def weights(people):
    return rake(people, Margins.from_dict(TABLES))


def test_balance_by_hand(people, weights):
    table = balance_table(weights).set_index("category")
    women = people.columns.frame["kon"] == "Kvinna"
    row = table.loc["kon: Kvinna"]
    share = people.weights[women].sum() / people.weights.sum()
    assert row["respondents"] == women.sum()
    assert row["before"] == pytest.approx(share)
    assert row["asd_before"] == pytest.approx(abs(share - 0.5) / 0.5)
    assert row["after"] == pytest.approx(row["population"]) == pytest.approx(0.5)
    assert table["asd_after"].max() < 1e-8


def test_numeric_totals_are_no_shares(people):
    weights = calibrate(people, Margins.from_dict(TABLES | {"inkomst": 2_850_000.0}))
    assert len(balance_table(weights)) == 4


def test_weights_without_calibration_have_no_balance(tmp_path):
    from letters_survey import read

    assert balance_table(base_weights(read(tmp_path).stream("brev"), "own")).empty


def test_gaps_within_districts(people, weights):
    cells = {(o, a): 1000.0 for o in ("Centrum", "Lunden") for a in ("16-29", "30-64", "65+")}
    check = Margins.from_dict({("omrade", "alder"): cells}).tables
    margins = Margins.from_tables(Margins.from_dict(TABLES).tables, checks=check)
    gaps = share_gaps(people.columns, weights, margins)
    frame = people.columns.frame
    inside = frame["omrade"] == "Lunden"
    old = weights.values[inside & (frame["alder"] == "65+")].sum() / weights.values[inside].sum()
    row = gaps[(gaps["within"] == "Lunden") & (gaps["category"] == "65+")].iloc[0]
    assert row["weighted"] == pytest.approx(old)
    assert row["gap"] == pytest.approx(old - 1 / 3)
    np.testing.assert_allclose(gaps.groupby("within")["gap"].sum(), 0.0, atol=1e-12)
    (note,) = gap_notes(people.columns, weights, margins, area="omrade")
    assert note.code == "VIKT-65"
    for within, rows in gaps.groupby("within"):
        worst = rows.loc[rows["gap"].abs().idxmax()]
        assert (f"{within}, {worst['category']} " in note.facts["lista"]) == (abs(worst["gap"]) > 0.05)
    assert note.facts["antal"] == gaps.loc[gaps["gap"].abs() > 0.05, "within"].nunique()
    assert abs(gaps["gap"]).max() == pytest.approx(float(note.facts["avstand"]) / 100, abs=0.005)


def test_districts_that_nothing_crosses_are_told(people, weights):
    notes = gap_notes(people.columns, weights, Margins.from_dict(TABLES), area="omrade")
    assert [note.code for note in notes] == ["VIKT-66"]
    assert gap_notes(people.columns, weights, Margins.from_dict(TABLES)) == ()


def test_effective_sizes_by_group(people, weights):
    table = weights_by_group(people.columns, weights, "omrade").set_index("group")
    inside = people.columns.frame["omrade"] == "Centrum"
    values = weights.values[inside]
    assert table.loc["Centrum", "n"] == inside.sum()
    assert table.loc["Centrum", "effective_n"] == pytest.approx(values.sum() ** 2 / (values**2).sum())


def test_what_weighting_moves(people, weights):
    frame = people.columns.frame
    frame["kvinna"] = (frame["kon"] == "Kvinna").astype(float)
    frame["tom"] = np.nan
    table = item_moves(people.columns, weights, ["inkomst", "kvinna", "tom"]).set_index("item")
    assert list(table.index) == ["inkomst", "kvinna"]
    assert table.loc["kvinna", "weighted"] == pytest.approx(0.5)
    assert table.loc["kvinna", "unweighted"] == pytest.approx(frame["kvinna"].mean())


def test_the_html_summary_is_whole(weights):
    seen = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag, _):
            seen.append(tag)

        def handle_endtag(self, tag):
            assert seen.count(tag)

    Parser().feed(summary_html(weights))
    assert seen.count("tr") == 5
    assert seen.count("caption") == 1
    assert weights._repr_html_() == summary_html(weights)


def test_metrics_are_flat_and_finite(weights):
    metrics = weights.metrics()
    assert all(isinstance(value, (int, float)) and np.isfinite(value) for value in metrics.values())
    assert metrics["n"] == 240
    top = np.sort(weights.values)[-2:].sum() / weights.values.sum()
    assert metrics["top_percent_share"] == pytest.approx(top)
