"""A raw table and a codebook to Microdata; every violation of the file in one error."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from trygghet._typing import FloatArray, IntArray, ObjectArray
from trygghet.codebook import UNKNOWN_STREAM, Code, Codebook, Derived, MissingKind, Streams, Variable
from trygghet.errors import IngestError, PersonalDataError, Problem
from trygghet.ingest.agreement import contradictions, disagreements
from trygghet.ingest.blocks import decode_block
from trygghet.ingest.decode import Decoded, KindArray, as_numbers, code_text, decode
from trygghet.ingest.gate import dropped_notice, identifying, own_words, pseudonyms
from trygghet.ingest.microdata import ID, STREAM, Microdata
from trygghet.ingest.personal_data import singled_out
from trygghet.ingest.problems import (
    counted,
    missing_columns,
    more_than_asked,
    shown,
    undeclared_codes,
    unknown_areas,
)
from trygghet.ingest.provenance import Provenance
from trygghet.ingest.raw import RawTable

OLDEST = 115
_NO_DECIMALS = re.compile(r"^(\d+),0+$")


def columns_used(book: Codebook) -> tuple[str, ...]:
    """The file's columns that a codebook uses, each once.

    Parameters
    ----------
    book : Codebook
        The codebook.

    Returns
    -------
    tuple of str
        Column names.
    """
    names = [book.id]
    names += [variable.column for variable in book.variables.values() if variable.on]
    for block in book.multi_response.values():
        names += block.file_columns
    if book.streams is not None and book.streams.column:
        names.append(_stream_column(book))
    names += [stream.household_size for stream in book.declared_streams if stream.household_size]
    names += book.design.columns
    ours = set(book.all_variables)
    files = {variable.column for variable in book.variables.values()}
    return tuple(dict.fromkeys(name for name in names if name in files or name not in ours))


def assemble(raw: RawTable, book: Codebook, *, provenance: Provenance) -> Microdata:
    """Turn a file's columns into Microdata.

    Parameters
    ----------
    raw : RawTable
        The file's columns.
    book : Codebook
        What they mean.
    provenance : Provenance
        Where they came from.

    Returns
    -------
    Microdata
        Sorted by id.

    Raises
    ------
    IngestError
        With every violation of the file: marks of a draft, missing columns, undeclared codes, missing and repeated ids,
        impossible values, unknown areas, and streams without a meaning.
    PersonalDataError
        The same, when a column whose values would be kept is made of personal data.
    """
    if not len(raw.frame):
        raise IngestError(_no_rows(provenance.file_name))
    problems = [_mark(place, text) for place, text in book.marks.items()]
    used = columns_used(book)
    absent = frozenset(used) - frozenset(raw.columns.names)
    problems += missing_columns(used, raw.columns.names)
    personal = identifying(raw, book)
    work = _Assembly(
        raw=_filled(raw, absent, number=book.id), book=book, absent=absent, problems=problems + personal
    )
    work.notices += dropped_notice(raw, columns_used(book), written=own_words(book))
    ids = work.ids(salt=provenance.sha256)
    streams = work.streams()
    work.variables()
    work.derived()
    work.blocks()
    work.design_columns()
    work.problems += contradictions(raw.columns, book)
    work.notices += disagreements(raw.columns, book)
    work.singled_out()
    if work.problems:
        raise (PersonalDataError if personal else IngestError)(*work.problems)
    order = np.argsort(ids, kind="stable")
    columns: dict[str, npt.NDArray[np.generic]] = {ID: _as_text(ids), STREAM: streams, **work.columns}
    work.columns.clear()
    frame = pd.DataFrame(_sorted(columns, order), copy=False)
    missing = pd.DataFrame(_sorted(dict(work.kinds), order), copy=False)
    return Microdata(frame, missing, codebook=book, provenance=provenance, notices=tuple(work.notices))


def _filled(raw: RawTable, absent: Collection[str], *, number: str) -> RawTable:
    """The table with empty columns for those that are missing, so that everything else that is wrong is found too."""
    if not absent:
        return raw
    empty: dict[str, Any] = dict.fromkeys(sorted(absent), np.nan)
    if number in absent:
        empty[number] = np.arange(len(raw.frame), dtype=np.float64)
    return replace(raw, frame=raw.frame.assign(**empty))


def _sorted(columns: dict[str, Any], order: IntArray) -> dict[str, Any]:
    """Columns in a given order; each one is let go as its sorted copy is made, and nothing is copied when they are sorted."""
    if bool((order == np.arange(len(order))).all()):
        return columns
    return {name: columns.pop(name)[order] for name in list(columns)}


@dataclass(slots=True)
class _Assembly:
    """The columns decoded so far, and everything that was wrong on the way."""

    raw: RawTable
    book: Codebook
    absent: frozenset[str]
    columns: dict[str, npt.NDArray[np.generic]] = field(default_factory=dict)
    kinds: dict[str, KindArray] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    def ids(self, *, salt: str) -> npt.NDArray[np.generic]:
        """The ids, as numbers where all of them are whole numbers, else as texts."""
        name = self.book.id
        column = self.raw.frame[name]
        hidden = pseudonyms(column, salt=salt)
        if hidden is not None:
            self.notices.append(_pseudonymised(name))
        ids = _identities(column) if hidden is None else hidden
        empty = pd.isna(ids) | (ids == "")
        if empty.any():
            self.problems.append(
                counted(
                    "INL-07",
                    name,
                    rows=int(empty.sum()),
                    what="have no id",
                    remedy="Give every answer an id.",
                )
            )
        doubled = int(pd.Series(ids[~empty]).duplicated(keep=False).sum())
        if doubled:
            self.problems.append(
                counted(
                    "INL-06", name, rows=doubled, what="share an id", remedy="Remove the repeated answers."
                )
            )
        return ids

    def streams(self) -> ObjectArray:
        """The name of each row's stream."""
        declared = self.book.streams
        size = len(self.raw.frame)
        if declared is None or declared.whole_file is not None:
            if declared is None:
                self.notices.append(_no_streams())
            only = self.book.declared_streams[0]
            self.problems += more_than_asked({"": only}, {"": size})
            return np.full(size, only.name, dtype=object)
        column = _stream_column(self.book)
        names = [stream.name for stream in declared.by_code.values()]
        codes = Variable(labels=_unique_labels(declared))
        decoded = decode(self.raw.frame[column], codes)
        placed = ~np.isnan(decoded.numbers)
        if not placed.all() and column not in self.absent:
            self.problems.append(_unknown_streams(column, decoded, int((~placed).sum())))
        result = np.full(size, UNKNOWN_STREAM.name, dtype=object)
        counts: dict[Code, int] = {}
        for number, code, name in zip(codes.codes, declared.by_code, names, strict=True):
            result[decoded.numbers == number] = name
            counts[code] = int((decoded.numbers == number).sum())
        self.problems += more_than_asked(declared.by_code, counts)
        return result

    def variables(self) -> None:
        """Declared variables."""
        areas = self.book.areas
        for name, variable in self.book.variables.items():
            if not variable.on:
                continue
            is_area = areas is not None and areas.variable == name
            decoded = decode(
                self.raw.frame[variable.column],
                variable,
                aliases=areas.aliases if areas and is_area else None,
            )
            self.columns[name], self.kinds[name] = decoded.numbers, decoded.kinds
            self.problems += self._violations(name, variable, decoded=decoded, is_area=is_area)

    @staticmethod
    def _violations(name: str, variable: Variable, *, decoded: Decoded, is_area: bool) -> Iterator[Problem]:
        if decoded.unknown and variable.kind == "continuous":
            rows = sum(decoded.unknown.values())
            yield counted(
                "INL-11", name, rows=rows, what="hold no number", remedy="Declare the texts under missing."
            )
        elif decoded.unknown:
            problem = unknown_areas if is_area else undeclared_codes
            yield problem(name, variable.column, unknown=decoded.unknown, labels=variable.categories)
        if variable.range is not None:
            low, high = variable.range
            outside = np.zeros(len(decoded.numbers), dtype=np.bool_)
            outside |= decoded.numbers < (-np.inf if low is None else low)
            outside |= decoded.numbers > (np.inf if high is None else high)
            if outside.any():
                remedy = "Correct the file, declare the value under missing, or widen range."
                yield counted(
                    "INL-08", name, rows=int(outside.sum()), what="lie outside the range", remedy=remedy
                )

    def derived(self) -> None:
        """Ages, bands and groups, in their declared order."""
        for name, rule in self.book.derived.items():
            if name in self.book.switched_off:
                continue
            source = np.asarray(self.columns[rule.from_], dtype=np.float64)
            kinds = self.kinds[rule.from_].copy()
            if rule.age_in is not None:
                values = rule.age_in - source
                wrong = (values < 0) | (values > OLDEST)
                code, what = "INL-13", f"give an age below 0 or above {OLDEST}"
            else:
                values = _banded(rule, source, self._source(rule.from_))
                wrong = ~np.isnan(source) & np.isnan(values)
                code, what = "INL-12", "lie in no band or group"
                if rule.outside is not None:
                    kinds[wrong] = MissingKind.named(rule.outside)
                    wrong = np.zeros_like(wrong)
            if wrong.any():
                remedy = "Correct the file, declare the values under missing, or widen the bands."
                self.problems.append(counted(code, name, rows=int(wrong.sum()), what=what, remedy=remedy))
            self.columns[name], self.kinds[name] = values, kinds

    def _source(self, name: str) -> Variable:
        return self.book.all_variables[name]

    def blocks(self) -> None:
        """Multi-response blocks: one column an option, and the number of options chosen."""
        for name, block in self.book.multi_response.items():
            decoded = decode_block(self.raw.frame, block)
            for position, option in enumerate(block.options):
                self.columns[f"{name}.{option}"] = decoded.chosen[:, position]
                self.kinds[f"{name}.{option}"] = decoded.kinds
            self.columns[f"{name}._chosen"] = decoded.number
            for column, unknown in decoded.unknown.items():
                self.problems.append(undeclared_codes(name, column, unknown=unknown, labels=()))
            over = 0 if block.choose is None else int((decoded.number > block.choose).sum())
            if over and block.over_choosers != "keep":
                self.notices.append(
                    _over_choosers(name, rows=over, choose=block.choose or 0, rule=block.over_choosers)
                )
            if decoded.contradictions:
                remedy = "Their options count; the cross at none of these does not."
                rows = decoded.contradictions
                what = "chose both an option and none of these"
                self.notices.append(counted("INL-19", name, rows=rows, what=what, remedy=remedy))

    def design_columns(self) -> None:
        """Design columns under the file's names: numbers where they are numbers, else texts."""
        sizes = [stream.household_size for stream in self.book.declared_streams if stream.household_size]
        for name in (*self.book.design.columns, *sizes):
            if name not in self.columns:
                column = self.raw.frame[name]
                numbers = as_numbers(column)
                self.columns[name] = column.astype("object").to_numpy() if numbers is None else numbers

    def singled_out(self) -> None:
        """Warn of persons who are alone with their combination of background values."""
        roles = {name for name, variable in self.book.all_variables.items() if variable.role == "background"}
        names = [name for name in self.columns if name in roles]
        alone = singled_out(np.asarray(self.columns[name], dtype=np.float64) for name in names)
        if alone:
            self.notices.append(_alone(alone, names))


