"""What the weighting has to say reaches the analyst with its numbers, and the reader without counts of persons."""

import json

import pytest

from trygghet.codebook import Codebook
from trygghet.errors import Problem
from trygghet.pipeline.runner import all_tasks, open_project, run_task
from trygghet.pipeline.weight_notes import weight_remarks
from trygghet.report.wording import Wording
from trygghet.weighting import read_weights


@pytest.fixture(scope="module")
def weighted(workshop_at, tmp_path_factory):
    """A wave up to its weights, with thin cells, declared merges, tables of two dates and a check that does not agree."""
    workshop = workshop_at(tmp_path_factory.mktemp("project")).waves("2026")
    path = workshop.raw("2026") / "margins.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    merged = {"Kvinna * 16–29": "Kvinna * 16–49", "Kvinna * 30–49": "Kvinna * 16–49"}
    wide = [f"{row},{merged.get(row.split(',')[2], '')}" for row in rows]
    wide = [row.replace("2026-09-01", "2024-06-30") if row.startswith("omrade") else row for row in wide]
    wide += [
        f"kontroll,omrade * kon,{area} * {sex},{n},2026-09-01,x,"
        for area, men in zip(
            ("Centrum", "Lunden", "Höjden", "Sjöstaden", "Brovallen", "Ekbacken", "Åsbyn"),
            (500, 500, 500, 500, 800, 500, 500),
            strict=True,
        )
        for sex, n in (("Man", men), ("Kvinna", 1000 - men))
    ]
    path.write_text("\n".join([f"{head},collapse", *wide]) + "\n", encoding="utf-8")
    return open_project(workshop.save())


def test_the_analyst_sees_every_note_with_its_numbers(weighted, capsys):
    for task in all_tasks(weighted):
        if task.stage in {"ingest", "weight"}:
            run_task(weighted, task)
    told = capsys.readouterr().err
    weights = read_weights(weighted.paths.wave("2026").weights / "brev.parquet")
    assert [note.code for note in weights.notes] == ["VIKT-54", "VIKT-55", "VIKT-58", "VIKT-59", "VIKT-65"]
    for note in weights.notes:
        assert f"({note.code})" in told
    assert f"{weights.unplaced['kon']} svarande har inte uppgett kon" in told
    assert "Kvinna * 16–29, Kvinna * 30–49 → Kvinna * 16–49" in told
    assert "Inom Brovallen ligger den viktade andelen" in told
    metrics = json.loads(weighted.paths.wave("2026").metrics("weight").read_text())
    assert metrics["brev.effective_n"] == pytest.approx(weights.effective_n)
    assert metrics["brev.top_percent_share"] == pytest.approx(weights.top_share)
    assert metrics["brev.worst_error_before"] > 0.1
    assert not any("unplaced" in name for name in metrics)


@pytest.fixture
def book(weighted):
    return Codebook.read(weighted.paths.wave("2026").codebook)


def test_the_reader_is_told_the_same_without_counts_of_persons_or_names_of_small_groups(weighted, book):
    weights = read_weights(weighted.paths.wave("2026").weights / "brev.parquet")
    told = list(weight_remarks(weights, book, Wording("sv")))
    assert len(told) == len(weights.notes)
    assert told[0].startswith("Svarande som inte har uppgett kön,")
    assert "kön × åldersgrupp" in told[1]
    text = " ".join(told)
    assert str(weights.unplaced["kon"]) not in text.replace("16–", "")
    assert "Brovallen" not in text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_thin_groups_are_counted_and_never_named(weighted, book, language):
    from dataclasses import replace

    weights = read_weights(weighted.paths.wave("2026").weights / "brev.parquet")
    thin = Problem("VIKT-56", "", facts={"antal": 2, "grans": 20, "kategorier": "omrade: Åsbyn"})
    many = Problem("VIKT-57", "", facts={"rader": 300, "antal": 31, "grans": 20})
    mine = Problem("VIKT-50", "", facts={"medel": 2.0, "skala": "unknown"})
    given = replace(weights, notes=(thin, many, mine), unplaced={}, gap=0.0123)
    gap, few, figures = weight_remarks(given, book, Wording(language))
    assert {"sv": "1,23", "en": "1.23"}[language] in gap
    assert ": 2. " in few
    assert "Åsbyn" not in few
    assert "31" in figures
