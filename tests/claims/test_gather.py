"""A draft held against the synthetic municipality's own waves, whose truth is known."""

from pathlib import Path

import pandas as pd
import pytest

from trygghet.claims import Meaning
from trygghet.claims.drafts import check_text, gather
from trygghet.codebook import Codebook
from trygghet.design import SurveyDesign
from trygghet.errors import ClaimError
from trygghet.ingest import read_survey

RAW = Path(__file__).parents[2] / "data" / "raw"


@pytest.fixture(scope="module")
def facts():
    designs = []
    for wave in ("2026", "2024"):
        book = Codebook.read(RAW / wave / "codebook.yaml")
        letters = read_survey(RAW / wave / "survey.sav", codebook=book).stream("brev")
        designs.append(SurveyDesign.from_data(letters, finite_population=False))
    meanings = (Meaning("relativt trygga", "at_least", 0.5),)
    return gather(*designs, thresholds={"kann_lofte": 0.25}, meanings=meanings, margin=0.08)


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Medborgarna har låg kännedom om medborgarlöftet.", "supported"),
        ("Otryggheten har ökat.", "cannot_be_shown"),
        ("Otryggheten finns framför allt i Lunden.", "supported"),
        ("Otryggheten finns framför allt i Brovallen.", "not_supported"),
        ("Invånarna känner sig relativt trygga.", "supported"),
        ("Löftet gäller de områden som flest invånare vill prioritera.", "supported"),
        ("Oron gäller främst rån.", "not_supported"),
        ("Otryggheten är störst under kvällar och nätter.", "supported"),
        ("Förtroendet för kommunen har minskat.", "not_allowed"),
    ],
)
def test_sentences_about_exempelstad(sentence, verdict, facts):
    (finding,) = check_text(sentence, facts).findings
    assert finding.verdict == verdict, str(check_text(sentence, facts))


def test_a_plain_table_is_not_enough():
    design = SurveyDesign.from_frame(pd.DataFrame({"x": [0.0, 1.0], "w": 1.0}), weights="w")
    with pytest.raises(ClaimError) as caught:
        gather(design)
    assert caught.value.code == "PAST-11"
