"""A whole page, and drawings, with hostile texts in every place: only text comes of them, and all of it.

A page of harmless words and a page of hostile ones have the same elements with the same attributes, and the same texts but for the words.
"""

import datetime as dt
import functools
import re
import xml.etree.ElementTree as ET
from dataclasses import fields, replace
from html.parser import HTMLParser

import lxml.html
import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from made import estimates, shares
from matplotlib.figure import Figure

from trygghet._signs import legible
from trygghet.claims import CellKey, Claim
from trygghet.claims.declared import Families, Family
from trygghet.disclosure import Table, screen
from trygghet.ranking import (
    OrderCheck,
    OrderStability,
    RankOptions,
    bayes_ranks,
    describe_order,
    rank,
    top_set,
)
from trygghet.ranking.composite import (
    MethodFactors,
    PillarWeights,
    Source,
    SourceDeclaration,
    composite_priority,
)
from trygghet.report import (
    ReportSources,
    Stamp,
    StreamFacts,
    WaveFacts,
    WaveReport,
    WeightFacts,
    plot_problems,
)
from trygghet.report.export import render_figure, svg_text
from trygghet.report.figures import Drawn, planned_figures
from trygghet.report.inputs import AskedItem
from trygghet.report.kinds import kind_of
from trygghet.report.lettering import width_of
from trygghet.report.look import PLAIN
from trygghet.report.page import page_html

PIECES = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "</script><script src=//x>",
        "<img src=x onerror=alert(1)>",
        '" onmouseover="alert(1)',
        "' autofocus onfocus='alert(1)",
        "`onload=x`",
        "</td></table><svg/onload=alert(1)>",
        "</title><style>@import 'x'</style>",
        "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?php ?>", "<!DOCTYPE x>",
        "<a href=javascript:alert(1)>x</a>",
        "<base href=//x>", "<iframe srcdoc='<b>'>", "<math><mi xlink:href='data:x'>",
        "&lt;b&gt;", "&#60;b>", "&#x3C;script&#x3E;", "&amp;amp;", "&notit;",
        "{{ 7*7 }}", "{% raw %}", "{# x", "{0}", "{wave}", "%(x)s", "${x}", "$x_{2}$", "\\N{BULLET}",
        "\x00\x01\x1b[31m", "\u202eexe", "\ufffe", "\u2028", "\t\n", "\N{NO-BREAK SPACE}", "å\u0301",
    ]
)  # fmt: skip
TEXT = st.text(max_size=8)
LABELS = st.builds("{}{}{}".format, st.one_of(PIECES, TEXT), PIECES, st.one_of(PIECES, TEXT))
QUICK = [phase for phase in Phase if phase is not Phase.shrink]  # shrinking whole pages takes minutes
FEW = settings(max_examples=5, deadline=None, phases=QUICK)
FEWER = settings(max_examples=3, deadline=None, phases=QUICK)
SEED = RankOptions(seed=1, draws=1000)


class Named:
    """Gives every place of a report its own text: a word that stands nowhere else, with something before and behind."""

    def __init__(self, before="", behind=""):
        self.before, self.behind, self.places = before, behind, []

    def __call__(self, place):
        if place not in self.places:
            self.places.append(place)
        return f"{self.before}{word(self.places.index(place))}{self.behind}"


def word(number):
    return f"Plats{number:03d}X"


def facts(name):
    outcomes = {"answered": 600, "refused": 100, "not_reached": 480, "ineligible": 20}
    letters = StreamFacts(
        name("stream"), "persons", 600, 1200, name("drawn_by"), name("frame"), outcomes=outcomes
    )
    families = Families(
        (Family("headline", "headline", ("hot",)), Family("priorities", "priorities", ("a", "b")))
    )
    weights = WeightFacts(
        "own",
        "raking",
        1.3,
        461.5,
        (0.4, 2.7),
        1e-10,
        nonresponse="classes",
        nonresponse_by=(name("term"), name("other term")),
    )
    return WaveFacts(
        "2026",
        name("survey"),
        (letters, StreamFacts(name("open stream"), "self_selected", 400)),
        letters.name,
        ages=name("ages"),
        area_word=name("area_word"),
        priority_question=name("priority_question"),
        problem_question=name("problem_question"),
        choose=2,
        weights=weights,
        notes=(name("note"), name("other note")),
        headline=("hot",),
        families=families,
        items={"hot": AskedItem(name("question"))},
    )  # fmt: skip


def composite(name, survey, items):
    told = {each: name(each) for each in ("pillar", "unit", "period", "population", "coverage")}
    named = {name(f"problem {k}"): item for k, item in enumerate(items)}
    sources = [
        Source.from_survey(name("source"), survey, named, declared=SourceDeclaration(goalposts=(0.0, 0.6), **told)),
        Source.from_table(
            name("votes"), dict(zip(named, (3.0, 2.0, 1.0), strict=True)), kind="votes",
            declared=SourceDeclaration(goalposts=(0.0, 20.0), **{**told, "pillar": name("other pillar")}),
        ),
    ]  # fmt: skip
    weights = PillarWeights.equal(
        [told["pillar"], name("other pillar")], set_by=name("set_by"), decided="2026-01-15"
    )
    return composite_priority(sources, weights, options=SEED, factors=MethodFactors(seed=1, scenarios=100))


