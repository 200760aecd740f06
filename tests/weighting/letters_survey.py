"""A small survey file with strata, households and people who cannot be placed."""

import numpy as np
import pandas as pd

from trygghet.codebook import Codebook
from trygghet.ingest import SpssDictionary, read_survey, write_spss

BOOK = """
survey: Prov
wave: "2026"
id: lopnr
streams: {{column: strom, values: {{1: {stream}, 2: {{name: webb, sampling: self_selected}}}}}}
relation: {{variable: relation, resident: [1]}}
design: {{strata: stratum, population: stratum_n, weight: vikt, weight_scale: {scale}}}
areas: {{variable: omrade, groups: {{}}, aliases: {{lunden: Lunden}}}}
variables:
  relation: {{column: f0, labels: {{1: Bor, 2: Verkar}}}}
  kon: {{column: f1, labels: {{1: Kvinna, 2: Man, 3: Annat}}, missing: {{9: no_answer}}}}
  omrade: {{column: f3, labels: {{1: Centrum, 2: Lunden}}}}
  vuxna: {{column: f4, kind: continuous, range: [1, 9], missing: {{99: no_answer}}}}
"""
PERSONS = "{name: brev, sampling: persons}"
HOUSEHOLDS = "{name: brev, sampling: households, household_size: vuxna, who_answers: one_random}"


def rows():
    rng = np.random.default_rng(3)
    n = 120
    stratum = np.repeat([1.0, 2.0], [80, 40])
    return pd.DataFrame(
        {
            "lopnr": np.arange(1.0, n + 1),
            "strom": np.where(np.arange(n) % 10 == 9, 2.0, 1.0),
            "stratum": stratum,
            "stratum_n": np.where(stratum == 1, 4000.0, 1000.0),
            "vikt": rng.uniform(20, 60, n),
            "f0": np.where(np.arange(n) % 12 == 5, 2.0, 1.0),
            "f1": rng.choice([1.0, 2.0, 3.0, 9.0], n, p=[0.5, 0.42, 0.04, 0.04]),
            "f3": stratum,
            "f4": rng.choice([1.0, 2.0, 3.0, 99.0], n, p=[0.3, 0.5, 0.15, 0.05]),
        }
    )


def read(folder, frame=None, *, stream=PERSONS, scale="population"):
    path = folder / "survey.sav"
    write_spss(
        path,
        rows() if frame is None else frame,
        dictionary=SpssDictionary(user_missing={"f1": [9], "f4": [99]}),
    )
    return read_survey(path, codebook=Codebook.from_text(BOOK.format(stream=stream, scale=scale)))


MARGINS = {"kon": {"Kvinna": 2550.0, "Man": 2450.0}, "omrade": {"Centrum": 4000.0, "Lunden": 1000.0}}
