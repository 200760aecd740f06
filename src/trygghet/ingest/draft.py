"""A commented draft of a codebook from a file's own metadata."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from trygghet.codebook import FileSpec, catalogue, share_entry
from trygghet.codebook.reading import write_yaml
from trygghet.ingest.draft_blocks import DraftBlock, draft_blocks
from trygghet.ingest.draft_head import DESIGN, draft_ages, draft_head
from trygghet.ingest.draft_names import coded, free, plain
from trygghet.ingest.guess import ColumnGuess, guess_column
from trygghet.ingest.raw import RawTable
from trygghet.ingest.whole import read_whole

_TITLE = "# Utkast till kodbok, gjort av filens egna uppgifter. Gå igenom varje check: och ta bort den när den stämmer."
_NOT_ASKED = "tomt i en hel svarsström: ej ställd"


def draft_codebook(path: str | Path, *, spec: FileSpec | None = None, wave: str = "") -> str:
    """Write a draft of a codebook for a file: what is used, what is not, each guess with its reason.

    Parameters
    ----------
    path : str or Path
        The survey file.
    spec : FileSpec, optional
        Layout of a delimited file or a workbook.
    wave : str
        Name of the wave; guessed by the file when left out.

    Returns
    -------
    str
        YAML with comments. Uncertain guesses in used columns carry a ``check:`` mark that reading refuses until it is removed;
        a doubt that several columns share stands at the first of them.

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
    blocks = draft_blocks(raw, guesses)
    in_blocks = {column for block in blocks for column in block.columns}
    single = {
        name: guess if raw.frame[name].notna().any() else _unanswered(guess)
        for name, guess in guesses.items()
        if name not in in_blocks
    }
    return _written(path, raw, guesses=_doubts_once(_background_once(single)), blocks=blocks, wave=wave)


def _unanswered(guess: ColumnGuess) -> ColumnGuess:
    """A column without a single answer is not used, and nothing is asked about it."""
    return replace(guess, item="", background="", doubts=(), reasons=("inga svar",))


def _background_once(guesses: Mapping[str, ColumnGuess]) -> dict[str, ColumnGuess]:
    """Keep each background variable's nearest column, the first of several; the others that look like it are not used."""
    nearest: dict[str, str] = {}
    for name, guess in sorted(guesses.items(), key=lambda pair: (pair[1].kind == "text", pair[1].distance)):
        if guess.background:
            nearest.setdefault(guess.background, name)
    return {
        name: guess
        if nearest.get(guess.background, name) == name
        else replace(guess, background="", reasons=(*guess.reasons, "det finns en kolumn som liknar mer"))
        for name, guess in guesses.items()
    }


def _doubts_once(guesses: Mapping[str, ColumnGuess]) -> dict[str, ColumnGuess]:
    """Ask once what is the same in several columns: at the first of them, which names the others."""
    columns: dict[str, list[str]] = {}
    for name, guess in guesses.items():
        for doubt in guess.doubts if _shown(guess) else ():
            columns.setdefault(doubt, []).append(name)
    return {
        name: replace(
            guess,
            doubts=tuple(
                f"{doubt} (också i {', '.join(columns[doubt][1:])})" if columns[doubt][1:] else doubt
                for doubt in guess.doubts
                if columns.get(doubt, [""])[0] == name
            ),
        )
        for name, guess in guesses.items()
    }


def _shown(guess: ColumnGuess) -> bool:
    return guess.used and guess.background not in {"lopnr", *DESIGN}