def _stream_column(book: Codebook) -> str:
    """The file's column of the streams; ``column`` may also name a variable."""
    named = book.streams.column if book.streams is not None and book.streams.column else ""
    return book.variables[named].column if named in book.variables else named


def _unique_labels(streams: Streams) -> dict[Code, str]:
    """Each value's stream name as its label; a name that stands for several values is told apart by its place."""
    labels: dict[Code, str] = {}
    for place, (code, stream) in enumerate(streams.by_code.items()):
        labels[code] = stream.name if stream.name not in labels.values() else f"{stream.name} #{place}"
    return labels


def _identities(column: pd.Series) -> npt.NDArray[np.generic]:
    """Ids as floats (NaN where empty), or as texts (empty where missing) when one of them is no plain whole number.

    A file with decimal commas may write 12 as 12,0; with a point it would have been read as the number.
    """
    if pd.api.types.is_numeric_dtype(column):
        return column.to_numpy(dtype=np.float64)
    cells = ("" if pd.isna(cell) else str(cell).strip() for cell in column)
    texts = np.array([_NO_DECIMALS.sub(r"\1", cell) for cell in cells], dtype=np.str_)
    plain = all(
        text == "" or (len(text) <= 15 and text.isdecimal() and str(int(text)) == text)
        for text in texts.tolist()
    )
    return np.where(texts == "", "nan", texts).astype(np.float64) if plain else texts


