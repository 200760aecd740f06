"""Rows F6 and K7: that people feel safe and worry at once is measured in the same people, screened, and known to a review."""

from dataclasses import replace

import numpy as np
import pytest
from report_coverage import NOTHING

from reports import HEADLINE, answers, book, params, results
from trygghet.claims import Context
from trygghet.claims.drafts import Evidence, check_text
from trygghet.claims.drafts.topics import Topic
from trygghet.disclosure import DisclosureRules, screen, write_publishable
from trygghet.pipeline.results import ResultName
from trygghet.pipeline.review import kept_together
from trygghet.pipeline.statements import held_together

TOPICS = (Topic("våld", "oro_vald"),)
AMONG = ResultName("brev", "tillsammans", "otrygg_kvall", "among")


@pytest.fixture(scope="module")
def found():
    return results(NOTHING, np.random.default_rng(8), n=700, wave="2026", asked=params())


@pytest.fixture(scope="module")
def level(found):
    return next(
        each
        for name, each in found.items()
        if (name.kind, name.by) == ("level", "") and "otrygg_kvall" in set(each.cells["item"])
    )


@pytest.fixture(scope="module")
def said(found, level):
    context = Context.from_codebooks(book("2026"))
    return list(held_together({AMONG: found[AMONG]}, [level], context))


@pytest.fixture
def folder(found, level, said, tmp_path):  # noqa: PLR0917 - fixtures
    kept = screen({"level": level, "among": found[AMONG], "claim--01": said[0]})
    write_publishable(tmp_path, "claim--01", kept["claim--01"])
    return tmp_path


def test_the_share_is_that_of_the_same_people():
    """By hand: the weights of those who feel safe, and of those of them who worry."""
    from reports import MARGINS
    from trygghet.pipeline.weighting import stream_weights

    survey = answers(NOTHING, np.random.default_rng(8), n=700, wave="2026")
    ((_, data, weights),) = stream_weights(survey, MARGINS, params().weighting)
    safe, worried = data.numeric("otrygg_kvall") == 0, data.numeric("oro_vald") == 1
    order = np.argsort(weights.ids)
    assert np.array_equal(weights.ids[order], np.sort(weights.ids))
    share = np.average(worried[safe], weights=weights.values[safe])
    made = results(NOTHING, np.random.default_rng(8), n=700, wave="2026", asked=params())[AMONG]
    assert made.values == pytest.approx([share])
    assert made.n.tolist() == [safe.sum()]
    assert made.cells.iloc[0].tolist() == ["oro_vald", "", "otrygg_kvall", "ej"]


def test_the_statement_rests_on_both_shares(said):
    (claim,) = said
    assert (claim.statement, claim.verdict) == ("both", "supported")
    assert [(use.item, use.by, use.domain) for use in claim.uses] == [
        ("otrygg_kvall", "", "Alla"),
        ("oro_vald", "otrygg_kvall", "ej"),
    ]
    assert "gäller alltså samtidigt" in claim.text


def test_a_withheld_share_refuses_the_statement(found, level, said):
    """Either of the two: the base of those who feel safe, or the indicator itself."""
    shown = screen({"level": level, "among": found[AMONG], "claim": said[0]})
    assert shown["claim"].result == said[0]
    for hidden in ("otrygg_kvall", "oro_vald"):
        rules = DisclosureRules(sensitive_floor=10_000).with_sensitive([hidden])
        kept = screen({"level": level, "among": found[AMONG], "claim": said[0]}, rules)
        assert kept["claim"].result.reason == "suppressed"


def test_a_review_of_a_draft_knows_it(level, said, folder):
    together = kept_together(folder)
    assert list(together) == [("otrygg_kvall", "oro_vald")]
    evidence = Evidence(
        Context.from_codebooks(book("2026")), levels=(level,), together=together, topics=TOPICS
    )
    for sentence in (
        "Invånarna känner sig trygga men är samtidigt oroliga för våld.",
        "Invånarna är oroliga för våld fastän de känner sig trygga.",
    ):
        findings = [each for each in check_text(sentence, evidence).findings if each.found.kind == "both"]
        assert [each.verdict for each in findings] == ["supported"], sentence
        assert findings[0].claims == tuple(said)
        without = check_text(sentence, replace(evidence, together={})).findings
        assert [each.verdict for each in without if each.found.kind == "both"] == ["cannot_be_shown"]


def test_many_stays_a_word_that_needs_a_meaning_also_where_two_things_hold(level, said):
    together = {("otrygg_kvall", "oro_vald"): said[0]}
    evidence = Evidence(
        Context.from_codebooks(book("2026")), levels=(level,), together=together, topics=TOPICS
    )
    told = check_text("Många är trygga men oroliga för våld.", evidence).findings
    assert {each.found.kind: each.verdict for each in told} == {
        "described": "not_allowed",
        "both": "supported",
    }


def test_the_pairs_are_declared():
    assert params().estimate.together == {"otrygg_kvall": ("oro_*",)}
    assert "oro_vald" in HEADLINE
