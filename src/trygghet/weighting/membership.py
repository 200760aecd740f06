"""Which margin categories each respondent belongs to, and the calibration cells that follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse

from trygghet._typing import Columns, FloatArray, IntArray
from trygghet.errors import MarginError, Problem, TrygghetError
from trygghet.weighting.margins import Margins
from trygghet.weighting.tables import Category, MarginTable, category_label
from trygghet.weighting.weights import CalibrationMatrix

_UNKNOWN = -1
_STRANGER = -2
_DIRECT_KEYS = 4
_EMPTY = "VIKT-12"


@dataclass(frozen=True, slots=True, eq=False)
class TablePlace:
    """Where each respondent stands in one margin table.

    Parameters
    ----------
    codes : ndarray
        Row of ``patterns`` for each respondent (n,); below ``len(table.totals)`` it is the category itself.
    patterns : csr_array
        Membership (patterns, categories): the identity, then one row of shares for each kind of incomplete answer.
    counts : ndarray
        Respondents of each pattern (patterns,).
    values : ndarray or None
        Numeric variable of the table (n,), None where persons are counted.
    """

    codes: IntArray
    patterns: sparse.csr_array
    counts: FloatArray
    values: FloatArray | None = None

    @property
    def respondents(self) -> FloatArray:
        """Respondents of each category; those without a category count in parts (categories,)."""
        return np.asarray(self.patterns.T @ self.counts, dtype=np.float64)

    def scaled(self, block: sparse.csr_array, rows: IntArray | None) -> FloatArray:
        """Membership of some lines as a dense array, times the numeric variable where there is one.

        Parameters
        ----------
        block : csr_array
            Membership (lines, categories).
        rows : ndarray or None
            Respondent of each line; None when lines are respondents.

        Returns
        -------
        ndarray
            Auxiliary values (lines, categories).
        """
        dense = np.asarray(block.toarray(), dtype=np.float64)
        if self.values is None:
            return dense
        return dense * (self.values if rows is None else self.values[rows])[:, None]


@dataclass(frozen=True, slots=True, eq=False)
class Membership:
    """The auxiliary values of a sample for given margins.

    Parameters
    ----------
    places : tuple of TablePlace
        One a table.
    targets : ndarray
        Population totals (q,), tables in order.
    names : tuple of str
        One name a column.
    unplaced : mapping of str to int
        Respondents per variable without a category of their own.
    """

    places: tuple[TablePlace, ...]
    targets: FloatArray
    names: tuple[str, ...]
    unplaced: Mapping[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether every respondent has one category in every table, and no table is numeric."""
        return all(
            place.values is None and place.patterns.shape[0] == place.patterns.shape[1]
            for place in self.places
        )

    def cells(self) -> tuple[IntArray, tuple[IntArray, ...]]:
        """Occupied calibration cells.

        Returns
        -------
        cell : ndarray
            Cell of each respondent (n,).
        codes : tuple of ndarray
            For each table, the row of ``patterns`` of each cell.
        """
        sizes = [place.patterns.shape[0] for place in self.places]
        key = self.places[0].codes
        for place, size in zip(self.places[1:], sizes[1:], strict=True):
            key = key * size + place.codes
        space = int(np.prod(np.array(sizes, dtype=np.float64)))
        if space <= _DIRECT_KEYS * len(key) + 1_000_000:
            occupied = np.flatnonzero(np.bincount(key, minlength=space))
            place_of = np.zeros(space, dtype=np.int64)
            place_of[occupied] = np.arange(len(occupied))
            cell = place_of[key]
        else:
            occupied, cell = np.unique(key, return_inverse=True)
        codes, rest = [], occupied
        for size in reversed(sizes):
            codes.append(rest % size)
            rest = rest // size
        return cell.astype(np.int64, copy=False), tuple(reversed(codes))

    def matrix(self, codes: Sequence[IntArray], rows: IntArray | None = None) -> CalibrationMatrix:
        """Auxiliary values for given patterns, tables side by side.

        Parameters
        ----------
        codes : sequence of ndarray
            For each table, the row of ``patterns`` of each line.
        rows : ndarray or None
            Respondent of each line, needed where a table is numeric.

        Returns
        -------
        csr_array or ndarray
            The matrix (lines, q); dense only where a table is numeric.
        """
        if self.whole:
            return one_hot(codes, [place.patterns.shape[1] for place in self.places])
        blocks = [place.patterns[code] for place, code in zip(self.places, codes, strict=True)]
        if all(place.values is None for place in self.places):
            return sparse.csr_array(sparse.hstack(blocks))
        return np.hstack(
            [place.scaled(block, rows) for place, block in zip(self.places, blocks, strict=True)]
        )


