"""The European Social Survey, round 8, Sweden: raked to SCB's population, against R's survey package."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trygghet.codebook import Codebook, MissingKind
from trygghet.design import SurveyDesign
from trygghet.estimate import proportion
from trygghet.ingest import draft_codebook, read_survey
from trygghet.weighting import Margins, rake

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "ess8_sweden"
RAW = EXAMPLE / "data" / "raw" / "2016"
GOLDEN = json.loads((HERE / "ess8_sweden.json").read_text(encoding="utf-8"))
CELLS = pd.DataFrame(GOLDEN["cells"])
REGIONS = {
    "SE11": "Stockholm",
    "SE12": "Östra Mellansverige",
    "SE21": "Småland med öarna",
    "SE22": "Sydsverige",
    "SE23": "Västsverige",
    "SE31": "Norra Mellansverige",
    "SE32": "Mellersta Norrland",
    "SE33": "Övre Norrland",
}
NAMES = {
    **REGIONS,
    "1": "Man",
    "2": "Kvinna",
    "Alla": "Alla",
    "15-29": "15–29",
    "30-49": "30–49",
    "50-64": "50–64",
    "65+": "65+",
}


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("make_margins", EXAMPLE / "make_margins.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def survey(ess_file):
    return read_survey(ess_file, codebook=Codebook.read(RAW / "codebook.yaml"))


def test_a_draft_takes_the_columns_that_the_codebook_by_hand_has(ess_file):
    """Five hundred columns, many of them on the age and sex of others: the respondent's own, and the weight, are found."""
    drafted = Codebook.from_text(draft_codebook(ess_file))
    by_hand = Codebook.read(RAW / "codebook.yaml")
    assert drafted.variable("kon").column == by_hand.variable("kon").column
    assert drafted.variable("alder").column == "agea"
    assert drafted.variable("fodelsear").column == "yrbrn"
    assert drafted.variable("trygg_kvall").column == by_hand.variable("trygg_kvall").column
    assert drafted.design.weight == "pspwght", (
        "the weight that ESS recommends; marked, since there are several"
    )
    assert "design" in drafted.marks
    assert set(drafted.variables) == {"kon", "alder", "fodelsear", "trygg_kvall"}, (
        "nothing else is taken for ours"
    )


@pytest.fixture(scope="module")
def weights(survey):
    return rake(survey, Margins.read(RAW / "margins.csv"), start="supplied", tolerance=1e-12)


def test_the_committed_margins_are_scb_s(maker, scb_file, tmp_path):
    maker.margins(scb_file).to_csv(tmp_path / "margins.csv", index=False, lineterminator="\n")
    assert (tmp_path / "margins.csv").read_bytes() == (RAW / "margins.csv").read_bytes()


def test_margins_are_the_totals_that_r_used():
    tables = {table.variables: table for table in Margins.read(RAW / "margins.csv").tables}
    nuts2 = dict(zip(tables["nuts2",].categories, tables["nuts2",].totals, strict=True))
    assert {REGIONS[code]: total for code, total in GOLDEN["totals"]["nuts2"].items()} == {
        name: total for (name,), total in nuts2.items()
    }
    cells = GOLDEN["totals"]["cells"]
    expected = {
        (NAMES[sex], NAMES[age]): total
        for sex, age, total in zip(cells["sex"], cells["age"], cells["total"], strict=True)
    }
    crossed = tables["kon", "alder4"]
    assert dict(zip(crossed.categories, crossed.totals, strict=True)) == expected


def test_raked_weights_are_those_of_r(survey, weights):
    golden = GOLDEN["weights"]
    assert len(survey) == GOLDEN["rows"]
    ids = survey.frame["_id"].astype(float).to_numpy()
    found = [
        weights.values.min(),
        weights.values.max(),
        weights.values.sum(),
        (weights.values**2).sum(),
        weights.values @ ids,
    ]
    names = ["smallest", "largest", "sum", "sum_of_squares", "weighted_ids"]
    np.testing.assert_allclose(found, [golden[name] for name in names], rtol=1e-9)


@pytest.mark.parametrize("by", ["", "nuts2", "kon", "alder4"])
def test_raked_estimates_and_their_errors_are_those_of_r(survey, weights, by):
    design = SurveyDesign.from_data(survey, weights=weights)
    expected = CELLS[CELLS["by"] == by]
    items = list(dict.fromkeys(expected["item"]))
    frame = proportion(design, items, by=by or None).to_frame().set_index(["item", "domain"])
    for cell in expected.itertuples():
        found = frame.loc[cell.item, NAMES[str(cell.domain)]]
        assert found["n"] == cell.n
        assert found["estimate"] == pytest.approx(cell.estimate, rel=1e-9)
        assert found["standard_error"] == pytest.approx(cell.standard_error, rel=1e-8)


def test_tagged_missing_values_stay_apart_and_letters_are_whole(survey):
    kinds = survey.missing_kind("trygg_kvall")
    assert (kinds == MissingKind.REFUSED).sum() == 2
    assert (kinds == MissingKind.DONT_KNOW).sum() == 8
    assert (survey.missing_kind("kon") == MissingKind.NO_ANSWER).sum() == 1
    assert (survey.missing_kind("alder4") == MissingKind.NO_ANSWER).sum() == 4


def test_respondents_without_sex_or_age_stay_in_every_base(survey, weights):
    assert dict(weights.unplaced) == {"kon": 1, "alder4": 4}
    assert len(weights.values) == len(survey)
    assert weights.values.min() > 0
