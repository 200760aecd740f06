import numpy as np
import pandas as pd
import pytest

from trygghet.design import SurveyDesign
from trygghet.errors import EstimateError
from trygghet.estimate import (
    DenseKernel,
    Estimates,
    difference,
    mean,
    multi_response,
    proportion,
    read_estimates,
    total,
    with_dof,
    write_estimates,
)
from trygghet.estimate.intervals import share_limits

COLUMNS = [
    "item",
    "category",
    "by",
    "domain",
    "estimate",
    "standard_error",
    "ci_low",
    "ci_high",
    "dof",
    "n",
    "design_effect",
    "status",
]


def survey(n=300, seed=5):
    rng = np.random.default_rng(seed)
    area = rng.integers(0, 3, n)
    return pd.DataFrame(
        {
            "area": pd.Categorical(
                np.array(["Norr", "Söder", "Väst"])[area], ["Norr", "Söder", "Väst", "Öde"]
            ),
            "stratum": area,
            "size": np.array([2000.0, 5000.0, 3000.0])[area],
            "sex": rng.choice(["Kvinna", "Man"], n),
            "unsafe": np.where(rng.random(n) < 0.04, np.nan, (rng.random(n) < 0.3) * 1.0),
            "never": 0.0,
            "always": 1.0,
            "rare": (np.arange(n) < 2) * 1.0,
            "trust": rng.choice(["hög", "låg"], n),
        }
    )


@pytest.fixture(scope="module")
def design():
    return SurveyDesign.from_frame(survey(), strata="stratum", population="size")


def test_the_table_has_its_columns(design):
    assert list(proportion(design, "unsafe", by="area").to_frame().columns) == COLUMNS


def test_several_items_and_domains_at_once(design):
    found = proportion(design, ["unsafe", "rare"], by=["", "area", "area * sex"])
    assert len(found) == 2 * (1 + 4 + 8)
    one = proportion(design, "rare", by="area * sex").select(domain="Söder * Man")
    same = found.select(item="rare", domain="Söder * Man")
    assert one.values == same.values
    assert one.standard_errors == pytest.approx(same.standard_errors, rel=1e-12)
    assert found.covariance(np.array([0, 13])).shape == (2, 2)


@pytest.mark.trap(20)
def test_trap_20_empty_domains_and_empty_categories_stay(design):
    found = proportion(design, "unsafe", by="area").to_frame().set_index("domain")
    assert found.loc["Öde", "status"] == "empty"
    assert found.loc["Öde", "n"] == 0
    assert np.isnan(found.loc["Öde", ["estimate", "standard_error", "ci_low", "ci_high"]].astype(float)).all()
    covariance = proportion(design, "unsafe", by="area").covariance()
    assert np.isnan(covariance[3]).all()
    assert np.isfinite(covariance[:3, :3]).all()
    never = proportion(design, "never")
    assert never.values.tolist() == [0.0]
    shares = proportion(design, "area")
    assert shares.cells["category"].tolist() == ["Norr", "Söder", "Väst", "Öde"]
    assert shares.values[3] == 0.0


@pytest.mark.trap(2)
def test_trap_02_missing_answers_are_no_rows_lost(design):
    frame = design.columns.frame
    zero = frame.assign(ok=frame.unsafe.notna() * 1.0, filled=frame.unsafe.fillna(0.0))
    again = SurveyDesign.from_frame(zero, strata="stratum", population="size")
    w = again.weights
    y, n = w @ zero.filled, w @ zero.ok
    u = (zero.filled - y / n * zero.ok) / n
    assert proportion(design, "unsafe").standard_errors[0] == pytest.approx(
        np.sqrt(again.covariance(u.to_numpy()[:, None])[0, 0]), rel=1e-10
    )


@pytest.mark.trap(3)
def test_trap_03_degrees_of_freedom_are_the_domains(design):
    found = proportion(design, "unsafe", by="area").to_frame().set_index("domain")
    for area in ("Norr", "Söder", "Väst"):
        assert found.loc[area, "dof"] == found.loc[area, "n"] - 1


@pytest.mark.trap(4)
def test_trap_04_no_degrees_of_freedom_give_no_interval():
    frame = pd.DataFrame({"g": ["a", "b", "b", "b"], "y": [1.0, 0.0, 1.0, 1.0]})
    found = proportion(SurveyDesign.from_frame(frame), "y", by="g").to_frame()
    assert found.dof.tolist() == [0.0, 2.0]
    assert np.isnan(found.ci_low[0])
    assert np.isnan(found.ci_high[0])


METHODS = ["wilson", "logit", "t", "korn-graubard", "beta", "log", "arcsine"]