def one_hot(codes: Sequence[IntArray], sizes: Sequence[int]) -> sparse.csr_array:
    """Indicator matrices of several classifications side by side.

    Parameters
    ----------
    codes : sequence of ndarray
        Category of each line, one array a classification.
    sizes : sequence of int
        Number of categories of each classification.

    Returns
    -------
    csr_array
        Zeros and ones (lines, sum of sizes).
    """
    lines, tables = len(codes[0]), len(codes)
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    indices = np.empty((lines, tables), dtype=np.int32)
    for column, (code, offset) in enumerate(zip(codes, offsets, strict=False)):
        np.add(code, offset, out=indices[:, column], casting="unsafe")
    pointers = np.arange(0, lines * tables + 1, tables, dtype=np.int32)
    return sparse.csr_array(
        (np.ones(lines * tables), indices.ravel(), pointers), shape=(lines, int(offsets[-1]))
    )


def place_sample(
    columns: Columns, margins: Margins, *, aliases: Mapping[str, Mapping[str, str]] | None = None
) -> Membership:
    """Membership of every respondent in every margin category.

    A respondent without a category (no answer, or a label declared as proportional) belongs to the categories that are possible
    in proportion to their population totals, or to what the margins expect, so that nobody leaves the base.

    Parameters
    ----------
    columns : Columns
        The sample's columns.
    margins : Margins
        Population totals.
    aliases : mapping, optional
        By variable, other spellings of its labels that the margins may use.

    Returns
    -------
    Membership
        Categories, targets and counts of the unplaced.

    Raises
    ------
    MarginError
        If a variable is unknown, a label of the sample has no total, or a category has no respondent; all at once.
    """
    problems: list[Problem] = []
    unplaced: dict[str, int] = {}
    places, targets, names = [], [], list[str]()
    for number, table in enumerate(margins.tables):
        expected = margins.expected[number] if margins.expected else None
        place, found, missing = _place(columns, respelled(table, aliases or {}), margins, expected=expected)
        problems += found
        unplaced.update(missing)
        if place is not None:
            places.append(place)
            targets.append(table.totals)
            names += table.column_names
    if problems:
        raise MarginError(*_each_once(problems))
    return Membership(tuple(places), np.concatenate(targets), tuple(names), unplaced)


def place_table(columns: Columns, table: MarginTable, margins: Margins) -> TablePlace:
    """Where every respondent stands in a table that the sample is only compared with: its categories may be empty.

    Parameters
    ----------
    columns : Columns
        The sample's columns.
    table : MarginTable
        The table, respelled where the sample has other spellings.
    margins : Margins
        The margins that it belongs to, for the labels without a population total.

    Returns
    -------
    TablePlace
        The places.

    Raises
    ------
    MarginError
        If a variable is unknown, or a label of the sample has no total.
    """
    place, found, _ = _place(columns, table, margins)
    problems = [problem for problem in found if problem.code != _EMPTY]
    if problems or place is None:
        raise MarginError(*problems)
    return place


def placement_problems(
    columns: Columns, margins: Margins, *, aliases: Mapping[str, Mapping[str, str]] | None = None
) -> list[Problem]:
    """Everything that keeps a sample from being placed, in the tables to calibrate to and in those to compare with.

    Parameters
    ----------
    columns : Columns
        The sample's columns.
    margins : Margins
        Population totals.
    aliases : mapping, optional
        By variable, other spellings of its labels that the margins may use.

    Returns
    -------
    list of Problem
        Labels without a total, and categories to calibrate to that nobody has.
    """
    problems: list[Problem] = []
    for table in margins.tables:
        problems += _place(columns, respelled(table, aliases or {}), margins)[1]
    for table in margins.checks:
        found = _place(columns, respelled(table, aliases or {}), margins)[1]
        problems += [problem for problem in found if problem.code != _EMPTY]
    return _each_once(problems)


