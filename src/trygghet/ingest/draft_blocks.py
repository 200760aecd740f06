"""The questions of a draft where several options may be chosen: declared sets, runs of ticks, and lists in one cell."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from trygghet.codebook.names import folded
from trygghet.ingest.cell_lists import CellList, cell_list
from trygghet.ingest.draft_names import coded, free, plain
from trygghet.ingest.guess import ColumnGuess
from trygghet.ingest.raw import RawTable, ResponseSet

_NUMBERED = re.compile(r"^(.*?)[_.\[]?(\d+)\]?$")
_BRACKETED = re.compile(r"^(.{10,}?)\s*\[([^\]]+)\]$", re.DOTALL)
_YES = frozenset(
    {"ja", "yes", "y", "x", "vald", "valt", "kryssad", "markerad", "selected", "checked", "quoted"}
)
_NO = frozenset(
    {"nej", "no", "n", "ej vald", "inte vald", "ej markerad", "not selected", "unchecked", "not quoted"}
)
_OTHER = re.compile(r"(other|annat|övrigt|något annat)\b")
_CHOOSE = re.compile(
    r"priorit|välj|kryss|markera|flera|\bvilka\b|\bvad\b|choose|select|\bwhich\b|all that apply"
)
_NONE = re.compile(r"\b(inget|inga|none) (av|of)\b")
_AT_MOST = re.compile(r"\b(?:högst|max|maximalt|upp till|at most|up to) (\w+)")
_NUMBERS = {"två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "two": 2, "three": 3, "four": 4, "five": 5}
_DECLARED = "flervalsfråga som filen själv anger"
_HOW_MANY = "stämmer alternativen, och hur många fick väljas (choose)?"


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A question with several answers.

    Parameters
    ----------
    name : str
        Wanted name.
    reason : str
        Why it is taken for one, in Swedish.
    columns : tuple of str
        The file's columns.
    entry : dict
        Its entry in the codebook.
    """

    name: str
    reason: str
    columns: tuple[str, ...]
    entry: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Run:
    name: str
    columns: tuple[str, ...]
    selected: float | str
    reason: str
    unselected: str = ""
    other: str = ""


def draft_blocks(raw: RawTable, guesses: Mapping[str, ColumnGuess]) -> list[DraftBlock]:
    """Find the questions where several options may be chosen.

    Parameters
    ----------
    raw : RawTable
        The file.
    guesses : mapping of str to ColumnGuess
        What each column seems to be.

    Returns
    -------
    list of DraftBlock
        Blocks; the first one about priorities is called ``prio``.
    """
    found = [
        _of_categories(declared, raw, guesses) for declared in raw.columns.sets if _of_codes(declared, raw)
    ]
    found += [_of_columns(run, raw, guesses) for run in _runs(raw, guesses)]
    taken = {column for block in found for column in block.columns}
    lists = (cell_list(raw.frame[name]) for name in raw.frame.columns if name not in taken)
    found += [_of_cells(cells, raw) for cells in lists if cells]
    first = next((place for place, block in enumerate(found) if _about_priorities(block)), None)
    return [_as_priorities(block) if place == first else block for place, block in enumerate(found)]


def _about_priorities(block: DraftBlock) -> bool:
    return "priorit" in folded(str(block.entry.get("question", block.name)))


def _as_priorities(block: DraftBlock) -> DraftBlock:
    return DraftBlock("prio", block.reason, block.columns, {"label": "Vill prioritera", **block.entry})


def _of_codes(declared: ResponseSet, raw: RawTable) -> bool:
    """Whether a set that the file declares has columns that each hold one chosen code, all with the same answers."""
    labels = [raw.columns.labels.get(column, {}) for column in declared.columns]
    present = all(column in raw.frame for column in declared.columns)
    return (
        declared.counted is None and present and bool(labels[0]) and all(each == labels[0] for each in labels)
    )


