"""Everything that an analyst gets back shows itself in Jupyter."""

import importlib
import inspect

import pytest

from trygghet._html import told_html

ROOMS = (
    "codebook",
    "ingest",
    "weighting",
    "design",
    "estimate",
    "ranking",
    "ranking.composite",
    "claims",
    "disclosure",
)
DESCRIBED = {
    "Codebook",
    "Claim",
    "Margins",
    "Microdata",
    "OpenSample",
    "Publishable",
    "SurveyDesign",
    "Table",
    "VariableCard",
    "Weights",
}


def public_classes():
    for room in ROOMS:
        package = importlib.import_module(f"trygghet.{room}")
        yield from (each for name in package.__all__ if inspect.isclass(each := getattr(package, name)))


def test_every_result_with_a_table_has_an_html_view():
    results = [each for each in public_classes() if hasattr(each, "to_frame")]
    assert len(results) > 10
    assert [each.__name__ for each in results if not hasattr(each, "_repr_html_")] == []


def test_what_a_survey_is_made_of_has_an_html_view():
    shown = {each.__name__ for each in public_classes() if hasattr(each, "_repr_html_")}
    assert shown >= DESCRIBED


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a & b"])
def test_texts_stand_for_themselves(text):
    assert text not in told_html(text, [text])
