"""What params.yaml declares about sentences: it is used, and what is wrong in it is told with the nearest name."""

import json

import pytest
from click.testing import CliRunner

from trygghet.codebook import Codebook
from trygghet.disclosure import read_publishable
from trygghet.errors import ClaimError, ProjectError
from trygghet.pipeline.cli import main
from trygghet.pipeline.comparisons import check_settings
from trygghet.pipeline.declared import declared, declared_families, phrases
from trygghet.pipeline.messages import render
from trygghet.pipeline.params import read_params


@pytest.fixture
def settings(workshop):
    """The claims of a project of one wave; `read` gives the parameters and the codebook."""
    workshop.waves("2026")
    return workshop.params["claims"]


def read(workshop):
    root = workshop.save()
    return read_params(root / "params.yaml"), Codebook.read(workshop.raw("2026") / "codebook.yaml")


def refused(workshop, code):
    params, book = read(workshop)
    with pytest.raises(ProjectError) as caught:
        check_settings(params, {"2026": book})
    assert {problem.code for problem in caught.value.problems} == {code}
    return render(caught.value)


def test_families_come_from_the_parameters_alone(workshop, settings):
    params, book = read(workshop)
    families = declared_families(params, book)
    assert [family.kind for family in families.declared] == [
        "priorities",
        "headline",
        "districts",
        "follow_up",
        "district_table",
    ]
    assert families.family_level == pytest.approx(0.99)
    members = {family.kind: family for family in families.declared}
    assert len(members["districts"].members) == 7
    assert members["headline"].members == ("kann_lofte:low",)
    assert members["district_table"].comparisons == 7 * len(
        [name for name in book.indicators if name.startswith("problem_")]
    )
    block = book.multi_response["prio"]
    joined = {option for options in block.unions.values() for option in options}
    assert len(members["priorities"].members) == len(block.options) - len(joined) + len(block.unions)
    del settings["thresholds"]
    fewer = declared_families(*read(workshop))
    assert "headline" not in [family.kind for family in fewer.declared]
    assert fewer.family_level == pytest.approx(1 - 0.05 / 4)


def test_everything_that_is_declared_reaches_the_rules(workshop, settings):
    settings["thresholds"] = {"kann_lofte": 0.25, "otrygg_kvall": {"high": 0.4}}
    settings["meanings"] = {"otrygg_kvall": {"relativt trygga": {"at_most": 0.35}}}
    settings["margins"] = {"otrygg_kvall": 0.05}
    settings["phrases"] = {
        "otrygg_kvall": {"share": "andelen otrygga kvällstid", "verb": "känner sig", "rest": "otrygga"}
    }
    params, book = read(workshop)
    check_settings(params, {"2026": book})
    found = declared(params, book)
    assert found.low == {"kann_lofte": 0.25}
    assert found.high == {"otrygg_kvall": 0.4}
    (meaning,) = found.meanings
    assert (meaning.word, meaning.item, meaning.bound, meaning.threshold) == (
        "relativt trygga",
        "otrygg_kvall",
        "at_most",
        0.35,
    )
    assert found.margins == {"otrygg_kvall": 0.05}
    assert phrases(params)["otrygg_kvall"].share == "andelen otrygga kvällstid"
    assert {family.kind: family.comparisons for family in found.families.declared}["follow_up"] == 4


@pytest.mark.parametrize(
    ("section", "value"),
    [
        ("thresholds", {"kann_loftet": 0.25}),
        ("margins", {"otrygg_kval": 0.05}),
        ("meanings", {"oro_overfall_misshandell": {"många": {"at_least": 0.2}}}),
        ("phrases", {"otrygg_kvalll": {"share": "andelen otrygga"}}),
    ],
)
def test_a_misspelt_indicator_names_the_nearest(section, value, *, workshop, settings):
    settings[section] = value
    assert "Menade du ”" in refused(workshop, "PROJ-08")


