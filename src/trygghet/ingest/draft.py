"""A commented draft of a codebook from a file's own metadata."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from trygghet.codebook import FileSpec, catalogue
from trygghet.codebook.names import folded
from trygghet.codebook.reading import write_yaml
from trygghet.ingest.cell_lists import CellList, cell_list
from trygghet.ingest.guess import ColumnGuess, guess_column
from trygghet.ingest.raw import RawTable
from trygghet.ingest.whole import read_whole

_NUMBERED = re.compile(r"^(.*?)[_.\[]?(\d+)\]?$")
_NONE = re.compile(r"\b(inget|inga|none) (av|of)\b")
_DESIGN = {"vikt": "weight", "stratum": "strata", "stratum_n": "population", "kluster": "psu"}
_INDICATORS = {"trygg_": "otrygg_", "prob_": "problem_"}


@dataclass(frozen=True, slots=True)
class _Block:
    name: str
    columns: tuple[str, ...]
    selected: float
    missing: Mapping[float | str, str]
    reason: str


def draft_codebook(path: str | Path, *, spec: FileSpec | None = None) -> str:
    """Write a draft of a codebook for a file: what is used, what is not, each guess with its reason.

    Parameters
    ----------
    path : str or Path
        The survey file.
    spec : FileSpec, optional
        Layout of a delimited file or a workbook.

    Returns
    -------
    str
        YAML with comments. Uncertain guesses in used columns carry a ``check:`` mark that reading refuses until it is removed.

    Raises
    ------
    IngestError
        When the file cannot be read.
    """
    path = Path(path)
    raw = read_whole(path, spec=spec or FileSpec())
    guesses = {
        name: guess_column(
            raw.frame[name],
            question=raw.columns.questions.get(name, ""),
            labels=raw.columns.labels.get(name, {}),
            user_missing=raw.columns.user_missing.get(name, ()),
        )
        for name in raw.frame.columns
    }
    blocks = _blocks(raw, guesses)
    in_blocks = {column for block in blocks for column in block.columns}
    lists = [
        found for name in raw.frame.columns if name not in in_blocks and (found := cell_list(raw.frame[name]))
    ]
    in_blocks |= {found.column for found in lists}
    single = {name: guess for name, guess in guesses.items() if name not in in_blocks}
    entries = {block.name: (block.reason, _block(block, raw)) for block in blocks}
    entries |= {_plain(found.column)[:40]: ("flera svar i samma ruta", _list_block(found)) for found in lists}
    return _written(path.stem, raw, guesses=_background_once(single), blocks=entries)


def _list_block(found: CellList) -> dict[str, Any]:
    taken: set[str] = set()
    none = next((text for text in found.answers if _NONE.search(folded(text))), None)
    labels = {_free(_plain(text)[:40] or "svar", taken): text for text in found.answers if text != none}
    entry: dict[str, Any] = {"cell": found.column, "separator": found.separator}
    if found.rare:
        other = next((name for name, text in labels.items() if folded(text).startswith("annat")), None)
        labels |= {} if other else {"annat": "Annat"}
        entry["other"] = other or "annat"
    entry["labels"] = labels
    entry |= {"none": none} if none else {}
    entry["question"] = found.column
    entry["check"] = "stämmer alternativen, och hur många fick väljas (choose)?"
    return entry


def _background_once(guesses: Mapping[str, ColumnGuess]) -> dict[str, ColumnGuess]:
    """Keep each background variable's first column; the others that look like it are not used."""
    seen: set[str] = set()
    kept: dict[str, ColumnGuess] = {}
    for name, guess in guesses.items():
        again = guess.background in seen
        seen.add(guess.background or "-")
        kept[name] = (
            replace(guess, background="", reasons=(*guess.reasons, "en tidigare kolumn liknar mer"))
            if again
            else guess
        )
    return kept


def _blocks(raw: RawTable, guesses: Mapping[str, ColumnGuess]) -> list[_Block]:
    """Response sets that the file declares, then runs of numbered columns of ticks."""
    blocks = []
    for found in raw.columns.sets:
        if found.counted is not None and all(column in raw.frame for column in found.columns):
            reason = "flervalsfråga som filen själv anger"
            missing = guesses[found.columns[0]].missing
            blocks.append(_Block(_plain(found.name), found.columns, float(found.counted), missing, reason))
    taken = {column for block in blocks for column in block.columns}
    runs: dict[str, list[str]] = {}
    for name in raw.frame.columns:
        numbered = _NUMBERED.match(str(name))
        if numbered and name not in taken and _ticks(raw.frame[name], guesses[name]):
            runs.setdefault(numbered[1], []).append(str(name))
    for prefix, columns in runs.items():
        if len(columns) >= 3:
            missing = {code: kind for column in columns for code, kind in guesses[column].missing.items()}
            reason = "numrerade kolumner med kryss"
            blocks.append(_Block(_plain(prefix) or "flerval", tuple(columns), 1.0, missing, reason))
    return blocks


