"""A sample that cannot come from the counted population is refused before raking hides it."""

from pathlib import Path

import numpy as np
import pytest

from trygghet.codebook import Codebook
from trygghet.errors import MarginError
from trygghet.ingest import read_survey
from trygghet.weighting import Margins, base_weights
from trygghet.weighting.plausibility import check_plausible

RAW = Path(__file__).parents[2] / "data" / "raw"
DISTRICTS = {
    "Centrum": 8_240.0,
    "Lunden": 5_310.0,
    "Höjden": 4_150.0,
    "Sjöstaden": 6_120.0,
    "Brovallen": 4_870.0,
    "Ekbacken": 5_260.0,
    "Åsbyn": 2_060.0,
}


@pytest.fixture(scope="module")
def letters():
    book = Codebook.read(RAW / "2026" / "codebook.yaml")
    return read_survey(RAW / "2026" / "survey.sav", codebook=book).stream("brev")


@pytest.fixture(scope="module")
def start(letters):
    return base_weights(letters, "own").values


def test_unequal_response_by_age_and_sex_is_no_alarm(letters, start):
    check_plausible(Margins.read(RAW / "2026" / "margins.csv"), letters, start)
    check_plausible(Margins.read(RAW / "2026" / "margins.csv"), letters, np.ones(len(letters)))


def test_a_category_that_is_far_too_full_is_named_with_its_counts(letters, start):
    margins = Margins.from_dict({"omrade": {**DISTRICTS, "Åsbyn": 200.0}})
    with pytest.raises(MarginError) as caught:
        check_plausible(margins, letters, start)
    facts = caught.value.problems[0].facts
    assert caught.value.code == "VIKT-70"
    assert (facts["tabell"], facts["kategori"], facts["antal"]) == ("omrade", "Åsbyn", 1)
    weighted = start[letters.groups("omrade").codes == 6].sum() / start.sum() * len(letters)
    assert facts["svarande"] == round(weighted)
    assert facts["vantat"] == round(200 / (sum(DISTRICTS.values()) - 1_860) * len(letters))


def test_a_category_that_is_far_too_empty_is_named_too(letters, start):
    margins = Margins.from_dict({"omrade": {**DISTRICTS, "Åsbyn": 30_000.0}})
    with pytest.raises(MarginError, match="Åsbyn"):
        check_plausible(margins, letters, start)


def test_a_table_that_is_only_compared_with_is_held_to_the_same_rule(letters, start):
    wrong = Margins.from_dict({"omrade": {**DISTRICTS, "Åsbyn": 200.0}}).tables
    margins = Margins.from_tables(Margins.from_dict({"omrade": DISTRICTS}).tables, checks=wrong)
    with pytest.raises(MarginError, match="Åsbyn"):
        check_plausible(margins, letters, start)


def test_few_answers_alone_are_no_alarm(letters):
    few = letters.rows(np.arange(len(letters)) % 60 == 0)
    margins = Margins.from_dict({"kon": {"Kvinna": 18_000.0, "Man": 18_000.0}})
    check_plausible(margins.with_proportional({"kon": ["Annat"]}), few, np.ones(len(few)))
