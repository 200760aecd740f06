"""`trygghet promise seed` from a project's screened results."""

import datetime as dt
import re

import pytest
from click.testing import CliRunner

from trygghet.pipeline.cli import main
from trygghet.pipeline.doctor import examine
from trygghet.pipeline.runner import open_project
from trygghet.promise import promise_gaps, read_promises


def seed(root, *more):
    return CliRunner().invoke(main, ["promise", "seed", *more, "--root", str(root)])


@pytest.fixture(scope="module")
def made(workshop_at, tmp_path_factory):
    """A project that has run, with the promise's seed."""
    root = workshop_at(tmp_path_factory.mktemp("lofte")).waves("2026").run().paths.root
    assert seed(root).exit_code == 0
    return root


def test_seed_writes_record_and_draft_from_what_was_screened(made):
    project, again = open_project(made), seed(made)
    assert again.exit_code == 0, again.output
    folder = made / "reports" / "2026" / "promise"
    assert {"promises.yaml", "lofte_utkast.docx"} <= {path.name for path in folder.iterdir()}
    book = read_promises(folder / "promises.yaml")
    assert book.diarienummer == "KS 2026/00001"
    drugs = next(promise for promise in book.promises if promise.area == "narkotika")
    assert drugs.baseline.item == project.params.promise.indicators["narkotika"][0]
    assert drugs.baseline.start.isoformat() == "2026-09-05"
    assert {district.name for district in drugs.districts} >= {"Centrum", "Lunden"}
    assert all((folder / figure).resolve().is_file() for figure in drugs.figures)
    assert f"{sum(gap.kind == 'missing' for gap in promise_gaps(book))} fält" in again.output


def test_the_doctor_lists_what_a_promise_lacks(made):
    folder = made / "reports" / "2026" / "promise"
    text = (folder / "promises.yaml").read_text(encoding="utf-8")
    (folder / "promises.yaml").write_text(re.sub(r"chosen:.*", "chosen: true", text), encoding="utf-8")
    gaps = promise_gaps(read_promises(folder / "promises.yaml"))
    lacking = [gap for gap in gaps if gap.kind == "missing"]
    assert {"target_points", "owner", "activity", "follow_up_date", "forum"} <= {gap.field for gap in lacking}
    told = [f"{each.text} {each.remedy}" for each in examine(made, today=dt.date(2026, 11, 22))]
    for gap in lacking:
        assert [line for line in told if gap.label in line and f"({gap.field})" in line], gap
    assert any(
        "ansvarig (owner), aktivitet (activity), datum för uppföljning (follow_up_date)" in each
        for each in told
    )
    assert any("antalet valda områden överstiger antalet platser" in each for each in told)
    (folder / "promises.yaml").write_bytes(text.encode("utf-16"))
    assert any("LOFTE-04" in each.remedy for each in examine(made, today=dt.date(2026, 11, 22)))


@pytest.mark.parametrize(("more", "code"), [((), "PROJ-06"), (("1999",), "PROJ-03")])
def test_seed_tells_what_is_missing(workshop, more, code):
    workshop.waves("2026").save()
    told = seed(workshop.root, *more)
    assert told.exit_code == 1
    assert f"({code})" in told.output
    assert "Traceback" not in told.output
