"""Screened results as plain JSON and tables: what is hashed, written and read back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import pandas as pd

from trygghet._typing import FloatArray
from trygghet.claims import Claim
from trygghet.disclosure.cells import unknown_type
from trygghet.disclosure.masking import LEVELS, OpenKernel, ShownLimits
from trygghet.disclosure.publishable import Cell, WithheldCell
from trygghet.disclosure.rules import DisclosureRules
from trygghet.disclosure.tables import Table
from trygghet.estimate.estimates import CELL_COLUMNS, About, Estimates
from trygghet.estimate.shares import RespondentShares
from trygghet.ranking import Ranking, assembled, evidence_of, plain_of

_CELL = tuple(part.name for part in fields(Cell))
_CELLS, _JOINT, _ROWS = "cells", "covariance", "rows"


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A screened result in plain parts.

    Parameters
    ----------
    kind : str
        Type of the result.
    head : mapping
        JSON-ready part.
    frames : mapping of str to DataFrame
        Tables with string, float, int and bool columns.
    """

    kind: str
    head: Mapping[str, Any]
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def digest_of(
    result: Any, withheld: tuple[WithheldCell, ...], marks: tuple[str, ...], *, rules: DisclosureRules
) -> str:
    """SHA-256 of a screened result, the same whether it was just made or read from a file.

    Parameters
    ----------
    result : Estimates, RespondentShares, a ranking, Claim or Table
        Masked result.
    withheld : tuple of WithheldCell
        Cells that are not shown.
    marks : tuple of str
        Mark of every cell.
    rules : DisclosureRules
        Rules.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    record = record_of(result)
    content = {"kind": record.kind, "head": record.head, **envelope_of(withheld, marks, rules)}
    told = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode())
    for name, frame in record.frames.items():
        for column in frame.columns:
            told.update(f"\x1e{name}\x1f{column}\x1f".encode())
            told.update(_bytes_of(frame[column]))
    return told.hexdigest()


def envelope_of(
    withheld: tuple[WithheldCell, ...], marks: tuple[str, ...], rules: DisclosureRules
) -> dict[str, Any]:
    """The parts of a screened result beside the result, JSON-ready.

    Parameters
    ----------
    withheld : tuple of WithheldCell
        Cells that are not shown.
    marks : tuple of str
        Mark of every cell.
    rules : DisclosureRules
        Rules.

    Returns
    -------
    dict
        Keys withheld, marks and rules.
    """
    return {
        "rules": rules.model_dump(mode="json"),
        "withheld": [
            {
                "cell": {name: getattr(cell.cell, name) for name in _CELL},
                "mark": cell.mark,
                "reason": cell.reason,
            }
            for cell in withheld
        ],
        "marks": list(marks),
    }


def opened_envelope(
    content: Mapping[str, Any],
) -> tuple[tuple[WithheldCell, ...], tuple[str, ...], DisclosureRules]:
    """The inverse of :func:`envelope_of`.

    Parameters
    ----------
    content : mapping
        With keys withheld, marks and rules.

    Returns
    -------
    tuple
        Withheld cells, marks and rules.
    """
    withheld = tuple(WithheldCell(**{**cell, "cell": Cell(**cell["cell"])}) for cell in content["withheld"])
    return withheld, tuple(content["marks"]), DisclosureRules.model_validate(content["rules"])


def record_of(result: Any) -> Record:
    """Take a screened result apart.

    Parameters
    ----------
    result : Estimates, RespondentShares, a ranking, Claim or Table
        Masked result.

    Returns
    -------
    Record
        Its parts.

    Raises
    ------
    DisclosureError
        SEK-04 for another type.
    """
    match result:
        case Estimates():
            return Record("Estimates", _head_of(result), _frames_of(result))
        case RespondentShares():
            return Record("RespondentShares", _head_of(result), {_CELLS: _cells_frame(result)})
        case Claim():
            return Record("Claim", result.to_dict())
        case Table():
            head = {
                "counts": list(result.counts),
                "dependent": {name: list(columns) for name, columns in result.dependent.items()},
                "sums_within": result.sums_within,
                "groups": result.groups,
                "unknown": result.unknown,
                "wave": result.wave,
                "stream": result.stream,
            }
            return Record("Table", head, {_ROWS: result.frame})
    if isinstance(result, Ranking):
        return _ranking_record(result)
    raise unknown_type(result)


def result_of(record: Record) -> Any:
    """Put a screened result together again.

    Parameters
    ----------
    record : Record
        Its parts.

    Returns
    -------
    Estimates, RespondentShares, a ranking, Claim or Table
        The masked result.
    """
    head, frames = record.head, record.frames
    match record.kind:
        case "Estimates":
            return _estimates(head, frames)
        case "RespondentShares":
            return _shares(head, frames)
        case "Claim":
            return Claim.from_dict(head)
        case "Table":
            dependent = {name: tuple(columns) for name, columns in head["dependent"].items()}
            rest = {key: head[key] for key in ("sums_within", "groups", "unknown", "wave", "stream")}
            return Table(frames[_ROWS], tuple(head["counts"]), dependent, **rest)
    return _ranking(record)


def _ranking_record(ranking: Ranking) -> Record:
    """A ranking: its plain parts, and its cells as those of estimates or shares."""
    evidence, kind = evidence_of(ranking), type(ranking).__name__
    if evidence is None:
        return Record(kind, plain_of(ranking))
    frames = _frames_of(evidence) if isinstance(evidence, Estimates) else {_CELLS: _cells_frame(evidence)}
    return Record(kind, {**_head_of(evidence), **plain_of(ranking)}, frames)


def _ranking(record: Record) -> Ranking:
    """Back from :func:`_ranking_record`."""
    head, frames = record.head, record.frames
    evidence: Estimates | RespondentShares | None = None
    if frames:
        evidence = _estimates(head, frames) if "variance" in frames[_CELLS] else _shares(head, frames)
    return assembled(record.kind, head, evidence)


def _shares(head: Mapping[str, Any], frames: Mapping[str, pd.DataFrame]) -> RespondentShares:
    cells = frames[_CELLS]
    columns = {name: cells[name].to_numpy() for name in ("values", "n", "numerator")}
    status = cells["status"].to_numpy(dtype=object)
    return RespondentShares(
        head["estimand"], _keys(cells), **columns, status=status, about=About(**head["about"])
    )


def _head_of(result: Estimates | RespondentShares) -> dict[str, Any]:
    about = result.about
    told = {name: getattr(about, name) for name in about.__dataclass_fields__}
    return {"estimand": result.estimand, "about": {**told, "labels": dict(about.labels)}}


def _cells_frame(result: Estimates | RespondentShares) -> pd.DataFrame:
    return pd.DataFrame(_cell_columns(result))


def _cell_columns(result: Estimates | RespondentShares) -> dict[str, Any]:
    return {
        **{column: result.cells[column] for column in CELL_COLUMNS},
        "values": result.values,
        "n": result.n,
        "numerator": result.numerator,
        "status": result.status.astype(str),
    }


def _frames_of(estimates: Estimates) -> dict[str, pd.DataFrame]:
    """Cells, and the lower triangle of the covariance of the shown ones."""
    kernel, rule = estimates.kernel, estimates.limit_rule
    columns = _cell_columns(estimates) | {
        "dof": estimates.dof,
        "design_effect": estimates.design_effect,
        "variance": kernel.variances(),
    }
    if isinstance(rule, ShownLimits):
        for level, limits in rule.at.items():
            columns |= {f"{side}@{level:g}": at for side, at in zip(("low", "high"), limits, strict=True)}
    frames = {_CELLS: pd.DataFrame(columns)}
    if isinstance(kernel, OpenKernel) and kernel.matrix is not None:
        frames[_JOINT] = pd.DataFrame({"covariance": kernel.matrix[np.tril_indices(len(kernel.matrix))]})
    return frames


def _keys(cells: pd.DataFrame) -> pd.DataFrame:
    return cells[list(CELL_COLUMNS)].copy()


def _estimates(head: Mapping[str, Any], frames: Mapping[str, pd.DataFrame]) -> Estimates:
    cells = frames[_CELLS]
    status = cells["status"].to_numpy(dtype=object)
    shown = np.flatnonzero(status != "withheld")
    place = np.full(len(cells), -1, dtype=np.int64)
    place[shown] = np.arange(len(shown))
    matrix: FloatArray | None = None
    if _JOINT in frames:
        matrix = np.zeros((len(shown), len(shown)))
        rows, columns = np.tril_indices(len(shown))
        matrix[rows, columns] = matrix[columns, rows] = frames[_JOINT]["covariance"].to_numpy()
    arrays: dict[str, Any] = {
        name: cells[name].to_numpy() for name in ("values", "n", "numerator", "dof", "design_effect")
    }
    return Estimates(
        estimand=head["estimand"],
        cells=_keys(cells),
        **arrays,
        status=status,
        kernel=OpenKernel(cells["variance"].to_numpy(), matrix, place),
        about=About(**head["about"]),
        limit_rule=_limits(cells),
    )


def _limits(cells: pd.DataFrame) -> ShownLimits | None:
    at = {level: tuple(f"{side}@{level:g}" for side in ("low", "high")) for level in LEVELS}
    if at[LEVELS[0]][0] not in cells:
        return None
    return ShownLimits(
        {level: (cells[low].to_numpy(), cells[high].to_numpy()) for level, (low, high) in at.items()}
    )


def _bytes_of(column: "pd.Series[Any]") -> bytes:
    if pd.api.types.is_float_dtype(column.dtype):
        values = column.to_numpy(dtype=np.float64, copy=True)
        values[np.isnan(values)] = np.nan
        return values.tobytes()
    if pd.api.types.is_bool_dtype(column.dtype) or pd.api.types.is_integer_dtype(column.dtype):
        return column.to_numpy(dtype=np.int64).tobytes()
    return "\x1f".join(map(str, column.astype(object).fillna("").tolist())).encode()
