"""Reading workload L (200,000 rows, 79 columns) to Microdata, with provenance and validation, beside the bare readers.

Each measurement is a process of its own; memory is the sum of the highest values of that process and of its reading process. Budgets: .sav at most
1.5 times ``pyreadstat.read_sav(user_missing=True)`` and 500 MB above it; CSV at most 4 times ``pandas.read_csv`` with pyarrow. The ratio is taken over the best
of three runs of each, turn by turn, because the machine may be busy.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("TRYGGHET_SHARED", Path(__file__).parents[2] / "shared")) / "bench"
BOOK = """
survey: L
wave: "1"
id: id
streams: {whole_file: {name: brev, sampling: persons}}
design: {strata: stratum, population: Nh, weight: d, weight_scale: population}
variables:
  age4: {kind: ordinal, labels: {1: 16–29 år, 2: 30–49 år, 3: 50–69 år, 4: 70+ år}}
  sex: {labels: {1: Man, 2: Kvinna}}
  district: {kind: continuous, range: [1, 290]}
"""
MEASURE = """
import json, resource, sys, time
path, reader, book = sys.argv[1:]
if reader == "pyreadstat":
    import pyreadstat
    read = lambda: pyreadstat.read_sav(path, user_missing=True)
elif reader == "pandas":
    import pandas
    read = lambda: pandas.read_csv(path, engine="pyarrow")
else:
    from trygghet.codebook import Codebook
    from trygghet.ingest import read_survey
    codebook = Codebook.read(book)
    read = lambda: read_survey(path, codebook=codebook)
start = time.perf_counter()
rows = read()
seconds = time.perf_counter() - start
memory = sum(resource.getrusage(kind).ru_maxrss for kind in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
json.dump({"seconds": seconds, "megabytes": memory}, sys.stdout)
"""


@pytest.fixture(scope="module")
def workload(tmp_path_factory):
    if not SHARED.is_dir():
        pytest.skip("the shared workload is not here")
    folder = tmp_path_factory.mktemp("workload")
    subprocess.run([sys.executable, SHARED / "workload.py", folder, "L"], check=True, capture_output=True)
    scale = "{1: Mycket trygg, 2: Ganska trygg, 3: Varken eller, 4: Ganska otrygg, 5: Mycket otrygg}"
    ordinal = [
        f"  q{n:02d}: {{kind: ordinal, labels: {scale}, missing: {{9: dont_know}}}}" for n in range(1, 31)
    ]
    binary = [f"  b{n:02d}: {{labels: {{0: Nej, 1: Ja}}, missing: {{9: refused}}}}" for n in range(1, 31)]
    options = ", ".join(f"o{n}: p{n:02d}" for n in range(1, 13))
    block = f"multi_response: {{prio: {{columns: {{{options}}}, choose: 3}}}}"
    (folder / "codebook.yaml").write_text(
        "\n".join([BOOK.rstrip(), *ordinal, *binary, block]), encoding="utf-8"
    )
    return folder


def measured(path, reader, book):
    command = [sys.executable, "-c", MEASURE, str(path), reader, str(book)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.parametrize(
    ("name", "bare", "times", "megabytes"),
    [("L.sav", "pyreadstat", 1.5, 500), ("L.csv", "pandas", 4.0, None)],
    ids=["sav", "csv"],
)
def test_reading_beside_the_bare_reader(benchmark, workload, *, name, bare, times, megabytes):
    book = workload / "codebook.yaml"
    plain, ours = [], []
    for _turn in range(3):
        plain.append(measured(workload / name, bare, book))
        ours.append(measured(workload / name, "trygghet", book))
    ratio = min(run["seconds"] for run in ours) / min(run["seconds"] for run in plain)
    above = min(run["megabytes"] for run in ours) - min(run["megabytes"] for run in plain)
    benchmark.extra_info.update({"ratio": round(ratio, 2), "megabytes above": round(above)})
    benchmark.pedantic(measured, args=(workload / name, "trygghet", book), rounds=1)
    assert ratio <= times
    assert megabytes is None or above <= megabytes
