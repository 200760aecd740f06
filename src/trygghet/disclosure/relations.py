"""From published cells to the sums and the answers that tie them together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.disclosure.places import Sum, sums_over
from trygghet.disclosure.structure import Structure

FAMILY = ["stream", "variant", "item", "category"]
PLACE = ["by", "domain"]
ABSENT, SHOWN, VIRTUAL = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """The numbers of one wave as nodes, and what ties them.

    Parameters
    ----------
    nodes : DataFrame
        Columns row (position in the cells that were given; -1 for a number that nobody publishes), by, domain, share
        (whether it is a share of persons), sampled (from a random sample, whose weights may be calibrated), n and x (unweighted base and positives, or base times value); index 0..c-1.
    sums : sparse array, shape (r, c)
        Sums over domains: ``sums @ x = 0`` and ``sums @ n = 0``.
    answers : sparse array, shape (s, c)
        Relations between answers of the same people: ``answers @ x`` is known.
    """

    nodes: pd.DataFrame
    sums: sparse.csr_array
    answers: sparse.csr_array


def system_of(cells: pd.DataFrame, structure: Structure) -> System:
    """Find everything that ties the cells of one wave together.

    Parameters
    ----------
    cells : DataFrame
        Levels of one wave: columns stream, variant, item, category, by, domain, value, n (-1 where unknown), numerator (-1
        where the value is no share), sampled.
    structure : Structure
        What a reader knows beside.

    Returns
    -------
    System
        The cells, the unpublished domains that link them, the persons without a domain, and their relations.
    """
    return _Grid(cells, structure).system()


class _Grid:
    """Items x places, where every combination has its number; later numbers are for rests and slacks."""

    def __init__(self, cells: pd.DataFrame, structure: Structure) -> None:
        self.structure = structure
        self.families = cells[FAMILY].drop_duplicates(ignore_index=True)
        published = list(cells[PLACE].drop_duplicates().itertuples(index=False, name=None))
        self.sums = sums_over(published, structure.groups)
        self.places = list(dict.fromkeys([*published, *(total.whole for total in self.sums)]))
        self.at_place = {place: number for number, place in enumerate(self.places)}
        family = (
            cells[FAMILY].merge(self.families.reset_index(names="f"), on=FAMILY, how="left")["f"].to_numpy()
        )
        place = np.array(
            [self.at_place[p] for p in zip(cells["by"].tolist(), cells["domain"].tolist(), strict=True)],
            dtype=np.int64,
        )
        shape = (len(self.families), len(self.places))
        self.row = np.full(shape, -1, dtype=np.int64)
        self.kind = np.zeros(shape, dtype=np.int64)
        self.n, self.x = np.zeros(shape), np.zeros(shape)
        share = cells["numerator"].to_numpy() >= 0
        n = cells["n"].to_numpy(dtype=np.float64)
        self.row[family, place] = np.arange(len(cells))
        self.kind[family, place] = SHOWN
        self.n[family, place] = n
        mass = np.nan_to_num(cells["value"].to_numpy(dtype=np.float64)) * n
        self.x[family, place] = np.where(share, cells["numerator"].to_numpy(), mass)
        self.share = np.zeros(len(self.families), dtype=np.bool_)
        np.logical_or.at(self.share, family, share)
        self.sampled = np.zeros(len(self.families), dtype=np.bool_)
        np.logical_or.at(self.sampled, family, cells["sampled"].to_numpy(dtype=np.bool_))
        self.extra: list[tuple[FloatArray, FloatArray, IntArray]] = []
        self.size = int(np.prod(shape))

    def system(self) -> System:
        sums = _Entries()
        for total in self.sums:
            self._add_sum(total, sums)
        answers = _Entries()
        self._add_answers(answers)
        return self._compressed(sums, answers)

    def _numbers(self, families: IntArray | BoolArray, place: int) -> IntArray:
        wanted = np.flatnonzero(families) if families.dtype == np.bool_ else families
        result: IntArray = wanted * len(self.places) + place
        return result

    def _add_sum(self, total: Sum, entries: "_Entries") -> None:
        parts = np.array(
            [self.at_place[part] for part in total.parts if part in self.at_place], dtype=np.int64
        )
        whole = self.at_place[total.whole]
        there = self.kind[:, parts] != ABSENT
        has = there.any(axis=1)
        n, x = (np.where(there, values[:, parts], 0.0).sum(axis=1) for values in (self.n, self.x))
        new = has & (self.kind[:, whole] == ABSENT)
        unknown = new | (has & (self.n[:, whole] < 0))
        self.kind[new, whole] = VIRTUAL
        self.n[unknown, whole], self.x[unknown, whole] = n[unknown], x[unknown]
        rows = entries.new_rows(int(has.sum()))
        entries.add(rows, self._numbers(has, whole), -1.0)
        for position, part in enumerate(parts):
            inside = there[has, position]
            entries.add(rows[inside], self._numbers(has & there[:, position], int(part)), 1.0)
        left = self.n[has, whole] - n[has]
        short = left > 0
        families = np.flatnonzero(has)[short]
        rest = np.clip(self.x[families, whole] - x[families], 0.0, left[short])
        entries.add(rows[short], self._more(left[short], rest, families), 1.0)

    def _more(self, n: FloatArray, x: FloatArray, families: IntArray) -> IntArray:
        """Numbers for nodes beside the grid: persons without a domain, and the slack of an inequality."""
        first = self.size
        self.size += len(n)
        self.extra.append((n, x, families))
        return np.arange(first, self.size)

    def _add_answers(self, entries: "_Entries") -> None:
        for _, group in self.families.groupby(["stream", "variant", "item"], sort=False):
            if len(group) > 1:
                self._add_complete(group.index.to_numpy(), entries)
        for _, answers in self.families[self.families["category"] == ""].groupby(
            ["stream", "variant"], sort=False
        ):
            family = dict(zip(answers["item"], answers.index, strict=True))
            for items in self.structure.complete:
                if all(item in family for item in items):
                    self._add_complete(np.array([family[item] for item in items]), entries)
            for inner, outer in self.structure.within:
                if inner in family and outer in family:
                    self._add_slack([family[outer]], family[inner], entries)
            for item, options in self.structure.covered.items():
                if item in family and all(option in family for option in options):
                    self._add_slack([family[option] for option in options], family[item], entries)

    def _add_complete(self, families: IntArray, entries: "_Entries") -> None:
        """Answers of which everybody gave exactly one."""
        there = (self.kind[families] != ABSENT).all(axis=0)
        same = (self.n[families] == self.n[families[0]]).all(axis=0)
        whole = there & same & (self.x[families].sum(axis=0) == self.n[families[0]])
        places = np.flatnonzero(whole)
        rows = entries.new_rows(len(places))
        for family in families:
            entries.add(rows, family * len(self.places) + places, 1.0)

    def _add_slack(self, larger: Sequence[int], smaller: int, entries: "_Entries") -> None:
        """The sum of some answers is at least another one."""
        several = np.array(larger)
        slack = self.x[several].sum(axis=0) - self.x[smaller]
        there = (self.kind[several] != ABSENT).all(axis=0) & (self.kind[smaller] != ABSENT) & (slack >= 0)
        places = np.flatnonzero(there)
        rows = entries.new_rows(len(places))
        for family in several:
            entries.add(rows, family * len(self.places) + places, 1.0)
        entries.add(rows, smaller * len(self.places) + places, -1.0)
        room = len(several) * self.n[smaller, places]
        entries.add(rows, self._more(room, slack[places], np.full(len(places), smaller)), -1.0)

    def _compressed(self, sums: "_Entries", answers: "_Entries") -> System:
        """Keep the numbers that are published or that tie published ones."""
        grid = self.kind.ravel()
        kind = np.concatenate([grid, np.full(self.size - len(grid), VIRTUAL)])
        over, beside = sums.matrix(self.size), answers.matrix(self.size)
        linking = np.zeros(self.size, dtype=np.bool_)
        linking[: len(grid)] = grid == VIRTUAL
        over = _without_vacuous(over, beside, linking)
        used = (kind == SHOWN) | (_uses(over) + _uses(beside) > 0)
        keep = np.flatnonzero(used)
        n, x = (
            np.concatenate([values.ravel(), *(extra[side] for extra in self.extra)])
            for side, values in ((0, self.n), (1, self.x))
        )
        family = np.concatenate(
            [np.arange(len(grid)) // len(self.places), *(extra[2] for extra in self.extra)]
        )
        place = [
            self.places[number % len(self.places)] if number < len(grid) else ("", "") for number in keep
        ]
        nodes = pd.DataFrame(place, columns=PLACE)
        nodes["row"] = np.concatenate([self.row.ravel(), np.full(self.size - len(grid), -1)])[keep]
        nodes["share"], nodes["sampled"] = self.share[family[keep]], self.sampled[family[keep]]
        nodes["n"], nodes["x"] = n[keep], x[keep]
        nodes["beside"] = keep >= len(grid)
        return System(nodes, sparse.csr_array(over[:, keep]), sparse.csr_array(beside[:, keep]))


class _Entries:
    """A sparse matrix in the making."""

    def __init__(self) -> None:
        self.rows: list[IntArray] = []
        self.columns: list[IntArray] = []
        self.values: list[FloatArray] = []
        self.count = 0

    def new_rows(self, number: int) -> IntArray:
        self.count += number
        return np.arange(self.count - number, self.count)

    def add(self, rows: IntArray, columns: IntArray, value: float) -> None:
        self.rows.append(rows)
        self.columns.append(columns)
        self.values.append(np.full(len(rows), value))

    def matrix(self, width: int) -> sparse.csr_array:
        if not self.count:
            return sparse.csr_array((0, width))
        parts = (np.concatenate(part) for part in (self.values, self.rows, self.columns))
        values, rows, columns = parts
        return sparse.csr_array((values, (rows, columns)), shape=(self.count, width))


def _uses(relations: sparse.csr_array) -> IntArray:
    return np.bincount(relations.indices, minlength=relations.shape[1])


def _without_vacuous(
    relations: sparse.csr_array, others: sparse.csr_array, linking: BoolArray
) -> sparse.csr_array:
    """Leave out the sums that only define a number which nobody publishes and nothing else uses."""
    while True:
        loose = linking & (_uses(relations) + _uses(others) == 1)
        vacuous = relations @ loose.astype(np.float64) != 0
        if not vacuous.any():
            return relations
        relations = relations[np.flatnonzero(~vacuous)]
