"""A survey that has been read: every value is labelled, declared missing, or in range."""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from trygghet._html import told_html
from trygghet._typing import BoolArray, FloatArray, IntArray
from trygghet.codebook import (
    Balance,
    Code,
    Codebook,
    Index,
    Indicator,
    MissingKind,
    MultiResponse,
    Stream,
    Variable,
)
from trygghet.codebook.names import nearest
from trygghet.errors import CodebookError, IngestError, Problem
from trygghet.ingest.card import VariableCard, card_of
from trygghet.ingest.provenance import Provenance

ID = "_id"
STREAM = "_stream"


@dataclass(frozen=True, slots=True)
class GroupColumn:
    """A categorical column: positions in ``labels``, -1 where missing.

    Parameters
    ----------
    codes : ndarray of int, shape (n,)
        Position of each row's category; -1 where missing.
    labels : tuple of str
        Category labels in their declared order.
    """

    codes: IntArray
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Microdata:
    """A survey's answers with their codebook and origin; never changed after reading.

    Parameters
    ----------
    frame : DataFrame
        One row per answer, sorted by id: ``_id``, ``_stream``, one float column per variable, derived variable and
        option (``block.option``; NaN where missing), and the design columns under the file's names.
    missing : DataFrame of uint8
        Why a value is missing, as :class:`MissingKind`; 0 where there is a value.
    codebook : Codebook
        What the columns mean.
    provenance : Provenance
        What it was read from.
    notices : tuple of Problem
        What the reader wants said: nothing here stops the work.
    """

    frame: pd.DataFrame
    missing: pd.DataFrame
    codebook: Codebook
    provenance: Provenance
    notices: tuple[Problem, ...] = field(default=())

    def __len__(self) -> int:
        return len(self.frame)

    def __getitem__(self, name: str) -> VariableCard:
        return card_of(self.codebook, name, frame=self.frame, missing=self.missing)

    def __repr__(self) -> str:
        streams = ", ".join(
            f"{stream.name} {int((self.frame[STREAM] == stream.name).sum())}" for stream in self.streams
        )
        return f"<Microdata {self.codebook.survey} {self.codebook.wave}: {len(self)} rows ({streams})>"

    def _repr_html_(self) -> str:
        counts = self.frame[STREAM].value_counts()
        lines = [f"{stream.name}: {counts[stream.name]} rows, {stream.sampling}" for stream in self.streams]
        return told_html(f"{self.codebook.survey} {self.codebook.wave}: {len(self)} rows", lines)

    @property
    def streams(self) -> tuple[Stream, ...]:
        """The declared streams that have rows, in their declared order."""
        present = set(self.frame[STREAM].unique())
        return tuple(stream for stream in self.codebook.declared_streams if stream.name in present)

    def stream(self, name: str) -> "Microdata":
        """Return the answers of one stream.

        Parameters
        ----------
        name : str
            Name of a declared stream.

        Returns
        -------
        Microdata
            Its rows, in the same order.

        Raises
        ------
        IngestError
            When the codebook declares no such stream.
        """
        known = [stream.name for stream in self.codebook.declared_streams]
        if name not in known:
            guess = nearest(name, known)
            raise IngestError(
                Problem(
                    code="INL-01",
                    what=f"There is no stream called {name}.",
                    remedy=f"Did you mean {guess}?" if guess else f"Streams: {', '.join(known)}.",
                    facts={"name": name, "known": ", ".join(known)},
                )
            )
        rows = (self.frame[STREAM] == name).to_numpy()
        return self.rows(rows)

    def rows(self, keep: BoolArray) -> "Microdata":
        """Return the answers where ``keep`` is true.

        Parameters
        ----------
        keep : ndarray of bool, shape (n,)
            Which rows.

        Returns
        -------
        Microdata
            Those rows, in the same order.
        """
        return replace(
            self,
            frame=self.frame[keep].reset_index(drop=True),
            missing=self.missing[keep].reset_index(drop=True),
        )

    def numeric(self, name: str) -> FloatArray:
        """Return an indicator or an option as 0, 1 and NaN, a balance as -1, 0 and 1, an index as 0 to 100, or a variable's codes.

        Parameters
        ----------
        name : str
            An indicator, a variable, a design column, or an option or union such as ``"prio.narkotika"``.

        Returns
        -------
        ndarray of float, shape (n,)
            NaN where the person is outside the base or has no value.

        Raises
        ------
        CodebookError
            When there is no such name, or it holds texts.
        """
        if name in self.codebook.indicators:
            return self._indicator(self.codebook.indicators[name])
        if name in self.codebook.balance:
            return self._balance(self.codebook.balance[name])
        if name in self.codebook.indices:
            return self._index(self.codebook.indices[name])
        block, _, item = name.partition(".")
        if block in self.codebook.multi_response and item:
            return self._item(block, item)
        if name not in self.frame.columns or name.startswith("_"):
            self.codebook.variable(name)
        column = self.frame[name]
        if not pd.api.types.is_numeric_dtype(column):
            raise CodebookError(
                Problem(
                    code="KOD-12",
                    what=f"The column {name} holds texts, not numbers.",
                    remedy="Use it as a group, or declare it as a variable with labels.",
                    facts={"name": name},
                )
            )
        return column.to_numpy(dtype=np.float64, copy=True)

    def groups(self, name: str) -> GroupColumn:
        """Return the categories of a variable, of a design column, or of an area group.

        Parameters
        ----------
        name : str
            A variable, ``"_stream"``, a design column, or ``"omrade:group"`` for a declared group of areas against the
            other areas.

        Returns
        -------
        GroupColumn
            Positions and labels in their declared order.

        Raises
        ------
        CodebookError
            When there is no such name, or it is continuous.
        """
        variable_name, _, group = name.partition(":")
        if group:
            return self._area_group(variable_name, group)
        if name in self.codebook.all_variables:
            return _categories(self.codebook.all_variables[name], name, self.numeric(name))
        if name == STREAM:
            labels = tuple(stream.name for stream in self.streams)
            position = {label: index for index, label in enumerate(labels)}
            return GroupColumn(
                np.array([position[name] for name in self.frame[STREAM]], dtype=np.int64), labels
            )
        if name not in self.frame.columns:
            self.codebook.variable(name)
        codes, values = pd.factorize(self.frame[name], sort=True)
        labels = tuple(_plain(value) for value in values)
        return GroupColumn(np.asarray(codes, dtype=np.int64), labels)

    def residents(self) -> BoolArray:
        """Return who lives in the municipality; everyone when the codebook declares no relation.

        Returns
        -------
        ndarray of bool, shape (n,)
            True for residents.
        """
        relation = self.codebook.relation
        if relation is None:
            return np.ones(len(self), dtype=np.bool_)
        variable = self.codebook.variable(relation.variable)
        resident = [variable.number(code) for code in relation.resident]
        return np.asarray(np.isin(self.numeric(relation.variable), resident), dtype=np.bool_)

    def missing_kind(self, name: str) -> IntArray:
        """Return why values of a variable or an option are missing.

        Parameters
        ----------
        name : str
            A variable, or an option such as ``"prio.narkotika"``; for an indicator or a balance, its source's kinds.

        Returns
        -------
        ndarray of int, shape (n,)
            :class:`MissingKind` values; 0 where there is a value.

        Raises
        ------
        CodebookError
            When there is no such name.
        """
        if name in self.codebook.indices:
            return self._index_kind(self.codebook.indices[name])
        source = self.codebook.indicators.get(name) or self.codebook.balance.get(name)
        name = source.from_ if source else name
        block = name.partition(".")[0]
        if block in self.codebook.multi_response:
            name = f"{block}.{self.codebook.multi_response[block].options[0]}"
        if name not in self.missing.columns:
            self.codebook.variable(name)
        return self.missing[name].to_numpy(dtype=np.int64)

    def over_choosers(self, block: str) -> BoolArray:
        """Return who chose more options than the block allows.

        Parameters
        ----------
        block : str
            Name of a multi-response block.

        Returns
        -------
        ndarray of bool, shape (n,)
            True for those who chose too many, whatever the block's rule did with them.

        Raises
        ------
        CodebookError
            When there is no such block.
        """
        self.codebook.block(block)
        return self.frame[f"{block}._chosen"].to_numpy(dtype=np.float64) > (
            self.codebook.block(block).choose or np.inf
        )

    def _indicator(self, indicator: Indicator) -> FloatArray:
        variable = self.codebook.variable(indicator.from_)
        codes = self.numeric(indicator.from_)
        kinds = self.missing_kind(indicator.from_)
        base = _rows_with(variable, indicator.base or tuple(variable.labels), codes=codes, kinds=kinds)
        counted = _rows_with(variable, indicator.counts, codes=codes, kinds=kinds)
        return np.where(base, counted.astype(np.float64), np.nan)

    def _balance(self, balance: Balance) -> FloatArray:
        variable = self.codebook.variable(balance.from_)
        codes, kinds = self.numeric(balance.from_), self.missing_kind(balance.from_)
        base = _rows_with(variable, balance.base or tuple(variable.labels), codes=codes, kinds=kinds)
        positive = _rows_with(variable, balance.positive, codes=codes, kinds=kinds)
        negative = _rows_with(variable, balance.negative, codes=codes, kinds=kinds)
        return np.where(base, positive.astype(np.float64) - negative.astype(np.float64), np.nan)

    def _index(self, index: Index) -> FloatArray:
        scaled = np.empty((len(self), len(index.items)))
        for position, (name, direction) in enumerate(index.items.items()):
            variable = self.codebook.variable(name)
            left_out = index.leave_out.get(name, ())
            codes = [variable.number(code) for code in variable.labels if code not in left_out]
            steps = np.linspace(0.0, 100.0, len(codes))
            places = dict(zip(codes, steps if direction == "as_is" else steps[::-1], strict=True))
            scaled[:, position] = [places.get(value, np.nan) for value in self.numeric(name).tolist()]
        answered = (~np.isnan(scaled)).sum(axis=1)
        sums = np.nansum(scaled, axis=1)
        return np.where(answered >= index.minimum_items, sums / np.maximum(answered, 1), np.nan)

    def _index_kind(self, index: Index) -> IntArray:
        """Not asked when no item was, else no answer, where a person has no index."""
        asked = np.zeros(len(self), dtype=np.bool_)
        for name in index.items:
            asked |= self.missing_kind(name) != MissingKind.NOT_ASKED
        kinds = np.where(asked, MissingKind.NO_ANSWER, MissingKind.NOT_ASKED)
        return np.where(np.isnan(self._index(index)), kinds, MissingKind.VALID).astype(np.int64)

    def _item(self, block_name: str, item: str) -> FloatArray:
        block: MultiResponse = self.codebook.block(block_name)
        self.codebook.label_of(f"{block_name}.{item}")
        options = block.unions.get(item, (item,))
        columns = self.frame[[f"{block_name}.{option}" for option in options]].to_numpy(dtype=np.float64)
        return np.asarray(columns.max(axis=1), dtype=np.float64)

    def _area_group(self, variable_name: str, group: str) -> GroupColumn:
        areas = self.codebook.areas
        known = list(areas.groups) if areas is not None and areas.variable == variable_name else []
        if group not in known:
            guess = nearest(group, known)
            raise CodebookError(
                Problem(
                    code="KOD-13",
                    what=f"There is no group {group} of {variable_name}.",
                    remedy=f"Did you mean {guess}?" if guess else "Declare it under areas > groups.",
                    facts={"name": f"{variable_name}:{group}", "guess": guess or "–"},
                )
            )
        every = self.groups(variable_name)
        members = [every.labels.index(label) for label in areas.groups[group]] if areas else []
        codes = np.where(every.codes < 0, -1, np.where(np.isin(every.codes, members), 0, 1))
        return GroupColumn(codes.astype(np.int64), (group, "övriga"))


def _rows_with(
    variable: Variable, wanted: tuple[Code, ...], *, codes: FloatArray, kinds: IntArray
) -> BoolArray:
    """Rows whose code, or whose kind of missing value, stands among ``wanted``."""
    numbers = [variable.number(code) for code in wanted if code in variable.labels]
    named = [MissingKind.named(str(code)) for code in wanted if code not in variable.labels]
    return np.asarray(np.isin(codes, numbers) | np.isin(kinds, named), dtype=np.bool_)


def _categories(variable: Variable, name: str, values: FloatArray) -> GroupColumn:
    if variable.kind == "continuous":
        raise CodebookError(
            Problem(
                code="KOD-14",
                what=f"{name} is a number and has no categories.",
                remedy="Declare bands of it under derived, and group by the bands.",
                facts={"name": name},
            )
        )
    order = np.argsort(variable.codes)
    sorted_codes = np.asarray(variable.codes)[order]
    valid = ~np.isnan(values)
    positions = np.full(len(values), -1, dtype=np.int64)
    positions[valid] = order[np.searchsorted(sorted_codes, values[valid])]
    return GroupColumn(positions, variable.categories)


def _plain(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