def _ticks(column: pd.Series, guess: ColumnGuess) -> bool:
    """Whether a column holds ticks: 1, perhaps 0, perhaps codes for missing; yes and no are answers to a question of its own."""
    if not pd.api.types.is_numeric_dtype(column):
        return False
    values = set(np.unique(column.dropna().to_numpy())) - set(guess.missing)
    return values in ({1.0}, {0.0, 1.0}) and not {folded(text) for text in guess.labels.values()} & {
        "ja",
        "nej",
        "yes",
        "no",
    }


def _written(
    stem: str,
    raw: RawTable,
    *,
    guesses: Mapping[str, ColumnGuess],
    blocks: Mapping[str, tuple[str, dict[str, Any]]],
) -> str:
    used = {
        name: guess
        for name, guess in guesses.items()
        if guess.used and guess.background not in {"lopnr", *_DESIGN}
    }
    names = _names(used)
    head, checks = _head(stem, raw, guesses)
    by_role = {guess.background: column for column, guess in used.items() if guess.background}
    if "strom" in by_role:
        head["streams"] = _streams(used[by_role["strom"]])
        checks["streams"] = "ange vilka svarsströmmar som är slumpmässiga urval (sampling)"
    if "omrade" in by_role and used[by_role["omrade"]].labels:
        head["areas"] = {"variable": names[by_role["omrade"]]}
    parts = [
        "# Utkast till kodbok, gjort av filens egna uppgifter. Gå igenom varje check: och ta bort den när den stämmer."
    ]
    parts.append(write_yaml(head | ({"check": checks} if checks else {})))
    parts.append("variables:")
    for column, guess in used.items():
        parts.append(_comment(guess))
        parts.append(_indented({names[column]: _variable(guess)}))
    if not used:
        parts[-1] = "variables: {}"
    taken = set(names.values())
    indicators = {
        name: entry
        for column, guess in used.items()
        for name, entry in _indicator(names[column], guess)
        if name not in taken
    }
    if indicators:
        parts += ["indicators:", _indented(indicators)]
    if blocks:
        parts.append("multi_response:")
        for title, (reason, entry) in blocks.items():
            parts += [f"  # {reason}", _indented({_free(title, taken): entry})]
    unused = [guess for guess in guesses.values() if not guess.used]
    if unused:
        parts.append("# Används inte (flytta upp det som ska användas):")
        parts += [
            f"#   {guess.column}: {_short(guess.question)} – {'; '.join(guess.reasons) or 'ingen känd fråga'}"
            for guess in unused
        ]
    return "\n".join(part.rstrip("\n") for part in parts) + "\n"


def _head(
    stem: str, raw: RawTable, guesses: Mapping[str, ColumnGuess]
) -> tuple[dict[str, Any], dict[str, str]]:
    checks: dict[str, str] = {}
    year = re.search(r"(20\d\d)", f"{stem} {raw.file_label}")
    head: dict[str, Any] = {"survey": raw.file_label or stem, "wave": year[1] if year else "okänd"}
    if year is None:
        checks["wave"] = "årtalet framgår inte av filnamnet"
    number = _id(raw, guesses)
    head["id"] = number or "okänd"
    if number is None or guesses[number].background != "lopnr":
        checks["id"] = "ingen kolumn är säkert ett löpnummer"
    design = {
        _DESIGN[guess.background]: name
        for name, guess in list(guesses.items())[::-1]
        if guess.background in _DESIGN and pd.api.types.is_numeric_dtype(raw.frame[name])
    }
    if "weight" in design:
        design["weight_scale"] = "unknown"
    if design:
        head["design"] = design
        checks["design"] = "kolumner för urval och vikt är gissade av namn och frågetext"
    return head, checks