def _of_categories(declared: ResponseSet, raw: RawTable, guesses: Mapping[str, ColumnGuess]) -> DraftBlock:
    missing = {code: kind for column in declared.columns for code, kind in guesses[column].missing.items()}
    options = {
        code: text for code, text in raw.columns.labels[declared.columns[0]].items() if code not in missing
    }
    none = next((code for code, text in options.items() if _NONE.search(folded(text))), None)
    taken: set[str] = set()
    names = {code: free(plain(text)[:40] or "svar", taken) for code, text in options.items() if code != none}
    codes = {name: code for code, name in coded(names).items()}
    entry: dict[str, Any] = {"categories": list(declared.columns), "codes": codes}
    entry |= {"labels": {name: options[code] for code, name in names.items()}}
    entry |= {"question": declared.label} if declared.label else {}
    entry |= {"none": next(iter(coded({none: ""})))} if none is not None else {}
    entry |= {"missing": coded(missing)} if missing else {}
    entry |= {"choose": len(declared.columns)}
    return DraftBlock(plain(declared.name) or "flerval", _DECLARED, declared.columns, entry)


def _runs(raw: RawTable, guesses: Mapping[str, ColumnGuess]) -> Iterator[_Run]:
    """Response sets that the file declares, then runs of numbered columns of ticks."""
    taken = {
        column for declared in raw.columns.sets if _of_codes(declared, raw) for column in declared.columns
    }
    for declared in raw.columns.sets:
        if declared.counted is not None and all(column in raw.frame for column in declared.columns):
            taken.update(declared.columns)
            yield _Run(plain(declared.name), declared.columns, float(declared.counted), _DECLARED)
    numbered: dict[str, list[str]] = {}
    for name in raw.frame.columns:
        parts = _NUMBERED.match(str(name)) or _BRACKETED.match(str(name))
        if parts and name not in taken and _marks(raw.frame[name], guesses[name]):
            numbered.setdefault(parts[1], []).append(str(name))
    for prefix, columns in numbered.items():
        run = _ticked(prefix, tuple(columns), raw=raw, guesses=guesses)
        if len(columns) >= 3 and run:
            yield run


def _marks(column: pd.Series, guess: ColumnGuess) -> frozenset[str]:
    """The ticks of a column, folded: 1 and perhaps 0, or words for chosen and not chosen; empty where it holds anything else."""
    if not pd.api.types.is_numeric_dtype(column):
        texts = frozenset(folded(str(cell)) for cell in column.dropna().unique())
        return texts if texts <= _YES | _NO else frozenset()
    values = set(np.unique(column.dropna().to_numpy())) - set(guess.missing)
    words = {folded(text) for text in guess.labels.values()}
    plain_ticks = values in ({1.0}, {0.0, 1.0}) and not words & {"ja", "nej", "yes", "no"}
    return frozenset(str(int(value)) for value in values) if plain_ticks else frozenset()


def _ticked(
    prefix: str, columns: tuple[str, ...], *, raw: RawTable, guesses: Mapping[str, ColumnGuess]
) -> _Run | None:
    """A run of ticks; yes and no are ticks where the question asks to choose, else answers to questions of their own."""
    stem = prefix.partition("[")[0]
    name = plain(stem)[:40] or "flerval"
    marks = frozenset[str]().union(*(_marks(raw.frame[column], guesses[column]) for column in columns))
    if marks <= {"0", "1"}:
        return _Run(name, columns, 1.0, "numrerade kolumner med kryss")
    question = _common([raw.columns.questions.get(column, column) for column in columns])
    yes, no = marks & _YES, marks & _NO
    if len(yes) != 1 or len(no) > 1 or (no and not _CHOOSE.search(folded(question))):
        return None
    written = {
        folded(str(cell)): str(cell) for column in columns for cell in raw.frame[column].dropna().unique()
    }
    return _Run(
        name,
        columns,
        selected=written[next(iter(yes))],
        reason="kolumner med ja för det som valdes",
        unselected=written[next(iter(no))] if no else "",
        other=_other_text(stem, raw),
    )