def respelled(table: MarginTable, aliases: Mapping[str, Mapping[str, str]]) -> MarginTable:
    """A table with the sample's spellings of its labels.

    Parameters
    ----------
    table : MarginTable
        A table.
    aliases : mapping
        By variable, other spellings of its labels.

    Returns
    -------
    MarginTable
        The table; two spellings of one label are summed.
    """
    if not any(name in aliases for name in table.variables):
        return table
    renames = {
        category: tuple(
            aliases.get(name, {}).get(part, part)
            for name, part in zip(table.variables, category, strict=True)
        )
        for category in table.categories
    }
    fresh = {old: new for old, new in renames.items() if old != new}
    return table.merged(fresh) if fresh else table


def _each_once(problems: Sequence[Problem]) -> list[Problem]:
    """Problems without repetitions: two tables may have the same one."""
    return [problem for place, problem in enumerate(problems) if problem not in problems[:place]]


def _place(
    columns: Columns,
    table: MarginTable,
    margins: Margins,
    *,
    expected: Mapping[Category, float] | None = None,
) -> tuple[TablePlace | None, list[Problem], dict[str, int]]:
    """Place every respondent in one table: codes, problems, and counts of the unplaced by variable."""
    problems, unplaced = list[Problem](), dict[str, int]()
    keys: list[_Keyed] = []
    for position, name in enumerate(table.variables):
        try:
            keyed, strangers = _keyed(columns, table, position, loose=margins.proportional.get(name, ()))
        except TrygghetError as unknown:  # a variable that the sample does not have
            problems += unknown.problems
            continue
        keys.append(keyed)
        if strangers:
            problems += _mismatch(table, name, keyed, strangers=strangers)
        missing = int((keyed.codes == _UNKNOWN).sum())
        if missing:
            unplaced[name] = missing
    if problems:
        return None, problems, unplaced
    place, nowhere = _crossed(table, keys, len(columns), mass=_mass(table, expected))
    empty = [table.categories[k] for k in np.flatnonzero(place.respondents == 0)]
    if nowhere:
        problems.append(_stranger_problem(table, table.name, nowhere))
    if empty:
        problems.append(_empty_problem(table, empty))
    if table.numeric:
        try:
            values, lacking = _numeric(columns.numeric(table.numeric), table, margins.total)
        except TrygghetError as unknown:
            return None, [*problems, *unknown.problems], unplaced
        unplaced |= {table.numeric: lacking} if lacking else {}
        place = replace(place, values=values)
    return place, problems, unplaced


@dataclass(frozen=True, slots=True)
class _Keyed:
    """One variable of a table: a code for each respondent, and the labels that the codes stand for."""

    codes: IntArray
    labels: tuple[str, ...]


def _keyed(
    columns: Columns, table: MarginTable, position: int, *, loose: Sequence[str]
) -> tuple[_Keyed, dict[str, int]]:
    """Codes of the labels that the table knows, and how many respondents have which unknown label."""
    group = columns.groups(table.variables[position])
    labels = tuple(dict.fromkeys(category[position] for category in _sources(table)))
    known = {label: code for code, label in enumerate(labels)} | dict.fromkeys(loose, _UNKNOWN)
    lookup = np.array(
        [*(known.get(str(label), _STRANGER) for label in group.labels), _UNKNOWN], dtype=np.int64
    )
    codes = lookup[group.codes]
    counts = np.bincount(group.codes[codes == _STRANGER], minlength=len(group.labels))
    return _Keyed(codes, labels), {str(group.labels[int(k)]): int(counts[k]) for k in np.flatnonzero(counts)}


def _sources(table: MarginTable) -> dict[Category, int]:
    """Categories as respondents have them, each with its position in the table after declared merges."""
    places = {category: k for k, category in enumerate(table.categories)}
    return places | {old: places[new] for old, new in table.merges.items() if new in places}


def _mass(table: MarginTable, expected: Mapping[Category, float] | None) -> FloatArray:
    """What incomplete answers are shared out by: population totals, or what is expected of each category (categories,)."""
    if expected is None:
        return np.abs(table.totals)
    return np.array([expected.get(category, 0.0) for category in table.categories], dtype=np.float64)