def _banded(rule: Derived, source: FloatArray, variable: Variable) -> FloatArray:
    values = np.full(len(source), np.nan)
    for position, (low, high) in enumerate(rule.bands.values(), start=1):
        inside = (source >= (-np.inf if low is None else low)) & (
            source <= (np.inf if high is None else high)
        )
        values[inside] = position
    for position, codes in enumerate(rule.groups.values(), start=1):
        values[np.isin(source, [variable.number(code) for code in codes])] = position
    return values


def _as_text(ids: npt.NDArray[np.generic]) -> ObjectArray:
    if ids.dtype.kind != "f":
        return ids.astype(object)
    numbers = ids.astype(np.float64)
    if bool((numbers == np.floor(numbers)).all()) and bool((np.abs(numbers) < 2.0**53).all()):
        return numbers.astype(np.int64).astype(np.str_).astype(object)
    return np.array([code_text(value) for value in numbers.tolist()], dtype=object)


def _mark(place: str, text: str) -> Problem:
    return Problem(
        code="INL-30",
        what=f"{place} carries a mark: {text}.",
        why="A draft's guess that nobody has looked at would pass for knowledge.",
        remedy="Correct the entry, then remove check.",
        facts={"place": place, "text": text},
    )


def _no_rows(file: str) -> Problem:
    return Problem(
        code="INL-20",
        what=f"{file} holds no answers.",
        remedy="Export the file again with its answers.",
        facts={"file": file},
    )