@pytest.mark.trap(5)
@pytest.mark.parametrize("method", METHODS)
def test_trap_05_zero_and_one_have_honest_one_sided_limits(design, method):
    found = proportion(design, ["never", "always", "unsafe"], by="area")
    table = found.to_frame(interval=method).query("status == 'ok'")
    never, always = table.query("item == 'never'"), table.query("item == 'always'")
    assert (never.ci_low == 0).all()
    assert (always.ci_high == 1).all()
    assert ((never.ci_high > 0.5 / never.n) & (never.ci_high < 12 / never.n)).all()
    assert ((always.ci_low < 1 - 0.5 / always.n) & (always.ci_low > 1 - 12 / always.n)).all()


@pytest.mark.parametrize("method", [m for m in METHODS if m != "t"])
def test_limits_of_shares_stay_between_0_and_1(design, method):
    low, high = proportion(design, ["rare", "unsafe"], by=["area", "area * sex"]).interval(0.99, method)
    inside = np.isfinite(low)
    assert (low[inside] >= 0).all()
    assert (high[inside] <= 1).all()
    assert (low[inside] < high[inside]).all()


@pytest.mark.parametrize(
    ("case", "method", "expected"),
    [
        ((0.04, 180, 1.4, 174), "wilson", (0.01730, 0.08975)),
        ((0.04, 180, 1.4, 174), "korn-graubard", (0.01337, 0.08993)),
        ((0.04, 180, 1.4, 174), "logit", (0.01685, 0.09197)),
        ((0.04, 180, 1.4, 6), "wilson", (0.01434, 0.10659)),
        ((0.04, 180, 1.4, 6), "korn-graubard", (0.00933, 0.10712)),
        ((0.30, 1100, 1.3, 1094), "korn-graubard", (0.26927, 0.33213)),
        ((0.50, 40, 1.2, 39), "wilson", (0.33468, 0.66532)),
    ],
)
def test_published_check_figures_of_intervals(case, method, expected):
    share, n, deff, dof = case
    p = np.array([share])
    found = share_limits(
        p, deff * p * (1 - p) / n, n=np.array([n]), dof=np.array([float(dof)]), level=0.95, method=method
    )
    assert np.ravel(found) == pytest.approx(expected, abs=1.5e-5)


def test_effective_sample_size_is_capped_at_the_base():
    p, n = np.array([0.3]), np.array([100])
    tight = share_limits(p, np.array([1e-9]), n=n, dof=np.array([99.0]), level=0.95, method="wilson")
    simple = share_limits(p, p * (1 - p) / n, n=n, dof=np.array([99.0]), level=0.95, method="wilson")
    assert np.ravel(tight) == pytest.approx(np.ravel(simple))


def test_means_are_no_shares(design):
    found = mean(design, "unsafe")
    assert found.numerator.tolist() == [-1]
    low, high = found.interval(0.95, "wilson")
    assert high - found.values == pytest.approx(found.values - low)


def test_categories_of_a_plain_column(design):
    every = proportion(design, "trust", by="area")
    assert every.cells["category"].unique().tolist() == ["hög", "låg"]
    one = proportion(design, "trust", by="area", category="låg")
    assert one.values == pytest.approx(every.select(category="låg").values, nan_ok=True)
    with pytest.raises(EstimateError) as error:
        proportion(design, "trust", category="mellan")
    assert error.value.code == "SKATT-05"


def test_numerators_and_bases_are_unweighted(design):
    found = proportion(design, "unsafe", by="area").to_frame()
    answers = design.columns.frame.groupby("area", observed=False).unsafe
    assert found.n.tolist() == answers.count().tolist()
    assert proportion(design, "unsafe", by="area").numerator.tolist() == answers.sum().astype(int).tolist()


@pytest.mark.trap(34)
def test_trap_34_options_are_shares_of_persons(design):
    frame = pd.DataFrame({"a": [1, 0, 1, np.nan], "b": [0, 0, 1, np.nan]})
    found = multi_response(SurveyDesign.from_frame(frame), ["a", "b"])
    assert found.n.tolist() == [3, 3]
    assert found.values == pytest.approx([2 / 3, 1 / 3])
    with pytest.raises(EstimateError) as error:
        multi_response(SurveyDesign.from_frame(frame.assign(a=[1, 2, 1, 0])), ["a", "b"])
    assert error.value.code == "SKATT-07"


