"""The head of a draft: survey, wave, id, streams, residents, design, areas and ages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from trygghet.codebook import age_entries
from trygghet.codebook.names import folded
from trygghet.ingest.draft_names import coded, plain
from trygghet.ingest.guess import ColumnGuess
from trygghet.ingest.raw import RawTable

DESIGN = {"vikt": "weight", "stratum": "strata", "stratum_n": "population", "kluster": "psu"}
_COPY = re.compile(r"\s*\(\d+(-\d+)?\)\s*$")
_NO_TITLE = frozenset(
    {"svar", "data", "export", "survey", "enkat", "enkät", "resultat", "responses", "results", "form"}
)
_DATE = r"^\s*(20\d\d)[-/](\d\d?)[-/](\d\d?)\b"
_YEAR_LAST = r"^\s*\d\d?[-/.]\d\d?[-/.](20\d\d),?\s+\d\d?[:.]\d\d"
_HOW = (
    "hur kom svaren in? Öppen länk: self_selected. Slumpmässigt urval av personer ur ett register: persons "
    "(skriv då också drawn_by och frame)"
)
_WHICH = (
    "vilka svarsströmmar är slumpmässiga urval av personer (sampling: persons), vilka är öppna, och i vilka svarar barn "
    "(children: true)?"
)
_CHILDREN = re.compile(r"(elev|barn|pupil|child)")


@dataclass(slots=True)
class DraftHead:
    """What stands above the variables, and what the analyst must look at there.

    Parameters
    ----------
    entries : dict
        The codebook's first keys.
    checks : dict of str to str
        Marks by key.
    """

    entries: dict[str, Any] = field(default_factory=dict)
    checks: dict[str, str] = field(default_factory=dict)


def draft_head(
    path: Path, raw: RawTable, guesses: Mapping[str, ColumnGuess], *, names: Mapping[str, str], wave: str = ""
) -> DraftHead:
    """Guess everything that stands above the variables.

    Parameters
    ----------
    path : Path
        The survey file.
    raw : RawTable
        Its content.
    guesses : mapping of str to ColumnGuess
        What each column seems to be.
    names : mapping of str to str
        Our name of each column in use.
    wave : str
        Name of the wave; guessed when left out.

    Returns
    -------
    DraftHead
        Entries and marks.
    """
    head = DraftHead()
    days = _days(raw.frame)
    title = raw.file_label or _COPY.sub("", path.stem).replace("_", " ").strip()
    if title.casefold() in _NO_TITLE:
        title = "Trygghetsundersökning"
    year = re.search(r"(20\d\d)", f"{path.stem} {raw.file_label}")
    head.entries |= {
        "survey": title,
        "wave": wave or (year[1] if year else days[1][:4] if days else _year(raw.frame) or "okänd"),
    }
    if head.entries["wave"] == "okänd":
        head.checks["wave"] = "vilket år gjordes mätningen?"
    number = _id(raw, guesses)
    head.entries["id"] = number or "okänd"
    if number is None or guesses[number].background != "lopnr":
        head.checks["id"] = "vilken kolumn är löpnumret? Det framgår inte av filen"
    _design(head, raw, guesses)
    by_role = {guess.background: column for column, guess in guesses.items() if guess.background}
    _streams(head, guesses[by_role["strom"]] if "strom" in by_role else None, days)
    if "relation" in by_role:
        _residents(head, guesses[by_role["relation"]], names)
    if "omrade" in by_role and guesses[by_role["omrade"]].labels:
        head.entries["areas"] = {"variable": names[by_role["omrade"]]}
    return head


def draft_ages(wave: str, guesses: Mapping[str, ColumnGuess], names: Mapping[str, str]) -> dict[str, Any]:
    """Give ages and age groups where the file holds years of birth or ages as numbers.

    Parameters
    ----------
    wave : str
        The wave; a year, or something unknown.
    guesses : mapping of str to ColumnGuess
        What each column seems to be.
    names : mapping of str to str
        Our name of each column in use.

    Returns
    -------
    dict
        Entries of ``derived``.
    """
    numbers = {
        guess.background: names[column]
        for column, guess in guesses.items()
        if guess.background in {"fodelsear", "alder"} and guess.kind == "continuous" and column in names
    }
    if "alder" in numbers:
        return age_entries(numbers["alder"])
    if "fodelsear" in numbers and wave.isdigit():
        return age_entries(numbers["fodelsear"], born_until=int(wave))
    return {}


def _texts(frame: pd.DataFrame) -> Iterator[pd.Series]:
    for name in frame.columns:
        column = frame[name].dropna()
        if len(column) and not pd.api.types.is_numeric_dtype(column):
            yield column.astype(str)


def _days(frame: pd.DataFrame) -> tuple[str, str] | None:
    """First and last day of a column that holds the time of each answer, the year first."""
    for texts in _texts(frame):
        parts = texts.str.extract(_DATE)
        if parts.notna().all(axis=None):
            days = parts[0] + "-" + parts[1].str.zfill(2) + "-" + parts[2].str.zfill(2)
            return days.min(), days.max()
    return None


def _year(frame: pd.DataFrame) -> str:
    """The year of a column of days and times that ends the day with it; day and month cannot be told apart."""
    for texts in _texts(frame):
        years = texts.str.extract(_YEAR_LAST)[0]
        if years.notna().all():
            return str(years.mode()[0])
    return ""


def _id(raw: RawTable, guesses: Mapping[str, ColumnGuess]) -> str | None:
    unique = [name for name in guesses if raw.frame[name].notna().all() and raw.frame[name].is_unique]
    named = [name for name in unique if guesses[name].background == "lopnr"]
    return next(
        iter([*named, *(name for name in unique if guesses[name].kind == "continuous"), *unique]), None
    )


def _design(head: DraftHead, raw: RawTable, guesses: Mapping[str, ColumnGuess]) -> None:
    design = {
        DESIGN[guess.background]: name
        for name, guess in list(guesses.items())[::-1]
        if guess.background in DESIGN and pd.api.types.is_numeric_dtype(raw.frame[name])
    }
    if "weight" in design:
        mean = float(raw.frame[design["weight"]].mean())
        design["weight_scale"] = "mean_one" if 0.8 < mean < 1.25 else "population" if mean > 2 else "unknown"
    if design:
        head.entries["design"] = design
        head.checks["design"] = "är det så här urvalet drogs, och är det den vikt som ska användas?"


def _streams(head: DraftHead, guess: ColumnGuess | None, days: tuple[str, str] | None) -> None:
    if guess is not None and guess.labels:
        texts = coded(guess.labels)
        first = {code: re.sub(r"\W+", "", (text.split() or ["?"])[0]).lower() for code, text in texts.items()}
        short = (
            first
            if len(set(first.values())) == len(first)
            else {code: plain(text) for code, text in texts.items()}
        )
        streams = {
            code: {"name": name, "sampling": "self_selected"}
            | ({"children": True} if _CHILDREN.match(folded(texts[code])) else {})
            for code, name in short.items()
        }
        head.entries["streams"] = {"column": guess.column, "values": streams}
        head.checks["streams"] = _WHICH
        return
    whole: dict[str, Any] = {"name": "enkät", "sampling": "self_selected"}
    if days:
        whole |= {"start": pd.Timestamp(days[0]).date(), "end": pd.Timestamp(days[1]).date()}
    head.entries["streams"] = {"whole_file": whole}
    head.checks["streams"] = _HOW


def _residents(head: DraftHead, guess: ColumnGuess, names: Mapping[str, str]) -> None:
    """Whoever lives here is a resident; the answers that begin with "bor" say so."""
    living = [
        code for code, text in coded(guess.labels).items() if re.match(r"(ja, jag )?bor\b", folded(text))
    ]
    if living and guess.column in names:
        head.entries["relation"] = {"variable": names[guess.column], "resident": living}
