"""What the program says of itself holds nothing that is withheld: errors on screen, the log, metrics, what a notebook shows.

The two worlds of ``worlds`` differ only in what the rules withhold. Errors that screen, claims and report raise on their
unscreened content are provoked in both, behind the door that the command line uses.
"""

import datetime as dt
import functools
import json
import re
from dataclasses import replace

import numpy as np
import pytest
from made import by_area, cells
from search import spellings, told
from worlds import ITEMS, SECRETS, made, world

from trygghet import claims
from trygghet.claims import Context
from trygghet.disclosure import Released, screen, write_publishable
from trygghet.disclosure.secondary import Exposure, refuse_exposed
from trygghet.errors import TrygghetError
from trygghet.pipeline.guard import guarded
from trygghet.pipeline.published import screen_metrics
from trygghet.pipeline.rankings import rank_metrics
from trygghet.ranking import Ranking, RankOptions, rank
from trygghet.report import Stamp, export_figure, plot_heat

LAST = len(ITEMS) - 1
CLOCK = re.compile(rb"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ", re.MULTILINE)
CONTEXT = Context()
STAMP = Stamp("Exempelstad", "KS 2026/00001", dt.date(2026, 11, 22))
MADE = [world(*secret) for secret in SECRETS]


@functools.cache
def screened_world(number):
    return screen(MADE[number])


def screened(results):
    return screened_world(next(number for number, each in enumerate(MADE) if each is results))


def a_claim_without_its_cells(results, _folder):
    screen({"claim": results["claim"]})


def no_result(results, _folder):
    screen({"x": results["areas"].values})


def a_name_that_is_a_path(results, folder):
    write_publishable(folder, "../x", screened(results)["areas"])


def an_audit_that_fails(results, _folder):
    width = float(results["areas"].values[3])
    refuse_exposed((Exposure("2026", f"2026 {ITEMS[0]} Sjöstaden", "answers", width, 0.9, earlier=False),))


def an_edition_with_another_content(results, _folder):
    kept = screened(results)
    first = Released.nothing().with_edition("1", {"x": kept["problems"]})
    first.with_edition("1", {"x": kept["areas"]})


def a_covariance_with_a_withheld_cell(results, _folder):
    screened(results)["problems"].result.covariance()


def a_level_that_was_not_kept(results, _folder):
    class Rule:
        values = results["problems"].values[[0, LAST]]

        def limits(self, of, *, level, method):  # noqa: ARG002 -- the protocol
            return self.values, self.values + level

    found = made(
        cells(by_area("alder", ["a", "b"])),
        Rule.values,
        [100, 20],
        numerator=[-1, -1],
        hidden=[False, False],
        secret=SECRETS[0],
    )
    kept = screen({"x": replace(found, estimand="quantile", limit_rule=Rule())})
    kept["x"].result.interval(0.75)


def levels_where_differences_belong(results, _folder):
    list(claims.above_rest(results["areas"], CONTEXT, levels=results["areas"]))


def a_development_of_one_wave(results, _folder):
    list(claims.changed(results["areas"], CONTEXT, levels=None))


def the_same_of_one_wave(results, _folder):
    list(claims.unchanged(results["areas"], 0.05, CONTEXT))


def both_of_other_people(results, _folder):
    one, other = results["problems"].take([LAST]), results["areas"].take([len(results["areas"]) - 1])
    claims.both(one, replace(other, n=np.array([700])), CONTEXT)


def a_place_of_what_is_not_ranked(results, _folder):
    claims.largest(results["ranks"], CONTEXT, item="problem_annat")


def an_order_from_marginal_sets(results, _folder):
    claims.largest(rank(results["problems"], RankOptions(seed=1, joint=False)), CONTEXT)


def a_figure_of_what_is_not_screened(results, folder):
    export_figure(results["areas"], plot_heat, folder / "x", stamp=STAMP)


def a_figure_without_words(results, folder):
    export_figure(screened(results)["problems"], max, folder / "x", stamp=STAMP)


def what_nobody_foresaw(results, _folder):
    raise ValueError(f"cannot convert {results['problems'].values[LAST]!r} of {results['areas'].values!r}")


PROVOKED = {
    a_claim_without_its_cells: "SEK-08",
    no_result: "SEK-04",
    a_name_that_is_a_path: "SEK-05",
    an_audit_that_fails: "SEK-09",
    an_edition_with_another_content: "SEK-10",
    a_covariance_with_a_withheld_cell: "SEK-02",
    a_level_that_was_not_kept: "SEK-12",
    levels_where_differences_belong: "PAST-05",
    a_development_of_one_wave: "PAST-06",
    the_same_of_one_wave: "PAST-06",
    both_of_other_people: "PAST-10",
    a_place_of_what_is_not_ranked: "PAST-03",
    an_order_from_marginal_sets: "PAST-04",
    a_figure_of_what_is_not_screened: "RAPP-03",
    a_figure_without_words: "RAPP-01",
    what_nobody_foresaw: "FEL-01",
}


@pytest.mark.parametrize("provoke", PROVOKED, ids=lambda each: each.__name__)
def test_what_is_said_of_an_error_is_the_same_whatever_the_withheld_numbers_are(provoke, tmp_path, capsys):
    said = []
    for number, results in enumerate(MADE):
        root = tmp_path / str(number)
        root.mkdir()
        guarded(lambda results=results, root=root: provoke(results, root), root=root, stage="screen")
        screen_text = "".join(capsys.readouterr())
        assert f"({PROVOKED[provoke]})" in screen_text, screen_text
        log = CLOCK.sub(b"", (root / "trygghet.log").read_bytes())
        assert log.startswith(b"ERROR screen stopped by ")
        said.append((screen_text.encode(), log))
    assert said[0] == said[1]
    for secret in SECRETS:
        planted = [text for value in secret.planted for text in spellings(value)]
        assert not [text for text in planted for part in said[0] if text in part]


def test_an_exception_carries_no_result():
    """Neither the arguments nor the facts of an error hold anything but words and counts."""
    with pytest.raises(TrygghetError) as refused:
        both_of_other_people(MADE[0], None)
    for problem in refused.value.problems:
        assert all(isinstance(fact, str | int) for fact in problem.facts.values())
        assert not re.search(r"\d{2}", f"{problem.what}{problem.why}{problem.remedy}")


def test_metrics_are_the_same_whatever_the_withheld_numbers_are():
    said = []
    for results in MADE:
        ranked = {name: result for name, result in results.items() if isinstance(result, Ranking)}
        said.append(json.dumps({**screen_metrics(screened(results)), **rank_metrics(ranked)}))
    assert said[0] == said[1]


def test_a_notebook_shows_what_is_left_and_how_much_is_not():
    shown, again = (
        {name: kept._repr_html_() for name, kept in screened(results).items()} for results in MADE
    )
    assert shown == again
    assert "4 shown, 1 withheld" in shown["problems"]
    assert "0.44" in told(".html", shown["problems"].encode()).decode()
    assert "withheld" in shown["areas"]