def table(name, count, columns):
    groups = [name("group of"), name("group of")]
    frame = pd.DataFrame(
        {"grupp_av": groups, "grupp": [name("group"), name("other group")], count: [320, 280], **columns}
    )
    dependent = {
        count: tuple(
            column
            for column in columns
            if column in {"andel_ovagd", "andel_vagd", "designeffekt", "svarsandel"}
        )
    }
    return Table(frame, (count,), dependent, "grupp_av", "2026", name("stream"))


def hostile_report(name):
    """A report in which a file decides every text."""
    items, areas = ("hot", "ran", "brak"), [name(f"area {k}") for k in range(5)]
    about = {"stream": name("stream"), "labels": {item: name(f"label of {item}") for item in items}}
    flat = estimates([(item, "", "Alla") for item in items], [600] * 3, [270, 180, 120])
    crossed = estimates(
        [(item, "omrade", area) for item in items for area in areas], [120] * 15, range(30, 60, 2)
    )
    flat, crossed = (replace(each, about=replace(each.about, **about)) for each in (flat, crossed))
    apart = replace(crossed, values=crossed.values - 0.3, numerator=np.full(15, -1), estimand="difference")
    web = shares([(item, "", "Alla") for item in items], [400] * 3, [200, 150, 90])
    web = replace(web, about=replace(web.about, **{**about, "stream": name("open stream")}))
    plain = replace(
        web,
        about=replace(web.about, stream=name("stream")),
        n=np.full(3, 600),
        numerator=flat.numerator,
        values=flat.values,
    )
    order = OrderStability(
        describe_order(web),
        2,
        (
            OrderCheck("without", name("channel"), 300, np.array([1, 3, 2]), "2026", name("open stream")),
            OrderCheck("stream", name("stream"), 600, np.array([1, 2, 3]), "2026", name("stream")),
        ),
        np.full((3, 3), 90.0),
    )
    of_one = crossed.take(np.arange(5))
    use = CellKey("hot", "", "", "Alla", "2026", name("stream"))
    said = Claim("level", "supported", {}, name("rule"), name("text"), (use,), base=name("base"))
    unsaid = Claim(
        "low",
        "cannot_be_shown",
        {},
        name("other rule"),
        name("other text"),
        (use,),
        base=name("other base"),
        needed=name("needed"),
    )
    share = {
        "andel_ovagd": [0.53, 0.47],
        "andel_vagd": [0.5, 0.5],
        "andel_befolkning": [0.5, 0.5],
        "designeffekt": [1.2, 1.3],
    }
    kept = screen(
        {
            "problems": flat, "priorities": top_set(flat, 2, SEED), "areas": crossed, "contrasts": apart, "levels": flat,
            "response": table(name, "svarande", share), "drawn": table(name, "svar", {"netto": [640, 560], "svarsandel": [0.5, 0.5]}),
            "said": said, "unsaid": unsaid, "order": order, "web": web, "bayes": bayes_ranks(of_one, options=SEED),
            "sets": rank(of_one, SEED), "composite": composite(name, flat, items), "plain": plain,
        }
    )  # fmt: skip
    stamp = Stamp(name("municipality"), name("diarienummer"), dt.date(2026, 11, 22), name("watermark"))
    single = ("problems", "priorities", "areas", "contrasts", "response", "drawn", "levels", "composite")
    return WaveReport(
        facts(name),
        stamp,
        ReportSources({}, {}),
        claims=(kept["said"], kept["unsaid"]),
        orders=(kept["order"],),
        other_priorities=(kept["web"],),
        area_ranks=(kept["bayes"],),
        moves=((kept["problems"], kept["plain"]),),
        **{part: kept[part] for part in single},
    )


def drawn(report):
    """The page's figures with all their texts and tables, over an empty drawing: drawing takes longest."""
    made = {}
    for name, plan in planned_figures(report, PLAIN).items():
        kind, results = kind_of(plan.plot), [each.result for each in plan.publishables]
        look = replace(plan.look, marks=plan.publishables[0].marks)
        svg = svg_text(
            Figure((1, 1)), name, title=plan.caption.title, description=kind.describe(*results, look=look)
        )
        sheet = kind.table(*results, look=look)
        made[name] = Drawn(name, svg[svg.index("<svg") :], "", sheet, plan.caption.notes, cross=sheet)
    return made


def page(name):
    report = hostile_report(name)
    return page_html(report, drawn(report), PLAIN)