def _crossed(
    table: MarginTable, keys: Sequence[_Keyed], n: int, *, mass: FloatArray
) -> tuple[TablePlace, dict[str, int]]:
    """Place in a crossing; incomplete answers become patterns of shares, impossible ones are counted."""
    size = len(table.totals)
    if not keys:
        return TablePlace(np.zeros(n, dtype=np.int64), sparse.csr_array(np.eye(1)), np.array([float(n)])), {}
    widths = [len(keyed.labels) + 1 for keyed in keys]
    key = keys[0].codes + 1
    for keyed, width in zip(keys[1:], widths[1:], strict=True):
        key = key * width + (keyed.codes + 1)
    sources = _sources(table)
    counts = np.bincount(key, minlength=int(np.prod(widths)))
    lookup = np.full(len(counts), _UNKNOWN, dtype=np.int64)
    extra, nowhere = list[FloatArray](), dict[str, int]()
    used = np.flatnonzero(counts)
    for value in used:
        category = _labels_at(int(value), keys)
        full = sources.get(tuple(part or "" for part in category))
        if full is not None and None not in category:
            lookup[value] = full
            continue
        lookup[value] = size + len(extra)
        possible = _possible(category, sources, size)
        extra.append(_shares(mass * possible if (mass * possible).any() else np.abs(table.totals) * possible))
        if None not in category:
            nowhere[category_label(tuple(part or "" for part in category))] = int(counts[value])
    blocks = [sparse.eye_array(size, format="csr"), *([sparse.csr_array(np.vstack(extra))] if extra else [])]
    respondents = np.bincount(lookup[used], counts[used], size + len(extra)).astype(np.float64)
    return TablePlace(lookup[key], sparse.csr_array(sparse.vstack(blocks)), respondents), nowhere


def _labels_at(key: int, keys: Sequence[_Keyed]) -> tuple[str | None, ...]:
    parts: list[str | None] = []
    for keyed in reversed(keys):
        key, code = divmod(key, len(keyed.labels) + 1)
        parts.append(keyed.labels[code - 1] if code else None)
    return tuple(reversed(parts))


def _possible(known: Sequence[str | None], sources: Mapping[Category, int], size: int) -> FloatArray:
    """One for each category that agrees with what is known of a respondent, else zero (categories,)."""
    possible = np.zeros(size)
    for category, place in sources.items():
        if all(part is None or part == mine for part, mine in zip(known, category, strict=True)):
            possible[place] = 1.0
    return possible


def _shares(mass: FloatArray) -> FloatArray:
    return np.asarray(mass / mass.sum()) if mass.sum() else mass


def _numeric(values: FloatArray, table: MarginTable, total: float) -> tuple[FloatArray, int]:
    """Values of a numeric variable; the unknown ones get the population mean."""
    lacking = np.isnan(values)
    if not lacking.any():
        return values, 0
    mean = float(table.totals.sum()) / total if np.isfinite(total) else float(np.nanmean(values))
    return np.where(lacking, mean, values), int(lacking.sum())


def _mismatch(table: MarginTable, name: str, keyed: _Keyed, *, strangers: Mapping[str, int]) -> list[Problem]:
    """Labels of the sample that the table lacks, with those of the table that nobody has: often the same ones, misspelled."""
    used = np.bincount(keyed.codes[keyed.codes >= 0], minlength=len(keyed.labels))
    unused = [(keyed.labels[int(k)],) for k in np.flatnonzero(used == 0)]
    return [
        _stranger_problem(table, name, strangers),
        *([_empty_problem(table, unused)] if unused else []),
    ]


def _stranger_problem(table: MarginTable, name: str, labels: Mapping[str, int]) -> Problem:
    examples = ", ".join(list(labels)[:5])
    place = table.variables.index(name) if name in table.variables else None
    known = ", ".join(
        list(dict.fromkeys(category_label(c) if place is None else c[place] for c in table.categories))[:8]
    )
    return Problem(
        code="VIKT-11",
        what=f"{sum(labels.values())} respondents have a {name} without population total in table {table.name}: {examples}.",
        why="Every respondent must stand for somebody in the population.",
        remedy=f"Use the margins' names ({known}), declare an alias, or declare the label as proportional.",
        facts={
            "variabel": name,
            "tabell": table.name,
            "antal": sum(labels.values()),
            "etiketter": examples,
            "kanda": known,
        },
    )


def _empty_problem(table: MarginTable, categories: Sequence[Category]) -> Problem:
    names = [category_label(category) for category in categories]
    return Problem(
        code=_EMPTY,
        what=f"Table {table.name}: nobody in the sample is in {len(names)} categories ({', '.join(names[:5])}).",
        why="Weights cannot make people who did not answer.",
        remedy="Check the spelling, or merge the category with another by a declared collapse.",
        facts={"tabell": table.name, "antal": len(names), "kategorier": ", ".join(names[:5])},
    )
