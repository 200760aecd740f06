"""The four ways in which a survey comes, each from file to report."""

import csv
import json
import re

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from trygghet.disclosure import read_publishable
from trygghet.estimate import read_estimates
from trygghet.ingest import read_microdata
from trygghet.pipeline.results import ResultName
from trygghet.pipeline.weighting import used_answers
from trygghet.weighting import read_weights

SUPPLIED = "Institutets vikter används som de är; felmarginalerna är ungefärliga"


def letters(project):
    survey = read_microdata(project.paths.wave("2026").microdata)
    return used_answers(survey, next(stream for stream in survey.streams if stream.name == "brev"))


def weights(project):
    return read_weights(project.paths.wave("2026").weights / "brev.parquet")


def page(project):
    return (project.paths.wave("2026").reports / "lagesbild.html").read_text(encoding="utf-8")


def share(project):
    estimates = read_estimates(project.paths.wave("2026").estimates / str(ResultName("brev", "trygghet")))
    return estimates.select(item="otrygg_kvall")


def without_margins(workshop):
    (workshop.raw("2026") / "margins.csv").unlink()
    return workshop


def with_supplied_weights(workshop):
    """The institute's file: weights, no strata."""
    book = workshop.codebook("2026")
    book["design"] = {"weight": "vikt", "weight_scale": "population"}
    workshop.write_codebook("2026", book)
    return workshop


def test_none_weighs_nobody_and_says_so(workshop):
    workshop.waves("2026").params["weighting"]["mode"] = "none"
    project = without_margins(workshop).run()
    data = letters(project)
    assert set(weights(project).values) == {1.0}
    assert share(project).values[0] == pytest.approx(np.nanmean(data.numeric("otrygg_kvall")), rel=1e-12)
    assert "Svaren är inte vägda" in page(project)


def test_supplied_uses_the_weights_as_they_are_and_says_so(workshop):
    workshop.waves("2026").params["weighting"] = {"mode": "supplied"}
    project = without_margins(with_supplied_weights(workshop)).run()
    data = letters(project)
    w, y = data.numeric("vikt"), data.numeric("otrygg_kvall")
    known = np.isfinite(y)
    p = np.average(y[known], weights=w[known])
    # with replacement, one stratum: n/(n-1) sum (w u)^2 for the whole stream, u = (y - p) / sum w
    z = np.where(known, w * np.nan_to_num(y - p), 0.0) / w[known].sum()
    n = len(z)
    se = np.sqrt(n / (n - 1) * ((z - z.mean()) ** 2).sum())
    assert share(project).values[0] == pytest.approx(p, rel=1e-12)
    assert share(project).standard_errors[0] == pytest.approx(se, rel=1e-10)
    assert share(project).about.approximate
    assert SUPPLIED in page(project)


def test_supplied_and_calibrated_meets_the_margins_from_the_supplied_weights(workshop):
    workshop.waves("2026").params["weighting"].update(mode="supplied+calibrate", bounds=[0.1, 10.0])
    project = with_supplied_weights(workshop).run()
    made, data = weights(project), letters(project)
    assert np.allclose(made.start, data.numeric("vikt"))
    assert made.calibration
    assert_on_target(project, made)
    assert SUPPLIED not in page(project)


def test_own_weights_start_from_the_design_and_meet_the_margins(workshop):
    project = workshop.waves("2026").run()
    made, data = weights(project), letters(project)
    strata = data.groups("stratum").codes
    expected = data.numeric("stratum_n") / np.bincount(strata)[strata]
    assert np.allclose(made.start, expected)
    low, high = project.params.weighting.bounds
    assert low <= made.g_range[0] <= 1 <= made.g_range[1] <= high
    assert_on_target(project, made)
    metrics = json.loads(project.paths.wave("2026").metrics("weight").read_text())
    assert metrics["brev.worst_margin_error"] <= project.params.weighting.tolerance
    assert metrics["brev.iterations"] >= 1


AGES = {"16–29": (16, 29), "30–49": (30, 49), "50–64": (50, 64), "65–84": (65, 84)}
CROSSED, AREAS = ("kon", "alder4"), ("omrade",)