class Read(HTMLParser):
    """Elements with their attributes' names, values, texts, and whatever else a page may hold."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.values, self.texts, self.others = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, *(attribute for attribute, _ in attrs)))
        self.values += [value or "" for _, value in attrs]

    def handle_endtag(self, tag):
        self.elements.append(f"/{tag}")

    def handle_data(self, data):
        self.texts.append(data)

    def handle_comment(self, data):
        self.others.append(data)

    def handle_decl(self, decl):
        self.others.append(decl)

    def handle_pi(self, data):
        self.others.append(data)

    def unknown_decl(self, data):
        self.others.append(data)


def plain(texts):
    """Texts without white space that no reader sees, and without case: some stand first in a sentence."""
    return " ".join(" ".join(texts).split()).casefold()


def filling(text):
    """Harmless letters with the white space of a text: how a page is laid out depends on how long its words are."""
    return re.sub(r"\S", "w", legible(text))


def expected(texts, name):
    """The text of the harmless page with the hostile words in its place."""
    (first, last), (before, behind) = (
        plain([f"{start}{word(0)}{end}"]).split(word(0).casefold())
        for start, end in (
            (filling(name.before), filling(name.behind)),
            (legible(name.before), legible(name.behind)),
        )
    )
    wanted = rf"{re.escape(first)}(plats\d{{3}}x){re.escape(last)}"
    return re.sub(wanted, lambda found: f"{before}{found[1]}{behind}", plain(texts))


@functools.cache
def harmless():
    name = Named()
    return name, page(name)


def repaired(text):
    """What libxml2 finds, which repairs broken pages as browsers do."""
    return [(each.tag, sorted(each.attrib)) for each in lxml.html.document_fromstring(text.encode()).iter()]


@FEW
@given(LABELS, LABELS)
def test_a_page_gives_every_text_back_and_holds_no_other_element(before, behind):
    name, same = Named(before, behind), page(Named(filling(before), filling(behind)))
    text = page(name)
    hostile, usual = Read(text), Read(same)
    assert hostile.elements == usual.elements
    assert hostile.others == usual.others == ["DOCTYPE html"]
    assert plain(hostile.texts) == expected(usual.texts, name)
    assert list(map(plain, zip(hostile.values))) == [expected([value], name) for value in usual.values]
    assert repaired(text) == repaired(same)


def test_every_text_of_a_report_is_hostile_here():
    """A text that is added to the facts fails here until it is given above; nearly all of them stand on the page."""
    report = hostile_report(Named("<", ">"))
    for part in (report.stamp, report.facts, *report.facts.streams[:1], *report.facts.items.values()):
        for declared in fields(part):
            value = getattr(part, declared.name)
            if isinstance(value, str) and declared.name not in {"wave", "sampling", "worse"}:
                assert value.startswith("<"), declared.name
    name, text = harmless()
    seen = plain(Read(text).texts)
    absent = {place for number, place in enumerate(name.places) if plain([word(number)]) not in seen}
    assert absent == {"question", "needed", "priority_question"}
    assert len(name.places) > 45


def test_the_comparison_would_find_what_is_not_escaped():
    usual = Read(harmless()[1])
    for broken in ("<b>", "<p hidden>", "<!-- x -->"):
        other = Read(harmless()[1].replace(word(0), broken + word(0), 1))
        assert (other.elements, other.others) != (usual.elements, usual.others)


SVG = {"svg", "title", "desc", "defs", "style", "g", "path", "clipPath", "rect", "use", "pattern"}


@pytest.mark.filterwarnings("ignore:Glyph")
@FEWER
@given(LABELS, LABELS)
def test_a_drawing_with_hostile_words_holds_shapes_and_its_texts(label, other):
    made = estimates([("hot", "", "Alla"), ("ran", "", "Alla")], [400, 400], [200, 100], stream=label)
    kept = screen({"x": replace(made, about=replace(made.about, labels={"hot": label, "ran": other}))})["x"]
    stamp = Stamp(label, other, dt.date(2026, 11, 22), "")
    found = render_figure(kept, plot_problems, "problem", stamp=stamp)
    tree = ET.fromstring(found.svg)  # noqa: S314 - our own output
    assert {each.tag.rpartition("}")[2] for each in tree.iter()} <= SVG
    for each in tree.iter():
        for attribute, value in each.attrib.items():
            assert not attribute.rpartition("}")[2].startswith("on")
            assert attribute.rpartition("}")[2] != "href" or value.startswith("#")
    (description,) = (each.text for each in tree if each.tag.endswith("}desc"))
    for text in (label, other):
        assert plain([legible(text)]) in plain([description])
    seen = Read(found.svg)
    assert {element[0] for element in seen.elements if isinstance(element, tuple)} <= {
        tag.lower() for tag in SVG
    }


@pytest.mark.parametrize("sign", ["\t", "\x00", "\u2028", "漢", "\N{GRINNING FACE}", "\uffff", "\U0010ffff"])
def test_a_sign_that_the_typeface_lacks_stops_no_figure(sign):
    assert width_of(f"a{sign}") >= width_of("a") > 0  # marks that take no room have none
