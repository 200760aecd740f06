from textwrap import dedent

import numpy as np
import pandas as pd
import pytest

from trygghet.codebook import Codebook
from trygghet.design import DesignColumns, OpenSample, SurveyDesign
from trygghet.errors import DesignError, LonelyPsuError
from trygghet.estimate import mean, proportion
from trygghet.ingest import read_survey
from trygghet.weighting import Weights

FRAME = pd.DataFrame(
    {
        "stratum": ["a", "a", "a", "b", "b", "b"],
        "size": [30.0, 30.0, 30.0, 60.0, 60.0, 60.0],
        "y": [1.0, 2.0, 6.0, 3.0, 5.0, 10.0],
    }
)


def test_stratified_mean_by_hand():
    design = SurveyDesign.from_frame(FRAME, strata="stratum", population="size")
    found = mean(design, "y")
    within = np.array([np.var([1, 2, 6], ddof=1), np.var([3, 5, 10], ddof=1)])
    by_hand = ((np.array([30, 60]) / 90) ** 2 * (1 - 3 / np.array([30, 60])) * within / 3).sum()
    assert found.values[0] == pytest.approx((30 * 3 + 60 * 6) / 90)
    assert found.standard_errors[0] == pytest.approx(np.sqrt(by_hand))
    assert design.dof == 4


@pytest.mark.trap(10)
def test_trap_10_population_sizes_belong_to_strata_and_strata_may_be_floats():
    frame = FRAME.assign(stratum=[1.5, 1.5, 1.5, 2.5, 2.5, 2.5])
    one = mean(SurveyDesign.from_frame(frame, strata="stratum", population="size"), "y").standard_errors
    two = mean(SurveyDesign.from_frame(FRAME, strata="stratum", population="size"), "y").standard_errors
    assert one == pytest.approx(two)
    labelled_alike = FRAME.assign(psu=[1, 2, 3, 1, 2, 3])
    with pytest.raises(DesignError) as error:
        SurveyDesign.from_frame(labelled_alike, strata="stratum", psu="psu", population="size")
    assert error.value.code == "URV-11"
    nested = SurveyDesign.from_frame(
        labelled_alike, strata="stratum", psu="psu", population="size", nest=True
    )
    assert mean(nested, "y").standard_errors == pytest.approx(two)


@pytest.mark.trap(9)
def test_trap_09_a_lonely_unit_stops_by_default_and_is_named():
    frame = FRAME.assign(stratum=["a", "a", "a", "b", "b", "solo"])
    with pytest.raises(LonelyPsuError, match="solo") as error:
        SurveyDesign.from_frame(frame, strata="stratum")
    assert error.value.code == "URV-03"
    certain = mean(SurveyDesign.from_frame(frame, strata="stratum", lonely_psu="certainty"), "y")
    averaged = mean(SurveyDesign.from_frame(frame, strata="stratum", lonely_psu="average"), "y")
    adjusted = mean(SurveyDesign.from_frame(frame, strata="stratum", lonely_psu="adjust"), "y")
    assert averaged.standard_errors[0] == pytest.approx(certain.standard_errors[0] * np.sqrt(3 / 2))
    assert adjusted.standard_errors[0] > certain.standard_errors[0]


def test_a_stratum_that_was_taken_whole_is_no_lonely_unit():
    frame = FRAME.assign(stratum=["a", "a", "a", "b", "b", "all"], size=[30, 30, 30, 60, 60, 1.0])
    found = mean(SurveyDesign.from_frame(frame, strata="stratum", population="size"), "y")
    assert np.isfinite(found.standard_errors[0])


def test_population_smaller_than_the_sample_is_refused():
    with pytest.raises(DesignError) as error:
        SurveyDesign.from_frame(FRAME.assign(size=2.0), strata="stratum", population="size")
    assert error.value.code == "URV-04"