def _streams(guess: ColumnGuess) -> dict[str, Any]:
    streams = {
        code: {"name": text, "sampling": "self_selected"} for code, text in _coded(guess.labels).items()
    }
    return (
        {"column": guess.column, "values": streams}
        if streams
        else {"whole_file": {"name": "okänd", "sampling": "self_selected"}}
    )


def _id(raw: RawTable, guesses: Mapping[str, ColumnGuess]) -> str | None:
    unique = [name for name in guesses if raw.frame[name].notna().all() and raw.frame[name].is_unique]
    named = [name for name in unique if guesses[name].background == "lopnr"]
    return next(
        iter([*named, *(name for name in unique if guesses[name].kind == "continuous"), *unique]), None
    )


def _variable(guess: ColumnGuess) -> dict[str, Any]:
    entry: dict[str, Any] = {"column": guess.column, "kind": guess.kind}
    entry |= {"question": guess.question} if guess.question else {}
    entry |= {"labels": _coded(guess.labels)} if guess.labels else {}
    entry |= {"missing": _coded(guess.missing)} if guess.missing else {}
    entry |= {"item": guess.item} if guess.item else {}
    if guess.background:
        entry["role"] = "background"
    if guess.background == "fodd_i_sverige":
        entry["sensitive"] = True
    if guess.doubts:
        entry["check"] = "; ".join(guess.doubts)
    return entry


def _indicator(name: str, guess: ColumnGuess) -> Iterable[tuple[str, dict[str, Any]]]:
    if not guess.item:
        return
    worse = {folded(answer) for answer in catalogue()[guess.item].worse}
    counts = [code for code, text in _coded(guess.labels).items() if folded(text) in worse]
    if counts:
        prefix = next((old for old in _INDICATORS if name.startswith(old)), "")
        title = _INDICATORS.get(prefix, "andel_") + name.removeprefix(prefix)
        item = catalogue()[guess.item]
        yield title, {"from": name, "label": item.label, "concept": item.concept, "counts": counts}


def _block(block: _Block, raw: RawTable) -> dict[str, Any]:
    texts = {column: raw.columns.questions.get(column, column) for column in block.columns}
    stem = _common(list(texts.values()))
    none = next((column for column, text in texts.items() if _NONE.search(folded(text))), None)
    columns: dict[str, str] = {}
    labels: dict[str, str] = {}
    for column, text in texts.items():
        if column != none:
            short = text[len(stem) :].strip(" :–-[]") or column
            option = _free(_plain(short)[:40] or _plain(column), set(columns))
            columns[option] = column
            labels[option] = short
    entry: dict[str, Any] = {"columns": columns, "labels": labels, "selected": int(block.selected)}
    entry |= {"question": stem.strip(" :–-[")} if len(stem) > 10 else {}
    entry |= {"none": none} if none else {}
    entry |= {"missing": _coded(block.missing)} if block.missing else {}
    entry["check"] = "är detta en flervalsfråga, och hur många alternativ fick väljas (choose)?"
    return entry


def _names(used: Mapping[str, ColumnGuess]) -> dict[str, str]:
    names: dict[str, str] = {}
    for column, guess in used.items():
        names[column] = _free(guess.item or guess.background or _plain(column), set(names.values()))
    return names


def _free(name: str, taken: set[str]) -> str:
    free = next(n for n in (name, *(f"{name}_{number}" for number in range(2, 1000))) if n not in taken)
    taken.add(free)
    return free


def _plain(text: str) -> str:
    ascii_text = folded(text).translate(str.maketrans("åäöéü", "aaoeu"))
    return re.sub(r"[^a-z0-9]+", "_", ascii_text).strip("_")


def _common(texts: list[str]) -> str:
    first, last = min(texts), max(texts)
    shared = next(
        (place for place, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first)
    )
    return first[: first[:shared].rfind(" ") + 1]


def _coded(codes: Mapping[float | str, str]) -> dict[Any, str]:
    return {
        int(code) if isinstance(code, float) and code.is_integer() else code: text
        for code, text in codes.items()
    }


def _comment(guess: ColumnGuess) -> str:
    return f"  # {guess.column}: {_short(guess.question)} Motiv: {'; '.join(guess.reasons) or 'inga'}."


def _short(question: str) -> str:
    text = " ".join(question.split())
    return f"{text[:70]}…" if len(text) > 70 else text or "utan frågetext"


def _indented(document: Mapping[str, Any]) -> str:
    return "\n".join(f"  {line}" for line in write_yaml(document).splitlines())