def _other_text(stem: str, raw: RawTable) -> str:
    """The column of the same question where people wrote an answer of their own."""
    for name in map(str, raw.frame.columns):
        before, bracket, option = name.partition("[")
        if bracket and before.strip() == stem.strip() and _OTHER.match(folded(option)):
            return "" if pd.api.types.is_numeric_dtype(raw.frame[name]) else name
    return ""


def _of_columns(run: _Run, raw: RawTable, guesses: Mapping[str, ColumnGuess]) -> DraftBlock:
    texts = {column: raw.columns.questions.get(column, column) for column in run.columns}
    stem = _common(list(texts.values()))
    none = next((column for column, text in texts.items() if _NONE.search(folded(text))), None)
    columns: dict[str, str] = {}
    labels: dict[str, str] = {}
    for column, text in texts.items():
        if column != none:
            short = text[len(stem) :].strip(" :–-") or column
            short = short.strip("[]") if short.startswith("[") else short
            option = free(plain(short)[:40] or plain(column), set(columns))
            columns[option] = column
            labels[option] = short
    missing = {code: kind for column in run.columns for code, kind in guesses[column].missing.items()}
    ticked = (raw.frame[list(columns.values())] == run.selected).sum(axis=1).to_numpy()
    other = free("annat", set(columns)) if run.other else ""
    if other:
        columns[other], labels[other] = run.other, "Annat"
    selected = run.selected if isinstance(run.selected, str) else int(run.selected)
    entry: dict[str, Any] = {"columns": columns, "labels": labels, "selected": selected}
    entry |= {"unselected": run.unselected} if run.unselected else {}
    entry |= {"other": other} if other else {}
    entry |= {"question": stem.strip(" :–-[")} if len(stem) > 10 else {}
    entry |= {"none": none} if none else {}
    entry |= {"missing": coded(missing)} if missing else {}
    used = (*run.columns, run.other) if other else run.columns
    return DraftBlock(run.name, run.reason, used, entry | _choose(stem, ticked))


def _of_cells(cells: CellList, raw: RawTable) -> DraftBlock:
    taken: set[str] = set()
    none = next((text for text in cells.answers if _NONE.search(folded(text))), None)
    labels = {free(plain(text)[:40] or "svar", taken): text for text in cells.answers if text != none}
    entry: dict[str, Any] = {"cell": cells.column, "separator": cells.separator}
    if cells.rare:
        other = next((name for name, text in labels.items() if folded(text).startswith("annat")), None)
        labels |= {} if other else {"annat": "Annat"}
        entry["other"] = other or "annat"
    question = raw.columns.questions.get(cells.column) or cells.column
    entry |= {"labels": labels, "question": question} | ({"none": none} if none else {})
    answers = raw.frame[cells.column].dropna().astype(str)
    counts = np.array([sum(bool(part.strip()) for part in cell.split(cells.separator)) for cell in answers])
    return DraftBlock(
        plain(cells.column)[:40],
        "flera svar i samma ruta",
        (cells.column,),
        entry | _choose(question, counts),
    )


def _choose(question: str, ticked: np.ndarray) -> dict[str, Any]:
    """How many options could be chosen: as the question says, else as nearly all respondents did, with a mark."""
    said = _AT_MOST.search(folded(question))
    number = said and (_NUMBERS.get(said[1]) or (int(said[1]) if said[1].isdigit() else None))
    if number:
        return {"choose": number}
    answered = ticked[ticked > 0]
    if not len(answered):
        return {"check": _HOW_MANY}
    common = int(np.bincount(answered).argmax())
    more = int((answered > common).sum())
    if common > 1 and not more and np.mean(answered == common) > 0.5:
        return {"choose": common}
    if common > 1 and 20 * more < len(answered):
        return {
            "choose": common,
            "check": f"fick man välja högst {common}? I {more} svar finns mer än {common} kryss.",
        }
    return {"check": _HOW_MANY}


def _common(texts: list[str]) -> str:
    first, last = min(texts), max(texts)
    shared = next(
        (place for place, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first)
    )
    return first[: first[:shared].rfind(" ") + 1]