def printed_totals(project):
    """The population's totals by hand, from the lines of margins.csv."""
    with project.paths.wave("2026").margins.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["total"] != "proportionell"]
    tables = {CROSSED: {}, AREAS: {}}
    for row in rows:
        tables[tuple(row["variables"].split(" * "))][tuple(row["categories"].split(" * "))] = float(
            row["total"]
        )
    return tables


def weighted_people(project):
    """Sex, age band, district and weight of every resident who got a letter: from the raw file and from the weights' file."""
    raw, _ = pyreadstat.read_sav(project.paths.wave("2026").raw / "survey.sav", user_missing=True)
    raw = raw[(raw["strom"] == 1) & (raw["f3"] == 1)].set_index("lopnr")
    age = 2026 - raw["f2"].where(raw["f2"] < 9999)
    band = pd.Series(None, index=raw.index, dtype=object)
    for name, (low, high) in AGES.items():
        band[age.between(low, high)] = name
    people = pd.DataFrame(
        {
            "kon": raw["f1"].map({1: "Kvinna", 2: "Man"}),
            "alder4": band,
            "omrade": raw["f4"].map(
                dict(
                    enumerate(
                        ["Centrum", "Lunden", "Höjden", "Sjöstaden", "Brovallen", "Ekbacken", "Åsbyn"], 1
                    )
                )
            ),
        }
    )
    stored = pd.read_parquet(project.paths.wave("2026").weights / "brev.parquet", columns=["id", "weight"])
    weight = stored.set_index(stored["id"].astype(float).astype(int))["weight"]
    assert sorted(weight.index) == sorted(raw.index.astype(int))
    return people.assign(weight=weight.reindex(people.index.astype(int)).to_numpy())


def reached(people, variables, totals):
    """Weighted sums by category; whoever lacks a part is spread over the categories that agree, as the population is."""
    sums = dict.fromkeys(totals, 0.0)
    for person in people.itertuples():
        answers = [getattr(person, name) for name in variables]
        fits = [
            category
            for category in totals
            if all(pd.isna(answer) or answer == part for answer, part in zip(answers, category, strict=True))
        ]
        mass = sum(totals[category] for category in fits)
        for category in fits:
            sums[category] += person.weight * totals[category] / mass
    return sums


def assert_on_target(project, made):
    """The population's age by sex and its districts, summed anew from what the pipeline wrote."""
    people, tables = weighted_people(project), printed_totals(project)
    assert people["kon"].isna().any(), "some lack an answer, so that the rule for them matters"
    assert {len(totals) for totals in tables.values()} == {8, 7}
    for variables, totals in tables.items():
        assert reached(people, variables, totals) == pytest.approx(totals, rel=1e-8)
    assert made.worst_margin_error <= 1e-9


def test_only_residents_of_the_random_sample_are_weighted(workshop):
    project = workshop.waves("2026").run()
    survey = read_microdata(project.paths.wave("2026").microdata)
    folder = project.paths.wave("2026").weights
    assert sorted(path.name for path in folder.glob("*.parquet") if "composition" not in path.name) == [
        "brev.parquet"
    ]
    assert len(weights(project)) == int(survey.stream("brev").residents().sum())


def test_a_wave_with_only_an_open_form_gets_a_whole_report_without_intervals(workshop):
    workshop.waves("2026")
    (workshop.raw("2026") / "sources" / "composite.yaml").unlink()  # it names the letters
    book = workshop.codebook("2026")
    book["streams"] = {"whole_file": {"name": "webb", "sampling": "self_selected"}}
    workshop.write_codebook("2026", book)
    workshop.params["weighting"]["mode"] = "none"
    project = without_margins(workshop).run()
    folder = project.paths.wave("2026")
    shown = page(project)
    assert "bland de svarande" in shown.lower()
    assert not re.search(r"felmarginal[a-zé]*\s+(från|till|\d)", shown.lower())
    for table in (folder.reports / "figures").glob("*.csv"):
        assert "felmarginal" not in table.read_text(encoding="utf-8-sig").lower()
    figures = {path.name for path in (folder.reports / "figures").iterdir()}
    assert {"prioritering.svg", "problem.svg", "omraden.svg", "svar_och_vikter.svg"} <= figures
    for path in folder.screened.glob("webb--*.json"):
        assert not hasattr(read_publishable(path).result, "kernel")
