import pandas as pd
import pytest

from trygghet.codebook import Codebook
from trygghet.ingest import SpssDictionary, write_spss

BOOK = """
survey: Prov
wave: "2026"
id: lopnr
streams: {column: strom, values: {1: {name: brev, sampling: persons}, 2: {name: webb, sampling: self_selected}}}
relation: {variable: relation, resident: [1]}
design: {strata: stratum, population: stratum_n}
areas: {variable: omrade, groups: {utsatt: [Höjden, Sjöstaden]}, aliases: {hojden: Höjden}}
variables:
  relation: {column: f0, labels: {1: Bor, 2: Verkar}}
  kon: {column: f1, labels: {1: Kvinna, 2: Man}, missing: {9: no_answer}}
  fodelsear: {column: f2, kind: continuous, range: [1900, 2026], missing: {9999: no_answer}}
  omrade: {column: f3, labels: {1: Centrum, 2: Höjden, 3: Sjöstaden}, missing: {98: dont_know}}
  trygg: {column: f12a, kind: ordinal, question: Hur trygg?, labels: {1: Mycket trygg, 2: Ganska trygg, 3: Otrygg},
    missing: {8: dont_know, 9: no_answer}, system_missing: not_asked}
derived:
  alder: {from: fodelsear, age_in: 2026}
  alder2: {from: alder, bands: {"16–49": [16, 49], "50–84": [50, 84]}}
indicators:
  otrygg: {from: trygg, label: Otrygg, counts: [3]}
  osaker: {from: trygg, counts: [3, dont_know], base: [1, 2, 3, dont_know]}
multi_response:
  prio: {columns: {narkotika: p1, ordning: p2, nedskrapning: p3}, choose: 2, none: p99, missing: {9: not_asked},
    unions: {ute: [ordning, nedskrapning]}}
"""

ROWS = pd.DataFrame(
    {
        "lopnr": [10.0, 2, 3, 4, 5, 6],
        "strom": [1.0, 1, 1, 2, 2, 1],
        "stratum": [1.0, 1, 2, None, None, 2],
        "stratum_n": [500.0, 500, 300, None, None, 300],
        "f0": [1.0, 1, 2, 1, 1, 1],
        "f1": [1.0, 2, 1, 2, 9, 1],
        "f2": [1990.0, 1950, 1977, 9999, 1976, 2010],
        "f3": [1.0, 2, 3, 98, 2, 1],
        "f12a": [1.0, 3, 8, 9, None, 2],
        "p1": [1.0, 0, 0, 1, 9, 0],
        "p2": [0.0, 1, 0, 1, 9, 0],
        "p3": [0.0, 1, 0, 1, 9, 0],
        "p99": [0.0, 0, 1, 0, 9, 0],
        "fritext": ["a", "b", "c", "d", "e", "f"],
    }
)

LABELS = SpssDictionary(
    questions={"f12a": "Hur trygg?"},
    labels={
        "f12a": {1: "Mycket trygg", 2: "Ganska trygg", 3: "Otrygg", 8: "Vet ej", 9: "Ej svar"},
        "f3": {1: "Centrum", 2: "Höjden", 3: "Sjöstaden"},
    },
    user_missing={"f12a": [8, 9], "f3": [98]},
    measures={"f12a": "ordinal"},
    file_label="Prov 2026",
)


@pytest.fixture
def book():
    return Codebook.from_text(BOOK)


@pytest.fixture
def rows():
    return ROWS.copy()


@pytest.fixture
def labels():
    return LABELS


@pytest.fixture
def survey_file(tmp_path):
    def write(frame=ROWS, name="survey.sav"):
        path = tmp_path / name
        write_spss(path, frame, dictionary=LABELS)
        return path

    write.rows = ROWS
    return write