def test_what_is_declared_of_an_exploratory_indicator_is_refused(workshop, settings):
    settings["margins"] = {"otrygg_dag": 0.05}
    told = refused(workshop, "PROJ-10")
    assert "claims.margins" in told
    assert "otrygg_dag" in told


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("families", "headlin"), ["otrygg_kvall"], "Menade du ”headline”?"),
        (("threshold",), {"kann_lofte": 0.2}, "Menade du ”thresholds”?"),
        (("thresholds", "kann_lofte"), {"lower": 0.2}, "Menade du ”low”?"),
        (("thresholds", "kann_lofte"), 25, "25 procent skrivs 0.25"),
        (("margins",), {"otrygg_kvall": 5}, "25 procent skrivs 0.25"),
        (("meanings",), {"otrygg_kvall": {"många": {}}}, "antingen at_least eller at_most"),
        (("meanings",), {"otrygg_kvall": {"många": {"atleast": 0.2}}}, "Menade du ”at_least”?"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_in_swedish(path, value, told, *, workshop, settings):
    *sections, key = path
    for name in sections:
        settings = settings[name]
    settings[key] = value
    result = CliRunner().invoke(main, ["run", str(workshop.save())])
    assert result.exit_code == 1
    assert told in result.stderr
    assert "(PROJ-02)" in result.stderr


def test_more_than_twelve_headlines_are_refused(workshop, settings):
    book = read(workshop)[1]
    settings["families"]["headline"] = list(book.indicators)[:13]
    with pytest.raises(ClaimError) as caught:
        declared_families(*read(workshop))
    assert caught.value.code == "PAST-07"
    assert "13\u00a0huvudindikatorer" in render(caught.value)


def test_figure_and_sentences_rest_on_the_same_level(workshop, settings):
    settings["meanings"] = {"otrygg_kvall": {"relativt trygga": {"at_most": 0.4}}}
    project = workshop.run()
    folder = project.paths.wave("2026")
    families = declared_families(project.params, Codebook.read(folder.codebook))
    (path,) = folder.screened.glob("rank--brev--prio*.json")
    top = read_publishable(path).result
    assert top.ranks.options.level == pytest.approx(families.family_level)
    claims = json.loads(folder.claims.read_text(encoding="utf-8")).values()
    order = next(claim for claim in claims if claim["statement"] == "among_largest")
    assert "99\N{NO-BREAK SPACE}%" in order["rule"]
    assert order["numbers"]["surely"] == int(top.surely.sum())
    assert order["numbers"]["maybe"] == int(top.maybe.sum())
    word = next(claim for claim in claims if claim["statement"] == "described")
    assert "relativt trygga" in word["text"]
    page = (folder.reports / "lagesbild.html").read_text(encoding="utf-8")
    assert "fem familjer av påståenden" in page
    assert "Vad undersökningar av olika storlek kan visa" in page
    metrics = json.loads(folder.metrics("rank").read_text())
    assert [value for name, value in metrics.items() if "prio" in name and name.endswith(".level")] == [
        pytest.approx(0.99)
    ]
    assert_a_draft_is_held_against_the_same_evidence(project, claims)


def assert_a_draft_is_held_against_the_same_evidence(project, claims):
    from docx import Document

    root = project.paths.root
    low = next(claim for claim in claims if claim["statement"] == "low")
    draft = Document()
    draft.add_paragraph("Medborgarna har låg kännedom om medborgarlöftet. Otryggheten beror på droger.")
    draft.add_table(1, 1).cell(0, 0).text = "Invånarna känner sig relativt trygga."
    draft.save(root / "utkast.docx")
    (root / "utkast.txt").write_bytes("Otryggheten har ökat.\n".encode("cp1252"))
    told = granskning(root, "utkast.docx")
    assert "mot mätningen 2026" in told
    assert f"– har stöd. {low['text']}" in told
    assert "beror på droger.” – bör inte skrivas så" in told
    assert "relativt trygga.” – har stöd" in told
    assert told.rstrip().endswith("Ingen anmärkning är inget godkännande.")
    assert "Det finns bara en" in granskning(root, "utkast.txt")
    (root / "utkast.docx").write_bytes(b"PK\x03\x04 no document")
    assert "(PROJ-12)" in granskning(root, "utkast.docx", code=1)
    assert "(PROJ-11)" in granskning(root, "finns_inte.txt", code=1)
    assert "(PROJ-03)" in granskning(root, "utkast.txt", "--wave", "2030", code=1)


def granskning(root, *words, code=0):
    draft, *options = words
    result = CliRunner().invoke(main, ["granska", str(root / draft), "--root", str(root), *options])
    assert result.exit_code == code, result.output
    return result.output