def _written(
    path: Path, raw: RawTable, *, guesses: Mapping[str, ColumnGuess], blocks: list[DraftBlock], wave: str
) -> str:
    used = {name: guess for name, guess in guesses.items() if _shown(guess)}
    names = _names(used)
    head = draft_head(path, raw, guesses, names=names, wave=wave)
    routed = _routed(raw, guesses)
    parts = [_TITLE, write_yaml(head.entries | ({"check": head.checks} if head.checks else {})), "variables:"]
    for column, guess in used.items():
        parts += [_comment(guess), _indented({names[column]: _variable(guess, not_asked=column in routed)})]
    if not used:
        parts[-1] = "variables: {}"
    ages = draft_ages(str(head.entries["wave"]), used, names)
    if ages:
        parts += ["derived:", _indented(ages)]
    taken = {*names.values(), *ages}
    shares = {
        name: entry for column, guess in used.items() for name, entry in _indicator(names[column], guess)
    }
    shares = {name: entry for name, entry in shares.items() if name not in taken}
    if shares:
        parts += ["indicators:", _indented(shares)]
        taken |= set(shares)
    if blocks:
        parts.append("multi_response:")
        for block in blocks:
            entry = block.entry | ({"system_missing": "not_asked"} if routed & set(block.columns) else {})
            parts += [f"  # {block.reason}", _indented({free(block.name, taken): entry})]
    unused = [guess for guess in guesses.values() if not guess.used]
    if unused:
        parts.append("# Används inte (flytta upp det som ska användas):")
        parts += [
            f"#   {_named(guess)} – {'; '.join(guess.reasons) or 'ingen känd fråga'}" for guess in unused
        ]
    return "\n".join(part.rstrip("\n") for part in parts) + "\n"


def _routed(raw: RawTable, guesses: Mapping[str, ColumnGuess]) -> set[str]:
    """Columns that a whole stream left empty: it was not asked."""
    stream = next((name for name, guess in guesses.items() if guess.background == "strom"), None)
    if stream is None:
        return set()
    answered = raw.frame.notna().groupby(raw.frame[stream]).any()
    return (
        {str(name) for name in raw.frame.columns if not answered[name].all()} if len(answered) > 1 else set()
    )


def _variable(guess: ColumnGuess, *, not_asked: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {"column": guess.column, "kind": guess.kind}
    entry |= {"question": guess.question} if guess.question else {}
    entry |= {"labels": coded(guess.labels)} if guess.labels else {}
    entry |= {"missing": coded(guess.missing)} if guess.missing else {}
    entry |= {"other": int(guess.other)} if guess.other is not None else {}
    entry |= {"system_missing": "not_asked"} if not_asked else {}
    entry |= {"item": guess.item} if guess.item else {}
    if guess.background:
        entry["role"] = "background"
    if guess.background == "fodd_i_sverige":
        entry["sensitive"] = True
    if guess.doubts:
        entry["check"] = "; ".join(guess.doubts)
    return entry


def _indicator(name: str, guess: ColumnGuess) -> Iterator[tuple[str, dict[str, Any]]]:
    """The share that a known question gives."""
    item = catalogue().get(guess.item)
    kinds = set(guess.missing.values())
    share = share_entry(item, name, coded(guess.labels), about=guess.about, missing=kinds) if item else None
    if item and share:
        yield item.indicator, share


def _names(used: Mapping[str, ColumnGuess]) -> dict[str, str]:
    """Our names: the catalogue's id, or fraga_ and the id where the share that is shown bears it."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for column, guess in used.items():
        known = guess.item and (
            f"fraga_{guess.item}" if catalogue()[guess.item].indicator == guess.item else guess.item
        )
        names[column] = free(known or guess.background or plain(column), taken)
    return names


def _comment(guess: ColumnGuess) -> str:
    return f"  # {_named(guess)} Motiv: {'; '.join(guess.reasons) or 'inga'}."


def _named(guess: ColumnGuess) -> str:
    text = _short(guess.question)
    return (
        text if guess.question == guess.column else f"{guess.column}: {text}" if text else f"{guess.column}."
    )


def _short(question: str) -> str:
    text = " ".join(question.split())
    return f"{text[:70]}…" if len(text) > 70 else text


def _indented(document: Mapping[str, Any]) -> str:
    return "\n".join(f"  {line}" for line in write_yaml(document).splitlines())