def _no_streams() -> Problem:
    return Problem(
        code="INL-17",
        what="The codebook declares no streams; the file counts as one self-selected stream.",
        why="Without a declared random sample there is no interval.",
        remedy="Declare streams in the codebook if a sample was drawn.",
        facts={"name": UNKNOWN_STREAM.name},
    )


def _unknown_streams(column: str, decoded: Decoded, rows: int) -> Problem:
    codes = shown(decoded.unknown, ()) or "tomma rutor"
    return Problem(
        code="INL-10",
        what=f"{rows} rows belong to no declared stream ({column}: {codes}).",
        why="Streams are never pooled, so each row must have one.",
        remedy="Declare the value under streams > values.",
        facts={"column": column, "rows": rows, "codes": codes},
    )


def _over_choosers(name: str, *, rows: int, choose: int, rule: str) -> Problem:
    done = "svaren tas bort som ogiltiga" if rule == "drop" else "svaren räknas med"
    return Problem(
        code="INL-18",
        what=f"{name}: {rows} persons chose more than {choose} options (rule: {rule}).",
        remedy="Change over_choosers in the codebook if another rule shall hold.",
        facts={"name": name, "rows": rows, "choose": choose, "rule": done},
    )


def _pseudonymised(name: str) -> Problem:
    return Problem(
        code="INL-43",
        what=f"The ids in {name} are personal data and were replaced by numbers.",
        why="Ids must not tell who answered.",
        facts={"name": name},
    )


def _alone(rows: int, names: list[str]) -> Problem:
    return Problem(
        code="INL-41",
        what=f"{rows} persons are alone with their combination of {', '.join(names)}.",
        why="Such a combination may single a person out.",
        remedy="Use coarser bands, or leave a background variable out; the processed file is confidential.",
        facts={"rows": rows, "names": ", ".join(names)},
    )
