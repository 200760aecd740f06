"""Multi-response blocks: who answered, what they chose, and who chose too much."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghet._typing import BoolArray, FloatArray
from trygghet.codebook import Code, MissingKind, MultiResponse, Variable
from trygghet.ingest.decode import KindArray, decode


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
    cell = _cell_variable(block)
    names = [*block.columns.values(), *([block.none] if block.none else [])]
    ticks = np.zeros((len(frame), len(names)), dtype=np.bool_)
    kinds = np.zeros((len(frame), len(names)), dtype=np.uint8)
    unknown: dict[str, dict[str, int]] = {}
    for position, name in enumerate(names):
        decoded = decode(frame[name], cell)
        ticks[:, position] = decoded.numbers == 1.0
        kinds[:, position] = decoded.kinds
        if decoded.unknown:
            unknown[name] = dict(decoded.unknown)
    options = len(block.columns)
    none = ticks[:, options:].any(axis=1)
    number = ticks[:, :options].sum(axis=1)
    missing = _block_kinds(kinds, answered=(number > 0) | none, block=block)
    if block.over_choosers == "drop" and block.choose is not None:
        missing[number > block.choose] = MissingKind.INVALID
    chosen = np.where((missing > 0)[:, None], np.nan, ticks[:, :options].astype(np.float64))
    contradictions = int((none & (number > 0)).sum())
    return DecodedBlock(chosen, missing, number.astype(np.float64), contradictions, unknown)


def _cell_variable(block: MultiResponse) -> Variable:
    """One option's column as a variable with the codes 1 chosen and 2 not chosen."""
    labels: dict[Code, str] = {str(block.selected): "selected"}
    labels |= {str(code): f"unselected {code}" for code in block.unselected}
    return Variable(labels=labels, missing=block.missing, system_missing=block.system_missing)


def _block_kinds(kinds: KindArray, *, answered: BoolArray, block: MultiResponse) -> KindArray:
    """The kind of an unanswered block: the one that its cells declare, when they agree, else the block's own."""
    default = MissingKind.named(block.system_missing)
    declared = np.where(kinds == default, 0, kinds).max(axis=1)
    agree = ((kinds == declared[:, None]) | (kinds == 0) | (kinds == default)).all(axis=1)
    result = np.where((declared > 0) & agree, declared, default).astype(np.uint8)
    result[answered] = 0
    return result
