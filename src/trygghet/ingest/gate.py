"""The personal-data gate: what may pass from a file into the microdata."""

import hashlib
from collections import Counter
from collections.abc import Collection

import numpy as np
import pandas as pd

from trygghet._typing import FloatArray
from trygghet.codebook import Codebook
from trygghet.errors import Problem
from trygghet.ingest.personal_data import findings, is_identifying, is_personal_name
from trygghet.ingest.raw import RawTable


def kept_values(book: Codebook) -> tuple[str, ...]:
    """The file's columns whose values are kept as they are: numbers and design columns, but not coded answers.

    Parameters
    ----------
    book : Codebook
        The codebook.

    Returns
    -------
    tuple of str
        Column names, without the id.
    """
    numbers = [
        variable.column
        for variable in book.variables.values()
        if variable.on and variable.kind == "continuous"
    ]
    return tuple(
        dict.fromkeys([*numbers, *(name for name in book.design.columns if name not in book.all_variables)])
    )


def identifying(raw: RawTable, book: Codebook) -> list[Problem]:
    """List the columns whose values would be kept and that are made of personal data.

    Parameters
    ----------
    raw : RawTable
        The file's columns.
    book : Codebook
        Which of them are kept.

    Returns
    -------
    list of Problem
        One for each such column; they stop the reading.
    """
    kinds = {name: is_identifying(raw.frame[name]) for name in kept_values(book) if name in raw.frame}
    return [_identifying(name, kind) for name, kind in kinds.items() if kind]


def own_words(book: Codebook) -> tuple[str, ...]:
    """The file's columns that are kept as options, and where people may have written an answer of their own ("annat, nämligen").

    Parameters
    ----------
    book : Codebook
        The codebook.

    Returns
    -------
    tuple of str
        Column names; the texts in them are dropped as they are read.
    """
    names = [
        variable.column for variable in book.variables.values() if variable.on and variable.other is not None
    ]
    names += [
        block.cell or block.columns[block.other]
        for block in book.multi_response.values()
        if block.other is not None
    ]
    return tuple(dict.fromkeys(names))


def dropped_notice(raw: RawTable, used: Collection[str], *, written: Collection[str] = ()) -> list[Problem]:
    """Say what personal data stood in what is not kept: columns and cells by kind, never a value.

    Parameters
    ----------
    raw : RawTable
        The file's columns.
    used : collection of str
        Columns that the codebook uses.
    written : collection of str
        Those of them where people may have written an answer of their own; see :func:`own_words`.

    Returns
    -------
    list of Problem
        One notice, or none.
    """
    texts = personal = 0
    cells: Counter[str] = Counter()
    for name in raw.columns.names:
        if name in used:
            continue
        personal += is_personal_name(name) or is_personal_name(raw.columns.questions.get(name, ""))
        if name in raw.frame and not pd.api.types.is_numeric_dtype(raw.frame[name]):
            texts += 1
            cells += findings(raw.frame[name])
    for name in written:
        if name in raw.frame and not pd.api.types.is_numeric_dtype(raw.frame[name]):
            cells += findings(raw.frame[name])
    if not texts and not personal and not cells:
        return []
    listed = ", ".join(f"{kind} {number}" for kind, number in sorted(cells.items())) or "inga"
    return [
        Problem(
            code="INL-40",
            what=f"{texts} text columns and {personal} columns named as personal data were dropped;"
            f" cells found in them and in answers in people's own words: {listed}.",
            why="Personal data do not pass into the processed data.",
            facts={"texts": texts, "columns": personal, "cells": listed},
        )
    ]


def pseudonyms(ids: pd.Series, *, salt: str) -> FloatArray | None:
    """Replace ids that are personal data by numbers in an order that tells nothing about them.

    Parameters
    ----------
    ids : Series
        The file's ids.
    salt : str
        Hash of the file, so that the same file gives the same numbers.

    Returns
    -------
    ndarray of float or None
        1, 2, … by row, the same number for the same id and NaN for none; None when the ids are no personal data.
    """
    if not is_identifying(ids):
        return None
    codes, uniques = pd.factorize(ids)
    hashes = [hashlib.sha256(f"{salt}:{value}".encode()).digest() for value in uniques]
    rank = np.empty(len(uniques) + 1)
    rank[np.array(sorted(range(len(hashes)), key=hashes.__getitem__), dtype=np.int64)] = np.arange(
        1.0, len(hashes) + 1
    )
    rank[-1] = np.nan
    return rank[codes]


def _identifying(name: str, kind: str) -> Problem:
    return Problem(
        code="INL-42",
        what=f"The column {name} is made of personal data ({kind}).",
        why="Its values would stand in the processed data.",
        remedy="Take it out of the codebook, or replace it in the file by a code without meaning.",
        facts={"name": name, "kind": kind},
    )
