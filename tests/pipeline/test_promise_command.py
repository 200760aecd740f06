"""`trygghet promise seed` from a project's screened results."""

import pytest
from click.testing import CliRunner

from trygghet.pipeline.cli import main
from trygghet.promise import promise_gaps, read_promises


def seed(root, *more):
    return CliRunner().invoke(main, ["promise", "seed", *more, "--root", str(root)])


def test_seed_writes_record_and_draft_from_what_was_screened(workshop):
    project = workshop.waves("2026").run()
    made = seed(workshop.root)
    assert made.exit_code == 0, made.output
    folder = workshop.root / "reports" / "2026" / "promise"
    assert {"promises.yaml", "lofte_utkast.docx"} <= {path.name for path in folder.iterdir()}
    book = read_promises(folder / "promises.yaml")
    assert book.diarienummer == "KS 2026/00001"
    drugs = next(promise for promise in book.promises if promise.area == "narkotika")
    assert drugs.baseline.item == project.params.promise.indicators["narkotika"][0]
    assert drugs.baseline.start.isoformat() == "2026-09-05"
    assert {district.name for district in drugs.districts} >= {"Centrum", "Lunden"}
    assert all((folder / figure).resolve().is_file() for figure in drugs.figures)
    assert f"{sum(gap.kind == 'missing' for gap in promise_gaps(book))} fält" in made.output


@pytest.mark.parametrize(("more", "code"), [((), "PROJ-06"), (("1999",), "PROJ-03")])
def test_seed_tells_what_is_missing(workshop, more, code):
    workshop.waves("2026").save()
    told = seed(workshop.root, *more)
    assert told.exit_code == 1
    assert f"({code})" in told.output
    assert "Traceback" not in told.output
