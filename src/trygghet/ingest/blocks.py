"""Multi-response blocks: who answered, what they chose, and who chose too much."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray
from trygghet.codebook import Code, MissingKind, MultiResponse, Variable
from trygghet.codebook.names import folded
from trygghet.ingest.decode import KindArray, code_text, decode, keys_of


@dataclass(frozen=True, slots=True, eq=False)
class DecodedBlock:
    """A block after decoding.

    Parameters
    ----------
    chosen : ndarray of float, shape (n, options)
        1 chosen, 0 not chosen; a row of NaN where the person did not answer the block.
    kinds : ndarray of uint8, shape (n,)
        Why the block is missing; 0 where it was answered.
    number : ndarray of float, shape (n,)
        How many options each person chose, whatever the rule did with it.
    contradictions : int
        Rows that chose both an option and "none of these"; the options count.
    unknown : dict of column to dict of text to int
        Cells that the codebook does not know.
    """

    chosen: FloatArray
    kinds: KindArray
    number: FloatArray
    contradictions: int
    unknown: dict[str, dict[str, int]]


def decode_block(frame: pd.DataFrame, block: MultiResponse) -> DecodedBlock:
    """Turn a block's columns into choices, with no answer kept apart from choosing nothing.

    Parameters
    ----------
    frame : DataFrame
        The file's columns; every column of the block is there.
    block : MultiResponse
        The block.

    Returns
    -------
    DecodedBlock
        Choices, kinds of missing blocks, and what the codebook does not know.
    """
    ticks, kinds, unknown = (
        _chosen_in_cell(frame, block) if block.cell is not None else _chosen_in_columns(frame, block)
    )
    options = len(block.options)
    none = ticks[:, options:].any(axis=1)
    number = ticks[:, :options].sum(axis=1)
    missing = _block_kinds(kinds, answered=(number > 0) | none, block=block)
    if block.over_choosers == "drop" and block.choose is not None:
        missing[number > block.choose] = MissingKind.INVALID
    chosen = np.where((missing > 0)[:, None], np.nan, ticks[:, :options].astype(np.float64))
    contradictions = int((none & (number > 0)).sum())
    return DecodedBlock(chosen, missing, number.astype(np.float64), contradictions, unknown)


_Chosen = tuple[BoolArray, KindArray, dict[str, dict[str, int]]]


def _chosen_in_columns(frame: pd.DataFrame, block: MultiResponse) -> _Chosen:
    """Ticks of options and "none of these", from a column for each of them or from columns of codes."""
    names = block.file_columns
    width = len(block.options) + (block.none is not None)
    ticks = np.zeros((len(frame), width), dtype=np.bool_)
    kinds = np.zeros((len(frame), len(names)), dtype=np.uint8)
    unknown: dict[str, dict[str, int]] = {}
    variable = _category_variable(block) if block.categories else _tick_variable(block)
    for position, name in enumerate(names):
        column = frame[name]
        if block.other is not None and position == block.options.index(block.other):
            column = _written_as_chosen(column, block)
        decoded = decode(column, variable)
        if block.categories:
            for option in range(width):
                ticks[:, option] |= decoded.numbers == option + 1.0
        else:
            ticks[:, position] = decoded.numbers <= len(block.selected)
        kinds[:, position] = decoded.kinds
        if decoded.unknown:
            unknown[name] = dict(decoded.unknown)
    return ticks, kinds, unknown


def _written_as_chosen(column: pd.Series, block: MultiResponse) -> pd.Series:
    """The column of "annat, nämligen" with the value of a chosen option in place of whatever people wrote there."""
    declared = {key for code in (*block.selected, *block.unselected, *block.missing) for key in keys_of(code)}
    positions, uniques = pd.factorize(column)
    texts = [code_text(cell) if isinstance(cell, float) else str(cell) for cell in uniques]
    kept = [
        text if not text.strip() or declared & set(keys_of(text)) else str(block.selected[0])
        for text in texts
    ]
    return pd.Series(np.array([*kept, None], dtype=object)[positions])


def _chosen_in_cell(frame: pd.DataFrame, block: MultiResponse) -> _Chosen:
    """Ticks from one cell that holds all answers."""
    name = str(block.cell)
    positions, uniques = pd.factorize(frame[name])
    width = len(block.options) + (block.none is not None)
    ticks = np.zeros((len(uniques) + 1, width), dtype=np.bool_)
    kinds = np.zeros((len(uniques) + 1, 1), dtype=np.uint8)
    kinds[-1] = MissingKind.named(block.system_missing)
    places = {
        key: place for place, option in enumerate(block.options) for key in keys_of(block.code_of(option))
    }
    if block.none is not None:
        places |= dict.fromkeys(keys_of(block.none), width - 1)
    declared = {key: MissingKind.named(kind) for code, kind in block.missing.items() for key in keys_of(code)}
    other = None if block.other is None else block.options.index(block.other)
    rows = np.bincount(positions[positions >= 0], minlength=len(uniques))
    unknown: dict[str, int] = {}
    for index, cell in enumerate(uniques):
        found, strange = _split(
            code_text(cell) if isinstance(cell, float) else str(cell),
            block.separator,
            known=[*places, *declared],
        )
        ticks[index, [places[key] for key in found if key in places]] = True
        kinds[index] = max(
            (declared[key] for key in found if key in declared), default=kinds[-1, 0] if not found else 0
        )
        if strange and other is not None:
            ticks[index, other] = True
        else:
            for text in strange:
                unknown[text] = unknown.get(text, 0) + int(rows[index])
    return ticks[positions], kinds[positions], {name: unknown} if unknown else {}


def _split(text: str, separator: str, *, known: Sequence[str]) -> tuple[list[str], list[str]]:
    """Cut a cell into known answers, longest first so that one may hold the separator, and pieces that are unknown."""
    mark = separator.strip() or separator
    rest = folded(text).strip(f"{mark} ")
    found: list[str] = []
    strange: list[str] = []
    while rest:
        matching = [
            key
            for key in known
            if rest.startswith(key) and rest[len(key) :].lstrip()[: len(mark)] in {"", mark}
        ]
        if matching:
            piece = max(matching, key=len)
            found.append(piece)
        else:
            piece = rest.partition(mark)[0]
            strange.append(piece.strip())
        rest = rest[len(piece) :].lstrip().removeprefix(mark).lstrip(f"{mark} ")
    return found, strange


def _tick_variable(block: MultiResponse) -> Variable:
    """One option's column as a variable; its first codes mean chosen."""
    labels: dict[Code, str] = {str(code): f"\x00{code}" for code in (*block.selected, *block.unselected)}
    return Variable(labels=labels, missing=block.missing, system_missing=block.system_missing)


def _category_variable(block: MultiResponse) -> Variable:
    """A column of codes as a variable with the options' places; "none of these" comes last."""
    codes = [block.code_of(option) for option in block.options]
    if block.none is not None:
        codes.append(block.none)
    labels: dict[Code, str] = {str(code): f"\x00{code}" for code in codes}
    return Variable(labels=labels, missing=block.missing, system_missing=block.system_missing)


def _block_kinds(kinds: KindArray, *, answered: BoolArray, block: MultiResponse) -> KindArray:
    """The kind of an unanswered block: the one that its cells declare, when they agree, else the block's own.

    Whoever has a cell that says "not chosen" was asked: where empty cells mean not asked, she gave no answer.
    """
    default = MissingKind.named(block.system_missing)
    declared = np.where(kinds == default, 0, kinds).max(axis=1)
    agree = ((kinds == declared[:, None]) | (kinds == 0) | (kinds == default)).all(axis=1)
    result = np.where((declared > 0) & agree, declared, default).astype(np.uint8)
    asked = (kinds == 0).any(axis=1) & (result == MissingKind.NOT_ASKED)
    result[asked] = MissingKind.NO_ANSWER
    result[answered] = 0
    return result