def test_population_that_varies_in_a_stratum_is_refused():
    with pytest.raises(DesignError) as error:
        SurveyDesign.from_frame(
            FRAME.assign(size=[30, 31, 30, 60, 60, 60]), strata="stratum", population="size"
        )
    assert error.value.code == "URV-05"


def test_fractions_are_sizes():
    sizes = SurveyDesign.from_frame(FRAME, strata="stratum", population="size")
    fractions = SurveyDesign.from_frame(FRAME.assign(f=3 / FRAME["size"]), strata="stratum", population="f")
    assert fractions.weights == pytest.approx(sizes.weights)
    assert mean(fractions, "y").standard_errors == pytest.approx(mean(sizes, "y").standard_errors)


@pytest.mark.parametrize("bad", [np.nan, -1.0, np.inf])
def test_bad_weights_are_refused(bad):
    with pytest.raises(DesignError) as error:
        SurveyDesign.from_frame(FRAME.assign(w=[1, 1, 1, 1, 1, bad]), weights="w")
    assert error.value.code == "URV-06"


@pytest.mark.trap(17)
def test_trap_17_rows_without_weight_are_not_counted():
    design = SurveyDesign.from_frame(FRAME.assign(w=[1, 1, 1, 1, 1, 0.0]), weights="w")
    found = mean(design, "y")
    assert found.n[0] == 5
    assert found.dof[0] == 4
    assert found.values[0] == pytest.approx(17 / 5)


def test_unknown_columns_name_the_nearest():
    with pytest.raises(DesignError, match="stratum") as error:
        SurveyDesign.from_frame(FRAME, strata="stratun")
    assert error.value.code == "URV-01"


def test_weights_of_other_rows_are_refused():
    design = SurveyDesign.from_frame(FRAME)
    with pytest.raises(DesignError) as error:
        design.with_weights(Weights(values=np.ones(3), start=np.ones(3)))
    assert error.value.code == "URV-09"


@pytest.mark.trap(19)
def test_trap_19_a_design_does_not_see_later_changes_of_the_table():
    frame = FRAME.copy()
    design = SurveyDesign.from_frame(frame, strata="stratum")
    before = mean(design, "y").values[0]
    frame["y"] = 0.0
    frame.loc[0, "stratum"] = "b"
    assert mean(design, "y").values[0] == before
    with pytest.raises(ValueError, match="read-only"):
        design.weights[0] = 2.0


def test_two_stages_by_hand():
    frame = pd.DataFrame(
        {
            "psu": [1, 1, 2, 2, 3, 3],
            "ssu": [1, 2, 1, 2, 1, 2],
            "n1": 10.0,
            "n2": [4.0, 4.0, 6.0, 6.0, 8.0, 8.0],
            "y": [1.0, 3.0, 2.0, 8.0, 4.0, 5.0],
        }
    )
    spec = DesignColumns(psu=("psu", "ssu"), population=("n1", "n2"))
    design = SurveyDesign.from_columns(frame, spec)
    w = design.weights
    assert w == pytest.approx(10 / 3 * frame.n2 / 2)
    totals = (w * frame.y).groupby(frame.psu).sum()
    first = (1 - 3 / 10) * 3 / 2 * ((totals - totals.mean()) ** 2).sum()
    second = sum(
        3 / 10 * (1 - 2 / n2) * 2 / 1 * ((z - z.mean()) ** 2).sum()
        for n2, z in zip([4, 6, 8], [g.to_numpy() for _, g in (w * frame.y).groupby(frame.psu)], strict=True)
    )
    assert design.covariance(frame[["y"]].to_numpy())[0, 0] == pytest.approx(first + second)


def test_an_open_sample_has_no_design():
    web = OpenSample.from_frame(FRAME)
    found = mean(web, "y", by="stratum")
    assert found.values == pytest.approx([3.0, 6.0])
    assert "standard_error" not in found.to_frame()
    assert not hasattr(found, "kernel")


