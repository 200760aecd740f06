"""Damaged files are read rightly or refused: no crash, no hang over 10 s, no memory over 1 GB."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
import xlsxwriter
from mutation import mutated

HERE = Path(__file__).parent
NUMBER = int(os.environ.get("TRYGGHET_FUZZ", "100"))
REGRESSIONS = (149, 239)  # columns without a name in a damaged .zsav
SECONDS = 10.0
MEGABYTES = 1000
BOOK = """
survey: Prov
wave: "1"
id: lopnr
variables:
  trygg: {kind: ordinal, labels: {1: Mycket trygg, 2: Ganska trygg, 3: Otrygg}, missing: {8: dont_know, 9: no_answer}}
  alder: {kind: continuous, range: [0, 115]}
  omrade: {labels: {1: Centrum, 2: Höjden}}
multi_response:
  prio: {columns: {a: p1, b: p2, c: p3}, choose: 2}
"""


def frame():
    rows = range(1, 41)
    return pd.DataFrame(
        {
            "lopnr": [float(n) for n in rows],
            "trygg": [float((1, 2, 3, 8, 9)[n % 5]) for n in rows],
            "alder": [float(16 + n) for n in rows],
            "omrade": ["Centrum" if n % 2 else "Höjden" for n in rows],
            "p1": [float(n % 2) for n in rows],
            "p2": [float(n % 3 == 0) for n in rows],
            "p3": [float(n % 4 == 0) for n in rows],
            "fritext": [f"åäö {n}; rad\nbrytning" for n in rows],
        }
    )


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    table = frame()
    labels = {"trygg": {1: "Mycket trygg", 2: "Ganska trygg", 3: "Otrygg", 8: "Vet ej", 9: "Ej svar"}}
    pyreadstat.write_sav(
        table, str(folder / "a.sav"), variable_value_labels=labels, missing_ranges={"trygg": [8, 9]}
    )
    pyreadstat.write_sav(table, str(folder / "a.zsav"), variable_value_labels=labels, compress=True)
    pyreadstat.write_dta(table, str(folder / "a.dta"), variable_value_labels=labels)
    portable = table.assign(omrade="Centrum", fritext="ute sent")
    pyreadstat.write_por(portable, str(folder / "a.por"), column_labels={"trygg": "Hur trygg?"})
    content = (folder / "a.por").read_bytes().replace(b"\r\n", b"")
    missing = content.replace(b"5/TRYGG5/8/2/5/8/2/", b"5/TRYGG5/8/2/5/8/2/88/9B/")
    (folder / "a.por").write_bytes(missing.replace(b"5/ALDER5/8/2/5/8/2/", b"5/ALDER5/8/2/5/8/2/B36/39/8-1/"))
    table.to_csv(folder / "a.csv", index=False, sep=";", encoding="utf-8-sig")
    with xlsxwriter.Workbook(folder / "a.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate([list(table.columns), *table.to_numpy().tolist()]):
            sheet.write_row(number, 0, row)
    return sorted(folder.iterdir())


class Reader:
    """The reading process, restarted when it dies or is stopped."""

    def __init__(self, book):
        self.book, self.process = book, None

    def verdict(self, path):
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                [sys.executable, str(HERE / "reader.py"), str(self.book)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        alarm = threading.Timer(12 * SECONDS, self.process.kill)
        alarm.start()
        self.process.stdin.write(f"{path}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        alarm.cancel()
        if not answer:
            self.process.wait()
            return "DIED", 0.0, 0
        told, seconds, memory = answer.strip().split("|")
        return told, float(seconds), int(memory)

    def end(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.stdout.close()
            self.process.kill()
            self.process.wait()


@pytest.fixture
def reader(tmp_path):
    (tmp_path / "codebook.yaml").write_text(BOOK, encoding="utf-8")
    reader = Reader(tmp_path / "codebook.yaml")
    yield reader
    reader.end()


def test_the_whole_files_are_read(originals, reader):
    assert {path.suffix: reader.verdict(path)[0] for path in originals} == dict.fromkeys(
        [path.suffix for path in originals], "read read"
    )


def damages(reader, originals, folder, *, seeds):
    """Seeds whose damaged file crashed, hung or filled the memory."""
    wrong = {}
    for seed in seeds:
        original = originals[seed % len(originals)]
        path = folder / f"damaged{original.suffix}"
        path.write_bytes(mutated(original.read_bytes(), seed))
        told, seconds, memory = reader.verdict(path)
        # The verdict covers two readings of the file, by the codebook and for a draft; a busy machine takes longer.
        slower = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
        if told.startswith(("CRASH", "DIED")) or seconds > 2 * SECONDS * slower or memory > MEGABYTES:
            wrong[seed] = (original.suffix, told, seconds, memory)
    return wrong


def test_damaged_files_are_read_or_refused(originals, reader, tmp_path):
    assert damages(reader, originals, tmp_path, seeds=[*range(NUMBER), *REGRESSIONS]) == {}