@pytest.mark.trap(17)
def test_trap_17_totals_refuse_normalised_weights():
    from trygghet.design import DesignColumns

    frame = survey().assign(w=1.0)
    spec = DesignColumns(weight="w", weight_scale="mean_one")
    with pytest.raises(EstimateError) as error:
        total(SurveyDesign.from_columns(frame, spec), "rare")
    assert error.value.code == "SKATT-06"


@pytest.mark.parametrize("bad", [np.array([True, False]), np.ones(300), np.ones(300, dtype=int)])
def test_masks_must_fit(design, bad):
    with pytest.raises(EstimateError) as error:
        mean(design, "unsafe", where=bad)
    assert error.value.code == "SKATT-03"


@pytest.mark.trap(22)
def test_trap_22_where_with_by_is_a_crossing(design):
    where = design.columns.frame.sex.to_numpy() == "Man"
    masked = proportion(design, "unsafe", by="area", where=where)
    crossed = proportion(design, "unsafe", by="area * sex")
    man = crossed.take(np.flatnonzero(crossed.cells.domain.str.endswith("Man")))
    assert masked.values == pytest.approx(man.values, nan_ok=True)
    assert masked.standard_errors == pytest.approx(man.standard_errors, nan_ok=True, rel=1e-10)
    assert masked.dof.tolist() == man.dof.tolist()


def test_what_is_not_there_is_refused_by_name(design):
    found = proportion(design, "unsafe", by="area")
    with pytest.raises(EstimateError, match="Norr") as error:
        found.select(domain="Nord")
    assert error.value.code == "SKATT-01"
    with pytest.raises(EstimateError) as error:
        found.interval(95)
    assert error.value.code == "SKATT-02"


def test_estimates_survive_the_disk(design, tmp_path):
    found = proportion(design, ["unsafe", "never"], by=["", "area"])
    write_estimates(found, tmp_path / "otrygg")
    again = read_estimates(tmp_path / "otrygg")
    pd.testing.assert_frame_equal(found.to_frame(), again.to_frame(), rtol=1e-12)
    np.testing.assert_allclose(again.covariance(), found.covariance(), rtol=1e-12)
    assert again.about == found.about
    first = [(tmp_path / f"otrygg.{kind}").read_bytes() for kind in ("parquet", "npz")]
    write_estimates(found, tmp_path / "otrygg")
    assert first == [(tmp_path / f"otrygg.{kind}").read_bytes() for kind in ("parquet", "npz")]
    with pytest.raises(EstimateError) as error:
        difference(again, "Norr")
    assert error.value.code == "SKATT-09"
    assert difference(again, "Norr", versus="Söder").values == pytest.approx(
        difference(found, "Norr", versus="Söder").values, nan_ok=True
    )
    with pytest.raises(EstimateError) as error:
        read_estimates(tmp_path / "annat")
    assert error.value.code == "SKATT-12"


def test_a_stored_matrix_is_a_kernel():
    cells = pd.DataFrame({"item": ["x", "y"], "category": "", "by": "", "domain": "Alla"})
    found = Estimates(
        estimand="mean",
        cells=cells,
        values=np.array([1.0, 2.0]),
        n=np.array([10, 10]),
        numerator=np.array([-1, -1]),
        dof=np.array([9.0, 9.0]),
        design_effect=np.array([1.0, 1.0]),
        status=np.array(["ok", "ok"], dtype=object),
        kernel=DenseKernel(np.array([[4.0, 1.0], [1.0, 9.0]])),
    )
    assert found.standard_errors.tolist() == [2.0, 3.0]
    assert found.take(np.array([1])).covariance().tolist() == [[9.0]]


@pytest.mark.trap(6)
@pytest.mark.parametrize("method", METHODS)
def test_trap_06_given_degrees_of_freedom_are_used(design, method):
    found = proportion(design, "unsafe")
    wide = with_dof(found, 3.0)
    low, high = found.interval(0.95, method)
    low_wide, high_wide = wide.interval(0.95, method)
    assert low_wide[0] < low[0]
    assert high_wide[0] > high[0]


@pytest.mark.trap(7)
def test_trap_07_limits_use_t():
    rng = np.random.default_rng(3)
    frame = pd.DataFrame({"psu": np.repeat(np.arange(7), 10), "y": rng.normal(0, 1, 70), "w": 1.0})
    found = mean(SurveyDesign.from_frame(frame, weights="w", psu="psu"), "y")
    low, high = found.interval()
    assert found.dof[0] == 6
    assert (high - low)[0] / 2 / found.standard_errors[0] == pytest.approx(2.4469118487916806)


def test_a_result_shows_itself_in_a_notebook(design):
    shown = proportion(design, "unsafe", by="area")._repr_html_()
    assert "<table" in shown
    assert "Taylor linearisation" in shown
