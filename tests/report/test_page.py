from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import builders
import pytest

from trygghet.disclosure import screen
from trygghet.report import Look
from trygghet.report.export import Rendered
from trygghet.report.figures import drawn_for_page, planned_figures
from trygghet.report.kinds import kind_of
from trygghet.report.page import page_html

VOID = {"meta", "link", "br", "img", "input", "path", "use"}


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.stack, self.words = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def html_of(report, look=Look()):  # noqa: B008 - a frozen record
    planned = planned_figures(report, look)
    svg = '<svg role="img"></svg>'
    rendered = {
        name: Rendered(
            svg,
            b"",
            b"",
            "",
            kind_of(plan.plot).table(*(each.result for each in plan.publishables), look=plan.look),
        )
        for name, plan in planned.items()
    }
    return page_html(report, drawn_for_page(planned, rendered, {}), look)


def read(path):
    reader = Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader


@pytest.fixture(scope="module", params=["written", "written_open"])
def page(request):
    return read(request.getfixturevalue(request.param) / "lagesbild.html")


def test_page_is_swedish_with_skip_link_and_landmarks(page):
    assert page.all("html") == [{"lang": "sv"}]
    assert page.all("a")[0] == {"class": "skip", "href": "#innehall"}
    assert [len(page.all(tag)) for tag in ("header", "main", "nav", "footer", "h1")] == [1] * 5


def test_every_name_on_the_page_is_unique_and_every_reference_has_its_target(page):
    names = Counter(attrs["id"] for _, attrs in page.tags if "id" in attrs)
    assert [name for name, count in names.items() if count > 1] == []
    for _, attrs in page.tags:
        for key in ("href", "xlink:href", "aria-labelledby"):
            for target in attrs.get(key, "").split() if key == "aria-labelledby" else [attrs.get(key, "")]:
                if target.startswith("#") or (key == "aria-labelledby" and target):
                    assert target.lstrip("#") in names, target


def test_tables_have_captions_and_scopes(page):
    tables = len(page.all("table"))
    assert tables >= 3
    assert len(page.all("caption")) == tables
    assert all(attrs.get("scope") in {"col", "row"} for attrs in page.all("th"))


def test_page_is_self_contained(page):
    assert page.all("script") == []
    assert page.all("link") == []
    assert page.all("img") == []
    outside = [attrs["href"] for attrs in page.all("a") if not attrs["href"].startswith("#")]
    assert outside == []


def test_headings_never_skip_a_level(page):
    levels = [int(tag[1]) for tag, _ in page.tags if tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_first_screen_holds_both_columns_before_the_figure(written):
    text = (written / "lagesbild.html").read_text(encoding="utf-8")
    places = [
        text.index(part)
        for part in (
            "Det här vet vi",
            "Det här kan vi inte säga (och varför)",
            "<figure",
            "Hur gjordes mätningen?",
            "<nav",
        )
    ]
    assert places == sorted(places)
    assert "SYNTETISKA DATA" in text[: places[0]]


def test_at_most_five_sentences_a_column_and_the_rest_in_the_annex(wave_report):
    texts = {
        f"{verdict}{number}": builders.claim(verdict, f"{verdict} nummer {number}.")
        for verdict in ("supported", "cannot_be_shown")
        for number in range(7)
    }
    kept = screen({"problems": builders.problems(), **texts})
    report = replace(wave_report, claims=tuple(kept[name] for name in texts))
    first, annex = html_of(report).split("<figure", 1)
    assert first.count("supported nummer") == 5
    assert first.count("cannot_be_shown nummer") == 5
    assert annex.count("supported nummer") == 7


def test_claims_stand_in_the_column_of_their_verdict(written):
    text = (written / "lagesbild.html").read_text(encoding="utf-8")
    known, unknown = text.index("Narkotika hör säkert"), text.index("Skillnaden är för liten")
    border = text.index("Det här kan vi inte säga")
    assert known < border < unknown


def test_open_form_says_respondents_everywhere_and_interval_nowhere(written_open):
    text = (written_open / "lagesbild.html").read_text(encoding="utf-8")
    assert "Bland de 874 som svarade" in text
    assert "Vem som helst kunde svara" in text
    assert "Felmarginal från" not in text
    assert "konfidensintervall" not in text
    assert "öjlig placering" not in text
    assert "rangintervall" not in text


def test_text_from_files_cannot_become_markup(wave_report):
    facts = replace(wave_report.facts, survey="<script>alert(1)</script>", area_word='"><b>')
    report = replace(wave_report, facts=facts)
    html = html_of(report)
    assert "<script" not in html
    assert "<b>" not in html


def test_three_weaknesses_at_most_and_nonresponse_first(written):
    text = (written / "lagesbild.html").read_text(encoding="utf-8")
    assert "41\N{NO-BREAK SPACE}% av de tillfrågade svarade." in text


def test_a_wave_without_priorities_says_so(wave_report):
    report = replace(wave_report, priorities=None)
    html = html_of(report)
    assert "prioriteringar (frågan ställdes inte)" in html
    assert html.split("<nav", 1)[0].count("<figure") == 1


def test_notes_of_the_run_are_printed(wave_report):
    note = "Institutets vikter används som de är; felmarginalerna är ungefärliga."
    report = replace(wave_report, facts=replace(wave_report.facts, notes=(note,)))
    html = html_of(report)
    assert html.count(note) == 1


@pytest.mark.parametrize(("waves", "kept"), [(("2026", "2026"), False), (("2024", "2026"), True)])
def test_the_year_stands_in_a_table_where_it_differs(waves, kept):
    from trygghet.report.page_tables import html_table
    from trygghet.report.tables import Sheet
    from trygghet.report.wording import SWEDISH

    year = SWEDISH["column.wave"]
    printed = html_table(
        Sheet(("Uppgift", year), tuple(("a", wave) for wave in waves)), "t", "T", words=SWEDISH
    )
    assert (year in printed.columns) is kept
