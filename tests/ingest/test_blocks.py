"""Trap 34: no answer to a multi-response block is neither zero nor "not asked"."""

import pandas as pd

from trygghet.codebook import MissingKind, MultiResponse
from trygghet.ingest.blocks import decode_block

BLOCK = MultiResponse(columns={"a": "p1", "b": "p2"}, missing={9: "refused"}, system_missing="not_asked")


def kinds(*rows):
    found = decode_block(pd.DataFrame(rows, columns=["p1", "p2"], dtype=float), BLOCK).kinds
    return [MissingKind(kind).name for kind in found]


def test_trap_34_a_row_of_noughts_was_asked_and_gave_no_answer():
    assert kinds((0, 0), (0, None), (None, None), (1, 0)) == ["NO_ANSWER", "NO_ANSWER", "NOT_ASKED", "VALID"]


def test_a_declared_missing_code_stays_what_it_is():
    assert kinds((9, 9), (9, None)) == ["REFUSED", "REFUSED"]