def test_lonely_strata_can_be_merged_by_a_declared_map():
    frame = FRAME.assign(stratum=["a", "a", "a", "b", "b", "solo"], size=[30, 30, 30, 50, 50, 10.0])
    spec = DesignColumns(strata="stratum", population=("size",), collapse={"solo": "b"})
    merged = SurveyDesign.from_columns(frame, spec)
    assert merged.dof == 4
    assert merged.weights.tolist() == pytest.approx([10, 10, 10, 20, 20, 20])
    direct = SurveyDesign.from_frame(
        frame.assign(stratum=list("aaabbb"), size=[30, 30, 30, 60, 60, 60.0]),
        strata="stratum",
        population="size",
    )
    assert mean(merged, "y").standard_errors == pytest.approx(mean(direct, "y").standard_errors)
    numbered = frame.assign(stratum=[1, 1, 1, 2, 2, 3])
    plain = SurveyDesign.from_frame(numbered, strata="stratum", population="size", lonely_psu={3: 2})
    assert mean(plain, "y").standard_errors == pytest.approx(mean(direct, "y").standard_errors)
    with pytest.raises(LonelyPsuError):
        SurveyDesign.from_frame(frame.assign(stratum=list("aaabcd")), strata="stratum", lonely_psu={"d": "c"})
    with pytest.raises(DesignError) as error:
        SurveyDesign.from_columns(frame, DesignColumns(strata="stratum", collapse={"sola": "b"}))
    assert error.value.code == "URV-16"


def test_a_codebook_may_declare_the_merge(tmp_path):
    frame = FRAME.assign(stratum=[1, 1, 1, 2, 2, 3], size=[30, 30, 30, 50, 50, 10], lopnr=range(6))
    frame[["lopnr", "stratum", "size", "y"]].to_csv(tmp_path / "survey.csv", index=False)
    book = """
    survey: Prov
    wave: "2026"
    id: lopnr
    streams: {whole_file: {name: brev, sampling: persons}}
    design: {strata: stratum, population: size, collapse: {3: 2}}
    variables:
      betyg: {column: y, kind: continuous, range: [0, 10]}
    """
    survey = read_survey(tmp_path / "survey.csv", codebook=Codebook.from_text(dedent(book)))
    merged = SurveyDesign.from_data(survey)
    by_hand = SurveyDesign.from_columns(
        frame, DesignColumns(strata="stratum", population=("size",), collapse={"3": "2"})
    )
    assert merged.dof == 4
    assert mean(merged, "betyg").standard_errors == pytest.approx(mean(by_hand, "y").standard_errors)


@pytest.mark.trap(18)
def test_trap_18_the_order_of_rows_does_not_change_a_bit():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "id": rng.permutation(500),
            "s": rng.integers(0, 5, 500),
            "w": rng.random(500) + 1,
            "y": rng.normal(0, 1, 500),
        }
    )
    frame["u"] = (frame.y > 0.3) * 1.0
    shuffled = frame.sample(frac=1, random_state=1)
    spec = DesignColumns(strata="s", weight="w", id="id")
    one, two = SurveyDesign.from_columns(frame, spec), SurveyDesign.from_columns(shuffled, spec)
    for verb, item in ((mean, "y"), (proportion, "u")):
        a, b = verb(one, item, by="s"), verb(two, item, by="s")
        assert a.values.tobytes() == b.values.tobytes()
        assert a.standard_errors.tobytes() == b.standard_errors.tobytes()
        assert a.covariance().tobytes() == b.covariance().tobytes()
    masked = mean(two, "y", where=(shuffled.s == 2).to_numpy())
    assert masked.values == pytest.approx(mean(one, "y", by="s").select(domain="2").values)
    with pytest.raises(DesignError) as error:
        SurveyDesign.from_columns(frame.assign(id=1), spec)
    assert error.value.code == "URV-15"
