"""The reference files: cases, designs, data, population totals."""

import json
import os
from functools import cache
from pathlib import Path

import pandas as pd

FILES = ("oracle_public.json", "oracle_calibrate.json")


def folder() -> Path:
    given = os.environ.get("TRYGGHET_ORACLE")
    return Path(given) if given else Path(__file__).parents[1] / "r_survey"


@cache
def files():
    found = sorted(folder().glob("oracle_*.json"))
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in found}


@cache
def cases():
    return [(name, case) for name, content in files().items() for case in content["cases"]]


@cache
def totals():
    path = folder() / "totals.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@cache
def version_sensitive():
    path = folder() / "version_sensitive_4.1_vs_4.5.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def design_record(file, name):
    return files()[file]["designs"][name]


def dataset_record(file, name):
    return files()[file]["datasets"][name]


@cache
def table(file, name):
    record = dataset_record(file, name)
    frame = pd.read_csv(folder() / record["file"])
    for column, levels in record.get("factor_levels", {}).items():
        texts = frame[column].map(lambda v: v if isinstance(v, str) else (f"{v:g}" if pd.notna(v) else None))
        frame[column] = pd.Categorical(texts, categories=levels)
    return frame
