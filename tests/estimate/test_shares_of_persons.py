"""Unions of options are shares of persons, and design effects with and without replacement have their identities."""

from textwrap import dedent

import numpy as np
import pandas as pd
import pytest

from trygghet.codebook import Codebook
from trygghet.design import SurveyDesign
from trygghet.errors import EstimateError
from trygghet.estimate import contrast, design_effects, mean, multi_response, proportion, total
from trygghet.ingest import read_survey

BOOK = """
survey: Prov
wave: "2026"
id: lopnr
streams: {whole_file: {name: brev, sampling: persons}}
design: {population: size}
variables: {}
multi_response:
  prio:
    columns: {droger: a, skrap: b, trafik: c}
    selected: 1
    choose: 2
    none: d
    unions: {ordning: [skrap, trafik]}
"""


@pytest.fixture(scope="module")
def chosen(tmp_path_factory):
    rng = np.random.default_rng(3)
    frame = pd.DataFrame((rng.random((90, 3)) < [0.5, 0.3, 0.2]).astype(int), columns=list("abc"))
    frame["d"] = (frame.sum(axis=1) == 0) * (np.arange(90) % 2)
    path = tmp_path_factory.mktemp("block") / "survey.csv"
    frame.assign(lopnr=range(90), size=900).to_csv(path, index=False)
    return frame, SurveyDesign.from_data(read_survey(path, codebook=Codebook.from_text(dedent(BOOK))))


def test_a_union_counts_each_person_once(chosen):
    frame, design = chosen
    found = multi_response(design, "prio")
    asked = frame[frame.any(axis=1)]
    either = (asked.b | asked.c).astype(float)
    union = found.select(item="prio.ordning")
    assert union.n[0] == len(asked) < 90
    assert union.values[0] == pytest.approx(either.mean())
    by_hand = proportion(
        SurveyDesign.from_frame(frame.assign(size=900, either=either), population="size"), "either"
    )
    assert union.standard_errors == pytest.approx(by_hand.standard_errors)
    parts = found.select(item="prio.skrap").values[0] + found.select(item="prio.trafik").values[0]
    both = (asked.b & asked.c).mean()
    assert parts - union.values[0] == pytest.approx(both)
    names = found.cells["item"].tolist()
    apart = np.zeros(len(found))
    apart[[names.index("prio.ordning"), names.index("prio.droger")]] = [1.0, -1.0]
    gap = contrast(found, {"ordning - droger": apart})
    score = either - asked.a
    fpc = 1 - 90 / 900
    centred = np.zeros(90)
    centred[asked.index] = (score - score.mean()) / len(asked)
    assert gap.standard_errors[0] ** 2 == pytest.approx(fpc * 90 / 89 * (centred**2).sum())


def simple(n=60, N=240.0):
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"y": rng.normal(3, 1, n), "u": (rng.random(n) < 0.3) * 1.0, "N": N})
    return SurveyDesign.from_frame(frame, population="N")


@pytest.mark.parametrize("verb", [mean, total, proportion])
def test_a_simple_random_sample_has_a_design_effect_of_one_without_replacement(verb):
    found = verb(simple(), "u")
    assert design_effects(found) == pytest.approx(1.0)
    assert found.design_effect == pytest.approx(1 - 60 / 240)


def test_a_design_effect_without_replacement_needs_the_population():
    frame = pd.DataFrame({"y": [1.0, 2.0, 4.0], "w": [0.5, 1.0, 0.7]})
    with pytest.raises(EstimateError, match="SKATT-14"):
        design_effects(mean(SurveyDesign.from_frame(frame, weights="w"), "y"))
